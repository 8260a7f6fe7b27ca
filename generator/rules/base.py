"""What a rule is: a function that looks at a conference and says what it notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.findings import Observation
from generator.model.conference import Conference

Rule = Callable[[Conference], Iterator[Observation]]
"""A rule looks at one conference and yields what it notices."""

UNKNOWN = "–"
"""What a sentence names in place of a source that the facts do not give."""
