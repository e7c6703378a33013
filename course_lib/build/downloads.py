"""ADD of an address: what is downloaded or cloned, as a tree that is then copied from.

The rules and words are those of BuildKit's sources http and git. A download is named from its
address, not from where redirects led; mode 0600, owner root, the time of Last-Modified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from course_lib.build.addresses import is_git
from course_lib.build.errors import InstructionError
from course_lib.image.entries import Content, Directory, File
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.text import Text
from course_lib.web import INTERNET, Page, Redirect

if TYPE_CHECKING:
    from course_lib.dockerfile.instructions import Add
    from course_lib.image.entries import Entry
    from course_lib.web import Repository

_PARTS = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?([^/:?#]+)(?::\d+)?([:/][^?#]*)?")
_UNNAMED = "__unnamed__"
_MODE = 0o600
_MOST_REDIRECTS = 10
_KEY = "failed to load cache key: "


def fetched(instruction: Add, source: str, now: int) -> tuple[Tree, str]:
    """The files behind an address, and the path in them that is copied.

    Raises:
        InstructionError: nobody there, no such page or ref, another checksum.

    """
    return _cloned(instruction, source, now) if is_git(source) else _downloaded(instruction, source)


def _downloaded(instruction: Add, source: str) -> tuple[Tree, str]:
    # with a checksum the cache needs no look at the server: errors come from the download itself
    start = "" if instruction.checksum else _KEY
    page = _page(source, start)
    found = f"sha256:{sha256(page.body).hexdigest()}"
    if instruction.checksum and found != instruction.checksum:
        raise InstructionError(
            message=f"digest mismatch {found}: {instruction.checksum}",
            help=Text(
                "The download is not the file that --checksum names: the first digest is what came, "
                "the second what was expected. Find out why before you change it.",
                "下载到的内容和 --checksum 不一致：前一个是实际的摘要，后一个是期望的摘要。请先弄清原因，再决定是否修改。",
            ),
        )
    name = _path(source).rpartition("/")[2] or _UNNAMED
    file = File(Content.of(page.body), _MODE, mtime=page.modified)
    return Layer({f"/{name}": file}).apply(Tree.EMPTY), f"/{name}"


def _page(source: str, start: str) -> Page:
    address = source
    for _ in range(_MOST_REDIRECTS):
        host = _host(address)
        if not INTERNET.knows(host):
            raise InstructionError(
                message=f'{start}Get "{address}": dial tcp: lookup {host}: no such host',
                help=_nobody(host),
            )
        found = INTERNET.find(host, _path(address) or "/")
        if isinstance(found, Page):
            return found
        if found is None:
            raise InstructionError(
                message=f"{start}invalid response status 404",
                help=Text(
                    f"{host} answers, but has nothing at {_path(address) or '/'}.",
                    f"{host} 有响应，但没有 {_path(address) or '/'} 这个文件。",
                ),
            )
        assert isinstance(found, Redirect)  # noqa: S101 - the only other kind
        address = found.location
    raise InstructionError(
        message=f'{start}Get "{address}": stopped after {_MOST_REDIRECTS} redirects',
        help=Text("The address leads round in a circle.", "这个网址在循环跳转。"),
    )


@dataclass(frozen=True, slots=True)
class _GitAddress:
    """`remote#ref:folder`."""

    remote: str
    ref: str
    folder: str

    @classmethod
    def parse(cls, source: str) -> _GitAddress:
        remote, _, fragment = source.partition("#")
        if "?" in remote:
            raise InstructionError(
                message=f"ADD {source} is not simulated",
                help=Text(
                    "Write the branch or tag after #: https://host/name.git#v1.0:folder",
                    "请把分支或标签写在 # 后面：https://host/name.git#v1.0:folder",
                ),
            )
        ref, _, folder = fragment.partition(":")
        return cls(remote, ref, folder.strip("/"))


def _cloned(instruction: Add, source: str, now: int) -> tuple[Tree, str]:
    address = _GitAddress.parse(source)
    repository = _repository(address)
    commit = repository.find(address.ref)
    if commit is None:
        raise InstructionError(
            message=f'{_KEY}repository does not contain ref {address.ref}, output: ""',
            help=Text(
                f"The repository has {_names(repository)}; there is no {address.ref}.",
                f"这个仓库里有 {_names(repository)}，没有 {address.ref}。",
            ),
        )
    if instruction.checksum and not commit.id.startswith(instruction.checksum):
        raise InstructionError(
            message=f"{_KEY}expected checksum to match {instruction.checksum}, got {commit.id}",
            help=Text(
                "For a repository --checksum is the id of a commit; this ref points to another one.",
                "对于 git 仓库，--checksum 是提交的 ID；这个引用指向的是另一个提交。",
            ),
        )
    entries: dict[str, Entry] = {
        f"/{path}": File(Content.of(one.data), 0o755 if one.executable else 0o644, mtime=now)
        for path, one in commit.files.items()
    }
    if instruction.keep_git_dir and not address.folder:
        for path, data in repository.files(address.remote, address.ref).items():
            entries[f"/.git/{path}"] = File(Content.of(data), mtime=now)
    tree = Layer(_with_folders(entries, now)).apply(Tree.EMPTY)
    folder = f"/{address.folder}"
    if address.folder and not isinstance(tree.get(folder), Directory):
        raise InstructionError(
            message=f"failed to open subdir {address.folder}: no such file or directory",
            help=Text(
                f"The repository has no folder {address.folder} at this ref.",
                f"在这个引用下，仓库里没有目录 {address.folder}。",
            ),
        )
    return tree, folder


def _with_folders(entries: dict[str, Entry], now: int) -> dict[str, Entry]:
    folders: dict[str, Entry] = {}
    for path in entries:
        above = path.rpartition("/")[0]
        while above:
            folders[above] = Directory(mtime=now)
            above = above.rpartition("/")[0]
    return folders | entries


def _repository(address: _GitAddress) -> Repository:
    host, remote = _host(address.remote), address.remote
    known = INTERNET.knows(host)
    if remote.startswith(("http://", "https://")):
        found = INTERNET.repository(host, _path(remote)) if known else None
        if found is not None:
            return found
        why = (
            f"fatal: repository '{remote}/' not found"
            if known
            else f"fatal: unable to access '{remote}/': Could not resolve host: {host}"
        )
    elif known:
        why = f"{remote.partition(':')[0]}: Permission denied (publickey)."
    elif remote.startswith("git://"):
        why = f"fatal: unable to look up {host} (port 9418) (Name or service not known)"
    else:
        why = f"ssh: Could not resolve hostname {host}: Name or service not known"
    doing = (
        f"failed to fetch remote {remote}"
        if address.ref
        else f"error fetching default branch for repository {remote}"
    )
    raise InstructionError(
        message=f"{_KEY}{doing}: git stderr:\n{why}\n: exit status 128",
        help=Text(
            f"{host} is there, but not this repository: use its https address.",
            f"{host} 存在，但没有这个仓库；请使用 https 地址。",
        )
        if known
        else _nobody(host),
    )


def _names(repository: Repository) -> str:
    return ", ".join((*repository.branches, *repository.tags))


def _host(address: str) -> str:
    match = _PARTS.match(address)
    return match.group(1).lower() if match else ""


def _path(address: str) -> str:
    match = _PARTS.match(address)
    return (match.group(2) or "").replace(":", "/", 1) if match else ""


def _nobody(host: str) -> Text:
    return Text(
        f"The simulated web has no {host}: put the file into the build context and ADD it from there.",
        f"模拟的网络里没有 {host}：请把文件放进构建上下文再 ADD。",
    )
