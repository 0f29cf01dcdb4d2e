"""The words that lines share with the title of their page: a kernel."""
