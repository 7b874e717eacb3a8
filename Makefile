# Thin calls of bootstrap.py. On Windows: py bootstrap.py run, py bootstrap.py test.
# Another Python: make test PYTHON=python3.12      More arguments: make run ARGS="--help"

# The first of these that really runs, is 3.11 or newer, and can make virtual environments.
CANDIDATES := python3.13 python3.12 python3.11 python3
USABLE := import sys, ensurepip; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for p in $(CANDIDATES); do \
	if $$p -c '$(USABLE)' >/dev/null 2>&1; then echo $$p; exit; fi; done; echo python3)
endif
UV ?= uv

.DEFAULT_GOAL := test
.PHONY: setup run test lint bench texts pins clean

setup run test lint bench texts:
	@$(PYTHON) bootstrap.py $@ $(ARGS)

pins: # after a change of dependencies; make pins ARGS=--upgrade also takes newer versions
	@command -v $(UV) >/dev/null || { echo '需要 uv / uv is needed: pip install uv' >&2; exit 2; }
	@$(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command 'make pins' \
		--group dev --all-extras $(ARGS) --output-file constraints.txt pyproject.toml

clean: # results/ stays: it is yours
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks build dist
	find src ui tests benchmarks -name __pycache__ -prune -exec rm -rf {} +
