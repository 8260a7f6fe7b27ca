"""The conventions of Vietnamese text, as pure functions: spelling, dates, figures, money, alphabet.

Wrong values raise `ValueError` with a code as its message, such as ``no-such-day``; the docstrings list them.
"""

from __future__ import annotations

from generator.vietnamese.cleaning import (
    CleanCode,
    CleanNote,
    CleanText,
    Forbidden,
    ForbiddenKind,
    clean_text,
    find_forbidden,
)
from generator.vietnamese.dates import PartialDate, format_date_long, format_date_short, weekday_name
from generator.vietnamese.headlines import LONGEST_HEADLINE, HeadlineFault, find_headline_faults
from generator.vietnamese.legacy import LegacyEncoding, looks_like_legacy_encoding
from generator.vietnamese.mentions import (
    Figure,
    Name,
    Word,
    find_figures,
    find_names,
    find_words,
    find_years,
    is_short_form,
    iter_neighbours,
)
from generator.vietnamese.money import Money, format_money, money_in_words
from generator.vietnamese.names import fold_for_comparison, same_name
from generator.vietnamese.numbers import (
    format_count,
    format_number,
    format_percent,
    letter,
    parse_number,
    roman,
    trim_decimals,
)
from generator.vietnamese.sentences import (
    capital_first,
    ensure_ends,
    join_list,
    lower_first,
    strip_end_punctuation,
    upper,
)
from generator.vietnamese.sorting import SortKey, name_key, vietnamese_key
from generator.vietnamese.spelling import Spelling, number_in_words
from generator.vietnamese.times import (
    PartOfDay,
    TimeOfDay,
    format_news_time,
    format_time,
    parse_news_time,
    part_of_day,
)
from generator.vietnamese.years import YearLabel, next_year_label, parse_year_label

__all__ = [
    "LONGEST_HEADLINE",
    "CleanCode",
    "CleanNote",
    "CleanText",
    "Figure",
    "Forbidden",
    "ForbiddenKind",
    "HeadlineFault",
    "LegacyEncoding",
    "Money",
    "Name",
    "PartOfDay",
    "PartialDate",
    "SortKey",
    "Spelling",
    "TimeOfDay",
    "Word",
    "YearLabel",
    "capital_first",
    "clean_text",
    "ensure_ends",
    "find_figures",
    "find_forbidden",
    "find_headline_faults",
    "find_names",
    "find_words",
    "find_years",
    "fold_for_comparison",
    "format_count",
    "format_date_long",
    "format_date_short",
    "format_money",
    "format_news_time",
    "format_number",
    "format_percent",
    "format_time",
    "is_short_form",
    "iter_neighbours",
    "join_list",
    "letter",
    "looks_like_legacy_encoding",
    "lower_first",
    "money_in_words",
    "name_key",
    "next_year_label",
    "number_in_words",
    "parse_news_time",
    "parse_number",
    "parse_year_label",
    "part_of_day",
    "roman",
    "same_name",
    "strip_end_punctuation",
    "trim_decimals",
    "upper",
    "vietnamese_key",
    "weekday_name",
]
