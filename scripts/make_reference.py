"""The code, its labels and the tests' broken inputs come in; docs/reference and docs/schema.json go out.

Run by `make reference` after a change of the model, the labels, the sheets, a rule or a sentence.
"""

from __future__ import annotations

import string
import typing
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import yaml
from finding_codes import find_codes
from openpyxl import Workbook

from generator.checking import check_facts
from generator.findings import Severity
from generator.labels import find_label, load_labels
from generator.messages import say
from generator.model.base import Answer, Clock, Count, Day, Facts, FewCount, Sum, Year
from generator.model.conference import Conference
from generator.readers.sheets import FACTS, GENERAL, SHEETS, Form
from generator.schema import format_schema
from generator.terminal import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from generator.readers.sheets import Field, Sheet

ROOT = Path(__file__).resolve().parent.parent
ZOO = ROOT / "tests" / "zoo"
ADVICE = Path(__file__).with_name("finding_advice.yaml")

FIELDS, FINDINGS = Path("docs/reference/truong-du-lieu.md"), Path("docs/reference/ma-phat-hien.md")
SCHEMA = Path("docs/schema.json")

MARK = "<!-- Từ đây trở xuống do scripts/make_reference.py viết. -->\n"
"""What stands in a page below its introduction, which is written by hand."""

NOTHING = "–"


def make_pages() -> dict[Path, str]:
    """Return every file that this script writes, by its path within the project."""
    return {
        FIELDS: renew(FIELDS, make_field_sections()),
        FINDINGS: renew(FINDINGS, make_code_sections()),
        SCHEMA: format_schema(),
    }


def renew(page: Path, sections: Iterable[str]) -> str:
    """Return the text of *page* with *sections* below its mark."""
    introduction, mark, _ = (ROOT / page).read_text(encoding="utf-8").partition(MARK)
    return introduction + mark + "".join(f"\n{section}" for section in sections)


# --- the records of the model, and where they stand -----------------------------------------------------


def iter_places(record: type[Facts] = Conference, at: str = "") -> Iterator[tuple[type[Facts], str]]:
    """Yield each record below *record* with each of its paths: ``awards[]``; the conference's is empty."""
    yield record, at
    for name, hint in hints_of(record).items():
        inner, is_list = record_in(hint), "list" in str(hint)
        if inner:
            yield from iter_places(inner, join(at, f"{name}[]" if is_list else name))


def join(at: str, name: str) -> str:
    """Return the path of *name* in the record at *at*."""
    return f"{at}.{name}" if at else name


@cache
def hints_of(record: type[Facts]) -> Mapping[str, Any]:
    """Return the fields of *record* with their annotations, whole."""
    hints = typing.get_type_hints(record, include_extras=True)
    return {name: hints[name] for name in record.model_fields}


def record_in(hint: Any) -> type[Facts] | None:
    """Return the record within an annotation such as ``list[Award] | None``."""
    if isinstance(hint, type) and issubclass(hint, Facts):
        return hint
    return next(filter(None, map(record_in, typing.get_args(hint))), None)


# --- docs/reference/truong-du-lieu.md -------------------------------------------------------------------

SCALARS: dict[Any, str] = {
    str: "chữ",
    Day: "ngày",
    Year: "năm",
    Clock: "giờ",
    Count: "số đếm",
    FewCount: "số đếm",
    Answer: "có/không",
    Sum: "số tiền",
}

HEADINGS = ("Đường dẫn", "Tên gọi", "Kiểu", "Bắt buộc", "Giải thích", "Ví dụ", "Trong Excel")


def make_field_sections() -> list[str]:
    """Return what the page says about each record, in the order in which the data have them."""
    places: dict[type[Facts], list[str]] = defaultdict(list)
    for record, at in iter_places():
        places[record].append(at)
    return [make_record_section(record, at) for record, at in places.items()]


def make_record_section(record: type[Facts], places: Sequence[str]) -> str:
    """Return what the page says about a *record* that stands at *places*."""
    label = load_labels()[record.__name__]
    at = places[0] if len(places) == 1 else "…"
    heading = f"## {label.name}" + (f" (`{at}`)" if at and len(places) == 1 else "")
    used = f" Dùng ở {show_places(record, places)}." if len(places) > 1 else ""
    lines = [
        show_row(HEADINGS),
        show_row(["---"] * len(HEADINGS)),
        *(make_field_row(record, name, at, places) for name in record.model_fields),
    ]
    anchor = f'<a id="{anchor_of(record)}"></a>'
    return "\n".join([anchor, "", heading, "", f"{label.note}{used}", "", *lines, ""])


def show_places(record: type[Facts], places: Sequence[str]) -> str:
    """Return the paths of a *record*; if it belongs to one other record, its path in that one."""
    owners = {owner for owner, _ in iter_places() if record in map(record_in, hints_of(owner).values())}
    names = {place.rpartition(".")[2] for place in places}
    if len(owners) == len(names) == 1:
        (owner,), (name,) = owners, names
        return f"`….{name}` của [{load_labels()[owner.__name__].name}](#{anchor_of(owner)})"
    return ", ".join(f"`{place}`" for place in places)


def show_row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def anchor_of(record: type[Facts]) -> str:
    """Return the name by which links lead to the section of *record*."""
    return record.__name__.lower()


def make_field_row(record: type[Facts], name: str, at: str, places: Sequence[str]) -> str:
    """Return the row of the table about one field."""
    label, hint = find_label(record, name), hints_of(record)[name]
    tail = f"{name}[]" if is_record_list(hint) else name
    columns = [columns_at(join(place, tail)) for place in places]
    cells = [
        f"`{join(at, tail)}`",
        label.name,
        describe_kind(hint, [column for found in columns for _, column in found if column]),
        "có" if record.model_fields[name].is_required() else "",
        label.note,
        f"`{show_example(label.example)}`",
        show_columns([column for found in columns for column in found], is_group=record_in(hint) is not None),
    ]
    return show_row(cells)


def is_record_list(hint: Any) -> bool:
    """Tell whether an annotation is of a list of records."""
    return record_in(hint) is not None and "list" in str(hint)


def describe_kind(hint: Any, columns: Iterable[Field]) -> str:
    """Return what a field holds, in words; *columns* know the words for its choices."""
    record = record_in(hint)
    if record:
        link = f"[{load_labels()[record.__name__].name}](#{anchor_of(record)})"
        return f"danh sách {link}" if is_record_list(hint) else link
    if hint in SCALARS:
        return "đơn vị" if any(column.form is Form.UNIT for column in columns) else SCALARS[hint]
    inner = [one for one in typing.get_args(hint) if one is not type(None)]
    if typing.get_origin(hint) is Literal:
        words = {code: shown[0] for column in columns for code, shown in column.words.items()}
        return "một trong: " + ", ".join(show_choice(code, words.get(code, "")) for code in inner)
    if typing.get_origin(hint) is list:
        return f"danh sách {describe_kind(inner[0], columns)}"
    return describe_kind(inner[0], columns)


def show_choice(code: str, word: str) -> str:
    """Return one of the values of a field, with the *word* for it where that is another."""
    return f"`{code}` ({word})" if word not in {"", code} else f"`{code}`"


def show_example(value: Any, *, inside: bool = False) -> str:
    """Return *value* as one writes it after ``name: `` in YAML, or *inside* brackets."""
    match value:
        case dict():
            shown = (f"{key}: {show_example(one, inside=True)}" for key, one in value.items())
            return f"{{{', '.join(shown)}}}"
        case list():
            return f"[{', '.join(show_example(one, inside=True) for one in value)}]"
        case _:
            return str(value) if is_plain(value, inside=inside) else f'"{value}"'


def is_plain(text: str, *, inside: bool) -> bool:
    """Tell whether YAML reads *text* as it is, without quotation marks."""
    try:
        read = yaml.load(f"[{text}]" if inside else f"a: {text}", yaml.BaseLoader)  # noqa: S506 - only text
    except yaml.YAMLError:
        return False
    return bool(read == ([text] if inside else {"a": text}))


# --- the sheets and columns of a field ------------------------------------------------------------------

Column = tuple[str, "Field | None"]
"""The name of a sheet and the column; None for the sheet as a whole."""


@cache
def all_columns() -> Mapping[str, list[Column]]:
    """Return the columns of every path: ``awards[].recipients[].unit``."""
    columns: dict[str, list[Column]] = defaultdict(list)
    for fact in FACTS:
        columns[fact.path].append((GENERAL.name, fact))
    for sheet in SHEETS:
        for target in targets_of(sheet):
            columns[target].append((sheet.name, None))
            if sheet.inner:
                columns[f"{target}.{sheet.inner}[]"].append((sheet.name, None))
            for field in sheet.fields:
                columns[join(target, path_of(field, sheet))].append((sheet.name, field))
    return columns


def targets_of(sheet: Sheet) -> list[str]:
    """Return the places of which *sheet* holds the records."""
    return list(sheet.selector.words) if sheet.selector else [sheet.target]


def path_of(field: Field, sheet: Sheet) -> str:
    """Return the path of a column from the record of its row, with the brackets of the inner list."""
    inner = f"{sheet.inner}."
    if sheet.inner and field.path.startswith(inner):
        return f"{sheet.inner}[].{field.path.removeprefix(inner)}"
    return field.path


def columns_at(path: str) -> list[Column]:
    """Return the columns of the field at *path*; of the list around it, if one cell holds all of that."""
    columns = all_columns()
    whole = path.rpartition(".")[0].removesuffix("[]")
    return columns.get(path) or columns.get(path.removesuffix("[]")) or columns.get(whole) or []


def show_columns(columns: Iterable[Column], *, is_group: bool) -> str:
    """Return *columns* for people: ``Chủ trì, Thư ký › Họ và tên``; a group may well have none itself."""
    headings: dict[str, list[str]] = defaultdict(list)
    sheets: dict[str, None] = {}
    for sheet, field in columns:
        if field is None:
            sheets[sheet] = None
        elif sheet == GENERAL.name:
            headings[sheet].append(field.heading)
        elif sheet not in headings[field.heading]:
            headings[field.heading].append(sheet)
    general = headings.pop(GENERAL.name, [])
    shown = [f"{', '.join(names)} › {heading}" for heading, names in headings.items() if names]
    shown += [f"{GENERAL.name} › {', '.join(general)}"] if general else []
    return "; ".join([*(f"trang {sheet}" for sheet in sheets), *shown]) or ("" if is_group else NOTHING)


# --- docs/reference/ma-phat-hien.md ---------------------------------------------------------------------

WEIGHTS = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo", Severity.GAP: "Còn thiếu"}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do about a finding, and the rule that it rests on."""

    do: str
    rule: str = ""
    sheets: Mapping[str, Sequence[Sequence[object]]] | None = None
    """A workbook that gives the finding: the rows of each sheet."""
    merge: str = ""
    hide: Literal["", "sheet", "row", "column"] = ""
    """What is hidden: the sheet, its second row or column."""


@cache
def load_advice() -> Mapping[str, Mapping[str, Advice]]:
    """Return the advice about every code, by the title of its group."""
    groups = yaml.safe_load(ADVICE.read_text(encoding="utf-8"))
    return {
        title: {code: Advice(**given) for code, given in codes.items()} for title, codes in groups.items()
    }


def make_code_sections() -> list[str]:
    """Return what the page says about each code, by group."""
    weights, examples = find_codes(), find_examples()
    sections = []
    for title, codes in load_advice().items():
        sections.append(f"## {title}\n")
        for code, advice in codes.items():
            example = examples.get(code) or make_example(code, advice)
            sections.append(make_code_section(code, weights.get(code, set()), advice, example))
    return sections


def make_code_section(code: str, weights: set[Severity], advice: Advice, example: str) -> str:
    """Return what the page says about one *code*."""
    weight = " hoặc ".join(WEIGHTS[one] for one in Severity if one in weights).capitalize()
    lines = [f"### `{code}`", f"**{weight}.** {show_sentence(code)}", f"*Cần làm:* {advice.do}"]
    if advice.rule:
        lines.append(f"*Căn cứ:* {advice.rule}")
    if example:
        lines.append(f"```text\n{example}\n```")
    return "\n\n".join(lines) + "\n"


def show_sentence(code: str) -> str:
    """Return the sentence of *code* with “…” for each value."""
    parts = string.Formatter().parse(say("vi", code))
    return "".join(words + ("…" if name is not None else "") for words, name, _, _ in parts)


def find_examples() -> dict[str, str]:
    """Return for each code the shortest finding that a broken input of the tests gives, as it is told."""
    examples: dict[str, str] = {}
    for folder in sorted(folder for folder in ZOO.glob("*") if folder.is_dir()):
        for code, told in tell_findings(folder):
            if code not in examples or len(told) < len(examples[code]):
                examples[code] = told
    return examples


def make_example(code: str, advice: Advice) -> str:
    """Return the finding of the workbook that *advice* has for *code*, as it is told; nothing without one."""
    if advice.sheets is None:
        return ""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "2017"
        folder.mkdir()
        make_broken_workbook(advice).save(folder / "conference.xlsx")
        return dict(tell_findings(folder))[code]


def make_broken_workbook(advice: Advice) -> Workbook:
    """Return the workbook that *advice* describes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in (advice.sheets or {}).items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
        if advice.merge:
            page.merge_cells(advice.merge)
        page.row_dimensions[2].hidden = advice.hide == "row"
        page.column_dimensions["B"].hidden = advice.hide == "column"
        if advice.hide == "sheet":
            book.create_sheet("Hướng dẫn")
            page.sheet_state = "hidden"
    return book


def tell_findings(folder: Path) -> list[tuple[str, str]]:
    """Return the findings of a *folder*, each with its code and as the terminal tells it."""
    findings = check_facts(folder).findings
    return [(found.code, "\n".join(Speaker("vi").findings([found]))) for found in findings]


if __name__ == "__main__":
    for name, text in make_pages().items():
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(text, encoding="utf-8")
