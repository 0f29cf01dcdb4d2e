"""Where Arabic text is damaged: a file for each kind, with finders from a text to repairs."""
