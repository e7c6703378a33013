# %% [markdown] lang="en"
# # 11 ADD and COPY
#
# After this lesson you can
#
# * copy files and folders to exactly the place where you want them;
# * keep out what does not belong into an image;
# * give copied files an owner and a mode;
# * unpack an archive with ADD, and say what ADD does not do.
#
# Reading 20 minutes, exercises 20 minutes. It follows *ADD or COPY* in the notes.

# %% [markdown] lang="zh"
# # 11 ADD 与 COPY
#
# 学完这一课，你能
#
# * 把文件和目录准确地复制到想要的位置；
# * 把不该进镜像的东西挡在外面；
# * 给复制的文件指定属主和权限；
# * 用 ADD 解开压缩包，并说出 ADD 不会做什么。
#
# 阅读 20 分钟，习题 20 分钟。对应笔记的“ADD or COPY”。

# %% [markdown] lang="en"
# ## From the context into a layer
#
# COPY takes files from the [build context](99_glossary.ipynb#build-context) and makes a [layer](99_glossary.ipynb#layer) of them. Here is a small project.

# %% [markdown] lang="zh"
# ## 从上下文到层
#
# COPY 从[构建上下文](99_glossary.ipynb#build-context)里取文件，做成一[层](99_glossary.ipynb#layer)。先准备一个小项目。

# %%
# %%host
echo 'flask' > requirements.txt
echo 'print("serving")' > app.py
mkdir -p static/css
echo '<h1>Shop</h1>' > static/index.html
echo 'h1 { color: teal }' > static/css/site.css
ls

# %% [markdown] lang="en"
# `%%host` is a shell on the simulated machine; its folder is the context. The notes' example, below a FROM:

# %% [markdown] lang="zh"
# `%%host` 是模拟机器上的一个 shell，它所在的目录就是上下文。下面是笔记里的例子，前面加上 FROM：

# %%
# %%dockerfile shop
FROM python:3.11-slim
COPY requirements.txt /tmp/
RUN pip install --requirement /tmp/requirements.txt
COPY . /tmp/

# %% [markdown] lang="en"
# Each COPY in one picture: which path of the context became which path of the image.

# %% [markdown] lang="zh"
# 每个 COPY 做了什么，看这张图：上下文里的哪个路径，变成了镜像里的哪个路径。

# %%
# %picture context shop

# %% [markdown] lang="en"
# Why two COPYs? `requirements.txt` alone comes first, so that a change in `app.py` does not repeat the installation. [17 The build cache](17_cache.ipynb) is about that.
#
# ## Where it lands
#
# | written | result |
# |---|---|
# | `COPY app.py /srv/` | into the folder: `/srv/app.py` |
# | `COPY app.py /srv/main` | the new name, if there is no such folder: `/srv/main` |
# | `COPY app.py main.py` | relative to WORKDIR |
# | `COPY app.py requirements.txt /srv/` | both into the folder |
# | `COPY static /srv/` | the **contents** of the folder |
#
# Folders that are missing are made.
#
# **Predict, then run.** Where is `site.css` after each line?

# %% [markdown] lang="zh"
# 为什么要写两个 COPY？先单独复制 `requirements.txt`，以后改了 `app.py` 就不用重新安装。[17 构建缓存](17_cache.ipynb)专门讲这个。
#
# ## 落在哪里
#
# | 写法 | 结果 |
# |---|---|
# | `COPY app.py /srv/` | 放进目录：`/srv/app.py` |
# | `COPY app.py /srv/main` | 没有同名目录时，就是新名字：`/srv/main` |
# | `COPY app.py main.py` | 相对于 WORKDIR |
# | `COPY app.py requirements.txt /srv/` | 两个都放进目录 |
# | `COPY static /srv/` | 目录里的**内容** |
#
# 缺少的目录会自动创建。
#
# **先猜再运行。** 每一行之后，`site.css` 在哪里？

# %%
# %%dockerfile landing
FROM alpine
COPY static /a/
COPY static /b/static/
COPY static/* /c/

# %%
# %picture context landing

# %% [markdown] lang="en"
# A folder gives its contents, not itself; to keep its name, write it in the destination. In the last line `*` gives `index.html` and the folder
# `css`, and that folder, too, gives only its contents: one level is gone.
#
# A wildcard stands for names in one folder: `*` any text, `?` one sign, `[a-c]` one of these.
#
# ## What stays out
#
# `COPY . /srv/` takes everything. A file named `.dockerignore` keeps things out of the context.

# %% [markdown] lang="zh"
# 复制目录，给出的是里面的内容，不是目录本身；要保留目录名，就写在目标里。最后一行的 `*` 匹配 `index.html` 和目录 `css`，而 `css` 给出的同样只是内容，于是少了一级。
#
# 通配符只匹配一个目录里的名字：`*` 是任意文字，`?` 是一个字符，`[a-c]` 是其中之一。
#
# ## 哪些留在外面
#
# `COPY . /srv/` 会带上所有东西。名叫 `.dockerignore` 的文件能把一些挡在上下文之外。

# %%
# %%host
echo 'TOKEN=tiger-4711' > .env
mkdir -p logs src
echo noise > logs/old.log
echo keep > logs/important.log
echo noise > src/debug.log

# %%
# %%contextfile .dockerignore
# one pattern a line
.env
**/*.log
!logs/important.log

# %%
# %%dockerfile ignoring
FROM alpine
COPY . /srv/

# %%
# %picture context ignoring

# %% [markdown] lang="en"
# * A pattern is meant from the root of the context: `.env` and `/.env` are the same, and `*.log` does not reach into folders. `**/` stands for any number of folders.
# * A folder that is kept out takes all below it along.
# * `!` lets in again. The last line that fits decides.
#
# ## Owner and mode
#
# **Predict, then run.** USER is `app`. Whose is the first copy?

# %% [markdown] lang="zh"
# * 模式从上下文的根目录算起：`.env` 和 `/.env` 是一回事，`*.log` 管不到子目录。`**/` 代表任意多层目录。
# * 挡住一个目录，下面的东西也一起挡住。
# * `!` 把东西放回来。最后一条匹配的行说了算。
#
# ## 属主和权限
#
# **先猜再运行。** USER 是 `app`。第一个副本归谁？

# %%
# %%dockerfile owners
FROM alpine
RUN adduser -D app
USER app
WORKDIR /home/app
COPY app.py a.py
COPY --chown=app:app app.py b.py
COPY --chown=app:app --chmod=750 app.py c.py
RUN ls -l

# %% [markdown] lang="en"
# Root's: USER has no say in COPY and ADD. `--chown` sets the owner, `--chmod` the mode. (Without them the mode of the file comes along.) A `RUN chown` would do it,
# too, but it writes every file a second time, into another layer.
#
# ## ADD unpacks local archives
#
# The notes: "the best use for `ADD` is local tar file auto-extraction into the image, as in `ADD rootfs.tar.xz /`." A rootfs is a whole file system. Let us export one
# from a container; a second container packs it.

# %% [markdown] lang="zh"
# 归 root：USER 管不到 COPY 和 ADD。`--chown` 指定属主，`--chmod` 指定权限。（不写的话，权限是从原文件带来的。）用 `RUN chown` 也能改，但会把每个文件再写一遍，放进另一层。
#
# ## ADD 会解开本地压缩包
#
# 笔记引用的官方说法：“the best use for `ADD` is local tar file auto-extraction into the image, as in `ADD rootfs.tar.xz /`.”（ADD 最适合的用途，是把本地的 tar 包自动解压到镜像里。）rootfs 就是一整个
# 文件系统。我们从一个容器导出一份，再用另一个容器压缩。

# %%
# %%host
docker create --name origin busybox
docker export -o rootfs.tar origin
docker run --rm -v .:/here -w /here buildpack-deps xz rootfs.tar
ls -l rootfs.tar.xz

# %%
# %%dockerfile from-rootfs
FROM scratch
ADD rootfs.tar.xz /
CMD ["echo", "a whole system from one archive"]

# %%
# %docker run --rm from-rootfs

# %% [markdown] lang="en"
# **Predict, then run.** The same with COPY?

# %% [markdown] lang="zh"
# **先猜再运行。** 换成 COPY 呢？

# %%
# %%dockerfile copied-rootfs
FROM scratch
COPY rootfs.tar.xz /
CMD ["echo", "a whole system from one archive"]

# %%
# %docker run --rm copied-rootfs

# %% [markdown] lang="en"
# COPY copies: the image holds one file, the archive. ADD looks at the content, not at the name: tar, plain or packed with gzip, bzip2 or xz, is unpacked; a zip is not.
#
# ## The notes say / today
#
# > ADD 有 `curl` ， `wget`和`tar -xf`的功能，可以直接从互联网上下载资源，或者直接从tar包中提取
#
# That is: ADD can do what `curl`, `wget` and `tar -xf` do; it can load from the internet, or unpack a tar. Both are true, but never of the same file: **what ADD downloads, it does not unpack.**
# The notes' example downloads Tomcat. As written, below a FROM:

# %% [markdown] lang="zh"
# COPY 只管复制：镜像里只有一个文件，就是那个压缩包。ADD 看的是内容，不是名字：tar 包，不管有没有用 gzip、bzip2、xz 压缩，都会解开；zip 不会。
#
# ## 笔记的说法与今天
#
# > ADD 有 `curl` ， `wget`和`tar -xf`的功能，可以直接从互联网上下载资源，或者直接从tar包中提取
#
# 两样都对，但不会用在同一个文件上：**ADD 下载来的东西，它不会解开。** 笔记的例子下载 Tomcat。加上 FROM，照抄运行：

# %%
# %%dockerfile tomcat-written
FROM eclipse-temurin
ADD http://mirror.bit.edu.cn/apache/tomcat/tomcat-8/v8.5.29/bin/apache-tomcat-8.5.29.tar.gz /usr/opt/tomcat8.5.tar.gz
RUN tar -xf /usr/opt/tomcat8.5.tar.gz /usr/share/tomcat8.5
RUN rm -rf /usr/opt/tomcat8.5.tar.gz

# %% [markdown] lang="en"
# There is no network here. With one, it would not help: mirrors keep only the newest versions, and 8.5.29 is of 2018. Suppose that the download had worked. A small
# archive stands in for it, and COPY for the download, for both leave a packed file:

# %% [markdown] lang="zh"
# 这里没有网络。有网络也没用：镜像站只保留最新的版本，而 8.5.29 是 2018 年的。假设下载成功了呢？用一个小压缩包代替 Tomcat，用 COPY 代替下载，反正得到的都是没解开的文件：

# %%
# %%host
mkdir -p apache-tomcat-8.5.29/bin
echo 'echo Tomcat started.' > apache-tomcat-8.5.29/bin/startup.sh
tar -czf apache-tomcat-8.5.29.tar.gz apache-tomcat-8.5.29

# %%
# %%dockerfile tomcat-downloaded
FROM eclipse-temurin
COPY apache-tomcat-8.5.29.tar.gz /usr/opt/tomcat8.5.tar.gz
RUN tar -xf /usr/opt/tomcat8.5.tar.gz /usr/share/tomcat8.5
RUN rm -rf /usr/opt/tomcat8.5.tar.gz

# %% [markdown] lang="en"
# The second mistake: a path at the end of `tar -xf` names what to take **out of** the archive. Where to put it is said by `-C`, and that folder must be there.

# %% [markdown] lang="zh"
# 第二个错误：`tar -xf` 末尾的路径，指的是要从压缩包里**取出**什么。解到哪里要用 `-C`，而且那个目录得先存在。

# %%
# %%dockerfile tomcat-hidden
FROM eclipse-temurin
COPY apache-tomcat-8.5.29.tar.gz /usr/opt/tomcat8.5.tar.gz
RUN mkdir /usr/share/tomcat8.5 && tar -xf /usr/opt/tomcat8.5.tar.gz -C /usr/share/tomcat8.5 --strip-components=1
RUN rm -rf /usr/opt/tomcat8.5.tar.gz

# %%
# %picture read tomcat-hidden /usr/opt/tomcat8.5.tar.gz

# %% [markdown] lang="en"
# It builds, and shows the third one: the archive is deleted, yet its layer stays in the image, hidden by a [whiteout](99_glossary.ipynb#whiteout). With a local archive, ADD does all of it in one layer:

# %% [markdown] lang="zh"
# 这回能构建，也露出了第三个错误：压缩包删掉了，可它那一层还在镜像里，只是被 [whiteout](99_glossary.ipynb#whiteout) 遮住。有本地压缩包的话，ADD 一层就全做完：

# %%
# %%dockerfile tomcat
FROM eclipse-temurin
ADD apache-tomcat-8.5.29.tar.gz /usr/share/
CMD ["sh", "/usr/share/apache-tomcat-8.5.29/bin/startup.sh"]

# %%
# %docker run --rm tomcat

# %% [markdown] lang="en"
# And with an address, one RUN downloads, unpacks and leaves nothing behind: `RUN curl -fSL ADDRESS | tar -xz -C /usr/share`. Since 2025 there is also `ADD --unpack=true ADDRESS`, for those with a new
# BuildKit.
#
# The notes quote the reason: COPY is preferred "because it’s more transparent than `ADD`", "while `ADD` has some features (like local-only tar extraction and remote URL support) that are not
# immediately obvious". You have just met them both. So the advice holds: **COPY by default**, since it only copies; ADD for a local archive.
#
# ## Common mistakes
#
# **The source lies outside the context.** `..` does not lead out of it: BuildKit looks for `/secret.txt` in the context. The older builder refuses.

# %% [markdown] lang="zh"
# 如果只有网址，一条 RUN 就能下载、解开，什么也不留下：`RUN curl -fSL 网址 | tar -xz -C /usr/share`。2025 年起，新版 BuildKit 还可以写 `ADD --unpack=true 网址`。
#
# 笔记引用的理由是：首选 COPY，“because it’s more transparent than `ADD`”，“while `ADD` has some features (like local-only tar extraction and remote URL support) that are not immediately
# obvious”。也就是说，COPY 做了什么一看便知；ADD 会解压本地的 tar、会下载，光看字面却看不出来。刚才这两样都碰到了。所以建议依然成立：**默认用 COPY**，因为它只管复制；有本地压缩包时用 ADD。
#
# ## 常见错误
#
# **源在上下文之外。** `..` 走不出上下文：BuildKit 会在上下文里找 `/secret.txt`；旧构建器直接拒绝。

# %%
# %%contextfile outside/Dockerfile
FROM alpine
COPY ../secret.txt /srv/

# %%
# %%docker
docker build -f outside/Dockerfile .
DOCKER_BUILDKIT=0 docker build -f outside/Dockerfile .

# %% [markdown] lang="en"
# **Several files and no folder.** `/srv2` does not exist and has no slash at its end.
#
# **Predict, then run.** What is `/srv2`?

# %% [markdown] lang="zh"
# **好几个文件，目标却不是目录。** `/srv2` 不存在，末尾也没有斜杠。
#
# **先猜再运行。** `/srv2` 是什么？

# %%
# %%contextfile several/Dockerfile
FROM alpine
COPY app.py requirements.txt /srv2
RUN cat /srv2

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -f several/Dockerfile .
docker build -f several/Dockerfile .

# %% [markdown] lang="en"
# The older builder says what is wrong. BuildKit writes one file over the other, and the last one is left. End a folder with a slash.
#
# **The file is there, but .dockerignore keeps it out.**

# %% [markdown] lang="zh"
# 旧构建器会指出问题；BuildKit 让后一个文件盖掉前一个，只剩最后一个。目标是目录，末尾就写上斜杠。
#
# **文件明明在，却被 .dockerignore 挡住了。**

# %%
# %%dockerfile kept-out
FROM alpine
COPY .env /srv/

# %% [markdown] lang="en"
# **COPY with an address.**

# %% [markdown] lang="zh"
# **COPY 一个网址。**

# %%
# %%dockerfile copied-address
FROM alpine
COPY http://example.com/app.py /srv/

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. The context holds `page.html`. On `alpine`, copy it to `/srv/index.html`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。上下文里有 `page.html`。以 `alpine` 为基础，把它复制成 `/srv/index.html`。

# %% bare=true
# %%dockerfile copy-page
# YOUR ANSWER HERE

# %% bare=true
check("copy-page")

# %% bare=true
# %hint copy-page

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a context of its own; the files of this page are not in it.
#
# ### 1. Everything in its place (3 points)
#
# The context:
#
# ```
# app.py
# requirements.txt
# static/index.html
# static/css/site.css
# conf/shop.conf.example
# notes/todo.txt
# notes/ideas/new.txt
# ```
#
# On `alpine`, build an image with exactly these files below `/srv`, and one more in `/etc`:
#
# ```
# /srv/app.py
# /srv/requirements.txt
# /srv/static/index.html
# /srv/static/css/site.css
# /etc/shop.conf             (it is conf/shop.conf.example)
# ```
#
# A file that is added to `static` later must come along.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的上下文，不包含这一页上的文件。
#
# ### 1. 各就各位（3 分）
#
# 上下文：
#
# ```
# app.py
# requirements.txt
# static/index.html
# static/css/site.css
# conf/shop.conf.example
# notes/todo.txt
# notes/ideas/new.txt
# ```
#
# 以 `alpine` 为基础构建镜像，`/srv` 下恰好有下面这些文件，另外 `/etc` 里有一个：
#
# ```
# /srv/app.py
# /srv/requirements.txt
# /srv/static/index.html
# /srv/static/css/site.css
# /etc/shop.conf             （就是 conf/shop.conf.example）
# ```
#
# 以后往 `static` 里加的文件也要能带上。

# %% nbgrader={"grade_id": "copy-layout", "solution": true}
# %%dockerfile copy-layout
### BEGIN SOLUTION
FROM alpine
COPY app.py requirements.txt /srv/
COPY static /srv/static/
COPY conf/shop.conf.example /etc/shop.conf
### END SOLUTION

# %% nbgrader={"grade_id": "copy-layout-check", "grade": true, "points": 3}
check("copy-layout")

# %% bare=true
# %hint copy-layout

# %% [markdown] lang="en"
# ### 2. Unpacked, without the package (2 points)
#
# The context holds the archive `site.tar`, and in it `site/index.html` and `site/css/site.css`. On `alpine`, build an image with the files `/srv/site/index.html` and `/srv/site/css/site.css`. The archive itself must
# be in no layer, not even hidden.

# %% [markdown] lang="zh"
# ### 2. 只要里面的东西（2 分）
#
# 上下文里有压缩包 `site.tar`，里面是 `site/index.html` 和 `site/css/site.css`。以 `alpine` 为基础构建镜像，其中有 `/srv/site/index.html` 和 `/srv/site/css/site.css`。任何一层里都不能有压缩包本身，遮住的也不行。

# %% nbgrader={"grade_id": "copy-archive", "solution": true}
# %%dockerfile copy-archive
### BEGIN SOLUTION
FROM alpine
ADD site.tar /srv/
### END SOLUTION

# %% nbgrader={"grade_id": "copy-archive-check", "grade": true, "points": 2}
check("copy-archive")

# %% bare=true
# %hint copy-archive

# %% [markdown] lang="en"
# ### 3. What stays out (2.5 points)
#
# The context:
#
# ```
# app.py
# src/main.js
# src/debug.log
# src/node_modules/left/index.js
# logs/old.log
# logs/important.log
# node_modules/pad/index.js
# .env
# ```
#
# The Dockerfile says `COPY . /srv/`. Write the `.dockerignore`: the file `.env`, all folders named `node_modules` and all files that end in `.log` stay out, in every folder. Only `logs/important.log` comes along, and everything else does.

# %% [markdown] lang="zh"
# ### 3. 哪些留在外面（2.5 分）
#
# 上下文：
#
# ```
# app.py
# src/main.js
# src/debug.log
# src/node_modules/left/index.js
# logs/old.log
# logs/important.log
# node_modules/pad/index.js
# .env
# ```
#
# Dockerfile 里写的是 `COPY . /srv/`。请写 `.dockerignore`：文件 `.env`、所有叫 `node_modules` 的目录、所有以 `.log` 结尾的文件，不管在哪个目录都留在外面。只有 `logs/important.log` 例外，要带上；其余的都要带上。

# %% nbgrader={"grade_id": "copy-ignore", "solution": true}
# %%contextfile .dockerignore --answer copy-ignore
### BEGIN SOLUTION
.env
**/node_modules
**/*.log
!logs/important.log
### END SOLUTION

# %% nbgrader={"grade_id": "copy-ignore-check", "grade": true, "points": 2.5}
check("copy-ignore")

# %% bare=true
# %hint copy-ignore

# %% [markdown] lang="en"
# ### 4. Whose file is it? (2.5 points)
#
# You start with an image `team`: alpine, with the user `app` (1000:1000) and `USER app`. The context holds the script `run.sh`, which nobody may execute (0644).
#
# Build an image from `team`. `/srv/run.sh` belongs to `app` and the group `app`, `docker run IMAGE /srv/run.sh` prints `app runs /srv/run.sh`, and only one layer holds the file.

# %% [markdown] lang="zh"
# ### 4. 文件归谁？（2.5 分）
#
# 一开始有镜像 `team`：alpine，带用户 `app`（1000:1000），写着 `USER app`。上下文里有脚本 `run.sh`，没有可执行权限（0644）。
#
# 请以 `team` 为基础构建镜像：`/srv/run.sh` 属于用户 `app` 和组 `app`，`docker run IMAGE /srv/run.sh` 打印 `app runs /srv/run.sh`，而且只有一层里有这个文件。

# %% nbgrader={"grade_id": "copy-owner", "solution": true}
# %%dockerfile copy-owner
### BEGIN SOLUTION
FROM team
COPY --chown=app:app --chmod=755 run.sh /srv/run.sh
### END SOLUTION

# %% nbgrader={"grade_id": "copy-owner-check", "grade": true, "points": 2.5}
check("copy-owner")

# %% bare=true
# %hint copy-owner

# %% [markdown] lang="en"
# ## Key points
#
# * COPY takes from the context and from nowhere else. A folder gives its contents; a slash at the end means "into this folder".
# * `.dockerignore` keeps files out of the context; the last line that fits decides.
# * Copies belong to root, whatever USER says; `--chown` and `--chmod` change that without another layer.
# * ADD unpacks a local tar. What it downloads it does not unpack. COPY for everything else.
#
# Next: [12 CMD and ENTRYPOINT](12_cmd_entrypoint.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * COPY 只从上下文里取文件。复制目录给出的是里面的内容；目标末尾的斜杠表示“放进这个目录”。
# * `.dockerignore` 把文件挡在上下文之外，最后一条匹配的行说了算。
# * 复制来的文件归 root，跟 USER 无关；`--chown`、`--chmod` 可以改，而且不多加层。
# * ADD 会解开本地的 tar 包；下载来的不会解开。其余情况都用 COPY。
#
# 下一课：[12 CMD 与 ENTRYPOINT](12_cmd_entrypoint.ipynb)。
