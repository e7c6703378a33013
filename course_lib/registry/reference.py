"""Image names: `[domain/]path[:tag][@digest]`, by the rules of the distribution project's `reference` package."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT_DOMAIN = "docker.io"
DEFAULT_TAG = "latest"
_OFFICIAL = "library/"
_LONGEST_NAME = 255

_COMPONENT = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_LABEL = r"(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?"
_REPOSITORY = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_DOMAIN = re.compile(_HOST)
_TAG = re.compile(r"[\w][\w.-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}")
_IMAGE_ID = re.compile(r"[a-f0-9]{64}")
_DIGITS_OF = {"sha256": 64, "sha384": 96, "sha512": 128}


class InvalidReferenceError(ValueError):
    """A name that no image can have; the message is docker's."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in its full form: `repository` has its `library/`; tag and digest are "" when not given."""

    domain: str
    repository: str
    tag: str = ""
    digest: str = ""

    @classmethod
    def parse(cls, name: str) -> Reference:
        """`centos` -> docker.io, library/centos.

        Raises:
            InvalidReferenceError: `invalid reference format`, `... must be lowercase`.

        """
        if _IMAGE_ID.fullmatch(name):
            msg = f"invalid repository name ({name}), cannot specify 64-byte hexadecimal strings"
            raise InvalidReferenceError(msg)
        domain, remainder = _split_domain(name)
        named, at, digest = remainder.partition("@")
        path, colon, tag = named.partition(":")
        if path.lower() != path:
            msg = f"invalid reference format: repository name ({path}) must be lowercase"
            raise InvalidReferenceError(msg)
        if not (_DOMAIN.fullmatch(domain) and _REPOSITORY.fullmatch(path)):
            raise _invalid()
        if colon and not _TAG.fullmatch(tag):
            raise _invalid()
        if at:
            _check_digest(digest)
        if len(f"{domain}/{path}") > _LONGEST_NAME:
            msg = f"repository name must not be more than {_LONGEST_NAME} characters"
            raise InvalidReferenceError(msg)
        return cls(domain, path, tag, digest)

    @property
    def familiar(self) -> str:
        """The short form with its tag, or with its digest: `centos:latest`, `me/app:1`."""
        end = f"@{self.digest}" if self.digest else f":{self.tag or DEFAULT_TAG}"
        if self.domain != DEFAULT_DOMAIN:
            return f"{self.domain}/{self.repository}{end}"
        return self.repository.removeprefix(_OFFICIAL) + end


def _split_domain(name: str) -> tuple[str, str]:
    """What stands before the first / is a domain if it has a `.`, a `:`, a capital, or is localhost."""
    first, slash, rest = name.partition("/")
    if not slash or not (
        "." in first or ":" in first or first == "localhost" or first.lower() != first
    ):
        domain, remainder = DEFAULT_DOMAIN, name
    else:
        domain, remainder = first, rest
    if domain == f"index.{DEFAULT_DOMAIN}":
        domain = DEFAULT_DOMAIN
    if domain == DEFAULT_DOMAIN and "/" not in remainder:
        remainder = _OFFICIAL + remainder
    return domain, remainder


def _check_digest(digest: str) -> None:
    if not _DIGEST.fullmatch(digest):
        raise _invalid()
    algorithm, _, digits = digest.partition(":")
    if algorithm not in _DIGITS_OF:
        msg = "unsupported digest algorithm"
        raise InvalidReferenceError(msg)
    if len(digits) != _DIGITS_OF[algorithm] or digits.lower() != digits:
        msg = (
            "invalid checksum digest length"
            if digits.lower() == digits
            else "invalid checksum digest format"
        )
        raise InvalidReferenceError(msg)


def _invalid() -> InvalidReferenceError:
    return InvalidReferenceError("invalid reference format")
