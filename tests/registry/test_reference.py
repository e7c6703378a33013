"""Image names are read as the distribution project reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.registry.reference import InvalidReferenceError, Reference

DIGEST = "sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("name", "domain", "repository", "tag", "digest", "familiar"),
    [
        ("alpine", "docker.io", "library/alpine", "", "", "alpine:latest"),
        ("alpine:3.19", "docker.io", "library/alpine", "3.19", "", "alpine:3.19"),
        ("library/alpine", "docker.io", "library/alpine", "", "", "alpine:latest"),
        ("docker.io/alpine", "docker.io", "library/alpine", "", "", "alpine:latest"),
        ("index.docker.io/me/app:1", "docker.io", "me/app", "1", "", "me/app:1"),
        ("me/app", "docker.io", "me/app", "", "", "me/app:latest"),
        ("localhost/app", "localhost", "app", "", "", "localhost/app:latest"),
        ("host:5000/a/b:c", "host:5000", "a/b", "c", "", "host:5000/a/b:c"),
        ("quay.io/x/y", "quay.io", "x/y", "", "", "quay.io/x/y:latest"),
        ("UP/app", "UP", "app", "", "", "UP/app:latest"),
        ("a__b/c.d-e", "docker.io", "a__b/c.d-e", "", "", "a__b/c.d-e:latest"),
        ("a:V1.0_x-y", "docker.io", "library/a", "V1.0_x-y", "", "a:V1.0_x-y"),
        (f"a@{DIGEST}", "docker.io", "library/a", "", DIGEST, f"a@{DIGEST}"),
        (f"a:1@{DIGEST}", "docker.io", "library/a", "1", DIGEST, f"a@{DIGEST}"),
        ("[::1]:5000/a", "[::1]:5000", "a", "", "", "[::1]:5000/a:latest"),
    ],
)
def test_a_name_has_domain_repository_tag_and_digest(  # noqa: PLR0913, PLR0917 - columns of a table
    name: str, domain: str, repository: str, tag: str, digest: str, familiar: str
) -> None:
    reference = Reference.parse(name)
    assert reference == Reference(domain, repository, tag, digest)
    assert reference.familiar == familiar


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "invalid reference format"),
        ("Alpine", "invalid reference format: repository name (library/Alpine) must be lowercase"),
        ("me/App", "invalid reference format: repository name (me/App) must be lowercase"),
        ("a b", "invalid reference format"),
        ("a:", "invalid reference format"),
        (":1", "invalid reference format"),
        ("a:b:c", "invalid reference format"),
        ("a/", "invalid reference format"),
        ("-a", "invalid reference format"),
        ("a..b", "invalid reference format"),
        ("a___b", "invalid reference format"),
        ("a:-x", "invalid reference format"),
        ("a@sha256:12", "invalid reference format"),
        (f"a@{DIGEST}0", "invalid checksum digest length"),
        ("0123456789abcdef" * 4, "cannot specify 64-byte hexadecimal strings"),
        ("a" * 256, "repository name must not be more than 255 characters"),
    ],
)
def test_what_is_no_name_fails_in_dockers_words(name: str, words: str) -> None:
    with pytest.raises(InvalidReferenceError) as caught:
        Reference.parse(name)
    assert words in str(caught.value)


@given(st.text(alphabet="aA1.-_:/@ é", max_size=20))
def test_a_familiar_name_means_itself(name: str) -> None:
    try:
        reference = Reference.parse(name)
    except InvalidReferenceError:
        return
    again = Reference.parse(reference.familiar)
    assert again.familiar == reference.familiar
    assert (again.domain, again.repository) == (reference.domain, reference.repository)
