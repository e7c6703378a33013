"""The keys of 20_inside_an_image."""

from course_lib.exercises.values import Check

ANSWERS = {
    "inside-names": {
        "a": ["blob", "manifest"],
        "b": ["image ID", "manifest"],
        "c": [],
        "d": ["diff ID", "chain ID", "blob", "image ID", "manifest"],
        "e": ["chain ID", "image ID", "manifest"],
        "f": ["diff ID", "chain ID", "blob", "image ID", "manifest"],
    },
}
HIDDEN: dict[str, tuple[Check, ...]] = {}
