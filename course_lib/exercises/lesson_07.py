"""The exercises of 07_label: quotes, the labels of a base, finding and clearing away by label."""

from course_lib.exercises.bases import StandsOn
from course_lib.exercises.combining import AllOf
from course_lib.exercises.metadata import (
    ContainerLabelled,
    HasLabels,
    Kept,
    NoOtherLabels,
    Removed,
)
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, CommandsAnswer, DockerfileAnswer, Exercise, Start
from course_lib.text import Text

LESSON = "07_label"

_STRAIGHT = Text(
    "straight quotes around what has blanks, no blanks around the =",
    "有空格的值用直引号括起来，= 两边不留空格",
)

_PRACTICE = Exercise(
    id="label-mend",
    lesson=LESSON,
    title=Text("Mend the labels", "改对 label"),
    answers=(DockerfileAnswer("label-mend"),),
    practice=True,
    hints=(
        Text("Look closely at the quotes, and at the blanks.", "仔细看引号，再看空格。"),
        Text(
            "Typographic quotes are letters for docker. And a word without = can't be a label.",
            "弯引号对 docker 来说只是普通字符。没有 = 的词不能算 label。",
        ),
        Text(
            'LABEL com.example.version="0.0.1 beta" com.example.release-date=...',
            'LABEL com.example.version="0.0.1 beta" com.example.release-date=……',
        ),
    ),
    checks=(
        Check(
            Text("both labels", "两个 label"),
            1,
            HasLabels(
                "label-mend",
                {
                    "com.example.version": "0.0.1 beta",
                    "com.example.release-date": "2015-02-12",
                },
                hint=_STRAIGHT,
            ),
        ),
    ),
)

_TITLE = "org.opencontainers.image.title"
_DESCRIPTION = "org.opencontainers.image.description"
_PRICE = "com.example.price"
_FOLDER = "com.example.folder"
_WANTED = {
    _TITLE: "Corner shop",
    _DESCRIPTION: 'The "best" tea in town',
    _PRICE: "$5 a cup",
    _FOLDER: "C:\\shop\\tea",
}

_QUOTES = Exercise(
    id="label-quotes",
    lesson=LESSON,
    title=Text("Quotes", "引号"),
    answers=(DockerfileAnswer("label-quotes"),),
    hints=(
        Text(
            "Each value has something of its own: a blank, quotes, a dollar sign, backslashes.",
            "每个值各有讲究：空格、引号、美元符号、反斜杠。",
        ),
        Text(
            'Single quotes keep everything as it is. In double quotes, write \\" and \\$.',
            '单引号里全部原样保留。双引号里要写 \\" 和 \\$。',
        ),
        Text(
            f"LABEL {_DESCRIPTION}='The \"best\" tea in town' {_PRICE}='$5 a cup' ...",
            f"LABEL {_DESCRIPTION}='The \"best\" tea in town' {_PRICE}='$5 a cup' ……",
        ),
    ),
    checks=(
        Check(
            Text("four labels, character by character", "四个 label，一个字符也不差"),
            3,
            HasLabels(
                "label-quotes",
                _WANTED,
                hint=Text(
                    "docker inspect -f '{{index .Config.Labels \"KEY\"}}' label-quotes shows one value as it is",
                    "docker inspect -f '{{index .Config.Labels \"键\"}}' label-quotes 显示一个值的原样",
                ),
            ),
        ),
        Check(
            Text("no others", "没有别的"),
            1,
            AllOf(
                StandsOn("label-quotes", "alpine"),
                (
                    NoOtherLabels(
                        "label-quotes",
                        tuple(_WANTED),
                        hint=Text(
                            "a value that is not quoted falls apart into several labels",
                            "没加引号的值会散成好几个 label",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

_BASE = """\
FROM alpine
LABEL vendor="Corner Ltd" version=1.0
LABEL stage=test
RUN echo hello > /hello.txt
"""
_OTHER_BASE = _BASE.replace("Corner Ltd", "Market & Sons")

_CHILD = Exercise(
    id="label-child",
    lesson=LESSON,
    title=Text("A new version", "新版本"),
    start=Start(images={"shop-base": _BASE}),
    answers=(DockerfileAnswer("label-child"),),
    hints=(
        Text(
            "Labels are inherited. Only what changes has to be written.",
            "label 会继承，只写要改的就行。",
        ),
        Text(
            "A key written again replaces the value. A label can't be removed, but its value can be empty.",
            "同一个键再写一次就替换。label 删不掉，但值可以是空的。",
        ),
        Text(
            "FROM shop-base, LABEL version=2.0 stage=", "FROM shop-base，LABEL version=2.0 stage="
        ),
    ),
    checks=(
        Check(
            Text("it stands on shop-base", "站在 shop-base 上"),
            0.25,
            StandsOn("label-child", "shop-base"),
        ),
        Check(
            Text("a new version, an empty stage", "version 是新的，stage 是空的"),
            2,
            HasLabels(
                "label-child",
                {"version": "2.0", "stage": ""},
                hint=Text(
                    'an empty value: LABEL stage= or LABEL stage=""',
                    '空值写成 LABEL stage= 或 LABEL stage=""',
                ),
            ),
        ),
        Check(
            Text("the vendor of the base", "基础镜像的 vendor"),
            0.75,
            Again(
                {},
                Text("with another shop-base", "换一个 shop-base"),
                HasLabels(
                    "label-child",
                    {"vendor": "Market & Sons"},
                    hint=Text(
                        "what is inherited need not be written again",
                        "继承来的不用再写",
                    ),
                ),
                images={"shop-base": _OTHER_BASE},
            ),
        ),
    ),
)

_TEST = ("tea", "cake")
_OTHERS = ("soup", "bread", "milk", "salt")

_CLEAR = Exercise(
    id="label-clear",
    lesson=LESSON,
    title=Text("Find and clear away", "查找和清理"),
    start=Start(
        images={
            "tea": "FROM alpine\nLABEL name=tea stage=test\n",
            "soup": "FROM alpine\nLABEL name=soup stage=prod\n",
            "cake": "FROM alpine\nLABEL name=cake stage=test\nRUN echo cake > /cake\n",
            "bread": "FROM alpine\nLABEL name=bread com.example.stage=test\n",
            "milk": "FROM alpine\nLABEL name=milk stage=testing\n",
            "salt": "FROM alpine\nLABEL name=salt\n",
        }
    ),
    answers=(CommandsAnswer("label-clear"),),
    hints=(
        Text(
            "docker images --filter label=KEY=VALUE lists those with exactly that value.",
            "docker images --filter label=键=值 列出恰好是这个值的镜像。",
        ),
        Text(
            "docker rmi NAME removes an image; docker image prune -a -f --filter ... removes all that fit and are not used.",
            "docker rmi 名字 删除一个镜像；docker image prune -a -f --filter …… 删除所有符合条件又没人用的镜像。",
        ),
        Text(
            "docker image prune -a -f --filter label=stage=test, then docker run --name night --label ... milk",
            "docker image prune -a -f --filter label=stage=test，然后 docker run --name night --label …… milk",
        ),
    ),
    checks=(
        Check(
            Text("the test images are gone", "测试镜像都删掉了"),
            1,
            Removed(
                _TEST,
                hint=Text(
                    "docker images --filter label=stage=test shows those that are left",
                    "docker images --filter label=stage=test 显示还剩哪几个",
                ),
            ),
        ),
        Check(
            Text("they, and no others", "只删它们，别的都在"),
            1,
            AllOf(
                Removed(_TEST),
                (
                    Kept(
                        _OTHERS,
                        hint=Text(
                            "label=stage means any stage; label=stage=test means this one",
                            "label=stage 表示只要有 stage；label=stage=test 才是指这个值",
                        ),
                    ),
                ),
            ),
        ),
        Check(
            Text("a container for the night", "夜班的容器"),
            1,
            ContainerLabelled(
                "night",
                "milk",
                "shift",
                "night",
                hint=Text(
                    "docker run --name NAME --label KEY=VALUE IMAGE",
                    "docker run --name 名字 --label 键=值 镜像",
                ),
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _QUOTES, _CHILD, _CLEAR)
