"""What stands side by side or right above a text, against what the trees said of it."""
