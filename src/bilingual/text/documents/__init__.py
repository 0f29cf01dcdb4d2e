"""The stages over a batch of documents: a kernel."""
