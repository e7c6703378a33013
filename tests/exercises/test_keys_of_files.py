"""The keys of literal exercises about Dockerfiles are what the builder does with them."""

from __future__ import annotations

from autograder.keys import answers as keys
from course_lib.build import BuildResult
from course_lib.exercises.machine import Machine

SHOP = """\
FROM alpine
ENV SHOP=corner
WORKDIR /shop
COPY menu.txt .
# RUN rm menu.txt
RUN test -f menu.txt
CMD ["cat", "menu.txt"]
"""


def test_the_key_of_dockerfile_layers_is_what_each_line_makes() -> None:
    machine = Machine()
    machine.files["menu.txt"] = "tea 2\n"
    answer = machine.build(SHOP, "shop")
    (result,) = [shown for shown in answer.shown if isinstance(shown, BuildResult)]

    made = {f"line {number}": "nothing" for number in range(2, 8)}
    for step in result.steps[1:]:
        kind = "config" if step.layer is None else "layer"
        made[f"line {step.instruction.span.start}"] = kind

    assert made == keys()["dockerfile-layers"]


KIT = """\
FROM debian
ENV MODE=fast
WORKDIR /app
RUN echo "I am the tool" > tool.txt
USER nobody
CMD ["cat", "tool.txt"]
"""
ASKED = (
    ("MODE", 'echo "${MODE:-none}"'),
    ("folder", "pwd"),
    ("user", "id -un"),
    ("file", "if [ -f /app/tool.txt ]; then echo yes; else echo no; fi"),
)


def test_the_key_of_from_inherit_is_what_containers_say() -> None:
    machine = Machine()
    machine.build(KIT, "kit")
    machine.build("FROM kit\nENV MODE=slow\n", "one")
    machine.build("FROM debian\nCOPY --from=kit /app /app\n", "two")

    said = {
        f"{fact} {'in' if fact in ('MODE', 'file') else 'of'} {image}": machine.docker(
            ["run", image, "sh", "-c", script]
        ).stdout.strip()
        for image in ("one", "two")
        for fact, script in ASKED
    }

    assert said == keys()["from-inherit"]


def test_the_key_of_maintainer_where_is_where_docker_puts_the_names() -> None:
    machine = Machine()
    plain = machine.original("alpine")
    lines = {
        "a": "MAINTAINER Ann",
        "b": 'LABEL maintainer="Ann"',
        "c": "# maintainer: Ann",
        "e": "RUN echo Ann > /etc/maintainer",
    }
    for row, line in lines.items():
        machine.build(f"FROM alpine\n{line}\n", row)
    machine.docker("create --name box alpine")
    machine.docker("commit --author Ann box d")
    machine.docker('commit --change "LABEL author=Ann" box f')

    where = {}
    for row in "abcdef":
        image = machine.engine.image(row)
        places = {
            "author": bool(image.author),
            "labels": bool(image.config.labels),
            "layer": image.diff_ids != plain.diff_ids,
        }
        where[row] = next((place for place, there in places.items() if there), "nowhere")

    assert where == keys()["maintainer-where"]
