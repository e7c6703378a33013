"""pip and virtual environments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

SITE = "/usr/local/lib/python3.12/site-packages"
PYTHONS = ("python", "python:3.12-slim", "python:3.12-alpine")


@pytest.mark.parametrize("image", PYTHONS)
def test_install_brings_dependencies_and_commands(room: Rooms, image: str) -> None:
    here = room(image)
    said = here.ok("pip install flask")
    assert "Successfully installed Jinja2-3.1.2 MarkupSafe-2.1.3 " in said.replace(
        "blinker-1.7.0 click-8.1.7 flask-3.0.0 itsdangerous-2.1.2 ", ""
    )
    assert here.exists(f"{SITE}/werkzeug/__init__.py")
    assert here.ok("command -v flask") == "/usr/local/bin/flask\n"


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("pip install requests", True),
        ("pip install --no-cache-dir requests", False),
        ("PIP_NO_CACHE_DIR=1 pip install requests", False),
        ("PIP_NO_CACHE_DIR=off pip install requests", True),
    ],
)
def test_archives_stay_in_the_cache_unless_declined(room: Rooms, command: str, kept: bool) -> None:  # noqa: FBT001 - a column
    here = room("python:3.12-slim")
    here.ok(command)
    assert (here.bytes_below("/root/.cache/pip") > 0) == kept


@pytest.mark.parametrize(
    ("lines", "frozen"),
    [
        ("six\n", "six==1.16.0\n"),
        ("six==1.15.0\n", "six==1.15.0\n"),
        ("# a comment\n\nSix ; python_version > '3'  # another\n", "six==1.16.0\n"),
        ("six>=1.10,<2\n", "six==1.16.0\n"),
        ("six<1.16\n", "six==1.15.9\n"),
        ("idna==3.7\n", "idna==3.7\n"),
        ("idna>=3.7\n", "idna==3.7\n"),
        ("uvicorn[standard]==0.25.0\n", "click==8.1.7\nh11==0.14.0\nuvicorn==0.25.0\n"),
        ("-r more.txt\n", "idna==3.6\n"),
    ],
)
def test_requirements(room: Rooms, lines: str, frozen: str) -> None:
    here = room("python:3.12-slim")
    quoted = lines.replace("'", "'\\''")
    here.ok(f"printf '%s' '{quoted}' > r.txt; echo idna > more.txt; pip install -q -r r.txt")
    assert here.ok("pip freeze") == frozen


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("pip install nope",
         ("ERROR: Could not find a version that satisfies the requirement nope (from versions: none)\n"
         "ERROR: No matching distribution found for nope\n")),
        ("pip install flask==99",
         "ERROR: Could not find a version that satisfies the requirement flask==99 (from versions: "),
        ("pip install -r nope.txt",
         "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'nope.txt'"),
        ("pip install", "ERROR: You must give at least one requirement to install"),
        ("pip frob", 'ERROR: unknown command "frob"'),
        ("pip install 'a b'", "ERROR: Invalid requirement: 'a b'"),
        ("mkdir x; pip install ./x", "is not installable. Neither 'setup.py' nor 'pyproject.toml' found"),
        ("pip install --frob x", "no such option: --frob"),
    ],
)  # fmt: skip
def test_failures_in_pips_own_words(room: Rooms, command: str, words: str) -> None:
    _, said = room("python:3.12-slim").fails(command)
    assert words in said


def test_a_failed_install_changes_nothing(room: Rooms) -> None:
    here = room("python:3.12-slim")
    here.fails("pip install flask nope")
    assert here.files.diff() == ()


def test_a_user_without_rights_is_told_so(room: Rooms) -> None:
    _, said = room("python:3.12-slim").fails("pip install flask", user="nobody")
    assert "[Errno 13] Permission denied: '/usr/local/lib/python3.12/site-packages'" in said


def test_root_is_warned(room: Rooms) -> None:
    here = room("python:3.12-slim")
    assert b"WARNING: Running pip as the 'root' user" in here.sh("pip install six").stderr
    assert here.sh("pip install --root-user-action=ignore idna").stderr == b""


@pytest.mark.parametrize("image", ["debian", "ubuntu"])
def test_a_distributions_python_is_externally_managed(room: Rooms, image: str) -> None:
    here = room(image)
    here.ok("apt-get update -qq; apt-get install -y -qq python3-pip python3-venv")
    status, said = here.fails("pip install flask")
    assert (status, "error: externally-managed-environment" in said) == (1, True)
    here.ok("pip install --break-system-packages flask")
    here.ok("python3 -m venv /venv && /venv/bin/pip install requests")
    assert here.exists("/venv/lib/python3.11/site-packages/requests/__init__.py")


def test_a_virtual_environment_is_separate(room: Rooms) -> None:
    here = room("python:3.12-slim")
    here.ok("python -m venv /v; . /v/bin/activate; pip install -q gunicorn")
    assert here.exists("/v/bin/gunicorn")
    assert not here.exists("/usr/local/bin/gunicorn")
    assert here.ok("pip freeze") == ""


def test_uninstall_takes_the_files_away(room: Rooms) -> None:
    here = room("python:3.12-slim")
    here.ok("pip install -q gunicorn; pip uninstall -y gunicorn")
    assert not here.exists("/usr/local/bin/gunicorn")
    assert here.ok("pip freeze") == "packaging==23.2\n"


def test_python_says_its_version_and_runs_no_programs(room: Rooms) -> None:
    here = room("python:3.12-slim")
    assert here.ok("python --version") == "Python 3.12.1\n"
    assert here.fails("python nope.py")[0] == 2
    assert here.sh("echo > a.py; python a.py").unsupported is not None
