"""An inspected file comes in; which of its paragraphs is which component of an official document goes out.

Components are told by their words and by where they stand, never by a look alone: a name that is not bold is
still the name of the issuing body, or the rule that it breaks could not be held against it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.inspection.found import Found, Paragraph, Piece, Side

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
)
"""What a paragraph may be. ``letter_subject`` is the “V/v” of a letter, ``authority`` who decides (above the
legal basis), ``enacting`` the lone “QUYẾT ĐỊNH:” below it, ``addressee`` the lines of “Kính gửi”."""

NATION = "conghoaxahoichunghiavietnam"
MOTTO = "doclaptudohanhphuc"
HEAD_LINES = 40
"""So far down the first page stands the letterhead, at the most, in paragraphs with words."""
LONG_LINE = 70
"""Letters that fill a line of body text, about."""
SHORT_TITLE = 200

_BLANK = re.compile(r"[.…_\s]{2,}|[…_]")
_KINDS = re.compile(
    r"(bien ban|quyet dinh|to trinh|bao cao|ke hoach|thong bao|(ban )?giao uoc|nghi quyet|chi thi|quy che|quy dinh"
    r"|thong cao|huong dan|chuong trinh|phuong an|de an|du an|hop dong|cong dien|ban ghi nho|ban thoa thuan"
    r"|ban cam ket|giay [a-z]+|phieu [a-z]+|thu cong|danh sach|don de nghi|cong van|quy uoc|ban dang ky)\b"
)
_BODY_NOUN = re.compile(
    r"(bo|uy ban|ubnd|so(?! ket)|cong ty|tong cong ty|tap doan|hoi dong|hoi(?! nghi)|ban(?! (giao|tin|sao|cam|ghi|thoa))|cuc|chi cuc|tong cuc|vu|vien|truong|dai hoc"
    r"|hoc vien|khoi|cum|dang|doan|lien doan|lien minh|cong doan|ngan hang|van phong|trung tam|phong|kho bac"
    r"|bao hiem|toa an|benh vien|thanh tra|mat tran|thong tan xa|dai|tong lien doan)\b(?! ?,)"
)
_POST = re.compile(
    r"(phó )?(chủ (tọa|toạ|tịch|nhiệm|trì)|thư ký|bộ trưởng|thứ trưởng|tổng giám đốc|giám đốc|trưởng|(vụ|cục|viện|hiệu"
    r"|đội|tổ|khối|cụm) trưởng|chánh (văn|thanh|án)|thống đốc|thủ tướng|người|đại diện|ủy viên|uỷ viên|kế toán)\b"
    r"|(khối|cụm) (phó|trưởng)\b|đoàn (chủ tịch|thư ký)\b|phó (trưởng|tổng|vụ|cục|viện|hiệu|chánh|ban|thủ|bí)\b"
)
"""Posts, in small letters with their marks: without them *trưởng* would be the surname *Trương*."""
_OFFICE = re.compile(r"(khoi|cum) (truong|pho)|(pho )?truong (khoi|cum)|(don vi )?thanh vien")
_POWER = re.compile(r"[A-Z](?:[./]?[A-Z]){0,2}[./]\s*\S|(TM|KT|TL|TUQ)\s")
_NUMBER = re.compile(r"so ?(:|(?=[\d.…_]))")
_DATE_WORDS = re.compile(r"ngay.*thang.*nam|\bngay\b.*\d|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|thang.*nam \d{4}")
_BASIS = re.compile(r"can cu\b|theo de nghi\b|xet de nghi\b")
_WEAK_BASIS = re.compile(r"(thuc hien|theo|xet)\b")
_MAIN_CLAUSE = re.compile(
    r",.*\b(de nghi|bao cao|thong bao|to chuc|ban hanh|xay dung|trinh|kinh|moi|yeu cau|huong dan|trien khai)\b"
)
_ROMAN = re.compile(r"\s*[IVX]+\s*[.)]\s*\S")
_ARABIC = re.compile(r"\s*\d{1,2}(\.\d{1,2})*[.)]\s*\S")
_DASHED = re.compile(r"\s*[-–—+•*]\s*\S")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_CARRIES_ON = re.compile(r"(,|-|–|\bvà|\bcác|\bcủa)\s*$", re.IGNORECASE)
_MOST_SYLLABLES = 6


@dataclass(frozen=True, slots=True)
class Parts:
    """The components of a document, each with its paragraphs in the order of the file.

    A paragraph that holds two components, divided by a tab or a line end, is in both, each with its own words.
    """

    of: Mapping[str, tuple[Paragraph, ...]]
    """Only of components that the file has."""
    rest: tuple[Paragraph, ...] = ()
    """Paragraphs with words that are none of them; all, where the file is no official document."""
    closing: Paragraph | None = None
    """The last paragraph of the body before the signatures; None where a table stands there."""

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

    A file with neither Quốc hiệu nor Tiêu ngữ is no official document: nothing in it is recognised.
    """
    lines = [line for paragraph in found.paragraphs if has_words(paragraph) for line in _divide(paragraph)]
    page = _Page(lines, found.paragraphs)
    if not page.find_letterhead():
        return Parts({}, tuple(paragraph for paragraph in found.paragraphs if has_words(paragraph)))
    page.find_title()
    page.find_basis()
    page.find_ending()
    page.find_body()
    return page.to_parts()


def choose_regime(parts: Parts, found: Found) -> date | None:
    """Return the document's own date, by which its regime is chosen; None where it names none.

    It stands beside the number, and in minutes in the closing sentence (Nghị định 30/2020, Phụ lục III, mẫu 1.9).
    """
    closing = (parts.closing,) if parts.closing else ()
    for paragraph in (*parts.get("place_and_date"), *closing):
        if day := _read_date(words_of(paragraph)):
            return day
    opening = [paragraph for paragraph in found.paragraphs if has_words(paragraph)][:HEAD_LINES]
    days = (_read_date(words_of(paragraph)) for paragraph in opening if parts.is_official)
    return next((day for day in days if day), None)


def words_of(paragraph: Paragraph) -> str:
    """Return the words of *paragraph* in one line, with single spaces, in NFC."""
    return " ".join(unicodedata.normalize("NFC", paragraph.text).split())


def has_words(paragraph: Paragraph) -> bool:
    """Tell whether anything is printed in *paragraph*, be it dots."""
    return bool(paragraph.text.strip())


def has_letters(paragraph: Paragraph) -> bool:
    """Tell whether *paragraph* has letters: dots and figures have no capitals and no name."""
    return any(letter.isalpha() for letter in paragraph.text)


def fold(text: str) -> str:
    """Return *text* in small letters without marks, with single spaces: what its spellings share."""
    pieces = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in pieces if not unicodedata.combining(letter)).split())


def is_capitals(text: str) -> bool:
    """Tell whether all letters of *text* are capitals, and there are some."""
    return text.upper() == text and any(letter.isalpha() for letter in text)


def is_heading_like(paragraph: Paragraph) -> bool:
    """Tell whether all letters of *paragraph* are bold."""
    looks = [piece.look.bold for piece in paragraph.pieces if any(letter.isalnum() for letter in piece.text)]
    return bool(looks) and all(looks)


def is_post(text: str) -> bool:
    """Tell whether *text* begins with the name of a post."""
    return bool(_POST.match(unicodedata.normalize("NFC", text.casefold())))


def is_person_name(text: str) -> bool:
    """Tell whether *text* may be a person's name: two to six words, each with a capital, no post among them."""
    syllables = text.split()
    return (
        2 <= len(syllables) <= _MOST_SYLLABLES
        and all(syllable[0].isupper() for syllable in syllables)
        and not any(letter.isdigit() or letter in ",;:/" for letter in text)
        and not is_post(text)
        and not is_capitals(text)
    )


# --- one paragraph, several lines ---------------------------------------------------------------------------


def _divide(paragraph: Paragraph) -> list[Paragraph]:
    """Return what tabs and line ends divide in *paragraph*, each with its words and the same number."""
    if paragraph.in_ruled_table:
        return [paragraph]
    divided = [line for part in _divide_at_tabs(paragraph) for line in _divide_at_line_ends(part)]
    return [line for line in divided if has_words(line)]


def _divide_at_tabs(paragraph: Paragraph) -> list[Paragraph]:
    """Return the two sides of a line that tabs put side by side; other tabs divide nothing."""
    sides = [part for part in _split(paragraph.pieces, "\t") if _text(part).strip()]
    if len(sides) != 2 or paragraph.side is not None or not _are_side_by_side(*map(_text, sides)):
        return [paragraph]
    marks: tuple[Side, Side] = ("left", "right")
    return [
        replace(paragraph, pieces=part, side=side, align=None, indent_first_mm=None)
        for part, side in zip(sides, marks, strict=True)
    ]


def _are_side_by_side(left: str, right: str) -> bool:
    """Tell whether two texts in one line are the two sides of a letterhead or of signatures."""
    if is_nation(right) or is_motto(right) or _DATE_WORDS.search(fold(right)):
        return len(left) < LONG_LINE
    starts = fold(left).startswith("noi nhan") or _DASHED.match(left) or is_capitals(left) or is_person_name(left)
    return bool(starts) and len(right) < LONG_LINE and (is_capitals(right) or is_person_name(right.strip()))


def _divide_at_line_ends(paragraph: Paragraph) -> list[Paragraph]:
    """Return the lines of *paragraph* where they differ in kind; lines of one long name stay together."""
    lines = [part for part in _split(paragraph.pieces, "\n") if _text(part).strip()]
    groups: list[tuple[Piece, ...]] = []
    for line in lines:
        if groups and _kind_of_line(line) == _kind_of_line(groups[-1]) and not _DASHED.match(_text(line)):
            groups[-1] = (*groups[-1], replace(line[0], text="\n"), *line)
        else:
            groups.append(line)
    kinds = {_kind_of_line(group) for group in groups}
    is_list = all(_DASHED.match(_text(group)) for group in groups[1:])
    if len(groups) < 2 or len(_text(lines[0])) > LONG_LINE or (len(kinds) < 2 and not is_list):
        return [paragraph]
    return [replace(paragraph, pieces=group) for group in groups]


def _kind_of_line(line: Sequence[Piece]) -> tuple[bool, bool | None]:
    return is_capitals(_text(line)), next((piece.look.bold for piece in line if piece.text.strip()), None)


def _split(pieces: Iterable[Piece], mark: str) -> list[tuple[Piece, ...]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split(mark)
        parts[-1].append(replace(piece, text=first))
        parts.extend([replace(piece, text=other)] for other in others)
    return [tuple(piece for piece in part if piece.text) for part in parts]


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text.upper() if piece.look.capitals else piece.text for piece in pieces)


def is_nation(text: str) -> bool:
    """Tell whether *text* is meant to be the Quốc hiệu, however it is spelled."""
    letters = _only_letters(text)
    return _is_close(letters, NATION) or _is_close(letters, NATION.removesuffix("vietnam"))


def is_motto(text: str) -> bool:
    """Tell whether *text* is meant to be the Tiêu ngữ, however it is spelled."""
    return _is_close(_only_letters(text), MOTTO)


def _only_letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _is_close(letters: str, wanted: str) -> bool:
    if abs(len(letters) - len(wanted)) > len(wanted) // 4:
        return False
    return letters == wanted or SequenceMatcher(None, letters, wanted).ratio() >= 0.85


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
            component: tuple(self._lines[place] for place in sorted(self._names) if self._names[place] == component)
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
        if nation and self._is_free(nation) and _only_letters(self._words(nation)) == "vietnam":
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
        head_rows = {line.row[0] for line in self._lines[:ends] if line.row is not None}
        for place in self._free(ends):
            line, words = self._lines[place], self._words(place)
            beside = line.side is not None or (line.row is not None and line.row[0] in head_rows)
            if beside or _NUMBER.match(fold(words)) or fold(words).startswith(("v/v", "ban so")):
                continue
            if self._is_detail(words) or (_BODY_NOUN.match(fold(words)) and not self._has_title_mark(place)):
                continue
            if set(words) <= set(" -–_.*—="):
                continue
            return place
        return len(self._lines)

    def _has_title_mark(self, place: int) -> bool:
        """Tell whether the line is a known kind of document, or follows all that a letterhead may have."""
        folded = fold(self._words(place))
        has_issuer = any(self._lines[other].side == "left" for other in range(place)) or any(
            _NUMBER.match(fold(self._words(other))) for other in range(place)
        )
        return bool(_KINDS.match(folded)) or has_issuer or not is_capitals(self._words(place))

    def _is_detail(self, words: str) -> bool:
        return len(words) < LONG_LINE and bool(_DATE_WORDS.search(fold(words))) and not words.endswith((";", ":", "/."))

    def _name_details(self, places: Iterable[int]) -> None:
        for place in places:
            words = self._words(place)
            folded = fold(words)
            if _NUMBER.match(folded) and "number" not in self._names.values():
                self._names[place] = "number"
            elif folded.startswith(("v/v", "ve viec")):
                self._names[place] = "letter_subject"
            elif self._is_detail(words) and "place_and_date" not in self._names.values():
                self._names[place] = "place_and_date"

    def _is_body_name(self, place: int, ends: int) -> bool:
        """Tell whether the line is on the issuer's side, or above the letterhead's other lines."""
        line, words = self._lines[place], self._words(place)
        if line.side == "right" or not has_letters(line) or fold(words).startswith("ban so") or words[0] == "(":
            return False
        number = self._after("number", "letter_subject")
        if number and place >= number:
            return False
        return line.side == "left" or place < ends or bool(_BODY_NOUN.match(fold(words)))

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
            for before, place in zip(places, places[1:], strict=False)
            if _BODY_NOUN.match(fold(self._words(place))) and not _CARRIES_ON.search(self._words(before))
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
        if _ROMAN.match(words) or _ARABIC.match(words) or len(words) > SHORT_TITLE:
            return False
        if is_capitals(words):
            return line.align in (None, "center") or bool(_KINDS.match(fold(words)))
        return bool(_KINDS.match(fold(words))) and (line.align == "center" or is_heading_like(line))

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
        if _ROMAN.match(words) or _ARABIC.match(words) or _DASHED.match(words) or folded.startswith("kinh gui"):
            return True
        is_low = not is_capitals(words)
        return bool(_BASIS.match(folded)) or (is_low and words[-1] in ".;:")

    def _is_authority(self, place: int) -> bool:
        """Tell whether the line names who decides: in capitals, with the legal basis below it."""
        following = self._free(place + 1)[:3]
        return is_capitals(self._words(place)) and any(
            _BASIS.match(fold(self._words(other))) for other in following
        )

    def find_basis(self) -> None:
        """Name the paragraphs of the legal basis, and the lone word that closes it in decisions."""
        start = self._after("title_kind", "title_subject", "authority", "note", "number", "letter_subject", "motto")
        places = self._free(start)
        if places and self._is_notice(places[0]):
            self._names[places.pop(0)] = "note"
        run: list[int] = []
        for place in places:
            folded = fold(self._words(place))
            strong = bool(_BASIS.match(folded))
            if not strong and not (_WEAK_BASIS.match(folded) and self._words(place).endswith(";")):
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
        is_basis = _BASIS.match(folded) or _WEAK_BASIS.match(folded)
        return bool("title_kind" in self._names.values() and all(looks) and not is_basis)

    def _is_lone_basis(self, place: int) -> bool:
        """Tell whether a single paragraph is a legal basis, and not a sentence that goes on to say something."""
        words = self._words(place)
        return not (words.endswith(":") or _MAIN_CLAUSE.search(fold(words))) or words.endswith(";")

    def _name_enacting(self, start: int) -> None:
        for place in self._free(start)[:2]:
            words = self._words(place)
            if is_capitals(words) and len(words) < LONG_LINE and not _ROMAN.match(words):
                self._names[place] = "enacting" if _KINDS.match(fold(words)) else "authority"

    # --- signatures and recipients ---

    def find_ending(self) -> None:
        """Name the lines after the body: places to sign, and who receives the document."""
        start = self._after("title_kind", "title_subject", "legal_basis", "enacting", "number", "motto")
        stop = self._first_of_annex(start)
        label = next((p for p in self._free(start, stop) if self._is_label(p)), None)
        first, last = self._find_tail(start, stop, label)
        self._tail = (first, last)
        if label is not None:
            self._name_recipients(label, last)
        self._name_signatures(self._free(first, last))

    def _first_of_annex(self, start: int) -> int:
        for place in self._free(start):
            words = self._words(place)
            if re.fullmatch(r"phu luc( [ivx\d]+)?", fold(words)) and self._lines[place].row is None:
                return place
        return len(self._lines)

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
        after = (p for p in self._free(begun, stop) if self._is_prose(p) and not _DASHED.match(self._words(p)))
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
        if words.endswith("./."):
            return True
        if _ROMAN.match(words) or _ARABIC.match(words):
            return True
        if is_capitals(words) or (words[0] == "(" and words[-1] == ")"):
            return False
        if line.align == "justify" and (line.indent_first_mm or 0) > 5:
            return True
        if is_person_name(words.strip(".;")):
            return False
        is_short = len(words.split()) <= _MOST_SYLLABLES
        if line.align == "center":
            return len(words) > LONG_LINE and words[-1] in ".;:,"
        return not is_short or (words[-1] in ".;:" and len(words.split()) > 2 and has_letters(line))

    def _name_recipients(self, label: int, last: int) -> None:
        """Name the label and what follows it in its own column."""
        self._names[label] = "recipients_label"
        key = self._column(label)
        has_begun = False
        for place in self._free(label + 1, last):
            if self._column(place) != key:
                continue
            words = self._words(place)
            if _DASHED.match(words):
                has_begun = True
            elif not has_begun or is_capitals(words) or is_person_name(words) or not self._touches(place):
                break
            self._names[place] = "recipients_item"

    def _touches(self, place: int) -> bool:
        """Tell whether the line stands directly below another one."""
        return self._lines[place].index - 1 not in self._blank

    def _column(self, place: int) -> tuple[object, ...]:
        line = self._lines[place]
        return line.row and line.row[0], line.side, line.column

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
        is_caption = len(block) == 1 and fold(self._words(block[0])).startswith("dai dien cac")
        for place in heads:
            self._names[place] = "signature_caption" if is_caption else self._kind_of_head(place, heads)

    def _is_name_line(self, place: int, block: Sequence[int]) -> bool:
        words = self._words(place)
        if _POWER.match(words) or is_post(words) or _OFFICE.match(fold(words)):
            return False
        is_below_room = place != block[0] and not self._touches(place)
        return is_below_room or (not is_capitals(words) and (place != block[0] or is_person_name(words)))

    def _kind_of_head(self, place: int, heads: Sequence[int]) -> str:
        words = self._words(place)
        folded = fold(words)
        if _OFFICE.fullmatch(folded) and place != heads[0]:
            return "signature_office"
        is_unit = _BODY_NOUN.match(folded) and not is_post(words) and not _OFFICE.match(folded)
        return "signature_unit" if is_unit and not _POWER.match(words) else "signature_post"

    # --- body ---

    def find_body(self) -> None:
        """Name headings and text between the title and the ending, and cells of tables without rules."""
        first_head = self._after("nation", "motto", "title_kind", "title_subject", "legal_basis", "enacting")
        places = self._free(first_head, self._tail[0])
        are_bold = any(self._is_short_numbered(p) and is_heading_like(self._lines[p]) for p in places)
        for place in places:
            if name := self._kind_of_text(place, are_bold):
                self._names[place] = name

    def _kind_of_text(self, place: int, are_bold: bool) -> str | None:
        line, words = self._lines[place], self._words(place)
        if line.row is not None or line.side is not None:
            return "table_cell" if line.row is not None else None
        if fold(words).startswith("kinh gui") or self._follows_addressee(place):
            return "addressee"
        if _ROMAN.match(words) and len(words) < SHORT_TITLE:
            return "heading_roman"
        if self._is_short_numbered(place) and (is_heading_like(line) or are_bold):
            return "heading_arabic"
        if (words[0] == "(" and words.rstrip(".")[-1] == ")") or fold(words).startswith("ghi chu"):
            return "note"
        return None if self._is_lone_line(place) else "body"

    def _follows_addressee(self, place: int) -> bool:
        return self._names.get(place - 1) == "addressee" and bool(_DASHED.match(self._words(place)))

    def _is_short_numbered(self, place: int) -> bool:
        words = self._words(place)
        is_numbered = _ARABIC.match(words) and self._lines[place].row is None
        return bool(is_numbered) and len(words) <= 150 and words[-1] not in ".;:,/"

    def _is_lone_line(self, place: int) -> bool:
        """Tell whether the line is a heading without number, a caption or an ornament: no text of the body."""
        line, words = self._lines[place], self._words(place)
        if not has_letters(line):
            return True
        is_short = len(words) < LONG_LINE
        if re.match(r"dieu \d+", fold(words)) and is_heading_like(line):
            return True
        is_title = is_capitals(words) or is_heading_like(line) or line.align in ("center", "right")
        return is_short and is_title and words[-1] not in ".;"


def _read_date(words: str) -> date | None:
    for form in (_DATE, _SHORT_DATE):
        if match := form.search(words):
            day, month, year = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None
