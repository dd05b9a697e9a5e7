# `make` lists the targets. The work is done by the small programs in tools/, which need nothing but Python.
# Settings are given as variables (make demo PORT=8123) or in .env; docs/configuration.md names them all.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test lint fix bench messages requirements check

PYTHON ?= python3
ARGS ?=
RUN = @command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) is missing: apt install python3 python3-venv" >&2; exit 1; }; \
	exec "$(PYTHON)" tools/run.py

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv, install the pinned packages, prepare the database and static files
	$(RUN) setup

demo: ## everything from nothing: open all portals, fill them and serve them (PORT=8000)
	$(RUN) demo

serve: ## serve the portals on the data that is there (PORT=8000)
	$(RUN) serve

test: ## run every test, on SQLite and on PostgreSQL where a server is installed (ARGS="-k words")
	$(RUN) test $(ARGS)

lint: ## check form, layers, templates, migrations and settings
	$(RUN) lint

fix: ## put Python into form
	$(RUN) fix

bench: ## measure pages, publishing and the page tree (ARGS="--quick")
	$(RUN) bench $(ARGS)

messages: ## collect the texts to be translated into the Vietnamese catalogues
	$(RUN) messages

requirements: ## choose and pin the packages again, after a change of a requirements*.in
	$(RUN) requirements

check: lint test ## what a change must pass: lint and test
