"""What a measure returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity beside the bare thing that it is compared with, in the same unit."""

    what: str
    ours: float
    bare: float | None
    unit: str
    aim: str

    def __str__(self) -> str:
        ratio = f"{self.ours / self.bare:.2f} x {self.bare:.1f} {self.unit}" if self.bare else ""
        return f"{self.what:<46}{self.ours:>9.1f} {self.unit:<4}{ratio:<20}aim: {self.aim}"
