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
# * have an answer checked, and ask for a hint;
# * keep your work, and change the language.
#
# Reading 8 minutes, exercises 2 minutes. 用中文学习：打开 [zh/00_welcome.ipynb](../zh/00_welcome.ipynb)。

# %% [markdown] lang="zh"
# # 欢迎
#
# 这门课把 Docker 镜像拆开来看。你会构建镜像、运行容器，看到 Docker 平时藏起来的东西：层。
#
# 读完这一页，你会
#
# * 运行单元格，也会从头再来；
# * 在笔记本里输入 docker 命令、写 Dockerfile；
# * 检查自己的答案，也会要提示；
# * 保存自己的作业，切换语言。
#
# 阅读 8 分钟，习题 2 分钟。To read this in English, open [en/00_welcome.ipynb](../en/00_welcome.ipynb).

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
# A container is a program with its files. The lines below `%%docker run -i` are typed to its shell.

# %% [markdown] lang="zh"
# 容器就是一个程序连同它的文件。写在 `%%docker run -i` 下面的几行，等于敲给容器里的 shell。

# %%
# %%docker run -i alpine sh
echo "I am in the container"
ls /

# %% [markdown] lang="en"
# ## Pictures
#
# `%picture` draws what Docker keeps out of sight; by itself it lists what it can draw. Every picture is also plain text, and says no less there.

# %% [markdown] lang="zh"
# ## 图
#
# `%picture` 把 Docker 藏起来的东西画出来；单写 `%picture`，会列出能画哪些图。每张图都有纯文本的样子，内容一点不少。

# %%
# %picture stack greeting

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
# Files that a Dockerfile copies come from cells, too: `%%contextfile PATH` makes a cell into a file.

# %% [markdown] lang="zh"
# Dockerfile 要复制的文件也写在单元格里：`%%contextfile 路径` 把单元格变成一个文件。

# %%
# %%contextfile menu.txt
tea
cake

# %%
# %%dockerfile cafe
FROM alpine
COPY menu.txt /menu.txt
CMD ["cat", "/menu.txt"]

# %%
# %docker run cafe

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
# expected, what it found, and which line to look at. You can ask as often as you like. `%hint` gives a hint, each time it is run one more, up
# to three; the last one is nearly the answer. Nobody counts them.
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
# 想查几次都行。`%hint` 给一条提示，每运行一次多给一条，最多三条，最后一条几乎就是答案。看几条都不计数。
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

# %% bare=true
# %hint welcome-first

# %% [markdown] lang="en"
# Exercises under *Practice* are like this one, and never graded. The graded ones say their points.
#
# ## Keep your work
#
# Your answers stand in the notebooks. `%save_work` gathers those of all pages, and your progress, in one small file, `my-course-work.json`. `%bring_back` puts them
# into fresh pages: on Binder, in the browser or at home, in English or Chinese.
#
# * **On your own machine** the notebooks are kept when you save (Ctrl+S).
# * **On Binder** nothing is left when the session ends, and it ends after some minutes without a click. Save the pages, run `%save_work` in any cell, then click on
#   `my-course-work.json` in the list of files with the right button: *Download*. Next time, drag it from your machine into that list and run `%bring_back`.
# * **On the site that runs in the browser** saved pages stay in this browser, on this machine. Download the file of your work now and then.
# * **In a course** you hand in the notebook, or this file. The grader reads your answer cells only, so run or not, in whatever order, is all the same.
#
# Each notebook has images and containers of its own. They live as long as its kernel: after *Restart Kernel* there are none, and *Run All Cells* brings them back.
#
# ## The other language
#
# Every page is there in English and in Chinese: the folders `en` and `zh`. The cells are the same, so an answer can be copied from one to the other. The first
# cell of a page sets the language in which checks, pictures and explanations speak: `%course_language en` or `%course_language zh`. Docker's own messages stay in English, as with
# the real Docker.
#
# ## In a terminal
#
# *File > New > Terminal* opens a terminal (the site in the browser has none). There, `course docker` is the same simulated docker, with real folders as build context: `course docker build .` On
# Binder the word `docker` is enough. It is another engine: it does not know the images of your notebooks, nor they its own. Only the cells of a notebook are checked.
#
# ## Find your way
#
# The [map of the course](97_map.ipynb) shows all lessons, what each builds on, and how far you are. The words of the course are explained in the
# [glossary](99_glossary.ipynb). And one page says [where Docker differs from this simulator](98_differences.ipynb).
#
# Next: [01 Layers](01_layers.ipynb).

# %% [markdown] lang="zh"
# “练习”里的题都像这样，从不计分。计分的习题会写明分数。
#
# ## 保存作业
#
# 你的答案写在笔记本里。`%save_work` 把所有页面的答案和进度收进一个小文件 `my-course-work.json`；`%bring_back` 再把它们放回新的页面：
# Binder、浏览器版、自己的机器，中文或英文，都行。
#
# * **在自己的机器上**，保存（Ctrl+S）笔记本就留下了。
# * **在 Binder 上**，会话一结束就什么都没了，而几分钟不操作，会话就会结束。先保存页面，在任意单元格里运行 `%save_work`，再到左边的文件列表里右键点击
#   `my-course-work.json`，选“Download”。下次把这个文件从你的机器拖进列表，运行 `%bring_back`。
# * **在浏览器里运行的网站上**，保存过的页面留在这台机器的这个浏览器里。隔一段时间下载一次作业文件吧。
# * **在课堂上**，交笔记本，或者交这个文件。评分只读答案单元格，运行没运行、按什么顺序运行，都一样。
#
# 每个笔记本有自己的镜像和容器，和内核同生共死：“Restart Kernel”之后全没了，“Run All Cells”又会回来。
#
# ## 换一种语言
#
# 每一页都有英文和中文，分别在 `en` 和 `zh` 文件夹。单元格是一样的，答案可以在两边互相复制。每一页的第一个单元格决定检查、图和说明用哪种语言：
# `%course_language zh` 或 `%course_language en`。docker 自己的报错一律是英文，和真正的 Docker 一样。
#
# ## 在终端里
#
# “File > New > Terminal”打开一个终端（浏览器里的网站没有）。在那里，`course docker` 就是同一个模拟的 docker，构建上下文用的是真实的目录：`course docker build .`。在 Binder 上
# 直接写 `docker` 也行。不过那是另一个引擎：它不认得笔记本里的镜像，笔记本也不认得它的。检查只看笔记本里的单元格。
#
# ## 找路
#
# [课程地图](97_map.ipynb)列出所有的课、每课要先学什么、你学到了哪里。课程里的词在[术语表](99_glossary.ipynb)里有解释。
# 还有一页专门说明[真实的 Docker 与这个模拟器的不同](98_differences.ipynb)。
#
# 下一课：[01 层](01_layers.ipynb)。
