import pytest

from course_lib.exercises.headers import (
    ContextFileHeader,
    DockerfileHeader,
    DockerHeader,
    HeaderError,
    read,
)


@pytest.mark.parametrize(
    ("magic", "line", "header"),
    [
        ("dockerfile", "web", DockerfileHeader("web")),
        (
            "dockerfile",
            "web -t a:1 --tag=b --context src --target t --build-arg V=1 --build-arg 'W=a b' --no-cache",
            DockerfileHeader(
                "web", ("a:1", "b"), "src", "t", (("V", "1"), ("W", "a b")), no_cache=True
            ),
        ),
        ("dockerfile", "web --builder legacy", DockerfileHeader("web", legacy=True)),
        ("dockerfile", "web --builder=buildkit", DockerfileHeader("web")),
        (
            "dockerfile",
            "web --secret id=a,src=a.txt --secret=id=b",
            DockerfileHeader("web", secrets=("id=a,src=a.txt", "id=b")),
        ),
        ("docker", "", DockerHeader()),
        ("docker", "run -i alpine sh", DockerHeader(command="run -i alpine sh")),
        ("docker", "--answer x", DockerHeader(answer="x")),
        ("contextfile", "./src/app.py", ContextFileHeader("src/app.py")),
        ("contextfile", "a --answer x", ContextFileHeader("a", "x")),
        ("timeit", "x", None),
    ],
)
def test_a_header_is_read_into_a_value(magic: str, line: str, header: object) -> None:
    assert read(magic, line) == header


@pytest.mark.parametrize(
    ("magic", "line", "words"),
    [
        ("dockerfile", "", "needs one name"),
        ("dockerfile", "a b", "needs one name"),
        ("dockerfile", "a -t", "--tag needs a value"),
        ("dockerfile", "a --nocache", "unknown option --nocache"),
        ("dockerfile", "a --secret", "--secret needs a value"),
        ("dockerfile", "a --builder", "--builder needs a value"),
        ("dockerfile", "a --builder kaniko", "there is no builder kaniko"),
        ("dockerfile", "'a", "a quote is not closed"),
        ("docker", "--answer", "--answer takes one ID"),
        ("docker", "--answer a b", "--answer takes one ID"),
        ("contextfile", "", "needs one path"),
        ("contextfile", "../a", "outside the build context"),
        ("contextfile", "/etc/passwd", "outside the build context"),
    ],
)
def test_a_header_that_cant_be_read_says_how_to_write_it(magic: str, line: str, words: str) -> None:
    with pytest.raises(HeaderError) as wrong:
        read(magic, line)

    assert words in wrong.value.reason.en
    assert f"%%{magic}" in wrong.value.reason.zh
