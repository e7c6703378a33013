"""xz, bzip2, unzip, zip: the other ways to pack."""

from __future__ import annotations

import bz2
import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.sayings import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_XZ, _BZIP2 = b"\xfd7zXZ\x00", b"BZh"
_SUFFIXES = {"xz": ".xz", "bzip2": ".bz2"}
_UNPACKERS = frozenset({"unxz", "xzcat", "bunzip2", "bzcat"})


def unpacked(task: Task, data: bytes) -> bytes:
    """Unpack xz or bzip2, stopping at the memory budget.

    Raises:
        LeaveProgram: when the bytes are damaged.
        NotSimulatedError: for xz where this Python has no lzma.

    """
    limit = task.machine.meter.budget.memory
    try:
        if data.startswith(_XZ):
            try:
                import lzma  # noqa: PLC0415 - some Pythons in a browser have none
            except ImportError as error:
                msg = "with xz in this Python"
                raise task.not_simulated(msg) from error
            try:
                result = lzma.LZMADecompressor().decompress(data, limit)
            except lzma.LZMAError as error:
                raise _damaged(task) from error
        else:
            result = bz2.BZ2Decompressor().decompress(data, limit)
    except (OSError, EOFError) as error:
        raise _damaged(task) from error
    task.machine.meter.memory(len(result))
    return result


def is_packed(data: bytes) -> bool:
    """Whether bytes begin as xz or bzip2 do."""
    return data.startswith((_XZ, _BZIP2))


def _damaged(task: Task) -> LeaveProgram:
    task.complain("Compressed data is corrupt")
    return LeaveProgram(1)


def packed(task: Task, kind: str, data: bytes) -> bytes:
    """Pack as `xz` or `bzip2`."""
    if kind == "bzip2":
        return bz2.compress(data)
    try:
        import lzma  # noqa: PLC0415 - some Pythons in a browser have none
    except ImportError as error:
        msg = "in this Python"
        raise task.not_simulated(msg) from error
    return lzma.compress(data)


def _compressor(task: Task) -> int:
    given = parse(
        task, "dckzfqvtT:0123456789e",
        {"decompress": "d", "stdout": "c", "to-stdout": "c", "keep": "k", "force": "f", "threads=": "T"},
    )  # fmt: skip
    kind = "xz" if "xz" in task.name else "bzip2"
    unpack = "d" in given or task.name in _UNPACKERS
    to_stdout = "c" in given or task.name in {"xzcat", "bzcat"}
    if not given.operands:
        data = task.stdin.read()
        task.out(_opened(task, kind, data, "(stdin)") if unpack else packed(task, kind, data))
        return 0
    status = 0
    for path in given.operands:
        status |= _file(task, path, given, kind, (unpack, to_stdout))
    return status


def _opened(task: Task, kind: str, data: bytes, path: str) -> bytes:
    if not data.startswith(_XZ if kind == "xz" else _BZIP2):
        reason = "File format not recognized" if kind == "xz" else "not a bzip2 file"
        task.complain("invalid magic" if task.busybox else f"{path}: {reason}")
        raise LeaveProgram(1)
    return unpacked(task, data)


def _file(task: Task, path: str, given: Given, kind: str, how: tuple[bool, bool]) -> int:
    unpack, to_stdout = how
    try:
        node = task.files.file(path)
        data = task.files.read(path)
    except OSError as error:
        return task.complain(f"{path}: {words(error)}")
    suffix = _SUFFIXES[kind]
    target = path.removesuffix(suffix) if unpack else path + suffix
    if unpack and path.endswith((".txz", ".tbz", ".tbz2", ".tgz")):
        target = posixpath.splitext(path)[0] + ".tar"
    if target == path and not to_stdout:
        return task.complain(f"{path}: Filename has an unknown suffix, skipping")
    result = _opened(task, kind, data, path) if unpack else packed(task, kind, data)
    if to_stdout:
        task.out(result)
        return 0
    if task.files.find(target) is not None and "f" not in given:
        return task.complain(f"{target}: File exists")
    task.files.write(target, result)
    task.files.change_mode(target, node.mode)
    task.files.change_time(target, node.mtime)
    if "k" not in given:
        task.files.remove(path)
    return 0


# -- zip -----------------------------------------------------------------------------------------


def _unzip(task: Task) -> int:
    given = parse(task, "oqnd:lpjx:", {}, in_order=False)
    if not given.operands:
        task.err("Usage: unzip [-opts] file[.zip] [list] [-d exdir]")
        return 10
    path, *wanted = given.operands
    data: bytes | None = None
    for candidate in (path, path + ".zip"):
        if task.files.find(candidate) is not None:
            data = task.files.read(candidate)
            path = candidate
            break
    if data is None:
        task.err(f"unzip:  cannot find or open {path}, {path}.zip or {path}.ZIP.")
        return 9
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _extract(task, given, archive, path, wanted)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError):
        task.err(
            "  End-of-central-directory signature not found.  Either this file is not\n"
            "  a zipfile, or it constitutes one disk of a multi-part archive."
        )
        return 9


def _extract(  # noqa: C901 - one way for each option
    task: Task, given: Given, archive: zipfile.ZipFile, path: str, wanted: list[str]
) -> int:
    loud = "q" not in given and "p" not in given
    if loud:
        task.out(f"Archive:  {path}\n")
    folder = given.value("d")
    for info in archive.infolist():
        name = info.filename
        if wanted and name not in wanted:
            continue
        task.machine.meter.step()
        if "l" in given:
            task.out(f"{info.file_size:9}  {name}\n")
            continue
        task.machine.meter.memory(info.file_size)
        if "p" in given:
            task.out(archive.read(info))
            continue
        safe = posixpath.normpath("/" + (posixpath.basename(name) if "j" in given else name))
        target = posixpath.join(folder, safe.lstrip("/")) if folder else safe.lstrip("/")
        _make_folders(task, target if name.endswith("/") else posixpath.dirname(target))
        if name.endswith("/"):
            if loud:
                task.out(f"   creating: {target}/\n")
            continue
        if task.files.find(target) is not None and "o" not in given:
            if "n" in given:
                continue
            msg = "without -o: it asks before it overwrites"
            raise task.not_simulated(msg)
        if loud:
            verb = "inflating" if info.compress_type else "extracting"
            task.out(f"{verb:>11}: {target}  \n")
        task.files.write(target, archive.read(info))
        mode = info.external_attr >> 16 & 0o777
        if mode:
            task.files.change_mode(target, mode)
    return 0


def _make_folders(task: Task, path: str) -> None:
    made = "/" if path.startswith("/") else ""
    for name in path.split("/"):
        if not name:
            continue
        made += name
        if task.files.find(made) is None:
            task.files.make_directory(made)
        made += "/"


def _zip(task: Task) -> int:
    given = parse(task, "rqj0123456789", {"recurse-paths": "r", "quiet": "q"}, real="dmuxy")
    if len(given.operands) < 2:  # noqa: PLR2004 - an archive and a file
        task.err("zip error: Nothing to do!")
        return 12
    name = given.operands[0]
    target = name if name.endswith(".zip") else name + ".zip"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for operand in given.operands[1:]:
            paths = [operand]
            if "r" in given:
                paths = [path for path, _ in task.files.walk(operand.rstrip("/") or "/")]
            for path in paths:
                _add(task, archive, path, quiet="q" in given)
    task.files.write(target, buffer.getvalue())
    return 0


def _add(task: Task, archive: zipfile.ZipFile, path: str, *, quiet: bool) -> None:
    folder = task.files.is_directory(path)
    inner = path.removeprefix("./").lstrip("/")
    if not inner or inner == ".":
        return
    info = zipfile.ZipInfo(inner + "/" * folder, (1980, 1, 1, 0, 0, 0))
    data = b"" if folder else task.files.read(path)
    mode = getattr(task.files.stat(path), "mode", 0o644)
    info.external_attr = (mode | (0o40000 if folder else 0o100000)) << 16
    info.compress_type = zipfile.ZIP_STORED if folder or not data else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
    if not quiet:
        shown = "stored 0%" if not info.compress_type else "deflated"
        task.out(f"  adding: {info.filename} ({shown})\n")


COMMANDS: dict[str, Callable[[Task], int]] = {
    **dict.fromkeys(("xz", "unxz", "xzcat", "bzip2", "bunzip2", "bzcat"), _compressor),
    "unzip": _unzip,
    "zip": _zip,
}
