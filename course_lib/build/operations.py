"""The four instructions that make a layer, worked out: what each compares and what it does.

An operation is prepared from an expanded instruction; nothing is run or copied before `perform`.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from course_lib.build.accounts import home, owner
from course_lib.build.addresses import check_checksum, is_address, is_git
from course_lib.build.archives import archive_in, unpack
from course_lib.build.cache import CacheKey
from course_lib.build.chmod import Chmod
from course_lib.build.errors import InstructionError
from course_lib.build.heredoc import body
from course_lib.build.mounts import mounted
from course_lib.build.paths import clean, inside, make_folders
from course_lib.build.placing import Placement
from course_lib.build.running import run
from course_lib.build.selecting import Selection, pattern_rules
from course_lib.dockerfile.instructions import Add
from course_lib.image.entries import Content, File
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.shell import Process
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from course_lib.build.accounts import Owner
    from course_lib.build.ignore import IgnoreRules
    from course_lib.build.mounts import Prepared
    from course_lib.build.running import Execute, RunCommand
    from course_lib.clock import Clock
    from course_lib.dockerfile.instructions import Copy, Run
    from course_lib.image.config import ImageConfig
    from course_lib.image.workspace import Workspace
    from course_lib.shell import Chunk

_HOSTNAME = "buildkitsandbox"


class Operation(Protocol):
    """What a step does to the files."""

    def key(self, parent: str, text: str) -> CacheKey:
        """What the cache compares."""

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Do it; return what was written to the terminal."""


@dataclass(frozen=True, slots=True)
class MakeFolder:
    """WORKDIR: the folder and its missing parents, owned by the USER in force."""

    path: str
    user: str

    def key(self, parent: str, text: str) -> CacheKey:
        """The folder and who gets it."""
        return CacheKey("WORKDIR", (self.path,), parent, (("user", self.user),), text=text)

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Make what is missing."""
        make_folders(files, inside(files, self.path), owner(self.user, files))
        return ()


@dataclass(frozen=True, slots=True)
class CopyFiles:
    """COPY and ADD: selections of files that go to one destination."""

    kind: str
    selection: Selection
    documents: Selection
    dest: str
    chown: str = ""
    chmod: Chmod | None = None
    mode: str = ""
    unpacks: bool = False
    remotes: tuple[Selection, ...] = ()  # what was downloaded, each by itself
    unpacks_remotes: bool = False

    @classmethod
    def of(cls, instruction: Copy | Add, tree: Tree, working_dir: str, now: int) -> CopyFiles:
        """Work out an expanded COPY or ADD that takes files from `tree`.

        Raises:
            InstructionError: an address that COPY refuses or nobody answers at, a bad `--chmod`.

        """
        add = isinstance(instruction, Add)
        exclude = pattern_rules(instruction.exclude, "excludepatterns")
        remotes: tuple[Selection, ...] = ()
        if isinstance(instruction, Add):
            check_checksum(instruction)
            remotes = _fetched(instruction, exclude, now)
        else:
            for source in instruction.sources:
                _check_local(source)
        documents = {
            f"/{document.name}": File(Content.of(body(document)), mtime=now)
            for document in instruction.heredocs
        }
        return cls(
            "ADD" if add else "COPY",
            Selection(
                tree,
                tuple(one for one in instruction.sources if not is_address(one)),
                parents=not isinstance(instruction, Add) and instruction.parents,
                exclude=exclude,
            ),
            Selection(Layer(documents).apply(Tree.EMPTY), tuple(documents)),
            destination(working_dir, instruction.dest),
            instruction.chown,
            Chmod.parse(instruction.chmod) if instruction.chmod else None,
            instruction.chmod,
            unpacks=isinstance(instruction, Add) and instruction.unpack is not False,
            remotes=remotes,
            unpacks_remotes=isinstance(instruction, Add) and instruction.unpack is True,
        )

    def key(self, parent: str, text: str) -> CacheKey:
        """Destination, flags, source patterns and the content behind them."""
        exclude = " ".join(map(str, self.selection.exclude.patterns))
        return CacheKey(
            self.kind,
            (*self.selection.patterns, *self.documents.patterns, self.dest),
            parent,
            (
                ("--chown", self.chown),
                ("--chmod", self.mode),
                ("--exclude", exclude),
                ("--parents", str(self.selection.parents)),
                ("--unpack", str(self.unpacks)),
                ("--unpack of downloads", str(self.unpacks_remotes)),
            ),
            content=(
                *self.selection.content(),
                *(pair for remote in self.remotes for pair in remote.content()),
                *self.documents.content(),
            ),
            text=text,
        )

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Copy, and unpack where ADD does."""
        to = self._owner(files) if self.chown else None
        placement = self._placement(files, to)
        if self.unpacks:
            self._add(placement, self.selection)
        else:
            placement.place(self.selection)
        for remote in self.remotes:
            if self.unpacks_remotes:
                self._add(placement, remote)
            else:
                placement.place(remote)
        placement.place(self.documents)
        return ()

    def _owner(self, files: Workspace) -> Owner:
        return owner(self.chown, files)

    def _placement(self, files: Workspace, to: Owner | None) -> Placement:
        return Placement(files, self.dest, to, self.chmod)

    def _unpack(self, archive: bytes, placement: Placement) -> None:
        unpack(archive, placement.files, self.dest, placement.owner)

    def _add(self, placement: Placement, selection: Selection) -> None:
        tree = selection.tree
        for source in selection.sources():
            node = tree.get(inside(tree, source))
            archive = archive_in(node.content) if isinstance(node, File) else None
            if archive is None:
                placement.place_one(selection, source)
            else:
                self._unpack(archive, placement)


@dataclass(frozen=True, slots=True)
class RunProcess:
    """RUN: a process on the files."""

    instruction: Run
    command: RunCommand
    config: ImageConfig
    environment: Mapping[str, str]
    proxies: Mapping[str, str]
    mounts: tuple[Prepared, ...]
    folders: dict[str, Workspace]
    execute: Execute
    clock: Clock

    def key(self, parent: str, text: str) -> CacheKey:
        """The command, who and where it runs, its environment without undeclared proxies."""
        run_flags = self.instruction
        script = self.command.script
        content = [pair for mount in self.mounts for pair in mount.content()]
        return CacheKey(
            "RUN",
            self.command.argv,
            parent,
            (
                ("WORKDIR", self.config.working_dir),
                ("USER", self.config.user),
                ("--mount", " ".join(mount.target for mount in self.mounts)),
                ("--network", run_flags.network),
                ("--security", run_flags.security),
                ("script", script.content.data.decode() if script else ""),
            ),
            environment=tuple(sorted(self.environment.items())),
            content=tuple(content),
            text=text,
        )

    def perform(self, files: Workspace) -> tuple[Chunk, ...]:
        """Run the process to its end."""
        process = Process(
            argv=self.command.argv,
            env={"HOME": home(self.config.user, files), **self.proxies, **self.environment},
            cwd=self.config.working_dir or "/",
            user=self.config.user,
            hostname=_HOSTNAME,
            online=self.instruction.network != "none",
        )
        variables = {mount.variable: mount.text for mount in self.mounts if mount.variable}
        process = replace(process, env={**process.env, **variables}) if variables else process
        with mounted(files, (*self.mounts, *self.command.script_mount()), self.folders):
            return run(self.command, process, files, self.execute, self.clock)


def destination(working_dir: str, path: str) -> str:
    """The absolute destination; a slash at the end, or `/.`, stays."""
    if path in ("", "."):
        path = "./"
    joined = clean(posixpath.join("/", working_dir, path))
    if path.endswith("/") and joined != "/":
        return f"{joined}/"
    if path.endswith("/."):
        return f"{joined.rstrip('/')}/."
    return joined


def _fetched(instruction: Add, exclude: IgnoreRules, now: int) -> tuple[Selection, ...]:
    """Download and clone what the sources name by addresses."""
    addresses = [source for source in instruction.sources if is_address(source)]
    if not addresses:
        return ()
    from course_lib.build.downloads import fetched  # noqa: PLC0415 - loaded with the first address

    found = (fetched(instruction, address, now) for address in addresses)
    return tuple(Selection(files, (path,), exclude=exclude) for files, path in found)


def _check_local(source: str) -> None:
    """Refuse an address as a source of COPY.

    Raises:
        InstructionError: `source can't be a URL for COPY`.

    """
    if is_address(source):
        raise InstructionError(
            message="source can't be a git ref for COPY"
            if is_git(source)
            else "source can't be a URL for COPY",
            help=Text(
                "COPY takes files of the build context only; ADD can take an address.",
                "COPY 只能复制构建上下文里的文件；ADD 才能使用网址。",
            ),
        )
