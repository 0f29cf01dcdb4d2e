"""What is told by the lines above or below: a kernel."""
