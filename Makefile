# What is done with this repository. `make` alone lists it. Needs Python 3.11 or newer and git; the rest is brought by the targets.

PYTHON ?= python3
BIN := .venv/bin
JUDGES ?= ../shared/judges
AZURITE := tests/deploy/azurite
ENVIRONMENT := $(PYTHON) tools/bootstrap.py

# Python keeps what it compiled also where the environment says otherwise: the tests start it hundreds of times.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help site serve test coverage check conformance bench search-eval torture azurite golden docs docs-site pictures accessibility messages environment development clean

help:  ## List what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

site: environment  ## Build the demonstration city from catalog/ into output/
	$(BIN)/cityfolio build

serve: environment  ## Show it at http://127.0.0.1:8000/ and rebuild it at every change
	$(BIN)/cityfolio serve

check: development  ## Lint, types, layers and docs: under a minute
	$(BIN)/ruff check --quiet --output-format=concise
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/house tests/test_codes.py tests/pages/test_theme_reference.py -m "not slow and not campaign"

# More workers than the smallest machine has processors: browsers and servers let them wait some of the time. What
# tests/conformance and tests/torture hold is run by the targets of these names.
test: development  ## Run the tests, of long campaigns a part
	$(BIN)/python -m pytest -n 4 --dist worksteal --ignore tests/conformance --ignore tests/torture

# To note which lines are reached doubles what tests cost, so it is no part of every run.
coverage: development  ## Run all tests and note which lines and branches they reach; fails under 95%
	$(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term

conformance: development  ## Let other people's validators, in the folder JUDGES, judge what is published
	@if [ -f "$(JUDGES)/requirements.txt" ] && ! cmp -s "$(JUDGES)/requirements.txt" .venv-judges/installed.txt; then \
		echo "Installing the validators of $(JUDGES) into .venv-judges (a minute or two the first time)"; \
		$(BIN)/python -m venv .venv-judges && .venv-judges/bin/pip install --quiet -r "$(JUDGES)/requirements.txt" && \
		cp "$(JUDGES)/requirements.txt" .venv-judges/installed.txt; \
	fi
	@CITYFOLIO_JUDGES="$(abspath $(JUDGES))" CITYFOLIO_JUDGES_PYTHON="$(abspath .venv-judges/bin/python)" \
		$(BIN)/python -m pytest -q -n 2 -m conformance tests/conformance

bench:  ## Measure speed, memory and weight, also of other programs
	@$(ENVIRONMENT) bench
	@if [ ! -x .venv-bench/bin/aws ]; then \
		echo "Installing the command line of AWS into .venv-bench, to compare uploads with" && \
		$(BIN)/python -m venv .venv-bench && .venv-bench/bin/pip install --quiet awscli; \
	fi
	$(BIN)/python -m pytest -m bench -s -o faulthandler_timeout=0 tests

search-eval:  ## Measure the search on a test collection: DOCS=FILE QUERIES=FILE QRELS=FILE, JSON=1, RUN=FILE
	@$(ENVIRONMENT) search >&2
	@$(BIN)/python tools/search_eval.py \
		$(foreach each,DOCS QUERIES QRELS RUN LANGUAGE MEANING,$(if $($(each)),--$(each) "$($(each))")) \
		$(if $(filter-out 0,$(JSON)),--json) $(if $(filter 0,$(SYNONYMS)),--no-synonyms)

torture: azurite  ## Run what takes minutes, and all of the campaigns
	$(BIN)/python -m pytest tests/deploy/test_azure.py
	$(BIN)/python -m pytest -m "hypothesis and not bench and not conformance" --hypothesis-profile=long -n 2 --dist worksteal
	$(BIN)/python -m pytest -m "campaign and not torture and not hypothesis" -n 4 --dist worksteal tests
	$(BIN)/python -m pytest -m "torture and not hypothesis" tests

azurite: development  ## Install the emulator of Azure Blob Storage, 190 MB: with it `make test` deploys there too
	@if ! cmp -s $(AZURITE)/package-lock.json $(AZURITE)/node_modules/installed.json; then \
		cd $(AZURITE) && "$(abspath $(BIN))/python" "$(abspath tools)/nodejs.py" && cp package-lock.json node_modules/installed.json; \
	fi

golden: development  ## Rewrite what the small cities of tests/golden/ are expected to become; review the difference
	$(BIN)/python -m pytest -q tests/golden tests/test_codes.py --rewrite
	$(BIN)/python -m pytest -q tests/browser/test_gallery.py -k looks_as_it_did --rewrite

docs: development  ## Rewrite the reference pages that are drawn from the program
	$(BIN)/python tools/write_docs.py
	$(BIN)/python -m pytest -q tests/test_codes.py --rewrite

docs-site: environment  ## Build the documents of docs/ as a site, into build/docs-site/
	$(BIN)/python tools/docs_site.py

pictures: development  ## Take the pictures of docs/pictures/ from the demonstration city anew
	$(BIN)/python tools/pictures.py

accessibility: development  ## Run the tests of access and write the report on it, with their days
	rm -rf build/accessibility
	-CITYFOLIO_EVIDENCE="$(abspath build/accessibility)" $(BIN)/python -m pytest -q -n 2 -m "not bench" $$($(BIN)/python tools/accessibility_report.py --tests)
	$(BIN)/python tools/accessibility_report.py build/accessibility

messages: development  ## Gather the words of the interface for translators
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml --project=Cityfolio --sort-by-file --output=build/cityfolio.pot .
	@echo build/cityfolio.pot

environment:
	@$(ENVIRONMENT) site

development:
	@$(ENVIRONMENT) test

clean:  ## Remove everything that was made, but not output/
	rm -rf .venv .venv-judges .venv-bench node_modules $(AZURITE)/node_modules themes/civic/node_modules themes/civic/assets/bundle dist build
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find generator tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
