"""The Makefile and scripts/setup.sh run for real, in a copy of the tree where stubs record their calls."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("minutes", "pledge")
TOOLS = ("hoinghi", "pytest", "ruff", "mypy", "lint-imports", "hatchling", "python", "python3")
SETTINGS = ("YEAR", "FORMAT", "INPUTS", "OUTPUTS", "TEMPLATES")
PATHS = ("INPUTS", "OUTPUTS", "TEMPLATES")
COMMAND_LINE, ENVIRONMENT = "command line", "environment"

TOUCHING = (
    "$(shell touch pwn)",
    "${shell touch pwn}",
    "2016$(eval $(shell touch pwn))",
    "$$(touch pwn)",
    "$(touch pwn)",
    "`touch pwn`",
    "2016; touch pwn",
    "2016 && touch pwn #",
    "2016 | touch pwn",
    "2016 > pwn",
    "2016'; touch pwn; '",
    '2016"; touch pwn; "',
    "2016\"'$(shell touch pwn)`touch pwn`",
    "2016\ntouch pwn",
    "2016),$(shell touch pwn)",
    "$(error x)$(shell touch pwn",
)
"""Values that make or a shell would run, if either read them."""

CROOKED = ("../../x", "a/b", "20 16", "--help", "-x", "năm", "٢٠١٦", "2016\\", "20.16", "2016,x", "%", "*")
"""Values that run nothing, and name no folder of a year."""

RECORD = r"""#!/bin/sh
{ printf '%s\036' "${0##*/}" "$@"; printf '\035'; } >>"$CALLS"
"""


class Tree(NamedTuple):
    """A copy of the tree whose .venv holds stubs."""

    root: Path
    calls: Path

    def make(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.root}/.venv/bin:{os.environ['PATH']}"  # `make lock` finds its python3 there
        return run_make(self.root, *words, CALLS=str(self.calls), PATH=path, **environment)

    def set_and_make(self, how: str, values: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
        if how == ENVIRONMENT:
            return self.make(*words, **values)
        return self.make(*words, *(f"{name}={value}" for name, value in values.items()))

    def take_calls(self) -> list[list[str]]:
        text = self.calls.read_text(encoding="utf-8") if self.calls.exists() else ""
        self.calls.unlink(missing_ok=True)
        return [call.split("\036")[:-1] for call in text.split("\035")[:-1]]


def run_make(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make in *root*; what the make that runs these tests was told must not reach it."""
    ours = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "GNUMAKEFLAGS", "MAKEFILES", *SETTINGS}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        ["make", *words],
        cwd=root,
        env=inherited | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )


def write_script(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def copy_tree(root: Path) -> None:
    """Lay out what the Makefile looks at, in a folder whose name has spaces and Vietnamese letters."""
    folders = ("scripts", "requirements", "generator", "tests", "benchmarks")
    for name in (*folders, *(f"templates/{kind}" for kind in KINDS)):
        (root / name).mkdir(parents=True)
    for name in ("Makefile", "scripts/setup.sh", "pyproject.toml"):
        shutil.copyfile(ROOT / name, root / name)
    for name in ("run", "dev", "bench"):
        (root / f"requirements/{name}.in").touch()
        (root / f"requirements/{name}.txt").touch()
    (root / "templates/minutes/kind.yaml").write_text(
        "name: Biên bản hội nghị\nfile: bien-ban\n", encoding="utf-8"
    )
    (root / "templates/pledge/kind.yaml").touch()


def set_up(root: Path) -> None:
    """Put stubs where scripts/setup.sh would put the tools, with fresh stamps."""
    for tool in TOOLS:
        write_script(root / ".venv/bin" / tool, RECORD)
    for kind in ("run", "dev"):
        (root / f".venv/.ready-{kind}").write_text(f"{root} {root}/.venv/bin/python\n", encoding="utf-8")
    write_script(root / ".bench/bin/python", RECORD)
    (root / ".bench/.ready").write_text(f"{root} {root}/.venv/bin/python\n", encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A tree that is set up already."""
    root = tmp_path / "khối thi đua"
    copy_tree(root)
    set_up(root)
    return Tree(root, tmp_path / "calls")


def list_targets(root: Path) -> list[str]:
    """Return all targets, as make itself knows them; the one that removes .venv comes last."""
    database = run_make(root, "-pn", "help").stdout
    names = re.search(r"^\.PHONY: (.*)$", database, re.MULTILINE)
    assert names
    return sorted(set(names[1].split()) - {"FORCE"}, key=lambda name: (name == "clean", name))


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    root = tmp_path_factory.mktemp("targets") / "tree"
    copy_tree(root)
    found = list_targets(root)
    assert {"help", "all", "check", "clean", "lock", *KINDS} <= set(found)
    return found


# --- no value runs a command --------------------------------------------------------------------------


def refuse_each(tree: Tree, how: str, name: str, values: Sequence[str], targets: Sequence[str]) -> None:
    cases = [(target, value) for target in targets for value in values]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda case: tree.set_and_make(how, {name: case[1]}, case[0]), cases))
    for case, result in zip(cases, results, strict=True):
        assert (result.returncode, result.stdout) == (2, ""), case
        assert f"Biến {name} không hợp lệ: chỉ dùng" in result.stderr, case
        assert f"Ví dụ: {name}=" in result.stderr, case
    assert not list(tree.root.rglob("pwn"))
    assert tree.take_calls() == []


@pytest.mark.parametrize("how", [COMMAND_LINE, ENVIRONMENT])
def test_a_crooked_year_is_refused_by_name_for_every_target(tree: Tree, targets: list[str], how: str) -> None:
    refuse_each(tree, how, "YEAR", (*TOUCHING, *CROOKED), targets)


@pytest.mark.parametrize("how", [COMMAND_LINE, ENVIRONMENT])
def test_a_crooked_format_is_refused_by_name(tree: Tree, how: str) -> None:
    values = [value for value in (*TOUCHING, *CROOKED) if value != "2016,x"]
    refuse_each(tree, how, "FORMAT", values, ["minutes", "help", "test"])


@pytest.mark.parametrize("how", [COMMAND_LINE, ENVIRONMENT])
def test_folders_arrive_as_they_were_written_whatever_they_hold(tree: Tree, how: str) -> None:
    for value in (*TOUCHING, *CROOKED, "số liệu/năm 2016", "~/x", "a\tb"):
        result = tree.set_and_make(how, {"YEAR": "2016", **dict.fromkeys(PATHS, value)}, "minutes")
        assert result.returncode == 0, (value, result.stderr)
        assert tree.take_calls() == [
            ["hoinghi", "build", "2016", "minutes", *(f"--{name.lower()}={value}" for name in PATHS)]
        ]
    assert not list(tree.root.rglob("pwn"))


@pytest.mark.parametrize("how", [COMMAND_LINE, ENVIRONMENT])
def test_a_folder_runs_nothing_in_any_target(tree: Tree, targets: list[str], how: str) -> None:
    triples = zip(TOUCHING[0::3], TOUCHING[1::3], TOUCHING[2::3], strict=False)
    for values in [{"YEAR": "2016", **dict(zip(PATHS, triple, strict=True))} for triple in triples]:
        for target in targets:
            result = tree.set_and_make(how, values, target)
            assert result.returncode == (2 if target in ("lock", "audit") else 0), (
                target,
                values,
                result.stderr,
            )
        set_up(tree.root)
    assert not list(tree.root.rglob("pwn"))


@pytest.mark.parametrize("value", ["$(shell touch pwn)", "`touch pwn`", "./evil", "-c 'touch pwn'"])
def test_a_variable_that_the_makefile_does_not_know_runs_nothing(tree: Tree, value: str) -> None:
    write_script(tree.root / "evil", "#!/bin/sh\ntouch pwn\n")
    fixed = ("SHELL", ".SHELLFLAGS")
    for name in ("PYTHON", "bin", "plain", "kinds", "CURDIR", "MAKEFLAGS", "years", *fixed):
        result = tree.make("minutes", "YEAR=2016", f"{name}={value}")
        assert result.returncode == (0 if name in fixed else 2), name
        known = f"Không có biến “{name}”. Các biến được dùng: {' '.join(SETTINGS)}"
        assert (known in result.stderr) != (name in fixed)
    assert tree.take_calls() == [["hoinghi", "build", "2016", "minutes"]] * len(fixed)
    environment = dict.fromkeys(("PYTHON", "SHELL", "bin", "plain", "kinds", "CURDIR"), value)
    assert tree.make("minutes", YEAR="2016", **environment).returncode == 0
    assert tree.take_calls() == [["hoinghi", "build", "2016", "minutes"]]
    assert not list(tree.root.rglob("pwn"))


@pytest.mark.parametrize("value", [value for value in TOUCHING if "=" not in value])
def test_the_name_of_a_command_runs_nothing(tree: Tree, value: str) -> None:
    result = tree.make(value, "YEAR=2016")
    assert result.returncode == 2
    assert "Không có lệnh “" in result.stderr
    assert not list(tree.root.rglob("pwn"))


def test_the_name_of_a_template_folder_runs_nothing(tree: Tree, targets: list[str]) -> None:
    for name in ("a;touch pwn", "$(shell touch pwn)", "b'c", "`touch pwn`"):
        (tree.root / "templates" / name).mkdir()
        (tree.root / "templates" / name / "kind.yaml").write_text("name: x`touch pwn`$(touch pwn)\n", "utf-8")
    (tree.root / "templates/minutes/kind.yaml").write_text("name: x`touch pwn`$(touch pwn)\n", "utf-8")
    assert list_targets(tree.root) == targets
    assert tree.make("help").returncode == 0
    assert tree.make("all", "YEAR=2016").returncode == 0
    assert not list(tree.root.rglob("pwn"))


# --- what is called -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [COMMAND_LINE, ENVIRONMENT])
def test_a_kind_is_built_with_what_was_given(tree: Tree, how: str) -> None:
    given = {"YEAR": "2015-2016", "FORMAT": "docx,pdf", "OUTPUTS": "kết quả"}
    assert tree.set_and_make(how, given, "pledge").returncode == 0
    assert tree.take_calls() == [
        ["hoinghi", "build", "2015-2016", "pledge", "--format=docx,pdf", "--outputs=kết quả"]
    ]


def test_all_kinds_are_built_by_one_call(tree: Tree) -> None:
    assert tree.make("all", "YEAR=mau").returncode == 0
    assert tree.take_calls() == [["hoinghi", "build", "mau"]]


@pytest.mark.parametrize("target", ["all", *KINDS])
@pytest.mark.parametrize("words", [[], ["YEAR="]])
def test_a_missing_year_is_asked_for(tree: Tree, target: str, words: list[str]) -> None:
    result = tree.make(target, *words)
    assert result.returncode == 2
    assert f"Thiếu biến YEAR (tên thư mục trong inputs/). Ví dụ: make {target} YEAR=2016" in result.stderr
    assert tree.take_calls() == []


def test_a_kind_without_a_template_is_no_command(tree: Tree) -> None:
    result = tree.make("news", "YEAR=2016")
    assert result.returncode == 2
    assert "Không có lệnh “news”. Gõ “make help” để xem các lệnh" in result.stderr


def test_check_runs_every_check(tree: Tree) -> None:
    assert tree.make("check").returncode == 0
    assert tree.take_calls() == [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["lint-imports"],
        ["pytest", "--numprocesses", "auto", "--maxprocesses", "8", "--dist", "loadscope"],
    ]


def test_a_failed_check_fails_the_check(tree: Tree) -> None:
    write_script(tree.root / ".venv/bin/mypy", "#!/bin/sh\nexit 1\n")
    assert tree.make("check").returncode == 2


def test_accept_writes_golden_files(tree: Tree) -> None:
    assert tree.make("accept").returncode == 0
    assert tree.take_calls() == [["pytest", "--accept"]]


def test_clean_keeps_inputs_and_outputs(tree: Tree) -> None:
    kept = [tree.root / "inputs/2016/so-lieu.yaml", tree.root / "outputs/2016/bien-ban.pdf"]
    caches = [tree.root / name for name in (".ruff_cache/x", "generator/a/__pycache__/x", ".venv/bin/python")]
    for file in (*kept, *caches):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert tree.make("clean").returncode == 0
    assert all(file.exists() for file in kept)
    assert not any(file.parent.exists() for file in caches)


# --- help ---------------------------------------------------------------------------------------------


def test_help_tells_every_target_in_words(tree: Tree, targets: list[str]) -> None:
    shown = tree.make("help").stdout
    listed = dict(re.findall(r"^  ([a-z-]+) +(\S.*)$", shown, re.MULTILINE))
    assert sorted(listed) == sorted(targets)
    assert all(len(text.split()) > 2 for text in listed.values())
    assert listed["minutes"] == "Soạn văn bản: Biên bản hội nghị, cần YEAR"
    assert listed["pledge"] == "Soạn văn bản: mẫu templates/pledge, cần YEAR"
    assert set(re.findall(r"^  ([A-Z]+) ", shown, re.MULTILINE)) == set(SETTINGS)


def test_help_is_the_default_and_sets_nothing_up(tree: Tree) -> None:
    shutil.rmtree(tree.root / ".venv")
    assert tree.make().stdout == tree.make("help").stdout
    assert not (tree.root / ".venv").exists()


# --- setting up ---------------------------------------------------------------------------------------

PYTHON = r"""#!/bin/sh
# Stands in for python3 and for the python of .venv; $CONDITION says what this machine is like.
{ printf '%s\036' "${0##*/}" "$@"; printf '\035'; } >>"$CALLS"
case $* in
"-m venv "*)
    mkdir -p "$3/bin"
    cp "$0" "$3/bin/python"
    printf '#!/bin/sh\necho "pip 1.0 from %s/lib/python3.11/site-packages/pip"\n' "$PWD/$3" >"$3/bin/pip"
    chmod +x "$3/bin/pip" ;;
*"--editable"*) printf '#!/bin/sh\necho "$@"\n' >.venv/bin/hoinghi && chmod +x .venv/bin/hoinghi ;;
*" install "*)
    case $CONDITION in
    offline) echo "Temporary failure in name resolution" && exit 1 ;;
    killed) kill -9 "$PPID" ;;
    esac ;;
*"%d.%d"*) echo 3.9 ;;
*"version_info < "*) [ "$CONDITION" != old ] ;;
*ctypes*) case $CONDITION in bare) [ -e "$CALLS.apt" ] || echo pango-1.0 ;; esac ;;
*ensurepip*) case $CONDITION in bare) [ -e "$CALLS.apt" ] ;; esac ;;
*realpath*) printf '%s/.venv/bin/python\n' "$(pwd -P)" ;;
esac
"""
APT = r"""#!/bin/sh
{ printf '%s\036' "${0##*/}" "$@"; printf '\035'; } >>"$CALLS"
case $* in *" install "*) touch "$CALLS.apt" ;; esac
"""
PLAIN_TOOLS = (
    "awk cat chmod cp cut dirname env find grep head ls make mkdir mktemp mv rm sed sh sleep tail touch tr"
)


class Machine(NamedTuple):
    """A copy of the tree that was never set up, on a machine that has only what is in *programs*."""

    root: Path
    calls: Path
    programs: Path

    def make(self, *words: str, condition: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        stubs = {"CALLS": str(self.calls), "CONDITION": condition, "PATH": str(self.programs)}
        return run_make(self.root, *words, **stubs, **environment)

    def has_stamp(self, kind: str = "run") -> bool:
        return (self.root / f".venv/.ready-{kind}").exists()

    def take_calls(self) -> list[list[str]]:
        return Tree(self.root, self.calls).take_calls()

    def be_user_without_sudo(self) -> None:
        for name, script in {"id": "echo 1000", "sudo": "exit 1"}.items():
            write_script(self.programs / name, f"#!/bin/sh\n{script}\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root = tmp_path / "khối thi đua"
    copy_tree(root)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in PLAIN_TOOLS.split():
        found = shutil.which(name)
        assert found, name
        (programs / name).symlink_to(found)
    write_script(programs / "id", "#!/bin/sh\necho 0\n")
    write_script(programs / "python3", PYTHON)
    write_script(programs / "apt-get", APT)
    return Machine(root, tmp_path / "calls", programs)


def test_a_fresh_machine_is_set_up_once(machine: Machine) -> None:
    first = machine.make("minutes", "YEAR=2016", condition="bare")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "build 2016 minutes\n"
    assert first.stderr.splitlines() == [
        "Đang cài gói hệ thống: python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 …",
        "Đang tạo môi trường Python riêng trong .venv …",
        "Đang cài thư viện Python vào .venv …",
    ]
    installs = [call for call in machine.take_calls() if call[0] == "python" and "install" in call]
    assert [call[4:] for call in installs] == [
        ["install", "--require-hashes", "-r", "requirements/run.txt"],
        ["install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."],
    ]
    second = machine.make("minutes", "YEAR=2016", condition="offline")
    assert (second.returncode, second.stdout, second.stderr) == (0, "build 2016 minutes\n", "")
    assert machine.take_calls() == []


def test_the_checks_have_a_set_up_of_their_own(machine: Machine) -> None:
    assert machine.make("minutes", "YEAR=2016").returncode == 0
    assert not machine.has_stamp("dev")
    machine.take_calls()
    machine.make("test")
    assert machine.has_stamp("dev")
    installs = [call[4:] for call in machine.take_calls() if "install" in call]
    assert installs == [["install", "--require-hashes", "-r", "requirements/dev.txt"]]
    machine.make("test", condition="offline")
    assert machine.take_calls() == []


def test_what_is_only_compared_with_comes_into_an_environment_of_its_own(machine: Machine) -> None:
    assert machine.make("minutes", "YEAR=2016").returncode == 0
    assert not (machine.root / ".bench").exists()
    machine.take_calls()
    assert machine.make("bench").returncode == 0
    calls = machine.take_calls()
    assert [call[4:] for call in calls if "install" in call] == [
        ["install", "--require-hashes", "-r", "requirements/run.txt", "-r", "requirements/bench.txt"],
        ["install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."],
    ]
    assert calls[-1] == ["python", "-m", "benchmarks"]
    machine.make("bench", condition="offline")
    assert machine.take_calls() == [["python", "-m", "benchmarks"]]


MADE_FROM = ("requirements/run.txt", "pyproject.toml", "scripts/setup.sh")


@pytest.mark.parametrize("newer", MADE_FROM)
def test_a_change_of_what_it_was_made_from_sets_up_again(machine: Machine, newer: str) -> None:
    machine.make("minutes", "YEAR=2016")
    machine.take_calls()
    for age, names in {3: MADE_FROM, 2: [".venv/.ready-run"], 1: [newer]}.items():
        for name in names:
            os.utime(machine.root / name, (1e9 - age, 1e9 - age))
    again = machine.make("minutes", "YEAR=2016")
    assert again.stderr == "Đang cài thư viện Python vào .venv …\n"
    assert machine.make("minutes", "YEAR=2016").stderr == ""


def test_a_moved_checkout_recovers(machine: Machine) -> None:
    machine.make("minutes", "YEAR=2016")
    moved = machine.root.rename(machine.root.with_name("nơi khác"))
    machine = machine._replace(root=moved)
    result = machine.make("minutes", "YEAR=2016")
    assert result.stdout == "build 2016 minutes\n"
    assert "Đang tạo môi trường Python riêng trong .venv …" in result.stderr
    assert machine.make("minutes", "YEAR=2016").stderr == ""


def test_a_removed_venv_recovers(machine: Machine) -> None:
    machine.make("minutes", "YEAR=2016")
    shutil.rmtree(machine.root / ".venv")
    assert machine.make("minutes", "YEAR=2016").stdout == "build 2016 minutes\n"


def test_another_python_behind_the_link_voids_the_stamp(machine: Machine) -> None:
    machine.make("minutes", "YEAR=2016")
    python = machine.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to(machine.programs / "python3")
    machine.take_calls()
    assert machine.make("minutes", "YEAR=2016").returncode == 0
    assert [call for call in machine.take_calls() if "install" in call]


@pytest.mark.parametrize("condition", ["offline", "killed"])
def test_a_broken_set_up_leaves_no_stamp(machine: Machine, condition: str) -> None:
    result = machine.make("minutes", "YEAR=2016", condition=condition)
    assert result.returncode == 2
    assert result.stdout == ""
    assert not machine.has_stamp()
    if condition == "offline":
        assert "Temporary failure in name resolution\nKhông cài được thư viện Python" in result.stderr
    again = machine.make("minutes", "YEAR=2016")
    assert again.stdout == "build 2016 minutes\n"
    assert again.stderr.startswith("Đang tạo môi trường Python riêng trong .venv …\n")
    assert machine.has_stamp()


def test_a_broken_set_up_takes_the_old_stamp_away(machine: Machine) -> None:
    machine.make("minutes", "YEAR=2016")
    (machine.root / "pyproject.toml").touch()
    os.utime(machine.root / ".venv/.ready-run", (1, 1))
    assert machine.make("minutes", "YEAR=2016", condition="offline").returncode == 2
    assert not machine.has_stamp()


def test_a_user_who_may_not_install_is_told_what_to_install_in_one_line(machine: Machine) -> None:
    machine.be_user_without_sudo()
    result = machine.make("minutes", "YEAR=2016", condition="bare")
    assert result.returncode == 2
    told = [line for line in result.stderr.splitlines() if not line.startswith("make: ***")]
    assert len(told) == 1
    assert told[0].startswith("Máy này còn thiếu mô-đun venv của Python, thư viện để tạo PDF (pango-1.0).")
    assert told[0].endswith(
        "sudo apt-get install python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
    assert not (machine.root / ".venv").exists()


@pytest.mark.parametrize(
    ("manager", "advice"),
    [("dnf", "sudo dnf install python3 pango harfbuzz"), ("brew", "brew install python pango")],
)
def test_another_system_is_told_its_own_command(machine: Machine, manager: str, advice: str) -> None:
    (machine.programs / "apt-get").unlink()
    write_script(machine.programs / manager, "#!/bin/sh\n")
    result = machine.make("minutes", "YEAR=2016", condition="bare")
    assert result.stderr.splitlines()[0].endswith(f"Hãy cài rồi chạy lại: {advice}")


def test_an_old_python_is_refused_in_one_line(machine: Machine) -> None:
    result = machine.make("minutes", "YEAR=2016", condition="old")
    assert result.returncode == 2
    assert result.stderr.startswith("Cần Python 3.11 trở lên mà máy này chỉ có Python 3.9.")
    assert len(result.stderr.splitlines()) == 2


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    write_script(machine.programs / "python3.12", PYTHON.replace('*) [ "$CONDITION" != old ] ;;', "*) ;;"))
    result = machine.make("minutes", "YEAR=2016", condition="old")
    assert result.returncode == 0, result.stderr
    assert ["python3.12", "-m", "venv", ".venv"] in machine.take_calls()


def test_a_missing_python_is_told_in_one_line(machine: Machine) -> None:
    (machine.programs / "python3").unlink()
    result = machine.make("minutes", "YEAR=2016")
    assert result.returncode == 2
    assert result.stderr.startswith("Máy này chưa có Python 3.11 trở lên. Hãy cài rồi chạy lại: sudo apt-get")
    assert len(result.stderr.splitlines()) == 2
