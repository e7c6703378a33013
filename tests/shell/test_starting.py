"""Starting a process: PATH, permissions, users, interpreters; runc's words when it fails."""

from __future__ import annotations

import pytest

from course_lib.image.entries import Content, Directory, File, Symlink
from course_lib.image.programs import program
from course_lib.shell import ExecFailure
from tests.shell.world import World, said


def _world() -> World:
    world = World()
    world.write("/w/data", "hello\n")
    world.write("/w/script", "#!/bin/sh\necho script $1\n", 0o755)
    world.write("/w/plain", "echo plain\n", 0o755)
    world.write("/w/lost", "#!/nowhere/sh\n", 0o755)
    world.files.put("/w/unknown", File(program("frobnicate", 500), 0o755))
    world.files.put("/w/real", File(Content.of(b"\x7fELF\x02\x01\x01\0real"), 0o755))
    world.files.put("/w/folder", Directory())
    return world


@pytest.mark.parametrize(
    ("argv", "message", "exit_code"),
    [
        (("foo",), 'exec: "foo": executable file not found in $PATH', 127),
        (("echo hi",), 'exec: "echo hi": executable file not found in $PATH', 127),
        (("/foo",), 'exec: "/foo": stat /foo: no such file or directory', 127),
        (("/w/data",), 'exec: "/w/data": permission denied', 126),
        (("/w/folder",), 'exec: "/w/folder": is a directory', 126),
        (("./data",), 'exec: "./data": permission denied', 126),
    ],
    ids=str,
)
def test_what_cannot_be_started(argv: tuple[str, ...], message: str, exit_code: int) -> None:
    with pytest.raises(ExecFailure) as caught:
        _world().run(*argv)
    assert (str(caught.value), caught.value.exit_code) == (message, exit_code)


@pytest.mark.parametrize(
    ("argv", "result"),
    [
        (("echo", "hi"), (0, "hi\n", "")),
        (("/bin/echo", "hi"), (0, "hi\n", "")),
        (("/w/script", "x"), (0, "script x\n", "")),
        (("./script",), (0, "script\n", "")),
        (("/w/plain",), (255, "", "exec /w/plain: exec format error\n")),
        (("/w/lost",), (255, "", "exec /w/lost: no such file or directory\n")),
    ],
    ids=str,
)
def test_what_is_started(argv: tuple[str, ...], result: tuple[int, str, str]) -> None:
    assert said(_world().run(*argv)) == result


def test_a_copied_program_is_still_that_program() -> None:
    assert said(World().sh("cp /bin/echo e; ./e hi"))[:2] == (0, "hi\n")


def test_a_program_that_is_not_there_is_not_simulated_behind_its_back() -> None:
    world = World()
    assert said(world.sh("rm /bin/ls; ls")) == (127, "", "sh: 1: ls: not found\n")


@pytest.mark.parametrize("path", ["/w/unknown", "/w/real"])
def test_a_program_that_is_not_simulated_says_so_with_its_line(path: str) -> None:
    outcome = _world().sh(f"true\n{path} || true\necho never")
    assert outcome.exit_code == 2
    assert outcome.stdout == b""
    assert outcome.unsupported is not None
    assert outcome.unsupported.en.startswith("line 2: ")
    assert outcome.unsupported.zh.startswith("第 2 行：")


@pytest.mark.parametrize(
    ("user", "ids"),
    [
        ("", "0 0 0"),
        ("root", "0 0 0"),
        ("app", "1000 1000 1000 2000"),
        ("1000", "1000 1000 1000 2000"),
        ("4242", "4242 0 0"),
        ("4242:7", "4242 7 7"),
        ("app:extra", "1000 2000 2000"),
        ("app:0", "1000 0 0"),
    ],
)
def test_users_are_resolved_in_the_file_system(user: str, ids: str) -> None:
    outcome = World().sh("echo $(id -u) $(id -g) $(id -G)", user=user)
    assert outcome.stdout.decode() == ids + "\n"


@pytest.mark.parametrize(
    ("user", "message"),
    [
        ("nobody", "unable to find user nobody: no matching entries in passwd file"),
        ("app:none", "unable to find group none: no matching entries in group file"),
    ],
)
def test_an_unknown_user_is_an_error_of_the_daemon(user: str, message: str) -> None:
    with pytest.raises(ExecFailure, match=message):
        World().sh("true", user=user)


@pytest.mark.parametrize(
    ("script", "err"),
    [
        ("echo a > /f", "sh: 1: cannot create /f: Permission denied\n"),
        ("cat /etc/secret", "cat: /etc/secret: Permission denied\n"),
        ("mkdir /d", "mkdir: cannot create directory '/d': Permission denied\n"),
        ("rm /etc/passwd", "rm: cannot remove '/etc/passwd': Permission denied\n"),
        ("touch /etc/passwd", "touch: setting times of '/etc/passwd': Permission denied\n"),
        ("chmod 777 /etc", "chmod: changing permissions of '/etc': Operation not permitted\n"),
        ("chown app /etc", "chown: changing ownership of '/etc': Operation not permitted\n"),
        ("ls /root", "ls: cannot open directory '/root': Permission denied\n"),
        ("cd /root", "sh: 1: cd: can't cd to /root\n"),
        ("rm /pub/of-root", "rm: cannot remove '/pub/of-root': Operation not permitted\n"),
    ],
    ids=lambda value: value,
)
def test_a_user_is_refused_where_linux_refuses(script: str, err: str) -> None:
    world = World()
    world.write("/etc/secret", "x", 0o600)
    world.write("/pub/of-root", "x")
    world.files.put("/root", Directory(0o700))
    outcome = world.sh(script, user="app")
    assert outcome.exit_code not in {0, None}
    assert outcome.stderr.decode() == err


@pytest.mark.parametrize(
    "script",
    ["echo a > /pub/f", "echo a > ~/f", "mkdir /home/app/d", "cat /etc/passwd", "id", "ls /w"],
)
def test_a_user_may_do_what_is_his_to_do(script: str) -> None:
    outcome = World().run("sh", "-c", script, user="app", env={"HOME": "/home/app"})
    assert (outcome.exit_code, outcome.stderr) == (0, b"")


def test_a_file_belongs_to_the_user_that_makes_it() -> None:
    world = World()
    world.sh("echo a > /pub/f; mkdir /pub/d", user="app:extra")
    made = [world.files.get(path) for path in ("/pub/f", "/pub/d")]
    assert [
        (node.uid, node.gid, node.mode) for node in made if not isinstance(node, Symlink | None)
    ] == [
        (1000, 2000, 0o644),
        (1000, 2000, 0o755),
    ]


def test_a_working_folder_that_is_not_there() -> None:
    with pytest.raises(ExecFailure, match="chdir to cwd"):
        World().run("pwd", cwd="/none")


def test_output_keeps_the_order_of_both_streams() -> None:
    outcome = World().sh("echo a; echo b >&2; echo c")
    assert [(chunk.fd, chunk.data) for chunk in outcome.output] == [
        (1, b"a\n"),
        (2, b"b\n"),
        (1, b"c\n"),
    ]


def test_standard_input_is_what_the_process_was_given() -> None:
    assert (
        World().run("sh", "-c", "read x; echo [$x]; cat", stdin=b"a b\nc\n").stdout == b"[a b]\nc\n"
    )


@pytest.mark.parametrize(
    ("env", "said_to_be"), [({}, "/w/real_one"), ({"PWD": "/w/link"}, "/w/link")], ids=str
)
def test_a_process_that_starts_behind_a_link_knows_where_it_is(
    env: dict[str, str], said_to_be: str
) -> None:
    world = _world()
    world.files.put("/w/real_one", Directory())
    world.files.put("/w/link", Symlink("real_one"))
    assert said(world.run("sh", "-c", "pwd", cwd="/w/link", env=env)) == (0, f"{said_to_be}\n", "")
