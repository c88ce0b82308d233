# Needs only Python 3.11 or newer, make and git. `make serve` and `make test` set up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
CORPUS ?= ../shared/corpus

.PHONY: help serve test check eval gate bench lock clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.base: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cần Python 3.11 trở lên; hãy chạy: make PYTHON=/duong/dan/python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev,eval,llm,train]'
	@touch $@

serve: $(VENV)/.base  ## set up, build the data when there is none, and serve the web chat
	$(BIN)/thutuc serve --port $(PORT)

test: $(VENV)/.dev  ## set up and run the tests
	$(BIN)/python -m pytest -q

check: $(VENV)/.dev  ## style, types, import rule, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q

eval: $(VENV)/.dev  ## measure retrieval, answers, conversations, baselines; report in .eval/result
	$(BIN)/python -m evaluation --corpus $(CORPUS) --readme README.md

gate: $(VENV)/.dev  ## the fast part of it; fails below evaluation/gate.toml
	$(BIN)/python -m evaluation --corpus $(CORPUS) --fast --gate --out .eval/gate

bench: $(VENV)/.dev  ## speed, memory, load, growth to 20,000 records; RECORDS="FILE …" ingests those
	$(BIN)/python -m evaluation.speed $(if $(RECORDS),--ingest $(RECORDS) --growth)

lock: $(VENV)/.dev  ## resolve requirements.lock anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-header --no-annotate -c constraints.txt pyproject.toml -o requirements.lock

clean:  ## remove the virtual environment and caches
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache
