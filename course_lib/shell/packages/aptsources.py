"""Where apt gets packages from: the sources, and the lists that `update` leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from course_lib.shell.packages.disk import Disk

LISTS = "/var/lib/apt/lists"
_INDEX = {  # ending of a suite -> bytes of its Packages file, packed for the way and on the disk
    "": (8_787_000, 18_840_000),
    "-updates": (12_700, 17_800),
    "-security": (134_000, 280_000),
    "-backports": (49_000, 90_000),
}
_UBUNTU = {  # the same for main; universe and others by a factor
    "": (1_808_000, 2_800_000),
    "-updates": (1_600_000, 2_500_000),
    "-security": (1_300_000, 2_000_000),
    "-backports": (41_000, 63_000),
}
_SHARE = {"main": 1.0, "universe": 9.6, "restricted": 0.08, "multiverse": 0.18}
_SHARE_OF_UPDATES = {"main": 1.0, "universe": 0.9, "restricted": 0.9, "multiverse": 0.05}
_RELEASE = {"": 151_000, "-updates": 55_400, "-security": 48_000, "-backports": 59_000}


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite of a source: `http://deb.debian.org/debian bookworm main`."""

    url: str
    name: str
    components: tuple[str, ...]

    @property
    def _ending(self) -> str:
        _, dash, ending = self.name.partition("-")
        return dash + ending

    @property
    def release_size(self) -> int:
        """Bytes of InRelease."""
        return _RELEASE.get(self._ending, 50_000)

    def index_sizes(self, component: str) -> tuple[int, int]:
        """Bytes of a Packages file, on the way and on the disk."""
        if "ubuntu" in self.url:
            packed, stored = _UBUNTU.get(self._ending, (40_000, 100_000))
            share = (_SHARE_OF_UPDATES if self._ending else _SHARE).get(component, 1.0)
            return int(packed * share), int(stored * share)
        return _INDEX.get(self._ending, (40_000, 100_000))

    def file(self, ending: str) -> str:
        """The path of one of its lists."""
        host = self.url.partition("://")[2].strip("/").replace("/", "_")
        return f"{LISTS}/{host}_dists_{self.name}_{ending}"

    def index(self, component: str) -> str:
        """The path of a Packages list."""
        return self.file(f"{component}_binary-amd64_Packages.lz4")


def sources(disk: Disk, names: tuple[str, ...]) -> list[Suite]:
    """The suites of /etc/apt/sources.list and of the files `names` in sources.list.d."""
    suites = list(_one_line(disk.text("/etc/apt/sources.list")))
    for name in names:
        text = disk.text(f"/etc/apt/sources.list.d/{name}")
        suites += _deb822(text) if name.endswith(".sources") else _one_line(text)
    return suites


def _one_line(text: str) -> Iterator[Suite]:
    for line in text.splitlines():
        words = [word for word in line.split() if "=" not in word and not word.startswith("[")]
        if len(words) > 3 and words[0] == "deb":  # noqa: PLR2004 - deb URL SUITE COMPONENT
            yield Suite(words[1].rstrip("/"), words[2], tuple(words[3:]))


def _deb822(text: str) -> Iterator[Suite]:
    for paragraph in text.split("\n\n"):
        lines = (line for line in paragraph.splitlines() if not line.startswith("#"))
        fields = dict(line.split(": ", 1) for line in lines if ": " in line)
        if "deb" in fields.get("Types", "").split() and fields.get("Enabled") != "no":
            components = tuple(fields.get("Components", "").split())
            for url in fields.get("URIs", "").split():
                for suite in fields.get("Suites", "").split():
                    yield Suite(url.rstrip("/"), suite, components)
