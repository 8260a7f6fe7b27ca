"""From a file in a year's photos/ to the figure of a document: the street carries pictures along."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from generator import composing
from generator.checking import check_facts
from generator.errors import InputError
from generator.pipeline import build
from generator.request import Request
from generator.tree import Figure

ROOT = Path(__file__).resolve().parent.parent

TEMPLATE = """\
<document title="Ảnh" author="Khối" lang="vi-VN">
{% for photo in c.photos %}
<figure photo="{{ photo.file }}">
<placeholder>Chưa có ảnh</placeholder><caption>{{ photo.caption }}</caption>
</figure>
{% endfor %}
</document>
"""
KIND = "name: Ảnh\nfile: anh\nform: press\npaper: null\nheadings: [arabic]\n"


@pytest.fixture
def request_(tmp_path):
    """What to build: nothing but the photographs of the invented conference."""
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates" / "style", templates / "style")
    (templates / "pictures").mkdir()
    (templates / "pictures" / "document.xml.j2").write_text(TEMPLATE, encoding="utf-8")
    (templates / "pictures" / "kind.yaml").write_text(KIND, encoding="utf-8")
    shutil.copytree(ROOT / "inputs" / "mau", tmp_path / "inputs" / "mau")
    return Request("mau", ("pictures",), tmp_path / "inputs", tmp_path / "outputs", templates, ("docx",))


def test_figures_show_the_photographs_that_the_facts_name(request_, monkeypatch):
    written = []
    monkeypatch.setattr(composing, "refuse_unstyled", lambda document, _: written.append(document))
    build(request_)
    [document] = written

    assert [type(block) for block in document.blocks] == [Figure, Figure]
    assert [block.picture.name for block in document.blocks] == ["photo-1.jpg", "photo-2.jpg"]
    sizes = [Image.open(io.BytesIO(block.picture.content)).size for block in document.blocks]
    assert sizes == [(1200, 800), (900, 600)]


def test_a_lost_photograph_stops_the_build(request_):
    (request_.inputs / "mau" / "photos" / "toan-canh.jpg").unlink()
    with pytest.raises(InputError) as stopped:
        build(request_)

    assert [found.code for found in stopped.value.findings] == ["photo-missing"]
    assert not request_.outputs.exists()


def test_the_drawn_pictures_of_the_sample_give_no_findings():
    checked = check_facts(ROOT / "inputs" / "mau")

    assert checked.findings == ()
    assert set(checked.pictures) == {"photos/toan-canh.jpg", "photos/ky-giao-uoc.png"}
    assert (ROOT / "inputs" / "mau" / "photos" / "toan-canh.jpg").stat().st_size < 300_000
