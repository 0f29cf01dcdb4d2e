"""The phrases of every block: a kernel."""
