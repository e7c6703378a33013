"""yum on CentOS 7, dnf on CentOS 8, rpm on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]


def test_tomcat_of_the_notes(room: Rooms) -> None:
    here = room("centos:7")
    said = here.ok("yum install -y tomcat")
    assert "Installed:\n  tomcat.noarch 0:7.0.76-16.el7_9" in said
    assert said.endswith("Complete!\n")
    assert here.ok("ls /usr/libexec/tomcat") == "functions\npreamble\nserver\n"
    assert here.ok("id -u tomcat") == "91\n"
    assert here.ok("rpm -q tomcat") == "tomcat-7.0.76-16.el7_9.noarch\n"


def test_tomcat_starts_and_waits_for_a_signal(room: Rooms) -> None:
    here = room("centos:7")
    here.ok("yum install -y -q tomcat")
    outcome = here.sh("exec /usr/libexec/tomcat/server start")
    assert outcome.exit_code is None
    assert b"Server startup in" in outcome.stderr
    assert "SIGTERM" in outcome.processes[0].handles


@pytest.mark.parametrize("image", ["centos:7", "centos:8"])
def test_metadata_stays_until_it_is_cleaned(room: Rooms, image: str) -> None:
    here = room(image)
    here.ok("yum install -y wget")
    assert here.exists("/usr/bin/wget")
    assert here.bytes_below("/var/cache") > 10_000_000
    here.ok("yum clean all")
    assert here.bytes_below("/var/cache") < 1_000


@pytest.mark.parametrize(
    ("image", "command", "status", "words"),
    [
        ("centos:7", "yum install -y nope", 1, "No package nope available.\nError: Nothing to do\n"),
        ("centos:7", "yum install wget", 1, "Is this ok [y/d/N]: Exiting on user command\n"),
        ("centos:7", "yum frob", 1, "No such command: frob. Please use /usr/bin/yum --help\n"),
        ("centos:7", "yum --frob install x", 1, "Command line error: no such option: --frob"),
        ("centos:7", "yum", 1, "You need to give some command"),
        ("centos:7", "rpm -q nope", 1, "package nope is not installed\n"),
        ("centos:7", "rpm -e glibc", 1, "error: Failed dependencies:"),
        ("centos:8", "yum install -y nope", 1,
         "No match for argument: nope\nError: Unable to find a match: nope\n"),
        ("centos:8", "dnf install wget", 1, "Is this ok [y/N]: Operation aborted.\n"),
        ("centos:8", "dnf frob", 1, "No such command: frob."),
    ],
)  # fmt: skip
def test_failures_in_their_own_words(
    room: Rooms, image: str, command: str, status: int, words: str
) -> None:
    found, said = room(image).fails(command)
    assert (found, words in said) == (status, True), said


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("centos:7", "You need to be root to perform this command.\n"),
        ("centos:8", "Error: This command has to be run with superuser privileges"),
    ],
)
def test_it_needs_root(room: Rooms, image: str, words: str) -> None:
    status, said = room(image).fails("yum install -y wget", user="nobody")
    assert (status, words in said) == (1, True), said


def test_what_is_there_is_not_installed_again(room: Rooms) -> None:
    said = room("centos:7").ok("yum install -y bash")
    assert "bash-4.2.46-34.el7.x86_64 already installed and latest version\nNothing to do\n" in said


@pytest.mark.parametrize("image", ["centos:7", "centos:8"])
def test_remove_takes_the_files_away(room: Rooms, image: str) -> None:
    here = room(image)
    here.ok("yum install -y wget; yum remove -y wget")
    assert not here.exists("/usr/bin/wget")
    assert here.fails("rpm -q wget")[0] == 1


def test_the_log_of_yum_has_a_line_for_each_package(room: Rooms) -> None:
    here = room("centos:7")
    here.ok("yum install -y wget")
    assert (
        here.text("/var/log/yum.log") == "Jan 15 09:00:00 Installed: wget-1.14-18.el7_6.1.x86_64\n"
    )
