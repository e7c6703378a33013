"""An image: an ordered list of layers and one config."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from course_lib.image.configfile import config_file
from course_lib.image.oci import digest
from course_lib.image.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.image.config import History, ImageConfig
    from course_lib.image.layer import Layer


@dataclass(frozen=True)
class Image:
    """Layers from the bottom up, the config, and the history from the oldest line on.

    `created` is an RFC 3339 time in UTC. As many history lines are without `empty_layer` as there
    are layers.
    """

    config: ImageConfig
    layers: tuple[Layer, ...]
    history: tuple[History, ...]
    created: str = ""
    author: str = ""
    architecture: str = "amd64"
    os: str = "linux"

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Image({self.id[7:19]}, {len(self.layers)} layers, {self.size} bytes)"

    @cached_property
    def config_file(self) -> bytes:
        """The config JSON, the blob whose digest is the image's id."""
        return config_file(self)

    @cached_property
    def id(self) -> str:
        """`sha256:...` of the config JSON: any change of config, history or layers changes it."""
        return digest(self.config_file)

    @property
    def diff_ids(self) -> tuple[str, ...]:
        """`rootfs.diff_ids`, from the bottom up."""
        return tuple(layer.diff_id for layer in self.layers)

    @cached_property
    def chain_ids(self) -> tuple[str, ...]:
        """For each layer the identity of the stack up to it."""
        return chain_ids(self.diff_ids)

    @cached_property
    def size(self) -> int:
        """Bytes of all layers together, files hidden by later layers included."""
        return sum(layer.size for layer in self.layers)

    @cached_property
    def tree(self) -> Tree:
        """The merged view of all layers."""
        return Tree.of(self.layers)


def chain_ids(diff_ids: Sequence[str]) -> tuple[str, ...]:
    """ChainID(0) = DiffID(0), ChainID(n) = sha256(ChainID(n-1) + " " + DiffID(n)) (OCI config.md)."""
    chain: list[str] = []
    for diff_id in diff_ids:
        chain.append(digest(f"{chain[-1]} {diff_id}".encode()) if chain else diff_id)
    return tuple(chain)
