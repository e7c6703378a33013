"""All docker commands that work here, by their full names and by their aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli import (
    about,
    building,
    containers,
    copying,
    images,
    inspecting,
    networks,
    pruning,
    ps,
    running,
    transport,
    volumes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.cli.flags import Command

ALL: tuple[Command, ...] = (
    *building.COMMANDS,
    *images.COMMANDS,
    *running.COMMANDS,
    *ps.COMMANDS,
    *containers.COMMANDS,
    *volumes.COMMANDS,
    *inspecting.COMMANDS,
    *copying.COMMANDS,
    *transport.COMMANDS,
    *pruning.COMMANDS,
    *networks.COMMANDS,
    *about.COMMANDS,
)
COMMANDS: Mapping[str, Command] = {
    name: command for command in ALL for name in (command.name, *command.aliases)
}
GROUPS = ("image", "container", "volume", "network", "system")
ELSEWHERE = frozenset(
    {
        "builder", "buildx", "compose", "config", "context", "events", "init", "login", "logout", "manifest", "node",
        "plugin", "push", "scout", "search", "secret", "service", "stack", "stats", "swarm",
        "trust", "update",
    }
)  # fmt: skip
