"""The first line of a cell that holds a Dockerfile, docker commands or a context file, as a value.

    %%dockerfile NAME [-t TAG] [--context DIR] [--target STAGE] [--build-arg K=V] [--no-cache]
                     [--secret id=ID,src=FILE]
                     [--builder legacy] [--engine real]
    %%docker [--answer ID | --engine real | a docker command]
    %%contextfile PATH [--answer ID]

The magics run what these lines ask for; `answers.identify` reads from them which exercise
a cell answers. Both see the same value.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field

from course_lib.text import Text


@dataclass(frozen=True, slots=True)
class DockerfileHeader:
    """`%%dockerfile NAME ...`: the image is called NAME unless `-t` says otherwise.

    `legacy` builds as with DOCKER_BUILDKIT=0 in the environment; `real` asks a real engine too.
    """

    name: str
    tags: tuple[str, ...] = ()
    context: str = ""
    target: str = ""
    build_args: tuple[tuple[str, str], ...] = ()
    no_cache: bool = False
    legacy: bool = False
    secrets: tuple[str, ...] = ()
    real: bool = False

    @property
    def answer(self) -> str:
        """The grade id that the cell answers: its name."""
        return self.name


@dataclass(frozen=True, slots=True)
class DockerHeader:
    """`%%docker --answer ID`, or `%%docker COMMAND` whose standard input is the cell's body.

    `real` is `--engine real`: a real engine answers the commands of the cell beside the simulator.
    """

    answer: str = ""
    command: str = ""
    real: bool = False


@dataclass(frozen=True, slots=True)
class ContextFileHeader:
    """`%%contextfile PATH`: the body is that file of the build context."""

    path: str
    answer: str = ""


Header = DockerfileHeader | DockerHeader | ContextFileHeader


class HeaderError(ValueError):
    """The first line of a cell can't be read; `reason` says what to write instead."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


DOCKERFILE_USAGE = (
    "%%dockerfile NAME [-t TAG] [--context DIR] [--target STAGE] [--build-arg KEY=VALUE] "
    "[--secret id=ID,src=FILE] [--no-cache] [--builder legacy|buildkit] [--engine real]"
)
CONTEXTFILE_USAGE = "%%contextfile PATH [--answer ID]"


def split(source: str) -> tuple[str, str, str]:
    """Split a cell into its magic's name, the rest of that line and the body; name '' if none."""
    text = source.lstrip()
    first, _, body = text.partition("\n")
    if not first.startswith("%%"):
        return "", "", source
    name, _, line = first[2:].partition(" ")
    return name.strip(), line.strip(), body


def read(magic: str, line: str) -> Header | None:
    """Read the header `%%magic line`; None when the magic is not one of the three.

    Raises:
        HeaderError: when a word is missing, unknown or quoted wrongly.

    """
    match magic:
        case "dockerfile":
            return _dockerfile(_words(line, DOCKERFILE_USAGE))
        case "docker":
            return _docker(line)
        case "contextfile":
            return _contextfile(_words(line, CONTEXTFILE_USAGE))
        case _:
            return None


ENGINES = ("simulator", "real")


def engine(line: str) -> tuple[bool, str]:
    """Take `--engine real` off the beginning of a `%docker` line: whether it is there, and the rest.

    Raises:
        HeaderError: for another engine.

    """
    first, _, rest = line.strip().partition(" ")
    name, equals, value = first.partition("=")
    if name != "--engine":
        return False, line
    if not equals:
        value, _, rest = rest.strip().partition(" ")
    return _is_real(value, "%docker --engine real COMMAND"), rest.strip()


def _is_real(value: str, usage: str) -> bool:
    if value not in ENGINES:
        raise _error(
            Text(
                f"--engine is one of {', '.join(ENGINES)}",
                f"--engine 只能是 {'、'.join(ENGINES)} 之一",
            ),
            usage,
        )
    return value == "real"


def _words(line: str, usage: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as wrong:
        raise _error(
            Text(f"a quote is not closed ({wrong})", f"引号没有闭合（{wrong}）"), usage
        ) from wrong


def _error(what: Text, usage: str) -> HeaderError:
    return HeaderError(what + Text(f"; the line reads: {usage}", f"；这一行应写成：{usage}"))


def _docker(line: str) -> DockerHeader:
    real, line = engine(line)
    if real and line:
        raise _error(
            Text(
                "below %%docker --engine real stand the commands, one a line; an answer is judged on the simulator",
                "%%docker --engine real 下面每行写一条命令；习题的答案只在模拟器上评判",
            ),
            "%%docker --engine real",
        )
    if real:
        return DockerHeader(real=True)
    first, _, rest = line.partition(" ")
    name, equals, value = first.partition("=")
    if name != "--answer":
        return DockerHeader(command=line)
    answer, left = (value, rest.split()) if equals else (rest.split()[:1], rest.split()[1:])
    answer = answer if isinstance(answer, str) else "".join(answer)
    if not answer or left:
        raise _error(
            Text("--answer takes one ID", "--answer 后面要有一个 ID，且只有一个"),
            "%%docker --answer ID",
        )
    return DockerHeader(answer=answer)


@dataclass(slots=True)
class _Options:
    """The words of a header, taken apart: positional words, and the values of each option."""

    words: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def last(self, name: str) -> str:
        return self.values.get(name, [""])[-1]


_ALIASES = {"-t": "--tag"}
_BUILDERS = ("buildkit", "legacy")


def _options(words: list[str], takes_value: set[str], flags: set[str], usage: str) -> _Options:
    found = _Options()
    waiting = iter(words)
    for word in waiting:
        if not word.startswith("-") or word == "-":
            found.words.append(word)
            continue
        name, equals, value = word.partition("=")
        name = _ALIASES.get(name, name)
        if name in takes_value:
            given = value if equals else next(waiting, None)
            if given is None:
                raise _error(Text(f"{name} needs a value", f"{name} 后面缺少值"), usage)
            found.values.setdefault(name, []).append(given)
        elif name in flags and not equals:
            found.values.setdefault(name, []).append("")
        else:
            raise _error(Text(f"unknown option {word}", f"没有 {word} 这个选项"), usage)
    return found


def _dockerfile(words: list[str]) -> DockerfileHeader:
    found = _options(
        words,
        {"--tag", "--context", "--target", "--build-arg", "--builder", "--secret", "--engine"},
        {"--no-cache"},
        DOCKERFILE_USAGE,
    )
    if len(found.words) != 1:
        raise _error(
            Text(
                "%%dockerfile needs one name for the image",
                "%%dockerfile 需要一个镜像名，且只有一个",
            ),
            DOCKERFILE_USAGE,
        )
    builder = found.last("--builder") or "buildkit"
    if builder not in _BUILDERS:
        raise _error(
            Text(f"there is no builder {builder}", f"没有 {builder} 这个构建器"), DOCKERFILE_USAGE
        )
    arguments = (pair.partition("=") for pair in found.values.get("--build-arg", ()))
    return DockerfileHeader(
        name=found.words[0],
        tags=tuple(found.values.get("--tag", ())),
        context=found.last("--context"),
        target=found.last("--target"),
        build_args=tuple((name, value) for name, _, value in arguments),
        no_cache="--no-cache" in found.values,
        legacy=builder == "legacy",
        secrets=tuple(found.values.get("--secret", ())),
        real=_is_real(found.last("--engine") or ENGINES[0], DOCKERFILE_USAGE),
    )


def _contextfile(words: list[str]) -> ContextFileHeader:
    found = _options(words, {"--answer"}, set(), CONTEXTFILE_USAGE)
    if len(found.words) != 1:
        raise _error(
            Text("%%contextfile needs one path", "%%contextfile 需要一个路径，且只有一个"),
            CONTEXTFILE_USAGE,
        )
    path = found.words[0].removeprefix("./")
    if path.startswith("/") or ".." in path.split("/") or not path:
        raise _error(
            Text(
                f"{path} lies outside the build context: give a path inside it",
                f"{path} 不在构建上下文里：请写上下文之内的路径",
            ),
            CONTEXTFILE_USAGE,
        )
    return ContextFileHeader(path=path, answer=found.last("--answer"))
