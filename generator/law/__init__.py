"""The law on awards as data: on a day, who may grant which award to whom, and what it is called."""

from __future__ import annotations

from generator.law.catalogue import Award, Catalogue, Instrument, Provision, Statement
from generator.law.names import strip_quotes
from generator.law.reading import load_catalogue, make_catalogue

__all__ = [
    "Award",
    "Catalogue",
    "Instrument",
    "Provision",
    "Statement",
    "load_catalogue",
    "make_catalogue",
    "strip_quotes",
]
