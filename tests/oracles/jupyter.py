"""A JupyterLab server for a test session, as a learner's: started through binder/start."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROJECT = Path(__file__).parents[2]
_START_SECONDS = 60
_STOP_SECONDS = 30
_TAIL = 2000


class LabUnavailable(Exception):  # noqa: N818 - a condition of the machine, not an error of a test
    """JupyterLab does not start here; the message says why."""


@dataclass(frozen=True, slots=True)
class LabServer:
    """A running JupyterLab; `root` is a copy that tests may change."""

    address: str
    token: str
    root: Path

    def page(self, path: str) -> str:
        """Return the address that opens a file of `root` in a fresh workspace."""
        return f"{self.address}/lab/tree/{path}?reset&token={self.token}"

    def get(self, path: str) -> bytes:
        """Return what the server answers for a path such as `/api/status`."""
        request = urllib.request.Request(  # noqa: S310 - our own server on loopback
            self.address + path, headers={"Authorization": f"token {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - the same
            return bytes(answer.read())


@contextmanager
def running(folder: Path) -> Iterator[LabServer]:
    """Serve a copy of notebooks/ from `folder`, with settings and runtime files of its own.

    Raises:
        LabUnavailable: the server ended or does not answer; the message holds the end of its log.

    """
    root = folder / "root"
    shutil.copytree(_PROJECT / "notebooks", root / "notebooks")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _draw_every_cell(folder)
    server = LabServer(f"http://127.0.0.1:{port}", secrets.token_hex(16), root)
    log = folder / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [
                *(_PROJECT / "binder" / "start", sys.executable, "-m", "jupyterlab"),
                *("--no-browser", "--ip=127.0.0.1", f"--port={port}"),
                *("--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}"),
                *(f"--IdentityProvider.token={server.token}",),
                *(("--allow-root",) if os.geteuid() == 0 else ()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env={**os.environ, **_own_folders(folder)},
        )
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.terminate()
        process.wait(_STOP_SECONDS)


def _draw_every_cell(folder: Path) -> None:
    """Let notebooks keep the cells outside the window in the page, so that a test can find them."""
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    text = json.dumps({"windowingMode": "none"})
    (settings / "tracker.jupyterlab-settings").write_text(text, encoding="utf-8")


def _own_folders(folder: Path) -> dict[str, str]:
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(folder / name.lower()) for name in names}
    path = (str(Path(sys.executable).parent), os.environ["PATH"])
    python = (str(_PROJECT), os.environ.get("PYTHONPATH", ""))
    return {
        **own,
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "PATH": os.pathsep.join(path),
        "PYTHONPATH": os.pathsep.join(filter(None, python)),
    }


def _wait(server: LabServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.get("/api/status")
        except URLError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"JupyterLab does not answer:\n{log.read_text()[-_TAIL:]}"
                raise LabUnavailable(message) from error
            time.sleep(0.2)
        else:
            return
