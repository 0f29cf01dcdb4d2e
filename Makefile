PYTHON ?= python
.PHONY: build check test test-slow bench data docs
build:
	$(PYTHON) setup.py -q build_ext --inplace
check:
	ruff check . && mypy
test: build
	$(PYTHON) -m pytest -m "not slow and not spark and not browser and not camel"
