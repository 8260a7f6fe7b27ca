"""Words come in; which words of an official form they are meant to be goes out."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.inspection.found import Paragraph

NATION = "conghoaxahoichunghiavietnam"
MOTTO = "doclaptudohanhphuc"
HEAD_LINES = 40
"""So far down the first page stands the letterhead, at the most, in paragraphs with words."""
LONG_LINE = 70
"""Letters that fill a line of body text, about."""
SHORT_TITLE = 200

KINDS = re.compile(
    r"(bien ban|quyet dinh|to trinh|bao cao|ke hoach|thong bao|(ban )?giao uoc|nghi quyet|chi thi|quy che"
    r"|quy dinh|thong cao|huong dan|chuong trinh|phuong an|de an|du an|hop dong|cong dien|ban ghi nho"
    r"|ban thoa thuan|ban cam ket|giay [a-z]+|phieu [a-z]+|thu cong|danh sach|don de nghi|cong van"
    r"|quy uoc|ban dang ky)\b"
)
CERTIFICATES = re.compile(
    r"(tang )?(bang khen|giay khen|giay chung nhan|bang chung nhan|co thi dua|ky niem chuong)( cua .*)?"
)
"""What a certificate of commendation has in a line of its own."""
BODY_NOUN = re.compile(
    r"(bo|uy ban|ubnd|so(?! ket)|cong ty|tong cong ty|tap doan|hoi dong|hoi(?! nghi)"
    r"|ban(?! (giao|tin|sao|cam|ghi|thoa))|cuc|chi cuc|tong cuc|vu|vien|truong|dai hoc"
    r"|hoc vien|khoi|cum|dang|doan|lien doan|lien minh|cong doan|ngan hang|van phong|trung tam|phong|kho bac"
    r"|bao hiem|toa an|benh vien|thanh tra|mat tran|thong tan xa|dai|tong lien doan)\b(?! ?,)"
)
POST = re.compile(
    r"(phó )?(chủ (tọa|toạ|tịch|nhiệm|trì)|thư ký|bộ trưởng|thứ trưởng|tổng giám đốc|giám đốc|trưởng"
    r"|(vụ|cục|viện|hiệu|đội|tổ|khối|cụm) trưởng|chánh (văn|thanh|án)|thống đốc|thủ tướng|người|đại diện"
    r"|ủy viên|uỷ viên|kế toán)\b"
    r"|(khối|cụm) (phó|trưởng)\b|đoàn (chủ tịch|thư ký)\b"
    r"|phó (trưởng|tổng|vụ|cục|viện|hiệu|chánh|ban|thủ|bí)\b"
)
"""Posts, in small letters with their marks: without them *trưởng* would be the surname *Trương*."""
OFFICE = re.compile(r"(khoi|cum) (truong|pho)|(pho )?truong (khoi|cum)|(don vi )?thanh vien")
POWER = re.compile(r"(T ?[./]? ?U ?[./]? ?Q|T ?[./]? ?M|K ?[./]? ?T|T ?[./]? ?L|Q)\b ?([./]?)(\s*)(?=\w)")
"""An abbreviation before a post, the sign after it and the space: right or wrong, ``TM. `` or ``T/M``."""
NUMBER = re.compile(r"so ?(:|(?=[\d.…_]))")
DATE_WORDS = re.compile(
    r"ngay.*thang.*nam|\bngay\b.*\d|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|thang.*nam \d{4}"
)
BASIS = re.compile(r"can cu\b|theo de nghi\b|xet de nghi\b")
WEAK_BASIS = re.compile(r"(thuc hien|theo|xet)\b")
MAIN_CLAUSE = re.compile(
    r",.*\b(de nghi|bao cao|thong bao|to chuc|ban hanh|xay dung|trinh|kinh|moi|yeu cau|huong dan"
    r"|trien khai)\b"
)
ROMAN = re.compile(r"\s*[IVX]+\s*[.)]\s*\S")
ARABIC = re.compile(r"\s*\d{1,2}(\.\d{1,2})*[.)]\s*\S")
DASHED = re.compile(r"\s*[-–—+•*]\s*\S")
DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
OPEN_DATE = re.compile(
    r"ngày[\W\d_]*tháng[\W_]*(?P<month>\d{1,2})?[\W_]*năm[\W_]*(?P<year>\d{4})(?!\d)", re.IGNORECASE
)
"""A date of which the day is still to be written by hand, or the month, too."""
SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
DECEMBER = 12
CARRIES_ON = re.compile(r"(,|-|–|\bvà|\bcác|\bcủa)\s*$", re.IGNORECASE)
MOST_SYLLABLES = 6


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
    return bool(POST.match(unicodedata.normalize("NFC", text.casefold())))


def is_name_like(text: str) -> bool:
    """Tell whether *text* may be meant as a person's name, be it with a small letter."""
    syllables = text.split()
    capitals = sum(syllable[0].isupper() for syllable in syllables)
    is_short = 2 <= len(syllables) <= MOST_SYLLABLES and not is_post(text)
    return is_short and text[0].isupper() and capitals * 2 >= len(syllables)


def is_person_name(text: str) -> bool:
    """Tell whether *text* may be a person's name: two to six words, each with a capital, and no post."""
    syllables = text.split()
    return (
        2 <= len(syllables) <= MOST_SYLLABLES
        and all(syllable[0].isupper() for syllable in syllables)
        and not any(letter.isdigit() or letter in ",;:/" for letter in text)
        and not is_post(text)
        and not is_capitals(text)
    )


def is_nation(text: str) -> bool:
    """Tell whether *text* is meant to be the Quốc hiệu, however it is spelled."""
    letters = only_letters(text)
    return _is_close(letters, NATION) or _is_close(letters, NATION.removesuffix("vietnam"))


def is_motto(text: str) -> bool:
    """Tell whether *text* is meant to be the Tiêu ngữ, however it is spelled."""
    return _is_close(only_letters(text), MOTTO)


def only_letters(text: str) -> str:
    """Return the letters and figures of *text*, without case, marks and spaces."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _is_close(letters: str, wanted: str) -> bool:
    if abs(len(letters) - len(wanted)) > len(wanted) // 4:
        return False
    return letters == wanted or SequenceMatcher(None, letters, wanted).ratio() >= 0.85


def find_date(words: str) -> date | None:
    """Return the first day that *words* name in full; None where there is none, or no such day."""
    for form in (DATE, SHORT_DATE):
        if match := form.search(words):
            day, month, year = map(int, match.groups())
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def find_days(words: str) -> tuple[date, date] | None:
    """Return the first and the last day that the date in *words* may mean; None where it has no year.

    The day, and the month too, are often left to be written by hand: `ngày ... tháng 02 năm 2017`.
    """
    if day := find_date(words):
        return day, day
    match = OPEN_DATE.search(words)
    if match is None or DATE.search(words):  # a whole date that cannot be means nothing
        return None
    month, year = int(match["month"] or 0), int(match["year"])
    first, last = (month, month) if 1 <= month <= DECEMBER else (1, DECEMBER)
    try:
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])
    except ValueError:
        return None
