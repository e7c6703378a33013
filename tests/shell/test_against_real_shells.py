"""Every script of scripts/ does in the simulation what it does in a real shell.

scripts/*.txt run in dash with coreutils, scripts/bash/*.txt in bash, scripts/busybox/*.txt in
busybox ash with its applets, scripts/both/*.txt in dash and in busybox.

Compared are the exit status, stdout, stderr and the files left in the working folder. A script
begins after a line `=== name`; `=== name (stderr differs)` leaves stderr out of the comparison.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

import course_lib
from course_lib.image.entries import Directory, File, Node, Symlink
from tests.oracles import absent
from tests.shell.tables import Script, scripts
from tests.shell.world import World, said

_DIFFERENCES = {
    entry["id"]
    for entry in tomllib.loads(
        (Path(course_lib.__file__).parent / "differences.toml").read_text(encoding="utf-8")
    )["difference"]
}
_ARCHIVES = (".tar", ".gz", ".tgz", ".txz", ".xz", ".bz2", ".tbz", ".zip")  # they hold times


def _real_files(folder: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        mode = path.lstat().st_mode & 0o7777
        if path.is_symlink():
            found[name] = ("link", str(path.readlink()))
        elif path.is_dir():
            found[name] = ("directory", mode)
        else:
            content = b"packed" if name.endswith(_ARCHIVES) else path.read_bytes()
            found[name] = ("file", mode, content)
    return found


def _simulated_files(world: World, folder: str = "/w") -> dict[str, object]:
    found: dict[str, object] = {}
    for name in world.files.children(folder):
        path = f"{folder}/{name}"
        node = world.files.get(path)
        assert node is not None
        found[path.removeprefix("/w/")] = _described(path, node)
        if isinstance(node, Directory):
            found |= _simulated_files(world, path)
    return found


def _described(path: str, node: Node) -> object:
    if isinstance(node, Symlink):
        return ("link", node.target)
    if isinstance(node, File):
        content = b"packed" if path.endswith(_ARCHIVES) else node.content.data
        return ("file", node.mode, content)
    return ("directory", node.mode)


def _compare(  # noqa: PLR0913 - both sides of the comparison
    script: Script,
    program: Path,
    argv: list[str],
    world: World,
    folder: Path,
    *,
    path: str = "/usr/bin:/bin",
) -> None:
    env = {"PATH": path, "HOME": "/root", "LC_ALL": "C"}
    real = subprocess.run(
        [*confined(folder), str(program), *argv, "-c", script.text],
        cwd=folder, env=env, capture_output=True, stdin=subprocess.DEVNULL,
        timeout=20, check=False, umask=0o022,
    )  # fmt: skip
    outcome = world.run(argv[-1], "-c", script.text, env={"LC_ALL": "C"})

    status, out, err = said(outcome)
    expected = (real.returncode, real.stdout.decode("utf-8", "backslashreplace"))
    if script.differs:
        assert script.differs in _DIFFERENCES
        words = real.stderr.decode("utf-8", "backslashreplace")
        assert (status, out, err) != (*expected, words), "the difference is gone: take it out"
        return
    assert outcome.unsupported is None
    assert (status, out) == expected
    if script.compares_stderr:
        assert err == real.stderr.decode("utf-8", "backslashreplace")
    assert _simulated_files(world) == _real_files(folder)


# All of the machine is read-only but the folder and /tmp; then "$2" runs under the name "$3".
_CONFINE = """
mount --bind /tmp /tmp && mount --bind "$1" "$1" && mount -o remount,bind,ro / && cd "$1" || exit 125
name=$3 program=$2
shift 3
exec -a "$name" "$program" "$@"
"""
_PLAIN = 'name=$2 program=$1; shift 2; exec -a "$name" "$program" "$@"'


@cache
def _may_confine() -> bool:
    """Whether we may have mounts of our own: as root, where the sandbox lets us."""
    if os.geteuid() != 0:
        return False
    return (
        subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    )


def confined(folder: Path) -> list[str]:
    """The words before a program and its argv, so that root's scripts write in `folder` and /tmp only."""
    bash = str(_program("bash"))
    if _may_confine():
        return ["/usr/bin/unshare", "-m", bash, "-c", _CONFINE, "confined", str(folder)]
    return [bash, "-c", _PLAIN, "plain"]


def test_a_real_shell_cannot_write_to_the_machine(dash: Path, tmp_path: Path) -> None:
    if not _may_confine():
        pytest.skip("not root, or no mounts of our own here")
    script = "echo x > /usr/course-test; echo y > here; echo $0"

    done = subprocess.run(
        [*confined(tmp_path), str(dash), "dash", "-c", script],
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.stdout == "dash\n"
    assert "Read-only file system" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["here"]


def _program(name: str) -> Path:
    found = shutil.which(name)
    if found is None:
        absent(name, f"{name} is not on PATH")
    return Path(found)


@pytest.mark.parametrize("script", [*scripts(), *scripts("both")], ids=lambda script: script.name)
def test_a_script_does_what_dash_does(script: Script, dash: Path, tmp_path: Path) -> None:
    _compare(script, dash, ["dash"], World(), tmp_path)


@pytest.mark.parametrize("script", scripts("bash"), ids=lambda script: script.name)
def test_a_script_does_what_bash_does(script: Script, tmp_path: Path) -> None:
    _compare(script, _program("bash"), ["bash"], World("bash"), tmp_path)


@pytest.fixture(scope="session")
def applets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a link to busybox for each of its applets: what Alpine's /bin is."""
    busybox = _program("busybox")
    folder = tmp_path_factory.mktemp("applets")
    subprocess.run([busybox, "--install", "-s", folder], check=True)
    return folder


@pytest.mark.parametrize(
    "script", [*scripts("busybox"), *scripts("both")], ids=lambda script: script.name
)
def test_a_script_does_what_busybox_does(script: Script, applets: Path, tmp_path: Path) -> None:
    busybox = applets / "busybox"
    world = World("busybox")
    _compare(script, busybox, ["busybox", "sh"], world, tmp_path, path=str(applets))


def test_there_are_many_scripts_with_names_of_their_own() -> None:
    for folder, least in ((".", 250), ("bash", 20), ("busybox", 20)):
        names = [script.name for script in scripts(folder)]
        assert len(names) >= least
        assert len(names) == len(set(names))


_OUTSIDE = re.compile(
    r">\|?\s*/(?!none|dev/|\s|;)|\b(?:user|group)(?:add|mod|del)\b|\b(?:add|del)(?:user|group)\b"
    r"|\bchpasswd\b|\bgpasswd\b|\bkillall\b|\bpkill\b",
)


@pytest.mark.parametrize("folder", [".", "bash", "busybox", "both"])
def test_no_script_changes_what_lies_outside_of_its_folder(folder: str) -> None:
    """The real shells run as whoever runs the tests: a script must not reach that machine."""
    assert [script.name for script in scripts(folder) if _OUTSIDE.search(script.text)] == []


@pytest.mark.parametrize(
    "script", ["echo x > /etc/passwd", "true >| /a", "useradd q", "echo a:b | chpasswd"]
)
def test_a_script_that_would_reach_the_machine_is_seen(script: str) -> None:
    assert _OUTSIDE.search(script)


def test_each_difference_of_the_shell_is_shown_by_a_script() -> None:
    shown = {one.differs for folder in (".", "busybox") for one in scripts(folder)}
    assert {name for name in _DIFFERENCES if name.startswith("shell-")} <= shown
