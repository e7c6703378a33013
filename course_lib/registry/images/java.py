"""eclipse-temurin, openjdk, tomcat, maven, gradle: Java on Ubuntu, Debian and Alpine."""

from __future__ import annotations

from dataclasses import replace

from course_lib.image.config import ImageConfig
from course_lib.registry.images import alpine, debian, scripts, ubuntu
from course_lib.registry.layers import Files
from course_lib.registry.recipe import PATH, Recipe, Step, kit, run, settings

_HOME = "/opt/java/openjdk"
_SOURCE = "config, history and sizes: docker-library and docker history, January 2024; file lists estimated"
_JRE = "p %(home)s/bin/java 12000\np %(home)s/bin/keytool 12000\n"
_JDK = "p %(home)s/bin/javac 12000\np %(home)s/bin/jar 12000\np %(home)s/bin/jshell 12000\n"
_ENTRYPOINT = '#!/usr/bin/env sh\nset -e\n\nexec "$@"\n'
_RELEASES = {
    "8": "jdk8u392-b08", "11": "jdk-11.0.21+9", "17": "jdk-17.0.9+9", "21": "jdk-21.0.1+12",
}  # fmt: skip
_SIZES = {  # bytes of the Java layer: whole JDK, runtime alone
    "8": (103_000_000, 42_000_000),
    "11": (281_000_000, 141_000_000),
    "17": (286_000_000, 144_000_000),
    "21": (318_000_000, 161_000_000),
}


def _temurin(major: str, kind: str, tags: tuple[str, ...], base: Recipe) -> Recipe:
    version = _RELEASES[major]
    small = base is alpine.ALPINE
    config = ImageConfig(
        env=(
            f"JAVA_HOME={_HOME}",
            PATH.replace("PATH=", f"PATH={_HOME}/bin:"),
            "LANG=en_US.UTF-8",
            "LANGUAGE=en_US:en",
            "LC_ALL=en_US.UTF-8",
            f"JAVA_VERSION={version}",
        ),
        entrypoint=("/__cacert_entrypoint.sh",),
        cmd=("jshell",) if kind == "jdk" and major != "8" else None,
        labels=base.config.labels,
    )
    size = _SIZES[major][kind == "jre"]
    programs = (_JRE + (_JDK if kind == "jdk" else "")) % {"home": _HOME}
    helpers = (
        Files(packages=("ca-certificates", "tzdata"), size=9_000_000 if small else 0)
        if small
        else Files(
            packages=("ca-certificates", "curl", "wget", "tzdata", "locales"), size=48_000_000
        )
    )
    steps = (
        kit(f"ENV JAVA_HOME={_HOME}"),
        kit(f"ENV {config.env[1]}"),
        kit("ENV LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8"),
        run("set -eux; apt-get update; apt-get install -y --no-install-recommends curl wget gnupg "
            "fontconfig ca-certificates p11-kit tzdata locales ; rm -rf /var/lib/apt/lists/*", helpers),
        kit(f"ENV JAVA_VERSION={version}"),
        run('set -eux; wget -O /tmp/openjdk.tar.gz ${BINARY_URL}; mkdir -p "$JAVA_HOME"; tar '
            '--extract --file /tmp/openjdk.tar.gz --directory "$JAVA_HOME" --strip-components 1',
            Files(programs, size=size, bulk=f"{_HOME}/lib/modules")),
        run("set -eux; java --version",
            Files()),
        kit("COPY entrypoint.sh /__cacert_entrypoint.sh # buildkit",
            Files(scripts.file("/__cacert_entrypoint.sh", _ENTRYPOINT, "775"))),
        *settings(replace(config, env=())),
    )  # fmt: skip
    below = sum(layer for layer in (base.size, 48_000_000 if not small else 9_000_000, size))
    return Recipe(tags, version, _SOURCE, config, steps, below, base=base)


def _temurins(major: str, *extra: str) -> tuple[Recipe, ...]:
    base = ubuntu.JAMMY
    return (
        _temurin(major, "jdk", (major, f"{major}-jdk", f"{major}-jdk-jammy", *extra), base),
        _temurin(major, "jre", (f"{major}-jre", f"{major}-jre-jammy"), base),
        _temurin(major, "jdk", (f"{major}-alpine", f"{major}-jdk-alpine"), alpine.ALPINE),
        _temurin(major, "jre", (f"{major}-jre-alpine",), alpine.ALPINE),
    )


_TEMURIN = {
    "21": _temurins("21", "latest"),
    "17": _temurins("17"),
    "11": _temurins("11"),
    "8": _temurins("8"),
}


def _openjdk(version: str, tags: tuple[str, ...], base: Recipe, size: int, real: int) -> Recipe:
    home = f"/usr/local/openjdk-{version.partition('.')[0].partition('u')[0]}"
    path = PATH.replace("PATH=", f"PATH={home}/bin:")
    config = ImageConfig(
        env=(path, f"JAVA_HOME={home}", "LANG=C.UTF-8", f"JAVA_VERSION={version}"),
        cmd=("jshell",) if not version.startswith("8") else ("bash",),
    )
    if base is alpine.ALPINE and version.startswith("8"):
        config = replace(config, cmd=("/bin/sh",))
    steps = (
        kit(f"ENV JAVA_HOME={home}"),
        kit(f"ENV {path}"),
        kit(f"ENV JAVA_VERSION={version}"),
        run('set -eux; wget -O openjdk.tgz "$downloadUrl"; tar --extract --file openjdk.tgz '
            '--directory "$JAVA_HOME" --strip-components 1; javac --version; java --version',
            Files((_JRE + _JDK) % {"home": home}, size=size, bulk=f"{home}/lib/modules")),
        kit('CMD ["jshell"]'),
    )  # fmt: skip
    source = "config and sizes: docker-library/openjdk (out of support since 2022); base and file lists estimated"
    return Recipe(tags, version, source, config, steps, real, "2022-07-27T00:00:00Z", base)


_CATALINA = r"""#!/bin/sh
# starts and stops Tomcat: shortened
CATALINA_HOME=${CATALINA_HOME:-/usr/local/tomcat}
CATALINA_BASE=${CATALINA_BASE:-$CATALINA_HOME}
CLASSPATH=$CATALINA_HOME/bin/bootstrap.jar:$CATALINA_HOME/bin/tomcat-juli.jar

case "$1" in
  run|start|stop)
    action=$1
    [ "$action" = run ] && action=start
    exec "$JAVA_HOME/bin/java" $JAVA_OPTS $CATALINA_OPTS -classpath "$CLASSPATH" -Dcatalina.base="$CATALINA_BASE" -Dcatalina.home="$CATALINA_HOME" org.apache.catalina.startup.Bootstrap "$action"
    ;;
  *)
    echo "Usage: catalina.sh ( commands ... )"
    exit 1
    ;;
esac
"""
_TOMCAT_FILES = "".join(
    (
        scripts.file("/usr/local/tomcat/bin/catalina.sh", _CATALINA),
        scripts.file(
            "/usr/local/tomcat/bin/startup.sh",
            "#!/bin/sh\nexec /usr/local/tomcat/bin/catalina.sh start\n",
        ),
        scripts.file(
            "/usr/local/tomcat/bin/shutdown.sh",
            "#!/bin/sh\nexec /usr/local/tomcat/bin/catalina.sh stop\n",
        ),
        (
            "f /usr/local/tomcat/bin/bootstrap.jar 34000\nf /usr/local/tomcat/bin/tomcat-juli.jar 50000\n"
            "f /usr/local/tomcat/conf/server.xml 7600\nf /usr/local/tomcat/conf/web.xml 175000\n"
            "f /usr/local/tomcat/lib/catalina.jar 1800000\nd /usr/local/tomcat/logs mode=777\n"
            "d /usr/local/tomcat/temp mode=777\nd /usr/local/tomcat/webapps mode=777\n"
            "d /usr/local/tomcat/webapps.dist\nd /usr/local/tomcat/work mode=777\n"
        ),
    )
)


def _tomcat(version: str, tags: tuple[str, ...], java: str, *, exact: bool) -> Recipe:
    base = _TEMURIN[java][0]
    major = version.partition(".")[0]
    path = base.config.env[1].replace("PATH=", "PATH=/usr/local/tomcat/bin:")
    config = ImageConfig(
        env=(
            base.config.env[0],
            path,
            *base.config.env[2:],
            "CATALINA_HOME=/usr/local/tomcat",
            "TOMCAT_NATIVE_LIBDIR=/usr/local/tomcat/native-jni-lib",
            f"TOMCAT_MAJOR={major}",
            f"TOMCAT_VERSION={version}",
        ),
        exposed_ports=("8080/tcp",),
        cmd=("catalina.sh", "run"),
        working_dir="/usr/local/tomcat",
        labels=base.config.labels,
    )
    steps = (
        kit("ENV CATALINA_HOME=/usr/local/tomcat"),
        kit(f"ENV {path}"),
        run('mkdir -p "$CATALINA_HOME"', Files("d /usr/local/tomcat")),
        kit("WORKDIR /usr/local/tomcat"),
        *(kit(f"ENV {pair}") for pair in config.env[-2:]),
        kit(
            "COPY /usr/local/tomcat /usr/local/tomcat # buildkit",
            Files(_TOMCAT_FILES, size=22_000_000, bulk="/usr/local/tomcat/lib/others.jar"),
        ),
        kit("EXPOSE map[8080/tcp:{}]"),
        kit('CMD ["catalina.sh" "run"]'),
    )
    source = _SOURCE if exact else "estimated: this version's name over the files of 10.1"
    real = 480_000_000 if exact and java == "21" else 0
    return Recipe(
        tags,
        version,
        source if real else "estimated from 10.1 on Java 21",
        config,
        steps,
        real,
        base=base,
    )


def _builder(name: str, version: str, tags: tuple[str, ...], java: str, size: int) -> Recipe:
    base = _TEMURIN[java][0]
    home = {"maven": "/usr/share/maven", "gradle": "/opt/gradle"}[name]
    program = {"maven": "mvn", "gradle": "gradle"}[name]
    config = replace(
        base.config,
        env=(*base.config.env, f"{name.upper()}_HOME={home}", f"{name.upper()}_VERSION={version}"),
        cmd=(program,),
        working_dir="/home/gradle" if name == "gradle" else base.config.working_dir,
        volumes=("/home/gradle/.gradle",) if name == "gradle" else base.config.volumes,
        entrypoint=("/usr/local/bin/mvn-entrypoint.sh",)
        if name == "maven"
        else base.config.entrypoint,
    )
    script = scripts.file("/usr/local/bin/mvn-entrypoint.sh", '#!/bin/sh\nset -eu\n\nexec "$@"\n')
    steps = (
        kit(f"ENV {config.env[-2]}"),
        run(
            f"set -eux; curl -fsSL -o {name}.tar.gz; tar -xf {name}.tar.gz -C {home}; {program} --version",
            Files(
                f"p {home}/bin/{program} 6000\nl /usr/bin/{program} {home}/bin/{program}\n"
                + (script if name == "maven" else ""),
                ("git",),
                size,
                f"{home}/lib/all.jar",
            ),
        ),
        *(_gradle_user() if name == "gradle" else ()),
        *settings(replace(config, env=()), after=replace(base.config, env=())),
    )
    return Recipe(tags, version, "estimated", config, steps, 0, base=base)


def _gradle_user() -> tuple[Step, ...]:
    account = Files(
        "d /home/gradle owner=1000:1000\nd /home/gradle/.gradle owner=1000:1000\n",
        accounts=("u gradle 1000:1000 /home/gradle /bin/bash",),
    )
    return (
        run("set -o errexit -o nounset && groupadd --system --gid 1000 gradle && useradd --system "
            "--gid gradle --uid 1000 --shell /bin/bash --create-home gradle", account),
    )  # fmt: skip


RECIPES = {
    "eclipse-temurin": tuple(recipe for group in _TEMURIN.values() for recipe in group),
    "openjdk": (
        _openjdk("17.0.2", ("17", "17-jdk", "17-bullseye", "17.0.2"), debian.DEBIAN, 320_000_000, 0),
        _openjdk("17.0.2", ("17-slim", "17-jdk-slim"), debian.SLIM, 328_000_000, 408_000_000),
        _openjdk("17", ("17-alpine", "17-jdk-alpine"), alpine.ALPINE, 318_000_000, 326_000_000),
        _openjdk("11.0.16", ("11", "11-jdk", "11.0.16"), debian.DEBIAN, 330_000_000, 0),
        _openjdk("11.0.16", ("11-slim", "11-jdk-slim"), debian.SLIM, 328_000_000, 424_000_000),
        _openjdk("11.0.16", ("11-jre-slim",), debian.SLIM, 146_000_000, 223_000_000),
        _openjdk("8u342", ("8", "8-jdk", "8u342"), debian.DEBIAN, 205_000_000, 0),
        _openjdk("8u342", ("8-slim", "8-jdk-slim"), debian.SLIM, 209_000_000, 296_000_000),
        _openjdk("8u212", ("8-alpine", "8-jdk-alpine"), alpine.ALPINE, 99_300_000, 105_000_000),
        _openjdk("8u212", ("8-jre-alpine",), alpine.ALPINE, 79_500_000, 84_900_000),
        _openjdk("21", ("latest", "21", "21-jdk", "21-slim", "21-jdk-slim"), debian.SLIM, 390_000_000, 0),
    ),
    "tomcat": (
        _tomcat("10.1.18", ("latest", "10", "10.1", "10.1.18", "10-jdk21", "10.1-jdk21", "jdk21"), "21", exact=True),
        _tomcat("10.1.18", ("10-jdk17", "10.1-jdk17", "jdk17"), "17", exact=False),
        _tomcat("9.0.85", ("9", "9.0", "9.0.85", "9-jdk21"), "21", exact=False),
        _tomcat("9.0.85", ("9-jdk17", "9.0-jdk17"), "17", exact=False),
        _tomcat("9.0.85", ("9-jdk11", "9-jdk8", "9.0-jdk8"), "11", exact=False),
        _tomcat("8.5.98", ("8", "8.5", "8.5.98", "8-jdk8", "8.5-jdk8"), "8", exact=False),
        _tomcat("8.5.29", ("8.5.29", "8.5.29-jre8"), "8", exact=False),
    ),
    "maven": (
        _builder("maven", "3.9.6", ("latest", "3", "3.9", "3.9-eclipse-temurin-21", "3.9.6-eclipse-temurin-21"), "21", 55_000_000),
        _builder("maven", "3.9.6", ("3-eclipse-temurin-17", "3.9-eclipse-temurin-17", "3.9.6-eclipse-temurin-17", "3.8.5-openjdk-17"), "17", 55_000_000),
        _builder("maven", "3.9.6", ("3-eclipse-temurin-11", "3.9-eclipse-temurin-11", "3-jdk-11"), "11", 55_000_000),
        _builder("maven", "3.9.6", ("3-eclipse-temurin-8", "3-jdk-8"), "8", 55_000_000),
    ),
    "gradle": (
        _builder("gradle", "8.5", ("latest", "8", "8.5", "8-jdk21", "jdk21"), "21", 170_000_000),
        _builder("gradle", "8.5", ("8-jdk17", "8.5-jdk17", "jdk17"), "17", 170_000_000),
        _builder("gradle", "8.7", ("8.7", "8.7.0", "8.7-jdk21"), "21", 170_000_000),
        _builder("gradle", "8.7", ("8.7-jdk17", "8.7.0-jdk17"), "17", 170_000_000),
        _builder("gradle", "7.6.3", ("7", "7.6", "7-jdk17", "7.6-jdk17"), "17", 150_000_000),
    ),
}  # fmt: skip
