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
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[demo,names,tables,train,dev]'
	@touch $@ .venv/.demo

demo: .venv/.demo ## hold a live class on this machine (40 seconds), say where the report is
	$(BIN)/meetbot demo --out out/demo

# Live rooms have clocks of their own, so their tests get the machine for themselves.
LIVE := tests/integration/test_live.py
test: .venv/.dev ## all behaviour
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --ignore $(LIVE)
	$(BIN)/python -m pytest $(LIVE)

lint: .venv/.dev ## style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

check: lint ## style, types, layers and unit tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile tests/test_layers.py tests/unit

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

bench: .venv/.dev ## every claim's script, one after the other (hours); BENCH='--media DIR --data FILE' for all
	$(BIN)/python -m benchmarks $(BENCH)

clean: ## remove the environment and what the targets wrote
	rm -rf .venv out build dist

.PHONY: help demo test lint check train bench clean
