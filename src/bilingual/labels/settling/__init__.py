"""What places say of labels: a kernel."""
