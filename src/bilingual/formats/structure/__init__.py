"""What the elements of a page say about each of its lines, as columns."""
