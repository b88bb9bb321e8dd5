# Everything a newcomer needs: `make demo` and `make test` each do all the set-up by themselves and are quick the second time.

VENV    := .venv
PYTHON  := $(VENV)/bin/python
PIP     := $(PYTHON) -m pip --disable-pip-version-check --no-input
PYTEST  := $(PYTHON) -m pytest
SOTE    := $(VENV)/bin/sote
BROKER  := /usr/lib/rabbitmq/bin/rabbitmq-server
HEARD   := services/listeners.json
BUSES   := $(shell find services -path '*/bus*' -name '*.py')
IMAGE   := protos/third_party/api.binpb
PROTOS  := $(shell find protos/sote -name '*.proto')

# Runs a command silently; its output is shown when it fails.
quietly = { said=$$({ $(1); } 2>&1) || { echo "$$said" >&2; false; }; }

# Compiled modules halve the time to start, whatever the caller's environment says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup broker demo up down status test check format protos unit integration contract journeys faults house pages clean

help: ## explain each target in a line
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.sote $(IMAGE) $(HEARD) broker ## make .venv, install the lock, generate the protos, get RabbitMQ if missing

demo: setup ## play control case C0 and story 1 on a county of this machine and check every total
	@$(SOTE) demo

up: setup ## run the platform with a live status table until Ctrl-C
	@$(SOTE) up

down: $(VENV)/.sote ## stop a platform that runs in the background
	@$(SOTE) down

status: $(VENV)/.sote ## show what runs
	@$(SOTE) status

test: setup ## every test: the cheaper floors on all cores, what starts the platform by itself
	@failed=0; run() { echo "$$*"; "$$@" || failed=1; }; \
	run $(PYTEST) -n auto --dist loadfile tests/house tests/unit tests/contract tests/integration; \
	run $(PYTEST) tests/journeys tests/faults; \
	exit $$failed

unit: setup ## pure functions: seconds
	$(PYTEST) tests/unit

integration: setup ## one room on a real PostgreSQL or RabbitMQ
	$(PYTEST) tests/integration

contract: setup ## promises of the APIs and facts
	$(PYTEST) tests/contract

journeys: setup ## people's stories through the whole platform
	$(PYTEST) tests/journeys

faults: setup ## processes killed, brokers stopped, poison sent
	$(PYTEST) tests/faults

house: setup ## how the code itself must be: sizes, names, command lines
	$(PYTEST) tests/house

check: $(VENV)/.sote protos ## format, lint, types, walls, protos and migrations, without running anything
	@failed=0; run() { echo "$$*"; "$$@" || failed=1; }; \
	run $(VENV)/bin/ruff format --check .; \
	run $(VENV)/bin/ruff check .; \
	run $(VENV)/bin/mypy; \
	run $(VENV)/bin/lint-imports --no-cache; \
	run $(VENV)/bin/buf lint $(IMAGE) --config protos/buf.yaml; \
	run $(VENV)/bin/buf format --diff --exit-code protos; \
	run $(PYTHON) tests/house/protos.py; \
	run $(PYTHON) tests/house/migrations.py; \
	exit $$failed

format: $(VENV)/.sote ## format Python and protos in place
	$(VENV)/bin/ruff check --fix --select I .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/buf format --write protos

pages: setup ## write the pages under docs/ that come from the code: errors, events, states, timers, settings, seeds, rules
	$(PYTHON) tests/contract/catalogues/write.py
	$(PYTHON) tests/house/seeds.py
	$(PYTHON) tests/house/rules.py
	$(PYTHON) tests/contract/facts/samples.py

protos: $(IMAGE) $(HEARD) ## generate the Python modules of the protos (only when one changed)

clean: ## remove everything generated, the private county's data included
	@if [ -x $(SOTE) ]; then $(SOTE) down; fi
	rm -rf $(VENV) .county protos/third_party protos/buf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find protos -name '*_pb2*.py*' -delete
	find services cli tests protos -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.python:
	@echo "making $(VENV)"
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@[ -x $(PYTHON) ] && $(PYTHON) -m pip --version > /dev/null 2>&1 || python3 -m venv --clear $(VENV) > /dev/null 2>&1 \
		|| { echo "getting python3-venv from the distribution"; export DEBIAN_FRONTEND=noninteractive; \
		$(call quietly,apt-get update && apt-get install -y --no-install-recommends python3-venv) \
		&& python3 -m venv --clear $(VENV); }
	@touch $@

$(VENV)/.lock: requirements-dev.txt $(VENV)/.python
	@echo "installing the pinned and hashed requirements"
	@$(PIP) install --quiet --root-user-action=ignore --require-hashes -r requirements-dev.txt
	@touch $@

# The distribution carries only the console script; the two import roots stand in a .pth file.
$(VENV)/.sote: pyproject.toml $(VENV)/.lock
	@printf '%s\n' "$(CURDIR)" "$(CURDIR)/protos" > "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/sote-roots.pth"
	@$(PIP) install --quiet --root-user-action=ignore --no-deps --no-build-isolation --editable .
	@touch $@

$(IMAGE): protos/generate.py $(PROTOS) $(VENV)/.lock
	@echo "generating the protos"
	@$(PYTHON) protos/generate.py
	@touch $@

# Who listens to which fact, read from the bus classes; relays declare the queues of listeners that never ran yet.
$(HEARD): $(BUSES) $(IMAGE)
	@$(PYTHON) -m services.chassis.bus.listeners
	@touch $@

# A broker from the distribution's package. Its own system node is not ours: a policy keeps the package from starting it.
broker:
	@if [ -n "$$AMQP_URI" ] || [ -x $(BROKER) ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ]; then echo "RabbitMQ is missing: install the package rabbitmq-server, or set AMQP_URI" >&2; exit 1; fi; \
	echo "getting RabbitMQ from the distribution"; policy=/usr/sbin/policy-rc.d; \
	if [ ! -e $$policy ]; then printf '#!/bin/sh\nexit 101\n' > $$policy; chmod 755 $$policy; trap "rm -f $$policy" EXIT; fi; \
	export DEBIAN_FRONTEND=noninteractive; \
	$(call quietly,apt-get update && apt-get install -y --no-install-recommends rabbitmq-server); done=$$?; \
	if [ -d /run/systemd/system ]; then systemctl disable --quiet rabbitmq-server; fi; exit $$done
