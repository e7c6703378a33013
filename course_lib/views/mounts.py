"""Mounts over the stack: which path of a container shows what, and what diff and commit see of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from course_lib.image.entries import File
from course_lib.run.container import Running
from course_lib.text import Text, same
from course_lib.views import palette
from course_lib.views.columns import size
from course_lib.views.sheet import EMPTY, plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container, Mount
    from course_lib.run.options import MountType
    from course_lib.views.picture import Picture
    from course_lib.views.sheet import Row


@dataclass(frozen=True, slots=True)
class Held:
    """How many files there are, and their bytes."""

    files: int
    size: int

    @classmethod
    def of(cls, nodes: Iterable[tuple[str, Node]]) -> Held:
        """Count the files of a walk; folders and links hold nothing."""
        sizes = [node.size for _, node in nodes if isinstance(node, File)]
        return cls(len(sizes), sum(sizes))


@dataclass(frozen=True, slots=True)
class MountRow:
    """One mount: its path in the container, what it shows there, and what of the layers it hides.

    `source` is a volume's name or a path of the host; it is '' for a tmpfs.
    """

    path: str
    type: MountType
    source: str
    anonymous: bool
    read_only: bool
    shows: Held
    hides: Held


@dataclass(frozen=True, slots=True)
class Mounts:
    """The mounts of a container over its writable layer and the layers of its image."""

    container: str
    image: str
    state: Literal["running", "not running"]
    mounts: tuple[MountRow, ...]
    writable: Held
    changes: int
    layers: int
    image_size: int


def mounts_of(container: Container, files: Workspace) -> Mounts:
    """Look below and above each mount of a container; `files` are its own."""
    below = files.tree()
    changes = files.changes()
    return Mounts(
        container.name,
        container.image_name,
        "running" if isinstance(container.state, Running) else "not running",
        tuple(_mount(mount, files, below) for mount in container.mounts),
        Held.of((path, node) for path, node in changes.entries.items() if isinstance(node, File)),
        len(files.diff()),
        len(container.image.layers),
        container.image.size,
    )


def _mount(mount: Mount, files: Workspace, below: Tree) -> MountRow:
    path = mount.destination
    shows = Held.of(files.walk(path)) if files.get(path) is not None else Held(0, 0)
    hides = Held.of(below.walk(path)) if below.get(path) is not None else Held(0, 0)
    source = mount.name or mount.source
    return MountRow(path, mount.type, source, mount.anonymous, mount.read_only, shows, hides)


_HEAD = (
    Text("what", "是什么"),
    Text("path", "路径"),
    Text("a process sees there", "进程在那里看到"),
    Text("hidden below it", "被它挡住的"),
    Text("diff and commit", "diff 和 commit"),
    Text("docker rm", "docker rm 之后"),
)
_ANONYMOUS = 12
_UNSEEN = Text("do not see it", "看不到它")
_DAEMON = Text(
    "Docker mounts three files of its own over these: /etc/hostname, /etc/hosts, /etc/resolv.conf.",
    "Docker 还在上面挂载三个自己的文件：/etc/hostname、/etc/hosts、/etc/resolv.conf。",
)


def draw_mounts(mounts: Mounts) -> Picture:
    """Draw the mounts, below them the writable layer, below that the image."""
    count = len(mounts.mounts)
    caption = Text(
        f"{mounts.container}: {count} mount{'' if count == 1 else 's'} over the layers of {mounts.image}",
        f"{mounts.container}：{mounts.image} 的各层之上有 {count} 个挂载",
    )
    rows = [*map(_row, mounts.mounts), _writable(mounts), _image(mounts)]
    notes = [_DAEMON]
    if mounts.state == "not running" and any(one.type == "tmpfs" for one in mounts.mounts):
        notes.append(Text("A tmpfs is empty again after a stop.", "容器停下之后，tmpfs 又是空的。"))
    return sheet(caption, _HEAD, rows, notes)


def _row(mount: MountRow) -> Row:
    mode = Text(", read only", "，只读") if mount.read_only else same("")
    return (
        plain(_what(mount) + mode, palette.MOUNTED),
        words(mount.path),
        plain(_held(mount.shows)),
        plain(_held(mount.hides) if mount.hides.files else same("-")),
        plain(_UNSEEN),
        plain(_after(mount)),
    )


def _what(mount: MountRow) -> Text:
    match mount.type:
        case "volume" if mount.anonymous:
            return Text(
                f"anonymous volume {mount.source[:_ANONYMOUS]}",
                f"匿名数据卷 {mount.source[:_ANONYMOUS]}",
            )
        case "volume":
            return Text(f"volume {mount.source}", f"数据卷 {mount.source}")
        case "bind":
            return Text(f"bind: {mount.source} of the host", f"绑定挂载：宿主机的 {mount.source}")
        case "tmpfs":
            return Text("tmpfs, in memory", "tmpfs，在内存里")


def _after(mount: MountRow) -> Text:
    match mount.type:
        case "volume" if mount.anonymous:
            return Text("stays; rm -v takes it", "保留；rm -v 会删掉")
        case "volume" | "bind":
            return Text("stays", "保留")
        case "tmpfs":
            return Text("is gone, already with stop", "没有了，stop 时就没有了")


def _held(held: Held) -> Text:
    files = "file" if held.files == 1 else "files"
    return Text(
        f"{held.files} {files}, {size(held.size)}", f"{held.files} 个文件，{size(held.size)}"
    )


def _writable(mounts: Mounts) -> Row:
    lines = "line" if mounts.changes == 1 else "lines"
    return (
        plain(palette.WRITABLE.word, palette.WRITABLE),
        words("/"),
        plain(_held(mounts.writable)),
        EMPTY,
        plain(Text(f"see it: {mounts.changes} {lines}", f"看得到：{mounts.changes} 行")),
        plain(Text("is gone", "没有了")),
    )


def _image(mounts: Mounts) -> Row:
    layers = "layer" if mounts.layers == 1 else "layers"
    said = Text(
        f"{mounts.layers} {layers}, {size(mounts.image_size)}",
        f"{mounts.layers} 层，{size(mounts.image_size)}",
    )
    return (
        plain(Text(f"image {mounts.image}", f"镜像 {mounts.image}"), palette.READ_ONLY),
        words("/"),
        plain(said),
        EMPTY,
        plain(Text("the ground: never changed", "底子：从不改变")),
        plain(Text("stays", "保留")),
    )
