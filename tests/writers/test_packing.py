from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as some

from generator.writers.packing import deflate, pack

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES = some.text("abcdefgh/_.[]", min_size=1, max_size=40)


def pack_by_zipfile(contents: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, contents[name])
    return packed.getvalue()


@given(
    some.dictionaries(
        NAMES.filter(lambda name: not name.endswith("/")), some.binary(max_size=3000), max_size=6
    )
)
def test_packages_are_what_the_standard_library_writes(contents: dict[str, bytes]) -> None:
    assert pack(deflate(name, content) for name, content in contents.items()) == pack_by_zipfile(contents)


def test_a_package_of_megabytes_is_read_back() -> None:
    contents = {f"part{n}.xml": bytes(range(256)) * 9000 for n in range(3)}
    with zipfile.ZipFile(io.BytesIO(pack(deflate(*item) for item in contents.items()))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents
