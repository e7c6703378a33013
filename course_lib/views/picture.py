"""A picture: the same facts as text and as HTML.

The HTML is made of tables, lists and `<details>` with inline styles, because that is what an
untrusted notebook, nbconvert and GitHub leave in place. No color stands without a word or sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.views.markup import Html, join


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """Text for terminals and screen readers, HTML for notebooks; both say the same."""

    text: str
    html: Html

    def __repr__(self) -> str:
        return self.text.rstrip("\n")

    def bundle(self) -> dict[str, str]:
        """Return the picture under its MIME types, as Jupyter displays it."""
        return {"text/plain": self.text.rstrip("\n"), "text/html": self.html}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        del include, exclude  # Jupyter asks with these; both forms are always given
        return self.bundle()


def below(*pictures: Picture) -> Picture:
    """Join pictures, one below the other."""
    return Picture(
        "\n".join(picture.text for picture in pictures),
        join(picture.html for picture in pictures),
    )
