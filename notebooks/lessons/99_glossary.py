# %% [markdown] lang="en"
# # Glossary
#
# The words of the course, each explained once. Lessons link here where they use a word for the first time.

# %% [markdown] lang="zh"
# # 术语表
#
# 课程里用到的词，每个只解释一次。各课第一次用到某个词时会链接到这里。

# %% [markdown] lang="en"
# ### layer
#
# A **layer** is what one step added, changed or deleted: a set of paths, packed as a tar archive. It never changes, and many images can share it.

# %% [markdown] lang="zh"
# ### layer
#
# **层**：某一步新增、修改、删除了什么，一组路径，打包成一个 tar。层做好之后不再变化，可以被许多镜像共用。

# %% [markdown] lang="en"
# ### writable layer
#
# The **writable layer** lies on top of a container's image. All that the container writes goes there, and goes away with the container.

# %% [markdown] lang="zh"
# ### writable layer
#
# **可写层**：盖在镜像上面的那一层。容器写的东西都在这里，容器删掉，它也就没了。

# %% [markdown] lang="en"
# ### whiteout
#
# A **whiteout** is a mark in a layer that says: this path is deleted. The layers below still hold the file; nobody above sees it.

# %% [markdown] lang="zh"
# ### whiteout
#
# **whiteout**：层里的一个标记，意思是“这个路径已删除”。下面的层里文件还在，只是上面看不到了。

# %% [markdown] lang="en"
# ### copy-up
#
# **copy-up**: the first time a container changes a file of its image, the whole file is copied into the writable layer, and the copy is changed.

# %% [markdown] lang="zh"
# ### copy-up
#
# **copy-up**：容器第一次修改镜像里的文件时，先把整个文件复制到可写层，改的是副本。

# %% [markdown] lang="en"
# ### image
#
# An **image** is an ordered list of layers and one config: which files there are, and what to run with them.

# %% [markdown] lang="zh"
# ### image
#
# **镜像**：一串有顺序的层，加一份配置：有哪些文件，用它们运行什么。

# %% [markdown] lang="en"
# ### base image
#
# The **base image** is the one that FROM names. Its layers and its config are where a build starts.

# %% [markdown] lang="zh"
# ### base image
#
# **基础镜像**：FROM 指定的那个镜像。构建从它的层和配置开始。

# %% [markdown] lang="en"
# ### container
#
# A **container** is an image, a writable layer, and the process that runs in them.

# %% [markdown] lang="zh"
# ### container
#
# **容器**：一个镜像、一个可写层，以及在里面运行的进程。

# %% [markdown] lang="en"
# ### build context
#
# The **build context** is the folder that `docker build` gives to the builder. COPY and ADD can take files from it, and from nowhere else on your machine.

# %% [markdown] lang="zh"
# ### build context
#
# **构建上下文**：`docker build` 交给构建器的那个目录。COPY 和 ADD 只能从这里取文件，取不到你机器上别处的文件。

# %% [markdown] lang="en"
# ### stage
#
# A **stage** is a FROM with the instructions up to the next FROM. Only the stages that the target needs are built, and only the target becomes the image.

# %% [markdown] lang="zh"
# ### stage
#
# **阶段**：从一个 FROM 到下一个 FROM 之间的指令。只有目标用得到的阶段才会构建，最后成为镜像的只有目标阶段。

# %% [markdown] lang="en"
# ### volume
#
# A **volume** is a folder that Docker keeps outside all images and containers. It outlives the container that writes to it.

# %% [markdown] lang="zh"
# ### volume
#
# **数据卷**（volume）：Docker 放在镜像和容器之外的一个目录。往里写的容器没了，它还在。

# %% [markdown] lang="en"
# ### anonymous volume
#
# An **anonymous volume** is a volume whose name Docker made up: 64 digits. VOLUME in an image gives one to every container that names none itself.

# %% [markdown] lang="zh"
# ### anonymous volume
#
# **匿名数据卷**：名字由 Docker 自动生成的数据卷，64 位编号。镜像里写了 VOLUME，容器自己又没有指定数据卷，就会得到一个。

# %% [markdown] lang="en"
# ### bind mount
#
# A **bind mount** shows a folder or a file of the host inside a container. It is the same data, not a copy.

# %% [markdown] lang="zh"
# ### bind mount
#
# **绑定挂载**：让容器直接看到宿主机上的一个目录或文件。是同一份数据，不是副本。

# %% [markdown] lang="en"
# ### cache
#
# The build **cache** keeps the result of each step. A step whose inputs are all the same is not done again.

# %% [markdown] lang="zh"
# ### cache
#
# **缓存**：构建时保留每一步的结果。输入完全相同的一步不会重做。

# %% [markdown] lang="en"
# ### cache key
#
# A **cache key** is all that decides the result of a build step: the command or the copied files, the variables, and the result that it stands on. Same key, same result: the step
# is CACHED.

# %% [markdown] lang="zh"
# ### cache key
#
# **缓存键**：决定一个构建步骤结果的所有东西：命令或要复制的文件、变量，以及它下面的结果。键相同，结果就相同，这一步便是 CACHED。

# %% [markdown] lang="en"
# ### environment variable
#
# An **environment variable** is a name with a value that a process gets when it starts, and hands on to those it starts.

# %% [markdown] lang="zh"
# ### environment variable
#
# **环境变量**：进程启动时得到的一组“名字=值”，再传给它启动的进程。

# %% [markdown] lang="en"
# ### UID
#
# The **UID** is the number of a user, the GID that of a group; 0 is root. Files and processes know only these numbers. The names stand in `/etc/passwd` and `/etc/group`, and each image has its own.

# %% [markdown] lang="zh"
# ### UID
#
# **UID** 是用户的编号，GID 是组的编号，0 就是 root。文件和进程只认编号；名字写在 `/etc/passwd` 和 `/etc/group` 里，每个镜像各有一份。

# %% [markdown] lang="en"
# ### exec form
#
# The **exec form** of RUN, CMD and ENTRYPOINT is a JSON list of words: exactly this program with these arguments. No shell takes part.

# %% [markdown] lang="zh"
# ### exec form
#
# **exec 形式**：RUN、CMD、ENTRYPOINT 写成 JSON 列表：就是这个程序、这些参数，不经过 shell。

# %% [markdown] lang="en"
# ### shell form
#
# The **shell form** is a plain text. It is given to a shell as one argument: `/bin/sh -c "text"`.

# %% [markdown] lang="zh"
# ### shell form
#
# **shell 形式**：写成一行普通文字，整行作为一个参数交给 shell：`/bin/sh -c "文字"`。

# %% [markdown] lang="en"
# ### tag
#
# A **tag** is a name for an image, `name:tag`. It can be moved to another image at any time; `latest` is only the tag that is meant when none is given.

# %% [markdown] lang="zh"
# ### tag
#
# **tag**：镜像的名字，写作 `名字:tag`。它随时可以改指别的镜像；`latest` 只是没写 tag 时的那个默认值，不代表最新。

# %% [markdown] lang="en"
# ### registry
#
# A **registry** is a server that stores images and hands them out, layer by layer.

# %% [markdown] lang="zh"
# ### registry
#
# **registry**：存放和分发镜像的服务器，一层一层地传。

# %% [markdown] lang="en"
# ### digest
#
# A **digest** is the SHA-256 of some bytes. Equal bytes have the same digest, so it names a layer, a config or a manifest beyond doubt.

# %% [markdown] lang="zh"
# ### digest
#
# **digest**：一段字节的 SHA-256。字节相同，digest 就相同，因此可以毫不含糊地指明一层、一份配置或一份 manifest。

# %% [markdown] lang="en"
# ### trigger
#
# A **trigger** is an instruction that ONBUILD keeps in an image. It fires in the build of a child, right after its FROM.

# %% [markdown] lang="zh"
# ### trigger
#
# **触发器**：ONBUILD 存在镜像里的指令。别人以这个镜像为基础构建时，它在 FROM 之后立刻执行。

# %% [markdown] lang="en"
# ### published port
#
# A **published port** is a port of the host that Docker passes on to a port of a container (`-p`, `-P`). EXPOSE only notes a port; it publishes none.

# %% [markdown] lang="zh"
# ### published port
#
# **发布端口**：宿主机上由 Docker 转给容器某个端口的端口（`-p`、`-P`）。EXPOSE 只是记下端口，并不发布。

# %% [markdown] lang="en"
# ### label
#
# A **label** is a key with a value in the config of an image, or of a container. It changes nothing that runs; people and tools search by it.

# %% [markdown] lang="zh"
# ### label
#
# **label**：镜像或容器的配置里的一个键和一个值。它不影响运行，供人和工具查找用。

# %% [markdown] lang="en"
# ### parser directive
#
# A **parser directive** is a line `# name=value` at the very top of a Dockerfile: `syntax`, `escape` or `check`. Below any other line it is a comment.

# %% [markdown] lang="zh"
# ### parser directive
#
# **解析指令**（parser directive）：Dockerfile 最顶上形如 `# name=value` 的行，有 `syntax`、`escape`、`check` 三种。写在别的行下面就只是注释。

# %% [markdown] lang="en"
# ### target
#
# The **target** of a build is the stage that becomes the image: the one that `--target` names, else the last one of the file.

# %% [markdown] lang="zh"
# ### target
#
# **目标**（target）：构建中最终成为镜像的那个阶段。用 `--target` 指定，不指定就是文件里的最后一个。

# %% [markdown] lang="en"
# ### static binary
#
# A **static binary** is a program that holds all library code it needs in its one file. It runs where there is no C library and no loader, even on `scratch`.

# %% [markdown] lang="zh"
# ### static binary
#
# **静态程序**（static binary）：把用到的库代码全部装进自己这一个文件的程序。没有 C 库、没有加载器的地方也能运行，哪怕是 `scratch`。

# %% [markdown] lang="en"
# ### blob
#
# A **blob** is a file that is named after the digest of its own bytes: a layer, a config or a manifest, as a registry or an archive stores it.

# %% [markdown] lang="zh"
# ### blob
#
# **blob**：以自身字节的 digest 命名的文件。registry 或归档里存放的层、配置、manifest 都是 blob。

# %% [markdown] lang="en"
# ### config
#
# The **config** of an image is a JSON file: environment, command, user, labels, the history, and the diff IDs of its layers. Its digest is the image ID.

# %% [markdown] lang="zh"
# ### config
#
# **配置**（config）：镜像的一个 JSON 文件，写着环境变量、命令、用户、label、历史，以及各层的 diff ID。它的 digest 就是 image ID。

# %% [markdown] lang="en"
# ### manifest
#
# A **manifest** is the packing list of an image: a JSON file that names the config and the layers, each by the digest of its blob.

# %% [markdown] lang="zh"
# ### manifest
#
# **manifest**：镜像的装箱单，一个 JSON 文件，用 blob 的 digest 指出配置和各层。

# %% [markdown] lang="en"
# ### OCI layout
#
# An **OCI layout** is a folder, or a tar of it, in which images lie: `index.json` where to begin, and the blobs. `docker save` writes it since Docker 25.

# %% [markdown] lang="zh"
# ### OCI layout
#
# **OCI layout**：存放镜像的目录（或它的 tar）：从 `index.json` 开始，其余都是 blob。Docker 25 起 `docker save` 写的就是它。

# %% [markdown] lang="en"
# ### diff ID
#
# The **diff ID** of a layer is the digest of its tar, not compressed. It stays the same however the layer is packed.

# %% [markdown] lang="zh"
# ### diff ID
#
# **diff ID**：层的 tar 未压缩时的 digest。不管怎么压缩，它都不变。

# %% [markdown] lang="en"
# ### chain ID
#
# The **chain ID** of a layer names it together with all layers below it. It is the digest of the chain ID below, a blank, and the diff ID.

# %% [markdown] lang="zh"
# ### chain ID
#
# **chain ID**：指一层连同它下面的所有层。它是“下面的 chain ID、一个空格、这一层的 diff ID”这段文字的 digest。

# %% [markdown] lang="en"
# ### working directory
#
# The **working directory** is the folder from which relative paths are meant. WORKDIR sets it for the lines below, and for the containers of the image.

# %% [markdown] lang="zh"
# ### working directory
#
# **工作目录**：相对路径从这个目录算起。WORKDIR 为后面的指令、也为镜像的容器设定它。

# %% [markdown] lang="en"
# ### health check
#
# A **health check** is a command that Docker runs inside a container again and again. Its exit code says whether the container works: 0 yes, 1 no.

# %% [markdown] lang="zh"
# ### health check
#
# **健康检查**（health check）：Docker 在容器里反复运行的一条命令。退出码说明容器是否正常：0 正常，1 不正常。

# %% [markdown] lang="en"
# ### stop signal
#
# The **stop signal** is what `docker stop` sends to process 1 first: SIGTERM, or the one that STOPSIGNAL names.

# %% [markdown] lang="zh"
# ### stop signal
#
# **停止信号**：`docker stop` 先发给 1 号进程的信号。默认是 SIGTERM，也可以由 STOPSIGNAL 指定。
