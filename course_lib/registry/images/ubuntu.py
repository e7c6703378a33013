"""Ubuntu 24.04 and 22.04: made like Debian, with Ubuntu's names and versions, without documentation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Directory
from course_lib.packages.package import read_packages
from course_lib.registry.images import debian
from course_lib.registry.recipe import NOP, PATH, RECENT, Recipe, Step, added, cmd

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree
    from course_lib.packages.package import Package

_EXTRA = Path(__file__).parents[2] / "packages" / "data" / "ubuntu_extra.txt"
_RENAMED = {  # since 24.04, for a time_t of 64 bits
    "debian-archive-keyring": "ubuntu-keyring",
    "gcc-12-base": "gcc-14-base",
    "libapt-pkg6.0": "libapt-pkg6.0t64",
    "libdb5.3": "libdb5.3t64",
    "libext2fs2": "libext2fs2t64",
    "libgnutls30": "libgnutls30t64",
    "libhogweed6": "libhogweed6t64",
    "libnettle8": "libnettle8t64",
    "libunistring2": "libunistring5",
}
_RENAMED_22 = {"debian-archive-keyring": "ubuntu-keyring"}
_VERSIONS_24 = """
apt 2.7.14build2 base-files 13ubuntu10 base-passwd 3.6.3build1 bash 5.2.21-2ubuntu4 bsdutils 1:2.39.3-9ubuntu6
bzip2 1.0.8-5.1 coreutils 9.4-3ubuntu6 dash 0.5.12-6ubuntu5 debconf 1.5.86 debianutils 5.17build1
diffutils 1:3.10-1build1 dpkg 1.22.6ubuntu6 e2fsprogs 1.47.0-2.4~exp1ubuntu4 findutils 4.9.0-5build1
gpgv 2.4.4-2ubuntu17 grep 3.11-4build1 gzip 1.12-1ubuntu3 hostname 3.23+nmu2ubuntu2
libc-bin 2.39-0ubuntu8 libc6 2.39-0ubuntu8 login 1:4.13+dfsg1-4ubuntu3 mawk 1.3.4.20240123-1build1
mount 2.39.3-9ubuntu6 ncurses-base 6.4+20240113-1ubuntu2 passwd 1:4.13+dfsg1-4ubuntu3
perl-base 5.38.2-3.2build2 procps 2:4.0.4-4ubuntu3 sed 4.9-2build1 tar 1.35+dfsg-3build1
ubuntu-keyring 2023.11.28.1 util-linux 2.39.3-9ubuntu6 zlib1g 1:1.3.dfsg-3.1ubuntu2
"""
_VERSIONS_22 = """
adduser 3.118ubuntu5 apt 2.4.11 base-files 12ubuntu4.5 bash 5.1-6ubuntu1 bsdutils 1:2.37.2-4ubuntu3
bzip2 1.0.8-5build1 coreutils 8.32-4.1ubuntu1 dash 0.5.11+git20210903+really0.5.11-1ubuntu1
debianutils 5.5-1ubuntu2 diffutils 1:3.8-0ubuntu2 dpkg 1.21.1ubuntu2.2 e2fsprogs 1.46.5-2ubuntu1.1
findutils 4.8.0-1ubuntu3 gpgv 2.2.27-3ubuntu2.1 grep 3.7-1build1 gzip 1.10-4ubuntu4.1
libc-bin 2.35-0ubuntu3.5 libc6 2.35-0ubuntu3.5 login 1:4.8.1-2ubuntu2.1 mawk 1.3.4.20200120-3
passwd 1:4.8.1-2ubuntu2.1 perl-base 5.34.0-3ubuntu1.3 procps 2:3.3.17-6ubuntu2 sed 4.8-1ubuntu2
tar 1.34+dfsg-1ubuntu0.1.22.04.2 ubuntu-keyring 2021.03.26 util-linux 2.37.2-4ubuntu3
zlib1g 1:1.2.11.dfsg-2ubuntu9.2
"""
_SETTINGS = r"""
t /etc/debian_version "%(debian)s\n"
l /etc/os-release ../usr/lib/os-release
t /usr/lib/os-release "PRETTY_NAME=\"Ubuntu %(full)s LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"%(short)s\"\nVERSION=\"%(full)s LTS (%(name)s)\"\nVERSION_CODENAME=%(code)s\nID=ubuntu\nID_LIKE=debian\nHOME_URL=\"https://www.ubuntu.com/\"\nSUPPORT_URL=\"https://help.ubuntu.com/\"\nBUG_REPORT_URL=\"https://bugs.launchpad.net/ubuntu/\"\nPRIVACY_POLICY_URL=\"https://www.ubuntu.com/legal/terms-and-policies/privacy-policy\"\nUBUNTU_CODENAME=%(code)s\n"
t /etc/lsb-release "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=%(short)s\nDISTRIB_CODENAME=%(code)s\nDISTRIB_DESCRIPTION=\"Ubuntu %(full)s LTS\"\n"
t /etc/issue "Ubuntu %(full)s LTS \\n \\l\n\n"
t /etc/issue.net "Ubuntu %(full)s LTS\n"
t /etc/legal "\nThe programs included with the Ubuntu system are free software;\nthe exact distribution terms for each program are described in the\nindividual files in /usr/share/doc/*/copyright.\n\nUbuntu comes with ABSOLUTELY NO WARRANTY, to the extent permitted by\napplicable law.\n\n"
d /etc/update-motd.d
t /etc/dpkg/dpkg.cfg.d/excludes "# no manual pages, no translations, no documentation\npath-exclude=/usr/share/man/*\npath-exclude=/usr/share/locale/*/LC_MESSAGES/*.mo\npath-exclude=/usr/share/doc/*\npath-include=/usr/share/doc/*/copyright\n"
"""
_SOURCES_24 = r"""
t /etc/apt/sources.list.d/ubuntu.sources "Types: deb\nURIs: http://archive.ubuntu.com/ubuntu/\nSuites: noble noble-updates noble-backports\nComponents: main universe restricted multiverse\nSigned-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n\nTypes: deb\nURIs: http://security.ubuntu.com/ubuntu/\nSuites: noble-security\nComponents: main universe restricted multiverse\nSigned-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n"
"""
_SOURCES_22 = r"""
t /etc/apt/sources.list "deb http://archive.ubuntu.com/ubuntu/ jammy main restricted\ndeb http://archive.ubuntu.com/ubuntu/ jammy-updates main restricted\ndeb http://archive.ubuntu.com/ubuntu/ jammy universe\ndeb http://archive.ubuntu.com/ubuntu/ jammy-updates universe\ndeb http://security.ubuntu.com/ubuntu/ jammy-security main restricted\ndeb http://security.ubuntu.com/ubuntu/ jammy-security universe\n"
"""
_USER = "ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash"


@dataclass(frozen=True, slots=True)
class _Release:
    short: str
    full: str
    code: str
    name: str
    debian: str
    versions: str
    renamed: dict[str, str]
    absent: frozenset[str]
    sources: str
    has_user: bool

    def packages(self) -> list[Package]:
        """Debian's packages under the names and with the versions of this release."""
        words = self.versions.split()
        versions = dict(zip(words[::2], words[1::2], strict=True))
        all_packages = (*debian.base_packages(), *read_packages(_EXTRA.read_text("utf-8")))
        made = []
        for package in all_packages:
            name = self.renamed.get(package.name, package.name)
            if name not in self.absent:
                version = versions.get(name, f"{package.version.partition('+deb')[0]}ubuntu1")
                depends = tuple(self.renamed.get(other, other) for other in package.depends)
                made.append(replace(package, name=name, version=version, depends=depends))
        return sorted(made, key=lambda package: package.name)

    @property
    def settings(self) -> str:
        """The manifest of what makes it Ubuntu."""
        words = {
            "short": self.short,
            "full": self.full,
            "code": self.code,
            "name": self.name,
            "debian": self.debian,
        }
        return _SETTINGS % words + self.sources

    def files(self, now: int, _below: Tree) -> dict[str, Node]:
        """The root file system."""
        accounts = (debian.ACCOUNTS, debian.GROUP)
        if self.has_user:
            accounts = (debian.ACCOUNTS.rstrip() + f"\n{_USER}", f"{debian.GROUP}\nubuntu:x:1000:")
        entries = debian.root(self.packages(), self.settings, now, slim=True, accounts=accounts)
        if self.has_user:
            entries["/home/ubuntu"] = Directory(0o750, 1000, 1000, now)
            for name in (".bash_logout", ".bashrc", ".profile"):
                skeleton = entries[f"/etc/skel/{name}"]
                entries[f"/home/ubuntu/{name}"] = replace(skeleton, uid=1000, gid=1000)
        return entries


_NOBLE = _Release(
    "24.04", "24.04", "noble", "Noble Numbat", "trixie/sid", _VERSIONS_24, _RENAMED,
    frozenset({"adduser", "tzdata", "usr-is-merged", "libmd0"}), _SOURCES_24, has_user=True,
)  # fmt: skip
_JAMMY = _Release(
    "22.04", "22.04.3", "jammy", "Jammy Jellyfish", "bookworm/sid", _VERSIONS_22, _RENAMED_22,
    frozenset({"tzdata", "usr-is-merged", "util-linux-extra"}), _SOURCES_22, has_user=False,
)  # fmt: skip


def _recipe(tags: tuple[str, ...], release: _Release, size: int, created: str) -> Recipe:
    labels = {
        "org.opencontainers.image.ref.name": "ubuntu",
        "org.opencontainers.image.version": release.short,
    }
    steps = (
        Step(f"{NOP} ARG RELEASE"),
        Step(f"{NOP} ARG LAUNCHPAD_BUILD_ARCH"),
        *(Step(f"{NOP} LABEL {name}={value}") for name, value in labels.items()),
        Step(added(release.settings), release.files),
        cmd("/bin/bash"),
    )
    config = ImageConfig(env=(PATH,), cmd=("/bin/bash",), labels=labels)
    return Recipe(tags, release.full, _SOURCE, config, steps, size, created)


_SOURCE = (
    "config and history: docker-library/repo-info; names and versions of packages: the release; "
    "file sizes: those of Debian 12's packages, so estimated; 24.04 is dated before the course's clock"
)
NOBLE = _recipe(("latest", "24.04", "noble"), _NOBLE, 78_100_000, RECENT)
JAMMY = _recipe(("22.04", "jammy"), _JAMMY, 77_900_000, "2023-12-16T00:25:12Z")
RECIPES = {"ubuntu": (NOBLE, JAMMY)}
