"""The older builder by itself: its cache with reasons, its refusals, what it prints."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest

from course_lib.build import BuildCache, BuildError, BuildResult, Context, build
from course_lib.clock import Clock
from course_lib.image.entries import Content, File
from course_lib.shell import ExecFailure, Outcome

if TYPE_CHECKING:
    from tests.build.conftest import Kitchen

FILES = {"f": "hello\n", "g": "world\n", "d/x": "1", "d/y": "2"}


def cook(
    kitchen: Kitchen, text: str, files: dict[str, str] | None = None, **options: str | bool
) -> BuildResult:
    return build(
        text,
        Context.of(dict(FILES if files is None else files)),
        images=kitchen.images.get,
        clock=kitchen.clock,
        cache=kitchen.cache,
        execute=kitchen.stove,
        builder="legacy",
        no_cache=bool(options.get("no_cache")),
        target=str(options.get("target", "")),
        build_args={k[4:]: str(v) for k, v in options.items() if k.startswith("arg_")},
    )


def history(result: BuildResult) -> list[str]:
    return [line.created_by for line in result.image.history[1:]]


TEXT = 'FROM base\nLABEL a=1\nCOPY f /f\nRUN make\nCMD ["x"]\n'


def test_every_instruction_is_taken_from_the_cache_the_second_time(kitchen: Kitchen) -> None:
    first, second = cook(kitchen, TEXT), cook(kitchen, TEXT)
    assert [step.cached for step in first.steps] == [False] * 5
    assert [step.cached for step in second.steps] == [False, True, True, True, True]
    assert second.image.id == first.image.id
    assert len(kitchen.stove.processes) == 1
    assert " ---> Using cache\n" in second.steps[1].intro


def test_a_changed_label_makes_all_below_it_anew(kitchen: Kitchen) -> None:
    cook(kitchen, TEXT)
    result = cook(kitchen, TEXT.replace("LABEL a=1", "LABEL a=2"))
    assert [step.cached for step in result.steps] == [False] * 5
    assert [step.because.en for step in result.steps[1:3]] == [
        "not in the cache: the instruction changed; before it was LABEL a=1",
        "not in the cache: the step below it was made anew (LABEL a=2)",
    ]


def test_a_changed_file_is_named_as_the_reason(kitchen: Kitchen) -> None:
    cook(kitchen, TEXT)
    result = cook(kitchen, TEXT, {**FILES, "f": "other"})
    assert [step.cached for step in result.steps] == [False, True, False, False, False]
    assert result.steps[2].because.en == "not in the cache: the file /f has other content"


@pytest.mark.parametrize(
    "line", ["EXPOSE 80", "VOLUME /v", "USER nobody", "ENV A=1", 'SHELL ["x"]']
)
def test_what_only_edits_the_config_decides_over_the_steps_after_it(
    kitchen: Kitchen, line: str
) -> None:
    cook(kitchen, TEXT)
    result = cook(kitchen, TEXT.replace("LABEL", f"{line}\nLABEL"))
    assert not any(step.cached for step in result.steps)


def test_no_cache_makes_even_the_same_step_of_another_stage_again(kitchen: Kitchen) -> None:
    text = "FROM base AS a\nRUN make\nFROM base\nRUN make\n"
    assert [step.cached for step in cook(kitchen, text).steps] == [False, False, False, True]
    assert not any(step.cached for step in cook(kitchen, text, no_cache=True).steps)


def test_the_two_builders_do_not_share_a_cache(kitchen: Kitchen) -> None:
    build(
        TEXT,
        Context.of(dict(FILES)),
        images=kitchen.images.get,
        clock=kitchen.clock,
        cache=kitchen.cache,
        execute=kitchen.stove,
    )
    assert not any(step.cached for step in cook(kitchen, TEXT).steps)


def test_all_stages_up_to_the_target_are_built(kitchen: Kitchen) -> None:
    text = "FROM base AS a\nRUN one\nFROM base AS b\nRUN two\nFROM base\nRUN three\n"
    cook(kitchen, text, target="b")
    assert [process.argv[-1] for process in kitchen.stove.processes] == ["one", "two"]


def test_an_arg_ends_with_its_stage_and_never_hides_an_env(kitchen: Kitchen) -> None:
    text = "FROM base AS a\nARG A=1\nENV B=env\nARG B=arg\nRUN one\nFROM a\nARG C\nRUN two\n"
    result = cook(kitchen, text, arg_C="3")
    one, two = kitchen.stove.processes
    assert (one.env["A"], one.env["B"]) == ("1", "env")
    assert ("A" in two.env, two.env["C"]) == (False, "3")
    lines = history(result)
    assert "|1 A=1 /bin/sh -c one" in lines
    assert lines[-1] == "|1 C=3 /bin/sh -c two"
    assert "/bin/sh -c #(nop)  ARG B=arg" in lines


def test_arguments_that_nobody_takes_are_named_at_the_end(kitchen: Kitchen) -> None:
    result = cook(
        kitchen, "FROM base\nARG A\n", arg_A="1", arg_Z="1", arg_Y="1", arg_HTTP_PROXY="x"
    )
    warning, built = result.closing.splitlines()
    assert warning == "[Warning] One or more build-args [Y Z] were not consumed"
    assert built == f"Successfully built {result.image.id[7:19]}"


def test_what_a_run_writes_to_a_volume_is_gone_after_it(kitchen: Kitchen) -> None:
    def write(_process: object, files: object) -> Outcome:
        files.put("/data/new", File(Content.of("x")))  # type: ignore[attr-defined]
        files.put("/beside", File(Content.of("x")))  # type: ignore[attr-defined]
        return Outcome(0, ())

    kitchen.stove.does = write
    result = cook(kitchen, "FROM base\nVOLUME /data\nRUN write\nCOPY f /data/kept\n")
    tree = result.image.tree
    assert (tree.get("/data/new"), tree.get("/beside") is None) == (None, False)
    assert tree.get("/data/kept") is not None


def test_a_run_without_changes_has_no_layer(kitchen: Kitchen) -> None:
    result = cook(kitchen, "FROM base\nRUN true\nWORKDIR /data\nWORKDIR /new\n")
    assert [line.empty_layer for line in result.image.history[1:]] == [True, True, False]
    assert len(result.image.layers) == 2


def test_the_author_stands_in_the_lines_after_it_and_not_in_the_child(kitchen: Kitchen) -> None:
    result = cook(kitchen, "FROM base AS a\nMAINTAINER me\nLABEL a=b\nFROM a\nLABEL c=d\n")
    assert [line.author for line in result.image.history[1:]] == ["me", "me", ""]
    assert result.image.author == ""


def test_scratch_has_a_path_and_no_working_directory(kitchen: Kitchen) -> None:
    result = cook(kitchen, "FROM scratch\nCOPY f /\n")
    assert result.image.config.working_dir == ""
    assert result.steps[0].outro == " ---> \n"


NEEDS = "option requires BuildKit. Refer to"
CHOWN = "unable to convert uid/gid chown string to host mapping: can't find"
MANY = "more than one source file, the destination must be a"
REFUSED = {
    "COPY f g /x": f"When using COPY with {MANY}",
    "ADD f g /x": f"When using ADD with {MANY}",
    "COPY d/* /x": f"When using COPY with {MANY}",
    "COPY no* /x/": "COPY failed: no source files were specified",
    "COPY [a /x/": "COPY failed: no source files were specified",
    "COPY nope /x/": "COPY failed: file not found in build context or excluded by .dockerignore: stat nope",
    "COPY ../f /x/": "COPY failed: forbidden path outside the build context: ../f ()",
    "COPY --from=base /nope /x/": "COPY failed: stat nope: file does not exist",
    "COPY --from=0 /f /x": "invalid from flag value 0: refers to current build stage",
    "COPY --from=7 /f /x": "invalid from flag value 7: index out of bounds",
    "COPY --from=no/one:1 /f /x": "invalid from flag value no/one:1: pull access denied for no/one, repo",
    "COPY --chown=nope f /x": f"{CHOWN} uid for user nope: no such user: nope",
    "COPY --chown=0:nope f /x": f"{CHOWN} gid for group nope: no such group: nope",
    "COPY --chmod=755 f /x": f"the --chmod {NEEDS}",
    "COPY --link f /x": f"the --link {NEEDS}",
    "RUN --mount=type=cache,target=/c x": f"the --mount {NEEDS}",
    "RUN --network=none x": f"the --network {NEEDS}",
    "WORKDIR /file": "Cannot mkdir: /file is not a directory",
    "WORKDIR $nothing": "cannot normalize nothing",
    "COPY d /file": "failed to copy files: failed to copy directory: mkdir /file: not a directory",
    "COPY f /file/": "failed to copy files: failed to create new directory: mkdir /file: not a directory",
    "RUN []": "no command specified",
    "COPY <<a /x\nb\na": "heredocs require BuildKit. Refer to",
}


@pytest.mark.parametrize(("line", "words"), REFUSED.items())
def test_what_the_older_builder_refuses(kitchen: Kitchen, line: str, words: str) -> None:
    with pytest.raises(BuildError) as refused:
        cook(kitchen, f"FROM base\n{line}\n")
    assert refused.value.message.startswith(words)
    assert refused.value.excerpt == ""
    assert refused.value.span is not None
    assert refused.value.help is not None


ACCEPTED = ["COPY f g /x/", "COPY d /x", "ADD d/* /x/", "COPY /f /x", "COPY --from=base /file /x",
            "COPY --chown=ada f /x", "COPY --chown=5 f /x", "COPY . /x", "COPY ./d/x /x"]  # fmt: skip


@pytest.mark.parametrize("line", ACCEPTED)
def test_what_the_older_builder_takes(kitchen: Kitchen, line: str) -> None:
    assert len(cook(kitchen, f"FROM base\n{line}\n").image.layers) == 2


def test_a_failing_run_is_told_in_its_own_words(kitchen: Kitchen) -> None:
    kitchen.stove.does = lambda _process, _files: Outcome(7, ())
    with pytest.raises(BuildError) as failed:
        cook(kitchen, "FROM base\nARG A=1\nRUN exit 7\n")
    assert failed.value.message == "The command '/bin/sh -c exit 7' returned a non-zero code: 7"
    assert failed.value.failed is not None
    step, running = failed.value.failed.intro.splitlines()
    assert (step, running[:16]) == ("Step 3/3 : RUN exit 7", " ---> Running in")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            127,
            "failed to create task for container: failed to create shim task: OCI runtime create ",
        ),
        (125, "nobody"),
    ],
)
def test_a_run_that_can_not_start_is_told_in_the_daemons_words(
    kitchen: Kitchen, code: int, words: str
) -> None:
    message = "nobody"

    def refuse(_process: object, _files: object) -> Outcome:
        raise ExecFailure(message, code)

    kitchen.stove.does = refuse
    with pytest.raises(BuildError) as failed:
        cook(kitchen, "FROM base\nRUN x\n")
    assert failed.value.message.startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FROM nope\n", "pull access denied for nope, repository does not exist or may require"),
        ("FROM a/nope:1\n", "pull access denied for a/nope, repository does not exist"),
        ("FROM base AS a\nFROM base AS A\n", "a stage name already used"),
    ],
)
def test_a_base_that_can_not_be(kitchen: Kitchen, text: str, words: str) -> None:
    with pytest.raises(BuildError) as failed:
        cook(kitchen, text)
    assert failed.value.message.startswith(words)


@pytest.mark.parametrize(
    ("retries", "shown"), [(0, r"\x00"), (3, r"\x03"), (10, r"\n"), (39, r"\'"), (65, "A")]
)
def test_retries_are_shown_as_the_character_of_that_number(
    kitchen: Kitchen, retries: int, shown: str
) -> None:
    line = f"HEALTHCHECK --interval=90s --retries={retries} CMD true"
    start = '/bin/sh -c #(nop)  HEALTHCHECK &{["CMD-SHELL" "true"] "1m30s" "0s" "0s" "0s" '
    assert history(cook(kitchen, f"FROM base\n{line}\n")) == [f"{start}'{shown}'}}"]


def test_an_unpacked_archive_keeps_its_owners_whatever_chown_says(kitchen: Kitchen) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("inside")
        info.uid = info.gid = 4
        archive.addfile(info)
    context = Context.of({"t.tar": buffer.getvalue(), "f": "x"})
    result = build(
        "FROM base\nADD --chown=7 t.tar f /x/\n",
        context,
        images=kitchen.images.get,
        clock=kitchen.clock,
        builder="legacy",
    )
    owners = {path: getattr(node, "uid", None) for path, node in result.image.tree.walk("/x")}
    assert owners == {"/x": 0, "/x/inside": 4, "/x/f": 7}


def test_a_health_check_takes_over_what_it_leaves_open(kitchen: Kitchen) -> None:
    text = "FROM base\nHEALTHCHECK --interval=5s --retries=2 CMD a\nHEALTHCHECK --retries=4 CMD b\n"
    health = cook(kitchen, text).image.config.healthcheck
    assert health is not None
    assert (health.test[-1], health.interval, health.retries) == ("b", 5_000_000_000, 4)


def test_digests_of_sources_are_dockers() -> None:
    result = build(
        "FROM scratch\nCOPY f /f\nCOPY d /dd/\n",
        Context.of({"f": "hi\n", "d/x": "x\n"}),
        images=lambda _name: None,
        clock=Clock(),
        cache=BuildCache(),
        builder="legacy",
    )
    file, folder = (line.created_by.split()[4] for line in result.image.history)
    assert file == "file:8582af4daeaf0680f84231b3cb3c1b3f178576b5a6a8982837583d5676f28428"
    assert folder == "dir:649c5e2d66cc69f4dedf115b0e9a088e65df0feaaa8b7780719ea57dabf2c9ca"


def test_a_copied_folder_takes_the_place_of_what_is_of_another_kind(kitchen: Kitchen) -> None:
    text = "FROM base\nCOPY a/ /o/\nCOPY b/ /o/\n"
    files = {"a/x": "1", "a/y/z": "2", "b/x/k": "3", "b/y": "4"}
    tree = cook(kitchen, text, files).image.tree
    assert [path for path, _ in tree.walk("/o")] == ["/o", "/o/x", "/o/x/k", "/o/y"]


@pytest.mark.parametrize(
    ("mode", "kept"),
    [(0o4755, 0o755), (0o2755, 0o755), (0o6644, 0o2644), (0o1755, 0o1755), (0o640, 0o640)],
)
def test_files_lose_the_set_id_bits_when_they_are_given_to_root(
    kitchen: Kitchen, mode: int, kept: int
) -> None:
    result = build(
        "FROM base\nCOPY f /f\n",
        Context.of({"f": File(Content.of("x"), mode)}),
        images=kitchen.images.get,
        clock=kitchen.clock,
        builder="legacy",
    )
    found = result.image.tree.get("/f")
    assert isinstance(found, File)
    assert oct(found.mode) == oct(kept)
