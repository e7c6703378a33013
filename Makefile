# The front door. `make help` lists what it can do.

COURSE_LANG ?= en
PORT ?=
BROWSER ?=
PYTHON ?= python3
JOBS ?= 2
REPO ?=

VENV := .venv
BIN := $(VENV)/bin
LAB := $(VENV)/lab-ready
TOOLS := $(VENV)/tools-ready
PYODIDE := lite/node_modules/pyodide/package.json
WELCOME := notebooks/$(COURSE_LANG)/00_welcome.ipynb
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LINTED := course_lib autograder notebooks lite tests

.DEFAULT_GOAL := help
.PHONY: help lab test notebooks lite dist lint bench
.DELETE_ON_ERROR:

help:
	@echo 'make lab         open the course in JupyterLab'
	@echo '                 COURSE_LANG=zh  the Chinese pages'
	@echo '                 PORT=8899       on this port'
	@echo '                 BROWSER=none    only serve, open no browser'
	@echo 'make test        run the tests        PYTEST="-k layers -x" passes words on to pytest'
	@echo 'make notebooks   weave notebooks/lessons into notebooks/en and notebooks/zh'
	@echo 'make lite        build the course as a static site, in build/lite'
	@echo '                 make lite REPO=OWNER/REPO  with links to Binder'
	@echo 'make dist        a release: wheel and sdist, in dist'
	@echo 'make lint        ruff and mypy'
	@echo 'make bench       measure; prints numbers, judges nothing'

lab: $(LAB)
	@test -f "$(WELCOME)" || { echo 'There is no $(WELCOME). COURSE_LANG is en or zh.'; \
	  echo '没有 $(WELCOME)。COURSE_LANG 只能是 en 或 zh。'; exit 1; }
	@echo 'Opening JupyterLab on $(WELCOME). Ctrl-C ends it.'
	@export PATH="$(CURDIR)/$(BIN):$$PATH"; exec binder/start jupyter lab --log-level=WARN --ServerApp.root_dir='$(CURDIR)' \
	  --LabApp.default_url=/lab/tree/$(WELCOME) \
	  $(if $(PORT),--port=$(PORT) --ServerApp.port_retries=0) \
	  $(if $(filter none,$(BROWSER)),--no-browser) \
	  $$(test "$$(id -u)" != 0 || echo --allow-root)

test: $(TOOLS)
	@echo 'Running the tests.'
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup $(PYTEST)

notebooks: $(TOOLS)
	@echo 'Weaving the lessons.'
	@$(BIN)/python -m notebooks.weave

lite: $(TOOLS) $(PYODIDE)
	@echo 'Building the site.'
	@$(BIN)/python -m lite $(if $(REPO),--repository=$(REPO))

dist: $(TOOLS)
	@echo 'Building wheel and sdist into dist.'
	@$(BIN)/python -m build --no-isolation --outdir dist
	@$(BIN)/python -m twine check --strict dist/*

lint: $(TOOLS)
	@echo 'ruff and mypy.'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy $(LINTED)

bench: $(TOOLS)
	@$(BIN)/python -m tests.bench

# A student's session: the lock of binder/ and the course itself, as Binder installs them.
$(LAB): binder/requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo '$(PYTHON) was not found. On Debian and Ubuntu: sudo apt install python3 python3-venv'; \
	  echo '找不到 $(PYTHON)。在 Debian 和 Ubuntu 上请执行：sudo apt install python3 python3-venv'; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Another one: make PYTHON=python3.12 ..."; \
	  echo "需要 Python 3.11 或更新的版本，现在是 $$($(PYTHON) --version)。换一个：make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv'; \
	  echo '这个 Python 不能建立虚拟环境。在 Debian 和 Ubuntu 上请执行：sudo apt install python3-venv'; exit 1; }
	@test -x $(BIN)/pip || { echo 'Making the virtual environment $(VENV).'; $(PYTHON) -m venv --clear $(VENV); }
	@echo 'Installing JupyterLab and the course into $(VENV) (the first time takes a minute).'
	@$(PIP) install -r binder/requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(LAB) tests/requirements.txt
	@echo 'Installing the tools for grading, weaving and testing into $(VENV).'
	@$(PIP) install -r tests/requirements.txt
	@touch $@

$(PYODIDE): lite/package.json
	@command -v npm >/dev/null || { \
	  echo 'npm was not found. On Debian and Ubuntu: sudo apt install nodejs npm'; \
	  echo '找不到 npm。在 Debian 和 Ubuntu 上请执行：sudo apt install nodejs npm'; exit 1; }
	@echo 'Installing Pyodide into lite.'
	@npm install --prefix lite --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@
