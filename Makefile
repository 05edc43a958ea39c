# make demo   everything, from nothing to a graph you can look at
# make test   everything that says whether the tree is sound: format, lint, types, tests, notebooks
# make help   the rest

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
NODE_FOLDERS := tests/export/node kg/serve/explorer

.PHONY: help demo install dev node format lint types unit notebooks test test-all bench exports clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("kg needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make demo PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.installed

install: $(VENV)/.installed ## the environment and the program, editable

dev: $(VENV)/.dev node ## what the tests need on top

node: ## what the tests need of Node: foreign readers, axe, the explorer's bundler (skipped where npm is missing)
	@if ! command -v npm >/dev/null 2>&1; then echo "npm is not installed: the tests that need Node will be skipped"; else \
	for folder in $(NODE_FOLDERS); do \
	  [ ! -f $$folder/package-lock.json ] || [ $$folder/node_modules/.package-lock.json -nt $$folder/package-lock.json ] || \
	  npm --prefix $$folder ci --silent --no-audit --no-fund || \
	  echo "npm could not fetch the packages of $$folder: the tests that need them will be skipped"; \
	done; fi

demo: $(VENV)/.installed ## build the sample graph, ask it, draw it
	$(BIN)/kg demo

format: dev ## write the house format
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: dev ## format and lint, checked
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: dev ## strict types
	$(BIN)/mypy

unit: dev ## the fast tests
	$(BIN)/python -m pytest -n 2 -m "not slow and not bench"

notebooks: dev ## run the notebooks
	$(BIN)/python -m pytest tests/test_notebooks.py -m "slow or not slow"

test: lint types ## all of it but the slow tests
	$(BIN)/python -m pytest -n 2 -m "not slow and not bench"

test-all: lint types ## with the slow tests
	$(BIN)/python -m pytest -n 2 -m "not bench"

bench: dev ## benchmarks: ratios, nothing fails on time
	$(BIN)/python -m pytest -m bench -s

EXPORTS := graphml gexf cytoscape cx2 neo4j json csv parquet html turtle turtle-full ntriples nquads trig trig-full jsonld jsonld-full rdfxml

exports: $(VENV)/.installed ## write exports/ again from the sample corpus
	rm -rf $(VENV)/sample-graph
	$(BIN)/kg build kg/sample/papers.jsonl -o $(VENV)/sample-graph --quiet
	$(BIN)/kg export $(VENV)/sample-graph $(EXPORTS) -o exports

clean: ## what was made, but not the environment
	rm -rf demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
