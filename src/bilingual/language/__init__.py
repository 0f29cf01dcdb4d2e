"""Languages of words and spans: `model`, whose kernels are, in their order, in `stages`."""
