"""What lines that are alike in a row are for."""
