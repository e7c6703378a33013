"""The way to a Docker engine: the `docker` package from PyPI, loaded with the first question."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Any

from course_lib.text import Text

LABEL = ("course", "docker-images-course")
"""On every container and image that the course makes on an engine."""

ADDED = "course.dockerfile"
"""A label: so many bytes has a Dockerfile that went into the context with a build, and into COPY . with it."""

_ANSWERS_WITHIN = 10  # seconds, for the first word
_WORKS_WITHIN = 600  # seconds of silence, while it builds or pulls
_USUAL = "/var/run/docker.sock"
_NO_PACKAGE = Text(
    "The package `docker` is not installed: run %pip install docker and restart the kernel, or leave out --engine real; the simulator needs neither.",
    "还没有安装 `docker` 这个包：运行 %pip install docker 并重启内核，或者去掉 --engine real；模拟器用不着它。",
)
_IN_A_BROWSER = Text(
    "Python in a browser can't reach a Docker engine: open the course on a machine with Docker, or leave out --engine real.",
    "浏览器里的 Python 连不上 Docker 引擎：请在装有 Docker 的机器上打开课程，或者去掉 --engine real。",
)


class RealEngineError(Exception):
    """No engine can be asked; `reason` is one plain line with a way out."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RealEngine:
    """An engine that answers: the package's low-level client, its error, the engine's version."""

    api: Any
    refusal: type[Any]
    version: str

    @property
    def network(self) -> str:
        """`none` on an engine without a bridge, else the engine's own default."""
        return "default" if self.api.networks(names=["bridge"]) else "none"

    def post(self, path: str, **request: Any) -> Any:  # noqa: ANN401 - the package has no types
        """POST to the engine's API: for what the package has no call."""
        return self.api.post(f"{self.api.base_url}/v{self.api.api_version}/{path}", **request)


def connect() -> RealEngine:
    """Find the engine that DOCKER_HOST names, else the one at the usual socket.

    Raises:
        RealEngineError: without the package, or when no engine answers.

    """
    try:
        import docker  # noqa: PLC0415 - nobody else needs it
    except ImportError as error:
        raise RealEngineError(
            _IN_A_BROWSER if sys.platform == "emscripten" else _NO_PACKAGE
        ) from error
    address = os.environ.get("DOCKER_HOST") or f"unix://{_USUAL}"
    try:
        settings = docker.utils.kwargs_from_env()
        api = docker.APIClient(**settings, version="auto", timeout=_ANSWERS_WITHIN)
        version = str(api.version()["Version"])
    except (docker.errors.DockerException, OSError, ValueError, KeyError) as error:
        raise RealEngineError(
            Text(
                f"No Docker engine answers at {address}: start Docker, or set DOCKER_HOST, or leave out --engine real; the simulator needs no Docker.",
                f"{address} 上没有 Docker 引擎应答：请启动 Docker，或设置 DOCKER_HOST，或者去掉 --engine real；模拟器不需要 Docker。",
            )
        ) from error
    api.timeout = _WORKS_WITHIN
    return RealEngine(api, docker.errors.APIError, version)
