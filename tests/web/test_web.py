"""The simulated web: git and tar themselves read what it holds, and digests are fixed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest

from course_lib.web import INTERNET, Page, Redirect, Repository

if TYPE_CHECKING:
    from pathlib import Path

SITE = "git.example.com/course/hello-site"
URL = f"https://{SITE}.git"
ARCHIVE = "/greet/1.1.0/greet-1.1.0.tar.gz"


def site() -> Repository:
    return INTERNET.repositories[SITE]


def page(path: str) -> Page:
    found = INTERNET.find("downloads.example.com", path)
    assert isinstance(found, Page)
    return found


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("ref", ["", "main", "v1.0", "v1.1"])
def test_git_itself_finds_a_clone_whole_and_with_our_ids(ref: str, tmp_path: Path) -> None:
    repository = site()
    for path, data in repository.files(URL, ref).items():
        (tmp_path / ".git" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".git" / path).write_bytes(data)

    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(tmp_path), *words], capture_output=True, check=True, text=True
        )
        return done.stdout

    commit = repository.find(ref)
    assert commit is not None
    assert git("fsck", "--strict") == ""
    assert git("rev-parse", "HEAD") == f"{commit.id}\n"
    assert git("log", "--oneline", "--no-decorate", "--no-abbrev-commit").splitlines() == [
        one.line.replace(one.id[:7], one.id) for one in commit.history()
    ]
    git("reset", "--hard", "-q")
    for path, source in commit.files.items():
        assert (tmp_path / path).read_bytes() == source.data


@pytest.mark.parametrize(
    ("ref", "found"),
    [("", True), ("HEAD", True), ("refs/tags/v1.0", True), ("v1.0", True), ("v2.0", False), ("ab", False)],
)  # fmt: skip
def test_a_ref_is_a_branch_a_tag_or_an_id(ref: str, *, found: bool) -> None:
    assert (site().find(ref) is not None) is found


def test_the_beginning_of_an_id_finds_its_commit() -> None:
    commit = site().tags["v1.0"]
    assert site().find(commit.id[:8]) is commit


def test_tar_reads_a_release() -> None:
    with tarfile.open(fileobj=io.BytesIO(page(ARCHIVE).body)) as archive:
        found = {member.name: oct(member.mode) for member in archive}
    assert found == {
        "greet-1.1.0": "0o755",
        "greet-1.1.0/README.md": "0o644",
        "greet-1.1.0/greet": "0o755",
    }


def test_a_release_has_the_same_digest_on_every_machine() -> None:
    digest = "e4589cdbfaae129e54877cbf00867564d6eaafbd2de4c7722457ee212e5c3f23"
    assert page(f"{ARCHIVE}.sha256").body == f"{digest}  greet-1.1.0.tar.gz\n".encode()


@pytest.mark.parametrize(
    ("host", "known"),
    [("example.com", True), ("git.example.com", True), ("mirror.bit.edu.cn", False), ("git", False), ("", False)],
)  # fmt: skip
def test_a_host_that_is_not_data_has_no_address(host: str, *, known: bool) -> None:
    assert INTERNET.knows(host) is known


def test_every_redirect_leads_to_a_page() -> None:
    for pages in INTERNET.pages.values():
        for found in pages.values():
            if isinstance(found, Redirect):
                host, _, path = found.location.removeprefix("https://").partition("/")
                assert isinstance(INTERNET.find(host, f"/{path}"), Page)
