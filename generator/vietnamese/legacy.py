"""Text comes in; the name of the legacy code that it seems to be in, read as Latin-1, goes out.

A word speaks for a code if its letters, decoded, make one well-formed Vietnamese syllable, while the word as
it stands is none. French or German words rarely do; several of them in a row do not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

LegacyEncoding = Literal["TCVN3", "VNI"]

_WORD = "[A-Za-z\u00a1-\u1fff]+"

_ONSET = "(?:ngh?|nh|kh|gh|gi|ch|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_RHYMES = (
    "[aeêioôơuưy]|a[iouy]|â[uy]|eo|êu|i[au]|iêu|yêu|o[aei]|oa[ioy]|oeo|ôi|ơi|u[aiêơy]|uy[au]|uây|uôi|ư[aiu]|ươ[iu]",
    "(?:[aăâeêioôơuưy]|[iy]ê|o[aăe]|u[âêôy]|uyê|ươ)[mnpt]",
    "(?:[aăâeoôuư]|[iy]ê|o[aăo]|u[âô]|ươ)(?:ng|c)",
    "(?:[aêiy]|oa|u[êy])(?:nh|ch)",
)
_SYLLABLE = f"{_ONSET}(?:{'|'.join(_RHYMES)})"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LOST_TONE = f"[^aeiouy\u0302\u0306\u031b][{_TONES}]"
"""A tone on no vowel, as in ñ."""
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = frozenset({"\u0301", "\u0323"})
"""A syllable that ends in a stop is sắc or nặng."""

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
"""The letters of TCVN 5712:1993, VN3; capitals with a tone have no code, a font of capitals draws them."""
_TCVN3_SURE = "[A-Za-z][¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷]|[a-z][À-ÖØ-Þ]|^[§®]."
"""A sign, or a capital, within a word; the signs for Đ and đ before it."""

KEPT = 4096
"""How many words stay weighed: those of one language are few."""

_VNI_PAIRS = {
    "a": "aùáaøàaûảaõãaïạaââaáấaàầaåẩaãẫaäậaêăaéắaèằaúẳaüẵaëặ",
    "e": "eùéeøèeûẻeõẽeïẹeâêeáếeàềeåểeãễeäệ",
    "o": "oùóoøòoûỏoõõoïọoâôoáốoàồoåổoãỗoäộ",
    "ô": "ôùớôøờôûởôõỡôïợ",
    "u": "uùúuøùuûủuõũuïụ",
    "ö": "öùứöøừöûửöõữöïự",
    "y": "yùýyøỳyûỷyõỹ",
}
"""By the first letter: a letter, its mark, and what they mean, three by three."""
_VNI_SINGLES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_SURE = "(?i:[aeo][âäå]|a[éèêùü]|[aeouöy][ûø]|öô|^ñ)"
"""Pairs, and a beginning, that the neighbouring languages do not write."""


def looks_like_legacy_encoding(text: str) -> LegacyEncoding | None:
    """Return the legacy code that *text* seems to be in, read as Latin-1 or Windows-1252, or None.

    One word that nothing but a legacy code explains is enough ("kÕt"), or two that might be chance; the words
    that the code leaves unexplained may be half as many. Sources: TCVN 5712:1993 (VN3); the VNI table for
    Windows.
    """
    if text.isascii():
        return None
    words = [weights for word in re.findall(_WORD, text) if (weights := _weigh_word(word))]
    tcvn3 = _weigh([for_tcvn3 for for_tcvn3, _ in words])
    vni = _weigh([for_vni for _, for_vni in words])
    if max(tcvn3, vni) < 2:
        return None
    return "TCVN3" if tcvn3 >= vni else "VNI"


def _wants_explaining(word: str) -> bool:
    """Tell whether *word* is more than letters of ASCII or lone signs, and no Latin-1 Vietnamese as it is."""
    if word.isascii() or not re.search("[A-Za-z]", word):
        return False
    return max(word) > "\u00ff" or not (_is_cased_well(word) and _is_syllable(word))


def _weigh(weights: list[int]) -> int:
    """Return how much words with these *weights* speak for a code."""
    explained = len(weights) - weights.count(0)
    return sum(weights) if explained >= 2 * weights.count(0) else 0


@lru_cache(maxsize=KEPT)
def _weigh_word(word: str) -> tuple[int, int] | None:
    """Return how much *word* speaks for TCVN3 and for VNI: two where it is sure, one where it may be chance.

    It is 0 for a code that does not explain it; None where there is nothing to explain.
    """
    if not _wants_explaining(word):
        return None
    return _weigh_as(word, _decode_tcvn3, _TCVN3_SURE), _weigh_as(word, _decode_vni, _VNI_SURE)


def _weigh_as(word: str, decode: Callable[[str], str], sure: str) -> int:
    if not _is_syllable(decode(word)):
        return 0
    return 2 if re.search(sure, word) else 1


def _decode_tcvn3(word: str) -> str:
    return "".join(char if char.isascii() else _TCVN3.get(char, "?") for char in word)


def _decode_vni(word: str) -> str:
    pairs = _vni_pairs()
    parts = re.findall("[aeoôuöy][âáàåãäêéèúüëùøûõï]|.", word.lower())
    return "".join(part if part.isascii() else pairs.get(part, "?") for part in parts)


@cache
def _vni_pairs() -> dict[str, str]:
    lists = _VNI_PAIRS.values()
    pairs = {triples[at : at + 2]: triples[at + 2] for triples in lists for at in range(0, len(triples), 3)}
    return pairs | _VNI_SINGLES


def _is_cased_well(word: str) -> bool:
    return word in {word.lower(), word.upper(), word.capitalize()}


def _is_syllable(word: str) -> bool:
    """Tell whether *word*, whatever its case, is one well-formed Vietnamese syllable."""
    pieces = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in pieces if char in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(char for char in pieces if char not in _TONES))
    if len(tones) > 1 or re.search(_LOST_TONE, pieces) or not re.fullmatch(_SYLLABLE, toneless):
        return False
    return not toneless.endswith(_STOPS) or not _STOP_TONES.isdisjoint(tones)
