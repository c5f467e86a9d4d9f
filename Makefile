# make test: all that must hold.  make cv: the author's list into examples/cv.md.  make bench: the figures.
PYTHON ?= python3
export PIP_DISABLE_PIP_VERSION_CHECK = 1
BIN := .venv/bin

.PHONY: cv test lint bench clean

.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("pubtrack needs Python 3.11 or newer, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
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

bench: .venv/.compiled
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
