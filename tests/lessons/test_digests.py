"""A digest that a lesson writes out is that of the image it says."""

from __future__ import annotations

import re

import pytest

from course_lib.registry import BASE_IMAGES
from notebooks.weave import LESSONS, lessons

_PINNED = re.compile(r"\b([a-z0-9.:-]+)@(sha256:[0-9a-f]{64})")
WRITTEN = sorted(
    {
        (name, *found)
        for name in lessons()
        for found in _PINNED.findall((LESSONS / f"{name}.py").read_text("utf-8"))
    }
)


@pytest.mark.parametrize(("lesson", "image", "digest"), WRITTEN)
def test_a_digest_in_a_lesson_is_that_of_the_tag_before_it(
    lesson: str, image: str, digest: str
) -> None:
    found = BASE_IMAGES.find(image)

    assert found is not None, lesson
    assert found.id == digest, f"mend {lesson}: {image} has the digest {found.id}"
