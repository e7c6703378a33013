"""dpkg and dpkg-query: questions about installed packages, and removing them."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from course_lib.packages import dpkg
from course_lib.shell.packages.dpkgroot import DpkgRoot
from course_lib.shell.packages.words import BadOptionError, Words, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_OPTIONS = {
    "-l": "list", "--list": "list", "-s": "status", "--status": "status", "-L": "files",
    "--listfiles": "files", "-S": "search", "--search": "search", "-r": "remove",
    "--remove": "remove", "-P": "purge", "--purge": "purge", "-i": "install",
    "--install": "install", "--print-architecture": "architecture", "-W": "show",
    "--show": "show", "-f=": "format", "--showformat=": "format", "--configure": "configure",
    "-a": "-", "--get-selections": "selections", "--add-architecture=": "add",
    "--force-all": "-", "--version": "version",
}  # fmt: skip
_NO_ROOT = 2
_TITLES = (
    "Desired=Unknown/Install/Remove/Purge/Hold\n"
    "| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n"
    "|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n"
)


def _list(task: Task, words: Words) -> int:
    root = DpkgRoot(task)
    names = sorted(root.installed)
    for pattern in words.operands:
        if not any(fnmatch.fnmatch(name, pattern) for name in names):
            task.err(f"dpkg-query: no packages found matching {pattern}")
            return 1
    shown = [
        root.installed[name]
        for name in names
        if not words.operands or any(fnmatch.fnmatch(name, p) for p in words.operands)
    ]
    wide = max((len(package.name) for package in shown), default=4)
    wider = max((len(package.version) for package in shown), default=7)
    task.out(_TITLES)
    task.out(f"||/ {'Name':<{wide}} {'Version':<{wider}} Architecture Description\n")
    task.out(f"+++-{'=' * wide}-{'=' * wider}-============-=================================\n")
    for package in shown:
        task.out(
            f"ii  {package.name:<{wide}} {package.version:<{wider}} amd64        {package.description}\n"
        )
    return 0


def _status(task: Task, words: Words) -> int:
    root = DpkgRoot(task)
    status = 0
    for name in words.operands:
        package = root.installed.get(name)
        if package is None:
            task.err(
                f"dpkg-query: package '{name}' is not installed and no information is available"
            )
            task.err("Use dpkg --info (= dpkg-deb --info) to examine archive files.")
            status = 1
        else:
            task.out(dpkg.stanza(package))
    return status


def _files(task: Task, words: Words) -> int:
    root = DpkgRoot(task)
    status = 0
    for name in words.operands:
        if name in root.installed:
            task.out("".join(f"{path}\n" for path in root.files_of(name)))
        else:
            task.err(f"dpkg-query: package '{name}' is not installed")
            task.err("Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.")
            status = 1
    return status


def _search(task: Task, words: Words) -> int:
    root = DpkgRoot(task)
    status = 0
    for pattern in words.operands:
        found = [
            (name, path)
            for name in sorted(root.installed)
            for path in root.files_of(name)
            if (path == pattern if pattern.startswith("/") else pattern in path)
        ]
        if not found:
            task.err(f"dpkg-query: no path found matching pattern {pattern}")
            status = 1
        task.out("".join(f"{name}: {path}\n" for name, path in found))
    return status


def _show(task: Task, words: Words) -> int:
    root = DpkgRoot(task)
    form = words.value("format", "${Package}\\t${Version}\\n")
    for name in sorted(root.installed):
        if words.operands and not any(fnmatch.fnmatch(name, p) for p in words.operands):
            continue
        package = root.installed[name]
        text = form.replace("\\n", "\n").replace("\\t", "\t")
        for field, value in (
            ("Package", package.name),
            ("Version", package.version),
            ("Installed-Size", str(package.installed)),
            ("Status", "install ok installed"),
            ("Architecture", "amd64"),
        ):
            text = text.replace("${" + field + "}", value)
        task.out(text)
    return 0


def _remove(task: Task, words: Words) -> int:
    if task.files.who.uid != 0:
        task.err("dpkg: error: requested operation requires superuser privilege")
        return _NO_ROOT
    root = DpkgRoot(task)
    for name in words.operands:
        if name not in root.installed:
            task.err(f"dpkg: warning: ignoring request to remove {name} which isn't installed")
            continue
        users = root.needed_by([name])
        if users:
            task.err(f"dpkg: dependency problems prevent removal of {name}:")
            for user in users[:1]:
                task.err(f" {user} depends on {name}.")
            task.err(f"\ndpkg: error processing package {name} (--remove):")
            task.err(" dependency problems - not removing")
            return 1
        task.out(
            f"(Reading database ... {root.count()} files and directories currently installed.)\n"
        )
        task.out(f"Removing {name} ({root.installed[name].version}) ...\n")
        root.remove(name, purge="purge" in words)
        root.save()
    return 0


def _architecture(task: Task, _words: Words) -> int:
    task.out("amd64\n")
    return 0


def _selections(task: Task, _words: Words) -> int:
    for name in sorted(DpkgRoot(task).installed):
        task.out(f"{name}\t\t\t\t\tinstall\n")
    return 0


_ACTIONS: dict[str, Callable[[Task, Words], int]] = {
    "list": _list,
    "status": _status,
    "files": _files,
    "search": _search,
    "show": _show,
    "remove": _remove,
    "purge": _remove,
    "architecture": _architecture,
    "selections": _selections,
}


def _program(task: Task) -> int:
    try:
        words = read(task, _OPTIONS)
    except BadOptionError as error:
        task.err(f"{task.name}: error: unknown option {error}")
        return _NO_ROOT
    for name, action in _ACTIONS.items():
        if name in words:
            return action(task, words)
    if not task.args:
        task.err(f"{task.name}: error: need an action option")
        return _NO_ROOT
    raise task.not_simulated(task.args[0])


COMMANDS: dict[str, Callable[[Task], int]] = {"dpkg": _program, "dpkg-query": _program}
