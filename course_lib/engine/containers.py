"""The containers that exist: values by id, and the writable layer of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.engine.errors import EngineError, no_such_container
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.image.workspace import Workspace
    from course_lib.run.container import Container

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")


class ContainerStore:
    """Containers in the order of their creation, each with its `Workspace`."""

    def __init__(self) -> None:
        self._containers: dict[str, Container] = {}
        self._files: dict[str, Workspace] = {}

    def all(self) -> tuple[Container, ...]:
        """Every container, oldest first."""
        return tuple(self._containers.values())

    def add(self, container: Container, files: Workspace) -> None:
        """Keep a new container; its name has been checked by `check_name`."""
        self._containers[container.id] = container
        self._files[container.id] = files

    def replace(self, container: Container) -> Container:
        """Keep a container's next value (a new state, name or log)."""
        self._containers[container.id] = container
        return container

    def remove(self, container: Container) -> None:
        """Forget a container and its writable layer."""
        del self._containers[container.id]
        del self._files[container.id]

    def files(self, container: Container) -> Workspace:
        """The container's file system."""
        return self._files[container.id]

    def get(self, name: str) -> Container:
        """Find by full id, name, or the beginning of an id, in this order, as the daemon does.

        Raises:
            EngineError: `No such container: x`, or several ids begin so.

        """
        if name in self._containers:
            return self._containers[name]
        by_name = [c for c in self.all() if c.name == name.removeprefix("/")]
        if by_name:
            return by_name[0]
        by_prefix = [c for c in self.all() if name and c.id.startswith(name)]
        if len(by_prefix) > 1:
            msg = f"Multiple IDs found with provided prefix: {name}"
            raise EngineError(msg)
        if not by_prefix:
            raise no_such_container(name, [c.name for c in self.all()])
        return by_prefix[0]

    def taken(self, name: str) -> bool:
        """Whether a container has this name."""
        return any(c.name == name for c in self.all())

    def check_name(self, name: str) -> None:
        """Refuse a name that docker would refuse.

        Raises:
            EngineError: for letters that are not allowed, or a name in use.

        """
        if not _NAME.fullmatch(name):
            msg = f"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
            raise EngineError(
                msg,
                help=Text(
                    "A name has at least two characters: letters, digits, _ . - and no blanks.",
                    "名字至少两个字符：字母、数字、_ . -，不能有空格。",
                ),
            )
        for other in self.all():
            if other.name == name:
                msg_0 = (
                    f'Conflict. The container name "/{name}" is already in use by container '
                    f'"{other.id}". You have to remove (or rename) that container to be able to '
                    "reuse that name."
                )
                raise EngineError(
                    msg_0,
                    help=Text(
                        f"docker rm -f {name} removes the old one; --rm removes a container when it ends.",
                        f"docker rm -f {name} 会删掉旧容器；加上 --rm，容器结束时会自动删除。",
                    ),
                )
