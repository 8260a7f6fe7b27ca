"""A build makes what has changed and nothing else, says why, and gives what a build from nothing gives."""

from __future__ import annotations

import dataclasses
import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from generator import sources, style, tree, typeface
from generator.cli import main
from generator.composing import prepare
from generator.errors import OutputError
from generator.incremental import Reason, find_former, is_fresh
from generator.inspection.readback.words import words_of_docx
from generator.outputs import alone_in
from generator.pipeline import build, join, put, write
from generator.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
FACTS = """\
event: {kind: tong_ket, year: 2024, next_year: 2025, date: 15/01/2025}
block: {name: Khối thi đua số 1, house: khoi-13}
members: [{name: Sở Nội vụ}, {name: Sở Tài chính}]
awards:
  - status: granted
    nature: hinh_thuc_khen_thuong
    form: Giấy khen
    authority: Khối trưởng
    year: 2024
    reason: có thành tích trong phong trào thi đua
    recipients: [{kind: tap_the, unit: Sở Nội vụ}, {kind: tap_the, unit: Sở Tài chính}]
  - status: proposed
    nature: danh_hieu
    form: Tập thể lao động xuất sắc
    recipients: [{kind: tap_the, unit: Sở Nội vụ}]
pledge: {date: 15/01/2025}
papers:
  minutes: {number: 01, symbol: KTĐ, place: Hoa Ban, date: 15/01/2025}
  proposal: {number: 02, symbol: KTĐ, place: Hoa Ban, date: 15/01/2025}
  certificates: {number: 03, symbol: QĐ-KTĐ, place: Hoa Ban, date: 15/01/2025}
news: {headline: Khối thi đua số 1 tổng kết năm 2024}
photos: [{position: before, file: photos/a.png, caption: Toàn cảnh}]
"""
KINDS = {
    "minutes": {"bien-ban.docx"},
    "pledge": {"giao-uoc.docx"},
    "news": {"ban-tin.docx", "ban-tin.html"},
    "proposal": {"to-trinh.docx"},
    "certificates": {"giay-khen.docx"},
}
ALL = frozenset(KINDS)
PAPERS = ALL - {"news", "certificates"}
"""Those that one regulation sets."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Facts, templates and outputs of a small conference, just built."""
    place = tmp_path_factory.mktemp("made")
    year = place / "inputs" / "2024"
    (year / "photos").mkdir(parents=True)
    (year / "conference.yaml").write_text(FACTS, encoding="utf-8")
    paint(year / "photos" / "a.png", "navy")
    paint(year / "photos" / "spare.png", "navy")
    shutil.copytree(ROOT / "templates", place / "templates")
    report = build(request_in(place))
    assert {file.name for one in report.documents for file in one.files} == set().union(*KINDS.values())
    return place


def paint(file: Path, color: str) -> None:
    Image.new("RGB", (60, 40), color).save(file)


@pytest.fixture
def place(made: Path) -> Iterator[Path]:
    """The same, to be changed; always at the same place, so that templates are read once for all tests."""
    copy = made.with_name("copy")
    shutil.copytree(made, copy)
    yield copy
    shutil.rmtree(copy)


def request_in(place: Path, outputs: str = "outputs", **others: object) -> Request:
    given = {"year": "2024", "kinds": (), "formats": ("docx", "html")} | others
    return Request(inputs=place / "inputs", outputs=place / outputs, templates=place / "templates", **given)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def facts(old: str, new: str) -> Callable[[Path], None]:
    return lambda place: change(place / "inputs" / "2024" / "conference.yaml", old, new)


def template(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda place: change(place / "templates" / name, old, new)


def photograph(name: str) -> Callable[[Path], None]:
    return lambda place: paint(place / "inputs" / "2024" / "photos" / name, "maroon")


def move_to_table(place: Path) -> None:
    """Let the same facts stand in another file."""
    facts("members: [{name: Sở Nội vụ}, {name: Sở Tài chính}]\n", "")(place)
    text = "Tên đơn vị\nSở Nội vụ\nSở Tài chính\n"
    (place / "inputs" / "2024" / "don-vi-thanh-vien.csv").write_text(text, encoding="utf-8")


Alter = Callable[[Path], object]
CHANGES: dict[str, tuple[Alter, frozenset[str] | set[str]]] = {
    "a comment in the facts": (facts("event:", "# a note\nevent:"), set()),
    "a fact spelled otherwise": (facts("number: 01", 'number: "01"'), set()),
    "the number of the minutes": (facts("number: 01", "number: 09"), {"minutes"}),
    "the number of the proposal": (facts("number: 02", "number: 08"), {"proposal"}),
    "the number of the decision": (facts("number: 03", "number: 07"), {"certificates"}),
    "the day of the pledge": (facts("pledge: {date: 15", "pledge: {date: 14"), {"pledge"}),
    "a headline": (facts("1 tổng kết năm 2024}", "1 tổng kết công tác năm 2024}"), {"news"}),
    "the reason of certificates": (
        facts("trong phong trào", "trong các phong trào"),
        {"certificates", "minutes", "news"},
    ),
    "another unit": (
        facts("{name: Sở Tài chính}]", "{name: Sở Tài chính}, {name: Sở Y tế}]"),
        {"pledge"},
    ),
    "the block's name": (facts("thi đua số 1", "thi đua số 2"), ALL),
    "facts in another file": (move_to_table, set()),
    "a photograph": (photograph("a.png"), {"news"}),
    "a photograph that nothing shows": (photograph("spare.png"), set()),
    "a template's comment": (template("minutes/document.xml.j2", "{#", "{# x "), set()),
    "words of one template": (template("minutes/document.xml.j2", "BIÊN BẢN", "BIÊN BẢN HỌP"), {"minutes"}),
    "what one kind includes": (
        template("_news.xml.j2", "first }} tổ chức ", "first }} tiến hành "),
        {"news"},
    ),
    "what kinds share": (template("_phrases.xml.j2", "<br/>", " "), set()),
    "how headings are numbered": (template("minutes/kind.yaml", "[arabic", "[roman"), {"minutes"}),
    "a comment in a regulation": (template("style/nd30-2020.yaml", "\nid:", "\n# x\nid:"), set()),
    "another regulation": (template("style/tt01-2011.yaml", "{use: 30,", "{use: 31,"), set()),
    "the regulation": (template("style/nd30-2020.yaml", "top_mm: {use: 20", "top_mm: {use: 21"), PAPERS),
    "the look of the press": (template("style/press.yaml", "top_mm: 22", "top_mm: 23"), {"news"}),
    "the look of certificates": (
        template("style/certificate.yaml", "top_mm: 22", "top_mm: 21"),
        {"certificates"},
    ),
    "a house's look": (template("style/house/khoi-13.yaml", "left_mm: 35", "left_mm: 34"), PAPERS),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_its_own_documents_again_and_no_others(place: Path, name: str) -> None:
    alter, kinds = CHANGES[name]
    before = times(place)
    alter(place)
    assert not is_fresh(request_in(place))

    told: dict[str, Reason] = {}
    report = build(request_in(place), lambda _, reasons: told.update(reasons))

    made = {file.name for one in report.documents for file in one.files}
    assert made == set().union(*(KINDS[kind] for kind in kinds))
    assert {one.kind.id for one in report.documents if one.files} == kinds
    assert {file.name for one in report.documents for file in one.standing} == set().union(
        *KINDS.values()
    ) - made
    assert {name for name, time in times(place).items() if before[name] != time} == made
    assert all(reason.names for reason in told.values())
    assert is_fresh(request_in(place))
    build(request_in(place, "clean"))
    assert contents(place, "outputs") == contents(place, "clean")


def times(place: Path) -> dict[str, tuple[int, int]]:
    """Return what tells a file from another one of the same name: its number and its time."""
    folder = place / "outputs" / "2024"
    files = [file for file in folder.iterdir() if file.name != "manifest.json"]
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}


def contents(place: Path, outputs: str) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((place / outputs / "2024").iterdir())}


# --- tools, files and options ---------------------------------------------------------------------------


def test_other_fonts_and_other_versions_make_all_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Reason] = []

    def tell(_: object, reasons: dict[str, Reason]) -> None:
        told.extend(reasons.values())

    fonts = place / "fonts"
    shutil.copytree(typeface.folder(), fonts)
    monkeypatch.setattr(typeface, "folder", lambda: fonts)
    assert is_fresh(request_in(place))
    font = next(fonts.glob("*-Bold.ttf"))
    font.write_bytes(font.read_bytes() + b" ")
    assert {one.kind.id for one in build(request_in(place), tell).documents if one.files} == ALL
    assert set(told) == {Reason("tools", (font.name,))}

    told.clear()
    for changed in ("weasyprint", sources.PROGRAM):
        versions = sources.find_versions() | {changed: "another"}
        monkeypatch.setattr(sources, "find_versions", lambda versions=versions: versions)
        assert {one.kind.id for one in build(request_in(place), tell).documents if one.files} == ALL
        assert is_fresh(request_in(place))
    assert set(told) == {Reason("tools", ("weasyprint",)), Reason("tools", (sources.PROGRAM,))}


def test_the_hash_of_the_program_is_that_of_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "generator"
    shutil.copytree(ROOT / "generator", package)
    monkeypatch.setattr(sources, "__file__", str(package / "sources.py"))
    found = sources._hash_program()
    for name in ("rules/awards.py", "law/awards.yaml", "fonts/metrics.json", "writers/ooxml/styles.xml"):
        (package / name).write_bytes((package / name).read_bytes() + b" ")
        assert sources._hash_program() != found
        found = sources._hash_program()
    for name in ("rules/__pycache__/x.pyc", "locale/x.mo"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_bytes(b"x")
        assert sources._hash_program() == found


def test_versions_are_those_that_the_libraries_tell() -> None:
    installed = sources._list_installed()
    assert {name: installed.get(name) for name in sources.LIBRARIES} == {
        name: metadata.version(name) for name in sources.LIBRARIES
    }
    assert sources._ask_version("jinja2") == metadata.version("jinja2")


def test_a_file_that_is_gone_or_was_edited_is_made_again(place: Path) -> None:
    target, told = place / "outputs" / "2024", {}
    (target / "bien-ban.docx").unlink()
    edited = target / "ban-tin.html"
    edited.write_bytes(b"edited")
    assert not is_fresh(request_in(place))

    report = build(request_in(place), lambda _, reasons: told.update(reasons))

    assert told == {"bien-ban": Reason("gone"), "ban-tin": Reason("edited")}
    assert [file.name for one in report.documents for file in one.files] == [
        "bien-ban.docx",
        "ban-tin.moi.html",
    ]
    assert report.kept == {edited: target / "ban-tin.moi.html"}
    assert edited.read_bytes() == b"edited"

    again = build(request_in(place))
    assert not is_fresh(request_in(place)), "the user is told again that a file was kept"
    assert [file for one in again.documents for file in one.files] == []
    assert again.kept == report.kept

    assert [file.name for one in build(request_in(place, force=True)).documents for file in one.files] == [
        "ban-tin.html"
    ]
    assert is_fresh(request_in(place))


def test_formats_and_kinds_that_nobody_made_yet_are_made(place: Path) -> None:
    assert is_fresh(request_in(place, kinds=("minutes",), formats=("docx",)))
    assert is_fresh(request_in(place, formats=("html",)))
    assert not is_fresh(request_in(place, kinds=("minutes",), formats=("pdf",)))
    assert not is_fresh(request_in(place, kinds=("minutes",), formats=("html",)))
    assert not is_fresh(request_in(place, kinds=("scores",), formats=("html",)))
    assert not is_fresh(request_in(place, strict=True))
    assert not is_fresh(request_in(place, originals=True))
    assert not is_fresh(request_in(place, original_for="Sở Nội vụ"))
    assert not is_fresh(request_in(place, outputs="elsewhere"))
    report = build(request_in(place, kinds=("proposal",), formats=("docx", "pdf")))
    assert [file.name for one in report.documents for file in one.files] == ["to-trinh.pdf"]
    assert is_fresh(request_in(place, kinds=("proposal",), formats=()))


def test_a_damaged_manifest_is_not_fresh(place: Path) -> None:
    file = place / "outputs" / "2024" / "manifest.json"
    for text in ("{", '{"fingerprints": 1}', '{"kinds": {"minutes": 1}}', '{"made_from": 1}'):
        file.write_text(text, encoding="utf-8")
        assert not is_fresh(request_in(place))
        with pytest.raises(OutputError):
            build(request_in(place))


def test_other_years_count_where_offices_rotate(place: Path) -> None:
    other = place / "inputs" / "2023" / "conference.yaml"
    other.parent.mkdir()
    other.write_text(FACTS.replace("2024", "2023").replace("2025", "2024"), encoding="utf-8")
    assert is_fresh(request_in(place))
    facts("awards:", "leadership: {rotation: {order: [Sở Nội vụ, Sở Tài chính]}}\nawards:")(place)
    build(request_in(place))
    assert is_fresh(request_in(place))
    other.write_text(other.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert not is_fresh(request_in(place))
    assert not [file for one in build(request_in(place)).documents for file in one.files]
    assert is_fresh(request_in(place))


# --- originals and single certificates ------------------------------------------------------------------


def test_each_certificate_has_its_own_files_and_goes_with_its_award(place: Path) -> None:
    one_each = request_in(place, kinds=("certificates",), formats=("docx",), each=True)
    names = [file.name for one in build(one_each).documents for file in one.files]
    assert names == ["giay-khen-0001.docx", "giay-khen-0002.docx"]
    assert is_fresh(one_each)
    assert is_fresh(request_in(place))
    words = [" ".join(words_of_docx((one_each.target / name).read_bytes())) for name in names]
    assert ["Sở Nội vụ" in one for one in words] == [True, False]
    assert ["Sở Tài chính" in one for one in words] == [False, True]

    facts(", {kind: tap_the, unit: Sở Tài chính}]", "]")(place)
    report = build(one_each)
    assert [file.name for file in report.gone] == ["giay-khen-0002.docx"]
    assert not (one_each.target / "giay-khen-0002.docx").exists()
    assert [file.name for one in report.documents for file in one.standing] == ["giay-khen-0001.docx"]
    manifest = json.loads((one_each.target / "manifest.json").read_text(encoding="utf-8"))
    assert "giay-khen-0002.docx" not in str(manifest)


def test_an_original_of_a_party_that_is_no_more_goes_unless_somebody_edited_it(place: Path) -> None:
    originals = request_in(place, kinds=("pledge",), formats=("docx",), originals=True)
    assert [file.name for one in build(originals).documents for file in one.files] == [
        f"giao-uoc-ban-{number:02d}.docx" for number in (1, 2, 3)
    ]
    (originals.target / "giao-uoc-ban-03.docx").write_bytes(b"edited")
    facts("members: [{name: Sở Nội vụ}, {name: Sở Tài chính}]", "members: [{name: Sở Nội vụ}]")(place)
    facts(", {kind: tap_the, unit: Sở Tài chính}]", "]")(place)
    assert [file.name for file in build(originals).gone] == []
    assert (originals.target / "giao-uoc-ban-03.docx").read_bytes() == b"edited"


# --- piece by piece -------------------------------------------------------------------------------------


def test_pieces_that_are_made_apart_are_what_one_build_makes(place: Path) -> None:
    apart = request_in(place, "apart")
    prepared, former = prepare(apart), find_former(apart)
    first = write(prepared, former, most=2)
    rest = (
        write(prepared, former, names=frozenset(first.left[:1])),
        write(prepared, former, names=set(first.left[1:])),
    )
    made = pickle.loads(pickle.dumps(join([first, *rest])))
    assert (len(first.left), made.left) == (3, ())
    with pytest.raises(ValueError, match="not written"), alone_in(apart.target):
        put(first, apart)
    with alone_in(apart.target):
        put(made, apart)
    assert contents(place, "apart") == contents(place, "outputs")


def test_outputs_that_change_while_documents_are_made_are_left_as_they_are(place: Path) -> None:
    request = request_in(place)
    facts("headline: Khối", "headline: Một khối")(place)
    made = write(prepare(request), find_former(request))
    (request.target / "bien-ban.docx").write_bytes(b"edited meanwhile")
    before = contents(place, "outputs")
    with pytest.raises(OutputError) as error, alone_in(request.target):
        put(made, request)
    assert error.value.key == "outputs-changed-meanwhile"
    assert contents(place, "outputs") == before


# --- what hashes rest on --------------------------------------------------------------------------------


def iter_records() -> Iterator[type]:
    for module in (tree, style):
        for value in vars(module).values():
            if dataclasses.is_dataclass(value) and isinstance(value, type):
                yield value


def test_all_that_writers_see_is_in_what_is_hashed() -> None:
    """Trees and styles are hashed as Python writes them: no field may be left out of that."""
    records = list(iter_records())
    assert len(records) > 30
    for record in records:
        assert all(field.repr and field.compare for field in dataclasses.fields(record)), record
        assert "__repr__" not in vars(record) or vars(record)["__repr__"].__module__ == record.__module__
        assert record.__dataclass_params__.repr


def test_a_build_with_nothing_to_do_loads_next_to_nothing(place: Path) -> None:
    script = (
        "import sys; from generator.cli import main; assert main(sys.argv[1:]) == 0; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'pydantic', 'jinja2', 'yaml', 'docx', "
        "'weasyprint', 'lxml', 'PIL', 'openpyxl', 'matplotlib', 'babel'}), "
        "[name for name in sys.modules if name.startswith(('generator.model', 'generator.content', 'generator.w'))])"
    )
    arguments = ["build", "2024", "--format", "docx,html", "--templates", "templates"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=place,
        check=True,
    )
    assert done.stdout.splitlines()[0].startswith(
        "Không có gì phải soạn lại: kết quả trong outputs/2024 khớp"
    )
    assert done.stdout.splitlines()[-1] == "[] []"


def test_the_user_is_told_why(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    command = ["build", "2024", "--format", "docx,html", "--templates", "templates"]
    facts("1 tổng kết năm 2024}", "1 tổng kết}")(place)
    template("style/certificate.yaml", "top_mm: 22", "top_mm: 21")(place)
    assert main(command) == 0
    said = capsys.readouterr().out.splitlines()
    assert "  Soạn lại ban-tin: nội dung khác lần trước, do thay đổi ở conference.yaml." in said
    assert "  Soạn lại giay-khen: thể thức khác lần trước, do thay đổi ở style/certificate.yaml." in said
    assert [line for line in said if line.startswith("Đang soạn")] == [
        "Đang soạn Giấy khen, bằng khen của khối …",
        "Đang soạn Bản tin …",
    ]
    assert "  outputs/2024/bien-ban.docx (không đổi)" in said
    facts("award", "# x\naward")(place)
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Không có tệp nào phải ghi lại:"
