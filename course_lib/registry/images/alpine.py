"""Alpine Linux: musl, busybox, apk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_lib.image.config import ImageConfig
from course_lib.image.entries import Content, File, Symlink
from course_lib.packages import apkdb
from course_lib.packages.manifest import read_entries
from course_lib.packages.package import read_packages
from course_lib.registry.images.accounts import account_files
from course_lib.registry.recipe import PATH, RECENT, Recipe, Step, added, cmd

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.image.tree import Tree

APPLETS = {
    "/bin": """arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg
        dnsdomainname dumpkmap echo ed egrep false fatattr fdflush fgrep fsync getopt grep gunzip gzip
        hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr lzop
        makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6
        pipe_progress printenv ps pwd reformime rev rm rmdir run-parts sed setpriv setserial sh sleep
        stat stty su sync tar touch true umount uname usleep watch zcat""",
    "/sbin": """acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt
        hwclock ifconfig ifdown ifenslave ifup init inotifyd insmod ip ipaddr iplink ipneigh iproute
        iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkdosfs mkfs.vfat mkswap modinfo
        modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route setconsole slattach
        swapoff swapon switch_root sysctl syslogd tunctl udhcpc vconfig watchdog zcip""",
    "/usr/bin": """[ [[ awk basename bc beep blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp
        comm cpio crontab cryptpw cut dc deallocvt diff dirname dos2unix du dumpleases eject env expand
        expr factor fallocate find flock fold free fuser getfattr groups hd head hexdump hostid id
        install ipcrm ipcs killall last less logger lsof lsusb lzcat lzma lzopcat md5sum mesg microcom
        mkfifo mkpasswd nc nl nmeter nohup nproc nsenter nslookup od openvt passwd paste pgrep pkill
        pmap printf pscan pstree pwdx readlink realpath renice reset resize seq setkeycodes setsid
        sha1sum sha256sum sha3sum sha512sum showkey shred shuf sort split strings sum tac tail tee test
        time timeout top tr traceroute traceroute6 tree truncate tty ttysize udhcpc6 unexpand uniq
        unix2dos unlink unlzma unlzop unshare unxz unzip uptime uudecode uuencode vi vlock volname wc
        wget which who whoami whois xargs xxd xzcat yes""",
    "/usr/sbin": """add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser
        ether-wake fbset killall5 loadfont nanddump nandwrite nbd-client ntpd partprobe rdate rdev
        readahead readprofile remove-shell rfkill sendmail setfont setlogcons""",
}
_ACCOUNTS = """
root:x:0:0:root:/root:/bin/ash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
operator:x:11:0:operator:/root:/sbin/nologin
man:x:13:15:man:/usr/man:/sbin/nologin
postmaster:x:14:12:postmaster:/var/mail:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
at:x:25:25:at:/var/spool/cron/atjobs:/sbin/nologin
squid:x:31:31:Squid:/var/cache/squid:/sbin/nologin
xfs:x:33:33:X Font Server:/etc/X11/fs:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
cyrus:x:85:12::/usr/cyrus:/sbin/nologin
vpopmail:x:89:89::/var/vpopmail:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
smmsp:x:209:209:smmsp:/var/spool/mqueue:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
"""
_GROUP = """
root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
man:x:15:man
cron:x:16:cron
console:x:17:
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
at:x:25:at
tape:x:26:root
video:x:27:root
netdev:x:28:
readproc:x:30:
squid:x:31:squid
xfs:x:33:xfs
kvm:x:34:kvm
games:x:35:
shadow:x:42:
cdrw:x:80:
www-data:x:82:
usb:x:85:
vpopmail:x:89:
users:x:100:games
ntp:x:123:
nofiles:x:200:
smmsp:x:209:smmsp
locate:x:245:
abuild:x:300:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
"""
_ROOT = r"""
d /dev
d /etc/apk/keys
t /etc/apk/arch "x86_64\n"
d /etc/apk/protected_paths.d
d /etc/crontabs
d /etc/logrotate.d
d /etc/network/if-up.d
d /etc/opt
d /etc/periodic/daily
d /etc/profile.d
t /etc/fstab "/dev/cdrom\t/media/cdrom\tiso9660\tnoauto,ro 0 0\n/dev/usbdisk\t/media/usb\tvfat\tnoauto,ro 0 0\n"
t /etc/hostname "localhost\n"
t /etc/hosts "127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n"
t /etc/inittab "::sysinit:/sbin/openrc sysinit\n::wait:/sbin/openrc default\n::shutdown:/sbin/openrc shutdown\n"
t /etc/issue "Welcome to Alpine Linux %(short)s\nKernel \\r on an \\m (\\l)\n\n"
t /etc/motd "Welcome to Alpine!\n\nThe Alpine Wiki contains a large amount of how-to guides and general\ninformation about administrating Alpine systems.\nSee <https://wiki.alpinelinux.org/>.\n\nYou can setup the system with the command: setup-alpine\n\nYou may change this message by editing /etc/motd.\n\n"
t /etc/nsswitch.conf "hosts: files dns\n"
t /etc/profile "export CHARSET=${CHARSET:-UTF-8}\nexport PATH=\"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"\nexport PAGER=less\numask 022\n\nfor script in /etc/profile.d/*.sh ; do\n\tif [ -r \"$script\" ] ; then\n\t\t. \"$script\"\n\tfi\ndone\nunset script\n"
t /etc/securetty "console\ntty1\n"
t /etc/shells "# shells that a login may have\n/bin/sh\n/bin/ash\n"
d /home
d /lib/apk/exec
d /lib/firmware
d /media/cdrom
d /media/floppy
d /media/usb
d /mnt
d /opt
d /proc
d /root mode=700
d /run
d /srv
d /sys
d /tmp mode=1777
d /usr/lib/modules-load.d
d /usr/local/bin
d /usr/local/lib
d /usr/local/share
d /usr/share/man
d /var/cache/apk
d /var/cache/misc
d /var/empty mode=555
d /var/lib/apk
d /var/lib/misc
d /var/local
l /var/lock ../run/lock
d /var/log
d /var/mail
d /var/opt
l /var/run ../run
d /var/spool/cron
l /var/spool/mail ../mail
d /var/tmp mode=1777
"""
_RELEASE = r"""
t /etc/alpine-release "%(version)s\n"
t %(release)s "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=%(version)s\nPRETTY_NAME=\"Alpine Linux v%(short)s\"\nHOME_URL=\"%(home)s/\"\nBUG_REPORT_URL=\"%(bugs)s\"\n"
t /etc/apk/repositories "%(mirror)s/alpine/v%(short)s/main\n%(mirror)s/alpine/v%(short)s/community\n"
"""
_PACKAGES_319 = """
= alpine-baselayout 3.4.3-r2 main 388
: Alpine base dir structure and init scripts
< alpine-baselayout-data
l /etc/mtab ../proc/mounts
f /etc/sysctl.conf 53
= alpine-baselayout-data 3.4.3-r2 main 76
: Alpine base dir structure and init scripts
f /etc/services 12813
f /etc/protocols 3144
= musl 1.2.4_git20230717-r4 main 644
: the musl c library (libc) implementation
f /lib/ld-musl-x86_64.so.1 657632 mode=755
l /lib/libc.musl-x86_64.so.1 ld-musl-x86_64.so.1
= busybox 1.36.1-r15 main 948
: Size optimized toolbox of many common UNIX utilities
< musl
p /bin/busybox 808712
f /etc/busybox-paths.d/busybox 4100
= busybox-binsh 1.36.1-r15 main 8
: busybox ash /bin/sh
< busybox
= alpine-keys 2.4-r1 main 156
: Public keys for Alpine Linux packages
f /usr/share/apk/keys/alpine-devel@lists.alpinelinux.org-616ae350.rsa.pub 15200
f /etc/apk/keys/alpine-devel@lists.alpinelinux.org-6165ee59.rsa.pub 4600
= ca-certificates-bundle 20230506-r0 main 240
: Pre generated bundle of Mozilla certificates
f /etc/ssl/certs/ca-certificates.crt 214222
l /etc/ssl/cert.pem certs/ca-certificates.crt
= libcrypto3 3.1.4-r2 main 4508
: Crypto library from openssl
< musl
f /lib/libcrypto.so.3 4480072 mode=755
l /usr/lib/libcrypto.so.3 ../../lib/libcrypto.so.3
f /etc/ssl/openssl.cnf 12411
= libssl3 3.1.4-r2 main 680
: SSL shared libraries
< libcrypto3 musl
f /lib/libssl.so.3 680464 mode=755
l /usr/lib/libssl.so.3 ../../lib/libssl.so.3
= ssl_client 1.36.1-r15 main 28
: EXternal ssl_client for busybox wget
< libcrypto3 libssl3 musl
p /usr/bin/ssl_client 14184
= zlib 1.3-r2 main 108
: A compression/decompression Library
< musl
f /lib/libz.so.1.3 100104 mode=755
l /lib/libz.so.1 libz.so.1.3
= apk-tools 2.14.0-r5 main 324
: Alpine Package Keeper - package manager for alpine
< ca-certificates-bundle libcrypto3 libssl3 musl zlib
p /sbin/apk 70224
f /lib/libapk.so.2.14.0 215640 mode=755
= scanelf 1.3.7-r2 main 92
: Scan ELF binaries for stuff
< musl
p /usr/bin/scanelf 79768
= musl-utils 1.2.4_git20230717-r4 main 136
: the musl c library (libc) implementation
< musl scanelf
p /sbin/ldconfig 393
p /usr/bin/getconf 34392
p /usr/bin/getent 47632
p /usr/bin/iconv 20000
p /usr/bin/ldd 52
= libc-utils 0.7.2-r5 main 4
: Meta package to pull in correct libc
< musl-utils
"""
_PACKAGES_36 = """
= musl 1.1.16-r15 main 604
: the musl c library (libc) implementation
f /lib/ld-musl-x86_64.so.1 585016 mode=755
l /lib/libc.musl-x86_64.so.1 ld-musl-x86_64.so.1
= busybox 1.26.2-r11 main 812
: Size optimized toolbox of many common UNIX utilities
< musl
p /bin/busybox 796240
= alpine-baselayout 3.0.4-r0 main 420
: Alpine base dir structure and init scripts
< busybox
f /etc/services 36141
f /etc/protocols 6108
f /sbin/mkmntdirs 9416 mode=755
= alpine-keys 2.1-r1 main 92
: Public keys for Alpine Linux packages
f /usr/share/apk/keys/alpine-devel@lists.alpinelinux.org-4a6a0840.rsa.pub 6800
= libressl2.5-libcrypto 2.5.5-r2 main 1836
: libressl libcrypto library
< musl
f /lib/libcrypto.so.41.1.0 1698832 mode=755
l /lib/libcrypto.so.41 libcrypto.so.41.1.0
= libressl2.5-libssl 2.5.5-r2 main 332
: libressl libssl library
< libressl2.5-libcrypto musl
f /lib/libssl.so.43.2.0 318216 mode=755
l /lib/libssl.so.43 libssl.so.43.2.0
= zlib 1.2.11-r0 main 96
: A compression/decompression Library
< musl
f /lib/libz.so.1.2.11 91864 mode=755
l /lib/libz.so.1 libz.so.1.2.11
= apk-tools 2.7.6-r0 main 228
: Alpine Package Keeper - package manager for alpine
< libressl2.5-libcrypto libressl2.5-libssl musl zlib
p /sbin/apk 207776
= scanelf 1.2.2-r0 main 80
: Scan ELF binaries for stuff
< musl
p /usr/bin/scanelf 66472
= musl-utils 1.1.16-r15 main 120
: the musl c library (libc) implementation
< musl scanelf
p /sbin/ldconfig 393
p /usr/bin/getconf 30120
p /usr/bin/getent 38776
p /usr/bin/iconv 18000
p /usr/bin/ldd 52
= libc-utils 0.7.1-r0 main 4
: Meta package to pull in correct libc
< musl-utils
"""


@dataclass(frozen=True, slots=True)
class _Release:
    version: str
    packages: str
    release: str = "/etc/os-release"
    home: str = "https://alpinelinux.org"
    bugs: str = "https://gitlab.alpinelinux.org/alpine/aports/-/issues"
    mirror: str = "https://dl-cdn.alpinelinux.org"

    @property
    def short(self) -> str:
        return ".".join(self.version.split(".")[:2])

    def files(self, now: int, _below: Tree) -> dict[str, Node]:
        words = {
            "version": self.version,
            "short": self.short,
            "release": self.release,
            "home": self.home,
            "bugs": self.bugs,
            "mirror": self.mirror,
        }
        entries = read_entries((_ROOT + _RELEASE) % words, now)
        if self.release != "/etc/os-release":
            entries["/etc/os-release"] = Symlink(f"..{self.release}", mtime=now)
        entries |= account_files(_ACCOUNTS, _GROUP, now, shadow_group=42)
        packages = tuple(read_packages(self.packages))
        for package in packages:
            entries |= package.entries(now)
        for folder, names in APPLETS.items():
            for name in names.split():
                entries[f"{folder}/{name}"] = Symlink("/bin/busybox", mtime=now)
        world = "".join(f"{name}\n" for name in _WORLD)
        entries[apkdb.WORLD] = File(Content.of(world), mtime=now)
        installed = "".join(map(apkdb.stanza, packages))
        entries[apkdb.INSTALLED] = File(Content.of(installed), mtime=now)
        for name in ("lock", "scripts.tar", "triggers"):
            entries[f"{apkdb.FOLDER}/{name}"] = File(Content.of(b""), mtime=now)
        return entries


_WORLD = ("alpine-baselayout", "alpine-keys", "apk-tools", "busybox", "libc-utils")
_OLD = _Release(
    "3.6.5",
    _PACKAGES_36,
    home="http://alpinelinux.org",
    bugs="http://bugs.alpinelinux.org",
    mirror="http://dl-cdn.alpinelinux.org",
)
_CONFIG = ImageConfig(env=(PATH,), cmd=("/bin/sh",))
_SOURCE = (
    "packages of the release; config and history: docker-library/repo-info; file sizes estimated"
)


def _recipe(
    tags: tuple[str, ...],
    release: _Release,
    size: int,
    created: str = RECENT,
    source: str = _SOURCE,
) -> Recipe:
    steps = (Step(added(release.version + release.packages), release.files), cmd("/bin/sh"))
    return Recipe(tags, release.version, source, _CONFIG, steps, size, created)


def _later(version: str) -> _Release:
    return _Release(version, _PACKAGES_319, "/usr/lib/os-release")


_LATER = "estimated: the release's name over the packages of 3.19"
ALPINE = _recipe(
    ("latest", "3", "3.19", "3.19.0"),
    _later("3.19.0"),
    7_380_000,
    "2023-12-08T01:20:49Z",
)
ALPINE_36 = _recipe(("3.6", "3.6.5"), _OLD, 4_030_000, "2019-03-07T22:20:00Z")
RECIPES = {
    "alpine": (
        ALPINE,
        ALPINE_36,
        *(
            _recipe((version.rpartition(".")[0], version), _later(version), 0, created, _LATER)
            for version, created in (
                ("3.16.7", "2023-08-07T19:20:20Z"),
                ("3.17.5", "2023-08-07T19:20:20Z"),
                ("3.18.5", "2023-11-30T23:22:32Z"),
                ("3.20.3", RECENT),
                ("3.21.3", RECENT),
                ("3.22.1", RECENT),
            )
        ),
    )
}
