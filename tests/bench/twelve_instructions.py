"""The time of a build with twelve instructions and an empty cache, on a base image at hand."""

from __future__ import annotations

import statistics
import time

from course_lib.build import Context
from course_lib.engine import Engine
from tests.bench.figure import Figure

_ROUNDS = 20
_DOCKERFILE = """\
FROM debian:12
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
_FILES = {"app.py": "print('hello')\n", "config/a.ini": "[a]\n", "config/b.ini": "[b]\n"}


def measure() -> Figure:
    """Build on a fresh engine each time; the median."""
    context = Context.of(_FILES)
    Engine().build(_DOCKERFILE, context)  # the registry makes the base image at its first use
    return Figure(
        what="build with twelve instructions, no cache",
        ours=statistics.median(_milliseconds(context) for _ in range(_ROUNDS)),
        bare=None,
        unit="ms",
        aim="5 ms",
    )


def _milliseconds(context: Context) -> float:
    engine = Engine()
    start = time.perf_counter()
    engine.build(_DOCKERFILE, context)
    return (time.perf_counter() - start) * 1000
