"""docker cp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.engine.copying import CopyError, ParentMissingError, Place, SourceMissingError, copy
from course_lib.engine.transport import tar_of

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session

_ROOT = (0, 0)


def _cp(session: Session, parsed: Parsed) -> None:
    source, target = (_split(argument) for argument in parsed.args)
    for (container, path), which in ((source, "source"), (target, "destination")):
        if not container and not path:
            msg = f"{which} can not be empty"
            raise UsageError(msg, 1)
    if source[0] and target[0]:
        msg = "copying between containers is not supported"
        raise UsageError(msg, 1)
    follow, archive = parsed.on("follow-link"), parsed.on("archive")
    if source[0]:
        _out_of(session, source, target[1], follow=follow, archive=archive)
    elif target[0]:
        _into(session, source[1], target, follow=follow, archive=archive)
    else:
        msg = "must specify at least one container source"
        raise UsageError(msg, 1)


def _split(argument: str) -> tuple[str, str]:
    """`box:/path`, or a path of the host; `./a:b` is one, too."""
    container, colon, path = argument.partition(":")
    if argument.startswith(("/", ".")) or not colon:
        return "", argument
    return container, path


def _out_of(
    session: Session, source: tuple[str, str], target: str, *, follow: bool, archive: bool
) -> None:
    host = session.engine.host
    place = Place(session.engine.files(source[0]), source[1])
    if target == "-":
        try:
            session.raw(tar_of(place.files, place.files.resolve(place.path, follow=follow)))
        except OSError as error:
            raise _not_found(place.path, source[0]) from error
        return
    try:
        copy(
            place,
            Place(host.files, _on_host(session, target)),
            owner=None if archive else _ROOT,
            follow=follow,
        )
    except SourceMissingError as error:
        raise _not_found(place.path, source[0]) from error
    except ParentMissingError as error:
        shown = target.rstrip("/").rpartition("/")[0] or "/"
        msg = f'invalid output path: directory "{shown}" does not exist'
        raise UsageError(msg, 1) from error
    except CopyError as error:
        raise UsageError(str(error), 1) from error


def _into(
    session: Session, source: str, target: tuple[str, str], *, follow: bool, archive: bool
) -> None:
    host = session.engine.host
    container, path = target
    if source == "-":
        msg = "docker cp - CONTAINER:PATH is not simulated here"
        raise UsageError(msg, 1)
    place = Place(host.files, _on_host(session, source))
    try:
        host.files.resolve(place.path, follow=False)
    except OSError as error:
        msg = f"lstat {place.path}: no such file or directory"
        raise UsageError(msg, 1) from error
    files = session.engine.files(container)
    if files.read_only and not files.mounted(Place(files, path).path):
        msg = "Error response from daemon: container rootfs is marked read-only"
        raise UsageError(msg, 1)
    try:
        copy(place, Place(files, path), owner=None if archive else _ROOT, follow=follow)
    except ParentMissingError as error:
        raise _not_found(error.path, container) from error
    except CopyError as error:
        raise UsageError(str(error), 1) from error


def _on_host(session: Session, typed: str) -> str:
    """The absolute path of what was typed, with the end that has a meaning."""
    end = next((end for end in ("/.", "/") if typed.endswith(end)), "")
    path = session.engine.host.path(typed)
    return path + ("/." if typed == "." else end)


def _not_found(path: str, container: str) -> UsageError:
    return UsageError(
        f"Error response from daemon: Could not find the file {path} in container {container}", 1
    )


COMMANDS = (
    Command(
        "cp",
        "docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n"
        "\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
        "Copy files/folders between a container and the local filesystem",
        _cp,
        (
            Flag("archive", "bool", "Archive mode (copy all uid/gid information)", "a"),
            Flag("follow-link", "bool", "Always follow symlinks in SRC_PATH", "L"),
            Flag("quiet", "bool", "Suppress progress output during copy", "q"),
        ),
        least=2,
        most=2,
        aliases=("container cp",),
    ),
)
