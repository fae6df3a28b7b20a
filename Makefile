# Equitybook: `make start` and `make test` are all a fresh machine needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COHORT ?= cohorts/demo
PORT ?= 8866

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# One stamp per environment: rebuilt only when the lock or the project file changes.
$(VENV)/.runtime: requirements.lock pyproject.toml .ci/environment
	bash .ci/environment runtime $(PYTHON) $(VENV)

$(VENV)/.tests: requirements.lock pyproject.toml .ci/environment .ci/system-packages
	bash .ci/environment tests $(PYTHON) $(VENV)
	bash .ci/system-packages

start: $(VENV)/.runtime ## create the demo cohort if there is none, generate its workbooks, serve them
	@$(BIN)/equitybook start --cohort $(COHORT) --port $(PORT)

lab: $(VENV)/.runtime ## open one town's workbook in JupyterLab
	@$(BIN)/equitybook lab --cohort $(COHORT)

test: $(VENV)/.tests ## install what the tests need, run everything
	$(BIN)/pytest -n 2 -m "not slow"
	@# A module's tests stay together: they share a server, a browser, a generated cohort. They wait more than they compute.
	$(BIN)/pytest -n 3 --dist loadscope --durations=15 -m slow

test-fast: $(VENV)/.tests ## the fast tests only
	$(BIN)/pytest -n 2 -m "not slow"

check: $(VENV)/.tests lint test ## lint, format, types, layers, tests

lint: $(VENV)/.tests ## lint, format, types, layers
	$(BIN)/ruff check lib tests workbooks
	$(BIN)/ruff format --check lib tests
	$(BIN)/mypy lib
	$(BIN)/lint-imports

bench: $(VENV)/.tests ## measure, side by side with the plain way
	$(BIN)/python -m tests.benchmarks

codebook: $(VENV)/.runtime ## write the blank spreadsheets and the data dictionary anew, after a change to a tables.py
	$(BIN)/python -m equitybook.intake.generated

lock: ## renew requirements.lock: names, versions and hashes, no addresses
	uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-header --group test pyproject.toml -o requirements.lock

clean: ## remove the environment and caches; cohorts stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: help start lab test test-fast check lint bench codebook lock clean
