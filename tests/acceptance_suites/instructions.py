"""The suites of instructions: accepted and refused ones, flags, devices, ports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_lib.build.errors import InstructionError
from course_lib.build.heredoc import body
from course_lib.build.ports import exposed_ports
from course_lib.dockerfile import DockerfileError, parse
from course_lib.dockerfile.devices import read_device
from course_lib.dockerfile.flags import Kind, read_flags
from course_lib.dockerfile.instructions import Add, Arg, Copy, Dockerfile, ExecForm, Run
from tests.acceptance_suites.outcome import Anything, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.dockerfile.instructions import Instruction

_FIRST_LINE = "FROM scratch\n"


def accepted_and_refused(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        name = f"{case['name']}: {case['dockerfile']}"
        if not case["valid"]:
            yield Outcome(name, case["full_error"], _error(_FIRST_LINE + case["dockerfile"]))
            continue
        if "meta_args" in case["expect"]:
            actual = _documented(parse(case["dockerfile"]))
        else:
            actual = _fields(parse(_FIRST_LINE + case["dockerfile"]).stages[0].instructions[0])
        expected = case["expect"]
        yield Outcome(name, expected, {key: actual.get(key) for key in expected})
    for case in data["healthcheck_intervals"]:
        error = _error(f"{_FIRST_LINE}HEALTHCHECK {case['flag']} CMD true")
        wanted = case.get("error_contains")
        yield Outcome(case["flag"], Anything(wanted) if wanted else None, error)


def _error(text: str) -> str | None:
    try:
        parse(text)
    except DockerfileError as error:
        return error.message
    return None


def _fields(instruction: Instruction) -> dict[str, object]:
    match instruction:
        case Copy() | Add():
            return {
                "dest": instruction.dest,
                "sources": list(instruction.sources),
                "contents": [
                    {"path": document.name, "data": body(document), "expand": document.expand}
                    for document in instruction.heredocs
                ],
            }
        case Run(command=command):
            is_exec = isinstance(command, ExecForm)
            return {
                "cmdline": list(command.args) if isinstance(command, ExecForm) else [command.text],
                "prepend_shell": not is_exec,
                "files": [
                    {"name": document.name, "data": document.content, "chomp": document.chomp}
                    for document in instruction.heredocs
                ],
                "flags_used": ["mount"] if instruction.mounts else [],
            }
        case _:
            return {}


def _documented(dockerfile: Dockerfile) -> dict[str, object]:
    """What the comments above ARG and FROM say of their names."""
    stage = dockerfile.stages[0]
    own = [i for i in stage.instructions if isinstance(i, Arg)]
    return {
        "meta_args": [pair for arg in dockerfile.global_args for pair in _args(arg)],
        "stage_doc": _comment(stage.base.comments, stage.name),
        "args": [pair for arg in own for pair in _args(arg)],
    }


def _args(arg: Arg) -> list[list[str]]:
    return [[pair.name, _comment(arg.comments, pair.name)] for pair in arg.pairs]


def _comment(comments: tuple[str, ...], name: str) -> str:
    found = (line.removeprefix(f"{name} ") for line in comments if line.startswith(f"{name} "))
    return next(found, "")


def flags(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        kinds = {
            flag["name"]: Kind.TEXT if flag["kind"] == "string" else Kind.TRUTH
            for flag in case["flags"]
        }
        name = f"{sorted(kinds)} {case['args']}"
        try:
            found = read_flags(case["args"], kinds)
        except DockerfileError as error:
            yield Outcome(name, case["error_text"], error.message)
            continue
        values = {
            flag["name"]: found.text(flag["name"], flag["default"])
            if flag["kind"] == "string"
            else found.truth(flag["name"], default=flag["default"])
            for flag in case["flags"]
        }
        expected = ({**values, **case["values"]}, sorted(case["used"]))
        yield Outcome(
            name, expected if not case["error"] else "error", (values, sorted(found.given))
        )


def devices(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        try:
            device = read_device(case["input"])
            actual: object = {"name": device.name, "required": device.required}
        except DockerfileError as error:
            actual = error.message
        yield Outcome(case["input"], case["error"] or case["expect"], actual)


def ports(data: Mapping[str, Any]) -> Iterator[Outcome]:
    for case in data["cases"]:
        specs = case.get("specs") or [case["spec"]]
        try:
            actual: object = [port for spec in specs for port in exposed_ports(spec)]
        except InstructionError as error:
            actual = error.message
        expected = case.get("full_error") if case["error"] == "*" else case["error"]
        yield Outcome(f"{case['name']} {specs}", expected or case["expect"], actual)
