"""The contents of a page: a kernel."""
