"""java: its version, and the one server that the course's images start with it, Tomcat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.packages.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_TOMCAT = "org.apache.catalina.startup.Bootstrap"
_VALUED = frozenset({"-cp", "-classpath", "--class-path", "--module-path", "-p"})


def _java(task: Task) -> int:
    arguments = list(task.args)
    while arguments and arguments[0].startswith("-"):
        word = arguments.pop(0)
        if word in ("-version", "--version", "-fullversion"):
            return _version(task, word)
        if word == "-jar":
            msg = "-jar"
            raise task.not_simulated(msg)
        if word in _VALUED and arguments:
            arguments.pop(0)
    if not arguments:
        msg = ""
        raise task.not_simulated(msg)
    if arguments[0] != _TOMCAT:
        raise task.not_simulated(arguments[0])
    if arguments[1:] == ["stop"]:
        return 0
    folder = next(
        (word.partition("=")[2] for word in task.args if word.startswith("-Dcatalina.base=")), ""
    )
    disk = Disk(task)
    for line in (
        'Initializing ProtocolHandler ["http-bio-8080"]',
        "Starting service Catalina",
        'Starting ProtocolHandler ["http-bio-8080"]',
        "Server startup in 471 ms",
    ):
        task.err(f"INFO: {line}")
    if disk.exists(f"{folder}/logs"):
        disk.write(f"{folder}/logs/catalina.log", "INFO: Server startup in 471 ms\n")
    raise task.block(frozenset({"SIGTERM", "SIGINT", "SIGHUP"}))


def _version(task: Task, word: str) -> int:
    version = (
        task.env.get("JAVA_VERSION", "").removeprefix("jdk-").removeprefix("jdk") or "1.8.0_412"
    )
    line = f'openjdk version "{version.partition("+")[0]}"\n'
    if word == "--version":
        task.out(line.replace("version ", "").replace('"', ""))
    else:
        task.err(line.rstrip())
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {"java": _java}
