"""Judges of what an image does when a container of it runs: what it prints, logs, how it stops."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from course_lib.engine import Stopped
from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.run.argv import json_words
from course_lib.run.container import Container, Exited, Running
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.cli import Answer
    from course_lib.exercises.attempt import Attempt

_PROCESS = ("ENTRYPOINT", "CMD")
_SHOWN_LINES = 6
_SEE_HELP = "Run 'docker"
_NOTHING = Text("nothing", "（什么也没有）")


@dataclass(frozen=True, slots=True)
class Prints:
    """`docker run OPTIONS IMAGE WORDS` prints `output` and nothing else.

    `look` names the instructions that decide it; `hint` is the way on.
    """

    image: str
    output: str
    words: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    look: tuple[str, ...] = _PROCESS
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Run it once; the container is removed afterwards."""
        image = attempt.image(self.image)
        with attempt.trial():
            answer = attempt.docker(["run", *self.options, self.image, *self.words])
        container = _container(answer)
        runs_on = container is not None and isinstance(container.state, Running)
        right = not runs_on and answer.exit_code == 0 and _same(answer.stdout, self.output)
        command = _command("docker run", *self.options, self.image, *self.words)
        return Finding(
            1 if right else 0,
            expected=Text(f"`{command}` prints", f"`{command}` 打印") + _block(self.output),
            found=_what_ran(container, answer, runs_on=runs_on) + _why(container),
            where=at_image(attempt, image, *self.look),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class TakesOver:
    """The image prints something by default, and `words` take the place of that: they print `output`."""

    image: str
    output: str
    words: tuple[str, ...]
    look: tuple[str, ...] = _PROCESS
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Run it without words, then with them; the containers are removed afterwards."""
        judge = Prints(self.image, self.output, self.words, look=self.look, hint=self.hint)
        with_words = judge(attempt)
        with attempt.trial():
            default = attempt.docker(["run", self.image])
        if default.stdout.strip():
            return with_words
        return replace(
            with_words,
            share=0,
            found=Text(
                f"there is no default command to replace: `docker run {self.image}` prints nothing",
                f"没有默认命令可以顶替：`docker run {self.image}` 什么也没打印",
            ),
        )


@dataclass(frozen=True, slots=True)
class Serves:
    """`docker run -d IMAGE WORDS` goes on running, and its log has the line `line`."""

    image: str
    line: str
    words: tuple[str, ...] = ()
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it, read its log, remove it."""
        image = attempt.image(self.image)
        with attempt.trial():
            started = attempt.docker(["run", "-d", self.image, *self.words])
            container = _container(started)
            logs = _logs(attempt, container)
        runs_on = container is not None and isinstance(container.state, Running)
        right = runs_on and self.line in logs.splitlines()
        command = _command("docker run -d", self.image, *self.words)
        return Finding(
            1 if right else 0,
            expected=Text(
                f"`{command}` goes on running and logs", f"`{command}` 持续运行，日志里有"
            )
            + _block(self.line),
            found=_what_serves(container, started, logs) + _why(container),
            where=at_image(attempt, image, *_PROCESS),
            way_on=self.hint,
        )


@dataclass(frozen=True, slots=True)
class Stops:
    """`docker stop` ends a container of the image at once: exit code 0, and `last` ends its log.

    Without `last` the log does not count.
    """

    image: str
    last: str = ""
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it, stop it, look at how it ended, remove it."""
        expected = Text(
            "`docker stop` ends it at once with exit code 0", "`docker stop` 让它立刻结束，退出码 0"
        )
        if self.last:
            expected += Text(
                f", and its log ends in `{self.last}`", f"，日志最后一行是 `{self.last}`"
            )
        image = attempt.image(self.image)
        where = at_image(attempt, image, *_PROCESS, "STOPSIGNAL")
        with attempt.trial():
            started = attempt.docker(["run", "-d", self.image])
            container = _container(started)
            if container is None or not isinstance(container.state, Running):
                found = _what_serves(container, started, _logs(attempt, container))
                return Finding(0, expected, found, where, self.hint)
            stopped = attempt.docker(["stop", container.name])
            logs = _logs(attempt, container).splitlines()
        how = next((one for one in stopped.shown if isinstance(one, Stopped)), None)
        ending = how.ending if how else None
        if ending is None:
            return Finding(
                0, expected, Text("it was not running", "它没有在运行"), where, self.hint
            )
        clean = ending.exit_code == 0 and not ending.seconds
        right = clean and (not self.last or logs[-1:] == [self.last])
        took = Text(
            f"it took {ending.seconds} s, exit code {ending.exit_code}",
            f"用了 {ending.seconds} 秒，退出码 {ending.exit_code}",
        )
        if self.last:
            took += Text(", and the log ends in ", "，日志最后一行是 ")
            took += same(f"`{logs[-1]}`") if logs else _NOTHING
        return Finding(
            1 if right else 0,
            expected,
            took + _sentences(ending.because),
            where,
            self.hint,
        )


def _container(answer: Answer) -> Container | None:
    return next((one for one in answer.shown if isinstance(one, Container)), None)


def _logs(attempt: Attempt, container: Container | None) -> str:
    return attempt.docker(["logs", container.name]).stdout if container else ""


def _same(printed: str, wanted: str) -> bool:
    return printed.replace("\r\n", "\n").rstrip("\n") == wanted


def _command(*words: str) -> str:
    first, *rest = words
    return " ".join([first, *(shlex.quote(word) for word in rest)])


def _block(text: str) -> Text:
    """` `text``, or the lines of a longer text below."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith(_SEE_HELP)]
    if not lines:
        return same(" ") + _NOTHING
    if len(lines) == 1:
        return same(f" `{lines[0]}`")
    shown = lines[:_SHOWN_LINES] + (["..."] if len(lines) > _SHOWN_LINES else [])
    return same("\n" + "\n".join(shown))


def _process(container: Container) -> Text:
    words = json_words(container.argv.argv)
    return Text(f"it runs {words}", f"它运行 {words}")


def _what_ran(container: Container | None, answer: Answer, *, runs_on: bool) -> Text:
    if container is None:
        return Text("docker says", "docker 说") + _block(answer.stderr)
    said = _process(container)
    if runs_on:
        return said + Text(" and does not end", "，没有结束")
    if answer.exit_code and not answer.stdout:
        failed = Text(
            f", which fails with exit code {answer.exit_code}:",
            f"，失败了，退出码 {answer.exit_code}：",
        )
        return said + failed + _block(answer.stderr)
    if not answer.stdout and answer.stderr:
        return said + Text(" and prints only an error:", "，只打印了错误：") + _block(answer.stderr)
    return said + Text(" and prints", "，打印") + _block(answer.stdout)


def _what_serves(container: Container | None, started: Answer, logs: str) -> Text:
    if container is None:
        return Text("docker says", "docker 说") + _block(started.stderr)
    said = _process(container)
    match container.state:
        case Running():
            return said + Text(" and logs", "，日志是") + _block(logs)
        case Exited(code=code):
            ended = Text(
                f", which ends at once with exit code {code}", f"，马上结束，退出码 {code}"
            )
            return (
                said + ended + (Text(" and logs", "，日志是") + _block(logs) if logs else same(""))
            )
        case _:
            return said + Text(", which can't start:", "，无法启动：") + _block(started.stderr)


def _why(container: Container | None) -> Text:
    return _sentences(container.argv.because) if container else same("")


def _sentences(reasons: tuple[Text, ...]) -> Text:
    """The reasons below what was found, a line each."""
    whole = same("")
    for reason in reasons:
        whole = whole + same("\n") + reason
    return whole
