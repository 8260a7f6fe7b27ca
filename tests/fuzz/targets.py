"""What is fuzzed: for each reader the files to begin with, how they are changed, and what must hold of any input.

A target's `run` returns where the program refuses or accepts an input as it should, and raises whatever else
happens: that is a case to be kept in `found/`.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pikepdf

from generator import ceremony, inspector
from generator.checking import check_facts
from generator.cli import main
from generator.content.compose import arrange_signatures, render_template
from generator.content.kind import list_kinds, load_kind
from generator.content.numbering import number_headings
from generator.content.vocabulary import parse_document
from generator.errors import InspectionError, TemplateError
from generator.inspector import annotate, inspect_file, repair
from generator.manifest import MANIFEST_FILE, hash_of
from generator.signing.policy import Policy, judge
from generator.signing.sign import Means
from generator.terminal import Speaker
from generator.tree import document_text
from generator.writers.docx import write_docx
from tests.fuzz.mutate import Mutate, mutate_words, mutate_xml, mutate_yaml
from tests.samples import nd30, whole_document

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FOUND = Path(__file__).resolve().parent / "found"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
SPEAKERS = (Speaker("vi"), Speaker("en"))


@dataclass(frozen=True)
class Target:
    """One reader."""

    seeds: Callable[[], list[bytes]]
    mutate: Mutate
    run: Callable[[bytes], None]


# --- packages: one part of them is the input ------------------------------------------------------------


def _parts(package: bytes) -> list[bytes]:
    """Return each XML part of a package as an input: its name, an empty line, and its content."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return [name.encode() + b"\n\n" + archive.read(name) for name in names]


def _with_part(package: bytes, content: bytes) -> bytes:
    """Return *package* with one part replaced; *content* itself where it names no part."""
    name, _, part = content.partition(b"\n\n")
    if name.decode("utf-8", "replace") not in zipfile.ZipFile(io.BytesIO(package)).namelist():
        return content
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            replaced = member.filename.encode() == name
            new.writestr(member.filename, part if replaced else old.read(member))
    return target.getvalue()


# --- the facts ------------------------------------------------------------------------------------------


def _check(name: str, content: bytes) -> None:
    inputs = Path(tempfile.mkdtemp(dir=MEMORY))
    try:
        folder = inputs / "2016"  # by itself: the folders beside it are other years
        folder.mkdir()
        (folder / name).write_bytes(content)
        checked = check_facts(folder)
        assert checked.conference is not None or checked.findings
        for speaker in SPEAKERS:
            for line in speaker.findings(checked.findings):
                line.encode("utf-8", "backslashreplace")
    finally:
        shutil.rmtree(inputs)


def _yaml_seeds() -> list[bytes]:
    files = [*ROOT.glob("inputs/*/conference.yaml"), *sorted(ROOT.glob("tests/zoo/*/conference.yaml"))]
    return [file.read_bytes() for file in files if file.stat().st_size < 40_000]


REFUSED = {2, 3, 4, 6, 7}
"""How the command may end that refuses what it was given; 5 is a fault of the machine, 1 one of ours."""


def _run_command(content: bytes) -> None:
    """Build by the real command: it refuses in some lines and leaves nothing, or its outputs are whole."""
    place = Path(tempfile.mkdtemp(dir=MEMORY))
    try:
        (place / "inputs" / "2016").mkdir(parents=True)
        (place / "inputs" / "2016" / "conference.yaml").write_bytes(content)
        folders = [f"--{name}={place / name}" for name in ("inputs", "outputs")]
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            code = main(["build", "2016", "minutes", "news", f"--templates={TEMPLATES}", *folders])
        assert "Traceback" not in said.getvalue()
        made = place / "outputs" / "2016"
        if code == 0:
            outputs = json.loads((made / MANIFEST_FILE).read_text(encoding="utf-8"))["outputs"]
            assert all(hash_of((made / name).read_bytes()) == one["sha256"] for name, one in outputs.items())
        else:
            assert code in REFUSED, f"exit code {code}"
            assert not made.exists(), "something was written"
        assert {entry.name for entry in place.iterdir()} <= {"inputs", "outputs"}
    finally:
        shutil.rmtree(place)


@cache
def _workbook() -> bytes:
    """Return a workbook with a few lines in each of three sheets."""
    book = openpyxl.Workbook()
    book.active.title = "Đơn vị thành viên"
    for row in (("Tên đơn vị", "Tên viết tắt"), ("Bộ Nội vụ", "BNV"), ("Bộ Tài chính", None)):
        book.active.append(row)
    people = book.create_sheet("Đại biểu")
    for row in (("Họ và tên", "Chức vụ", "Đơn vị"), ("Trần Đức Hữu", "Vụ trưởng", "BNV")):
        people.append(row)
    people.merge_cells("A4:B5")
    marks = book.create_sheet("Chấm chéo")
    for row in (
        ("Đơn vị chấm", "BNV", "Bộ Tài chính"),
        ("BNV", None, 98.5),
        ("Bộ Tài chính", "97,25", "=1+1"),
    ):
        marks.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _run_excel(content: bytes) -> None:
    _check("conference.xlsx", _with_part(_workbook(), content))


# --- the vocabulary -------------------------------------------------------------------------------------


@cache
def _kinds() -> tuple[object, ...]:
    return tuple(load_kind(TEMPLATES, kind) for kind in list_kinds(TEMPLATES))


def _vocabulary_seeds() -> list[bytes]:
    found = []
    for year in ("2016", "mau"):
        conference = check_facts(ROOT / "inputs" / year).conference
        found += [render_template(kind, conference, TEMPLATES).encode() for kind in _kinds()]
    return found


def _run_vocabulary(content: bytes) -> None:
    try:
        document = parse_document(content.decode("utf-8", "surrogateescape"))
        kind = load_kind(TEMPLATES, "minutes")
        document_text(number_headings(arrange_signatures(document, kind.signatures), kind.headings))
    except TemplateError as error:
        _say(error)


def _say(error: TemplateError | InspectionError) -> None:
    for speaker in SPEAKERS:
        assert speaker.error(error)


# --- the inspector --------------------------------------------------------------------------------------


@cache
def _word_file() -> bytes:
    return write_docx(whole_document(paragraphs=1, rows=1), nd30())


def _run_word(content: bytes) -> None:
    package = _with_part(_word_file(), content)
    try:
        inspected = inspect_file(package, TEMPLATES)
        for speaker in SPEAKERS:
            assert list(speaker.inspection(Path("x"), inspected))
        if inspected.found.kind == "docx":
            annotate(package, inspected, lambda verdict: verdict.rule)
            repair(package, inspected)
    except InspectionError as error:
        _say(error)


def _run_pdf(content: bytes) -> None:
    try:
        inspected = inspect_file(b"%PDF-1.7\n" + content, TEMPLATES)
        for speaker in SPEAKERS:
            assert list(speaker.inspection(Path("x"), inspected))
    except InspectionError as error:
        _say(error)


def _plain(content: bytes) -> bytes:
    """Return a PDF file whose streams are not compressed, so that they can be changed."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(
            target,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return target.getvalue()


def _pdf_seeds() -> list[bytes]:
    from tests.inspection import paper_files as paper

    text = "Theo quy trinh, ngày 26 tháng 11, các ban ngành trình danh sách khen ba cá nhân, hai don vi. " * 2
    lines = paper.show(85, 700, "BIÊN BAN", 14, "F2") + paper.set_text(text, 85, 650, 454)
    pages = [paper.write_pages([lines]), paper.write_pages([lines, lines], rotate=90)]
    return [_plain(page) for page in pages]


# --- the verifier ---------------------------------------------------------------------------------------


@cache
def _signed() -> tuple[bytes, bytes, Policy]:
    """Return a pledge as published, the same with two signatures, and a policy that it keeps."""
    from tests.signing import material

    root = Path(tempfile.mkdtemp(dir=MEMORY))
    try:
        file = material.build_pledge(root) / "giao-uoc.pdf"
        base, authority = file.read_bytes(), material.make_authority(datetime.now(material.VIETNAM))
        trust = material.trust_in(authority)
        policy = Policy(hash_of(base), datetime.now(material.VIETNAM), trust=trust, is_trial=True)
        policy = replace(policy, must_be_complete=False, asks_second=False)
        for unit, person in list(material.PARTIES.items())[:2]:
            key = material.key_of(authority.issue(unit, person))
            ceremony.sign(file, material.party(unit, key), Means(datetime.now(material.VIETNAM)), policy)
        return base, file.read_bytes(), policy
    finally:
        shutil.rmtree(root)


def _verifier_seeds() -> list[bytes]:
    base, signed, _ = _signed()
    return [signed[len(base) :]]


def _run_verifier(content: bytes) -> None:
    """Hold what comes behind the published file against the policy: nothing but the genuine file passes."""
    base, signed, policy = _signed()
    file = base + content
    verdict = judge(file, policy)
    for speaker in SPEAKERS:
        for problem in verdict.problems:
            assert speaker.say(problem.key, **problem.values)
    assert not verdict.is_sound or signed.startswith(file), "a forgery passes"


# The inspector reads the style files anew for each file that it inspects.
inspector.load_styles = cache(inspector.load_styles)

TARGETS = {
    "yaml": Target(_yaml_seeds, mutate_yaml, lambda content: _check("conference.yaml", content)),
    "command": Target(_yaml_seeds, mutate_yaml, _run_command),
    "excel": Target(lambda: _parts(_workbook()), mutate_xml, _run_excel),
    "vocabulary": Target(_vocabulary_seeds, mutate_xml, _run_vocabulary),
    "word": Target(lambda: _parts(_word_file()), mutate_xml, _run_word),
    "pdf": Target(_pdf_seeds, mutate_words, _run_pdf),
    "verifier": Target(_verifier_seeds, mutate_words, _run_verifier),
}


def found_cases() -> list[tuple[str, Path]]:
    """Return the inputs that once broke something, each with its target."""
    return [
        (folder.name, file)
        for folder in sorted(FOUND.iterdir())
        if folder.is_dir()
        for file in sorted(folder.iterdir())
    ]


def mutants(name: str, count: int, seed: int) -> list[bytes]:
    """Return *count* changed inputs of a target, the same ones each time."""
    chance, target = random.Random(seed), TARGETS[name]
    seeds = target.seeds()
    return [target.mutate(chance.choice(seeds), chance) for _ in range(count)]
