"""Templates see the facts, and nothing that would let them do harm or print what is unknown."""

from __future__ import annotations

import pytest

from generator.content.compose import compose_document, render_template
from generator.content.kind import Kind
from generator.errors import TemplateError
from generator.model.conference import Conference

CONFERENCE = Conference.model_validate(
    {
        "event": {"kind": "tong_ket", "year": "2016"},
        "block": {"name": "Khối R&D <b>{{ 7*7 }}</b>"},
        "members": [{"id": "a", "name": "Sở Văn hóa, Thể thao và Du lịch", "short": "SVH"}],
    }
)
KIND = Kind("k", "K", "k", "administrative", headings=("arabic",), paper="minutes")


@pytest.fixture
def render(tmp_path):
    def _render(template: str) -> str:
        (tmp_path / "k").mkdir(exist_ok=True)
        (tmp_path / "k" / "document.xml.j2").write_text(template, encoding="utf-8")
        return render_template(KIND, CONFERENCE, tmp_path)

    return _render


def test_values_are_never_templates_and_always_escaped(render):
    assert render("{{ c.block.name }}") == "Khối R&amp;D &lt;b&gt;{{ 7*7 }}&lt;/b&gt;"


def test_an_unknown_fact_cannot_be_printed(render):
    with pytest.raises(TemplateError) as caught:
        render("x\n{{ c.event.title }}")

    assert (caught.value.key, caught.value.values["line"]) == ("template-failed", 2)


def test_an_unknown_fact_can_be_left_as_a_blank(render):
    blank = render("{{ c.event.title | or_blank('Tên “hội nghị” & khối') }}")

    assert blank == '<blank label="Tên “hội nghị” &amp; khối" extent="line"/>'


def test_a_known_fact_is_printed_instead_of_the_blank(render):
    assert render("{{ c.event.year | or_blank('Năm') }}") == "2016"


def test_a_misspelt_name_is_an_error(render):
    with pytest.raises(TemplateError):
        render("{% if c.event.tilte %}x{% endif %}")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ c.__class__ }}",
        "{{ c.model_dump() }}",
        "{{ c.event.model_config }}",
        "{{ c.copy() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ c.members.append(1) }}",
        "{% include '../../etc/passwd' %}",
    ],
)
def test_templates_cannot_reach_behind_the_facts(render, attack):
    with pytest.raises(TemplateError):
        render(attack)


def test_a_syntax_error_names_file_and_line(render):
    with pytest.raises(TemplateError) as caught:
        render("x\n{% if %}")

    assert (caught.value.key, caught.value.values["line"]) == ("template-syntax", 2)


def test_units_are_named_in_full_by_any_of_their_names(render):
    assert (
        render("{{ 'svh' | name_of }}|{{ 'Sở Y tế' | name_of }}") == "Sở Văn hóa, Thể thao và Du lịch|Sở Y tế"
    )


def test_marked_up_words_are_not_put_into_capitals(render):
    with pytest.raises(TemplateError):
        render("{{ none | or_blank('x') | upper }}")


def test_a_template_that_gives_no_xml_is_an_error(tmp_path):
    (tmp_path / "k").mkdir()
    (tmp_path / "k" / "document.xml.j2").write_text("<document", encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        compose_document(KIND, CONFERENCE, tmp_path)

    assert caught.value.key == "template-not-xml"


def test_what_a_macro_prints_can_be_taken_as_plain_text(render):
    macro = "{% macro name() %}\n  Khối {{ 'R&D' }}\n  {{ '<a>' }} {% endmacro %}"

    assert render(macro + "{{ name() | plain | upper }}") == "KHỐI R&amp;D &lt;A&gt;"
    assert render(macro + "{{ [name() | plain, 'B'] | join_list }}") == "Khối R&amp;D &lt;a&gt; và B"


def test_marked_up_words_are_not_taken_apart(render):
    with pytest.raises(TemplateError):
        render("{% macro name() %}a<br/>b{% endmacro %}{{ name() | plain }}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("khối họp", "Khối họp."), ("Khối họp;", "Khối họp."), ("Họp ở đâu?", "Họp ở đâu?"), ("“a.”", "“A.”")],
)
def test_a_text_becomes_a_sentence(render, text, sentence):
    assert render(f"{{{{ '{text}' | sentence }}}}") == sentence


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("07:51 PM 17/02/2017", "2017-02-17T19:51"),
        ("Thứ 5, 29/07/2021 | 13:46", "2021-07-29T13:46"),
        ("30/01/2026", ""),
        ("hôm qua", ""),
    ],
)
def test_the_time_of_publication_is_written_for_machines_where_it_can_be_read(render, written, iso):
    assert render(f"{{{{ '{written}' | iso_time }}}}") == iso
