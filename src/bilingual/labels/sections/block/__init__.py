"""The main block of a page: a kernel."""
