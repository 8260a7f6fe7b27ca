"""The console command: options, clock, environment, printing and exit codes, and nothing else."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from generator import __version__, cli_signing
from generator.errors import HoinghiError, InputError, InspectionError, MachineError, StaleError, UsageError
from generator.guard import MOST_CPU_SECONDS, MOST_MEMORY_BYTES, run_guarded
from generator.messages import LANGUAGES
from generator.terminal import Speaker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.content.kind import Kind
    from generator.findings import Finding
    from generator.guard import Death
    from generator.incremental import Reason
    from generator.inspection.verdict import Verdict
    from generator.inspector import Inspected
    from generator.request import Request
    from generator.style import Style

UNEXPECTED, INTERRUPTED, SIGNALLED = 1, 130, 128

GUARDED = ("build", "check", "inspect")
"""Commands that may be done twice. None of those that ask for a PIN is: tokens lock after a few."""

MOST_LETTERS_OF_REASON = 200

MOST_BYTES = 200 * 1024 * 1024
"""A larger file is not inspected."""


def run() -> NoReturn:
    """Run the command with the arguments of this process, and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]
    arguments = sys.argv[1:]
    if _command(arguments) in GUARDED:
        sys.exit(_run_guarded(lambda: _run_here(lambda: main(arguments)), Speaker(_language(arguments))))
    sys.exit(_run_here(lambda: main(arguments)))


def _command(arguments: Sequence[str]) -> str:
    """Return the command among *arguments*, which is the first one that is no option."""
    before = ["", *arguments]
    words = (one for one, last in zip(arguments, before, strict=False) if last != "--lang")
    return next((one for one in words if not one.startswith("-")), "")


def _run_here(work: Callable[[], int]) -> int:
    try:
        code = work()
        sys.stdout.flush()
    except SystemExit as asked:  # for help
        return int(asked.code or 0)
    except BrokenPipeError:  # whoever read the output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    return code


def _run_guarded(work: Callable[[], int], speaker: Speaker) -> int:
    """Do it in a process of its own, once more if native code crashes, and say what became of it."""

    def tell(death: Death) -> None:
        _tell([speaker.say("crash-again", signal=death.name)])

    outcome = run_guarded(work, tell)
    if isinstance(outcome, int):
        return outcome
    if outcome.is_crash:
        _tell([speaker.say("crash-twice", signal=outcome.name, file=_save_text(outcome.trace))])
        return MachineError.exit_code
    if outcome.signal == signal.SIGXCPU:
        _tell([speaker.say("out-of-time", minutes=MOST_CPU_SECONDS // 60)])
        return MachineError.exit_code
    return SIGNALLED + outcome.signal


def main(arguments: Sequence[str]) -> int:
    """Do what *arguments* say and return the exit code; every outcome is told to the user."""
    speaker = Speaker(_language(arguments))

    def work() -> None:
        options = _make_parser(speaker).parse_args(arguments)
        options.run(options, speaker)

    return _tell_outcome(work, speaker, wants_data="--json" in arguments)


def _tell_outcome(work: Callable[[], None], speaker: Speaker, *, wants_data: bool = False) -> int:
    """Do *work*, tell the user why it failed where it did, and return the exit code."""
    try:
        work()
    except HoinghiError as error:
        if isinstance(error, InputError) and not wants_data:
            _tell(speaker.findings(error.findings))
        _tell([speaker.error(error)])
        return error.exit_code
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        _tell([speaker.say("interrupted")])
        return INTERRUPTED
    except MemoryError:
        _tell([speaker.say("out-of-memory", gigabytes=MOST_MEMORY_BYTES // 1024**3)])
        return MachineError.exit_code
    except Exception as error:  # a defect of ours: two lines for the user, the rest into a file
        _tell([speaker.say("unexpected", reason=_shorten(error), file=_save_traceback())])
        return UNEXPECTED
    return 0


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)


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


def _make_parser(speaker: Speaker) -> _Parser:
    common = _Parser(add_help=False)
    common.add_argument("-h", "--help", action="help", help=speaker.say("help-help"))
    common.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=speaker.say("help-lang"))
    parser = _Parser("hoinghi", description=speaker.say("help-program"), parents=[common], add_help=False)
    version = f"hoinghi {__version__}"
    parser.add_argument("--version", action="version", version=version, help=speaker.say("help-version"))
    commands = parser.add_subparsers(required=True, metavar=speaker.say("help-command"))
    for name, add_options, function in COMMANDS:
        command = commands.add_parser(
            name, help=speaker.say(f"help-{name}"), parents=[common], add_help=False
        )
        command.set_defaults(run=function)
        add_options(command, speaker)
    return parser


def _add_folder(parser: _Parser, speaker: Speaker, name: str, default: Path) -> None:
    parser.add_argument(
        f"--{name}", metavar="DIR", type=Path, default=default, help=speaker.say(f"help-{name}")
    )


def _add_facts_options(parser: _Parser, speaker: Speaker) -> None:
    _add_year_options(parser, speaker)
    parser.add_argument("--json", action="store_true", help=speaker.say("help-json"))


def _add_year_options(parser: _Parser, speaker: Speaker) -> None:
    parser.add_argument("year", metavar="YEAR", help=speaker.say("help-year"))
    _add_folder(parser, speaker, "inputs", Path("inputs"))
    parser.add_argument("--strict", action="store_true", help=speaker.say("help-strict"))


def _add_check_options(parser: _Parser, speaker: Speaker) -> None:
    _add_facts_options(parser, speaker)
    parser.add_argument("--annotate", metavar="FILE", type=Path, help=speaker.say("help-annotate"))


def _add_build_options(parser: _Parser, speaker: Speaker) -> None:
    _add_facts_options(parser, speaker)
    _add_documents_options(parser, speaker)
    parser.add_argument("--check", action="store_true", help=speaker.say("help-build-check"))


def _add_documents_options(parser: _Parser, speaker: Speaker) -> None:
    known = ", ".join(_known_kinds())
    parser.add_argument("kinds", metavar="KIND", nargs="*", help=speaker.say("help-kind", known=known))
    _add_folder(parser, speaker, "outputs", Path("outputs"))
    _add_folder(parser, speaker, "templates", find_templates())
    parser.add_argument("--format", default="", help=speaker.say("help-format"))
    parser.add_argument("--force", action="store_true", help=speaker.say("help-force"))
    parser.add_argument("--each", action="store_true", help=speaker.say("help-each"))
    originals = parser.add_mutually_exclusive_group()
    originals.add_argument("--copies", action="store_true", help=speaker.say("help-copies"))
    originals.add_argument("--copy-for", metavar="UNIT", default="", help=speaker.say("help-copy-for"))


def find_templates() -> Path:
    """Return the folder of the program's own templates: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def _known_kinds() -> list[str]:
    return sorted(file.parent.name for file in find_templates().glob("*/kind.yaml"))


# --- commands: each imports what it needs, so that none waits for what another one needs ---------------


def _build(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator.incremental import is_fresh  # noqa: PLC0415

    request = _make_request(options)
    if options.check:
        _check_outputs(request, options, speaker)
        return
    if not options.json and is_fresh(request):
        print(speaker.say("build-nothing", folder=request.target, year=request.year))
        return
    from generator.pipeline import build  # noqa: PLC0415

    _use_private_fonts()

    def on_start(kind: Kind, reasons: Mapping[str, Reason]) -> None:
        if not options.json:
            print(speaker.say("progress-kind", name=kind.name))
            for line in speaker.reasons(reasons):
                print(line)

    with _findings_as_data(options, speaker):
        report = build(request, on_start)
    if options.json:
        _print_data(report.findings, speaker, [str(file) for one in report.documents for file in one.files])
        return
    for line in speaker.report(report):
        print(line)
    _tell(speaker.findings(report.findings))
    _tell(speaker.edited(report))


def _make_request(options: argparse.Namespace) -> Request:
    from generator.request import Request  # noqa: PLC0415

    return Request(
        year=options.year,
        kinds=tuple(options.kinds),
        inputs=options.inputs,
        outputs=options.outputs,
        templates=options.templates,
        formats=tuple(dict.fromkeys(filter(None, options.format.split(",")))),
        strict=options.strict,
        originals=options.copies,
        original_for=options.copy_for,
        each=options.each,
        force=options.force,
    )


def _check_outputs(request: Request, options: argparse.Namespace, speaker: Speaker) -> None:
    """Say which outputs are not what would be made now; no writer is loaded for it."""
    from generator.freshness import find_stale  # noqa: PLC0415

    folder = request.target
    with _findings_as_data(options, speaker):
        stale = find_stale(request)
    if options.json:
        data = [{"file": str(one.file), "why": one.why, "names": list(one.names)} for one in stale]
        print(json.dumps({"stale": data}, ensure_ascii=False, indent=2))
    else:
        for one in stale:
            print(speaker.say(one.why, file=one.file, names=", ".join(one.names)))
    if stale:
        raise StaleError("outputs-stale", folder=folder)
    if not options.json:
        print(speaker.say("outputs-fresh", folder=folder))


def _check(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator.checking import check_facts  # noqa: PLC0415
    from generator.findings import has_errors  # noqa: PLC0415
    from generator.request import find_year  # noqa: PLC0415

    folder = find_year(options.inputs, options.year)
    findings = check_facts(folder).findings
    if options.annotate:
        _annotate(folder, options.annotate, findings, speaker)
    with _findings_as_data(options, speaker):
        if has_errors(findings) or (options.strict and findings):
            raise InputError(findings)
    if options.json:
        _print_data(findings, speaker)
        return
    _tell(speaker.findings(findings))
    print(speaker.say("check-done", count=len(findings)))


def _annotate(folder: Path, target: Path, findings: Sequence[Finding], speaker: Speaker) -> None:
    """Write a copy of the year's workbook to *target*, each finding a note on its cell."""
    from generator.starters.annotate import annotate_workbook  # noqa: PLC0415

    workbook = folder / "conference.xlsx"
    if not workbook.is_file():
        raise UsageError("no-workbook", file=workbook)
    _put_new_file(target, annotate_workbook(workbook.read_bytes(), findings, speaker.sentence))
    _tell([speaker.say("annotate-done", file=target)])


def _add_inspect_options(parser: _Parser, speaker: Speaker) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help=speaker.say("help-inspect-file"))
    parser.add_argument("--regime", metavar="ID", default="", help=speaker.say("help-regime"))
    parser.add_argument("--facts", metavar="YEAR", help=speaker.say("help-facts"))
    _add_folder(parser, speaker, "inputs", Path("inputs"))
    _add_folder(parser, speaker, "templates", find_templates())
    parser.add_argument("--json", action="store_true", help=speaker.say("help-json"))
    parser.add_argument("--annotate", metavar="OUT", type=Path, help=speaker.say("help-inspect-annotate"))
    parser.add_argument("--fix", metavar="OUT", type=Path, help=speaker.say("help-fix"))


def _inspect(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator.inspector import inspect_file, list_names  # noqa: PLC0415

    if (options.annotate or options.fix) and len(options.files) > 1:
        raise UsageError("inspect-one-file")
    names: list[str] = []
    year = None
    if options.facts:
        from generator.checking import check_facts  # noqa: PLC0415
        from generator.request import find_year  # noqa: PLC0415

        conference = check_facts(find_year(options.inputs, options.facts)).conference
        if conference:
            names, year = list_names(conference), (conference.event.year, conference.last_year)
    data, keeps = [], True
    for file in options.files:
        content = _read_file(file)
        inspected = inspect_file(content, options.templates, options.regime, names, year)
        keeps = keeps and inspected.keeps_the_rules
        data.append(_inspection_data(file, inspected, speaker))
        if not options.json:
            for line in speaker.inspection(file, inspected):
                print(line)
        _write_inspected(content, inspected, options, speaker)
    if options.json:
        print(json.dumps({"files": data}, ensure_ascii=False, indent=2))
    if not keeps:
        raise InspectionError("rules-not-kept")


def _read_file(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise InspectionError("file-too-large", limit=MOST_BYTES)
        return file.read_bytes()
    except OSError as error:
        raise UsageError("file-not-there", file=file, reason=error.strerror or str(error)) from error


def _inspection_data(file: Path, inspected: Inspected, speaker: Speaker) -> dict[str, object]:
    style = inspected.choice.style
    return {
        "file": str(file),
        "regime": style.id,
        "regime_by": inspected.choice.by,
        "keeps_the_rules": inspected.keeps_the_rules,
        "notes": list(inspected.found.notes),
        "verdicts": [speaker.verdict_data(verdict, style) for verdict in inspected.verdicts],
    }


def _write_inspected(
    content: bytes, inspected: Inspected, options: argparse.Namespace, speaker: Speaker
) -> None:
    """Write the copies of an inspected Word file that are asked for."""
    from generator.inspector import annotate, repair  # noqa: PLC0415

    style = inspected.choice.style
    if options.annotate:
        copy = annotate(content, inspected, lambda verdict: _comment(verdict, style, speaker))
        _put_new_file(options.annotate, copy)
        _tell([speaker.say("annotate-done", file=options.annotate)])
    if options.fix:
        repaired = repair(content, inspected)
        _put_new_file(options.fix, repaired.content)
        _tell([*speaker.repair(repaired, style), speaker.say("fix-done", file=options.fix)])


def _comment(verdict: Verdict, style: Style, speaker: Speaker) -> str:
    return f"{speaker.verdict_sentence(verdict, style)}\n{verdict.clause} [{verdict.rule}]"


def _put_new_file(target: Path, content: bytes) -> None:
    """Write a file that must not be there yet: nobody's work is overwritten."""
    from generator.outputs import put_in_place  # noqa: PLC0415

    if target.exists() or target.is_symlink():
        raise UsageError("annotate-exists", file=target)
    put_in_place(target.parent, {target.name: content})


def _add_new_options(parser: _Parser, speaker: Speaker) -> None:
    parser.add_argument("year", metavar="YEAR", help=speaker.say("help-new-year"))
    parser.add_argument("--from", dest="previous", metavar="YEAR", help=speaker.say("help-from"))
    parser.add_argument("--label", help=speaker.say("help-label"))
    parser.add_argument("--excel", action="store_true", help=speaker.say("help-excel"))
    _add_folder(parser, speaker, "inputs", Path("inputs"))


def _new(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator.pipeline import start_year  # noqa: PLC0415

    label = options.label or options.year
    for file in start_year(options.inputs, options.year, options.previous, label, excel=options.excel):
        print(speaker.say("new-written", path=file))
    print(speaker.say("new-done", year=options.year))


def _schema(options: argparse.Namespace, speaker: Speaker) -> None:
    del options, speaker
    from generator.schema import format_schema  # noqa: PLC0415

    print(format_schema(), end="")


def _doctor(options: argparse.Namespace, speaker: Speaker) -> None:
    del options
    from generator.doctor import examine_machine  # noqa: PLC0415

    _use_private_fonts()
    found = list(examine_machine())
    for line in speaker.diagnoses(found):
        print(line)
    if any(one.needed and not one.is_sound for one in found):
        raise MachineError("doctor-found-lack")


def _sign(options: argparse.Namespace, speaker: Speaker) -> None:
    _use_private_fonts()  # for what the signature shows
    cli_signing.sign(options, speaker)


def _add_no_options(parser: _Parser, speaker: Speaker) -> None:
    del parser, speaker


def _add_watch_options(parser: _Parser, speaker: Speaker) -> None:
    _add_year_options(parser, speaker)
    _add_documents_options(parser, speaker)
    parser.set_defaults(check=False, json=False)


def _watch(options: argparse.Namespace, speaker: Speaker) -> None:
    """Build the year, and again each time that something is saved; after an error the last good one stays."""
    from generator.composing import check_formats, choose_kinds  # noqa: PLC0415
    from generator.pipeline import load_writers  # noqa: PLC0415
    from generator.request import find_year  # noqa: PLC0415
    from generator.sources import list_sources  # noqa: PLC0415
    from generator.watching import iter_changes  # noqa: PLC0415

    request, folder = _make_request(options), find_year(options.inputs, options.year)
    choose_kinds(request.templates, request.kinds)  # a wrong word ends it at once
    check_formats(request.formats)
    changes = iter_changes(lambda: list_sources(folder, request.templates))
    _use_private_fonts()
    load_writers()  # each build begins with all of it
    changed: Sequence[Path] = ()
    try:
        while True:
            for file in changed:
                print(speaker.say("watch-changed", file=file))
            code = _run_guarded(lambda: _tell_outcome(lambda: _build(options, speaker), speaker), speaker)
            if code == INTERRUPTED:
                break
            if code:
                _tell([speaker.say("watch-kept", folder=request.target)])
            print(speaker.say("watch-waiting", folder=folder))
            changed = next(changes)
    except KeyboardInterrupt:
        pass
    print(speaker.say("watch-ended"))


COMMANDS = (
    ("build", _add_build_options, _build),
    ("watch", _add_watch_options, _watch),
    ("check", _add_check_options, _check),
    ("inspect", _add_inspect_options, _inspect),
    ("new", _add_new_options, _new),
    ("schema", _add_no_options, _schema),
    ("doctor", _add_no_options, _doctor),
    ("sign", cli_signing.add_sign_options, _sign),
    *cli_signing.COMMANDS,
)
"""The commands: name, what adds its options, what runs it."""


class _findings_as_data:  # noqa: N801 - used like a function
    """Prints the findings of an `InputError` as data where that was asked for."""

    def __init__(self, options: argparse.Namespace, speaker: Speaker) -> None:
        self._wanted, self._speaker = options.json, speaker

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if self._wanted and isinstance(error, InputError):
            _print_data(error.findings, self._speaker)


def _print_data(findings: Sequence[Finding], speaker: Speaker, written: Sequence[str] = ()) -> None:
    data = {"findings": [speaker.finding_data(finding) for finding in findings], "written": list(written)}
    print(json.dumps(data, ensure_ascii=False, indent=2))


# --- this machine -------------------------------------------------------------------------------------


def _use_private_fonts() -> None:
    """Let fontconfig know the project's fonts only; it reads this once, when the PDF writer is loaded.

    Matplotlib keeps its list of fonts beside it, which it makes though we name ours by their files.
    """
    from generator.typeface import fontconfig_xml  # noqa: PLC0415

    asked = Path(os.environ.get("XDG_CACHE_HOME", ""))
    cache = (asked if asked.is_absolute() else Path.home() / ".cache") / "hoinghi"  # as the standard wants
    try:
        cache.mkdir(parents=True, exist_ok=True)
        file = _write_whole(cache / "fonts.conf", fontconfig_xml(cache / "fontconfig"))
    except OSError:
        scratch = Path(tempfile.mkdtemp(prefix="hoinghi-"))
        file = _write_whole(scratch / "fonts.conf", fontconfig_xml(scratch))
    os.environ["FONTCONFIG_FILE"] = str(file)
    os.environ["MPLCONFIGDIR"] = str(file.parent / "matplotlib")


def _write_whole(file: Path, text: str) -> Path:
    """Write *text* to *file* so that another process never sees half of it; keep a file that has it."""
    if not file.is_file() or file.read_text(encoding="utf-8") != text:
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    return file


def _shorten(error: Exception) -> str:
    """Return what *error* says, in one line."""
    said = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {said}"[:MOST_LETTERS_OF_REASON]


def _save_traceback() -> str:
    """Write the traceback to a file that only the user can read, and return where it is.

    It names places in the program, never the values of variables there: they may be facts about people.
    """
    return _save_text(traceback.format_exc())


def _save_text(text: str) -> str:
    try:
        handle, name = tempfile.mkstemp(prefix="hoinghi-loi-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError:
        return "–"
    return name
