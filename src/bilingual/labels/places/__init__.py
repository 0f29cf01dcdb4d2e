"""Where blocks stand in a text with marks: a kernel."""
