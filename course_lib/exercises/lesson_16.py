"""The exercises of 16_onbuild: a base for Python apps, triggers passed on, a tool without them, the steps."""

from course_lib.exercises.behaviour import Prints
from course_lib.exercises.children import InChild, ReusedInChild
from course_lib.exercises.combining import AllOf, Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.literals import Sealed, sealed
from course_lib.exercises.placement import Absent, HasFiles
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, LiteralAnswer, Start
from course_lib.text import Text

LESSON = "16_onbuild"

_NOT_YET = Absent(
    "onbuild-mark",
    ("/made-for-you",),
    hint=Text(
        "a plain RUN works in the build of the base; a trigger waits for a child",
        "普通的 RUN 在构建基础镜像时就执行；触发器会等到有子镜像",
    ),
)

_PRACTICE = Exercise(
    id="onbuild-mark",
    lesson=LESSON,
    title=Text("A file for every child", "给每个子镜像一个文件"),
    answers=(DockerfileAnswer("onbuild-mark"),),
    practice=True,
    hints=(
        Text(
            "ONBUILD keeps an instruction for the children; it is not carried out now.",
            "ONBUILD 把一条指令留给子镜像，现在并不执行。",
        ),
        Text(
            "Behind ONBUILD stands the instruction as you would write it in the child.",
            "ONBUILD 后面就是你本来要在子镜像里写的那条指令。",
        ),
        Text("ONBUILD RUN echo hello > ...", "ONBUILD RUN echo hello > ……"),
    ),
    checks=(
        Check(
            Text("the base itself does not have it", "基础镜像自己没有这个文件"),
            0.5,
            AllOf(
                InChild(
                    "onbuild-mark",
                    {},
                    "marked-first",
                    FileHolds("marked-first", "/made-for-you", ("hello",)),
                ),
                (_NOT_YET,),
            ),
        ),
        Check(
            Text("every child has the file", "每个子镜像都有这个文件"),
            0.5,
            InChild(
                "onbuild-mark",
                {},
                "marked",
                FileHolds("marked", "/made-for-you", ("hello",)),
            ),
        ),
    ),
)

SHOP = {
    "requirements.txt": "flask\n",
    "app.py": 'print("shop")\n',
    "templates/page.html": "<h1>Shop</h1>\n",
}
_MAIL = {"requirements.txt": "requests\n", "app.py": 'print("mail")\n'}
_FILES = InChild(
    "onbuild-python",
    SHOP,
    "shop-files",
    HasFiles(
        "shop-files",
        {
            "/app/app.py": SHOP["app.py"],
            "/app/templates/page.html": SHOP["templates/page.html"],
        },
    ),
    hint=Text(
        "ONBUILD COPY takes from the child's context; where it goes is relative to WORKDIR",
        "ONBUILD COPY 从子镜像的上下文里取文件；目标位置相对于 WORKDIR",
    ),
)
_INSTALL = Text(
    "a trigger may be a RUN, too: first requirements.txt has to be there, then pip can read it",
    "触发器也可以是 RUN：先要有 requirements.txt，pip 才读得到",
)


def _installed(tag: str, package: str) -> Prints:
    return Prints(
        tag,
        "1",
        ("-c", f"pip freeze | grep -c {package}=="),
        ("--entrypoint", "/bin/sh"),
    )


_SHOP_INSTALLED = InChild(
    "onbuild-python", SHOP, "shop-packages", _installed("shop-packages", "flask"), hint=_INSTALL
)
_MAIL_INSTALLED = InChild(
    "onbuild-python", _MAIL, "mail-packages", _installed("mail-packages", "requests"), hint=_INSTALL
)

_PYTHON = Exercise(
    id="onbuild-python",
    lesson=LESSON,
    title=Text("A base for Python apps", "Python 应用的基础镜像"),
    answers=(DockerfileAnswer("onbuild-python"),),
    hints=(
        Text(
            "What would you write in the Dockerfile of one project? All that reads the project's files becomes a trigger.",
            "单个项目的 Dockerfile 你会怎么写？凡是要读项目文件的那几行，都改成触发器。",
        ),
        Text(
            "pip install -r needs requirements.txt, so a COPY of it stands before. If all other files are copied after pip, an edit of app.py does not disturb it.",
            "pip install -r 需要 requirements.txt，所以它的 COPY 在前面。其余文件放在 pip 之后复制，改 app.py 就影响不到它。",
        ),
        Text(
            "FROM python:3.11-slim, WORKDIR /app, then three triggers: COPY requirements.txt ., RUN pip install -r requirements.txt, COPY . .",
            "FROM python:3.11-slim，WORKDIR /app，然后三个触发器：COPY requirements.txt .，RUN pip install -r requirements.txt，COPY . .",
        ),
    ),
    checks=(
        Check(Text("the project's files are in /app", "项目文件在 /app 里"), 1, _FILES),
        Check(Text("its packages are installed", "装好了它要的包"), 1, _SHOP_INSTALLED),
        Check(
            Text("another project gets other packages", "另一个项目得到另外的包"),
            0.5,
            _MAIL_INSTALLED,
        ),
        Check(
            Text("an edit of app.py does not install again", "改 app.py 不会重新安装"),
            1.5,
            Provided(
                (_FILES, _SHOP_INSTALLED, _MAIL_INSTALLED),
                ReusedInChild(
                    "onbuild-python",
                    SHOP,
                    "app.py",
                    "/flask/__init__.py",
                    Text("flask", " flask "),
                    hint=Text(
                        "copy only requirements.txt before pip, and all the rest after it",
                        "pip 之前只复制 requirements.txt，其余的放在它后面",
                    ),
                ),
            ),
        ),
    ),
)

PAGE = {"page.html": "the page of the base\n"}
_OWN_PAGE = {"page.html": "a page of three more words\n"}
SITE = """\
FROM alpine
WORKDIR /site
ONBUILD COPY page.html /site/
ONBUILD RUN wc -w < /site/page.html > /site/words.txt
"""
_AGAIN = Text(
    "the triggers of site-base were used up in your build: write them again for your children",
    "site-base 的触发器在你这次构建里已经用掉了：要给你的子镜像再写一遍",
)
_OWN = Prints(
    "onbuild-pass",
    "dark: the page of the base",
    ("-c", 'echo "$THEME: $(cat /site/page.html)"'),
    ("--entrypoint", "/bin/sh"),
    look=("FROM", "ENV", "COPY"),
)

_PASS = Exercise(
    id="onbuild-pass",
    lesson=LESSON,
    title=Text("Pass them on", "传下去"),
    start=Start(files=PAGE, images={"site-base": SITE}),
    answers=(DockerfileAnswer("onbuild-pass"),),
    hints=(
        Text(
            "Triggers fire in the first child, and that is your image. What is left of them afterwards?",
            "触发器在第一个子镜像里执行，也就是你的镜像。之后还剩下什么？",
        ),
        Text(
            "docker inspect -f '{{json .Config.OnBuild}}' site-base shows what to write again.",
            "docker inspect -f '{{json .Config.OnBuild}}' site-base 会告诉你要重写哪些。",
        ),
        Text(
            "FROM site-base, ENV THEME=dark, and the two ONBUILD lines of site-base in the same order.",
            "FROM site-base，ENV THEME=dark，再按同样的顺序写上 site-base 的两行 ONBUILD。",
        ),
    ),
    checks=(
        Check(Text("your image itself", "你的镜像自己"), 0.5, _OWN),
        Check(
            Text("its child has a page of its own", "它的子镜像有自己的网页"),
            0.75,
            Provided(
                (_OWN,),
                InChild(
                    "onbuild-pass",
                    _OWN_PAGE,
                    "own-page",
                    FileHolds("own-page", "/site/page.html", ("a page of three more words",)),
                    hint=_AGAIN,
                ),
            ),
        ),
        Check(
            Text("and the count of its words", "并数过它的词数"),
            0.75,
            Provided(
                (_OWN,),
                InChild(
                    "onbuild-pass",
                    _OWN_PAGE,
                    "own-words",
                    FileHolds("own-words", "/site/words.txt", ("6",)),
                    hint=_AGAIN,
                ),
            ),
        ),
    ),
)


def company(words: str) -> str:
    """The Dockerfile of an image with a tool that prints `words`, and a trigger that asks for a licence."""
    return (
        "FROM alpine\n"
        f"RUN printf '#!/bin/sh\\necho {words}\\n' > /usr/bin/greet && chmod +x /usr/bin/greet\n"
        "ONBUILD COPY licence.txt /\n"
        "ONBUILD RUN grep -q paid /licence.txt\n"
    )


_FROM_ONLY = Text(
    "triggers fire in a stage that stands FROM the image; COPY --from=IMAGE takes files out of it and fires nothing",
    "只有 FROM 这个镜像的阶段才会执行触发器；COPY --from=镜像 只取文件，什么也不触发",
)

_TOOL = Exercise(
    id="onbuild-tool",
    lesson=LESSON,
    title=Text("The tool without the triggers", "只要工具，不要触发器"),
    start=Start(images={"company": company("good morning")}),
    answers=(DockerfileAnswer("onbuild-tool"),),
    hints=(
        Text(
            "Which instructions can read another image, and which of them makes it the base?",
            "哪些指令能读别的镜像？其中哪个会把它当作基础镜像？",
        ),
        Text("COPY --from=IMAGE SOURCE DESTINATION.", "COPY --from=镜像 源 目标。"),
        Text(
            'FROM alpine, COPY --from=company /usr/bin/greet /usr/bin/, CMD ["greet"]',
            'FROM alpine，COPY --from=company /usr/bin/greet /usr/bin/，CMD ["greet"]',
        ),
    ),
    checks=(
        Check(
            Text("the image runs the tool", "镜像会运行这个工具"),
            0.75,
            Prints("onbuild-tool", "good morning", hint=_FROM_ONLY),
        ),
        Check(
            Text("it is the company's tool", "用的是 company 里的工具"),
            0.75,
            Again(
                {},
                Text("with a newer tool in company", "company 里的工具换成新版"),
                Prints("onbuild-tool", "good evening", hint=_FROM_ONLY),
                images={"company": company("good evening")},
            ),
        ),
    ),
)

_STEPS = Exercise(
    id="onbuild-steps",
    lesson=LESSON,
    title=Text("Which step, in which build", "哪一步，在哪次构建"),
    answers=(LiteralAnswer("onbuild-steps"),),
    hints=(
        Text(
            "ONBUILD in a file does nothing in the build of that file.",
            "文件里的 ONBUILD，在构建这个文件时什么也不做。",
        ),
        Text(
            "In a child, the triggers of its base come right after FROM, before its own lines. Then they are used up.",
            "在子镜像里，基础镜像的触发器紧跟在 FROM 之后执行，排在自己的指令前面。然后就用完了。",
        ),
        Text(
            "The base prints one letter, the child three, the grandchild two.",
            "base 打印一个字母，child 三个，grandchild 两个。",
        ),
    ),
    checks=(
        sealed(
            Text("the letters, layers and triggers", "字母、层数和触发器"),
            2.5,
            Sealed(
                "onbuild-steps",
                {
                    "base": "bd852d8ea32c5309fe5e",
                    "child": "57ba290729eb30e206ec",
                    "grandchild": "b74f0d09c686de25dfe3",
                    "layers": "f8fec4a111e788f2f3d7",
                    "left": "d457c354683ea818b503",
                },
                fold=True,
                hints={
                    "base": Text(
                        "a trigger waits; only plain instructions run here",
                        "触发器还在等，这里只执行普通指令",
                    ),
                    "child": Text(
                        "the triggers first, in their order, then the child's own lines",
                        "先按顺序执行触发器，再执行子镜像自己的指令",
                    ),
                    "grandchild": Text(
                        "which triggers does its base have: those of child, or of base too?",
                        "它的基础镜像有哪些触发器：只有 child 的，还是也有 base 的？",
                    ),
                    "layers": Text(
                        "each RUN has its layer, a fired one too",
                        "每条 RUN 都有一层，由触发器执行的也一样",
                    ),
                    "left": Text("what has fired is used up", "执行过的触发器就没有了"),
                },
            ),
        ),
    ),
)

EXERCISES = (_PRACTICE, _PYTHON, _PASS, _TOOL, _STEPS)
