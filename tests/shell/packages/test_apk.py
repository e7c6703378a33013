"""apk on Alpine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]


def test_no_cache_leaves_no_index(room: Rooms) -> None:
    here = room("alpine")
    said = here.ok("apk add --no-cache curl")
    assert said.startswith("fetch https://dl-cdn.alpinelinux.org/alpine/v3.19/main/")
    assert "Installing curl (8.5.0-r0)\n" in said
    assert here.bytes_below("/var/cache/apk") == 0
    assert here.ok("command -v curl") == "/usr/bin/curl\n"


def test_without_no_cache_the_indices_stay(room: Rooms) -> None:
    here = room("alpine")
    here.ok("apk add curl")
    assert here.bytes_below("/var/cache/apk") > 2_000_000


def test_apk_of_3_6_wants_an_update_first(room: Rooms) -> None:
    here = room("alpine:3.6")
    status, said = here.fails("apk add git")
    assert status == 1
    assert "WARNING: Ignoring APKINDEX." in said
    assert said.endswith(
        "ERROR: unsatisfiable constraints:\n  git (missing):\n    required by: world[git]\n"
    )
    here.ok("apk update && apk add git")


def test_the_world_and_the_database_know_a_package(room: Rooms) -> None:
    here = room("alpine")
    here.ok("apk add --no-cache bash")
    assert here.text("/etc/apk/world").split()[-1] == "bash"
    assert "P:bash\nV:5.2.21-r0\n" in here.text("/lib/apk/db/installed")


def test_a_virtual_package_takes_all_away_again(room: Rooms) -> None:
    here = room("alpine")
    before = {path for path, _ in here.files.walk("/usr")}
    here.ok("apk add --no-cache --virtual .build-deps gcc musl-dev make")
    assert here.exists("/usr/bin/gcc")
    assert ".build-deps" in here.text("/etc/apk/world").split()
    here.ok("apk del .build-deps")
    assert {path for path, _ in here.files.walk("/usr")} == before
    assert ".build-deps" not in here.text("/etc/apk/world")


def test_what_another_package_needs_stays(room: Rooms) -> None:
    here = room("alpine")
    said = here.ok("apk add --no-cache -q curl ca-certificates; apk del ca-certificates")
    assert "not removed due to:\n  ca-certificates: " in said
    assert here.exists("/usr/sbin/update-ca-certificates")


@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        ("apk add --no-cache nope", 1,
         "ERROR: unable to select packages:\n  nope (no such package):\n    required by: world[nope]\n"),
        ("apk add --no-cache curl=1", 1, "  curl-8.5.0-r0:\n    breaks: world[curl=1]\n"),
        ("apk del nope", 1, "ERROR: No such package: nope\n"),
        ("apk frob", 1, "ERROR: 'frob' is not an apk command. See 'apk --help'.\n"),
        ("apk add --frob", 1, "apk: unrecognized option: frob\n"),
    ],
)  # fmt: skip
def test_failures_in_apks_own_words(room: Rooms, command: str, status: int, words: str) -> None:
    found, said = room("alpine").fails(command)
    assert (found, words in said) == (status, True), said


def test_a_failed_add_changes_nothing(room: Rooms) -> None:
    here = room("alpine")
    here.fails("apk add --no-cache curl nope")
    assert here.files.diff() == ()


def test_it_needs_root(room: Rooms) -> None:
    assert room("alpine").fails("apk add curl", user="nobody") == (
        99,
        (
            "ERROR: Unable to lock database: Permission denied\n"
            "ERROR: Failed to open apk database: Permission denied\n"
        ),
    )


def test_a_pinned_version_that_is_there_is_installed(room: Rooms) -> None:
    assert "Installing curl" in room("alpine").ok("apk add --no-cache curl=8.5.0-r0 'git~2'")


def test_an_account_is_made(room: Rooms) -> None:
    here = room("alpine")
    here.ok("apk add --no-cache -q nginx")
    assert here.ok("id -un nginx") == "nginx\n"


def test_info_lists_what_is_installed(room: Rooms) -> None:
    here = room("alpine")
    assert "musl\n" in here.ok("apk info")
    assert here.sh("apk info -e curl").exit_code == 1
    assert here.ok("apk info -e musl") == "musl\n"
