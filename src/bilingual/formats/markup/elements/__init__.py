"""Open elements."""
