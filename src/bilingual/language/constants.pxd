# The constants of `constants.py` as the compiled kernels know them; tests/test_house.py compares the two.

cdef enum:
    LANES = 16
    MAX_GROUPS = 8
    ABSENT = -1000000000
    NO_SHARE = 9
    UNASKED = 1
    LETTERS = 2048
    STRETCH_BITS = 8
    STRETCH = 256
    MOST_QUOTED = 12
    MOST_MARKS = 8
    MOST_LONE = 5
    NEAR_WORDS = 32
    MARKED_WORDS = 64
    LEAST_PART = 4
    STRANGE_COST = 2
    TWO_WORDS = 256
    MOST_NAMES = 3

cdef enum:  # rows of the vector of a word
    ROW_COSTS = 16
    ROW_LISTED = 32
    ROW_PARTS = 48
    ROW_KINDS = 64
    ROWS_END = 80

cdef enum:  # bits of a word, of a document
    IN_PERSIAN = 1
    IN_ARABIC = 2
    SAYS_PART = 4
    SAYS_MANY = 8
    MAY_BE_PART = 1
    MAY_BE_MANY = 2

cdef enum:  # bits of a slot of the word memo
    PERSIAN = 1 << 27
    PARTIAL = 1 << 26
    MARKED = 1 << 25

cdef enum:  # places of parameters
    PARAM_CAP = 0
    PARAM_SHARE = 1
    PARAM_BASE_COST = 2
    PARAM_LETTER_COST = 3
    PARAM_LETTER_CAP = 4
    PARAM_DIGIT_COST = 5
    PARAM_STEPS = 6
    PARAM_HABIT = 7
    PARAM_TITLE = 8
    PARAM_UPPER = 9
    PARAM_AT_WORD = 10
    PARAM_AT_COMMA = 11
    PARAM_AT_END = 12
    PARAM_PSEUDO = 13
    PARAM_SHARP = 14
    PARAM_UNSURE = 15
    PARAM_SCORE_SCALE = 16
    PARAM_MOST = 17
    PARAM_CAPITALS = 18
    PARAM_AT_COLON = 19
    PARAM_OWN_NAME = 20
    PARAM_OPENING = 21
    PARAM_AT_SIGN = 22
    PARAM_HOME = 23
    PARAM_NAME_CAP = 24
    PARAM_STRICT = 25
    PARAM_RETURNED = 26
    PARAM_MIXED = 27
    PARAM_QUOTED = 28
    PARAM_FOREIGN = 29
    PARAM_CODE = 30
    PARAM_INITIAL = 31
    PARAM_VERSION = 32
    PARAM_LONE = 33
    PARAM_BORROWED = 34
    PARAM_COMMON = 35
    PARAM_PARTIAL = 36
    PARAM_LENT = 37
    PARAM_MARKED = 38
    PARAM_NAMES = 39
    PARAM_SHORT = 40
    PARAM_COMPOUND = 41

cdef enum:  # bits of the state of a block
    HAS_END = 1 << 0
    SWITCHES = 1 << 1
    HAS_PEAKS = 1 << 2
    IS_SURE = 1 << 3
    IS_UNREAD = 1 << 4
    IS_CAPITALS = 1 << 5
    HAS_SIGN = 1 << 6
    HAS_MARK = 1 << 7
    IS_PLAIN = 1 << 8
    OF_PLACES = (1 << 0) | (1 << 6) | (1 << 7) | (1 << 5) | (1 << 8)
