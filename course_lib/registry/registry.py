"""The registry: repositories, and the images behind their tags."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from course_lib.registry.patches import near, patched
from course_lib.registry.reference import (
    DEFAULT_DOMAIN,
    DEFAULT_TAG,
    InvalidReferenceError,
    Reference,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.image.image import Image
    from course_lib.registry.recipe import Recipe

_HERE = "course_lib.registry.images"
MODULES: Mapping[str, str] = {  # repository -> module with a RECIPES mapping for it
    "alpine": "alpine",
    "buildpack-deps": "buildpack",
    "busybox": "busybox",
    "centos": "centos",
    "composer": "php",
    "debian": "debian",
    "eclipse-temurin": "java",
    "golang": "golang",
    "gradle": "java",
    "hello-world": "hello",
    "httpd": "web",
    "mariadb": "mysql",
    "maven": "java",
    "memcached": "redis",
    "mysql": "mysql",
    "nginx": "web",
    "node": "node",
    "openjdk": "java",
    "php": "php",
    "postgres": "postgres",
    "python": "python",
    "redis": "redis",
    "ruby": "ruby",
    "rust": "rust",
    "tomcat": "java",
    "ubuntu": "ubuntu",
}


class Registry:
    """Official images by name. `modules` names, for each repository, the module that has its recipes."""

    def __init__(self, modules: Mapping[str, str] = MODULES) -> None:
        self._modules = modules
        self._recipes: dict[str, Mapping[str, Recipe]] = {}
        self._patched: dict[tuple[str, str], Recipe] = {}

    def names(self) -> tuple[str, ...]:
        """The repositories, sorted: `alpine`, `busybox`, ..."""
        return tuple(sorted(self._modules))

    def tags(self, repository: str) -> tuple[str, ...]:
        """The tags of a repository, in the order of its recipes; none for one that is not here.

        Other patch versions of the same software have tags too: `recipe` finds them.
        """
        return tuple(self._of(repository))

    def near(self, repository: str, tag: str) -> tuple[str, ...]:
        """A few tags that exist, those first that may be meant by one that does not."""
        return near(repository, tag, self.tags(repository))

    def recipe(self, repository: str, tag: str) -> Recipe | None:
        """The record that an image is made from."""
        recipes = self._of(repository)
        if tag in recipes or not recipes:
            return recipes.get(tag)
        if (repository, tag) not in self._patched:
            found = patched(repository, tag, recipes)
            if found is None:
                return None
            self._patched[repository, tag] = found
        return self._patched[repository, tag]

    def made(self) -> Iterator[tuple[str, Image]]:
        """The images that somebody has asked for in this process, each with a name that finds it."""
        found = {
            (repository, tag): recipe
            for repository, recipes in self._recipes.items()
            for tag, recipe in recipes.items()
        }
        for (repository, tag), recipe in (found | self._patched).items():
            if "image" in vars(recipe):
                yield f"{repository}:{tag}", recipe.image

    def find(self, reference: str) -> Image | None:
        """The image of a name (`alpine`, `docker.io/library/alpine:3.19`), or None.

        A digest finds the image whose id it is.
        """
        try:
            wanted = Reference.parse(reference)
        except InvalidReferenceError:
            return None
        official = wanted.repository.removeprefix("library/")
        if wanted.domain != DEFAULT_DOMAIN or official == wanted.repository:
            return None
        if wanted.digest:
            return self._by_digest(official, wanted.digest)
        recipe = self.recipe(official, wanted.tag or DEFAULT_TAG)
        return recipe.image if recipe else None

    def _by_digest(self, repository: str, digest: str) -> Image | None:
        recipes = [*self._of(repository).values()]
        recipes += [recipe for (name, _), recipe in self._patched.items() if name == repository]
        images = (recipe.image for recipe in recipes)
        return next((image for image in images if image.id == digest), None)

    def _of(self, repository: str) -> Mapping[str, Recipe]:
        module = self._modules.get(repository)
        if module is None:
            return {}
        if repository not in self._recipes:
            recipes: tuple[Recipe, ...] = import_module(f"{_HERE}.{module}").RECIPES[repository]
            self._recipes[repository] = {tag: recipe for recipe in recipes for tag in recipe.tags}
        return self._recipes[repository]


BASE_IMAGES = Registry()
