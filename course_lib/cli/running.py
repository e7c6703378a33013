"""run, create, start, restart, exec: the commands that let a program run."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag
from course_lib.cli.images import print_pulled
from course_lib.cli.options import CREATE_FLAGS, PROCESS_FLAGS, environment, run_options
from course_lib.engine import EngineError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.results import Executed, Ran
    from course_lib.run.container import Container


def _run(session: Session, parsed: Parsed) -> None:
    options = run_options(session, parsed, _RUN)
    image, args = parsed.args[0], parsed.args[1:]
    _announce_pull(session, image, parsed.text("pull"))
    stdin = session.stdin if options.interactive else ""
    ran = session.engine.run(image, args, options, stdin.encode())
    session.show(ran.container)
    _say_unsupported(session, ran)
    if options.detach:
        session.line(ran.container.id)
        return
    session.chunks(ran.output)
    if ran.exit_code is None:
        _say_it_goes_on(session, ran.container)
    elif session.stdin and not options.interactive:
        session.note(
            Text(
                "Without -i the program gets no input: the text below the line did not reach it.",
                "没有 -i，程序就没有输入：下面的文字没有传给它。",
            )
        )
    elif _is_idle_shell(ran, stdin):
        _say_how_to_give_a_script(session, ran.container)
    session.exit_code = ran.exit_code or 0


def _create(session: Session, parsed: Parsed) -> None:
    options = run_options(session, parsed, _CREATE)
    _announce_pull(session, parsed.args[0], parsed.text("pull"))
    container = session.engine.create(parsed.args[0], parsed.args[1:], options)
    session.show(container)
    session.line(container.id)


def _start(session: Session, parsed: Parsed) -> None:
    attach = parsed.on("attach") or parsed.on("interactive")
    failed: list[str] = []
    for name in parsed.args:
        try:
            interactive = parsed.on("interactive")
            stdin = session.stdin.encode() if interactive else b""
            ran = session.engine.start(name, stdin, detach=not attach)
        except EngineError as error:
            session.complain(error.shown, error.help)
            failed.append(name)
            continue
        session.show(ran.container)
        _say_unsupported(session, ran)
        if attach:
            session.chunks(ran.output)
            session.exit_code = ran.exit_code or 0
        else:
            session.line(name)
    if failed:
        session.err(f"failed to start containers: {', '.join(failed)}\n")
        session.exit_code = 1


def _restart(session: Session, parsed: Parsed) -> None:
    for name in parsed.args:
        ran = session.engine.restart(name, parsed.number("time"))
        session.show(ran.container)
        session.line(name)


def _exec(session: Session, parsed: Parsed) -> None:
    try:
        done = session.engine.exec(
            parsed.args[0],
            parsed.args[1:],
            env=environment(session, parsed, _EXEC),
            workdir=parsed.text("workdir"),
            user=parsed.text("user"),
            stdin=session.stdin.encode() if parsed.on("interactive") else b"",
            tty=parsed.on("tty"),
            detach=parsed.on("detach"),
        )
    except EngineError as error:
        if error.exit_code is None:
            raise
        session.out(
            f"{error.message}\r\n"
        )  # docker sends it down the stream of the program's output
        session.exit_code = error.exit_code
        return
    session.show(done)
    _say_unsupported(session, done)
    if parsed.on("detach"):
        return
    session.chunks(done.output)
    session.exit_code = done.exit_code or 0


def _announce_pull(session: Session, image: str, policy: str) -> None:
    """Pull an image that is not here, and print what docker prints then; `--pull` may say otherwise."""
    here = session.engine.find_image(image) is not None
    if policy == "never" or (here and policy != "always"):
        session.engine.image(image)
        return
    reference = session.engine.reference(image)
    if not here:
        session.err(f"Unable to find image '{reference}' locally\n")
    print_pulled(session, session.engine.pull(image), write_to_err=True)


def _is_idle_shell(ran: Ran, stdin: str) -> bool:
    argv = ran.container.argv.argv
    shells = ("sh", "bash", "ash", "dash")
    options = ran.container.options
    return options.tty and not stdin and len(argv) == 1 and posixpath.basename(argv[0]) in shells


def _say_how_to_give_a_script(session: Session, container: Container) -> None:
    session.note(
        Text(
            f"The shell of {container.name} found nothing to read and ended; "
            "a script for it goes below the %%docker run line.",
            f"{container.name} 的 shell 没有读到输入，已经结束；"
            "要给它脚本，请写在 %%docker run 那一行的下面。",
        )
    )


def _say_it_goes_on(session: Session, container: Container) -> None:
    program = " ".join(container.argv.argv)
    session.note(
        Text(
            f"`{program}` does not end by itself: a real terminal would wait here. "
            f"It goes on in the container {container.name}; docker stop {container.name} ends it.",
            f"`{program}` 不会自己结束：真实的终端会一直等在这里。"
            f"它在容器 {container.name} 里继续运行；用 docker stop {container.name} 停止。",
        )
    )


def _say_unsupported(session: Session, done: Ran | Executed) -> None:
    if done.unsupported is not None:
        session.note(done.unsupported)


_RUN = Command(
    "run",
    "docker run [OPTIONS] IMAGE [COMMAND] [ARG...]",
    "Create and run a new container from an image",
    _run,
    (
        *CREATE_FLAGS,
        Flag("detach", "bool", "Run container in background and print container ID", "d"),
        Flag("detach-keys", "string", simulated=False),
        Flag("sig-proxy", "bool", simulated=False),
    ),
    least=1,
    interspersed=False,
    aliases=("container run",),
)

_CREATE = Command(
    "create",
    "docker create [OPTIONS] IMAGE [COMMAND] [ARG...]",
    "Create a new container",
    _create,
    CREATE_FLAGS,
    least=1,
    interspersed=False,
    aliases=("container create",),
)

_EXEC = Command(
    "exec",
    "docker exec [OPTIONS] CONTAINER COMMAND [ARG...]",
    "Execute a command in a running container",
    _exec,
    (
        *PROCESS_FLAGS,
        Flag("detach", "bool", "Detached mode: run command in the background", "d"),
        Flag("privileged", "bool", simulated=False),
    ),
    least=2,
    interspersed=False,
    aliases=("container exec",),
)

COMMANDS = (
    _RUN,
    _CREATE,
    Command(
        "start",
        "docker start [OPTIONS] CONTAINER [CONTAINER...]",
        "Start one or more stopped containers",
        _start,
        (
            Flag("attach", "bool", "Attach STDOUT/STDERR and forward signals", "a"),
            Flag("interactive", "bool", "Attach container's STDIN", "i"),
            Flag("detach-keys", "string", simulated=False),
        ),
        least=1,
        aliases=("container start",),
    ),
    Command(
        "restart",
        "docker restart [OPTIONS] CONTAINER [CONTAINER...]",
        "Restart one or more containers",
        _restart,
        (Flag("time", "int", "Seconds to wait before killing the container", "t"),),
        least=1,
        aliases=("container restart",),
    ),
    _EXEC,
)
