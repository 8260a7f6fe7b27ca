"""From a document tree to bytes: Word, HTML and PDF."""
