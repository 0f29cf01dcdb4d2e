"""What a line says by itself."""
