# The set-up and the checks. `make help` lists the targets.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Any Python can look for the one that fits: see .ci/make_venv.py.
FINDER := $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null && echo "$$p" && break; done)

ARGS ?=
TESTS ?=
# The tests run in this many processes; JOBS=0 keeps them in one, as a debugger wants it.
JOBS ?= 2
PYTEST := $(PY) -m pytest -n $(JOBS) --dist loadfile
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help run test long bench lint format types snapshots lock clean venv venv-dev finder

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | \
		while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: venv ## Open the desk; ARGS="..." are passed to the program
	@$(PY) main.py $(ARGS)

test: lint types ## Run the linter, the type checker and the tests; TESTS="..." chooses, JOBS=0 keeps one process
	$(PYTEST) -m "not long" $(TESTS)

long: lint types ## Run all tests in random order, with those that take minutes and 10,000 examples
	HYPOTHESIS_PROFILE=long $(PYTEST) -p randomly $(TESTS)

bench: venv-dev ## Measure what has a limit; QUICK=1 a tenth of it, ONLY=name some lines, JSON=file keeps the figures
	@if ! cmp -s requirements-bench.lock build/bench/installed; then \
		$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps \
			--only-binary :all: --upgrade --target build/bench -r requirements-bench.lock \
		&& cp requirements-bench.lock build/bench/installed \
		|| echo "The peers could not be installed: their lines are left out." >&2; \
	fi
	@$(PY) -m tests.speed $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

lint: venv-dev ## Run the linter and check the format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: venv-dev ## Mend what the linter and the formatter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: venv-dev ## Run the type checker
	$(BIN)/mypy

snapshots: venv ## Draw each page in both themes into docs/pictures
	@mkdir -p docs/pictures
	@pages="$$($(PY) main.py snapshot --list)" || exit 1; \
	test -n "$$pages" || { echo "main.py snapshot --list names no page" >&2; exit 1; }; \
	for page in $$pages; do for theme in light dark; do \
		echo "docs/pictures/$$page-$$theme.png"; \
		$(PY) main.py snapshot --page "$$page" --theme "$$theme" \
			--still build/pictures --out "docs/pictures/$$page-$$theme.png" || exit 1; \
	done; done

lock: finder ## Resolve the dependencies anew into the lock files
	$(FINDER) -m venv build/lock-venv
	build/lock-venv/bin/python -m pip install --quiet "uv==$(UV_VERSION)"
	$(UV_COMPILE) pyproject.toml -o requirements.lock
	$(UV_COMPILE) --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(UV_COMPILE) --group bench -o requirements-bench.lock

UV_COMPILE := build/lock-venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes \
	--python-version 3.11 --fork-strategy fewest --no-annotate --custom-compile-command "make lock"

clean: ## Remove the virtual environment, caches and what was built
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

finder:
	@test -n "$(FINDER)" || { echo "Python 3.11 to 3.13 is needed. Debian and Ubuntu: apt install python3 python3-venv" >&2; exit 1; }

venv: finder
	@$(FINDER) .ci/make_venv.py requirements.lock

venv-dev: finder
	@$(FINDER) .ci/make_venv.py requirements-dev.lock
