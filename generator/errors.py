"""The exceptions of the program, drawn as a tree, each branch with its exit code.

    HoinghiError
    ├── UsageError          2  the command was used wrongly (unknown kind, bad year)
    ├── InputError          3  the data have findings that stop the build
    ├── TemplateError       4  a template or a style file is wrong
    ├── MachineError        5  a library or a font of this machine is missing
    ├── DisagreementError   6  a written document does not say what the tree says
    ├── OutputError         7  the outputs cannot be written
    ├── InspectionError     8  a file cannot be inspected, or does not keep the rules
    ├── SigningError        9  a file cannot be signed, taken back or sealed; nothing was changed
    ├── VerificationError  10  a signed file does not hold
    ├── StaleError         11  the outputs are not what would be made now
    └── BatchError         12  some of many conferences could not be made; the others are in place
        └── BatchStoppedError  130  the user stopped it; what was finished is in place

Exit code 0 means done; 1 is kept for an unexpected error, which is a defect of the program.
Wrong *data* is never an exception while it is read: it is a `Finding`, collected and shown at once
(`generator.findings`); `InputError` carries the collected findings when they stop the street.

Each exception carries a message *key* of the catalogue and its values; the sentence that the user
reads is made in `generator.messages`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.findings import Finding
    from generator.signing.verdict import Problem


class HoinghiError(Exception):
    """Anything that the program refuses or cannot do, with a sentence for the user."""

    exit_code = 1

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        """Key of the sentence in the message catalogue."""
        self.values = values
        """What the sentence names: paths, kinds, words."""

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process have it."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(kind: type[HoinghiError], args: tuple[object, ...], state: dict[str, object]) -> HoinghiError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class UsageError(HoinghiError):
    """Raised when the command line asks for something that does not exist or is not allowed."""

    exit_code = 2


class InputError(HoinghiError):
    """Raised when findings in the data stop the build; carries all of them."""

    exit_code = 3

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("input-has-errors", count=len(findings))
        self.findings = tuple(findings)


class TemplateError(HoinghiError):
    """Raised when a template, its kind file or a style file is wrong."""

    exit_code = 4


class MachineError(HoinghiError):
    """Raised when this machine lacks a library or a font."""

    exit_code = 5


class DisagreementError(HoinghiError):
    """Raised when a written document differs from the tree that it was written from."""

    exit_code = 6


class OutputError(HoinghiError):
    """Raised when the outputs cannot be written."""

    exit_code = 7


class InspectionError(HoinghiError):
    """Raised when a file cannot be read for inspection, and when inspected files do not keep the rules."""

    exit_code = 8


class SigningError(HoinghiError):
    """Raised when a file cannot be signed, taken back or sealed; nothing has been changed then."""

    exit_code = 9

    def __init__(self, key: str, problems: Sequence[Problem] = (), **values: object) -> None:
        super().__init__(key, **values)
        self.problems = tuple(problems)
        """What is wrong with the file, where that is the reason."""


class VerificationError(HoinghiError):
    """Raised when a signed file was checked and does not hold."""

    exit_code = 10


class StaleError(HoinghiError):
    """Raised when outputs were looked at, and are not what would be made now."""

    exit_code = 11


class BatchError(HoinghiError):
    """Raised after a batch in which something could not be made; all else is in place."""

    exit_code = 12


class BatchStoppedError(BatchError):
    """Raised after a batch that the user stopped; what was finished is in place."""

    exit_code = 130
