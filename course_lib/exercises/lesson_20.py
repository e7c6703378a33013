"""The exercises of 20_inside_an_image: a chain ID, the layer of a file, and why there are two digests."""

from course_lib.exercises.archives import FindsLayers, PrintsChainID
from course_lib.exercises.bases import SameLayers
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.metadata import HasLabels
from course_lib.exercises.values import (
    Check,
    DockerfileAnswer,
    Exercise,
    FileAnswer,
    LiteralAnswer,
    Start,
)
from course_lib.text import Text

LESSON = "20_inside_an_image"

_NOTE = """\
FROM busybox
COPY greeting.txt /greeting.txt
RUN rm /greeting.txt && echo bye > /bye.txt
ENV LEFT=yes
CMD ["cat", "/bye.txt"]
"""
_SHELF = """\
FROM busybox
COPY greeting.txt /books/a.txt
COPY greeting.txt /b.txt
COPY greeting.txt /a.txt
RUN echo more >> /books/a.txt
RUN rm /b.txt
RUN echo other > /a_txt
"""
_FILES = {"greeting.txt": "good morning\n"}

_LINE = Text(
    "the digest of the chain ID so far, one blank, and the next diff ID, without a newline: printf '%s %s' A B | sha256sum",
    "对“目前的 chain ID、一个空格、下一个 diff ID”取 digest，末尾不带换行：printf '%s %s' A B | sha256sum",
)

_CHAIN = Exercise(
    id="inside-chain",
    lesson=LESSON,
    title=Text("Compute a chain ID", "计算 chain ID"),
    start=Start(
        files=_FILES,
        images={
            "one": "FROM busybox\n",
            "two": "FROM busybox\nRUN echo 2 > /two\n",
            "note": _NOTE,
            "shelf": _SHELF,
        },
    ),
    answers=(FileAnswer("inside-chain", "chain.sh"),),
    hints=(
        Text(
            "In the script, $1 is the diff ID of the bottom layer; the chain ID of one layer is its diff ID.",
            "脚本里 $1 是最底层的 diff ID；只有一层时，chain ID 就是它的 diff ID。",
        ),
        Text(
            "Keep it in a variable: chain=$1; shift. Then, for each of the words that are left, put chain and word together and take the sha256sum. `cut -d ' ' -f 1` leaves the number.",
            "把它放进变量：chain=$1; shift。然后对剩下的每个词，把 chain 和它拼起来取 sha256sum。用 `cut -d ' ' -f 1` 只留下那串数字。",
        ),
        Text(
            "The whole loop: for diff; do chain=sha256:$(printf '%s %s' \"$chain\" \"$diff\" | sha256sum | cut -d ' ' -f 1); done",
            "整个循环：for diff; do chain=sha256:$(printf '%s %s' \"$chain\" \"$diff\" | sha256sum | cut -d ' ' -f 1); done",
        ),
    ),
    checks=(
        Check(
            Text("an image of one layer", "只有一层的镜像"),
            0.5,
            PrintsChainID(
                "chain.sh",
                "one",
                hint=Text(
                    "with one layer the chain ID is the diff ID",
                    "只有一层时，chain ID 就是 diff ID",
                ),
            ),
        ),
        Check(
            Text("an image of two layers", "两层的镜像"),
            1.5,
            PrintsChainID("chain.sh", "two", hint=_LINE),
        ),
        Check(
            Text("an image of three layers", "三层的镜像"),
            1,
            PrintsChainID("chain.sh", "note", hint=_LINE),
        ),
        Check(
            Text("an image of seven layers", "七层的镜像"),
            0.5,
            PrintsChainID("chain.sh", "shelf", hint=_LINE),
        ),
    ),
)

_LIST = Text(
    "tar -t -f FILE lists a layer; ask each file of blobs/sha256 whether it has a line that is exactly the path",
    "tar -t -f 文件 列出一层的内容；逐个问 blobs/sha256 里的文件：有没有哪一行正好就是这个路径",
)

_FIND = Exercise(
    id="inside-find",
    lesson=LESSON,
    title=Text("Find the layer of a file", "找出文件在哪一层"),
    start=Start(files=_FILES, images={"note": _NOTE, "shelf": _SHELF}),
    answers=(FileAnswer("inside-find", "holds.sh"),),
    hints=(
        Text(
            "Try it by hand on one layer first: tar -t -f blobs/sha256/NUMBER",
            "先用手对一层试试：tar -t -f blobs/sha256/数字",
        ),
        Text(
            "A loop over blobs/sha256/*, in it: tar -t -f FILE 2>/dev/null | grep -q ... The name of the file is the digest without its `sha256:`; basename gives it.",
            "循环 blobs/sha256/*，里面写：tar -t -f 文件 2>/dev/null | grep -q ……。文件名就是去掉 `sha256:` 的 digest，用 basename 取出来。",
        ),
        Text(
            'grep -qxF "$1" wants the whole line to be the path, letter by letter. Then: echo "sha256:$(basename "$blob")"',
            'grep -qxF "$1" 要求整行逐字等于这个路径。然后：echo "sha256:$(basename "$blob")"',
        ),
    ),
    checks=(
        Check(
            Text("a file in one layer", "只在一层里的文件"),
            1.25,
            FindsLayers("holds.sh", "note", "bye.txt", hint=_LIST),
        ),
        Check(
            Text("a file in two layers", "在两层里的文件"),
            1,
            FindsLayers("holds.sh", "shelf", "books/a.txt", hint=_LIST),
        ),
        Check(
            Text("a file that an upper layer deletes", "被上面的层删掉的文件"),
            0.75,
            FindsLayers(
                "holds.sh",
                "shelf",
                "b.txt",
                hint=Text(
                    "the line .wh.b.txt is a whiteout: that layer does not hold the file",
                    ".wh.b.txt 这一行是 whiteout：那一层里没有这个文件",
                ),
            ),
        ),
        Check(
            Text("only the very path counts", "路径必须完全一致"),
            0.5,
            FindsLayers(
                "holds.sh",
                "shelf",
                "a.txt",
                hint=Text(
                    "a dot in a pattern of grep means any sign, and a part of a line is enough; grep -xF takes the whole line as it is",
                    "grep 的模式里，点可以是任何字符，而且只要行里有一部分相符就算；grep -xF 才按原样比较整行",
                ),
            ),
        ),
    ),
)

_NAMES = Exercise(
    id="inside-names",
    lesson=LESSON,
    title=Text("Which names change?", "哪些名字会变？"),
    answers=(LiteralAnswer("inside-names"),),
    hints=(
        Text(
            "Each name is the digest of some bytes. Ask each time: are these bytes other ones now?",
            "每个名字都是某些字节的 digest。每次都问：这些字节变了吗？",
        ),
        Text(
            "The config lists diff IDs; the manifest lists the blobs as they are stored, and the config. A change goes upwards in this chain, never down.",
            "配置里列着 diff ID；manifest 里列着存放形式的 blob，还有配置。变化沿着这条链往上走，从不往下。",
        ),
        Text(
            "a: only what is stored changes, and who lists it. b: no layer changes. c: a tag stands in none of these files.",
            "a：变的只有存放形式，以及列着它的文件。b：层都没变。c：tag 不在这些文件里。",
        ),
    ),
    checks=(
        sealed(
            Text("six changes", "六种变化"),
            3,
            Sealed(
                "inside-names",
                {
                    "a": "39ea737ea26ae71a6a51",
                    "b": "cc6c420bb51a6d2ab139",
                    "c": "8cbc675f1ccdfe6b6906",
                    "d": "fd17ccfd6dd07fb290cd",
                    "e": "187f00140dc8b0a23c81",
                    "f": "f66ddcfc3c40b85b80e2",
                },
                fold=True,
                hints={
                    "a": Text("the tar inside is the same tar", "里面的 tar 还是原来那个 tar"),
                    "b": Text("a label stands in the config", "label 写在配置里"),
                    "c": Text(
                        "a tag is written beside the image, not in it",
                        "tag 记在镜像旁边，不在镜像里",
                    ),
                    "d": Text(
                        "the tar is made of other bytes now, even if one sign differs",
                        "tar 的字节变了，哪怕只差一个字符",
                    ),
                    "e": Text(
                        "what a layer holds does not say what lies below it",
                        "一层里的内容并不说明它下面是什么",
                    ),
                    "f": Text(
                        "the date of a file stands in the tar, too", "文件的日期也写在 tar 里"
                    ),
                },
            ),
        ),
    ),
)

_PRACTICE = Exercise(
    id="inside-twin",
    lesson=LESSON,
    title=Text("Two images, the same layers", "两个镜像，同样的层"),
    practice=True,
    answers=(DockerfileAnswer("inside-twin"),),
    hints=(
        Text(
            "Which instructions write the config and no layer?",
            "哪些指令只写配置、不产生层？",
        ),
        Text("LABEL is one of them.", "LABEL 就是其中之一。"),
        Text("FROM alpine, then LABEL note=...", "FROM alpine，再写 LABEL note=……"),
    ),
    checks=(
        Check(
            Text("the layers are those of alpine", "层和 alpine 的一样"),
            0.5,
            SameLayers("inside-twin", "alpine"),
        ),
        Check(
            Text("the config is another one", "配置不一样"),
            0.5,
            HasLabels(
                "inside-twin", {"note": "twin"}, hint=Text("LABEL note=twin", "LABEL note=twin")
            ),
        ),
    ),
)

EXERCISES = (_CHAIN, _FIND, _NAMES, _PRACTICE)
