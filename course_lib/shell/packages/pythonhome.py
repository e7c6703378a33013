"""Where a Python keeps its packages: the image's own, a distribution's, or a virtual environment."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.programs import program_name
from course_lib.shell.launcher import DEFAULT_PATH, look_up

if TYPE_CHECKING:
    from course_lib.shell.packages.disk import Disk
    from course_lib.shell.task import Task


@dataclass(frozen=True, slots=True)
class PythonHome:
    """A Python installation. `managed` ones belong to the distribution (PEP 668)."""

    prefix: str
    version: str  # `3.12`
    site: str  # where packages go
    managed: bool

    @property
    def programs(self) -> str:
        """Where the commands of packages go."""
        return f"{self.prefix}/bin"


def home_of(task: Task, disk: Disk) -> PythonHome:
    """The Python that the program of a task (`pip`, `python3`) belongs to."""
    try:
        program = look_up(task.files, task.argv[0], task.env.get("PATH", DEFAULT_PATH))
    except OSError:
        program = "/usr/local/bin/pip"
    prefix = posixpath.dirname(posixpath.dirname(task.files.absolute(program)))
    if prefix in ("/usr", ""):
        return _of_distribution(task, disk)
    version = _version(task, disk, prefix)
    return PythonHome(prefix, version, f"{prefix}/lib/python{version}/site-packages", managed=False)


def _of_distribution(task: Task, disk: Disk) -> PythonHome:
    version = _version(task, disk, "/usr")
    if disk.exists("/etc/debian_version"):
        site = f"/usr/local/lib/python{version}/dist-packages"
        ubuntu_22 = "jammy" in disk.text("/etc/os-release")
        return PythonHome("/usr/local", version, site, managed=not ubuntu_22)
    managed = "alpine" in disk.text("/etc/os-release")
    site = f"/usr/lib/python{version}/site-packages"
    return PythonHome("/usr", version, site, managed=managed)


def _version(task: Task, disk: Disk, prefix: str) -> str:
    """From the folders `lib/python3.12` of a prefix; the newest that is one of Python's own."""
    folder = f"{prefix}/lib"
    names = task.machine.children(task.machine.fs.resolve(folder)) if disk.exists(folder) else ()
    found = [
        name.removeprefix("python")
        for name in names
        if name.startswith("python3.") and name.removeprefix("python3.").isdecimal()
    ]
    return max(found, key=lambda name: int(name.partition(".")[2]), default="3.11")


def is_python(disk: Disk, path: str) -> bool:
    """Whether a path leads to a simulated Python."""
    node = disk.node(path)
    content = getattr(node, "content", None)
    return content is not None and program_name(content) == "python3"
