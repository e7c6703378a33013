"""apt-get, apt and dpkg on Debian and Ubuntu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

DEBIANS = ("debian", "debian:12-slim", "ubuntu", "ubuntu:22.04")


@pytest.mark.parametrize("image", DEBIANS)
def test_without_lists_no_package_is_found(room: Rooms, image: str) -> None:
    status, said = room(image).fails("apt-get install -y curl")
    assert status == 100
    assert said.endswith("E: Unable to locate package curl\n")


@pytest.mark.parametrize("image", DEBIANS)
def test_update_leaves_lists_and_install_brings_the_program(room: Rooms, image: str) -> None:
    here = room(image)
    said = here.ok("apt-get update && apt-get install -y curl")
    assert here.bytes_below("/var/lib/apt/lists") > 15_000_000
    assert "Setting up curl (" in said
    assert here.ok("command -v curl") == "/usr/bin/curl\n"
    assert "Package: curl\nStatus: install ok installed\n" in here.text("/var/lib/dpkg/status")
    assert "/usr/bin/curl\n" in here.text("/var/lib/dpkg/info/curl.list")


def test_removing_the_lists_removes_what_is_known(room: Rooms) -> None:
    here = room("debian")
    here.ok("apt-get update && rm -rf /var/lib/apt/lists/*")
    assert here.fails("apt-get install -y tree")[0] == 100
    here.ok("apt-get update && apt-get install -y tree")


def test_archives_are_not_kept_where_docker_clean_is(room: Rooms) -> None:
    here = room("debian")
    here.ok("apt-get update && apt-get install -y curl")
    assert here.bytes_below("/var/cache/apt") == 0


def test_archives_are_kept_without_docker_clean(room: Rooms) -> None:
    here = room("debian")
    here.ok("rm /etc/apt/apt.conf.d/docker-clean; apt-get update && apt-get install -y curl")
    assert here.bytes_below("/var/cache/apt/archives") > 1_000_000
    here.ok("apt-get clean")
    assert here.bytes_below("/var/cache/apt") == 0


@pytest.mark.parametrize(
    ("options", "brings"),
    [("", True), ("--no-install-recommends", False), ("-o APT::Install-Recommends=false", False)],
)
def test_recommended_packages_come_unless_declined(room: Rooms, options: str, brings: bool) -> None:  # noqa: FBT001 - a column
    here = room("debian")
    here.ok(f"apt-get update && apt-get install -y {options} curl")
    assert here.exists("/etc/ssl/certs/ca-certificates.crt") == brings


@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        ("apt-get install -y nope", 100, "E: Unable to locate package nope"),
        ("apt-get install -y curl nope", 100, "E: Unable to locate package nope"),
        ("apt-get install -y curl=1.0", 100, "E: Version '1.0' for 'curl' was not found"),
        ("apt-get install curl", 1, "Do you want to continue? [Y/n] Abort.\n"),
        ("apt-get isntall curl", 100, "E: Invalid operation isntall"),
        ("apt-get --frob install curl", 100, "E: Command line option --frob is not understood"),
        ("apt-get remove -y nope", 100, "E: Unable to locate package nope"),
        ("apt-get install -y ./x.deb", 100, "E: Unsupported file ./x.deb given on commandline"),
        ("dpkg -L nope", 1, "dpkg-query: package 'nope' is not installed"),
        ("dpkg -s nope", 1, "dpkg-query: package 'nope' is not installed and no information"),
        ("dpkg -r libc6", 1, "dpkg: dependency problems prevent removal of libc6:"),
    ],
)
def test_failures_in_apts_own_words(room: Rooms, command: str, status: int, words: str) -> None:
    here = room("debian")
    here.ok("apt-get update")
    found, said = here.fails(command)
    assert (found, words in said) == (status, True), said


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("apt-get update", "/var/lib/apt/lists/partial"),
        ("apt-get install -y curl", "are you root?"),
        ("apt-get clean", "Permission denied"),
        ("dpkg -r sed", "requires superuser privilege"),
    ],
)
def test_it_needs_root(room: Rooms, command: str, words: str) -> None:
    _, said = room("debian").fails(command, user="nobody")
    assert words in said


def test_an_answer_on_stdin_counts(room: Rooms) -> None:
    here = room("debian")
    here.ok("apt-get update; echo y | apt-get install curl")
    assert here.exists("/usr/bin/curl")


def test_what_is_there_is_not_installed_again(room: Rooms) -> None:
    here = room("debian")
    here.ok("apt-get update; apt-get install -y tree")
    said = here.ok("apt-get install -y tree")
    assert "tree is already the newest version (" in said
    assert "0 upgraded, 0 newly installed" in said


def test_purge_with_auto_remove_takes_what_came_along(room: Rooms) -> None:
    here = room("debian")
    before = dict(here.files.walk("/usr"))
    install = "apt-get install -y --no-install-recommends curl"
    here.ok(f"apt-get update; {install}; apt-get purge -y --auto-remove curl")
    assert {path for path, _ in here.files.walk("/usr")} - set(before) == set()
    assert "Package: libcurl4\n" not in here.text("/var/lib/dpkg/status")


def test_remove_leaves_what_came_along(room: Rooms) -> None:
    here = room("debian")
    said = here.ok("apt-get update -qq; apt-get install -y curl >/dev/null; apt-get remove -y curl")
    assert "no longer required" in said
    assert not here.exists("/usr/bin/curl")
    assert "Package: libcurl4\n" in here.text("/var/lib/dpkg/status")


def test_slim_images_get_no_documentation(room: Rooms) -> None:
    whole, slim = room("debian"), room("debian:12-slim")
    for here in (whole, slim):
        here.ok("apt-get update -qq; apt-get install -y -qq git")
    assert whole.exists("/usr/share/man/man1/git.1.gz") or whole.bytes_below("/usr/share/man") > 0
    assert slim.bytes_below("/usr/share/man") == 0


def test_accounts_of_a_package_are_made(room: Rooms) -> None:
    here = room("debian")
    here.ok("apt-get update -qq; apt-get install -y -qq redis-server")
    assert here.ok("id -un redis") == "redis\n"


def test_qq_says_nothing(room: Rooms) -> None:
    assert room("debian").ok("apt-get update -qq") == ""


def test_apt_warns_about_scripts(room: Rooms) -> None:
    outcome = room("debian").sh("apt update")
    assert b"apt does not have a stable CLI interface" in outcome.stderr
    assert outcome.stdout.endswith(b"All packages are up to date.\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("dpkg --print-architecture", "amd64\n"),
        ("dpkg -S /usr/bin/ls", "coreutils: /usr/bin/ls\n"),
        ("dpkg-query -W -f='${Package}\\n' dash", "dash\n"),
        ("dpkg -l dash | grep -c ^ii", "1\n"),
    ],
)
def test_questions_to_dpkg(room: Rooms, command: str, said: str) -> None:
    assert room("debian").ok(command) == said


def test_two_runs_make_the_same_files(room: Rooms) -> None:
    first, second = room("debian"), room("debian")
    for here in (first, second):
        here.ok("apt-get update && apt-get install -y git nginx")
    assert first.files.changes().diff_id == second.files.changes().diff_id
