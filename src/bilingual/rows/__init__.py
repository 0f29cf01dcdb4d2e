"""Columns made into the objects that a user looks at."""
