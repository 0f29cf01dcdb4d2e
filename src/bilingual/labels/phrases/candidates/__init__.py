"""Words that may begin a phrase of the lexicon: a kernel."""
