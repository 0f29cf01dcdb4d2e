"""The verdict on every block, from rules and trees: a kernel."""
