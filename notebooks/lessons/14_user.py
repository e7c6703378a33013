# %% [markdown] lang="en"
# # 14 USER
#
# After this lesson you can
#
# * say as whom each instruction and each container runs;
# * make an account in an image, and let the program run under it;
# * let a program that is not root write where it must, and nowhere else;
# * find the reason for a `Permission denied`, and mend it.
#
# Reading 15 minutes, exercises 20 minutes. It follows *USER* in the notes.

# %% [markdown] lang="zh"
# # 14 USER
#
# 学完这一课，你能
#
# * 说出每条指令、每个容器是以谁的身份运行的；
# * 在镜像里创建账号，让程序用它运行；
# * 让不是 root 的程序能写该写的地方，别处都写不了；
# * 找出 `Permission denied` 的原因，并改好它。
#
# 阅读 15 分钟，习题 20 分钟。对应笔记的“USER”。

# %% [markdown] lang="en"
# ## Root, unless you say otherwise
#
# Who runs the program of a [container](99_glossary.ipynb#container)?

# %% [markdown] lang="zh"
# ## 不写就是 root
#
# [容器](99_glossary.ipynb#container)里的程序由谁运行？

# %%
# %%docker
docker run --rm alpine id -un
docker run --rm alpine sh -c "echo 'I may do anything' > /etc/motd; cat /etc/motd"

# %% [markdown] lang="en"
# Root, with the [number](99_glossary.ipynb#UID) 0, and, unless Docker is set up otherwise, it is the same number 0 as on the host. Whoever breaks into such a program may change every file of the container, and, in a folder that is mounted, every file of the host.
#
# So the notes advise: a service that needs no rights of root shall be run by another user. The instruction for it:
#
# ```dockerfile
# USER <user>[:<group>]
# USER <UID>[:<GID>]
# ```
#
# ## The notes say / today
#
# > 建议使用`USER`来新建和操作其他用户来执行此服务
#
# That is: use USER to *make* another user and to run the service as that one. The second half is right.
#
# **Predict, then run.** Does this build? Does a container of it start?

# %% [markdown] lang="zh"
# 是 root，[编号](99_glossary.ipynb#UID)是 0。默认情况下，它和宿主机上的 0 是同一个编号。谁攻破了这样的程序，谁就能改容器里的任何文件；如果挂载了目录，还能改宿主机上那个目录里的任何文件。
#
# 所以笔记建议：服务不需要 root 权限，就换一个用户来运行。指令是：
#
# ```dockerfile
# USER <user>[:<group>]
# USER <UID>[:<GID>]
# ```
#
# ## 笔记的说法与今天
#
# > 建议使用`USER`来新建和操作其他用户来执行此服务
#
# 后半句没错。“新建”呢？
#
# **先猜再运行。** 下面的文件能构建吗？用它能启动容器吗？

# %%
# %%dockerfile made-by-user
FROM alpine
USER tea

# %%
# %docker run --rm made-by-user id

# %% [markdown] lang="en"
# It builds, since USER only notes the word in the config, unread. But nobody has made an account `tea`. It was never different. A RUN makes it, as root, above the USER:

# %% [markdown] lang="zh"
# 能构建：USER 只是把这个词原样记进配置。可是并没有人创建过账号 `tea`。从来都是如此。账号要由 RUN 以 root 身份创建，写在 USER 上面：

# %%
# %%dockerfile tea
FROM alpine
RUN adduser -D tea
USER tea

# %%
# %docker run --rm tea id

# %% [markdown] lang="en"
# `adduser -D` is Alpine's and BusyBox's (`-D`: without a password). On Debian, Ubuntu and CentOS it is `useradd`:

# %% [markdown] lang="zh"
# `adduser -D` 是 Alpine（BusyBox）的写法，`-D` 表示不设密码。Debian、Ubuntu、CentOS 上用 `useradd`：

# %%
# %%dockerfile tea-debian
FROM debian
RUN groupadd tea && useradd --gid tea --create-home tea
USER tea
RUN id && echo "home: $HOME"

# %% [markdown] lang="en"
# Many images bring an account along and leave the USER line to you: `node` has `node`, `nginx` has `nginx`.
#
# ## Names, numbers, groups
#
# Here are all the ways to write it, with `docker run -u`, which takes the place of USER for one container.
#
# **Predict, then run.** Which of these five can start? Only `tea` has an account.

# %% [markdown] lang="zh"
# 很多镜像自带账号，只是把 USER 那一行留给你写：`node` 里有 `node`，`nginx` 里有 `nginx`。
#
# ## 名字、数字、组
#
# 各种写法都在这里，用 `docker run -u` 来试，它在这一个容器里顶替 USER。
#
# **先猜再运行。** 下面五个里哪些能启动？有账号的只有 `tea`。

# %%
# %%docker
docker run --rm -u tea alpine id
docker run --rm -u tea tea id
docker run --rm -u tea:users tea id
docker run --rm -u 4711 tea id
docker run --rm -u 4711:4712 tea id

# %% [markdown] lang="en"
# * A name must be in the image's own `/etc/passwd`, so the first one fails: plain alpine knows no `tea`.
# * Without a group it is the account's group.
# * A number needs no account at all. It has no name, no home folder, and, if no group is given, the group 0 of root: write both numbers.
#
# ## A number of your own
#
# The notes quote:
#
# > **Note**: Users and groups in an image get a non-deterministic UID/GID in that the “next” UID/GID gets assigned regardless of image rebuilds. So, if it’s critical, you should assign an explicit UID/GID.
#
# In these two images the account has the same name. **Predict, then run.** The number, too?

# %% [markdown] lang="zh"
# * 名字必须在镜像自己的 `/etc/passwd` 里，所以第一个失败：原来的 alpine 不认识 `tea`。
# * 不写组，就用账号所属的组。
# * 数字根本不需要账号。它没有名字，没有家目录；不写组的话，组是 root 的 0。所以两个数字都写上。
#
# ## 自己定编号
#
# 笔记引用的官方说法：
#
# > **Note**: Users and groups in an image get a non-deterministic UID/GID in that the “next” UID/GID gets assigned regardless of image rebuilds. So, if it’s critical, you should assign an explicit UID/GID.
#
# 意思是：镜像里新建的用户和组，拿到的是“下一个”编号，重新构建时可能变；要紧的话，就自己写明。下面两个镜像里账号同名。**先猜再运行。** 编号也一样吗？

# %%
# %%dockerfile number-1
FROM alpine
RUN adduser -D tea
RUN id tea

# %%
# %%dockerfile number-2
FROM alpine
RUN adduser -D coffee
RUN adduser -D tea
RUN id tea

# %% [markdown] lang="en"
# Files know only numbers. A [volume](99_glossary.ipynb#volume) that the first image wrote would belong to somebody else in the second one. So say the number when you make the account:

# %% [markdown] lang="zh"
# 文件只认编号。第一个镜像写的[数据卷](99_glossary.ipynb#volume)，到了第二个镜像里就成了别人的。所以创建账号时写明编号：

# %%
# %%dockerfile number-fixed
FROM alpine
RUN adduser -D coffee
RUN addgroup -g 10001 tea && adduser -D -u 10001 -G tea tea
RUN id tea

# %% [markdown] lang="en"
# ## What USER changes
#
# **Predict, then run.** Who owns each of the four files, and the folder?

# %% [markdown] lang="zh"
# ## USER 影响什么
#
# **先猜再运行。** 四个文件和目录各归谁？

# %%
# %%contextfile leaf
green

# %%
# %%contextfile owners.Dockerfile
FROM tea
WORKDIR /pot/cup
COPY leaf copied
COPY --chown=tea leaf given
ADD leaf added
RUN touch ran || true
RUN ls -l . && ls -ld .

# %%
# %docker build -f owners.Dockerfile -t owners .

# %% [markdown] lang="en"
# `FROM tea` has inherited the USER, too.
#
# | instruction | after `USER tea` |
# |---|---|
# | RUN | runs as `tea` |
# | CMD, ENTRYPOINT, HEALTHCHECK, `docker exec` | run as the **last** USER of the image |
# | WORKDIR | a folder that it makes belongs to `tea` |
# | COPY, ADD | no change: root, unless `--chown` says otherwise |
# | FROM, in a child | the child begins as `tea` |
#
# WORKDIR is the one on which the two builders differ: with the older one the folder is root's, and the RUN fails (`|| true` lets the build go on).

# %% [markdown] lang="zh"
# `FROM tea` 把 USER 也继承了过来。
#
# | 指令 | `USER tea` 之后 |
# |---|---|
# | RUN | 以 `tea` 运行 |
# | CMD、ENTRYPOINT、HEALTHCHECK、`docker exec` | 以镜像里**最后一个** USER 运行 |
# | WORKDIR | 它创建的目录归 `tea` |
# | COPY、ADD | 不受影响：归 root，除非写了 `--chown` |
# | 子镜像的 FROM | 子镜像一开始就是 `tea` |
#
# 两种构建器只在 WORKDIR 上不同：旧构建器建的目录归 root，于是 RUN 失败（`|| true` 让构建继续）。

# %%
# %%docker
DOCKER_BUILDKIT=0 docker build -q -f owners.Dockerfile -t owners-older .
docker run --rm owners-older ls -ld /pot/cup

# %% [markdown] lang="en"
# ## Not root, and still able to write
#
# A program that keeps data needs a folder of its own. This one has none:

# %% [markdown] lang="zh"
# ## 不是 root，也要能写
#
# 要保存数据的程序，得有一个自己的目录。下面这个没有：

# %%
# %%dockerfile brew-1
FROM alpine
RUN adduser -D -u 10001 tea
RUN mkdir /data
USER tea
CMD ["sh", "-c", "date > /data/brewed && ls -l /data"]

# %%
# %docker run --rm brew-1

# %% [markdown] lang="en"
# `mkdir` ran as root, so the folder is root's. Give it away in the same RUN, above USER:

# %% [markdown] lang="zh"
# `mkdir` 是 root 执行的，目录就归 root。在 USER 之前、同一条 RUN 里把它交出去：

# %%
# %%dockerfile brew-2
FROM alpine
RUN adduser -D -u 10001 tea
RUN mkdir /data && chown tea:tea /data
USER tea
CMD ["sh", "-c", "date > /data/brewed && ls -l /data"]

# %% [markdown] lang="en"
# **Predict, then run.** Does it work with a new volume at `/data`, and with a new folder of the host?

# %% [markdown] lang="zh"
# **先猜再运行。** `/data` 换成新的数据卷，还能写吗？换成宿主机上的新目录呢？

# %%
# %%docker
docker run --rm brew-2
docker run --rm -v brewed:/data brew-2
docker run --rm -v ./brewed:/data brew-2

# %% [markdown] lang="en"
# A new volume is [filled from the image](13_volume.ipynb), and takes the owner of the folder along. A folder of the host keeps the owner that it has on the host: give it to the number 10001 there, or start the container with the number of the owner.

# %% [markdown] lang="zh"
# 新的数据卷会[从镜像填充](13_volume.ipynb)，连目录的属主一起带过去。宿主机的目录则保持它在宿主机上的属主：要么在那边把它交给 10001，要么启动容器时用属主的编号。

# %%
# %%host
chown 10001 brewed
docker run --rm -v ./brewed:/data brew-2

# %% [markdown] lang="en"
# `chmod 777` would also do, for everybody on the machine. That is why it is not the answer.
#
# ## Root for a moment
#
# In a Dockerfile: `USER root`, the RUN that needs it, and back again. With a container that runs: `docker exec -u root`.

# %% [markdown] lang="zh"
# `chmod 777` 也行，对机器上所有人都行，所以它不是答案。
#
# ## 临时用一下 root
#
# 在 Dockerfile 里：`USER root`，写需要权限的 RUN，再换回来。对着运行中的容器：`docker exec -u root`。

# %%
# %%dockerfile brew-3
FROM brew-2
USER root
RUN apk add --no-cache curl
USER tea
CMD ["sleep", "1000"]

# %%
# %%docker
docker run -d --name kettle brew-3
docker exec kettle id -un
docker exec -u root kettle id -un

# %% [markdown] lang="en"
# ## Common mistakes
#
# **USER too early.** Packages are installed as root.

# %% [markdown] lang="zh"
# ## 常见错误
#
# **USER 写得太早。** 装软件包要 root。

# %%
# %%dockerfile too-early
FROM tea
RUN apk add --no-cache curl

# %% [markdown] lang="en"
# **`sudo` in a Dockerfile.** It is not there, and it is not needed: USER changes in both directions.

# %% [markdown] lang="zh"
# **在 Dockerfile 里写 `sudo`。** 镜像里没有，也用不着：USER 想换成谁就换成谁。

# %%
# %%dockerfile with-sudo
FROM tea
RUN sudo apk add --no-cache curl

# %% [markdown] lang="en"
# **`su` in a RUN.** It changes the user of this one command. The image stays root's.

# %% [markdown] lang="zh"
# **在 RUN 里用 `su`。** 它只换这一条命令的身份，镜像仍然是 root。

# %%
# %%dockerfile with-su
FROM alpine
RUN adduser -D tea
RUN su tea -c id

# %%
# %docker run --rm with-su id -un

# %% [markdown] lang="en"
# **A name on an empty base.** `scratch` has no `/etc/passwd`. Take a number.

# %% [markdown] lang="zh"
# **空的基础镜像里写名字。** `scratch` 没有 `/etc/passwd`，要用数字。

# %%
# %%dockerfile on-scratch
FROM busybox AS tools
FROM scratch
COPY --from=tools /bin/id /bin/id
USER tea
CMD ["/bin/id"]

# %%
# %%docker
docker run --rm on-scratch
docker run --rm -u 10001:10001 on-scratch

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. On `alpine`, build an image for which `docker run IMAGE whoami` prints `cook`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。以 `alpine` 为基础构建镜像，`docker run IMAGE whoami` 打印 `cook`。

# %% bare=true
# %%dockerfile user-first
# YOUR ANSWER HERE

# %% bare=true
check("user-first")

# %% bare=true
# %hint user-first

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. Each exercise has a machine of its own; nothing of this page is on it.
#
# ### 1. Not root, and still able to write (3.5 points)
#
# The context holds the script `note.sh`, which nobody may execute yet (0644):
#
# ```
# #!/bin/sh
# echo "$(id -un) was here" >> /data/log
# tail -n 1 /data/log
# ```
#
# On `alpine`, build an image that runs `/note.sh` as the user `app`, with the user number 10001 and the group number 10001. It can write to `/data`, also when a new volume is mounted there. Another user cannot write to `/data`, and `app` cannot change
# `/note.sh`.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。每道题有自己的机器，这一页上的东西都不在那里。
#
# ### 1. 不是 root，也能写（3.5 分）
#
# 上下文里有脚本 `note.sh`，还没有可执行权限（0644）：
#
# ```
# #!/bin/sh
# echo "$(id -un) was here" >> /data/log
# tail -n 1 /data/log
# ```
#
# 以 `alpine` 为基础构建镜像，让它以用户 `app` 运行 `/note.sh`，用户编号和组编号都是 10001。它能写 `/data`，那里挂上新的数据卷也能写。别的用户写不了 `/data`，`app` 也改不了 `/note.sh`。

# %% nbgrader={"grade_id": "user-data", "solution": true}
# %%dockerfile user-data
### BEGIN SOLUTION
FROM alpine
RUN addgroup -g 10001 app && adduser -D -u 10001 -G app app
RUN mkdir /data && chown app:app /data
COPY --chmod=755 note.sh /note.sh
USER app
CMD ["/note.sh"]
### END SOLUTION

# %% nbgrader={"grade_id": "user-data-check", "grade": true, "points": 3.5}
check("user-data")

# %% bare=true
# %hint user-data

# %% [markdown] lang="en"
# ### 2. Permission denied (2.5 points)
#
# This does not build. Behind the first mistake there are more. The context holds `page.html`.
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# RUN apk add --no-cache curl
# WORKDIR /srv/app
# COPY page.html .
# RUN echo "color = teal" > /etc/app.conf
# CMD ["sh", "-c", "echo visit >> page.html && tail -n 1 page.html"]
# ```
#
# Mend it: `curl` is installed, `/etc/app.conf` holds `color = teal` and belongs to root, the container runs as `app`, and `docker run IMAGE` prints `visit`.

# %% [markdown] lang="zh"
# ### 2. Permission denied（2.5 分）
#
# 下面的文件构建不了，而且第一个错误后面还有别的。上下文里有 `page.html`。
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# RUN apk add --no-cache curl
# WORKDIR /srv/app
# COPY page.html .
# RUN echo "color = teal" > /etc/app.conf
# CMD ["sh", "-c", "echo visit >> page.html && tail -n 1 page.html"]
# ```
#
# 把它改好：装上 `curl`；`/etc/app.conf` 的内容是 `color = teal`，归 root；容器以 `app` 运行；`docker run IMAGE` 打印 `visit`。

# %% nbgrader={"grade_id": "user-mend", "solution": true}
# %%dockerfile user-mend
### BEGIN SOLUTION
FROM alpine
RUN adduser -D app
RUN apk add --no-cache curl
RUN echo "color = teal" > /etc/app.conf
USER app
WORKDIR /srv/app
COPY --chown=app:app page.html .
CMD ["sh", "-c", "echo visit >> page.html && tail -n 1 page.html"]
### END SOLUTION

# %% nbgrader={"grade_id": "user-mend-check", "grade": true, "points": 2.5}
check("user-mend")

# %% bare=true
# %hint user-mend

# %% [markdown] lang="en"
# ### 3. Somebody else's volume (2 points)
#
# There is an image `report`; it runs as `app` (1000:1000) and writes `/data/report`. And there is a volume `data` with the file `old`; its folder belongs to root, so `docker run -v data:/data report` fails.
#
# The image is not yours to change. With docker commands, bring it about that a container named `writer`, made from `report` and running as `app`, writes its report into the volume `data`. The file `old` stays.

# %% [markdown] lang="zh"
# ### 3. 别人的数据卷（2 分）
#
# 有一个镜像 `report`，以 `app`（1000:1000）运行，写 `/data/report`。还有一个数据卷 `data`，里面有文件 `old`；它的目录归 root，所以 `docker run -v data:/data report` 会失败。
#
# 镜像不归你管，不能改。用 docker 命令做到：名叫 `writer`、从 `report` 创建、以 `app` 运行的容器，把报告写进数据卷 `data`。文件 `old` 要留着。

# %% nbgrader={"grade_id": "user-volume", "solution": true}
# %%docker --answer user-volume
### BEGIN SOLUTION
docker run --rm -u root -v data:/data report chown app:app /data
docker run --name writer -v data:/data report
### END SOLUTION

# %% nbgrader={"grade_id": "user-volume-check", "grade": true, "points": 2}
check("user-volume")

# %% bare=true
# %hint user-volume

# %% [markdown] lang="en"
# ### 4. Whose is it? (2 points)
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# WORKDIR /srv/app
# COPY one .
# COPY --chown=app two .
# RUN touch /tmp/three
# USER root
# RUN touch /tmp/four
# CMD ["id", "-un"]
# ```
#
# Give a name each time, `"root"` or `"app"`.
#
# * `one`, `two`, `three`, `four`: who owns the file?
# * `folder`: who owns `/srv/app`, built with BuildKit?
# * `older`: who owns `/srv/app`, built with the older builder?
# * `run`: what does `docker run IMAGE` print?
# * `child`: what does a container print whose image has only the line `FROM` this one, and is started with `-u app`?
#
# Copy this into the cell and put a name in the place of each `"..."`.
#
# ```
# user_whose = {
#     "one": "...",
#     "two": "...",
#     "three": "...",
#     "four": "...",
#     "folder": "...",
#     "older": "...",
#     "run": "...",
#     "child": "...",
# }
# ```

# %% [markdown] lang="zh"
# ### 4. 归谁？（2 分）
#
# ```dockerfile
# FROM alpine
# RUN adduser -D app
# USER app
# WORKDIR /srv/app
# COPY one .
# COPY --chown=app two .
# RUN touch /tmp/three
# USER root
# RUN touch /tmp/four
# CMD ["id", "-un"]
# ```
#
# 每一项填一个名字，`"root"` 或 `"app"`。
#
# * `one`、`two`、`three`、`four`：文件归谁？
# * `folder`：用 BuildKit 构建，`/srv/app` 归谁？
# * `older`：用旧构建器构建，`/srv/app` 归谁？
# * `run`：`docker run IMAGE` 打印什么？
# * `child`：子镜像只有一行 `FROM` 这个镜像，用 `-u app` 启动，打印什么？
#
# 把下面的内容抄进单元格，将每个 `"..."` 换成名字。
#
# ```
# user_whose = {
#     "one": "...",
#     "two": "...",
#     "three": "...",
#     "four": "...",
#     "folder": "...",
#     "older": "...",
#     "run": "...",
#     "child": "...",
# }
# ```

# %% nbgrader={"grade_id": "user-whose", "solution": true}
### BEGIN SOLUTION
user_whose = {
    "one": "root",
    "two": "app",
    "three": "app",
    "four": "root",
    "folder": "app",
    "older": "root",
    "run": "root",
    "child": "app",
}
### END SOLUTION

# %% nbgrader={"grade_id": "user-whose-check", "grade": true, "points": 2}
check("user-whose")

# %% bare=true
# %hint user-whose

# %% [markdown] lang="en"
# ## Key points
#
# * Without USER everything runs as root. USER makes nobody: a RUN makes the account, with a number of its own.
# * USER is for RUN, WORKDIR and the container's process; COPY and ADD go on giving to root.
# * Give away the folders that the program must write to, above USER. A new volume takes that owner along, a folder of the host does not.
# * Install first, USER late.
#
# Read on: [15 WORKDIR](15_workdir.ipynb).

# %% [markdown] lang="zh"
# ## 要点
#
# * 不写 USER，一切都以 root 运行。USER 不创建用户：账号由 RUN 创建，编号自己定。
# * USER 管 RUN、WORKDIR 和容器的进程；COPY、ADD 照样给 root。
# * 程序要写的目录，在 USER 之前交给它。新的数据卷会带上这个属主，宿主机的目录不会。
# * 先装软件，后写 USER。
#
# 接着读：[15 WORKDIR](15_workdir.ipynb)。
