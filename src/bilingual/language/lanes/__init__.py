"""The words of a block in every language: a kernel."""
