# Everything starts here; `make help` lists the targets. Only python3 (3.11 or newer, with venv) and make are assumed.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# as on any computer: what was compiled once starts quicker, and the tests start hundreds of processes
export PYTHONDONTWRITEBYTECODE :=

PO := resources/translations/pl/LC_MESSAGES/progressus.po
MO := $(PO:.po=.mo)

.PHONY: help run test check lint translations pictures manual-pictures walk bench simulate soak freeze lock docs clean system-libraries age

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

system-libraries:
	@bash .ci/system-libraries

age: # the tests open a package with it
	@bash .ci/system-libraries age

$(VENV)/.run-ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev-ready: requirements-dev.lock $(VENV)/.run-ready
	$(PY) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

$(MO): $(PO) $(VENV)/.run-ready
	@$(PY) .ci/translations.py compile

run: system-libraries $(VENV)/.run-ready $(MO) ## make the demo workspace and its PDFs in out/, then open the window
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  $(PY) -m progressus_desktop demo --into out; \
	else \
	  $(PY) -m progressus_desktop demo --into out --no-window && \
	  echo "There is no display here: instead of the window, pictures of its pages go to out/." && \
	  $(PY) -m progressus_desktop.gui.pictures out/demo out; \
	fi

test: age $(VENV)/.dev-ready $(MO) check ## run every check and test (under 10 minutes on 2 cores)
	$(PY) -m pytest -n 2 -q --randomly-seed=20260101

check: system-libraries $(VENV)/.dev-ready $(MO) ## lint, types, layers, dependencies, translations
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/deptry progressus_desktop
	$(PY) .ci/translations.py check

translations: $(VENV)/.dev-ready ## collect texts from the code into the Polish catalogue
	$(PY) .ci/translations.py update
	$(PY) .ci/translations.py compile

docs: $(VENV)/.dev-ready $(MO) ## write docs/data-dictionary.md from the declarations
	$(PY) .ci/data_dictionary.py > docs/data-dictionary.md

pictures: system-libraries $(VENV)/.dev-ready $(MO) ## pictures of every page: themes, sizes, languages, into out/pictures
	$(PY) -m progressus_desktop demo --into out --no-window
	$(PY) -m progressus_desktop.gui.pictures --every out/demo out/pictures

manual-pictures: system-libraries $(VENV)/.dev-ready $(MO) ## renew the pictures in docs/manual
	rm -rf out/manual # a workspace kept from before would show what the sample project was then
	PROGRESSUS_NOW=2026-11-23T11:48:00+01:00 $(PY) -m progressus_desktop demo --into out/manual --no-window
	PROGRESSUS_NOW=2026-11-23T11:48:00+01:00 $(PY) -m progressus_desktop.gui.pictures --manual out/manual/demo docs/manual

walk: $(VENV)/.dev-ready $(MO) ## walk every page through the accessibility bus (installs Xvfb, AT-SPI)
	bash .ci/walk

bench: $(VENV)/.dev-ready $(MO) ## measure the goals of docs/performance.md at 10 k and 1 M records
	$(PY) -m benchmarks

simulate: $(VENV)/.dev-ready $(MO) ## an office and a hundred testers for eight months, with losses, copies and restores
	$(PY) -m tests.exchange.simulation

soak: age $(VENV)/.dev-ready $(MO) ## the long matrices, 50,000 histories, many kills
	$(PY) -m pytest -q -m slow --timeout 3600 --hypothesis-profile other

freeze: system-libraries $(VENV)/.dev-ready $(MO) ## build the one-folder program into dist/
	$(VENV)/bin/pyinstaller --noconfirm --clean --log-level WARN build.spec
	bash .ci/smoke dist/progressus-desktop

lock: $(VENV)/.dev-ready ## renew the locked dependencies
	$(VENV)/bin/uv pip compile -q pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	$(VENV)/bin/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements.lock -o requirements-dev.lock

clean: ## remove what was built
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis
