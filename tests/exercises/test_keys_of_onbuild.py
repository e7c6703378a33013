"""The key of the literal exercise of 16 is what docker does."""

from __future__ import annotations

import pytest

from autograder.keys import answers as keys
from course_lib.exercises.machine import Machine

FILES = {
    "base": "FROM alpine\nONBUILD RUN echo A\nRUN echo B\nONBUILD RUN echo C\n",
    "child": "FROM base\nRUN echo D\nONBUILD RUN echo E\n",
    "grandchild": "FROM child\nRUN echo F\n",
}


def _key(row: str) -> object:
    key = keys()["onbuild-steps"]
    assert isinstance(key, dict)
    return key[row]


@pytest.mark.parametrize("builder", ["", "DOCKER_BUILDKIT=0 "], ids=["buildkit", "legacy"])
def test_the_letters_of_onbuild_steps(builder: str) -> None:
    machine = Machine()
    for tag, text in FILES.items():
        machine.files["Dockerfile"] = text

        said = machine.docker(f"{builder}build -t {tag} .")

        lines = f"{said.stdout}\n{said.stderr}".splitlines()
        letters = [line.split()[-1] for line in lines if line.strip() and _letter(line)]
        assert " ".join(letters) == _key(tag)


def test_the_layers_and_what_is_left_in_onbuild_steps() -> None:
    machine = Machine()
    for tag, text in FILES.items():
        machine.build(text, tag)
    base, child, grandchild = (machine.engine.image(tag) for tag in FILES)

    assert len(child.layers) - len(base.layers) == _key("layers")
    assert len(grandchild.config.on_build) == _key("left")


def _letter(line: str) -> bool:
    """Whether a line is a letter alone, behind BuildKit's `#4 ` or not."""
    words = line.split()
    shown = words[1:] if words[0].startswith("#") else words
    return len(shown) == 1 and shown[0] in set("ABCDEF")
