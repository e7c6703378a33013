"""Write course_lib/registry/digests.txt: run it after a change of base images.

With `--all` layers that are known are hashed again: for a change of the tar format.
"""

from __future__ import annotations

import sys

from course_lib.image.oci import diff_id
from course_lib.registry import BASE_IMAGES
from course_lib.registry.digests import TABLE, fingerprint


def main() -> None:
    """Hash the layers of the registry; all of them take some minutes."""
    lines = TABLE.read_text("ascii").splitlines()[1:] if "--all" not in sys.argv else []
    known = dict(line.split(" ") for line in lines)
    found: dict[str, str] = {}
    for name in BASE_IMAGES.names():
        for tag in BASE_IMAGES.tags(name):
            recipe = BASE_IMAGES.recipe(name, tag)
            for layer in recipe.image.layers if recipe else ():
                key = fingerprint(layer.entries)
                if key not in found:
                    found[key] = known.get(key) or diff_id(layer).removeprefix("sha256:")
    text = "".join(f"{key} {digest}\n" for key, digest in sorted(found.items()))
    TABLE.write_text(f"# fingerprint of the entries, sha256 of the tar\n{text}", "ascii")


if __name__ == "__main__":
    main()
