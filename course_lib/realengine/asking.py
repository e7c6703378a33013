"""The six commands that go to a real engine, and `load IMAGE`, which brings it one of ours."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from course_lib.build import BuildError, BuildResult
from course_lib.cli.building import sources
from course_lib.cli.goeval import render
from course_lib.cli.options import run_options
from course_lib.cli.session import Session
from course_lib.cli.table import columns, cut
from course_lib.cli.units import human_size
from course_lib.dockerfile.instructions import From
from course_lib.engine import EngineError
from course_lib.oci import NamedImage, docker_archive
from course_lib.realengine.building import Order, build
from course_lib.realengine.connecting import LABEL
from course_lib.realengine.facts import Facts, container_facts, image_facts, text_facts
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.cli import Answer
    from course_lib.cli.flags import Command, Parsed
    from course_lib.engine import Engine
    from course_lib.realengine.connecting import RealEngine
    from course_lib.run.options import RunOptions

PATIENCE = 10
"""Seconds that `docker run` waits for the end; a container that goes on is left running."""

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
_CUT = 45
_PULLED = re.compile(r"\AUnable to find image.*?\nStatus: [^\n]*\n", re.DOTALL)


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


def ask(real: RealEngine, asked: Asked) -> Reply:
    """Put a command to the engine; a refusal is in the reply, in the engine's words."""
    try:
        return _ASK[asked.kind](real, asked)
    except real.refusal as error:
        return _refused(asked, error.explanation or str(error))


def _refused(asked: Asked, words: str) -> Reply:
    ours = {"done": "no" if asked.answer.exit_code else "yes"}
    missing = "o such container" in words
    note = Text(
        "Only containers that a run with --engine real made are on the engine.",
        "引擎上只有用 --engine real 运行出来的容器。",
    )
    printed = f"Error response from daemon: {words}\n"
    return Reply(printed, ours, {"done": "no"}, (note,) if missing else ())


def _build(real: RealEngine, asked: Asked) -> Reply:
    parsed = asked.parsed
    name, source, context = sources(Session(asked.simulator, None, asked.stdin), parsed)
    beside = context.text(name) != source
    outcome = next(
        (one for one in asked.answer.shown if isinstance(one, BuildResult | BuildError)), None
    )
    for step in outcome.steps if outcome else ():
        if isinstance(step.instruction, From):
            _bring(real, asked.simulator, step.text.split()[1])
    order = Order(
        name=name if not beside else f".{name}.course",
        source=source,
        context=context,
        tags=parsed.all("tag"),
        build_args=dict(text.partition("=")[::2] for text in parsed.all("build-arg")),
        target=parsed.text("target"),
        no_cache=parsed.on("no-cache"),
        older=asked.older,
    )
    built = build(real, order)
    note = Text(
        f"The engine gets the Dockerfile in the context, as {order.name}: COPY . takes it along.",
        f"Dockerfile 以 {order.name} 为名放在上下文里发给引擎：COPY . 会把它一起带上。",
    )
    notes = (
        (note,) if beside and re.search(r"(?im)^\s*(copy|add)\s.*?\s\.{1,2}?/?\s", source) else ()
    )
    if not built.image_id or not isinstance(outcome, BuildResult):
        ours = {"built": "yes" if isinstance(outcome, BuildResult) else "no"}
        return Reply(built.printed, ours, {"built": "yes" if built.image_id else "no"}, notes)
    ours, theirs, more = _images(real, asked, outcome.image.id, built.image_id)
    return Reply(built.printed, ours, theirs, (*notes, *more))


def _run(real: RealEngine, asked: Asked) -> Reply:
    options = run_options(Session(asked.simulator, None), asked.parsed, asked.command)
    if options.network not in {"bridge", "none"}:
        return not_sent(f"--network {options.network}")
    image, *words = asked.parsed.args
    container = next(iter(asked.answer.shown), None)
    name = getattr(container, "name", "") if not options.remove else options.name
    if name and container is not None:
        _make_room(real, name)
    made = _create(real, asked, image, words, replace(options, name=name or options.name))
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
        return Reply(printed, _ran(asked), {"status": "running"}, (_goes_on(name, made),))
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
    _bring(real, asked.simulator, image)
    host = api.create_host_config(
        network_mode=real.network if options.network == "bridge" else options.network,
        read_only=options.read_only,
        init=options.init or None,
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
        real.api.remove_container(one["Id"], v=True, force=True)


def _bring(real: RealEngine, simulator: Engine, image: str) -> None:
    """Pull an image that the engine lacks; where that fails, the engine says so when it is used."""
    try:
        real.api.inspect_image(image)
    except real.refusal:
        try:
            real.api.pull(simulator.reference(image))
        except (real.refusal, EngineError):
            return


def _ran(asked: Asked) -> Facts:
    answer = asked.answer
    container = next(iter(answer.shown), None)
    running = getattr(getattr(container, "state", None), "__class__", None)
    if running is not None and running.__name__ == "Running" and not asked.parsed.on("detach"):
        return {"status": "running"}
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


def _history(real: RealEngine, asked: Asked) -> Reply:
    name = _theirs(asked.simulator, asked.parsed.args[0])
    rows = real.api.history(name)
    full = asked.parsed.on("no-trunc")
    shown = [["IMAGE", "CREATED BY", "SIZE", "COMMENT"]]
    for row in rows:
        image_id = row["Id"] if full else row["Id"].removeprefix("sha256:")[:12]
        created_by = row["CreatedBy"] if full else cut(row["CreatedBy"], _CUT)
        shown.append([image_id, created_by, human_size(row["Size"]), row["Comment"]])
    printed = columns(shown)
    ours = asked.simulator.find_image(asked.parsed.args[0])
    if ours is None:
        return Reply(printed, {"done": "no"}, {"done": "yes"})
    left, right, notes = _images(real, asked, ours.id, name)
    return Reply(printed, _only(left, "history"), _only(right, "history"), notes)


def _only(facts: Facts, about: str) -> Facts:
    return {key: value for key, value in facts.items() if key.startswith(about)}


def _diff(real: RealEngine, asked: Asked) -> Reply:
    found = real.api.diff(_theirs(asked.simulator, asked.parsed.args[0])) or []
    lines = sorted(f"{'CAD'[one['Kind']]} {one['Path']}" for one in found)
    ours = dict.fromkeys(asked.answer.stdout.splitlines(), "yes")
    if asked.answer.exit_code:
        ours = {"done": "no"}
    return Reply("".join(f"{line}\n" for line in lines), ours, dict.fromkeys(lines, "yes"))


def _commit(real: RealEngine, asked: Asked) -> Reply:
    parsed = asked.parsed
    name, _, tag = (parsed.args[1] if len(parsed.args) > 1 else "").partition(":")
    made = real.api.commit(
        _theirs(asked.simulator, parsed.args[0]),
        repository=name or None,
        tag=tag or None,
        message=parsed.text("message") or None,
        author=parsed.text("author") or None,
        changes=list(parsed.all("change")),
    )
    printed = f"{made['Id']}\n"
    if asked.answer.exit_code:
        return Reply(printed, {"done": "no"}, {"done": "yes"})
    ours, theirs, notes = _images(real, asked, asked.answer.stdout.strip(), made["Id"])
    return Reply(printed, ours, theirs, notes)


def _inspect(real: RealEngine, asked: Asked) -> Reply:
    template = asked.parsed.text("format")
    kind = asked.command.name.partition(" ")[0] if " " in asked.command.name else ""
    kind = kind or asked.parsed.text("type")
    found: list[Any] = []
    ours: Facts = {}
    theirs: Facts = {}
    notes: tuple[Text, ...] = ()
    for name in asked.parsed.args:
        one = _find(real, _theirs(asked.simulator, name), kind)
        found.append(one)
        try:
            known = asked.simulator.inspect(name, kind)
        except EngineError:
            ours[name] = "not there"
            continue
        if template:
            continue
        if "State" in one:
            ours |= container_facts(known)
            theirs |= container_facts(one)
        else:
            left, right, notes = _images(real, asked, str(known["Id"]), one["Id"])
            ours, theirs = ours | left, theirs | right
    if not template:
        return Reply(json.dumps(found, indent=4, ensure_ascii=False) + "\n", ours, theirs, notes)
    printed = "".join(
        f"{json.dumps(o) if template == 'json' else render(template, o)}\n" for o in found
    )
    ours |= text_facts("printed", asked.answer.stdout)
    return Reply(printed, ours, text_facts("printed", printed))


def _find(real: RealEngine, name: str, kind: str) -> Any:  # noqa: ANN401 - JSON
    if kind != "image":
        try:
            return real.api.inspect_container(name)
        except real.refusal:
            if kind == "container":
                raise
    return real.api.inspect_image(name)


_ASK = {
    "build": _build,
    "run": _run,
    "history": _history,
    "diff": _diff,
    "commit": _commit,
    "inspect": _inspect,
}


def _theirs(simulator: Engine, name: str) -> str:
    """The name by which the engine knows what the simulator knows by an id of its own."""
    try:
        return simulator.container(name).name
    except EngineError:
        image = simulator.find_image(name)
    if image is None or not image.id.removeprefix("sha256:").startswith(
        name.removeprefix("sha256:")
    ):
        return name
    return next(iter(simulator.references(image)), name)


def _images(
    real: RealEngine, asked: Asked, ours: str, theirs: str
) -> tuple[Facts, Facts, tuple[Text, ...]]:
    """The facts of one image on both sides; what different base images bring along falls out."""
    simulator, api = asked.simulator, real.api
    image = base = simulator.image(ours)
    while origin := simulator.made_from(base):
        base = origin.parent
    name = next(iter(simulator.references(base)), "")
    below = other = (0, 0)
    notes: tuple[Text, ...] = ()
    if name and (base is not image or simulator.base_image(name) is not None):
        below = other = (len(base.history), len(base.layers))
        try:
            layers = api.inspect_image(name)["RootFS"].get("Layers") or []
            other = (len(api.history(name)), len(layers))
            same = layers == list(base.diff_ids)
        except real.refusal:
            same = False
        if same:
            below = other = (0, 0)
        else:
            notes = (
                Text(
                    f"The two {name} are not the same image: its own lines are left out of the comparison.",
                    f"两边的 {name} 不是同一个镜像：它自己的那些行不参加比较。",
                ),
            )
    sizes = [layer.size for layer in image.layers]
    rows = [
        {"CreatedBy": line.created_by, "Size": 0 if line.empty_layer else sizes.pop()}
        for line in reversed(image.history)
    ]
    left = image_facts(simulator.inspect(image.id, "image"), rows, *below)
    right = image_facts(api.inspect_image(theirs), api.history(theirs), *other)
    return left, right, notes


def not_sent(what: str) -> Reply:
    """The reply to a line that the engine is not asked."""
    note = Text(
        f"The engine was not asked: {what} is not sent to it.",
        f"没有去问引擎：{what} 不会发给它。",
    )
    return Reply("", notes=(note,))


def lend(real: RealEngine, simulator: Engine, name: str) -> Text:
    """Load one of the course's images into the engine, with the course's label.

    Raises:
        EngineError: when neither the simulator nor its registry has it.

    """
    image = simulator.find_image(name) or simulator.pull(name).image
    reference = simulator.reference(name)
    try:
        there = real.api.inspect_image(reference)
    except real.refusal:
        there = None
    if there and (there["Config"].get("Labels") or {}).get(LABEL[0]) != LABEL[1]:
        return Text(
            f"The engine has a {reference} of its own, and it stays; docker rmi {reference} in a terminal would make room.",
            f"引擎已经有自己的 {reference}，予以保留；想腾出位置，请在终端里执行 docker rmi {reference}。",
        )
    marked = replace(image.config, labels={**image.config.labels, **dict([LABEL])})
    named = NamedImage(replace(image, config=marked), (reference,))
    for message in real.api.load_image(b"".join(docker_archive([named]))):
        if "error" in message:
            return Text(
                f"The engine refused {reference}: {message['error']}",
                f"引擎拒绝了 {reference}：{message['error']}",
            )
    return Text(
        f"{reference} is on the engine now. The course's programs are models: ENV, COPY and the like build on it there, RUN and docker run need an image with real programs.",
        f"{reference} 已经放进引擎。课程里的程序只是模型：在引擎上可以用它构建 ENV、COPY 之类的步骤，RUN 和 docker run 则需要带真实程序的镜像。",
    )
