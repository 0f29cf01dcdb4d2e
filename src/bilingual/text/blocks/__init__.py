"""Where lines are cut into blocks: a kernel."""
