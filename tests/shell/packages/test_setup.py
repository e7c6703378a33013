"""git without a network, nginx -t, certificates, Apache's modules, PHP's extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shell.packages.rooms import Room

    Rooms = Callable[[str], Room]

BAD_SERVER = "echo 'server {{ {} ' > /etc/nginx/conf.d/default.conf; nginx -t"


class TestGit:
    @pytest.fixture
    def alpine(self, room: Rooms) -> Room:
        here = room("alpine:3.19")
        here.ok("apk add git")
        return here

    def test_the_version_is_that_of_the_package(self, alpine: Room) -> None:
        assert alpine.ok("git --version") == "git version 2.43.0\n"

    def test_init_and_config_write_what_git_writes(self, alpine: Room) -> None:
        said = alpine.ok("git init /p; git config --global user.name Ann")
        assert said == "Initialized empty Git repository in /p/.git/\n"
        assert alpine.text("/p/.git/HEAD") == "ref: refs/heads/master\n"
        assert alpine.text("/root/.gitconfig") == "[user]\n\tname = Ann\n"

    @pytest.mark.parametrize(
        ("command", "words"),
        [
            ("git clone https://forge.example/a/b.git",
             ("Cloning into 'b'...\nfatal: unable to access 'https://forge.example/a/b.git/': "
             "Could not resolve host: forge.example\n")),
            ("git clone -q --depth 1 -b main http://forge.example/a/b x",
             "fatal: unable to access 'http://forge.example/a/b/': Could not resolve host: forge.example\n"),
            ("git clone git@forge.example:a/b.git",
             ("Cloning into 'b'...\nssh: Could not resolve hostname forge.example: Name or service not known\n"
             "fatal: Could not read from remote repository.\n\n"
             "Please make sure you have the correct access rights\nand the repository exists.\n")),
            ("git clone /nowhere", "fatal: repository '/nowhere' does not exist\n"),
            ("mkdir b; touch b/f; git clone https://forge.example/a/b",
             "fatal: destination path 'b' already exists and is not an empty directory.\n"),
            ("git status", "fatal: not a git repository (or any of the parent directories): .git\n"),
        ],
    )  # fmt: skip
    def test_what_needs_a_network_or_a_repository_fails(
        self, alpine: Room, command: str, words: str
    ) -> None:
        assert alpine.fails(command) == (128, words)


class TestNginx:
    def test_the_configuration_of_the_image_reads(self, room: Rooms) -> None:
        outcome = room("nginx:alpine").sh("nginx -t")
        assert outcome.exit_code == 0
        assert outcome.stderr.decode().endswith("nginx.conf test is successful\n")

    @pytest.mark.parametrize(
        "server",
        [
            "listen 80; location / { return 200 'a;b}'; } }",
            'add_header X "#{;}"; # a comment with { }\n}',
            "root ${document_root}/x; }",
        ],
    )
    def test_quotes_comments_and_variables_hide_the_signs(self, room: Rooms, server: str) -> None:
        here = room("nginx:alpine")
        here.ok(f"cat > /etc/nginx/conf.d/default.conf <<'END'\nserver {{ {server}\nEND\nnginx -t")

    @pytest.mark.parametrize(
        ("server", "words"),
        [
            ("listen 80;", 'unexpected end of file, expecting "}"'),
            ("listen 80 }", 'unexpected "}"'),
            ("listen 80; } }", 'unexpected "}"'),
            ("; }", 'unexpected ";"'),
            ("{ } }", 'unexpected "{"'),
            ("include /nope.conf; }", 'open() "/nope.conf" failed (2: No such file or directory)'),
        ],
    )
    def test_a_slip_is_found_with_its_file_and_line(
        self, room: Rooms, server: str, words: str
    ) -> None:
        status, said = room("nginx:alpine").fails(BAD_SERVER.format(server))
        assert (status, said.split(" in ")[0]) == (1, f"nginx: [emerg] {words}")
        assert " in /etc/nginx/conf.d/default.conf:" in said


class TestCertificates:
    def test_own_certificates_join_the_bundle(self, room: Rooms) -> None:
        here = room("python:3.12-slim")
        before = here.bytes_below("/etc/ssl/certs/ca-certificates.crt")
        said = here.ok(
            "echo CERTIFICATE > /usr/local/share/ca-certificates/own.crt; update-ca-certificates"
        )
        assert "1 added, 0 removed; done.\n" in said
        assert here.bytes_below("/etc/ssl/certs/ca-certificates.crt") == before + 12
        assert here.ok("readlink /etc/ssl/certs/own.pem") == (
            "/usr/local/share/ca-certificates/own.crt\n"
        )

    def test_nothing_new_adds_nothing(self, room: Rooms) -> None:
        here = room("python:3.12-slim")
        here.ok("touch /usr/local/share/ca-certificates/README")
        assert "0 added, 0 removed; done.\n" in here.ok("update-ca-certificates")


class TestApache:
    def test_a_module_is_switched_on_and_off(self, room: Rooms) -> None:
        here = room("php:8.2-apache")
        assert here.ok("a2enmod rewrite headers").startswith("Enabling module rewrite.\n")
        assert here.ok("a2enmod rewrite") == "Module rewrite already enabled\n"
        link = "/etc/apache2/mods-enabled/rewrite.load"
        assert here.ok(f"readlink {link}") == "../mods-available/rewrite.load\n"
        here.ok("a2dismod rewrite")
        assert not here.exists(link)

    @pytest.mark.parametrize(
        ("command", "words"),
        [
            ("a2enmod rewrit", "ERROR: Module rewrit does not exist!\n"),
            ("a2dismod rewrit", "ERROR: Module rewrit does not exist!\n"),
            ("a2ensite shop", "ERROR: Site shop does not exist!\n"),
            ("a2enconf shop", "ERROR: Conf shop does not exist!\n"),
        ],
    )
    def test_what_is_not_available_is_not_enabled(
        self, room: Rooms, command: str, words: str
    ) -> None:
        assert room("php:8.2-apache").fails(command) == (1, words)


class TestPhpExtensions:
    @pytest.mark.parametrize("image", ["php:8.2-apache", "php:8.2-fpm-alpine"])
    def test_an_extension_is_placed_and_enabled(self, room: Rooms, image: str) -> None:
        here = room(image)
        here.ok("docker-php-ext-install -j2 mysqli opcache")
        assert here.exists("/usr/local/lib/php/extensions/no-debug-non-zts-20220829/mysqli.so")
        folder = "/usr/local/etc/php/conf.d/docker-php-ext"
        assert here.text(f"{folder}-mysqli.ini") == "extension=mysqli\n"
        assert here.text(f"{folder}-opcache.ini") == "zend_extension=opcache\n"

    def test_one_that_needs_a_library_works_when_it_is_there(self, room: Rooms) -> None:
        here = room("php:8.2-fpm-alpine")
        here.ok("apk add libpng-dev && docker-php-ext-configure gd && docker-php-ext-install gd")

    @pytest.mark.parametrize(
        ("command", "words"),
        [
            ("docker-php-ext-install gd", "Package 'libpng', required by 'virtual:world', not found"),
            ("docker-php-ext-install mysql", "error: /usr/src/php/ext/mysql does not exist"),
            ("docker-php-ext-install", "usage: docker-php-ext-install"),
            ("docker-php-ext-enable redis", "error: 'redis' does not exist"),
        ],
    )  # fmt: skip
    def test_what_is_missing_stops_it(self, room: Rooms, command: str, words: str) -> None:
        status, said = room("php:8.2-apache").fails(command)
        assert (status, words in said) == (1, True), said
