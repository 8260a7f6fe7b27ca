"""Attack files: a signed pledge comes in; files that look like it, and must not pass, go out.

Unless it says otherwise, an attacker holds a genuine key of the same authority, or passes the file on between two
honest signatures: all signatures in these files are valid by themselves, and most viewers say so.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from generator.signing.sign import Level, Means, sign_field
from generator.signing.trial import Holder, make_authority
from tests.signing.material import PARTIES, Material, key_of

Attack = Callable[[Material], bytes]

SIGNED = 4
"""How many have signed the file that most attacks begin with."""


def genuine(material: Material) -> bytes:
    """Return the file from which most attacks are made."""
    return material.revisions[SIGNED - 1]


def next_unit(material: Material) -> str:
    """Return whose signature the attacks add."""
    return material.order[SIGNED]


# --- changes without a signature ------------------------------------------------------------------------


def edit(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return *content* with a change appended, as an editor appends it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    vars(writer)["_update_meta"] = lambda: None
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def last_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    count = int(writer.root["/Pages"]["/Count"])
    reference, _ = writer.find_page_for_modification(count - 1)
    writer.mark_update(reference)
    return reference.get_object()


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """Draw a black bar over the middle of the last page."""
    stream = writer.add_object(generic.StreamObject(stream_data=b"q 0 g 90 60 200 30 re f Q"))
    count = int(writer.root["/Pages"]["/Count"])
    writer.add_stream_to_page(count - 1, stream)


def note(writer: IncrementalPdfFileWriter) -> None:
    """Put a note with words of its own onto the last page."""
    page = last_page(writer)
    form = generic.StreamObject(
        dict_data={
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 30))),
        },
        stream_data=b"1 0 0 rg 0 0 200 30 re f",
    )
    appearance = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    annotation = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (90, 60, 290, 90))),
            pdf_name("/Contents"): generic.TextStringObject("Đã hủy"),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/AP"): appearance,
        }
    )
    page["/Annots"].append(writer.add_object(annotation))
    writer.update_container(page["/Annots"])


def field_in(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(
        one.get_object() for one in map(fields.raw_get, range(len(fields))) if one.get_object()["/T"] == name
    )


def swap(material: Material) -> Callable[[IncrementalPdfFileWriter], None]:
    """Show something else in the place of who signed first."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_in(writer, material.field_of(material.order[0]))
        form = generic.StreamObject(
            dict_data={
                pdf_name("/Type"): pdf_name("/XObject"),
                pdf_name("/Subtype"): pdf_name("/Form"),
                pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 100))),
            },
            stream_data=b"0 0 1 rg 20 20 100 40 re f",
        )
        field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
        writer.update_container(field)

    return change


def move(material: Material) -> Callable[[IncrementalPdfFileWriter], None]:
    """Move an empty place to another part of the page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = field_in(writer, material.field_of(next_unit(material)))
        field["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (90, 20, 200, 90)))
        writer.update_container(field)

    return change


def text_field(writer: IncrementalPdfFileWriter) -> None:
    """Add a field for text, with words in it."""
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("ghi-chu"),
            pdf_name("/V"): generic.TextStringObject("trừ Bộ Nội vụ"),
        }
    )
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(field))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def script(writer: IncrementalPdfFileWriter) -> None:
    """Run a script when the file is opened."""
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    )
    writer.update_root()


# --- changes with a signature -----------------------------------------------------------------------------


def sign_as(
    material: Material, content: bytes, unit: str, holder: Holder | None = None, level: Level = Level.PLAIN
) -> bytes:
    """Sign in the place of *unit* without asking whether one may."""
    means = material.means(level)
    return sign_field(content, material.field_of(unit), key_of(holder or material.holders[unit]), means)


def signed_over(material: Material, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Slip *change* in before the next, honest signature."""
    return sign_as(material, edit(genuine(material), change), next_unit(material))


def smuggled(material: Material, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Make *change* in the very revision of the next signature: the signer wants it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(genuine(material)))
    vars(writer)["_update_meta"] = lambda: None
    change(writer)
    unit = next_unit(material)
    metadata = PdfSignatureMetadata(field_name=material.field_of(unit), md_algorithm="sha256")
    signer = PdfSigner(metadata, key_of(material.holders[unit]).signer)
    return bytes(signer.sign_pdf(writer, existing_fields_only=True).getvalue())


def extra_signer(material: Material, box: tuple[int, int, int, int] = (90, 30, 200, 60)) -> bytes:
    """Let somebody whom everybody trusts sign in a field of his own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(genuine(material)))
    vars(writer)["_update_meta"] = lambda: None
    append_signature_field(writer, SigFieldSpec("Chu-ky-khac", on_page=-1, box=box))
    holder = material.authority.issue("Bộ Y tế", "Một Người Khác")
    metadata = PdfSignatureMetadata(field_name="Chu-ky-khac", md_algorithm="sha256")
    signer = PdfSigner(metadata, key_of(holder).signer)
    return bytes(signer.sign_pdf(writer, existing_fields_only=True).getvalue())


def looks_alike(material: Material) -> bytes:
    """Sign with a certificate that says the same, of an authority that has the same name."""
    unit = next_unit(material)
    twin = make_authority(datetime.now(UTC)).issue(unit, PARTIES[unit])
    return sign_as(material, genuine(material), unit, twin)


def expired(material: Material) -> bytes:
    """Sign with a certificate that ended last year."""
    unit, now = next_unit(material), datetime.now(UTC)
    old = material.authority.issue(
        unit, PARTIES[unit], begins=now - timedelta(days=900), ends=now - timedelta(days=365)
    )
    return sign_as(material, genuine(material), unit, old)


def too_early(material: Material) -> bytes:
    """Sign with a certificate that begins next year."""
    unit, now = next_unit(material), datetime.now(UTC)
    young = material.authority.issue(
        unit, PARTIES[unit], begins=now + timedelta(days=365), ends=now + timedelta(days=900)
    )
    return sign_as(material, genuine(material), unit, young)


def wrong_person(material: Material) -> bytes:
    """Sign in the place of another unit, with the right authority's certificate."""
    unit, other = next_unit(material), material.order[SIGNED + 1]
    return sign_as(material, genuine(material), unit, material.holders[other])


def same_person(material: Material) -> bytes:
    """Sign a second place with a certificate that has signed already."""
    return sign_as(material, genuine(material), next_unit(material), material.holders[material.order[0]])


def foreign_stamp(material: Material) -> bytes:
    """Sign with a time stamp of an authority that nobody trusts."""
    unit, now = next_unit(material), datetime.now(UTC)
    means = Means(now, Level.STAMPED, make_authority(now).stamper())
    return sign_field(genuine(material), material.field_of(unit), key_of(material.holders[unit]), means)


def other_text(material: Material, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Let all sign a file that was changed after it was published."""
    content = edit(material.base, change)
    for unit in material.order[:SIGNED]:
        content = sign_as(material, content, unit)
    return content


def resaved(material: Material) -> bytes:
    """Save the signed file anew, as many programs do."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(genuine(material))) as pdf:
        pdf.save(output)
    return output.getvalue()


def field_gone(material: Material) -> bytes:
    """Take the last empty place out of the form."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        empty = material.field_of(material.order[-1])
        places = [index for index in range(len(fields)) if fields[index]["/T"] == empty]
        del fields[places[0]]
        writer.update_container(fields)

    return edit(genuine(material), change)


def after_seal(material: Material) -> bytes:
    """Sign once more after the seal."""
    writer = IncrementalPdfFileWriter(io.BytesIO(material.sealed))
    vars(writer)["_update_meta"] = lambda: None
    # pyHanko itself refuses to fill a locked form, an attacker's program does not
    writer.root["/AcroForm"]["/SigFlags"] = generic.NumberObject(3)
    note(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def forked(material: Material) -> bytes:
    """Let the fifth party sign the revision that the fourth one had not signed yet."""
    return sign_as(material, material.revisions[SIGNED - 2], next_unit(material))


def exchanged(material: Material) -> bytes:
    """Replace the last signature by one of the same person, made at another time."""
    return sign_as(material, material.revisions[SIGNED - 2], material.order[SIGNED - 1])


ATTACKS: dict[str, tuple[Attack, str]] = {
    "overlay after the last signature": (lambda m: edit(genuine(m), overlay), "verify-tail"),
    "note after the last signature": (lambda m: edit(genuine(m), note), "verify-tail"),
    "overlay between two signatures": (lambda m: signed_over(m, overlay), "verify-modified"),
    "note between two signatures": (lambda m: signed_over(m, note), "verify-modified"),
    "overlay within a signer's own revision": (lambda m: smuggled(m, overlay), "verify-page"),
    "note within a signer's own revision": (lambda m: smuggled(m, note), "verify-page"),
    "appearance swapped after the last signature": (lambda m: edit(genuine(m), swap(m)), "verify-tail"),
    "appearance swapped between two signatures": (lambda m: signed_over(m, swap(m)), "verify-page"),
    "place moved before it is signed": (lambda m: signed_over(m, move(m)), "verify-field-moved"),
    "field for text between two signatures": (lambda m: signed_over(m, text_field), "verify-form"),
    "script between two signatures": (lambda m: signed_over(m, script), "verify-modified"),
    "place taken out of the form": (
        lambda m: sign_as(m, field_gone(m), next_unit(m)),
        "verify-field-gone",
    ),
    "look-alike certificate": (looks_alike, "verify-untrusted"),
    "expired certificate": (expired, "verify-expired"),
    "certificate that is not valid yet": (too_early, "verify-expired"),
    "right authority, wrong person": (wrong_person, "verify-wrong-person"),
    "one person in two places": (same_person, "verify-same-person"),
    "extra signer in a field of his own": (extra_signer, "verify-field-extra"),
    "time stamp of a stranger": (foreign_stamp, "verify-stamp-untrusted"),
    "another text signed by all": (lambda m: other_text(m, overlay), "verify-modified-before"),
    "script before the first signature": (lambda m: other_text(m, script), "verify-modified-before"),
    "re-saved": (resaved, "verify-base"),
    "trailing bytes": (lambda m: genuine(m) + b"\n% thanks\n", "verify-tail"),
    "trailing revision that says nothing": (lambda m: genuine(m) + b"\nstartxref\n0\n%%EOF\n", "verify-"),
    "cut off in the middle": (lambda m: genuine(m)[: -len(genuine(m)) // 9], "verify-"),
    "roll-back": (lambda m: m.revisions[SIGNED - 2], "verify-ledger"),
    "fork": (forked, "verify-ledger"),
    "last signature exchanged": (exchanged, "verify-ledger"),
    "note after the seal": (after_seal, "verify-tail"),
}
"""Each attack, with what it must be told to be (among other things)."""
