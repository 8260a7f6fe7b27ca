"""From a conference and a template to a document tree."""
