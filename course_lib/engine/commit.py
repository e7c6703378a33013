"""`docker commit`: the image of a container's changes.

The new image has the layers of the container's image and one more with the container's diff; its config
is the container's, changed by `--change` and merged with the container's again. What
volumes hold is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.clock import rfc3339
from course_lib.image.config import History
from course_lib.image.image import Image
from course_lib.run.merge import merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container


def commit(  # noqa: PLR0913 - the options of docker commit
    container: Container,
    files: Workspace,
    *,
    now: int,
    author: str = "",
    message: str = "",
    changes: Sequence[str] = (),
) -> Image:
    """The image that `docker commit` makes; `now` in seconds since 1970.

    Raises:
        EngineError: a change that is not allowed, or that can't be read.

    """
    from course_lib.engine.changes import changed_config  # noqa: PLC0415 - the parser is loaded when needed

    layer = files.changes()
    parent = container.image
    created = rfc3339(now)
    entry = History(
        created=created,
        created_by=" ".join(container.config.cmd or ()),
        comment=message,
        author=author,
        empty_layer=not layer.entries,
    )
    return Image(
        config=merge(changed_config(container.config, changes), container.config),
        layers=(*parent.layers, layer) if layer.entries else parent.layers,
        history=(*parent.history, entry),
        created=created,
        author=author,
        architecture=parent.architecture,
        os=parent.os,
    )
