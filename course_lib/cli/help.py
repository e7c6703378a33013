"""`docker COMMAND --help`: usage, and the options that are simulated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.cli.flags import Command, Flag


def usage(command: Command) -> str:
    """The help of one command, in docker's layout."""
    text = f"Usage:  {command.usage}\n\n{command.about}\n"
    if command.aliases:
        names = ", ".join(f"docker {name}" for name in (command.name, *command.aliases))
        text += f"\nAliases:\n  {names}\n"
    options = sorted((f for f in command.flags if f.simulated), key=lambda flag: flag.name)
    if not options:
        return text
    left = [_option(flag) for flag in options]
    width = max(len(cell) for cell in left) + 3
    lines = (cell.ljust(width) + flag.about for cell, flag in zip(left, options, strict=True))
    return text + "\nOptions:\n" + "".join(f"{line.rstrip()}\n" for line in lines)


def group_usage(group: str, commands: Iterable[Command]) -> str:
    """The help of `docker volume`: its commands."""
    prefix = f"{group} "
    members = [
        (name.removeprefix(prefix), command.about)
        for command in commands
        for name in _shown_names(command)
        if name.startswith(prefix)
    ]
    return (
        f"Usage:  docker {group} COMMAND\n\nManage {group}s\n\nCommands:\n{_rows(members)}\n"
        f"Run 'docker {group} COMMAND --help' for more information on a command.\n"
    )


def _shown_names(command: Command) -> tuple[str, ...]:
    """The name, and of several other names within one group the first: `image ls`, not `image list`."""
    groups: dict[str, str] = {}
    for name in command.aliases:
        groups.setdefault(name.partition(" ")[0], name)
    return (command.name, *groups.values())


def overview(commands: Iterable[Command]) -> str:
    """`docker --help`: the commands that are simulated."""
    rows = [(command.name, command.about) for command in commands]
    return (
        "Usage:  docker [OPTIONS] COMMAND\n\nCommands:\n"
        f"{_rows(rows)}\nRun 'docker COMMAND --help' for more information on a command.\n"
    )


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    listed = sorted(rows)
    width = max(len(name) for name, _ in listed) + 2
    return "".join(f"  {name.ljust(width)}{about}\n" for name, about in listed)


def _option(flag: Flag) -> str:
    short = f"-{flag.short}, " if flag.short else "    "
    return f"  {short}--{flag.name}" + ("" if flag.kind == "bool" else f" {flag.kind}")
