# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# `power_of` of `powers.py` as the compiled kernels take it in; tests/test_house.py compares the two.

cimport cython


cdef inline double power_of(const double[::1] powers, double x) noexcept nogil:
    steps: cython.double = (x + 24.0) * 16.0
    at: cython.Py_ssize_t = cython.cast(cython.Py_ssize_t, steps)
    rest: cython.double = (steps - at) * 0.0625
    return powers[at] * (1.0 + rest * (1.0 + rest * (0.5 + rest * (0.16666666666666666 + rest * 0.041666666666666664))))
