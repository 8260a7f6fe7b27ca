"""The pages for readers and the catalogues of messages are true of the code: nothing absent, nothing made up."""

from __future__ import annotations

import ast
import gettext
import importlib
import inspect
import re
import shutil
import string
import subprocess
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from generator import cli, errors, tree
from generator.content import vocabulary
from generator.findings import Severity
from generator.messages import DOMAIN, LANGUAGES
from generator.model.base import Facts
from generator.readers.conference import EXPECTED_SHAPES
from generator.readers.raw import NOTED
from generator.readers.yaml import SYNTAX_PROBLEMS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "generator"
LOCALE = PACKAGE / "locale"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
OF_THE_TREE = re.compile(r"(?:docs|generator|inputs|requirements|scripts|templates|tests)/[\w./-]*")
VOCABULARY_HEADING = "## The vocabulary of templates"
ERRORS = {
    name: error for name, error in inspect.getmembers(errors, inspect.isclass) if issubclass(error, Exception)
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """Return what stands under *heading*, up to the next heading of its level."""
    level = heading.split(maxsplit=1)[0]
    return read(page).partition(f"{heading}\n")[2].split(f"\n{level} ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of each table row in *text*, without heads and the rows of dashes below them."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    dashes = [index for index, line in enumerate(lines) if set(line) <= set("|-: ")]
    body = [line for index, line in enumerate(lines) if index not in dashes and index + 1 not in dashes]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def in_code(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def in_fence(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


# --- docs/architecture.md -----------------------------------------------------------------------------


def test_the_map_names_every_module_and_no_other():
    table = rows(section("docs/architecture.md", "## Map of `generator/`"))
    named = [name for row in table for name in in_code(row[0])]
    paths = [file.relative_to(PACKAGE) for file in PACKAGE.rglob("*.py")]
    packages = {f"{path.parent}/" for path in paths if path.name == "__init__.py"} - {"./"}
    modules = {str(path) for path in paths if path.name != "__init__.py"} | {"__init__.py"}
    assert sorted(named) == sorted(modules | packages)


def calls_of(source: ast.AST, name: str) -> list[ast.Call]:
    """Return the calls of a function by the last part of its name: ``report`` for ``facts.report(…)``."""
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    return [call for call in calls if getattr(call.func, "attr", getattr(call.func, "id", "")) == name]


def texts_in(*nodes: ast.AST) -> set[str]:
    constants = (part for node in nodes for part in ast.walk(node) if isinstance(part, ast.Constant))
    return {constant.value for constant in constants if isinstance(constant.value, str)}


def accepted_elements() -> dict[str, set[str]]:
    """Return the elements that the parser accepts, each with its attributes, as its code names them."""
    source = ast.parse(inspect.getsource(vocabulary))
    names = set(vocabulary._BLOCKS)
    names |= texts_in(*(argument for call in calls_of(source, "_parts") for argument in call.args[1:]))
    named = [*calls_of(source, "_parse_leaf"), *calls_of(source, "_take_lines")]
    names |= texts_in(*(call.args[1] for call in named))
    for node in ast.walk(source):
        if isinstance(node, ast.MatchValue):
            names |= texts_in(node)
        if isinstance(node, ast.Compare) and ast.unparse(node.left) == "child.tag":
            names |= texts_in(*node.comparators)
    elements = {name: set() for name in names}
    for call in calls_of(source, "_expect"):
        for name in texts_in(call.args[1]):
            elements[name] = texts_in(*call.args[2:])
    return elements


def test_the_table_of_the_vocabulary_is_what_the_parser_accepts():
    table = rows(section("docs/architecture.md", VOCABULARY_HEADING))
    elements = {name: set() for row in table for name in re.findall(r"`<([a-z-]+)>`", " ".join(row))}
    for row in table:
        for name in re.findall(r"`<([a-z-]+)>`", row[0]):
            elements[name] = set(in_code(row[1]))
    assert elements == accepted_elements()


def test_the_table_of_the_vocabulary_names_every_value_and_every_node():
    table = rows(section("docs/architecture.md", VOCABULARY_HEADING))
    values = {
        *tree.ROLES,
        *vocabulary.ALIGNS,
        *vocabulary.ORIENTATIONS,
        *(extent.value for extent in tree.Extent),
    }
    assert values - {word for row in table for word in re.findall(r"\w+", row[1])} == set()
    assert node_names() - {"Text"} - {name for row in table for name in in_code(row[3])} == set()


def node_names() -> set[str]:
    nodes = (tree.Document, *tree.Block.__args__, *tree.Inline.__args__)
    return {node.__name__ for node in nodes}


# --- docs/glossary.md ---------------------------------------------------------------------------------


def test_the_glossary_knows_every_record_of_the_model_and_every_node_of_the_tree():
    for file in (PACKAGE / "model").glob("[a-z]*.py"):
        importlib.import_module(f"generator.model.{file.stem}")
    assert (records_below(Facts) | node_names()) - set(in_code(read("docs/glossary.md"))) == set()


def records_below(record: type) -> set[str]:
    return {name for child in record.__subclasses__() for name in {child.__name__, *records_below(child)}}


# --- README.md and links ------------------------------------------------------------------------------


def make_targets() -> set[str]:
    kinds = {file.parent.name for file in (ROOT / "templates").glob("*/kind.yaml")}
    return kinds | set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))


def test_readme_lists_every_make_target_and_no_other():
    listed = [row[0].strip("`").split()[1] for row in rows(read("README.md")) if row[0].startswith("`make ")]
    assert sorted(listed) == sorted(make_targets())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_and_files_that_a_page_names_exist(page):
    text = page.read_text(encoding="utf-8")
    targets = {target for code in in_code(text) for target in re.findall(r"^make ([a-z-]+)", code)}
    assert targets - make_targets() == set()
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    paths = [code for code in in_code(text) if OF_THE_TREE.fullmatch(code)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_readme_lists_every_exit_code_and_no_other():
    codes = {0, cli.UNEXPECTED, cli.INTERRUPTED, *(error.exit_code for error in ERRORS.values())}
    assert [int(row[0]) for row in rows(read("README.md")) if row[0].isdigit()] == sorted(codes)


def test_readme_lists_every_command_and_no_other():
    listed = [
        row[0].split()[1].strip("`") for row in rows(read("README.md")) if row[0].startswith("`hoinghi ")
    ]
    assert sorted(listed) == sorted(name for name, *_ in cli.COMMANDS)


def test_readme_shows_lines_of_the_real_input():
    (shown,) = in_fence(read("README.md"), "yaml")
    facts = read("inputs/2016/conference.yaml")
    assert [part for part in shown.split("# …\n") if part.strip("\n") not in facts] == []


def test_readme_shows_what_the_command_prints(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["build", "2016", "minutes", "--inputs", str(ROOT / "inputs")]) == 0
    printed = capsys.readouterr()
    assert in_fence(read("README.md"), "text")[0] == printed.out + printed.err


# --- the catalogues of messages -----------------------------------------------------------------------


def catalogue_file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def sentences(language: str) -> dict[str, str]:
    with catalogue_file(language).open("rb") as file:
        return {message.id: message.string for message in read_po(file, locale=language) if message.id}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_the_catalogues_have_the_same_keys_and_a_sentence_for_each():
    one, other = (sentences(language) for language in LANGUAGES)
    assert sorted(one) == sorted(other)
    assert all((*one.values(), *other.values()))


def test_the_sentences_of_a_key_name_the_same_values():
    one, other = (sentences(language) for language in LANGUAGES)
    assert [key for key in one if placeholders(one[key]) != placeholders(other.get(key, ""))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_up_to_date(language, tmp_path, monkeypatch):
    copy = tmp_path / catalogue_file(language).relative_to(LOCALE)
    copy.parent.mkdir(parents=True)
    shutil.copy(catalogue_file(language), copy)
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    importlib.import_module("compile_messages").compile_catalogue(copy)
    assert compiled(LOCALE, language) == compiled(tmp_path, language)


def compiled(folder: Path, language: str) -> dict[str, str]:
    """Return the sentences of a compiled catalogue, without its header, which holds a date."""
    known = gettext.translation(DOMAIN, folder, languages=[language])._catalog
    return {key: sentence for key, sentence in known.items() if key}


KEY_TAKERS = (
    *ERRORS,
    "__init__",
    "say",
    "report",
    "make_finding",
    "Finding",
    "Observation",
    "Problem",
    "_Refused",
    "_reading",
)
"""Every error and every function to which a key is handed, and no other text but by name."""

KEY_FAMILIES = ("cure-", "doctor-", "help-", "progress-", "summary-")
"""Beginnings that only keys have."""

KEYS_IN_DATA = {
    *(code for _, code in SYNTAX_PROBLEMS),
    *NOTED.values(),
    *(f"shape-{shape}" for shape in EXPECTED_SHAPES.values()),
    *(f"finding-{severity.value}" for severity in Severity),
    *(f"summary-style-{by}" for by in ("date", "year")),
    *(f"help-{name}" for name, *_ in cli.COMMANDS),
}
"""Keys that the code takes from tables of its own."""


def keys_in(value: ast.expr, function: ast.AST) -> set[str]:
    """Return the keys that an argument may be, with ``*`` for what an f-string puts in."""
    match value:
        case ast.Constant(value=str(key)):
            return {key}
        case ast.JoinedStr(values=parts):
            return {"".join(part.value if isinstance(part, ast.Constant) else "*" for part in parts)}
        case ast.IfExp(body=one, orelse=other):
            return keys_in(one, function) | keys_in(other, function)
        case ast.Call(func=ast.Name("next"), args=[_, default]):
            return keys_in(default, function)
        case ast.Name(name):
            assignments = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
            values = [node.value for node in assignments if ast.unparse(node.targets[0]) == name]
            found = (keys_in(value, function) for value in values if not isinstance(value, ast.Name))
            return set().union(*found)
    return set()


def keys_of(file: Path) -> set[str]:
    """Return the keys that a module names."""
    source = ast.parse(file.read_text(encoding="utf-8"))
    wrong = (keys_in(call.args[1], source) for call in calls_of(source, "_wrong"))
    keys = {f"vocabulary-{key}" for key in set().union(*wrong)}
    keys |= {text for text in texts_in(source) if text.startswith(KEY_FAMILIES) and not text.endswith("-")}
    for function in (node for node in ast.walk(source) if isinstance(node, ast.FunctionDef | ast.Module)):
        calls = (call for name in KEY_TAKERS for call in calls_of(function, name))
        keys |= set().union(*(keys_in(argument, function) for call in calls for argument in call.args))
    return keys - {""}


@pytest.mark.parametrize(
    "module", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE))
)
def test_every_key_that_a_module_names_has_a_sentence(module):
    known = sentences(LANGUAGES[0])
    assert {key for key in keys_of(module) if not any(fnmatchcase(one, key) for one in known)} == set()


def test_every_key_in_the_tables_of_the_code_has_a_sentence():
    assert KEYS_IN_DATA - set(sentences(LANGUAGES[0])) == set()


# --- the tree -----------------------------------------------------------------------------------------

OF_A_MACHINE = re.compile(r"(?<![\w.~])/(?:home|Users|root|work)/|\b[A-Z]:\\Users\\")
"""Folders that exist on one developer's machine only."""


def test_no_file_of_the_tree_names_a_path_of_a_developers_machine():
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    listing = [git, "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(
        listing, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout.splitlines()
    files = {name: ROOT / name for name in names if (ROOT / name).is_file()}
    assert files
    assert [
        name for name, file in files.items() if OF_A_MACHINE.search(file.read_bytes().decode("latin-1"))
    ] == []
