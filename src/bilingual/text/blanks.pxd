# The numbers of `blanks.py` as the compiled kernel takes them in; tests/test_house.py compares the two.

cdef enum:  # what is asked about the places of lost line breaks
    MARGIN = 32
    EVEN = 128
    FAR = 60
    SIGN_OTHER = 12
    SIGN_CODES = 0x2100
    ENCLOSED = 40
    STRETCH = 8192
    COUNTED = 65536
    MOST_TIMES = 20
    GAPS = 512
    TOGETHER = 4
    QUESTIONS = 6
    LEAVES = 64
    EARLY = 60
    SURE = 2000
    PLAIN = 100
    PLAIN_SMALL = 130

cdef enum:  # shapes of words there
    SHAPE_OTHER = 0
    SHAPE_NUMBER = 1
    SHAPE_ARABIC = 2
    SHAPE_ARTICLE = 3
    SHAPE_MIXED = 4
    SHAPE_CAPITALS = 5
    SHAPE_CAPITAL = 6
    SHAPE_TITLE = 7
    SHAPE_SMALL = 8
    SHAPE_ADDRESS = 9
    SHAPE_TAG = 10
