"""Debian 12, whole and slim: the 88 packages of `debootstrap --variant=minbase`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, File
from course_lib.packages import dpkg
from course_lib.packages.manifest import read_entries
from course_lib.packages.package import read_packages
from course_lib.registry.images.accounts import account_files
from course_lib.registry.recipe import PATH, Recipe, Step, added, cmd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree
    from course_lib.packages.package import Package

_DATA = Path(__file__).parents[2] / "packages" / "data"
_NOT_IN_SLIM = (
    "/usr/share/doc/",
    "/usr/share/info/",
    "/usr/share/locale/",
    "/usr/share/man/",
)

ACCOUNTS = """
root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
"""
GROUP = "\n".join(
    f"{name}:x:{gid}:"
    for name, gid in (
        pair.split("=")
        for pair in [
            "root=0",
            "daemon=1",
            "bin=2",
            "sys=3",
            "adm=4",
            "tty=5",
            "disk=6",
            "lp=7",
            "mail=8",
            "news=9",
            "uucp=10",
            "man=12",
            "proxy=13",
            "kmem=15",
            "dialout=20",
            "fax=21",
            "voice=22",
            "cdrom=24",
            "floppy=25",
            "tape=26",
            "sudo=27",
            "audio=29",
            "dip=30",
            "www-data=33",
            "backup=34",
            "operator=37",
            "list=38",
            "irc=39",
            "src=40",
            "shadow=42",
            "utmp=43",
            "video=44",
            "sasl=45",
            "plugdev=46",
            "staff=50",
            "games=60",
            "users=100",
            "nogroup=65534",
        ]
    )
)
# What the packages' scripts and debootstrap make: directories, links, settings.
SKELETON = r"""
l /bin usr/bin
l /sbin usr/sbin
l /lib usr/lib
l /lib64 usr/lib64
l /usr/lib64/ld-linux-x86-64.so.2 /lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
l /usr/bin/sh dash
d /boot
d /dev
d /home
d /media
d /mnt
d /opt
d /proc
d /root mode=700
d /run
d /run/lock mode=1777
d /srv
d /sys
d /tmp mode=1777
d /usr/games
d /usr/include
d /usr/local/bin
d /usr/local/etc
d /usr/local/games
d /usr/local/include
d /usr/local/lib
d /usr/local/sbin
d /usr/local/share
d /usr/local/src
d /usr/src
d /var/backups
d /var/cache/apt/archives/partial mode=700 owner=42:0
d /var/lib/apt/lists
d /var/lib/apt/lists/partial mode=700 owner=42:0
d /var/lib/dpkg/updates
d /var/lib/misc
d /var/local mode=2775 owner=0:50
l /var/lock /run/lock
l /var/run /run
d /var/log/apt
d /var/mail mode=2775 owner=0:8
d /var/opt
d /var/spool
l /var/spool/mail ../mail
d /var/tmp mode=1777
l /etc/alternatives/awk /usr/bin/mawk
l /etc/alternatives/nawk /usr/bin/mawk
l /etc/alternatives/pager /bin/more
l /etc/alternatives/which /usr/bin/which.debianutils
l /usr/bin/awk /etc/alternatives/awk
l /usr/bin/nawk /etc/alternatives/nawk
l /usr/bin/pager /etc/alternatives/pager
l /usr/bin/which /etc/alternatives/which
l /etc/localtime /usr/share/zoneinfo/Etc/UTC
t /etc/timezone "Etc/UTC\n"
f /usr/share/zoneinfo/Etc/UTC 114
t /etc/hostname "localhost.localdomain\n"
t /etc/environment ""
t /etc/fstab "# nothing is mounted from here\n"
t /etc/host.conf "multi on\n"
t /etc/ld.so.conf "include /etc/ld.so.conf.d/*.conf\n\n"
t /etc/nsswitch.conf "passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\nethers:         db files\nrpc:            db files\n\nnetgroup:       nis\n"
t /etc/subgid ""
t /etc/subuid ""
t /etc/shells "# shells that a login may have\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n"
t /etc/login.defs "MAIL_DIR /var/mail\nUMASK 022\nPASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nPASS_WARN_AGE 7\nUID_MIN 1000\nUID_MAX 60000\nSYS_UID_MIN 101\nSYS_UID_MAX 999\nGID_MIN 1000\nGID_MAX 60000\nSYS_GID_MIN 101\nSYS_GID_MAX 999\nUSERGROUPS_ENAB yes\nENCRYPT_METHOD SHA512\n"
t /etc/adduser.conf "#DSHELL=/bin/bash\n#DHOME=/home\n#FIRST_SYSTEM_UID=100\n#LAST_SYSTEM_UID=999\n#FIRST_UID=1000\n#LAST_UID=59999\n"
t /etc/bash.bashrc "# for every interactive bash\n[ -z \"$PS1\" ] && return\n"
t /etc/profile "# for every login shell\nif [ \"$(id -u)\" -eq 0 ]; then\n  PATH=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"\nelse\n  PATH=\"/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games\"\nfi\nexport PATH\n\nif [ -d /etc/profile.d ]; then\n  for i in /etc/profile.d/*.sh; do\n    if [ -r $i ]; then\n      . $i\n    fi\n  done\n  unset i\nfi\n"
d /etc/profile.d
d /etc/opt
t /root/.bashrc "# for root's interactive bash\n"
t /root/.profile "# for root's login shell\nif [ \"$BASH\" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n"
t /etc/skel/.bash_logout "# for the end of a login shell\n"
t /etc/skel/.bashrc "# for a user's interactive bash\ncase $- in\n    *i*) ;;\n      *) return;;\nesac\n"
t /etc/skel/.profile "# for a user's login shell\nif [ -d \"$HOME/bin\" ] ; then\n    PATH=\"$HOME/bin:$PATH\"\nfi\n"
t /etc/dpkg/dpkg.cfg "no-debsig\nlog /var/log/dpkg.log\n"
t /etc/dpkg/dpkg.cfg.d/docker-apt-speedup "# a build that is cut off begins anew: no need to wait for the disk\nforce-unsafe-io\n"
t /etc/apt/apt.conf.d/docker-clean "# the archives of packages would only fill the layers\nDPkg::Post-Invoke { \"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true\"; };\nAPT::Update::Post-Invoke { \"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true\"; };\n\nDir::Cache::pkgcache \"\";\nDir::Cache::srcpkgcache \"\";\n"
t /etc/apt/apt.conf.d/docker-gzip-indexes "Acquire::GzipIndexes \"true\";\n"
t /etc/apt/apt.conf.d/docker-no-languages "Acquire::Languages \"none\";\n"
t /etc/apt/apt.conf.d/docker-autoremove-suggests "Apt::AutoRemove::SuggestsImportant \"false\";\n"
"""
_DEBIAN = r"""
t /etc/debian_version "12.11\n"
l /etc/os-release ../usr/lib/os-release
t /usr/lib/os-release "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nVERSION=\"12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\nHOME_URL=\"https://www.debian.org/\"\nSUPPORT_URL=\"https://www.debian.org/support\"\nBUG_REPORT_URL=\"https://bugs.debian.org/\"\n"
t /etc/issue "Debian GNU/Linux 12 \\n \\l\n\n"
t /etc/issue.net "Debian GNU/Linux 12\n"
t /etc/motd "\nThe programs included with the Debian GNU/Linux system are free software;\nthe exact distribution terms for each program are described in the\nindividual files in /usr/share/doc/*/copyright.\n\nDebian GNU/Linux comes with ABSOLUTELY NO WARRANTY, to the extent\npermitted by applicable law.\n"
t /etc/apt/sources.list.d/debian.sources "Types: deb\nURIs: http://deb.debian.org/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\nTypes: deb\nURIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
"""
_SLIM = r"""
t /etc/dpkg/dpkg.cfg.d/docker "# This is the \"slim\" variant of the Debian base image: no documentation, no translations.\npath-exclude /usr/share/doc/*\npath-include /usr/share/doc/*/copyright\npath-exclude /usr/share/info/*\npath-exclude /usr/share/locale/*\npath-exclude /usr/share/man/*\n"
"""


def base_packages() -> tuple[Package, ...]:
    """The packages that are in the image."""
    return tuple(read_packages((_DATA / "debian_base.txt").read_text("utf-8")))


def root(
    packages: Iterable[Package],
    settings: str,
    now: int,
    *,
    slim: bool,
    accounts: tuple[str, str] = (ACCOUNTS, GROUP),
) -> dict[str, Node]:
    """The files of a Debian-like root: skeleton, packages, accounts, dpkg's database.

    `slim` leaves out documentation and translations.
    """
    entries = read_entries(SKELETON + settings, now)
    status = []
    for package in packages:
        files = package.entries(now)
        entries |= {
            path: node
            for path, node in files.items()
            if not (slim and path.startswith(_NOT_IN_SLIM))
        }
        copyright_file = f"/usr/share/doc/{package.name}/copyright"
        entries[copyright_file] = File(Content(b"", 1500), mtime=now)
        entries[f"{dpkg.INFO}/{package.name}.list"] = File(
            Content.of(dpkg.file_list(package)), mtime=now
        )
        status.append(dpkg.stanza(package))
    entries |= account_files(*accounts, now, shadow_group=42)
    entries[dpkg.STATUS] = File(Content.of("".join(status)), mtime=now)
    return entries


def _files(now: int, _below: Tree) -> dict[str, Node]:
    return root(base_packages(), _DEBIAN, now, slim=False)


def _slim_files(now: int, _below: Tree) -> dict[str, Node]:
    return root(base_packages(), _DEBIAN + _SLIM, now, slim=True)


_SOURCE = (
    "packages, versions and sizes: Debian 12's own package database (12.11); "
    "config and history: docker-library/repo-info, January 2024; dated before the course's clock"
)
_CONFIG = ImageConfig(env=(PATH,), cmd=("bash",))
DEBIAN = Recipe(
    ("latest", "12", "12.11", "bookworm", "stable"),
    "12.11",
    _SOURCE,
    _CONFIG,
    (Step(added(_DEBIAN), _files), cmd("bash")),
    116_500_000,
)
SLIM = Recipe(
    ("12-slim", "12.11-slim", "bookworm-slim", "stable-slim"),
    "12.11",
    _SOURCE,
    _CONFIG,
    (Step(added(_DEBIAN + _SLIM), _slim_files), cmd("bash")),
    74_800_000,
)
RECIPES = {"debian": (DEBIAN, SLIM)}
