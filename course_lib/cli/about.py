"""version, info: what answers here, and how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag
from course_lib.cli.goeval import render, to_json
from course_lib.run.container import Running

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session

VERSION = "29.7.0"
"""The version whose words and rules are simulated."""

_API = "1.52"
_KIND = "simulated by the course"


def _version(session: Session, parsed: Parsed) -> None:
    side: Mapping[str, str] = {
        "Version": VERSION,
        "APIVersion": _API,
        "Os": "linux",
        "Arch": "amd64",
    }
    template = parsed.text("format")
    value = {"Client": side, "Server": side}
    if template:
        session.line(to_json(value) if template == "json" else render(template, value))
        return
    for title in (f"Client: Docker ({_KIND})", f"\nServer: Docker Engine ({_KIND})"):
        session.line(title)
        session.line(f" Version:           {VERSION}")
        session.line(f" API version:       {_API}")
        session.line(" OS/Arch:           linux/amd64")


def _info(session: Session, parsed: Parsed) -> None:
    del parsed
    containers = session.engine.ps(all=True)
    running = [c for c in containers if isinstance(c.state, Running)]
    paused = sum(isinstance(c.state, Running) and c.state.paused for c in running)
    session.out(
        f"Client:\n Version:    {VERSION}\n\nServer:\n"
        f" Containers: {len(containers)}\n"
        f"  Running: {len(running) - paused}\n"
        f"  Paused: {paused}\n"
        f"  Stopped: {len(containers) - len(running)}\n"
        f" Images: {len(session.engine.images_here())}\n"
        f" Server Version: {VERSION}\n"
        " Storage Driver: overlay2\n"
        f" Operating System: {_KIND}\n"
        " OSType: linux\n Architecture: x86_64\n"
    )


COMMANDS = (
    Command(
        "version",
        "docker version [OPTIONS]",
        "Show the Docker version information",
        _version,
        (Flag("format", "string", "Format output using a custom template", "f"),),
        most=0,
    ),
    Command(
        "info",
        "docker info [OPTIONS]",
        "Display system-wide information",
        _info,
        (Flag("format", "string", short="f", simulated=False),),
        most=0,
        aliases=("system info",),
    ),
)
