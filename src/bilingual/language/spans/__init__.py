"""Spans, from languages of words: a kernel."""
