"""The console command: options, clock, environment, printing and exit codes, and nothing else."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator import __version__
from generator.errors import HoinghiError, InputError, UsageError
from generator.messages import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.content.kind import Kind
    from generator.findings import Finding
    from generator.pipeline import Report

UNEXPECTED, INTERRUPTED = 1, 130


def run() -> NoReturn:
    """Run the command with the arguments of this process, and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Do what *arguments* say and return the exit code; every outcome is told to the user."""
    language = _language(arguments)
    try:
        options = _make_parser(language).parse_args(arguments)
        return _build(options, language)
    except HoinghiError as error:
        _print_error(error, language)
        return error.exit_code
    except KeyboardInterrupt:
        print(say(language, "interrupted"), file=sys.stderr)
        return INTERRUPTED
    except Exception as error:  # a defect of ours: two lines for the user, the rest into a file
        values = {"reason": f"{type(error).__name__}: {error}", "file": _save_traceback()}
        print(say(language, "unexpected", values), file=sys.stderr)
        return UNEXPECTED


# --- options ------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Tells wrong options by an exception rather than by leaving."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("usage-error", reason=message)


def _language(arguments: Sequence[str]) -> str:
    """Return the language of messages, known before the options are: errors in them are told in it."""
    for first, second in zip(arguments, [*arguments[1:], ""], strict=True):
        for language in LANGUAGES:
            if first == f"--lang={language}" or (first == "--lang" and second == language):
                return language
    return LANGUAGES[0]


def _make_parser(language: str) -> _Parser:
    def text(key: str, **values: object) -> str:
        return say(language, key, values)

    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="help", help=text("help-help"))
    common.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=text("help-lang"))
    parser = _Parser("hoinghi", description=text("help-program"), parents=[common], add_help=False)
    parser.add_argument(
        "--version", action="version", version=f"hoinghi {__version__}", help=text("help-version")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="build")
    build = commands.add_parser("build", help=text("help-build"), parents=[common], add_help=False)
    build.add_argument("year", metavar="YEAR", help=text("help-year"))
    build.add_argument("kinds", metavar="KIND", nargs="*", help=text("help-kind", known=_known_kinds()))
    build.add_argument("--inputs", metavar="DIR", type=Path, default=Path("inputs"), help=text("help-inputs"))
    build.add_argument(
        "--outputs", metavar="DIR", type=Path, default=Path("outputs"), help=text("help-outputs")
    )
    build.add_argument(
        "--templates", metavar="DIR", type=Path, default=find_templates(), help=text("help-templates")
    )
    build.add_argument("--format", default="docx,pdf", help=text("help-format"))
    return parser


def find_templates() -> Path:
    """Return the folder of the program's own templates: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _known_kinds() -> str:
    return ", ".join(sorted(file.parent.name for file in find_templates().glob("*/kind.yaml")))


# --- building -----------------------------------------------------------------------------------------


def _build(options: argparse.Namespace, language: str) -> int:
    from generator.pipeline import Request, build  # noqa: PLC0415 - `--help` must not wait for it

    _use_private_fonts()

    def on_start(kind: Kind) -> None:
        print(say(language, "progress-kind", {"name": kind.name}))

    report = build(
        Request(
            year=options.year,
            kinds=tuple(options.kinds),
            inputs=options.inputs,
            outputs=options.outputs,
            templates=options.templates,
            formats=tuple(dict.fromkeys(filter(None, options.format.split(",")))),
        ),
        on_start,
    )
    _print_report(report, language)
    return 0


def _use_private_fonts() -> None:
    """Let fontconfig know the project's fonts only; it reads this once, when the PDF writer is loaded."""
    from generator.typeface import fontconfig_xml  # noqa: PLC0415

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hoinghi"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        file = _write_whole(cache / "fonts.conf", fontconfig_xml(cache / "fontconfig"))
    except OSError:
        scratch = Path(tempfile.mkdtemp(prefix="hoinghi-"))
        file = _write_whole(scratch / "fonts.conf", fontconfig_xml(scratch))
    os.environ["FONTCONFIG_FILE"] = str(file)


def _write_whole(file: Path, text: str) -> Path:
    """Write *text* to *file* so that another process never sees half of it; keep a file that has it."""
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    return file


# --- printing -----------------------------------------------------------------------------------------


def _print_report(report: Report, language: str) -> None:
    print(say(language, "summary-written"))
    for written in report.documents:
        for file in written.files:
            paged = written.pages if file.suffix == ".pdf" else None
            key = "progress-written" if paged is None else "progress-pages"
            print(say(language, key, {"path": file, "pages": paged}))
        choice = written.choice
        values = {"name": choice.style.name, "value": choice.value}
        print(say(language, f"summary-style-{choice.by}", values))
    for written in report.documents:
        _print_missing(written.kind.name, written.missing, language)
    _print_findings(report.findings, language)


def _print_missing(name: str, missing: Sequence[str], language: str) -> None:
    if not missing:
        print(say(language, "summary-nothing-missing", {"name": name}))
        return
    print(say(language, "summary-missing", {"name": name, "count": len(missing)}))
    for label in dict.fromkeys(missing):
        print(say(language, "summary-missing-item", {"label": label}))


def _print_error(error: HoinghiError, language: str) -> None:
    if isinstance(error, InputError):
        _print_findings(error.findings, language)
    print(say(language, error.key, error.values), file=sys.stderr)


def _print_findings(findings: Sequence[Finding], language: str) -> None:
    for finding in findings:
        print(format_finding(finding, language), file=sys.stderr)


def format_finding(finding: Finding, language: str) -> str:
    """Return *finding* as people read it: place, weight, sentence, code; then its line with a caret."""
    place = finding.place
    parts = [place.file, str(place.line or ""), str(place.column or ""), place.sheet, place.cell]
    values = dict(finding.values)
    if "shape" in values:
        values["shape"] = say(language, f"shape-{values['shape']}")
    line = say(
        language,
        "finding-line",
        {
            "place": ":".join(part for part in parts if part),
            "severity": say(language, f"finding-{finding.severity.value}"),
            "sentence": say(language, finding.code, values),
            "code": finding.code,
        },
    )
    if not finding.excerpt or not place.column:
        return line
    return f"{line}\n    {finding.excerpt}\n    {' ' * (place.column - 1)}^"


def _save_traceback() -> Path:
    handle, name = tempfile.mkstemp(prefix="hoinghi-loi-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return Path(name)
