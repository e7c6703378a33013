"""images, history, pull, tag, rmi, commit: the commands about images."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from course_lib.cli.flags import Command, Flag, UsageError
from course_lib.cli.listing import Column, print_list
from course_lib.cli.table import cut
from course_lib.cli.units import human_duration, human_size
from course_lib.engine import EngineError
from course_lib.engine.images import short_id
from course_lib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from course_lib.cli.flags import Parsed
    from course_lib.cli.session import Session
    from course_lib.engine.images import Listed
    from course_lib.engine.results import Pulled
    from course_lib.image.image import Image

_CREATED_BY_WIDTH = 45
_IMAGE_COLUMNS = (
    Column("REPOSITORY", "Repository"),
    Column("TAG", "Tag"),
    Column("IMAGE ID", "ID"),
    Column("CREATED", "CreatedSince"),
    Column("SIZE", "Size"),
)
_IMAGE_OTHERS = (Column("DIGEST", "Digest"), Column("CREATED AT", "CreatedAt"))
_HISTORY_COLUMNS = (
    Column("IMAGE", "ID"),
    Column("CREATED", "CreatedSince"),
    Column("CREATED BY", "CreatedBy"),
    Column("SIZE", "Size"),
    Column("COMMENT", "Comment"),
)
_HISTORY_OTHERS = (Column("CREATED AT", "CreatedAt"),)


def print_pulled(session: Session, pulled: Pulled, *, write_to_err: bool = False) -> None:
    """The lines of `docker pull` between the first and the last."""
    write = session.err if write_to_err else session.out
    repository, _, tag = pulled.reference.rpartition(":")
    where = repository if "/" in repository else f"library/{repository}"
    write(f"{tag}: Pulling from {where}\n")
    if pulled.fresh:
        for layer in pulled.image.layers:
            write(f"{short_id(layer.diff_id)}: Pull complete\n")
        write(f"Status: Downloaded newer image for {pulled.reference}\n")
    else:
        write(f"Status: Image is up to date for {pulled.reference}\n")


def seconds_of(created: str) -> int:
    """`2024-01-15T09:00:00Z` as seconds since 1970; fractions of a second fall away."""
    return int(datetime.fromisoformat(created[:19] + "+00:00").timestamp())


def ago(session: Session, seconds: int) -> str:
    """`3 seconds ago`, by the engine's clock."""
    return f"{human_duration(session.engine.clock.now() - seconds)} ago"


_UNKNOWN = "N/A"


def _images(session: Session, parsed: Parsed) -> None:
    lines = [
        line
        for line in session.engine.images(intermediate=parsed.on("all"))
        if _named(line, parsed.args) and _filtered(line, parsed.all("filter"))
    ]
    full = parsed.on("no-trunc")
    session.show(tuple(line.image for line in lines))
    if parsed.on("quiet"):
        ids = dict.fromkeys(line.image.id for line in lines)
        for image_id in ids:
            session.line(image_id if full else short_id(image_id))
        return
    shown = list(_IMAGE_COLUMNS)
    if parsed.on("digests"):
        shown.insert(2, Column("DIGEST", "Digest"))
    rows = [_image_row(session, line, full=full) for line in lines]
    print_list(session, rows, shown, parsed.text("format"), _IMAGE_OTHERS)


def _image_row(session: Session, line: Listed, *, full: bool) -> Mapping[str, str]:
    when = line.image.created  # '' when the Dockerfile is FROM scratch and nothing more
    return {
        "Repository": line.repository,
        "Tag": line.tag,
        "Digest": _digest(session, line),
        "ID": line.image.id if full else short_id(line.image.id),
        "CreatedSince": ago(session, seconds_of(when)) if when else _UNKNOWN,
        "CreatedAt": when.replace("T", " ").replace("Z", " +0000 UTC") or _UNKNOWN,
        "Size": human_size(line.image.size),
    }


def _digest(session: Session, line: Listed) -> str:
    """The digest under which a repository has the image; an image of one's own has none."""
    known = (name.partition("@") for name in session.engine.digests(line.image))
    return next((digest for name, _, digest in known if name == line.repository), "<none>")


def _named(line: Listed, args: tuple[str, ...]) -> bool:
    if not args:
        return True
    repository, colon, tag = args[0].partition(":")
    return line.repository == repository and (not colon or line.tag == tag)


def _filtered(line: Listed, filters: tuple[str, ...]) -> bool:
    for text in filters:
        key, _, value = text.partition("=")
        if key == "dangling":
            if (line.repository == "<none>") != (value in ("true", "1")):
                return False
        elif key == "reference":
            if not _named(line, (value,)):
                return False
        elif key == "label":
            if not has_label(line.image, value):
                return False
        else:
            raise bad_filter(key)
    return True


def has_label(image: Image, asked: str) -> bool:
    """`--filter label=ASKED`: the image has the label `key`, or `key=value`."""
    name, equals, value = asked.partition("=")
    labels = image.config.labels
    return name in labels and (not equals or labels[name] == value)


def bad_filter(key: str) -> EngineError:
    """`invalid filter 'x'`."""
    return EngineError(
        f"invalid filter '{key}'",
        help=Text(
            "docker has more filters than the course; --help lists the option, not its keys.",
            "docker 的过滤条件比课程里支持的多。",
        ),
    )


def _history(session: Session, parsed: Parsed) -> None:
    image = session.engine.image(parsed.args[0])
    session.show(image)
    full = parsed.on("no-trunc")
    if parsed.on("quiet"):
        for row in _history_rows(session, image, full=full):
            session.line(row["ID"])
        return
    rows = list(_history_rows(session, image, full=full))
    print_list(session, rows, _HISTORY_COLUMNS, parsed.text("format"), _HISTORY_OTHERS)


def _history_rows(session: Session, image: Image, *, full: bool) -> Iterator[Mapping[str, str]]:
    sizes = [layer.size for layer in image.layers]
    known: Image | None = image
    for entry in reversed(image.history):
        image_id = "<missing>"
        if known is not None:
            image_id = known.id if full else short_id(known.id)
            origin = session.engine.made_from(known)
            known = origin.parent if origin is not None and origin.by == "commit" else None
        size = 0 if entry.empty_layer else sizes.pop()
        created_by = entry.created_by.replace("\t", " ")
        yield {
            "ID": image_id,
            "CreatedSince": ago(session, seconds_of(entry.created)),
            "CreatedAt": entry.created,
            "CreatedBy": created_by if full else cut(created_by, _CREATED_BY_WIDTH),
            "Size": human_size(size),
            "Comment": entry.comment,
        }


def _pull(session: Session, parsed: Parsed) -> None:
    name = parsed.args[0]
    pulled = session.engine.pull(name)
    if ":" not in name.rpartition("/")[2] and "@" not in name:
        session.line("Using default tag: latest")
    print_pulled(session, pulled)
    repository = pulled.reference
    domain = "docker.io/" if "/" in repository else "docker.io/library/"
    session.line(domain + repository)
    session.show(pulled.image)


def _tag(session: Session, parsed: Parsed) -> None:
    session.engine.tag(*parsed.args)


def _rmi(session: Session, parsed: Parsed) -> None:
    for name in parsed.args:
        force = parsed.on("force")
        try:
            removed = session.engine.rmi(name, force=force)
        except EngineError as error:
            session.complain(error.shown, error.help)
            if not (force and error.message.startswith("No such image")):
                session.exit_code = 1
            continue
        for reference in removed.untagged:
            session.line(f"Untagged: {reference}")
        for digest in removed.deleted:
            session.line(f"Deleted: {digest}")


def _commit(session: Session, parsed: Parsed) -> None:
    if parsed.given("pause") and parsed.given("no-pause"):
        msg = "conflicting options: --no-pause and --pause cannot be used together"
        raise UsageError(msg, 1)
    committed = session.engine.commit(
        parsed.args[0],
        parsed.args[1] if len(parsed.args) > 1 else "",
        author=parsed.text("author"),
        message=parsed.text("message"),
        changes=parsed.all("change"),
    )
    session.show(committed)
    session.line(committed.image.id)


_QUIET = Flag("quiet", "bool", "Only show image IDs", "q")
_NO_TRUNC = Flag("no-trunc", "bool", "Don't truncate output")
_FORMAT = Flag("format", "string", "Format output using a custom template")

COMMANDS = (
    Command(
        "images",
        "docker images [OPTIONS] [REPOSITORY[:TAG]]",
        "List images",
        _images,
        (
            _QUIET,
            _NO_TRUNC,
            _FORMAT,
            Flag("all", "bool", "Show all images (default hides intermediate images)", "a"),
            Flag("digests", "bool", "Show digests"),
            Flag("filter", "list", "Filter output based on conditions provided", "f"),
            Flag("tree", "bool", simulated=False),
        ),
        most=1,
        aliases=("image ls", "image list"),
    ),
    Command(
        "history",
        "docker history [OPTIONS] IMAGE",
        "Show the history of an image",
        _history,
        (
            _QUIET,
            _NO_TRUNC,
            _FORMAT,
            Flag("human", "bool", "Print sizes and dates in human readable format", "H"),
        ),
        least=1,
        most=1,
        aliases=("image history",),
    ),
    Command(
        "pull",
        "docker pull [OPTIONS] NAME[:TAG|@DIGEST]",
        "Download an image from a registry",
        _pull,
        (
            Flag("quiet", "bool", "Suppress verbose output", "q", simulated=False),
            Flag("all-tags", "bool", short="a", simulated=False),
            Flag("platform", "string", simulated=False),
        ),
        least=1,
        most=1,
        aliases=("image pull",),
    ),
    Command(
        "tag",
        "docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
        "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
        _tag,
        least=2,
        most=2,
        aliases=("image tag",),
    ),
    Command(
        "rmi",
        "docker rmi [OPTIONS] IMAGE [IMAGE...]",
        "Remove one or more images",
        _rmi,
        (
            Flag("force", "bool", "Force removal of the image", "f"),
            Flag("no-prune", "bool", simulated=False),
        ),
        least=1,
        aliases=("image rm", "image remove"),
    ),
    Command(
        "commit",
        "docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]",
        "Create a new image from a container's changes",
        _commit,
        (
            Flag("author", "string", 'Author (e.g., "Name <mail@example.com>")', "a"),
            Flag("change", "list", "Apply Dockerfile instruction to the created image", "c"),
            Flag("message", "string", "Commit message", "m"),
            Flag("no-pause", "bool", "Disable pausing the container during commit"),
            Flag("pause", "bool", "Pause the container during commit (older docker)", "p"),
        ),
        least=1,
        most=2,
        aliases=("container commit",),
    ),
)
