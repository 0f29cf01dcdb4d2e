"""Where a text's Arabic stands, and what damage it can have: the compiled loops."""
