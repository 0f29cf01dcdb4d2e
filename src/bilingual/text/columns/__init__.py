"""The columns of a scan as kernels see them: a kernel."""
