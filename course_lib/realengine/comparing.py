"""One command line, asked twice: the simulator has answered, now the engine does; both become one value."""

from __future__ import annotations

import shlex
from itertools import islice
from typing import TYPE_CHECKING

from course_lib.cli.commands import COMMANDS
from course_lib.cli.flags import UsageError, parse
from course_lib.cli.gotemplate import TemplateError
from course_lib.realengine.asked import SENT, Asked, Reply, not_sent
from course_lib.realengine.asking import ask
from course_lib.realengine.connecting import RealEngineError
from course_lib.realengine.facts import disagreements
from course_lib.realengine.lending import lend
from course_lib.text import Text
from course_lib.views.beside import Answered, Beside
from course_lib.views.columns import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.cli import Answer
    from course_lib.engine import Engine
    from course_lib.realengine.connecting import RealEngine

_MOST = 12
_WIDE = 160


def lends(words: Sequence[str]) -> bool:
    """Whether a line is `load IMAGE`, which is for the engine alone."""
    mine = words[1:] if words[:1] == ("docker",) else words
    return len(mine) == 2 and mine[0] == "load" and not mine[1].startswith("-")  # noqa: PLR2004 - load IMAGE


def lend_to(real: RealEngine, words: Sequence[str], simulator: Engine) -> Text:
    """Do `load IMAGE`.

    Raises:
        EngineError: when the course has no such image.
        RealEngineError: when the engine is gone.

    """
    try:
        return lend(real, simulator, words[-1])
    except OSError as error:
        raise _gone(error) from error


def compare(
    real: RealEngine, words: Sequence[str], simulator: Engine, answer: Answer, stdin: str = ""
) -> Beside:
    """Ask the engine what the simulator has answered, and say whether they agree.

    Raises:
        RealEngineError: when the engine is gone.

    """
    try:
        reply = _reply(real, tuple(words), simulator, answer, stdin)
    except OSError as error:
        raise _gone(error) from error
    printed = "".join(piece.text for piece in answer.printed if not piece.note)
    notes = tuple(piece.text.rstrip("\n") for piece in answer.printed if piece.note)
    simulated = Answered(
        Text("simulator", "模拟器"), printed, tuple(Text(note, note) for note in notes)
    )
    heading = Text(f"Docker Engine {real.version}", f"Docker 引擎 {real.version}")
    answered = Answered(heading, reply.printed, reply.notes)
    command = shlex.join(words) if "docker" in words[:2] else f"docker {shlex.join(words)}"
    if reply.ours is None or reply.theirs is None:
        said = Text("Nothing was compared.", "没有可比较的内容。")
        return Beside(command, simulated, answered, None, said)
    found = [shorten(line, _WIDE) for line in disagreements(reply.ours, reply.theirs)]
    if not found:
        said = Text(
            "They agree, apart from ids, times and what different base images bring along.",
            "两边一致（id、时间以及不同基础镜像自带的内容不算）。",
        )
        return Beside(command, simulated, answered, agree=True, verdict=said)
    places = "place" if len(found) == 1 else "places"
    said = Text(
        f"They differ in {len(found)} {places} (simulator | engine):",
        f"两边有 {len(found)} 处不同（模拟器 | 引擎）：",
    )
    shown = tuple(islice(found, _MOST))
    return Beside(command, simulated, answered, agree=False, verdict=said, differences=shown)


def _reply(
    real: RealEngine, words: tuple[str, ...], simulator: Engine, answer: Answer, stdin: str
) -> Reply:
    older = "DOCKER_BUILDKIT=0" in words[:1]
    words = words[1:] if older else words
    words = words[1:] if words[:1] == ("docker",) else words
    count = next((n for n in (2, 1) if " ".join(words[:n]) in COMMANDS), 0)
    command = COMMANDS.get(" ".join(words[:count]))
    kind = command.name.rpartition(" ")[2] if command else ""
    if command is None or kind not in SENT or command.name.startswith("volume"):
        return Reply("", notes=(_ONLY,))
    try:
        parsed = parse(command, words[count:])
        others = [
            f.name for f in command.flags if parsed.given(f.name) and f.name not in SENT[kind]
        ]
        if others or parsed.help:
            return not_sent(", ".join(f"--{name}" for name in others) or "--help")
        return ask(real, Asked(command, parsed, simulator, answer, stdin, older))
    except (UsageError, TemplateError):
        said = Text(
            "The engine was not asked: it is only sent what the simulator's docker command can read.",
            "没有去问引擎：只有模拟器的 docker 命令读得懂的写法才会发给它。",
        )
        return Reply("", notes=(said,))


_ONLY = Text(
    f"The engine was not asked: {', '.join(SENT)} are sent to it, and load IMAGE brings it one of the course's.",
    f"没有去问引擎：会发给它的命令是 {'、'.join(SENT)}；load IMAGE 可以把课程的一个镜像放进引擎。",
)


def _gone(error: OSError) -> RealEngineError:
    return RealEngineError(
        Text(
            f"The Docker engine does not answer any more ({type(error).__name__}): is it still running? The simulator's answer stands.",
            f"Docker 引擎不再应答（{type(error).__name__}）：它还在运行吗？模拟器的回答不受影响。",
        )
    )
