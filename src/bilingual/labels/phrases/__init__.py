"""Lexicon phrases against the words of a scan: the compiled matcher."""
