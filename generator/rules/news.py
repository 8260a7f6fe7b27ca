"""The news: its headline and lead, and whether the other facts hold what they say.

Headline, lead and captions are written by hand, beside the facts of which they tell: there a year is most
easily a year too late, and a name a letter too short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.findings import Observation, Path
from generator.model.knowledge import (
    find_misdated,
    find_untraced,
    gather_knowledge,
    years_in_question,
)
from generator.vietnamese import (
    LONGEST_HEADLINE,
    find_figures,
    find_headline_faults,
    find_years,
    fold_for_comparison,
    format_date_short,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model.conference import Conference
    from generator.model.event import Event, Venue
    from generator.model.knowledge import Knowledge, Untraced

LONGEST_LEAD = 60
"""Words, as Vietnamese counts them: syllables and figures. Our own measure for one or two sentences."""

MEETINGS = ("hội nghị", "họp", "buổi làm việc", "lễ", "tổng kết", "sơ kết", "giao ước", "bình xét")
"""What a lead may call the meeting, whatever the facts call it."""

BLOCK_WORDS = frozenset(["khối", "cụm", "thi", "đua", "số", "các", "và"])
"""Words of a block's name that say nothing about which block it is."""

PLACE_WORD = re.compile(r"(?:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường)\s+")

WRITTEN_BY_HAND = ("news", "photos")
"""The facts that only the news prints; they do not vouch for one another."""


def check_headline(conference: Conference) -> Iterator[Observation]:
    """Notice a headline whose form is wrong, or with a year that is not the meeting's, nor the pledge's."""
    headline, path = conference.news.headline, ("news", "headline")
    if not headline:
        return
    for fault in find_headline_faults(headline):
        yield Observation(fault.value, path, {"letters": len(headline), "limit": LONGEST_HEADLINE})
    named = ", ".join(map(str, sorted(years_in_question(conference))))
    misdated = {one.year for one in find_misdated(headline, conference)}
    for year in sorted(_strange_years(headline, conference) - misdated):
        yield Observation("headline-year-differs", path, {"year": year, "years": named})


def _strange_years(headline: str, conference: Conference) -> set[int]:
    return set(find_years(headline)) - years_in_question(conference)


def check_lead(conference: Conference) -> Iterator[Observation]:
    """Notice a lead that leaves out who, what, when or where though the facts tell, and one too long."""
    lead, path = conference.news.lead, ("news", "lead")
    if not lead:
        return
    words = len(lead.split())
    if words > LONGEST_LEAD:
        yield Observation("lead-too-long", path, {"words": words, "limit": LONGEST_LEAD})
    folded, event = fold_for_comparison(lead), conference.event
    if not _names_block(folded, conference):
        yield Observation("lead-lacks-who", path, {"block": conference.block.name})
    if not _names_meeting(folded, event):
        yield Observation("lead-lacks-what", path, {"noun": event.noun or "Hội nghị"})
    if event.date and not any(
        figure.kind == "date" or _is_day(figure.value) for figure in find_figures(lead)
    ):
        yield Observation("lead-lacks-when", path, {"date": format_date_short(event.date)})
    places = _list_places(conference)
    if event.venue and places and not any(_has_words(folded, place) for place in places):
        yield Observation("lead-lacks-where", path, {"venue": _show_venue(event.venue)})


def check_news_facts(conference: Conference) -> Iterator[Observation]:
    """Notice figures and names in headline, lead and captions that no other fact holds, and wrong years."""
    news = conference.news
    texts: list[tuple[Path, str | None]] = [
        (("news", "headline"), news.headline),
        (("news", "lead"), news.lead),
    ]
    texts += [(("photos", i, "caption"), photo.caption) for i, photo in enumerate(conference.photos or [])]
    written = [(path, text) for path, text in texts if text]
    known = gather_knowledge(conference, leave_out=WRITTEN_BY_HAND) if written else None
    for path, text in written:
        misdated = find_misdated(text, conference)
        for one in misdated:
            values = {"words": one.words, "year": one.year, "expected": one.expected}
            yield Observation("news-year-differs", path, values)
        strange = _strange_years(text, conference) if path == ("news", "headline") else set()
        told = {str(year) for year in (*strange, *(one.year for one in misdated))}
        if known:
            yield from _check_traces(text, path, known, told)


def _check_traces(text: str, path: Path, known: Knowledge, told: set[str]) -> Iterator[Observation]:
    """Notice what *known* does not hold of *text*; of the years *told* there is another finding."""
    figures, names = find_untraced(text, known)
    for figure in figures:
        if figure.text not in told:
            yield Observation("news-figure-untraced", path, _show(figure))
    for name in names:
        code = "news-name-untraced-meant" if name.meant else "news-name-untraced"
        yield Observation(code, path, _show(name))


def _show(untraced: Untraced) -> dict[str, object]:
    return {"words": untraced.text, "context": untraced.context, "meant": untraced.meant}


# --- what a lead answers ------------------------------------------------------------------------------


def _names_block(folded: str, conference: Conference) -> bool:
    """Tell whether a lead names the block: by a name, or by the words that tell it from other blocks."""
    block = conference.block
    names = [block.name, re.sub(r"\s*\([^)]*\)", "", block.name), *(block.aliases or [])]
    if any(_has_words(folded, name) for name in (*names, *(block.former_names or []))):
        return True
    telling = [set(re.findall(r"\w+", fold_for_comparison(name))) - BLOCK_WORDS for name in names]
    words = set(re.findall(r"\w+", folded))
    numbered = block.number and re.search(
        rf"(?:khối|cụm)\D{{0,12}}\b{re.escape(block.number.lower())}\b", folded
    )
    return bool(numbered) or any(one <= words for one in telling if one)


def _names_meeting(folded: str, event: Event) -> bool:
    own = [event.noun, event.title, *(event.purposes or [])]
    return any(_has_words(folded, name) for name in (*own, *MEETINGS) if name)


def _is_day(value: tuple[object, ...]) -> bool:
    """Tell whether two numbers may be a day and its month: "15/01"."""
    numbers = [part for part in value if isinstance(part, int)]
    return len(numbers) == len(value) == 2 and 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12


def _list_places(conference: Conference) -> list[str]:
    """Return everything that tells where it was; a country only where nothing smaller is known."""
    event, venue = conference.event, conference.event.venue
    parts = [venue.room, venue.organisation, venue.locality, venue.province] if venue else []
    parts += [venue.country] if venue and not any(parts) else []
    parts += [conference.name_of(event.host)] if event.host else []
    parts += [point.place for point in event.points or []]
    places = [place for place in parts if place]
    return places + [PLACE_WORD.sub("", place, count=1) for place in places if PLACE_WORD.match(place)]


def _show_venue(venue: Venue) -> str:
    parts = (venue.room, venue.organisation, venue.locality, venue.province, venue.country)
    return ", ".join(part for part in parts if part)


def _has_words(folded: str, words: str) -> bool:
    """Tell whether *folded* has *words* from the beginning of a word to the end of one."""
    return bool(re.search(rf"(?<!\w){re.escape(fold_for_comparison(words))}(?!\w)", folded))
