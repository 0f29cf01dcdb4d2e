# cython: boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
# The measures of `measures.py` as the compiled kernels take them in; tests/test_house.py compares the two.

cimport cython

from bilingual.labels.numbers cimport MARK_COLON, MARK_COMMA, MARK_ELLIPSIS, MARK_EXCLAMATION, MARK_STOP


cdef inline unsigned char cap(long value) noexcept nogil:
    if value > 255:
        return 255
    return value


cdef inline unsigned char share(long long part, long long whole) noexcept nogil:
    if part == 0:
        return 0
    if 0 < whole < 1000000 and part >= 0:
        # 32-bit division is several times faster.
        if part >= whole:
            return 200
        return (cython.cast(cython.uint, part) * 200) // cython.cast(cython.uint, whole)
    if whole <= 0:
        return 0
    if part >= whole:
        return 200
    return (part * 200) // whole


cdef inline unsigned char part_of(unsigned long long part, long whole, unsigned long long inverse) noexcept nogil:
    if inverse:
        return ((part * 200 * inverse) >> 32) & 255
    return share(part, whole)


cdef inline unsigned long long inverse_of(long whole) noexcept nogil:
    if 0 < whole < 4096:
        return cython.cast(cython.uint, 4294967295) // cython.cast(cython.uint, whole) + cython.cast(
            cython.ulonglong, 1
        )
    return 0


cdef inline long letters_of(const int[:, ::1] letters, Py_ssize_t i) noexcept nogil:
    return letters[0, i] + letters[1, i] + letters[2, i]


cdef inline int digit_of(unsigned int code) noexcept nogil:
    zero: cython.uint = 0x6F0 if code >= 0x6F0 else 0x660 if code >= 0x660 else ord("0")
    return cython.cast(cython.int, code) - cython.cast(cython.int, zero)


cdef inline unsigned char part_of_page(unsigned long long part, long long whole, unsigned long long inverse) noexcept nogil:
    if inverse:
        return (part * 200 * inverse) >> 56
    return share(part, whole)


cdef inline unsigned long long inverse_of_page(long long whole) noexcept nogil:
    one: cython.ulonglong = 1
    if 0 < whole < 1 << 24:
        return (one << 56) // cython.cast(cython.ulonglong, whole) + 1
    return 0


cdef inline unsigned char log_of(const unsigned char[::1] log, long value) noexcept nogil:
    if value > 4095:
        value = 4095
    return log[value]


cdef inline bint ends_sentence(unsigned char kind) noexcept nogil:
    return kind in (MARK_STOP, MARK_EXCLAMATION, MARK_ELLIPSIS)


cdef inline bint is_cut_off(unsigned char kind) noexcept nogil:
    return kind in (MARK_STOP, MARK_COLON, MARK_COMMA)


cdef inline void fill(
    unsigned char[:, ::1] out, Py_ssize_t row, Py_ssize_t first, Py_ssize_t stop, unsigned char value
) noexcept nogil:
    j: cython.Py_ssize_t
    for j in range(first, stop):
        out[row, j] = value


cdef inline void count_up(
    const unsigned char[::1] log, Py_ssize_t origin, Py_ssize_t first, Py_ssize_t stop, unsigned char[:, ::1] out, Py_ssize_t row
) noexcept nogil:
    j: cython.Py_ssize_t
    far: cython.Py_ssize_t = origin + 4096
    for j in range(first, stop if stop < far else far):
        out[row, j] = log[j - origin]
    fill(out, row, far if far > first else first, stop, log[4095])


cdef inline void count_down(
    const unsigned char[::1] log, Py_ssize_t origin, Py_ssize_t first, Py_ssize_t stop, unsigned char[:, ::1] out, Py_ssize_t row
) noexcept nogil:
    j: cython.Py_ssize_t
    near: cython.Py_ssize_t = origin - 4095
    fill(out, row, first, stop if stop < near else near, log[4095])
    for j in range(first if first > near else near, stop):
        out[row, j] = log[origin - j]
