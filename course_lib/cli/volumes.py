"""volume create, ls, rm, inspect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag
from course_lib.cli.images import bad_filter
from course_lib.cli.inspecting import print_objects
from course_lib.cli.listing import Column, print_list
from course_lib.engine import EngineError

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session

_COLUMNS = (Column("DRIVER", "Driver"), Column("VOLUME NAME", "Name"))
_OTHERS = (Column("MOUNTPOINT", "Mountpoint"), Column("SCOPE", "Scope"))


def _create(session: Session, parsed: Parsed) -> None:
    labels = dict(text.partition("=")[::2] for text in parsed.all("label"))
    volume = session.engine.create_volume(parsed.args[0] if parsed.args else "", labels)
    session.show(volume)
    session.line(volume.name)


def _ls(session: Session, parsed: Parsed) -> None:
    listed = [
        volume
        for volume in session.engine.volumes()
        if all(_filtered(session, volume.name, text) for text in parsed.all("filter"))
    ]
    session.show(tuple(listed))
    if parsed.on("quiet"):
        for volume in listed:
            session.line(volume.name)
        return
    rows = [
        {"Driver": "local", "Name": v.name, "Mountpoint": v.mountpoint, "Scope": "local"}
        for v in listed
    ]
    print_list(session, rows, _COLUMNS, parsed.text("format"), _OTHERS)


def _filtered(session: Session, name: str, text: str) -> bool:
    key, _, value = text.partition("=")
    if key == "name":
        return value in name
    if key == "dangling":
        used = bool(session.engine.volume_users(name))
        return used != (value in ("true", "1"))
    raise bad_filter(key)


def _rm(session: Session, parsed: Parsed) -> None:
    for name in parsed.args:
        try:
            session.engine.remove_volume(name)
        except EngineError as error:
            if parsed.on("force") and error.message.endswith("no such volume"):
                session.line(name)
                continue
            session.complain(error.shown, error.help)
            session.exit_code = 1
        else:
            session.line(name)


def _inspect(session: Session, parsed: Parsed) -> None:
    print_objects(session, parsed.args, "volume", parsed.text("format"))


COMMANDS = (
    Command(
        "volume create",
        "docker volume create [OPTIONS] [VOLUME]",
        "Create a volume",
        _create,
        (
            Flag("label", "list", "Set metadata for a volume"),
            Flag("driver", "string", short="d", simulated=False),
            Flag("opt", "string", short="o", simulated=False),
            Flag("name", "string", simulated=False),
        ),
        most=1,
    ),
    Command(
        "volume ls",
        "docker volume ls [OPTIONS]",
        "List volumes",
        _ls,
        (
            Flag("filter", "list", "Provide filter values", "f"),
            Flag("format", "string", "Format output using a custom template"),
            Flag("quiet", "bool", "Only display volume names", "q"),
        ),
        most=0,
        aliases=("volume list",),
    ),
    Command(
        "volume rm",
        "docker volume rm [OPTIONS] VOLUME [VOLUME...]",
        "Remove one or more volumes",
        _rm,
        (Flag("force", "bool", "Force the removal of one or more volumes", "f"),),
        least=1,
        aliases=("volume remove",),
    ),
    Command(
        "volume inspect",
        "docker volume inspect [OPTIONS] VOLUME [VOLUME...]",
        "Display detailed information on one or more volumes",
        _inspect,
        (Flag("format", "string", "Format output using a custom template", "f"),),
        least=1,
    ),
)
