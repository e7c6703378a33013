# %% [markdown] lang="en"
# # 21 Everything together
#
# After this lesson you can
#
# * look at an image that works, and say in ten ways whether it is good;
# * prove each of the ten with one command;
# * rewrite a poor Dockerfile so that all ten hold;
# * show what it was worth, before and after.
#
# Reading 18 minutes, exercises 25 minutes. It uses all that the notes and the other lessons have taught.

# %% [markdown] lang="zh"
# # 21 全部用上
#
# 学完这一课，你能
#
# * 看着一个能用的镜像，从十个方面说出它好不好；
# * 每一个方面都用一条命令证明；
# * 把一份写得差的 Dockerfile 改到十项全部做到；
# * 改之前、改之后，拿数字说明值不值。
#
# 阅读 18 分钟，习题 25 分钟。笔记和前面各课的内容这里都用得上。

# %% [markdown] lang="en"
# ## The tea house
#
# A tea house has a page with its menu. It is made in two steps: npm installs packages, then `build.sh` makes `dist/index.html` from `menu.txt`. The page is signed: the tea house has a key, and
# nobody else may have it. The file `sign.key` lies beside the others, so it is in the [build context](99_glossary.ipynb#build-context).

# %% [markdown] lang="zh"
# ## 茶馆
#
# 一家茶馆有个网页，上面是菜单。网页分两步做：npm 安装依赖包，然后 `build.sh` 根据 `menu.txt` 生成 `dist/index.html`。网页带签名：茶馆有一把密钥，别人谁也不能有。密钥文件 `sign.key` 就放在旁边，所以也在[构建上下文](99_glossary.ipynb#build-context)里。

# %%
# %%contextfile package.json
{
  "name": "tea-house",
  "version": "1.4.0",
  "scripts": { "build": "sh build.sh" },
  "dependencies": { "ejs": "^3.1.9" },
  "devDependencies": { "esbuild": "^0.19.11", "prettier": "^3.1.1" }
}

# %%
# %%contextfile package-lock.json
{
  "name": "tea-house",
  "version": "1.4.0",
  "lockfileVersion": 3,
  "requires": true
}

# %%
# %%contextfile build.sh
#!/bin/sh
set -e
ejs=node_modules/ejs/package.json
if [ ! -f "$ejs" ]; then
    echo "build.sh: there is no $ejs here; npm ci puts it there" >&2
    exit 1
fi
made=$(sed -n 's/.*"version": "\(.*\)".*/ejs \1/p' "$ejs")
signed=$(cat menu.txt sign.key | sha256sum | cut -c 1-16)
mkdir -p dist
{
    echo "<h1>Tea house</h1>"
    sed 's|.*|<p>&</p>|' menu.txt
    echo "<p>made with $made, signed $signed</p>"
} > dist/index.html
echo "dist/index.html is ready"

# %%
# %%contextfile menu.txt
sencha
oolong

# %%
# %%contextfile sign.key
tea-91f3c7

# %% [markdown] lang="en"
# The page is served by nginx. This configuration lets it listen on port 8080, and it writes only below `/tmp`, so that it needs no root.

# %% [markdown] lang="zh"
# 网页由 nginx 提供。按这份配置，它监听 8080 端口，只往 `/tmp` 里写东西，所以不需要 root。

# %%
# %%contextfile nginx.conf
pid /tmp/nginx.pid;
error_log /dev/stderr;
events {}
http {
    include /etc/nginx/mime.types;
    access_log /dev/stdout;
    client_body_temp_path /tmp/client_body;
    proxy_temp_path /tmp/proxy;
    fastcgi_temp_path /tmp/fastcgi;
    uwsgi_temp_path /tmp/uwsgi;
    scgi_temp_path /tmp/scgi;
    server {
        listen 8080;
        root /srv/www;
    }
}

# %% [markdown] lang="en"
# Somebody in a hurry wrote this [image](99_glossary.ipynb#image). Read it, and count what you would write otherwise.

# %% [markdown] lang="zh"
# 有人赶时间，写了下面这个[镜像](99_glossary.ipynb#image)。读一遍，数数有几处你会换个写法。

# %%
# %%contextfile Dockerfile
FROM node
MAINTAINER tea@example.com
RUN apt-get update
RUN apt-get install -y nginx make gcc
WORKDIR app
COPY . .
RUN npm ci
RUN npm run build
RUN mkdir -p /srv/www
RUN cp dist/index.html /srv/www/
RUN cp nginx.conf /etc/nginx/nginx.conf
RUN rm sign.key
RUN rm -rf /var/lib/apt/lists/*
CMD nginx -g "daemon off;"; echo stopped

# %%
# %%host
docker build -q -t tea-house .
docker run -d --name tea -p 8080:8080 tea-house
curl localhost:8080

# %% [markdown] lang="en"
# It works. That is the first thing to ask of an image, and the last thing that this one does well.
#
# ## What is wrong with it
#
# **Predict, then look.** How large is it, for a page of four lines? And how much of that does nobody ever see?

# %% [markdown] lang="zh"
# 它能用。这是对镜像的第一个要求，也是它最后一件做得好的事。
#
# ## 它错在哪里
#
# **先猜再看。** 网页只有四行，镜像有多大？其中又有多少是谁也看不到的？

# %%
# %picture waste tea-house

# %% [markdown] lang="en"
# This is what the tool *dive* reports of a real image: its size, and what is shipped in one [layer](99_glossary.ipynb#layer) and hidden in a later one. The two `rm` lines saved nothing ([08](08_run.ipynb)). The efficiency looks fine all the same: *dive*
# cannot know that node, make and a compiler are of no use here. Worse is what the `rm` lines were meant to hide.
#
# **Predict, then run.** `sign.key` is deleted. Can somebody who has the image read it?

# %% [markdown] lang="zh"
# *dive* 这个工具对真实的镜像报告的也是这些：大小，以及在某一[层](99_glossary.ipynb#layer)里交付、又被后面的层遮住的东西。两条 `rm` 一个字节也没省下（见 [08](08_run.ipynb)）。效率倒是很好看：*dive* 不可能知道 node、make 和编译器在这里毫无用处。更糟的是 `rm` 本想藏起来的东西。
#
# **先猜再运行。** `sign.key` 已经删掉了。拿到镜像的人还读得到吗？

# %%
# %picture read tea-house /app/sign.key

# %% [markdown] lang="en"
# The [whiteout](99_glossary.ipynb#whiteout) hides it from the container. The layer below has it, and goes to everybody who pulls the image.
#
# **Predict, then run.** How long does `docker stop` take? Who is process 1, and as which user?

# %% [markdown] lang="zh"
# [whiteout](99_glossary.ipynb#whiteout) 只让容器看不到它。它还在下面那层里，谁拉取镜像，就会一起拿到。
#
# **先猜再运行。** `docker stop` 要多久？1 号进程是谁？它是哪个用户？

# %%
# %%docker
docker top tea
docker exec tea id
docker stop tea
docker inspect -f "exit code {{.State.ExitCode}}" tea

# %% [markdown] lang="en"
# A shell waits in front of nginx and does not pass the signal on ([12](12_cmd_entrypoint.ipynb)). After ten seconds both are killed, in the middle of whatever they do. And both were root.
#
# The menu changes every week. **Predict, then run.** One more line in it: which steps are taken from the [cache](99_glossary.ipynb#cache)?

# %% [markdown] lang="zh"
# 一个 shell 挡在 nginx 前面，信号传不过去（见 [12](12_cmd_entrypoint.ipynb)）。十秒一到两个都被杀掉，不管手上正在做什么。而且两个都是 root。
#
# 菜单每周都会变。**先猜再运行。** 加上一行，哪些步骤直接取自[缓存](99_glossary.ipynb#cache)？

# %%
# %%contextfile menu.txt
sencha
oolong
genmaicha

# %%
# %docker build -t tea-house .

# %% [markdown] lang="en"
# `COPY . .` takes everything, so every edit changes it, and what stands below is done again: npm installs the same packages once more ([17](17_cache.ipynb)).
#
# What does docker itself say? The build checks read a Dockerfile without building it.

# %% [markdown] lang="zh"
# `COPY . .` 复制了所有文件，所以改什么都会影响它，它下面的步骤全部重做：npm 又把同样的包装了一遍（见 [17](17_cache.ipynb)）。
#
# docker 自己怎么说？构建检查只读 Dockerfile，不构建。

# %%
# %docker build --check .

# %% [markdown] lang="en"
# ## Ten questions
#
# Each of them has one command that answers it. The number is the lesson to read again.
#
# | | what a good image does | ask it with | points |
# |---|---|---|---|
# | 1 | it is small: at most 50 MB here | `docker images` (08) | 2 |
# | 2 | an edit of the menu does not install the packages again | build, edit, build: `CACHED`? (17) | 3 |
# | 3 | `docker stop` ends it at once, with exit code 0: the server is process 1, in exec form | `docker stop` (12) | 2.5 |
# | 4 | it does not run as root | `docker exec NAME id` (14) | 2 |
# | 5 | the key is in no layer and not in the history | `docker save`, `docker history --no-trunc` (04) | 3 |
# | 6 | it tells whether it is healthy | `docker ps` (19) | 1.5 |
# | 7 | it says what it is: a title and a version | `docker inspect` (07) | 1 |
# | 8 | its base is pinned | its FROM has a [digest](99_glossary.ipynb#digest) (05) | 1.5 |
# | 9 | no build tools are in it | `docker run --rm IMAGE which node` (18) | 2 |
# | 10 | docker's checks have nothing to say | `docker build --check .` (03) | 1.5 |
#
# The tea house gets none of the ten. Most of them fall to one idea: build in one [stage](99_glossary.ipynb#stage), and begin the image that you ship with another FROM ([18](18_multistage.ipynb)). The tools, the packages, the sources and the key stay
# behind, because nobody copies them.

# %% [markdown] lang="zh"
# ## 十个问题
#
# 每个问题都有一条命令来回答。括号里的数字是可以回去重读的那一课。
#
# | | 好镜像做到的事 | 怎么问 | 分数 |
# |---|---|---|---|
# | 1 | 小：这里不超过 50 MB | `docker images`（08） | 2 |
# | 2 | 改菜单不会重新安装依赖包 | 构建、修改、再构建：是不是 `CACHED`？（17） | 3 |
# | 3 | `docker stop` 立刻让它结束，退出码 0：服务就是 1 号进程，用 exec 形式启动 | `docker stop`（12） | 2.5 |
# | 4 | 不以 root 运行 | `docker exec 名字 id`（14） | 2 |
# | 5 | 密钥不在任何层里，也不在历史里 | `docker save`、`docker history --no-trunc`（04） | 3 |
# | 6 | 能说出自己是否健康 | `docker ps`（19） | 1.5 |
# | 7 | 说明自己是什么：标题和版本 | `docker inspect`（07） | 1 |
# | 8 | 基础镜像已固定 | FROM 里有 [digest](99_glossary.ipynb#digest)（05） | 1.5 |
# | 9 | 里面没有构建工具 | `docker run --rm 镜像 which node`（18） | 2 |
# | 10 | docker 的检查没话可说 | `docker build --check .`（03） | 1.5 |
#
# 这个茶馆镜像一项也没做到。其中大半靠一个办法就能解决：在一个[阶段](99_glossary.ipynb#stage)里构建，要交付的镜像另起一个 FROM（见 [18](18_multistage.ipynb)）。工具、依赖包、源文件、密钥都留在前面，因为没有人复制它们。

# %% [markdown] lang="en"
# Four of the ten deserve a closer look, each on a small image of its own.
#
# **A digest to pin.** Pull the tag once, and docker shows what it means today.

# %% [markdown] lang="zh"
# 十项里有四项值得细看，每项用一个小镜像。
#
# **用来固定的 digest。** 把这个 tag 拉取一次，docker 就会显示它今天指的是什么。

# %%
# %%docker
docker pull nginx:alpine
docker images --digests nginx

# %% [markdown] lang="en"
# **A user that can do its work.** `nginx:alpine` brings an account `nginx`, and nothing uses it for process 1 until a USER line says so. **Predict, then run.** What does a RUN below USER lose?

# %% [markdown] lang="zh"
# **能干活的用户。** `nginx:alpine` 自带账户 `nginx`，但只要没有 USER 这一行，1 号进程就不会用它。**先猜再运行。** 写在 USER 下面的 RUN 会失去什么？

# %%
# %%dockerfile user-too-early
FROM nginx:alpine
USER nginx
RUN mkdir /srv/www

# %% [markdown] lang="en"
# It loses root's rights. USER comes last, below all that prepares the image ([14](14_user.ipynb)).
#
# **A health check that tells something.** The daemon runs this command in the [container](99_glossary.ipynb#container) again and again. Two images, one with an honest check. In the containers `dead` and `dead-too`, `sleep` stands in the place of the server, as if it had died.

# %% [markdown] lang="zh"
# 失去 root 的权限。USER 要放到最后，在所有准备工作下面（见 [14](14_user.ipynb)）。
#
# **说真话的健康检查。** 守护进程会在[容器](99_glossary.ipynb#container)里一遍遍地执行这条命令。下面两个镜像，其中一个的检查是认真的。在容器 `dead` 和 `dead-too` 里，服务换成了 `sleep`，就当它已经死了。

# %%
# %%contextfile honest.Dockerfile
FROM nginx:alpine
HEALTHCHECK --interval=5s CMD wget -q -O /dev/null http://127.0.0.1/ || exit 1

# %%
# %%contextfile blind.Dockerfile
FROM nginx:alpine
HEALTHCHECK --interval=5s CMD true

# %%
# %%host
docker build -q -f honest.Dockerfile -t honest .
docker build -q -f blind.Dockerfile -t blind .
docker run -d --name serving honest
docker run -d --name dead honest sleep infinity
docker run -d --name dead-too blind sleep infinity
sleep 60
docker ps --format "{{.Names}}: {{.Status}}"

# %% [markdown] lang="en"
# `dead-too` is dead and calls itself healthy ([19](19_health_stop_shell.ipynb)). A check has to ask for the thing that the users ask for, with a program that the image has.
#
# **A secret for one step.** What a COPY brings is in a layer. `docker build --secret` gives a file to the build under a name, and `RUN --mount=type=secret` shows it to one command. It is put nowhere.

# %% [markdown] lang="zh"
# `dead-too` 已经死了，还自称 healthy（见 [19](19_health_stop_shell.ipynb)）。检查要问的，必须是用户要的那个东西，而且得用镜像里有的程序来问。
#
# **只给一步用的秘密。** COPY 带进来的东西都在层里。`docker build --secret` 把一个文件起个名字交给构建，`RUN --mount=type=secret` 只让一条命令看到它，哪里都不存。

# %%
# %%dockerfile counted --secret id=sign_key,src=sign.key
FROM alpine
RUN --mount=type=secret,id=sign_key wc -c < /run/secrets/sign_key > /length.txt
RUN cat /length.txt; test -e /run/secrets || echo "no secrets here"

# %% [markdown] lang="en"
# The second RUN finds none any more. Such a file need not even lie in the [build context](99_glossary.ipynb#build-context). (It came with Docker 18.09 in 2018; the notes of that year cannot know it.) A stage that is not shipped does as well: what only lies in it goes nowhere.
#
# ## The notes say / today
#
# The notes give a Dockerfile four parts: the base image, who maintains it, what is done to it, and what runs when a container starts. That was the usual picture in 2018, and all four are still there. Today one asks more of each:
# a base that is *pinned*, labels instead of MAINTAINER, steps in an order that the cache likes and in stages that stay behind, a process that is not root, hears the signal and tells its health.

# %% [markdown] lang="zh"
# 第二条 RUN 里已经什么也没有了。这样的文件甚至不必放进[构建上下文](99_glossary.ipynb#build-context)。（Docker 18.09 起才有，2018 年，同年的笔记还不可能知道。）放在不交付的阶段里也行：只在那里出现过的东西，哪儿也去不了。
#
# ## 笔记的说法与今天
#
# 笔记说 Dockerfile 由四部分组成：基础镜像、维护者信息、镜像操作指令、容器启动时执行的指令。这是 2018 年的通常看法，四部分今天也都在，只是每一部分的要求更高了：基础镜像要*固定*；维护者信息换成 label；操作步骤的顺序要让缓存用得上，还要分阶段，用完就留下；启动的进程不是 root，听得见信号，还能说出自己是否健康。

# %% [markdown] lang="en"
# ## Common mistakes
#
# **The whole context in the last stage.** The stages are there, the key is deleted, and it is still shipped.

# %% [markdown] lang="zh"
# ## 常见错误
#
# **最后一个阶段里又复制了整个上下文。** 阶段分了，密钥也删了，可还是交付出去了。

# %%
# %%contextfile still-there.Dockerfile
FROM nginx:alpine
COPY . /srv/
RUN rm /srv/sign.key

# %%
# %%host
docker build -q -f still-there.Dockerfile -t still-there .
docker save -o taken.tar still-there
mkdir taken && tar -x -f taken.tar -C taken
for layer in taken/blobs/sha256/*; do
    tar -x -O -f $layer srv/sign.key 2>/dev/null
done

# %% [markdown] lang="en"
# A few lines of shell, and the key is known. Mending the Dockerfile helps no more then: the tea house needs a new key.

# %% [markdown] lang="zh"
# 几行 shell，密钥就到手了。这时再改 Dockerfile 已经没用：茶馆得换一把新密钥。

# %% [markdown] lang="en"
# **Silence instead of an answer.** `# check=skip=all` at the top turns the warnings off, and what they warn of stays.

# %% [markdown] lang="zh"
# **捂住嘴不等于没问题。** 顶上写 `# check=skip=all`，警告是没了，警告说的毛病还在。

# %%
# %%contextfile silenced.Dockerfile
# check=skip=all
FROM nginx:alpine
CMD nginx -g "daemon off;"; echo stopped

# %%
# %%docker
docker build -q -f silenced.Dockerfile -t silenced .
docker run -d --name mute silenced
docker stop mute
docker inspect -f "exit code {{.State.ExitCode}}" mute

# %% [markdown] lang="en"
# **The tools deleted one step later.** `apk del` is an `rm`: the layer below keeps them.

# %% [markdown] lang="zh"
# **工具晚一步才删。** `apk del` 也是 `rm`：下面那层里它们还在。

# %%
# %%contextfile late-del.Dockerfile
FROM nginx:alpine
RUN apk add --no-cache nodejs
RUN apk del nodejs

# %%
# %docker build -q -f late-del.Dockerfile -t late-del .

# %%
# %picture waste late-del

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. The context holds `menu.txt` and `sign.key`, and the build is given `--secret id=sign_key,src=sign.key`. Build an image on `alpine` whose file `/signature` holds what this prints, and which does not hold the key:
#
# ```
# cat menu.txt sign.key | sha256sum | cut -c 1-16
# ```

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。上下文里有 `menu.txt` 和 `sign.key`，构建时带着 `--secret id=sign_key,src=sign.key`。以 `alpine` 为基础构建一个镜像，文件 `/signature` 的内容是下面这条命令打印的东西，而镜像里没有密钥：
#
# ```
# cat menu.txt sign.key | sha256sum | cut -c 1-16
# ```

# %% bare=true
# %%dockerfile capstone-key
FROM alpine

# %% bare=true
check("capstone-key")

# %% bare=true
# %hint capstone-key

# %% [markdown] lang="en"
# ## Exercise
#
# ### The tea house, made right (20 points)
#
# Write the Dockerfile of the tea house so that all ten hold. The context is the one from above, with the first menu; you may use any base and any way of your own. The build is given `--secret id=sign_key,src=sign.key`, for those who want it. What counts is what the image does:
#
# * After `docker run -d -p 8080:8080 IMAGE`, `curl localhost:8080` prints the page that `build.sh` makes, also with another menu and another key. Without that nothing else counts.
# * The ten points of the table. Labels: `org.opencontainers.image.title` and `org.opencontainers.image.version`. Pinned is the base of the image that you ship; those of other stages may move.
#
# Check as often as you like: each property has points of its own, and says what is missing. Begin with the two stages.

# %% [markdown] lang="zh"
# ## 习题
#
# ### 把茶馆的镜像做好（20 分）
#
# 写出茶馆的 Dockerfile，十项全部做到。上下文就是上面那些文件，菜单是最初的那份；用什么基础镜像、怎么写，都随你。构建时带着 `--secret id=sign_key,src=sign.key`，想用就用。看的是镜像的表现：
#
# * 执行 `docker run -d -p 8080:8080 镜像` 之后，`curl localhost:8080` 打印出 `build.sh` 生成的网页，换一份菜单、换一把密钥也一样。做不到这一点，其余都不算数。
# * 表里的十项。label 用 `org.opencontainers.image.title` 和 `org.opencontainers.image.version`。要固定的是最终交付的镜像的基础镜像，其他阶段的不要求。
#
# 可以随时检查：每一项各有各的分，并且会说明还缺什么。先从分两个阶段做起。

# %% nbgrader={"grade_id": "capstone-app", "solution": true}
# %%dockerfile capstone-app
### BEGIN SOLUTION
FROM node:20-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM nginx:alpine@sha256:c330f43d09e8fd9265855855b6e8a0249a75072efbc2cd14e70a50e06e8ab58e
LABEL org.opencontainers.image.title="Tea house" \
      org.opencontainers.image.version="1.4.0"
COPY nginx.conf /etc/nginx/nginx.conf
COPY --from=build /app/dist/index.html /srv/www/index.html
EXPOSE 8080
HEALTHCHECK --interval=10s CMD wget -q -O /dev/null http://127.0.0.1:8080/ || exit 1
USER nginx
### END SOLUTION

# %% nbgrader={"grade_id": "capstone-app-check", "grade": true, "points": 20}
check("capstone-app")

# %% bare=true
# %hint capstone-app

# %% [markdown] lang="en"
# ## Before and after
#
# When the cell above has built, look at both, as *dive* would report them.

# %% [markdown] lang="zh"
# ## 之前与之后
#
# 上面的单元格构建成功之后，照 *dive* 的样子看看这两个镜像。

# %% bare=true
# %picture compare tea-house capstone-app

# %% bare=true
# %picture waste capstone-app

# %% [markdown] lang="en"
# ## Key points
#
# * That it works is the beginning. Ask ten more questions, each with a command.
# * Stages take out the tools, the sources and the secrets at once. What no layer ever held cannot leak.
# * Files that change seldom come first: the install stands above the sources.
# * One process, in exec form, not root, that hears `docker stop`; a health check that asks what the users ask.
# * A pinned base and labels say what is in it. `docker build --check` reads along.
#
# You have worked with a simulator; one page says [where Docker differs from it](98_differences.ipynb). To read on: docker's [building best practices](https://docs.docker.com/build/building/best-practices/), and [dive](https://github.com/wagoodman/dive) for a look into real images.

# %% [markdown] lang="zh"
# ## 要点
#
# * 能用只是开始。再问十个问题，每个都用一条命令来回答。
# * 分阶段，一次就甩掉工具、源文件和秘密。从没进过任何一层的东西，不可能泄露。
# * 不常变的文件放前面：安装依赖写在复制源文件之上。
# * 一个进程，exec 形式，不是 root，听得见 `docker stop`；健康检查要问用户所问的东西。
# * 固定的基础镜像和 label 说清里面是什么。`docker build --check` 会帮你再读一遍。
#
# 你用的一直是模拟器；[真实的 Docker 与它有哪些不同](98_differences.ipynb)，有一页专门说明。延伸阅读：Docker 的[构建最佳实践](https://docs.docker.com/build/building/best-practices/)；用 [dive](https://github.com/wagoodman/dive) 看看真实的镜像。
