"""Where `course docker` keeps its engine between two commands: `engine.json` in COURSE_HOME.

One process at a time has it: the others wait for the lock. A file is replaced whole, so that a process that
dies leaves the old one. A file that can't be read is never overwritten: `reset` puts it aside.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.engine.engine import Engine
from course_lib.engine.keeping import KeptStateError, keep, restore
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.engine.host import Host

HOME_VARIABLE = "COURSE_HOME"
_FILE = "engine.json"
CACHE_FILE = "cache.json"
_LOCK = "lock"


class StateError(Exception):
    """The kept engine can't be used; `help` says what to do."""

    def __init__(self, message: str, help: Text) -> None:  # noqa: A002 - the plain line
        super().__init__(message)
        self.message = message
        self.help = help


def home() -> Path:
    """COURSE_HOME, or `.course` in the home folder."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given) if given else Path.home() / ".course"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have the folder for ourselves; another process that has it is waited for.

    Raises:
        StateError: the folder can't be made or written to.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("a")
    except OSError as error:
        msg = f"{folder}: {error.strerror}"
        raise StateError(
            msg,
            Text(
                f"{HOME_VARIABLE} names the folder where docker keeps its state: choose one that you may write to.",
                f"{HOME_VARIABLE} 指定 docker 保存状态的目录：请换一个可写的目录。",
            ),
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(folder: Path, host: Host) -> Engine:
    """The engine that was kept last, or a fresh one.

    Raises:
        StateError: the file is damaged, or of another version.

    """
    path = folder / _FILE
    try:
        document = json.loads(path.read_bytes())
        return restore(document, host)
    except FileNotFoundError:
        return Engine(host=host)
    except (OSError, ValueError, KeptStateError, AttributeError, RecursionError) as error:
        msg = f"{path} can't be read: {error}"
        raise StateError(
            msg,
            Text(
                "Nothing was changed. `course docker --reset` puts the file aside and starts with an empty engine.",
                "什么都没有改动。`course docker --reset` 会把这个文件移到一边，从空的引擎重新开始。",
            ),
        ) from error


def write(folder: Path, engine: Engine) -> None:
    """Keep an engine.

    Raises:
        OSError: what the file system refuses; the old file is still there.

    """
    replace(folder / _FILE, keep(engine))


def replace(path: Path, document: object) -> None:
    """Write a document as JSON in the place of a file, whole or not at all.

    Raises:
        OSError: what the file system refuses; the old file is still there.

    """
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(json.dumps(document, separators=(",", ":")).encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def reset(folder: Path) -> Path | None:
    """Put the kept engine aside; the name it has now, None when there was none."""
    path = folder / _FILE
    if not path.exists():
        return None
    number = 1
    while (aside := folder / f"engine.{number}.json").exists():
        number += 1
    path.replace(aside)
    (folder / CACHE_FILE).unlink(missing_ok=True)
    return aside
