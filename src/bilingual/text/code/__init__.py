"""Paths, names in programs, placeholders, tags: a kernel."""
