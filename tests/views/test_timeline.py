"""The timeline tells a step that a base image inserted from one that stands in the file."""

from __future__ import annotations

import pytest

from course_lib.build import BuildResult
from course_lib.exercises.machine import Machine
from course_lib.views.timeline import timeline_of


@pytest.mark.parametrize("builder", ["", "DOCKER_BUILDKIT=0 "], ids=["buildkit", "legacy"])
def test_a_fired_trigger_says_so_and_no_other_step_does(builder: str) -> None:
    machine = Machine()
    machine.build("FROM alpine\nONBUILD RUN echo first\nONBUILD ENV A=1\n", "base")
    machine.files["Dockerfile"] = "FROM base\nONBUILD RUN echo later\nRUN echo own\n"

    shown = machine.docker(f"{builder}docker build -t child .").shown

    built = next(one for one in shown if isinstance(one, BuildResult))
    told = {
        moment.instruction: moment.because.en.startswith("trigger of the base: ")
        for moment in timeline_of(built).moments
        if not moment.instruction.startswith("FROM")
    }
    assert told == {
        "RUN echo first": True,
        "ENV A=1": True,
        "ONBUILD RUN echo later": False,
        "RUN echo own": False,
    }
