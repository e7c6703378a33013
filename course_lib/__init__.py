r"""Docker images, built and run without Docker, for people who learn how they work.

    %load_ext course_lib      in a notebook: %docker, %%docker, %%dockerfile, %picture, check("ID")

    from course_lib import Engine, Context
    image = Engine().build("FROM alpine\nRUN date > /built", Context.of({})).image

Names are loaded when they are used, so that `import course_lib` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.build import BuildError, BuildResult, Context
    from course_lib.cli import Answer, docker
    from course_lib.dockerfile import DockerfileError, parse
    from course_lib.engine import Engine, EngineError
    from course_lib.image.image import Image
    from course_lib.magics import load_ipython_extension, unload_ipython_extension
    from course_lib.run.argv import resolve
    from course_lib.text import Text

__all__ = [
    "Answer",
    "BuildError",
    "BuildResult",
    "Context",
    "DockerfileError",
    "Engine",
    "EngineError",
    "Image",
    "Text",
    "docker",
    "load_ipython_extension",
    "parse",
    "resolve",
    "unload_ipython_extension",
]

_HOME = {
    "Answer": "cli",
    "BuildError": "build",
    "BuildResult": "build",
    "Context": "build",
    "DockerfileError": "dockerfile",
    "Engine": "engine",
    "EngineError": "engine",
    "Image": "image.image",
    "Text": "text",
    "docker": "cli",
    "load_ipython_extension": "magics",
    "parse": "dockerfile",
    "resolve": "run.argv",
    "unload_ipython_extension": "magics",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
