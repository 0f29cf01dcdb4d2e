"""What is known of each word of a line that may have lost its line breaks: a kernel."""
