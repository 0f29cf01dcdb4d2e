"""A page read as a sequence: a kernel."""
