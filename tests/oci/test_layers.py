"""Layers read from tars: what stands in them, and what is refused."""

from __future__ import annotations

import gzip
import io
import tarfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.image.entries import (
    Content,
    Directory,
    Entry,
    File,
    OpaqueDirectory,
    Symlink,
    Whiteout,
)
from course_lib.image.layer import Layer
from course_lib.image.oci import layer_tar
from course_lib.oci.errors import ImageReadError
from course_lib.oci.layerstream import layer_path, read_layer
from tests.oci.conftest import sample, tar

if TYPE_CHECKING:
    from collections.abc import Callable


def read(data: bytes) -> Layer:
    return read_layer(io.BytesIO(data)).layer


def shape(entry: Entry) -> str:
    return "file" if isinstance(entry, File) else type(entry).__name__.lower()


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a/", "a/f"], {"/a": "directory", "/a/f": "file"}),
        (["./", "./f"], {"/": "directory", "/f": "file"}),
        (["/abs"], {"/abs": "file"}),
        (["a//b/../c"], {"/a/c": "file"}),
        ([".wh.x"], {"/x": "whiteout"}),
        (["a/.wh.x"], {"/a/x": "whiteout"}),
        (["a/", "a/.wh..wh..opq"], {"/a": "opaquedirectory"}),
        (["a/.wh..wh..opq", "a/f"], {"/a": "opaquedirectory", "/a/f": "file"}),
        ([".wh..wh..opq"], {"/": "opaquedirectory"}),
        (["f", ".wh.f"], {"/f": "file"}),
        (["d/", ".wh.d"], {"/d": "opaquedirectory"}),
        ([".wh..wh.plnk/", "f"], {"/f": "file"}),
        ([".wh.d", "d/f"], {"/d": "whiteout", "/d/f": "file"}),
        ([".whatever"], {"/.whatever": "file"}),
    ],
    ids=str,
)
def test_names_in_the_tar_say_what_a_layer_does(names: list[str], found: dict[str, str]) -> None:
    layer = read(tar(*names))
    assert {path: shape(entry) for path, entry in layer.entries.items()} == found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (tar("../f"), "leads out of the layer"),
        (tar("a/../../f"), "leads out of the layer"),
        (tar(".wh."), "invalid whiteout"),
        (tar("a/.wh."), "invalid whiteout"),
        (tar(".wh..."), "invalid whiteout"),
        (tar(".wh..", ".wh.../"), "invalid whiteout"),
        (tar("f", "f/x"), "lies below the file"),
        (tar("l/x", links={"l": "/etc"}), "lies below the file or link"),
        (tar("f", "f/.wh..wh..opq"), "a file stands there"),
        (tar(hard={"h": "nope"}), "is not before it"),
        (tar(hard={"h": "../../etc/passwd"}), "leads out of the layer"),
        (tar("f")[:700], "ends too soon"),
        (tar("f")[:512], "ends too soon"),
        (b"no tar at all" * 100, "checksum|no number"),
        (gzip.compress(tar("f"))[:-20], "compressed|ends too soon"),
        (b"\x1f\x8b nonsense", "compressed"),
        (b"\x28\xb5\x2f\xfd" + bytes(600), "zstd"),
        (b"BZh91AY" + bytes(600), "bzip2"),
    ],
    ids=range(18),
)
def test_a_layer_that_is_wrong_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ImageReadError, match=words):
        read(data)


def header(**fields: object) -> bytes:
    info = tarfile.TarInfo("f")
    for name, value in fields.items():
        setattr(info, name, value)
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize(
    "data",
    [
        header(size=1 << 62) + bytes(2048),
        header(size=5, type=b"x") + b"99999" + bytes(507),
        header(size=1 << 40, type=b"x") + bytes(2048),
        header(size=14, type=b"x") + b"14 size=-1000\n" + bytes(498) + header(),
        header(size=30, type=b"x") + b"30 size=1e9999999999999999999\n" + bytes(482) + header(),
        header(size=24, type=b"x") + b"24 GNU.sparse.major=1000" + bytes(488) + header(),
        header(uid=-5),
        header(size=11, type=b"x") + b"11 path=ab\n" + bytes(501),
        header(type=b"S"),
    ],
    ids=range(9),
)
def test_a_header_is_not_believed(data: bytes) -> None:
    with pytest.raises(ImageReadError):
        read(data)


def test_hard_links_become_copies() -> None:
    layer = read(tar("a/f", hard={"b": "a/f", "c": "./b"}))
    assert layer.entries["/a/f"] == layer.entries["/b"] == layer.entries["/c"]


def test_devices_and_pipes_are_left_out_and_named() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"dev/{kind.decode()}")
            info.type = kind
            archive.addfile(info)
    buffer.seek(0)
    found = read_layer(buffer)
    assert not found.layer.entries
    assert [note.en for note in found.left_out] == [
        "dev/3 is a device or a pipe: left out",
        "dev/6 is a device or a pipe: left out",
    ]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_each_form_of_tar_gives_the_same_layer(form: int) -> None:
    buffer = io.BytesIO()
    name = "/".join(["d" * 40] * 3)
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        info = tarfile.TarInfo(name)
        info.mode, info.uid, info.mtime = 0o4711, 70_000, 1_700_000_000
        info.size, info.pax_headers = 3, {"SCHILY.xattr.user.x": "y"}
        archive.addfile(info, io.BytesIO(b"abc"))
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "t" * 100
        archive.addfile(info)
    assert read(buffer.getvalue()).entries == {
        f"/{name}": File(Content.of("abc"), 0o4711, 70_000, 0, 1_700_000_000),
        "/link": Symlink("t" * 100),
    }


@pytest.mark.parametrize("squeeze", [lambda data: data, gzip.compress], ids=["plain", "gzip"])
def test_what_is_written_is_read_again(squeeze: Callable[[bytes], bytes]) -> None:
    for layer in sample().layers:
        found = read_layer(io.BytesIO(squeeze(b"".join(layer_tar(layer)))))
        assert found.layer == layer
        assert found.diff_id == layer.diff_id


NAMES = st.sampled_from(["a", "b", ".wh", "名 é\n", "x" * 120, "\udcff"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))
NUMBERS = st.integers(0, 1 << 40)
ENTRIES = st.one_of(
    st.builds(
        File,
        st.binary(max_size=1500).map(Content.of),
        st.integers(0, 0o7777),
        NUMBERS,
        NUMBERS,
        st.integers(-(1 << 40), 1 << 40),
    ),
    st.builds(Symlink, PATHS, NUMBERS, NUMBERS, NUMBERS),
    st.builds(Directory, st.integers(0, 0o7777), NUMBERS, NUMBERS, NUMBERS),
    st.builds(OpaqueDirectory, st.integers(0, 0o7777), NUMBERS, NUMBERS, NUMBERS),
    st.just(Whiteout()),
)


@given(st.dictionaries(PATHS, ENTRIES, max_size=8))
def test_any_layer_survives_its_tar(entries: dict[str, Entry]) -> None:
    sound = {
        path: entry
        for path, entry in entries.items()
        if not any(
            path.startswith(f"{other}/") and isinstance(entries[other], File | Symlink)
            for other in entries
        )
    }
    layer = Layer(sound)
    assert read(b"".join(layer_tar(layer))) == layer


@given(st.data())
def test_a_damaged_layer_is_read_or_refused_in_documented_words(data: st.DataObject) -> None:
    raw = bytearray(b"".join(layer_tar(sample().layers[1])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(raw)))
    squeezed = data.draw(st.booleans())
    found = gzip.compress(bytes(raw))[:end] if squeezed else bytes(raw[:end])
    with suppress(ImageReadError):
        assert all(path.startswith("/") for path in read(found).entries)


@pytest.mark.parametrize(
    ("name", "path"), [("a/b/", "/a/b"), ("./", "/"), ("/a", "/a"), ("a/./b", "/a/b"), ("", "/")]
)
def test_a_name_in_a_tar_is_a_path_in_the_image(name: str, path: str) -> None:
    assert layer_path(name) == path
