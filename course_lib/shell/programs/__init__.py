"""The simulated programs: which module has which command; a module is loaded at first use.

A command is a function of a `Task` that returns the exit status. `WHERE` names the module of
each program; `find` loads it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.shell.task import Task

    Command = Callable[[Task], int]

_HERE = "course_lib.shell.programs"
_FAMILIES = {
    "shells": "dash bash ash",
    "printing": "echo printf true false yes seq pwd",
    "testing": "test [",
    "reading": "cat head tail tac",
    "directories": "mkdir rmdir",
    "listing": "ls",
    "text": "wc sort uniq cut tr tee rev nl",
    "searching": "grep egrep fgrep",
    "sed": "sed",
    "awk": "awk mawk gawk",
    "ownership": "chmod chown chgrp install",
    "names": "basename dirname readlink realpath mktemp which",
    "finding": "find",
    "xargs": "xargs",
    "digests": "md5sum sha1sum sha224sum sha256sum sha384sum sha512sum base64 cmp cksum",
    "dates": "date",
    "sizes": "du stat dd truncate fallocate",
    "shadow": "useradd usermod userdel groupadd groupdel",
    "adduser": "adduser addgroup",
    "deleting": "deluser delgroup groupmod chage",
    "archives": "tar gzip gunzip zcat",
    "processes": "ps kill timeout nohup expr",
    "fetching": "curl wget",
    "connecting": "nc",
    "git": "git",
    "servers": "nginx httpd redis-server postgres mysqld memcached",
    "comparing": "diff",
    "kinds": "file",
    "dumping": "od hexdump hd xxd strings",
    "columns": "paste comm join fold expand unexpand split shuf",
    "packing": "xz unxz xzcat bzip2 bunzip2 bzcat unzip zip",
    "logins": "su gosu su-exec sudo runuser groups getent chpasswd passwd chsh gpasswd",
    "facts": "df free uptime mount umount arch getconf sync clear ldconfig tty hostid unlink",
    "wrapping": "nice ionice setsid stdbuf time envsubst pgrep pkill killall pidof",
    "moving": "cp mv",
    "removing": "rm",
    "linking": "ln touch",
    "system": "sleep env printenv id whoami hostname uname nproc",
}
_PACKAGES = "course_lib.shell.packages"
_MANAGERS = {
    "apk": "apk",
    "apt": "apt-get apt",
    "dpkg": "dpkg dpkg-query",
    "bundlers": "react-scripts tsc vite webpack",
    "compilers": "c-program gcc x86_64-linux-gnu-gcc-12 x86_64-linux-gnu-g++-12",
    "make": "make",
    "builders": "bundle cargo composer gem gradle mvn",
    "dnf": "dnf microdnf",
    "golang": "go go-program dep",
    "hello": "hello-world",
    "npm": "node npm npx yarn",
    "pip": "pip",
    "python": "python3",
    "rpm": "rpm",
    "setup": "update-ca-certificates a2enmod docker-php-ext-configure docker-php-ext-install docker-php-ext-enable",
    "switching": "gosu su-exec tini dumb-init",
    "yum": "yum",
    "java": "java",
}
WHERE: dict[str, str] = {
    name: f"{home}.{module}"
    for home, families in ((_HERE, _FAMILIES), (_PACKAGES, _MANAGERS))
    for module, names in families.items()
    for name in names.split()
}


def find(name: str) -> Command | None:
    """The command that simulates a program, or None."""
    module = WHERE.get(name)
    if module is None:
        return None
    commands: Mapping[str, Command] = import_module(module).COMMANDS
    return commands[name]


def programs() -> frozenset[str]:
    """The names of all simulated programs."""
    return frozenset(WHERE)
