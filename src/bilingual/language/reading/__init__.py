"""How blocks of a document read on their own: a kernel."""
