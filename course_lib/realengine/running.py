"""`docker run` on a real engine: what may be asked of it, and the patience to wait for its end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.cli.options import run_options
from course_lib.cli.session import Session
from course_lib.realengine.asked import Asked, Reply, bring, image_there, not_sent
from course_lib.realengine.connecting import LABEL
from course_lib.realengine.facts import Facts, text_facts
from course_lib.run.container import Container, Running
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.realengine.connecting import RealEngine
    from course_lib.run.options import RunOptions

PATIENCE = 10
"""Seconds that `docker run` waits for the end; a container that goes on is left running."""

_NONE_YET = "none yet, it goes on"
_PULLED = re.compile(r"\AUnable to find image.*?\nStatus: [^\n]*\n", re.DOTALL)


def run(real: RealEngine, asked: Asked) -> Reply:
    """Run a container, and wait for its end for a while.

    Raises:
        UsageError: what the docker command itself refuses.

    """
    options = run_options(Session(asked.simulator, None), asked.parsed, asked.command)
    if options.network not in {"bridge", "none"}:
        return not_sent(f"--network {options.network}")
    image, *words = asked.parsed.args
    image = image_there(asked.simulator, image)
    container = _container(asked)
    name = container.name if container and not options.remove else options.name
    if name and container:
        _make_room(real, name)
    made = _create(real, asked, image, words, replace(options, name=name))
    try:
        real.api.start(made)
    except real.refusal as error:
        words_ = error.explanation or str(error)
        code = 127 if "no such file" in words_ or "not found" in words_ else 126
        theirs = {"exit code": str(code if "exec" in words_ else 125)}
        return Reply(f"docker: Error response from daemon: {words_}\n", _ran(asked), theirs)
    if options.detach:
        return Reply(f"{made}\n", {"exit code": str(asked.answer.exit_code)}, {"exit code": "0"})
    try:
        code = real.api.wait(made, timeout=PATIENCE)["StatusCode"]
    except real.refusal:
        raise
    except OSError:  # what the package raises when time is up
        printed = _text(real.api.logs(made))
        ours = {"exit code": _ran(asked)["exit code"]}
        return Reply(printed, ours, {"exit code": _NONE_YET}, (_goes_on(name, made),))
    out, err = (real.api.logs(made, stdout=one, stderr=not one) for one in (True, False))
    theirs = {
        "exit code": str(code),
        **text_facts("stdout", _text(out)),
        **text_facts("stderr", _text(err)),
    }
    printed = _text(real.api.logs(made))
    if options.remove:
        real.api.remove_container(made, v=True)
    return Reply(printed, _ran(asked), theirs)


def _create(
    real: RealEngine, asked: Asked, image: str, words: list[str], options: RunOptions
) -> str:
    """Create the container: without privileges, without the host's files, ports on loopback only."""
    api = real.api
    bring(real, asked.simulator, image)
    host = api.create_host_config(
        network_mode=real.network if options.network == "bridge" else options.network,
        read_only=options.read_only,
        init=options.init or None,
        auto_remove=options.remove and options.detach,
        port_bindings={
            one.exposed: (one.host_ip or "127.0.0.1", one.host_port or None)
            for one in options.ports
        },
        log_config={"Type": "json-file", "Config": {"max-size": "1m"}},  # also where it never ends
    )
    return str(
        api.create_container(
            image,
            words or None,
            name=options.name or None,
            environment=list(options.env),
            user=options.user or None,
            working_dir=options.workdir or None,
            entrypoint=None if options.entrypoint is None else [options.entrypoint],
            hostname=options.hostname or None,
            stop_signal=options.stop_signal or None,
            labels={**options.labels, **dict([LABEL])},
            ports=[(one.container_port, one.protocol) for one in options.ports],
            host_config=host,
        )["Id"]
    )


def _make_room(real: RealEngine, name: str) -> None:
    """Remove the course's own container of this name: the simulator has just made a new one."""
    found = real.api.containers(all=True, filters={"label": "=".join(LABEL), "name": f"^/{name}$"})
    for one in found:
        if one["Names"] != [f"/{name}"]:
            continue  # the filter is a regular expression
        real.api.remove_container(one["Id"], v=True, force=True)


def _container(asked: Asked) -> Container | None:
    return next((one for one in asked.answer.shown if isinstance(one, Container)), None)


def _ran(asked: Asked) -> Facts:
    """What the simulator's container did; of one that goes on, only that it does."""
    answer, container = asked.answer, _container(asked)
    if container and isinstance(container.state, Running) and not container.options.detach:
        return {"exit code": _NONE_YET}
    facts = {"exit code": str(answer.exit_code)}
    if container is None or not answer.stdout + answer.stderr:
        return facts
    out, err = (
        "".join(piece.text for piece in answer.printed if piece.fd == fd and not piece.note)
        for fd in (1, 2)
    )
    return {**facts, **text_facts("stdout", out), **text_facts("stderr", _PULLED.sub("", err))}


def _goes_on(name: str, made: str) -> Text:
    short = made[:12]
    return Text(
        f"After {PATIENCE} s it was still running and is left so on the engine: {name or short} ({short}); docker rm -f {short} in a terminal ends it.",
        f"{PATIENCE} 秒后仍在运行，就让它留在引擎上继续运行：{name or short}（{short}）；在终端里用 docker rm -f {short} 结束它。",
    )


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
