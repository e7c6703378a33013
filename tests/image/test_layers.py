"""Layers, whiteouts, the merged view, and a layer's bytes."""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from course_lib.image.entries import (
    Content,
    Directory,
    Entry,
    File,
    OpaqueDirectory,
    Symlink,
    Whiteout,
)
from course_lib.image.errors import LinkLoopError, NotADirectoryFoundError, NotFoundError
from course_lib.image.layer import Layer
from course_lib.image.oci import content_digest, layer_tar
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from pathlib import Path

HELLO = File(Content.of("hello\n"), mtime=7)
OTHER = File(Content.of("other"), 0o600, 5, 6, 8)
BASE = Layer(
    {
        "/d": Directory(0o750, 1, 2, 3),
        "/d/a": HELLO,
        "/d/sub/deep": HELLO,
        "/f": HELLO,
        "/l": Symlink("d/a"),
    }
)


def tar_of(layer: Layer) -> bytes:
    return b"".join(layer_tar(layer))


def paths(*layers: Layer) -> set[str]:
    return {path for path, _ in Tree.of(layers).walk() if path != "/"}


@pytest.mark.parametrize(
    ("entries", "left"),
    [
        ({"/d": Whiteout()}, {"/f", "/l"}),
        ({"/d/a": Whiteout()}, {"/d", "/d/sub", "/d/sub/deep", "/f", "/l"}),
        ({"/nope": Whiteout()}, {"/d", "/d/a", "/d/sub", "/d/sub/deep", "/f", "/l"}),
        ({"/d/nope/x": Whiteout()}, {"/d", "/d/a", "/d/sub", "/d/sub/deep", "/f", "/l"}),
        ({"/d": OpaqueDirectory()}, {"/d", "/f", "/l"}),
        (
            {"/d": OpaqueDirectory(), "/d/sub/new": HELLO},
            {"/d", "/d/sub", "/d/sub/new", "/f", "/l"},
        ),
        ({"/d": HELLO}, {"/d", "/f", "/l"}),
        ({"/f/x": HELLO}, {"/d", "/d/a", "/d/sub", "/d/sub/deep", "/f", "/f/x", "/l"}),
        ({"/d": Whiteout(), "/d/new": HELLO}, {"/d", "/d/new", "/f", "/l"}),
        ({"/": OpaqueDirectory(), "/only": HELLO}, {"/only"}),
    ],
    ids=lambda paths: " ".join(sorted(paths)),
)
def test_a_layer_over_others_shows_and_hides(entries: dict[str, Entry], left: set[str]) -> None:
    assert paths(BASE, Layer(entries)) == left


def test_a_directory_over_a_directory_changes_its_attributes_only() -> None:
    tree = Tree.of([BASE, Layer({"/d": Directory(0o700, 9, 9, 9)})])
    assert tree.get("/d") == Directory(0o700, 9, 9, 9)
    assert tree.children("/d") == ("a", "sub")


def test_a_directory_that_a_lower_layer_made_keeps_its_attributes() -> None:
    tree = Tree.of([BASE, Layer({"/d/new": HELLO})])
    assert tree.get("/d") == Directory(0o750, 1, 2, 3)
    assert tree.get("/d/sub") == Directory()


def test_a_view_is_not_changed_by_what_is_laid_over_it() -> None:
    below = Tree.of([BASE])
    above = Layer({"/d": Whiteout(), "/f": OTHER}).apply(below)
    assert below == Tree.of([BASE])
    assert above != below
    assert below.get("/f") == HELLO


@pytest.mark.parametrize(
    ("path", "real"),
    [("/l", "/d/a"), ("/d/../l", "/d/a"), ("//d/./sub", "/d/sub"), ("/", "/"), ("/..", "/")],
)
def test_links_and_dots_lead_to_the_real_path(path: str, real: str) -> None:
    assert Tree.of([BASE]).resolve(path) == real


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/nope", NotFoundError),
        ("/f/x", NotADirectoryFoundError),
        ("/l/x", NotADirectoryFoundError),
        ("/round", LinkLoopError),
    ],
)
def test_what_leads_nowhere_is_linux_own_error(path: str, error: type[OSError]) -> None:
    tree = Tree.of([BASE, Layer({"/round": Symlink("round")})])
    with pytest.raises(error):
        tree.resolve(path)


def test_the_tar_holds_each_entry_with_its_attributes() -> None:
    layer = Layer({**BASE.entries, "/gone": Whiteout(), "/d/hidden": OpaqueDirectory()})
    with tarfile.open(fileobj=io.BytesIO(tar_of(layer))) as tar:
        members = {m.name: m for m in tar}
        deep = tar.extractfile("d/sub/deep")
        assert deep is not None
        assert deep.read() == b"hello\n"
    assert set(members) == {
        *("d", "d/a", "d/sub/deep", "d/hidden", "d/hidden/.wh..wh..opq", "f", "l", ".wh.gone")
    }
    folder = members["d"]
    assert (folder.isdir(), folder.mode, folder.uid, folder.gid) == (True, 0o750, 1, 2)
    assert (members["l"].issym(), members["l"].linkname, folder.mtime) == (True, "d/a", 3)


def test_whiteouts_stand_before_their_siblings() -> None:
    layer = Layer({"/d": Directory(), "/d/a": HELLO, "/d/z": Whiteout(), "/aa": HELLO})
    with tarfile.open(fileobj=io.BytesIO(tar_of(layer))) as tar:
        assert tar.getnames() == ["aa", "d", "d/.wh.z", "d/a"]


def test_gnu_tar_lists_what_is_in_a_layer(tmp_path: Path) -> None:
    long = "/" + "/".join(["a-rather-long-name"] * 14)
    entries = {long: OTHER, "/é 名": HELLO, "/big": File(HELLO.content, 0o4755, 3_000_000, 1)}
    (tmp_path / "layer.tar").write_bytes(tar_of(Layer(entries)))
    done = subprocess.run(
        ["tar", "--numeric-owner", "--quoting-style=literal", "-tvf", tmp_path / "layer.tar"],
        capture_output=True,
        check=True,
        text=True,
    )
    rows = [line.split(None, 5) for line in done.stdout.splitlines()]
    assert [(row[0], row[1], row[5]) for row in rows] == [
        ("-rw-------", "5/6", long[1:]),
        ("-rwsr-xr-x", "3000000/1", "big"),
        ("-rw-r--r--", "0/0", "é 名"),
    ]


def test_the_diff_id_is_the_digest_of_the_tar() -> None:
    assert BASE.diff_id == f"sha256:{hashlib.sha256(tar_of(BASE)).hexdigest()}"


@pytest.mark.parametrize(
    "changed",
    [
        {"/f": OTHER},
        {"/f": File(HELLO.content, mtime=8)},
        {"/f": File(HELLO.content, 0o755, mtime=7)},
        {"/f": Whiteout()},
        {"/more": HELLO},
    ],
    ids=["content", "time", "mode", "deleted", "added"],
)
def test_any_change_gives_another_diff_id(changed: dict[str, Entry]) -> None:
    assert Layer({**BASE.entries, **changed}).diff_id != BASE.diff_id


def test_the_order_in_which_a_layer_was_written_down_does_not_matter() -> None:
    again = Layer({path: BASE.entries[path] for path in reversed(list(BASE.entries))})
    assert again == BASE
    assert again.diff_id == BASE.diff_id
    assert list(again.entries) == ["/d", "/d/a", "/d/sub/deep", "/f", "/l"]


def test_zeros_at_the_end_of_a_large_file_count_in_its_digest() -> None:
    size = 3 * (1 << 20) + 5
    content = Content(b"head", size)
    assert content_digest(content) == f"sha256:{hashlib.sha256(content.data).hexdigest()}"
    with tarfile.open(fileobj=io.BytesIO(tar_of(Layer({"/big": File(content)})))) as tar:
        assert tar.getmember("big").size == size


def test_what_only_has_children_is_an_implied_directory() -> None:
    assert Layer({"/a/b/c": HELLO, "/a": Directory(), "/x/y": Whiteout()}).implied == {"/a/b"}
