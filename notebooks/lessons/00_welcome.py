# %% [markdown] lang="en"
# # Welcome
#
# This course takes Docker images apart. You build images, run containers, and look at what
# Docker keeps out of sight: the layers.
#
# After this page you can
#
# * run a cell and start over;
# * type docker commands and write Dockerfiles in a notebook;
# * have an answer checked.
#
# 5 minutes. 用中文学习：打开 [zh/00_welcome.ipynb](../zh/00_welcome.ipynb)。

# %% [markdown] lang="zh"
# # 欢迎
#
# 这门课把 Docker 镜像拆开来看。你会构建镜像、运行容器，看到 Docker 平时藏起来的东西：层。
#
# 读完这一页，你会
#
# * 运行单元格，也会从头再来；
# * 在笔记本里输入 docker 命令、写 Dockerfile；
# * 让系统检查自己的答案。
#
# 大约 5 分钟。To read this in English, open [en/00_welcome.ipynb](../en/00_welcome.ipynb).

# %% [markdown] lang="en"
# ## Run a cell
#
# Click the cell below and press **Shift+Enter**. The first cell of this page must run before any
# other: it loads the course. *Run > Run All Cells* does it all in order, and *Kernel > Restart
# Kernel* starts over with nothing left behind.

# %% [markdown] lang="zh"
# ## 运行单元格
#
# 点一下下面的单元格，按 **Shift+Enter**。每一页的第一个单元格负责载入课程，要先运行它。
# 菜单“Run > Run All Cells”从头到尾全部运行；“Kernel > Restart Kernel”清空一切，重新开始。

# %%
# %docker images

# %% [markdown] lang="en"
# No images yet: only the heading of the list. There is no Docker on this machine, and none is needed. A simulator answers,
# in docker's own words. It builds images, runs containers and computes every size and digest; what it cannot do, it says.
#
# ## Docker commands
#
# A line that starts with `%docker` is a docker command.

# %% [markdown] lang="zh"
# 现在还没有镜像，所以只有表头。这台机器上没有 Docker，也不需要。回答你的是一个模拟器，用的是 docker 自己的
# 说法：它会构建镜像、运行容器，大小和摘要都是算出来的；做不到的事，它会直说。
#
# ## docker 命令
#
# 以 `%docker` 开头的一行就是一条 docker 命令。

# %%
# %docker run alpine echo hello

# %% [markdown] lang="en"
# Several commands go into one cell that begins with `%%docker`, one command a line.

# %% [markdown] lang="zh"
# 要连着执行几条命令，就写进以 `%%docker` 开头的单元格，一行一条。

# %%
# %%docker
docker run --name greeting alpine sh -c "echo hello > /hello.txt"
docker diff greeting
docker ps -a

# %% [markdown] lang="en"
# ## Dockerfiles
#
# `%%dockerfile NAME` builds what stands below it and calls the image `NAME`. You see docker's output,
# then a picture of the layers.

# %% [markdown] lang="zh"
# ## Dockerfile
#
# `%%dockerfile 名字` 会构建下面写的内容，并用这个名字称呼镜像。先看到 docker 的输出，再看到层的图。

# %%
# %%dockerfile hello
FROM alpine
RUN echo "made in layers" > /hello.txt
CMD ["cat", "/hello.txt"]

# %%
# %docker run hello

# %% [markdown] lang="en"
# A mistake breaks nothing. Docker's error comes first, then one line that says what to do.

# %% [markdown] lang="zh"
# 写错了也不会弄坏什么：先是 docker 的报错，再有一句话告诉你怎么办。

# %%
# %%dockerfile mistake
FROM alpine
RUM echo hello

# %% [markdown] lang="en"
# ## Exercises and checks
#
# An answer goes into the cell below the question, in the place of `# YOUR ANSWER HERE`; the first line, `%%...`, stays. Run it,
# then run the cell with `check(...)`: it starts from a clean state, looks only at your answer cell, and tells what it
# expected, what it found, and which line to look at. You can ask as often as you like.
#
# In the exercises an answer is a Dockerfile, docker commands, or one short value. A cell of docker commands works in a world
# of its own, the starting state of its exercise; to look around there, put a line such as `docker ps -a` at its end.
#
# **Try it.** Write a Dockerfile: `FROM alpine`, then a `RUN` that puts a file at `/me.txt`.

# %% [markdown] lang="zh"
# ## 习题和检查
#
# 答案写在题目下面的单元格里，替换掉 `# YOUR ANSWER HERE` 那一行；第一行 `%%...` 要留着。先运行它，再运行带
# `check(...)` 的单元格：检查总是从干净的状态开始，只看你的答案，告诉你它期待什么、看到了什么、该看哪一行。
# 想查几次都行。
#
# 习题的答案是一个 Dockerfile、几条 docker 命令，或者一个简短的值。写 docker 命令的答案单元格有自己的一方天地，
# 每次都从题目规定的初始状态开始；想在里面四处看看，就在末尾加一行，比如 `docker ps -a`。
#
# **试一试。** 写一个 Dockerfile：先 `FROM alpine`，再用一条 `RUN` 生成文件 `/me.txt`。

# %% nbgrader={"grade_id": "welcome-first", "solution": true}
# %%dockerfile welcome-first
### BEGIN SOLUTION
FROM alpine
RUN echo "hello, it is me" > /me.txt
### END SOLUTION

# %% nbgrader={"grade_id": "welcome-first-check", "grade": true, "points": 0}
check("welcome-first")

# %% [markdown] lang="en"
# ## Good to know
#
# * Each notebook has its own images and containers, and starts with none.
# * On Binder nothing is kept when the session ends. Download the notebook (*File > Download*) to keep your work.
#
# Next: [01 Layers](01_layers.ipynb).

# %% [markdown] lang="zh"
# ## 还要知道
#
# * 每个笔记本有自己的镜像和容器，刚打开时什么都没有。
# * Binder 的会话一结束，内容就没了。想保留就下载笔记本（“File > Download”）。
#
# 下一课：[01 层](01_layers.ipynb)。
