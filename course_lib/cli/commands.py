"""All docker commands that work here, by their full names and by their aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli import building, containers, images, inspecting, running, volumes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.cli.flags import Command

ALL: tuple[Command, ...] = (
    *building.COMMANDS,
    *images.COMMANDS,
    *running.COMMANDS,
    *containers.COMMANDS,
    *volumes.COMMANDS,
    *inspecting.COMMANDS,
)
COMMANDS: Mapping[str, Command] = {
    name: command for command in ALL for name in (command.name, *command.aliases)
}
GROUPS = ("image", "container", "volume")
ELSEWHERE = frozenset(
    {
        "attach", "builder", "buildx", "compose", "config", "context", "cp", "events", "export",
        "import", "info", "init", "load", "login", "logout", "manifest", "network", "node", "pause",
        "plugin", "push", "save", "scout", "search", "secret", "service", "stack", "stats", "swarm",
        "system", "trust", "unpause", "update", "version",
    }
)  # fmt: skip
