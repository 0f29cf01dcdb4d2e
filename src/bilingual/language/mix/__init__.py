"""Languages of blocks under the document's mix: a kernel."""
