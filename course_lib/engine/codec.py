"""Frozen values as JSON and back: what the engine keeps between two processes.

A dataclass becomes `{"_": "ClassName", field: value}`, bytes become base64, a mapping and a frozenset say
what they are; all sequences are tuples. Only the classes listed here are ever made from a document.
Fields that do not count in a comparison (running handlers, say) are left out.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from course_lib.engine.images import Provenance
from course_lib.engine.volumes import Volume
from course_lib.image.config import HealthConfig, History, ImageConfig
from course_lib.image.entries import Content, Directory, File, OpaqueDirectory, Symlink, Whiteout
from course_lib.image.image import Image
from course_lib.run.argv import Argv
from course_lib.run.container import Container, Created, Exited, Mount, Running
from course_lib.run.options import MountSpec, PortBinding, RunOptions
from course_lib.shell import Chunk, ProcessInfo
from course_lib.text import Text

Document: TypeAlias = "str | int | float | bool | list[Document] | dict[str, Document] | None"

_CLASSES = {
    cls.__name__: cls
    for cls in (
        Argv, Chunk, Container, Content, Created, Directory, Exited, File, HealthConfig, History,
        ImageConfig, Mount, MountSpec, OpaqueDirectory, PortBinding, ProcessInfo, Provenance,
        RunOptions, Running, Symlink, Text, Volume, Whiteout,
    )
}  # fmt: skip
_KIND = "_"


class CodecError(ValueError):
    """A document that holds something which is no value of the engine."""


class Codec:
    """Writes and reads values; an image is written as the number that `images` gives it.

    `more` are dataclasses beside the listed ones.
    """

    def __init__(self, images: list[Image], more: Iterable[type] = ()) -> None:
        self._images = images
        self._classes = _CLASSES | {cls.__name__: cls for cls in more}

    def encode(self, value: object) -> Document:  # noqa: PLR0911 - one case per kind of value
        """A value as a document.

        Raises:
            CodecError: a value of a class that is not listed.

        """
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, bytes):
            return {_KIND: "bytes", "of": base64.b64encode(value).decode()}
        if isinstance(value, tuple | list):
            return [self.encode(item) for item in value]
        if isinstance(value, frozenset):
            return {_KIND: "set", "of": [self.encode(item) for item in sorted(value)]}
        if isinstance(value, Mapping):
            return {_KIND: "map", "of": {key: self.encode(value[key]) for key in value}}
        if isinstance(value, Image):
            number = next(n for n, image in enumerate(self._images) if image.id == value.id)
            return {_KIND: "image", "of": number}
        return self._encode_dataclass(value)

    def _encode_dataclass(self, value: object) -> Document:
        name = type(value).__name__
        if self._classes.get(name) is not type(value) or not is_dataclass(value):
            msg = f"{name} can't be kept"
            raise CodecError(msg)
        document: dict[str, Document] = {_KIND: name}
        for field in fields(value):
            if field.compare:
                document[field.name] = self.encode(getattr(value, field.name))
        return document

    def decode(self, document: Document) -> Any:  # noqa: ANN401 - a value of any listed class
        """A document as a value.

        Raises:
            CodecError: something that no engine wrote.

        """
        if isinstance(document, list):
            return tuple(self.decode(item) for item in document)
        if not isinstance(document, dict):
            return document
        try:
            return self._decode(str(document[_KIND]), document)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            msg = f"{document.get(_KIND)}: {error}"
            raise CodecError(msg) from error

    def _decode(self, kind: str, document: dict[str, Any]) -> Any:  # noqa: ANN401 - as decode
        if kind == "bytes":
            return base64.b64decode(document["of"], validate=True)
        if kind == "set":
            return frozenset(self.decode(document["of"]))
        if kind == "map":
            return MappingProxyType(
                {key: self.decode(item) for key, item in document["of"].items()}
            )
        if kind == "image":
            return self._images[document["of"]]
        cls = self._classes[kind]
        return cls(**{name: self.decode(item) for name, item in document.items() if name != _KIND})
