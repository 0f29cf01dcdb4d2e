"""What the elements around each line say of it: a kernel."""
