"""Shapes of the blocks of a scan: the compiled search."""
