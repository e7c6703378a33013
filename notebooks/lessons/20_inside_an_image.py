# %% [markdown] lang="en"
# # 20 Inside an image
#
# After this lesson you can
#
# * name the files of which an image is made, and follow them from the first to the last;
# * say what an image ID, a diff ID, a chain ID and the digest of a blob are made of, and compute each by hand;
# * say why one layer has two digests;
# * find out which layer holds a file, with nothing but tar.
#
# Reading 20 minutes, exercises 20 minutes. The notes have no such chapter; they speak of images that point at one another, and here you can look for the pointers.

# %% [markdown] lang="zh"
# # 20 打开一个镜像
#
# 学完这一课，你能
#
# * 说出镜像由哪些文件组成，并从第一个一路跟到最后一个；
# * 说清 image ID、diff ID、chain ID 和 blob 的 digest 各是由什么算出来的，并亲手算出每一个；
# * 说清同一层为什么有两个 digest；
# * 只用 tar，找出一个文件在哪一层。
#
# 阅读 20 分钟，习题 20 分钟。笔记没有这一章；它说镜像之间由指针相连，在这里你可以去找找那些指针。

# %% [markdown] lang="en"
# ## Save it and open it
#
# A small image to take apart. It copies a file, deletes it again and leaves a note.

# %% [markdown] lang="zh"
# ## 存下来，打开它
#
# 拿一个小镜像来拆。它复制一个文件，又删掉它，留下一张字条。

# %%
# %%contextfile greeting.txt
good morning

# %%
# %%dockerfile note
FROM busybox
COPY greeting.txt /greeting.txt
RUN rm /greeting.txt && echo bye > /bye.txt
ENV LEFT=yes
CMD ["cat", "/bye.txt"]

# %% [markdown] lang="en"
# `docker save` writes an [image](99_glossary.ipynb#image) into a tar file. What happens below happens on the simulated host, with the usual tools of a shell.

# %% [markdown] lang="zh"
# `docker save` 把[镜像](99_glossary.ipynb#image)写进一个 tar 文件。下面的命令都在模拟的宿主机上执行，用的是 shell 里常见的工具。

# %%
# %%host
docker save -o note.tar note
mkdir note
tar -x -f note.tar -C note
cd note
find * -type f

# %% [markdown] lang="en"
# This form is called an [OCI layout](99_glossary.ipynb#OCI-layout). OCI is the Open Container Initiative, which wrote down in 2017 what an image is. Docker saves like this since version 25 (January 2024); `manifest.json` is there for older
# versions. All else lies in one folder, `blobs/sha256`. A [blob](99_glossary.ipynb#blob) is a file that is named after its own content.
#
# **Predict, then run.** What will `sha256sum` say of each?

# %% [markdown] lang="zh"
# 这种形式叫 [OCI layout](99_glossary.ipynb#OCI-layout)。OCI 是 Open Container Initiative，它在 2017 年把“镜像是什么”写成了规范。Docker 从 25 版（2024 年 1 月）起这样保存；`manifest.json` 是留给旧版本的。其余文件都在一个目录 `blobs/sha256` 里。[blob](99_glossary.ipynb#blob) 就是以自己的内容命名的文件。
#
# **先猜再运行。** 对每个文件执行 `sha256sum`，会打印什么？

# %%
# %%host
cd note/blobs/sha256
sha256sum *

# %% [markdown] lang="en"
# The [digest](99_glossary.ipynb#digest) of each file is its name. So a name cannot be given to anything else, and who has the name can check what came. The whole archive at a glance, each file opened:

# %% [markdown] lang="zh"
# 每个文件的 [digest](99_glossary.ipynb#digest) 就是它的名字。所以名字不可能再给别的东西；拿到名字的人，就能核对收到的内容。整个归档一览，每个文件都打开看：

# %%
# %picture oci note

# %% [markdown] lang="en"
# ## From the index to the layers
#
# Now by hand, one file after the other. It begins with `index.json`, the only file with a fixed name. (`sed` breaks the long line at its commas.)

# %% [markdown] lang="zh"
# ## 从 index 走到各层
#
# 现在亲手走一遍，一个文件接一个文件。起点是 `index.json`，只有它的名字是固定的。（`sed` 在逗号处把长行断开。）

# %%
# %%host
cd note
sed 's/,"/,\n"/g' index.json

# %% [markdown] lang="en"
# It names a [manifest](99_glossary.ipynb#manifest), by its digest, and tells its size and its platform; an image for several platforms has several lines here. The tag stands here too, as a note *beside* the image.
#
# Next the manifest.

# %% [markdown] lang="zh"
# 它用 digest 指出一个 [manifest](99_glossary.ipynb#manifest)，还写着大小和平台；支持多个平台的镜像，这里就有多条。tag 也写在这里，是记在镜像*旁边*的一句话。
#
# 接着看 manifest。

# %%
# %%host
cd note
manifest=$(grep -o '"digest":"sha256:[0-9a-f]*' index.json | cut -d : -f 3)
sed 's/,"/,\n"/g' blobs/sha256/$manifest

# %% [markdown] lang="en"
# The manifest is the packing list: one [config](99_glossary.ipynb#config), and the layers from the bottom to the top. No layer names the one below it: there is this list and nothing else. The config is the third.

# %% [markdown] lang="zh"
# manifest 是装箱单：一份[配置](99_glossary.ipynb#config)（config），以及从下到上的各层。没有哪一层写着自己下面是谁：只有这张单子，别的什么也没有。第三个就是配置。

# %%
# %%host
cd note
manifest=$(grep -o '"digest":"sha256:[0-9a-f]*' index.json | cut -d : -f 3)
config=$(grep -o '"config":{[^}]*' blobs/sha256/$manifest | grep -o 'sha256:[0-9a-f]*' | cut -d : -f 2)
echo "the name of the config: sha256:$config"
sed 's/,"/,\n"/g' blobs/sha256/$config
echo
docker image inspect -f "the ID of the image:    {{.Id}}" note

# %% [markdown] lang="en"
# Here is what `docker inspect` and `docker history` show: the environment, the command, one line for each instruction, those without a layer marked `empty_layer`, and `rootfs`. The first and the last line of the output say something else:
# **the image ID is the digest of the config**, and not of any layer.
#
# **Predict, then run.** A [label](99_glossary.ipynb#label) more, and no file. Which numbers change?

# %% [markdown] lang="zh"
# `docker inspect` 和 `docker history` 显示的就是这些：环境变量、命令，每条指令一行（没有产生层的标着 `empty_layer`），还有 `rootfs`。输出的第一行和最后一行说的是另一件事：**image ID 是配置的 digest**，不是哪一层的。
#
# **先猜再运行。** 多一个 [label](99_glossary.ipynb#label)，文件一个不动。哪些数字会变？

# %%
# %%dockerfile labelled
FROM note
LABEL mood=good

# %%
# %%host
docker image inspect -f "{{.Id}}" note labelled
docker image inspect -f "{{range .RootFS.Layers}}{{println .}}{{end}}" note labelled

# %% [markdown] lang="en"
# Two image IDs, and the same three layers, which docker keeps only once.
#
# ## A layer is a tar
#
# `rootfs.diff_ids` names the layers. The [diff ID](99_glossary.ipynb#diff-ID) is the digest of the layer's tar. Here are the first three entries of each, the lowest layer first.

# %% [markdown] lang="zh"
# 两个 image ID，三层却完全相同，docker 只存一份。
#
# ## 层就是一个 tar
#
# `rootfs.diff_ids` 列出各层。[diff ID](99_glossary.ipynb#diff-ID) 是这一层的 tar 的 digest。下面列出每一层的前三项，最底层在前。

# %%
# %%host
cd note
for number in 0 1 2; do
    diff=$(docker image inspect -f "{{index .RootFS.Layers $number}}" note)
    echo "$diff"
    tar -t -v -f blobs/sha256/${diff#sha256:} | head -n 3
done

# %% [markdown] lang="en"
# The second layer holds `greeting.txt`, whole. The third one holds `bye.txt`, and an empty file `.wh.greeting.txt`: that is how a [whiteout](99_glossary.ipynb#whiteout) is written down. Deleting takes nothing away from the file below, as everybody who
# has the archive can see.
#
# ## Why there are two digests
#
# In the archive of `docker save` a layer lies as a plain tar. A [registry](99_glossary.ipynb#registry) keeps and sends it compressed.
#
# **Predict, then run.** Does the compressed layer have the same digest?

# %% [markdown] lang="zh"
# 第二层里是完整的 `greeting.txt`。第三层里有 `bye.txt`，还有一个空文件 `.wh.greeting.txt`：[whiteout](99_glossary.ipynb#whiteout) 就是这样记下来的。删除拿不走下面那层的文件，谁有这个归档，谁就看得到。
#
# ## 为什么有两个 digest
#
# `docker save` 的归档里，层是普通的 tar；而 [registry](99_glossary.ipynb#registry) 里存的、网络上传的是压缩过的。
#
# **先猜再运行。** 压缩之后的层，digest 还一样吗？

# %%
# %%host
cd note
top=$(docker image inspect -f "{{index .RootFS.Layers 2}}" note)
blob=blobs/sha256/${top#sha256:}
echo "the tar:    $(sha256sum < $blob)"
echo "compressed: $(gzip -c $blob | sha256sum)"
echo "unpacked:   $(gzip -c $blob | gunzip | sha256sum)"
gzip -c $blob | wc -c

# %% [markdown] lang="en"
# Other bytes, so another digest. Another compressor, or another version of it, would give a third one, though the files in the layer are the same. Therefore
#
# * the **manifest** lists the digest of each blob *as it is stored*: with it one can check what came over the network, before unpacking anything;
# * the **config** lists the **diff IDs**, of the tar itself: they stay the same however the layer was packed.
#
# Both are needed, and neither can be computed from the other without the bytes. That is why `docker pull` from a real registry shows other numbers than `docker inspect`. (The course's registry keeps its layers as they are.)
#
# ## What lies below counts, too
#
# A diff ID says what is in a layer, and not on what it stands. **Predict, then run.** The same file, copied onto two bases: are the two layers the same?

# %% [markdown] lang="zh"
# 字节不同，digest 就不同。换一个压缩程序，甚至换个版本，还会得到第三个，虽然层里的文件一模一样。所以
#
# * **manifest** 列的是每个 blob *存放形式*的 digest：不用解开，就能核对网络上收到的东西；
# * **配置** 列的是 **diff ID**，即 tar 本身的 digest：不管怎么压缩，它都不变。
#
# 两个都需要；没有那些字节，谁也算不出另一个。所以从真正的 registry 执行 `docker pull`，显示的数字和 `docker inspect` 的不一样。（本课程的 registry 不压缩。）
#
# ## 下面是什么也算数
#
# diff ID 说的是层里有什么，不说它站在什么上面。**先猜再运行。** 同一个文件，复制到两个基础镜像上：得到的两层一样吗？

# %%
# %%contextfile on-busybox.Dockerfile
FROM busybox
COPY greeting.txt /greeting.txt

# %%
# %%contextfile on-alpine.Dockerfile
FROM alpine
COPY greeting.txt /greeting.txt

# %%
# %%host
docker build -q -f on-busybox.Dockerfile -t on-busybox .
docker build -q -f on-alpine.Dockerfile -t on-alpine .
docker image inspect -f "{{index .RootFS.Layers 1}}" on-busybox on-alpine

# %% [markdown] lang="en"
# The same [layer](99_glossary.ipynb#layer), so one blob for both. But unpacked on a disk, the *stack* is another one. Docker names a stack by its [chain ID](99_glossary.ipynb#chain-ID):
#
# * of the bottom layer it is the diff ID;
# * of every next one, it is the digest of this text: the chain ID below, a blank, the diff ID.
#
# Three layers, by hand. `printf` puts the text together without a newline at its end.

# %% [markdown] lang="zh"
# 是同一个[层](99_glossary.ipynb#layer)，所以 blob 只有一份。但解开放到磁盘上时，*叠起来*的结果并不相同。Docker 用 [chain ID](99_glossary.ipynb#chain-ID) 来称呼“叠到这一层为止的整个结果”：
#
# * 最底层的 chain ID 就是它的 diff ID；
# * 再往上，每一层的 chain ID 是这段文字的 digest：下面的 chain ID、一个空格、这一层的 diff ID。
#
# 三层，亲手算。`printf` 拼出来的文字末尾没有换行。

# %%
# %%host
set -- $(docker image inspect -f "{{range .RootFS.Layers}}{{.}} {{end}}" note)
chain=$1
echo "1 $chain"
chain=sha256:$(printf '%s %s' $chain $2 | sha256sum | cut -d ' ' -f 1)
echo "2 $chain"
chain=sha256:$(printf '%s %s' $chain $3 | sha256sum | cut -d ' ' -f 1)
echo "3 $chain"

# %% [markdown] lang="en"
# | name | digest of what | where it stands |
# |---|---|---|
# | diff ID | the layer's tar, not compressed | in the config, `RootFS.Layers` of `docker inspect` |
# | digest of the blob | the layer as it is stored, mostly compressed | in the manifest, in the output of `docker pull` |
# | chain ID | a text: chain ID below, blank, diff ID | nowhere in the image; docker computes it |
# | image ID | the config | `docker images`, `docker inspect` |
# | digest of the image | the manifest (or the index) | `FROM name@sha256:...` |
#
# With the containerd image store, the default of new installations since Docker 29 (November 2025), `docker images` shows the last of these as the ID. In the course's registry the last two are one number.
#
# ## Put together again, and checked
#
# **Predict, then run.** First the files are packed as they were. Then one word in a layer is changed, for one of the same length.

# %% [markdown] lang="zh"
# | 名字 | 是什么的 digest | 写在哪里 |
# |---|---|---|
# | diff ID | 未压缩的层 tar | 配置里，`docker inspect` 的 `RootFS.Layers` |
# | blob 的 digest | 存放形式的层，多半压缩过 | manifest 里，`docker pull` 的输出里 |
# | chain ID | 一段文字：下面的 chain ID、空格、diff ID | 镜像里没有；由 docker 算出 |
# | image ID | 配置 | `docker images`、`docker inspect` |
# | 镜像的 digest | manifest（或 index） | `FROM 名字@sha256:……` |
#
# 如果用 containerd 镜像存储（Docker 29 起新安装的默认，2025 年 11 月），`docker images` 的 ID 显示的是最后一个。本课程的 registry 里，最后两个是同一个数字。
#
# ## 再装回去，会核对
#
# **先猜再运行。** 先把文件原样打包；再把某一层里的一个词换成等长的另一个词。

# %%
# %%host
cd note
tar -c -f ../again.tar *
docker load -i ../again.tar
layer=$(docker image inspect -f "{{index .RootFS.Layers 1}}" note)
sed -i 's/morning/evening/' blobs/sha256/${layer#sha256:}
tar -c -f ../changed.tar *
docker load -i ../changed.tar
sed -i 's/evening/morning/' blobs/sha256/${layer#sha256:}

# %% [markdown] lang="en"
# Nobody can slip you another layer under the old name.
#
# Where a real Docker is at hand, it reads what this simulator writes. In a terminal, in a folder with a Dockerfile:
#
# ```
# course build -o type=docker,dest=note.tar .
# docker load -i note.tar
# ```
#
# `%docker --engine real history IMAGE` asks both, the simulator and that Docker, and says whether they agree.
#
# ## The notes say / today
#
# In the notes, a container may have several images in it, which overlap, and a pointer leads from one to the next. You have seen all files of an image now. There is one config, one ordered list of layers, and no pointer. The picture comes from a time when every layer was an
# image with the ID of its parent written in it; docker gave that up in version 1.10 (February 2016), when names became digests.
#
# ## Common mistakes
#
# **A newline too many.** `echo` ends its text with a newline, and the newline counts.

# %% [markdown] lang="zh"
# 谁也没法用旧名字塞给你另一层。
#
# 手边有真正的 Docker 的话，它能读这个模拟器写出来的东西。在终端里，进到有 Dockerfile 的目录：
#
# ```
# course build -o type=docker,dest=note.tar .
# docker load -i note.tar
# ```
#
# `%docker --engine real history 镜像` 会同时问模拟器和那个 Docker，再告诉你两边是否一致。
#
# ## 笔记的说法与今天
#
# > 一个docker容器内部可能含有多个镜像，这几个镜像重叠在一起，然后由上个镜像通过指针引导到下个镜像
#
# 镜像的全部文件你现在都看过了：一份配置，一张有顺序的层的单子，没有指针。笔记里的图景来自更早的时候：那时每一层都是一个镜像，里面写着父镜像的 ID；docker 在 1.10 版（2016 年 2 月）放弃了这种做法，名字从此都是 digest。
#
# ## 常见错误
#
# **多了一个换行。** `echo` 会在末尾加换行，而换行也算进去。

# %%
# %%host
printf '%s %s' one two | sha256sum
echo "one two" | sha256sum
echo -n "one two" | sha256sum

# %% [markdown] lang="en"
# **A layer taken for an image.** A diff ID is no image ID; there is nothing to run.

# %% [markdown] lang="zh"
# **把层当成镜像。** diff ID 不是 image ID，没有东西可以运行。

# %%
# %%host
docker run --rm $(docker image inspect -f "{{index .RootFS.Layers 1}}" note)

# %% [markdown] lang="en"
# **export for save.** `docker export` writes the files of a *container*: one flat tar, without layers, config or history. `docker load` wants an image.

# %% [markdown] lang="zh"
# **把 export 当成 save。** `docker export` 写的是*容器*的文件：一个平铺的 tar，没有层，没有配置，也没有历史。`docker load` 要的是镜像。

# %%
# %%host
docker run --name box note
docker export -o box.tar box
tar -t -f box.tar | head -n 3
docker load -i box.tar

# %% [markdown] lang="en"
# ## Practice
#
# Not graded. Build an image that has exactly the layers of `alpine` and yet another ID: with the label `note=twin`.

# %% [markdown] lang="zh"
# ## 练习
#
# 不计分。构建一个镜像，层和 `alpine` 完全相同，ID 却不同：带上 label `note=twin`。

# %% bare=true
# %%dockerfile inside-twin
FROM alpine

# %% bare=true
check("inside-twin")

# %% bare=true
# %hint inside-twin

# %% [markdown] lang="en"
# A place to try things for the exercises. The folder `note` from above is still there.

# %% [markdown] lang="zh"
# 做习题之前可以在这里随便试。上面的目录 `note` 还在。

# %% bare=true
# %%host
cd note
tar -t -f blobs/sha256/$(docker image inspect -f "{{index .RootFS.Layers 2}}" note | cut -d : -f 2)

# %% [markdown] lang="en"
# ## Exercises
#
# 10 points. The first two answers are small scripts, which `bash` runs on the host.
#
# ### 1. Compute a chain ID (3.5 points)
#
# Write `chain.sh`. It is called with the diff IDs of an image, from the bottom to the top, as words: `$1` is the lowest. It prints the chain ID of the whole image, `sha256:...`, and nothing else. The judge calls it for images of one, two, three and seven layers:
# one that can do two layers earns most of it.

# %% [markdown] lang="zh"
# ## 习题
#
# 共 10 分。前两题的答案是小脚本，由宿主机上的 `bash` 执行。
#
# ### 1. 计算 chain ID（3.5 分）
#
# 写 `chain.sh`。调用它时，后面跟着一个镜像的各个 diff ID，从下到上：`$1` 是最底层。它打印整个镜像的 chain ID，`sha256:……`，别的什么也不打印。评分时会用一层、两层、三层和七层的镜像来调用：能算两层就有一大半的分。

# %% nbgrader={"grade_id": "inside-chain", "solution": true}
# %%contextfile chain.sh --answer inside-chain
### BEGIN SOLUTION
chain=$1
shift
for diff; do
    chain=sha256:$(printf '%s %s' "$chain" "$diff" | sha256sum | cut -d ' ' -f 1)
done
echo "$chain"
### END SOLUTION

# %% nbgrader={"grade_id": "inside-chain-check", "grade": true, "points": 3.5}
check("inside-chain")

# %% bare=true
# %hint inside-chain

# %% [markdown] lang="en"
# ### 2. Find the layer of a file (3.5 points)
#
# Write `holds.sh`. It is called in a folder that holds an unpacked archive, as you made it above, with the path of a file as its word, written as in the tar: `bash ../holds.sh bye.txt`. It prints the digest of every layer that holds this file, `sha256:...`, a line each, in any order. A whiteout is not the file,
# and neither is a file whose path is only similar.

# %% [markdown] lang="zh"
# ### 2. 找出文件在哪一层（3.5 分）
#
# 写 `holds.sh`。它在一个目录里被调用，目录里是像上面那样解开的归档，后面跟着一个文件的路径，写法和 tar 里一样：`bash ../holds.sh bye.txt`。凡是含有这个文件的层，都打印它的 digest，`sha256:……`，一行一个，顺序不限。whiteout 不算这个文件，路径只是相像的也不算。

# %% nbgrader={"grade_id": "inside-find", "solution": true}
# %%contextfile holds.sh --answer inside-find
### BEGIN SOLUTION
for blob in blobs/sha256/*; do
    if tar -t -f "$blob" 2>/dev/null | grep -qxF "$1"; then
        echo "sha256:$(basename "$blob")"
    fi
done
### END SOLUTION

# %% nbgrader={"grade_id": "inside-find-check", "grade": true, "points": 3.5}
check("inside-find")

# %% bare=true
# %hint inside-find

# %% [markdown] lang="en"
# ### 3. Which names change? (3 points)
#
# An image in a registry has three layers, A at the bottom, B, and C on top. Look at the names of C and of the image, in this order: `"diff ID"` (of C), `"chain ID"` (of C), `"blob"` (the digest of C as it is stored), `"image ID"` (of the config), `"manifest"` (its digest). Which of them
# change, if nothing but this is done?
#
# * `a`: C is compressed with another program and pushed again.
# * `b`: The image gets one more label.
# * `c`: The image gets a second tag.
# * `d`: One letter in a file of C is another one.
# * `e`: The very same C stands on other layers than A and B.
# * `f`: A file in C has another date, and the same content.
#
# Copy this into the cell. In the place of each `...` put a list of names, in the order from above; `[]` when none changes.
#
# ```
# inside_names = {
#     "a": ["...", "..."],
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% [markdown] lang="zh"
# ### 3. 哪些名字会变？（3 分）
#
# registry 里有个三层的镜像：A 在最下面，然后是 B，C 在最上面。看 C 和整个镜像的这几个名字，按这个顺序：`"diff ID"`（C 的）、`"chain ID"`（C 的）、`"blob"`（C 存放形式的 digest）、`"image ID"`（配置的）、`"manifest"`（它的 digest）。如果只做下面这一件事，哪些会变？
#
# * `a`：换一个程序压缩 C，重新推送。
# * `b`：镜像多了一个 label。
# * `c`：镜像多了一个 tag。
# * `d`：C 里某个文件有一个字母变了。
# * `e`：一模一样的 C，下面的 A 和 B 换成了别的层。
# * `f`：C 里某个文件的日期变了，内容没变。
#
# 把下面的内容抄进单元格，将每个 `...` 换成名字的列表，顺序同上；一个都不变就写 `[]`。
#
# ```
# inside_names = {
#     "a": ["...", "..."],
#     "b": ...,
#     "c": ...,
#     "d": ...,
#     "e": ...,
#     "f": ...,
# }
# ```

# %% nbgrader={"grade_id": "inside-names", "solution": true}
### BEGIN SOLUTION
inside_names = {
    "a": ["blob", "manifest"],
    "b": ["image ID", "manifest"],
    "c": [],
    "d": ["diff ID", "chain ID", "blob", "image ID", "manifest"],
    "e": ["chain ID", "image ID", "manifest"],
    "f": ["diff ID", "chain ID", "blob", "image ID", "manifest"],
}
### END SOLUTION

# %% nbgrader={"grade_id": "inside-names-check", "grade": true, "points": 3}
check("inside-names")

# %% bare=true
# %hint inside-names

# %% [markdown] lang="en"
# ## Key points
#
# * index, manifest, config, layers: each names the next by the digest of its bytes. There are no pointers from layer to layer.
# * The image ID is the digest of the config. A label changes it, and no layer.
# * The diff ID is the digest of the tar, the digest of the blob that of its stored form: one layer, two numbers.
# * The chain ID names a layer together with all that lies below it.
# * Whoever has the archive can read every file that ever was in a layer.
#
# Next: [21 Everything together](21_capstone.ipynb). To read on: the [OCI image specification](https://github.com/opencontainers/image-spec/blob/main/config.md), sections *Layer DiffID*, *Layer ChainID* and *ImageID*.

# %% [markdown] lang="zh"
# ## 要点
#
# * index、manifest、配置、层：每一个都用字节的 digest 指出下一个。层与层之间没有指针。
# * image ID 是配置的 digest。加一个 label，ID 变了，层一个没变。
# * diff ID 是 tar 的 digest，blob 的 digest 是存放形式的：同一层，两个数字。
# * chain ID 指的是一层连同它下面的一切。
# * 谁有归档，谁就能读到曾经进过任何一层的每个文件。
#
# 下一课：[21 全部用上](21_capstone.ipynb)。延伸阅读：[OCI 镜像规范](https://github.com/opencontainers/image-spec/blob/main/config.md)的 Layer DiffID、Layer ChainID、ImageID 三节。
