"""What kind of line each is."""
