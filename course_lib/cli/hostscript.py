"""A script for the simulated host: bash, with `docker` and `curl` on its PATH.

    mkdir site; echo hi > site/index.html
    docker run -d -p 8080:80 -v "$PWD/site":/usr/share/nginx/html nginx
    curl -s localhost:8080

The host is a small Debian. Its files are the engine's `host`; what the script changes stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.docker import docker
from course_lib.cli.session import STDOUT, Answer, Printed
from course_lib.image.entries import Directory, File, Symlink
from course_lib.image.programs import program
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace
from course_lib.shell import Process, execute
from course_lib.shell.task import decoded, encoded
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.engine import Engine
    from course_lib.shell.task import Task

SYSTEM = "debian:12"
_DOCKER_SIZE = 41_000_000
_CURL_SIZE = 280_840
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOSTNAME": "host",
    "TERM": "xterm",
    "USER": "root",
}


def host(script: str, engine: Engine) -> Answer:
    """Run a script on the host and return what the terminal shows; never raises for a learner's mistake."""
    _install(engine)
    machine = engine.host
    process = Process(
        argv=("/bin/bash", "-c", script),
        env={**_ENVIRONMENT, "HOME": machine.folder, "PWD": machine.folder},
        cwd=machine.folder,
        hostname="host",
        tty=True,
    )
    done = execute(
        process,
        machine.files,
        clock=engine.clock,
        web=engine.web(),
        programs={"docker": lambda task: _docker(task, engine)},
    )
    printed = [Printed(chunk.fd, chunk.data.decode(errors="replace")) for chunk in done.output]
    if done.unsupported is not None:
        printed.append(Printed(2, f"{done.unsupported}\n", note=True))
    if done.exit_code is None:
        waits = Text(
            "The script does not end by itself: a real terminal would wait here.",
            "脚本不会自己结束：真实的终端会一直等在这里。",
        )
        printed.append(Printed(2, f"{waits}\n", note=True))
    return Answer(
        stdout="".join(piece.text for piece in printed if piece.fd == STDOUT),
        stderr="".join(piece.text for piece in printed if piece.fd != STDOUT),
        exit_code=done.exit_code or 0,
        printed=tuple(printed),
    )


def _docker(task: Task, engine: Engine) -> int:
    folder, engine.host.folder = engine.host.folder, task.files.cwd
    try:
        answer = docker(
            task.args,
            engine,
            stdin=decoded(task.stdin.read()),
            piped=not task.stream(1).terminal,
            environment=task.env,
        )
    finally:
        engine.host.folder = folder
    for piece in answer.printed:
        task.stream(piece.fd).write(encoded(piece.text))
    return answer.exit_code


def _install(engine: Engine) -> None:
    """Give the host its system, once: the folders of an image, and docker and curl."""
    files = engine.host.files
    if files.get("/usr") is not None:
        return
    image = engine.base_image(SYSTEM)
    tree = image.tree if image is not None else Tree.EMPTY
    system = Workspace(tree, now=engine.clock.now)
    for name, size in (("docker", _DOCKER_SIZE), ("curl", _CURL_SIZE)):
        system.put(f"/usr/bin/{name}", File(program(name, size), 0o755))
    for name in tree.children("/"):
        node = tree.get(f"/{name}")
        if isinstance(node, Symlink):
            files.put(f"/{name}", node)
        elif isinstance(node, Directory) and files.get(f"/{name}") is None:
            files.mkdir(f"/{name}", node.mode)
            files.mount(f"/{name}", system, source=f"/{name}")
