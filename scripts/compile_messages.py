"""Compile the message catalogues: each .po of generator/locale to the .mo beside it.

Run by `make messages` after a change of a catalogue.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
LOCALE = Path(__file__).resolve().parent.parent / "generator" / "locale"


def compile_catalogue(source: Path) -> None:
    """Write the compiled catalogue beside *source*."""
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    catalogue.creation_date = catalogue.revision_date = EPOCH  # Babel would write down the time of day
    with source.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


if __name__ == "__main__":
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compile_catalogue(po)
