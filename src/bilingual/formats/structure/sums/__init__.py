"""What the elements of a page hold, and which come back: a kernel."""
