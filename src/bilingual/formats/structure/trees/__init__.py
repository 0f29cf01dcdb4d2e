"""Trees over the columns of lines: a kernel."""
