"""Where a block stands in a text with marks of its own: code, tables, headings, lists."""
