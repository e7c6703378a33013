# %% [markdown] lang="en"
# # 16 ONBUILD
#
# After this lesson you can
#
# * keep an instruction in an image, for the build of another one;
# * say which steps run in which build, and in which order;
# * write a base image that asks of a project no more than one line;
# * see which triggers an image has before you build on it.
#
# Reading 15 minutes, exercises 20 minutes. It follows *ONBUILD* in the notes.

# %% [markdown] lang="zh"
# # 16 ONBUILD
#
# 学完这一课，你能
#
# * 在镜像里存一条指令，留给另一个镜像的构建；
# * 说出哪一步在哪次构建里执行、按什么顺序；
# * 写一个基础镜像，让项目只用一行就能构建；
# * 在用某个镜像之前，看出它带着哪些触发器。
#
# 阅读 15 分钟，习题 20 分钟。对应笔记的“ONBUILD”。

# %% [markdown] lang="en"
# ## An instruction for later
#
# ```dockerfile
# ONBUILD [INSTRUCTION]
# ```
#
# The notes say: when a new image is made with this one as its `base image`, the instruction is inserted into the new one, right below its `FROM`. An instruction kept in this way is a
# [trigger](99_glossary.ipynb#trigger).
#
# **Predict, then run.** What does this build print?

# %% [markdown] lang="zh"
# ## 留给以后的指令
#
# ```dockerfile
# ONBUILD [INSTRUCTION]
# ```
#
# > 在该镜像作为`base image`基础上创建新的镜像时候，要在新的镜像中插入`dockerfile`指令，插入位置则是在`FROM`下
#
# 这样存起来的指令叫[触发器](99_glossary.ipynb#trigger)。
#
# **先猜再运行。** 这次构建会打印什么？

# %%
# %%dockerfile parent
FROM alpine
ONBUILD RUN echo "trigger 1" | tee -a /log
ONBUILD RUN echo "trigger 2" | tee -a /log
RUN echo "the parent's own step" | tee -a /log

# %% [markdown] lang="en"
# Only the last line was carried out. The other two became text in the config, and made no [layer](99_glossary.ipynb#layer). There they are:

# %% [markdown] lang="zh"
# 只有最后一行执行了。另外两行成了配置里的文字，没有产生[层](99_glossary.ipynb#layer)。它们在这里：

# %%
# %docker inspect -f "{{json .Config.OnBuild}}" parent

# %% [markdown] lang="en"
# ## It fires right after FROM
#
# **Predict, then run.** Now a child. In which order do the three steps come?

# %% [markdown] lang="zh"
# ## 紧跟在 FROM 之后执行
#
# **先猜再运行。** 现在来一个子镜像。三个步骤的顺序是怎样的？

# %%
# %%dockerfile child
FROM parent
RUN echo "the child's own step" | tee -a /log

# %% [markdown] lang="en"
# Compare the two tables *Step by step*. In that of the parent the triggers are *config*: kept, not done. In that of the child three rows stand on line 1: `FROM`, and the two triggers in the order in which the
# parent wrote them. The child's own lines come afterwards. Docker marks what was inserted with the word ONBUILD: `[2/4] ONBUILD RUN ...`. Each RUN has its layer, as if it stood in the child's file.
#
# ## Once, and no more
#
# **Predict, then run.** What does the log of the grandchild hold?

# %% [markdown] lang="zh"
# 把两张“逐步来看”的表对比一下。父镜像那张里，触发器写着“配置”：只是存下来，没有执行。子镜像那张里，有三行都写着第 1 行：`FROM`，以及两个触发器，顺序就是父镜像里写的顺序。子镜像自己的指令排在后面。
# docker 用 ONBUILD 标出插进来的步骤：`[2/4] ONBUILD RUN ……`。每条 RUN 都有自己的层，就像写在子镜像的文件里一样。
#
# ## 只执行一次
#
# **先猜再运行。** 孙镜像的 log 里有什么？

# %%
# %%dockerfile grandchild
FROM child
RUN cat /log

# %%
# %%docker
docker inspect -f "{{json .Config.OnBuild}}" child
docker inspect -f "{{json .Config.OnBuild}}" grandchild

# %% [markdown] lang="en"
# Each line is there once. The triggers fired in the child and were used up there; its own list is empty, `null`. The grandchild inherits their **results**, for they are files in a layer, but
# not the triggers.
#
# ## The notes' example
#
# As written, with its `[...]` for the lines left out:

# %% [markdown] lang="zh"
# 每行只有一次。触发器在子镜像里执行，随即用完；子镜像自己的列表是空的，`null`。孙镜像继承的是它们的**结果**（层里的文件），而不是触发器本身。
#
# ## 笔记里的例子
#
# 照抄运行，`[...]` 表示省略的行：

# %%
# %%dockerfile notes-as-written
[...]
ONBUILD ADD . /app/src
ONBUILD RUN /usr/local/bin/python-build --dir /app/src
[...]

# %% [markdown] lang="en"
# `[...]` is no instruction, of course. And `python-build` is a name that Docker's manual made up for "some program that builds a Python project"; no image brings it along.
# Here a script of two lines stands in for it: it lists the sources that it was given.

# %% [markdown] lang="zh"
# `[...]` 当然不是指令。`python-build` 也只是 Docker 手册随手取的名字，意思是“某个构建 Python 项目的程序”，没有哪个镜像自带。
# 这里用一个两行的脚本顶替，它把交给它的源文件列出来。

# %%
# %%dockerfile python-builder
FROM alpine
COPY --chmod=755 <<EOF /usr/local/bin/python-build
#!/bin/sh
ls \$2 > /app/built.txt; echo "built:" \$(cat /app/built.txt)
EOF
ONBUILD ADD . /app/src
ONBUILD RUN /usr/local/bin/python-build --dir /app/src

# %% [markdown] lang="en"
# A project that uses it is a folder with its files. Its Dockerfile has one line.

# %% [markdown] lang="zh"
# 用它的项目就是一个放着文件的目录，Dockerfile 只有一行。

# %%
# %%host
mkdir -p shop
echo 'print("shop")' > shop/app.py
echo 'flask' > shop/requirements.txt

# %%
# %%dockerfile shop --context shop
FROM python-builder

# %% [markdown] lang="en"
# `ADD .` took the [build context](99_glossary.ipynb#build-context) of **this** build, the folder `shop`. When the base was built, there was no such folder. That is what ONBUILD is for: the base knows the work,
# the child has the files.
#
# ## The text waits, too
#
# Nothing in a trigger is looked at before it fires. Variables get their values in the child; `--build-arg` belongs to the child's build:

# %% [markdown] lang="zh"
# `ADD .` 取的是**这次**构建的[构建上下文](99_glossary.ipynb#build-context)，也就是 `shop` 目录；构建基础镜像时，这个目录根本不在那里。ONBUILD 就是为此而设：
# 基础镜像知道怎么做，子镜像有要用的文件。
#
# ## 文字也在等
#
# 触发器里的文字，执行之前没有谁去看它。变量的值在子镜像里才定；`--build-arg` 也是给子镜像的构建用的：

# %%
# %%dockerfile versioned
FROM alpine
ONBUILD ARG VERSION=1
ONBUILD RUN echo "version $VERSION" | tee /version

# %%
# %%dockerfile second-version --build-arg VERSION=2
FROM versioned

# %% [markdown] lang="en"
# It is also why a slip goes unnoticed for so long. **Predict, then run.** Which of the next two builds fails?

# %% [markdown] lang="zh"
# 也正因为如此，写错了很久都发现不了。**先猜再运行。** 下面两次构建，哪次失败？

# %%
# %%dockerfile with-a-slip
FROM alpine
ONBUILD COPPY app.py /srv/

# %%
# %%dockerfile who-suffers
FROM with-a-slip

# %% [markdown] lang="en"
# The base is fine. Those who use it get an error on a line that they have written correctly. **When an error points at FROM, think of triggers**, and look at `.Config.OnBuild`.
#
# ## FROM, and nothing else
#
# Triggers fire where an image, or a [stage](99_glossary.ipynb#stage), is the base. Taking files out of it fires nothing.

# %% [markdown] lang="zh"
# 基础镜像安然无恙，用它的人却在自己写对了的那一行上看到报错。**报错指向 FROM 时，想想触发器**，看一眼 `.Config.OnBuild`。
#
# ## 只认 FROM
#
# 镜像或[阶段](99_glossary.ipynb#stage)被当作基础时，触发器才执行。从里面取文件，什么也不会触发。

# %%
# %%dockerfile both-ways
FROM alpine AS tools
ONBUILD RUN echo "fired in $(cat /stage)"
RUN echo tools > /stage

FROM alpine AS copied
COPY --from=tools /stage /stage

FROM tools
COPY --from=copied /stage /copied

# %% [markdown] lang="en"
# One line of output: from the third stage, the only one that stands on `tools`.
#
# ## The notes say / today
#
# The notes' rule, "below FROM", is right, and all builders keep it. The older one counts the triggers first, and gives ONBUILD a line in the history; BuildKit gives it none.

# %% [markdown] lang="zh"
# 只有一行输出，来自第三个阶段，只有它建在 `tools` 之上。
#
# ## 笔记的说法与今天
#
# 笔记说“插入位置则是在`FROM`下”，没错，所有构建器都遵守。旧构建器会先报出触发器的个数，并在历史里给 ONBUILD 留一行；BuildKit 不留。

# %%
# %%contextfile old/Dockerfile
FROM alpine
ONBUILD COPY app.py /srv/
ONBUILD RUN ls /srv

# %%
# %%contextfile shop/Dockerfile
FROM old-base

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -q -t old-base old
docker history old-base
DOCKER_BUILDKIT=0 docker build -t old-shop shop

# %% [markdown] lang="en"
# What has changed is the custom. In the notes' time there was a `python:onbuild`, a `node:onbuild` and many more. A proposal to give them up came in August 2016, and in July 2018 python and
# ruby removed theirs for good: nobody could choose **when** the triggers fire, and a Dockerfile of one line hides what it does. Today ONBUILD is found inside companies, where one team writes the base
# for many projects of the same kind. For the public, six clear lines to copy are better.
#
# ## Common mistakes
#
# **Three instructions cannot be triggers**: FROM, MAINTAINER, and ONBUILD itself. For the grandchildren one has to write the trigger again, in the child.

# %% [markdown] lang="zh"
# 变了的是习惯。写笔记的年代有 `python:onbuild`、`node:onbuild` 等等。2016 年 8 月有人提议弃用，2018 年 7 月 python 和 ruby 彻底删掉了它们：谁也没法决定触发器**什么时候**
# 执行，而且只有一行的 Dockerfile 看不出做了什么。今天 ONBUILD 多见于公司内部：一个团队写基础镜像，给许多同类项目用。公开发布的话，不如给出六行清楚的 Dockerfile 让人抄。
#
# ## 常见错误
#
# **有三条指令不能当触发器**：FROM、MAINTAINER，以及 ONBUILD 自己。想让孙镜像也触发，就得在子镜像里再写一遍。

# %%
# %%dockerfile no-from
FROM alpine
ONBUILD FROM debian

# %%
# %%dockerfile no-chain
FROM alpine
ONBUILD ONBUILD RUN echo "for the grandchildren"

# %% [markdown] lang="en"
# **The child lacks a file.** `python-builder` takes whatever there is, but a trigger such as `COPY requirements.txt /` needs that very file in every project.

# %% [markdown] lang="zh"
# **子镜像缺文件。** `python-builder` 有什么取什么；而 `COPY requirements.txt /` 这样的触发器，要求每个项目里都有这个文件。

# %%
# %%dockerfile needs-a-list
FROM alpine
ONBUILD COPY requirements.txt /

# %%
# %%dockerfile has-no-list
FROM needs-a-list

# %% [markdown] lang="en"
# **Without ONBUILD.** The COPY is carried out at once, in the build of the base, and there is no project yet.

# %% [markdown] lang="zh"
# **忘了 ONBUILD。** COPY 在构建基础镜像时就执行，而那时还没有项目。

# %%
# %%dockerfile too-early
FROM alpine
COPY requirements.txt /

# %% [markdown] lang="en"
# ## Practice
#
# Not graded; try as often as you like. Build an image on `alpine` whose children all have the file `/made-for-you` with the word `hello`. The image itself does not have it.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分，随便试多少次。以 `alpine` 为基础构建一个镜像，它的子镜像都有文件 `/made-for-you`，内容是 `hello`；它自己没有这个文件。

# %% bare=true
# %%dockerfile onbuild-mark
FROM alpine

# %% bare=true
check("onbuild-mark")

# %% bare=true
# %hint onbuild-mark

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a context of its own; the files of this page are not in it.
#
# ### 1. A base for Python apps (4 points)
#
# Your team has many small Python projects. Each has its files, among them `app.py` and `requirements.txt`, and a Dockerfile of one line: `FROM onbuild-python`. Write that base, with a Python
# and `pip` in it. It is built in an empty folder.
#
# In every child, all files of the project are below `/app`, and what its `requirements.txt` lists is installed. When somebody edits `app.py` and builds again, the installation comes from the
# [cache](99_glossary.ipynb#cache): remember how [lesson 11](11_add_copy.ipynb) copied `requirements.txt` first.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的上下文，不包含这一页上的文件。
#
# ### 1. Python 应用的基础镜像（4 分）
#
# 你的团队有许多小的 Python 项目。每个项目有自己的文件，其中有 `app.py` 和 `requirements.txt`，还有只写了一行的 Dockerfile：`FROM onbuild-python`。请写出这个基础镜像，里面要有 Python 和
# `pip`。它是在空目录里构建的。
#
# 每个子镜像里，项目的全部文件都在 `/app` 下，`requirements.txt` 列出的包都已装好。有人改了 `app.py` 再构建时，安装那一步要取自[缓存](99_glossary.ipynb#cache)：想想[第 11 课](11_add_copy.ipynb)为什么先单独复制
# `requirements.txt`。

# %% nbgrader={"grade_id": "onbuild-python", "solution": true}
# %%dockerfile onbuild-python
### BEGIN SOLUTION
FROM python:3.11-slim
WORKDIR /app
ONBUILD COPY requirements.txt .
ONBUILD RUN pip install -r requirements.txt
ONBUILD COPY . .
CMD ["python", "app.py"]
### END SOLUTION

# %% nbgrader={"grade_id": "onbuild-python-check", "grade": true, "points": 4}
check("onbuild-python")

# %% bare=true
# %hint onbuild-python

# %% [markdown] lang="en"
# ### 2. Pass them on (2 points)
#
# You start with the image `site-base`, and with a `page.html` in your context:
#
# ```dockerfile
# FROM alpine
# WORKDIR /site
# ONBUILD COPY page.html /site/
# ONBUILD RUN wc -w < /site/page.html > /site/words.txt
# ```
#
# Build an image from `site-base` with the environment variable `THEME=dark`. Its children must fare as those of `site-base` do: each takes its own `page.html`, and `/site/words.txt` counts the
# words of that one.

# %% [markdown] lang="zh"
# ### 2. 传下去（2 分）
#
# 一开始有镜像 `site-base`，上下文里有一个 `page.html`：
#
# ```dockerfile
# FROM alpine
# WORKDIR /site
# ONBUILD COPY page.html /site/
# ONBUILD RUN wc -w < /site/page.html > /site/words.txt
# ```
#
# 请以 `site-base` 为基础构建镜像，环境变量 `THEME=dark`。它的子镜像要和 `site-base` 的子镜像一样：各自取自己的 `page.html`，`/site/words.txt` 里是那一页的词数。

# %% nbgrader={"grade_id": "onbuild-pass", "solution": true}
# %%dockerfile onbuild-pass
### BEGIN SOLUTION
FROM site-base
ENV THEME=dark
ONBUILD COPY page.html /site/
ONBUILD RUN wc -w < /site/page.html > /site/words.txt
### END SOLUTION

# %% nbgrader={"grade_id": "onbuild-pass-check", "grade": true, "points": 2}
check("onbuild-pass")

# %% bare=true
# %hint onbuild-pass

# %% [markdown] lang="en"
# ### 3. The tool without the triggers (1.5 points)
#
# The image `company` holds the program `/usr/bin/greet`, a script for `sh`. It also has triggers, which want to see a licence that you don't have. Build an image with which `docker run onbuild-tool` starts
# that program. A newer `greet` in `company` must come along in the next build.

# %% [markdown] lang="zh"
# ### 3. 只要工具，不要触发器（1.5 分）
#
# 镜像 `company` 里有程序 `/usr/bin/greet`，是一个 `sh` 脚本。它还带着触发器，要检查一份你没有的许可文件。请构建一个镜像，`docker run onbuild-tool` 就会启动这个程序。`company` 里的 `greet` 更新以后，
# 下次构建要能跟上。

# %% nbgrader={"grade_id": "onbuild-tool", "solution": true}
# %%dockerfile onbuild-tool
### BEGIN SOLUTION
FROM alpine
COPY --from=company /usr/bin/greet /usr/bin/
CMD ["greet"]
### END SOLUTION

# %% nbgrader={"grade_id": "onbuild-tool-check", "grade": true, "points": 1.5}
check("onbuild-tool")

# %% bare=true
# %hint onbuild-tool

# %% [markdown] lang="en"
# ### 4. Which step, in which build (2.5 points)
#
# Three files, built one after the other as `base`, `child` and `grandchild`:
#
# ```dockerfile
# # base
# FROM alpine
# ONBUILD RUN echo A
# RUN echo B
# ONBUILD RUN echo C
# ```
#
# ```dockerfile
# # child
# FROM base
# RUN echo D
# ONBUILD RUN echo E
# ```
#
# ```dockerfile
# # grandchild
# FROM child
# RUN echo F
# ```
#
# Which letters does each build print, in which order? Write them with blanks between: `"X Y Z"`. Then: how many layers does BuildKit give to `child` on top of those of `base` (`layers`), and how many triggers are in the config of `grandchild` (`left`)?
#
# Copy this into the cell and put a value in the place of each `...`.
#
# ```
# onbuild_steps = {
#     "base": "...",
#     "child": "...",
#     "grandchild": "...",
#     "layers": ...,
#     "left": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 哪一步，在哪次构建（2.5 分）
#
# 三个文件，先后构建成 `base`、`child`、`grandchild`：
#
# ```dockerfile
# # base
# FROM alpine
# ONBUILD RUN echo A
# RUN echo B
# ONBUILD RUN echo C
# ```
#
# ```dockerfile
# # child
# FROM base
# RUN echo D
# ONBUILD RUN echo E
# ```
#
# ```dockerfile
# # grandchild
# FROM child
# RUN echo F
# ```
#
# 每次构建打印哪些字母，顺序如何？字母之间用空格隔开：`"X Y Z"`。另外：用 BuildKit 构建，`child` 比 `base` 多几层（`layers`）？`grandchild` 的配置里有几个触发器（`left`）？
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。
#
# ```
# onbuild_steps = {
#     "base": "...",
#     "child": "...",
#     "grandchild": "...",
#     "layers": ...,
#     "left": ...,
# }
# ```

# %% nbgrader={"grade_id": "onbuild-steps", "solution": true}
### BEGIN SOLUTION
onbuild_steps = {
    "base": "B",
    "child": "A C D",
    "grandchild": "E F",
    "layers": 3,
    "left": 0,
}
### END SOLUTION

# %% nbgrader={"grade_id": "onbuild-steps-check", "grade": true, "points": 2.5}
check("onbuild-steps")

# %% bare=true
# %hint onbuild-steps

# %% [markdown] lang="en"
# ## Key points
#
# * ONBUILD keeps an instruction in the config. It works in the child: right after FROM, in the order written, with the child's context.
# * Once: the child has the results and no triggers; grandchildren get nothing more.
# * Only FROM fires triggers; `COPY --from` does not.
# * Their text is not checked before they fire, and the error points at the child's FROM. `docker inspect -f '{{json .Config.OnBuild}}' IMAGE` tells beforehand.
#
# Next: [17 The build cache](17_cache.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * ONBUILD 把一条指令存进配置。它在子镜像里执行：紧跟 FROM，按书写顺序，用子镜像的上下文。
# * 只执行一次：子镜像得到结果，没有触发器；孙镜像什么也不会再触发。
# * 只有 FROM 会触发，`COPY --from` 不会。
# * 触发器的文字在执行之前没人检查，报错指向子镜像的 FROM。`docker inspect -f '{{json .Config.OnBuild}}' 镜像` 可以提前看清。
#
# 下一课：[17 构建缓存](17_cache.ipynb)。
