"""Programs that serve until a signal ends them: nginx, httpd, redis-server and others.

They do nothing but run: what counts for a container is that PID 1 stays and which signals it
has handlers for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.shell.programs import nginxconf

if TYPE_CHECKING:
    from collections.abc import Callable

    from course_lib.shell.task import Task

_HANDLES = {
    "nginx": ("HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH"),
    "httpd": ("HUP", "INT", "TERM", "USR1", "WINCH"),
    "apache2": ("HUP", "INT", "TERM", "USR1", "WINCH"),
    "redis-server": ("INT", "TERM"),
    "postgres": ("HUP", "INT", "QUIT", "TERM"),
    "mysqld": ("HUP", "TERM"),
    "mariadbd": ("HUP", "TERM"),
    "memcached": ("INT", "TERM"),
}
_INFORMATION = frozenset(
    {"-v", "-V", "--version", "-t", "-T", "--help", "-h", "-s", "-l", "-M", "-S", "-k"},
)


def _serve(task: Task) -> int:
    if task.name == "nginx" and task.args in {("-t",), ("-v",)}:
        if task.args == ("-t",):
            return nginxconf.examine(task)
        task.err(f"nginx version: nginx/{task.env.get('NGINX_VERSION', '1.22.1')}")
        return 0
    if task.args and task.args[0] in _INFORMATION:
        raise task.not_simulated(task.args[0])
    if task.name == "nginx" and not _in_the_foreground(task):
        _to_background(task)
        return 0
    if task.name == "redis-server":
        task.out("* Ready to accept connections\n")
    raise task.block(frozenset(f"SIG{name}" for name in _HANDLES[task.name]))


def _in_the_foreground(task: Task) -> bool:
    """`nginx -g "daemon off;"`, or the same in its configuration."""
    return "daemon off;" in " ".join(task.args) or nginxconf.says(task, "daemon", "off")


def _to_background(task: Task) -> None:
    """Go on as a daemon: in a container its PID 1 has then ended, and the container with it."""
    daemon = task.fork()
    daemon.handles = frozenset(f"SIG{name}" for name in _HANDLES["nginx"])
    daemon.parent = None
    task.machine.background.append(daemon)


COMMANDS: dict[str, Callable[[Task], int]] = dict.fromkeys(_HANDLES, _serve)
