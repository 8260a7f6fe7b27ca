"""What a kind of document is: the `kind.yaml` beside its template."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

import yaml

from generator.errors import TemplateError, UsageError
from generator.findings import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from generator.content.numbering import Form

KIND_FILE = "kind.yaml"
TEMPLATE_FILE = "document.xml.j2"


FORMATS = ("docx", "pdf", "html")
"""What a document can be written as."""

PAPER_FORMATS = ("docx", "pdf")
"""What it is written as where its kind does not say."""

READING_COPY = "-ban-doc"
"""What the name of a copy to be read ends with, beside a file to be signed."""

FORMS = ("administrative", "press", "certificate")


@dataclass(frozen=True, slots=True)
class SignaturePolicy:
    """How the places to sign of a kind are arranged."""

    columns: tuple[int, ...] = (2,)
    """The numbers of columns to choose from (see `layout.arrange_grid`)."""
    whole: bool = True
    """Whether they stay on one page where they fit on one."""

    def __post_init__(self) -> None:
        if not self.columns or set(self.columns) - {1, 2, 3, 4}:
            raise ValueError(f"signatures.columns: {self.columns}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document."""

    id: str
    """The name of its folder, and its name on the command line."""
    name: str
    """Its name for people, in Vietnamese."""
    file: str
    """The name of its files in outputs/, without an ending."""
    form: Literal["administrative", "press", "certificate"]
    """Which family of style files sets its look."""
    headings: tuple[Form, ...]
    """How its headings are numbered, level by level."""
    paper: str | None = None
    """Which entry of the facts' `papers` holds its number, date and recipients; none for a bulletin."""
    formats: tuple[str, ...] = PAPER_FORMATS
    """What it is written as; some of `FORMATS`."""
    signatures: SignaturePolicy = SignaturePolicy()
    needs: str = ""
    """What the facts must have, as an expression of the templates; else it is made only when it is named."""
    originals: bool = False
    """Whether each party gets a numbered original of its own (see `model.parties.list_copies`)."""
    signing: bool = False
    """Whether its PDF has signature fields; an accessible copy to be read lies beside it then."""

    def files_of(self, name: str, ending: str) -> tuple[str, ...]:
        """Return the files to which the document *name* of this kind is written as *ending*."""
        file = f"{name}.{ending}"
        if self.signing and name == self.file and ending == "pdf":
            return file, f"{name}{READING_COPY}.pdf", f"{name}.places.json"
        return (file,)


def list_kinds(templates: Path) -> list[str]:
    """Return the ids of all kinds in *templates*, sorted."""
    return sorted(file.parent.name for file in templates.glob(f"*/{KIND_FILE}"))


def load_kind(templates: Path, kind: str) -> Kind:
    """Read the kind file of *kind*.

    Raises `UsageError` for a kind that does not exist, `TemplateError` for a faulty file.
    """
    known = list_kinds(templates)
    if kind not in known:
        raise UsageError("kind-unknown", kind=kind, known=", ".join(known), meant=nearest(kind, known))
    file = templates / kind / KIND_FILE
    try:
        return _make_kind(kind, yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise TemplateError("kind-file-wrong", file=file, reason=error) from error


def _make_kind(identity: str, data: dict[str, Any]) -> Kind:
    unknown = set(data) - {field.name for field in fields(Kind)}
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    headings = tuple(data.pop("headings"))
    if not set(headings) <= {"roman", "arabic"}:
        raise ValueError(f"headings: {headings}")
    if data.get("form") not in FORMS:
        raise ValueError(f"form: {data.get('form')}")
    formats = tuple(data.pop("formats", PAPER_FORMATS))
    if not formats or set(formats) - set(FORMATS):
        raise ValueError(f"formats: {formats}")
    policy = data.pop("signatures", {})
    signatures = SignaturePolicy(**policy | {"columns": tuple(sorted(policy.get("columns", (2,))))})
    return Kind(id=identity, headings=headings, formats=formats, signatures=signatures, **data)
