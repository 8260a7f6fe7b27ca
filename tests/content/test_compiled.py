"""The code of templates is taken from where it was kept only if it is the very code that would be made now."""

from __future__ import annotations

import hashlib
import marshal

import pytest

from generator.content import compiled, environment
from generator.content.compose import render_template
from generator.content.kind import Kind
from generator.errors import TemplateError
from generator.model.conference import Conference

CONFERENCE = Conference.model_validate(
    {"event": {"kind": "tong_ket", "year": "2016"}, "block": {"name": "Khối 1"}}
)
KIND = Kind("k", "K", "k", "administrative", headings=("arabic",), paper="minutes")
FOLDER_MODE, FILE_MODE = 0o700, 0o600


class Place:
    """A folder of templates, the folder where their code is kept, and which of them are compiled."""

    def __init__(self, root, monkeypatch):
        self.templates, self.kept = root / "templates", root / "cache" / "compiled"
        (self.templates / "k").mkdir(parents=True)
        self.compiled = []
        before = environment._Environment.compile

        def compile_noted(env, source, name=None, filename=None, *rest, **more):
            self.compiled.append(name)
            return before(env, source, name, filename, *rest, **more)

        monkeypatch.setattr(environment._Environment, "compile", compile_noted)

    def write(self, text):
        (self.templates / "k" / "document.xml.j2").write_text(text, encoding="utf-8")

    def render(self):
        """Render as a new process does; return the words and which templates were compiled for them."""
        environment.load_environment.cache_clear()
        compiled._describe_program.cache_clear()
        self.compiled.clear()
        return render_template(KIND, CONFERENCE, self.templates, compiled=self.kept), list(self.compiled)

    @property
    def file(self):
        (file,) = self.kept.iterdir()
        return file


NAME = "k/document.xml.j2"
MADE, TAKEN = ("<Khối 1>", [NAME]), ("<Khối 1>", [])


@pytest.fixture
def place(tmp_path, monkeypatch):
    made = Place(tmp_path, monkeypatch)
    made.write("<{{ c.block.name }}>")
    return made


def test_a_template_is_compiled_once(place):
    assert [place.render(), place.render(), place.render()] == [MADE, TAKEN, TAKEN]


def test_only_the_user_can_read_or_write_what_is_kept(place):
    place.render()
    assert (place.kept.stat().st_mode & 0o777, place.file.stat().st_mode & 0o777) == (FOLDER_MODE, FILE_MODE)


def test_a_changed_template_is_compiled_again_in_the_place_of_the_old_one(place):
    place.render()
    place.write("[{{ c.block.name }}]")
    assert [place.render(), place.render()] == [("[Khối 1]", [NAME]), ("[Khối 1]", [])]
    assert place.file.is_file()


@pytest.mark.parametrize("what", ["size", "version", "python"])
def test_another_program_or_python_compiles_again(place, monkeypatch, what):
    place.render()
    if what == "size":
        monkeypatch.setattr(compiled, "_stamp", lambda file: (file.stat().st_size, 1))
    elif what == "version":
        monkeypatch.setattr(compiled.metadata, "version", lambda name: "0")
    else:
        monkeypatch.setattr(compiled.importlib.util, "MAGIC_NUMBER", b"x")
    assert [place.render(), place.render()] == [MADE, TAKEN]


def foreign_code(place):
    """Return code that prints something else, as a whole file of ours but for its head."""
    code = marshal.dumps(compile("raise SystemExit('foreign code ran')", NAME, "exec"))
    return hashlib.sha256(code).digest() + code


DAMAGE = {
    "empty": lambda place, content: b"",
    "cut off": lambda place, content: content[:-7],
    "a bit flipped": lambda place, content: content[:-30] + bytes([content[-30] ^ 1]) + content[-29:],
    "another template's": lambda place, content: b"0" + content[1:],
    "code of another template": lambda place, content: b"0" * 40 + b" " + b"0" * 64 + b"\n" + foreign_code(place),
    "no code": lambda place, content: content[:106] + hashlib.sha256(b"i\x01\x00\x00\x00").digest() + b"i\x01\x00\x00\x00",
    "no marshalled value": lambda place, content: content[:106] + hashlib.sha256(b"\xff").digest() + b"\xff",
    "text": lambda place, content: b"hoinghi\n",
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_or_strange_file_is_made_again(place, damage):
    place.render()
    place.file.write_bytes(damage(place, place.file.read_bytes()))
    assert [place.render(), place.render()] == [MADE, TAKEN]


def test_a_file_that_others_may_write_is_not_taken(place):
    place.render()
    place.file.chmod(0o666)
    assert [place.render(), place.render()] == [MADE, TAKEN]


def test_a_folder_that_others_may_write_to_is_not_used(place):
    place.render()
    place.kept.chmod(0o777)
    assert [place.render(), place.render()] == [MADE, MADE]


def test_the_folder_of_another_user_is_not_used(place, monkeypatch):
    place.render()
    monkeypatch.setattr(compiled.os, "geteuid", lambda: place.kept.stat().st_uid + 1)
    assert [place.render(), place.render()] == [MADE, MADE]


def test_links_are_not_followed(place, tmp_path):
    place.render()
    elsewhere = place.file.rename(tmp_path / "elsewhere")
    (place.kept / place_key(place)).symlink_to(elsewhere)
    assert place.render() == MADE
    aside = place.kept.rename(tmp_path / "aside")
    place.kept.symlink_to(aside)
    assert [place.render(), place.render()] == [MADE, MADE]


def place_key(place):
    return environment.load_environment(place.templates, place.kept).bytecode_cache.get_cache_key(
        NAME, str(place.templates / NAME)
    )


def test_where_nothing_can_be_kept_templates_are_compiled_each_time(place):
    place.kept.parent.write_text("a file where the folder would be")
    assert [place.render(), place.render()] == [MADE, MADE]


def test_no_more_is_kept_than_some_folders_of_templates_need(place, monkeypatch):
    monkeypatch.setattr(compiled, "MOST_FILES", 3)
    place.render()
    first = place.file
    for number in range(5):
        place.templates = place.templates.rename(place.templates.with_name(f"templates-{number}"))
        assert [place.render(), place.render()] == [MADE, TAKEN]
    assert len(list(place.kept.iterdir())) == 3
    assert not first.exists()


def test_an_error_names_the_same_line_from_kept_code(place):
    place.write("x\n{% if true %}\n{{ c.event.title }}{% endif %}")
    said = []
    for _ in range(2):
        with pytest.raises(TemplateError) as caught:
            place.render()
        said.append((caught.value.key, caught.value.values["file"], caught.value.values["line"]))
    assert said[0] == said[1] == ("template-failed", str(place.templates / NAME), 3)
    assert place.compiled == []
