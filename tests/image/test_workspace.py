"""A workspace: what may be done to files, and the layer and the `docker diff` that come of it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.image.entries import Content, Directory, File, Symlink, Whiteout
from course_lib.image.errors import (
    AlreadyThereError,
    BusyError,
    DirectoryFoundError,
    IntoItselfError,
    NotADirectoryFoundError,
    NotEmptyError,
    NotFoundError,
    OtherFileSystemError,
    ReadOnlyError,
)
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = 1000
HELLO = File(Content.of("hello"), mtime=1)
OTHER = File(Content.of("other"), mtime=1)
BASE = Tree.of(
    [
        Layer(
            {
                "/d": Directory(mtime=1),
                "/d/a": HELLO,
                "/d/e": Directory(mtime=1),
                "/f": HELLO,
                "/l": Symlink("d", mtime=1),
                "/full/x": HELLO,
                "/full/sub/y": HELLO,
                "/keep": Directory(mtime=1),
                "/keep/k": HELLO,
            }
        )
    ]
)


def workspace() -> Workspace:
    return Workspace(BASE, now=lambda: NOW)


def lines(space: Workspace) -> list[str]:
    return [str(change) for change in space.diff()]


def timeless(tree: Tree) -> dict[str, object]:
    """All files; of the folders their modes and owners: a folder's new time alone makes no layer."""
    return {
        path: (node.mode, node.uid, node.gid) if isinstance(node, Directory) else node
        for path, node in tree.walk()
    }


def then(*steps: Callable[[Workspace], None]) -> Callable[[Workspace], None]:
    def do(space: Workspace) -> None:
        for step in steps:
            step(space)

    return do


Change = tuple[str, "Callable[[Workspace], None]", "dict[str, object]", list[str]]
TOUCHED = Directory(mtime=NOW)
CHANGES: list[Change] = [
    ("nothing", then(), {}, []),
    (
        "a new file",
        lambda w: w.put("/d/n", OTHER),
        {"/d": TOUCHED, "/d/n": OTHER},
        ["C /d", "A /d/n"],
    ),
    ("new at the root", lambda w: w.put("/n", OTHER), {"/n": OTHER}, ["A /n"]),
    (
        "new content comes with the folders on the way",
        lambda w: w.put("/d/a", OTHER),
        {"/d": Directory(mtime=1), "/d/a": OTHER},
        ["C /d", "C /d/a"],
    ),
    (
        "the same again is written all the same",
        lambda w: w.put("/d/a", HELLO),
        {"/d": Directory(mtime=1), "/d/a": HELLO},
        ["C /d", "C /d/a"],
    ),
    (
        "chmod",
        lambda w: w.chmod("/f", 0o755),
        {"/f": File(HELLO.content, 0o755, mtime=1)},
        ["C /f"],
    ),
    ("chown", lambda w: w.chown("/d", 5, 6), {"/d": Directory(uid=5, gid=6, mtime=1)}, ["C /d"]),
    ("a file's time", lambda w: w.utime("/f", 9), {"/f": File(HELLO.content, mtime=9)}, ["C /f"]),
    ("a folder's time alone is no change", lambda w: w.utime("/d", 9), {}, []),
    ("chmod of a link", lambda w: w.chmod("/l", 0o600), {}, []),
    ("a deletion", lambda w: w.remove("/f"), {"/f": Whiteout()}, ["D /f"]),
    (
        "a deleted tree is one whiteout",
        lambda w: w.remove_tree("/full"),
        {"/full": Whiteout()},
        ["D /full"],
    ),
    (
        "a deletion inside",
        lambda w: w.remove("/d/a"),
        {"/d": TOUCHED, "/d/a": Whiteout()},
        ["C /d", "D /d/a"],
    ),
    (
        "made and removed again",
        then(lambda w: w.put("/n", OTHER), lambda w: w.remove("/n")),
        {},
        [],
    ),
    (
        "a folder in place of itself",
        then(lambda w: w.remove_tree("/keep"), lambda w: w.mkdir("/keep")),
        {"/keep": TOUCHED, "/keep/k": Whiteout()},
        ["C /keep", "D /keep/k"],
    ),
    (
        "a file in place of a folder",
        then(lambda w: w.remove_tree("/full"), lambda w: w.put("/full", OTHER)),
        {"/full": OTHER},
        ["C /full"],
    ),
    (
        "a folder in place of a file",
        then(lambda w: w.remove("/f"), lambda w: w.mkdir("/f"), lambda w: w.put("/f/n", OTHER)),
        {"/f": TOUCHED, "/f/n": OTHER},
        ["C /f", "A /f/n"],
    ),
    (
        "a renamed folder is copied whole",
        lambda w: w.rename("/keep", "/kept"),
        {"/keep": Whiteout(), "/kept": Directory(mtime=1), "/kept/k": HELLO},
        ["D /keep", "A /kept", "A /kept/k"],
    ),
    (
        "a new link and what it led to",
        then(lambda w: w.remove("/l"), lambda w: w.put("/l", Symlink("f", mtime=2))),
        {"/l": Symlink("f", mtime=2)},
        ["C /l"],
    ),
]


@pytest.mark.parametrize(
    ("do", "entries", "diff"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES]
)
def test_a_change_is_in_the_layer_and_in_the_diff(
    do: Callable[[Workspace], None], entries: dict[str, object], diff: list[str]
) -> None:
    space = workspace()
    do(space)
    assert dict(space.changes().entries) == entries
    assert lines(space) == diff
    assert timeless(space.changes().apply(BASE)) == timeless(space.tree())


REFUSED: list[tuple[Callable[[Workspace], object], type[OSError]]] = [
    (lambda w: w.put("/nope/x", HELLO), NotFoundError),
    (lambda w: w.put("/f/x", HELLO), NotADirectoryFoundError),
    (lambda w: w.put("/", HELLO), DirectoryFoundError),
    (lambda w: w.mkdir("/d"), AlreadyThereError),
    (lambda w: w.mkdir("/nope/x"), NotFoundError),
    (lambda w: w.mkdir("/f/x/y", parents=True), NotADirectoryFoundError),
    (lambda w: w.remove("/nope"), NotFoundError),
    (lambda w: w.remove("/full"), NotEmptyError),
    (lambda w: w.remove("/"), NotEmptyError),
    (lambda w: w.remove_tree("/"), BusyError),
    (lambda w: w.remove_tree("/nope"), NotFoundError),
    (lambda w: w.rename("/nope", "/x"), NotFoundError),
    (lambda w: w.rename("/d", "/d/e/x"), IntoItselfError),
    (lambda w: w.rename("/d", "/nope/x"), NotFoundError),
    (lambda w: w.chmod("/nope", 0o755), NotFoundError),
    (lambda w: w.chown("/nope", 0, 0), NotFoundError),
    (lambda w: w.utime("/nope", 0), NotFoundError),
    (lambda w: w.children("/f"), NotADirectoryFoundError),
    (lambda w: w.children("/nope"), NotFoundError),
    (lambda w: w.mount("/f", workspace()), NotADirectoryFoundError),
    (lambda w: list(w.walk("/nope")), NotFoundError),
]


@pytest.mark.parametrize(("do", "error"), REFUSED)
def test_what_linux_refuses_changes_nothing(
    do: Callable[[Workspace], object], error: type[OSError]
) -> None:
    space = workspace()
    with pytest.raises(error):
        do(space)
    assert not space.changes().entries


def test_mkdir_with_parents_follows_the_links_on_the_way() -> None:
    space = workspace()
    space.mkdir("/l/x/y", 0o700, 3, 4, parents=True)
    assert space.get("/d/x") == space.get("/d/x/y") == Directory(0o700, 3, 4, NOW)
    assert isinstance(space.get("/d/x/y"), Directory)
    assert space.get("/l") == Symlink("d", mtime=1)


def mounted(*, read_only: bool = False) -> tuple[Workspace, Workspace]:
    space, volume = workspace(), Workspace(Tree.EMPTY, now=lambda: NOW)
    volume.put("/seen", OTHER)
    space.mount("/l", volume, read_only=read_only)
    return space, volume


def test_a_mount_hides_what_is_below_it_until_it_is_taken_away() -> None:
    space, _ = mounted()
    assert space.children("/d") == ("seen",)
    space.unmount("/d")
    assert space.children("/d") == ("a", "e")


def test_what_is_written_to_a_mount_is_in_the_volume_alone() -> None:
    space, volume = mounted()
    space.put("/d/new", HELLO)
    space.remove("/d/seen")
    assert volume.children("/") == ("new",)
    assert not space.changes().entries
    assert lines(space) == []
    assert space.tree() == BASE


@pytest.mark.parametrize(
    ("do", "error"),
    [
        (lambda w: w.put("/d/new", HELLO), ReadOnlyError),
        (lambda w: w.remove("/d/seen"), ReadOnlyError),
        (lambda w: w.mkdir("/d/x/y", parents=True), ReadOnlyError),
        (lambda w: w.rename("/f", "/d/f"), ReadOnlyError),
        (lambda w: w.chmod("/d/seen", 0o600), ReadOnlyError),
        (lambda w: w.utime("/d", 5), ReadOnlyError),
    ],
)
def test_a_read_only_mount_refuses_to_be_written(
    do: Callable[[Workspace], None], error: type[OSError]
) -> None:
    space, volume = mounted(read_only=True)
    with pytest.raises(error):
        do(space)
    assert (space.is_read_only("/d/seen"), space.is_read_only("/f")) == (True, False)
    assert volume.children("/") == ("seen",)
    assert not space.changes().entries


def test_a_mount_point_can_be_neither_moved_nor_removed() -> None:
    space, _ = mounted()
    for do in (
        lambda: space.remove_tree("/d"),
        lambda: space.rename("/d", "/x"),
        lambda: space.rename("/f", "/d"),
    ):
        with pytest.raises(BusyError):
            do()


def test_a_rename_does_not_cross_a_mount() -> None:
    space, _ = mounted()
    with pytest.raises(OtherFileSystemError):
        space.rename("/f", "/d/f")
    assert space.get("/f") == HELLO


def test_a_walk_goes_into_what_is_mounted() -> None:
    space, _ = mounted()
    assert [path for path, _ in space.walk("/d")] == ["/d", "/d/seen"]


NAMES = st.sampled_from(["a", "b", "c", "名 x"])
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))
NODES = st.one_of(
    st.builds(
        File,
        st.binary(max_size=3).map(Content.of),
        st.sampled_from([0o644, 0o4755]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    st.builds(Symlink, PATHS | NAMES),
)
STEPS = st.one_of(
    st.tuples(st.just("put"), PATHS, NODES),
    st.tuples(st.just("mkdir"), PATHS),
    st.tuples(st.just("remove"), PATHS),
    st.tuples(st.just("remove_tree"), PATHS),
    st.tuples(st.just("rename"), PATHS, PATHS),
    st.tuples(st.just("chmod"), PATHS, st.sampled_from([0o600, 0o755])),
    st.tuples(st.just("chown"), PATHS, st.integers(0, 2), st.integers(0, 2)),
    st.tuples(st.just("utime"), PATHS, st.integers(0, 3)),
)


@given(st.lists(st.lists(STEPS, max_size=12), min_size=1, max_size=4))
def test_the_layers_of_any_work_give_the_files_of_that_work(
    stages: list[list[tuple[str, ...]]],
) -> None:
    layers: list[Layer] = []
    tree = Tree.EMPTY
    for steps in stages:
        space = Workspace(tree, now=lambda: NOW)
        for name, *arguments in steps:
            with suppress(OSError):
                getattr(space, name)(*arguments)
        layers.append(space.changes())
        tree = space.tree()
        assert timeless(Tree.of(layers)) == timeless(tree)
        assert dict(tree.walk()) == dict(space.walk())
        assert [change.path for change in space.diff()] == list(space.changes().entries)


DEEP = 2000


def test_a_tree_of_two_thousand_levels_is_an_ordinary_tree() -> None:
    space = Workspace(Tree.EMPTY, now=lambda: NOW)
    bottom = "/d" * DEEP
    space.mkdir(bottom, parents=True)
    space.put(f"{bottom}/f", HELLO)
    layer = space.changes()
    assert len(layer.entries) == DEEP + 1
    again = Tree.of([Layer(dict(layer.entries))])
    assert again == space.tree()
    assert len(list(again.walk())) == len(list(space.walk())) == DEEP + 2
    assert len(space.diff()) == DEEP + 1
    assert layer.diff_id == Layer(dict(layer.entries)).diff_id
    space.remove_tree("/d")
    assert not space.changes().entries
