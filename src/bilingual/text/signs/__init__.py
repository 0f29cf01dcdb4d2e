"""The loop over code points, and what stands between words: a kernel."""
