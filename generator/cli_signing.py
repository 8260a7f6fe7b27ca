"""The verbs of signing: options, secrets, printing, exit codes. What they do is in `generator.ceremony`."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import SigningError, UsageError, VerificationError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from generator.ceremony import Done, DrawStamp, State
    from generator.signing.keys import Key
    from generator.signing.policy import Policy
    from generator.signing.reading import Field
    from generator.signing.sign import Means
    from generator.signing.verdict import Problem, Verdict
    from generator.terminal import Speaker

ZONE = timezone(timedelta(hours=7))
"""Of all moments that are printed (Nghị định 30/2020/NĐ-CP, phụ lục I, III.1)."""

PASSPHRASE = "HOINGHI_PASSPHRASE"  # noqa: S105 - the name of a variable
PIN = "HOINGHI_PIN"

LEVELS = ("b-b", "b-t", "b-lt", "b-lta")


# --- options ----------------------------------------------------------------------------------------------


def _add_policy_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    parser.add_argument(
        "--trust", metavar="PEM", action="append", type=Path, default=[], help=speaker.say("help-trust")
    )
    parser.add_argument(
        "--crl", metavar="CRL", action="append", type=Path, default=[], help=speaker.say("help-crl")
    )
    parser.add_argument("--certificates", metavar="YAML", type=Path, help=speaker.say("help-certificates"))
    parser.add_argument(
        "--inputs", metavar="DIR", type=Path, default=Path("inputs"), help=speaker.say("help-inputs")
    )
    parser.add_argument("--trial", action="store_true", help=speaker.say("help-trial"))


def _add_key_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--pkcs12", metavar="P12", type=Path, help=speaker.say("help-pkcs12"))
    key.add_argument("--pkcs11", metavar="LIBRARY", type=Path, help=speaker.say("help-pkcs11"))
    parser.add_argument("--token", metavar="LABEL", default="", help=speaker.say("help-token"))
    parser.add_argument("--key-label", metavar="LABEL", default="", help=speaker.say("help-key-label"))
    parser.add_argument("--secret-file", metavar="TXT", type=Path, help=speaker.say("help-secret-file"))
    parser.add_argument("--tsa", metavar="URL", default="", help=speaker.say("help-tsa"))
    parser.add_argument("--level", choices=LEVELS, help=speaker.say("help-level"))


def add_sign_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    """Add the options of `sign`."""
    parser.add_argument("file", metavar="FILE", type=Path, help=speaker.say("help-sign-file"))
    parser.add_argument("--as", dest="unit", metavar="UNIT", required=True, help=speaker.say("help-as"))
    _add_key_options(parser, speaker)
    parser.add_argument("--base-sha256", metavar="HASH", default="", help=speaker.say("help-base-sha256"))
    parser.add_argument("--image", metavar="PNG", type=Path, help=speaker.say("help-image"))
    parser.add_argument("--seal-image", metavar="PNG", type=Path, help=speaker.say("help-seal-image"))
    parser.add_argument("--show-time", action="store_true", help=speaker.say("help-show-time"))
    _add_policy_options(parser, speaker)


def _add_receive_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=speaker.say("help-receive-file"))
    parser.add_argument("--for", dest="ours", metavar="PDF", type=Path, help=speaker.say("help-for"))
    parser.add_argument(
        "--outputs", metavar="DIR", type=Path, default=Path("outputs"), help=speaker.say("help-outputs")
    )
    parser.add_argument("--own-field", action="store_true", help=speaker.say("help-own-field"))
    _add_policy_options(parser, speaker)


def _add_status_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help=speaker.say("help-status-file"))
    parser.add_argument(
        "--outputs", metavar="DIR", type=Path, default=Path("outputs"), help=speaker.say("help-outputs")
    )
    parser.add_argument("--certificates", metavar="YAML", type=Path, help=speaker.say("help-certificates"))
    parser.add_argument(
        "--inputs", metavar="DIR", type=Path, default=Path("inputs"), help=speaker.say("help-inputs")
    )
    parser.add_argument("--json", action="store_true", help=speaker.say("help-json"))


def _add_seal_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=speaker.say("help-sign-file"))
    _add_key_options(parser, speaker)
    _add_policy_options(parser, speaker)


def _add_verify_options(parser: argparse.ArgumentParser, speaker: Speaker) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=speaker.say("help-verify-file"))
    parser.add_argument("--published", metavar="DIR", type=Path, help=speaker.say("help-published"))
    parser.add_argument("--name", metavar="PDF", default="", help=speaker.say("help-published-name"))
    parser.add_argument("--base-sha256", metavar="HASH", default="", help=speaker.say("help-base-sha256"))
    parser.add_argument("--partial", action="store_true", help=speaker.say("help-partial"))
    parser.add_argument("--need-stamps", action="store_true", help=speaker.say("help-need-stamps"))
    parser.add_argument("--own-field", action="store_true", help=speaker.say("help-own-field"))
    parser.add_argument("--json", action="store_true", help=speaker.say("help-json"))
    _add_policy_options(parser, speaker)


# --- what options mean --------------------------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now(ZONE)


def _policy(options: argparse.Namespace, file: Path) -> Policy:
    from generator.signing.certificates import load_certificates  # noqa: PLC0415
    from generator.signing.policy import Policy  # noqa: PLC0415
    from generator.signing.trust import Trust, load_crls  # noqa: PLC0415

    return Policy(
        base_sha256=getattr(options, "base_sha256", "").casefold(),
        now=_now(),
        expected=_expected(options, file),
        trust=Trust(tuple(load_certificates(options.trust)), load_crls(options.crl)),
        is_trial=options.trial,
        must_be_complete=not getattr(options, "partial", False),
        must_be_stamped=getattr(options, "need_stamps", False),
        own_fields=getattr(options, "own_field", False),
    )


def _expected(options: argparse.Namespace, file: Path) -> Any:
    """Return who is expected to sign: as the named file tells, or the facts of the year of *file*."""
    from generator.signing.certificates import load_expected  # noqa: PLC0415

    if options.certificates:
        if not options.certificates.is_file():
            raise UsageError("file-not-there", file=options.certificates, reason="–")
        return load_expected(options.certificates)
    return load_expected(options.inputs / file.resolve().parent.name / "certificates.yaml")


def _read(file: Path) -> bytes:
    from generator.ceremony import read_file  # noqa: PLC0415

    return read_file(file)


def _means(options: argparse.Namespace, policy: Policy) -> Means:
    from generator.signing.sign import Level, Means  # noqa: PLC0415
    from generator.signing.timestamps import WebTimeStamper  # noqa: PLC0415

    level = Level(options.level or ("b-t" if options.tsa else "b-b"))
    if (level is not Level.PLAIN) != bool(options.tsa):
        raise UsageError("sign-level-needs-tsa", level=level.value)
    if level in {Level.LONG, Level.ARCHIVED} and not (policy.trust.roots and policy.trust.crls):
        raise UsageError("sign-level-needs-crl", level=level.value)
    stamper = WebTimeStamper(options.tsa) if options.tsa else None
    return Means(policy.now, level, stamper, policy.trust)


def _open_key(options: argparse.Namespace, speaker: Speaker) -> Callable[[], AbstractContextManager[Key]]:
    from generator.signing import keys  # noqa: PLC0415

    if options.pkcs12:
        if options.token or options.key_label:
            raise UsageError("sign-token-without-library")
        ask = _asker(options, speaker, PASSPHRASE, "ask-passphrase")
        return lambda: nullcontext(keys.open_pkcs12(options.pkcs12, ask))
    address = keys.TokenAddress(options.pkcs11, options.token, options.key_label)
    return lambda: keys.open_token(address, _asker(options, speaker, PIN, "ask-pin"))


def _asker(options: argparse.Namespace, speaker: Speaker, variable: str, question: str) -> Callable[[], str]:
    """Return what gives the secret: a file, the environment or the keyboard; never the command line."""

    def ask() -> str:
        from generator.signing.keys import read_private_file  # noqa: PLC0415

        if options.secret_file:
            try:
                return read_private_file(options.secret_file).decode().rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise SigningError("sign-key-unreadable", file=options.secret_file) from error
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise UsageError("sign-no-secret", variable=variable)
        import getpass  # noqa: PLC0415 - where somebody is asked

        return getpass.getpass(speaker.say(question) + " ")

    return ask


# --- commands -----------------------------------------------------------------------------------------------


def sign(options: argparse.Namespace, speaker: Speaker) -> None:
    """Sign a file; fontconfig must know the project's fonts (see `generator.cli`)."""
    from generator import ceremony  # noqa: PLC0415

    policy = _policy(options, options.file)
    means = _means(options, policy)
    party = ceremony.Party(options.unit, _open_key(options, speaker), _drawer(options, means, speaker))
    with _telling_problems(speaker):
        done = ceremony.sign(options.file, party, means, policy)
    _tell_done(done, "sign-done", speaker)


def _drawer(options: argparse.Namespace, means: Means, speaker: Speaker) -> DrawStamp:
    """Return what draws the signer's stamp: pictures where there are some, else who signed when, in words."""
    from generator.signing.images import read_drawing  # noqa: PLC0415

    drawings = {
        name: read_drawing(file) for name in ("image", "seal_image") if (file := getattr(options, name))
    }
    if "seal_image" in drawings and not drawings["seal_image"].width_mm:
        raise SigningError("stamp-seal-without-size", file=options.seal_image)

    def draw(place: Field, key: Key) -> tuple[bytes, Sequence[str]]:
        from generator.writers.stamp import Stamp, StampPicture, write_stamp  # noqa: PLC0415

        lines = [] if drawings else [speaker.say("stamp-signer", name=key.certificate.names[0])]
        if not drawings and len(key.certificate.names) > 1:
            lines.append(speaker.say("stamp-unit", name=key.certificate.names[-1]))
        if not drawings or options.show_time:
            moment = _format(means.now).replace(" ", "\N{NO-BREAK SPACE}")
            lines.append(speaker.say("stamp-time", moment=moment))
        pictures = {
            name: StampPicture(one.content, one.width_px, one.height_px, one.width_mm)
            for name, one in drawings.items()
        }
        stamp = Stamp(tuple(lines), pictures.get("image"), pictures.get("seal_image"))
        left, bottom, right, top = place.box
        return write_stamp(stamp, right - left, top - bottom), lines

    return draw


def _format(moment: datetime) -> str:
    """Return *moment* with its zone: ``17/02/2017 19:51:05 +07:00``."""
    zone = f"{moment:%z}"
    return f"{moment:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def _receive(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator import ceremony  # noqa: PLC0415
    from generator.signing.sign import Means  # noqa: PLC0415

    candidates = ceremony.find_ceremonies(options.outputs)
    ours = options.ours or ceremony.find_ceremony_of(_read(options.file), candidates)
    policy = _policy(options, ours)
    with _telling_problems(speaker):
        done = ceremony.receive(options.file, ours, Means(policy.now), policy)
    _tell_done(done, "receive-done", speaker)


def _status(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator import ceremony  # noqa: PLC0415

    files = [options.file] if options.file else ceremony.find_ceremonies(options.outputs)
    if not files:
        raise UsageError("status-nothing", folder=options.outputs)
    states = [ceremony.state_of(file, _expected(options, file)) for file in files]
    if options.json:
        _print_json({"files": [_state_data(state) for state in states]})
        return
    for state in states:
        for line in _state_lines(state, speaker):
            print(line)


def _state_lines(state: State, speaker: Speaker) -> Iterable[str]:
    entries = {place.name: state.entry_of(place) for place in state.places}
    count = len(state.ceremony.ledger.entries) - state.is_sealed
    yield speaker.say("status-file", file=state.ceremony.file, count=count, total=len(state.places))
    for number, place in enumerate(state.places, 1):
        entry = entries[place.name]
        if entry:
            moment = entry.stamped_at or entry.claimed_at or entry.accepted_at
            when = _format(datetime.fromisoformat(moment).astimezone(ZONE))
            yield speaker.say(
                "status-signed", number=number, unit=place.label, signer=entry.signer, moment=when
            )
        else:
            key = "status-next" if place in state.next else "status-waiting"
            yield speaker.say(key, number=number, unit=place.label)
    if state.is_sealed:
        yield speaker.say("status-sealed")
    elif not state.next:
        yield speaker.say("status-complete")
    if state.is_ahead:
        yield speaker.say("status-ahead", file=state.ceremony.file)


def _state_data(state: State) -> dict[str, object]:
    from generator.manifest import hash_of  # noqa: PLC0415 - every command loads this module

    return {
        "file": str(state.ceremony.file),
        "sha256": hash_of(state.ceremony.content),
        "sealed": state.is_sealed,
        "ahead_of_ledger": state.is_ahead,
        "next": [place.name for place in state.next],
        "places": [
            {
                "field": place.name,
                "unit": place.unit or None,
                "signer": entry.signer if (entry := state.entry_of(place)) else None,
            }
            for place in state.places
        ],
    }


def _seal(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator import ceremony  # noqa: PLC0415

    policy = _policy(options, options.file)
    with _telling_problems(speaker):
        done = ceremony.seal(options.file, _open_key(options, speaker), _means(options, policy), policy)
    _tell_done(done, "seal-done", speaker)


def _verify(options: argparse.Namespace, speaker: Speaker) -> None:
    from generator import ceremony  # noqa: PLC0415

    folder, name = options.published or options.file.parent, options.name or options.file.name
    content, policy = _read(options.file), _policy(options, folder / name)
    verdict = ceremony.verify(content, folder, name, policy)
    has_trust = bool(policy.trust.roots)
    if options.json:
        _print_json(_verdict_data(options.file, verdict, speaker, has_trust=has_trust))
    else:
        for line in _verdict_lines(options.file, verdict, speaker):
            print(line)
    if not verdict.is_sound:
        raise VerificationError("verify-failed", count=len(verdict.problems))
    if not has_trust:
        raise VerificationError("verify-without-trust")


def _verdict_lines(file: Path, verdict: Verdict, speaker: Speaker) -> Iterable[str]:
    from generator.signing.reading import SEAL_FIELD  # noqa: PLC0415

    yield speaker.say("verify-file", file=file, count=len(verdict.signatures))
    for number, one in enumerate(verdict.signatures, 1):
        moment = one.stamped_at or one.claimed_at
        when = _format(moment.astimezone(ZONE)) if moment else "–"
        key = "verify-signature-stamped" if one.stamped_at else "verify-signature"
        unit = speaker.say("seal-name") if one.field == SEAL_FIELD else one.unit
        yield speaker.say(key, number=number, unit=unit, subject=one.subject, moment=when)
    if verdict.unsigned:
        yield speaker.say("verify-places-empty", units="; ".join(verdict.unsigned))
    if verdict.is_sealed:
        yield speaker.say("status-sealed")
    for problem in verdict.problems:
        yield _problem_line(problem, speaker)
    if verdict.is_sound:
        yield speaker.say("verify-sound")
        key = "verify-second-agrees" if verdict.second_opinion else "verify-second-absent"
        yield speaker.say(key, program=verdict.second_opinion)


def _verdict_data(file: Path, verdict: Verdict, speaker: Speaker, *, has_trust: bool) -> dict[str, object]:
    return {
        "file": str(file),
        "holds": verdict.is_sound and has_trust,
        "trust_was_checked": has_trust,
        "sealed": verdict.is_sealed,
        "second_opinion": verdict.second_opinion or None,
        "signatures": [
            {
                "field": one.field,
                "unit": one.unit,
                "subject": one.subject,
                "certificate_sha256": one.fingerprint,
                "claimed_at": one.claimed_at.isoformat() if one.claimed_at else None,
                "stamped_at": one.stamped_at.isoformat() if one.stamped_at else None,
            }
            for one in verdict.signatures
        ],
        "unsigned": list(verdict.unsigned),
        "problems": [
            {"code": one.key, "message": speaker.say(one.key, **one.values)} for one in verdict.problems
        ],
    }


# --- printing -----------------------------------------------------------------------------------------------


class _telling_problems:  # noqa: N801 - used like a function
    """Prints what is wrong with a file before the error that it leads to."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SigningError):
            for problem in error.problems:
                print(_problem_line(problem, self._speaker), file=sys.stderr)


def _problem_line(problem: Problem, speaker: Speaker) -> str:
    return speaker.say("verify-line", sentence=speaker.say(problem.key, **problem.values), code=problem.key)


def _tell_done(done: Done, key: str, speaker: Speaker) -> None:
    print(speaker.say(key, file=done.file, unit=done.unit, signer=done.signer))
    print(speaker.say("sign-former", file=done.former))
    if done.unchecked_sha256:
        print(speaker.say("sign-unchecked", hash=done.unchecked_sha256))
    if done.verdict.unsigned:
        print(speaker.say("verify-places-empty", units="; ".join(done.verdict.unsigned)))


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


COMMANDS = (
    ("receive", _add_receive_options, _receive),
    ("status", _add_status_options, _status),
    ("seal", _add_seal_options, _seal),
    ("verify", _add_verify_options, _verify),
)
"""The other commands: name, what adds its options, what runs it."""
