# %% [markdown] lang="en"
# # 08 RUN
#
# After this lesson you can
#
# * say which shell runs a RUN line, and what works in it and what does not;
# * say what the next RUN still knows of the one before, and what it has forgotten;
# * keep out of an image what nobody needs in it;
# * make a build fail when a step in it fails, also inside a pipe.
#
# Reading 20 minutes, exercises 20 minutes. It follows *RUN* in the notes.

# %% [markdown] lang="zh"
# # 08 RUN
#
# 学完这一课，你能
#
# * 说出 RUN 这一行由哪个 shell 执行，里面什么能用、什么不能用；
# * 说出上一条 RUN 给下一条留下了什么，又有什么已经没了；
# * 不把没人需要的东西装进镜像；
# * 让步骤出错时构建跟着失败，哪怕错在管道中间。
#
# 阅读 20 分钟，习题 20 分钟。对应笔记的“RUN 执行命令”。

# %% [markdown] lang="en"
# ## A command at build time, and its layer
#
# RUN runs a command while the [image](99_glossary.ipynb#image) is built. The files that are different afterwards become one
# [layer](99_glossary.ipynb#layer). Nothing of it runs again when a [container](99_glossary.ipynb#container) starts.

# %% [markdown] lang="zh"
# ## 构建时的一条命令，和它的层
#
# RUN 在构建[镜像](99_glossary.ipynb#image)时执行一条命令，执行后有变化的文件成为一个[层](99_glossary.ipynb#layer)。
# [容器](99_glossary.ipynb#container)启动时，这些命令不会再执行。

# %%
# %%dockerfile first-run
FROM alpine
RUN mkdir /notes && echo "buy milk" > /notes/today.txt
RUN echo "I change no file"

# %% [markdown] lang="en"
# Look at the two upper layers. The second RUN changed no file and has a layer all the same, an empty one: with BuildKit every RUN has its layer.

# %% [markdown] lang="zh"
# 看最上面两层。第二条 RUN 没有改动任何文件，也照样有一层，只是空的：用 BuildKit 构建，每条 RUN 都有自己的层。

# %% [markdown] lang="en"
# ## Two forms
#
# ```dockerfile
# RUN command param1 param2                # shell form: /bin/sh -c "command param1 param2"
# RUN ["executable", "param1", "param2"]   # exec form: this program, these arguments, no shell
# ```
#
# The [shell form](99_glossary.ipynb#shell-form) can do what a shell can: variables, `&&`, pipes, `>`. The
# [exec form](99_glossary.ipynb#exec-form) starts the program as it is.
#
# **Predict, then run.** Both lines print `$HOME`. What stands on the screen?

# %% [markdown] lang="zh"
# ## 两种形式
#
# ```dockerfile
# RUN command param1 param2                # shell 形式：/bin/sh -c "command param1 param2"
# RUN ["executable", "param1", "param2"]   # exec 形式：就是这个程序、这些参数，没有 shell
# ```
#
# [shell 形式](99_glossary.ipynb#shell-form)能用 shell 的一切：变量、`&&`、管道、`>`。[exec 形式](99_glossary.ipynb#exec-form)
# 直接启动程序。
#
# **先猜再运行。** 两行都打印 `$HOME`，屏幕上各会出现什么？

# %%
# %%dockerfile two-forms
FROM alpine
RUN echo $HOME
RUN ["echo", "$HOME"]

# %% [markdown] lang="en"
# A shell puts the value in the place of `$HOME`. In the exec form there was no shell.
#
# ## The notes say bash, Docker says sh
#
# The notes write above `RUN <command>` the comment `#/bin/bash -c <command>`. It is `/bin/sh -c`, and that is not
# bash. See what `sh` is, in two [base images](99_glossary.ipynb#base-image).

# %% [markdown] lang="zh"
# 把 `$HOME` 换成值的是 shell，而 exec 形式里没有 shell。
#
# ## 笔记写 bash，Docker 用 sh
#
# 笔记在 `RUN <command>` 上面注释道 `#/bin/bash -c <command>`。其实是 `/bin/sh -c`，而 sh 不是 bash。看看两个
# [基础镜像](99_glossary.ipynb#base-image)里的 `sh` 究竟是什么。

# %%
# %%docker
docker run --rm debian ls -l /bin/sh
docker run --rm alpine ls -l /bin/sh

# %% [markdown] lang="en"
# On debian it is dash, on alpine busybox. The notes' example therefore calls bash by its name:

# %% [markdown] lang="zh"
# debian 上是 dash，alpine 上是 busybox。所以笔记的例子里写明了要用 bash：

# %%
# %%dockerfile notes-run
FROM debian
RUN /bin/bash -c 'source $HOME/.bashrc; echo $HOME'

# %% [markdown] lang="en"
# That works where there is a bash. **Predict, then run.** The same line on alpine:

# %% [markdown] lang="zh"
# 有 bash 的地方它就能用。**先猜再运行。** 同一行放到 alpine 上：

# %%
# %%dockerfile notes-run-alpine
FROM alpine
RUN /bin/bash -c 'source $HOME/.bashrc; echo $HOME'

# %% [markdown] lang="en"
# Exit code 127 means: no such command. Alpine has no bash until you install it (`apk add --no-cache bash`).
#
# And without naming bash? `source` is a word of bash. dash does not know it, though it knows `.`, which does the same.
# The `sh` of alpine happens to know both. What none of these two has is `{a,b}`:

# %% [markdown] lang="zh"
# 退出码 127 的意思是：没有这个命令。alpine 要先装 bash（`apk add --no-cache bash`）才有。
#
# 不写 bash 行不行？`source` 是 bash 的说法，dash 不认识，它只认识作用相同的 `.`；alpine 的 `sh` 碰巧两个都认识。
# 而 `{a,b}` 这种写法，这两个 sh 都没有：

# %%
# %%dockerfile braces
FROM debian
RUN mkdir -p /srv/{css,js}
RUN ls /srv
RUN source /etc/profile

# %% [markdown] lang="en"
# No error for the braces: one folder with a curious name. For `source` there is one. When a line needs bash, say so:
# `RUN bash -c '...'`, or `RUN ["bash", "-c", "..."]`, or `SHELL ["/bin/bash", "-c"]` above it, which changes the shell for all
# RUN lines that follow.
#
# ## What the next RUN still knows
#
# Every RUN starts a shell of its own. **Predict, then run.** What do the three last lines print?

# %% [markdown] lang="zh"
# 花括号没有报错，只是得到一个名字古怪的目录；`source` 则报错了。哪一行需要 bash，就写明白：`RUN bash -c '……'`，或者
# `RUN ["bash", "-c", "……"]`，或者在上面写 `SHELL ["/bin/bash", "-c"]`，它会换掉后面所有 RUN 的 shell。
#
# ## 下一条 RUN 还知道什么
#
# 每条 RUN 都启动一个自己的 shell。**先猜再运行。** 最后三行会打印什么？

# %%
# %%dockerfile forgetful
FROM alpine
RUN cd /tmp && export MODE=fast && echo "hello" > /file && (sleep 1000 &)
RUN pwd
RUN echo "mode: $MODE"
RUN cat /file; ps

# %% [markdown] lang="en"
# Only the file is left. The folder, the variable and the process ended with their shell. Instead of `RUN cd` take
# [WORKDIR](15_workdir.ipynb), instead of `export` take [ENV](10_env.ipynb), and a server is started by
# [CMD or ENTRYPOINT](12_cmd_entrypoint.ipynb), never by RUN.
#
# ## A layer keeps what it was given
#
# Here curl is installed, and the package lists are deleted afterwards, because nobody needs them any more.

# %% [markdown] lang="zh"
# 只有文件留了下来。目录、变量、进程都随着各自的 shell 结束了。不要写 `RUN cd`，用 [WORKDIR](15_workdir.ipynb)；
# 不要 `export`，用 [ENV](10_env.ipynb)；服务由 [CMD 或 ENTRYPOINT](12_cmd_entrypoint.ipynb) 启动，绝不是 RUN。
#
# ## 进了层就出不来
#
# 下面安装 curl，装完再把没人需要的软件包列表删掉。

# %%
# %%contextfile fat.Dockerfile
FROM debian
RUN apt-get update
RUN apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/*

# %% [markdown] lang="en"
# **Predict, then run.** Which of the three layers is the largest? How many bytes does the last one free?

# %% [markdown] lang="zh"
# **先猜再运行。** 三层里哪一层最大？最后一层省下多少字节？

# %%
# %%docker
docker build -q -f fat.Dockerfile -t fat .
docker history fat

# %% [markdown] lang="en"
# The lists take more room than curl with all that it needs, and the `rm` freed nothing. It only put a
# [whiteout](99_glossary.ipynb#whiteout) over them. The next picture names every path that lies in two layers or more, as the tool *dive* does, and
# counts what it costs:

# %% [markdown] lang="zh"
# 列表比 curl 连同依赖还大，而 `rm` 一个字节也没省下，只是用 [whiteout](99_glossary.ipynb#whiteout) 把它们遮住。下图像 *dive* 这个工具那样，
# 列出在两层以上出现的每个路径，并算出代价：

# %%
# %picture waste fat

# %% [markdown] lang="en"
# A layer holds what is different **at the end** of its step. What is made and removed in the same RUN is in no layer.
# So the three commands go into one RUN, joined with `&&`.

# %% [markdown] lang="zh"
# 层里保存的是一步**结束时**的变化。在同一条 RUN 里生成又删掉的东西，哪一层都没有。所以把三条命令用 `&&` 连成一条 RUN。

# %%
# %%contextfile lean.Dockerfile
FROM debian
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*

# %%
# %docker build -q -f lean.Dockerfile -t lean .

# %%
# %picture compare fat lean

# %% [markdown] lang="en"
# `--no-install-recommends` leaves out packages that are only useful company. On alpine, `apk add --no-cache curl` keeps no list in the first
# place.
#
# There is a second reason for `update` and `install` in one line. A RUN comes from the [cache](99_glossary.ipynb#cache) as long as
# its text is the same ([17 The build cache](17_cache.ipynb)). An `apt-get update` of its own may be months old when you add a package below it.
#
# Deleting is not the only way to pay twice. **Predict, then run.** How large does `chmod` make this image?

# %% [markdown] lang="zh"
# `--no-install-recommends` 不装那些只是“推荐”的软件包。在 alpine 上，`apk add --no-cache curl` 根本不留列表。
#
# 把 `update` 和 `install` 写在一行还有一个理由：只要文字没变，RUN 就直接取自[缓存](99_glossary.ipynb#cache)（见 [17 构建缓存](17_cache.ipynb)）。单独一行的
# `apt-get update` 可能是几个月前的，而你刚在下面加了一个包。
#
# 多占一份空间的不只是删除。**先猜再运行。** `chmod` 会让这个镜像变多大？

# %%
# %%contextfile twice.Dockerfile
FROM alpine
RUN truncate -s 20000000 /data.bin
RUN chmod 600 /data.bin

# %%
# %%docker
docker build -q -f twice.Dockerfile -t twice .
docker history twice

# %%
# %picture waste twice

# %% [markdown] lang="en"
# Owner and mode belong to the file, so the whole file was copied up into the second layer. One RUN for both, and it is there
# once.
#
# ## When a step fails
#
# A RUN that ends with another exit code than 0 ends the build. Of `a && b`, b runs only if a went well, and the code is
# that of the one that failed. Of `a; b` only the code of b counts. And a pipe?
#
# **Predict, then run.** There is no file `/wrods.txt`. Does the build fail?

# %% [markdown] lang="zh"
# 属主和权限是文件的一部分，所以整个文件被复制到了第二层。两件事写进一条 RUN，文件就只有一份。
#
# ## 步骤出错时
#
# RUN 的退出码不是 0，构建就此结束。`a && b` 里，a 成功才执行 b，退出码取出错的那个；`a; b` 只看 b 的退出码。那么管道呢？
#
# **先猜再运行。** 并没有 `/wrods.txt` 这个文件，构建会失败吗？

# %%
# %%dockerfile silent-pipe
FROM debian
RUN printf 'pear\napple\n' > /words.txt
RUN cat /wrods.txt | sort > /sorted.txt

# %% [markdown] lang="en"
# `cat` complained and nobody listened: the exit code of a pipe is that of its **last** command, and `sort` sorts nothing with
# success. The image is built, with an empty file in it. With the option `pipefail` every command of the pipe counts. bash
# has it, and so has the `sh` of alpine; dash has not.

# %% [markdown] lang="zh"
# `cat` 报了错，可没人理会：管道的退出码是**最后**一条命令的，而 `sort` 对着空输入也能成功。镜像照样构建出来，里面是个空文件。
# 打开 `pipefail` 选项后，管道里每条命令都算数。bash 有这个选项，alpine 的 `sh` 也有，dash 没有。

# %%
# %%dockerfile loud-pipe
FROM debian
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN printf 'pear\napple\n' > /words.txt
RUN cat /wrods.txt | sort > /sorted.txt

# %% [markdown] lang="en"
# ## Many lines: a heredoc
#
# Since 2022 (Dockerfile syntax 1.4) a RUN can take a whole script, without `&&` and `\`. It needs `set -e` at its top: without it, the
# script goes on after an error, and only the last command counts.

# %% [markdown] lang="zh"
# ## 很多行：heredoc
#
# 2022 年起（Dockerfile 语法 1.4），RUN 可以带一整段脚本，不用写 `&&` 和 `\`。开头要有 `set -e`：没有它，出错后脚本会继续往下走，
# 只有最后一条命令算数。

# %%
# %%dockerfile heredoc
FROM alpine
RUN <<EOF
set -e
mkdir /site
echo "<h1>Hello</h1>" > /site/index.html
chmod -R a+rX /site
EOF

# %% [markdown] lang="en"
# It is one RUN, so one layer. `RUN <<'EOF' bash` gives the script to bash instead; with the quotes around `EOF`, `/bin/sh` leaves every
# `$` in it alone.
#
# ## The notes say / today
#
# > The RUN instruction will execute any commands in a new layer on top of the current image and commit the results. The resulting committed
# > image will be used for the next step in the Dockerfile.
#
# and, in the notes' own words: every RUN makes docker execute a commit and gives an image. In 2018 that was so. The builder of that time can still
# be called: with `DOCKER_BUILDKIT=0`.

# %% [markdown] lang="zh"
# 它是一条 RUN，所以只有一层。`RUN <<'EOF' bash` 则把脚本交给 bash；给 `EOF` 加上引号，`/bin/sh` 就不会动里面的 `$`。
#
# ## 笔记的说法与今天
#
# > The RUN instruction will execute any commands in a new layer on top of the current image and commit the results. The resulting committed
# > image will be used for the next step in the Dockerfile.
# >
# > 每次执行一次RUN，docker就会执行commit命令生成一个镜像
#
# 2018 年的确如此。当年的构建器现在还能调用：加上 `DOCKER_BUILDKIT=0`。

# %%
# %%contextfile steps.Dockerfile
FROM alpine
RUN echo one > /one
RUN echo two > /two

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -f steps.Dockerfile -t steps-2018 .
docker build -f steps.Dockerfile -t steps-today .

# %% [markdown] lang="en"
# The older builder runs each step in a container, commits it, and removes it: every number after `--->` is an image. BuildKit, the default since
# Docker Engine 23.0 (February 2023), has no container and no image in between. It keeps the files of each step as a snapshot, and
# writes the layers when the image is complete. The layers are alike; only the histories tell who has built.

# %% [markdown] lang="zh"
# 旧构建器每一步启动一个容器，commit，再删掉容器：每个 `--->` 后面的编号都是一个镜像。BuildKit 从 Docker Engine 23.0（2023 年 2 月）起成为
# 默认，中间既没有容器也没有镜像：它把每一步的文件存成快照，镜像完成时才写出各层。两边的层一样，只有历史记录看得出是谁构建的。

# %%
# %%docker
docker history steps-2018
docker history steps-today

# %% [markdown] lang="en"
# ## Common mistakes
#
# **No backslash at the end of a line.** The next line is taken for an instruction.

# %% [markdown] lang="zh"
# ## 常见错误
#
# **行尾少了反斜杠。** 下一行会被当成一条指令。

# %%
# %%dockerfile no-backslash
FROM alpine
RUN mkdir /site
    && touch /site/index.html

# %% [markdown] lang="en"
# **A question that nobody answers.** Nobody sits at a build. `-y` says yes to apt beforehand.

# %% [markdown] lang="zh"
# **没人回答的提问。** 构建时没有人坐在旁边。`-y` 就是事先对 apt 说“是”。

# %%
# %%dockerfile no-answer
FROM debian
RUN apt-get update -qq && apt-get install curl

# %% [markdown] lang="en"
# **Quotes that are no JSON.** Curly or single quotes do not make the exec form. Docker takes the line for the shell form, and the shell
# looks for a program called `[echo,`.

# %% [markdown] lang="zh"
# **不是 JSON 的引号。** 弯引号或单引号写不出 exec 形式。Docker 会把这一行当作 shell 形式，而 shell 去找一个叫 `[echo,` 的程序。

# %%
# %%dockerfile no-json
FROM alpine
RUN ['echo', 'hello']

# %% [markdown] lang="en"
# ## Practice
#
# Not graded; try as often as you like. Build an image on `alpine` with the folders `/srv/css`, `/srv/js` and `/srv/img`, in **one** layer more than
# alpine has.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分，随便试多少次。以 `alpine` 为基础构建一个镜像，里面有目录 `/srv/css`、`/srv/js`、`/srv/img`，而且只比 alpine 多**一**层。

# %% bare=true
# %%dockerfile run-one-layer
FROM alpine

# %% bare=true
check("run-one-layer")

# %% bare=true
# %hint run-one-layer

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points.
#
# ### 1. Shrink an image (4 points)
#
# This image has 209 MB:
#
# ```dockerfile
# FROM debian
# RUN apt-get update
# RUN apt-get install -y curl
# RUN truncate -s 60000000 /tmp/dump
# RUN wc -c < /tmp/dump > /srv/size.txt
# RUN rm /tmp/dump
# RUN rm -rf /var/lib/apt/lists/*
# ```
#
# Write it so that it does the same work in at most 130 MB: `curl` can be called, and `/srv/size.txt` holds `60000000`, the size of the dump
# (which stands for a large download). Nothing may lie in its layers that a later layer hides.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。
#
# ### 1. 给镜像瘦身（4 分）
#
# 这个镜像有 209 MB：
#
# ```dockerfile
# FROM debian
# RUN apt-get update
# RUN apt-get install -y curl
# RUN truncate -s 60000000 /tmp/dump
# RUN wc -c < /tmp/dump > /srv/size.txt
# RUN rm /tmp/dump
# RUN rm -rf /var/lib/apt/lists/*
# ```
#
# 改写它，作用不变，大小不超过 130 MB：能调用 `curl`；`/srv/size.txt` 的内容是 `60000000`，也就是 dump 的大小（它代表一个很大的下载文件）。
# 各层里不能有被后面的层遮住的东西。

# %% nbgrader={"grade_id": "run-shrink", "solution": true}
# %%dockerfile run-shrink
### BEGIN SOLUTION
FROM debian
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN truncate -s 60000000 /tmp/dump && wc -c < /tmp/dump > /srv/size.txt && rm /tmp/dump
### END SOLUTION

# %% nbgrader={"grade_id": "run-shrink-check", "grade": true, "points": 4}
check("run-shrink")

# %% bare=true
# %hint run-shrink

# %% [markdown] lang="en"
# ### 2. A pipe that may fail (2.5 points)
#
# The [build context](99_glossary.ipynb#build-context) holds `fetch.sh`, a script for `sh` (not executable). It stands for a download and prints words, one a line. Build an image
# with the file `/sorted.txt`: what `fetch.sh` prints, sorted. If `fetch.sh` breaks off with an exit code other than 0, the build must fail. The check
# tries both, with other words too.

# %% [markdown] lang="zh"
# ### 2. 会出错的管道（2.5 分）
#
# [构建上下文](99_glossary.ipynb#build-context)里有 `fetch.sh`，一个给 `sh` 的脚本（没有可执行权限）。它代表一次下载，每行打印一个词。构建一个镜像，里面的 `/sorted.txt`
# 是 `fetch.sh` 的输出排好序的结果。如果 `fetch.sh` 中途断掉、退出码不是 0，构建必须失败。检查时两种情况都会试，词也会换。

# %% nbgrader={"grade_id": "run-pipe", "solution": true}
# %%dockerfile run-pipe
### BEGIN SOLUTION
FROM debian
COPY fetch.sh /
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN sh /fetch.sh | sort > /sorted.txt
### END SOLUTION

# %% nbgrader={"grade_id": "run-pipe-check", "grade": true, "points": 2.5}
check("run-pipe")

# %% bare=true
# %hint run-pipe

# %% [markdown] lang="en"
# ### 3. A file for bash (2.5 points)
#
# The build context holds `layout.bash`:
#
# ```
# # written for bash
# SITE=/srv/site
# mkdir -p $SITE/{css,js,img}
# ```
#
# Build an image in which this file has made its three folders, and `/where.txt` holds the value that the file gives to `SITE`. The check also
# builds with another `layout.bash`.

# %% [markdown] lang="zh"
# ### 3. 写给 bash 的文件（2.5 分）
#
# 构建上下文里有 `layout.bash`：
#
# ```
# # written for bash
# SITE=/srv/site
# mkdir -p $SITE/{css,js,img}
# ```
#
# 构建一个镜像：这个文件已经建好了那三个目录，`/where.txt` 里是它赋给 `SITE` 的值。检查时还会换一个 `layout.bash` 再构建。

# %% nbgrader={"grade_id": "run-source", "solution": true}
# %%dockerfile run-source
### BEGIN SOLUTION
FROM debian
COPY layout.bash /
RUN bash -c 'source /layout.bash && echo $SITE > /where.txt'
### END SOLUTION

# %% nbgrader={"grade_id": "run-source-check", "grade": true, "points": 2.5}
check("run-source")

# %% bare=true
# %hint run-source

# %% [markdown] lang="en"
# ### 4. What stays, what it costs (1 point)
#
# A base image has 80 MB, with a folder `/data` and the working directory `/`. `fetch` writes a file of 30 MB, `/data/film`. In the first three rows give the
# size of the whole image, in whole MB; in the last two, what the last RUN prints.
#
# * `a`: `RUN fetch`, then `RUN rm /data/film`
# * `b`: `RUN fetch && rm /data/film`
# * `c`: `RUN fetch`, then `RUN chmod 600 /data/film`
# * `d`: `RUN cd /data`, then `RUN pwd`
# * `e`: `RUN export MODE=fast`, then `RUN echo "mode:$MODE"`
#
# Copy this into the cell and put a value in the place of each `...`.
#
# ```
# run_stays = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": "...",
#     "e": "...",
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 什么留下，占多少（1 分）
#
# 一个基础镜像有 80 MB，里面有目录 `/data`，工作目录是 `/`。`fetch` 会写出一个 30 MB 的文件 `/data/film`。前三行填整个镜像的大小，整数 MB；
# 后两行填最后一条 RUN 打印的内容。
#
# * `a`：`RUN fetch`，然后 `RUN rm /data/film`
# * `b`：`RUN fetch && rm /data/film`
# * `c`：`RUN fetch`，然后 `RUN chmod 600 /data/film`
# * `d`：`RUN cd /data`，然后 `RUN pwd`
# * `e`：`RUN export MODE=fast`，然后 `RUN echo "mode:$MODE"`
#
# 把下面的内容抄进单元格，将每个 `...` 换成答案。
#
# ```
# run_stays = {
#     "a": ...,
#     "b": ...,
#     "c": ...,
#     "d": "...",
#     "e": "...",
# }
# ```

# %% nbgrader={"grade_id": "run-stays", "solution": true}
### BEGIN SOLUTION
run_stays = {
    "a": 110,
    "b": 80,
    "c": 140,
    "d": "/",
    "e": "mode:",
}
### END SOLUTION

# %% nbgrader={"grade_id": "run-stays-check", "grade": true, "points": 1}
check("run-stays")

# %% bare=true
# %hint run-stays

# %% [markdown] lang="en"
# ## Key points
#
# * RUN works at build time. Shell form is `/bin/sh -c`, which is not bash; exec form has no shell.
# * Each RUN is a new shell. Files stay; folder, variables and processes do not.
# * A layer holds what is different at the end of its step: clean up in the same RUN.
# * A pipe has the exit code of its last command. `pipefail` or no pipe, and `set -e` in a heredoc.
# * BuildKit commits nothing in between; the older builder did.
#
# Read on: [09 EXPOSE](09_expose.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * RUN 在构建时执行。shell 形式是 `/bin/sh -c`，它不是 bash；exec 形式没有 shell。
# * 每条 RUN 都是新的 shell：文件留下，当前目录、变量、进程都不留。
# * 层里是一步结束时的变化：要清理，就在同一条 RUN 里清理。
# * 管道的退出码是最后一条命令的：用 `pipefail` 或不用管道；heredoc 里写 `set -e`。
# * BuildKit 中途什么也不 commit；旧构建器才会。
#
# 接着读：[09 EXPOSE](09_expose.ipynb)。
