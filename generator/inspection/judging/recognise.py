"""An inspected file comes in; which of its paragraphs is which component of an official document goes out.

Components are told by their words and by where they stand, never by a look alone: a name that is not bold is
still the name of the issuing body, or the rule that it breaks could not be held against it.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.inspection.judging.divide import divide_paragraph
from generator.inspection.judging.forms import (
    ARABIC,
    BASIS,
    BODY_NOUN,
    CARRIES_ON,
    CERTIFICATES,
    DASHED,
    DATE_WORDS,
    HEAD_LINES,
    KINDS,
    LONG_LINE,
    MAIN_CLAUSE,
    MOST_SYLLABLES,
    NUMBER,
    OFFICE,
    POWER,
    ROMAN,
    SHORT_TITLE,
    WEAK_BASIS,
    find_date,
    find_days,
    fold,
    has_letters,
    has_words,
    is_capitals,
    is_heading_like,
    is_motto,
    is_name_like,
    is_nation,
    is_person_name,
    is_post,
    only_letters,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from generator.inspection.found import Found, Paragraph

COMPONENTS = (
    "nation",
    "motto",
    "parent_body",
    "issuing_body",
    "number",
    "letter_subject",
    "place_and_date",
    "title_kind",
    "title_subject",
    "authority",
    "legal_basis",
    "enacting",
    "addressee",
    "note",
    "heading_roman",
    "heading_arabic",
    "section_title",
    "body",
    "table_cell",
    "signature_caption",
    "signature_unit",
    "signature_office",
    "signature_post",
    "signature_note",
    "signature_name",
    "recipients_label",
    "recipients_item",
    "annex_label",
    "annex_subject",
    "annex_reference",
)
"""What a paragraph may be. ``letter_subject`` is the “V/v” of a letter, ``authority`` who decides (above the
legal basis), ``enacting`` the lone “QUYẾT ĐỊNH:” below it, ``addressee`` the lines of “Kính gửi”,
``section_title`` what stands below a lone “Mục 1”."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of a document, each with its paragraphs in the order of the file.

    A paragraph that holds two components, divided by a tab or a line end, is in both, each with its words.
    """

    of: Mapping[str, tuple[Paragraph, ...]]
    """Only of components that the file has."""
    rest: tuple[Paragraph, ...] = ()
    """Paragraphs with words that are none of them; all, where the file is no official document."""
    closing: Paragraph | None = None
    """The last paragraph of the body before the signatures; None where a table stands there."""
    is_certificate: bool = False
    """Whether it is a certificate of commendation: it has a Quốc hiệu, and no regulation of form."""

    def get(self, component: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of *component*, none where the file has none."""
        return self.of.get(component, ())

    @property
    def is_official(self) -> bool:
        """Whether it has the Quốc hiệu or the Tiêu ngữ that every official document begins with."""
        return bool(self.get("nation") or self.get("motto"))

    @property
    def is_signed_by_someone(self) -> bool:
        """Whether it has a place to sign."""
        return any(self.get(f"signature_{line}") for line in ("unit", "office", "post", "name"))

    def find_component(self, index: int) -> str | None:
        """Return the component of the paragraph with *index*, the first one where it holds two."""
        for component, paragraphs in self.of.items():
            if any(paragraph.index == index for paragraph in paragraphs):
                return component
        return None


def recognise_parts(found: Found) -> Parts:
    """Tell which paragraphs of *found* are which component (Nghị định 30/2020, Phụ lục I, Phần I, Mục II).

    A file with neither Quốc hiệu nor Tiêu ngữ is no official document, nor is a certificate of commendation:
    nothing in them is recognised.
    """
    words = tuple(paragraph for paragraph in found.paragraphs if has_words(paragraph))
    if _is_certificate(found, words):
        return Parts({}, words, is_certificate=True)
    lines = [line for paragraph in words for line in divide_paragraph(paragraph)]
    page = _Page(lines, found.paragraphs)
    if not page.find_letterhead():
        return Parts({}, words)
    page.find_title()
    page.find_basis()
    page.find_ending()
    page.find_body()
    return page.to_parts()


def _is_certificate(found: Found, words: Sequence[Paragraph]) -> bool:
    """Tell whether all pages lie, and a line of capitals alone names a form of commendation."""
    lies = bool(found.sheets) and all(sheet.is_landscape for sheet in found.sheets)
    lines = (words_of(paragraph) for paragraph in words[:HEAD_LINES])
    return lies and any(is_capitals(line) and CERTIFICATES.fullmatch(fold(line)) for line in lines)


def find_own_date(parts: Parts, found: Found) -> tuple[date, date] | None:
    """Return the first and the last day that may be the document's own date; None where it names no year.

    It stands beside the number, and in minutes in the closing sentence (Nghị định 30/2020, Phụ lục III).
    Where there is no place for it, a date in the head is taken; those of legal bases are of other documents.
    """
    beside = parts.get("place_and_date")
    own = [words_of(paragraph) for paragraph in (*beside, *((parts.closing,) if parts.closing else ()))]
    whole = [(day, day) for words in own if (day := find_date(words))]
    partly = [days for words in own if (days := find_days(words))]
    bases = {paragraph.index for paragraph in parts.get("legal_basis")}
    opening = [paragraph for paragraph in found.paragraphs if has_words(paragraph)][:HEAD_LINES]
    head = [
        (day, day)
        for paragraph in opening
        if parts.is_official and not beside and paragraph.index not in bases
        if (day := find_date(words_of(paragraph)))
    ]
    return next(iter((*whole, *partly, *head)), None)


# --- the whole page -----------------------------------------------------------------------------------------


class _Page:
    """The lines of a file, from which one component after the other is taken."""

    def __init__(self, lines: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> None:
        self._lines = list(lines)
        self._blank = {paragraph.index for paragraph in paragraphs if not has_words(paragraph)}
        self._names: dict[int, str] = {}
        self._tail = (len(lines), len(lines))
        self._closing: Paragraph | None = None
        for place, line in enumerate(lines):
            if line.in_ruled_table:
                self._names[place] = "table_cell"

    def to_parts(self) -> Parts:
        named = {
            component: tuple(
                self._lines[place] for place in sorted(self._names) if self._names[place] == component
            )
            for component in COMPONENTS
        }
        rest = tuple(line for place, line in enumerate(self._lines) if place not in self._names)
        return Parts({name: lines for name, lines in named.items() if lines}, rest, self._closing)

    def _free(self, first: int = 0, last: int | None = None) -> list[int]:
        """Return the places of lines that are nothing yet, from *first* to before *last*."""
        stop = len(self._lines) if last is None else last
        return [place for place in range(first, stop) if place not in self._names]

    def _after(self, *components: str) -> int:
        """Return the place after the last line of *components*, 0 where there is none."""
        return max((place for place, name in self._names.items() if name in components), default=-1) + 1

    def _words(self, place: int) -> str:
        return words_of(self._lines[place])

    # --- letterhead ---

    def find_letterhead(self) -> bool:
        """Name the lines of the letterhead; tell whether there is one."""
        self._name_first(is_motto, "motto", self._free()[:HEAD_LINES])
        self._name_first(is_nation, "nation", self._free()[:HEAD_LINES])
        ends = self._after("nation", "motto")
        if not ends:
            return False
        nation = self._after("nation")
        if nation and self._is_free(nation) and only_letters(self._words(nation)) == "vietnam":
            self._names[nation] = "nation"
        stop = self._first_of_title(ends)
        self._name_details(self._free(0, stop))
        self._name_bodies([place for place in self._free(0, stop) if self._is_body_name(place, ends)])
        return True

    def _is_free(self, place: int) -> bool:
        return place < len(self._lines) and place not in self._names

    def _name_first(self, test: Callable[[str], bool], component: str, places: Iterable[int]) -> None:
        for place in places:
            if test(self._words(place)):
                self._names[place] = component
                return

    def _first_of_title(self, ends: int) -> int:
        """Return the place of the first line below the letterhead."""
        ends = max(ends, self._after_number(ends))
        head_rows = {line.row[0] for line in self._lines[:ends] if line.row is not None}
        for place in self._free(ends):
            line, words = self._lines[place], self._words(place)
            beside = line.side is not None or (line.row is not None and line.row[0] in head_rows)
            if beside or NUMBER.match(fold(words)) or fold(words).startswith(("v/v", "ban so")):
                continue
            if self._is_detail(words) or (BODY_NOUN.match(fold(words)) and not self._has_title_mark(place)):
                continue
            if set(words) <= set(" -–_.*—=") or (words[0].islower() and self._follows_subject(place)):
                continue
            return place
        return len(self._lines)

    def _after_number(self, ends: int) -> int:
        """Return the place after the document's number, where that stands below the first lines."""
        for place in range(ends, min(ends + 8, len(self._lines))):
            words = self._words(place)
            if self._names.get(place) == "number" or (NUMBER.match(fold(words)) and "/" in words):
                return place + 1
            if self._is_prose(place) or self._is_known_kind(place):
                break
        return 0

    def _is_known_kind(self, place: int) -> bool:
        line = self._lines[place]
        is_apart = line.row is None and line.side is None
        return is_apart and is_capitals(self._words(place)) and bool(KINDS.match(fold(self._words(place))))

    def _has_title_mark(self, place: int) -> bool:
        """Tell whether the line is a known kind of document, or follows all that a letterhead may have."""
        folded = fold(self._words(place))
        has_issuer = any(self._lines[other].side == "left" for other in range(place)) or any(
            NUMBER.match(fold(self._words(other))) for other in range(place)
        )
        return bool(KINDS.match(folded)) or has_issuer or not is_capitals(self._words(place))

    def _follows_subject(self, place: int) -> bool:
        """Tell whether the line before is the “V/v” of a letter, or goes on with it."""
        before = self._words(place - 1) if place else ""
        return fold(before).startswith("v/v") or self._names.get(place - 1) == "letter_subject"

    def _is_detail(self, words: str) -> bool:
        return (
            len(words) < LONG_LINE
            and bool(DATE_WORDS.search(fold(words)))
            and not words.endswith((";", ":", "/."))
        )

    def _name_details(self, places: Iterable[int]) -> None:
        for place in places:
            words = self._words(place)
            folded = fold(words)
            if NUMBER.match(folded) and "number" not in self._names.values():
                self._names[place] = "number"
            elif folded.startswith(("v/v", "ve viec")) or (
                words[0].islower() and self._follows_subject(place)
            ):
                self._names[place] = "letter_subject"
            elif self._is_detail(words) and "place_and_date" not in self._names.values():
                self._names[place] = "place_and_date"

    def _is_body_name(self, place: int, ends: int) -> bool:
        """Tell whether the line is on the issuer's side, or above the letterhead's other lines."""
        line, words = self._lines[place], self._words(place)
        if (
            line.side == "right"
            or not has_letters(line)
            or fold(words).startswith("ban so")
            or words[0] == "("
        ):
            return False
        number = self._after("number", "letter_subject")
        if number and place >= number:
            return False
        return line.side == "left" or place < ends or bool(BODY_NOUN.match(fold(words)))

    def _name_bodies(self, places: Sequence[int]) -> None:
        """Tell the issuing body from the one above it: by its look, else by its words."""
        if not places:
            return
        first = self._first_of_issuer(places)
        for place in places:
            self._names[place] = "issuing_body" if place >= first else "parent_body"

    def _first_of_issuer(self, places: Sequence[int]) -> int:
        is_bold = [is_heading_like(self._lines[place]) for place in places]
        for place, before, now in zip(places[1:], is_bold, is_bold[1:], strict=False):
            if now and not before:
                return place
        starts = [
            place
            for before, place in itertools.pairwise(places)
            if BODY_NOUN.match(fold(self._words(place))) and not CARRIES_ON.search(self._words(before))
        ]
        return starts[-1] if starts else places[0]

    # --- title and legal basis ---

    def find_title(self) -> None:
        """Name the lines of the title, where the document has one: a letter has none."""
        start = self._first_of_title(self._after("nation", "motto"))
        for place in self._free(start)[:6]:
            line, words = self._lines[place], self._words(place)
            if line.row is not None or line.side is not None or self._is_prose(place):
                return
            if fold(words).startswith("kinh gui"):
                return
            if self._is_title(place):
                self._names[place] = "title_kind"
                self._name_subject(place + 1)
                return

    def _is_title(self, place: int) -> bool:
        line, words = self._lines[place], self._words(place)
        if ROMAN.match(words) or ARABIC.match(words) or len(words) > SHORT_TITLE:
            return False
        if is_capitals(words):
            return line.align in (None, "center") or bool(KINDS.match(fold(words)))
        return bool(KINDS.match(fold(words))) and (line.align == "center" or is_heading_like(line))

    def _name_subject(self, start: int) -> None:
        for place in self._free(start)[:5]:
            line, words = self._lines[place], self._words(place)
            if line.row is not None or line.side is not None or self._opens_text(place):
                return
            if self._is_authority(place):
                self._names[place] = "authority"
            elif words.startswith("("):
                self._names[place] = "note"
            elif line.align == "center" or is_heading_like(line) or self._is_alone_below_title(place, start):
                self._names[place] = "title_subject"
            else:
                return

    def _is_alone_below_title(self, place: int, start: int) -> bool:
        line, words = self._lines[place], self._words(place)
        is_indented = (line.indent_first_mm or 0) > 5 or line.align == "justify"
        return place == start and len(words) < SHORT_TITLE and words[-1] not in ".;:," and not is_indented

    def _opens_text(self, place: int) -> bool:
        words = self._words(place)
        folded = fold(words)
        if ROMAN.match(words) or ARABIC.match(words) or DASHED.match(words) or folded.startswith("kinh gui"):
            return True
        is_low = not is_capitals(words)
        return bool(BASIS.match(folded)) or (is_low and words[-1] in ".;:")

    def _is_authority(self, place: int) -> bool:
        """Tell whether the line names who decides: in capitals, with the legal basis below it."""
        following = self._free(place + 1)[:3]
        return is_capitals(self._words(place)) and any(
            BASIS.match(fold(self._words(other))) for other in following
        )

    def find_basis(self) -> None:
        """Name the paragraphs of the legal basis, and the lone word that closes it in decisions."""
        start = self._after(
            "title_kind", "title_subject", "authority", "note", "number", "letter_subject", "motto"
        )
        places = self._free(start)
        if places and self._is_notice(places[0]):
            self._names[places.pop(0)] = "note"
        while places and self._is_addressee(places[0]):  # a proposal names them above its legal basis
            self._names[places.pop(0)] = "addressee"
        run: list[int] = []
        for place in places:
            folded = fold(self._words(place))
            strong = bool(BASIS.match(folded))
            if run and self._words(place).endswith(":"):
                break  # the sentence below the bases, which may begin as they do
            if not strong and not (WEAK_BASIS.match(folded) and self._words(place).endswith(";")):
                break
            run.append(place)
        if run and (len(run) > 1 or self._is_lone_basis(run[0])):
            self._names.update(dict.fromkeys(run, "legal_basis"))
            self._name_enacting(run[-1] + 1)

    def _is_notice(self, place: int) -> bool:
        """Tell whether the line below the title is a note: all in italics, and no legal basis."""
        line = self._lines[place]
        looks = [piece.look.italic for piece in line.pieces if piece.text.strip()]
        folded = fold(self._words(place))
        is_basis = BASIS.match(folded) or WEAK_BASIS.match(folded)
        return bool("title_kind" in self._names.values() and all(looks) and not is_basis)

    def _is_lone_basis(self, place: int) -> bool:
        """Tell whether a single paragraph is a legal basis, and no sentence that goes on to say more."""
        words = self._words(place)
        return not (words.endswith(":") or MAIN_CLAUSE.search(fold(words))) or words.endswith(";")

    def _name_enacting(self, start: int) -> None:
        for place in self._free(start)[:2]:
            words = self._words(place)
            if is_capitals(words) and len(words) < LONG_LINE and not ROMAN.match(words):
                self._names[place] = "enacting" if KINDS.match(fold(words)) else "authority"

    # --- signatures and recipients ---

    def find_ending(self) -> None:
        """Name the lines after the body: places to sign, and who receives the document."""
        start = self._after("title_kind", "title_subject", "legal_basis", "enacting", "number", "motto")
        stop = self._first_of_annex(start)
        self._name_annexes(stop)
        label = next((p for p in self._free(start, stop) if self._is_label(p)), None)
        first, last = self._find_tail(start, stop, label)
        self._tail = (first, last)
        self._name_recipients(label, first, last)
        self._name_signatures(self._free(first, last))

    def _first_of_annex(self, start: int) -> int:
        return next((p for p in self._free(start) if self._is_annex_label(p)), len(self._lines))

    def _is_annex_label(self, place: int) -> bool:
        is_label = re.fullmatch(r"phu luc( [ivx\d]+)?", fold(self._words(place)))
        return bool(is_label) and self._lines[place].row is None

    def _name_annexes(self, start: int) -> None:
        """Name the heads of annexes: the label, the lines of capitals below it, and to what it belongs."""
        for place in [place for place in self._free(start) if self._is_annex_label(place)]:
            self._names[place] = "annex_label"
            for below in self._free(place + 1)[:5]:
                words = self._words(below)
                if re.match(r"\((ban hanh )?kem theo\b", fold(words)):
                    self._names[below] = "annex_reference"
                if not is_capitals(words) or self._lines[below].row is not None:
                    break
                self._names[below] = "annex_subject"

    def _is_label(self, place: int) -> bool:
        return bool(re.match(r"noi (nhan|gui)\b", fold(self._words(place)))) and len(self._words(place)) < 20

    def _find_tail(self, start: int, stop: int, label: int | None) -> tuple[int, int]:
        """Return where the lines after the body begin and end.

        They begin after ``./.`` or, where that is forgotten, after the last sentence; sentences below the
        recipients (notes of a form) are no body.
        """
        ends = [place for place in self._free(start, stop) if self._words(place).endswith("./.")]
        if ends and (label is None or ends[0] < label):
            first = ends[-1] + 1 if label is None else max(end for end in ends if end < label) + 1
        else:
            limit = stop if label is None else label
            sentences = [place for place in self._free(start, limit) if self._is_prose(place)]
            first = sentences[-1] + 1 if sentences else limit
        if first > start:
            self._closing = self._find_closing(first)
        begun = max(first, label if label is not None else first)
        after = (p for p in self._free(begun, stop) if self._is_prose(p) and not DASHED.match(self._words(p)))
        return first, next(after, stop)

    def _find_closing(self, first: int) -> Paragraph | None:
        """Return the last line before *first*; None where a table stands between."""
        last = first - 1
        if self._names.get(first) == "table_cell" or last in self._names:
            return None
        return self._lines[last]

    def _is_prose(self, place: int) -> bool:
        """Tell whether the line is text of the body, and no line of a letterhead, title or signature."""
        line, words = self._lines[place], self._words(place)
        if line.side is not None or line.row is not None:
            return False
        if words.endswith("./.") or ROMAN.match(words) or ARABIC.match(words):
            return True
        if is_capitals(words) or (words[0] == "(" and words[-1] == ")"):
            return False
        if line.align == "center":
            return len(words) > LONG_LINE and words[-1] in ".;:,"
        return _is_sentence(line, words)

    def _name_recipients(self, label: int | None, first: int, last: int) -> None:
        """Name the label, the lines with a dash after the body, and those on which such a line goes on."""
        if label is not None:
            self._names[label] = "recipients_label"
        before = None
        for place in self._free(first if label is None else label, last):
            words = self._words(place)
            goes_on = (
                before is not None and self._column(place) == self._column(before) and self._touches(place)
            )
            dashed = DASHED.match(words) and not self._goes_on_within(place)
            if dashed or (goes_on and not is_capitals(words) and not is_person_name(words)):
                self._names[place] = "recipients_item"
                before = place
            elif before is not None and self._column(place) == self._column(before):
                before = None

    def _goes_on_within(self, place: int) -> bool:
        """Tell whether the line goes on with a paragraph that is no recipient: names break at dashes."""
        if not place or self._lines[place - 1].index != self._lines[place].index:
            return False
        return not self._names.get(place - 1, "").startswith("recipients")

    def _touches(self, place: int) -> bool:
        """Tell whether the line stands directly below another one."""
        return self._lines[place].index - 1 not in self._blank

    def _column(self, place: int) -> tuple[object, ...]:
        """Return what lines of one column share; two columns go on in the next table."""
        line = self._lines[place]
        table = line.row[0] if line.row is not None and line.side is None else None
        return table, line.side, None if line.side is not None else line.column

    def _name_signatures(self, places: Sequence[int]) -> None:
        columns: dict[tuple[object, ...], list[int]] = {}
        for place in places:
            columns.setdefault(self._column(place), []).append(place)
        for column in columns.values():
            for block in self._divide_blocks(column):
                self._name_block(block)

    def _divide_blocks(self, column: Sequence[int]) -> list[list[int]]:
        """Divide the lines of a column into places to sign, each of which ends with a name."""
        blocks: list[list[int]] = [[]]
        has_name = False
        for place in column:
            words = self._words(place)
            is_head = is_capitals(words) or is_post(words)
            is_note = words[0] == "(" or bool(re.match(r"ngay\b", fold(words)))
            if has_name and (is_head or self._touches(place)) and not is_note:
                blocks.append([])
                has_name = False
            is_first = not blocks[-1]
            blocks[-1].append(place)
            if not is_note and not is_first:
                has_name = has_name or is_person_name(words) or not self._touches(place)
        return [block for block in blocks if block]

    def _name_block(self, block: Sequence[int]) -> None:
        """Name the lines of one place to sign; dots alone are blanks, of which nothing is asked."""
        lines = [place for place in block if has_letters(self._lines[place])]
        notes = [p for p in lines if self._words(p)[0] == "(" or re.match(r"ngay\b", fold(self._words(p)))]
        self._names.update(dict.fromkeys(notes, "signature_note"))
        heads = [place for place in lines if place not in notes]
        if heads and self._is_name_line(heads[-1], block):
            self._names[heads.pop()] = "signature_name"
        for place in heads:
            self._names[place] = self._kind_of_head(place, heads)

    def _is_name_line(self, place: int, block: Sequence[int]) -> bool:
        words = self._words(place)
        if POWER.match(words) or is_post(words) or OFFICE.match(fold(words)):
            return False
        is_below_room = place != block[0] and not self._touches(place)
        return is_below_room or (not is_capitals(words) and (place != block[0] or is_name_like(words)))

    def _kind_of_head(self, place: int, heads: Sequence[int]) -> str:
        words = self._words(place)
        folded = fold(words)
        if re.match(r"dai dien cac\b", folded):
            return "signature_caption"
        if OFFICE.fullmatch(folded) and place != heads[0]:
            return "signature_office"
        is_unit = BODY_NOUN.match(folded) and not is_post(words) and not OFFICE.match(folded)
        return "signature_unit" if is_unit and not POWER.match(words) else "signature_post"

    # --- body ---

    def find_body(self) -> None:
        """Name headings and text between the title and the ending, and cells of tables without rules."""
        first_head = self._after("nation", "motto", "title_kind", "title_subject", "legal_basis", "enacting")
        places = self._free(first_head, self._tail[0])
        are_bold = any(self._is_short_numbered(p) and is_heading_like(self._lines[p]) for p in places)
        for place in places:
            if name := self._kind_of_text(place, numbered_are_bold=are_bold):
                self._names[place] = name

    def _kind_of_text(self, place: int, *, numbered_are_bold: bool) -> str | None:
        line, words = self._lines[place], self._words(place)
        if line.row is not None or line.side is not None:
            return "table_cell" if line.row is not None else None
        if self._is_addressee(place):
            return "addressee"
        if heading := self._kind_of_heading(place, numbered_are_bold=numbered_are_bold):
            return heading
        if (words[0] == "(" and words.rstrip(".")[-1] == ")") or fold(words).startswith("ghi chu"):
            return "note"
        return None if self._is_lone_line(place) else "body"

    def _kind_of_heading(self, place: int, *, numbered_are_bold: bool) -> str | None:
        words = self._words(place)
        if ROMAN.match(words) and len(words) < SHORT_TITLE:
            return "heading_roman"
        if self._is_short_numbered(place) and (is_heading_like(self._lines[place]) or numbered_are_bold):
            return "heading_arabic"
        is_below_number = place and re.fullmatch(r"(tieu )?muc \d+\.?", fold(self._words(place - 1)))
        return "section_title" if is_below_number and is_capitals(words) else None

    def _is_addressee(self, place: int) -> bool:
        follows_one = self._names.get(place - 1) == "addressee" and bool(DASHED.match(self._words(place)))
        return follows_one or fold(self._words(place)).startswith("kinh gui")

    def _is_short_numbered(self, place: int) -> bool:
        words = self._words(place)
        is_numbered = ARABIC.match(words) and self._lines[place].row is None
        return bool(is_numbered) and len(words) <= 150 and words[-1] not in ".;:,/"

    def _is_lone_line(self, place: int) -> bool:
        """Tell whether the line is a heading without number, a caption, an ornament: no text."""
        line, words = self._lines[place], self._words(place)
        if not has_letters(line):
            return True
        is_short = len(words) < LONG_LINE
        if re.match(r"dieu \d+", fold(words)) and is_heading_like(line):
            return True
        is_title = is_capitals(words) or is_heading_like(line) or line.align in ("center", "right")
        return is_short and is_title and words[-1] not in ".;"


def _is_sentence(line: Paragraph, words: str) -> bool:
    """Tell whether *words*, no capitals and not centred, are text: set so, or longer than a name or post."""
    if line.align == "justify" and (line.indent_first_mm or 0) > 5:
        return True
    if is_person_name(words.strip(".;")):
        return False
    count = len(words.split())
    return count > MOST_SYLLABLES or (count > 2 and words[-1] in ".;:" and has_letters(line))
