"""Lexicon phrases against the words of a scan: the matcher, in two kernels."""
