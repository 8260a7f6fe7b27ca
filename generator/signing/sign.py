"""Sign a file: its bytes, a field and an open key come in; the same bytes with one signature more go out."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PyHankoError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    SigDSSPlacementPreference,
)
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from generator.errors import SigningError
from generator.signing.reading import SEAL_FIELD
from generator.signing.trust import Trust

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.sign.timestamps import TimeStamper

    from generator.signing.keys import Key


class Level(Enum):
    """How long a signature can be checked (ETSI EN 319 142-1)."""

    PLAIN = "b-b"
    """As long as the certificate is valid."""
    STAMPED = "b-t"
    """With a time stamp: as long as the authority's certificate is valid."""
    LONG = "b-lt"
    """With the lists of revoked certificates inside as well."""
    ARCHIVED = "b-lta"
    """With a time stamp over all of it."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a signature is made with, besides the key."""

    now: datetime
    level: Level = Level.PLAIN
    timestamper: TimeStamper | None = None
    trust: Trust = field(default_factory=Trust)
    """Whose certificates and lists go into the file, where the level wants them."""


def sign_field(content: bytes, field: str, key: Key, means: Means, stamp: bytes = b"") -> bytes:
    """Return *content* with a signature in the existing *field*; *stamp* is a one-page PDF file of its size.

    Nothing but the signature is added, and no byte of *content* changes. Raises `SigningError`.
    """
    writer = _open(content)
    signer = PdfSigner(
        _metadata(field, key, means),
        key.signer,
        timestamper=means.timestamper,
        stamp_style=_stamp_style(stamp),
    )
    return _run(content, writer, signer, means, existing=True)


def seal_file(content: bytes, key: Key, means: Means) -> bytes:
    """Return *content* with an invisible signature after which nothing may be added any more.

    PDF reserves a certification for the first signature of a file (ISO 32000-1, 12.8.1), and this is the last
    one: it locks all fields, and forbids all changes by its field's lock (ISO 32000-2, 12.7.5.5).
    """
    lock = FieldMDPSpec(FieldMDPAction.ALL)
    spec = SigFieldSpec(SEAL_FIELD, field_mdp_spec=lock, doc_mdp_update_value=MDPPerm.NO_CHANGES)
    metadata = _metadata(SEAL_FIELD, key, means, MDPPerm.NO_CHANGES)
    signer = PdfSigner(metadata, key.signer, timestamper=means.timestamper, new_field_spec=spec)
    return _run(content, _open(content), signer, means, existing=False)


def _open(content: bytes) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    # pyHanko would put its own name and the time of day into the file's metadata, which PDF/A holds exact.
    vars(writer)["_update_meta"] = lambda: None  # named by its maintainer for this (issue 223)
    return writer


def _metadata(
    field: str, key: Key, means: Means, permission: MDPPerm = MDPPerm.FILL_FORMS
) -> PdfSignatureMetadata:
    is_long = means.level in {Level.LONG, Level.ARCHIVED}
    settings = DSSContentSettings(
        include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
    )
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        docmdp_permissions=permission,
        embed_validation_info=is_long,
        use_pades_lta=means.level is Level.ARCHIVED,
        timestamp_field_name=f"{field}-Thoi-gian",
        signer_key_usage=set(),
        validation_context=means.trust.context(key.signer.signing_cert, means.now) if is_long else None,
        dss_settings=settings if is_long else DSSContentSettings(),
    )


class _Page(PdfContent):
    """The one page of a PDF file, as it is."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def render(self) -> bytes:
        reader = PdfFileReader(io.BytesIO(self._content))
        page = self._ensure_writer.import_page_as_xobject(reader)
        left, bottom, right, top = (float(edge) for edge in page.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        self.resources.xobject["/Stamp"] = page
        return b"/Stamp Do"


def _stamp_style(stamp: bytes) -> StaticStampStyle | None:
    if not stamp:
        return None
    layout = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MIN,
        AxisAlignment.ALIGN_MIN,
        margins=Margins.uniform(0),
        inner_content_scaling=InnerScaling.NO_SCALING,
    )
    return StaticStampStyle(
        background=_Page(stamp),
        background_layout=layout,
        background_opacity=1.0,
        border_width=0,
    )


def _run(
    content: bytes, writer: IncrementalPdfFileWriter, signer: PdfSigner, means: Means, *, existing: bool
) -> bytes:
    """Sign at the time that *means* tells. Raises `SigningError`, of what pyHanko cannot do as well."""
    try:
        signed = asyncio.run(_sign(writer, signer, means, existing=existing))
    except (PathBuildingError, PathValidationError) as error:
        raise SigningError("sign-chain-incomplete", reason=error) from error
    except PyHankoError as error:
        raise SigningError("sign-refused", reason=error) from error
    if not signed.startswith(content):
        raise SigningError("sign-refused", reason="the former bytes changed")
    return signed


async def _sign(
    writer: IncrementalPdfFileWriter, signer: PdfSigner, means: Means, *, existing: bool
) -> bytes:
    """Do what `PdfSigner.async_sign_pdf` does, but by the clock that was handed down."""
    session = signer.init_signing_session(writer, existing_fields_only=existing)
    session.system_time = means.now
    return await _finish(session, writer)


async def _finish(session: PdfSigningSession, writer: IncrementalPdfFileWriter) -> bytes:
    info = await session.perform_presign_validation(writer)
    reserved = await session.estimate_signature_container_size(info)
    document = session.prepare_tbs_document(validation_info=info, bytes_reserved=reserved)
    digest, output = document.digest_tbs_document()
    done = await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=session.system_time),
    )
    await done.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())
