# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# The functions of `characters.py` as the compiled kernels take them in; tests/test_house.py compares the two.

cimport cython


cdef inline bint is_letter(int c) noexcept nogil:
    return (ord("a") <= c <= ord("z")) or (ord("A") <= c <= ord("Z"))


cdef inline bint is_digit(int c) noexcept nogil:
    return ord("0") <= c <= ord("9")


cdef inline int small(int c) noexcept nogil:
    return c + 32 if ord("A") <= c <= ord("Z") else c


cdef inline long long hash_step(long long h, int c) noexcept nogil:
    return ((h ^ c) * 1000003) & 0x7FFFFFFF


cdef inline int find(const int[::1] keys, const int[::1] values, long long h, int mask) noexcept nogil:
    slot: cython.Py_ssize_t = (h >> 7) & mask
    while keys[slot] != -1:
        if keys[slot] == h:
            return values[slot]
        slot = (slot + 1) & mask
    return -1


cdef inline int opens(const unsigned char[::1] src, Py_ssize_t n, Py_ssize_t i) noexcept nogil:
    c: cython.int
    if i + 1 >= n:
        return 0
    c = src[i + 1]
    if is_letter(c) or c == ord("!") or c == ord("?"):
        return 1
    return 1 if c == ord("/") and i + 2 < n else 0
