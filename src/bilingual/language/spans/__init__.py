"""Languages of words, and spans: a kernel."""
