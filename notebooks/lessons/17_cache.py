# %% [markdown] lang="en"
# # 17 The build cache
#
# After this lesson you can
#
# * say what docker compares before it does a step again;
# * read from a build why a step was, or was not, taken from the cache;
# * put the lines of a Dockerfile in an order in which an edit costs seconds, not minutes;
# * make docker do a step again when the world outside has changed.
#
# Reading 20 minutes, exercises 20 minutes. It follows the comments of the Go example in the notes.

# %% [markdown] lang="zh"
# # 17 构建缓存
#
# 学完这一课，你能
#
# * 说出 docker 重做一步之前比较了什么；
# * 从构建输出看出一步为什么命中缓存，或者为什么没命中；
# * 排好 Dockerfile 各行的顺序，让一次改动只花几秒，而不是几分钟；
# * 在外面的世界变了的时候，让 docker 重做一步。
#
# 阅读 20 分钟，习题 20 分钟。对应笔记里 Go 例子的注释。

# %% [markdown] lang="en"
# ## The same build twice
#
# A small project: one source file, the list of its libraries, and a page for people.

# %% [markdown] lang="zh"
# ## 同样的构建做两遍
#
# 一个小项目：一个源文件，一份依赖清单，还有一页说明。

# %%
# %%host
mkdir -p src
echo 'console.log("shop")' > src/server.js
echo '{"name": "shop", "dependencies": {"express": "4.18.2"}}' > package.json
echo '# Shop' > README.md

# %%
# %%dockerfile shop
FROM alpine
RUN apk add --no-cache nodejs npm
WORKDIR /app
COPY . .
RUN npm install
CMD ["node", "src/server.js"]

# %% [markdown] lang="en"
# (`--no-cache` in that RUN belongs to apk: keep no package lists. It has nothing to do with this lesson.)
#
# **Predict, then run.** Nothing was changed. What does docker do the second time?

# %% [markdown] lang="zh"
# （RUN 里的 `--no-cache` 是 apk 的选项，意思是不保留软件包列表，和这一课无关。）
#
# **先猜再运行。** 什么都没改，第二次 docker 会做什么？

# %%
# %%dockerfile shop
FROM alpine
RUN apk add --no-cache nodejs npm
WORKDIR /app
COPY . .
RUN npm install
CMD ["node", "src/server.js"]

# %% [markdown] lang="en"
# Nothing at all. For each step docker makes a [cache key](99_glossary.ipynb#cache-key) out of all that the result depends on, and looks in the [cache](99_glossary.ipynb#cache) for a
# [layer](99_glossary.ipynb#layer) with that key.
#
# | step | its key is made of |
# |---|---|
# | RUN | the text of the command, the variables in force (ENV and ARG), the folder, the user |
# | COPY, ADD | sources and destination, `--chown` and `--chmod`, and of each copied file: name, content, mode |
# | WORKDIR | the folder |
# | each of them | the result that it stands on |
#
# The last row is the one to remember. LABEL, CMD, EXPOSE and the like make no layer; with BuildKit there is nothing to look for, they are simply written into the config.
#
# ## An edit
#
# **Predict, then run.** One line of `src/server.js` changes. Which steps are done again?

# %% [markdown] lang="zh"
# 什么也没做。对每一步，docker 用决定结果的所有东西算出一个[缓存键](99_glossary.ipynb#cache-key)，再到[缓存](99_glossary.ipynb#cache)里找有没有这个键的[层](99_glossary.ipynb#layer)。
#
# | 步骤 | 键由什么组成 |
# |---|---|
# | RUN | 命令的文字、起作用的变量（ENV 和 ARG）、当前目录、用户 |
# | COPY、ADD | 源和目标、`--chown` 和 `--chmod`，以及每个文件的名字、内容、权限 |
# | WORKDIR | 目录 |
# | 每一步 | 它下面的结果 |
#
# 要记住的是最后一行。LABEL、CMD、EXPOSE 之类不产生层；用 BuildKit 时没有什么可找的，直接写进配置。
#
# ## 改动一处
#
# **先猜再运行。** `src/server.js` 改了一行，哪些步骤要重做？

# %%
# %%host
echo 'console.log("shop, second edition")' > src/server.js

# %%
# %%dockerfile shop
FROM alpine
RUN apk add --no-cache nodejs npm
WORKDIR /app
COPY . .
RUN npm install
CMD ["node", "src/server.js"]

# %%
# %picture rebuild shop

# %% [markdown] lang="en"
# What stands **above** the edit is still CACHED: it cannot depend on what comes later. `COPY . .` takes another file. And `npm install` is done again although it never looks at `server.js`: it stands on another result
# now. A miss runs down to the end of the [stage](99_glossary.ipynb#stage).
#
# ## Order
#
# So each RUN should have above it only the files that it reads. `npm install` reads one, `package.json`.

# %% [markdown] lang="zh"
# 改动**上面**的步骤依旧是 CACHED：它们不可能依赖后面的东西。`COPY . .` 要复制的文件变了。`npm install` 从来不看 `server.js`，却也重做了，因为它下面的结果变了。
# 一步没命中，[阶段](99_glossary.ipynb#stage)里它后面的都跟着重做。
#
# ## 顺序
#
# 所以，每条 RUN 的上面应当只有它要读的文件。`npm install` 只读一个：`package.json`。

# %%
# %%dockerfile shop
FROM alpine
RUN apk add --no-cache nodejs npm
WORKDIR /app
COPY package.json .
RUN npm install
COPY . .
CMD ["node", "src/server.js"]

# %% [markdown] lang="en"
# **Predict, then run.** The same kind of edit once more.

# %% [markdown] lang="zh"
# **先猜再运行。** 同样的改动再来一次。

# %%
# %%host
echo 'console.log("shop, third edition")' > src/server.js

# %%
# %%dockerfile shop
FROM alpine
RUN apk add --no-cache nodejs npm
WORKDIR /app
COPY package.json .
RUN npm install
COPY . .
CMD ["node", "src/server.js"]

# %%
# %picture rebuild shop

# %% [markdown] lang="en"
# One COPY, and that is all. From top to bottom: what changes rarely first (system packages), then the list of libraries and their installation, and your sources, which change every hour, last.
#
# ## What counts, and what does not
#
# **Predict, then run.** `touch` gives a file a new time, `chmod` a new mode. Does COPY take one of them for a change?

# %% [markdown] lang="zh"
# 只重做了一个 COPY。从上到下：很少变的放前面（系统软件包），然后是依赖清单和安装，天天改的源代码放最后。
#
# ## 什么算变，什么不算
#
# **先猜再运行。** `touch` 改文件的时间，`chmod` 改权限。COPY 会把哪个当成变化？

# %%
# %%dockerfile copied
FROM alpine
COPY src /src

# %%
# %%host
touch -d '2030-01-01 12:00' src/server.js
ls -l src

# %%
# %%dockerfile copied
FROM alpine
# version 2
COPY src /src

# %%
# %%host
chmod 700 src/server.js

# %%
# %%dockerfile copied
FROM alpine
COPY src /src

# %% [markdown] lang="en"
# Times do not count, so a fresh `git clone` hits, too. Modes do: they are part of what lies in the image. The new comment is gone before anything is compared. In a RUN, though, every
# blank of the command counts.
#
# **Predict, then run.** Does the second build print a later time?

# %% [markdown] lang="zh"
# 时间不算，所以刚 `git clone` 下来的文件也能命中。权限算，它是镜像内容的一部分。新写的注释，在比较之前就没了。不过 RUN 的命令里，每个空格都算数。
#
# **先猜再运行。** 第二次构建会打印更晚的时间吗？

# %%
# %%dockerfile clock
FROM alpine
RUN date > /when && cat /when

# %%
# %%dockerfile clock
FROM alpine
RUN date > /when && cat /when

# %% [markdown] lang="en"
# It prints nothing; the result is the old one. Docker compares the command with the command of last time. It does not know what the command would say today. The same holds for `git clone`, for `curl`, and for the best known case:

# %% [markdown] lang="zh"
# 什么也不打印，用的是旧结果。docker 只拿这条命令和上次的命令比，并不知道命令今天会说什么。`git clone`、`curl` 也一样，最出名的则是这个：

# %%
# %%dockerfile tools
FROM debian
RUN apt-get update -qq
RUN apt-get install -y -qq curl

# %%
# %%dockerfile tools
FROM debian
RUN apt-get update -qq
RUN apt-get install -y -qq curl nano

# %% [markdown] lang="en"
# `apt-get update` is CACHED: the new package is installed from lists that may be months old, or the install fails, since the version that they name is no longer on the server. **`apt-get update` does not run again by itself.** Write both into one RUN, as
# [lesson 08](08_run.ipynb) does: a change in the list of packages then renews the lists, too.
#
# To do everything again, there is `--no-cache`:

# %% [markdown] lang="zh"
# `apt-get update` 是 CACHED：新加的包按可能几个月前的列表来装；或者列表里写的版本服务器上已经没有了，安装失败。**`apt-get update` 不会自己重新执行。** 像[第 08 课](08_run.ipynb)那样写进一条 RUN：改了包的名单，
# 列表也跟着更新。
#
# 要全部重做，用 `--no-cache`：

# %%
# %%dockerfile clock --no-cache
FROM alpine
RUN date > /when && cat /when

# %% [markdown] lang="en"
# (`--no-cache-filter=STAGE` does it for one stage. `--pull` asks the registry for a newer base image; if there is one, everything that stands on it is built anew.)
#
# ## Variables
#
# **Predict, then run.** The line ARG is above the COPY and above the RUN. Another value: who misses?

# %% [markdown] lang="zh"
# （`--no-cache-filter=阶段名` 只重做一个阶段。`--pull` 会向 registry 要新的基础镜像；如果有新的，建在它上面的一切都重新构建。）
#
# ## 变量
#
# **先猜再运行。** ARG 写在 COPY 和 RUN 的上面。换一个值，谁会没命中？

# %%
# %%dockerfile stamped
FROM alpine
ARG COMMIT=none
COPY README.md /
RUN echo "a long installation" > /installed
LABEL commit=$COMMIT

# %%
# %%dockerfile stamped --build-arg COMMIT=a1b2c3
FROM alpine
ARG COMMIT=none
COPY README.md /
RUN echo "a long installation" > /installed
LABEL commit=$COMMIT

# %%
# %picture rebuild stamped

# %% [markdown] lang="en"
# The COPY hits, for its key has no variables. The first RUN misses, although it does not use COMMIT: every RUN gets all the variables that are declared above it. ENV works alike. So **declare a variable as far down as you can**, just above the first line that
# needs it.
#
# ## On both builders
#
# All of this was BuildKit. The builder of the notes' time compares in another way: for each instruction, LABEL and ENV and CMD too, it looks for an image that has the same parent and the same config.
# `--builder legacy` calls it, as `DOCKER_BUILDKIT=0` does at a terminal. **Predict, then run.** Only the LABEL is edited.

# %% [markdown] lang="zh"
# COPY 命中，它的键里没有变量。第一条 RUN 没命中，尽管它并不用 COMMIT：上面声明过的变量，每条 RUN 都会收到。ENV 也一样。所以**变量的声明尽量往下放**，紧挨着第一个要用它的那一行。
#
# ## 两个构建器
#
# 以上都是 BuildKit。写笔记那个年代的构建器比较的方法不同：每条指令，包括 LABEL、ENV、CMD，它都去找一个父镜像相同、配置也相同的镜像。`--builder legacy` 就是调用它，
# 相当于在终端里写 `DOCKER_BUILDKIT=0`。**先猜再运行。** 只改 LABEL。

# %%
# %%dockerfile old-tea --builder legacy
FROM alpine
LABEL version=1
RUN echo "a long installation" > /installed
COPY README.md /

# %%
# %%dockerfile old-tea --builder legacy
FROM alpine
LABEL version=2
RUN echo "a long installation" > /installed
COPY README.md /

# %%
# %picture rebuild old-tea

# %% [markdown] lang="en"
# Now the same edit with BuildKit.

# %% [markdown] lang="zh"
# 再用 BuildKit 做同样的改动。

# %%
# %%dockerfile new-tea
FROM alpine
LABEL version=1
RUN echo "a long installation" > /installed
COPY README.md /

# %%
# %%dockerfile new-tea
FROM alpine
LABEL version=2
RUN echo "a long installation" > /installed
COPY README.md /

# %%
# %picture rebuild new-tea

# %% [markdown] lang="en"
# In the older builder a LABEL is a step like any other, and all below it is done again; that is where the advice comes from to put labels at the end. With BuildKit, the default since Docker Engine 23.0 (February 2023), it costs nothing anywhere.
#
# And where the contents turn out to be the same again, BuildKit goes no further. Here the first stage counts lines:

# %% [markdown] lang="zh"
# 在旧构建器里，LABEL 和别的指令一样是一步，后面的全部重做；“label 写在最后”的建议就是这么来的。BuildKit 从 Docker Engine 23.0（2023 年 2 月）起成为默认，用它的话，label 写在哪里都没有代价。
#
# 还有，内容一旦又相同，BuildKit 就不再往下重做。下面第一个阶段统计行数：

# %%
# %%dockerfile lines
FROM alpine AS counting
COPY README.md /
RUN wc -l < /README.md > /lines
FROM alpine
COPY --from=counting /lines /
RUN echo "$(cat /lines) line" > /report

# %%
# %%host
echo '# The shop' > README.md

# %%
# %%dockerfile lines
FROM alpine AS counting
COPY README.md /
RUN wc -l < /README.md > /lines
FROM alpine
COPY --from=counting /lines /
RUN echo "$(cat /lines) line" > /report

# %% [markdown] lang="en"
# The first stage was done again, and the count was still 1. So `COPY --from` found the file that it knew, and everything below it is CACHED.
#
# ## The notes say / today
#
# The Go example has three comments about the cache. Here is a program for it, in a folder of its own, and the file as the notes have it:

# %% [markdown] lang="zh"
# 第一个阶段重做了，数出来还是 1。于是 `COPY --from` 看到的是认识的文件，后面全部 CACHED。
#
# ## 笔记的说法与今天
#
# Go 例子里有三条注释讲缓存。先准备程序，放在单独的目录里；Dockerfile 照抄笔记：

# %%
# %%host
mkdir -p go
printf 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("usage: project [--help]")\n}\n' > go/main.go
printf '[[constraint]]\n  name = "github.com/pkg/errors"\n  version = "0.8.0"\n' > go/Gopkg.toml
printf '[[projects]]\n  name = "github.com/pkg/errors"\n  packages = ["."]\n  revision = "645ef00459ed84a119197bfb8d8205042c6df63d"\n  version = "v0.8.0"\n' > go/Gopkg.lock

# %%
# %%dockerfile project --context go
FROM golang:1.9.2-alpine3.6 AS build

# Install tools required to build the project
# We need to run `docker build --no-cache .` to update those dependencies
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep

# Gopkg.toml and Gopkg.lock lists project dependencies
# These layers are only re-built when Gopkg files are updated
COPY Gopkg.lock Gopkg.toml /go/src/project/
WORKDIR /go/src/project/
# Install library dependencies
RUN dep ensure -vendor-only

# Copy all project and build it
# This layer is rebuilt when ever a file has changed in the project directory
COPY . /go/src/project/
RUN go build -o /bin/project

# This results in a single layer image
FROM scratch
COPY --from=build /bin/project /bin/project
ENTRYPOINT ["/bin/project"]
CMD ["--help"]

# %% [markdown] lang="en"
# An edit of the program, and the file without its comments:

# %% [markdown] lang="zh"
# 改一下程序，Dockerfile 去掉注释：

# %%
# %%host
printf 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("usage: project FILE")\n}\n' > go/main.go

# %%
# %%dockerfile project --context go
FROM golang:1.9.2-alpine3.6 AS build
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep
COPY Gopkg.lock Gopkg.toml /go/src/project/
WORKDIR /go/src/project/
RUN dep ensure -vendor-only
COPY . /go/src/project/
RUN go build -o /bin/project
FROM scratch
COPY --from=build /bin/project /bin/project
ENTRYPOINT ["/bin/project"]
CMD ["--help"]

# %%
# %picture rebuild project

# %% [markdown] lang="en"
# Up to `dep ensure` all is CACHED. Now an edit of the list:

# %% [markdown] lang="zh"
# `dep ensure` 之前都是 CACHED。再改一下清单：

# %%
# %%host
printf '\n[prune]\n  unused-packages = true\n' >> go/Gopkg.toml

# %%
# %%dockerfile project --context go
FROM golang:1.9.2-alpine3.6 AS build
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep
COPY Gopkg.lock Gopkg.toml /go/src/project/
WORKDIR /go/src/project/
RUN dep ensure -vendor-only
COPY . /go/src/project/
RUN go build -o /bin/project
FROM scratch
COPY --from=build /bin/project /bin/project
ENTRYPOINT ["/bin/project"]
CMD ["--help"]

# %%
# %picture rebuild project

# %% [markdown] lang="en"
# So, of the three comments:
#
# * *These layers are only re-built when Gopkg files are updated*: true for these edits. Not "only", though: a change in the two RUN lines above, or a new base image, rebuilds them as well.
# * *This layer is rebuilt when ever a file has changed in the project directory*: true, also for a README that no compiler reads. Unless `.dockerignore` keeps it out of the [build context](99_glossary.ipynb#build-context).
# * *We need to run `docker build --no-cache .` to update those dependencies*: true. The two RUN lines say the same as last time. A gentler way is to write a version into the line: a new version is a new text, and misses by itself.
#
# ## Common mistakes
#
# **A file that changes by itself**, a log or `.git`, lies in the context. The reason names it:

# %% [markdown] lang="zh"
# 那么，三条注释说得对不对？
#
# * *These layers are only re-built when Gopkg files are updated*（这几层只在 Gopkg 文件更新时重建）：这两次改动确实如此。但说不上“只在”：上面两条 RUN 变了，或者换了新的基础镜像，它们也会重建。
# * *This layer is rebuilt when ever a file has changed in the project directory*（项目目录里任何文件变了，这一层就重建）：对，连编译器根本不读的 README 也算。除非 `.dockerignore` 把它挡在[构建上下文](99_glossary.ipynb#build-context)之外。
# * *We need to run `docker build --no-cache .` to update those dependencies*（要更新这些依赖，得执行 `docker build --no-cache .`）：对，那两条 RUN 的文字和上次一样。更温和的办法是把版本号写进那一行：版本变了，文字就变了，自然不会命中。
#
# ## 常见错误
#
# **自己会变的文件**，例如日志或 `.git`，留在上下文里。原因里会点出它的名字：

# %%
# %%dockerfile noisy
FROM alpine
COPY . /srv/
RUN echo "a long installation" > /installed

# %%
# %%host
echo '09:05 a visitor' >> visits.log

# %%
# %%dockerfile noisy
FROM alpine
COPY . /srv/
RUN echo "a long installation" > /installed

# %% [markdown] lang="en"
# A line `*.log` in `.dockerignore` keeps it out. Two more mistakes you have seen above: `COPY . .` above the installation, and a variable with a new value in every build at the top of the file.
#
# ## Practice
#
# Not graded; try as often as you like. The context holds `words.txt` and `notes.txt`. Both go to `/srv`, and `/srv/sorted.txt` holds the sorted words. Change the file so that an edit of `notes.txt` does not sort again.

# %% [markdown] lang="zh"
# 在 `.dockerignore` 里写一行 `*.log` 就能挡住。另外两个错误上面见过了：`COPY . .` 写在安装前面；每次构建都换值的变量，写在文件最上面。
#
# ## 练习
#
# 不计分，随便试多少次。上下文里有 `words.txt` 和 `notes.txt`，都要放到 `/srv`，`/srv/sorted.txt` 是排好序的词。改一改文件，让 `notes.txt` 的改动不再引起排序。

# %% bare=true
# %%dockerfile cache-sorted
FROM alpine
COPY . /srv/
RUN sort /srv/words.txt > /srv/sorted.txt

# %% bare=true
check("cache-sorted")

# %% bare=true
# %hint cache-sorted

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a context of its own; the files of this page are not in it.
#
# ### 1. A better order (3.5 points)
#
# The context holds `app.py`, `templates/page.html` and `requirements.txt`. This file works, but every edit installs everything again:
#
# ```dockerfile
# FROM python:3.11-slim
# COPY . /app
# WORKDIR /app
# RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
# RUN pip install -r requirements.txt
# CMD ["python", "app.py"]
# ```
#
# Write it so that the image can do the same, and
#
# * after an edit of `app.py`, neither curl nor the Python packages are installed again;
# * after an edit of `requirements.txt`, the new packages are installed, and curl is not installed again.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的上下文，不包含这一页上的文件。
#
# ### 1. 换个顺序（3.5 分）
#
# 上下文里有 `app.py`、`templates/page.html` 和 `requirements.txt`。下面的文件能用，但每次改动都会把一切重新安装一遍：
#
# ```dockerfile
# FROM python:3.11-slim
# COPY . /app
# WORKDIR /app
# RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
# RUN pip install -r requirements.txt
# CMD ["python", "app.py"]
# ```
#
# 请改写它，镜像的作用不变，并且
#
# * 改了 `app.py`，curl 和 Python 包都不重新安装；
# * 改了 `requirements.txt`，新的包会装上，而 curl 不重新安装。

# %% nbgrader={"grade_id": "cache-order", "solution": true}
# %%dockerfile cache-order
### BEGIN SOLUTION
FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
### END SOLUTION

# %% nbgrader={"grade_id": "cache-order-check", "grade": true, "points": 3.5}
check("cache-order")

# %% bare=true
# %hint cache-order

# %% [markdown] lang="en"
# ### 2. A quiet context (2 points)
#
# A site is built from the files in `pages`:
#
# ```dockerfile
# FROM alpine
# COPY . /srv/
# RUN sh /srv/build.sh > /srv/site.txt
# ```
#
# The context:
#
# ```
# build.sh
# pages/a.txt
# pages/b.txt
# README.md
# notes/todo.txt
# logs/today.log
# .git/HEAD
# ```
#
# Write the `.dockerignore` with which only an edit of `build.sh` or of something in `pages` builds the site again.

# %% [markdown] lang="zh"
# ### 2. 安静的上下文（2 分）
#
# 网站由 `pages` 里的文件构建而成：
#
# ```dockerfile
# FROM alpine
# COPY . /srv/
# RUN sh /srv/build.sh > /srv/site.txt
# ```
#
# 上下文：
#
# ```
# build.sh
# pages/a.txt
# pages/b.txt
# README.md
# notes/todo.txt
# logs/today.log
# .git/HEAD
# ```
#
# 请写 `.dockerignore`，使得只有 `build.sh` 或 `pages` 里的改动才会重新构建网站。

# %% nbgrader={"grade_id": "cache-ignore", "solution": true}
# %%contextfile .dockerignore --answer cache-ignore
### BEGIN SOLUTION
README.md
notes
logs
.git
### END SOLUTION

# %% nbgrader={"grade_id": "cache-ignore-check", "grade": true, "points": 2}
check("cache-ignore")

# %% bare=true
# %hint cache-ignore

# %% [markdown] lang="en"
# ### 3. The number of the commit (2.5 points)
#
# Your build server calls `docker build --build-arg COMMIT=...` with a new number each time. The number stands in the label `commit` and in `/version.txt`; without a number it is `unknown`. But with every
# number curl is installed again:
#
# ```dockerfile
# FROM alpine
# ARG COMMIT=unknown
# LABEL commit=$COMMIT
# RUN apk add --no-cache curl
# RUN echo "built from $COMMIT" > /version.txt
# ```
#
# Write it so that a new number leaves the installation of curl alone.

# %% [markdown] lang="zh"
# ### 3. 提交的编号（2.5 分）
#
# 构建服务器每次用新的编号执行 `docker build --build-arg COMMIT=……`。编号要写进 label `commit` 和 `/version.txt`；没给编号就是 `unknown`。可是每换一个编号，curl 就重装一遍：
#
# ```dockerfile
# FROM alpine
# ARG COMMIT=unknown
# LABEL commit=$COMMIT
# RUN apk add --no-cache curl
# RUN echo "built from $COMMIT" > /version.txt
# ```
#
# 请改写它，让新的编号不影响 curl 的安装。

# %% nbgrader={"grade_id": "cache-arg", "solution": true}
# %%dockerfile cache-arg
### BEGIN SOLUTION
FROM alpine
RUN apk add --no-cache curl
ARG COMMIT=unknown
LABEL commit=$COMMIT
RUN echo "built from $COMMIT" > /version.txt
### END SOLUTION

# %% nbgrader={"grade_id": "cache-arg-check", "grade": true, "points": 2.5}
check("cache-arg")

# %% bare=true
# %hint cache-arg

# %% [markdown] lang="en"
# ### 4. Where does it begin again? (2 points)
#
# ```dockerfile
# FROM alpine
# ARG VERSION=1
# RUN apk add --no-cache curl
# COPY conf/ /etc/shop/
# LABEL team=shop
# RUN cat /etc/shop/* > /all.conf
# COPY app.sh /srv/
# CMD ["sh", "/srv/app.sh"]
# ```
#
# It was built once, and everything is in the cache. Each row below is one change, alone, and then a second build. Give the number of the **first line that is done again** (FROM is line 1), or 0 if every step comes from the cache. BuildKit builds, except in row e.
#
# * `a`: `app.sh` prints something else.
# * `b`: a line is added to `conf/shop.conf`.
# * `c`: `touch conf/shop.conf`.
# * `d`: the label is `team=sales` now.
# * `e`: as d, and both builds are done by the older builder.
# * `f`: the build gets `--build-arg VERSION=2`.
# * `g`: a comment is written above the line LABEL.
# * `h`: a new version of curl is on Alpine's server.
#
# Copy this into the cell and put a value in the place of each `...`.
#
# ```
# cache_hits = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
#     "g": ...,
#     "h": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 从哪里重新开始？（2 分）
#
# ```dockerfile
# FROM alpine
# ARG VERSION=1
# RUN apk add --no-cache curl
# COPY conf/ /etc/shop/
# LABEL team=shop
# RUN cat /etc/shop/* > /all.conf
# COPY app.sh /srv/
# CMD ["sh", "/srv/app.sh"]
# ```
#
# 它已经构建过一次，缓存里什么都有。下面每一行是单独的一处变化，变化之后再构建一次。请填**第一个重做的行号**（FROM 是第 1 行）；如果每一步都取自缓存，填 0。除 e 以外都用 BuildKit。
#
# * `a`：`app.sh` 打印的内容变了。
# * `b`：`conf/shop.conf` 里加了一行。
# * `c`：`touch conf/shop.conf`。
# * `d`：label 改成 `team=sales`。
# * `e`：同 d，但两次都用旧构建器。
# * `f`：构建时给 `--build-arg VERSION=2`。
# * `g`：在 LABEL 那行上面写了一条注释。
# * `h`：Alpine 的服务器上有了新版 curl。
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。
#
# ```
# cache_hits = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
#     "g": ...,
#     "h": ...,
# }
# ```

# %% nbgrader={"grade_id": "cache-hits", "solution": true}
### BEGIN SOLUTION
cache_hits = {
    "a": 7,
    "b": 4,
    "c": 0,
    "d": 0,
    "e": 5,
    "f": 3,
    "g": 0,
    "h": 0,
}
### END SOLUTION

# %% nbgrader={"grade_id": "cache-hits-check", "grade": true, "points": 2}
check("cache-hits")

# %% bare=true
# %hint cache-hits

# %% [markdown] lang="en"
# ## Key points
#
# * A step is taken over when its key is the same: the command or the files, the variables, and the result below it.
# * A miss goes downwards to the end of the stage, never upwards. Other stages miss only if the files that they take are different.
# * Rare changes above, frequent ones below: packages, the list of libraries, their installation, your sources. Variables as far down as they can go.
# * Docker compares texts and contents. It does not ask the world outside: `--no-cache`, or a version in the line.
# * BuildKit has keys for RUN, COPY, ADD and WORKDIR; the older builder has one for every line.
#
# Read on: [18 Multi-stage builds](18_multistage.ipynb); [03 The Dockerfile](03_dockerfile.ipynb) builds the Go example step by step.

# %% [markdown] lang="zh"
# ## 要点
#
# * 键相同，一步就直接取用：命令或文件、变量，以及下面的结果。
# * 没命中只会往下传到阶段末尾，从不往上。别的阶段只有取到的文件变了，才会没命中。
# * 少变的在上，常变的在下：系统软件包、依赖清单、安装依赖、源代码。变量的声明能多靠下就多靠下。
# * docker 比较的是文字和内容，不会去问外面的世界：要么 `--no-cache`，要么把版本号写进那一行。
# * BuildKit 只给 RUN、COPY、ADD、WORKDIR 算键；旧构建器每一行都算。
#
# 接着读：[18 多阶段构建](18_multistage.ipynb)；[03 Dockerfile](03_dockerfile.ipynb) 一步一步构建了这个 Go 例子。
