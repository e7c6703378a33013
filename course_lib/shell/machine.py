"""What all tasks of one execution share: files, clock, output, process ids, budgets."""

from __future__ import annotations

import errno
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakSet

from course_lib.image.entries import Content, Directory, File, Node
from course_lib.shell.devices import noise, virtual, virtual_children
from course_lib.shell.meter import Meter
from course_lib.shell.sayings import failure
from course_lib.shell.scripterrors import NotSimulatedError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.clock import Clock
    from course_lib.image.workspace import Workspace
    from course_lib.shell.network import Web
    from course_lib.shell.openfile import OpenFile
    from course_lib.shell.process import Budget, Chunk
    from course_lib.shell.programs import Command
    from course_lib.shell.task import Task

_VIRTUAL = ("/dev", "/proc", "/sys")


class Machine:
    """The kernel's side of an execution.

    `patience` is the simulated time in seconds that the caller waits, None for "as long as it
    takes"; `dirty` are files with written bytes that are not in the file system yet. `beside` are
    processes that ran before: they can be seen, and do nothing here.
    """

    def __init__(  # noqa: PLR0913 - the world of an execution
        self,
        fs: Workspace,
        clock: Clock,
        budget: Budget,
        *,
        hostname: str = "",
        patience: int | None = None,
        web: Web | None = None,
    ) -> None:
        self.fs = fs
        self.clock = clock
        self.meter = Meter(budget)
        self.hostname = hostname
        self.patience = patience
        self.web = web
        self.online = True
        self.programs: Mapping[str, Command] = {}
        self.chunks: list[Chunk] = []
        self.dirty: list[OpenFile] = []
        self.opened: WeakSet[OpenFile] = WeakSet()
        self.background: list[Task] = []
        self.beside: list[Task] = []
        self.started = clock.now()
        self.line = 0  # of the script line that runs
        self._last_pid = 0
        self._noise = 0

    def new_pid(self) -> int:
        """The next process id; the first is 1, or follows those of the processes beside."""
        self._last_pid = max([self._last_pid, *(task.pid for task in self.beside)]) + 1
        return self._last_pid

    def noise(self, size: int) -> bytes:
        """Random-looking bytes."""
        self._noise += 1
        return noise(self._noise, size)

    def elapsed(self) -> int:
        """Simulated seconds since the start."""
        return self.clock.now() - self.started

    def wait(self, seconds: int) -> bool:
        """Let time pass; False when the caller will not wait that long."""
        if self.patience is not None and self.elapsed() + seconds > self.patience:
            return False
        self.clock.tick(seconds)
        return True

    # -- processes --------------------------------------------------------------------------

    def alive(self, pid: int) -> bool:
        """Whether a process in the background has that id."""
        return any(task.pid == pid for task in self.background)

    def processes(self, task: Task) -> list[Task]:
        """All that is alive while `task` runs: its ancestors, itself, those in the background and beside."""
        found: dict[int, Task] = {task.pid: task for task in self.beside}
        for start in (task, *self.background):
            here: Task | None = start
            while here is not None:
                found.setdefault(here.pid, here)
                here = here.parent
        return [found[pid] for pid in sorted(found)]

    def signal(self, pid: int, name: str, sender: Task) -> bool:
        """Send a signal; False when there is no such process.

        Raises:
            NotSimulatedError: the process is one of those beside.

        """
        target = next((task for task in self.processes(sender) if task.pid == pid), None)
        if target is None:
            return False
        harmless = {"EXIT", "CHLD", "CONT", "URG", "WINCH"}
        if target in self.beside and name not in harmless:
            raise NotSimulatedError(
                Text(
                    f"a signal from docker exec to process {pid} is not simulated; docker kill -s {name} sends one",
                    f"没有模拟从 docker exec 给进程 {pid} 发信号；可以用 docker kill -s {name}",
                )
            )
        if name not in harmless and target in self.background:
            self.background.remove(target)
        return True

    # -- files, at real paths ---------------------------------------------------------------

    def node(self, path: str) -> Node | None:
        """What stands at a real path."""
        if path.startswith(_VIRTUAL):
            found = virtual(path)
            if found is not None:
                return found
        return self.fs.get(path)

    def children(self, path: str) -> tuple[str, ...]:
        """The names in a directory."""
        kernel = virtual_children(path)
        node = self.fs.get(path)
        own = self.fs.children(path) if isinstance(node, Directory) else ()
        return tuple({*kernel, *own}) if kernel else tuple(own)

    def put(self, path: str, node: Node) -> None:
        """Make a node, with the time of now; its parents must be there."""
        self.fs.put(path, replace(node, mtime=self.clock.now()))

    def keep(self, path: str, node: Node) -> None:
        """Make a node with the time that it has."""
        self.fs.put(path, node)

    def store(self, path: str, content: Content) -> None:
        """Give a file that is there new bytes."""
        node = self.node(path)
        if not isinstance(node, File):
            raise failure(errno.ENOENT, path)
        self.meter.memory(len(content.head))
        if not self.meter.disk(content.size):
            raise failure(errno.ENOSPC, path)
        self.replace_content(path, content)

    def replace_content(self, path: str, content: Content) -> None:
        """Give a file new bytes that the meter has already counted."""
        node = self.node(path)
        if isinstance(node, File):
            self.fs.put(path, replace(node, content=content, mtime=self.clock.now()))

    def attributes(
        self,
        path: str,
        *,
        mode: int | None = None,
        uid: int | None = None,
        gid: int | None = None,
        mtime: int | None = None,
    ) -> None:
        """Change attributes of what is there."""
        node = self.node(path)
        if node is None or path.startswith(_VIRTUAL):
            return
        if mode is not None and isinstance(node, (File, Directory)):
            node = replace(node, mode=mode)
        node = replace(
            node,
            uid=node.uid if uid is None else uid,
            gid=node.gid if gid is None else gid,
            mtime=node.mtime if mtime is None else mtime,
        )
        self.fs.put(path, node)

    def remove(self, path: str) -> None:
        """Remove a file, a link or an empty directory; open files of it live on unseen."""
        self.flush()
        for stream in self.open_at(path):
            stream.detach()
        self.fs.remove(path)

    def rename(self, old: str, new: str) -> None:
        """Give what is at `old` the path `new`, where nothing is."""
        self.flush()
        for stream in self.open_at(old):
            stream.path = new + (stream.path or old)[len(old) :]
        self.fs.rename(old, new)

    # -- open files -------------------------------------------------------------------------

    def open_at(self, path: str) -> list[OpenFile]:
        """The open files at a path or below it."""
        below = path.rstrip("/") + "/"
        return [
            stream
            for stream in self.opened
            if stream.path is not None and (stream.path == path or stream.path.startswith(below))
        ]

    def flush(self) -> None:
        """Bring all written bytes into the file system."""
        waiting, self.dirty = self.dirty, []
        for stream in waiting:
            stream.flush()
