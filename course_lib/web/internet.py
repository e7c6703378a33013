"""Hosts with their pages and repositories."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.web.repository import Repository


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address; `modified` (seconds since 1970) is sent as Last-Modified."""

    body: bytes
    kind: str  # a media type: `text/html`
    modified: int

    @property
    def etag(self) -> str:
        """The entity tag, in its quotation marks; it changes with the body."""
        return f'"{sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True, slots=True)
class Redirect:
    """`302 Found`: look at `location`, a full address."""

    location: str


@dataclass(frozen=True, slots=True)
class Internet:
    """`pages` of a host by their paths; `repositories` by `host/path`, without `.git` at the end."""

    pages: Mapping[str, Mapping[str, Page | Redirect]]
    repositories: Mapping[str, Repository]

    def knows(self, host: str) -> bool:
        """Whether the name has an address."""
        return host in self.pages or any(name.startswith(f"{host}/") for name in self.repositories)

    def find(self, host: str, path: str) -> Page | Redirect | None:
        """What a host that is known has at a path; a query is not looked at."""
        return self.pages.get(host, {}).get(path.partition("?")[0])

    def repository(self, host: str, path: str) -> Repository | None:
        """The repository at `/course/site.git` or `/course/site`."""
        return self.repositories.get(host + path.rstrip("/").removesuffix(".git"))
