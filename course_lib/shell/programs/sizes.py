"""du, stat, dd, truncate."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.shell.dates import moment
from course_lib.shell.modes import listed
from course_lib.shell.numbers import whole
from course_lib.shell.openfile import OpenFile, open_for_reading, open_for_writing
from course_lib.shell.options import missing_operand, parse
from course_lib.shell.sayings import words
from course_lib.shell.sizes import human
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.options import Given
    from course_lib.shell.streams import Stream
    from course_lib.shell.task import Task

_BLOCK = 4096
_UNITS = {"": 1, "c": 1, "w": 2, "b": 512, "k": 1024, "K": 1024, "kB": 1000, "KB": 1000, "M": 1 << 20,
          "MB": 10**6, "G": 1 << 30, "GB": 10**9, "T": 1 << 40, "TB": 10**12}  # fmt: skip


def parse_size(text: str) -> int | None:
    """`10M`, `1kB`, `2x512` in bytes; None for anything else."""
    total = 1
    for piece in text.split("x"):
        match = re.fullmatch(r"(\d+)([a-zA-Z]*)", piece)
        if match is None or match[2] not in _UNITS:
            return None
        total *= whole(match[1]) * _UNITS[match[2]]
    return total


# -- du ------------------------------------------------------------------------------------------


def _du(task: Task) -> int:
    given = parse(
        task, "shakmcbd:xHLl",
        {"summarize": "s", "human-readable": "h", "all": "a", "total": "c", "bytes": "b",
         "max-depth=": "d", "apparent-size": "A", "one-file-system": "x"},
        real="SX0tDP",
    )  # fmt: skip
    usage = _Usage(task, given)
    total = 0
    status = 0
    for path in given.operands or (".",):
        try:
            node = task.files.stat(path, follow=False)
        except OSError as error:
            verb = "" if task.busybox else "cannot access "
            name = path if task.busybox else f"'{path}'"
            status = task.complain(f"{verb}{name}: {words(error)}")
            continue
        total += usage.of(path, node, 0)
    if "c" in given:
        usage.show(total, "total")
    return status


class _Usage:
    def __init__(self, task: Task, given: Given) -> None:
        self._task = task
        self._given = given
        self._apparent = "b" in given or "A" in given
        self._depth = 0 if "s" in given else given.number("d", 1000000)

    def of(self, path: str, node: Node, depth: int) -> int:
        """The bytes of a path and all below it, printed as asked."""
        self._task.machine.meter.step()
        size = self._own(node)
        if isinstance(node, Directory):
            for name in self._task.files.names(path):
                inner = posixpath.join(path, name)
                size += self.of(inner, self._task.files.stat(inner, follow=False), depth + 1)
        if depth == 0 or (
            depth <= self._depth and (isinstance(node, Directory) or "a" in self._given)
        ):
            self.show(size, path)
        return size

    def _own(self, node: Node) -> int:
        if isinstance(node, File):
            return node.size if self._apparent else -(-node.size // _BLOCK) * _BLOCK
        if isinstance(node, Symlink):
            return len(node.target) if self._apparent else 0
        return _BLOCK

    def show(self, size: int, name: str) -> None:
        """Print a line in the unit asked for."""
        given = self._given
        if "h" in given:
            shown = human(size) if size else "0"
        elif "b" in given:
            shown = str(size)
        else:
            unit = 1 << 20 if "m" in given else 1024
            shown = str(-(-size // unit))
        self._task.out(f"{shown}\t{name}\n")


# -- stat ----------------------------------------------------------------------------------------


def _stat(task: Task) -> int:
    given = parse(task, "c:Lt", {"format=": "c", "printf=": "p", "dereference": "L"}, real="f")
    if not given.operands:
        raise missing_operand(task)
    form = given.value("c") or given.value("p")
    if not form:
        msg = "without -c FORMAT"
        raise task.not_simulated(msg)
    status = 0
    for path in given.operands:
        try:
            node = task.files.stat(path, follow="L" in given)
        except OSError as error:
            verb = (
                "can't stat" if task.busybox else "cannot stat" if "L" in given else "cannot statx"
            )
            status = task.complain(f"{verb} '{path}': {words(error)}")
            continue
        text = re.sub(r"%(.)", lambda match: _stat_piece(task, match[1], path, node), form)  # noqa: B023 - used at once
        task.out(text + "\n" if "c" in given else text.replace("\\n", "\n").replace("\\t", "\t"))
    return status


def _stat_piece(task: Task, letter: str, path: str, node: Node) -> str:
    kind = (
        "directory"
        if isinstance(node, Directory)
        else "symbolic link"
        if isinstance(node, Symlink)
        else "regular file"
    )
    size = (
        node.size
        if isinstance(node, File)
        else len(node.target)
        if isinstance(node, Symlink)
        else _BLOCK
    )
    if kind == "regular file" and not size:
        kind = "regular empty file"
    mode = 0o777 if isinstance(node, Symlink) else node.mode
    users = {account.uid: account.name for account in reversed(accounts(task.machine.fs))}
    named = {group.gid: group.name for group in reversed(groups(task.machine.fs))}
    sign = "d" if isinstance(node, Directory) else "l" if isinstance(node, Symlink) else "-"
    arrow = f"'{path}' -> '{node.target}'" if isinstance(node, Symlink) else f"'{path}'"
    stamp = moment(node.mtime).strftime("%Y-%m-%d %H:%M:%S.000000000 +0000")
    known = {
        "n": path, "N": arrow, "s": str(size), "a": f"{mode:o}", "A": listed(mode, sign), "F": kind,
        "u": str(node.uid), "g": str(node.gid), "U": users.get(node.uid, "UNKNOWN"),
        "G": named.get(node.gid, "UNKNOWN"), "Y": str(node.mtime), "y": stamp, "%": "%",
        "b": str(-(-size // _BLOCK) * 8 if isinstance(node, File) else 8), "B": "512",
        "f": f"{mode | {'d': 0o40000, 'l': 0o120000}.get(sign, 0o100000):x}",
    }  # fmt: skip
    if letter not in known:
        msg = f"%{letter}"
        raise task.not_simulated(msg)
    return known[letter]


# -- dd, truncate --------------------------------------------------------------------------------

_DD = frozenset(
    {"if", "of", "bs", "ibs", "obs", "count", "skip", "seek", "conv", "status", "iflag", "oflag"},
)


def _dd(task: Task) -> int:
    settings: dict[str, str] = {}
    for word in task.args:
        name, _, value = word.partition("=")
        if name not in _DD:
            return task.complain(f"unrecognized operand '{word}'")
        settings[name] = value
    sizes: dict[str, int] = {}
    for name, default in (("bs", "512"), ("count", ""), ("skip", "0"), ("seek", "0")):
        text = settings.get(name, settings.get("ibs", default) if name == "bs" else default)
        parsed = parse_size(text) if text else -1
        if parsed is None:
            return task.complain(f"invalid number: '{text}'")
        sizes[name] = parsed
    if set(settings.get("conv", "notrunc").split(",")) - {
        "notrunc",
        "fsync",
        "sync",
        "fdatasync",
        "sparse",
        "",
    }:
        msg = f"conv={settings['conv']}"
        raise task.not_simulated(msg)
    return _dd_copy(task, settings, sizes)


def _dd_copy(task: Task, settings: dict[str, str], sizes: dict[str, int]) -> int:
    source: Stream = task.stdin
    target: Stream = task.stream(1)
    name = settings.get("if", "")
    try:
        if name:
            source = open_for_reading(task.files, name)
        name = settings.get("of", "")
        if name:
            keep = "notrunc" in settings.get("conv", "") or sizes["seek"] > 0
            target = open_for_writing(task.files, name, keep=keep)
    except OSError as error:
        return task.complain(f"failed to open '{name}': {words(error)}")
    size, count = sizes["bs"], sizes["count"]
    if sizes["skip"]:
        source.read(sizes["skip"] * size)
    if sizes["seek"] and isinstance(target, OpenFile):
        target.seek(sizes["seek"] * size)
    wanted = size * count if count >= 0 else -1
    try:
        if getattr(source, "zero", False) and wanted >= 0:
            target.write_zeros(wanted)
            done = wanted
        else:
            data = source.read(wanted)
            target.write(data)
            done = len(data)
        task.machine.flush()
    except OSError as error:
        return task.complain(f"error writing '{name or 'standard output'}': {words(error)}")
    if settings.get("status") != "none":
        full, part = divmod(done, size) if size else (0, 0)
        records = f"{full}+{int(bool(part))} records"
        task.err(f"{records} in\n{records} out")
        if settings.get("status") != "noxfer":
            task.err(f"{_amount(done)} copied, 0 s, Infinity B/s")
    return 0


def _amount(size: int) -> str:
    text = f"{size} byte{'' if size == 1 else 's'}"
    notes = []
    for base, units in ((1000, ("kB", "MB", "GB", "TB")), (1024, ("KiB", "MiB", "GiB", "TiB"))):
        if size < base:
            continue
        value, unit = float(size), ""
        for name in units:
            if value < base:
                break
            value, unit = value / base, name
        notes.append(f"{value:.1f} {unit}" if value < 10 else f"{value:.0f} {unit}")  # noqa: PLR2004 - one digit
    return text + (f" ({', '.join(notes)})" if notes else "")


def _truncate(task: Task) -> int:
    given = parse(task, "s:c", {"size=": "s", "no-create": "c"})
    if "s" not in given:
        task.complain("you must specify either '--size' or '--reference'")
        task.err("Try 'truncate --help' for more information.")
        return 1
    size = parse_size(given.value("s"))
    if size is None:
        msg = f"-s {given.value('s')}"
        raise task.not_simulated(msg)
    return _set_sizes(task, given.operands, size, create="c" not in given)


def _set_sizes(task: Task, paths: tuple[str, ...], size: int, *, create: bool) -> int:
    status = 0
    for path in paths:
        try:
            node = task.files.find(path)
            if node is None and not create:
                continue
            head = node.content.head[:size] if isinstance(node, File) else b""
            task.files.write(path, Content(head, size))
        except OSError as error:
            status = task.complain(f"cannot open '{path}' for writing: {words(error)}")
    return status


def _fallocate(task: Task) -> int:
    given = parse(task, "l:o:", {"length=": "l"})
    size = parse_size(
        given.value("l").removesuffix("iB")
        if given.value("l").endswith("iB")
        else given.value("l"),
    )
    if size is None or "o" in given:
        return task.complain(
            "no length argument specified"
            if "l" not in given
            else "invalid length value specified",
        )
    return _set_sizes(task, given.operands, size, create=True)


COMMANDS: dict[str, Callable[[Task], int]] = {
    "du": _du,
    "stat": _stat,
    "dd": _dd,
    "truncate": _truncate,
    "fallocate": _fallocate,
}
