"""Empty signature fields, one for each place to sign, as objects of the PDF file that is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.places import PlaceToSign

PRINTED_AND_LOCKED = 4 + 128
"""Flags of an annotation (ISO 32000-1, 12.5.3): it is printed, and cannot be moved."""

SIGNATURES_APPENDED = 1 + 2
"""Flags of a form (ISO 32000-1, 12.7.2): it has signatures, and a program may only append to the file."""


def add_signature_fields(pdf: Any, places: Iterable[PlaceToSign]) -> None:
    """Add an empty field for each of *places* to *pdf*; its appearance is empty, too (PDF/A-3, 6.3.3)."""
    fields = pydyf.Array()
    for place in places:
        fields.append(_add_field(pdf, place).reference)
    form = pydyf.Dictionary({"Fields": fields, "SigFlags": SIGNATURES_APPENDED})
    pdf.add_object(form)
    pdf.catalog["AcroForm"] = form.reference


def _add_field(pdf: Any, place: PlaceToSign) -> Any:
    left, bottom, right, top = place.box
    page = pdf.objects[int(pdf.page_references[place.page - 1].split()[0])]
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array((0, 0, round(right - left, 2), round(top - bottom, 2))),
        "Resources": pydyf.Dictionary(),
    }
    appearance = pydyf.Stream(extra=extra)
    pdf.add_object(appearance)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(place.field),
            "TU": pydyf.String(place.description),
            "F": PRINTED_AND_LOCKED,
            "P": page.reference,
            "Rect": pydyf.Array(place.box),
            "AP": pydyf.Dictionary({"N": appearance.reference}),
        }
    )
    pdf.add_object(field)
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    return field
