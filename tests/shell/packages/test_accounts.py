"""Accounts that go and change: deluser, delgroup, groupmod, chage; and file, which looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

ALPINE, DEBIAN = "alpine:3.19", "debian:12"
MAKE = {
    ALPINE: "addgroup -g 1500 team; adduser -D ann; adduser ann team; ",
    DEBIAN: "groupadd -g 1500 team; useradd -m -G team ann; ",
}


@pytest.mark.parametrize(
    ("image", "script", "output"),
    [
        (ALPINE, "deluser ann; grep -c -e ann /etc/passwd /etc/shadow /etc/group",
         "/etc/passwd:0\n/etc/shadow:0\n/etc/group:0\n"),
        (ALPINE, "deluser ann team; grep team /etc/group; id -un ann", "team:x:1500:\nann\n"),
        (ALPINE, "deluser ann; ls /home; adduser -D bob; deluser --remove-home bob; ls /home", "ann\nann\n"),
        (ALPINE, "delgroup team; grep -c team /etc/group", "0\n"),
        (DEBIAN, "deluser ann; grep -c ann /etc/passwd", "Removing user `ann' ...\nDone.\n0\n"),
        (DEBIAN, "deluser --quiet --remove-home ann; ls /home", ""),
        (DEBIAN, "deluser ann team; grep team /etc/group",
         "Removing user `ann' from group `team' ...\nDone.\nteam:x:1500:\n"),
        (DEBIAN, "delgroup team; grep -c team /etc/group", "Removing group `team' ...\nDone.\n0\n"),
        (DEBIAN, "deluser --system nobodyatall", ""),
        (DEBIAN, "groupmod -g 1600 -n crew team; grep 1600 /etc/group", "crew:x:1600:ann\n"),
        (DEBIAN, "groupmod -g 1600 ann; id ann", "uid=1000(ann) gid=1600(ann) groups=1600(ann),1500(team)\n"),
        (DEBIAN, "chage -M 90 -E 2024-02-01 ann; grep ann /etc/shadow | cut -d: -f5,8", "90:19754\n"),
        (DEBIAN, "chage -M -1 -d 0 ann; grep ann /etc/shadow | cut -d: -f3,5", "0:\n"),
        (DEBIAN, ("apt-get update -qq; apt-get install -y -qq file >/dev/null; cd /tmp; "
         "printf '#!/bin/sh\\n' > s; echo h > t; printf ab > n; : > e; ln -s t l; ln -s x b; file s t n e l b /tmp x"),
         ("s:    POSIX shell script, ASCII text executable\nt:    ASCII text\n"
          "n:    ASCII text, with no line terminators\ne:    empty\nl:    symbolic link to t\n"
          "b:    broken symbolic link to x\n/tmp: sticky, directory\n"
          "x:    cannot open `x' (No such file or directory)\n")),
    ],
)  # fmt: skip
def test_accounts_change(room: Rooms, image: str, script: str, output: str) -> None:
    here = room(image)
    here.ok(MAKE[image])
    outcome = here.sh(script)
    assert outcome.unsupported is None
    assert outcome.stdout.decode() == output


@pytest.mark.parametrize(
    ("image", "script", "failure"),
    [
        (ALPINE, "deluser bob", (1, "deluser: unknown user bob\n")),
        (ALPINE, "delgroup crew", (1, "delgroup: unknown group crew\n")),
        (ALPINE, "delgroup ann", (1, "delgroup: 'ann' still has 'ann' as their primary group!\n")),
        (ALPINE, "date -d yesterday", (1, "date: invalid date 'yesterday'\n")),
        (DEBIAN, "deluser bob", (2, "deluser: The user `bob' does not exist.\n")),
        (DEBIAN, "delgroup crew", (3, "delgroup: The group `crew' does not exist.\n")),
        (DEBIAN, "deluser ann ann", (7, "deluser: You may not remove the user from their primary group.\n")),
        (DEBIAN, "deluser ann games", (6, "deluser: The user `ann' is not a member of group `games'.\n")),
        (DEBIAN, "groupmod -g 1 crew", (6, "groupmod: group 'crew' does not exist\n")),
        (DEBIAN, "groupmod -g 0 team", (4, "groupmod: GID '0' already exists\n")),
        (DEBIAN, "groupmod -n root team", (9, "groupmod: group 'root' already exists\n")),
        (DEBIAN, "chage -M 1 bob", (1, "chage: user 'bob' does not exist in /etc/passwd\n")),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_says_why(
    room: Rooms, image: str, script: str, failure: tuple[int, str]
) -> None:
    here = room(image)
    here.ok(MAKE[image])
    assert here.fails(script) == failure
