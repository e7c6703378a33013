"""docker build: BuildKit's plain progress, then the image's name; or the error with its excerpt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.images import print_pulled
from course_lib.cli.secrets import secrets
from course_lib.cli.units import human_size
from course_lib.image.entries import Directory, File
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.build import BuildError, BuildResult, Context, Step
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.results import Pulled


def _build(session: Session, parsed: Parsed) -> None:
    from course_lib.build import BuildError  # noqa: PLC0415 - the builder is loaded with the first build

    name, source, context = sources(session, parsed)
    given = secrets(session, parsed.all("secret"))
    older = session.environment.get("DOCKER_BUILDKIT") in _OFF
    progress = (_OlderProgress if older else _Progress)(session, quiet=parsed.on("quiet"))
    progress.definition(name, source, context)
    tags = parsed.all("tag")
    try:
        if parsed.on("check"):
            _check(session, parsed, name, source, context)
            return
        result = session.engine.build(
            source,
            context,
            tags=tags,
            target=parsed.text("target"),
            build_args=dict(_argument(text) for text in parsed.all("build-arg")),
            secrets=given,
            no_cache=parsed.on("no-cache"),
            dockerfile_name=name,
            builder="legacy" if older else "buildkit",
            on_step=progress.step,
            on_pull=progress.pulled,
        )
    except BuildError as error:
        session.show(error)
        session.exit_code = 1
        progress.failed(error)
        return
    session.show(result)
    if parsed.on("quiet"):
        session.line(result.image.id)
        return
    progress.exported(result, [session.engine.reference(tag) for tag in tags])


def _check(session: Session, parsed: Parsed, name: str, source: str, context: Context) -> None:
    """`docker build --check`: each warning with its lines; exit status 1 when there are any."""
    from course_lib.dockerfile import DockerfileError  # noqa: PLC0415 - loaded with the first build

    found = session.engine.check(
        source,
        context,
        target=parsed.text("target"),
        build_args=dict(_argument(text) for text in parsed.all("build-arg")),
        dockerfile_name=name,
    )
    session.show(found)
    if not found:
        session.line("Check complete, no warnings found.")
        return
    counted = "1 warning has" if len(found) == 1 else f"{len(found)} warnings have"
    session.line(f"Check complete, {counted} been found!")
    for warning in found:
        session.line(f"\nWARNING: {warning.rule} - {_RULES}{_kebab(warning.rule)}/")
        session.line(warning.message)
        session.line(DockerfileError("", warning.span).excerpt(source, name))
    session.exit_code = 1


_RULES = "https://docs.docker.com/go/dockerfile/rule/"


def _kebab(rule: str) -> str:
    """`json-args-recommended` of `JSONArgsRecommended`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", rule).lower()


_OFF = frozenset({"0", "f", "F", "false", "False", "FALSE"})  # Go's strconv.ParseBool
_DEPRECATED = """\
DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

"""


def _argument(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def sources(session: Session, parsed: Parsed) -> tuple[str, str, Context]:
    """The name and text of the Dockerfile, and the context, that one `docker build` names.

    Raises:
        UsageError: a folder or a Dockerfile that is not there.

    """
    from course_lib.build import Context  # noqa: PLC0415 - the builder is loaded with the first build

    path = parsed.args[0]
    if path == "-":
        return "Dockerfile", session.stdin, Context.of({})
    context = session.context
    if context is None or path.rstrip("/") not in (".", "./."):
        context = _folder(session, path)
    if context is None:
        raise UsageError(
            f"ERROR: unable to prepare context: path {path!r} not found".replace("'", '"'),
            1,
            Text(
                "The build context here is the current folder: docker build .",
                "这里的构建上下文就是当前目录：docker build .",
            ),
        )
    name = parsed.text("file", "Dockerfile")
    if name == "-":
        return "Dockerfile", session.stdin, context
    found = context.files.get(name.removeprefix("./"))
    if not isinstance(found, File):
        msg = (
            "ERROR: failed to build: failed to solve: failed to read dockerfile: "
            f"open {name}: no such file or directory"
        )
        raise UsageError(
            msg,
            1,
            Text(
                f"The context has no file {name}; -f names another one.",
                f"上下文里没有 {name} 文件；可以用 -f 指定别的文件。",
            ),
        )
    return name, found.content.data.decode(errors="replace"), context


def _folder(session: Session, path: str) -> Context | None:
    """A folder of the simulated host as a context; None when it is not there."""
    from course_lib.build import Context  # noqa: PLC0415 - the builder is loaded with the first build

    host = session.engine.host
    root = host.path(path)
    if not isinstance(host.files.get(root), Directory):
        return None
    prefix = root.rstrip("/") + "/"
    return Context.of(
        {here.removeprefix(prefix): node for here, node in host.files.walk(root) if here != root}
    )


class _Progress:
    """`#5 [2/3] RUN echo hi`, as `--progress=plain` prints it; all on stderr."""

    def __init__(self, session: Session, *, quiet: bool) -> None:
        self._session = session
        self._quiet = quiet
        self._number = 0
        self._last: Step | None = None

    def definition(self, name: str, source: str, context: Context) -> None:
        del context
        self._vertex(
            f"[internal] load build definition from {name}",
            [f"transferring dockerfile: {len(source.encode())}B done"],
        )

    def step(self, step: Step) -> None:
        if step.layer is None and step.number == 0:
            return
        end = "CACHED" if step.cached else "DONE 0.0s"
        self._vertex(step.label, _output(step).splitlines(), end)

    def pulled(self, pulled: Pulled) -> None:
        """A base image that was not here: BuildKit says nothing of it in this output."""

    def exported(self, result: BuildResult, names: Sequence[str]) -> None:
        lines = ["exporting layers done", f"writing image {result.image.id} done"]
        lines += [f"naming to {_full(name)} done" for name in names]
        self._vertex("exporting to image", lines)
        self._warnings(result)

    def failed(self, error: BuildError) -> None:
        if error.failed is not None and error.failed.output:
            step, lines = error.failed, _output(error.failed).splitlines()
            self._vertex(step.label, lines, f"ERROR: {error.message}", after="")
            rule = "------\n"
            said = "".join(f"{line}\n" for line in lines)
            self._session.err(f"{rule} > {step.label}:\n{said}{rule}")
        if error.excerpt:
            self._session.err(error.excerpt.rstrip("\n") + "\n")
        self._session.complain(
            f"ERROR: failed to build: failed to solve: {error.message}", error.help
        )

    def _warnings(self, result: BuildResult) -> None:
        count = len(result.warnings)
        if not count or self._quiet:
            return
        noun = "warning" if count == 1 else "warnings"
        self._session.err(f"\n {count} {noun} found:\n")
        for warning in result.warnings:
            self._session.err(f" - {warning.rule}: {warning.message} (line {warning.span.start})\n")

    def _vertex(
        self, label: str, lines: Sequence[str], end: str = "DONE 0.0s", after: str = "\n"
    ) -> None:
        self._number += 1
        if self._quiet:
            return
        prefix = f"#{self._number} "
        for line in (label, *lines, end):
            self._session.err(f"{prefix}{line}".rstrip() + "\n")
        self._session.err(after)


class _OlderProgress(_Progress):
    """`Step 2/3 : RUN echo hi`, as the older builder prints it; on stdout but for errors."""

    def __init__(self, session: Session, *, quiet: bool) -> None:
        super().__init__(session, quiet=quiet)
        self._arrived: list[Pulled] = []

    def definition(self, name: str, source: str, context: Context) -> None:
        self._session.err(_DEPRECATED)
        size = _sent(name, source, context)
        if size and not self._quiet:
            size_of = human_size(size, 4)
            self._session.out(f"Sending build context to Docker daemon  {size_of}\r\r\n")

    def pulled(self, pulled: Pulled) -> None:
        """Remember a base image until its step is printed."""
        self._arrived.append(pulled)

    def step(self, step: Step) -> None:
        if self._quiet:
            return
        self._session.out(step.intro)
        for pulled in [one for one in self._arrived if _needs(step, one)]:
            print_pulled(self._session, pulled)
            self._arrived.remove(pulled)
        self._session.chunks(step.output)
        self._session.out(step.outro)

    def exported(self, result: BuildResult, names: Sequence[str]) -> None:
        tagged = "".join(f"Successfully tagged {name}\n" for name in names)
        self._session.out(result.closing + tagged)

    def failed(self, error: BuildError) -> None:
        if error.failed is not None:
            self._session.out(error.failed.intro)
            self._session.chunks(error.failed.output)
        begun = error.failed is not None or error.steps
        refused = "" if begun else "Error response from daemon: "
        self._session.complain(refused + error.message, error.help)


def _sent(name: str, source: str, context: Context) -> int:
    """Bytes of the context that docker sends; 0 when its .dockerignore can't be read."""
    from course_lib.build import Context  # noqa: PLC0415 - loaded with the first build
    from course_lib.build.ignore import (  # noqa: PLC0415 - as above
        BadPatternError,
        IgnoreRules,
        IllegalExclusionError,
        read_ignore_file,
    )

    if not context.files:
        return Context.of({name: source}).tar_size()
    patterns = read_ignore_file(context.text(".dockerignore") or "")
    try:
        rules = IgnoreRules.of((*patterns, f"!{name}", "!.dockerignore"))
    except (BadPatternError, IllegalExclusionError):
        return 0  # the build says what is wrong with it
    return context.without(rules).tar_size()


def _needs(step: Step, pulled: Pulled) -> bool:
    """Whether an image came for this step: its FROM, or its `--from`."""
    from course_lib.dockerfile.instructions import Copy, From  # noqa: PLC0415 - loaded with the first build

    match step.instruction:
        case From():
            return step.image == pulled.image
        case Copy(from_=name):
            return pulled.reference in (name, f"{name}:latest")
        case _:
            return False


def _output(step: Step) -> str:
    return b"".join(chunk.data for chunk in step.output).decode(errors="replace")


def _full(reference: str) -> str:
    if "/" in reference:
        return f"docker.io/{reference}"
    return f"docker.io/library/{reference}"


COMMANDS = (
    Command(
        "build",
        "docker build [OPTIONS] PATH | URL | -",
        "Start a build",
        _build,
        (
            Flag("check", "bool", "Check the build configuration, and build nothing"),
            Flag("build-arg", "list", "Set build-time variables"),
            Flag("file", "string", 'Name of the Dockerfile (default: "PATH/Dockerfile")', "f"),
            Flag("no-cache", "bool", "Do not use cache when building the image"),
            Flag("progress", "string", "Set type of progress output (plain)"),
            Flag("quiet", "bool", "Suppress the build output and print image ID on success", "q"),
            Flag("secret", "list", 'Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")'),
            Flag("tag", "list", 'Name and optionally a tag (format: "name:tag")', "t"),
            Flag("target", "string", "Set the target build stage to build"),
            *(
                Flag(name, "string", simulated=False)
                for name in (
                    "add-host", "allow", "annotation", "attest", "build-context", "cache-from",
                    "cache-to", "iidfile", "label", "metadata-file", "network", "output",
                    "platform", "ssh",
                )
            ),
            *(Flag(name, "bool", simulated=False) for name in ("load", "pull", "push", "rm")),
        ),
        least=1,
        most=1,
        aliases=("image build",),
    ),
)  # fmt: skip
