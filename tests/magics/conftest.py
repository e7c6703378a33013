"""A real IPython shell in this process, with the course loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ran:
    """What one cell did: what it printed, the bundles that it displayed, its value."""

    printed: str
    stderr: str
    shown: tuple[Mapping[str, object], ...]
    value: object
    error: BaseException | None


@dataclass(frozen=True, slots=True)
class Notebook:
    """A shell that runs cells one after the other, as a kernel does."""

    shell: InteractiveShell

    def run(self, source: str) -> Ran:
        """Run one cell."""
        with capture_output() as captured:
            result = self.shell.run_cell(source, store_history=False)
        return Ran(
            captured.stdout,
            captured.stderr,
            tuple(output.data for output in captured.outputs),
            result.result,
            result.error_before_exec or result.error_in_exec,
        )


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """A notebook in which the course is not loaded yet."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "course"))
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    yield Notebook(InteractiveShell.instance(config=config))
    InteractiveShell.clear_instance()


@pytest.fixture
def notebook(bare: Notebook) -> Notebook:
    """A notebook after its first cell."""
    assert bare.run("%load_ext course_lib\n%course_language en").error is None
    return bare
