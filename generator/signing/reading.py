"""A PDF file with signatures read: bytes come in; its fields, signatures and revisions go out."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from generator.places import NAME_JOINT, Box
from generator.signing.certificates import describe
from generator.vietnamese import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.signing.certificates import Certificate

SEAL_FIELD = "Niem-phong"
"""The field of the last signature, which seals the document."""

# What is wrong with a file is told by our own verdicts; pyHanko's log would put tracebacks on the terminal.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())
    logging.getLogger(_name).propagate = False

_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
_NUMBER = re.compile(r"Ky-0*(\d+)(?:-|$)")


class UnreadableError(Exception):
    """Raised when a file is no PDF file that can be read whole."""


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field on a page."""

    name: str
    description: str
    page: int
    """Counted from 1; 0 for one that is on no page."""
    box: Box

    @property
    def unit(self) -> str:
        """Whose place it is; empty where the document leaves it open."""
        return self.description.partition(NAME_JOINT)[0]

    @property
    def label(self) -> str:
        """What people call it: the unit, or else the field."""
        return self.unit or self.name

    @property
    def number(self) -> str:
        """Its number in printed order; empty for a field of somebody else."""
        found = _NUMBER.match(self.name)
        return found[1] if found else ""

    def answers_to(self, name: str) -> bool:
        """Tell whether *name* means this place: its unit, its number or its field."""
        return name in {self.name, self.number} or (bool(self.unit) and same_name(name, self.unit))


@dataclass(frozen=True)
class Signature:
    """A signature in a file, or a time stamp over all of the file."""

    field: str
    embedded: EmbeddedPdfSignature
    is_timestamp: bool
    end: int
    """How many bytes from the beginning it speaks for, its own value excepted."""

    @cached_property
    def certificate(self) -> Certificate:
        """The signer's."""
        return describe(self.embedded.signer_cert)

    @property
    def claimed_at(self) -> datetime | None:
        """When it was made, as the signer's own machine says."""
        return self.embedded.self_reported_timestamp

    @cached_property
    def stamped_at(self) -> datetime | None:
        """When it was made, as a time stamp says, which is not checked here."""
        for stamp in extract_tst_data_iter(self.embedded.signer_info, signed=False):
            return _time_of(stamp)
        return None

    @cached_property
    def stamper(self) -> Any:
        """The certificate of whoever gave the time stamp; None where there is none."""
        for stamp in extract_tst_data_iter(self.embedded.signer_info, signed=False):
            return extract_certs_for_validation(stamp).signer_cert
        return None


def _time_of(stamp: Any) -> datetime:
    moment = stamp["encap_content_info"]["content"].parsed["gen_time"].native
    assert isinstance(moment, datetime)
    return moment


@dataclass(frozen=True)
class SignedFile:
    """A file as it was read."""

    content: bytes
    reader: PdfFileReader
    fields: tuple[Field, ...]
    signatures: tuple[Signature, ...]
    """In the order in which they were made."""
    has_other_fields: bool
    """Whether its form has fields that are not for signatures."""

    def field(self, name: str) -> Field | None:
        """Return the field *name*."""
        return next((one for one in self.fields if one.name == name), None)

    @property
    def signed_fields(self) -> list[str]:
        """The names of the fields that are signed."""
        return [one.field for one in self.signatures if not one.is_timestamp]

    def find_field(self, name: str) -> Field | None:
        """Return the field that *name* means: a unit, a number or a field."""
        return next((one for one in self.fields if one.answers_to(name)), None)


def read_signed(content: bytes) -> SignedFile:
    """Read *content*. Raises `UnreadableError`, whatever is wrong with it."""
    try:
        return _read(content)
    except RecursionError as error:
        raise UnreadableError("RecursionError") from error
    except Exception as error:  # pyHanko and asn1crypto raise anything on junk
        raise UnreadableError(f"{type(error).__name__}: {error}"[:200]) from error


def _read(content: bytes) -> SignedFile:
    reader = PdfFileReader(io.BytesIO(content))
    pages = _find_pages(reader)
    fields, signatures = [], []
    for name, value, reference in enumerate_sig_fields(reader):
        fields.append(_make_field(name, reference.get_object(), pages.get(reference.reference, 0)))
        if value is not None:
            signatures.append(_make_signature(reader, name, reference))
    form = _entry(reader.root, "/AcroForm", {})
    others = len(_entry(form, "/Fields", ())) != len(fields) or "/XFA" in form
    signatures.sort(key=lambda one: one.end)
    return SignedFile(content, reader, tuple(fields), tuple(signatures), others)


def _make_field(name: str, data: Any, page: int) -> Field:
    box = tuple(float(edge) for edge in _entry(data, "/Rect", (0, 0, 0, 0)))
    assert len(box) == 4
    return Field(name, str(_entry(data, "/TU", "")), page, (box[0], box[1], box[2], box[3]))


def _make_signature(reader: PdfFileReader, name: str, reference: Any) -> Signature:
    embedded = EmbeddedPdfSignature(reader, reference.get_object(), name)
    ranges = [int(one) for one in embedded.byte_range]
    is_timestamp = str(embedded.sig_object_type) == "/DocTimeStamp"
    signature = Signature(name, embedded, is_timestamp, ranges[2] + ranges[3])
    # what cannot be read is found here, and not when somebody asks for it
    signature.certificate, signature.claimed_at, signature.stamped_at, signature.stamper  # noqa: B018
    return signature


def _find_pages(reader: PdfFileReader) -> dict[Any, int]:
    """Return the numbers of the pages on which annotations stand."""
    found = {}
    for number in range(1, int(reader.root["/Pages"]["/Count"]) + 1):
        page = reader.find_page_for_modification(number - 1)[0].get_object()
        for one in _raw_items(_entry(page, "/Annots", ())):
            found[one.reference] = number
    return found


def _entry(data: Any, key: str, absent: Any) -> Any:
    """Return an entry of a dictionary, itself and no reference to it."""
    return data[key] if key in data else absent  # noqa: SIM401 - `get` of pyHanko follows no reference


def _raw_items(array: Any) -> Iterator[Any]:
    for one in (array.raw_get(index) for index in range(len(array))):
        if hasattr(one, "reference"):
            yield one


def find_base(content: bytes, base_sha256: str, digest: Any) -> bytes | None:
    """Return the file as it was before the first signature; None where *content* does not begin with it."""
    for end in _END.finditer(content):
        if digest(content[: end.end()]) == base_sha256:
            return content[: end.end()]
    return None


def end_before(content: bytes, signature: Signature) -> int:
    """Return where the revision ends that *signature* signed."""
    first = int(signature.embedded.byte_range[1])
    ends = [end.end() for end in _END.finditer(content, 0, first)]
    if not ends:
        raise UnreadableError("no revision before the first signature")
    return ends[-1]
