"""Which rules fire on a block, and which is its rule: a kernel."""
