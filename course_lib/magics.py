"""The notebook's magics: a line or a cell goes to docker, what comes back is printed and drawn.

    %docker LINE          one docker command
    %%docker              docker commands, one a line; %%docker --answer ID answers an exercise
    %%docker run ...      one command, its standard input is the cell
    %docker --engine real LINE   the simulator and a real engine, side by side; also `%%docker --engine real`
                          and `%%dockerfile NAME --engine real`: see `course_lib.realengine`
    %%dockerfile NAME     build the cell, see the steps and the layers
    %%host                a script on the simulated host, with docker and curl
    %%contextfile PATH    the cell becomes a file of the build context
    %picture KIND ...     see `course_lib.pictures`
    %hint ID              one hint for an exercise; again for the next one
    %progress             which exercises are done, and the next step
    %save_work [FILE]     the answers of all pages here, and the progress, into one file
    %bring_back [FILE]    the answers of such a file into the pages here
    %course_language zh   the language of all that the course says
    check("ID")           judge an exercise: explain, and return the points

Below a `%%dockerfile` cell stands first what docker prints, then the picture: its first line is the
verdict, then come the marked lines of the file, the steps, the layers; long parts are folded. The build is
kept under its names for `%picture scope NAME` and the like.

A learner's slip is printed, never raised. All goes to stdout in the order in which docker wrote it:
a kernel keeps its two streams in two buffers, and mixes them anew on every run.
"""

from __future__ import annotations

import importlib.util
import sys
import tokenize
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.core.inputtransformer2 import TokenTransformBase, find_end_of_continued_line
from IPython.core.magic import (
    Magics,
    cell_magic,
    line_cell_magic,
    line_magic,
    magics_class,
    no_var_expand,
)

from course_lib import progress, work
from course_lib.build import BuildError, BuildResult, Context
from course_lib.cli.words import LineError, commands
from course_lib.engine import EngineError
from course_lib.exercises import (
    Desk,
    DockerfileAnswer,
    NoSuchAnswerError,
    NoSuchExerciseError,
    answered_by,
    headers,
)
from course_lib.exercises.answers import AnswerError, text_of
from course_lib.image.entries import Directory
from course_lib.pictures import Builds, PictureError, draw, find, panel
from course_lib.text import LANGUAGES, Text, language, speaking
from course_lib.views.beside import draw_beside
from course_lib.views.build import Build
from course_lib.views.columns import size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from tokenize import TokenInfo

    from IPython.core.interactiveshell import ExecutionInfo, InteractiveShell

    from course_lib.cli import Answer
    from course_lib.exercises import Points
    from course_lib.exercises.headers import DockerfileHeader
    from course_lib.exercises.machine import Machine
    from course_lib.pictures import View
    from course_lib.text import Language

MOST_PRINTED = 60_000
"""Characters that docker prints below one cell at most."""

_SLIPS = (
    headers.HeaderError,
    AnswerError,
    NoSuchAnswerError,
    NoSuchExerciseError,
    PictureError,
    progress.ProgressError,
    work.WorkError,
)


@magics_class
class CourseMagics(Magics):
    """One notebook: its desk, its builds, and the language that it speaks."""

    shell: InteractiveShell

    def __init__(self, shell: InteractiveShell) -> None:
        super().__init__(shell)
        self.desk = Desk()
        self.builds = Builds()
        self.language: Language = language()

    def hear(self, info: ExecutionInfo) -> None:
        """Let the desk keep the text of a cell that answers an exercise (event pre_run_cell)."""
        self.desk.hear(info.raw_cell or "")

    def check(self, exercise_id: str) -> Points | None:
        """Explain how the answers to an exercise stand; the value is the points."""
        with self._listening():
            report = self.desk.check(exercise_id)
            _write(report.explanation())
            try:
                progress.record(report)
            except progress.ProgressError as error:  # the points stand all the same
                _write(f"{error.reason}\n")
            return report.value()
        return None

    @no_var_expand
    @line_cell_magic
    def docker(self, line: str, cell: str | None = None) -> None:
        """`%docker ps -a`, or a cell of docker commands; `%%docker --answer ID` is an answer."""
        with self._listening():
            if cell is None:
                real, line = headers.engine(line)
                (self._both if real else self._script)(self.desk.machine, line)
                return
            header = headers.read("docker", line)
            if isinstance(header, headers.DockerHeader) and header.command:
                stdin = cell if cell.strip() else ""
                _write(_said(self.desk.machine.docker(header.command, stdin=stdin)))
                return
            answer = header.answer if isinstance(header, headers.DockerHeader) else ""
            machine = self.desk.bench(answer) if answer else self.desk.machine
            real = isinstance(header, headers.DockerHeader) and header.real
            (self._both if real else self._script)(machine, text_of(f"%%docker {line}\n{cell}"))

    @no_var_expand
    @cell_magic
    def host(self, line: str, cell: str) -> None:
        """`%%host`: run the cell with bash on the simulated host, where docker and curl are at hand."""
        with self._listening():
            script = f"{line}\n{cell}" if line.strip() else cell
            _write(_said(self.desk.machine.host(script)))

    @no_var_expand
    @cell_magic
    def dockerfile(self, line: str, cell: str) -> None:
        """`%%dockerfile NAME [-t TAG] [--context DIR] ...`: build the cell below."""
        with self._listening():
            header = headers.read("dockerfile", line)
            if isinstance(header, headers.DockerfileHeader):
                self._build(header, text_of(f"%%dockerfile {line}\n{cell}"))

    @no_var_expand
    @cell_magic
    def contextfile(self, line: str, cell: str) -> None:
        """`%%contextfile PATH`: the cell below is a file of the build context."""
        with self._listening():
            header = headers.read("contextfile", line)
            if isinstance(header, headers.ContextFileHeader):
                text = text_of(f"%%contextfile {line}\n{cell}")
                count = size(len(text.encode()))
                said = Text("is in the build context now", "已放入构建上下文")
                if header.answer:  # the desk has heard it; the notebook's own context stays
                    self.desk.bench(header.answer)
                    said = Text("is in the context of the exercise now", "已放入这道题的上下文")
                else:
                    self.desk.machine.files[header.path] = text
                _write(f"{header.path} ({count}) {said}\n")

    @no_var_expand
    @line_magic
    def picture(self, line: str) -> None:
        """`%picture stack IMAGE` and others; `%picture` alone lists them."""
        with self._listening():
            self._show(find(line, self.desk.machine.engine, self.builds))

    @no_var_expand
    @line_magic
    def progress(self, line: str) -> None:
        """`%progress`: which exercises are done, the points so far, the next step."""
        del line
        with self._listening():
            self._show(panel(progress.read()))

    @no_var_expand
    @line_magic
    def save_work(self, line: str) -> None:
        """`%save_work [FILE]`: answers and progress into one file, beside the pages."""
        with self._listening():
            here = Path.cwd()
            saved = work.save(here, work.save_path(here, line.strip()), self.desk.heard())
            _write(f"{saved.said}\n")

    @no_var_expand
    @line_magic
    def bring_back(self, line: str) -> None:
        """`%bring_back [FILE]`: the answers of a file of work into the pages beside it."""
        with self._listening():
            here = Path.cwd()
            _write(f"{work.bring_back(here, work.save_path(here, line.strip())).said}\n")

    @no_var_expand
    @line_magic
    def hint(self, line: str) -> None:
        """`%hint ID`: the next hint for an exercise; run it again for one more."""
        with self._listening():
            _write(f"{self.desk.hint(line.strip())}\n")

    @no_var_expand
    @line_magic
    def course_language(self, line: str) -> None:
        """`%course_language zh`: from here on the course speaks Chinese; `en` is English."""
        chosen = next((lang for lang in LANGUAGES if lang == line.strip()), None)
        if chosen is None:
            said = Text(
                f"The course speaks {' and '.join(LANGUAGES)}: %course_language {LANGUAGES[-1]}",
                f"课程有 {' 和 '.join(LANGUAGES)} 两种语言：%course_language {LANGUAGES[-1]}",
            )
            with speaking(self.language):
                _write(f"{said}\n")
        else:
            self.language = chosen

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Speak the notebook's language, and print what a learner got wrong instead of raising it."""
        with speaking(self.language):
            try:
                yield
            except _SLIPS as slip:
                _write(f"{slip.reason}\n")
            except EngineError as error:
                _write(f"{error.shown}\n{error.help}\n" if error.help else f"{error.shown}\n")

    def _script(self, machine: Machine, text: str) -> None:
        """Run docker commands; of several, each is shown before its output, as at a prompt."""
        try:
            lines = tuple(commands(text))
        except LineError:  # docker runs those before it and says what is wrong with it
            lines = ()
        if len(lines) <= 1:
            _write(_said(machine.docker(text)))
            return
        # One piece of text: a kernel sends what is written in pieces at moments of its own.
        said = (f"$ {one.text}\n{_said(machine.docker(one.words))}" for one in lines)
        _write("".join(said))

    def _both(self, machine: Machine, text: str) -> None:
        """Ask the simulator and the real engine, command by command."""
        try:
            lines = tuple(commands(text))
        except LineError:  # docker says what is wrong with it
            _write(_said(machine.docker(text)))
            return
        from course_lib import realengine  # noqa: PLC0415 - nothing of it unless it is asked for

        for one in lines:
            if realengine.lends(one.words):
                try:
                    _write(
                        f"{realengine.lend_to(realengine.connect(), one.words, machine.engine)}\n"
                    )
                except realengine.RealEngineError as error:
                    _write(f"{error.reason}\n")
            else:
                self._beside(machine, one.words, machine.docker(one.words))

    def _beside(
        self, machine: Machine, words: Sequence[str], answer: Answer, stdin: str = ""
    ) -> None:
        """Show the simulator's answer and the engine's; without an engine, the first and why."""
        from course_lib import realengine  # noqa: PLC0415 - nothing of it unless it is asked for

        try:
            with machine.engine.host.working_in(machine.folder):
                beside = realengine.compare(
                    realengine.connect(), words, machine.engine, answer, stdin
                )
        except realengine.RealEngineError as error:
            _write(f"{_said(answer)}{error.reason}\n")
            return
        self.shell.display_pub.publish({**draw_beside(beside).bundle()})

    def _build(self, header: DockerfileHeader, text: str) -> None:
        machine = self.desk.bench(header.name) if answered_by(header.name) else self.desk.machine
        tags = header.tags or (header.name,)
        if not _there(machine, header.context):
            raise PictureError(_no_such_folder(header.context))
        folder = header.context or "."
        older = ["DOCKER_BUILDKIT=0"] if header.legacy else []
        secrets = header.secrets or _secrets_of(header.name)
        words = [*older, "docker", "build", *_options(header, tags, secrets), "-f", "-", folder]
        answer = machine.docker(words, stdin=text)
        if header.real:
            self._beside(machine, words, answer, text)
        else:
            _write(_said(answer))
        for outcome in answer.shown:
            if isinstance(outcome, BuildResult | BuildError):
                context = _context(machine, folder)
                arguments = dict(header.build_args)
                build = Build(tags[0], text, outcome, context, arguments, header.target)
                self.builds.keep(build, tags)
                self._show(build)

    def _show(self, view: View) -> None:
        """Publish a picture: text and HTML, and beside them the widget, where there is one."""
        bundle: dict[str, object] = {**draw(view).bundle()}
        if importlib.util.find_spec("ipywidgets"):
            from course_lib import widgets  # noqa: PLC0415 - only a picture with parts to move needs it

            bundle |= widgets.bundle(view)
        self.shell.display_pub.publish(bundle)


class DockerLine(TokenTransformBase):
    """`%docker LINE` with LINE as typed: IPython would take a `?` at its end for a question."""

    priority = 1  # before IPython's own, which are 5 and 10

    @classmethod
    def find(cls, tokens_by_line: Sequence[Sequence[TokenInfo]]) -> DockerLine | None:
        """The first line of the cell that begins with `%docker` and a blank."""
        for tokens in tokens_by_line:
            line = [one for one in tokens if one.type not in {tokenize.INDENT, tokenize.DEDENT}]
            if not line:
                continue
            start = line[0].start
            if line[0].line[start[1] :].startswith("%docker "):
                return cls(start)
        return None

    def transform(self, lines: list[str]) -> list[str]:
        """Put the call of the magic in the place of the line and those that continue it."""
        first = lines[self.start_line]
        end = min(find_end_of_continued_line(lines, self.start_line), len(lines) - 1)
        text = "".join([first[self.start_col :], *lines[self.start_line + 1 : end + 1]])
        line = text.removeprefix("%docker ").strip()
        call = f"{first[: self.start_col]}get_ipython().run_line_magic('docker', {line!r})\n"
        return [*lines[: self.start_line], call, *lines[end + 1 :]]


def give_body(lines: list[str]) -> list[str]:
    """Let a cell that is nothing but its `%%docker...` line come through: IPython refuses it."""
    if len(lines) == 1 and lines[0].startswith(("%%docker", "%%contextfile ", "%%host")):
        return [lines[0].rstrip("\n") + "\n", "\n"]
    return lines


def load_ipython_extension(shell: InteractiveShell) -> None:
    """`%load_ext course_lib`: a fresh machine, the magics, and `check`."""
    course = CourseMagics(shell)
    shell.register_magics(course)
    shell.events.register("pre_run_cell", course.hear)
    shell.input_transformer_manager.token_transformers.append(DockerLine)
    shell.input_transformers_cleanup.append(give_body)
    shell.user_ns["check"] = course.check


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """`%unload_ext course_lib`, and the first half of `%reload_ext`: cells are no longer heard."""
    course = shell.magics_manager.registry.pop(CourseMagics.__name__)
    shell.events.unregister("pre_run_cell", course.hear)
    shell.input_transformer_manager.token_transformers.remove(DockerLine)
    shell.input_transformers_cleanup.remove(give_body)


def _said(answer: Answer) -> str:
    return "".join(piece.text for piece in answer.printed)


def _write(text: str) -> None:
    """Print on stdout; the middle of a very long text is left out."""
    if len(text) > MOST_PRINTED:
        half = MOST_PRINTED // 2
        said = Text(
            f"... {len(text) - 2 * half:,} characters are left out ...",
            f"……省略 {len(text) - 2 * half:,} 个字符……",
        )
        text = f"{text[:half]}\n{said}\n{text[-half:]}"
    sys.stdout.write(text)


def _secrets_of(answer_id: str) -> tuple[str, ...]:
    """The secrets that an exercise gives to the build of an answer."""
    exercise = answered_by(answer_id)
    cell = exercise.answer(answer_id) if exercise else None
    return cell.secrets if isinstance(cell, DockerfileAnswer) else ()


def _options(header: DockerfileHeader, tags: Sequence[str], secrets: Sequence[str]) -> list[str]:
    return [
        *(f"--tag={tag}" for tag in tags),
        *([f"--target={header.target}"] if header.target else []),
        *(f"--build-arg={name}={value}" for name, value in header.build_args),
        *(f"--secret={secret}" for secret in secrets),
        *(["--no-cache"] if header.no_cache else []),
    ]


def _context(machine: Machine, folder: str) -> Context:
    """The files of the host's folder that a build took."""
    files = machine.engine.host.files
    root = machine.engine.host.path(f"{machine.folder}/{folder}")
    start = f"{root.rstrip('/')}/"
    return Context.of(
        {path.removeprefix(start): node for path, node in files.walk(root) if path != root}
    )


def _there(machine: Machine, folder: str) -> bool:
    """Whether a folder of the context has files, or a docker command has made it."""
    inside = folder.removeprefix("./").strip("/")
    if inside in {"", "."} or any(path.startswith(f"{inside}/") for path in machine.files):
        return True
    host = machine.engine.host
    return isinstance(host.files.get(host.path(f"{machine.folder}/{inside}")), Directory)


def _no_such_folder(folder: str) -> Text:
    return Text(
        f'ERROR: unable to prepare context: path "{folder}" not found\n'
        f"Put a file there first: %%contextfile {folder.rstrip('/')}/NAME",
        f'ERROR: unable to prepare context: path "{folder}" not found\n'
        f"先放一个文件进去：%%contextfile {folder.rstrip('/')}/文件名",
    )
