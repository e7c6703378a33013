"""The exercises of 06_maintainer: a label in its place, a new owner by commit, where a name goes."""

from course_lib.exercises.bases import SameLayers, StandsOn
from course_lib.exercises.behaviour import Prints
from course_lib.exercises.combining import AllOf
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.metadata import Author, HasLabels, Labelled, NoWarnings
from course_lib.exercises.values import (
    Check,
    CommandsAnswer,
    DockerfileAnswer,
    Exercise,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "06_maintainer"
_KEY = "org.opencontainers.image.authors"

_PRACTICE = Exercise(
    id="maintainer-field",
    lesson=LESSON,
    title=Text("The field Author", "Author 字段"),
    answers=(DockerfileAnswer("maintainer-field"),),
    practice=True,
    hints=(
        Text("Which instruction sets the field?", "哪条指令设置这个字段？"),
        Text(
            "MAINTAINER takes the rest of the line as it stands: quotes are part of the name.",
            "MAINTAINER 把后面整行原样收下：引号也是名字的一部分。",
        ),
        Text('MAINTAINER Ann "the cook" ...', 'MAINTAINER Ann "the cook" ……'),
    ),
    checks=(
        Check(
            Text("it stands on alpine", "站在 alpine 上"),
            0.25,
            StandsOn("maintainer-field", "alpine"),
        ),
        Check(
            Text("the author is Ann", "author 是 Ann"),
            0.75,
            Author(
                "maintainer-field",
                'Ann "the cook" Lee <ann@example.com>',
                hint=Text(
                    "nothing is taken away from the line: no quotes around it, no backslashes in it",
                    "这一行里什么都不会去掉：外面不要加引号，里面不要加反斜杠",
                ),
            ),
        ),
    ),
)

_LABEL = Exercise(
    id="maintainer-label",
    lesson=LESSON,
    title=Text("Out with the old", "换掉旧写法"),
    answers=(DockerfileAnswer("maintainer-label"),),
    hints=(
        Text(
            "One LABEL takes the place of both MAINTAINER lines.",
            "一条 LABEL 顶替两行 MAINTAINER。",
        ),
        Text(
            "The value has blanks, so it stands in double quotes; both people in one value, with a comma.",
            "值里有空格，要用双引号括起来；两个人写在同一个值里，用逗号隔开。",
        ),
        Text(
            f'LABEL {_KEY}="Ann Lee <ann@example.com>, ..."; FROM, RUN and CMD stay.',
            f'LABEL {_KEY}="Ann Lee <ann@example.com>, ……"；FROM、RUN、CMD 不变。',
        ),
    ),
    checks=(
        Check(
            Text("both people in the label", "两个人都在 label 里"),
            2,
            HasLabels(
                "maintainer-label",
                {_KEY: "Ann Lee <ann@example.com>, Bob <bob@example.com>"},
                hint=Text(
                    "a second LABEL of the same key replaces the first: one value for both",
                    "同一个键再写一次会顶掉前一次：两个人写进一个值",
                ),
            ),
        ),
        Check(
            Text("MAINTAINER is gone", "MAINTAINER 不见了"),
            1,
            AllOf(
                Labelled("maintainer-label", _KEY),
                (
                    NoWarnings("maintainer-label", "MaintainerDeprecated"),
                    Author("maintainer-label", ""),
                ),
            ),
        ),
        Check(
            Text("a container prints what it did before", "容器打印的和原来一样"),
            1,
            Prints("maintainer-label", "open from nine to five"),
        ),
    ),
)

_OPTIONS = Text(
    'docker commit -a NAME -c "LABEL key=value" CONTAINER IMAGE',
    'docker commit -a 名字 -c "LABEL 键=值" 容器 镜像',
)

_COMMIT = Exercise(
    id="maintainer-commit",
    lesson=LESSON,
    title=Text("A new owner, without a Dockerfile", "换主人，没有 Dockerfile"),
    start=Start(images={"old": "FROM alpine\nMAINTAINER Carol\nRUN echo since 1987 > /sign\n"}),
    answers=(CommandsAnswer("maintainer-commit"),),
    hints=(
        Text(
            "A commit needs a container, but the container need not run: docker create makes one.",
            "commit 需要一个容器，但容器不必运行：docker create 就能创建一个。",
        ),
        Text(
            "docker commit has an option for the author and one for instructions: see docker commit --help.",
            "docker commit 有一个选项写作者，有一个选项写指令：看 docker commit --help。",
        ),
        Text(
            f'docker create --name box old, then docker commit -a ... -c "LABEL {_KEY}=..." box new',
            f'docker create --name box old，然后 docker commit -a …… -c "LABEL {_KEY}=……" box new',
        ),
    ),
    checks=(
        Check(
            Text("the author of new is Dana", "new 的 author 是 Dana"),
            1,
            Author("new", "Dana", hint=_OPTIONS),
        ),
        Check(
            Text("so says its label", "label 也这样写"),
            1,
            HasLabels("new", {_KEY: "Dana"}, hint=_OPTIONS),
        ),
        Check(
            Text(
                "the layers are those of old, and old is Carol's",
                "层还是 old 的，old 还是 Carol 的",
            ),
            1,
            AllOf(
                SameLayers(
                    "new",
                    "old",
                    hint=Text(
                        "commit a container in which nothing was written",
                        "提交一个里面没有写过东西的容器",
                    ),
                ),
                (Author("old", "Carol"),),
            ),
        ),
    ),
)

_FIELD = Text("docker writes this one into a field of its own", "docker 把它写进单独的字段")
_LABEL_HINT = Text("whatever the key is called, it is a label", "不管键叫什么，它都是 label")

_WHERE = Exercise(
    id="maintainer-where",
    lesson=LESSON,
    title=Text("Where does it go?", "写到哪里去了？"),
    answers=(LiteralAnswer("maintainer-where"),),
    hints=(
        Text(
            'Try them: docker inspect -f "{{.Author}} {{json .Config.Labels}}" shows two of the places.',
            '动手试试：docker inspect -f "{{.Author}} {{json .Config.Labels}}" 能看到其中两处。',
        ),
        Text(
            "RUN works on files. A comment works on nothing.",
            "RUN 改的是文件，注释什么也不改。",
        ),
        Text(
            "MAINTAINER and --author share one field; everything that says LABEL is a label.",
            "MAINTAINER 和 --author 写的是同一个字段；凡是写着 LABEL 的都是 label。",
        ),
    ),
    checks=(
        sealed(
            Text("six names", "六个名字"),
            3,
            Sealed(
                "maintainer-where",
                {
                    "a": "3c05fec074c002d27830",
                    "b": "822af60ab803594038d2",
                    "c": "07b003a6c42086ae1c83",
                    "d": "90294a3c4de6bd045fab",
                    "e": "3bd34f5660af884d4460",
                    "f": "8474187e092a4cf22a21",
                },
                fold=True,
                hints={
                    "a": _FIELD,
                    "b": _LABEL_HINT,
                    "c": Text("what is a line that begins with #?", "以 # 开头的行是什么？"),
                    "d": _FIELD,
                    "e": Text("it writes a file", "它写了一个文件"),
                    "f": _LABEL_HINT,
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _LABEL, _COMMIT, _WHERE)
