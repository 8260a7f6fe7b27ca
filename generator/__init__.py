"""Official papers of emulation-block conferences: facts in, Word and PDF documents out."""

__version__ = "0.1.0"
