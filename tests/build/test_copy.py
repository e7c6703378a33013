"""COPY and ADD: which file lands where, as whom, with which mode."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING, Literal

import pytest

from course_lib.build import BuildError
from course_lib.image.entries import Content, Directory, Entry, File, Symlink

if TYPE_CHECKING:
    from course_lib.image.entries import Node
    from course_lib.image.image import Image
    from tests.build.conftest import Kitchen

FILES: dict[str, str | bytes | Node] = {
    "a.txt": "a\n",
    "b.md": "bb\n",
    ".dot": "dot\n",
    "run.sh": File(Content.of("#!/bin/sh\n"), 0o755, uid=77),
    "src/main.py": "main\n",
    "src/lib/util.py": "util\n",
    "src/link": Symlink("main.py"),
    "tolink": Symlink("src"),
}


def brief(entry: Entry) -> str:
    """`f 644 0:0 a`, `d 755 0:0`, `l main.py`: an entry in a few letters."""
    match entry:
        case File(content, mode, uid, gid):
            return f"f {mode:o} {uid}:{gid} {content.data.decode().strip()}"
        case Directory(mode, uid, gid):
            return f"d {mode:o} {uid}:{gid}"
        case Symlink(target):
            return f"l {target}"
        case _:
            return type(entry).__name__


def top(image: Image) -> dict[str, str]:
    return {path: brief(entry) for path, entry in image.layers[-1].entries.items()}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("COPY a.txt /x", {"/x": "f 644 0:0 a"}),
        ("COPY a.txt /x/", {"/x": "d 755 0:0", "/x/a.txt": "f 644 0:0 a"}),
        ("COPY a.txt b.md /x", {"/x": "f 644 0:0 bb"}),
        ("COPY a.txt /data", {"/data": "d 755 0:0", "/data/a.txt": "f 644 0:0 a"}),
        ("COPY a.txt /link", {"/data": "d 755 0:0", "/data/a.txt": "f 644 0:0 a"}),
        ("COPY a.txt /file", {"/file": "f 644 0:0 a"}),
        ("COPY run.sh /r", {"/r": "f 755 0:0 #!/bin/sh"}),
        (
            "COPY src /x",
            {
                "/x": "d 755 0:0",
                "/x/lib": "d 755 0:0",
                "/x/lib/util.py": "f 644 0:0 util",
                "/x/link": "l main.py",
                "/x/main.py": "f 644 0:0 main",
            },
        ),
        (
            "COPY src/l* /x/",
            {"/x": "d 755 0:0", "/x/link": "f 644 0:0 main", "/x/util.py": "f 644 0:0 util"},
        ),
        ("COPY src/link /x", {"/x": "f 644 0:0 main"}),
        ("COPY tolink/main.py /x", {"/x": "f 644 0:0 main"}),
        ("COPY ../../a.txt /x", {"/x": "f 644 0:0 a"}),
        ("COPY *.nothing /x/", {}),
        (
            "COPY [ab].* /x/",
            {"/x": "d 755 0:0", "/x/a.txt": "f 644 0:0 a", "/x/b.md": "f 644 0:0 bb"},
        ),
        ("COPY .d?t /x", {"/x": "f 644 0:0 dot"}),
        ("COPY --chown=ada a.txt /x/y", {"/x": "d 755 1000:1001", "/x/y": "f 644 1000:1001 a"}),
        ("COPY --chown=5 a.txt /x", {"/x": "f 644 5:5 a"}),
        ("COPY --chown=ada:staff a.txt /x", {"/x": "f 644 1000:50 a"}),
        ("COPY --chown=nobody-here a.txt /x", {"/x": "f 644 0:0 a"}),
        ("COPY --chmod=640 a.txt /x/y", {"/x": "d 755 0:0", "/x/y": "f 640 0:0 a"}),
        ("COPY --chmod=u=rwX,go= src/lib /x", {"/x": "d 755 0:0", "/x/util.py": "f 600 0:0 util"}),
        (
            "COPY --exclude=*.py --exclude=lib src /x",
            {"/x": "d 755 0:0", "/x/link": "l main.py"},
        ),
        ("COPY --exclude=*.md *.* /x/", None),
        (
            "COPY --parents src/lib/*.py a.txt /x/",
            {
                "/x": "d 755 0:0",
                "/x/a.txt": "f 644 0:0 a",
                "/x/src": "d 755 0:0",
                "/x/src/lib": "d 755 0:0",
                "/x/src/lib/util.py": "f 644 0:0 util",
            },
        ),
        (
            "COPY --parents src/./lib/util.py /x/",
            {"/x": "d 755 0:0", "/x/lib": "d 755 0:0", "/x/lib/util.py": "f 644 0:0 util"},
        ),
        (
            "COPY --parents src/**/*.py /x/",
            {
                "/x": "d 755 0:0",
                "/x/src": "d 755 0:0",
                "/x/src/lib": "d 755 0:0",
                "/x/src/lib/util.py": "f 644 0:0 util",
                "/x/src/main.py": "f 644 0:0 main",
            },
        ),
        ("COPY --link a.txt /x/", {"/x": "d 755 0:0", "/x/a.txt": "f 644 0:0 a"}),
        (
            "COPY <<one <<two /x/\n1\none\n2\ntwo",
            {"/x": "d 755 0:0", "/x/one": "f 644 0:0 1", "/x/two": "f 644 0:0 2"},
        ),
        ("COPY <<-t /x\n\t\ttab\n\tt", {"/x": "f 644 0:0 tab"}),
        ("ADD a.txt /x", {"/x": "f 644 0:0 a"}),
    ],
)
def test_what_a_copy_writes(line: str, expected: dict[str, str] | None, kitchen: Kitchen) -> None:
    found = top(kitchen.cook(f"FROM base\n{line}\n", FILES).image)
    if expected is None:
        assert "/x/b.md" not in found
        assert "/x/a.txt" in found
    else:
        assert found == expected


def test_a_relative_destination_starts_at_the_workdir(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nWORKDIR /w\nCOPY a.txt .\nCOPY a.txt b\n", FILES).image
    assert {path for layer in image.layers[-2:] for path in layer.entries} >= {"/w/a.txt", "/w/b"}


def test_user_does_not_own_what_is_copied_but_owns_a_new_workdir(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nUSER ada\nWORKDIR /w/x\nCOPY a.txt .\n", FILES).image
    workdir, copy = (
        {path: brief(entry) for path, entry in layer.entries.items()} for layer in image.layers[-2:]
    )
    assert workdir == {"/w": "d 755 1000:1001", "/w/x": "d 755 1000:1001"}
    assert copy["/w/x/a.txt"] == "f 644 0:0 a"


def test_a_folder_that_is_there_keeps_its_files_and_the_ones_below_take_over_modes(
    kitchen: Kitchen,
) -> None:
    files: dict[str, str | bytes | Node] = {
        "src/sub/new": "n",
        "src/sub": Directory(0o700),
        "first/sub/old": "o",
    }
    image = kitchen.cook("FROM base\nCOPY --chown=5 first /x\nCOPY src /x\n", files).image
    tree = image.tree
    assert tree.children("/x/sub") == ("new", "old")
    assert brief(tree.get("/x/sub") or Symlink("")) == "d 700 0:0"
    assert brief(tree.get("/x") or Symlink("")) == "d 755 5:5"


def test_files_of_a_stage_keep_their_owner_and_dockerignore_does_not_count(
    kitchen: Kitchen,
) -> None:
    text = "FROM base AS a\nCOPY --chown=ada a.txt /out/\nFROM base\nCOPY --from=a /out /in\n"
    image = kitchen.cook(text, {**FILES, ".dockerignore": "/in\nout\n"}).image
    assert top(image)["/in/a.txt"] == "f 644 1000:1001 a"


@pytest.mark.parametrize("name", ["a", "A", "0"])
def test_a_stage_is_named_in_any_case_or_by_its_number(name: str, kitchen: Kitchen) -> None:
    text = f"FROM base AS a\nCOPY a.txt /x\nFROM base\nCOPY --from={name} /x /y\n"
    assert top(kitchen.cook(text, FILES).image) == {"/y": "f 644 0:0 a"}


def test_files_come_from_an_image_too(kitchen: Kitchen) -> None:
    assert top(kitchen.cook("FROM scratch\nCOPY --from=base /file /x\n").image) == {
        "/x": "f 644 0:0 a file"
    }


def test_the_time_of_a_file_stays(kitchen: Kitchen) -> None:
    image = kitchen.cook("FROM base\nCOPY f /f\n", {"f": File(Content.of("1"), mtime=12345)}).image
    found = image.layers[-1].entries["/f"]
    assert isinstance(found, File)
    assert found.mtime == 12345


def packed(mode: Literal["w", "w:gz", "w:bz2", "w:xz"], *names: str) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.uid, member.gid, member.mode, member.size = 3, 4, 0o640, 2
            archive.addfile(member, io.BytesIO(b"x\n"))
    return stream.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_add_unpacks_an_archive_by_its_content(
    mode: Literal["w", "w:gz", "w:bz2", "w:xz"], kitchen: Kitchen
) -> None:
    found = top(kitchen.cook("FROM base\nADD f /x\n", {"f": packed(mode, "d/f")}).image)
    assert found == {"/x": "d 755 0:0", "/x/d": "d 755 0:0", "/x/d/f": "f 640 3:4 x"}


def test_add_with_chown_gives_the_files_but_not_implied_folders(kitchen: Kitchen) -> None:
    files = {"f": packed("w", "d/f")}
    found = top(kitchen.cook("FROM base\nADD --chown=ada f /x\n", files).image)
    assert found == {"/x": "d 755 1000:1001", "/x/d": "d 755 0:0", "/x/d/f": "f 640 1000:1001 x"}


@pytest.mark.parametrize(
    ("line", "files"),
    [
        ("ADD f.tar /x", {"f.tar": "no archive"}),
        ("ADD --unpack=false f.tar /x", {"f.tar": packed("w", "d")}),
        ("COPY f.tar /x", {"f.tar": packed("w", "d")}),
        ("ADD f.tar.gz /x", {"f.tar.gz": b"\x1f\x8b\x08broken"}),
    ],
)
def test_what_is_not_unpacked_is_copied(
    line: str, files: dict[str, str | bytes], kitchen: Kitchen
) -> None:
    image = kitchen.cook(f"FROM base\n{line}\n", files).image
    assert list(image.layers[-1].entries) == ["/x"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("COPY nope /x", '"/nope": not found'),
        ("COPY secret.key /x", '"/secret.key": not found'),
        ("COPY a.txt nope/deep /x/", '"/nope/deep": not found'),
        ("COPY nodir/*.c /x", "lstat /nodir: no such file or directory"),
        ("COPY a.txt src /x", "cannot copy to non-directory: /x"),
        ("COPY src /file", "cannot copy to non-directory: /file"),
        ("COPY a.txt /file/", "mkdir /file: not a directory"),
        ("COPY a.txt /file/x", "mkdir /file: not a directory"),
        ("WORKDIR /file", "mkdir /file: not a directory"),
        ("WORKDIR /file/x", "mkdir /file: not a directory"),
        ("COPY https://example.com/x /x", "source can't be a URL for COPY"),
        ("COPY https://example.com/x.git /x", "source can't be a git ref for COPY"),
        ("COPY git@example.com:x /x", "source can't be a git ref for COPY"),
        ("ADD https://files.example/x /x", "dial tcp: lookup files.example: no such host"),
        (
            "COPY --chmod=999 a.txt /x",
            "invalid chmod parameter: '999'. it should be octal string and between 0 and 07777",
        ),
        (
            "COPY --from=nowhere /x /y",
            "nowhere: failed to resolve source metadata for docker.io/library/nowhere:latest: docker.io/library/nowhere:latest: not found",
        ),
        ("COPY [a /x", "syntax error in pattern"),
        (
            "COPY --exclude=[b a.txt /x",
            "invalid excludepatterns: [[b]: syntax error in pattern",
        ),
        ("COPY --parents gone/a /x", '"/gone/a": not found'),
        ("ADD tar /file", "mkdir /file: not a directory"),
    ],
)
def test_a_copy_that_fails_points_to_its_line(line: str, message: str, kitchen: Kitchen) -> None:
    files = {**FILES, "secret.key": "s", ".dockerignore": "*.key\n", "tar": packed("w", "d")}
    with pytest.raises(BuildError) as caught:
        kitchen.cook(f"FROM base\n\n{line}\n", files)
    error = caught.value
    assert error.message.endswith(message)
    assert error.span is not None
    assert error.span.start == 3
    assert error.help is not None
    assert error.help.en != error.help.zh


def test_a_file_that_dockerignore_hides_is_named_with_the_pattern(kitchen: Kitchen) -> None:
    with pytest.raises(BuildError) as caught:
        kitchen.cook("FROM base\nCOPY k.key /x\n", {"k.key": "s", ".dockerignore": "*.key\n"})
    assert caught.value.help is not None
    assert "*.key" in caught.value.help.en
    assert "*.key" in caught.value.help.zh


@pytest.mark.parametrize("name", [".dockerignore", "Dockerfile.dockerignore"])
def test_the_ignore_file_beside_the_dockerfile_wins(name: str, kitchen: Kitchen) -> None:
    files = {"a": "1", "b": "2", ".dockerignore": "a\n", name: "b\n"}
    image = kitchen.cook("FROM scratch\nCOPY . /\n", files).image
    assert "/a" in image.layers[-1].entries
    assert "/b" not in image.layers[-1].entries


def test_an_ignore_file_that_is_no_pattern_fails_the_build(kitchen: Kitchen) -> None:
    with pytest.raises(BuildError, match=r'^illegal exclusion pattern: "!"$'):
        kitchen.cook("FROM base\n", {".dockerignore": "!\n"})


@pytest.mark.parametrize("line", ["COPY to* /x/", "COPY toend /x", "ADD toend a.txt /x/"])
def test_a_link_to_nothing_is_a_source_that_is_not_there(kitchen: Kitchen, line: str) -> None:
    with pytest.raises(BuildError, match='"/nowhere": not found'):
        kitchen.cook(f"FROM base\n{line}\n", {**FILES, "toend": Symlink("nowhere")})
