"""Languages of words, from those of their blocks: a kernel."""
