# run · test · check · bench · serve - each makes .venv first when it is missing or its lock changed.
.DEFAULT_GOAL := help
.PHONY: help run test check bench serve golden lock clean

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

help:  ## what there is to make
	@grep -hE '^[a-z.]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

# A run needs requirements.lock only; tests, checks and benchmarks put their own lock on top.
$(VENV)/.run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-bench.lock
	touch $@

.venv: $(VENV)/.run  ## the virtual environment of a run

run: $(VENV)/.run  ## seeds/ -> output/ through the ingest flow
	$(BIN)/python -m flows.ingest seeds output

test: $(VENV)/.dev  ## every test, the slow ones too
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev  ## ruff, mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.bench  ## the benchmarks, printed as ratios
	$(BIN)/python -m benchmarks

serve: $(VENV)/.run  ## local Prefect server, pool, worker and deployments on loopback
	$(BIN)/python -m flows.serve

golden: $(VENV)/.dev  ## write tests/gold again from the seeds; review the diff
	$(BIN)/python -m tests.golden

lock:  ## pin again (needs uv on the PATH)
	uv pip compile --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock -q
	uv pip compile --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --extra s3 --extra dask --group build --group dev -c requirements.lock -o requirements-dev.lock -q
	uv pip compile --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --extra s3 --extra dask --group build --group dev --group bench -c requirements-dev.lock -o requirements-bench.lock -q

clean:  ## remove what was generated
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
	find output -mindepth 1 ! -name README.md -delete
