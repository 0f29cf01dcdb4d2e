"""What lines of one form are for: a kernel."""
