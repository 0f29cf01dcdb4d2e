"""Headlines of others, side by side or above a text: a kernel."""
