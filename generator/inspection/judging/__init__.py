"""What a file looks like and a pack of rules come in; verdicts go out."""
