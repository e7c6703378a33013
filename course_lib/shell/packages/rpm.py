"""rpm: questions about installed packages."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from course_lib.packages import rpmdb
from course_lib.shell.packages.disk import Disk
from course_lib.shell.packages.rpmroot import RpmRoot, full_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task


def _program(task: Task) -> int:
    letters = "".join(word[1:] for word in task.args if word.startswith("-") and word[1:2] != "-")
    names = [word for word in task.args if not word.startswith("-")]
    if "--version" in task.args:
        task.out("RPM version 4.11.3\n")
        return 0
    if "e" in letters:
        return _erase(task, names)
    if "q" not in letters or set(letters) - set("qalfi"):
        raise task.not_simulated(task.args[0] if task.args else "")
    root = RpmRoot(Disk(task))
    if "a" in letters:
        for name, (package, _) in root.installed.items():
            if not names or any(fnmatch.fnmatch(name, pattern) for pattern in names):
                task.out(f"{full_name(package)}\n")
        return 0
    if "f" in letters:
        return _owners(task, root, names)
    return _about(task, root, names, letters)


def _about(task: Task, root: RpmRoot, names: list[str], letters: str) -> int:
    status = 0
    for name in names:
        if name not in root.installed:
            task.out(f"package {name} is not installed\n")
            status = 1
            continue
        package, paths = root.installed[name]
        if "l" in letters:
            task.out("".join(f"{path}\n" for path in paths) or "(contains no files)\n")
        elif "i" in letters:
            task.out(f"Name        : {name}\nVersion     : {package.version.partition('-')[0]}\n"
                     f"Architecture: {rpmdb.architecture(package)}\nSize        : {package.installed * 1024}\n"
                     f"Summary     : {package.description}\n")  # fmt: skip
        else:
            task.out(f"{full_name(package)}\n")
    return status


def _owners(task: Task, root: RpmRoot, paths: list[str]) -> int:
    status = 0
    for path in paths:
        owner = next((p for p, files in root.installed.values() if path in files), None)
        if owner is not None:
            task.out(f"{full_name(owner)}\n")
            continue
        status = 1
        if task.files.find(path) is None:
            task.err(f"error: file {path}: No such file or directory")
        else:
            task.out(f"file {path} is not owned by any package\n")
    return status


def _erase(task: Task, names: list[str]) -> int:
    if task.files.who.uid != 0:
        task.err(
            "error: can't create transaction lock on /var/lib/rpm/.rpm.lock (Permission denied)"
        )
        return 1
    root = RpmRoot(Disk(task))
    for name in names:
        if name not in root.installed:
            task.err(f"error: package {name} is not installed")
            return 1
        users = root.needed_by(name)
        if users:
            task.err("error: Failed dependencies:")
            task.err(f"\t{name} is needed by (installed) {full_name(root.installed[users[0]][0])}")
            return 1
        root.erase(name)
    root.save()
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {"rpm": _program}
