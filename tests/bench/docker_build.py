"""A build of twelve instructions without a cache, beside a real Docker engine on this machine."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.build import BuildCache, Context, build
from course_lib.clock import Clock
from tests.bench.figure import Figure
from tests.oracles.docker_engine import BASE, EngineUnavailable, running
from tests.oracles.simulated_base import simulated_base

if TYPE_CHECKING:
    from course_lib.image.image import Image
    from tests.oracles.docker_engine import DockerEngine

_OURS, _THEIRS = 10, 3  # rounds
_DOCKERFILE = f"""\
FROM {BASE}
LABEL maintainer="course"
ARG VERSION=1.0
ENV APP_HOME=/srv/app APP_VERSION=$VERSION
WORKDIR $APP_HOME
COPY app.py ./
COPY config/ config/
RUN mkdir -p data logs && echo "$APP_VERSION" > data/version
RUN chmod 755 app.py && ln -s data/version VERSION
EXPOSE 8080
USER nobody
CMD ["cat", "data/version"]
"""


def measure() -> Figure:
    """The medians; both have the base image and the context at hand."""
    return compared("build with twelve instructions, beside Docker's", cached=False)


def compared(what: str, *, cached: bool) -> Figure:
    """One figure of a build, with every step cached or none."""
    aim = "0.02 x"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        context = folder / "context"
        (context / "config").mkdir(parents=True)
        (context / "app.py").write_text("print('hello')\n")
        (context / "config" / "a.ini").write_text("[a]\n")
        (context / "Dockerfile").write_text(_DOCKERFILE)
        (folder / "engine").mkdir()
        try:
            with running(folder / "engine") as engine:
                base = simulated_base(engine.saved(BASE))
                theirs = statistics.median(_docker(engine, context, cached) for _ in range(_THEIRS))
        except EngineUnavailable as reason:
            return Figure(what, 0.0, None, "ms", f"{aim}; no engine here: {reason}")
        ours = _simulated(base, Context.from_directory(context), cached)
    return Figure(what, ours, theirs, "ms", aim)


def _docker(engine: DockerEngine, context: Path, cached: bool) -> float:  # noqa: FBT001 - as `cached` above
    if cached:
        engine.build(context, tag="bench")
    start = time.perf_counter()
    engine.build(context, tag="bench", options=[] if cached else ["--no-cache"])
    return (time.perf_counter() - start) * 1000


def _simulated(base: Image, context: Context, cached: bool) -> float:  # noqa: FBT001 - as `cached` above
    taken: list[float] = []
    cache = BuildCache()
    for _ in range(_OURS + 1):  # the first one loads and fills
        cache = cache if cached else BuildCache()
        start = time.perf_counter()
        build(_DOCKERFILE, context, images={BASE: base}.get, clock=Clock(), cache=cache)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken[1:])
