"""Small images and containers made by hand, and one of every picture drawn from them."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

from course_lib.build import BuildError, Context
from course_lib.cli import docker
from course_lib.engine import Engine
from course_lib.image.config import HealthConfig, History, ImageConfig
from course_lib.image.entries import Content, Directory, File, Whiteout
from course_lib.image.image import Image
from course_lib.image.layer import Layer
from course_lib.image.oci import layer_tar
from course_lib.lessons import Lesson
from course_lib.pictures import find
from course_lib.pictures.course import course_map
from course_lib.run.options import PortBinding
from course_lib.text import Text
from course_lib.views.argv import EVERY_FORM
from course_lib.views.build import Build
from course_lib.views.comparison import comparison_of
from course_lib.views.containers import siblings_of
from course_lib.views.copy_on_write import story_of
from course_lib.views.delivery import deliveries_of
from course_lib.views.family import Family, Relative
from course_lib.views.grid import reading_of
from course_lib.views.health import health_of
from course_lib.views.layers import stack_of
from course_lib.views.mounts import Mounts
from course_lib.views.ports import ports_of
from course_lib.views.progress import Panel, State, Task
from course_lib.views.rebuild import rebuild_of
from course_lib.views.scope_reader import Given, scope_of
from course_lib.views.stages import stages_of
from course_lib.views.waste import waste_of
from course_lib.views.workdir import walk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from course_lib.pictures import View


BASE = Layer(
    {
        "/etc": Directory(),
        "/etc/motd": File(Content.of("welcome\n")),
        "/opt": Directory(),
        "/opt/tool": File(Content(b"\x7fELF", 2_000_000)),
    }
)
EDIT = Layer({"/etc/motd": File(Content.of("hello\n")), "/srv": Directory()})
DELETE = Layer({"/opt/tool": Whiteout(), "/srv/<b>": File(Content.of("a\nb\n"))})

IMAGE = Image(
    ImageConfig(cmd=("/bin/sh",), env=("MOOD=good",)),
    (BASE, EDIT, DELETE),
    (
        History("2024-01-01T00:00:00Z", "/bin/sh -c #(nop) ADD file:" + "0f" * 32 + " in / "),
        History("2024-01-01T00:00:00Z", '/bin/sh -c #(nop)  CMD ["/bin/sh"]', empty_layer=True),
        History("2024-01-02T00:00:00Z", "RUN /bin/sh -c echo hello > /etc/motd # buildkit"),
        History("2024-01-02T00:00:00Z", "RUN /bin/sh -c rm /opt/tool # buildkit"),
    ),
)
OLDER = Image(ImageConfig(env=("MOOD=bad",)), (BASE, EDIT), IMAGE.history[:3])
WASTEFUL = Image(
    IMAGE.config,
    (
        *IMAGE.layers,
        Layer(
            {
                "/cache": Directory(),
                "/cache/a": File(Content(b"", 500_000)),
                "/cache/b": File(Content(b"", 100_000)),
                "/etc/motd": File(Content.of("hello again\n")),
            }
        ),
        Layer({"/cache": Whiteout()}),
    ),
    (
        *IMAGE.history,
        History("2024-01-03T00:00:00Z", "RUN /bin/sh -c make-cache # buildkit"),
        History("2024-01-03T00:00:00Z", "RUN /bin/sh -c rm -r /cache # buildkit"),
    ),
)
WRITABLE = Layer(
    {
        "/etc/motd": File(Content.of("mine\n")),
        "/opt/tool": File(Content.of("new\n")),
        "/srv": Directory(),
        "/srv/<b>": Whiteout(),
    }
)

GOOD = (
    "FROM alpine AS maker\nARG WORDS=hi\nRUN echo $WORDS > /words\n"
    'FROM scratch\nCOPY --from=maker /words /w/\nENV MOOD=good\nCMD ["/w"]\n'
)
SCOPED = """ARG TAG=3.20
ARG FLAVOR
FROM alpine:$TAG AS maker
RUN echo $TAG
ARG TAG WORDS=hi-$TAG
ENV WORDS=$WORDS! MOOD=good
RUN echo $WORDS '$MOOD' && for f in a b; do echo $f; done
FROM maker AS child
FROM scratch
COPY --from=maker /etc/$WORDS /b
ARG TARGETARCH
CMD echo $PATH $TARGETARCH
ENTRYPOINT ["echo", "$PATH"]
"""
COPIED = """FROM alpine AS maker
ARG WHERE=/out
COPY src $WHERE/
RUN echo made > /out/made
FROM alpine
WORKDIR /app
COPY --chown=1000:1000 --chmod=755 *.sh bin/
COPY --from=maker /out .
COPY <<motd /etc/
hello
motd
ADD data.tar.gz /data/
"""
FOLDER: Mapping[str, str | bytes] = {
    ".dockerignore": "**/*.log\nnode_modules\n",
    "README.md": "read me\n",
    "start.sh": "#!/bin/sh\n",
    "src/a.py": "a\n",
    "src/lib/b.py": "b\n",
    "src/debug.log": "noise\n",
    "node_modules/x/index.js": "x\n",
    "node_modules/y/index.js": "y\n",
    "data.tar.gz": gzip.compress(
        b"".join(layer_tar(Layer({"/one.csv": File(Content.of("1,2\n"))}))), mtime=0
    ),
}
SECOND = 1_000_000_000
WALKED = """FROM alpine
WORKDIR /srv
WORKDIR app
ENV DIR=/data
COPY a ./
WORKDIR $DIR
RUN pwd
CMD ["pwd"]
WORKDIR ../end
"""
STAGED = """FROM alpine AS base
RUN head -c 5000 /dev/zero > /base
FROM base AS maker
RUN head -c 3000000 /dev/zero > /out
FROM base AS tests
RUN exit 9
FROM busybox
RUN true
COPY --from=maker /out /out
COPY --from=alpine /etc/motd /
COPY --from=0 /base /
"""
BROKEN = "FROM alpine\n# why?\nRUN true\nRUN false \\\n  && true\nCMD no\n"
TYPO = "FROM alpine\nCOPPY a b\n"


NO_FILES: Mapping[str, str | bytes] = {}


def build(source: str, name: str, files: Mapping[str, str | bytes] = NO_FILES) -> Build:
    """Build on a fresh engine, and show what came of it."""
    context = Context.of(files)
    try:
        return Build(name, source, Engine().build(source, context, tags=[name]), context)
    except BuildError as error:
        return Build(name, source, error, context)


BASES = Engine().base_image


def _family() -> Family:
    child = Relative("child", (2_000_008, 6, 4), 2, "build", ("one", "two"))
    other = Relative("other", (2_000_008, 9), 1, "commit")
    root = Relative("base", (2_000_008,), children=(other, child))
    return Family("child", root, (root, Relative("mid", (2_000_008, 6), 1, "commit"), child))


def _again() -> Build:
    engine = Engine()
    for _ in range(2):
        result = engine.build(GOOD, Context.of({}), tags=["again"])
    return Build("again", GOOD, result)


def _ran(*lines: str) -> Engine:
    """An engine on which docker commands were run."""
    engine = Engine()
    for line in lines:
        answer = docker(line, engine)
        assert answer.exit_code == 0, answer.stderr
    return engine


def _mounts() -> View:
    engine = _ran(
        "docker run --rm -v notes:/n alpine sh -c 'echo first > /n/one; echo second > /n/two'",
        "docker run -d --name box -v notes:/etc/apk -v /srv/site:/site:ro --tmpfs /run -v /cache "
        "alpine sh -c 'echo x > /made; echo y > /run/pid; sleep 1000'",
    )
    found = find("mounts box", engine)
    assert isinstance(found, Mounts)
    named = [
        replace(row, source="0123456789abcdef") if row.anonymous else row for row in found.mounts
    ]
    return replace(found, mounts=tuple(named))


def _archive() -> View:
    engine = Engine()
    engine.add_image(IMAGE, "image")
    return find("oci image", engine)


TASKS = (
    Task("00_welcome", "first", Text("A first answer", "第一个答案"), State.DONE, 0, 0),
    Task("01_layers", "two", Text("Two containers", "两个容器"), State.BEGUN, 1.5, 3),
    Task("01_layers", "keep", Text("Keep a file", "留住一个文件"), State.OPEN, 0, 2),
    Task("01_layers", "try", Text("One file less", "少一个文件"), State.OPEN, 0, 1, practice=True),
)

COURSE = (
    Lesson("00_welcome", Text("Welcome", "欢迎"), 8, 2, ()),
    Lesson("01_layers", Text("01 Layers", "01 层"), 22, 18, ("00_welcome",)),
    Lesson("02_other", Text("02 Another", "02 另一课"), 10, 10, ("00_welcome",)),
    Lesson("03_last", Text("03 The last", "03 最后一课"), 20, 10, ("01_layers", "02_other")),
)

EDITED = """FROM alpine
WORKDIR /app
COPY src .
RUN echo made > made
ENV MOOD=good
RUN echo done > done
CMD ["cat", "made"]
"""


def builds(*pairs: tuple[str, Mapping[str, str]]) -> list[Build]:
    """Several builds, one after the other, on one engine."""
    engine = Engine()
    contexts = [(source, Context.of(files)) for source, files in pairs]
    return [
        Build("edited", source, engine.build(source, context, tags=["edited"]), context)
        for source, context in contexts
    ]


def _rebuild() -> View:
    source = EDITED.replace("ENV MOOD=good\n", "").replace("done > done", "all done > done")
    files = {"src/a": "1", "src/b": "2"}
    before, after = builds((EDITED, files), (f"{source}USER 1000\n", {**files, "src/b": "3"}))
    return rebuild_of(before, after)


PICTURES: Mapping[str, Callable[[], View]] = {
    "archive": _archive,
    "argv": lambda: EVERY_FORM,
    "build": lambda: build(GOOD, "words"),
    "build-again": _again,
    "build-broken": lambda: build(BROKEN, "broken"),
    "build-typo": lambda: build(TYPO, "typo"),
    "compare": lambda: comparison_of(("older", OLDER), ("image", IMAGE)),
    "containers": lambda: siblings_of(IMAGE, "image", {"one": WRITABLE, "two": Layer({})}),
    "context": lambda: deliveries_of(build(COPIED, "copied", FOLDER), BASES),
    "context-failed": lambda: deliveries_of(
        build("FROM alpine\nCOPY src /src\nCOPY x.log nix /\n", "failed", FOLDER), BASES
    ),
    "family": _family,
    "health": lambda: health_of(
        "web",
        HealthConfig(("CMD-SHELL", "wget -q localhost"), 10 * SECOND, 0, 25 * SECOND, 0, 2),
        "starting",
    ),
    "health-none": lambda: health_of("web", None),
    "mounts": _mounts,
    "map": lambda: course_map(COURSE, Panel(TASKS)),
    "map-done": lambda: course_map(COURSE[:1], Panel(TASKS[:1])),
    "mounts-none": lambda: find("mounts box", _ran("docker create --name box alpine")),
    "ports": lambda: ports_of(
        "web",
        "shop",
        running=True,
        exposed=("80/tcp", "3306/tcp", "53/udp", "514/udp"),
        published=(
            PortBinding(80, host_port=8080),
            PortBinding(80, host_port=32768, host_ip="127.0.0.1"),
            PortBinding(53, "udp", 5353),
            PortBinding(443, host_port=8443),
        ),
        listening={80, 9000},
    ),
    "ports-stopped": lambda: ports_of(
        "web", "shop", running=False, exposed=("80/tcp",), published=(), listening=set()
    ),
    "ports-none": lambda: ports_of(
        "box", "alpine", running=True, exposed=(), published=(), listening=set()
    ),
    "progress": lambda: Panel(TASKS),
    "progress-done": lambda: Panel((replace(TASKS[1], state=State.DONE, points=3),)),
    "read": lambda: reading_of(IMAGE, "image", "/opt/tool"),
    "read-in-container": lambda: reading_of(IMAGE, "one", "/etc/motd", WRITABLE),
    "rebuild": _rebuild,
    "scope": lambda: scope_of("scoped", SCOPED, Given(BASES, {"FLAVOR": "mild"})),
    "stack": lambda: stack_of(IMAGE, "image"),
    "stack-of-container": lambda: stack_of(IMAGE, "image", ("one", WRITABLE)),
    "stepper": lambda: story_of(IMAGE, "one", WRITABLE.entries),
    "stages": lambda: stages_of(build(STAGED, "staged"), BASES),
    "stages-failed": lambda: stages_of(build(STAGED.replace("true", "false"), "staged"), BASES),
    "workdir": lambda: walk_of(build(WALKED, "walked", {"a": "a"})),
    "waste": lambda: waste_of(WASTEFUL, "wasteful"),
    "waste-none": lambda: waste_of(Image(IMAGE.config, (BASE,), IMAGE.history[:2]), "lean"),
}


def many_layers(count: int) -> Build:
    """A build of `count` layers with several files in each."""
    runs = "".join(
        f"RUN mkdir /d{n} && for f in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $f > /d{n}/file-$f; done; "
        f"touch /etc/a{n} /usr/b{n} /opt/c{n} /srv/d{n} /var/e{n} /home/f{n} /mnt/g{n}\n"
        for n in range(count)
    )
    return build(f"FROM alpine\n{runs}", "many")


def large_archive(count: int) -> View:
    """The archive of an image of `count` layers with a hundred files in each."""
    layers = tuple(
        Layer({f"/d{n}/{'long' * 30}-{m}": File(Content.of("x")) for m in range(100)})
        for n in range(count)
    )
    engine = Engine()
    engine.add_image(Image(IMAGE.config, layers, ()), "large")
    return find("oci large", engine)
