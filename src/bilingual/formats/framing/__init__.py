"""How records are framed."""
