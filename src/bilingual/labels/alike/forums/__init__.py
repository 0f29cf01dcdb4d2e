"""What lists of forums and threads are for: a kernel."""
