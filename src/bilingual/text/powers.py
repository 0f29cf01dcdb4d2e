"""Powers of e for the kernels, which take shares of many languages and labels: a look-up and four terms.

A shared table, as the C library's function takes four times as long and is called a thousand times for a page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

# Items of the table for 1 of the exponent: the rest is below a sixteenth, its fifth power below 1e-8.
STEPS = 16
LEAST, MOST = -24, 12  # exponents that the table covers


@cache
def powers() -> Any:
    """float64[577]: e to the power of LEAST, LEAST + 1 / STEPS, …, MOST."""
    return np.exp(np.arange(STEPS * LEAST, STEPS * MOST + 1) / STEPS)
