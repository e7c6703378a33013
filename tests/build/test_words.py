"""Small languages of the build: ports, --chmod, Go's print forms, destinations."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.build.chmod import Chmod
from course_lib.build.errors import InstructionError
from course_lib.build.gotext import duration, plain_list, quoted_list
from course_lib.build.operations import destination
from course_lib.build.paths import clean
from course_lib.build.ports import exposed_ports

CASES = Path(os.environ.get("COURSE_CASES", Path(__file__).parents[3] / "shared" / "cases"))


def ports_of(words: list[str]) -> tuple[list[str] | None, str | None]:
    try:
        return [port for word in words for port in exposed_ports(word)], None
    except InstructionError as error:
        return None, error.message


def test_buildkits_own_table_of_ports() -> None:
    path = CASES / "expose_ports.json"
    if not path.is_file():
        pytest.skip(f"the acceptance cases are not at {CASES}")
    for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
        found, error = ports_of(case.get("specs") or [case["spec"]])
        assert found == case["expect"], case
        assert error == case.get("full_error", case["error"]), case


@pytest.mark.parametrize(
    ("word", "error"),
    [
        ("http", "invalid containerPort: http"),
        ("80/http", 'invalid port: "80/http": invalid proto: http'),
        ("70000", "invalid containerPort: 70000"),
        ("90-80", "invalid containerPort: 90-80"),
        ("80-82:90-93", "invalid ranges specified for container and host Ports: 90-93 and 80-82"),
        ("x:80", "invalid hostPort: x"),
    ],
)
def test_a_word_that_is_no_port(word: str, error: str) -> None:
    assert ports_of([word]) == (None, error)


@pytest.mark.parametrize(
    ("text", "before", "file", "folder"),
    [
        ("755", 0o644, 0o755, 0o755),
        ("0", 0o644, 0, 0),
        ("4711", 0o644, 0o4711, 0o4711),
        ("u+x", 0o644, 0o744, 0o744),
        ("+x", 0o644, 0o755, 0o755),
        ("go-w,o=", 0o666, 0o640, 0o640),
        ("a=rX", 0o600, 0o444, 0o555),
        ("g=u", 0o640, 0o660, 0o660),
        ("u=rwx,go=rx", 0o600, 0o755, 0o755),
        ("u+s", 0o755, 0o4755, 0o4755),
        ("+t", 0o755, 0o1755, 0o1755),
    ],
)
def test_chmod_of_a_file_and_of_a_folder(text: str, before: int, file: int, folder: int) -> None:
    chmod = Chmod.parse(text)
    found = (chmod.applied(before, directory=False), chmod.applied(before, directory=True))
    assert found == (file, folder)


@pytest.mark.parametrize("text", ["999", "07778", "77777", "rwx", "u*x", "", "u+q"])
def test_chmod_refuses(text: str) -> None:
    with pytest.raises(InstructionError) as caught:
        Chmod.parse(text)
    assert caught.value.message == (
        f"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777"
    )


@pytest.mark.parametrize(
    ("nanoseconds", "printed"),
    [
        (0, "0s"),
        (1, "1ns"),
        (1_500, "1.5µs"),
        (500_000_000, "500ms"),
        (1_500_000_000, "1.5s"),
        (30_000_000_000, "30s"),
        (90_000_000_000, "1m30s"),
        (3_600_000_000_000, "1h0m0s"),
    ],
)
def test_a_duration_as_go_prints_it(nanoseconds: int, printed: str) -> None:
    assert duration(nanoseconds) == printed


def test_lists_as_go_prints_them() -> None:
    assert quoted_list(("sh", "-c", 'a "b"')) == r'["sh" "-c" "a \"b\""]'
    assert plain_list(("/a", "/b")) == "[/a /b]"
    assert quoted_list(()) == "[]"


@pytest.mark.parametrize(
    ("working_dir", "path", "absolute"),
    [
        ("/app", "x", "/app/x"),
        ("/app", "x/", "/app/x/"),
        ("/app", ".", "/app/"),
        ("/app", "./", "/app/"),
        ("/app", "..", "/"),
        ("/app", "/x/../y/", "/y/"),
        ("/app", "/x/.", "/x/."),
        ("", "x", "/x"),
        ("/", "/", "/"),
    ],
)
def test_a_destination_keeps_its_slash(working_dir: str, path: str, absolute: str) -> None:
    assert destination(working_dir, path) == absolute


@given(st.text(alphabet="ab./", max_size=12))
def test_a_cleaned_path_is_absolute_and_stays_inside(path: str) -> None:
    parts = clean(path).split("/")
    assert parts[0] == ""
    assert not {"..", "."} & set(parts)
    assert clean(clean(path)) == clean(path)
