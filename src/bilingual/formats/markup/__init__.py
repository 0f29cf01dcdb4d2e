"""HTML markup: one compiled pass from bytes to lines, elements and places; its kernels in their order: `stages`."""
