"""What lines are for that a name of a field or list tells of: a kernel."""
