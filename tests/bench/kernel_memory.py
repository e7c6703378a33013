"""The memory of a kernel in which the first lesson was run, beside a bare ipykernel."""

from __future__ import annotations

from pathlib import Path

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tests.bench.figure import Figure

_LESSON = Path(__file__).parents[2] / "notebooks" / "en" / "01_layers.ipynb"
_CELL_SECONDS = 60


def measure() -> Figure:
    """Run every code cell of the lesson; resident set sizes."""
    lesson = nbformat.read(_LESSON, as_version=4)
    return Figure(
        what="kernel with lesson 01 run, resident",
        ours=_megabytes([cell.source for cell in lesson.cells if cell.cell_type == "code"]),
        bare=_megabytes(["pass"]),
        unit="MB",
        aim="1.4 x",
    )


def _megabytes(cells: list[str]) -> float:
    manager, client = start_new_kernel(cwd=str(_LESSON.parent))
    try:
        for cell in cells:
            # A lesson's exercise cells are empty and may fail; their memory counts all the same.
            client.execute_interactive(
                cell, timeout=_CELL_SECONDS, output_hook=lambda _: None, allow_stdin=False
            )
        if not isinstance(manager.provisioner, LocalProvisioner):
            message = "the kernel is not a process of this machine"
            raise TypeError(message)
        return float(psutil.Process(manager.provisioner.pid).memory_info().rss / 1e6)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
