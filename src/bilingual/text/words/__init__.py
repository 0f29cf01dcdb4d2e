"""Letters of words, and their hashes: a kernel."""
