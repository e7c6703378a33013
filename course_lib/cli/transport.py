"""save, load, export, import: archives in the current folder of the simulated host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.text import Text

if TYPE_CHECKING:
    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session


def _save(session: Session, parsed: Parsed) -> None:
    _write(session, session.engine.save(parsed.args), parsed.text("output"), "save")


def _export(session: Session, parsed: Parsed) -> None:
    _write(session, session.engine.export(parsed.args[0]), parsed.text("output"), "export")


def _write(session: Session, data: bytes, name: str, command: str) -> None:
    if not name:
        if not session.piped:
            msg = "cowardly refusing to save to a terminal. Use the -o flag or redirect"
            raise UsageError(
                msg,
                1,
                Text(
                    f"docker {command} -o FILE.tar ... writes a file of the simulated host.",
                    f"docker {command} -o 文件.tar ... 会写到模拟的宿主机上。",
                ),
            )
        session.raw(data)
        return
    try:
        session.engine.host.write(name, data, mode=0o600)
    except OSError as error:
        msg = f'invalid output path: directory "{name.rpartition("/")[0]}" does not exist'
        raise UsageError(msg, 1) from error


def _load(session: Session, parsed: Parsed) -> None:
    name = parsed.text("input")
    if not name and not session.stdin:
        msg = "requested load from stdin, but stdin is empty"
        raise UsageError(
            msg,
            1,
            Text(
                "docker load -i FILE.tar reads a file of the simulated host.",
                "docker load -i 文件.tar 读取模拟宿主机上的文件。",
            ),
        )
    for loaded in session.engine.load(_read(session, name or "-")):
        for reference in loaded.names:
            if not parsed.on("quiet") or loaded.names:
                session.line(f"Loaded image: {reference}")
        if not loaded.names:
            session.line(f"Loaded image ID: {loaded.image.id}")
        session.show(loaded.image)
        for note in loaded.left_out:
            session.note(note)


def _import(session: Session, parsed: Parsed) -> None:
    name = parsed.args[0]
    if name.startswith(("http://", "https://")):
        msg = "docker import URL is not simulated here"
        raise UsageError(msg, 1, Text("Here only files can be imported.", "这里只能导入文件。"))
    image = session.engine.import_image(
        _read(session, name),
        parsed.args[1] if len(parsed.args) > 1 else "",
        message=parsed.text("message", "Imported from -"),
        changes=parsed.all("change"),
    )
    session.show(image)
    session.line(image.id)


def _read(session: Session, name: str) -> bytes:
    if name == "-":
        return session.stdin.encode("utf-8", "surrogateescape")
    try:
        return session.engine.host.read(name)
    except OSError as error:
        msg = f"open {name}: no such file or directory"
        raise UsageError(msg, 1) from error


COMMANDS = (
    Command(
        "save",
        "docker save [OPTIONS] IMAGE [IMAGE...]",
        "Save one or more images to a tar archive (streamed to STDOUT by default)",
        _save,
        (
            Flag("output", "string", "Write to a file, instead of STDOUT", "o"),
            Flag("platform", "string", simulated=False),
        ),
        least=1,
        aliases=("image save",),
    ),
    Command(
        "load",
        "docker load [OPTIONS]",
        "Load an image from a tar archive or STDIN",
        _load,
        (
            Flag("input", "string", "Read from tar archive file, instead of STDIN", "i"),
            Flag("quiet", "bool", "Suppress the load output", "q"),
            Flag("platform", "string", simulated=False),
        ),
        most=0,
        aliases=("image load",),
    ),
    Command(
        "export",
        "docker export [OPTIONS] CONTAINER",
        "Export a container's filesystem as a tar archive",
        _export,
        (Flag("output", "string", "Write to a file, instead of STDOUT", "o"),),
        least=1,
        most=1,
        aliases=("container export",),
    ),
    Command(
        "import",
        "docker import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
        "Import the contents from a tarball to create a filesystem image",
        _import,
        (
            Flag("change", "list", "Apply Dockerfile instruction to the created image", "c"),
            Flag("message", "string", "Set commit message for imported image", "m"),
            Flag("platform", "string", simulated=False),
        ),
        least=1,
        most=2,
        aliases=("image import",),
    ),
)
