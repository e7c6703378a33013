"""`docker build` on a real engine: the context as a tar, BuildKit's trace as plain progress.

The package speaks to the older builder only. BuildKit takes a tar as well (`version=2`), and reports in
protocol buffers: StatusResponse of its control.proto, of which three messages are read here.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from course_lib.build import Context
from course_lib.build.ignore import BadPatternError, IllegalExclusionError, read_ignore_file
from course_lib.clock import START
from course_lib.image.entries import Content, File
from course_lib.image.layer import Layer
from course_lib.image.oci import layer_tar
from course_lib.realengine.connecting import ADDED, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from course_lib.realengine.connecting import RealEngine


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: `source` is the Dockerfile's text, `name` where it stands in the context.

    `added` says that the context has no such file of its own: COPY . takes it along, which the image's
    label `ADDED` remembers.
    """

    name: str
    source: str
    context: Context
    tags: Sequence[str]
    build_args: Mapping[str, str]
    target: str = ""
    no_cache: bool = False
    older: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """What was printed, and the image's id; "" when the build failed."""

    printed: str
    image_id: str


def build(real: RealEngine, order: Order) -> Built:
    """Build, and wait for the end."""
    labels = dict([LABEL])
    if order.added:
        labels[ADDED] = str(len(order.source.encode()))
    params = {
        "version": "1" if order.older else "2",
        "t": list(order.tags),
        "dockerfile": order.name,
        "buildargs": json.dumps(dict(order.build_args)),
        "labels": json.dumps(labels),
        "networkmode": real.network,
        "target": order.target,
        "nocache": "1" if order.no_cache else "",
        "rm": "1",
        "forcerm": "1",
    }
    answer = real.post(
        "build",
        params={key: value for key, value in params.items() if value},
        data=b"".join(_tar(order)),
        headers={"Content-Type": "application/x-tar"},
        stream=True,
    )
    progress, printed, image_id = _Progress(), [], ""
    for line in answer.iter_lines():
        message = json.loads(line)
        aux = message.get("aux")
        if message.get("id") == "moby.buildkit.trace":
            progress.take(base64.b64decode(aux))
        elif isinstance(aux, dict) and "ID" in aux:
            image_id = aux["ID"]
        wrong = message.get("error", "") or ("" if answer.ok else message.get("message", ""))
        printed.append(f"ERROR: {wrong}\n" if wrong else message.get("stream", ""))
        image_id = "" if wrong else image_id
    return Built(progress.text() + "".join(printed), image_id)


def _tar(order: Order) -> Iterator[bytes]:
    """The context without what its .dockerignore keeps out, and the Dockerfile."""
    context = order.context
    with suppress(BadPatternError, IllegalExclusionError):  # the engine says what is wrong with it
        context = context.ignoring(read_ignore_file(context.text(".dockerignore") or ""))
    tree = Context(
        {**context.files, order.name: File(Content.of(order.source), mtime=START)}
    ).tree()
    return layer_tar(Layer({path: node for path, node in tree.walk() if path != "/"}))


@dataclass(slots=True)
class _Vertex:
    name: str = ""
    end: str = ""
    log: str = ""


@dataclass(slots=True)
class _Progress:
    """The vertices of a build, in the order of their coming."""

    vertices: dict[bytes, _Vertex] = field(default_factory=dict)

    def take(self, status: bytes) -> None:
        """Take in one StatusResponse: its vertices (1) and their logs (3)."""
        for number, value in _fields(status):
            if number not in {1, 3}:
                continue
            parts = dict(_fields(value))
            vertex = self.vertices.setdefault(parts[1], _Vertex())
            if number == 3:  # noqa: PLR2004 - VertexLog: vertex 1, timestamp 2, stream 3, msg 4
                vertex.log += parts.get(4, b"").decode(errors="replace")
                continue
            vertex.name = parts.get(3, b"").decode(errors="replace")  # name 3, cached 4,
            if 7 in parts:  # noqa: PLR2004 - started 5, completed 6, error 7
                vertex.end = f"ERROR: {parts[7].decode(errors='replace')}"
            elif 4 in parts or 6 in parts:  # noqa: PLR2004 - as above
                vertex.end = "CACHED" if 4 in parts else "DONE"  # noqa: PLR2004 - as above

    def text(self) -> str:
        """`#5 [2/3] RUN ...`, as `--progress=plain` prints it."""
        blocks = (
            "".join(
                f"#{number} {line}\n" for line in (one.name, *one.log.splitlines(), one.end) if line
            )
            for number, one in enumerate(self.vertices.values(), 1)
        )
        return "".join(f"{block}\n" for block in blocks)


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a protocol buffer: number and bytes, of a varint its number (encoding.md)."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        size, at = _varint(message, at)  # of a varint, the value itself
        if key & 7 == 0:
            yield key >> 3, size
        else:  # the messages here have no other kind than varint (0) and bytes (2)
            yield key >> 3, message[at : at + size]
            at += size


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the top bit says that more follows
            return value, at
