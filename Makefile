# Each target makes its own environment when it is missing, and is quick when it stands.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "meetbot needs Python 3.11 or newer; say which with PYTHON=python3.12 make ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.demo: pyproject.toml | .venv/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo]'
	@touch $@

.venv/.dev: pyproject.toml | .venv/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo,tables,train,dev]'
	@touch $@ .venv/.demo

demo: .venv/.demo ## compose a short class recording, analyse it, say where the report is
	$(BIN)/meetbot demo --out out/demo

test: .venv/.dev ## all behaviour
	$(BIN)/python -m pytest

check: .venv/.dev ## style, types, layers and unit tests, in under a minute
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py tests/unit

bench: .venv/.dev ## every claim's script, one after the other (an hour or so)
	$(BIN)/python -m benchmarks

clean: ## remove the environment and what the targets wrote
	rm -rf .venv out build dist

.PHONY: help demo test check bench clean
