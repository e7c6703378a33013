"""python3: its version, `-m pip`, `-m venv`, `-m http.server`; it does not run programs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.programs import program
from course_lib.shell.launcher import DEFAULT_PATH, look_up
from course_lib.shell.packages.disk import Disk
from course_lib.shell.packages.pip import run_pip
from course_lib.shell.packages.pythonhome import home_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_FLAGS = frozenset({"-u", "-B", "-s", "-S", "-E", "-I", "-O", "-OO"})


def _python(task: Task) -> int:
    arguments = list(task.args)
    while arguments and arguments[0] in _FLAGS:
        arguments.pop(0)
    if not arguments:
        if task.tty:
            task.out(f"Python {_version(task)}\n>>> ")
            raise task.block()
        if not task.stdin.read():
            return 0
        msg = ""
        raise task.not_simulated(msg)
    if arguments[0] in ("-V", "--version", "-VV"):
        task.out(f"Python {_version(task)}\n")
        return 0
    if arguments[0] == "-m" and len(arguments) > 1:
        return _module(task, arguments[1], arguments[2:])
    if arguments[0].startswith("-"):
        raise task.not_simulated(arguments[0])
    if task.files.find(arguments[0]) is None:
        path = task.files.absolute(arguments[0])
        task.err(f"{task.argv[0]}: can't open file '{path}': [Errno 2] No such file or directory")
        return 2
    raise task.not_simulated(arguments[0])


def _version(task: Task) -> str:
    home = home_of(task, Disk(task))
    version = task.env.get("PYTHON_VERSION", "")
    return version if version.startswith(f"{home.version}.") else f"{home.version}.2"


def _module(task: Task, name: str, arguments: list[str]) -> int:
    home = home_of(task, Disk(task))
    if name == "pip":
        if not Disk(task).exists(f"{home.site}/pip") and home.site.endswith("site-packages"):
            task.err(f"{task.argv[0]}: No module named pip")
            return 1
        task.argv = ("pip", *arguments)
        return run_pip(task, home)
    if name in ("venv", "virtualenv"):
        return _venv(task, [word for word in arguments if not word.startswith("-")], home.version)
    if name == "http.server":
        port = next((word for word in arguments if word.isdecimal()), "8000")
        task.out(f"Serving HTTP on 0.0.0.0 port {port} (http://0.0.0.0:{port}/) ...\n")
        raise task.block(frozenset({"SIGINT"}))
    msg = f"-m {name}"
    raise task.not_simulated(msg)


def _venv(task: Task, folders: list[str], version: str) -> int:
    if not folders:
        task.err("usage: venv [-h] ENV_DIR [ENV_DIR ...]")
        task.err("venv: error: the following arguments are required: ENV_DIR")
        return 2
    disk = Disk(task)
    who = task.files.who
    python = look_up(task.files, task.argv[0], task.env.get("PATH", DEFAULT_PATH))
    called = python.rpartition("/")[2]
    for folder in folders:
        base = task.files.absolute(folder).rstrip("/")
        task.files.make_directory(folder) if task.files.find(folder) is None else None
        site = f"{base}/lib/python{version}/site-packages"
        for path in (
            f"{base}/bin",
            f"{base}/include",
            f"{base}/lib",
            f"{base}/lib/python{version}",
            site,
        ):
            disk.put(path, Directory(0o755, who.uid, who.gid))
        links: list[tuple[str, File | Symlink]] = [
            (f"{base}/bin/{name}", Symlink(python if name == called else called))
            for name in ("python3", "python", f"python{version}")
        ]
        settings = f"home = {python.rpartition('/')[0]}\ninclude-system-site-packages = false\nversion = {version}\n"
        files: tuple[tuple[str, File | Symlink], ...] = (
            (f"{base}/pyvenv.cfg", File(Content.of(settings))),
            (f"{base}/lib64", Symlink("lib")),
            *links,
            (f"{base}/bin/pip", File(program("pip", 240), 0o755)),
            (f"{base}/bin/pip3", File(program("pip", 240), 0o755)),
            (f"{base}/bin/activate", File(Content.of(_ACTIVATE.replace("@folder@", base)))),
            (f"{site}/pip/__init__.py", File(Content(b"", 8_600_000))),
            (
                f"{site}/pip-23.2.1.dist-info/METADATA",
                File(Content.of("Name: pip\nVersion: 23.2.1\n")),
            ),
        )
        for path, node in files:
            disk.put(path, replace(node, uid=who.uid, gid=who.gid))
    return 0


_ACTIVATE = """# This file must be used with "source bin/activate" *from bash*
# you cannot run it directly

VIRTUAL_ENV="@folder@"
export VIRTUAL_ENV

_OLD_VIRTUAL_PATH="$PATH"
PATH="$VIRTUAL_ENV/bin:$PATH"
export PATH
"""
COMMANDS: dict[str, Callable[[Task], int]] = {"python3": _python}
