# The commands of the house; `make` alone lists them. Each prepares what it needs, once.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo audit-examples test check fix docs bench reference lock clean lint

# The environment's own programs come first: a Node that came from its Python wheel is found there.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

install := .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python
compile := .venv/bin/uv pip compile --quiet $(if $(upgrade),--upgrade) --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
pytest := .venv/bin/pytest -n 2

help: ## List the commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/.installed-test .venv/.installed-foreign ## Prepare everything for development

demo: .venv/.installed-run ## Assess 27 organisations end to end and say where the documents lie
	.venv/bin/merilo demo

# Status 1 says that something was found, as it must be; 2 says that an example could not be audited.
audit-examples: .venv/.installed-run ## Audit four published reports and print what does not hold in them
	@for example in examples/audit-*; do \
		echo "== $$example"; .venv/bin/merilo audit --all "$$example" || [ $$? -eq 1 ]; echo; \
	done

test: lint .venv/.installed-foreign ## Run everything: linters and the whole test suite
	$(pytest)

check: lint ## Run the linters and the quick tests, in under a minute
	$(pytest) -m "not slow"

fix: .venv/.installed-test ## Put the code into the house format
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

docs: .venv/.installed-run ## Write docs/map.md, the JSON Schema and the examples that are built anew
	.venv/bin/python -m tools.make_map
	.venv/bin/python -m tools.make_schema
	.venv/bin/python -m tools.build_fictional
	.venv/bin/python -m tools.build_audit_samara

bench: .venv/.installed-bench ## Measure scoring against a scan, Polars by hand and pandas (72 million questionnaires); place sets
	.venv/bin/python benchmarks/scoring.py
	.venv/bin/python benchmarks/inference.py

reference: ## Compute the reference values of the statistics anew with R (installs it)
	tools/reference_values.sh

lock: .venv/.made ## Write the lock files from pyproject.toml and package.json (upgrade=yes: newest versions)
	$(compile) pyproject.toml --group build --output-file requirements/run.txt
	$(compile) pyproject.toml --group build --group test --group check \
		--constraints requirements/run.txt --output-file requirements/test.txt
	$(compile) pyproject.toml --group build --group bench \
		--constraints requirements/run.txt --output-file requirements/bench.txt
	$(compile) --group node --output-file requirements/node.txt
	$(compile) --group bootstrap --output-file requirements/bootstrap.txt
	npm install --silent --package-lock-only

clean: ## Remove what these commands made, the environment included
	rm -rf .venv node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

lint: .venv/.installed-test
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports

# Markers: each stands for "this was installed from these files" and is newer than they are.

.venv/.made: tools/bootstrap.sh tools/system_packages.sh requirements/bootstrap.txt
	tools/bootstrap.sh
	touch $@

.venv/.installed-run: .venv/.made requirements/run.txt pyproject.toml
	$(install) --require-hashes -r requirements/run.txt
	$(install) --no-deps --no-build-isolation --editable .
	touch $@

.venv/.installed-%: .venv/.installed-run requirements/%.txt
	$(install) --require-hashes -r requirements/$*.txt
	touch $@

.venv/.installed-foreign: .venv/.made tools/foreign_programs.sh package-lock.json requirements/node.txt
	tools/foreign_programs.sh
	touch $@
