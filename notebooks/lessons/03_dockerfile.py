# %% [markdown] lang="en"
# # 03 The Dockerfile
#
# After this lesson you can
#
# * write a Dockerfile, and name its parts;
# * say which lines make a layer, and which only change the config;
# * say which files a build can see;
# * read docker's message when a file is wrong, and mend it;
# * follow the notes' Go example line by line.
#
# Reading 22 minutes, exercises 20 minutes. It follows §2 of the notes: *docker build*, its format and its example.

# %% [markdown] lang="zh"
# # 03 Dockerfile
#
# 学完这一课，你能
#
# * 写出一个 Dockerfile，说出它由哪几部分组成；
# * 分清哪些行产生层，哪些行只改配置；
# * 说清构建时看得到哪些文件；
# * 看懂 docker 的报错，照着它把文件改对；
# * 逐行读懂笔记里的 Go 例子。
#
# 阅读 22 分钟，习题 20 分钟。对应笔记第 2 节：docker build、格式和例子。

# %% [markdown] lang="en"
# ## From a text to an image
#
# There are two ways to make an [image](99_glossary.ipynb#image) of your own: `docker commit`, which was [lesson 02](02_commit.ipynb), and
# `docker build`. A build needs a text, the *Dockerfile*. The notes quote the manual:
#
# > A Dockerfile is a text document that contains all the commands you would normally execute manually in order to build a Docker
# > image. Docker can build images automatically by reading the instructions from a Dockerfile.
#
# Here is a small one.

# %% [markdown] lang="zh"
# ## 从一段文字到一个镜像
#
# 自己做[镜像](99_glossary.ipynb#image)有两种方式：[上一课](02_commit.ipynb)的 `docker commit`，和这一课的 `docker build`。构建需要一个文本文件，
# 就是 Dockerfile。笔记引用了官方的说法：
#
# > A Dockerfile is a text document that contains all the commands you would normally execute manually in order to build a Docker
# > image. Docker can build images automatically by reading the instructions from a Dockerfile.
#
# 大意是：Dockerfile 是一个文本文件，里面写着你本来要手工敲的那些命令；Docker 读它，就能自动把镜像做出来。先看一个小的。

# %%
# %%dockerfile hello
FROM alpine
RUN echo "hello from a file" > /hello.txt
CMD ["cat", "/hello.txt"]

# %%
# %docker run --rm hello

# %% [markdown] lang="en"
# The picture shows each instruction with what it made: a [layer](99_glossary.ipynb#layer), or a change of the config.
#
# ## Four parts
#
# The notes name four parts of a Dockerfile:
#
# 1. the [base image](99_glossary.ipynb#base-image);
# 2. who maintains it;
# 3. the commands that work on the image;
# 4. what runs when a container starts.

# %% [markdown] lang="zh"
# 图里列出每条指令做出了什么：要么是一个[层](99_glossary.ipynb#layer)，要么是对配置的一处修改。
#
# ## 四个部分
#
# 笔记说 Dockerfile 由四部分组成：
#
# 1. [基础镜像](99_glossary.ipynb#base-image)；
# 2. 维护者信息；
# 3. 对镜像进行操作的命令；
# 4. 容器启动时执行的命令。

# %%
# %%dockerfile four-parts
# 1. the base image
FROM alpine
# 2. who maintains it
MAINTAINER Ann <ann@example.com>
# 3. what is done to the image
RUN mkdir /app && echo "tea" > /app/menu.txt
# 4. what a container runs
CMD ["cat", "/app/menu.txt"]

# %% [markdown] lang="en"
# Only the first part is needed: `FROM alpine` alone is a Dockerfile. The second one brings a warning today. MAINTAINER has been
# deprecated since 2017, and a LABEL takes its place: [06 MAINTAINER](06_maintainer.ipynb), [07 LABEL](07_label.ipynb).
#
# ## One instruction, its arguments
#
# The format is simple:
#
# ```dockerfile
# # Comment
# INSTRUCTION arguments
# ```
#
# The instructions are carried out from top to bottom. `run` and `RUN` are the same; capitals are the custom, and docker warns when a file mixes
# both. A `\` as the last sign of a line continues it on the next one.
#
# A comment is a *line* that begins with `#`. It may stand between the lines of a continued instruction.

# %% [markdown] lang="zh"
# 必须有的只是第一部分：只写一行 `FROM alpine` 也是 Dockerfile。第二部分如今会招来一条警告：MAINTAINER 2017 年就弃用了，改用 LABEL，
# 见 [06 MAINTAINER](06_maintainer.ipynb)、[07 LABEL](07_label.ipynb)。
#
# ## 一条指令加它的参数
#
# 格式很简单：
#
# ```dockerfile
# # Comment
# INSTRUCTION arguments
# ```
#
# 指令从上到下依次执行。`run` 和 `RUN` 是一回事；习惯上用大写，大小写混用时 docker 会警告。行末最后一个字符是 `\`，就接到下一行。
#
# 注释是以 `#` 开头的一*整行*。续行的中间也可以夹注释行。

# %%
# %%dockerfile with-comments
# a comment above
FROM alpine
RUN echo one > /count.txt \
    # a comment in the middle: it is taken out
    && echo two >> /count.txt
CMD ["cat", "/count.txt"]

# %% [markdown] lang="en"
# Look at the step in the output: the comment is gone, and what was three lines is one.
#
# **Predict, then run.** What is a `#` further to the right, behind an argument?

# %% [markdown] lang="zh"
# 看输出里的那一步：注释不见了，三行合成了一行。
#
# **先猜再运行。** `#` 如果不在行首，而是跟在参数后面，还算注释吗？

# %%
# %%dockerfile late-comment
FROM alpine
ENV DRINK=tea # or coffee

# %% [markdown] lang="en"
# It is text like any other: ENV takes `#` for one more variable. In a RUN the text goes to the shell as it stands, and the *shell* knows such
# comments. So it works there, and the comment lies in the image's history.

# %% [markdown] lang="zh"
# 它就是普通文字：ENV 把 `#` 当成又一个变量。而 RUN 会把整行原样交给 shell，认得这种注释的是 *shell*，所以在 RUN 里行得通，
# 只是注释会留在镜像的历史里。

# %%
# %%dockerfile shell-comment
FROM alpine
RUN echo tea > /drink.txt # or coffee

# %%
# %docker history shell-comment

# %% [markdown] lang="en"
# ## Comments that are none: parser directives
#
# Lines of the form `# name=value` at the very top are [parser directives](99_glossary.ipynb#parser-directive). There are three: `syntax` (which version of the
# Dockerfile language to use), `escape` (another sign than `\`) and `check` (how strict to be). With `escape`, a Windows path
# can end in a `\`.

# %% [markdown] lang="zh"
# ## 看着像注释的：解析指令
#
# 文件最顶上形如 `# name=value` 的行是[解析指令](99_glossary.ipynb#parser-directive)（parser directive），共三种：`syntax`（用哪个版本的 Dockerfile 语法）、`escape`
# （把 `\` 换成别的字符）、`check`（检查多严格）。换了 `escape`，Windows 路径就可以用 `\` 结尾。

# %%
# %%dockerfile directive
# escape=`
FROM alpine
RUN echo 'C:\temp\' > /path.txt `
    && cat /path.txt

# %% [markdown] lang="en"
# **Predict, then run.** The same file, with an ordinary comment above the directive.

# %% [markdown] lang="zh"
# **先猜再运行。** 同一个文件，在解析指令上面加一行普通注释。

# %%
# %%dockerfile directive-too-late
# a file with a Windows path
# escape=`
FROM alpine
RUN echo 'C:\temp\' > /path.txt `
    && cat /path.txt

# %% [markdown] lang="en"
# The first line that is no directive ends them. From there on, `# escape` is a comment, and the RUN ends with its line.
#
# ## What a build can see
#
# `docker build .` has a dot at its end. It names a folder, the [build context](99_glossary.ipynb#build-context): COPY
# and ADD take files from there. In this course `%%contextfile` puts a file into it.

# %% [markdown] lang="zh"
# 遇到第一个不是解析指令的行，这一段就结束了。再往后，`# escape` 只是注释，RUN 也就到那一行为止。
#
# ## 构建看得到哪些文件
#
# `docker build .` 末尾有个点。它指的是一个目录，也就是[构建上下文](99_glossary.ipynb#build-context)，COPY 和 ADD 从那里取文件。
# 在这门课里，用 `%%contextfile` 往里放文件。

# %%
# %%contextfile menu.txt
tea 2
soup 4

# %%
# %%contextfile Dockerfile
FROM alpine
COPY menu.txt /srv/menu.txt
CMD ["cat", "/srv/menu.txt"]

# %%
# %%docker
docker build -t menu .
docker run --rm menu

# %% [markdown] lang="en"
# That is how you do it at a terminal: a file called `Dockerfile` in the folder, and `docker build -t NAME .`. `%%dockerfile NAME` is
# short for it, with the same context.
#
# **Predict, then run.** May COPY take a file from the folder *above* the context?

# %% [markdown] lang="zh"
# 在终端里就是这样做的：目录里有一个叫 `Dockerfile` 的文件，然后 `docker build -t 名字 .`。`%%dockerfile 名字` 是它的简写，
# 上下文相同。
#
# **先猜再运行。** COPY 能取上下文*上一级*目录里的文件吗？

# %%
# %%dockerfile from-above
FROM alpine
COPY ../menu.txt /srv/menu.txt
COPY ../secret.txt /srv/secret.txt

# %% [markdown] lang="en"
# It can't leave the context. `..` at its root leads back to the root, so the first COPY found `menu.txt`, and the second found nothing. The older
# builder refused both lines. A build sees no file of your machine that you did not hand over.
#
# ## Which lines make a layer
#
# **Predict, then run.** How many layers does this image have on top of those of `alpine`?

# %% [markdown] lang="zh"
# 出不去。在上下文的根目录写 `..`，还是回到根目录，所以第一条 COPY 找到了 `menu.txt`，第二条什么也没找到。旧的构建器会把两行都
# 拒绝掉。没有交给它的文件，构建一概看不到。
#
# ## 哪些行产生层
#
# **先猜再运行。** 这个镜像在 `alpine` 的层之上又加了几层？

# %%
# %%dockerfile shop
FROM alpine
LABEL org.opencontainers.image.authors="Ann <ann@example.com>"
ENV NAME=corner
WORKDIR /shop
COPY menu.txt .
RUN echo "the $NAME shop" > sign.txt
RUN true
EXPOSE 80
CMD ["cat", "sign.txt", "menu.txt"]

# %%
# %%docker
docker pull alpine
docker inspect -f "{{len .RootFS.Layers}}" alpine
docker inspect -f "{{len .RootFS.Layers}}" shop
docker history shop

# %% [markdown] lang="en"
# Four: WORKDIR, COPY, RUN, RUN. Layers come only from the instructions that work on files: **RUN, COPY, ADD and WORKDIR**. Even `RUN true` makes
# one, an empty one. All others write into the config; their line in the history has 0 bytes and no layer. (So has `WORKDIR /`, for a
# root is always there.)
#
# WORKDIR made the folder `/shop`. Its line too shows 0B: a folder has no bytes.
#
# ## Build or commit?
#
# `docker commit` keeps what somebody did in a container by hand. `docker build` does the work itself, and the text can be read, reviewed and repeated.
# In the notes' time the builder did it literally by commits: a container for each step, and a commit at its end. The old builder still
# exists. Look for *Running in* and *Removed intermediate container*.

# %% [markdown] lang="zh"
# 四层：WORKDIR、COPY、RUN、RUN。只有操作文件的指令才产生层：**RUN、COPY、ADD、WORKDIR**。`RUN true` 也有一层，只不过是空的。
# 其余的都只写配置，在历史里占一行，0 字节，没有层。（`WORKDIR /` 也没有，根目录本来就在。）
#
# WORKDIR 建了目录 `/shop`，它那一行也显示 0B：目录本身没有字节。
#
# ## build 还是 commit？
#
# `docker commit` 保存的是别人在容器里手工做过的事；`docker build` 自己把事情做完，而且那段文字看得懂、能评审、能重做。写笔记的那个年代，
# 构建器真的是靠 commit 干活的：每一步起一个容器，做完提交一次。旧构建器现在还能用。找一找 *Running in* 和
# *Removed intermediate container*。

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -t menu-old .

# %% [markdown] lang="en"
# Since version 23 (February 2023) Docker builds with BuildKit: no containers, no commits, and the steps you saw above. The layers are the
# same kind of layers.
#
# ## The notes' example, step by step
#
# The notes take a Go program from Docker's manual, in two [stages](99_glossary.ipynb#stage): the first one compiles, the second one keeps only
# the result. It needs a program, and two files that list what the program depends on.

# %% [markdown] lang="zh"
# 从 23 版（2023 年 2 月）起，Docker 默认用 BuildKit 构建：没有中间容器，也不做 commit，步骤就是你前面看到的那样。做出来的层
# 还是同一种层。
#
# ## 一步一步做笔记里的例子
#
# 笔记里是 Docker 手册上的一个 Go 程序，分两个[阶段](99_glossary.ipynb#stage)：第一个阶段编译，第二个阶段只留下编译结果。
# 先准备程序，以及列出依赖的两个文件。

# %%
# %%contextfile main.go
package main

import "fmt"

func main() {
	fmt.Println("usage: project [--help]")
}

# %%
# %%contextfile Gopkg.toml
[[constraint]]
  name = "github.com/pkg/errors"
  version = "0.8.0"

# %%
# %%contextfile Gopkg.lock
[[projects]]
  name = "github.com/pkg/errors"
  packages = ["."]
  revision = "645ef00459ed84a119197bfb8d8205042c6df63d"
  version = "v0.8.0"

# %% [markdown] lang="en"
# **First the tools.** `AS build` gives the stage its name. git is installed, and `dep`, which fetches libraries.

# %% [markdown] lang="zh"
# **先装工具。** `AS build` 给这个阶段起名字。装上 git，再装取依赖用的 `dep`。

# %%
# %%dockerfile go-tools
FROM golang:1.9.2-alpine3.6 AS build

# Install tools required to build the project
# We need to run `docker build --no-cache .` to update those dependencies
RUN apk add --no-cache git
RUN go get github.com/golang/dep/cmd/dep

# %% [markdown] lang="en"
# **Then the libraries.** Only the two lists are copied, and `dep ensure` fetches what they name into `vendor/`.
#
# The first steps say CACHED: nothing has changed for them, so their layers are taken from the [cache](99_glossary.ipynb#cache); how it decides is told in [17](17_cache.ipynb).

# %% [markdown] lang="zh"
# **再取依赖。** 只复制那两个清单，`dep ensure` 按清单把依赖取到 `vendor/`。
#
# 前几步写着 CACHED：对它们来说什么也没变，所以直接用[缓存](99_glossary.ipynb#cache)里的层；它怎么判断，见 [17](17_cache.ipynb)。

# %%
# %%dockerfile go-libraries
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

# %% [markdown] lang="en"
# **Last the program**, and the second stage. This is the notes' file, whole and as written.

# %% [markdown] lang="zh"
# **最后编译程序**，再加上第二个阶段。下面就是笔记里的完整文件，一字未改。

# %%
# %%dockerfile project
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

# %%
# %%docker
docker run --rm project
docker images
docker inspect -f "{{len .RootFS.Layers}}" project

# %% [markdown] lang="en"
# `scratch` is the empty base. The image holds one file in one layer, as the comment promises, and is a hundredth of the size of the
# stage that made it. More about stages: [18 Multi-stage builds](18_multistage.ipynb).
#
# **Predict, then run.** The comments say which layers are built again when a file changes. Now `main.go` changes. Which steps are CACHED?

# %% [markdown] lang="zh"
# `scratch` 是空的基础镜像。正如注释所说，最后的镜像只有一层，层里只有一个文件，大小是编译阶段的百分之一。阶段的事在 [18 多阶段构建](18_multistage.ipynb)再细说。
#
# **先猜再运行。** 注释里写明了改动文件之后哪些层要重新构建。现在改一下 `main.go`，哪些步骤会是 CACHED？

# %%
# %%contextfile main.go
package main

import "fmt"

func main() {
	fmt.Println("usage: project [--help] [--version]")
}

# %%
# %%dockerfile project -t project:2
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
# %docker run --rm project:2

# %% [markdown] lang="en"
# Up to `dep ensure` all is CACHED, from `COPY .` on it is done again. Comments don't count: this file has none. And nothing outside the files counts:
# a new release of git or dep goes unnoticed until somebody builds with `--no-cache`, as the second comment says.
#
# **The notes say / today.** The file still builds here as it did in 2017. A Go programmer would not write it today: since Go 1.11 (August 2018) libraries are
# listed in `go.mod`, `dep` was closed down in 2020, and since Go 1.18 (March 2022) `go get` installs no programs. The plan of the file
# is as good as ever: tools, lists, libraries, then the source, and an empty base.
#
# ## When docker says no
#
# A message has three parts: the lines around the mistake with `>>>`, the reason behind `ERROR:`, and in this course one plain sentence.

# %% [markdown] lang="zh"
# `dep ensure` 之前都是 CACHED，从 `COPY .` 开始重做。注释不算数，这个文件里根本没有注释。文件之外的变化也不算：git 或 dep 出了新版，
# 构建不会察觉，除非像第二行注释说的那样，用 `--no-cache` 重新构建。
#
# **笔记的说法与今天。** 这个文件在这里照样构建得出来，和 2017 年一样。今天写 Go 的人不会这样写了：从 Go 1.11（2018 年 8 月）起依赖写在
# `go.mod` 里，`dep` 2020 年停止维护，从 Go 1.18（2022 年 3 月）起 `go get` 不再安装程序。不过这个文件的思路到今天也没有过时：
# 工具、清单、依赖，然后才是源码，最后放到空的基础镜像上。
#
# ## docker 说不行的时候
#
# 一条报错有三部分：出错的那几行，`>>>` 指着错处；`ERROR:` 后面的原因；在这门课里还有一句大白话。

# %%
# %%dockerfile misspelt
FORM alpine
CMD ["echo", "hi"]

# %%
# %%dockerfile no-from
RUN echo hi
FROM alpine

# %%
# %%dockerfile no-such-command
FROM alpine
RUN apt-get install -y curl

# %% [markdown] lang="en"
# The first two are found by reading: no step has run. The third file can be read, and its step *ran* and failed. What the step printed
# stands above the excerpt: alpine has no `apt-get`, its program is `apk`.
#
# One more that is seen often: the comment behind the `\`. It does not look like it, but the line is not continued.

# %% [markdown] lang="zh"
# 前两个一读就发现了，一步都没有执行。第三个读得通，是*执行*到那一步才失败的，那一步打印的内容在摘录的上面：alpine 没有 `apt-get`，
# 它用的是 `apk`。
#
# 还有一个也很常见：注释写在 `\` 后面。看不出来，其实这一行并没有续下去。

# %%
# %%dockerfile not-continued
FROM alpine
RUN echo one > /count.txt && \ # first
    echo two >> /count.txt

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. This file has two mistakes. Mend it so that it keeps its meaning: a container prints `tea`, and `/shop/sign` holds `open`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。下面的文件有两处错误。改对它，意思不变：容器打印 `tea`，`/shop/sign` 的内容是 `open`。

# %% bare=true
# %%dockerfile dockerfile-comments
FROM alpine
ENV DRINK=tea # or coffee
RUN mkdir /shop && \ # the folder first
    echo open > /shop/sign
CMD echo $DRINK

# %% bare=true
check("dockerfile-comments")

# %% bare=true
# %hint dockerfile-comments

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Below each one, `%hint` gives a hint; run it again for the next. Hints cost nothing.
#
# ### 1. A first Dockerfile (3 points)
#
# Write a Dockerfile with all four parts. It starts from `alpine` and names a maintainer, as a label `org.opencontainers.image.authors` with any name you like.
# The build context holds a file `menu.txt`; in the image it is `/srv/menu.txt`. `docker run IMAGE` prints it.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每题下面的 `%hint` 给一条提示，再运行一次给下一条，不扣分。
#
# ### 1. 第一个 Dockerfile（3 分）
#
# 写一个四部分齐全的 Dockerfile。它从 `alpine` 开始；用 label `org.opencontainers.image.authors` 写上维护者，名字随你。构建上下文里有一个
# 文件 `menu.txt`，在镜像里是 `/srv/menu.txt`。`docker run IMAGE` 会打印它。

# %% nbgrader={"grade_id": "dockerfile-first", "solution": true}
# %%dockerfile dockerfile-first
### BEGIN SOLUTION
FROM alpine
LABEL org.opencontainers.image.authors="Ann <ann@example.com>"
COPY menu.txt /srv/menu.txt
CMD ["cat", "/srv/menu.txt"]
### END SOLUTION

# %% nbgrader={"grade_id": "dockerfile-first-check", "grade": true, "points": 3}
check("dockerfile-first")

# %% bare=true
# %hint dockerfile-first

# %% [markdown] lang="en"
# ### 2. Which lines make a layer? (3 points)
#
# ```dockerfile
#  1  FROM alpine
#  2  ENV SHOP=corner
#  3  WORKDIR /shop
#  4  COPY menu.txt .
#  5  # RUN rm menu.txt
#  6  RUN test -f menu.txt
#  7  CMD ["cat", "menu.txt"]
# ```
#
# What does each line from 2 on make: a `"layer"`, only a change of the `"config"`, or `"nothing"`? Copy this into the cell and put one of the three
# in the place of each `...`.
#
# ```
# dockerfile_layers = {
#     "line 2": ...,
#     "line 3": ...,
#     "line 4": ...,
#     "line 5": ...,
#     "line 6": ...,
#     "line 7": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 2. 哪些行产生层？（3 分）
#
# ```dockerfile
#  1  FROM alpine
#  2  ENV SHOP=corner
#  3  WORKDIR /shop
#  4  COPY menu.txt .
#  5  # RUN rm menu.txt
#  6  RUN test -f menu.txt
#  7  CMD ["cat", "menu.txt"]
# ```
#
# 从第 2 行起，每一行做出了什么：一个层填 `"layer"`，只改配置填 `"config"`，什么也没有填 `"nothing"`。把下面的内容抄进单元格，将每个 `...`
# 换成三者之一。
#
# ```
# dockerfile_layers = {
#     "line 2": ...,
#     "line 3": ...,
#     "line 4": ...,
#     "line 5": ...,
#     "line 6": ...,
#     "line 7": ...,
# }
# ```

# %% nbgrader={"grade_id": "dockerfile-layers", "solution": true}
### BEGIN SOLUTION
dockerfile_layers = {
    "line 2": "config",
    "line 3": "layer",
    "line 4": "layer",
    "line 5": "nothing",
    "line 6": "layer",
    "line 7": "config",
}
### END SOLUTION

# %% nbgrader={"grade_id": "dockerfile-layers-check", "grade": true, "points": 3}
check("dockerfile-layers")

# %% bare=true
# %hint dockerfile-layers

# %% [markdown] lang="en"
# ### 3. Mend it (4 points)
#
# Somebody wrote this file in a hurry. Copy it into the cell, build it, read the message, mend that line, and build again. It has five mistakes.
#
# ```dockerfile
# FORM alpine
# ENV SHOP_NAME=corner shop
# COPY price.txt /shop/
# RUN apt-get install -y curl
# RUN mkdir /shop/stock && \ # for today
#     echo apples > /shop/stock/today
# CMD cat /shop/prices.txt
# ```
#
# It was meant like this: the variable `SHOP_NAME` is `corner shop`; the context's file `prices.txt` lies in `/shop`; the program `curl` is
# installed; `/shop/stock/today` holds `apples`; `docker run IMAGE` prints the prices.

# %% [markdown] lang="zh"
# ### 3. 改对它（4 分）
#
# 有人匆匆忙忙写了下面的文件。把它抄进单元格，构建，看报错，改那一行，再构建。一共有五处错误。
#
# ```dockerfile
# FORM alpine
# ENV SHOP_NAME=corner shop
# COPY price.txt /shop/
# RUN apt-get install -y curl
# RUN mkdir /shop/stock && \ # for today
#     echo apples > /shop/stock/today
# CMD cat /shop/prices.txt
# ```
#
# 本来的意思是：环境变量 `SHOP_NAME` 的值是 `corner shop`；上下文里的文件 `prices.txt` 放到 `/shop` 里；装上程序 `curl`；
# `/shop/stock/today` 的内容是 `apples`；`docker run IMAGE` 打印价目表。

# %% nbgrader={"grade_id": "dockerfile-mend", "solution": true}
# %%dockerfile dockerfile-mend
### BEGIN SOLUTION
FROM alpine
ENV SHOP_NAME="corner shop"
COPY prices.txt /shop/
RUN apk add --no-cache curl
RUN mkdir /shop/stock && \
    echo apples > /shop/stock/today
CMD cat /shop/prices.txt
### END SOLUTION

# %% nbgrader={"grade_id": "dockerfile-mend-check", "grade": true, "points": 4}
check("dockerfile-mend")

# %% bare=true
# %hint dockerfile-mend

# %% [markdown] lang="en"
# ## Key points
#
# * A Dockerfile is a list of instructions, from FROM to what a container runs. A comment is a whole line; directives stand at the very top.
# * RUN, COPY, ADD and WORKDIR make layers. All other instructions change the config.
# * COPY and ADD see the build context and nothing else.
# * Steps whose inputs are the same come from the cache: what changes seldom stands above what changes often.
# * Read the line with `>>>` and the words behind `ERROR:`; mend one line at a time.
#
# Next: [04 ARG](04_arg.ipynb). To read on: the [Dockerfile reference](https://docs.docker.com/reference/dockerfile/), sections *Format* and *Parser directives*.

# %% [markdown] lang="zh"
# ## 要点
#
# * Dockerfile 是一串指令，从 FROM 写到容器运行什么。注释要占一整行；解析指令在最顶上。
# * RUN、COPY、ADD、WORKDIR 产生层，其余指令只改配置。
# * COPY 和 ADD 只看得到构建上下文。
# * 输入没变的步骤直接用缓存：不常变的写在上面，常变的写在下面。
# * 看 `>>>` 那一行和 `ERROR:` 后面的话，一次改一行。
#
# 下一课：[04 ARG](04_arg.ipynb)。延伸阅读：[Dockerfile 参考](https://docs.docker.com/reference/dockerfile/)的 Format 和 Parser directives 两节。
