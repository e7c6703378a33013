"""A command line on its way to the engine, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.engine import EngineError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.cli import Answer
    from course_lib.cli.flags import Command, Parsed
    from course_lib.engine import Engine
    from course_lib.realengine.connecting import RealEngine
    from course_lib.realengine.facts import Facts

# Options that reach the engine; a line with another one is not sent. Those of a terminal are of no use there.
SENT = {
    "build": {"tag", "file", "build-arg", "target", "no-cache", "quiet", "progress"},
    "run": {
        *("name", "env", "user", "workdir", "entrypoint", "label", "hostname", "detach", "rm"),
        *("network", "net", "read-only", "init", "stop-signal", "publish", "pull"),
        *("interactive", "tty"),
    },
    "history": {"no-trunc", "human"},
    "diff": set[str](),
    "commit": {"author", "message", "change", "pause", "no-pause"},
    "inspect": {"format", "type"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One command line, and what the simulator did with it."""

    command: Command
    parsed: Parsed
    simulator: Engine
    answer: Answer
    stdin: str = ""
    older: bool = False

    @property
    def refused(self) -> bool:
        """Whether the simulator did not do it; a container that ran and failed was run all the same."""
        return bool(self.answer.exit_code) and not (self.kind == "run" and self.answer.shown)

    @property
    def kind(self) -> str:
        """`inspect` of `docker image inspect`."""
        return self.command.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the engine printed; the facts on both sides, None where there is nothing to compare."""

    printed: str
    ours: Facts | None = None
    theirs: Facts | None = None
    notes: tuple[Text, ...] = ()


def not_sent(what: str) -> Reply:
    """The reply to a line that the engine is not asked."""
    note = Text(
        f"The engine was not asked: {what} is not sent to it.",
        f"没有去问引擎：{what} 不会发给它。",
    )
    return Reply("", notes=(note,))


def bring(real: RealEngine, simulator: Engine, image: str) -> None:
    """Pull an image that the engine lacks; where that fails, the engine says so when it is used."""
    try:
        real.api.inspect_image(image)
    except real.refusal:
        try:
            real.api.pull(simulator.reference(image))
        except (real.refusal, EngineError):
            return


def container_there(simulator: Engine, name: str) -> str:
    """The name of a container; the engine does not know the simulator's ids."""
    try:
        return simulator.container(name).name
    except EngineError:
        return name


def image_there(simulator: Engine, name: str) -> str:
    """The name of an image; the engine does not know the simulator's ids."""
    image, start = simulator.find_image(name), name.removeprefix("sha256:")
    if image is None or not image.id.removeprefix("sha256:").startswith(start):
        return name
    return next(iter(simulator.references(image)), name)
