"""A real Docker engine for a test session: own socket, own folders, no network, no images to pull.

The engine's one base image is `BASE`: Debian's static busybox with all its applets as links, and
the few files that a Linux root has. A simulator's base image can be made from the same folder.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BASE = "course/base"
DOCKER = Path("/usr/bin/docker")  # Debian's; another client may come first on PATH
_DAEMON = "dockerd"
_BUSYBOX = Path("/bin/busybox")
_MOUNT_POINTS = ("dev", "proc", "sys")  # runc would add them to the layer of the first RUN
_START_SECONDS = 60
_STOP_SECONDS = 30
_COMMAND_SECONDS = 300
_TAIL = 2000


class EngineUnavailable(Exception):  # noqa: N818 - a condition of the machine, not an error of a test
    """No engine can run here; the message says why."""


@dataclass(frozen=True, slots=True)
class SavedImage:
    """An image as `docker save` writes it: its config JSON, and the tar of each layer, lowest first."""

    config: Mapping[str, Any]
    layers: tuple[bytes, ...]

    def members(self, layer: int) -> dict[str, tarfile.TarInfo]:
        """Return what one layer's tar holds, by path as it stands in the tar, without a final slash."""
        with tarfile.open(fileobj=io.BytesIO(self.layers[layer])) as tar:
            return {member.name.rstrip("/"): member for member in tar}

    def content(self, layer: int, path: str) -> bytes:
        """Return the bytes of one regular file of one layer."""
        with tarfile.open(fileobj=io.BytesIO(self.layers[layer])) as tar:
            file = tar.extractfile(path)
            if file is None:
                message = f"{path} is no regular file"
                raise IsADirectoryError(message)
            return file.read()


@dataclass(frozen=True, slots=True)
class DockerEngine:
    """A running engine and Debian's docker command line, pointed at it."""

    socket: Path
    folder: Path

    def docker(
        self,
        *args: str,
        stdin: bytes = b"",
        builder: Literal["buildkit", "legacy"] = "buildkit",
        check: bool = True,
        cwd: Path | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `docker ARGS`, in the folder `cwd` if one is given.

        Raises:
            AssertionError: when `check` is set and docker's exit status is not 0; docker's own
                words are the message.

        """
        done = subprocess.run(
            [DOCKER, "--host", f"unix://{self.socket}", *args],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=_COMMAND_SECONDS,
            cwd=cwd,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "DOCKER_CONFIG": str(self.folder / "client"),
                "DOCKER_BUILDKIT": str(int(builder == "buildkit")),
            },
        )
        if check and done.returncode != 0:
            message = f"docker {' '.join(args)}: exit {done.returncode}\n{done.stderr.decode()}"
            raise AssertionError(message)
        return done

    def build(
        self,
        context: Path,
        *,
        tag: str,
        options: Sequence[str] = (),
        builder: Literal["buildkit", "legacy"] = "buildkit",
        check: bool = True,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `docker build --network none -t TAG OPTIONS CONTEXT`."""
        return self.docker(
            *("build", "--network", "none", "-t", tag, *options, str(context)),
            builder=builder,
            check=check,
        )

    def run(
        self, image: str, *command: str, options: Sequence[str] = (), check: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `docker run --rm --network none OPTIONS IMAGE COMMAND`."""
        return self.docker(
            *("run", "--rm", "--network", "none", *options, image, *command), check=check
        )

    def inspect(self, name: str) -> dict[str, Any]:
        """Return the one object that `docker inspect NAME` prints."""
        (found,) = json.loads(self.docker("inspect", name).stdout)
        return dict(found)

    def saved(self, image: str) -> SavedImage:
        """Return an image with the tars of its layers, by `docker save`."""
        with tarfile.open(fileobj=io.BytesIO(self.docker("save", image).stdout)) as tar:
            (manifest,) = json.loads(_member(tar, "manifest.json"))
            return SavedImage(
                config=json.loads(_member(tar, manifest["Config"])),
                layers=tuple(_member(tar, name) for name in manifest["Layers"]),
            )


@contextmanager
def running(folder: Path) -> Iterator[DockerEngine]:
    """Start an engine whose files live in `folder`, give it its base image, end it afterwards.

    Raises:
        EngineUnavailable: a program is missing, we are not root, the daemon ended (the message
            holds the end of its log), or it may not build and run here.

    """
    lacking = [str(p) for p in (DOCKER, _BUSYBOX) if not p.exists()]
    if shutil.which(_DAEMON) is None:
        lacking.append(_DAEMON)
    if lacking:
        message = f"{', '.join(lacking)} not found (Debian: docker.io iptables busybox-static)"
        raise EngineUnavailable(message)
    if os.geteuid() != 0:
        message = "dockerd needs root"
        raise EngineUnavailable(message)
    engine = DockerEngine(socket=folder / "d.sock", folder=folder)
    log = folder / "log"
    with log.open("wb") as sink:
        daemon = subprocess.Popen(
            [
                *(_DAEMON, "--host", f"unix://{engine.socket}"),
                *("--data-root", folder / "data", "--exec-root", folder / "exec"),
                *("--pidfile", folder / "pid", "--iptables=false", "--bridge=none"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(engine, daemon, log)
        root = folder / "base"
        base_root(root / "root")
        (root / "Dockerfile").write_text("FROM scratch\nCOPY root/ /\n")
        for answer in (
            engine.build(root, tag=BASE, check=False),
            engine.run(BASE, "true", check=False),
        ):
            if answer.returncode != 0:
                message = f"dockerd runs, but can't build or run: {answer.stderr.decode()[-_TAIL:]}"
                raise EngineUnavailable(message)
        yield engine
    finally:
        daemon.terminate()
        daemon.wait(_STOP_SECONDS)
        if (folder / "data").exists():
            shutil.rmtree(folder / "data")


def base_root(root: Path) -> None:
    """Lay out the root folder of `BASE`: busybox, its applets as links, and a Linux root's few files."""
    for folder in (*_MOUNT_POINTS, "bin", "etc", "home", "root", "tmp", "usr/bin", "var/log"):
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    (root / "root").chmod(0o700)
    shutil.copy(_BUSYBOX, root / "bin/busybox")
    applets = subprocess.run([_BUSYBOX, "--list"], capture_output=True, check=True, text=True)
    for applet in applets.stdout.split():
        if applet != "busybox":
            (root / "bin" / applet).symlink_to("busybox")
    (root / "usr/bin/env").symlink_to("/bin/busybox")
    (root / "etc/passwd").write_text(
        "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"
    )
    (root / "etc/group").write_text("root:x:0:\nnogroup:x:65534:\n")


def _wait(engine: DockerEngine, daemon: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while engine.docker("version", check=False).returncode != 0:
        if daemon.poll() is not None or time.monotonic() > deadline:
            message = f"dockerd does not answer; the end of its log:\n{log.read_text()[-_TAIL:]}"
            raise EngineUnavailable(message)
        time.sleep(0.3)


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(name)  # follows the links that docker writes for a layer used twice
    if file is None:
        message = f"{name} is missing in the archive of docker save"
        raise FileNotFoundError(message)
    return file.read()
