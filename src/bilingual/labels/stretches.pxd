# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# What `stretches.py` has as the compiled kernels take it in; tests/test_house.py compares the two.

cimport cython


cdef inline Py_ssize_t repeated(
    const unsigned int[::1] codes, Py_ssize_t i, Py_ssize_t e, unsigned int c
) noexcept nogil:
    p: cython.Py_ssize_t = i
    while p < e and codes[p] == c:
        p += 1
    return p - i


cdef inline bint is_unseen(unsigned int code) noexcept nogil:
    return code == 0x61C or (
        code >= 0x200B
        and (code <= 0x200F or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code == 0xFEFF)
    )


cdef inline Py_ssize_t shown_from(const unsigned int[::1] codes, Py_ssize_t s, Py_ssize_t e) noexcept nogil:
    while s + 1 < e and (is_unseen(codes[s]) or codes[s] == 32 or codes[s] == 9 or codes[s] == 0xA0):
        s += 1
    return s


cdef inline unsigned char heading_level(const unsigned int[::1] codes, Py_ssize_t s, Py_ssize_t e) noexcept nogil:
    c: cython.uint = codes[s]
    n: cython.Py_ssize_t = repeated(codes, s, e, c)
    if n > 6 or e - s > 160 or s + n >= e:
        return 0
    if c == ord("#") or c == ord("*"):
        return cython.cast(cython.uchar, n) if codes[s + n] == ord(" ") else 0
    if n < 2:
        return 0
    if codes[s + n] == ord(" ") and codes[e - 1] != c:
        return cython.cast(cython.uchar, n)
    if e - s <= 2 * n or codes[e - n - 1] == c or repeated(codes, e - n, e, c) < n:
        return 0
    return cython.cast(cython.uchar, n)


cdef inline bint has_colon(const unsigned int[::1] codes, Py_ssize_t s, Py_ssize_t e) noexcept nogil:
    if e > s + 4:
        e = s + 4
    while s < e:
        if codes[s] == ord(":") or codes[s] == ord("\N{FULLWIDTH COLON}"):
            return True
        s += 1
    return False


cdef inline Py_ssize_t page_stop(const int[::1] block_doc, Py_ssize_t lo, Py_ssize_t n) noexcept nogil:
    doc: cython.int = block_doc[lo]
    lo += 1
    while lo < n and block_doc[lo] == doc:
        lo += 1
    return lo


cdef inline void give_place(unsigned char[::1] place, Py_ssize_t lo, Py_ssize_t hi, unsigned char value) noexcept nogil:
    i: cython.Py_ssize_t
    for i in range(lo, hi):
        place[i] = value
