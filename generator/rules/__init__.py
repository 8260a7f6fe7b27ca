"""Checks of a conference's facts against one another, a topic a file."""
