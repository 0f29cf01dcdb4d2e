"""What stands around a line."""
