"""Tags, text and comments: the parser."""
