"""Rows of evidence to languages and spans: a kernel."""
