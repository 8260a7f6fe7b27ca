"""Standings as pictures: drawings of lines, boxes and letters, with the words that a template gives them."""
