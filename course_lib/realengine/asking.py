"""The commands that go to a real engine; `docker run` has a room of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from course_lib.build import BuildError, BuildResult
from course_lib.cli.building import sources
from course_lib.cli.goeval import render
from course_lib.cli.session import Session
from course_lib.cli.table import columns, cut
from course_lib.cli.units import human_size
from course_lib.dockerfile.instructions import From
from course_lib.engine import EngineError
from course_lib.realengine.asked import Asked, Reply, bring, container_there, image_there
from course_lib.realengine.building import Order, build
from course_lib.realengine.facts import TAKES_ALL, Facts, container_facts, image_facts, text_facts
from course_lib.realengine.running import run
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.build import Step
    from course_lib.engine import Engine
    from course_lib.realengine.connecting import RealEngine

_CUT = 45


def ask(real: RealEngine, asked: Asked) -> Reply:
    """Put a command to the engine; a refusal is in the reply, in the engine's words."""
    try:
        return _ASK[asked.kind](real, asked)
    except real.refusal as error:
        return _refused(asked, error.explanation or str(error))


def _refused(asked: Asked, words: str) -> Reply:
    ours = {"done": "no" if asked.refused else "yes"}
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
    for image in bases(outcome.steps if outcome else ()):
        bring(real, asked.simulator, image)
    order = Order(
        name=name if not beside else f".{name}.course",
        source=source,
        context=context,
        tags=parsed.all("tag"),
        build_args=dict(text.partition("=")[::2] for text in parsed.all("build-arg")),
        target=parsed.text("target"),
        no_cache=parsed.on("no-cache"),
        older=asked.older,
        added=beside,
    )
    built = build(real, order)
    note = Text(
        f"The engine gets the Dockerfile in the context, as {order.name}: COPY . takes it along.",
        f"Dockerfile 以 {order.name} 为名放在上下文里发给引擎：COPY . 会把它一起带上。",
    )
    notes = (note,) if beside and TAKES_ALL.search(source) else ()
    if not built.image_id or not isinstance(outcome, BuildResult):
        ours = {"built": "yes" if isinstance(outcome, BuildResult) else "no"}
        return Reply(built.printed, ours, {"built": "yes" if built.image_id else "no"}, notes)
    ours, theirs, more = _images(real, asked, outcome.image.id, built.image_id)
    return Reply(built.printed, ours, theirs, (*notes, *more))


def bases(steps: Iterable[Step]) -> tuple[str, ...]:
    """The images that the stages of a build start from: no stages, not scratch; no `$V`, which the older builder keeps."""
    froms = [(one.instruction, one.text) for one in steps if isinstance(one.instruction, From)]
    stages = {"scratch", *(instruction.name for instruction, _ in froms)}
    found = (
        next(word for word in text.split()[1:] if not word.startswith("--")) for _, text in froms
    )
    return tuple(name for name in found if name.lower() not in stages and "$" not in name)


def _history(real: RealEngine, asked: Asked) -> Reply:
    name = image_there(asked.simulator, asked.parsed.args[0])
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
    found = real.api.diff(container_there(asked.simulator, asked.parsed.args[0])) or []
    lines = sorted(f"{'CAD'[one['Kind']]} {one['Path']}" for one in found)
    ours = dict.fromkeys(asked.answer.stdout.splitlines(), "yes")
    if asked.answer.exit_code:
        ours = {"done": "no"}
    return Reply("".join(f"{line}\n" for line in lines), ours, dict.fromkeys(lines, "yes"))


def _commit(real: RealEngine, asked: Asked) -> Reply:
    parsed = asked.parsed
    name, _, tag = (parsed.args[1] if len(parsed.args) > 1 else "").partition(":")
    made = real.api.commit(
        container_there(asked.simulator, parsed.args[0]),
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
        one = _find(real, asked.simulator, name, kind)
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


def _find(real: RealEngine, simulator: Engine, name: str, kind: str) -> Any:  # noqa: ANN401 - JSON
    if kind != "image":
        try:
            return real.api.inspect_container(container_there(simulator, name))
        except real.refusal:
            if kind == "container":
                raise
    return real.api.inspect_image(image_there(simulator, name))


_ASK = {
    "build": _build,
    "run": run,
    "history": _history,
    "diff": _diff,
    "commit": _commit,
    "inspect": _inspect,
}


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
    unsized = 0
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
            below, other, unsized = (0, 0), (0, 0), len(base.history)
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
    left = image_facts(simulator.inspect(image.id, "image"), rows, *below, unsized)
    right = image_facts(api.inspect_image(theirs), api.history(theirs), *other, unsized)
    return left, right, notes
