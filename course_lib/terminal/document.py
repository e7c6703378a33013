"""A build as one JSON document: what `--json` prints.

`config` has the names of the OCI image spec; `history` is a list of [created_by, empty_layer];
`layers` lists the entries of each layer, the lowest first: {path, type, mode, uid, gid, size, sha256,
to}, as far as the type has them. `type` is file, directory, symlink, whiteout or opaque (a directory that
hides what lower layers have in it); `mode` is octal. `error` is null, or {message, lines, excerpt}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.configfile import config_object
from course_lib.image.entries import Directory, File, OpaqueDirectory, Symlink
from course_lib.image.oci import content_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.build import BuildError, BuildResult, Step
    from course_lib.dockerfile.errors import DockerfileError
    from course_lib.dockerfile.instructions import CheckWarning, Span
    from course_lib.image.configfile import Json
    from course_lib.image.entries import Entry
    from course_lib.image.layer import Layer


def built(result: BuildResult) -> dict[str, Json]:
    """The document of a build that worked."""
    image = result.image
    return {
        "config": config_object(image.config),
        "history": [[line.created_by, line.empty_layer] for line in image.history],
        "layers": [_layer(layer) for layer in image.layers],
        "warnings": warnings(result.warnings),
        "steps": _steps(result.steps),
        "error": None,
    }


def failed(error: BuildError, found: Iterable[CheckWarning] = ()) -> dict[str, Json]:
    """The document of a build that did not; `steps` are those before the error."""
    return {
        "config": None,
        "history": [],
        "layers": [],
        "warnings": warnings(found),
        "steps": _steps(error.steps),
        "error": problem(error.message, error.span, error.excerpt),
    }


def checked(found: Iterable[CheckWarning], error: DockerfileError | None = None) -> dict[str, Json]:
    """The document of `course check`."""
    return {
        "warnings": warnings(found),
        "error": None if error is None else problem(error.message, error.span, ""),
    }


def refused(about: dict[str, Json], *, built: bool) -> dict[str, Json]:
    """The document where nothing was read: of a build that was asked for, or of a check."""
    empty: dict[str, Json] = {
        "config": None,
        "history": [],
        "layers": [],
        "warnings": [],
        "steps": [],
    }
    return {**(empty if built else {"warnings": []}), "error": about}


def problem(message: str, span: Span | None, excerpt: str) -> dict[str, Json]:
    """What went wrong; `lines` are the numbers of the lines to blame."""
    lines: list[Json] = [] if span is None else list(range(span.start, span.end + 1))
    return {"message": message, "lines": lines, "excerpt": excerpt}


def warnings(found: Iterable[CheckWarning]) -> Json:
    """The warnings of the build checks."""
    return [
        {"rule": warning.rule, "line": warning.span.start, "message": warning.message}
        for warning in found
    ]


def _steps(steps: Iterable[Step]) -> Json:
    return [
        {"text": step.text, "cached": step.cached, "because": str(step.because)} for step in steps
    ]


def _layer(layer: Layer) -> Json:
    return [{"path": path, **_entry(entry)} for path, entry in layer.entries.items()]


def _entry(entry: Entry) -> dict[str, Json]:
    match entry:
        case File(content=content):
            about: dict[str, Json] = {"size": content.size, "sha256": content_digest(content)[7:]}
            return {"type": "file", **_attributes(entry), **about}
        case Symlink(target=target):
            return {"type": "symlink", **_attributes(entry), "to": target}
        case Directory():
            kind = "opaque" if isinstance(entry, OpaqueDirectory) else "directory"
            return {"type": kind, **_attributes(entry)}
        case _:
            return {"type": "whiteout"}


def _attributes(node: File | Directory | Symlink) -> dict[str, Json]:
    mode = 0o777 if isinstance(node, Symlink) else node.mode
    return {"mode": f"{mode:04o}", "uid": node.uid, "gid": node.gid}
