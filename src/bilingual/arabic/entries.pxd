# The constants of `entries.py` as the compiled kernels know them; tests/test_house.py compares the two.

cdef enum:
    DIRECT = 4096

cdef enum:  # replacements
    DELETED = 16777216
    SPECIAL = 1073741824
    ROW = 16777215

cdef enum:  # normal forms
    CLASS = 255
    STARTS_SEGMENT = 256
    DECOMPOSITION = 9

cdef enum:  # stretches of Arabic
    ARABIC = 1
    OTHER_LETTER = 2
    LINE_END = 4
    FORMAT = 8
    HAS_LETTER = 16
    FOREIGN = 32
    FINAL = 64
    AFTER = 128

cdef enum:  # the flow of letter pairs
    BOUNDARY = 0
    SKIPPED = 1
    BREAK = 2

cdef enum:  # signs of damage
    N_READERS = 6
    TAILS = 63
    HIGH = 4096
    FORM = 8192
    ANY_ALEF = 16384
    BARE_ALEF = 32768
    LAM = 65536
    LETTER = 131072
    BIDI = 262144
    HARAKA = 19
    ANY_HARAKA = 267911168
    MARK = 268435456
    SPACE = 536870912

cdef enum:  # the same of a text
    SWAPPED = 16384
    DOUBLED = 32768
    STRAY = 65536
    REPEATED = 524288
