# The constants of `packed.py` as the compiled kernels know them; tests/test_house.py compares the two.

cdef enum:  # first words
    BEGINS = 0
    BEGINS_ANYWHERE = 1
    BEGINS_ALONE = 2
    BEGINS_INSIDE = 3
    FIRST_NODE = 4

cdef enum:  # nodes
    ALIKE = 32
    LONGER = 48

cdef enum:  # ends of phrases
    END_ROW = 524287
    END_POSITION = 19
    POSITION_MASK = 15
    END_FOLLOWS = 23
    END_KIND = 24
    KIND_MASK = 63
    END_LABEL = 30

cdef enum:  # rows of the lexicon
    ROW_LABEL = 6
    LABEL_MASK = 3
    ROW_WORDS = 8
    WORDS_MASK = 255
    ROW_RULE = 16

cdef enum:  # covered words
    COVERS = 4
    NAVIGATION_COVER = 0
    PROMO_COVER = 1
    NAVIGATION_LOOSE = 2
    PROMO_LOOSE = 3
