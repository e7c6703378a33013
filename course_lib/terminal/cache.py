"""Build caches in files: `course build --cache-to DIR` and `--cache-from DIR`, and what `course docker` keeps.

A folder holds `cache.json`, written whole or not at all.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from course_lib.engine.keeping import KeptStateError
from course_lib.engine.keepingcache import keep_cache, restore_cache
from course_lib.terminal.sources import CommandLineError
from course_lib.terminal.state import CACHE_FILE, replace
from course_lib.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from course_lib.build import BuildCache
    from course_lib.clock import Clock


class CacheFileError(CommandLineError):
    """A folder whose cache can't be read."""


def place(text: str, key: str) -> str:
    """The folder of `DIR`, or of buildx' `type=local,src=DIR` (`dest` where `key` is that).

    Raises:
        CommandLineError: another type.

    """
    if "=" not in text:
        return text
    fields = dict(field.partition("=")[::2] for field in text.split(","))
    if fields.get("type") == "local" and fields.get(key):
        return fields[key]
    raise CommandLineError(
        message=f"{text}: only type=local,{key}=DIR is simulated",
        help=Text("Name a folder: it holds the cache.", "请给出一个目录：缓存就放在里面。"),
    )


def read(folder: Path, clock: Clock) -> BuildCache:
    """The cache of a folder.

    Raises:
        FileNotFoundError: there is none.
        CacheFileError: something that is no cache of this version.

    """
    path = folder / CACHE_FILE
    try:
        return restore_cache(json.loads(path.read_bytes()), clock)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, KeptStateError, RecursionError) as error:
        raise CacheFileError(
            message=f"{path} can't be read: {error}",
            help=Text(
                "It is no cache that this version of course wrote; leave it out, or name another folder.",
                "它不是这个版本的 course 写出的缓存；请去掉这个选项，或者换一个目录。",
            ),
        ) from error


def write(folder: Path, cache: BuildCache) -> None:
    """Keep a cache in a folder, which is made.

    Raises:
        OSError: what the file system refuses; an older cache is still there.

    """
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / CACHE_FILE, keep_cache(cache))
