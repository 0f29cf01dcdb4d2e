"""Numbers that the kernels of structure share with Python: columns of lines, and of the sums that they are made of.

`numbers.pxd` has the same for compiled kernels; tests compare the two, and the columns with `columns.COLUMNS`.
"""

from __future__ import annotations

LEVELS = 100  # elements looked at above a line
PROBES = 64  # slots tried before two shapes are taken to differ
PROSE = 60  # letters that make a line prose when few of them are in links
N_KINDS = 28  # `markup.tables.KINDS`
LIST = 11  # in `markup.tables.LANDMARKS`

# Of a line: letters, linked letters, links, whether it is prose.
LINE_LETTERS, LINE_LINKED, LINE_LINKS, LINE_PROSE = range(4)

# Of an element: letters, linked letters, lines, letters of prose, elements around it.
NODE_LETTERS, NODE_LINKED, NODE_LINES, NODE_PROSE, NODE_DEPTH = range(5)

# Of an element among its siblings of one shape: the first of them, how many come before it; in the row of the first
# their number, letters, letters of prose, linked letters. And how many of the page have its shape and its parent's.
GROUP_FIRST, GROUP_INDEX, GROUP_SIZE, GROUP_LETTERS, GROUP_PROSE, GROUP_LINKED, GROUP_COUNT = range(7)

# The element with most of the page's prose, that with 80% of it, the first <h1>, and the line of that; and bits of
# those that lie around one of these.
CORE, CORE80, H1, H1_LINE = range(4)
ABOVE_CORE, ABOVE_CORE80, ABOVE_H1 = 1, 2, 4

# Language and direction that an element declares, in one number.
LANG_BITS, DIR_SHIFT = 7, 3
DIR_BITS = 24

# Columns, by the names in `columns.COLUMNS`. Those of the line itself:
(
    C_TAG, C_LEAF, C_LANDMARK, C_LETTERS, C_LINK_SHARE, C_LINKS, C_HEADING, C_HEADING_ABOVE, C_SINCE_HEADING, C_DEPTH,
    C_ARIA_HIDDEN, C_LANG, C_DIR, C_TITLE_SHARE, C_TITLE_COVER,
) = range(15)  # fmt: skip
# of its block, and so many further on of each of three blocks around it:
C_BLOCK_LETTERS, C_BLOCK_LINES, C_BLOCK_LINK_SHARE, C_BLOCK_PROSE_SHARE = range(15, 19)
BLOCK_COLUMNS, BLOCKS = 4, 4
# of its place among things of one shape, and so many further on of the second such element above:
(
    C_SIBLINGS, C_SIBLING_INDEX, C_SHAPE_COUNT, C_ITEM_LEVEL, C_ITEM_SIBLINGS, C_ITEM_INDEX, C_ITEM_LETTERS,
    C_ITEM_LINES, C_ITEM_LINK_SHARE, C_ITEMS_LETTERS, C_ITEMS_PROSE, C_ITEMS_LINK_SHARE,
) = range(31, 43)  # fmt: skip
ITEM_COLUMNS, ITEMS = 9, 2
C_LIST_LINES, C_LIST_LETTERS, C_LIST_LINK_SHARE = range(52, 55)
# of its place in the page:
(
    C_CORE_DISTANCE, C_CORE_LEVEL, C_CORE80_DISTANCE, C_H1_DISTANCE, C_H1_LEVEL, C_SINCE_H1, C_PROSE_BEFORE,
    C_LETTERS_BEFORE, C_PROSE_SINCE, C_PROSE_UNTIL,
) = range(55, 65)  # fmt: skip
# and the first of those of each landmark, and of each kind of class words.
C_IN_NAV = 65
C_COVER_MENU = 79
FAR = 255  # lines, at most
