"""Powers of e for the kernels, which take shares of many languages and labels: a look-up and four terms.

A shared table, as the C library's function takes four times as long and is called a thousand times for a page.
`powers.pxd` has `power_of` for the compiled kernels to take in; tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython

# Items of the table for 1 of the exponent: the rest is below a sixteenth, its fifth power below 1e-8.
STEPS = 16
LEAST, MOST = -24, 12  # exponents that the table covers


@cache
def powers() -> Any:
    """float64[577]: e to the power of LEAST, LEAST + 1 / STEPS, …, MOST."""
    return np.exp(np.arange(STEPS * LEAST, STEPS * MOST + 1) / STEPS)


def power_of(powers: cython.const[cython.double][::1], x: cython.double) -> cython.double:
    """e to the power of `x`, from LEAST to MOST, by the table."""
    steps: cython.double = (x + 24.0) * 16.0
    # a C cast: a call of `floor` would cost half as much as all the rest
    at: cython.Py_ssize_t = cython.cast(cython.Py_ssize_t, steps)
    rest: cython.double = (steps - at) * 0.0625
    return powers[at] * (1.0 + rest * (1.0 + rest * (0.5 + rest * (0.16666666666666666 + rest * 0.041666666666666664))))
