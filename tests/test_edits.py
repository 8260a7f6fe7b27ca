"""What somebody edited stays, the manifest tells what was made from what, and whether it still holds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.manifest import hash_of

ROOT = Path(__file__).resolve().parents[1]
MINIMAL = "event: {kind: tong_ket, year: 2016}\nblock: {name: Khối thi đua số 1}\n"
BUILD = ["build", "2016", "minutes", "--format", "docx"]
CHECK = [*BUILD, "--check"]
EDITED = b"edited in Word"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Minutes of 2016, just built."""
    monkeypatch.chdir(tmp_path)
    write_facts(tmp_path, MINIMAL)
    assert main(BUILD) == 0
    return tmp_path


def write_facts(place: Path, text: str) -> None:
    folder = place / "inputs" / "2016"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "conference.yaml").write_text(text, encoding="utf-8")


def outputs(place: Path) -> Path:
    return place / "outputs" / "2016"


def names(place: Path) -> list[str]:
    return sorted(file.name for file in outputs(place).iterdir())


def manifest(place: Path) -> dict:
    return json.loads((outputs(place) / "manifest.json").read_text(encoding="utf-8"))


def edit(place: Path, name: str = "bien-ban.docx", content: bytes = EDITED) -> None:
    (outputs(place) / name).write_bytes(content)


# --- edited files ---------------------------------------------------------------------------------------


def test_an_edited_file_stays_and_the_new_one_is_written_beside_it(place, capsys):
    made = (outputs(place) / "bien-ban.docx").read_bytes()
    edit(place)
    capsys.readouterr()

    assert main(BUILD) == 0

    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == (
        "Giữ nguyên outputs/2016/bien-ban.docx vì tệp đã được sửa sau khi soạn; bản mới soạn ghi ở "
        "outputs/2016/bien-ban.moi.docx. Muốn thay hẳn thì chạy lại với --force."
    )
    assert "  outputs/2016/bien-ban.moi.docx" in said.out.splitlines()
    assert (outputs(place) / "bien-ban.docx").read_bytes() == EDITED
    assert (outputs(place) / "bien-ban.moi.docx").read_bytes() == made
    assert manifest(place)["kept"] == {"bien-ban.docx": "bien-ban.moi.docx"}
    assert list(manifest(place)["outputs"]) == ["bien-ban.moi.docx"]


def test_building_again_and_again_keeps_one_new_file(place):
    edit(place)
    for number in range(3):
        write_facts(place, MINIMAL.replace("số 1", f"số {number}"))
        assert main(BUILD) == 0
    assert names(place) == ["bien-ban.docx", "bien-ban.moi.docx", "manifest.json"]
    assert (outputs(place) / "bien-ban.docx").read_bytes() == EDITED


def test_the_new_file_may_be_edited_too(place):
    edit(place)
    assert main(BUILD) == 0
    edit(place, "bien-ban.moi.docx", b"edited as well")
    assert main(BUILD) == 0
    assert names(place) == ["bien-ban.docx", "bien-ban.moi-2.docx", "bien-ban.moi.docx", "manifest.json"]
    assert (outputs(place) / "bien-ban.moi.docx").read_bytes() == b"edited as well"


def test_with_force_it_is_replaced_and_a_copy_kept(place, capsys):
    made = (outputs(place) / "bien-ban.docx").read_bytes()
    for number, kept in enumerate(("bien-ban.sua-tay.docx", "bien-ban.sua-tay-2.docx")):
        edit(place, content=b"edit %d" % number)
        capsys.readouterr()
        assert main([*BUILD, "--force"]) == 0
        told = capsys.readouterr().err.splitlines()[-1]
        assert told == f"Đã thay outputs/2016/bien-ban.docx; bản sửa tay được giữ ở outputs/2016/{kept}."
        assert (outputs(place) / kept).read_bytes() == b"edit %d" % number
        assert (outputs(place) / "bien-ban.docx").read_bytes() == made
    assert manifest(place)["kept"] == {}


def test_once_the_edited_file_is_gone_so_is_the_one_beside_it(place):
    edit(place)
    assert main(BUILD) == 0
    (outputs(place) / "bien-ban.docx").rename(place / "elsewhere.docx")
    assert main(BUILD) == 0
    assert names(place) == ["bien-ban.docx", "manifest.json"]


def test_a_file_that_somebody_put_there_is_not_ours(place):
    """There was no minutes.pdf when the manifest was written: this one came from elsewhere."""
    edit(place, "bien-ban.pdf", b"a scan with a stamp")
    assert main([*BUILD[:3], "--format", "docx,pdf"]) == 0
    assert (outputs(place) / "bien-ban.pdf").read_bytes() == b"a scan with a stamp"
    assert "bien-ban.moi.pdf" in names(place)


def test_a_copy_of_what_would_be_written_is_no_edit(place):
    (outputs(place) / "manifest.json").unlink()
    assert main(BUILD) == 0
    assert names(place) == ["bien-ban.docx", "manifest.json"]


def test_a_folder_without_its_manifest_loses_nothing(place):
    edit(place)
    (outputs(place) / "manifest.json").unlink()
    assert main(BUILD) == 0
    assert (outputs(place) / "bien-ban.docx").read_bytes() == EDITED


def test_a_damaged_manifest_is_told_and_nothing_is_written(place, capsys):
    for text in ("{", "[]", '{"outputs": []}', '{"outputs": {"a": 1}}', '{"kept": 1}', "[" * 100_000):
        (outputs(place) / "manifest.json").write_text(text, encoding="utf-8")
        before = (outputs(place) / "bien-ban.docx").stat().st_mtime_ns
        assert main(BUILD) == 7
        assert "manifest.json" in capsys.readouterr().err.splitlines()[-1]
        assert (outputs(place) / "bien-ban.docx").stat().st_mtime_ns == before


# --- files to be signed ---------------------------------------------------------------------------------

PLEDGE = ["build", "2016", "pledge", "--format", "pdf"]


def test_force_does_not_touch_a_file_that_carries_signatures(place, capsys):
    assert main(PLEDGE) == 0
    made = (outputs(place) / "giao-uoc.pdf").read_bytes()
    signed = made + b"\n/ByteRange [0 1 2 3]\n"
    edit(place, "giao-uoc.pdf", signed)

    assert main([*PLEDGE, "--force"]) == 0
    assert (outputs(place) / "giao-uoc.pdf").read_bytes() == signed
    assert main([*PLEDGE, "--check"]) == 0
    assert not [name for name in names(place) if "sua-tay" in name or "moi" in name]

    write_facts(place, MINIMAL.replace("số 1", "số 2"))
    before = {file.name: file.read_bytes() for file in outputs(place).iterdir()}
    capsys.readouterr()
    assert main([*PLEDGE, "--force"]) == 7
    assert "giao-uoc.pdf" in capsys.readouterr().err.splitlines()[-1]
    assert {file.name: file.read_bytes() for file in outputs(place).iterdir()} == before


def test_an_edited_file_to_be_signed_stays_and_the_new_one_can_be_signed(place):
    assert main(PLEDGE) == 0
    edit(place, "giao-uoc.pdf")
    assert main(PLEDGE) == 0
    assert (outputs(place) / "giao-uoc.pdf").read_bytes() == EDITED
    new = (outputs(place) / "giao-uoc.moi.pdf").read_bytes()
    assert manifest(place)["to_sign"]["giao-uoc.moi.pdf"]["base_sha256"] == hash_of(new)


# --- is it up to date? ----------------------------------------------------------------------------------


def test_fresh_outputs_are_fresh(place, capsys):
    capsys.readouterr()
    assert main(CHECK) == 0
    said = capsys.readouterr()
    assert said.out == "Kết quả trong outputs/2016 khớp với dữ liệu, mẫu và chương trình hiện có.\n"
    assert said.err == ""


def test_changed_facts_make_them_stale_and_are_named(place, capsys):
    write_facts(place, MINIMAL + "# a note\n")
    capsys.readouterr()
    assert main(CHECK) == 11
    said = capsys.readouterr()
    assert said.out == "outputs/2016/bien-ban.docx: được soạn trước khi có thay đổi ở conference.yaml.\n"
    assert said.err.startswith("Kết quả trong outputs/2016 không còn khớp")
    assert main(BUILD) == 0
    assert main(CHECK) == 0


def test_new_photos_new_tables_and_templates_make_them_stale(place):
    templates = place / "templates"
    shutil.copytree(ROOT / "templates", templates)
    assert main([*CHECK, "--templates", str(templates)]) == 0
    (templates / "style" / "tt01-2011.yaml").write_bytes(
        (templates / "style" / "tt01-2011.yaml").read_bytes() + b"# x\n"
    )
    assert main([*CHECK, "--templates", str(templates)]) == 11
    for name in ("members.csv", "photos/a.jpg"):
        file = place / "inputs" / "2016" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
        assert main(CHECK) in (3, 11)
        file.unlink()
        assert main(CHECK) == 0


def test_what_nobody_made_yet_is_told(place, capsys):
    assert main(["build", "2016", "minutes", "--check"]) == 11
    assert "outputs/2016/bien-ban.pdf: chưa được soạn." in capsys.readouterr().out
    shutil.rmtree(place / "outputs")
    assert main(CHECK) == 11
    assert not (place / "outputs").exists()


def test_what_is_missing_or_edited_is_told(place, capsys):
    edit(place)
    assert main(CHECK) == 11
    assert "outputs/2016/bien-ban.docx: đã bị sửa sau khi soạn." in capsys.readouterr().out
    (outputs(place) / "bien-ban.docx").unlink()
    assert main(CHECK) == 11
    assert "không còn trong thư mục kết quả" in capsys.readouterr().out


def test_an_edited_file_with_the_new_one_beside_it_is_up_to_date(place):
    edit(place)
    assert main(BUILD) == 0
    assert main(CHECK) == 0


def test_a_document_made_before_others_is_told(place, capsys):
    write_facts(place, MINIMAL + "# a note\n")
    assert main(["build", "2016", "pledge", "--format", "docx"]) == 0
    capsys.readouterr()
    assert main(["build", "2016", "--check", "--format", "docx"]) == 11
    assert (
        "bien-ban.docx: được soạn từ dữ liệu, mẫu hoặc phiên bản chương trình trước đây."
        in capsys.readouterr().out
    )


def test_facts_with_errors_are_told_and_data_is_given_when_asked_for(place, capsys):
    capsys.readouterr()
    assert main([*CHECK, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"stale": []}
    write_facts(place, MINIMAL + "zzz: 1\n")
    assert main(CHECK) == 3
    write_facts(place, MINIMAL + "# x\n")
    capsys.readouterr()
    assert main([*CHECK, "--json"]) == 11
    assert json.loads(capsys.readouterr().out)["stale"] == [
        {"file": "outputs/2016/bien-ban.docx", "why": "stale-sources", "names": ["conference.yaml"]}
    ]


def test_the_check_loads_no_writer(place):
    script = (
        "import sys; from generator.cli import main; assert main(sys.argv[1:]) == 0; "
        "print([name for name in sys.modules if name in ('docx', 'weasyprint', 'pyhanko') or name.startswith('generator.writers')])"
    )
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script, *CHECK], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


# --- what the manifest says -----------------------------------------------------------------------------


def test_the_manifest_tells_what_was_made_from_what(place):
    facts = MINIMAL + "attendance: {invited: 10, present: 12}\n"
    write_facts(place, facts)
    assert main(BUILD) == 0
    data = manifest(place)

    made_from, file = data["made_from"], (outputs(place) / "bien-ban.docx").read_bytes()
    assert made_from["inputs"] == {"conference.yaml": hash_of(facts.encode())}
    assert made_from["templates"]["minutes/document.xml.j2"] == hash_of(
        (ROOT / "templates/minutes/document.xml.j2").read_bytes()
    )
    assert "style/tt01-2011.yaml" in made_from["templates"]
    fonts = ROOT / "generator" / "fonts"
    assert made_from["fonts"] == {file.name: hash_of(file.read_bytes()) for file in fonts.glob("*.ttf")}
    assert {"hoinghi", "python", "weasyprint", "python-docx", "jinja2", "lxml"} <= set(made_from["versions"])
    assert data["outputs"]["bien-ban.docx"] == {
        "bytes": len(file),
        "kind": "minutes",
        "made_from": made_from["digest"],
        "sha256": hash_of(file),
    }
    assert [(one["code"], one["severity"], one["line"]) for one in data["accepted_findings"]]
    assert (outputs(place) / "manifest.json").read_text(encoding="utf-8") == json.dumps(
        data, ensure_ascii=False, indent=2, sort_keys=True
    ) + "\n"


def test_the_manifest_names_nobody(place):
    shutil.rmtree(place / "inputs" / "2016")
    shutil.copytree(ROOT / "inputs" / "mau", place / "inputs" / "2016")
    assert main(["build", "2016", "minutes", "news", "--format", "docx,html"]) == 0
    text = (outputs(place) / "manifest.json").read_text(encoding="utf-8")
    from generator.checking import check_facts
    from generator.inspector import list_names

    people = list_names(check_facts(place / "inputs" / "2016").conference)
    assert len(people) > 10
    assert [name for name in people if name in text] == []
    assert str(place) not in text
