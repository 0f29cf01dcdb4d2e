PYTHON ?= python
CAMEL_TOOLS = camel-tools==1.6.0

.PHONY: install-test build check test test-slow test-spark test-browser test-camel bench data docs

install-test:           ## everything that the tests need, in the active environment
	$(PYTHON) -m pip install --quiet --upgrade pip
	$(PYTHON) -m pip install --quiet -e '.[test]'
	$(PYTHON) -m pip install --quiet --no-deps $(CAMEL_TOOLS)

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

test-browser: build     ## needs Chromium and its driver
	$(PYTHON) -m pytest -m browser

test-camel: build       ## needs the full camel-tools
	$(PYTHON) -m pytest -m camel
