"""Figures get the pictures of the photographs that they name, and the drawings of their charts."""

from __future__ import annotations

from generator.content.figures import attach_pictures, list_charts
from generator.tree import Chart, Document, Drawing, Figure, Para, Picture, Text, document_text

FRAME, CAPTION = (Text("Chưa có ảnh"),), (Text("Toàn cảnh Hội nghị"),)
PICTURE = Picture("photo-1.jpg", b"\xff\xd8", 480, 320)


def test_a_figure_gets_its_picture_and_another_keeps_its_frame():
    para = Para("body", (Text("Chiều 17/02/2017"),))
    figures = [Figure(photo, FRAME, CAPTION, floats=True) for photo in ("photos/a.jpg", "photos/b.jpg", "")]
    document = Document("Bản tin", "Bộ Nội vụ", "vi-VN", (figures[0], para, *figures[1:]))

    attached = attach_pictures(document, {"photos/a.jpg": PICTURE, "photos/c.jpg": PICTURE}, {})

    first = Figure("photos/a.jpg", FRAME, CAPTION, floats=True, picture=PICTURE)
    assert attached.blocks == (first, para, *figures[1:])
    assert (attached.title, attached.author, attached.language) == ("Bản tin", "Bộ Nội vụ", "vi-VN")


def test_without_pictures_a_document_stays_as_it_is():
    document = Document("Bản tin", "", "vi-VN", (Figure("photos/a.jpg", FRAME, CAPTION),))
    assert attach_pictures(document, {}, {}) == document


def test_a_chart_becomes_a_figure_for_each_of_its_drawings_whose_words_are_words_of_the_document():
    chart = Chart("totals", (("rank", "Hạng"),))
    figure = Figure("", (Text("Biểu đồ của hai đơn vị"),), (Text("Hình 1"),), chart=chart)
    document = Document("Bảng điểm", "", "vi-VN", (figure, Para("body", (Text("Hết"),))))
    drawings = [Drawing(f"chart-1-{n}.svg", b"<svg/>", 9, 9, ("Hạng", f"Đơn vị {n}")) for n in (1, 2)]

    assert list_charts(document) == (chart,)
    attached = attach_pictures(document, {}, {chart: drawings})

    assert [block.picture for block in attached.blocks[:-1]] == drawings
    assert document_text(attached) == "Hạng\nĐơn vị 1\nHình 1\nHạng\nĐơn vị 2\nHình 1\nHết"
    assert {block.alternative for block in attached.blocks[:-1]} == {"Biểu đồ của hai đơn vị"}
