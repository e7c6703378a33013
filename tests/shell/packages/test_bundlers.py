"""vite, react-scripts, webpack, tsc; a lock file that knows more than the catalogue; pip install of a folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

PAGE = '<head></head><script type="module" src="/src/main.js"></script>'
PYPROJECT = """
[project]
name = "weather-kit"
version = "0.3.0"
dependencies = ["idna>=3", "six ; python_version > '3'"]
[project.scripts]
weather = "weather_kit:main"
"""


@pytest.fixture
def web(room: Rooms) -> Room:
    here = room("node:20-alpine")
    here.ok(
        "mkdir -p /app/src /app/public; cd /app; npm install vite react-scripts webpack typescript"
    )
    here.ok("cd /app; echo 'import a' > src/main.js; echo 'icon' > public/icon.svg")
    return here


def test_vite_writes_a_page_that_names_its_bundle(web: Room) -> None:
    said = web.ok(f"cd /app; echo '{PAGE}' > index.html; npx vite build")
    assert "building for production...\n" in said
    name = web.ok("ls /app/dist/assets").strip()
    assert f'src="/assets/{name}"' in web.text("/app/dist/index.html")
    assert web.text("/app/dist/icon.svg") == "icon\n"


def test_react_scripts_builds_from_public_and_src(web: Room) -> None:
    web.ok("cd /app; echo '<head></head>' > public/index.html; echo 'x' > src/index.js")
    assert "Compiled successfully." in web.ok("cd /app; npx react-scripts build")
    assert "/static/js/main." in web.text("/app/build/index.html")


def test_webpack_without_a_configuration_makes_main(web: Room) -> None:
    web.ok("cd /app; echo 'x' > src/index.js; npx webpack")
    assert web.exists("/app/dist/main.js")


def test_tsc_writes_beside_or_into_the_output_folder(web: Room) -> None:
    web.ok("""cd /app; echo '{\n"outDir": "out",\n"rootDir": "src"\n}' > tsconfig.json
        mkdir src/api; echo 'export {}' > src/api/a.ts; npx tsc""")
    assert web.text("/app/out/api/a.js") == "export {}\n"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("npx vite build", 'Could not resolve entry module "index.html"'),
        (f"echo '{PAGE}' > index.html; rm src/main.js; npx vite build", "Failed to resolve /src/main.js"),
        ("npx react-scripts build", "Could not find a required file.\n  Name: index.html"),
        ("npx webpack", "Can't resolve './src' in '/app'"),
        ("echo '{}' > tsconfig.json; npx tsc", "error TS18003: No inputs were found"),
    ],
)  # fmt: skip
def test_a_project_without_its_sources_does_not_build(web: Room, command: str, words: str) -> None:
    _, said = web.fails(f"cd /app; {command}")
    assert words in said


class TestLockFile:
    PROJECT = json.dumps({"name": "a", "dependencies": {"rare-package": "^1.0.0"}})
    LOCK = json.dumps({"packages": {"node_modules/rare-package": {"version": "1.4.2"}}})

    def test_it_vouches_for_a_package_that_the_catalogue_lacks(self, room: Rooms) -> None:
        here = room("node:20-alpine")
        here.ok(
            f"cd /; echo '{self.PROJECT}' > package.json; echo '{self.LOCK}' > package-lock.json"
        )
        here.ok("npm ci")
        about = json.loads(here.text("/node_modules/rare-package/package.json"))
        assert about["version"] == "1.4.2"

    def test_without_it_the_package_is_not_found(self, room: Rooms) -> None:
        here = room("node:20-alpine")
        _, said = here.fails(f"cd /; echo '{self.PROJECT}' > package.json; npm install")
        assert "code E404" in said


class TestPipInstallOfAFolder:
    @pytest.mark.parametrize("module", ["weather_kit", "src/weather_kit"])
    def test_modules_commands_and_dependencies_come(self, room: Rooms, module: str) -> None:
        here = room("python:3.12-slim")
        here.ok(f"mkdir -p /p/{module}; cd /p; echo 'x = 1' > {module}/__init__.py; "
                f"cat > pyproject.toml <<'END'{PYPROJECT}END\npip install .")  # fmt: skip
        site = "/usr/local/lib/python3.12/site-packages"
        assert here.text(f"{site}/weather_kit/__init__.py") == "x = 1\n"
        assert here.ok("command -v weather") == "/usr/local/bin/weather\n"
        assert here.ok("pip freeze") == "idna==3.6\nsix==1.16.0\nweather-kit==0.3.0\n"

    @pytest.mark.parametrize(
        ("files", "words"),
        [
            ("echo '[project' > pyproject.toml", "is not valid TOML"),
            ("echo '[build-system]' > pyproject.toml", "must contain ['name'] properties"),
            ("true", "Neither 'setup.py' nor 'pyproject.toml' found."),
        ],
    )
    def test_a_folder_that_is_no_project_is_refused(
        self, room: Rooms, files: str, words: str
    ) -> None:
        status, said = room("python:3.12-slim").fails(f"mkdir /p; cd /p; {files}; pip install .")
        assert (status, words in said) == (1, True), said

    def test_python_code_in_the_way_is_not_simulated(self, room: Rooms) -> None:
        here = room("python:3.12-slim")
        outcome = here.sh("mkdir /p; cd /p; echo 'setup()' > setup.py; pip install .")
        assert outcome.unsupported is not None
