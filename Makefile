# `make demo` and `make test` do all the set-up on a fresh machine: Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test coverage lint types imports docs docs-check rules-format samples bench wheel-check hook-check clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@

# The faulty sample is meant to fail the check (exit status 1), and that is no failure of the demo.
demo: $(STAMP)
	@$(BIN)/invlint check samples/faulty.xlsx || test $$? -eq 1

test: $(STAMP)
	$(BIN)/python -m pytest

coverage: $(STAMP)
	$(BIN)/python -m pytest tests/lang tests/language tests/units tests/policy tests/rules tests/cli/test_gate.py \
		tests/cli/test_rule_verbs.py --cov=invlint.lang --cov=invlint.units --cov=invlint.policy --cov=invlint.rules \
		--cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

docs: $(STAMP)
	$(BIN)/python docs/make_pages.py

docs-check: $(STAMP)
	$(BIN)/python docs/make_pages.py --check

rules-format: $(STAMP)
	$(BIN)/invlint fmt --check rules plugins

samples: $(STAMP)
	$(BIN)/python samples/make_samples.py

bench: $(STAMP)
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/compile_share.py

# The built wheel, in an empty environment and another folder, checks a sample.
wheel-check: $(STAMP)
	sh .ci/wheel-check $(BIN)/python

# The pre-commit hook, from a clone of what is committed, in an environment that pre-commit builds.
hook-check: $(STAMP)
	sh .ci/hook-check $(BIN)/python

clean:
	rm -rf $(VENV) dist build
