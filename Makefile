# make setup   the command `onrecord`, in .venv
# make demo    a real claim checked against an example archive, and its page
# make test    all tests
# make check   style, types, layers, and that no measured figure fell below its floor
# make bench   times and memory, beside SQLite FTS5
# make clean   away with all that is made

# The first of these that is Python 3.11 or newer; choose another with `make PYTHON=...`.
CANDIDATES = python3.11 python3 python3.12 python3.13 python3.14
NEW_ENOUGH = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(CANDIDATES); do \
	$$name -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)

BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: setup demo test check bench clean

setup: .venv/.stamp
	@echo "Ready: $(BIN)/onrecord --help"

demo: .venv/.stamp
	@$(BIN)/onrecord demo

test: .venv/.stamp-dev
	$(BIN)/pytest

check: .venv/.stamp-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	env -u ONRECORD_DATA $(BIN)/onrecord eval floors

bench: .venv/.stamp-dev
	$(BIN)/python bench/check.py

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests training bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo >&2 "make: Python 3.11 or newer, with venv, is needed and" \
		"none of $(CANDIDATES) is that; install one, or name it: make PYTHON=/path/to/python3"; \
		exit 1; }
	$(PYTHON) -m venv .venv

.venv/.stamp: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

.venv/.stamp-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(INSTALL) -e '.[dev]'
	@touch $@ .venv/.stamp
