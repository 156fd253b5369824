# The README's two commands are `make run` and `make test`; CI calls the same targets.
# Everything is installed into .venv here; nothing needs root.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The tests start hundreds of processes: none should compile the program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak check format evaluate ablate witness fuzz month year use chaos lock bench docs clean conversations sbom audit

# With a real Slack's tokens set, samples stay out (SAMPLES=1 keeps them in), and what is in seeds/
# enters no digest.
run: $(VENV)/run.stamp
ifeq ($(SLACK_BOT_TOKEN),)
	@$(BIN)/claimdesk ingest seeds
	@$(BIN)/claimdesk vectors
else ifeq ($(SAMPLES),)
	@$(BIN)/claimdesk remove --samples --reason "connected to a real Slack" 2>/dev/null || true
	@$(BIN)/claimdesk ingest --bulk --no-samples seeds
else
	@$(BIN)/claimdesk ingest --bulk seeds
endif
	@printf '\n/claim yuan ruble\n\n'
	@$(BIN)/claimdesk claim yuan ruble
	@echo
ifneq ($(SLACK_BOT_TOKEN),)
	@echo "Starting. Open the app's Home tab in Slack to say which sites to read. Ctrl-C stops the bot."
endif
	@exec $(BIN)/claimdesk $(if $(SLACK_BOT_TOKEN),run,demo)

# Two processes more than there are cores: many tests wait for other processes and for Slack.
PROCESSES := $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 2))')
PYTEST := $(BIN)/python -m pytest -n $(PROCESSES) --no-loadscope-reorder

test: $(VENV)/dev.stamp
	$(PYTEST)

# The same with what `make test` tries a part of: each kill point, longer simulations, both modes of
# the long conversation, and random examples, ten times as many.
soak: $(VENV)/dev.stamp
	SOAK=1 $(PYTEST)

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

evaluate: $(VENV)/dev.stamp
	$(BIN)/python -m tests.extract.evaluate

# Switches off each rule and list of extraction in turn and prints what it gives: an hour on one core.
# RULE is a pattern of names: `make ablate RULE=^spans` does only these.
ablate: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.extract.ablate "$(RULE)"

# Builds the commit BASE and the working tree, gives both the same articles, files, queries, talk in
# Slack and week of digests, and prints what differs: twelve minutes on two cores. `OPTIONS="--parts
# slack,digests"` does only these; --claims N makes fewer claims, --corpus FOLDER adds articles.
witness: $(VENV)/dev.stamp
	@test -n "$(BASE)" || { echo "Name a commit: make witness BASE=main" >&2; exit 2; }
	@$(BIN)/python -m tests.witness "$(BASE)" $(OPTIONS)

# Throws broken files of each format at its reader, for SECONDS each.
fuzz: SECONDS = 60
fuzz: $(VENV)/dev.stamp
	FUZZ_SECONDS=$(SECONDS) $(BIN)/python -m pytest -s tests/fuzz

# Lets people talk with the bot at random, N times; tests let them do so a few times. Another SEED
# is other talk.
conversations: SEED = 1
conversations: N = 20000
conversations: $(VENV)/dev.stamp
	CONVERSATIONS=$(N) SEED=$(SEED) $(BIN)/python -m pytest tests/slack/conversations/test_random_conversations.py

# Plays so many DAYS of FEEDS in fast motion while the worker is killed again and again; tests play
# one day of it. Another SEED is another play.
month: SEED = 1
month: DAYS = 30
month: FEEDS = 50
month: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulations.feeds.simulation --seed $(SEED) --days $(DAYS) --feeds $(FEEDS)

# Plays so many MONTHS of digests in CHANNELS in fast motion, in six time zones, while two workers
# are killed again and again and Slack fails; tests play one month of three channels.
year: SEED = 1
year: MONTHS = 12
year: CHANNELS = 40
year: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulations.digests.simulation --seed $(SEED) --months $(MONTHS) --channels $(CHANNELS)

# Writes so many DAYS of a newsroom's use into a store that forgets what is old, and prints its size;
# a test does so for two months with few rows.
use: DAYS = 540
use: $(VENV)/dev.stamp
	$(BIN)/python -m tests.simulations.use --days $(DAYS)

# Runs a large installation for so many MINUTES, with PostgreSQL and three OpenSearch nodes, while
# its processes are killed every few seconds; `make soak` does so for one minute. Another SEED is
# another play. Prints what was broken, which should be nothing.
chaos: SEED = 1
chaos: MINUTES = 5
chaos: $(VENV)/dev.stamp
	CHAOS_MINUTES=$(MINUTES) SEED=$(SEED) $(BIN)/python -m pytest -q -s -rs tests/simulations/chaos

bench: $(VENV)/dev.stamp
	$(BIN)/python -m tests.bench.start_speed
	$(BIN)/python -m tests.bench.slack_latency
	$(BIN)/python -m tests.bench.load
	$(BIN)/python tests/bench/extract_speed.py
	$(BIN)/python -m tests.bench.bulk_speed $(ARTICLES)
	$(BIN)/python -m tests.bench.reader_speed
	$(BIN)/python -m tests.bench.search_speed $(N)
	$(BIN)/python -m tests.bench.reindex_speed $(N)
	$(BIN)/python -m tests.bench.watch_speed
	$(BIN)/python -m tests.bench.digest_speed

# Builds the site of docs/ into build/site without the network; a dead link is an error.
docs: $(VENV)/dev.stamp
	@PYTHONPATH=. $(BIN)/mkdocs build --strict --quiet

# Writes what Claimdesk is installed with, and under which licences, as CycloneDX.
sbom: $(VENV)/dev.stamp
	@mkdir -p build
	$(BIN)/python -m supply.sbom > build/sbom.json

# Asks PyPI for known vulnerabilities of all packages; "skipped: …" where it can't be asked.
audit: $(VENV)/dev.stamp
	@$(BIN)/python -m supply.audit

# Writes all lock files anew from pyproject.toml.
lock: $(VENV)/dev.stamp
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra chart --extra opensearch --extra postgres --extra vectors pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --extra chart --extra opensearch --extra postgres --extra vectors --group dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --group audit -o requirements-audit.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Claimdesk needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "setting up $(VENV)"
	@"$(PYTHON)" -m venv $(VENV) || \
	  { echo "Python cannot make virtual environments; install python3-venv" >&2; exit 2; }

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing what Claimdesk runs with"
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "installing what the tests and checks need"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@
