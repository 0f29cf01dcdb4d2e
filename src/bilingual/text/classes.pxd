# The constants of `classes.py` as the compiled kernels know them; tests/test_house.py compares the two.

cdef enum:  # kinds
    OTHER = 0
    LETTER = 1
    MARK = 2
    DIGIT = 3
    JOIN = 4
    APOSTROPHE = 5
    SPACE = 6
    NEWLINE = 7
    END = 8
    COMMA = 9
    OPEN = 10
    CLOSE = 11
    QUOTE = 12
    SEPARATOR = 13
    SIGN = 14
    PUNCT = 15

cdef enum:  # properties and folds of a code point
    KIND_MASK = 0xF
    SCRIPT_SHIFT = 4
    SCRIPT_MASK = 0xFF
    UPPER_BIT = 1 << 12
    FOLD_DROP = 1
    FOLD_EXPANSION = 0x110000

cdef enum:  # scripts
    ZYYY = 0
    ARAB = 1
    LATN = 2
    GREK = 4
    HANI = 10
    HIRA = 11
    KANA = 12

cdef enum:  # what a word of code is written as
    NO_WORD = 1
    OF_CODE = 2

cdef enum:  # bits of a word
    WORD_HAS_DIGIT = 1 << 0
    WORD_ALL_DIGITS = 1 << 1
    WORD_TITLE = 1 << 2
    WORD_UPPER = 1 << 3
    WORD_URL = 1 << 4
    WORD_HASHTAG = 1 << 5
    WORD_HAS_MARK = 1 << 6
    WORD_AFTER_END = 1 << 7
    WORD_AFTER_COMMA = 1 << 8
    WORD_ATTACHED = 1 << 9
    WORD_EMAIL = 1 << 10
    WORD_HANDLE = 1 << 11
    WORD_APOSTROPHE = 1 << 12
    WORD_WRITTEN = 1 << 13
    WORD_AFTER_EDGE = 1 << 14
    WORD_AFTER_COLON = 1 << 15
    WORD_AFTER_SIGN = (1 << 14) | (1 << 15)

cdef enum:  # events
    LINE_END = 0
    HARD_GAP = 1
    SOFT_GAP = 2
    BAR = 3
    BULLET = 4
    CHAIN_SIGN = 5
    SENTENCE_END = 6
    PAUSE = 7
    JUSTIFIED_GAP = 8

cdef enum:  # cuts
    CUT_LINE = 0
    CUT_CELL = 1
    CUT_GROUP = 2
