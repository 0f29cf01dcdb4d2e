PYTHON ?= python
CAMEL_TOOLS = camel-tools==1.6.0

.PHONY: install-test install-docs build check test test-slow test-spark test-browser test-camel bench data docs wheel-check audit lock install-engines test-engines

install-test:           ## everything that the tests need, in the active environment
	$(PYTHON) -m pip install --quiet --upgrade pip
	$(PYTHON) -m pip install --quiet -e '.[test]'
	$(PYTHON) -m pip install --quiet --no-deps $(CAMEL_TOOLS)

install-engines:        ## Spark, datatrove, Hugging Face datasets and spaCy, beside what the tests need
	$(PYTHON) -m pip install --quiet --no-build-isolation -e '.[spark,datatrove,spacy]' datasets

build:                  ## compile the kernels in place
	$(PYTHON) setup.py -q build_ext --inplace

check:                  ## style and types
	ruff check src tests tools benchmarks
	mypy

test: build             ## the tests that run everywhere
	$(PYTHON) -m pytest -m "not slow and not spark and not browser and not camel"

test-slow: build        ## long fuzzing, big inputs, kill loops
	$(PYTHON) -m pytest -m slow

test-spark: build       ## needs Java and the extra `spark`
	$(PYTHON) -m pytest -m spark

test-engines: build     ## datatrove, datasets, fsspec and spaCy for real; skipped one by one where missing
	$(PYTHON) -m pytest -m "not slow and not spark" tests/engines tests/batch/test_datasets.py tests/batch/test_remote.py

test-browser: build     ## needs Chromium and its driver
	$(PYTHON) -m pytest -m browser

test-camel: build       ## needs the full camel-tools
	$(PYTHON) -m pytest -m camel

bench: build            ## every benchmark beside its reference; rows go to benchmarks/results
	for file in benchmarks/bench_*.py; do $(PYTHON) $$file || exit 1; done

data:                   ## make every table again; nothing may change
	$(PYTHON) tools/unicode_tables.py
	$(PYTHON) tools/language_data.py
	$(PYTHON) tools/corpora.py

install-docs:           ## what the documentation needs, in the active environment
	$(PYTHON) -m pip install --quiet -e '.[docs,batch,translate]'

docs:                   ## the documentation, warnings are errors
	$(PYTHON) tools/docs_pages.py
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict  # not --quiet: it would hide warnings from --strict

wheel-check:            ## sdist and wheel of the last commit, installed and tried in clean environments
	$(PYTHON) tools/check_wheel.py

audit:                  ## licences of what the package brings, and known weaknesses of the locked versions
	$(PYTHON) tools/audit.py
	$(PYTHON) -m pip install --quiet pip-audit
	$(PYTHON) tools/audit.py --weaknesses

lock:                   ## write requirements-dev.lock from the active environment
	$(PYTHON) tools/audit.py --lock
