"""Judges of a web server in an image: the page that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.engine.serving import listeners
from course_lib.exercises.looking import at_image
from course_lib.exercises.values import Finding
from course_lib.run.container import Container, Running
from course_lib.text import Text, same

if TYPE_CHECKING:
    from course_lib.exercises.attempt import Attempt

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class ServesPage:
    """After `docker run -d -p PORT:PORT IMAGE`, the host gets a page on which all `lines` stand."""

    image: str
    port: int
    lines: tuple[str, ...]
    hint: Text | None = None

    def __call__(self, attempt: Attempt) -> Finding:
        """Start it, ask from the host, remove it."""
        image = attempt.image(self.image)
        with attempt.trial():
            started = attempt.docker(["run", "-d", "-p", f"{self.port}:{self.port}", self.image])
            container = next((one for one in started.shown if isinstance(one, Container)), None)
            answer = attempt.machine.host(f"curl -sS localhost:{self.port}")
            state = _state(attempt, container, started.stderr)
        page = answer.stdout.splitlines()
        missing = [line for line in self.lines if line not in page]
        right = answer.exit_code == 0 and not missing
        wanted = "".join(f"\n{line}" for line in (missing or self.lines)[:_SHOWN])
        command = f"docker run -d -p {self.port}:{self.port} {self.image}"
        heard = "".join(f"\n{line}" for line in (page or answer.stderr.splitlines())[:_SHOWN])
        return Finding(
            1 if right else 0,
            Text(
                f"after `{command}`, `curl localhost:{self.port}` prints a page with",
                f"执行 `{command}` 之后，`curl localhost:{self.port}` 打印的网页里有",
            )
            + same(wanted),
            (Text("it prints", "实际打印") + same(heard) if heard else _NOTHING) + state,
            at_image(attempt, image, "COPY", "EXPOSE", "USER", "ENTRYPOINT", "CMD"),
            self.hint,
        )


_NOTHING = Text("nothing came back", "什么也没有返回")


def _state(attempt: Attempt, container: Container | None, said: str) -> Text:
    """Whether it runs, and on which ports its server listens, on a line of its own."""
    if container is None or not isinstance(container.state, Running):
        logs = attempt.docker(["logs", container.name]).printed if container else ()
        lines = said.strip().split("\n")[:1] + "".join(one.text for one in logs).split("\n")[-2:-1]
        words = next((line for line in lines if line), "")
        if not words:
            return Text("\nit has ended by itself", "\n它自己结束了")
        return Text(f"\nit does not run: {words}", f"\n它没有在运行：{words}")
    files = attempt.machine.engine.files(container.id)
    ports = sorted({one.port for one in listeners(container.state.processes, files)})
    if not ports:
        return Text("\nit runs, and no server listens", "\n它在运行，但没有服务在监听")
    numbers = ", ".join(map(str, ports))
    return Text(f"\nits server listens on port {numbers}", f"\n它的服务监听端口 {numbers}")
