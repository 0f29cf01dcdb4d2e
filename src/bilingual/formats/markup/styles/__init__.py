"""How an element is shown."""
