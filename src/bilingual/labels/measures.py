"""Measures that several kernels of the label layer take: how a number becomes a byte of a column.

Counts saturate at 255, shares run from 0 to 200, distances and lengths go through a logarithmic table, `log`, see
`features.log_table`. They are called for every line, so `measures.pxd` has the same bodies for the compiled kernels to
take in; tests/test_house.py compares the two.
"""

# Cython checks the types, which mypy cannot express.
# mypy: ignore-errors

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time
    from bilingual.text import interpreted as cython

from bilingual.labels.numbers import MARK_COLON, MARK_COMMA, MARK_ELLIPSIS, MARK_EXCLAMATION, MARK_STOP


def cap(value: cython.long) -> cython.uchar:
    """The value, 255 at most."""
    if value > 255:
        return 255
    return value


def share(part: cython.longlong, whole: cython.longlong) -> cython.uchar:
    """`part / whole` on a scale from 0 to 200."""
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


def part_of(part: cython.ulonglong, whole: cython.long, inverse: cython.ulonglong) -> cython.uchar:
    """`share` of a part that is no larger than the whole; `inverse`, that of the whole, is a division saved.

    Of a larger part the low eight bits are left, as the weights were fitted on them: words of wordings are counted even
    where they have no content.
    """
    if inverse:
        return ((part * 200 * inverse) >> 32) & 255
    return share(part, whole)


def inverse_of(whole: cython.long) -> cython.ulonglong:
    """The 2**32nd part of `x * inverse_of(whole)` is `x // whole` for x below 2**20; 0 where that does not hold."""
    if 0 < whole < 4096:
        return cython.cast(cython.uint, 4294967295) // cython.cast(cython.uint, whole) + cython.cast(
            cython.ulonglong, 1
        )
    return 0


def letters_of(letters: cython.const[cython.int][:, ::1], i: cython.Py_ssize_t) -> cython.long:
    """Letters of line `i` in all scripts."""
    return letters[0, i] + letters[1, i] + letters[2, i]


def digit_of(code: cython.uint) -> cython.int:
    """The value of a digit, European, Arabic or Persian; other numbers for what is none."""
    zero: cython.uint = 0x6F0 if code >= 0x6F0 else 0x660 if code >= 0x660 else ord("0")
    return cython.cast(cython.int, code) - cython.cast(cython.int, zero)


def part_of_page(part: cython.ulonglong, whole: cython.longlong, inverse: cython.ulonglong) -> cython.uchar:
    """`share` of a part that is no larger than the whole; `inverse` of `inverse_of_page`, made once for many parts."""
    if inverse:
        return (part * 200 * inverse) >> 56
    return share(part, whole)


def inverse_of_page(whole: cython.longlong) -> cython.ulonglong:
    """The 2**56th part of `x * inverse_of_page(whole)` is exactly `x // whole` for x up to 200 times the whole; 0 where
    that does not hold."""
    one: cython.ulonglong = 1
    if 0 < whole < 1 << 24:
        return (one << 56) // cython.cast(cython.ulonglong, whole) + 1
    return 0


def log_of(log: cython.const[cython.uchar][::1], value: cython.long) -> cython.uchar:
    """The value by the table, whose last item is for all beyond."""
    if value > 4095:
        value = 4095
    return log[value]


def ends_sentence(kind: cython.uchar) -> cython.bint:
    """Whether a mark of this kind ends a sentence."""
    return kind in (MARK_STOP, MARK_EXCLAMATION, MARK_ELLIPSIS)


def is_cut_off(kind: cython.uchar) -> cython.bint:
    """Whether a mark of this kind ends a line as it ends no headline."""
    return kind in (MARK_STOP, MARK_COLON, MARK_COMMA)


def fill(
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
    first: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    value: cython.uchar,
) -> cython.void:
    """The same of the lines first..stop."""
    j: cython.Py_ssize_t
    for j in range(first, stop):
        out[row, j] = value


def count_up(
    log: cython.const[cython.uchar][::1],
    origin: cython.Py_ssize_t,
    first: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How far the lines first..stop are behind `origin`: a part of the table, of whole vectors."""
    j: cython.Py_ssize_t
    far: cython.Py_ssize_t = origin + 4096
    for j in range(first, stop if stop < far else far):
        out[row, j] = log[j - origin]
    fill(out, row, far if far > first else first, stop, log[4095])


def count_down(
    log: cython.const[cython.uchar][::1],
    origin: cython.Py_ssize_t,
    first: cython.Py_ssize_t,
    stop: cython.Py_ssize_t,
    out: cython.uchar[:, ::1],
    row: cython.Py_ssize_t,
) -> cython.void:
    """How far the lines first..stop are above `origin`."""
    j: cython.Py_ssize_t
    near: cython.Py_ssize_t = origin - 4095
    fill(out, row, first, stop if stop < near else near, log[4095])
    for j in range(first if first > near else near, stop):
        out[row, j] = log[origin - j]
