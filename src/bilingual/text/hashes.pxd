# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# The functions of `hashes.py` as the compiled kernels take them in; tests/test_house.py compares the two.

cimport cython


cdef inline unsigned long long first_hash() noexcept nogil:
    basis: cython.ulonglong = 14695981039346656037
    return basis


cdef inline unsigned long long last_hash(unsigned long long h) noexcept nogil:
    return h ^ (h >> 29)


cdef inline unsigned long long hash_step(unsigned long long h, unsigned long long c) noexcept nogil:
    prime: cython.ulonglong = 1099511628211
    mask: cython.ulonglong = 18446744073709551615
    return ((h ^ c) * prime) & mask
