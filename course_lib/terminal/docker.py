"""`course docker ...`: the simulated docker in a terminal, on the real current folder.

`alias docker='course docker'` makes it feel at home. `course docker --reset` starts anew.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.cli import docker
from course_lib.terminal import state
from course_lib.terminal.folders import RealHost, TooMuchError
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from course_lib.build import BuildCache
    from course_lib.cli import Answer
    from course_lib.clock import Clock

RESET = "--reset"
_TAKES_INPUT = frozenset({"run", "exec", "start", "build", "load", "import", "container", "image"})
_GROUPS = ("container", "image")
_WITH_COMMAND = frozenset({"run", "create", "exec"})
_OF_THE_HOST = frozenset({"-v", "--volume", "--mount", "--env-file", "--label-file", "--cidfile"})


def run(words: Sequence[str]) -> int:
    """Do one docker command and return its exit status."""
    folder = state.home()
    try:
        with state.locked(folder):
            if list(words) == [RESET]:
                return _reset(folder)
            return _run(words, folder)
    except state.StateError as error:
        sys.stderr.write(f"{error.message}\n{error.help}\n")
        return 1
    except TooMuchError as error:
        text = Text(
            "The simulator reads a folder into memory for its containers: use a smaller one.",
            "模拟器要把目录读进内存给容器使用：请换一个小一些的目录。",
        )
        sys.stderr.write(f"{error.path}: too many files\n{text}\n")
        return 1


def _run(words: Sequence[str], folder: Path) -> int:
    host = RealHost(int(time.time()), str(Path.cwd()))
    host.folders |= _named(words)
    engine = state.read(folder, host)
    supply = engine.parts().supply
    supply.use_cache(lambda: _kept_cache(folder, engine.clock))
    answer = docker(list(words), engine, stdin=_input(words))
    host.write_back()
    state.write(folder, engine)
    if supply.cache is not None:
        from course_lib.terminal import cache  # noqa: PLC0415 - loaded with the first build

        cache.write(folder, supply.cache)
    _print(answer)
    return answer.exit_code


def _kept_cache(folder: Path, clock: Clock) -> BuildCache:
    """What earlier builds left; a cache that can't be read is told of, and builds begin anew."""
    from course_lib.build import BuildCache  # noqa: PLC0415 - loaded with the first build
    from course_lib.terminal import cache  # noqa: PLC0415 - as above

    try:
        return cache.read(folder, clock)
    except FileNotFoundError:
        return BuildCache()
    except cache.CacheFileError as error:
        said = Text("Builds begin with an empty cache.", "构建从空的缓存开始。")
        sys.stderr.write(f"{error.message}\n{said}\n")
        return BuildCache()


def _reset(folder: Path) -> int:
    aside = state.reset(folder)
    if aside is not None:
        said = Text(f"The old state is in {aside} now.", f"原来的状态现在保存在 {aside}。")
        sys.stdout.write(f"{said}\n")
    return 0


def _named(words: Sequence[str]) -> set[str]:
    """The folders outside of the current one that a command names: `-v /data:/d`, `docker cp /x box:/`."""
    found: set[str] = set()
    for place in _places(words):
        path = Path(place).absolute()
        if not place.startswith(("/", ".")) or not path.exists():
            continue
        folder = path if path.is_dir() else path.parent
        if folder.parent != folder:
            found.add(os.path.normpath(folder))
    return found


def _places(words: Sequence[str]) -> Iterator[str]:
    """The host's side of what the words name: never the path behind `box:`, nor a container's command."""
    verb = next((word for word in words if word not in _GROUPS), "")
    for before, word in zip(["", *words], words, strict=False):
        option, equals, value = word.partition("=")
        if equals and option.startswith("--"):
            before, word = option, value  # noqa: PLW2901 - the same, written with a blank
        if verb in _WITH_COMMAND and before not in _OF_THE_HOST:
            continue
        sources = [part for part in word.split(",") if part.startswith(("source=", "src="))]
        yield sources[0].partition("=")[2] if sources else word.partition(":")[0]


def _input(words: Sequence[str]) -> str:
    """Standard input, for commands that may want it and where it is no terminal; or typed to its end."""
    if not words or words[0] not in _TAKES_INPUT:
        return ""
    interactive = any(w.startswith("-") and not w.startswith("--") and "i" in w for w in words)
    if sys.stdin.isatty():
        if not interactive:
            return ""
        said = Text(
            "Type the commands for the container, then Ctrl-D: they run together.",
            "输入要在容器里执行的命令，最后按 Ctrl-D：它们会一起执行。",
        )
        sys.stderr.write(f"{said}\n")
    elif not interactive and "-" not in words and words[0] not in ("load", "import"):
        return ""
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _print(answer: Answer) -> None:
    for piece in answer.printed:
        stream = sys.stdout if piece.fd == 1 else sys.stderr
        stream.flush()
        stream.buffer.write(piece.text.encode("utf-8", "surrogateescape"))
        stream.buffer.flush()
