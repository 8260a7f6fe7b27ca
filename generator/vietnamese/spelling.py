"""A whole number comes in; the words for it go out.

Own code, because num2words misreads linh and mốt, and ICU knows no "linh" (regulations 8.2).
"""

from __future__ import annotations

from typing import Literal, TypedDict

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LIMIT = 10**18


class Spelling(TypedDict, total=False):
    """The choices of `number_in_words`; what is left out is as in the formal North."""

    zero_tens: Literal["linh", "lẻ"]
    four: Literal["tư", "bốn"]
    thousand: Literal["nghìn", "ngàn"]
    billion: Literal["tỷ", "tỉ"]


def number_in_words(
    number: int,
    *,
    zero_tens: Literal["linh", "lẻ"] = "linh",
    four: Literal["tư", "bốn"] = "tư",
    thousand: Literal["nghìn", "ngàn"] = "nghìn",
    billion: Literal["tỷ", "tỉ"] = "tỷ",
) -> str:
    """Say *number*: 1005 is "một nghìn không trăm linh năm", -3 is "âm ba".

    *four* is the 4 after "mươi". Empty thousands are passed over, empty hundreds are said ("không trăm").
    Raises `ValueError("number-too-large")` from 10**18 on. Source: regulations 8.2.
    """
    if abs(number) >= _LIMIT:
        raise ValueError("number-too-large")
    billions, rest = divmod(abs(number), 10**9)
    words = ["âm"] if number < 0 else []
    if billions:
        words += [*_say_millions(billions, thousand, full=False), billion]
    if rest or not billions:
        words += _say_millions(rest, thousand, full=billions > 0)
    choices = {"lẻ": zero_tens, "tư": four}
    return " ".join(choices.get(word, word) for word in words)


def _say_millions(number: int, thousand: str, *, full: bool) -> list[str]:
    """Say *number* below 10**9; *full* if something stands before it."""
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (1000, thousand), (1, "")):
        group, number = divmod(number, size)
        if group or (size == 1 and not words and not full):
            words += [*_say_hundreds(group, full=full or bool(words)), name]
    return [word for word in words if word]


def _say_hundreds(number: int, *, full: bool) -> list[str]:
    """Say *number* below 1000; if *full*, with "không trăm"."""
    hundreds, rest = divmod(number, 100)
    if not hundreds and not full:
        return _say_tens(rest)
    words = [_DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:
        words.append("lẻ")
    return words + _say_tens(rest) if rest else words


def _say_tens(number: int) -> list[str]:
    """Say *number* below 100."""
    tens, ones = divmod(number, 10)
    if not tens:
        return [_DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return words + ([_say_last(tens, ones)] if ones else [])


def _say_last(tens: int, ones: int) -> str:
    """Say the last figure of a number, of which the figure before is not zero."""
    special = {5: "lăm"} if tens == 1 else {1: "mốt", 4: "tư", 5: "lăm"}
    return special.get(ones, _DIGITS[ones])
