"""Base images as data.

`BASE_IMAGES` finds an image by its name. An image is made when it is asked for, and kept.
"""

from __future__ import annotations

from course_lib.registry.registry import BASE_IMAGES, Registry

__all__ = ["BASE_IMAGES", "Registry"]
