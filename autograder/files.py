"""Files that are there whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace(place: Path, text: str, mode: int = 0o644) -> None:
    """Write a UTF-8 file beside its place, then put it there in one move."""
    fresh = place.with_name(f".{place.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(mode)
    fresh.replace(place)
