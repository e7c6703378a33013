"""A machine to work on: an engine, and the files beside it, the build context.

An exercise is evaluated on a fresh one; a notebook has one of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli import docker
from course_lib.cli.hostscript import host
from course_lib.clock import START
from course_lib.engine import Engine
from course_lib.engine.host import HOME
from course_lib.image.entries import Content, File

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.cli import Answer
    from course_lib.exercises.values import Start
    from course_lib.image.image import Image


class Machine:
    """An engine, and a folder of its host: `docker build .` there takes `files` as its context.

    Two machines may share an engine; each has a folder of its own.
    """

    def __init__(self, engine: Engine | None = None, folder: str = HOME) -> None:
        self.engine = engine or Engine()
        self.folder = folder
        self.files: dict[str, str] = {}

    def docker(self, line: str | Sequence[str], *, stdin: str = "") -> Answer:
        """Run one docker command line; a learner's mistake is in the answer, never raised.

        `docker build .` reads the machine's folder: `files`, and what commands put there.
        """
        self._lay_files()
        with self.engine.host.working_in(self.folder):
            return docker(line, self.engine, stdin=stdin)

    def host(self, script: str) -> Answer:
        """Run a script on the host, with docker and curl, in the folder that holds `files`."""
        self._lay_files()
        with self.engine.host.working_in(self.folder):
            return host(script, self.engine)

    def build(
        self, dockerfile: str, tag: str, options: Sequence[str] = (), *, older: bool = False
    ) -> Answer:
        """Build a Dockerfile given as text: `docker build -t TAG OPTIONS -f - .`.

        With `older`, the older builder does it: `DOCKER_BUILDKIT=0`.
        """
        builder = ["DOCKER_BUILDKIT=0", "docker"] if older else []
        words = [*builder, "build", "-t", tag, *options, "-f", "-", "."]
        return self.docker(words, stdin=dockerfile)

    def original(self, name: str) -> Image:
        """Return a base image as the registry has it, whatever bears its name here by now."""
        return Engine().pull(name).image

    def begin(self, start: Start) -> None:
        """Bring the machine to a starting state.

        Raises:
            StartError: when a command of the start fails: the exercise itself is wrong.

        """
        self.files.update(start.files)
        self.supply(start)
        for line in start.commands:
            self._sure(line, self.docker(line))

    def supply(self, start: Start) -> None:
        """Give the engine the images of a starting state that it lacks; nothing is replaced.

        Raises:
            StartError: when an image can't be built: the exercise itself is wrong.

        """
        for tag, text in start.images.items():
            if self.engine.find_image(tag) is None:
                self._sure(f"docker build -t {tag} .", self.build(text, tag))

    def _lay_files(self) -> None:
        texts = {name: File(Content.of(text), mtime=START) for name, text in self.files.items()}
        self.engine.host.hold(texts, self.folder)

    def _sure(self, line: str, answer: Answer) -> None:
        if answer.exit_code:
            msg = f"{line}: {answer.stderr}"
            raise StartError(msg)


class StartError(RuntimeError):
    """The starting state of an exercise can't be reached: a mistake in the exercise."""
