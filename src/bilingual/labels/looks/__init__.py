"""What a line looks like in a text with marks: a kernel."""
