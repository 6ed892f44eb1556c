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

# Packages come by the checksums in requirements/, and meetbot itself out of this folder with nothing besides.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
install = $(PIP) --require-hashes --requirement $(1) && $(PIP) --no-deps --no-build-isolation --editable .

.venv/.demo: requirements/demo.txt pyproject.toml | .venv/.made
	$(call install,$<)
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/.made
	$(call install,$<)
	@touch $@ .venv/.demo

demo: .venv/.demo ## hold a live class on this machine (40 seconds), say where the report is
	$(BIN)/meetbot demo --out out/demo

# Live rooms have clocks of their own, so their tests, which mostly wait, get the machine for themselves, two at a time.
LIVE := tests/integration/test_live.py
test: .venv/.dev ## all behaviour
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --ignore $(LIVE)
	$(BIN)/python -m pytest --numprocesses 2 --maxschedchunk 1 $(LIVE)

lint: .venv/.dev ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint ## style, types, layers and unit tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile tests/test_layers.py tests/unit

# Writes both lists anew, for every Python from 3.11 on and every system; meetbot's own floors stand in pyproject.toml.
UV = .venv/lock/bin/uv --quiet pip compile pyproject.toml requirements/build.in --universal --generate-hashes \
	--constraint requirements/limits.in --upgrade --no-annotate --no-header
lock: | .venv/.made ## the newest versions of all packages, with checksums, into requirements/
	$(PYTHON) -m venv --clear .venv/lock
	.venv/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) --extra demo --extra names --extra tables --extra train --extra cluster --extra dev --output-file requirements/dev.txt
	$(UV) --extra demo --constraint requirements/dev.txt --output-file requirements/demo.txt

DATA ?= fer2013.npz
VOTES ?=
FACES = --data $(DATA) $(if $(VOTES),--votes $(VOTES))
NET ?= small_residual
RUN ?= runs/$(NET)
RESULTS ?= training/results/$(NET)
# The last epoch ships; after KNOBS='--patience 8' it should be the best: CHECKPOINT=runs/small_residual/best.npz
CHECKPOINT ?= $(RUN)/last.npz
train: .venv/.dev ## the shipped network, from data to card (hours; again to go on): make train DATA=fer2013.npz
	mkdir -p $(RUN) $(RESULTS)
	$(BIN)/python -m training.data $(FACES) --report
	$(BIN)/python -m training.train $(FACES) --out $(RUN) --net $(NET) $(KNOBS) \
		$(if $(wildcard $(RUN)/last.npz),--resume $(RUN)/last.npz)
	$(BIN)/python -m training.checkpoint $(CHECKPOINT) $(RESULTS)/checkpoint.npz
	cp $(RUN)/curves.csv $(RUN)/curves.png $(RESULTS)
	$(BIN)/python -m training.export $(FACES) --checkpoint $(CHECKPOINT) --table $(RESULTS)/export.md
	$(BIN)/python -m training.evaluate $(FACES) --usage 1 --confusion $(RESULTS)/confusion.png \
		--json > $(RESULTS)/public_test.json
	$(BIN)/python -m training.modelcard --run $(RESULTS)

bench: .venv/.dev ## every claim's script, one after the other (an hour), into benchmarks/README.md; BENCH='--media DIR --data FILE' for all
	$(BIN)/python -m benchmarks $(BENCH)

clean: ## remove the environment and what the targets wrote
	rm -rf .venv out build dist

.PHONY: help demo test lint check lock train bench clean
