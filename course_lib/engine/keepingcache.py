"""A build cache as one JSON document, and the cache of a document: what `--cache-to` writes, `--cache-from` reads.

    {"format": 1, "layers": {diff_id: entries},
     "caches": {"": [step, ...], "legacy": [...]}, "folders": {target: files}}

A result is named by what it was made from and what came out, so that caches of several processes agree.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course_lib.build.cache import AND, BuildCache, CachedStep, CacheKey
from course_lib.clock import Clock
from course_lib.engine.codec import Codec, CodecError, Document
from course_lib.engine.keeping import KeptStateError
from course_lib.engine.rootfs import lay
from course_lib.image.layer import Layer
from course_lib.image.tree import Tree
from course_lib.image.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = 1
MOST_STEPS = 500  # of each builder; the oldest are left out
_KEPT = "kept "


def keep_cache(cache: BuildCache) -> dict[str, Document]:
    """The document of a cache."""
    codec = Codec([], (CacheKey,))
    layers: dict[str, Document] = {}
    caches: dict[str, Document] = {
        builder: [_keep_step(step, one, layers, codec) for step in _named(one.all()[-MOST_STEPS:])]
        for builder, one in {"": cache, **cache.others()}.items()
    }
    return {
        "format": FORMAT,
        "layers": layers,
        "caches": caches,
        "folders": {
            name: codec.encode(dict(files.walk())) for name, files in cache.folders.items()
        },
    }


def restore_cache(document: Mapping[str, Any], clock: Clock | None = None) -> BuildCache:
    """The cache of a document.

    Raises:
        KeptStateError: another format, or something that no build wrote.

    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        found = document.get("format") if isinstance(document, dict) else type(document).__name__
        msg = f"its format is {found!r}, this version reads {FORMAT}"
        raise KeptStateError(msg)
    try:
        return _restore(document, clock or Clock())
    except (CodecError, KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"{type(error).__name__}: {error}"
        raise KeptStateError(msg) from error


def _named(steps: tuple[CachedStep, ...]) -> Iterator[tuple[CachedStep, CachedStep]]:
    """Each result beside itself under a lasting name; what stands on a forgotten result is left out."""
    names: dict[str, str] = {}
    codec = Codec([], (CacheKey,))
    for step in steps:
        parents = [names.get(part, part) for part in step.key.parent.split(AND)]
        if any(part.startswith("result ") for part in parents):
            continue
        key = replace(step.key, parent=AND.join(parents))
        made = json.dumps([codec.encode(key), step.layer.diff_id], sort_keys=True)
        name = step.name
        if not name.startswith(_KEPT):
            name = f"{_KEPT}{hashlib.sha256(made.encode('utf-8', 'surrogatepass')).hexdigest()}"
        names[step.name] = name
        yield step, replace(step, key=key, name=name)


def _keep_step(
    steps: tuple[CachedStep, CachedStep],
    cache: BuildCache,
    layers: dict[str, Document],
    codec: Codec,
) -> Document:
    old, step = steps
    layers.setdefault(step.layer.diff_id, codec.encode(step.layer.entries))
    return {
        "name": step.name,
        "key": codec.encode(step.key),
        "text": step.key.text,
        "layer": step.layer.diff_id,
        "created": step.created,
        "image": cache.image_of(old),
    }


def _restore(document: Mapping[str, Any], clock: Clock) -> BuildCache:
    codec = Codec([], (CacheKey,))
    layers = {key: Layer(codec.decode(item)) for key, item in document["layers"].items()}
    for diff_id, layer in layers.items():
        layer.__dict__["diff_id"] = diff_id  # hashing costs a second per gigabyte
    cache = BuildCache()
    for builder, steps in document["caches"].items():
        one = cache.apart(builder) if builder else cache
        for item in steps:
            key = replace(codec.decode(item["key"]), text=item["text"])
            step = CachedStep(item["name"], key, layers[item["layer"]], None, item["created"])
            one.restore(step, item["image"])
    for name, entries in document["folders"].items():
        files = Workspace(Tree.EMPTY, now=clock.now)
        lay(codec.decode(entries), files)
        cache.folders[name] = files
    return cache
