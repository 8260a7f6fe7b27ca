"""Written files read: our own for agreement, anybody's for the rules of form."""
