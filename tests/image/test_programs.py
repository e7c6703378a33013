"""Programs are known by their bytes."""

from __future__ import annotations

import pytest

from course_lib.image.entries import Content
from course_lib.image.programs import program, program_name

_ELF = b"\x7fELF\x02\x01\x01\x03" + bytes(40)
_BANNER = b"BusyBox v1.36.1 (2024-05-01 10:00:00 UTC)\0"
_USAGE = b" multi-call binary.\n"


@pytest.mark.parametrize("name", ["busybox", "ls", "python3"])
def test_a_simulated_program_says_its_name(name: str) -> None:
    assert program_name(program(name, 5000)) == name


def test_a_real_busybox_is_known_by_its_banner_and_its_usage() -> None:
    assert program_name(Content.of(_ELF + _USAGE + bytes(9) + _BANNER)) == "busybox"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        _ELF,
        _ELF + _BANNER,
        _ELF + _USAGE,
        _BANNER + _USAGE,
        b"#!/bin/sh\n# " + _BANNER + _USAGE,
    ],
)
def test_other_bytes_are_no_program_that_is_known(data: bytes) -> None:
    assert program_name(Content.of(data)) is None
