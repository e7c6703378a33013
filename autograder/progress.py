"""One line on a terminal: how far a run is, and how long it will still take."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_MINUTE = 60
_WIDTH = 30
_EVERY = 0.1


@dataclass(slots=True)
class Progress:
    """Tells `done` of `all` on a terminal; says nothing where the stream is no terminal."""

    stream: TextIO
    begun: float = field(default_factory=time.monotonic)
    _last: float = 0

    def __call__(self, done: int, whole: int) -> None:
        """Redraw the line, at most ten times a second."""
        now = time.monotonic()
        if not self.stream.isatty() or (now - self._last < _EVERY and done < whole):
            return
        self._last = now
        self.stream.write(f"\r{line(done, whole, now - self.begun)}\033[K")
        if done >= whole:
            self.stream.write("\n")
        self.stream.flush()


def line(done: int, whole: int, seconds: float) -> str:
    """Return `[####----] 12/200  about 40 s left`."""
    filled = _WIDTH * done // whole if whole else _WIDTH
    bar = "#" * filled + "-" * (_WIDTH - filled)
    left = seconds / done * (whole - done) if done else 0
    said = f"{left:.0f} s" if left < _MINUTE else f"{left / _MINUTE:.0f} min"
    return f"[{bar}] {done}/{whole}" + (f"  about {said} left" if done < whole else "")
