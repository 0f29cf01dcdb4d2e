"""What the words of a line say."""
