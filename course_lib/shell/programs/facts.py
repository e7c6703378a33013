"""free, df, mount, uptime, arch, getconf, sync, tty and their like: what the machine says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import File
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words
from course_lib.shell.sizes import human

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_MEMORY = 2097152  # kB, as /proc/meminfo has it
_DISK = 64 << 20  # kB
_CONSTANTS = {
    "PAGESIZE": "4096", "PAGE_SIZE": "4096", "_NPROCESSORS_ONLN": "2", "_NPROCESSORS_CONF": "2",
    "ARG_MAX": "2097152", "LONG_BIT": "64", "PATH_MAX": "4096", "NAME_MAX": "255",
    "CHILD_MAX": "7823", "OPEN_MAX": "1024", "CLK_TCK": "100",
}  # fmt: skip


def _used(task: Task) -> int:
    """Kilobytes in files, each rounded up to its blocks."""
    total = 0
    for _, node in task.machine.fs.walk():
        task.machine.meter.step(1)
        if isinstance(node, File):
            total += -(-node.size // 4096) * 4
    return total


def _df(task: Task) -> int:
    given = parse(
        task, "hkPTaim", {"human-readable": "h", "portability": "P", "print-type": "T"}, real="lx"
    )
    if "T" in given or "i" in given:
        raise task.not_simulated("-T" if "T" in given else "-i")
    for path in given.operands:
        if task.files.find(path) is None:
            return task.complain(f"{path}: No such file or directory")
    used = _used(task)
    numbers = (_DISK, used, _DISK - used)
    if "h" in given:
        cells = [human(number * 1024) for number in numbers]
        names = ("Size", "Used", "Avail" if not task.busybox else "Available")
    else:
        unit = 1024 if "m" in given else 1
        cells = [str(-(-number // unit)) for number in numbers]
        names = ("1M-blocks" if "m" in given else "1K-blocks", "Used", "Available")
    percent = f"{-(-used * 100 // _DISK)}%"
    capacity = "Capacity" if "P" in given and not task.busybox else "Use%"
    rows = [("Filesystem", *names, capacity, "Mounted on"), ("overlay", *cells, percent, "/")]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, last = row[0].ljust(max(widths[0], 14)), row[-1]
        middle = (cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True))
        task.out(" ".join((first, *middle, last)) + "\n")
    return 0


def _free(task: Task) -> int:
    given = parse(task, "bkmght", {"human": "h", "mega": "m", "giga": "g"}, real="lsw")
    divisor = {"b": 1 / 1024, "m": 1024, "g": 1 << 20}.get(given.last_of("bkmg", "k"), 1)
    used, free, cache = _MEMORY // 4, _MEMORY // 2, _MEMORY // 4
    numbers = (_MEMORY, used, free, 0, cache, free + cache)
    shown = [human(n * 1024) + "i" if "h" in given else str(int(n / divisor)) for n in numbers]
    names = ("total", "used", "free", "shared", "buff/cache", "available")
    task.out(" " * 6 + "".join(f"{name:>12}" for name in names).rjust(74) + "\n")
    task.out("Mem:".ljust(8) + "".join(f"{text:>12}" for text in shown) + "\n")
    task.out("Swap:".ljust(8) + "".join(f"{0:>12}" for _ in range(3)) + "\n")
    return 0


def _uptime(task: Task) -> int:
    seconds = task.machine.elapsed()
    clock = task.machine.clock.now() % 86400
    at = f"{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"
    task.out(f" {at} up {seconds // 60} min,  0 users,  load average: 0.00, 0.00, 0.00\n")
    return 0


def _mount(task: Task) -> int:
    if not task.args:
        task.out("overlay on / type overlay (rw,relatime)\nproc on /proc type proc (rw)\n")
        return 0
    if task.busybox:
        return task.complain(f"mounting {task.args[-1]} failed: Operation not permitted")
    return task.complain(f"{task.args[-1]}: permission denied.", 32)


def _umount(task: Task) -> int:
    if not task.args:
        raise missing_operand(task)
    if task.busybox:
        return task.complain(f"can't unmount {task.args[-1]}: Operation not permitted")
    return task.complain(f"{task.args[-1]}: must be superuser to unmount.", 32)


def _arch(task: Task) -> int:
    task.out("x86_64\n")
    return 0


def _getconf(task: Task) -> int:
    names = [word for word in task.args if not word.startswith("-")]
    if not names:
        raise missing_operand(task)
    if names[0] not in _CONSTANTS:
        return task.complain(f"Unrecognized variable `{names[0]}'", 2)
    task.out(_CONSTANTS[names[0]] + "\n")
    return 0


def _nothing(task: Task) -> int:
    """`sync`, `clear`, `ldconfig`: what they do can't be seen in files."""
    del task
    return 0


def _tty(task: Task) -> int:
    if task.tty:
        task.out("/dev/pts/0\n")
        return 0
    if "-s" not in task.args:
        task.out("not a tty\n")
    return 1


def _hostid(task: Task) -> int:
    task.out("007f0100\n")
    return 0


def _unlink(task: Task) -> int:
    if len(task.args) != 1:
        raise missing_operand(task)
    try:
        task.files.remove(task.args[0])
    except OSError as error:
        verb = "can't remove" if task.busybox else "cannot unlink"
        return task.complain(f"{verb} '{task.args[0]}': {words(error)}")
    return 0


COMMANDS: dict[str, Callable[[Task], int]] = {
    "df": _df,
    "free": _free,
    "uptime": _uptime,
    "mount": _mount,
    "umount": _umount,
    "arch": _arch,
    "getconf": _getconf,
    "sync": _nothing,
    "clear": _nothing,
    "ldconfig": _nothing,
    "tty": _tty,
    "hostid": _hostid,
    "unlink": _unlink,
}
