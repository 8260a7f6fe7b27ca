"""The command as its user meets it: what it says, how it exits, and what it leaves alone."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from generator.cli import main

ROOT = Path(__file__).resolve().parent.parent
MINIMAL = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with inputs/2016 that builds, as the current one."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inputs" / "2016"
    folder.mkdir(parents=True)
    (folder / "conference.yaml").write_text(MINIMAL, encoding="utf-8")
    return tmp_path


def write_facts(place: Path, text: str) -> None:
    (place / "inputs" / "2016" / "conference.yaml").write_text(text, encoding="utf-8")


def snapshot(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_build_says_what_it_wrote_and_what_is_missing(place, capsys):
    assert main(["build", "2016", "minutes"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Đang soạn Biên bản hội nghị …"
    assert "  outputs/2016/bien-ban.docx" in said
    assert "  outputs/2016/bien-ban.pdf (1 trang)" in said
    assert any(
        line
        == "Thể thức: Thông tư 01/2011/TT-BNV (theo năm của hội nghị, 2016, vì chưa biết ngày của văn bản)."
        for line in said
    )
    assert "  - Chủ trì (chủ tọa)" in said
    assert sorted(snapshot(place / "outputs")) == [
        "2016/bien-ban.docx",
        "2016/bien-ban.pdf",
        "2016/manifest.json",
    ]


def test_the_documents_own_date_decides_the_regime(place, capsys):
    write_facts(place, MINIMAL + "papers: {minutes: {date: 05/03/2020}}\n")

    assert main(["build", "2016", "minutes", "--format", "docx"]) == 0
    assert "Nghị định 30/2020/NĐ-CP (theo ngày của văn bản, 05/03/2020)" in capsys.readouterr().out


def test_only_the_wanted_format_is_written(place):
    assert main(["build", "2016", "minutes", "--format", "docx"]) == 0

    assert sorted(snapshot(place / "outputs")) == ["2016/bien-ban.docx", "2016/manifest.json"]


def test_a_build_again_gives_the_same_bytes(place):
    assert main(["build", "2016", "minutes"]) == 0
    first = snapshot(place / "outputs")
    assert main(["build", "2016", "minutes"]) == 0

    assert snapshot(place / "outputs") == first


def test_other_files_in_outputs_stay(place):
    own = place / "outputs" / "2016" / "ghi-chu.txt"
    own.parent.mkdir(parents=True)
    own.write_text("của tôi", encoding="utf-8")

    assert main(["build", "2016", "minutes", "--format", "docx"]) == 0
    assert own.read_text(encoding="utf-8") == "của tôi"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["build", "2017"],
            2,
            "Không có dữ liệu của năm 2017: không thấy thư mục inputs/2017. Các năm đã có: 2016.",
        ),
        (["build", "../../x"], 2, "Không nhận YEAR='../../x'"),
        (["build", "2016; rm -rf /"], 2, "Không nhận YEAR='2016; rm -rf /'"),
        (["build", "٢٠١٦"], 2, "Không nhận YEAR="),
        (["build", "2016", "minute"], 2, "Không có loại văn bản “minute”. Các loại đã có: "),
        (
            ["build", "2016", "--format", "odt"],
            2,
            "Không có định dạng “odt”. Các định dạng: docx, pdf, html.",
        ),
        (["build", "2016", "--templates", "nowhere"], 2, "Không thấy thư mục mẫu nowhere."),
        (["build"], 2, "Lệnh chưa đúng"),
        (["bulid", "2016"], 2, "Lệnh chưa đúng"),
        (["build", "2016", "--lang", "en", "--format", "odt"], 2, "There is no format “odt”."),
    ],
)
def test_wrong_use_is_told_in_one_line(place, capsys, arguments, code, said):
    assert main(arguments) == code

    told = capsys.readouterr().err
    assert told.startswith(said)
    assert told.count("\n") == 1
    assert not (place / "outputs").exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("event:\n\tkind: x\n", "2016/conference.yaml:2:1: lỗi: Không dùng phím Tab để thụt dòng"),
        ("event: {kind: tong_ket\n", "2016/conference.yaml:1:8: lỗi: Có dấu ngoặc “{” mở mà không đóng."),
        ("a: b: c\n", "2016/conference.yaml:1:5: lỗi: Thừa dấu hai chấm"),
        (MINIMAL + "leadrship: {}\n", "2016/conference.yaml:3:1: lỗi: Không có mục nào tên “leadrship” ở đây; có phải là “leadership”?"),
        (MINIMAL + "zzz: {}\n", "2016/conference.yaml:3:1: lỗi: Không có mục nào tên “zzz” ở đây."),
        (MINIMAL + "members: Bộ Nội vụ\n", "2016/conference.yaml:3:10: lỗi: Dữ liệu ở đây phải là danh sách"),
        (MINIMAL + "pledge: {copies: mười}\n", "2016/conference.yaml:3:18: lỗi: “mười” không phải là số đếm"),
        (MINIMAL + "pledge: {signed: maybe}\n", "2016/conference.yaml:3:18: lỗi: Giá trị “maybe” không có trong các giá trị cho phép"),
        (MINIMAL + "block: {name: Khối khác}\n", "2016/conference.yaml:3:1: lỗi: Mục “block” được ghi hai lần; lần đầu ở dòng 2."),
        (MINIMAL + "charity: [{amount: 30/2}]\n", "2016/conference.yaml:3:20: lỗi: “30/2” không phải là số tiền"),
        ("event: {year: 2016}\nblock: {name: Khối}\n", "2016/conference.yaml:1:1: lỗi: Thiếu mục bắt buộc “kind”."),
        ("- a\n", "2016/conference.yaml:1:1: lỗi: Dữ liệu ở đây phải là nhóm các mục"),
        ("", "2016/conference.yaml: lỗi: Tệp chưa có dữ liệu."),
        ("a: &x 1\nb: *x\n", "2016/conference.yaml:1:4: lỗi: Không dùng ký hiệu “&” và “*”"),
        ("a: !!python/object:os.system x\n", "2016/conference.yaml:1:4: lỗi: Không dùng ký hiệu “!”"),
        ("a: 1\n---\nb: 2\n", "2016/conference.yaml:2:1: lỗi: Tệp có hơn một tài liệu YAML"),
        ("a: \x07\n", "2016/conference.yaml:1:4: lỗi: Có ký tự không dùng được trong văn bản (U+0007)."),
        ("[" * 5000, "2016/conference.yaml:1:31: lỗi: Dữ liệu lồng nhau quá sâu."),
    ],
)  # fmt: skip
def test_a_mistake_in_the_facts_is_told_in_one_line_with_its_place(place, capsys, facts, said):
    assert main(["build", "2016", "minutes"]) == 0
    before = snapshot(place / "outputs")
    capsys.readouterr()
    write_facts(place, facts)

    assert main(["build", "2016", "minutes"]) == 3

    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(said)
    assert told[-1].startswith("Dữ liệu có 1 lỗi; chưa ghi văn bản nào")
    assert snapshot(place / "outputs") == before


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(place, capsys):
    write_facts(place, MINIMAL + "members: x\nzzz: 1\npledge: {copies: y}\n")

    assert main(["build", "2016"]) == 3
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("2016/")]
    assert [line.split(":")[1] for line in told] == ["3", "4", "5"]


def test_a_caret_shows_where_in_the_line(place, capsys):
    write_facts(place, MINIMAL + "pledge: {copies: mười}\n")

    assert main(["build", "2016"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert told[1] == "    pledge: {copies: mười}"
    assert told[2].index("^") == told[1].index("mười")


def test_a_file_that_is_no_utf_8_is_told(place, capsys):
    (place / "inputs" / "2016" / "conference.yaml").write_bytes("event: Hội".encode("utf-16"))

    assert main(["build", "2016"]) == 3
    assert "không phải văn bản UTF-8" in capsys.readouterr().err


def test_a_year_without_its_file_is_told(place, capsys):
    (place / "inputs" / "2016" / "conference.yaml").unlink()

    assert main(["build", "2016"]) == 3
    assert capsys.readouterr().err.startswith("2016/conference.yaml: lỗi: Không đọc được tệp")


@pytest.mark.parametrize("link", ["outputs", "outputs/2016", "outputs/2016/bien-ban.docx"])
def test_nothing_is_written_through_a_link(place, capsys, link):
    victim = place / "victim"
    if link.endswith(".docx"):
        victim.write_text("của người khác", encoding="utf-8")
    else:
        victim.mkdir()
    (place / link).parent.mkdir(parents=True, exist_ok=True)
    (place / link).symlink_to(victim)
    before = snapshot(place / "victim") if victim.is_dir() else victim.read_text(encoding="utf-8")

    assert main(["build", "2016", "minutes", "--format", "docx"]) == 7
    assert "symlink" in capsys.readouterr().err
    assert before == (snapshot(place / "victim") if victim.is_dir() else victim.read_text(encoding="utf-8"))


def test_a_fault_of_the_program_is_two_lines_and_a_file(place, capsys, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("x")

    monkeypatch.setattr("generator.checking.read_conference", fail)

    assert main(["build", "2016"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == "Có lỗi ngoài dự kiến trong chương trình: ZeroDivisionError: x."
    file = Path(second.split("Chi tiết đã ghi vào ")[1].split(";")[0])
    assert "ZeroDivisionError" in file.read_text(encoding="utf-8")
    file.unlink()


def test_a_template_that_fails_leaves_the_outputs_alone(place, capsys):
    templates = place / "templates"
    shutil.copytree(ROOT / "templates", templates)
    (templates / "minutes" / "document.xml.j2").write_text("<document>{{ c.nothing }}", encoding="utf-8")

    assert main(["build", "2016", "minutes", "--templates", str(templates)]) == 4
    assert "templates/minutes/document.xml.j2, dòng 1:" in capsys.readouterr().err
    assert not (place / "outputs").exists()


def test_a_new_kind_of_document_needs_no_python(place):
    templates = place / "templates"
    shutil.copytree(ROOT / "templates", templates)
    (templates / "notice").mkdir()
    (templates / "notice" / "kind.yaml").write_text(
        "{name: Thông báo, file: thong-bao, form: administrative, paper: minutes, headings: []}",
        encoding="utf-8",
    )
    (templates / "notice" / "document.xml.j2").write_text(
        '<document title="T" author="A" lang="vi-VN"><para>{{ c.block.name }} xin thông báo.</para></document>',
        encoding="utf-8",
    )

    assert main(["build", "2016", "notice", "--templates", str(templates)]) == 0
    with zipfile.ZipFile(place / "outputs" / "2016" / "thong-bao.docx") as package:
        assert "Khối thi đua số 1 xin thông báo." in package.read("word/document.xml").decode()


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_is_given_and_leaves_with_zero(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 0
    assert "hoinghi" in capsys.readouterr().out


def test_a_new_year_carries_over_what_stays_and_builds(place, capsys):
    write_facts(place, MINIMAL + "leadership: {next: {year: 2017, method: bầu, head: {unit: Bộ Nội vụ}}}\n")

    assert main(["new", "2017", "--from", "2016"]) == 0
    assert main(["check", "2017", "--json"]) == 0
    made = (place / "inputs" / "2017" / "conference.yaml").read_text(encoding="utf-8")
    assert "Khối thi đua số 1" in made
    assert "Bộ Nội vụ" in made
    capsys.readouterr()
    assert main(["build", "2017", "minutes", "--format", "docx"]) == 0
    assert "Năm 2017" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "2016"], "Năm 2016 đã có thư mục inputs/2016; không ghi đè."),
        (["new", "../x"], "Không nhận YEAR='../x'"),
        (["new", "mau"], "“mau” không phải là năm; dùng --label"),
        (["new", "2018", "--from", "2017"], "Không có dữ liệu của năm 2017"),
    ],
)
def test_a_new_year_never_overwrites_and_never_guesses(place, capsys, arguments, said):
    before = snapshot(place)

    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith(said)
    assert snapshot(place) == before


def test_a_year_may_have_another_label_than_its_folder(place):
    assert main(["new", "2015-2016", "--label", "năm học 2015 - 2016"]) == 0

    made = (place / "inputs" / "2015-2016" / "conference.yaml").read_text(encoding="utf-8")
    assert "year: năm học 2015 - 2016" in made


def test_strict_stops_at_gaps_and_names_every_blank(place, capsys):
    assert main(["build", "2016", "minutes", "--strict", "--format", "docx"]) == 3

    told = capsys.readouterr().err
    assert "còn thiếu: Biên bản hội nghị còn để trống: Chủ trì (chủ tọa). [blank]" in told
    assert not (place / "outputs").exists()


def test_findings_are_data_when_asked_for(place, capsys):
    write_facts(place, MINIMAL + "zzz: 1\nmembers: x\n")

    assert main(["check", "2016", "--json"]) == 3
    out, err = capsys.readouterr()
    found = json.loads(out)["findings"]
    assert [(one["code"], one["line"]) for one in found] == [("unknown-key", 3), ("wrong-shape", 4)]
    assert err.startswith("Dữ liệu có 2 lỗi")


def test_the_machine_is_examined(capsys):
    assert main(["doctor"]) == 0

    said = capsys.readouterr().out
    assert "weasyprint 70.0" in said
    assert "THIẾU" not in said


def test_findings_in_a_workbook_can_be_had_as_notes_on_its_cells(place, capsys):
    import openpyxl

    assert main(["new", "2017", "--from", "2016", "--excel"]) == 0
    file = place / "inputs" / "2017" / "conference.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["Đơn vị thành viên"]
    heading = next(cell for cell in sheet[1] if cell.value and "Tên" in str(cell.value))
    for row, name in ((2, "Sở Y tế"), (3, "Sở Y tế")):
        sheet.cell(row, heading.column, name)
    book.save(file)
    capsys.readouterr()

    assert main(["check", "2017", "--annotate", "nhan-xet.xlsx"]) == 0
    assert "ô A3" in capsys.readouterr().err.replace(f"ô {heading.column_letter}3", "ô A3")
    notes = openpyxl.load_workbook(place / "nhan-xet.xlsx")["Đơn vị thành viên"]
    assert any(cell.comment and "trùng" in cell.comment.text for row in notes.iter_rows() for cell in row)
    assert main(["check", "2017", "--annotate", "nhan-xet.xlsx"]) == 2
    assert main(["check", "2016", "--annotate", "khac.xlsx"]) == 2


def test_a_new_year_filled_in_as_a_clerk_would_builds(place):
    import openpyxl

    shutil.copytree(ROOT / "inputs" / "2016", place / "inputs" / "2016", dirs_exist_ok=True)
    assert main(["new", "2017", "--from", "2016", "--excel"]) == 0
    file = place / "inputs" / "2017" / "conference.xlsx"
    book = openpyxl.load_workbook(file)

    def fill(name: str, **cells: str) -> None:
        sheet = book[name]
        columns = {
            str(cell.value).removesuffix(" *"): cell.column
            for row in sheet.iter_rows(max_row=3)
            for cell in row
            if cell.value
        }
        row = next(n for n in range(2, 500) if all(cell.value is None for cell in sheet[n]))
        for heading, value in cells.items():
            sheet.cell(row, columns[heading.replace("_", " ")], value)

    fill("Đơn vị thành viên", Tên_đơn_vị="Bộ Tài chính")
    fill("Đại biểu", Họ_và_tên="Nguyễn Thị Ước", Danh_xưng="bà", Chức_vụ="Vụ trưởng")
    fill(
        "Khen thưởng",
        Tình_trạng="đề nghị",
        Hình_thức="Cờ thi đua",
        Cấp_tặng="Chính phủ",
        Đơn_vị_nhận="Bộ Nội vụ",
    )
    book.save(file)

    assert main(["check", "2017"]) == 0
    assert main(["build", "2017", "minutes", "--format", "docx"]) == 0
    with zipfile.ZipFile(place / "outputs" / "2017" / "bien-ban.docx") as package:
        body = package.read("word/document.xml").decode()
    for fact in ("Bà Nguyễn Thị Ước, Vụ trưởng", "Cờ thi đua", "Bộ Nội vụ", "KHỐI THI ĐUA CÁC BỘ,"):
        assert fact in body
