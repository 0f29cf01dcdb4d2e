"""Where a line that has lost its line breaks had them: a kernel."""
