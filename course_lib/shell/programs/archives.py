"""tar, gzip, gunzip, zcat: with the real bytes of both formats."""

from __future__ import annotations

import gzip
import io
import posixpath
import tarfile
import zlib
from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.shell.modes import listed
from course_lib.shell.options import LeaveProgram, parse
from course_lib.shell.programs.directories import make_parents
from course_lib.shell.programs.packing import is_packed, packed, unpacked
from course_lib.shell.sayings import words
from course_lib.shell.users import accounts, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.image.entries import Node
    from course_lib.shell.options import Given
    from course_lib.shell.task import Task

_LETTERS = "cxtzjJvf:C:pOkmaPhS"
_FATAL = 2


def _tar(task: Task) -> int:
    arguments = list(task.args)
    if arguments and not arguments[0].startswith("-"):
        arguments[:1] = _old_style(arguments[0], arguments)
    given = parse(
        task, _LETTERS,
        {"create": "c", "extract": "x", "get": "x", "list": "t", "gzip": "z", "gunzip": "z",
         "bzip2": "j", "xz": "J", "verbose": "v", "file=": "f", "directory=": "C",
         "preserve-permissions": "p", "to-stdout": "O", "strip-components=": "s", "strip=": "s",
         "exclude=": "e", "no-same-owner": "N", "same-owner": "W", "overwrite": "w",
         "numeric-owner": "N", "owner=": "o", "group=": "o", "auto-compress": "a",
         "no-same-permissions": "N", "sort=": "o", "mtime=": "o", "wildcards": "i"},
        real="rudAwWilgGIoTX", status=_FATAL, arguments=arguments,
    )  # fmt: skip
    mode = given.last_of("cxt")
    if not mode:
        task.complain(
            "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options",
        )
        task.err("Try 'tar --help' or 'tar --usage' for more information.")
        return _FATAL
    for letter in "ow":
        if letter in given:
            msg = "with that option"
            raise task.not_simulated(msg)
    try:
        if mode == "c":
            return _create(task, given)
        return _Reading(task, given, extract=mode == "x").run()
    except OSError as error:
        task.complain(f"{error.filename}: Cannot open: {words(error)}")
        task.complain("Error is not recoverable: exiting now")
        return _FATAL


def _old_style(word: str, arguments: list[str]) -> list[str]:
    """`tar xzf a.tar` is `tar -x -z -f a.tar`: values follow in the order of their letters."""
    rest: list[str] = []
    values = arguments[1:]
    for letter in word:
        rest.append(f"-{letter}")
        if f"{letter}:" in _LETTERS and values:
            rest.append(values.pop(0))
    arguments[1:] = values
    return rest


def _compression(given: Given, output: str) -> str:
    """`z`, `j` or `J`; with `-a` by the name of the archive."""
    kind = given.last_of("zjJ")
    if kind or "a" not in given:
        return kind
    endings = {"z": ("gz", "tgz"), "j": ("bz2", "tbz", "tbz2"), "J": ("xz", "txz")}
    return next((one for one, names in endings.items() if output.endswith(names)), "")


# -- creating ------------------------------------------------------------------------------------


def _create(task: Task, given: Given) -> int:  # noqa: C901, PLR0912 - one option after another
    if not given.operands:
        task.complain("Cowardly refusing to create an empty archive")
        task.err("Try 'tar --help' or 'tar --usage' for more information.")
        return _FATAL
    start = task.files.cwd
    output = given.value("f", "-")
    if "C" in given:
        task.files.cwd = task.files.real(given.value("C"))
    status = 0
    warned = False
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for operand in given.operands:
            if operand.startswith("/") and not warned and "P" not in given:
                task.complain("Removing leading `/' from member names")
                warned = True
            try:
                for path, node in task.files.walk(operand.rstrip("/") or "/"):
                    _add(task, archive, path, node, given)
            except OSError as error:
                name = error.filename or operand
                if task.busybox:
                    status = task.complain(f"{name}: {words(error)}")
                else:
                    status = task.complain(f"{name}: Cannot stat: {words(error)}", _FATAL)
    task.files.cwd = start
    data = buffer.getvalue()
    task.machine.meter.memory(len(data))
    kind = _compression(given, output)
    if kind == "z":
        data = gzip.compress(data, mtime=0)
    elif kind:
        data = packed(task, "xz" if kind == "J" else "bzip2", data)
    if output == "-":
        task.out(data)
    else:
        task.files.write(output, data)
    if status:
        task.complain("Exiting with failure status due to previous errors")
    return status


def _add(task: Task, archive: tarfile.TarFile, path: str, node: Node, given: Given) -> None:
    name = path if "P" in given else path.lstrip("/")
    if not name or any(_excluded(path, pattern) for pattern in given.values("e")):
        return
    if isinstance(node, File) and node.content.sparse:
        task.machine.meter.memory(node.size)
    archive.addfile(*_member(task, name, node))
    if "v" in given:
        shown = name + ("/" if isinstance(node, Directory) else "")
        (task.err if given.value("f", "-") == "-" else lambda line: task.out(line + "\n"))(shown)


def _excluded(path: str, pattern: str) -> bool:
    from course_lib.shell.patterns import matches  # noqa: PLC0415 - only with --exclude

    pieces = ((pattern.rstrip("/"), False),)
    parts = path.split("/")
    candidates = [
        "/".join(parts[at:end]) for at in range(len(parts)) for end in range(at + 1, len(parts) + 1)
    ]
    return any(matches(pieces, candidate) for candidate in candidates)


def _member(task: Task, name: str, node: Node) -> tuple[tarfile.TarInfo, io.BytesIO | None]:
    info = tarfile.TarInfo(name)
    info.uid, info.gid, info.mtime = node.uid, node.gid, node.mtime
    fs = task.machine.fs
    info.uname = next((a.name for a in accounts(fs) if a.uid == node.uid), "")
    info.gname = next((g.name for g in groups(fs) if g.gid == node.gid), "")
    if isinstance(node, Directory):
        info.type, info.mode = tarfile.DIRTYPE, node.mode
        return info, None
    if isinstance(node, Symlink):
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, node.target, 0o777
        return info, None
    info.mode, info.size = node.mode, node.size
    return info, io.BytesIO(node.content.data)


# -- listing and extracting ----------------------------------------------------------------------


class _Reading:
    def __init__(self, task: Task, given: Given, *, extract: bool) -> None:
        self._task = task
        self._given = given
        self._extract = extract
        self._wanted = {operand.rstrip("/"): False for operand in given.operands}
        self._strip = given.number("s", 0)

    def run(self) -> int:
        task, given = self._task, self._given
        name = given.value("f", "-")
        data = task.stdin.read() if name == "-" else task.files.read(name)
        if "C" in given:
            folder = given.value("C")
            if not task.files.is_directory(folder):
                missing = task.files.find(folder) is None
                reason = "No such file or directory" if missing else "Not a directory"
                task.complain(f"{folder}: Cannot open: {reason}")
                task.complain("Error is not recoverable: exiting now")
                return _FATAL
            task.files.cwd = task.files.real(folder)
        data = _unpacked(task, data)
        try:
            with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
                for member in archive:
                    self._member(archive, member)
        except (tarfile.TarError, EOFError) as error:
            del error
            task.complain("This does not look like a tar archive")
            task.complain("Exiting with failure status due to previous errors")
            return _FATAL
        absent = [operand for operand, seen in self._wanted.items() if not seen]
        for operand in absent:
            task.complain(f"{operand}: Not found in archive")
        if absent:
            task.complain("Exiting with failure status due to previous errors")
        return _FATAL if absent else 0

    def _member(self, archive: tarfile.TarFile, member: tarfile.TarInfo) -> None:
        task, given = self._task, self._given
        task.machine.meter.step()
        name = member.name.removesuffix("/")
        if self._wanted:
            found = [want for want in self._wanted if name == want or name.startswith(want + "/")]
            if not found:
                return
            self._wanted[found[0]] = True
        if any(_excluded(name, pattern) for pattern in given.values("e")):
            return
        shown = member.name + ("/" if member.isdir() and not member.name.endswith("/") else "")
        if not self._extract:
            task.out((_long(member, shown) if "v" in given else shown) + "\n")
            return
        target = "/".join(name.split("/")[self._strip :]) if self._strip else name
        if not target:
            return
        if "v" in given:
            task.out(shown + "\n")
        self._put(archive, member, target.lstrip("/") or ".")

    def _put(self, archive: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> None:
        task, given = self._task, self._given
        files = task.files
        if ".." in path.split("/"):
            task.complain(f"{path}: Member name contains '..'")
            raise LeaveProgram(_FATAL)
        if "O" in given:
            stream = archive.extractfile(member)
            task.out(stream.read() if stream else b"")
            return
        make_parents(task, posixpath.dirname(path) or ".")
        owner = files.who.uid == 0 and "N" not in given
        uid, gid = self._owner(member) if owner else (files.who.uid, files.who.gid)
        mode = member.mode & 0o7777
        if not (files.who.uid == 0 or "p" in given):
            mode &= ~files.umask
        existing = files.find(path, follow=False)
        if member.isdir():
            if not isinstance(existing, Directory):
                files.place_node(path, Directory(mode, uid, gid))
            else:
                task.machine.attributes(files.real(path), mode=mode, uid=uid, gid=gid)
        else:
            if existing is not None:
                files.remove(path)
            files.place_node(path, self._node(archive, member, mode, uid, gid))
        task.machine.attributes(files.locate(path, follow=False).path, mtime=int(member.mtime))

    def _node(
        self,
        archive: tarfile.TarFile,
        member: tarfile.TarInfo,
        mode: int,
        uid: int,
        gid: int,
    ) -> Node:
        if member.issym():
            return Symlink(member.linkname, uid, gid)
        if not (member.isfile() or member.islnk()):
            msg = f"a member that is a device: {member.name}"
            raise self._task.not_simulated(msg)
        stream = archive.extractfile(member)
        data = stream.read() if stream else b""
        self._task.machine.meter.memory(len(data))
        return File(Content.of(data), mode, uid, gid)

    def _owner(self, member: tarfile.TarInfo) -> tuple[int, int]:
        fs = self._task.machine.fs
        uid = next((a.uid for a in accounts(fs) if a.name == member.uname), member.uid)
        gid = next((g.gid for g in groups(fs) if g.name == member.gname), member.gid)
        return uid, gid


def _unpacked(task: Task, data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        return _gunzipped(task, data)
    if is_packed(data):
        return unpacked(task, data)
    return data


def _gunzipped(task: Task, data: bytes) -> bytes:
    """Unpack, stopping at the memory budget: a small file may hold a very large one."""
    limit = task.machine.meter.budget.memory
    try:
        unpacker = zlib.decompressobj(wbits=31)
        result = unpacker.decompress(data, limit)
    except zlib.error as error:
        task.complain("not in gzip format")
        raise LeaveProgram(1) from error
    task.machine.meter.memory(len(result) + len(unpacker.unconsumed_tail))
    return result


def _long(member: tarfile.TarInfo, shown: str) -> str:
    from course_lib.shell.programs.dates import formatted  # noqa: PLC0415 - only with -v

    kind = "d" if member.isdir() else "l" if member.issym() else "-"
    who = f"{member.uname or member.uid}/{member.gname or member.gid}"
    size = f"{member.size}".rjust(max(1, 18 - len(who)))
    arrow = f" -> {member.linkname}" if member.issym() else ""
    when = formatted("%F %R", int(member.mtime))
    return f"{listed(member.mode, kind)} {who} {size} {when} {shown}{arrow}"


# -- gzip ----------------------------------------------------------------------------------------


def _gzip(task: Task) -> int:
    given = parse(
        task, "dckfrtlnqv123456789",
        {"decompress": "d", "stdout": "c", "to-stdout": "c", "keep": "k", "force": "f", "best": "9",
         "fast": "1", "quiet": "q", "no-name": "n", "recursive": "r"},
    )  # fmt: skip
    for letter in "rtl":
        if letter in given:
            msg = f"-{letter}"
            raise task.not_simulated(msg)
    unpack = "d" in given or task.name in {"gunzip", "zcat"}
    to_stdout = "c" in given or task.name == "zcat" or not given.operands
    if not given.operands:
        data = task.stdin.read()
        task.out(_gunzipped(task, data) if unpack else gzip.compress(data, mtime=0))
        return 0
    status = 0
    for path in given.operands:
        status |= _gzip_file(task, path, given, unpack=unpack, to_stdout=to_stdout)
    return status


def _gzip_file(task: Task, path: str, given: Given, *, unpack: bool, to_stdout: bool) -> int:  # noqa: PLR0911 - one refusal after another, as the real one checks
    try:
        node = task.files.file(path)
        data = task.files.read(path)
    except OSError as error:
        return _gzip_says(task, f"{path}: {words(error)}", 1)
    target = path + ".gz"
    if unpack:
        target = (
            path.removesuffix(".tgz") + ".tar"
            if path.endswith(".tgz")
            else path.removesuffix(".gz")
        )
    if target == path and not to_stdout:
        return _gzip_says(task, f"{path}: unknown suffix -- ignored", 2)
    if unpack and data[:2] != b"\x1f\x8b":
        if task.busybox:
            return task.complain("invalid magic")
        task.err("")
        return _gzip_says(task, f"{path}: not in gzip format", 1)
    result = _gunzipped(task, data) if unpack else gzip.compress(data, mtime=node.mtime % 2**32)
    if to_stdout:
        task.out(result)
        return 0
    if task.files.find(target) is not None and "f" not in given:
        return _gzip_says(task, f"{target} already exists;\tnot overwritten", 2)
    task.files.write(target, result)
    task.files.change_mode(target, node.mode)
    task.files.change_time(target, node.mtime)
    if "k" not in given:
        task.files.remove(path)
    return 0


def _gzip_says(task: Task, message: str, status: int) -> int:
    """GNU's gunzip and zcat are scripts that call gzip, so it is gzip that speaks."""
    if task.busybox:
        return task.complain(message)
    task.err(f"gzip: {message}")
    return status


COMMANDS: dict[str, Callable[[Task], int]] = {
    "tar": _tar,
    "gzip": _gzip,
    "gunzip": _gzip,
    "zcat": _gzip,
}
