"""CentOS 7 and 8: glibc, rpm, yum. Both are out of support; the notes use them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, File
from course_lib.packages import rpmdb
from course_lib.packages.manifest import read_entries
from course_lib.packages.package import read_packages
from course_lib.registry.images.accounts import account_files
from course_lib.registry.recipe import NOP, PATH, Recipe, Step, added, cmd

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree

_DATA = Path(__file__).parents[2] / "packages" / "data"
_ACCOUNTS = """
root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/spool/mail:/sbin/nologin
operator:x:11:0:operator:/root:/sbin/nologin
games:x:12:100:games:/usr/games:/sbin/nologin
ftp:x:14:50:FTP User:/var/ftp:/sbin/nologin
"""
_ACCOUNTS_7 = """nobody:x:99:99:Nobody:/:/sbin/nologin
systemd-network:x:192:192:systemd Network Management:/:/sbin/nologin
dbus:x:81:81:System message bus:/:/sbin/nologin
"""
_ACCOUNTS_8 = """nobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin
dbus:x:81:81:System message bus:/:/sbin/nologin
systemd-coredump:x:999:997:systemd Core Dumper:/:/sbin/nologin
systemd-resolve:x:193:193:systemd Resolver:/:/sbin/nologin
"""
_GROUP = """
root:x:0:
bin:x:1:
daemon:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mem:x:8:
kmem:x:9:
wheel:x:10:
cdrom:x:11:
mail:x:12:
man:x:15:
dialout:x:18:
floppy:x:19:
games:x:20:
tape:x:33:
video:x:39:
ftp:x:50:
lock:x:54:
audio:x:63:
users:x:100:
utmp:x:22:
utempter:x:35:
dbus:x:81:
"""
_GROUP_7 = "nobody:x:99:\ninput:x:999:\nsystemd-journal:x:190:\nsystemd-network:x:192:\n"
_GROUP_8 = (
    "nobody:x:65534:\nkvm:x:36:\nrender:x:998:\nsystemd-coredump:x:997:\nsystemd-resolve:x:193:\n"
)
_ROOT = r"""
l /bin usr/bin
l /sbin usr/sbin
l /lib usr/lib
l /lib64 usr/lib64
d /boot
d /dev
d /etc/profile.d
d /etc/sysconfig
d /etc/yum.repos.d
d /home
d /lost+found mode=700
d /media
d /mnt
d /opt
d /proc
d /root mode=550
d /run/lock
d /srv
d /sys
d /tmp mode=1777
d /usr/local/bin
d /usr/local/etc
d /usr/local/lib
d /usr/local/lib64
d /usr/local/sbin
d /usr/local/share
d /usr/local/src
d /usr/share/man
d /usr/src
d /var/adm
d /var/cache/yum
d /var/db
d /var/empty
d /var/lib/yum
l /var/lock ../run/lock
d /var/log
l /var/mail spool/mail
d /var/opt
l /var/run ../run
d /var/spool/mail mode=775 owner=0:12
d /var/tmp mode=1777
t /etc/motd ""
t /etc/hosts "127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4\n::1         localhost localhost.localdomain localhost6 localhost6.localdomain6\n"
t /etc/host.conf "multi on\n"
t /etc/issue "\\S\nKernel \\r on an \\m\n\n"
t /etc/environment ""
t /etc/ld.so.conf "include ld.so.conf.d/*.conf\n"
l /etc/localtime ../usr/share/zoneinfo/UTC
f /usr/share/zoneinfo/UTC 127
t /etc/locale.conf "LANG=\"en_US.UTF-8\"\n"
t /etc/nsswitch.conf "passwd:     files sss\nshadow:     files sss\ngroup:      files sss\nhosts:      files dns myhostname\n"
t /etc/login.defs "MAIL_DIR /var/spool/mail\nPASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nPASS_MIN_LEN 5\nPASS_WARN_AGE 7\nUID_MIN 1000\nUID_MAX 60000\nSYS_UID_MIN 201\nSYS_UID_MAX 999\nGID_MIN 1000\nGID_MAX 60000\nSYS_GID_MIN 201\nSYS_GID_MAX 999\nCREATE_HOME yes\nUMASK 077\nUSERGROUPS_ENAB yes\nENCRYPT_METHOD SHA512\n"
t /etc/shells "/bin/sh\n/bin/bash\n/usr/bin/sh\n/usr/bin/bash\n"
t /etc/skel/.bash_logout "# for the end of a login shell\n"
t /etc/skel/.bash_profile "# for a login shell\nif [ -f ~/.bashrc ]; then\n\t. ~/.bashrc\nfi\n"
t /etc/skel/.bashrc "# for an interactive bash\nif [ -f /etc/bashrc ]; then\n\t. /etc/bashrc\nfi\n"
t /etc/bashrc "# for every interactive bash\n"
t /etc/profile "# for every login shell\n"
t /root/.bash_logout "# for the end of a login shell\n"
t /root/.bash_profile "# for a login shell\nif [ -f ~/.bashrc ]; then\n\t. ~/.bashrc\nfi\n"
t /root/.bashrc "# for root's interactive bash\nif [ -f /etc/bashrc ]; then\n\t. /etc/bashrc\nfi\n"
"""
_SEVEN = r"""
t /etc/centos-release "CentOS Linux release 7.9.2009 (Core)\n"
l /etc/redhat-release centos-release
l /etc/system-release centos-release
l /etc/os-release ../usr/lib/os-release
t /usr/lib/os-release "NAME=\"CentOS Linux\"\nVERSION=\"7 (Core)\"\nID=\"centos\"\nID_LIKE=\"rhel fedora\"\nVERSION_ID=\"7\"\nPRETTY_NAME=\"CentOS Linux 7 (Core)\"\nANSI_COLOR=\"0;31\"\nCPE_NAME=\"cpe:/o:centos:centos:7\"\nHOME_URL=\"https://www.centos.org/\"\nBUG_REPORT_URL=\"https://bugs.centos.org/\"\n\nCENTOS_MANTISBT_PROJECT=\"CentOS-7\"\nCENTOS_MANTISBT_PROJECT_VERSION=\"7\"\nREDHAT_SUPPORT_PRODUCT=\"centos\"\nREDHAT_SUPPORT_PRODUCT_VERSION=\"7\"\n\n"
t /etc/yum.conf "[main]\ncachedir=/var/cache/yum/$basearch/$releasever\nkeepcache=0\ndebuglevel=2\nlogfile=/var/log/yum.log\nexactarch=1\nobsoletes=1\ngpgcheck=1\nplugins=1\ninstallonly_limit=5\noverride_install_langs=en_US.utf8\ntsflags=nodocs\n"
t /etc/yum.repos.d/CentOS-Base.repo "[base]\nname=CentOS-$releasever - Base\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=os&infra=$infra\ngpgcheck=1\n\n[updates]\nname=CentOS-$releasever - Updates\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=updates&infra=$infra\ngpgcheck=1\n\n[extras]\nname=CentOS-$releasever - Extras\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=extras&infra=$infra\ngpgcheck=1\n"
"""
_EIGHT = r"""
t /etc/centos-release "CentOS Linux release 8.4.2105\n"
l /etc/redhat-release centos-release
l /etc/system-release centos-release
l /etc/os-release ../usr/lib/os-release
t /usr/lib/os-release "NAME=\"CentOS Linux\"\nVERSION=\"8\"\nID=\"centos\"\nID_LIKE=\"rhel fedora\"\nVERSION_ID=\"8\"\nPLATFORM_ID=\"platform:el8\"\nPRETTY_NAME=\"CentOS Linux 8\"\nANSI_COLOR=\"0;31\"\nCPE_NAME=\"cpe:/o:centos:centos:8\"\nHOME_URL=\"https://centos.org/\"\nBUG_REPORT_URL=\"https://bugs.centos.org/\"\nCENTOS_MANTISBT_PROJECT=\"CentOS-8\"\nCENTOS_MANTISBT_PROJECT_VERSION=\"8\"\n"
l /etc/yum.conf dnf/dnf.conf
t /etc/dnf/dnf.conf "[main]\ngpgcheck=1\ninstallonly_limit=3\nclean_requirements_on_remove=True\nbest=True\nskip_if_unavailable=False\n"
t /etc/yum.repos.d/CentOS-Linux-BaseOS.repo "[baseos]\nname=CentOS Linux $releasever - BaseOS\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=BaseOS&infra=$infra\ngpgcheck=1\nenabled=1\n"
t /etc/yum.repos.d/CentOS-Linux-AppStream.repo "[appstream]\nname=CentOS Linux $releasever - AppStream\nmirrorlist=http://mirrorlist.centos.org/?release=$releasever&arch=$basearch&repo=AppStream&infra=$infra\ngpgcheck=1\nenabled=1\n"
d /var/cache/dnf
d /var/lib/dnf
"""


@dataclass(frozen=True, slots=True)
class _Release:
    data: str
    settings: str
    passwd: str
    group: str
    database: int  # bytes of rpm's database

    def files(self, now: int, _below: Tree) -> dict[str, Node]:
        packages = tuple(read_packages((_DATA / self.data).read_text("utf-8")))
        entries = read_entries(_ROOT + self.settings, now)
        for package in packages:
            entries |= package.entries(now)
        entries |= account_files(self.passwd, self.group, now)
        records = "".join(map(rpmdb.stanza, packages)).encode()
        entries[rpmdb.PACKAGES] = File(Content(records, self.database), mtime=now)
        return entries


def slim_files(now: int, below: Tree) -> dict[str, Node]:
    """The files of a smaller relative of CentOS 8, without what only a whole system needs."""
    left_out = (
        "binutils",
        "hwdata",
        "dracut",
        "python3-libs",
        "cracklib-dicts",
        "gnupg2",
        "vim-minimal",
    )
    packages = (_DATA / "centos8_base.txt").read_text("utf-8").split("\n= ")
    gone = {
        line.split(" ")[1]
        for package in packages
        if package.split(" ")[0] in left_out
        for line in package.splitlines()[1:]
        if line[0] in "pfl"
    }
    entries = _EIGHT_FILES.files(now, below)
    return {path: node for path, node in entries.items() if path not in gone}


_CONFIG_7 = ImageConfig(
    env=(PATH,),
    cmd=("/bin/bash",),
    labels={
        "org.label-schema.build-date": "20201113",
        "org.label-schema.license": "GPLv2",
        "org.label-schema.name": "CentOS Base Image",
        "org.label-schema.schema-version": "1.0",
        "org.label-schema.vendor": "CentOS",
        "org.opencontainers.image.created": "2020-11-13 00:00:00+00:00",
        "org.opencontainers.image.licenses": "GPL-2.0-only",
        "org.opencontainers.image.title": "CentOS Base Image",
        "org.opencontainers.image.vendor": "CentOS",
    },
)
_CONFIG_8 = ImageConfig(
    env=(PATH,),
    cmd=("/bin/bash",),
    labels={
        "org.label-schema.build-date": "20210915",
        "org.label-schema.license": "GPLv2",
        "org.label-schema.name": "CentOS Base Image",
        "org.label-schema.schema-version": "1.0",
        "org.label-schema.vendor": "CentOS",
    },
)


def _labelled(config: ImageConfig) -> Step:
    words = " ".join(f"{name}={value}" for name, value in config.labels.items())
    return Step(f"{NOP} LABEL {words}")


_SOURCE = (
    "config and history: docker-library/repo-info and the image's inspect; the list of packages "
    "is shortened, their sizes estimated"
)
_SEVEN_FILES = _Release(
    "centos7_base.txt", _SEVEN, _ACCOUNTS + _ACCOUNTS_7, _GROUP + _GROUP_7, 7_900_000
)
_EIGHT_FILES = _Release(
    "centos8_base.txt", _EIGHT, _ACCOUNTS + _ACCOUNTS_8, _GROUP + _GROUP_8, 2_800_000
)
CENTOS_7 = Recipe(
    ("7", "centos7", "7.9.2009", "centos7.9.2009"),
    "7.9.2009",
    _SOURCE,
    _CONFIG_7,
    (Step(added(_SEVEN), _SEVEN_FILES.files), _labelled(_CONFIG_7), cmd("/bin/bash")),
    203_900_000,
    "2021-09-15T18:20:23Z",
)
CENTOS_8 = Recipe(
    ("latest", "8", "centos8", "8.4.2105", "centos8.4.2105"),
    "8.4.2105",
    _SOURCE,
    _CONFIG_8,
    (Step(added(_EIGHT), _EIGHT_FILES.files), _labelled(_CONFIG_8), cmd("/bin/bash")),
    231_300_000,
    "2021-09-15T18:20:05Z",
)
RECIPES = {"centos": (CENTOS_8, CENTOS_7)}
