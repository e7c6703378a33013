# %% [markdown] lang="en"
# # 06 MAINTAINER
#
# A short lesson. After it you can
#
# * read MAINTAINER in old files, and say what it sets;
# * say why it is deprecated;
# * write a label in its place.
#
# Reading 10 minutes, exercises 12 minutes. It follows *MAINTAINER* in the notes.

# %% [markdown] lang="zh"
# # 06 MAINTAINER
#
# 很短的一课。学完之后，你能
#
# * 看懂旧文件里的 MAINTAINER，说出它设置了什么；
# * 说清它为什么被弃用；
# * 用 label 代替它。
#
# 阅读 10 分钟，习题 12 分钟。对应笔记的“MAINTAINER 维护信息(已弃用)”。

# %% [markdown] lang="en"
# ## What it sets
#
# The form is `MAINTAINER <name>`, and all of the rest of the line is the name. Here is the notes' example, on a base.

# %% [markdown] lang="zh"
# ## 它设置了什么
#
# 写法是 `MAINTAINER <name>`，指令后面的整行都是名字。下面是笔记里的例子，前面加了一个基础镜像。

# %%
# %%dockerfile signed
FROM alpine
MAINTAINER FuneralObjects[874972403@qq.com]

# %% [markdown] lang="en"
# It is built, with a warning. It made no [layer](99_glossary.ipynb#layer) and changed no setting of a container: the name went into a field of its own in the
# [image](99_glossary.ipynb#image), `Author`.

# %% [markdown] lang="zh"
# 构建成功，带一条警告。它没有产生[层](99_glossary.ipynb#layer)，也没有改动容器的任何设置：名字写进了[镜像](99_glossary.ipynb#image)里一个单独的字段
# `Author`。

# %%
# %%docker
docker inspect -f "{{.Author}}" signed
docker inspect -f "{{len .RootFS.Layers}} layer, labels {{json .Config.Labels}}" signed

# %% [markdown] lang="en"
# Nothing is replaced in the line: quotes stay, `$HOME` stays.
#
# **Predict, then run.** Two people look after this image. Who is its author?

# %% [markdown] lang="zh"
# 这一行里什么都不会被替换：引号会留着，`$HOME` 也会留着。
#
# **先猜再运行。** 这个镜像由两个人维护，那么它的 author 是谁？

# %%
# %%dockerfile two-people
FROM alpine
MAINTAINER "Ann" $HOME
MAINTAINER Bob

# %%
# %docker inspect -f "{{.Author}}" two-people

# %% [markdown] lang="en"
# Only the last one. There is a single field.
#
# ## Why it went
#
# **The notes say / today.** The notes call it deprecated, in 2018, and right they are: it has been so since Docker 1.13 (January 2017). It still works, and docker warns.
# A single fixed field is the trouble. One can't search by it, it holds one text about one thing, and a child may not even get it:

# %% [markdown] lang="zh"
# 只有最后一个，因为字段只有一个。
#
# ## 为什么弃用
#
# **笔记的说法与今天。** 2018 年的笔记标着“已弃用”，没有错：从 Docker 1.13（2017 年 1 月）起就弃用了。它现在还能用，只是 docker 会警告。
# 问题在于字段是固定的，而且只有一个：没法按它搜索，只能写一句话、说一件事，子镜像甚至未必继承得到：

# %%
# %%contextfile Dockerfile
FROM signed
RUN echo hello > /hello.txt

# %%
# %%docker
docker build -q -t child-today .
docker inspect -f "today: {{.Author}}" child-today
DOCKER_BUILDKIT=0 docker build -q -t child-2018 .
docker inspect -f "the older builder: {{.Author}}" child-2018

# %% [markdown] lang="en"
# BuildKit keeps the author of the base, although the child may be somebody else's work. The older builder drops it.
#
# ## LABEL instead
#
# A [label](99_glossary.ipynb#label) is a key with a value; an image can have as many as you like. For the people in charge there is an agreed key, from the
# OCI image specification: `org.opencontainers.image.authors`. (In many files you will meet `maintainer`, which the Docker manual suggested first.)

# %% [markdown] lang="zh"
# BuildKit 会沿用基础镜像的 author，哪怕子镜像是别人做的；旧的构建器则会丢掉它。
#
# ## 改用 LABEL
#
# [label](99_glossary.ipynb#label) 是一个键加一个值，一个镜像想要多少就有多少。维护者用哪个键，OCI 镜像规范里有约定：`org.opencontainers.image.authors`。
# （很多文件里写的是 `maintainer`，那是 Docker 手册最早的建议。）

# %%
# %%dockerfile labelled
FROM alpine
LABEL org.opencontainers.image.authors="Ann <ann@example.com>, Bob <bob@example.com>"

# %%
# %%docker
docker inspect -f '{{index .Config.Labels "org.opencontainers.image.authors"}}' labelled
docker images --filter label=org.opencontainers.image.authors

# %% [markdown] lang="en"
# No warning, both people, and `--filter` finds it. The next lesson is all about labels.
#
# `docker commit -a NAME` still writes the field `Author`; a label goes with `-c "LABEL ..."`.

# %% [markdown] lang="zh"
# 没有警告，两个人都在，`--filter` 也找得到。下一课专讲 label。
#
# `docker commit -a 名字` 写的仍然是 `Author` 字段；要写 label，用 `-c "LABEL ..."`。

# %%
# %%docker
docker create --name box labelled
docker commit -a "Carol" box signed-by-commit
docker inspect -f '{{.Author}} / {{index .Config.Labels "org.opencontainers.image.authors"}}' signed-by-commit

# %% [markdown] lang="en"
# ## Common mistakes
#
# No name at all; in a trigger; as a `--change`.

# %% [markdown] lang="zh"
# ## 常见错误
#
# 没写名字；写进触发器；写进 `--change`。

# %%
# %%dockerfile nobody
FROM alpine
MAINTAINER

# %%
# %%dockerfile in-a-trigger
FROM alpine
ONBUILD MAINTAINER Ann

# %%
# %docker commit -c "MAINTAINER Ann" box changed

# %% [markdown] lang="en"
# The notes' form typed as it stands builds without an error, and the author is called `<name>`.

# %% [markdown] lang="zh"
# 把笔记里的写法原样敲进去，不会报错，只是 author 就叫 `<name>` 了。

# %%
# %%dockerfile as-written
FROM alpine
MAINTAINER <name>

# %%
# %docker inspect -f "{{.Author}}" as-written

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. Sometimes an old tool reads the field `Author` and nothing else. Build an image on `alpine` whose author is exactly
#
# ```
# Ann "the cook" Lee <ann@example.com>
# ```

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。有的老工具只认 `Author` 字段。在 `alpine` 上构建一个镜像，它的 author 恰好是
#
# ```
# Ann "the cook" Lee <ann@example.com>
# ```

# %% bare=true
# %%dockerfile maintainer-field
# YOUR ANSWER HERE

# %% bare=true
check("maintainer-field")

# %% bare=true
# %hint maintainer-field

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points.
#
# ### 1. Out with the old (4 points)
#
# Rewrite this file without MAINTAINER:
#
# ```dockerfile
# FROM alpine
# MAINTAINER Ann Lee <ann@example.com>
# RUN echo "open from nine to five" > /sign
# MAINTAINER Bob <bob@example.com>
# CMD ["cat", "/sign"]
# ```
#
# The label `org.opencontainers.image.authors` is to be `Ann Lee <ann@example.com>, Bob <bob@example.com>`, the build brings no warning about MAINTAINER, the field
# `Author` is empty, and a container prints what it did before.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。
#
# ### 1. 换掉旧写法（4 分）
#
# 不用 MAINTAINER，重写下面的文件：
#
# ```dockerfile
# FROM alpine
# MAINTAINER Ann Lee <ann@example.com>
# RUN echo "open from nine to five" > /sign
# MAINTAINER Bob <bob@example.com>
# CMD ["cat", "/sign"]
# ```
#
# label `org.opencontainers.image.authors` 的值要是 `Ann Lee <ann@example.com>, Bob <bob@example.com>`，构建时没有关于 MAINTAINER 的警告，
# `Author` 字段是空的，容器打印的内容和原来一样。

# %% nbgrader={"grade_id": "maintainer-label", "solution": true}
# %%dockerfile maintainer-label
### BEGIN SOLUTION
FROM alpine
LABEL org.opencontainers.image.authors="Ann Lee <ann@example.com>, Bob <bob@example.com>"
RUN echo "open from nine to five" > /sign
CMD ["cat", "/sign"]
### END SOLUTION

# %% nbgrader={"grade_id": "maintainer-label-check", "grade": true, "points": 4}
check("maintainer-label")

# %% bare=true
# %hint maintainer-label

# %% [markdown] lang="en"
# ### 2. A new owner, without a Dockerfile (3 points)
#
# There is an image `old`, and its author is Carol; nobody has the Dockerfile any more. With docker commands, make an image `new` with the very same layers: its field `Author` is `Dana`, and it has the label
# `org.opencontainers.image.authors` with the value `Dana`. `old` stays as it is.

# %% [markdown] lang="zh"
# ### 2. 换主人，没有 Dockerfile（3 分）
#
# 有一个镜像 `old`，author 是 Carol，它的 Dockerfile 已经没人有了。用 docker 命令做出镜像 `new`，层和它完全相同：`Author` 字段是 `Dana`，label
# `org.opencontainers.image.authors` 的值也是 `Dana`。`old` 保持原样。

# %% nbgrader={"grade_id": "maintainer-commit", "solution": true}
# %%docker --answer maintainer-commit
### BEGIN SOLUTION
docker create --name box old
docker commit -a Dana -c "LABEL org.opencontainers.image.authors=Dana" box new
### END SOLUTION

# %% nbgrader={"grade_id": "maintainer-commit-check", "grade": true, "points": 3}
check("maintainer-commit")

# %% bare=true
# %hint maintainer-commit

# %% [markdown] lang="en"
# ### 3. Where does it go? (3 points)
#
# Six ways to write down a name. Where in the image does it end up: in the field `"author"`, among the `"labels"`, in a `"layer"`, or `"nowhere"`?
#
# * `a`: `MAINTAINER Ann` in a Dockerfile
# * `b`: `LABEL maintainer="Ann"`
# * `c`: `# maintainer: Ann`
# * `d`: `docker commit --author Ann box image`
# * `e`: `RUN echo Ann > /etc/maintainer`
# * `f`: `docker commit --change "LABEL author=Ann" box image`
#
# Copy this into the cell and put one of the four in the place of each `...`.
#
# ```
# maintainer_where = {"a": ..., "b": ..., "c": ..., "d": ..., "e": ..., "f": ...}
# ```

# %% [markdown] lang="zh"
# ### 3. 写到哪里去了？（3 分）
#
# 六种写下名字的办法。名字最后落在镜像的什么地方：`Author` 字段填 `"author"`，label 里填 `"labels"`，层里填 `"layer"`，哪里都没有填 `"nowhere"`。
#
# * `a`：Dockerfile 里的 `MAINTAINER Ann`
# * `b`：`LABEL maintainer="Ann"`
# * `c`：`# maintainer: Ann`
# * `d`：`docker commit --author Ann box image`
# * `e`：`RUN echo Ann > /etc/maintainer`
# * `f`：`docker commit --change "LABEL author=Ann" box image`
#
# 把下面的内容抄进单元格，将每个 `...` 换成四者之一。
#
# ```
# maintainer_where = {"a": ..., "b": ..., "c": ..., "d": ..., "e": ..., "f": ...}
# ```

# %% nbgrader={"grade_id": "maintainer-where", "solution": true}
### BEGIN SOLUTION
maintainer_where = {
    "a": "author",
    "b": "labels",
    "c": "nowhere",
    "d": "author",
    "e": "layer",
    "f": "labels",
}
### END SOLUTION

# %% nbgrader={"grade_id": "maintainer-where-check", "grade": true, "points": 3}
check("maintainer-where")

# %% bare=true
# %hint maintainer-where

# %% [markdown] lang="en"
# ## Key points
#
# * MAINTAINER sets one field of the image, `Author`: no layer, no label. The last one counts.
# * It has been deprecated since January 2017; it works, and docker warns.
# * Write `LABEL org.opencontainers.image.authors="..."` instead: searchable, and for as many people as you like.
#
# Next: [07 LABEL](07_label.ipynb). To read on: the [pre-defined annotation keys](https://github.com/opencontainers/image-spec/blob/main/annotations.md) of the OCI image specification.

# %% [markdown] lang="zh"
# ## 要点
#
# * MAINTAINER 设置镜像的一个字段 `Author`：没有层，也不是 label。写几个都只算最后一个。
# * 它 2017 年 1 月就弃用了；还能用，但 docker 会警告。
# * 改写成 `LABEL org.opencontainers.image.authors="……"`：能搜索，也不限人数。
#
# 下一课：[07 LABEL](07_label.ipynb)。延伸阅读：OCI 镜像规范里[约定好的键](https://github.com/opencontainers/image-spec/blob/main/annotations.md)。
