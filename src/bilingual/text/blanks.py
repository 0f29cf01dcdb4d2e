"""Numbers of the search for lost line breaks, which the kernel `breaks` and its tables share.

`blanks.pxd` has the same for the compiled kernel; tests/test_house.py compares the two.
"""

from __future__ import annotations

# Where a line lost its line breaks: words around the line of which nothing is known; what a word is worth that begins
# or ends lines as often as others; the longest distance told apart; the class of signs that have none, and where those
# end that have one.
MARGIN, EVEN, FAR, SIGN_OTHER, SIGN_CODES = 32, 128, 60, 12, 0x2100
# Words among which one is counted, places to count them in, the highest count.
STRETCH, COUNTED, MOST_TIMES = 8192, 65536, 20
# Words up to which brackets are not cut.
ENCLOSED = 40
# Gaps that its trees are asked of at a time, and trees; questions and leaves of a tree.
GAPS, TOGETHER, QUESTIONS, LEAVES = 512, 4, 6, 64
# Blanks whose odds are beyond SURE thousandths after EARLY trees are asked no more.
EARLY, SURE = 60, 2000
# What two words may be worth together between which no break is looked for, and with a small letter after the blank.
PLAIN, PLAIN_SMALL = 100, 130
# Shapes of words there.
(
    SHAPE_OTHER, SHAPE_NUMBER, SHAPE_ARABIC, SHAPE_ARTICLE, SHAPE_MIXED, SHAPE_CAPITALS, SHAPE_CAPITAL, SHAPE_TITLE,
    SHAPE_SMALL, SHAPE_ADDRESS, SHAPE_TAG,
) = range(11)  # fmt: skip
