"""What every container finds in its root besides the image: the init layer, and three files of the daemon.

The daemon lays empty mount points over the image (`initlayer`), below the writable layer, so that no diff
shows them; then it mounts its own /etc/hostname, /etc/hosts and /etc/resolv.conf over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.image.entries import Content, Directory, File, Symlink, Whiteout
from course_lib.image.folder import Draft
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.image.entries import Entry, Node

_EMPTY = File(Content.of(b""), 0o755)
_MOUNT_POINTS: dict[str, Node] = {
    "/dev": Directory(),
    "/dev/console": _EMPTY,
    "/dev/pts": Directory(),
    "/dev/shm": Directory(),  # noqa: S108 - in a container
    "/proc": Directory(),
    "/sys": Directory(),
    "/.dockerenv": _EMPTY,
    "/etc": Directory(),
    "/etc/hosts": _EMPTY,
    "/etc/hostname": _EMPTY,
    "/etc/resolv.conf": _EMPTY,
    "/etc/mtab": Symlink("/proc/mounts"),
}
_HOSTS = """127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::\tip6-localnet
ff00::\tip6-mcastprefix
ff02::1\tip6-allnodes
ff02::2\tip6-allrouters
"""


class Roots:
    """The roots of the images that containers were made of last: all containers of one share it."""

    def __init__(self, most: int = 8) -> None:
        self._known: list[tuple[Tree, Tree]] = []
        self._most = most

    def of(self, tree: Tree) -> Tree:
        """An image's files with the mount points that it lacks."""
        for number, (known, root) in enumerate(self._known):
            if known is tree:
                self._known.append(self._known.pop(number))
                return root
        self._known = [*self._known[-self._most + 1 :], (tree, container_root(tree))]
        return self._known[-1][1]


def container_root(tree: Tree) -> Tree:
    """An image's files with the mount points that it lacks."""
    draft = Draft(tree.root)
    for path, node in _MOUNT_POINTS.items():
        if tree.get(path) is None and _may_stand(path, tree):
            draft.put(path, node)
    return Tree(draft.freeze())


def _may_stand(path: str, tree: Tree) -> bool:
    """Whether the folder above a path is one, or is still to be made."""
    above = tree.get(path.rpartition("/")[0] or "/")
    return above is None or isinstance(above, Directory)


def mount_facts(files: Workspace, hostname: str, address: str, now: Callable[[], int]) -> None:
    """Mount the daemon's own files over a container's; one that a user's mount hides is left out."""
    facts = Workspace(Tree.EMPTY, now=now)
    contents = {
        "hostname": f"{hostname}\n",
        "hosts": _HOSTS + (f"{address}\t{hostname}\n" if address else ""),
        "resolv.conf": "nameserver 192.168.65.7\n",
    }
    for name, text in contents.items():
        facts.put(f"/{name}", File(Content.of(text), mtime=now()))
        target = f"/etc/{name}"
        if isinstance(files.get(target), File) and not files.mounted(target):
            files.mount(target, facts, source=f"/{name}")


def lay(entries: Mapping[str, Entry], files: Workspace) -> None:
    """Make the changes of a layer in a workspace."""
    for path, entry in entries.items():
        if isinstance(entry, Whiteout):
            if files.get(path) is not None:
                files.remove_tree(path)
        else:
            files.put(path, entry)
    for path, entry in entries.items():
        if isinstance(entry, Directory):
            files.put(path, entry)  # what was put into it has touched its time
