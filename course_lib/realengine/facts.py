"""What of an answer must agree: everything but ids, times, and what different base images bring along.

Both sides are read in one form, that of docker's API, so one reading serves both.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from course_lib.realengine.connecting import ADDED, LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Facts = dict[str, str]
"""What a fact is about -> its value, as it is shown."""

_UNLIKE = re.compile(
    r"(sha256:)?\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[0-9.]*Z?"
)
TAKES_ALL = re.compile(r"(?im)^\s*(?:copy|add)\s(?:.*\s)?(?:\.?/|\.)[^\S\n]+\S")
"""COPY and ADD of the whole context, in a Dockerfile and in a history."""

# What a terminal or a moment brings, and what no command line sets.
_OF_THE_MOMENT = frozenset(
    {
        *("Hostname", "Domainname", "AttachStdin", "AttachStdout", "AttachStderr", "Tty"),
        *("OpenStdin", "StdinOnce", "Image", "ArgsEscaped"),
    }
)


def text_facts(about: str, text: str) -> Facts:
    """A text, with ids and times masked."""
    masked = _UNLIKE.sub("...", text.replace("\r\n", "\n")).rstrip("\n")
    return {about: masked} if masked else {}


def image_facts(
    inspected: Mapping[str, Any],
    history: Sequence[Mapping[str, Any]],
    below: int,
    layers: int,
    unsized: int,
) -> Facts:
    """An image: its config, and the lines of its history but for the lowest `below`.

    `layers` of its layers lie below. The lowest `unsized` lines count without their sizes: their layers are
    the same bytes, and engines count a loaded layer in ways of their own. The course's label falls out.
    """
    own = [row for row in history[: len(history) - below] if not _marks(row)]
    spare = int((inspected["Config"].get("Labels") or {}).get(ADDED, 0))
    count = len(inspected["RootFS"].get("Layers") or ()) - layers
    facts = {"layers of its own": str(count), **_config(inspected["Config"])}
    for number, row in enumerate(reversed(own), 1):
        created_by = _UNLIKE.sub("...", row["CreatedBy"]).strip()
        more = spare if TAKES_ALL.search(created_by.removesuffix(" # buildkit")) else 0
        size = "" if number <= unsized else f" ({row['Size'] - more} B)"
        facts[f"history {number}"] = created_by + size
    return facts


def container_facts(inspected: Mapping[str, Any]) -> Facts:
    """A container: its name, its state, its process, its config."""
    state = inspected["State"]
    return {
        "Name": inspected["Name"],
        "Status": state["Status"],
        "ExitCode": str(state["ExitCode"]),
        "argv": json.dumps([inspected["Path"], *inspected["Args"]], ensure_ascii=False),
        **_config(inspected["Config"]),
    }


def disagreements(left: Facts, right: Facts) -> Iterator[str]:
    """`Cmd: ["a"] | ["b"]` for each fact that is not the same on both sides."""
    for about in {**left, **right}:
        one, other = left.get(about, "-"), right.get(about, "-")
        if one != other:
            yield f"{about}: {one} | {other}"


def _config(config: Mapping[str, Any]) -> Facts:
    mark, value = LABEL
    labels = {
        key: text for key, text in (config.get("Labels") or {}).items() if key not in {mark, ADDED}
    }
    if (config.get("Labels") or {}).get(mark, value) != value:
        labels[mark] = config["Labels"][mark]
    kept = {key: config[key] for key in config if key not in _OF_THE_MOMENT} | {"Labels": labels}
    return {
        key: json.dumps(kept[key], ensure_ascii=False, sort_keys=True)
        for key in sorted(kept)
        if kept[key]
    }


def _marks(row: Mapping[str, Any]) -> bool:
    """Whether a line of the history comes from the label that the older builder was given."""
    return "LABEL " + "=".join(LABEL) in row["CreatedBy"] and not row["Size"]
