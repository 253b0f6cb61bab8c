# From a clone to a cited answer: `make run`. `make` alone lists what there is.
#
# Variables: PYTHON (an interpreter, 3.11 or newer), PORT (of the page), Q (a question), ARGS (more options),
# JOBS (test processes), TORCH_INDEX (where a CPU build of torch is looked for; empty: nowhere but the usual index).

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
ASSISTANT := $(VENV)/bin/assistant
PORT ?= 8501
JOBS ?= auto
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
EXAMPLE ?= How many free trade agreements does Korea have, and with how many countries?

RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	"$$p" -c '$(RECENT)' 2>/dev/null && { command -v "$$p"; break; }; done)

# A question travels in the environment, and unexpanded: quotes, dollars and backticks in it mean nothing to make or the shell.
ifdef Q
override Q := $(value Q)
export Q
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help run ask ingest ui eval gate test lint format clean distclean
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ingest ## install, index, answer one example, serve the page (PORT=8501)
	@echo; echo "> $(EXAMPLE)"
	@$(ASSISTANT) ask "$(EXAMPLE)" || [ $$? -eq 3 ]
	@echo
	@$(ASSISTANT) ui --port $(PORT)

ask: $(VENV)/installed ## ask one question: make ask Q="…"
	@[ -n "$$Q" ] || { echo 'no question: make ask Q="How many …?"' >&2; exit 2; }
	@[ -n "$$ASSISTANT_INDEX" ] || [ -e index/CURRENT ] || $(ASSISTANT) ingest
	@$(ASSISTANT) ask $(ARGS) -- "$$Q" || [ $$? -eq 3 ]

ingest: $(VENV)/installed ## bring the index up to date with corpus/
	@$(ASSISTANT) ingest $(ARGS)

ui: $(VENV)/installed ## serve the page only (PORT=8501)
	@$(ASSISTANT) ui --port $(PORT)

eval: ingest ## run the evaluation set
	@$(ASSISTANT) eval $(ARGS)

gate: ingest ## fail when answers from the digests got worse than recorded
	@$(ASSISTANT) eval --label digests --gate $(ARGS)

test: $(VENV)/installed-dev ## install what the tests need and run them all (ARGS="-k …")
	$(PY) -m pytest -n $(JOBS) --maxprocesses 4 --dist loadfile $(ARGS)

CODE := assistant tests $(wildcard app.py benchmarks)
lint: $(VENV)/installed-dev ## format, lint, types, layers
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m ruff check $(CODE)
	$(PY) -m mypy assistant $(wildcard app.py) tests
	$(VENV)/bin/lint-imports --no-logo

format: $(VENV)/installed-dev ## put code in form
	$(PY) -m ruff format $(CODE)
	$(PY) -m ruff check --fix $(CODE)

clean: ## remove what is derived: the index and caches (not .venv, not state/)
	find index -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find assistant tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## also remove .venv
	rm -rf $(VENV)

# ---------------------------------------------------------------- the environment

$(PY):
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed, and no python3 here is: install it, or name one with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c '$(RECENT)' || { echo "$(PYTHON) is older than Python 3.11, which is needed: name a newer one with make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -f $(PY); echo "$(PYTHON) cannot make a virtual environment (Debian: install python3-venv)" >&2; exit 1; }

# torch first and alone: the usual index has a build with 1.8 GB of CUDA, PyTorch's own has one for the CPU. Given to a
# whole install, an index that cannot be reached costs 7 s a package; asked once, about 1 s, and pip goes on without it.
# Compiled here, once and on all cores, and not by pip on one: where PYTHONDONTWRITEBYTECODE is set nothing else would do it later,
# and each start would pay (measured: chromadb 0.8 s against 2.0, llama_index 1.6 against 3.4, sentence_transformers 7.3 against 13.7).
PIP_INSTALL := $(PY) -m pip install $(if $(CI),--quiet) --no-compile -c constraints.txt
define INSTALL
	@echo "Installing into $(VENV) (once, some minutes) …"
	@[ -z "$(TORCH_INDEX)" ] || $(PIP_INSTALL) --no-deps --retries 0 --timeout 15 --extra-index-url "$(TORCH_INDEX)" torch || \
		echo "no CPU build of torch at $(TORCH_INDEX): going on with the usual index" >&2
	@$(PIP_INSTALL) -e "$(1)"
	@$(PY) -m compileall -qq -j 0 $(VENV)/lib assistant || true
endef

$(VENV)/installed: pyproject.toml constraints.txt | $(PY)
	$(call INSTALL,.)
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(PY)
	$(call INSTALL,.[dev])
	@touch $(VENV)/installed $@
