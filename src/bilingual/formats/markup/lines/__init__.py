"""Text -> lines of visible text and their runs."""
