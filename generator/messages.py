"""The sentences that users read: message keys and values in, text in the user's language out.

The catalogues (generator/locale) are Babel's; a key is the message id in both of them, so that the
English sentences have one place, too. `make messages` compiles them, and a test holds them complete.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("vi", "en")
DOMAIN = "hoinghi"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, Path(__file__).parent / "locale", languages=[language])


def say(language: str, key: str, values: Mapping[str, object] | None = None) -> str:
    """Return the sentence of *key* with its *values*, in *language*.

    A key that the catalogue lacks is returned as it is, so that nothing goes unsaid.
    """
    sentence = _catalogue(language).gettext(key)
    return sentence.format_map(values) if values else sentence


def has_sentence(language: str, key: str) -> bool:
    """Tell whether the catalogue of *language* has a sentence for *key*."""
    return _catalogue(language).gettext(key) != key
