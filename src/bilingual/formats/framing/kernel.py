# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The WARC record that fills a member, as nearly every member of an archive is one: its header and its body.

Only the usual is told here: lines that end by CRLF, none folded, a body of the length that the header declares, and
nothing behind it but the end of the record. Of anything else the reader in `formats/warc.py`, which takes seven times as
long, says what it is; where both say something, they say the same.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled

TYPE: cython.int = cython.declare(cython.int, 0)
ID: cython.int = cython.declare(cython.int, 1)
URI: cython.int = cython.declare(cython.int, 2)
DATE: cython.int = cython.declare(cython.int, 3)
CONTENT: cython.int = cython.declare(cython.int, 4)
LENGTH: cython.int = cython.declare(cython.int, 5)
SEGMENT: cython.int = cython.declare(cython.int, 6)
N_FIELDS: cython.int = cython.declare(cython.int, 7)
NAMES = (
    b"warc-type", b"warc-record-id", b"warc-target-uri", b"warc-date", b"content-type", b"content-length",
    b"warc-segment-number",
)  # fmt: skip
DIGITS: cython.int = cython.declare(cython.int, 18)
"""Digits of a Content-Length that can be one."""


@cython.cfunc
@cython.exceptval(-2)
def _field(data: bytes, begin: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.int:
    """The number of the field that is named there, in letters of any case; -1 for another one."""
    first: cython.int = data[begin] | 32 if begin < end else 0
    number: cython.int = -1
    i: cython.Py_ssize_t
    size: cython.Py_ssize_t = end - begin
    if first == ord("w"):
        if size == 9:
            number = TYPE if data[begin + 5] | 32 == ord("t") else DATE
        elif size == 14:
            number = ID
        elif size == 15:
            number = URI
        elif size == 19:
            number = SEGMENT
    elif first == ord("c"):
        if size == 12:
            number = CONTENT
        elif size == 14:
            number = LENGTH
    if number < 0:
        return -1
    name: bytes = NAMES[number]
    for i in range(size):
        # A hyphen has the bit, too; only CR would become one by it, and a line has none.
        if data[begin + i] | 32 != name[i]:
            return -1
    return number


@cython.cfunc
@cython.exceptval(-2)
def _read_fields(data: bytes, starts: cython.p_Py_ssize_t, ends: cython.p_Py_ssize_t) -> cython.Py_ssize_t:
    """Where the values of the fields start and end, -1 for one that is missing; the begin of the body, -1 where the header
    is no usual one."""
    size: cython.Py_ssize_t = len(data)
    at: cython.Py_ssize_t = 0
    line_end: cython.Py_ssize_t
    colon: cython.Py_ssize_t
    number: cython.int
    c: cython.int
    for number in range(N_FIELDS):
        starts[number] = -1
        ends[number] = -1
    while True:  # a line, each time
        colon = -1
        line_end = at
        while line_end < size:
            c = data[line_end]
            if c == ord("\r") or c == ord("\n"):
                break
            if c == ord(":") and colon < 0:
                colon = line_end
            line_end += 1
        if line_end + 1 >= size or data[line_end] != ord("\r") or data[line_end + 1] != ord("\n"):
            return -1
        if line_end == at:
            return at + 2
        if _is_blank(data[at]):  # folded
            return -1
        if colon >= 0:
            _read_field(data, at, colon, line_end, starts, ends)
        at = line_end + 2


@cython.cfunc
@cython.inline
@cython.exceptval(check=False)
def _is_blank(c: cython.int) -> cython.bint:
    """Whether it is a blank or a tab."""
    return c == ord(" ") or c == ord("\t")


@cython.cfunc
@cython.inline
@cython.exceptval(-2)
def _read_field(
    data: bytes,
    at: cython.Py_ssize_t,
    colon: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    starts: cython.p_Py_ssize_t,
    ends: cython.p_Py_ssize_t,
) -> cython.int:
    """Note where the value of the field of the line at..end is, if it is one that is asked for; its number, or -1."""
    name_end: cython.Py_ssize_t = colon
    begin: cython.Py_ssize_t = colon + 1
    number: cython.int
    while name_end > at and _is_blank(data[name_end - 1]):
        name_end -= 1
    number = _field(data, at, name_end)
    if number >= 0:
        while begin < end and _is_blank(data[begin]):
            begin += 1
        while end > begin and _is_blank(data[end - 1]):
            end -= 1
        starts[number] = begin
        ends[number] = end
    return number


@cython.cfunc
@cython.inline
@cython.exceptval(-2)
def _whole_number(data: bytes, begin: cython.Py_ssize_t, end: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The number that the digits begin..end stand for, -1 when they stand for none."""
    number: cython.Py_ssize_t = 0
    i: cython.Py_ssize_t
    c: cython.int
    if begin < 0 or begin == end or end - begin > DIGITS:
        return -1
    for i in range(begin, end):
        c = data[i] - ord("0")
        if c < 0 or c > 9:
            return -1
        number = 10 * number + c
    return number


def usual(data: bytes, limit: cython.Py_ssize_t) -> tuple | None:
    """(begin of the body, its end, WARC-Type, WARC-Record-ID, WARC-Target-URI, WARC-Date, Content-Type or None) of a
    member; None unless it is one usual record of up to `limit` bytes."""
    begin: cython.Py_ssize_t
    end: cython.Py_ssize_t
    length: cython.Py_ssize_t
    starts: cython.Py_ssize_t[7]
    ends: cython.Py_ssize_t[7]
    if not cython.compiled:
        starts, ends = [0] * 7, [0] * 7
    if not data.startswith(b"WARC/"):
        return None
    begin = _read_fields(data, starts, ends)
    if begin < 0 or starts[TYPE] < 0 or starts[SEGMENT] >= 0:
        return None
    if data.find(b"WARC/1.", 1, begin - 2) >= 0:  # another record may begin there
        return None
    length = _whole_number(data, starts[LENGTH], ends[LENGTH])
    if length < 0 or length > limit or length != len(data) - 4 - begin:
        return None
    end = begin + length
    if not data.endswith(b"\r\n\r\n"):
        return None
    return (
        begin,
        end,
        data[starts[TYPE] : ends[TYPE]],
        _bare(data, starts[ID], ends[ID]).decode("utf-8", "replace"),
        _bare(data, starts[URI], ends[URI]).decode("utf-8", "replace"),
        data[starts[DATE] : ends[DATE]].decode("ascii", "replace") if starts[DATE] >= 0 else "",
        data[starts[CONTENT] : ends[CONTENT]] if starts[CONTENT] >= 0 else None,
    )


@cython.cfunc
def _bare(data: bytes, begin: cython.Py_ssize_t, end: cython.Py_ssize_t) -> bytes:
    """A value without its angle brackets; nothing (-1) is empty."""
    if begin < 0:
        return b""
    while begin < end and (data[begin] == ord("<") or data[begin] == ord(">")):
        begin += 1
    while end > begin and (data[end - 1] == ord("<") or data[end - 1] == ord(">")):
        end -= 1
    return data[begin:end]
