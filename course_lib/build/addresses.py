"""Sources of ADD that are addresses: how they are told from paths, and the checksums they may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.build.errors import InstructionError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Add

_URL = re.compile(r"https?://", re.IGNORECASE)
_GIT = re.compile(r"(git@|git://|ssh://)|https?://[^#?]*\.git([#?].*)?$")
_DIGEST = re.compile(r"[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+")
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


def is_git(source: str) -> bool:
    """Whether a source names a git repository: `https://host/name.git#ref:folder`, `git@host:name`."""
    return _GIT.match(source) is not None


def is_address(source: str) -> bool:
    """Whether a source is no path of the build context."""
    return is_git(source) or _URL.match(source) is not None


def check_checksum(instruction: Add) -> None:
    """Refuse a `--checksum` that BuildKit has no use for.

    Raises:
        InstructionError: `checksum requires HTTP(S) or Git sources`, `invalid checksum digest format`.

    """
    if not instruction.checksum:
        return
    source, *more = instruction.sources
    why = ""
    if more:
        why = "checksum can't be specified for multiple sources"
    elif not is_address(source):
        why = "checksum requires HTTP(S) or Git sources"
    elif not is_git(source):
        why = _wrong_digest(instruction.checksum)
    if why:
        raise InstructionError(
            message=why,
            help=Text(
                "--checksum goes with one address: sha256: and 64 digits for a file, the id of a "
                "commit for a git repository.",
                "--checksum 只能配合一个网址使用：文件写 sha256: 加 64 位摘要，git 仓库写提交的 ID。",
            ),
        )


def _wrong_digest(checksum: str) -> str:
    if not _DIGEST.fullmatch(checksum):
        return "invalid checksum digest format"
    if not checksum.startswith("sha256:"):
        return "unsupported digest algorithm"
    return "" if _SHA256.fullmatch(checksum) else "invalid checksum digest length"
