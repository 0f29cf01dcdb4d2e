"""Rows of evidence, remembered by word: a kernel."""
