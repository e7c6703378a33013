"""The suites of build checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.build.errors import InstructionError
from course_lib.build.ignore import IgnoreRules, read_ignore_file
from course_lib.build.stages import StageGraph
from course_lib.dockerfile import DockerfileError, parse
from course_lib.dockerfile.nodes import read_nodes
from course_lib.dockerfile.rules import RULES, BaseImage, check, violation
from course_lib.dockerfile.rules.writing import findings_of_node
from course_lib.dockerfile.scopes import global_args
from course_lib.registry.reference import InvalidReferenceError, Reference
from tests.acceptance_suites.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from course_lib.dockerfile.instructions import CheckWarning, Dockerfile

_PATH = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}


def rules(data: Mapping[str, Any]) -> Iterator[Outcome]:
    known = {rule.name: (rule.description, rule.form, rule.experimental) for rule in RULES}
    for case in data["cases"]:
        expected = (case["description"], case["format"], case["experimental"])
        yield Outcome(case["rule"], expected, known.get(case["rule"]))


def checks(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        expected = (_listed(case["check_warnings"]), _listed(case["build_warnings"]))
        try:
            dockerfile = parse(case["dockerfile"])
        except DockerfileError as error:
            found = _before(case["dockerfile"], error)
            yield Outcome(
                case["name"], (*expected, case["build_error"]), (found, found, error.message)
            )
            continue
        every = _warnings(dockerfile, case, None)
        try:
            needed = _warnings(dockerfile, case, _needed(dockerfile, case))
            failure: Exception | None = violation(dockerfile, needed, case["build_args"])
        except InstructionError as error:
            needed, failure = _warnings(dockerfile, case, ()), error
        yield Outcome(
            case["name"],
            (*expected, _of_check_or_graph(case.get("build_error"))),
            (_shown(every), _shown(needed), str(failure) if failure else None),
        )


def _of_check_or_graph(message: str | None) -> str | None:
    """The errors of a build that checks and the graph of stages report; others come later."""
    return message if message and message.startswith(("lint violation", "empty platform")) else None


def _warnings(
    dockerfile: Dockerfile, case: Mapping[str, Any], stages: tuple[int, ...] | None
) -> tuple[CheckWarning, ...]:
    return check(
        dockerfile,
        build_args=case["build_args"],
        stages=stages,
        base_image=lambda _: BaseImage(_PATH),
        is_image_name=_is_image_name,
        ignored=_ignored(case.get("dockerignore", "")),
    )


def _needed(dockerfile: Dockerfile, case: Mapping[str, Any]) -> tuple[int, ...]:
    outer = global_args(
        dockerfile.global_args, case["build_args"], target="", escape=dockerfile.escape
    )
    return StageGraph.of(dockerfile, outer).reached(len(dockerfile.stages) - 1)


def _is_image_name(text: str) -> bool:
    try:
        Reference.parse(text)
    except InvalidReferenceError:
        return False
    return True


def _ignored(text: str) -> Callable[[str], bool] | None:
    found = IgnoreRules.of(read_ignore_file(text))
    return None if any(pattern.exception for pattern in found.patterns) else found.excludes


def _before(text: str, error: DockerfileError) -> list[tuple[str, int, str]]:
    """What was found above the line where reading failed."""
    assert error.span is not None
    above = [node for node in read_nodes(text).nodes if node.span < error.span]
    found = [finding for node in above for finding in findings_of_node(node)]
    shown = [(f.rule.name, f.span.start, f.message) for f in found if not f.rule.experimental]
    return sorted(shown)


def _listed(warnings: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return sorted((w["rule"], w["line"], w["message"]) for w in warnings)


def _shown(warnings: tuple[CheckWarning, ...]) -> list[tuple[str, int, str]]:
    return sorted((w.rule, w.span.start, w.message) for w in warnings)
