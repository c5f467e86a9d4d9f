# make test: all that must hold.  make cv: the author's list into examples/cv.md.  make bench: the figures.
# make fuzz: mutated input through every command.  make lock: the versions of requirements-dev.lock anew.
PYTHON ?= python3
export PIP_DISABLE_PIP_VERSION_CHECK = 1
BIN := .venv/bin

LOCK := requirements-dev.lock
FUZZ ?= --runs 50000 --seed 1 --jobs 2

.PHONY: cv test lint properties bench fuzz lock clean

.venv/.installed: pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit("pubtrack needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# An environment may forbid Python to keep its bytecode; then every start would compile everything anew.
.venv/.compiled: .venv/.installed $(shell find src -name '*.py')
	@$(BIN)/python -m compileall -q src
	@touch $@

cv: .venv/.compiled
	@$(BIN)/pubtrack cv examples/cv.md
	@cat examples/cv.md

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint .venv/.compiled
	$(BIN)/pytest -n auto -m "not slow"

# The laws on random examples, twenty times as many as `make test` has.
properties: .venv/.compiled
	PUBTRACK_PROPERTIES=random $(BIN)/pytest -n auto -m "hypothesis and not slow"

bench: .venv/.compiled
	$(BIN)/python -m benchmarks

fuzz: .venv/.compiled
	$(BIN)/python -m tests.fuzz $(FUZZ)

# For every platform and every Python from 3.11 on; no name of an index goes into the file.
lock: .venv/.installed
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --upgrade --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --output-file $(LOCK) pyproject.toml

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
