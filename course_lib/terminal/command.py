"""The command `course`: reads its words, builds or checks, prints, and says how it went.

Exit status 0, or 1 with the error. The document of `--json` goes to standard output, all else that is
no result to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from course_lib import work
from course_lib.build import BuildCache, Builder, BuildError
from course_lib.clock import Clock
from course_lib.oci import ImageReadError
from course_lib.terminal import cache, document, learning
from course_lib.terminal.sources import CommandLineError, Output, Source, base_images

if TYPE_CHECKING:
    from collections.abc import Sequence

    from course_lib.build import Step
    from course_lib.dockerfile.instructions import CheckWarning
    from course_lib.image.configfile import Json
    from course_lib.text import Text


def main(words: Sequence[str] | None = None) -> int:
    """Run `course WORDS`; those of the process for None. Return the exit status."""
    options = _parser().parse_args(words)
    try:
        return int(options.run(options))
    except work.WorkError as error:
        _complain(f"ERROR: {error.reason}", None)
        return 1
    except (CommandLineError, ImageReadError) as error:
        return _report(
            options, error.message, error.help, document.problem(error.message, None, "")
        )
    except OSError as error:
        words_of = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return _report(options, words_of, None, document.problem(words_of, None, ""))


def _build(options: argparse.Namespace) -> int:
    source = Source.of(options.context, options.file)
    outputs = [Output.parse(text) for text in options.output]
    keep_in = cache.place(options.cache_to, "dest")
    builder = _builder(options, source)
    try:
        for step in builder.steps():
            if not options.json:
                _show_step(step)
    except BuildError as error:
        if options.json:
            _print_json(document.failed(error, builder.warnings))
        else:
            if error.failed is not None and error.failed not in error.steps:
                _show_failed(error.failed)
            sys.stderr.write(f"{error.excerpt}\n" if error.excerpt else "")
            start = (
                "" if options.builder == "legacy" else "ERROR: failed to build: failed to solve: "
            )
            _complain(start + error.message, error.help)
        return 1
    if keep_in:
        cache.write(Path(keep_in), builder.cache)
    result = builder.result()
    for output in outputs:
        output.write(result.image, options.tag)
    if options.json:
        _print_json(document.built(result))
    else:
        _show_warnings(result.warnings)
        sys.stderr.write(result.closing)
        if not any(output.dest == "-" for output in outputs):
            sys.stdout.write(f"{result.image.id}\n")
    return 0


def _cache(options: argparse.Namespace, clock: Clock) -> BuildCache:
    """The cache of `--cache-from`; a folder without one is told of, as buildx does, and empty."""
    folder = cache.place(options.cache_from, "src")
    if not folder:
        return BuildCache()
    try:
        return cache.read(Path(folder), clock)
    except FileNotFoundError as error:
        sys.stderr.write(
            f"WARNING: local cache import at {folder} not found due to err: could not read "
            f"{error.filename}: {(error.strerror or '').lower()}\n"
        )
        return BuildCache()


def _builder(options: argparse.Namespace, source: Source) -> Builder:
    clock = Clock()
    return Builder(
        source.text,
        source.context,
        images=base_images(dict(_pair(text) for text in options.build_context)),
        clock=clock,
        cache=_cache(options, clock),
        builder=options.builder,
        target=options.target,
        build_args=dict(_pair(text) for text in options.build_arg),
        no_cache=options.no_cache,
        dockerfile_name=source.name,
    )


def _check(options: argparse.Namespace) -> int:
    source = Source.of(options.context, options.file)
    try:
        found = _builder(options, source).check()
    except BuildError as error:
        excerpt = document.problem(error.message, error.span, error.excerpt)
        return _report(options, error.message, error.help, excerpt)
    if options.json:
        _print_json(document.checked(found))
    elif found:
        _show_warnings(found)
    else:
        sys.stdout.write("Check complete, no warnings found.\n")
    return 1 if found else 0


def _report(
    options: argparse.Namespace,
    message: str,
    help: Text | None,  # noqa: A002 - the plain line
    problem: dict[str, Json],
) -> int:
    if options.json:
        _print_json(document.refused(problem, built=options.run is _build))
    else:
        sys.stderr.write(f"{problem['excerpt']}\n" if problem["excerpt"] else "")
        _complain(f"ERROR: {message}", help)
    return 1


def _print_json(value: dict[str, Json]) -> None:
    """Print ASCII only; bytes that are no UTF-8 become U+FFFD, for readers that refuse lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    readable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    sys.stdout.write(json.dumps(json.loads(readable), ensure_ascii=True, indent=2) + "\n")


def _complain(message: str, help: Text | None) -> None:  # noqa: A002 - the plain line
    sys.stderr.write(f"{message}\n")
    if help is not None:
        sys.stderr.write(f"{help}\n")


def _show_failed(step: Step) -> None:
    sys.stderr.write((step.intro or f"{step.label}\n") + _output(step))


def _output(step: Step) -> str:
    return b"".join(chunk.data for chunk in step.output).decode(errors="replace")


def _show_step(step: Step) -> None:
    output = _output(step)
    if step.intro:
        sys.stderr.write(f"{step.intro}{output}{step.outro}")
        return
    done = "" if step.cached or not step.number else "DONE: "
    sys.stderr.write(f"{step.label}\n{output}  {done}{step.because}\n")


def _show_warnings(found: Sequence[CheckWarning]) -> None:
    for warning in found:
        sys.stderr.write(f"{warning.rule}: {warning.message} (line {warning.span})\n")


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


class _Parser(argparse.ArgumentParser):
    """Ends with 1, as all errors of this command do."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


def _version() -> str:
    try:
        return version("docker-images-course")
    except PackageNotFoundError:
        return "of a checkout that is not installed"


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="course", description="Build Dockerfiles without Docker, and check them.")
    parser.add_argument("--version", action="version", version=f"course {_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("docker", help="docker's commands; the state is kept in COURSE_HOME")
    building = commands.add_parser("build", help="build an image from a folder")
    checking = commands.add_parser("check", help="say what Docker's build checks say")
    for command, run in ((building, _build), (checking, _check)):
        command.set_defaults(
            run=run, builder="buildkit", no_cache=False, cache_from="", cache_to=""
        )
        command.add_argument("context", metavar="CONTEXT", help="the folder to build; - for stdin")
        command.add_argument("-f", "--file", default="", help="the Dockerfile (CONTEXT/Dockerfile)")
        command.add_argument("--target", default="", help="the stage to build")
        command.add_argument("--build-arg", action="append", default=[], metavar="NAME=VALUE")
        command.add_argument(
            "--build-context",
            action="append",
            default=[],
            metavar="NAME=PLACE",
            help="an image or a folder by name: oci-layout://FOLDER[:TAG], FOLDER",
        )
        command.add_argument("--json", action="store_true", help="print one JSON document")
    building.add_argument("-t", "--tag", action="append", default=[], help="a name of the image")
    building.add_argument("--builder", choices=("buildkit", "legacy"), default="buildkit")
    building.add_argument("--no-cache", action="store_true", help="take nothing from a cache")
    building.add_argument(
        "--cache-from", default="", metavar="DIR", help="take results from a folder"
    )
    building.add_argument("--cache-to", default="", metavar="DIR", help="keep results in a folder")
    building.add_argument(
        "-o", "--output", action="append", default=[], metavar="type=oci,dest=FILE"
    )
    learning.add_commands(commands)
    return parser
