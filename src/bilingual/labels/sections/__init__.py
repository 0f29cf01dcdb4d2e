"""A page read as a sequence."""
