"""COPY and ADD: flags, sources, heredocs, destination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.flags import Kind, read_flags
from course_lib.dockerfile.heredocs import heredoc_of_word
from course_lib.dockerfile.instructions import Add, Copy
from course_lib.dockerfile.words import ExpansionError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Heredoc
    from course_lib.dockerfile.nodes import Node

_COPY_FLAGS = {
    "from": Kind.TEXT,
    "chown": Kind.TEXT,
    "chmod": Kind.TEXT,
    "link": Kind.TRUTH,
    "parents": Kind.TRUTH,
    "exclude": Kind.LIST,
}
_ADD_FLAGS = {
    "chown": Kind.TEXT,
    "chmod": Kind.TEXT,
    "link": Kind.TRUTH,
    "checksum": Kind.TEXT,
    "keep-git-dir": Kind.TRUTH,
    "unpack": Kind.TRUTH,
    "exclude": Kind.LIST,
}
_FEWEST = 2


def read_copy(node: Node) -> Copy:
    """`COPY [flags] SRC ... DEST`.

    Raises:
        DockerfileError: fewer than two words, a wrong flag, a heredoc as destination.

    """
    _check_count(node, "COPY")
    flags = read_flags(node.flags, _COPY_FLAGS)
    sources, heredocs = _sources(node, "COPY")
    return Copy(
        sources=sources,
        dest=node.arguments[-1],
        heredocs=heredocs,
        from_=flags.text("from"),
        chown=flags.text("chown"),
        chmod=flags.text("chmod"),
        link=flags.truth("link"),
        parents=flags.truth("parents"),
        exclude=flags.texts("exclude"),
        **node.place,
    )


def read_add(node: Node) -> Add:
    """`ADD [flags] SRC ... DEST`.

    Raises:
        DockerfileError: as for `read_copy`.

    """
    _check_count(node, "ADD")
    flags = read_flags(node.flags, _ADD_FLAGS)
    sources, heredocs = _sources(node, "ADD")
    return Add(
        sources=sources,
        dest=node.arguments[-1],
        heredocs=heredocs,
        chown=flags.text("chown"),
        chmod=flags.text("chmod"),
        link=flags.truth("link"),
        checksum=flags.text("checksum"),
        keep_git_dir=flags.truth("keep-git-dir"),
        unpack=flags.truth("unpack") if "unpack" in flags.given else None,
        exclude=flags.texts("exclude"),
        **node.place,
    )


def _check_count(node: Node, name: str) -> None:
    if len(node.arguments) >= _FEWEST:
        return
    raise DockerfileError(
        message=f"{name} requires at least two arguments, but only one was provided. Destination could not "
        "be determined",
        help=Text(
            f"Write what to copy and where to: {name} app.py /app/",
            f"请写明复制什么、复制到哪里：{name} app.py /app/",
        ),
    )


def _sources(node: Node, name: str) -> tuple[tuple[str, ...], tuple[Heredoc, ...]]:
    *words, dest = node.arguments
    if _heredoc(dest) is not None:
        raise DockerfileError(
            message=f"{name} cannot accept a heredoc as a destination",
            help=Text(
                f"The destination comes last: {name} <<EOF /app/file",
                f"目标路径写在最后：{name} <<EOF /app/file",
            ),
        )
    bodies = {document.name: document for document in node.heredocs}
    sources: list[str] = []
    heredocs: list[Heredoc] = []
    for word in words:
        document = _heredoc(word)
        if document is None:
            sources.append(word)
        else:
            heredocs.append(bodies.get(document.name, document))
    return tuple(sources), tuple(heredocs)


def _heredoc(word: str) -> Heredoc | None:
    if "<<" not in word:
        return None
    try:
        return heredoc_of_word(word)
    except ExpansionError:
        return None  # an open quote makes it an odd file name, as in BuildKit
