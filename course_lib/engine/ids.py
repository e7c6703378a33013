"""Ids that docker draws at random; here the same commands give the same ids."""

from __future__ import annotations

import hashlib


class Ids:
    """64 hex digits each, derived from a counter and from what the id is for."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, purpose: str) -> str:
        """The next id."""
        self.count += 1
        return hashlib.sha256(f"{self.count} {purpose}".encode()).hexdigest()
