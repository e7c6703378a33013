"""The exercises of 14_user: an account of its own that can write, permissions to mend, whose is what."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import AllOf, Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.placement import BelongsTo
from course_lib.exercises.state import MadeFrom
from course_lib.exercises.storage import EndedAs, HasVolumeAt, ReadsLines
from course_lib.exercises.values import (
    Check,
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "14_user"
_LOOK = ("RUN", "COPY", "ADD", "USER", "WORKDIR")

_PRACTICE = Exercise(
    id="user-first",
    lesson=LESSON,
    title=Text("An account for the cook", "给 cook 一个账号"),
    answers=(DockerfileAnswer("user-first"),),
    practice=True,
    hints=(
        Text("USER makes nobody. Who does?", "USER 不创建用户。谁来创建？"),
        Text("On alpine: RUN adduser -D NAME", "alpine 上：RUN adduser -D 名字"),
        Text("RUN adduser -D cook, and below it USER ...", "RUN adduser -D cook，下面再写 USER ……"),
    ),
    checks=(
        Check(
            Text("the container is the cook's", "容器以 cook 运行"),
            1,
            Prints("user-first", "cook", ("whoami",), look=("RUN", "USER", "ENTRYPOINT")),
        ),
    ),
)

_NOTE = """\
#!/bin/sh
echo "$(id -un) was here" >> /data/log
tail -n 1 /data/log
"""
_GIVE = Text(
    "make /data in a RUN and give it away with chown, above USER",
    "用 RUN 创建 /data，再用 chown 交出去，写在 USER 之前",
)


def _logs(*options: str) -> Prints:
    """The script's line is found in /data/log afterwards, whatever the image starts by default."""
    return Prints(
        "user-data",
        "app was here",
        ("-c", "sh /note.sh > /dev/null; cat /data/log"),
        (*options, "--entrypoint", "/bin/sh"),
        look=_LOOK,
        hint=_GIVE,
    )


_RUNS = AllOf(
    Prints(
        "user-data",
        "app was here",
        look=(*_LOOK, "ENTRYPOINT", "CMD"),
        hint=Text(
            "app must be able to execute /note.sh (--chmod=755) and to write to /data (chown, above USER)",
            "app 要能执行 /note.sh（--chmod=755），也要能写 /data（chown，写在 USER 之前）",
        ),
    ),
    (_logs(),),
)

_DATA = Exercise(
    id="user-data",
    lesson=LESSON,
    title=Text("Not root, and still able to write", "不是 root，也能写"),
    start=Start(files={"note.sh": _NOTE}),
    answers=(DockerfileAnswer("user-data"),),
    hints=(
        Text(
            "What needs root comes first: the group, the account, the folder and its owner. USER comes after that.",
            "需要 root 的放前面：组、账号、目录和它的属主。USER 放在后面。",
        ),
        Text(
            "addgroup -g 10001 app, adduser -D -u 10001 -G app app. The script may stay root's, if everybody may execute it: COPY --chmod=755.",
            "addgroup -g 10001 app，adduser -D -u 10001 -G app app。脚本可以一直归 root，只要人人都能执行：COPY --chmod=755。",
        ),
        Text(
            "Six lines: FROM, RUN for group and account, RUN mkdir /data && chown app:app /data, COPY --chmod=755 note.sh /note.sh, USER app, CMD.",
            "六行：FROM；RUN 建组和账号；RUN mkdir /data && chown app:app /data；COPY --chmod=755 note.sh /note.sh；USER app；CMD。",
        ),
    ),
    checks=(
        Check(Text("it runs as app and writes", "以 app 运行，能写"), 1, _RUNS),
        Check(
            Text("user and group have the number 10001", "用户和组的编号都是 10001"),
            1,
            Prints(
                "user-data",
                "10001:10001",
                ("-c", "echo $(id -u):$(id -g)"),
                ("--entrypoint", "/bin/sh"),
                look=("RUN", "USER"),
                hint=Text(
                    "addgroup -g and adduser -u give the numbers; -G names the group",
                    "addgroup -g、adduser -u 指定编号，-G 指定组",
                ),
            ),
        ),
        Check(
            Text("it writes to a new volume, too", "换成新的数据卷也能写"),
            0.5,
            _logs("-v", "/data"),
        ),
        Check(
            Text("nobody else writes to /data", "别人写不了 /data"),
            0.5,
            Provided(
                (_RUNS,),
                Prints(
                    "user-data",
                    "refused",
                    ("-c", "touch /data/mine 2>/dev/null || echo refused"),
                    ("-u", "4711:4711", "--entrypoint", "/bin/sh"),
                    look=_LOOK,
                    hint=Text(
                        "chmod 777 opens the folder for everybody; the owner alone needs to write: chown",
                        "chmod 777 对谁都敞开了；只要属主能写就够：chown",
                    ),
                ),
            ),
        ),
        Check(
            Text("app cannot change the script", "app 改不了脚本"),
            0.5,
            Provided(
                (_RUNS,),
                Prints(
                    "user-data",
                    "refused",
                    ("-c", "(echo >> /note.sh) 2>/dev/null || echo refused"),
                    ("--entrypoint", "/bin/sh"),
                    look=_LOOK,
                    hint=Text(
                        "leave the script root's: to execute it, app needs no more than --chmod=755",
                        "脚本留给 root：app 要执行它，--chmod=755 就够了",
                    ),
                ),
            ),
        ),
    ),
)

_AS_APP = Prints(
    "user-mend",
    "app",
    ("-un",),
    ("--entrypoint", "id"),
    look=("USER",),
    hint=Text("the last USER counts: USER app", "最后一个 USER 算数：USER app"),
)
_CHOWN = Text(
    "copies belong to root, whatever USER says: --chown=app:app",
    "复制来的文件归 root，跟 USER 无关：--chown=app:app",
)

_MEND = Exercise(
    id="user-mend",
    lesson=LESSON,
    title=Text("Permission denied", "Permission denied"),
    start=Start(files={"page.html": "<h1>Visits</h1>\n"}),
    answers=(DockerfileAnswer("user-mend"),),
    hints=(
        Text(
            "For each line: as whom does it run, and whose is what it makes?",
            "逐行想：它以谁的身份执行？做出来的东西归谁？",
        ),
        Text(
            "Two RUNs need root: they belong above USER. COPY gives to root, wherever it stands.",
            "有两条 RUN 需要 root，应当放在 USER 之前。COPY 不管写在哪里，都给 root。",
        ),
        Text(
            "Move USER app below the two RUNs, and write COPY --chown=app:app page.html .",
            "把 USER app 挪到两条 RUN 下面，并写成 COPY --chown=app:app page.html .",
        ),
    ),
    checks=(
        Check(
            Text("curl is installed", "装上了 curl"),
            0.5,
            Prints(
                "user-mend",
                "exit code 7",
                ("-c", "curl -s localhost:9; echo exit code $?"),
                ("--entrypoint", "/bin/sh"),
                look=("RUN",),
                hint=Text(
                    "7 is curl's own word for: nobody listens there; 127 is the shell's: there is no curl",
                    "7 是 curl 自己的回答：那里没人监听；127 是 shell 的回答：没有 curl",
                ),
            ),
        ),
        Check(
            Text("the config is there, and root's", "配置文件在，归 root"),
            0.5,
            AllOf(
                FileHolds("user-mend", "/etc/app.conf", ("color = teal",)),
                (BelongsTo("user-mend", "/etc/app.conf", 0, 0),),
            ),
        ),
        Check(Text("the container runs as app", "容器以 app 运行"), 0.5, _AS_APP),
        Check(
            Text("app writes to the page", "app 能写网页"),
            1,
            Provided(
                (_AS_APP,),
                AllOf(
                    Prints("user-mend", "visit", look=(*_LOOK, "CMD"), hint=_CHOWN),
                    (
                        Prints(
                            "user-mend",
                            "again",
                            ("-c", "echo again >> page.html && tail -n 1 page.html"),
                            ("--entrypoint", "/bin/sh"),
                            look=_LOOK,
                            hint=_CHOWN,
                        ),
                    ),
                ),
            ),
        ),
    ),
)

REPORT = """\
FROM alpine
RUN adduser -D -u 1000 app
USER app
CMD ["sh", "-c", "echo written by $(id -un) > /data/report"]
"""
_SOMEBODY = Text(
    "somebody who may do it changes the owner of /data first: docker run -u root -v data:/data report chown ...",
    "先让有权限的人改掉 /data 的属主：docker run -u root -v data:/data report chown ……",
)
_WRITTEN = ReadsLines("writer", "/data/report", ("written by app",), hint=_SOMEBODY)

_VOLUME = Exercise(
    id="user-volume",
    lesson=LESSON,
    title=Text("Somebody else's volume", "别人的数据卷"),
    start=Start(
        images={"report": REPORT},
        commands=('docker run --rm -v data:/data alpine sh -c "echo keep me > /data/old"',),
    ),
    answers=(CommandsAnswer("user-volume"),),
    hints=(
        Text(
            "The owner of a folder can be changed, by root, in any container that has the volume.",
            "目录的属主可以由 root 来改，在任何一个挂着这个数据卷的容器里都行。",
        ),
        Text(
            "One docker run -u root with the volume and the command chown, then the run that is asked for.",
            "先来一条 docker run -u root，挂上数据卷，命令是 chown；然后才是要求的那条 run。",
        ),
        Text(
            "docker run --rm -u root -v data:/data report chown app:app /data, then docker run --name writer -v data:/data ...",
            "docker run --rm -u root -v data:/data report chown app:app /data，然后 docker run --name writer -v data:/data ……",
        ),
    ),
    checks=(
        Check(
            Text("writer is made from report", "writer 来自 report"),
            0.25,
            MadeFrom("writer", "report"),
        ),
        Check(
            Text("app has written the report into the volume", "app 把报告写进了数据卷"),
            1.25,
            AllOf(
                HasVolumeAt("writer", "/data", "data"),
                (_WRITTEN, EndedAs("writer", "app", hint=_SOMEBODY)),
            ),
        ),
        Check(
            Text("the file old is still there", "文件 old 还在"),
            0.5,
            Provided((_WRITTEN,), ReadsLines("writer", "/data/old", ("keep me",))),
        ),
    ),
)

_WHOSE = Exercise(
    id="user-whose",
    lesson=LESSON,
    title=Text("Whose is it?", "归谁？"),
    answers=(LiteralAnswer("user-whose"),),
    hints=(
        Text(
            "Three instructions follow USER: RUN, WORKDIR and the process of the container. Two do not.",
            "跟着 USER 走的有三样：RUN、WORKDIR、容器的进程。有两样不跟。",
        ),
        Text(
            "COPY and ADD give to root unless --chown says otherwise. For the container the last USER of the file counts.",
            "COPY、ADD 给 root，除非写了 --chown。容器看的是文件里最后一个 USER。",
        ),
        Text(
            "Four times app: two, three, and the folder on one of the builders; -u beats whatever the image says.",
            "一共四个 app：two、three，还有其中一个构建器建的目录；-u 比镜像里写的都优先。",
        ),
    ),
    checks=(
        sealed(
            Text("eight names", "八个名字"),
            2,
            Sealed(
                "user-whose",
                {
                    "one": "e773ef25ef3906d0d214",
                    "two": "86a0ac6d1dd0d6e35b6e",
                    "three": "c84a340ade9378a02251",
                    "four": "4476392743d369278570",
                    "folder": "7e12a3657e6e7e8917c5",
                    "older": "f9af3cd1aba9cac7337c",
                    "run": "dc53e2884df5bdf3715e",
                    "child": "afd3877213c64903d745",
                },
                fold=True,
                hints={
                    "one": Text("does USER change COPY?", "USER 影响 COPY 吗？"),
                    "two": Text("--chown", "--chown"),
                    "three": Text(
                        "which USER stands above this RUN?", "这条 RUN 上面的 USER 是谁？"
                    ),
                    "four": Text(
                        "which USER stands above this RUN?", "这条 RUN 上面的 USER 是谁？"
                    ),
                    "folder": Text(
                        "BuildKit makes the folder as the user in force",
                        "BuildKit 以当时的 USER 建目录",
                    ),
                    "older": Text("the older builder makes it as root", "旧构建器以 root 建目录"),
                    "run": Text("the last USER counts", "最后一个 USER 算数"),
                    "child": Text("what does -u do?", "-u 有什么作用？"),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _DATA, _MEND, _VOLUME, _WHOSE)
