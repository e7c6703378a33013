"""image, container, volume and system prune; system df."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.images import bad_filter, has_label
from course_lib.cli.listing import Column, print_list
from course_lib.cli.units import human_size
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.image.image import Image

_COLUMNS = (
    Column("TYPE", "Type"),
    Column("TOTAL", "TotalCount"),
    Column("ACTIVE", "Active"),
    Column("SIZE", "Size"),
    Column("RECLAIMABLE", "Reclaimable"),
)


def _prune(
    session: Session, parsed: Parsed, warnings: Sequence[str], pruners: Sequence[_Pruner]
) -> None:
    if not parsed.on("force"):
        _confirm(session, warnings)
    reclaimed = 0
    for prune in pruners:
        reclaimed += prune(session, parsed)
    session.line(f"Total reclaimed space: {human_size(reclaimed, 4)}")


def _confirm(session: Session, warnings: Sequence[str]) -> None:
    if len(warnings) == 1:
        session.out(f"WARNING! This will remove {warnings[0]}.\n")
    else:
        session.out("WARNING! This will remove:\n")
        session.out("".join(f"  - {warning}\n" for warning in warnings) + "\n")
    session.out("Are you sure you want to continue? [y/N] ")
    if session.stdin.strip().lower() not in ("y", "yes"):
        session.line("")
        msg = "the prune has been cancelled"
        raise UsageError(
            msg,
            1,
            Text("-f answers yes beforehand.", "加上 -f 就等于事先回答 yes。"),
        )


def _containers(session: Session, parsed: Parsed) -> int:
    del parsed
    removed, size = session.engine.prune_containers()
    _print(session, "Deleted Containers:", [container.id for container in removed])
    return size


def _images(session: Session, parsed: Parsed) -> int:
    filters = parsed.all("filter")
    wanted = partial(_labelled, filters=filters)
    removed, size = session.engine.prune_images(named=parsed.on("all"), wanted=wanted)
    lines = [f"untagged: {reference}" for reference in removed.untagged]
    lines += [f"deleted: {digest}" for digest in removed.deleted]
    _print(session, "Deleted Images:", lines)
    return size


def _labelled(image: Image, filters: Sequence[str]) -> bool:
    """All of `label=ASKED` hold, and none of `label!=ASKED`.

    Raises:
        EngineError: for another filter.

    """
    for text in filters:
        key, _, asked = text.partition("=")
        if key not in ("label", "label!"):
            raise bad_filter(key)
        if has_label(image, asked) != (key == "label"):
            return False
    return True


def _volumes(session: Session, parsed: Parsed) -> int:
    removed, size = session.engine.prune_volumes(named=parsed.on("all"))
    _print(session, "Deleted Volumes:", [volume.name for volume in removed])
    return size


def _anonymous_volumes(session: Session, parsed: Parsed) -> int:
    if not parsed.on("volumes"):
        return 0
    removed, size = session.engine.prune_volumes()
    _print(session, "Deleted Volumes:", [volume.name for volume in removed])
    return size


def _print(session: Session, title: str, lines: Sequence[str]) -> None:
    if lines:
        session.out("\n".join([title, *lines]) + "\n\n")


def _container_prune(session: Session, parsed: Parsed) -> None:
    _prune(session, parsed, ["all stopped containers"], [_containers])


def _image_prune(session: Session, parsed: Parsed) -> None:
    every = "all images without at least one container associated to them"
    _prune(session, parsed, [every if parsed.on("all") else "all dangling images"], [_images])


def _volume_prune(session: Session, parsed: Parsed) -> None:
    which = "all" if parsed.on("all") else "anonymous"
    warning = f"{which} local volumes not used by at least one container"
    _prune(session, parsed, [warning], [_volumes])


def _system_prune(session: Session, parsed: Parsed) -> None:
    warnings = ["all stopped containers", "all networks not used by at least one container"]
    if parsed.on("volumes"):
        warnings.append("all anonymous volumes not used by at least one container")
    every = "all images without at least one container associated to them"
    warnings.append(every if parsed.on("all") else "all dangling images")
    warnings.append("all build cache" if parsed.on("all") else "unused build cache")
    _prune(session, parsed, warnings, [_containers, _anonymous_volumes, _images])
    if parsed.on("all") and parsed.on("force"):
        session.engine.forget_cache()


def _df(session: Session, parsed: Parsed) -> None:
    rows = [
        {
            "Type": usage.kind,
            "TotalCount": str(usage.total),
            "Active": str(usage.active),
            "Size": human_size(usage.size, 4),
            "Reclaimable": human_size(usage.reclaimable, 4)
            + (f" ({usage.reclaimable * 100 // usage.size}%)" if usage.size else ""),
        }
        for usage in session.engine.usage()
    ]
    print_list(session, rows, _COLUMNS, parsed.text("format"))


if TYPE_CHECKING:
    _Pruner = Callable[[Session, Parsed], int]

_FORCE = Flag("force", "bool", "Do not prompt for confirmation", "f")
_FILTER = Flag("filter", "list", simulated=False)
_prunes = partial(Command, most=0)

COMMANDS = (
    _prunes(
        "container prune",
        "docker container prune [OPTIONS]",
        "Remove all stopped containers",
        _container_prune,
        (_FORCE, _FILTER),
    ),
    _prunes(
        "image prune",
        "docker image prune [OPTIONS]",
        "Remove unused images",
        _image_prune,
        (
            _FORCE,
            Flag("filter", "list", 'Provide filter values (e.g. "label=<key>=<value>")'),
            Flag("all", "bool", "Remove all unused images, not just dangling ones", "a"),
        ),
    ),
    _prunes(
        "volume prune",
        "docker volume prune [OPTIONS]",
        "Remove unused local volumes",
        _volume_prune,
        (
            _FORCE,
            _FILTER,
            Flag("all", "bool", "Remove all unused volumes, not just anonymous ones", "a"),
        ),
    ),
    _prunes(
        "system prune",
        "docker system prune [OPTIONS]",
        "Remove unused data",
        _system_prune,
        (
            _FORCE,
            _FILTER,
            Flag("all", "bool", "Remove all unused images not just dangling ones", "a"),
            Flag("volumes", "bool", "Prune anonymous volumes"),
        ),
    ),
    _prunes(
        "system df",
        "docker system df [OPTIONS]",
        "Show docker disk usage",
        _df,
        (
            Flag("format", "string", "Format output using a custom template"),
            Flag("verbose", "bool", short="v", simulated=False),
        ),
    ),
)
