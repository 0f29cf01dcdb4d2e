"""Attributes of a tag, and the row of its element."""
