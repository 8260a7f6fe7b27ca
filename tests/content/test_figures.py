"""Figures get the pictures of the photographs that they name."""

from __future__ import annotations

from generator.content.figures import attach_pictures
from generator.tree import Document, Figure, Para, Picture, Text

FRAME, CAPTION = (Text("Chưa có ảnh"),), (Text("Toàn cảnh Hội nghị"),)
PICTURE = Picture("photo-1.jpg", b"\xff\xd8", 480, 320)


def test_a_figure_gets_its_picture_and_another_keeps_its_frame():
    para = Para("body", (Text("Chiều 17/02/2017"),))
    figures = [Figure(photo, FRAME, CAPTION, floats=True) for photo in ("photos/a.jpg", "photos/b.jpg", "")]
    document = Document("Bản tin", "Bộ Nội vụ", "vi-VN", (figures[0], para, *figures[1:]))

    attached = attach_pictures(document, {"photos/a.jpg": PICTURE, "photos/c.jpg": PICTURE})

    first = Figure("photos/a.jpg", FRAME, CAPTION, floats=True, picture=PICTURE)
    assert attached.blocks == (first, para, *figures[1:])
    assert (attached.title, attached.author, attached.language) == ("Bản tin", "Bộ Nội vụ", "vi-VN")


def test_without_pictures_a_document_stays_as_it_is():
    document = Document("Bản tin", "", "vi-VN", (Figure("photos/a.jpg", FRAME, CAPTION),))
    assert attach_pictures(document, {}) == document
