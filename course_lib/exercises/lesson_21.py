"""The exercises of 21_capstone: a poor Dockerfile of a small web app, made right in ten ways."""

from hashlib import sha256

from course_lib.exercises.bases import Pinned
from course_lib.exercises.behaviour import Stops
from course_lib.exercises.caching import Reused
from course_lib.exercises.combining import AllOf, Provided
from course_lib.exercises.files import FileHolds
from course_lib.exercises.health import TellsHealth
from course_lib.exercises.layersizes import AtMost
from course_lib.exercises.leaks import NowhereIn
from course_lib.exercises.linting import NothingToSay
from course_lib.exercises.metadata import Labelled
from course_lib.exercises.privileges import NotRoot
from course_lib.exercises.programs import Without
from course_lib.exercises.rebuilding import Again
from course_lib.exercises.values import Check, DockerfileAnswer, Exercise, Judge, Start
from course_lib.exercises.webpages import ServesPage
from course_lib.text import Text

LESSON = "21_capstone"
APP = "capstone-app"

PACKAGE = """\
{
  "name": "tea-house",
  "version": "1.4.0",
  "scripts": { "build": "sh build.sh" },
  "dependencies": { "ejs": "^3.1.9" },
  "devDependencies": { "esbuild": "^0.19.11", "prettier": "^3.1.1" }
}
"""
LOCK = """\
{
  "name": "tea-house",
  "version": "1.4.0",
  "lockfileVersion": 3,
  "requires": true
}
"""
BUILD = """\
#!/bin/sh
set -e
ejs=node_modules/ejs/package.json
if [ ! -f "$ejs" ]; then
    echo "build.sh: there is no $ejs here; npm ci puts it there" >&2
    exit 1
fi
made=$(sed -n 's/.*"version": "\\(.*\\)".*/ejs \\1/p' "$ejs")
signed=$(cat menu.txt sign.key | sha256sum | cut -c 1-16)
mkdir -p dist
{
    echo "<h1>Tea house</h1>"
    sed 's|.*|<p>&</p>|' menu.txt
    echo "<p>made with $made, signed $signed</p>"
} > dist/index.html
echo "dist/index.html is ready"
"""
NGINX = """\
pid /tmp/nginx.pid;
error_log /dev/stderr;
events {}
http {
    include /etc/nginx/mime.types;
    access_log /dev/stdout;
    client_body_temp_path /tmp/client_body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    server {
        listen 8080;
        root /srv/www;
    }
}
"""
MENU = "sencha\noolong\n"
KEY = "tea-91f3c7\n"
FILES = {
    "package.json": PACKAGE,
    "package-lock.json": LOCK,
    "build.sh": BUILD,
    "menu.txt": MENU,
    "sign.key": KEY,
    "nginx.conf": NGINX,
}

_GIVEN = "id=sign_key,src=sign.key"  # docker build --secret
_OTHER_MENU = "sencha\noolong\ngenmaicha\n"
_OTHER_KEY = "tea-000000\n"
_TOOLS = (
    "node", "npm", "npx", "yarn", "pnpm", "bun", "make", "gcc", "g++", "cc", "cc1", "ld",
    "git", "go", "python3",
)  # fmt: skip
_MEGABYTES = 50


def _page(menu: str, key: str) -> tuple[str, ...]:
    """The lines that build.sh writes."""
    signed = sha256((menu + key).encode()).hexdigest()[:16]
    dishes = (f"<p>{line}</p>" for line in menu.splitlines())
    return ("<h1>Tea house</h1>", *dishes, f"<p>made with ejs 3.1.9, signed {signed}</p>")


_SERVES = Text(
    "npm ci, npm run build; dist/index.html to /srv/www, nginx.conf to /etc/nginx/nginx.conf; nginx in the foreground",
    "npm ci、npm run build；把 dist/index.html 放到 /srv/www，nginx.conf 放到 /etc/nginx/nginx.conf；nginx 在前台运行",
)
_WORKS = ServesPage(APP, 8080, _page(MENU, KEY), hint=_SERVES)
_WORKS_ANEW = Again(
    {"menu.txt": _OTHER_MENU, "sign.key": _OTHER_KEY},
    Text("with another menu and another key", "换一份菜单、换一把密钥"),
    ServesPage(APP, 8080, _page(_OTHER_MENU, _OTHER_KEY), hint=_SERVES),
)


_SERVES_ITS_PAGE = AllOf(_WORKS, (_WORKS_ANEW,))
_FIRST = Text("this counts once it serves its page", "先要能提供网页，这一项才算数")


def _once_it_works(judge: Judge) -> Judge:
    return Provided((_SERVES_ITS_PAGE,), judge, _FIRST)


_CHECKS = (
    Check(Text("it serves its page", "能提供网页"), 0, _SERVES_ITS_PAGE),
    Check(
        Text(f"at most {_MEGABYTES} MB", f"最多 {_MEGABYTES} MB"),
        2,
        _once_it_works(
            AtMost(
                APP,
                _MEGABYTES,
                hint=Text(
                    "build in one stage, serve from another one on a small base",
                    "在一个阶段里构建，在另一个用小基础镜像的阶段里提供服务",
                ),
            )
        ),
    ),
    Check(
        Text("an edit of the menu does not install anew", "改菜单不会重新安装依赖"),
        3,
        _once_it_works(
            Reused(
                APP,
                {"menu.txt": _OTHER_MENU},
                "/node_modules/ejs/package.json",
                Text("after an edit of menu.txt", "改过 menu.txt 之后"),
                Text("node_modules", " node_modules "),
                hint=Text(
                    "copy package.json and package-lock.json alone, install, and copy the rest below that",
                    "先只复制 package.json 和 package-lock.json，装好依赖，再在下面复制其余文件",
                ),
            )
        ),
    ),
    Check(
        Text("docker stop ends it at once", "docker stop 立刻让它结束"),
        2.5,
        _once_it_works(
            Stops(
                APP,
                hint=Text(
                    'the server itself must be process 1: CMD ["nginx", "-g", "daemon off;"]',
                    '服务自己要成为 1 号进程：CMD ["nginx", "-g", "daemon off;"]',
                ),
            )
        ),
    ),
    Check(
        Text("it does not run as root", "不以 root 运行"),
        2,
        _once_it_works(
            NotRoot(
                APP,
                hint=Text(
                    "USER with an account that the image has; this nginx.conf needs no root",
                    "USER 写一个镜像里有的账户；这份 nginx.conf 不需要 root",
                ),
            )
        ),
    ),
    Check(
        Text("the key is in no layer and not in the history", "密钥不在任何层里，也不在历史里"),
        3,
        _once_it_works(
            NowhereIn(
                APP,
                KEY.strip(),
                hint=Text(
                    "mount it for the step that signs, or keep it in a stage that stays behind; what a later step deletes stays in its layer",
                    "只挂载给签名的那一步，或者留在不交付的阶段里；后面的步骤删掉的东西仍在原来那层里",
                ),
            )
        ),
    ),
    Check(
        Text("it tells whether it is healthy", "能说出自己是否健康"),
        1.5,
        _once_it_works(
            TellsHealth(
                APP,
                hint=Text(
                    "HEALTHCHECK CMD ask the server for its page, with a program that the image has; || exit 1",
                    "HEALTHCHECK CMD 用镜像里有的程序向服务要网页；|| exit 1",
                ),
            )
        ),
    ),
    Check(
        Text("a title and a version as labels", "用 label 写明标题和版本"),
        1,
        _once_it_works(
            AllOf(
                Labelled(APP, "org.opencontainers.image.title"),
                (Labelled(APP, "org.opencontainers.image.version"),),
            )
        ),
    ),
    Check(
        Text("its base is pinned", "基础镜像已固定"),
        1.5,
        _once_it_works(
            Pinned(
                APP,
                hint=Text(
                    "FROM IMAGE@sha256:...; docker images --digests shows the digest of what you have pulled",
                    "FROM 镜像@sha256:……；docker images --digests 显示已拉取镜像的 digest",
                ),
            )
        ),
    ),
    Check(
        Text("no build tools in it", "里面没有构建工具"),
        2,
        _once_it_works(
            Without(
                APP,
                _TOOLS,
                hint=Text(
                    "the last stage needs a web server and the page, no node and no compiler",
                    "最后一个阶段只需要 Web 服务器和网页，不需要 node 和编译器",
                ),
            )
        ),
    ),
    Check(
        Text("no check warnings", "构建检查没有警告"),
        1.5,
        _once_it_works(
            NothingToSay(
                APP,
                hint=Text("each rule says what to write instead", "每条规则都说明了应该改成什么"),
            )
        ),
    ),
)

_CAPSTONE = Exercise(
    id=APP,
    lesson=LESSON,
    title=Text("The tea house, made right", "把茶馆的镜像做好"),
    start=Start(files=FILES),
    answers=(DockerfileAnswer(APP, secrets=(_GIVEN,)),),
    hints=(
        Text(
            "Begin with two stages: FROM node:20-alpine AS build makes dist/index.html; the last stage copies it with COPY --from=build. Four of the ten follow from that alone.",
            "先分两个阶段：FROM node:20-alpine AS build 生成 dist/index.html；最后一个阶段用 COPY --from=build 把它复制过来。光这一步就拿下十项里的四项。",
        ),
        Text(
            "The last stage: FROM nginx:alpine@sha256:..., two COPY, LABEL, HEALTHCHECK with wget -q -O /dev/null, USER nginx. nginx:alpine brings a CMD in exec form.",
            "最后一个阶段：FROM nginx:alpine@sha256:……，两条 COPY，LABEL，用 wget -q -O /dev/null 的 HEALTHCHECK，USER nginx。nginx:alpine 自带 exec 形式的 CMD。",
        ),
        Text(
            "The build stage: WORKDIR /app, COPY package.json package-lock.json ./, RUN npm ci, COPY . ., RUN npm run build.",
            "构建阶段：WORKDIR /app，COPY package.json package-lock.json ./，RUN npm ci，COPY . .，RUN npm run build。",
        ),
    ),
    checks=_CHECKS,
)

_NOTE = "capstone-key"

_PRACTICE = Exercise(
    id=_NOTE,
    lesson=LESSON,
    title=Text("A key for one step", "只给一步用的密钥"),
    practice=True,
    start=Start(files={"sign.key": KEY, "menu.txt": MENU}),
    answers=(DockerfileAnswer(_NOTE, secrets=(_GIVEN,)),),
    hints=(
        Text(
            "COPY sign.key puts it into a layer, and RUN rm does not take it out again.",
            "COPY sign.key 会把它放进层里，RUN rm 也拿不出来。",
        ),
        Text(
            "RUN can show a secret of the build to one command: --mount=type=secret,id=sign_key. It is the file /run/secrets/sign_key then.",
            "RUN 可以只让一条命令看到构建的 secret：--mount=type=secret,id=sign_key。这时它是文件 /run/secrets/sign_key。",
        ),
        Text(
            "RUN --mount=type=secret,id=sign_key cat /menu.txt /run/secrets/sign_key | ...",
            "RUN --mount=type=secret,id=sign_key cat /menu.txt /run/secrets/sign_key | ……",
        ),
    ),
    checks=(
        Check(
            Text("the signature is there", "签名在"),
            0.5,
            Again(
                {"sign.key": _OTHER_KEY},
                Text("with another key", "换一把密钥"),
                FileHolds(
                    _NOTE,
                    "/signature",
                    (sha256((MENU + _OTHER_KEY).encode()).hexdigest()[:16],),
                ),
            ),
        ),
        Check(
            Text("the key is not", "密钥不在"),
            0.5,
            AllOf(
                FileHolds(_NOTE, "/signature", (sha256((MENU + KEY).encode()).hexdigest()[:16],)),
                (NowhereIn(_NOTE, KEY.strip()),),
            ),
        ),
    ),
)

EXERCISES = (_CAPSTONE, _PRACTICE)
