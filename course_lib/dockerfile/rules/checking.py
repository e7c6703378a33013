"""`check`: all rules over one file, as `docker build --check` runs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.dockerfile.errors import DockerfileError
from course_lib.dockerfile.instructions import CheckWarning, Onbuild
from course_lib.dockerfile.nodes import read_nodes
from course_lib.dockerfile.parsing import parse_trigger
from course_lib.dockerfile.rules import stages as stage_rules
from course_lib.dockerfile.rules import writing
from course_lib.dockerfile.rules.bodies import DEFAULT_PATH, BodyCheck, Knowledge, StageScope
from course_lib.dockerfile.rules.catalogue import INVALID_BASE_IMAGE_PLATFORM
from course_lib.dockerfile.rules.options import options_of
from course_lib.dockerfile.rules.rule import Finding
from course_lib.dockerfile.scopes import PLATFORM, global_args
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from course_lib.dockerfile.instructions import Dockerfile, Instruction, Stage

_SCRATCH = "scratch"


@dataclass(frozen=True, slots=True)
class BaseImage:
    """What the rules want to know of a base image; `platform` is `linux/amd64`."""

    environment: Mapping[str, str]
    has_shell: bool = False
    on_build: Sequence[str] = ()
    platform: str = PLATFORM


def check(  # noqa: PLR0913 - the options of a build, and what a Dockerfile can't say itself
    dockerfile: Dockerfile,
    *,
    build_args: Mapping[str, str] | None = None,
    target: str = "",
    stages: Collection[int] | None = None,
    base_image: Callable[[str], BaseImage | None] = lambda _: None,
    is_image_name: Callable[[str], bool] = bool,
    ignored: Callable[[str], bool] | None = None,
) -> tuple[CheckWarning, ...]:
    """The warnings of a file, in the order of its lines.

    `stages` are the indexes of those that a build needs; None looks at the bodies of all, as
    `--check` does. `base_image` looks an image up, `is_image_name` tells whether a text could name
    one. `ignored` tells whether .dockerignore keeps a path out; leave it None where a pattern
    begins with `!`, as BuildKit then does not look.

    Raises:
        DockerfileError: a wrong `# check=` line, a global ARG that can't be expanded.

    """
    given = build_args or {}
    options = options_of(dockerfile, given)
    scope = _scope(dockerfile, given, target)
    knowledge = Knowledge(scope.values, given, dockerfile.escape, ignored)
    whole = _Check(dockerfile, scope, knowledge, base_image, is_image_name)
    findings = whole.findings(range(len(dockerfile.stages)) if stages is None else stages)
    return _sorted(finding for finding in findings if options.allow(finding))


def violation(
    dockerfile: Dockerfile,
    warnings: Sequence[CheckWarning],
    build_args: Mapping[str, str] | None = None,
) -> DockerfileError | None:
    """The error that warnings are where `# check=error=true` asks for it; None if they are not."""
    if not warnings or not options_of(dockerfile, build_args or {}).error:
        return None
    rules = ", ".join(dict.fromkeys(warning.rule for warning in warnings))
    return DockerfileError(
        f"lint violation found for rules: {rules}",
        warnings[0].span,
        Text(
            "The file says check=error=true: mend what the warnings name, or take that out.",
            "文件里写了 check=error=true：请修改警告指出的地方，或者去掉这个设置。",
        ),
    )


def _scope(
    dockerfile: Dockerfile, build_args: Mapping[str, str], target: str
) -> stage_rules.GlobalScope:
    args, escape = dockerfile.global_args, dockerfile.escape
    defaults: Mapping[str, str] | None
    try:
        defaults = global_args(args, {}, target=target, escape=escape)
    except DockerfileError:
        defaults = None  # `${A:?}` needs its --build-arg, and may have got it
    return stage_rules.GlobalScope(
        global_args(args, build_args, target=target, escape=escape),
        defaults,
        frozenset(pair.name for arg in args for pair in arg.pairs),
        escape,
    )


@dataclass(frozen=True, slots=True)
class _Check:
    dockerfile: Dockerfile
    scope: stage_rules.GlobalScope
    knowledge: Knowledge
    base_image: Callable[[str], BaseImage | None]
    is_image_name: Callable[[str], bool]

    def findings(self, needed: Collection[int]) -> Iterator[Finding]:
        nodes = read_nodes(self.dockerfile.source).nodes
        yield from writing.empty_continuations(nodes)
        for node in nodes:
            yield from writing.findings_of_node(node)
        yield from writing.casing(nodes)
        yield from stage_rules.names(self.dockerfile)
        known: dict[str, int] = {}
        bodies: dict[int, _Body] = {}
        for stage in self.dockerfile.stages:
            yield from stage_rules.base_image(stage, self.scope, self.is_image_name)
            yield from stage_rules.platform(stage, self.scope)
            if stage.index in needed:
                body = self._body(stage, known, bodies)
                yield from body.findings
                bodies[stage.index] = body
            if stage.name:
                known[stage.name] = stage.index

    def _body(self, stage: Stage, known: Mapping[str, int], done: Mapping[int, _Body]) -> _Body:
        expanded = self.scope.analysed(stage.base.image, self.scope.values)
        image = expanded.text if expanded else ""
        findings: list[Finding] = []
        below = done.get(known[image]) if image in known else None
        if below is not None:
            scope = below.scope.inherited()
            triggers = below.triggers
        else:
            base = self.base_image(image) if image != _SCRATCH else None
            environment = dict(base.environment) if base else {}
            environment.setdefault("PATH", DEFAULT_PATH)
            scope = StageScope(environment, has_shell=base is not None and base.has_shell)
            triggers = tuple(base.on_build) if base else ()
            findings += self._platform(stage, image, base)
        body = BodyCheck(scope, self.knowledge)
        for instruction in (*_fired(triggers, stage), *stage.instructions):
            findings += body.findings(instruction)
        return _Body(
            tuple(findings),
            scope,
            tuple(i.trigger for i in stage.instructions if isinstance(i, Onbuild)),
        )

    def _platform(self, stage: Stage, image: str, base: BaseImage | None) -> Iterator[Finding]:
        written = self.scope.analysed(stage.base.platform, self.scope.values)
        wanted = (written.text if written else "") or PLATFORM
        parts = stage_rules.platform_parts(wanted)
        if base is not None and "" not in parts and parts != tuple(base.platform.split("/")[:2]):
            message = INVALID_BASE_IMAGE_PLATFORM.message(image, base.platform, wanted)
            yield Finding(
                INVALID_BASE_IMAGE_PLATFORM, message, stage.base.span, stage.base.comments
            )


@dataclass(frozen=True, slots=True)
class _Body:
    """A stage that was looked through: what was found, and what a stage built FROM it starts with."""

    findings: tuple[Finding, ...]
    scope: StageScope
    triggers: tuple[str, ...]


def _fired(triggers: Iterable[str], stage: Stage) -> Iterator[Instruction]:
    for trigger in triggers:
        try:
            yield parse_trigger(trigger, stage.base.span)
        except DockerfileError:
            return  # the build itself reports it


def _sorted(findings: Iterable[Finding]) -> tuple[CheckWarning, ...]:
    found = (CheckWarning(f.rule.name, f.message, f.span) for f in findings)
    return tuple(sorted(found, key=lambda warning: warning.span.start))
