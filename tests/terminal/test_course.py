"""The command `course`, as a terminal sees it: its document, its words, its exit status."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from course_lib.oci import read_image, read_images
from course_lib.terminal import main

if TYPE_CHECKING:
    from pathlib import Path

BASE = "FROM debian:12\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "f").write_text("hello\n")
    (tmp_path / "f").chmod(0o640)
    return tmp_path


def course(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def document(
    capsys: pytest.CaptureFixture[str], folder: Path, text: str, *words: str | Path
) -> dict[str, Any]:
    (folder / "Dockerfile").write_text(text)
    code, out, err = course(capsys, "build", "--json", *words, folder)
    found: dict[str, Any] = json.loads(out)
    assert code == (found["error"] is not None)
    assert err == ""
    return found


def test_the_document_tells_what_was_built(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = "FROM scratch\nCOPY --chown=5:6 f /d/g\nENV A=1\nCMD echo $A\n"
    found = document(capsys, folder, text)
    path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    assert found["config"] == {
        "Env": [path, "A=1"],
        "Cmd": ["/bin/sh", "-c", "echo $A"],
        "WorkingDir": "/",
    }
    assert found["history"] == [
        ["COPY --chown=5:6 f /d/g # buildkit", False],
        ["ENV A=1", True],
        ['CMD ["/bin/sh" "-c" "echo $A"]', True],
    ]
    owner = {"uid": 5, "gid": 6}
    assert found["layers"] == [
        [
            {"path": "/d", "type": "directory", "mode": "0755", **owner},
            {
                "path": "/d/g",
                "type": "file",
                "mode": "0640",
                **owner,
                "size": 6,
                "sha256": hashlib.sha256(b"hello\n").hexdigest(),
            },
        ]
    ]
    assert [warning["rule"] for warning in found["warnings"]] == ["JSONArgsRecommended"]
    assert found["warnings"][0]["line"] == 4
    assert [step["text"] for step in found["steps"]][1:] == [
        "COPY --chown=5:6 f /d/g",
        "ENV A=1",
        "CMD echo $A",
    ]
    assert all(step["because"] for step in found["steps"])


def test_links_and_deletions_are_told_apart(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = document(capsys, folder, f"{BASE}RUN ln -s f /l && rm /etc/hostname\n")
    entries = {entry["path"]: entry for entry in found["layers"][-1]}
    assert entries["/l"] == {
        "path": "/l",
        "type": "symlink",
        "mode": "0777",
        "uid": 0,
        "gid": 0,
        "to": "f",
    }
    assert entries["/etc/hostname"] == {"path": "/etc/hostname", "type": "whiteout"}


def test_a_step_that_was_done_before_in_the_build_is_cached(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = f"{BASE}COPY f /f\n{BASE.strip()} AS two\nCOPY f /f\nCOPY --from=0 f /g\n"
    steps = document(capsys, folder, text)["steps"]
    assert [step["cached"] for step in steps] == [False, False, False, True, False]


@pytest.mark.parametrize(
    ("text", "lines", "words"),
    [
        (f"{BASE}RUN exit 3\n", [2], "exit code: 3"),
        (f"{BASE}RUN a \\\n  b\n", [2, 3], "exit code: 127"),
        (f"{BASE}COPY nope /\n", [2], '"/nope": not found'),
        (f"{BASE}FOO x\n", [2], "unknown instruction: FOO"),
        ("FROM nope\n", [1], "failed to resolve source metadata"),
        ("", [], "the Dockerfile cannot be empty"),
    ],
)
def test_an_error_names_its_lines(
    capsys: pytest.CaptureFixture[str], folder: Path, text: str, lines: list[int], words: str
) -> None:
    error = document(capsys, folder, text)["error"]
    assert error["lines"] == lines
    assert words in error["message"]
    assert (">>>" in error["excerpt"]) == bool(lines)


def test_warnings_stay_when_the_build_fails(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found = document(capsys, folder, f"{BASE}MAINTAINER me\nRUN exit 1\n")
    assert [warning["rule"] for warning in found["warnings"]] == ["MaintainerDeprecated"]


def test_arguments_and_targets_reach_the_build(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = "FROM scratch AS one\nARG A=1\nLABEL a=$A\nFROM scratch\n"
    found = document(capsys, folder, text, "--build-arg", "A=2", "--target", "one", "--no-cache")
    assert found["config"]["Labels"] == {"a": "2"}


@pytest.mark.parametrize("kind", ["oci", "docker"])
def test_the_image_is_written_where_it_should_go(
    capsys: pytest.CaptureFixture[str], folder: Path, kind: str
) -> None:
    out = folder.parent / "out.tar"
    (folder / "Dockerfile").write_text(f"{BASE}COPY f /f\n")
    words = ("-t", "me:1", "-o", f"type={kind},dest={out}")
    code, printed, _ = course(capsys, "build", *words, folder)
    (stored,) = read_images(out)
    assert (code, printed) == (0, f"{stored.id}\n")
    assert stored.names[0].endswith("me:1")


def test_a_layout_is_a_base_and_a_source_of_files(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    layout, other = folder.parent / "layout", folder.parent / "other"
    other.mkdir()
    (other / "o").write_text("other")
    output = f"type=oci,dest={layout},tar=false"
    document(capsys, folder, f"{BASE}LABEL a=b\nCOPY f /f\n", "-t", "x:2", "-o", output)
    found = document(
        capsys,
        folder,
        "FROM base\nCOPY --from=base /f /g\nCOPY --from=files o /o\n",
        *("--build-context", f"base=oci-layout://{layout}:2"),
        *("--build-context", f"files={other}"),
    )
    assert found["config"]["Labels"] == {"a": "b"}
    assert [entry["path"] for layer in found["layers"][-2:] for entry in layer] == ["/g", "/o"]
    assert read_image(layout).image.layers[-1].entries.keys() == {"/f"}


def test_what_a_failing_run_printed_stands_above_the_error(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "Dockerfile").write_text(f"{BASE}RUN echo before; ls /nope\n")
    for builder in ("buildkit", "legacy"):
        code, _, err = course(capsys, "build", "--builder", builder, folder)
        assert code == 1
        assert err.index("before\n") < err.index("'/nope': No such file") < err.index("ended with")


def test_the_document_has_the_keys_that_are_promised_and_no_others(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    keys = {"config", "history", "layers", "warnings", "steps", "error"}
    assert document(capsys, folder, BASE).keys() == keys
    assert document(capsys, folder, f"{BASE}COPY nope /\n").keys() == keys
    assert document(capsys, folder, "FROM nope\n").keys() == keys
    assert document(capsys, folder, "FROM nope\n", "-f", "nope").keys() == keys
    assert document(capsys, folder, BASE, "--build-context", "a=/nope").keys() == keys
    assert json.loads(course(capsys, "check", "--json", folder)[1]).keys() == {"warnings", "error"}


@pytest.mark.parametrize(
    "data", [b"FROM scratch\nFOO \xff\xfe\n", b"\x7fELF\xe1\x00\xe7", b"\xed\xa0\x80"]
)
def test_the_document_of_bytes_that_are_no_text_can_be_read_anywhere(
    capsys: pytest.CaptureFixture[str], folder: Path, data: bytes
) -> None:
    (folder / "Dockerfile").write_bytes(data)
    code, out, _ = course(capsys, "build", "--json", folder)
    assert code == 1
    json.dumps(json.loads(out), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "words",
    [
        ("--build-context", "base=oci-layout:///nope"),
        ("--build-context", "base=/nope"),
        ("-o", "type=local,dest=x"),
        ("-o", "type=oci"),
        ("-o", "type=oci,dest=/nope/x/y"),
        ("-f", "nope"),
        ("--target", "nope"),
        ("--cache-from", "type=registry,ref=web"),
        ("--cache-to", "type=local,src=kept"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_words_that_can_not_be_followed_are_an_error(
    capsys: pytest.CaptureFixture[str], folder: Path, words: tuple[str, ...], form: tuple[str, ...]
) -> None:
    (folder / "Dockerfile").write_text("FROM scratch\nCOPY f /\n")
    code, out, err = course(capsys, "build", *form, *words, folder)
    assert code == 1
    assert json.loads(out)["error"]["message"] if form else "ERROR: " in err


@pytest.mark.parametrize("words", [(), ("build",), ("build", "--nope", "."), ("bild", ".")])
def test_an_unknown_command_line_ends_with_one(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 1
    assert "usage: course" in capsys.readouterr().err


def test_a_dockerfile_comes_from_standard_input(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("FROM scratch\nCOPY f /\n"))
    code, out, _ = course(capsys, "build", "--json", "-f", "-", folder)
    assert (code, json.loads(out)["layers"][0][0]["path"]) == (0, "/f")


def test_the_file_beside_a_dockerfile_ignores_for_it(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub/My.file").write_text("FROM scratch\nCOPY . /\n")
    (folder / "sub/My.file.dockerignore").write_text("sub\n")
    code, out, _ = course(capsys, "build", "--json", "-f", folder / "sub/My.file", folder)
    assert (code, [entry["path"] for entry in json.loads(out)["layers"][0]]) == (0, ["/f"])


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("FROM scratch\nCMD x\n", ["JSONArgsRecommended"]),
        ("FROM scratch AS a\nMAINTAINER x\nFROM scratch\n", ["MaintainerDeprecated"]),
        ('FROM scratch\nCMD ["x"]\n', []),
        ("# check=skip=JSONArgsRecommended\nFROM scratch\nCMD x\n", []),
    ],
)
def test_check_says_what_it_found(
    capsys: pytest.CaptureFixture[str], folder: Path, text: str, rules: list[str]
) -> None:
    (folder / "Dockerfile").write_text(text)
    code, out, _ = course(capsys, "check", "--json", folder)
    assert [warning["rule"] for warning in json.loads(out)["warnings"]] == rules
    assert code == bool(rules)
    code, out, err = course(capsys, "check", folder)
    assert code == bool(rules)
    assert all(rule in err for rule in rules) if rules else "no warnings" in out


def test_the_older_builder_prints_its_steps(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "Dockerfile").write_text("FROM scratch\nCOPY f /\nLABEL a=b\n")
    words = ("build", "--builder", "legacy", "--build-arg", "Z=1")
    code, out, err = course(capsys, *words, folder)
    lines = re.sub(r"\b[0-9a-f]{12}\b", "ID", err).splitlines()
    assert (code, lines) == (
        0,
        [
            *("Step 1/3 : FROM scratch", " ---> ", "Step 2/3 : COPY f /", " ---> ID"),
            *("Step 3/3 : LABEL a=b", " ---> Running in ID"),
            *(" ---> Removed intermediate container ID", " ---> ID"),
            "[Warning] One or more build-args [Z] were not consumed",
            "Successfully built ID",
        ],
    )
    code, out, _ = course(capsys, *words, "--json", folder)
    assert json.loads(out)["history"][1] == ["/bin/sh -c #(nop)  LABEL a=b", True]


def test_the_installed_command_prints_progress_and_the_id(folder: Path) -> None:
    (folder / "Dockerfile").write_text(f"{BASE}RUN echo in the layer\n")
    code = "import sys; from course_lib.terminal import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", folder], capture_output=True, check=True, text=True
    )
    assert done.stdout.startswith("sha256:")
    assert "[2/2] RUN echo in the layer\nin the layer\n  DONE" in done.stderr


def test_the_work_of_a_folder_is_saved_and_brought_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert course(capsys, "update", tmp_path)[0] == 0
    page = tmp_path / "en" / "00_welcome.ipynb"
    text = page.read_text("utf-8")
    page.write_text(text.replace('"# YOUR ANSWER HERE', '"FROM busybox', 1), "utf-8")
    assert course(capsys, "save-work", "--folder", tmp_path / "en")[0] == 0
    code, out, _ = course(
        capsys, "bring-back", tmp_path / "en" / "my-course-work.json", "--folder", tmp_path / "zh"
    )
    assert (code, "1 answer" in out) == (0, True)
    assert "FROM busybox" in (tmp_path / "zh" / "00_welcome.ipynb").read_text("utf-8")
    code, _, err = course(capsys, "bring-back", page)
    assert (code, "no work of this course" in err) == (1, True)


@pytest.mark.parametrize("words", [("update", "nowhere"), ("bring-back", "nowhere.json")])
def test_a_folder_or_file_that_is_not_there_is_an_error(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = course(capsys, *words)
    assert (code, err.startswith("ERROR: ")) == (1, True)
    assert list(tmp_path.iterdir()) == []
