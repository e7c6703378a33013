"""What there is on the simulated web. The names end in example.com, which is kept for examples (RFC 2606).

* `example.com`: one page.
* `downloads.example.com`: releases of `greet`, a made-up tool of a few lines of sh, as archives with
  their SHA-256 beside them, and an installer for `curl | sh`.
* `git.example.com`: the repository `course/hello-site`, a web page with a Dockerfile, tags v1.0 and v1.1.
"""

from __future__ import annotations

from hashlib import sha256

from course_lib.web.archives import tar_gz
from course_lib.web.internet import Internet, Page, Redirect
from course_lib.web.repository import Commit, Repository, Source

_JUNE = 1_685_620_800  # 2023-06-01T12:00:00Z
_OCTOBER = 1_696_161_600  # 2023-10-01T12:00:00Z
_DAY = 86_400
_ANN = "Ann <ann@example.com>"

_EXAMPLE = """\
<!doctype html>
<html>
<head>
    <title>Example Domain</title>
    <meta charset="utf-8" />
</head>
<body>
<div>
    <h1>Example Domain</h1>
    <p>This domain is for use in illustrative examples in documents.</p>
</div>
</body>
</html>
"""

_GREET = """\
#!/bin/sh
# greet {version}: says hello
if [ "$1" = --version ]; then
  echo "greet {version}"
else
  echo "Hello, ${{1:-world}}!"
fi
"""

_INSTALL = """\
#!/bin/sh
# Installs greet {version}: curl -fsSL https://downloads.example.com/greet/install.sh | sh
set -e
bin=${{BIN:-/usr/local/bin}}
mkdir -p "$bin"
cat > "$bin/greet" <<'END'
{greet}END
chmod 755 "$bin/greet"
echo "greet {version} is in $bin"
"""

_INDEX = """\
<!doctype html>
<title>Hello</title>
<h1>{title}</h1>
"""

_DOCKERFILE = """\
FROM nginx:1.25-alpine
COPY public/ /usr/share/nginx/html/
"""


def _text(body: str, modified: int, kind: str = "text/plain") -> Page:
    return Page(body.encode(), kind, modified)


def _release(version: str, modified: int) -> dict[str, Page]:
    """The archive of a version, and the file with its digest as sha256sum writes it."""
    name = f"greet-{version}"
    archive = tar_gz(
        {
            f"{name}/README.md": Source.of(f"# greet {version}\n\nSays hello.\n"),
            f"{name}/greet": Source.of(_GREET.format(version=version), executable=True),
        },
        modified,
    )
    at = f"/greet/{version}/{name}.tar.gz"
    return {
        at: Page(archive, "application/gzip", modified),
        f"{at}.sha256": _text(f"{sha256(archive).hexdigest()}  {name}.tar.gz\n", modified),
        f"/greet/{version}/greet": _text(_GREET.format(version=version), modified),
    }


def _site(title: str) -> dict[str, Source]:
    return {
        "Dockerfile": Source.of(_DOCKERFILE),
        "README.md": Source.of("# hello-site\n\nA page for a web server.\n"),
        "public/index.html": Source.of(_INDEX.format(title=title)),
    }


_FIRST = Commit(_site("Hello"), "First page", _ANN, _JUNE)
_SECOND = Commit(_site("Hello, containers"), "Greet the containers", _ANN, _JUNE + _DAY, _FIRST)
_THIRD = Commit(
    _site("Hello, containers")
    | {"build.sh": Source.of("#!/bin/sh\ndocker build -t hello-site .\n", executable=True)},
    "A script that builds",
    _ANN,
    _OCTOBER,
    _SECOND,
)

INTERNET = Internet(
    pages={
        "example.com": {"/": _text(_EXAMPLE, _JUNE, "text/html")},
        "www.example.com": {"/": _text(_EXAMPLE, _JUNE, "text/html")},
        "downloads.example.com": {
            "/": _text("greet: /greet/1.0.0/ /greet/1.1.0/ /greet/latest\n", _OCTOBER),
            **_release("1.0.0", _JUNE),
            **_release("1.1.0", _OCTOBER),
            "/greet/latest": Redirect(
                "https://downloads.example.com/greet/1.1.0/greet-1.1.0.tar.gz"
            ),
            "/greet/install.sh": _text(
                _INSTALL.format(version="1.1.0", greet=_GREET.format(version="1.1.0")),
                _OCTOBER,
                "text/x-sh",
            ),
        },
    },
    repositories={
        "git.example.com/course/hello-site": Repository(
            branches={"main": _THIRD}, tags={"v1.0": _FIRST, "v1.1": _SECOND}
        ),
    },
)
