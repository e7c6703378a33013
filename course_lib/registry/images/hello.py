"""hello-world: one program and nothing else."""

from __future__ import annotations

from course_lib.image.config import ImageConfig
from course_lib.registry.layers import Files
from course_lib.registry.recipe import NOP, PATH, Recipe, Step, cmd

RECIPES = {
    "hello-world": (
        Recipe(
            ("latest", "linux"),
            "2023-05-02",
            "config, history and size: docker-library/hello-world, docker history",
            ImageConfig(env=(PATH,), cmd=("/hello",)),
            (
                Step(
                    f"{NOP} COPY file:201f8f1849e89d53be9f6aa76937f5e209d745abfd15a8552fcf2ba45ab267f9 in / ",
                    Files("p /hello 13256 name=hello-world"),
                ),
                cmd("/hello"),
            ),
            13_256,
            "2023-05-04T17:37:03Z",
        ),
    )
}
