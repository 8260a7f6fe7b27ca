"""What is said of a signed file: the signatures that it has, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


class Problem:
    """Something that is wrong: a key of the message catalogue, and what its sentence names."""

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values: dict[str, Any] = values

    def __repr__(self) -> str:
        return f"Problem({self.key}, {self.values})"


@dataclass(frozen=True, slots=True)
class SignedPlace:
    """A signature as people are told of it."""

    field: str
    unit: str
    subject: str
    fingerprint: str
    claimed_at: datetime | None
    stamped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of a signed file."""

    signatures: tuple[SignedPlace, ...]
    """In the order in which they were made."""
    unsigned: tuple[str, ...]
    """Units, or fields, whose places are empty."""
    is_sealed: bool
    problems: tuple[Problem, ...]
    second_opinion: str = ""
    """The independent program that agreed; empty where none was asked."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems
