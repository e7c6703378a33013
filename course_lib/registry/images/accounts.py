"""/etc/passwd, /etc/group and /etc/shadow from short lists of accounts."""

from __future__ import annotations

from course_lib.image.entries import Content, File

NOLOGIN = "/usr/sbin/nologin"


def account_files(
    passwd: str, group: str, now: int, *, last_change: int = 19733, shadow_group: int = 0
) -> dict[str, File]:
    """The three files. Everybody's password is locked (`*`); `last_change` is a day since 1970."""
    names = [line.partition(":")[0] for line in passwd.strip().splitlines()]
    shadow = "".join(f"{name}:*:{last_change}:0:99999:7:::\n" for name in names)
    groups = [line.partition(":")[0] for line in group.strip().splitlines()]
    gshadow = "".join(f"{name}:*::\n" for name in groups)
    return {
        "/etc/passwd": File(Content.of(passwd.strip() + "\n"), mtime=now),
        "/etc/group": File(Content.of(group.strip() + "\n"), mtime=now),
        "/etc/shadow": File(Content.of(shadow), 0o640, 0, shadow_group, now),
        "/etc/gshadow": File(Content.of(gshadow), 0o640, 0, shadow_group, now),
    }
