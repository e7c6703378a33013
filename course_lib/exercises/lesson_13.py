"""The exercises of 13_volume: data over two versions, VOLUME on both builders, a folder of the host."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import Provided
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.rebuilding import ByOlderBuilder
from course_lib.exercises.state import MadeFrom, OthersGone
from course_lib.exercises.storage import (
    CannotWrite,
    DeclaresVolume,
    HasVolumeAt,
    OnlyVolumes,
    ReadsLines,
    SeesHost,
)
from course_lib.exercises.values import (
    Check,
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "13_volume"

_PRACTICE = Exercise(
    id="volume-first",
    lesson=LESSON,
    title=Text("A volume that is not empty", "不是空的数据卷"),
    answers=(DockerfileAnswer("volume-first"),),
    practice=True,
    hints=(
        Text(
            "A volume that is new is filled with what the image has at that path.",
            "新的数据卷会填上镜像在那个路径上的内容。",
        ),
        Text(
            "So write the file with a RUN, and declare the volume below it.",
            "所以先用 RUN 写文件，再在下面声明数据卷。",
        ),
        Text(
            'RUN mkdir /mydata && echo "hello world" > /mydata/data1, then VOLUME ...',
            'RUN mkdir /mydata && echo "hello world" > /mydata/data1，然后 VOLUME ……',
        ),
    ),
    checks=(
        Check(
            Text("the volume is declared", "声明了数据卷"),
            0.5,
            DeclaresVolume("volume-first", "/mydata"),
        ),
        Check(
            Text("a container finds the file", "容器里有这个文件"),
            0.5,
            Prints(
                "volume-first",
                "hello world",
                ("/mydata/data1",),
                ("--entrypoint", "cat"),
                look=("RUN", "COPY", "VOLUME"),
            ),
        ),
    ),
)


def _counter(version: int) -> str:
    return f'FROM alpine\nVOLUME /data\nCMD echo "version {version} was here" >> /data/log.txt\n'


_LINES = ("version 1 was here", "version 2 was here")
_SAME_NAME = Text(
    "without -v, each container gets a volume of its own: give both the same one, -v log:/data",
    "不写 -v，每个容器就各得一个自己的数据卷：让两个用同一个，-v log:/data",
)
_BOTH_LINES = ReadsLines("new", "/data/log.txt", _LINES, hint=_SAME_NAME)

_UPGRADE = Exercise(
    id="volume-upgrade",
    lesson=LESSON,
    title=Text("A new version, the old data", "换新版本，留旧数据"),
    start=Start(images={"counter:1": _counter(1), "counter:2": _counter(2)}),
    answers=(CommandsAnswer("volume-upgrade"),),
    hints=(
        Text(
            "Which volume does a container get when nobody names one?",
            "没有写名字的时候，容器会得到哪个数据卷？",
        ),
        Text(
            "Both containers take -v log:/data. The one of version 1 is removed, by --rm or by docker rm.",
            "两个容器都写 -v log:/data。版本 1 的那个要删掉，用 --rm 或者 docker rm。",
        ),
        Text(
            "docker run --rm -v log:/data counter:1, then the same for counter:2 with --name new and without --rm.",
            "docker run --rm -v log:/data counter:1，然后 counter:2 也一样，加上 --name new，不加 --rm。",
        ),
    ),
    checks=(
        Check(
            Text("new is a container of version 2", "new 是版本 2 的容器"),
            0.5,
            MadeFrom("new", "counter:2"),
        ),
        Check(Text("new has both lines", "new 里有两行"), 1.5, _BOTH_LINES),
        Check(
            Text("they lie in the volume log", "它们在数据卷 log 里"),
            0.75,
            HasVolumeAt("new", "/data", "log", hint=_SAME_NAME),
        ),
        Check(
            Text("no other container is left", "没有留下别的容器"),
            0.25,
            Provided((_BOTH_LINES,), OthersGone("new")),
        ),
        Check(
            Text("no other volume is left", "没有留下别的数据卷"),
            0.5,
            OnlyVolumes(
                ("log",),
                hint=Text(
                    "docker rm -v takes an anonymous volume along; docker volume rm removes one by its name",
                    "docker rm -v 连匿名数据卷一起删；docker volume rm 按名字删",
                ),
            ),
        ),
    ),
)

_LAST = Text(
    "with the older builder, what a RUN writes below VOLUME is lost, owners too: VOLUME comes last",
    "用旧构建器，VOLUME 之后 RUN 写的东西会丢，改的属主也一样：VOLUME 放最后",
)
_DECLARED = DeclaresVolume("volume-older", "/site")
_FRIENDLY = Prints(
    "volume-older",
    "Welcome",
    ("/site/page",),
    ("--entrypoint", "cat"),
    look=("RUN", "COPY", "VOLUME"),
    hint=_LAST,
)
_WRITES = Prints(
    "volume-older",
    "app",
    ("-c", "echo more >> /site/page && touch /site/new && stat -c %U /site/new"),
    ("--user", "app", "--entrypoint", "/bin/sh"),
    look=("USER", "RUN", "COPY", "VOLUME"),
    hint=_LAST,
)

_OLDER = Exercise(
    id="volume-older",
    lesson=LESSON,
    title=Text("The missing page", "不见了的网页"),
    answers=(DockerfileAnswer("volume-older"),),
    hints=(
        Text(
            "The older builder runs each RUN in a container. What lies at /site in that container?",
            "旧构建器的每条 RUN 都在一个容器里执行。那个容器的 /site 处是什么？",
        ),
        Text(
            "What is to be in the image must be written, and given away, before /site becomes a volume.",
            "要进镜像的东西，得在 /site 变成数据卷之前写好、改好属主。",
        ),
        Text(
            "First RUN adduser -D app && mkdir /site, then the two RUNs as they are, then VOLUME /site below them.",
            "先 RUN adduser -D app && mkdir /site，然后两条 RUN 照旧，下面再写 VOLUME /site。",
        ),
    ),
    checks=(
        Check(Text("/site is a volume", "/site 是数据卷"), 0.5, _DECLARED),
        Check(
            Text("BuildKit: the page is there, and app may write", "BuildKit：网页在，app 能写"),
            0.5,
            Provided((_DECLARED, _FRIENDLY), _WRITES),
        ),
        Check(
            Text("older builder: the page is there", "旧构建器：网页在"),
            0.75,
            Provided((_DECLARED,), ByOlderBuilder(_FRIENDLY)),
        ),
        Check(
            Text("older builder: app may write", "旧构建器：app 能写"),
            0.75,
            Provided((_DECLARED,), ByOlderBuilder(_WRITES)),
        ),
    ),
)

_PAGE = "/usr/share/nginx/html/index.html"
_SEES = SeesHost(
    "web",
    _PAGE,
    "site/index.html",
    hint=Text(
        "a bind mount: -v ./site:PATH; with the ./ in front it is a folder of the host, without it the name of a volume",
        "绑定挂载：-v ./site:路径；前面有 ./ 是宿主机的目录，没有就是数据卷的名字",
    ),
)

_HOST = Exercise(
    id="volume-host",
    lesson=LESSON,
    title=Text("A folder of the host", "宿主机的目录"),
    start=Start(files={"site/index.html": "<h1>Shop</h1>\n"}),
    answers=(CommandsAnswer("volume-host"),),
    hints=(
        Text(
            "A copy does not change when the folder does. What the container sees must be the folder itself.",
            "复制出来的东西不会跟着目录变。容器看到的得是那个目录本身。",
        ),
        Text(
            "-v FOLDER:PATH with ./ or $PWD/ in front of the folder; a third word behind a colon makes it read only.",
            "-v 目录:路径，目录前面要有 ./ 或 $PWD/；再加一个冒号和一个词，就是只读。",
        ),
        Text(
            "docker run -d --name web -v ./site:/usr/share/nginx/html:... nginx",
            "docker run -d --name web -v ./site:/usr/share/nginx/html:…… nginx",
        ),
    ),
    checks=(
        Check(Text("web is made from nginx", "web 来自 nginx"), 0.25, MadeFrom("web", "nginx")),
        Check(
            Text("it shows the folder of the host", "它显示的就是宿主机的目录"),
            1,
            _SEES,
        ),
        Check(
            Text("it cannot change the page", "它改不了网页"),
            0.75,
            Provided(
                (_SEES,),
                CannotWrite(
                    "web",
                    _PAGE,
                    hint=Text(
                        ":ro at the end of -v, or readonly in --mount",
                        "-v 末尾加 :ro，--mount 则加 readonly",
                    ),
                ),
            ),
        ),
    ),
)

_FATE = Exercise(
    id="volume-fate",
    lesson=LESSON,
    title=Text("Is it still there?", "还在吗？"),
    answers=(LiteralAnswer("volume-fate"),),
    hints=(
        Text(
            "For each row: is it a volume with a name, an anonymous one, or memory? And what does the command take away?",
            "逐行想：是有名字的、匿名的，还是内存里的？命令会拿走什么？",
        ),
        Text(
            "A plain rm takes no volume. -v at rm, and --rm at run, take the anonymous ones. Nothing but docker volume rm and prune -a takes one with a name.",
            "普通的 rm 不删数据卷。rm 的 -v、run 的 --rm 会删匿名的。有名字的，只有 docker volume rm 和 prune -a 才会删。",
        ),
        Text(
            "There are four times yes. A tmpfs is empty after every start, and a commit takes no volume along.",
            "一共四个 yes。tmpfs 每次启动都是空的，commit 不带数据卷。",
        ),
    ),
    checks=(
        sealed(
            Text("eight times yes or no", "八个 yes 或 no"),
            2,
            Sealed(
                "volume-fate",
                {
                    "a": "d0915f828361e30e5ff3",
                    "b": "e3087979cf0e7dd2f273",
                    "c": "dd234581bf765878ca96",
                    "d": "eae2251c3edb4e00c973",
                    "e": "4ab4f8e427b658805ccb",
                    "f": "9445358922bea70a6f05",
                    "g": "5965d36d35aa1f50738c",
                    "h": "a78bcf561bd05020c43b",
                },
                fold=True,
                hints={
                    "a": Text("rm takes the container, not its volumes", "rm 删容器，不删数据卷"),
                    "b": Text("-v takes only anonymous volumes", "-v 只带走匿名数据卷"),
                    "c": Text(
                        "an anonymous volume is left behind by a plain rm; docker volume ls shows it",
                        "普通的 rm 会把匿名数据卷留下，docker volume ls 看得到",
                    ),
                    "d": Text("what does -v mean at docker rm?", "docker rm 的 -v 是什么意思？"),
                    "e": Text("--rm is like rm -v", "--rm 相当于 rm -v"),
                    "f": Text(
                        "since Docker 23.0 a plain prune spares the volumes with a name",
                        "从 Docker 23.0 起，不带 -a 的 prune 会放过有名字的",
                    ),
                    "g": Text("a tmpfs lies in memory", "tmpfs 在内存里"),
                    "h": Text(
                        "a commit takes the writable layer, and /data is not in it",
                        "commit 带走的是可写层，/data 不在里面",
                    ),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _UPGRADE, _OLDER, _HOST, _FATE)
