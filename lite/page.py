"""The page that lists the lessons: plain HTML with its own style, which loads nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from course_lib.text import Language, Text, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lite.lessons import Lesson

PAGES: dict[Language, str] = {"en": "index.html", "zh": "zh.html"}
_WELCOME = "00_welcome"
# The page's own policy: a browser would refuse it whatever is not in this file.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Cpath fill='%231f5fa8' d='M1 2h14v3H1zM1 6.5h14v3H1zM1 11h14v3H1z'/%3E%3C/svg%3E"
)
# JupyterLite looks for its settings in the pages of all folders above lab/; this is data, no script.
_ROOT = '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>'
_STYLE = """
:root { color-scheme: light dark; --page: #ffffff; --text: #1c2024; --soft: #55606b; --line: #d5dbe1;
  --link: #0b5394; --band: #f2f6fa; --on-button: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --text: #e8ebee; --soft: #a9b3bd; --line: #3a444e;
  --link: #8cc2ff; --band: #1c2329; --on-button: #10151a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 1.05rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; }
header, main, footer { max-width: 58rem; margin: 0 auto; padding: 0 1.2rem; }
header { padding-top: 2.2rem; }
.language { float: right; }
h1 { margin: 0 0 .6rem; font-size: 2rem; line-height: 1.25; }
h2 { margin: 2.4rem 0 .4rem; font-size: 1.3rem; }
p { margin: .6rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; border-radius: 2px; }
.start { display: inline-block; margin: .8rem 0 .2rem; padding: .55rem 1.2rem; border-radius: .4rem;
  background: var(--link); color: var(--on-button); font-weight: 600; text-decoration: none; }
.start:hover { text-decoration: underline; }
.lessons { list-style: none; margin: .8rem 0 0; padding: 0; border-top: 1px solid var(--line); }
.lessons li { display: flex; flex-wrap: wrap; gap: .1rem 1rem; align-items: baseline; padding: .6rem .5rem;
  border-bottom: 1px solid var(--line); }
.lessons li:nth-child(odd) { background: var(--band); }
.lessons h3 { flex: 1 1 12rem; margin: 0; font-size: 1.05rem; }
.minutes { flex: 0 1 18rem; color: var(--soft); }
.ways { display: flex; flex: 0 1 auto; flex-wrap: wrap; gap: 0 1rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
footer { padding-top: 1.6rem; padding-bottom: 2.5rem; color: var(--soft); }
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a lesson: the words of its link, and what they mean."""

    label: Text
    meaning: Text


_HERE = Way(
    Text("Open here", "在这里打开"),
    Text(
        "The lesson runs in this browser. Its Python is loaded first, so the first cell takes some ten seconds. Your answers and "
        "your progress stay in this browser until its data are cleared: download a lesson now and then (File > Download).",
        "课程就在这个浏览器里运行。要先载入 Python，第一个单元格大约要等十秒。答案和进度保存在这个浏览器里，"
        "清除浏览器数据就没有了：请不时下载一份（File > Download）。",
    ),
)
_BINDER = Way(
    Text("Open on Binder", "在 Binder 上打开"),
    Text(
        "The lesson runs on a computer of mybinder.org, with a terminal. It takes a minute or more to start, and keeps nothing when it ends.",
        "课程在 mybinder.org 的机器上运行，带终端。启动要一分钟或更久，结束后什么都不保留。",
    ),
)
_DOWNLOAD = Way(
    Text("Download", "下载"),
    Text(
        "The notebook as a file, for a JupyterLab on which the course is installed.",
        "把笔记本存成文件，用在装好这门课的 JupyterLab 里。",
    ),
)
_TITLE = Text("Docker images, taken apart", "把 Docker 镜像拆开来看")
_LEAD = Text(
    "A course in Jupyter on what Docker keeps out of sight: layers, the cache, who runs, and why. You build images, run "
    "containers, and have your answers checked. Nothing is to be installed, and no Docker is needed: a simulator "
    "computes it all.",
    "一门用 Jupyter 讲 Docker 的课，讲 Docker 平时不给看的东西：层、缓存、运行的是哪个进程，以及为什么。你会构建镜像、运行容器，"
    "答案当场就能检查。什么都不用装，也不需要 Docker：一切都由模拟器算出来。",
)
_START = Text("Start with the welcome page", "从欢迎页开始")
_LESSONS = Text("Lessons", "课程目录")
_WAYS = Text("Ways to open a lesson", "打开课程的方式")
_OTHER: dict[Language, tuple[Language, str]] = {"en": ("zh", "中文"), "zh": ("en", "English")}
_HTML_LANG: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
_FOOTER = Text(
    "This page loads nothing from anywhere else, and nobody is told what you do in a lesson.",
    "本页不从别处加载任何东西；你在课里做了什么，也不会告诉任何人。",
)


def page(lessons: Sequence[Lesson], lang: Language, repository: str | None) -> str:
    """The HTML page in one language; `repository` is OWNER/REPO on GitHub, for the links to Binder."""
    with speaking(lang):
        ways = [_HERE, *([_BINDER] if repository else []), _DOWNLOAD]
        other, name = _OTHER[lang]
        return f"""<!doctype html>
<html lang="{_HTML_LANG[lang]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(str(_TITLE))}</title>
<link rel="icon" href="{_ICON}">
<style>{_STYLE}</style>
{_ROOT}
</head>
<body>
<header>
<a class="language" href="{PAGES[other]}" lang="{_HTML_LANG[other]}" hreflang="{_HTML_LANG[other]}">{name}</a>
<h1>{escape(str(_TITLE))}</h1>
<p>{escape(str(_LEAD))}</p>
<a class="start" href="{_address(_HERE, _WELCOME, lang, repository)}">{escape(str(_START))}</a>
</header>
<main>
<h2>{escape(str(_LESSONS))}</h2>
<p>{escape(str(_sum(lessons)))}</p>
<ul class="lessons">
{"".join(_row(lesson, ways, lang, repository) for lesson in lessons)}</ul>
<h2>{escape(str(_WAYS))}</h2>
<dl>
{"".join(f"<dt>{escape(str(way.label))}</dt><dd>{escape(str(way.meaning))}</dd>" for way in ways)}
</dl>
</main>
<footer><p>{escape(str(_FOOTER))}</p></footer>
</body>
</html>
"""


def _row(lesson: Lesson, ways: Sequence[Way], lang: Language, repository: str | None) -> str:
    title = escape(str(lesson.title))
    links = " ".join(
        f'<a href="{_address(way, lesson.name, lang, repository)}" aria-label="{escape(str(way.label))}: {title}"'
        f"{' download' if way is _DOWNLOAD else ''}>{escape(str(way.label))}</a>"
        for way in ways
    )
    return (
        f'<li><h3>{title}</h3><span class="minutes">{escape(str(_minutes(lesson)))}</span>'
        f'<span class="ways">{links}</span></li>\n'
    )


def _address(way: Way, name: str, lang: Language, repository: str | None) -> str:
    if way is _BINDER:
        return (
            f"https://mybinder.org/v2/gh/{escape(repository or '')}/HEAD"
            f"?urlpath=lab/tree/notebooks/{lang}/{name}.ipynb"
        )
    if way is _DOWNLOAD:
        return f"files/{lang}/{name}.ipynb"
    return f"lab/index.html?path={lang}/{name}.ipynb"


def _minutes(lesson: Lesson) -> Text:
    if lesson.minutes is None:
        return Text("to look things up", "随时查阅")
    read, do = lesson.minutes.reading, lesson.minutes.exercises
    return Text(f"{read} min reading, {do} min exercises", f"阅读 {read} 分钟，习题 {do} 分钟")


def _sum(lessons: Sequence[Lesson]) -> Text:
    timed = [lesson.minutes for lesson in lessons if lesson.minutes]
    hours = round(sum(one.reading + one.exercises for one in timed) / 60)
    return Text(
        f"{len(timed)} lessons, about {hours} hours. They follow each other, and each can be opened by itself.",
        f"共 {len(timed)} 课，大约 {hours} 小时。前后相承，也可以单独打开。",
    )
