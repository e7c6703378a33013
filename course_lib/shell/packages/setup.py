"""The small programs that finish an installation: certificates, Apache's modules, PHP's extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import Content, File, Symlink
from course_lib.shell.packages.disk import Disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from course_lib.shell.task import Task

# -- certificates --------------------------------------------------------------------------------

_OWN = "/usr/local/share/ca-certificates"
_CERTS = "/etc/ssl/certs"
_BUNDLE = f"{_CERTS}/ca-certificates.crt"


def _update_ca_certificates(task: Task) -> int:
    """What lies in /usr/local/share/ca-certificates joins the bundle."""
    disk = Disk(task)
    added = 0
    for name in _names(task, _OWN):
        link = f"{_CERTS}/{name.removesuffix('.crt')}.pem"
        if not name.endswith(".crt") or disk.exists(link):
            continue
        disk.put(link, Symlink(f"{_OWN}/{name}"))
        bundle = disk.node(_BUNDLE)
        text = disk.text(f"{_OWN}/{name}")
        size = bundle.size if isinstance(bundle, File) else 0
        disk.write(_BUNDLE, disk.text(_BUNDLE) + text, size=size + len(text))
        added += 1
    if disk.exists("/etc/debian_version"):
        task.out(
            f"Updating certificates in {_CERTS}...\n{added} added, 0 removed; done.\n"
            "Running hooks in /etc/ca-certificates/update.d...\ndone.\n"
        )
    return 0


# -- Apache, as Debian keeps it ------------------------------------------------------------------

_KINDS = {"mod": ("Module", "mods"), "site": ("Site", "sites"), "conf": ("Conf", "conf")}


def _apache(task: Task) -> int:
    """One program under six names."""
    return _disable(task) if task.name.startswith("a2dis") else _enable(task)


def _enable(task: Task) -> int:
    """a2enmod, a2ensite, a2enconf: a link from the available to the enabled."""
    title, folder = _KINDS[task.name.removeprefix("a2en")]
    disk = Disk(task)
    status = 0
    for name in task.args:
        files = tuple(_endings(disk, f"/etc/apache2/{folder}-available/{name}"))
        if name.startswith("-"):
            raise task.not_simulated(name)
        if not files:
            task.err(f"ERROR: {title} {name} does not exist!")
            status = 1
            continue
        if disk.exists(f"/etc/apache2/{folder}-enabled/{name}{files[0]}"):
            task.out(f"{title} {name} already enabled\n")
            continue
        for ending in files:
            there = f"../{folder}-available/{name}{ending}"
            disk.put(f"/etc/apache2/{folder}-enabled/{name}{ending}", Symlink(there))
        task.out(
            f"Enabling {title.lower()} {name}.\n"
            "To activate the new configuration, you need to run:\n  service apache2 restart\n"
        )
    return status


def _disable(task: Task) -> int:
    """a2dismod, a2dissite, a2disconf: the link goes."""
    title, folder = _KINDS[task.name.removeprefix("a2dis")]
    disk = Disk(task)
    status = 0
    for name in task.args:
        if name.startswith("-"):
            raise task.not_simulated(name)
        if not tuple(_endings(disk, f"/etc/apache2/{folder}-available/{name}")):
            task.err(f"ERROR: {title} {name} does not exist!")
            status = 1
            continue
        gone = [disk.remove(f"/etc/apache2/{folder}-enabled/{name}{e}") for e in _ENDINGS]
        task.out(
            f"{title} {name} disabled.\n"
            "To activate the new configuration, you need to run:\n  service apache2 restart\n"
            if any(gone)
            else f"{title} {name} already disabled\n"
        )
    return status


_ENDINGS = (".load", ".conf")


def _endings(disk: Disk, path: str) -> Iterator[str]:
    yield from (ending for ending in _ENDINGS if disk.exists(path + ending))


# -- PHP's extensions ----------------------------------------------------------------------------

_API = {"8.4": "20240924", "8.3": "20230831", "8.2": "20220829", "8.1": "20210902"}
_SIZES = {  # bytes of the compiled extension; others are about as large as an average one
    "gd": 560_000, "intl": 1_900_000, "mysqli": 510_000, "opcache": 1_600_000, "soap": 1_400_000,
    "pdo_mysql": 190_000, "pdo_pgsql": 180_000, "pgsql": 480_000, "zip": 170_000,
}  # fmt: skip
_AVERAGE = 150_000
_NEEDS = {  # the headers, by their package in Debian and in Alpine
    "bz2": ("libbz2-dev", "bzip2-dev"), "gd": ("libpng-dev", "libpng-dev"),
    "gmp": ("libgmp-dev", "gmp-dev"), "intl": ("libicu-dev", "icu-dev"),
    "ldap": ("libldap2-dev", "openldap-dev"), "mbstring": ("libonig-dev", "oniguruma-dev"),
    "pdo_pgsql": ("libpq-dev", "postgresql-dev"), "pgsql": ("libpq-dev", "postgresql-dev"),
    "soap": ("libxml2-dev", "libxml2-dev"), "xsl": ("libxslt1-dev", "libxslt-dev"),
    "zip": ("libzip-dev", "libzip-dev"),
}  # fmt: skip
_EXTENSIONS = frozenset(
    [
        "bcmath",
        "bz2",
        "calendar",
        "ctype",
        "curl",
        "dba",
        "dl_test",
        "dom",
        "enchant",
        "exif",
        "ffi",
        "fileinfo",
        "filter",
        "ftp",
        "gd",
        "gettext",
        "gmp",
        "iconv",
        "imap",
        "intl",
        "ldap",
        "mbstring",
        "mysqli",
        "oci8",
        "odbc",
        "opcache",
        "pcntl",
        "pdo",
        "pdo_dblib",
        "pdo_firebird",
        "pdo_mysql",
        "pdo_oci",
        "pdo_odbc",
        "pdo_pgsql",
        "pdo_sqlite",
        "pgsql",
        "phar",
        "posix",
        "pspell",
        "readline",
        "session",
        "shmop",
        "simplexml",
        "snmp",
        "soap",
        "sockets",
        "sodium",
        "standard",
        "sysvmsg",
        "sysvsem",
        "sysvshm",
        "tidy",
        "tokenizer",
        "xml",
        "xmlreader",
        "xmlwriter",
        "xsl",
        "zend_test",
        "zip",
    ]
)


def _php_configure(task: Task) -> int:
    name = task.args[0] if task.args else ""
    return 0 if _known(task, name) and _has_headers(task, name) else 1


def _php_install(task: Task) -> int:
    """docker-php-ext-install: compiled, placed, and enabled by a file in conf.d."""
    names = [word for word in task.args if not word.startswith("-")]
    if not names:
        task.err(f"usage: {task.name} [-jN] [--ini-name file.ini] ext-name [ext-name ...]")
        return 1
    if not all(_known(task, name) for name in names):
        return 1
    version = task.env.get("PHP_VERSION", "")
    api = _API.get(".".join(version.split(".")[:2]))
    if api is None:
        msg = f"for PHP {version}"
        raise task.not_simulated(msg)
    folder = f"/usr/local/lib/php/extensions/no-debug-non-zts-{api}"
    disk = Disk(task)
    for name in names:
        if not _has_headers(task, name):
            return 1
        head = b"\x7fELF"
        library = Content(head, _SIZES.get(name, _AVERAGE))
        disk.put(f"{folder}/{name}.so", File(library, 0o755))
        task.out(f"Installing shared extensions:     {folder}/\n")
        _enable_extension(task, disk, name)
    return 0


def _php_enable(task: Task) -> int:
    disk = Disk(task)
    for name in task.args:
        found = [
            path for path, _ in task.machine.fs.walk("/usr/local/lib/php")
            if path.endswith(f"/{name}.so")
        ]  # fmt: skip
        if not found:
            task.err(f"error: '{name}' does not exist")
            return 1
        _enable_extension(task, disk, name)
    return 0


def _enable_extension(task: Task, disk: Disk, name: str) -> None:
    word = "zend_extension" if name in ("opcache", "xdebug") else "extension"
    folder = task.env.get("PHP_INI_DIR", "/usr/local/etc/php")
    disk.write(f"{folder}/conf.d/docker-php-ext-{name}.ini", f"{word}={name}\n")


def _known(task: Task, name: str) -> bool:
    if name in _EXTENSIONS:
        return True
    task.err(f"error: /usr/src/php/ext/{name} does not exist")
    task.err(f"\nusage: {task.name} ext-name\n   ie: {task.name} gd")
    return False


def _has_headers(task: Task, name: str) -> bool:
    """Whether the library that an extension is built on is there; says so when it is not."""
    disk = Disk(task)
    debian, alpine = _NEEDS.get(name, ("", ""))
    if not debian:
        return True
    if f"\nPackage: {debian}\n" in "\n" + disk.text("/var/lib/dpkg/status"):
        return True
    if f"\nP:{alpine}\n" in "\n" + disk.text("/lib/apk/db/installed"):
        return True
    library = debian.removesuffix("-dev")
    task.out(f"configure: error: Package requirements ({library}) were not met:\n\n")
    task.out(f"Package '{library}', required by 'virtual:world', not found\n")
    return False


def _names(task: Task, folder: str) -> tuple[str, ...]:
    return task.machine.children(folder) if task.machine.node(folder) is not None else ()


COMMANDS: dict[str, Callable[[Task], int]] = {
    "update-ca-certificates": _update_ca_certificates,
    "a2enmod": _apache,
    "docker-php-ext-configure": _php_configure,
    "docker-php-ext-install": _php_install,
    "docker-php-ext-enable": _php_enable,
}
