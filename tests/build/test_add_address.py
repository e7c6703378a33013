"""ADD of addresses: downloads and repositories of the simulated web."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildError
from course_lib.image.entries import File
from course_lib.web import INTERNET, Page

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen

GREET = "https://downloads.example.com/greet"
TAR = f"{GREET}/1.1.0/greet-1.1.0.tar.gz"
SITE = "https://git.example.com/course/hello-site.git"
COMMITS = INTERNET.repositories["git.example.com/course/hello-site"]


def digest(path: str) -> str:
    page = INTERNET.find("downloads.example.com", path)
    assert isinstance(page, Page)
    return f"sha256:{sha256(page.body).hexdigest()}"


RIGHT = digest("/greet/1.1.0/greet-1.1.0.tar.gz")
WRONG = f"sha256:{'0' * 64}"


@pytest.mark.parametrize(
    ("line", "paths"),
    [
        (f"ADD {TAR} /opt/", ["/opt", "/opt/greet-1.1.0.tar.gz"]),
        (f"ADD {TAR} /opt/greet.tgz", ["/opt", "/opt/greet.tgz"]),
        (f"ADD {TAR} /data", ["/data", "/data/greet-1.1.0.tar.gz"]),
        (f"ADD --checksum={RIGHT} {TAR} /x", ["/x"]),
        (f"ADD {GREET}/latest /opt/", ["/opt", "/opt/latest"]),
        ("ADD http://example.com /opt/", ["/opt", "/opt/__unnamed__"]),
        (f"ADD --unpack=true {TAR} /x/",
         ["/x", "/x/greet-1.1.0", "/x/greet-1.1.0/README.md", "/x/greet-1.1.0/greet"]),
        (f"ADD --unpack {TAR} /x/",
         ["/x", "/x/greet-1.1.0", "/x/greet-1.1.0/README.md", "/x/greet-1.1.0/greet"]),
        (f"ADD a.txt {GREET}/1.0.0/greet /x/", ["/x", "/x/a.txt", "/x/greet"]),
        (f"ADD {SITE}#v1.0 /s",
         ["/s", "/s/Dockerfile", "/s/README.md", "/s/public", "/s/public/index.html"]),
        (f"ADD {SITE}#:public /s", ["/s", "/s/index.html"]),
        (f"ADD {SITE}#refs/heads/main:/public/ /s/", ["/s", "/s/index.html"]),
        (f"ADD --exclude=*.md --exclude=public {SITE}#v1.0 /s", ["/s", "/s/Dockerfile"]),
        (f"ADD --checksum={COMMITS.tags['v1.0'].id[:12]} {SITE}#v1.0:public /s", ["/s", "/s/index.html"]),
    ],
)  # fmt: skip
def test_add_takes_what_is_at_an_address(line: str, paths: list[str], kitchen: Kitchen) -> None:
    image = kitchen.cook(f"FROM base\n{line}\n", {"a.txt": "a"}).image
    assert sorted(image.layers[-1].entries) == paths


def test_a_download_is_for_root_alone_and_as_old_as_the_server_says(kitchen: Kitchen) -> None:
    image = kitchen.cook(
        f"FROM base\nUSER ada\nADD {TAR} /x\nADD --chmod=755 --chown=ada {TAR} /y\n"
    ).image
    first, second = image.tree.get("/x"), image.tree.get("/y")
    assert isinstance(first, File)
    assert isinstance(second, File)
    assert (first.mode, first.uid, first.gid, first.mtime) == (0o600, 0, 0, 1_696_161_600)
    assert (second.mode, second.uid, second.gid) == (0o755, 1000, 1001)


def test_the_git_folder_comes_only_when_it_is_kept(kitchen: Kitchen) -> None:
    image = kitchen.cook(
        f"FROM base\nADD --keep-git-dir {SITE}#v1.1 /a\nADD {SITE}#v1.1 /b\n"
    ).image
    head = image.tree.get("/a/.git/HEAD")
    assert isinstance(head, File)
    assert head.content.data == f"{COMMITS.tags['v1.1'].id}\n".encode()
    assert image.tree.get("/b/.git") is None


def test_a_download_is_taken_from_the_cache_until_the_line_changes(kitchen: Kitchen) -> None:
    first = f"FROM base\nADD {TAR} /x\n"
    assert not kitchen.cook(first).steps[-1].cached
    assert kitchen.cook(first).steps[-1].cached
    assert not kitchen.cook(f"FROM base\nADD {GREET}/1.0.0/greet /x\n").steps[-1].cached


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"ADD {GREET}/2.0 /x", "failed to load cache key: invalid response status 404"),
        (f"ADD --checksum={RIGHT} {GREET}/2.0 /x", "invalid response status 404"),
        ("ADD http://mirror.bit.edu.cn/apache/tomcat.tar.gz /",
         ('failed to load cache key: Get "http://mirror.bit.edu.cn/apache/tomcat.tar.gz": '
         "dial tcp: lookup mirror.bit.edu.cn: no such host")),
        (f"ADD --checksum={WRONG} {TAR} /x", f"digest mismatch {RIGHT}: {WRONG}"),
        (f"ADD --checksum={RIGHT} {TAR} {GREET}/latest /x/", "checksum can't be specified for multiple sources"),
        (f"ADD --checksum={RIGHT} a.txt /x", "checksum requires HTTP(S) or Git sources"),
        (f"ADD --checksum=sha256:12 {TAR} /x", "invalid checksum digest length"),
        (f"ADD --checksum=md5:{'0' * 32} {TAR} /x", "unsupported digest algorithm"),
        (f"ADD --checksum=12 {TAR} /x", "invalid checksum digest format"),
        (f"ADD {SITE}#v9 /x", 'failed to load cache key: repository does not contain ref v9, output: ""'),
        (f"ADD {SITE}#v1.0:docs /x", "failed to open subdir docs: no such file or directory"),
        (f"ADD --checksum=abcdef {SITE}#v1.0 /x",
         f"failed to load cache key: expected checksum to match abcdef, got {COMMITS.tags['v1.0'].id}"),
        ("ADD https://forge.example/a/b.git#main /x",
         ("failed to load cache key: failed to fetch remote https://forge.example/a/b.git: git stderr:\n"
         "fatal: unable to access 'https://forge.example/a/b.git/': Could not resolve host: forge.example\n"
         ": exit status 128")),
        ("ADD https://git.example.com/a/b.git /x",
         ("failed to load cache key: error fetching default branch for repository "
         "https://git.example.com/a/b.git: git stderr:\n"
         "fatal: repository 'https://git.example.com/a/b.git/' not found\n: exit status 128")),
        (f"ADD {SITE}?tag=v1.0 /x", f"ADD {SITE}?tag=v1.0 is not simulated"),
    ],
)  # fmt: skip
def test_an_address_that_gives_nothing_fails_in_buildkits_words(
    line: str, message: str, kitchen: Kitchen
) -> None:
    with pytest.raises(BuildError) as caught:
        kitchen.cook(f"FROM base\n\n{line}\n", {"a.txt": "a"})
    assert caught.value.message == message
    assert caught.value.span is not None
    assert caught.value.span.start == 3
    assert caught.value.help is not None
    assert caught.value.help.en != caught.value.help.zh
