"""Symmetric trees over the columns of lines."""
