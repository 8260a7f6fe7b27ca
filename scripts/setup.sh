#!/bin/sh
# Prepares .venv: `setup.sh run` brings what a build needs, `setup.sh dev` what the checks need besides. What the
# program is only compared with, `setup.sh bench` brings into .bench, an environment of its own.
#
# The Makefile calls it when a stamp is missing or older than what it was made from. The stamp goes first and comes
# back last, so an interrupted set-up is begun again; what is already in place is not installed twice.
set -eu

CDPATH='' cd -- "$(dirname -- "$0")/.."
here=$(pwd -P)
kind=${1:-run}
stamp=.venv/.ready-$kind
if [ "$kind" = bench ]; then stamp=.bench/.ready; fi
python=''

# Habits of this machine that would lead pip or Python out of .venv; where pip finds its packages is its own affair.
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# run_quietly SENTENCE COMMAND…: says nothing of a success, and of a failure the reason, then the sentence.
run_quietly() {
    sentence=$1
    shift
    "$@" >"$log" 2>&1 && return
    tail -n 25 "$log" >&2
    stop "$sentence"
}

has_package_lists() {
    set -- /var/lib/apt/lists/*_Packages*
    [ -e "$1" ]
}

# advise DEBIAN FEDORA MACOS: the command that brings these packages on this machine.
advise() {
    if has apt-get; then
        has_package_lists || printf 'sudo apt-get update && '
        printf 'sudo apt-get install %s' "$1"
    elif has dnf; then
        printf 'sudo dnf install %s' "$2"
    elif has brew; then
        printf 'brew install %s' "$3"
    else
        printf 'sudo apt-get install %s (Debian, Ubuntu), sudo dnf install %s (Fedora), brew install %s (macOS)' "$@"
    fi
}

# ---- Python ----------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$python"; then return; fi
    done
    if old=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null); then
        stop "Cần Python 3.11 trở lên mà máy này chỉ có Python $old. Hãy cài bản mới hơn rồi chạy lại:" \
            "$(advise 'python3.11 python3.11-venv' python3.12 python);" \
            "nếu máy không có gói ấy thì cần nâng cấp hệ điều hành (Debian 12, Ubuntu 24.04 trở lên)."
    fi
    stop "Máy này chưa có Python 3.11 trở lên. Hãy cài rồi chạy lại: $(advise 'python3 python3-venv' python3 python)"
}

# ---- System packages -------------------------------------------------------------------------------------

# Names each library of WeasyPrint that cannot be loaded here; an installed package would prove less.
name_missing_libraries() {
    "$python" -c '
try:
    import ctypes, ctypes.util
except ImportError:  # a Python without ctypes cannot tell: importing WeasyPrint will
    raise SystemExit
def loads(linux, mac, short):
    for name in (linux, mac):
        try:
            return ctypes.CDLL(name)
        except OSError:
            pass
    return ctypes.util.find_library(short)
for names in (
    ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "gobject-2.0"),
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "pango-1.0"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "pangoft2-1.0"),
    ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "harfbuzz"),
    ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "harfbuzz-subset"),
    ("libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig"),
):
    if not loads(*names):
        print(names[2])
'
}

can_make_venv() { "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Collects in $debian, $fedora and $macos what has to be installed, and in $lack what it is for.
find_missing_packages() {
    debian='' fedora='' macos=python lack=''
    if ! can_make_venv; then
        debian=" $python-venv" fedora=" $python" lack=', mô-đun venv của Python'
    fi
    libraries=$(name_missing_libraries | tr '\n' ' ')
    if [ -n "$libraries" ]; then
        debian="$debian libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        fedora="$fedora pango harfbuzz"
        macos='python pango' # Homebrew's own Python looks where Homebrew puts libraries
        lack="$lack, thư viện để tạo PDF (${libraries% })"
    fi
    debian=${debian# } fedora=${fedora# } lack=${lack#, }
}

can_be_root() { [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"; }

# Fetches the lists of packages only if there are none or the packages are not where the lists say.
apt_install() {
    if has_package_lists && apt_get install -y --no-install-recommends "$@"; then return; fi
    apt_get update || true # one dead source is no reason to stop: the install will tell
    apt_get install -y --no-install-recommends "$@"
}

ensure_packages() {
    find_missing_packages
    if [ -z "$lack" ]; then return; fi
    need="Máy này còn thiếu $lack. Hãy cài rồi chạy lại: $(advise "$debian" "$fedora" "$macos")"
    if ! { has apt-get && can_be_root; }; then stop "$need"; fi
    say "Đang cài gói hệ thống: $debian …"
    # shellcheck disable=SC2086 # a list of words
    run_quietly "$need" apt_install $debian
    find_missing_packages
    if [ -n "$lack" ]; then stop "Đã cài $debian nhưng máy này vẫn thiếu $lack."; fi
}

# ---- .venv -----------------------------------------------------------------------------------------------

# A .venv that was moved, half made or left behind by another Python has no pip of this very folder; one that pip was
# filling when it was cut short may hold half a package that pip takes for a whole one.
is_sound() {
    [ ! -e .venv/.unfinished ] && is_new_enough .venv/bin/python &&
        .venv/bin/pip --version 2>/dev/null | grep -F -q -- " from $here/.venv/lib"
}

ensure_venv() {
    if is_sound; then return; fi
    say "Đang tạo môi trường Python riêng trong .venv …"
    rm -rf .venv
    run_quietly "Không tạo được .venv: lý do ở ngay trên đây." "$python" -m venv .venv
}

pip_install() { .venv/bin/python -m pip --quiet install "$@"; }

# install_locked LIST: the packages of a locked list, each with its hash.
install_locked() {
    run_quietly "Không cài được thư viện Python (lý do ở ngay trên đây). Hãy kiểm tra mạng rồi chạy lại." \
        pip_install --require-hashes -r "requirements/$1.txt"
}

install_for_run() {
    find_python
    ensure_packages
    ensure_venv
    touch .venv/.unfinished
    say "Đang cài thư viện Python vào .venv …"
    install_locked run
    run_quietly "Không cài được lệnh hoinghi vào .venv: lý do ở ngay trên đây." \
        pip_install --no-deps --no-build-isolation --no-index --editable .
    run_quietly "Thư viện tạo PDF (WeasyPrint) không chạy được trên máy này: lý do ở ngay trên đây." \
        .venv/bin/python -c 'import weasyprint'
    rm .venv/.unfinished
}

install_for_dev() {
    say "Đang cài công cụ kiểm thử vào .venv …"
    install_locked dev
}

bench_install() {
    run_quietly "Không cài được công cụ để so sánh (lý do ở ngay trên đây). Hãy kiểm tra mạng rồi chạy lại." \
        .bench/bin/python -m pip --quiet install "$@"
}

install_for_bench() {
    say "Đang cài các công cụ để so sánh vào .bench …"
    rm -rf .bench
    run_quietly "Không tạo được .bench: lý do ở ngay trên đây." .venv/bin/python -m venv .bench
    bench_install --require-hashes -r requirements/run.txt -r requirements/bench.txt
    bench_install --no-deps --no-build-isolation --no-index --editable .
}

# The folder and the Python, as make sees them: see the stamps in the Makefile.
write_stamp() {
    real=$(.venv/bin/python -c 'import os, sys; print(os.path.realpath(sys.executable))')
    printf '%s %s\n' "$here" "$real" >"$stamp.new"
    mv "$stamp.new" "$stamp"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' HUP INT TERM

rm -f "$stamp"
case $kind in
run) install_for_run ;;
dev) install_for_dev ;;
bench) install_for_bench ;;
*) stop "Cách dùng: sh scripts/setup.sh run|dev|bench" ;;
esac
write_stamp
