# %% [markdown] lang="en"
# # 13 VOLUME
#
# After this lesson you can
#
# * say where the data of a container really lies: in a layer, in a volume, or in a folder of the host;
# * keep data while you replace the container that wrote it;
# * say what VOLUME in a Dockerfile does, and what it cannot do;
# * find out why a file that the build wrote is missing.
#
# Reading 15 minutes, exercises 20 minutes. It follows *VOLUME* in the notes.

# %% [markdown] lang="zh"
# # 13 VOLUME
#
# 学完这一课，你能
#
# * 说出容器的数据究竟在哪里：某一层里、数据卷里，还是宿主机的目录里；
# * 换掉写数据的容器，数据照样留下；
# * 说出 Dockerfile 里的 VOLUME 做什么、做不到什么；
# * 查明构建时写的文件为什么不见了。
#
# 阅读 15 分钟，习题 20 分钟。对应笔记的“VOLUME 挂载”。

# %% [markdown] lang="en"
# ## Data beside the layers
#
# What a container writes lies in its [writable layer](99_glossary.ipynb#writable-layer), and goes with it. The notes: once the container is deleted or lost, its data
# can hardly be found again, so the data that must last (the files of a database, the cache of a Redis) belongs into an area of its own, which is mounted into the container.
#
# There are three kinds of such an area:
#
# | written | what it is |
# |---|---|
# | `-v orders:/data` | a [volume](99_glossary.ipynb#volume) with a name: a folder that Docker keeps |
# | `-v /cache`, or VOLUME in the image | an [anonymous volume](99_glossary.ipynb#anonymous-volume): Docker makes up the name |
# | `-v ./conf:/conf:ro` | a [bind mount](99_glossary.ipynb#bind-mount): a folder of the host, here read only |
#
# (Before Docker 23.0 a folder of the host had to be written whole: `-v "$PWD"/conf:/conf`.)

# %% [markdown] lang="zh"
# ## 层之外的数据
#
# 容器写的东西在[可写层](99_glossary.ipynb#writable-layer)里，随容器一起消失。笔记说：
#
# > 由于容器内数据和服务是隔离的，也就导致容器内的数据会随着容器存在，一旦删除或者丢失容器，容器内的数据基本无法找回
#
# 所以数据库的数据文件、Redis 的缓存这类要留下的数据，应当放在容器之外的地方，再挂载进来。这样的地方有三种：
#
# | 写法 | 是什么 |
# |---|---|
# | `-v orders:/data` | 有名字的[数据卷](99_glossary.ipynb#volume)：由 Docker 保管的目录 |
# | `-v /cache`，或者镜像里的 VOLUME | [匿名数据卷](99_glossary.ipynb#anonymous-volume)：名字由 Docker 随便起 |
# | `-v ./conf:/conf:ro` | [绑定挂载](99_glossary.ipynb#bind-mount)：宿主机的目录，这里是只读的 |
#
# （Docker 23.0 之前，宿主机的目录要写完整路径：`-v "$PWD"/conf:/conf`。）

# %%
# %%host
mkdir conf
echo 'currency = EUR' > conf/shop.conf
docker run -d --name shop -v orders:/data -v /cache -v ./conf:/conf:ro alpine sleep 1000
docker exec shop sh -c 'echo "3 pears" > /data/today; echo "half a page" > /cache/page; echo bye > /note'

# %%
# %picture mounts shop

# %% [markdown] lang="en"
# Whatever lies over the layers is no part of them: `docker diff` does not see it, and so a commit does not take it along.
#
# **Predict, then run.** Which of the three files that the shell wrote does the diff name?

# %% [markdown] lang="zh"
# 盖在层上面的东西不属于任何一层：`docker diff` 看不到，commit 也就带不走。
#
# **先猜再运行。** shell 写的三个文件，diff 会列出哪几个？

# %%
# %docker diff shop

# %% [markdown] lang="en"
# Only `/note`. Of the mounts it knows the empty folders on which they stand, and [a commit](02_commit.ipynb) gives no more than these:

# %% [markdown] lang="zh"
# 只有 `/note`。至于挂载，它只知道垫在下面的那几个空目录。[commit](02_commit.ipynb) 出来的也只有这些：

# %%
# %%docker
docker commit shop shop-saved
docker run --rm shop-saved ls /note /data /cache /conf

# %% [markdown] lang="en"
# ## VOLUME in a Dockerfile
#
# ```dockerfile
# VOLUME dir
# VOLUME ["dir1","dir2"]
# VOLUME dir1 dir2
# ```
#
# It notes in the config: these paths shall be volumes. The notes' example, as it stands:

# %% [markdown] lang="zh"
# ## Dockerfile 里的 VOLUME
#
# ```dockerfile
# VOLUME dir
# VOLUME ["dir1","dir2"]
# VOLUME dir1 dir2
# ```
#
# 它在配置里记下一笔：这些路径要做成数据卷。笔记的例子，照原样：

# %%
# %%dockerfile notes-volume
FROM ubuntu
RUN mkdir /mydata
RUN echo "hello world" > /mydata/data1
VOLUME /mydata

# %% [markdown] lang="en"
# VOLUME has made no layer and no volume. The volume comes with the container.
#
# **Predict, then run.** Two containers of this image, both without `-v`. The first one adds a line to `data1`. What does the second one read, and how many volumes are there afterwards?
# (`orders` and the one at `/cache` are there already.)

# %% [markdown] lang="zh"
# VOLUME 没有产生层，也没有产生数据卷。数据卷要等容器来了才有。
#
# **先猜再运行。** 用这个镜像启动两个容器，都不带 `-v`。第一个往 `data1` 里加一行。第二个会读到什么？之后一共有几个数据卷？（`orders` 和 `/cache` 那个已经在了。）

# %%
# %%docker
docker run --name first notes-volume sh -c "echo more >> /mydata/data1; cat /mydata/data1"
docker run --name second notes-volume cat /mydata/data1
docker volume ls

# %% [markdown] lang="en"
# Each container got an empty volume of its own, and Docker filled it with what the image has at that path. This is done once, when an **empty volume** is mounted for the first time.
#
# So the data of `first` is safe from `docker rm`, but who knows its name?

# %% [markdown] lang="zh"
# 每个容器都得到一个自己的空数据卷，Docker 再把镜像在这个路径上的内容填进去。只在**空的数据卷**第一次挂载时填这一次。
#
# 所以 `docker rm first` 之后数据还在，可谁记得它叫什么？

# %%
# %%docker
docker inspect -f "{{range .Mounts}}{{.Name}}{{end}}" first
docker rm first
docker rm -v second
docker volume ls

# %% [markdown] lang="en"
# `rm` leaves an anonymous volume behind, a lost child of 64 digits. `rm -v` takes it along, and `docker run --rm` does the same. A volume with a name stays in all of these cases.
#
# ## The way to keep data
#
# A name makes an anonymous volume into one that you find again: `-v NAME:PATH`, with the path that VOLUME names. The container can be replaced, also by one of a newer image.

# %% [markdown] lang="zh"
# `rm` 会把匿名数据卷留下来，成了一个只有 64 位编号的弃儿。`rm -v` 连它一起删，`docker run --rm` 也一样。有名字的数据卷，这几种情况下都会留下。
#
# ## 留住数据的办法
#
# 起个名字，匿名的就成了找得回来的：`-v 名字:路径`，路径就是 VOLUME 写的那个。容器可以随便换，换成新镜像的也行。

# %%
# %%docker
docker run --rm -v mydata:/mydata notes-volume sh -c "echo from the first >> /mydata/data1"
docker run --rm -v mydata:/mydata notes-volume sh -c "echo from the second >> /mydata/data1"
docker run --rm -v mydata:/mydata:ro alpine cat /mydata/data1

# %% [markdown] lang="en"
# **Predict, then run.** A newer image brings another `data1`. What does its container see in the volume `mydata`, and what in a new one?

# %% [markdown] lang="zh"
# **先猜再运行。** 新版镜像带来了另一个 `data1`。它的容器在数据卷 `mydata` 里看到什么？在一个新的数据卷里又看到什么？

# %%
# %%dockerfile notes-volume:2
FROM ubuntu
RUN mkdir /mydata
RUN echo "hello from version 2" > /mydata/data1
VOLUME /mydata

# %%
# %%docker
docker run --rm -v mydata:/mydata notes-volume:2 cat /mydata/data1
docker run --rm -v brandnew:/mydata notes-volume:2 cat /mydata/data1

# %% [markdown] lang="en"
# The volume was not empty, so nothing is filled in, and it hides what the new image has there. Data belongs into a volume, the program does not.
#
# A bind mount is never filled. What the folder of the host holds is what there is, even if that is nothing:

# %% [markdown] lang="zh"
# 数据卷不是空的，就什么也不填；它还会挡住新镜像在那里的内容。数据卷里放数据，别放程序。
#
# 绑定挂载则从来不填。宿主机目录里有什么就是什么，哪怕什么也没有：

# %%
# %%host
mkdir empty
docker run --rm -v ./empty:/mydata notes-volume ls -l /mydata

# %% [markdown] lang="en"
# ## After VOLUME, on both builders
#
# **Predict, then run.** One file is written before VOLUME, one by a RUN after it, one by a COPY after it. Which ones does a container find? First with the builder of the notes' time.

# %% [markdown] lang="zh"
# ## VOLUME 之后再写，两种构建器
#
# **先猜再运行。** 一个文件写在 VOLUME 之前，一个由后面的 RUN 写，一个由后面的 COPY 写。容器里会有哪几个？先用笔记那个年代的构建器。

# %%
# %%contextfile copied
by COPY

# %%
# %%contextfile after.Dockerfile
FROM alpine
RUN mkdir /data && echo "before" > /data/before
VOLUME /data
RUN echo "by RUN" > /data/ran && ls /data
COPY copied /data/

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -f after.Dockerfile -t after:older .
docker run --rm after:older ls /data

# %% [markdown] lang="en"
# `ran` was there while its step ran, and is missing from the image. The older builder runs each RUN in a container, and this container already has a volume at `/data`:
# the file went into it, and the volume was thrown away with the container. A COPY needs no container, so its file stays. No error, no warning.
#
# BuildKit mounts no volume while it builds:

# %% [markdown] lang="zh"
# `ran` 在那一步运行时明明在，镜像里却没有。旧构建器的每条 RUN 都在一个容器里执行，而这个容器的 `/data` 已经是数据卷：文件写了进去，然后数据卷跟容器一起被扔掉。
# COPY 用不着容器，它的文件就留下了。没有报错，也没有警告。
#
# BuildKit 构建时不挂载数据卷：

# %%
# %%docker
docker build -q -f after.Dockerfile -t after:buildkit .
docker run --rm after:buildkit ls /data

# %% [markdown] lang="en"
# BuildKit became the default with Docker Engine 23.0 (February 2023). A Dockerfile that shall work everywhere prepares the folder first (files, owner, mode) and says VOLUME last.
#
# ## The notes say / today
#
# The heading says 挂载, "mount", and the text that the data area is to be mounted into the container. VOLUME alone does only half of that: it gives **every** container a fresh volume. What makes data
# last is the name at `docker run`, and for that no VOLUME is needed. VOLUME is a note for the users of the image, "here lies the data", and a safety net for those who forget `-v`.
#
# The notes' three forms name the paths without a slash in front. Docker takes that:

# %% [markdown] lang="zh"
# 从 Docker Engine 23.0（2023 年 2 月）起，BuildKit 成为默认。想让 Dockerfile 到处都能用，就先把目录准备好（文件、属主、权限），最后再写 VOLUME。
#
# ## 笔记的说法与今天
#
# 笔记的标题是“VOLUME 挂载”，说要把持久化的数据区“挂载到容器内部”。光有 VOLUME，只做到了一半：它给**每个**容器一个全新的数据卷。真正让数据留下来的，是 `docker run` 时写的名字，
# 而写名字并不需要 VOLUME。VOLUME 是写给使用镜像的人看的：“数据放在这里”；对忘了写 `-v` 的人，它是一张安全网。
#
# 笔记的三种写法里，路径前面都没有斜杠。Docker 也收：

# %%
# %%dockerfile three-forms
FROM alpine
WORKDIR /srv
VOLUME dir
VOLUME ["dir1","dir2"]
VOLUME dir1 dir2

# %%
# %%docker
docker inspect -f "{{json .Config.Volumes}}" three-forms
docker run --rm three-forms ls -d /dir /dir1 /dir2

# %% [markdown] lang="en"
# But it counts from `/`, not from WORKDIR. Write the slash: `VOLUME /srv/dir`.
#
# ## Common mistakes
#
# **VOLUME with a path of the host.** An image knows nothing of the machine on which it will run, so VOLUME cannot name a folder there. The line is one path, with a colon in it.

# %% [markdown] lang="zh"
# 但它从 `/` 算起，不是从 WORKDIR 算起。还是写上斜杠：`VOLUME /srv/dir`。
#
# ## 常见错误
#
# **在 VOLUME 里写宿主机的路径。** 镜像不知道自己将来在哪台机器上运行，所以 VOLUME 没法指定那里的目录。这一行只是一个路径，里面恰好有个冒号。

# %%
# %%dockerfile host-path
FROM alpine
VOLUME ./conf:/conf

# %%
# %%docker
docker inspect -f "{{json .Config.Volumes}}" host-path
docker run --rm host-path ls /conf
docker run --rm -v ./conf:/conf host-path ls /conf

# %% [markdown] lang="en"
# **Quotes that are no JSON.** Curly or single quotes do not make the list form. The two paths become one odd path, and there is no error.

# %% [markdown] lang="zh"
# **不是 JSON 的引号。** 弯引号、单引号写不出列表形式。两个路径变成一个怪路径，而且不报错。

# %%
# %%dockerfile curly-volume
FROM alpine
VOLUME [“/dir1”,“/dir2”]

# %%
# %docker inspect -f "{{json .Config.Volumes}}" curly-volume

# %% [markdown] lang="en"
# **A typing error on the left of `-v`.** Without a slash it is the name of a volume, which is made if it is new; with `./` in front it is a folder, which is made, too. Both times the container finds nothing. `--mount` is stricter.

# %% [markdown] lang="zh"
# **`-v` 左边打错了字。** 没有斜杠就是数据卷的名字，没有就新建一个；前面有 `./` 就是目录，没有也新建一个。两种情况下容器里都是空的。`--mount` 更严格。

# %%
# %%docker
docker run --rm -v conff:/conf alpine ls /conf
docker run --rm -v ./conff:/conf alpine ls /conf
docker run --rm --mount type=bind,source=./confff,target=/conf alpine ls /conf
docker volume ls -q

# %% [markdown] lang="en"
# **Cleaning up too much.** Since Docker 23.0 `docker volume prune` takes only the anonymous volumes that no container uses; before, it took those with a name as well. With `-a` it still does.

# %% [markdown] lang="zh"
# **清理过头。** 从 Docker 23.0 起，`docker volume prune` 只删没有容器在用的匿名数据卷；以前连有名字的也删。加上 `-a`，现在也还是这样。

# %%
# %%docker
docker volume prune -f
docker volume prune -a -f
docker volume ls

# %% [markdown] lang="en"
# What `shop` uses is left, the rest is gone: `mydata`, too.
#
# ## Practice
#
# Not graded. On `alpine`, build an image that declares the volume `/mydata`. A container without any `-v` finds the file `/mydata/data1` in it, with the line `hello world`.

# %% [markdown] lang="zh"
# 只剩 `shop` 在用的，别的都没了，`mydata` 也没了。
#
# ## 练习
#
# 不计分。以 `alpine` 为基础构建镜像，声明数据卷 `/mydata`。不带 `-v` 启动的容器，能在里面找到文件 `/mydata/data1`，内容是一行 `hello world`。

# %% bare=true
# %%dockerfile volume-first
# YOUR ANSWER HERE

# %% bare=true
check("volume-first")

# %% bare=true
# %hint volume-first

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a machine of its own; nothing of this page is on it.
#
# ### 1. A new version, the old data (3.5 points)
#
# There are two images, `counter:1` and `counter:2`. Both have `VOLUME /data`; started without a command, each writes one line into `/data/log.txt`, `version 1 was here` or `version 2 was here`.
#
# With docker commands: run version 1, remove its container, then run version 2 in a container named `new`. In `new`, `/data/log.txt` holds both lines, and it lies in a volume named `log`. At the end there is no other container
# and no other volume.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的机器，这一页上的东西都不在那里。
#
# ### 1. 换新版本，留旧数据（3.5 分）
#
# 有两个镜像 `counter:1` 和 `counter:2`。两个都写了 `VOLUME /data`；不带命令启动，就往 `/data/log.txt` 里写一行：`version 1 was here` 或 `version 2 was here`。
#
# 用 docker 命令：运行版本 1，删掉它的容器，再用名叫 `new` 的容器运行版本 2。在 `new` 里，`/data/log.txt` 有这两行，而且它在名叫 `log` 的数据卷里。最后不留别的容器，也不留别的数据卷。

# %% nbgrader={"grade_id": "volume-upgrade", "solution": true}
# %%docker --answer volume-upgrade
### BEGIN SOLUTION
docker run --rm -v log:/data counter:1
docker run --name new -v log:/data counter:2
### END SOLUTION

# %% nbgrader={"grade_id": "volume-upgrade-check", "grade": true, "points": 3.5}
check("volume-upgrade")

# %% bare=true
# %hint volume-upgrade

# %% [markdown] lang="en"
# ### 2. The missing page (2.5 points)
#
# A friend builds this with an older Docker (`DOCKER_BUILDKIT=0`) and complains: no page, and `app` may not write there.
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app && mkdir /site
# VOLUME /site
# RUN echo "Welcome" > /site/page
# RUN chown -R app:app /site
# USER app
# ```
#
# Write it so that both builders make an image whose containers find a volume at `/site`, with the page in it, all of it owned by `app`.

# %% [markdown] lang="zh"
# ### 2. 不见了的网页（2.5 分）
#
# 朋友用旧的 Docker（`DOCKER_BUILDKIT=0`）构建下面的文件，抱怨说：网页没有了，`app` 也写不进去。
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app && mkdir /site
# VOLUME /site
# RUN echo "Welcome" > /site/page
# RUN chown -R app:app /site
# USER app
# ```
#
# 改写它，让两种构建器做出的镜像都一样好：容器的 `/site` 是数据卷，里面有网页，全都归 `app`。

# %% nbgrader={"grade_id": "volume-older", "solution": true}
# %%dockerfile volume-older
### BEGIN SOLUTION
FROM alpine
RUN adduser -D app && mkdir /site
RUN echo "Welcome" > /site/page && chown -R app:app /site
VOLUME /site
USER app
### END SOLUTION

# %% nbgrader={"grade_id": "volume-older-check", "grade": true, "points": 2.5}
check("volume-older")

# %% bare=true
# %hint volume-older

# %% [markdown] lang="en"
# ### 3. A folder of the host (2 points)
#
# In the current folder of the host there is a folder `site` with `index.html`. With docker commands, start a container named `web` from `nginx`, in the background, that serves this folder: nginx looks in `/usr/share/nginx/html`. When
# the page is edited on the host, the container shows the new one at once, and the container itself cannot change it.

# %% [markdown] lang="zh"
# ### 3. 宿主机的目录（2 分）
#
# 宿主机的当前目录里有一个目录 `site`，里面是 `index.html`。用 docker 命令在后台启动一个名叫 `web` 的 `nginx` 容器，让它提供这个目录里的网页：nginx 看的是 `/usr/share/nginx/html`。
# 在宿主机上改了网页，容器里立刻就是新的；而容器自己改不了它。

# %% nbgrader={"grade_id": "volume-host", "solution": true}
# %%docker --answer volume-host
### BEGIN SOLUTION
docker run -d --name web -v ./site:/usr/share/nginx/html:ro nginx
### END SOLUTION

# %% nbgrader={"grade_id": "volume-host-check", "grade": true, "points": 2}
check("volume-host")

# %% bare=true
# %hint volume-host

# %% [markdown] lang="en"
# ### 4. Is it still there? (2 points)
#
# The image says `VOLUME /data`. A container `box` of it is started with the options given, and writes `/data/file`. Then the commands follow. Is the file still to be had afterwards? `"yes"` or `"no"`.
#
# * `a`: `-d -v keep:/data`, then `docker rm -f box`
# * `b`: `-d -v keep:/data`, then `docker rm -f -v box`
# * `c`: `-d`, then `docker rm -f box`
# * `d`: `-d`, then `docker rm -f -v box`
# * `e`: `-d --rm`, then `docker stop box`
# * `f`: `-d -v keep:/data`, then `docker rm -f box` and `docker volume prune -f` (Docker 29)
# * `g`: `-d --tmpfs /data`, then `docker restart box`
# * `h`: `-d`, then `docker commit box saved`. Is the file in a container of `saved`?
#
# Copy this into the cell and put `"yes"` or `"no"` in the place of each `"..."`.
#
# ```
# volume_fate = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": "...",
#     "g": "...",
#     "h": "...",
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 还在吗？（2 分）
#
# 镜像里写着 `VOLUME /data`。用给出的选项启动它的容器 `box`，容器写下 `/data/file`，然后执行后面的命令。之后这个文件还拿得到吗？填 `"yes"` 或 `"no"`。
#
# * `a`：`-d -v keep:/data`，然后 `docker rm -f box`
# * `b`：`-d -v keep:/data`，然后 `docker rm -f -v box`
# * `c`：`-d`，然后 `docker rm -f box`
# * `d`：`-d`，然后 `docker rm -f -v box`
# * `e`：`-d --rm`，然后 `docker stop box`
# * `f`：`-d -v keep:/data`，然后 `docker rm -f box` 和 `docker volume prune -f`（Docker 29）
# * `g`：`-d --tmpfs /data`，然后 `docker restart box`
# * `h`：`-d`，然后 `docker commit box saved`。用 `saved` 启动的容器里有这个文件吗？
#
# 把下面的内容抄进单元格，将每个 `"..."` 换成 `"yes"` 或 `"no"`。
#
# ```
# volume_fate = {
#     "a": "...",
#     "b": "...",
#     "c": "...",
#     "d": "...",
#     "e": "...",
#     "f": "...",
#     "g": "...",
#     "h": "...",
# }
# ```

# %% nbgrader={"grade_id": "volume-fate", "solution": true}
### BEGIN SOLUTION
volume_fate = {
    "a": "yes",
    "b": "yes",
    "c": "yes",
    "d": "no",
    "e": "no",
    "f": "yes",
    "g": "no",
    "h": "no",
}
### END SOLUTION

# %% nbgrader={"grade_id": "volume-fate-check", "grade": true, "points": 2}
check("volume-fate")

# %% bare=true
# %hint volume-fate

# %% [markdown] lang="en"
# ## Key points
#
# * Data that must last lies beside the layers: in a volume, or in a folder of the host. Diff and commit do not see it.
# * VOLUME gives every container a volume of its own; only `-v NAME:PATH` brings data back.
# * An empty volume is filled from the image once; a bind mount never is.
# * VOLUME names paths of the container only, and stands at the end: with the older builder what a RUN writes after it is lost.
#
# Read on: [14 USER](14_user.ipynb), also about who may write into a volume.

# %% [markdown] lang="zh"
# ## 要点
#
# * 要留下的数据放在层之外：数据卷里，或者宿主机的目录里。diff 和 commit 都看不到它。
# * VOLUME 给每个容器一个自己的数据卷；只有 `-v 名字:路径` 才能把数据接回来。
# * 空的数据卷会从镜像填一次；绑定挂载从来不填。
# * VOLUME 只能写容器里的路径，放在最后：用旧构建器，后面的 RUN 写进去的会丢。
#
# 接着读：[14 USER](14_user.ipynb)，也讲谁能往数据卷里写。
