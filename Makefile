# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPARK := .venv-spark
SPARK_SERVER := .venv-spark-server
DBT := .venv-dbt
PURELIB := import sysconfig; print(sysconfig.get_path("purelib"))

.DEFAULT_GOAL := help
SECONDS ?= 60
SCALES ?= 1 100 1000
SEED ?= 1
DELIVERIES ?= 1000
DROP ?= 25
DATABASE ?= demo/published/netvaerdi.duckdb

.PHONY: bench test-spark faults soak fuzz test-duckdb-versions help licences sbom demo test lint types suite lock clean

help:
	@echo "make demo   install, make up a municipality, run everything, say where the report is"
	@echo "make test   format, lint, types and tests"
	@echo "make bench  where a run's time goes, and reading, models, gates, charts and reports beside peers and limits; SCALES='1 100 1000'"
	@echo "make fuzz   damage files of every format and read them; SECONDS=3600 SEED=1"
	@echo "make faults end intake, models, publication and report at each of their steps, and fill disks; takes hours"
	@echo "make test-duckdb-versions   ask a published file's questions with DuckDB 1.2, 1.4 and 1.5; DATABASE=demo/published/netvaerdi.duckdb"
	@echo "make soak   deliveries in a row with work that is killed; DELIVERIES=1000 SEED=1 DROP=25; takes an hour"
	@echo "make test-spark  the same numbers from a real Spark, started and stopped here; needs java"
	@echo "make licences   the licence of everything installed"
	@echo "make sbom   a CycloneDX list of everything installed, into build/"
	@echo "make lock   resolve the pinned dependencies again"

$(VENV)/.runtime: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert (3, 11) <= sys.version_info < (3, 15), "Netværdi needs Python 3.11 to 3.14"'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

demo: $(VENV)/.runtime
	$(BIN)/netvaerdi demo --home ./demo

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/sqlfluff lint sql --processes 2 --disable-progress-bar

types: $(VENV)/.dev
	$(BIN)/mypy

# Style and types beside the tests, and these three side by side on two cores: the daemon and the browser are often
# waited for.
test: $(VENV)/.dev
	$(MAKE) --no-print-directory --jobs=3 lint types suite

suite: $(VENV)/.dev
	$(BIN)/dagster definitions validate -w workspace.yaml --log-level warning
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

fuzz: $(VENV)/.dev
	$(BIN)/python -m benchmarks.fuzz_reader --seconds $(SECONDS) --seed $(SEED) --keep fuzz_failures

faults: $(VENV)/.dev
	NETVAERDI_EVERY_STEP=1 $(BIN)/python -m pytest --durations=20 tests/faults/test_fail_at_step.py tests/faults/test_small_disk.py

test-duckdb-versions: $(VENV)/.runtime
	$(BIN)/python -m benchmarks.duckdb_versions $(DATABASE)

# dbt in an environment of its own, as a peer to measure against: nothing here uses it otherwise.
$(DBT)/.ready: requirements-dbt.lock
	$(PYTHON) -m venv $(DBT)
	$(DBT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dbt.lock
	touch $@

bench: $(VENV)/.dev $(DBT)/.ready
	-$(BIN)/python -m compileall -q $(VENV)/lib $(DBT)/lib assets pipelines benchmarks
	$(BIN)/python -m benchmarks.whole_run
	$(BIN)/python -m benchmarks.dagster_overhead
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.dbt --dbt $(DBT)/bin/dbt
	$(BIN)/python -m benchmarks.charts
	$(BIN)/python -m benchmarks.scale --scales $(SCALES)
	$(BIN)/python -m benchmarks.incremental --scales $(SCALES)
	$(BIN)/python -m benchmarks.gates --scales $(SCALES)
	$(BIN)/python -m benchmarks.reports
	$(BIN)/python -m benchmarks.plot

soak: $(VENV)/.dev
	$(BIN)/python -m benchmarks.soak --deliveries $(DELIVERIES) --seed $(SEED) --drop $(DROP)

# The client's environment adds the extra `spark` to .venv; the server's package has the same name, so it has its own.
$(SPARK)/.ready: requirements-spark.lock $(VENV)/.dev
	$(BIN)/python -m venv --without-pip $(SPARK)
	echo "import site; site.addsitedir('$$($(BIN)/python -c '$(PURELIB)')')" > "$$($(SPARK)/bin/python -c '$(PURELIB)')/netvaerdi.pth"
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	touch $@

$(SPARK_SERVER)/.ready: requirements-spark-server.lock
	$(PYTHON) -m venv $(SPARK_SERVER)
	$(SPARK_SERVER)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark-server.lock
	touch $@

test-spark: $(SPARK)/.ready $(SPARK_SERVER)/.ready
	$(SPARK)/bin/python -m tests.spark.cluster --server $(SPARK_SERVER) --workers 2 -- $(SPARK)/bin/python -m pytest -m spark tests/spark

licences: $(VENV)/.dev
	$(BIN)/pip-licenses --python=$(BIN)/python --format=markdown --order=license

sbom: $(VENV)/.dev
	mkdir -p build
	$(BIN)/cyclonedx-py environment --output-reproducible --of JSON -o build/sbom.cdx.json $(BIN)/python

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --quiet --extra build --extra spark -c requirements-dev.lock pyproject.toml -o requirements-spark.lock
	echo 'pyspark[connect]==4.3.0' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate --quiet - -o requirements-spark-server.lock
	printf 'dbt-core<1.12\ndbt-duckdb\nduckdb==2.0.1\n' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate --quiet - -o requirements-dbt.lock

clean:
	rm -rf $(VENV) $(SPARK) $(SPARK_SERVER) $(DBT) demo
