"""Text changed code point by code point, with the origin of each: the compiled loops."""
