"""`RUN --mount`: folders that are there while the command runs and in no layer.

bind shows a folder or a file of the context, a stage or an image; cache is kept between builds; tmpfs is
empty; a secret comes from `docker build --secret`, and no cache key knows it. A secret or ssh that nobody
gave to the build is left out, unless it is required.
"""

from __future__ import annotations

import posixpath
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.build.paths import clean, inside, make_folders
from course_lib.build.selecting import MissingSourceError
from course_lib.image.entries import Content, Directory, File
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from course_lib.dockerfile.instructions import Mount
    from course_lib.image.entries import Node

_TARGETS = ("target", "dst", "destination")
_SOURCES = ("source", "src")
_YES = frozenset({"", "1", "true"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mount, worked out: where it goes, what it shows; `keep_as` names a cache folder.

    `shows` is the one file of the tree that the target is, or the root of the tree. A `secret` does not
    count for the cache; it is `given` or not, and `variable` names one of the environment that holds it.
    """

    target: str
    tree: Tree
    keep_as: str = ""
    shows: str = "/"
    secret: bool = False
    given: bool = True
    variable: str = ""

    def content(self) -> tuple[tuple[str, Node], ...]:
        """What the cache compares: the files of a bind mount, without times."""
        if self.keep_as or self.secret:
            return ()
        return tuple(
            (self._seen_at(path), replace(node, mtime=0))
            for path, node in self.tree.walk()
            if path != "/"
        )

    @property
    def text(self) -> str:
        """What a secret says, as the value of a variable."""
        node = self.tree.get(self.shows)
        return node.content.data.decode(errors="replace") if isinstance(node, File) else ""

    def _seen_at(self, path: str) -> str:
        """Where a path of the tree is while the command runs."""
        return self.target if path == self.shows else posixpath.join(self.target, path.lstrip("/"))


def prepare(
    mounts: Sequence[Mount],
    working_dir: str,
    source: Callable[[str], Tree],
    secrets: Mapping[str, bytes],
) -> tuple[Prepared, ...]:
    """Work out the mounts of a RUN; `source` gives the tree for `from=NAME`, the context for ''.

    `secrets` are those that the build was given, by their ids.

    Raises:
        InstructionError: `invalid mount target "/"`, a source that is not there, a secret that
            is required, a folder over a file or a file over a folder.

    """
    found = (
        _secret(mount, working_dir, secrets)
        if mount.type == "secret"
        else _prepared(mount, working_dir, source)
        for mount in mounts
    )
    return tuple(mount for mount in found if mount is not None)


@contextmanager
def mounted(
    files: Workspace, mounts: Sequence[Prepared], folders: dict[str, Workspace]
) -> Iterator[None]:
    """Mount for the length of a `with` block; what was made for it goes again."""
    mounts = [mount for mount in mounts if mount.given and mount.target]
    before = [_missing(files, mount.target) for mount in mounts]
    for mount in mounts:
        _make_target(files, mount)
        if mount.keep_as:
            volume = folders.setdefault(mount.keep_as, Workspace(mount.tree, now=files.now))
        else:
            volume = Workspace(mount.tree, now=files.now)
        files.mount(mount.target, volume, source=mount.shows)
    yield
    for mount, made in zip(reversed(mounts), reversed(before), strict=True):
        files.unmount(mount.target)
        for path in made:
            if not isinstance(files.get(path), Directory) or not files.children(path):
                files.remove(path)


def _prepared(mount: Mount, working_dir: str, source: Callable[[str], Tree]) -> Prepared | None:
    options = dict(mount.options)
    if mount.type == "ssh":
        _check_not_required(mount.type, options.get("id", "default"), options)
        return None
    target = clean(posixpath.join("/", working_dir, _first(options, _TARGETS)))
    if target == "/":
        raise InstructionError(
            message='invalid mount target "/"',
            help=Text("Give the mount a target=/folder.", "请给挂载写上 target=/目录。"),
        )
    if mount.type == "tmpfs":
        return Prepared(target, Tree.EMPTY)
    if mount.type == "cache":
        name = options.get("id", target)
        below = source(options["from"]) if options.get("from") else Tree.EMPTY
        return Prepared(target, _part(below, _first(options, _SOURCES)), keep_as=name)
    tree, path = source(options.get("from", "")), _first(options, _SOURCES)
    real = inside(tree, path)
    node = tree.get(real)
    if node is None or isinstance(node, Directory):
        return Prepared(target, _part(tree, path))
    name = "/" + posixpath.basename(real)
    return Prepared(target, Layer({name: node}).apply(Tree.EMPTY), shows=name)


def _secret(mount: Mount, working_dir: str, secrets: Mapping[str, bytes]) -> Prepared:
    """`/run/secrets/ID`, readable for root, unless the mount says otherwise; with `env`, a variable."""
    options = dict(mount.options)
    target, variable = _first(options, _TARGETS), options.get("env", "")
    name = options.get("id") or _first(options, _SOURCES) or posixpath.basename(target) or variable
    if not target and not variable:
        target = f"/run/secrets/{posixpath.basename(name)}"
    path = clean(posixpath.join("/", working_dir, target)) if target else ""
    if name not in secrets:
        _check_not_required(mount.type, name, options)
        return Prepared(path, Tree.EMPTY, secret=True, given=False)
    file = File(
        Content.of(secrets[name]),
        int(options.get("mode", "400"), 8),
        int(options.get("uid", "0")),
        int(options.get("gid", "0")),
    )
    tree = Layer({"/secret": file}).apply(Tree.EMPTY)
    return Prepared(path, tree, shows="/secret", secret=True, variable=variable)


def _part(tree: Tree, path: str) -> Tree:
    """A folder of a tree as a tree of its own."""
    if clean(path) == "/":
        return tree
    real = inside(tree, path)
    node = tree.get(real)
    if node is None:
        raise MissingSourceError(clean(path))
    if not isinstance(node, Directory):
        raise _not_a_folder(clean(path))
    return Layer({p[len(real) :] or "/": n for p, n in tree.walk(real)}).apply(Tree.EMPTY)


def _make_target(files: Workspace, mount: Prepared) -> None:
    """Make the folder, or the empty file, that the mount goes over."""
    if mount.shows == "/":
        make_folders(files, mount.target)
        return
    make_folders(files, posixpath.dirname(mount.target))
    node = files.get(mount.target)
    if node is None:
        files.put(mount.target, File(Content.of(b""), mtime=files.now()))
    elif isinstance(node, Directory):
        raise _not_a_folder(mount.shows)


def _not_a_folder(path: str) -> InstructionError:
    return InstructionError(
        message=f"failed to mount {path}: not a directory",
        help=Text(
            f"{path} is a file; the other end of the mount is a folder. Mount a file over a file.",
            f"{path} 是文件，而挂载的另一头是目录。文件要挂载到文件上。",
        ),
    )


def _check_not_required(kind: str, name: str, options: dict[str, str]) -> None:
    if options.get("required", "false").lower() not in _YES:
        return
    message = f"secret {name}: not found" if kind == "secret" else f"unset ssh forward key {name}"
    raise InstructionError(
        message=message,
        help=Text(
            f"This build was given no such {kind}, and the mount says required"
            + (f": docker build --secret id={name},src=FILE." if kind == "secret" else "."),
            f"这次构建没有提供这个 {kind}，而挂载写了 required"
            + (f"：docker build --secret id={name},src=文件。" if kind == "secret" else "。"),
        ),
    )


def _first(options: dict[str, str], names: Sequence[str]) -> str:
    return next((options[name] for name in names if name in options), "")


def _missing(files: Workspace, path: str) -> tuple[str, ...]:
    """The folders on the way to a path that are not there, the deepest first."""
    missing: list[str] = []
    while path != "/" and files.get(path) is None:
        missing.append(path)
        path = posixpath.dirname(path)
    return tuple(missing)
