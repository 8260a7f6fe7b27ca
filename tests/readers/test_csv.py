"""CSV files: the same lists as in a workbook, with findings by line and column."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.findings import Place, Severity
from generator.readers.conference import make_conference
from generator.readers.csv import read_csv
from generator.readers.merge import merge_facts
from generator.vietnamese import clean_text, find_forbidden, looks_like_legacy_encoding

MEMBERS = "don-vi-thanh-vien.csv"


@pytest.fixture
def read(tmp_path):
    """Read the one file of a folder."""

    def read(content, name=MEMBERS):
        folder = tmp_path / "2016"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        [facts] = read_csv(folder)
        (folder / name).unlink()
        return facts

    return read


def spots(facts):
    return [(found.code, found.place.line, found.place.column) for found in facts.findings]


@pytest.mark.parametrize(
    "content",
    [
        "Tên đơn vị,Mã\nA,a\n",
        "Tên đơn vị;Mã\r\nA;a",
        "Tên đơn vị\tMã\nA\ta\n",
        "\ufeffTên đơn vị,Mã\nA,a\n",
        'sep=;\n"Tên đơn vị";"Mã"\n"A";a\n',
        '"sep=;"\nTên đơn vị;Mã\nA;a\n',
        "DANH SÁCH,\n,\nTên đơn vị,Mã\n,\nA,a\n",
        "STT;TÊN  ĐƠN VỊ *;mã\n1;A;a\n",
        "name,id\rA,a",
        " Tên đơn vị , Mã \n A , a \n",
    ],
)
def test_columns_are_parted_as_the_file_parts_them(read, content):
    facts = read(content)

    assert facts.findings == []
    assert facts.value == {"members": [{"name": "A", "id": "a"}]}


def test_quotes_keep_delimiters_lines_and_quotes(read):
    facts = read('Tên đơn vị,Tên gọi khác\n"Sở Văn hóa, Thể thao","A; B\nC"\n"Khối ""một""",\n')

    assert facts.findings == []
    assert facts.value["members"] == [
        {"name": "Sở Văn hóa, Thể thao", "aliases": ["A", "B", "C"]},
        {"name": 'Khối "một"'},
    ]


@pytest.mark.parametrize(
    "name", ["dai-bieu.csv", "Đại biểu.csv", "ĐẠI BIỂU.CSV", normalize("NFD", "Đại biểu.csv")]
)
def test_a_file_is_known_by_the_name_of_its_sheet(read, name):
    assert read("Nhóm,Họ và tên\nX,A\n", name).value == {
        "attendance": {"groups": [{"label": "X", "people": [{"name": "A"}]}]}
    }


def test_single_facts_may_be_in_a_file(read):
    facts = read("Mục;Giá trị\nNăm;2016\nNgày họp;17/02/2017\n", "thong-tin-chung.csv")
    assert facts.value == {"event": {"year": "2016", "date": "17/02/2017"}}


def test_values_have_the_places_of_their_fields(read):
    facts = read('Tên đơn vị,Tên gọi khác,Mã\n"A\nB",x;y,a\n,,\n C,,c\n')

    place = Place(f"2016/{MEMBERS}", 3, 4)
    assert facts.place_of(("members", 0, "aliases", 1)) == place
    assert facts.place_of(("members", 0, "name")) == Place(f"2016/{MEMBERS}", 2, 1)
    assert facts.place_of(("members", 1, "id")) == Place(f"2016/{MEMBERS}", 5, 5)
    assert facts.make_finding("x", place).excerpt == 'B",x;y,a'


DEFECTS = {
    "unknown heading": ("Tên đơn vị,zzz\nA,b\n", [("unknown-heading", 1, 12)]),
    "misspelt heading": (
        "Tên đơn vi,Mã\nA,b\n",
        [("unknown-heading-meant", 1, 1), ("heading-missing", 1, 1)],
    ),
    "heading twice": ("Tên đơn vị,Mã,id\nA,b,c\n", [("heading-twice", 1, 15)]),
    "no heading": ("A,B\nC,D\n", [("headings-missing", 1, 1)]),
    "column without heading": ("Mã,Tên đơn vị\na,A\nb,B,x\n", [("column-without-heading", 3, 5)]),
    "required cell empty": ("Tên đơn vị,Mã\nA,a\n,b\n", [("required-cell-empty", 3, 1)]),
    "required cell absent": ("Mã,Tên đơn vị\na\n", [("required-cell-empty", 2, 1)]),
    "open quote": ('Tên đơn vị,Mã\nA,"a\nB,b\n', [("csv-open-quote", 2, 3)]),
    "text after a quote": ('Tên đơn vị,Mã\n"A"x,a\n', [("csv-text-after-quote", 2, 1)]),
    "control character": ("Tên đơn vị\nA\x07\n", [("forbidden-character", 2, 1)]),
    "TCVN3 read as Unicode": ("Tên đơn vị\n®¬n vÞ Bé Néi vô\n", [("legacy-encoding", 2, 1)]),
    "TCVN3": ("Tªn ®¬n vÞ;M·\nBé Néi vô;a\n".encode("cp1252"), [("legacy-encoding", 1, 0)]),
    "UTF-16": ("Tên đơn vị\nA\n".encode("utf-16"), [("not-utf-8", 1, 0)]),
    "far row": ("Tên đơn vị\n" + "A\n" * 5000, [("cell-too-far", 5001, 1)]),
    "far column": ("Tên đơn vị\nA" + "," * 200 + "x\n", [("cell-too-far", 2, 202)]),
}


@pytest.mark.parametrize(("content", "expected"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_is_named_with_its_line_and_column(read, content, expected):
    assert spots(read(content)) == expected


@pytest.mark.parametrize(
    ("name", "code", "meant"),
    [("abc.csv", "unknown-csv", ""), ("dai-bieuu.csv", "unknown-csv-meant", "Đại biểu")],
)
def test_a_file_of_another_name_is_named(read, name, code, meant):
    [finding] = read("A,B\n", name).findings
    assert (finding.code, finding.values["meant"]) == (code, meant)


def test_a_large_file_is_not_read(read):
    assert [found.code for found in read(b"x" * 2_000_001).findings] == ["file-too-large"]


def test_files_come_in_the_order_of_their_names_and_others_are_left_alone(tmp_path):
    for name in ("thu-ky.csv", "chu-tri.csv", ".an.csv", "conference.yaml", "anh.txt"):
        (tmp_path / name).write_text("Họ và tên\nA\n", encoding="utf-8")
    (tmp_path / "diem.csv").mkdir()

    assert [facts.file for facts in read_csv(tmp_path)] == [
        f"{tmp_path.name}/chu-tri.csv",
        f"{tmp_path.name}/thu-ky.csv",
    ]
    assert read_csv(tmp_path / "nowhere") == []


def test_a_mistake_that_the_model_finds_shows_its_line(read):
    general = read("Mục,Giá trị\nLoại hội nghị,tổng kết\nNăm,2016\nTên khối,K\n", "thong-tin-chung.csv")
    votes = read("Nội dung,Phiếu phát ra\nCờ,mười\n", "bo-phieu.csv")

    [finding] = make_conference(merge_facts([general, votes])).findings
    assert (finding.place, finding.excerpt) == (Place("2016/bo-phieu.csv", 2, 4), "Cờ,mười")


MANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@MANY
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(",;\t"))
@example('"', ",")
@example("a\r\nb", ";")
def test_any_quoted_text_arrives_clean_or_is_a_finding(read, text, delimiter):
    quoted = '"' + text.replace('"', '""') + '"'
    facts = read(f"Tên đơn vị{delimiter}Mã\n{quoted}{delimiter}a\n")

    errors = {found.code for found in facts.findings if found.severity is Severity.ERROR}
    clean = " ".join(clean_text(text).text.split("\n"))
    if not clean:
        assert errors == {"required-cell-empty"}
    elif find_forbidden(text) or looks_like_legacy_encoding(text):
        assert errors
        assert errors <= {"forbidden-character", "legacy-encoding"}
    else:
        assert not errors
        assert facts.value["members"][0]["name"] == clean


@MANY
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told(read, content):
    facts = read(content)
    assert facts.findings or not facts.value
