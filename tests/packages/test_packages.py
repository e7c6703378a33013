"""Packages as text, their catalogues, and the databases that managers keep."""

from __future__ import annotations

import pytest

from course_lib.image.entries import Content, Directory, File, Node, Symlink
from course_lib.image.programs import program
from course_lib.packages import apkdb, dpkg, rpmdb
from course_lib.packages.catalogue import Catalogue, catalogue, closure
from course_lib.packages.manifest import read_entry
from course_lib.packages.package import Package, read_packages

TEXT = """# a comment
= tool 1.0-1 utils 30
: does things
< lib
+ extras
@ 1000
u tool 101:102 /srv /bin/false
p /usr/bin/tool 5000
l /usr/bin/t tool
= lib 2:1.0 libs 10
: helps
f /usr/lib/x86_64-linux-gnu/lib.so.1 9000
= extras 1 utils 1
< tool
"""
DISTRIBUTIONS = ("debian", "alpine", "alpine 3.6", "centos", "npm", "pypi")


@pytest.mark.parametrize(
    ("line", "path", "node"),
    [
        ("d /tmp mode=1777", "/tmp", Directory(0o1777)),  # noqa: S108 - in the manifest
        ("d /a", "/a", Directory(0o755)),
        ("p /usr/bin/ls 151344", "/usr/bin/ls", File(program("ls", 151344), 0o755)),
        ("p /bin/mawk 9 name=awk", "/bin/mawk", File(program("awk", 9), 0o755)),
        ("p /bin/su 50 mode=4755 owner=0:5", "/bin/su", File(program("su", 50), 0o4755, 0, 5)),
        ("f /lib/x.so 77", "/lib/x.so", File(Content(b"", 77))),
        ("l /bin/sh dash", "/bin/sh", Symlink("dash")),
        (r't /etc/hostname "a \"b\"\n"', "/etc/hostname", File(Content.of('a "b"\n'))),
        ('t /x "a=b c=d" mode=600', "/x", File(Content.of("a=b c=d"), 0o600)),
    ],
)
def test_a_line_says_what_stands_at_a_path(line: str, path: str, node: Node) -> None:
    assert read_entry(line) == (path, node)


@pytest.mark.parametrize("line", ["x /a", "l /a", "f /a", "p /a many", "t /a text", "d /a mode=9"])
def test_any_other_line_is_refused(line: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        read_entry(line)


def test_a_record_has_name_version_needs_files_and_accounts() -> None:
    tool, lib, extras = read_packages(TEXT)
    assert (tool.name, tool.version, tool.section, tool.installed) == ("tool", "1.0-1", "utils", 30)
    assert (tool.depends, tool.recommends, tool.packed) == (("lib",), ("extras",), 1000)
    assert tool.accounts == ("tool 101:102 /srv /bin/false",)
    assert tool.paths == ("/usr/bin/tool", "/usr/bin/t")
    assert lib.packed == 3072
    assert extras.lines == ()


@pytest.mark.parametrize(
    ("wanted", "installed", "recommended", "names"),
    [
        (["tool"], [], False, ["lib", "tool"]),
        (["tool"], [], True, ["lib", "extras", "tool"]),
        (["tool"], ["lib"], False, ["tool"]),
        (["tool"], ["tool"], True, []),
        (["nope"], [], True, []),
    ],
)
def test_what_a_package_needs_comes_first(
    wanted: list[str],
    installed: list[str],
    recommended: bool,  # noqa: FBT001 - a column
    names: list[str],
) -> None:
    found = closure(wanted, Catalogue([TEXT]), installed, recommended=recommended)
    assert [package.name for package in found] == names


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_every_record_of_a_catalogue_can_be_read(distribution: str) -> None:
    offered = catalogue(distribution)
    for name in offered:
        package = offered.get(name)
        assert package is not None
        assert package.name == name
        assert package.version
        assert all(path.startswith("/") for path in package.entries())


def test_the_database_of_apk_gives_back_what_it_got() -> None:
    tool = next(read_packages(TEXT))
    ((package, paths),) = apkdb.read_installed(apkdb.stanza(tool))
    assert (package.name, package.version, package.installed) == ("tool", "1.0-1", 30)
    assert (package.depends, paths) == (("lib",), tool.paths)


def test_the_database_of_rpm_gives_back_what_it_got() -> None:
    tool = next(read_packages(TEXT))
    ((package, paths),) = rpmdb.read_installed(rpmdb.stanza(tool) + "\0\0")
    assert (package.name, package.version, package.installed) == ("tool", "1.0-1", 30)
    assert (package.depends, paths, package.architecture) == (("lib",), tool.paths, "x86_64")


def test_the_database_of_dpkg_gives_back_what_it_got() -> None:
    tool = next(read_packages(TEXT))
    (fields,) = dpkg.read_status(dpkg.stanza(tool))
    assert (fields["Package"], fields["Version"]) == ("tool", "1.0-1")
    assert fields["Status"] == "install ok installed"
    assert dpkg.file_list(tool) == "/.\n/usr\n/usr/bin\n/usr/bin/tool\n/usr/bin/t\n"


@pytest.mark.parametrize(
    ("lines", "architecture"),
    [(("p /bin/x 1",), "amd64"), (("f /usr/share/x 1",), "all"), ((), "amd64")],
)
def test_the_architecture_follows_from_the_files(lines: tuple[str, ...], architecture: str) -> None:
    assert dpkg.architecture(Package("x", "1", lines=lines)) == architecture
