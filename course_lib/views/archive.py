"""The files of a saved image, an OCI layout: index, manifest, config and layers, each by its digest."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from course_lib.image.entries import Directory, File, OpaqueDirectory, Symlink, Whiteout
from course_lib.image.layer import Layer
from course_lib.text import Text, same
from course_lib.views.columns import shorten, size
from course_lib.views.markup import Html, code, fold, tag
from course_lib.views.picture import Picture, below
from course_lib.views.sheet import plain, sheet, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from course_lib.image.entries import Entry


class Kind(Enum):
    """What a file of the layout is."""

    INDEX = Text("index: where to begin", "index：从这里开始")
    MANIFEST = Text("manifest: config and layers", "manifest：配置和各层")
    CONFIG = Text("config: its digest is the image id", "config：它的摘要就是镜像 ID")
    LAYER = Text("layer: a tar", "层：一个 tar")
    DOCKER = Text("docker's own list, older than the index", "docker 自己的清单，比 index 更早")
    LAYOUT = Text("the version of the layout", "布局的版本")


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file: its name in the archive, its digest, its bytes, and its lines: JSON, or a tar's list.

    `targets` are the digests that it mentions.
    """

    name: str
    digest: str
    size: int
    kind: Kind
    lines: tuple[str, ...]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The files in the order in which a reader opens them."""

    name: str
    files: tuple[ArchiveFile, ...]


_DIGEST = re.compile(r"sha256[:/]([0-9a-f]{64})")
_KINDS = {"index.json": Kind.INDEX, "manifest.json": Kind.DOCKER, "oci-layout": Kind.LAYOUT}
_ORDER = (Kind.LAYOUT, Kind.INDEX, Kind.MANIFEST, Kind.CONFIG, Kind.LAYER, Kind.DOCKER)


def file_of(name: str, digest: str, count: int, source: bytes | Layer) -> ArchiveFile:
    """Open one file: a layer becomes a list of its tar, all else is JSON."""
    if isinstance(source, Layer):
        return ArchiveFile(name, digest, count, Kind.LAYER, tuple(_listed(source)))
    document = json.loads(source)
    text = json.dumps(document, indent=2, ensure_ascii=False)
    kind = _KINDS.get(name) or (Kind.MANIFEST if "layers" in document else Kind.CONFIG)
    targets = (
        ()
        if kind is Kind.CONFIG
        else tuple(f"sha256:{one}" for one in dict.fromkeys(_DIGEST.findall(text)))
    )
    return ArchiveFile(name, digest, count, kind, tuple(text.split("\n")), targets)


def archive_of(name: str, files: Iterable[ArchiveFile]) -> Archive:
    """Put the files into the order of reading; layers stay from the bottom up."""
    return Archive(name, tuple(sorted(files, key=lambda one: _ORDER.index(one.kind))))


def _listed(layer: Layer) -> Iterator[str]:
    """The lines of `tar -tv`, with the names that stand in the tar: `.wh.x` for a deleted x."""
    for path, entry in layer.entries.items():
        name = path.lstrip("/")
        if isinstance(entry, Whiteout):
            above, _, last = name.rpartition("/")
            yield f"- 0000 0/0 0 {above}{'/' if above else ''}.wh.{last}"
        else:
            yield f"{_letter(entry)} {getattr(entry, 'mode', 0o777):04o} {entry.uid}/{entry.gid} {_rest(name, entry)}"
        if isinstance(entry, OpaqueDirectory):
            yield f"- 0000 0/0 0 {name}/.wh..wh..opq"


def _letter(entry: Entry) -> str:
    match entry:
        case Directory():
            return "d"
        case Symlink():
            return "l"
        case _:
            return "-"


def _rest(name: str, entry: Entry) -> str:
    match entry:
        case Directory():
            return f"0 {name}/"
        case Symlink(target=target):
            return f"0 {name} -> {target}"
        case File(size=count):
            return f"{count} {name}"
        case _:
            return f"0 {name}"


_HEAD = (
    Text("file", "文件"),
    Text("size", "大小"),
    Text("what it is", "是什么"),
    Text("points to", "指向"),
)
_MOST_LINES, _LEAST_LINES, _ALL_LINES = 40, 4, 340
"""So many lines of one file are drawn, fewer where there are many files; all in the widget."""
_EVERY_LINE = 400
_MOST_FILES = 20
_LINE = 120
_SHORT = 12
_INDENT = "margin:0.2em 0 0.6em 1.2em"


def draw_archive(archive: Archive) -> Picture:
    """Draw the table of files, then what is in each; in HTML each of these is folded."""
    files = archive.files[:_MOST_FILES]
    most = min(_MOST_LINES, max(_LEAST_LINES, _ALL_LINES // max(1, len(files))))
    return below(draw_table(archive), *(_opened(file, most) for file in files))


def draw_table(archive: Archive) -> Picture:
    """Draw the files with what they are and point to."""
    caption = Text(
        f"{archive.name} as docker save writes it: {len(archive.files)} files",
        f"docker save 写出的 {archive.name}：{len(archive.files)} 个文件",
    )
    short = {file.digest: _short(file.digest) for file in archive.files}
    rows = [
        (
            words(short_name(file)),
            plain(size(file.size)),
            plain(file.kind.value),
            words(", ".join(short[one] for one in file.targets if one in short) or "-", most=90),
        )
        for file in archive.files
    ]
    notes = [
        Text(
            "A blob's name is the sha256 of its bytes: change one byte, and it is another file.",
            "blob 的名字就是它字节的 sha256：改一个字节，就是另一个文件。",
        )
    ]
    if left := len(archive.files[_MOST_FILES:]):
        notes.append(
            Text(
                f"The last {left} files are not opened below.",
                f"最后 {left} 个文件没有在下面打开。",
            )
        )
    return sheet(caption, _HEAD, rows, notes)


def short_name(file: ArchiveFile) -> str:
    """`blobs/sha256/0123456789ab...` of a blob; other files have their names."""
    if not file.name.startswith("blobs/"):
        return file.name
    return f"blobs/sha256/{_short(file.digest)}..."


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:_SHORT]


def _opened(file: ArchiveFile, most: int) -> Picture:
    title = same(f"{short_name(file)}  ") + file.kind.value
    text, html = _lines(file, most)
    return Picture(f"{title}\n{text}", fold(title, tag("div", html, style=_INDENT)))


def draw_file(file: ArchiveFile) -> Picture:
    """Draw one file with its whole name and its lines."""
    title = same(f"{file.name}  {size(file.size)}  ") + file.kind.value
    text, html = _lines(file, _EVERY_LINE)
    return Picture(f"{title}\n{text}", tag("div", tag("p", tag("b", title)), html))


def _lines(file: ArchiveFile, most: int) -> tuple[str, Html]:
    shown, left = file.lines[:most], len(file.lines[most:])
    lines = [line if len(line) <= _LINE else shorten(line, _LINE) for line in shown]
    more = [str(Text(f"... and {left} more lines", f"……还有 {left} 行"))] if left else []
    text = "".join(f"  {line}\n" for line in (*lines, *more))
    inside = (code("\n".join(lines)), *(tag("div", line) for line in more))
    return text, tag("div", *inside, style="line-height:1.35")
