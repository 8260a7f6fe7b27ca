"""The source of readers, rules and proofreading comes in; every code of a finding goes out, with its weight.

In those packages a text of words with hyphens is such a code: nothing else there looks like one, but for the
names of encodings. What a finding weighs is what the call says to which its code is handed.
"""

from __future__ import annotations

import ast
import codecs
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.findings import Severity
from generator.readers.raw import NOTED
from generator.vietnamese import HeadlineFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PACKAGE = Path(__file__).resolve().parent.parent / "generator"
PACKAGES = ("readers", "rules", "model")
MODULES = ("content/proofreading.py",)
LEFT_OUT = ("sheets.py",)
"""Among the modules of these packages, those whose texts with hyphens are names of files."""

CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")

FIRST_WEIGHT = {"Observation": Severity.WARNING, "_warn": Severity.WARNING, "warn": Severity.WARNING}
"""What a finding weighs that one of these makes without being told; all others make errors."""


@cache
def find_codes() -> Mapping[str, set[Severity]]:
    """Return every code, and what its findings weigh."""
    files = [file for package in PACKAGES for file in sorted((PACKAGE / package).glob("*.py"))]
    files += [PACKAGE / module for module in MODULES]
    sources = [ast.parse(file.read_text(encoding="utf-8")) for file in files if file.name not in LEFT_OUT]
    street = ast.parse((PACKAGE / "composing.py").read_text(encoding="utf-8"))
    codes: dict[str, set[Severity]] = defaultdict(set)
    for found in (*map(iter_codes, sources), iter_joined_codes(sources), iter_findings(street)):
        for code, weight in found:
            codes[code] |= weight
    codes.update((code, {Severity.WARNING}) for code in (*NOTED.values(), *map(str, HeadlineFault)))
    return {code: weight or {Severity.ERROR} for code, weight in codes.items()}


def is_code(text: object) -> bool:
    """Tell whether *text* looks like a code."""
    if not (isinstance(text, str) and CODE.fullmatch(text)):
        return False
    try:
        codecs.lookup(text)
    except LookupError:
        return True
    return False


def iter_codes(source: ast.Module) -> Iterator[tuple[str, set[Severity]]]:
    """Yield the codes that a module names, each with what the code around it says of its weight."""
    for around, node in iter_with_surroundings(source, ()):
        if isinstance(node, ast.Constant) and is_code(node.value):
            yield str(node.value), weigh(around)


def iter_with_surroundings(
    node: ast.AST, around: tuple[ast.AST, ...]
) -> Iterator[tuple[tuple[ast.AST, ...], ast.AST]]:
    """Yield every node below *node*, after the nodes around it, from the outside."""
    yield around, node
    for child in ast.iter_child_nodes(node):
        yield from iter_with_surroundings(child, (*around, node))


def weigh(around: Sequence[ast.AST]) -> set[Severity]:
    """Return what a finding weighs whose code stands within *around*; nothing if that does not say."""
    function = next((node for node in reversed(around) if isinstance(node, ast.FunctionDef)), None)
    nearest = next((node for node in reversed(around) if isinstance(node, ast.Call | ast.stmt)), None)
    if isinstance(nearest, ast.Assign) and function:
        name = ast.unparse(nearest.targets[0])
        takers = [call for call in calls_in(function) if name in map(ast.unparse, call.args)]
        return set().union(*(weigh_call(call, function) for call in takers))
    return weigh_call(nearest, function) if isinstance(nearest, ast.Call) else set()


def weigh_call(call: ast.Call, function: ast.AST | None) -> set[Severity]:
    """Return the severities that are handed to *call*, by name or in a variable of its *function*."""
    handed = [*call.args, *(keyword.value for keyword in call.keywords)]
    names = {node.id for node in handed if isinstance(node, ast.Name)}
    assigned = [node for node in ast.walk(function or call) if isinstance(node, ast.Assign)]
    handed += [node.value for node in assigned if ast.unparse(node.targets[0]) in names]
    nodes = [node for one in handed for node in ast.walk(one) if isinstance(node, ast.Attribute)]
    told = {Severity[node.attr] for node in nodes if ast.unparse(node.value) == "Severity"}
    return told or {FIRST_WEIGHT.get(name_of(call), Severity.ERROR)}


def iter_joined_codes(sources: Sequence[ast.Module]) -> Iterator[tuple[str, set[Severity]]]:
    """Yield the codes that a function makes of one that it is handed: ``f"{code}-meant"``."""
    nodes = [node for source in sources for node in ast.walk(source)]
    for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
        joined = [ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.JoinedStr)]
        ends = {found[1] for text in joined if (found := re.fullmatch(r"f'\{code\}([a-z-]+)'", text))}
        calls = [node for node in nodes if isinstance(node, ast.Call) and name_of(node) == function.name]
        codes = {arg.value for call in calls for arg in call.args if isinstance(arg, ast.Constant)}
        for code in filter(is_code, codes):
            yield from ((f"{code!s}{end}", {Severity.ERROR}) for end in ends)


def iter_findings(source: ast.Module) -> Iterator[tuple[str, set[Severity]]]:
    """Yield the codes of which a module makes a `Finding` itself."""
    for call in calls_in(source):
        if name_of(call) == "Finding" and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value), weigh_call(call, None)


def calls_in(source: ast.AST) -> list[ast.Call]:
    """Return every call below *source*."""
    return [node for node in ast.walk(source) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    """Return the name of what is called: ``report`` of ``facts.report(…)``."""
    return ast.unparse(call.func).rpartition(".")[2]
