"""What the words of a command line name on the host: contexts, Dockerfiles, base images, outputs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.build import Context
from course_lib.image.config import ImageConfig
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.oci import NamedImage, docker_archive, oci_archive, read_image, write_layout
from course_lib.registry import BASE_IMAGES
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_LAYOUT = "oci-layout://"
_STDIN = "-"


class CommandLineError(Exception):
    """A command line that names what is not there, or can't be used so."""

    def __init__(self, message: str, help: Text) -> None:  # noqa: A002 - the name for the plain line
        super().__init__(message)
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Source:
    """A Dockerfile with its context; `name` is its path in the context, or its own name outside."""

    name: str
    text: str
    context: Context

    @classmethod
    def of(cls, context: str, dockerfile: str) -> Source:
        """Read what `-f DOCKERFILE CONTEXT` names; `-` is standard input.

        Raises:
            CommandLineError: a folder or a file that is not there.

        """
        if context == _STDIN:
            return cls("Dockerfile", sys.stdin.read(), Context.of({}))
        folder = Path(context)
        if not folder.is_dir():
            raise CommandLineError(
                message=f'unable to prepare context: path "{context}" not found',
                help=Text("The last word is the folder to build.", "最后一个词是要构建的目录。"),
            )
        files = Context.from_directory(folder)
        if dockerfile == _STDIN:
            return cls("Dockerfile", sys.stdin.read(), files)
        path = Path(dockerfile)
        if not path.is_file():
            path = folder / (dockerfile or "Dockerfile")
        try:
            text = path.read_bytes().decode("utf-8", "surrogateescape")
        except OSError as error:
            raise CommandLineError(
                message=f"failed to solve: failed to read dockerfile: open {path.name}: "
                f"{(error.strerror or str(error)).lower()}",
                help=Text(
                    "There is no such Dockerfile; -f names another one.",
                    "没有这个 Dockerfile；可以用 -f 指定别的文件。",
                ),
            ) from error
        inside = path.resolve().is_relative_to(folder.resolve())
        name = path.resolve().relative_to(folder.resolve()).as_posix() if inside else path.name
        return cls(name, text, files)


def base_images(named: Mapping[str, str]) -> Callable[[str], Image | None]:
    """Find images by name: those of `--build-context NAME=PLACE` first, then the course's own.

    A place is `oci-layout://FOLDER[:TAG]`, a folder of files, or an archive of an image.

    Raises:
        CommandLineError: a place that is not there.
        ImageReadError: a place that holds no image.

    """
    found = {_plain(name): _placed(place) for name, place in named.items()}

    def find(name: str) -> Image | None:
        return found.get(_plain(name)) or BASE_IMAGES.find(name)

    return find


def _plain(name: str) -> str:
    """A name without what docker adds: `docker.io/library/base:latest` is `base`."""
    return name.removeprefix("docker.io/").removeprefix("library/").removesuffix(":latest")


def _placed(place: str) -> Image:
    if place.startswith(_LAYOUT):
        return _layout(place.removeprefix(_LAYOUT))
    path = Path(place)
    if path.is_dir():
        layer = Layer(dict(Context.from_directory(path).tree().walk()))
        return Image(config=ImageConfig(), layers=(layer,), history=())
    if path.is_file():
        return read_image(path).image
    raise CommandLineError(
        message=f"failed to get build context: {place}: no such file or directory",
        help=Text(
            "A build context is NAME=oci-layout://FOLDER, or NAME=FOLDER.",
            "构建上下文写作 NAME=oci-layout://目录，或 NAME=目录。",
        ),
    )


def _layout(place: str) -> Image:
    """The image of `FOLDER`, `FOLDER:TAG` or `FOLDER@DIGEST`."""
    if Path(place).exists():
        return read_image(Path(place)).image
    folder, at, name = place.partition("@")
    if not at:
        folder, _, name = place.rpartition(":")
    return read_image(Path(folder or place), name).image


@dataclass(frozen=True, slots=True)
class Output:
    """`-o type=oci,dest=FILE`: where the image goes. `type` is oci or docker; `tar=false` a folder."""

    kind: str
    dest: str
    tar: bool = True

    @classmethod
    def parse(cls, text: str) -> Output:
        """Read the option.

        Raises:
            CommandLineError: a type or a key that there is not, no dest.

        """
        pairs = dict(part.partition("=")[::2] for part in text.split(","))
        unknown = sorted(set(pairs) - {"type", "dest", "tar"})
        kind, dest = pairs.get("type", ""), pairs.get("dest", "")
        if kind not in ("oci", "docker") or not dest or unknown:
            raise CommandLineError(
                message=f"invalid output: {text}",
                help=Text(
                    "Write -o type=oci,dest=FILE or -o type=docker,dest=FILE; with tar=false an OCI "
                    "layout goes into a folder.",
                    "请写 -o type=oci,dest=文件 或 -o type=docker,dest=文件；加上 tar=false 则把 OCI 布局写进目录。",
                ),
            )
        return cls(kind, dest, tar=pairs.get("tar", "true") != "false")

    def write(self, image: Image, names: Iterable[str]) -> None:
        """Write the image.

        Raises:
            OSError: the place can't be written.

        """
        named = [NamedImage(image, tuple(names))]
        if self.kind == "oci" and not self.tar:
            write_layout(Path(self.dest), named)
            return
        chunks = oci_archive(named) if self.kind == "oci" else docker_archive(named)
        if self.dest == _STDIN:
            sys.stdout.buffer.writelines(chunks)
            return
        with Path(self.dest).open("wb") as file:
            file.writelines(chunks)
