"""Images as other tools read and write them: OCI layouts, OCI archives, archives of `docker save`."""

from course_lib.oci.errors import ImageNotThereError, ImageReadError
from course_lib.oci.reading import StoredImage, read_image, read_images
from course_lib.oci.writing import (
    NamedImage,
    docker_archive,
    layout_files,
    oci_archive,
    write_layout,
)

__all__ = [
    "ImageNotThereError",
    "ImageReadError",
    "NamedImage",
    "StoredImage",
    "docker_archive",
    "layout_files",
    "oci_archive",
    "read_image",
    "read_images",
    "write_layout",
]
