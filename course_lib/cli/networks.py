"""network ls: the three networks that every engine has. Others are not simulated."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag
from course_lib.cli.images import bad_filter
from course_lib.cli.listing import Column, print_list

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session

_NETWORKS = (("bridge", "bridge"), ("host", "host"), ("none", "null"))
_SHORT = 12
_COLUMNS = (
    Column("NETWORK ID", "ID"),
    Column("NAME", "Name"),
    Column("DRIVER", "Driver"),
    Column("SCOPE", "Scope"),
)


def _ls(session: Session, parsed: Parsed) -> None:
    wanted = [text.partition("=")[::2] for text in parsed.all("filter")]
    for key, _ in wanted:
        if key not in ("name", "driver"):
            raise bad_filter(key)
    rows = [
        {
            "ID": _id(name, full=parsed.on("no-trunc")),
            "Name": name,
            "Driver": driver,
            "Scope": "local",
        }
        for name, driver in _NETWORKS
        if all(value in {"name": name, "driver": driver}[key] for key, value in wanted)
    ]
    if parsed.on("quiet"):
        for row in rows:
            session.line(row["ID"])
        return
    print_list(session, rows, _COLUMNS, parsed.text("format"))


def _id(name: str, *, full: bool) -> str:
    digits = hashlib.sha256(f"network {name}".encode()).hexdigest()
    return digits if full else digits[:_SHORT]


COMMANDS = (
    Command(
        "network ls",
        "docker network ls [OPTIONS]",
        "List networks",
        _ls,
        (
            Flag("filter", "list", 'Provide filter values (e.g. "driver=bridge")', "f"),
            Flag("format", "string", "Format output using a custom template"),
            Flag("no-trunc", "bool", "Do not truncate the output"),
            Flag("quiet", "bool", "Only display network IDs", "q"),
        ),
        most=0,
        aliases=("network list",),
    ),
)
