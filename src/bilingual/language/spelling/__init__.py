"""How likely each language writes the letters of a word: a kernel."""
