"""`load IMAGE`: one of the course's images into a real engine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.oci import NamedImage, docker_archive
from course_lib.realengine.connecting import LABEL
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.engine import Engine
    from course_lib.realengine.connecting import RealEngine


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
    try:
        said = list(
            real.api.load_image(docker_archive([named]))
        )  # in pieces, never whole in memory
        wrong = next((str(one["error"]) for one in said if "error" in one), "")
    except real.refusal as error:
        wrong = error.explanation or str(error)
    if wrong:
        return Text(f"The engine refused {reference}: {wrong}", f"引擎拒绝了 {reference}：{wrong}")
    return Text(
        f"{reference} is on the engine now. The course's programs are models: ENV, COPY and the like build on it there, RUN and docker run need an image with real programs.",
        f"{reference} 已经放进引擎。课程里的程序只是模型：在引擎上可以用它构建 ENV、COPY 之类的步骤，RUN 和 docker run 则需要带真实程序的镜像。",
    )
