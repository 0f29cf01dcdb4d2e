"""Constants of markup that its kernels know: what elements are, numbers of tags and attributes, what styles say."""

from __future__ import annotations

# What an element is to the parser. A tag has one number for all of these.
VOID = 1 << 0  # never has content
BLOCK = 1 << 1  # starts and ends a line
CLOSES_P = 1 << 2  # its start ends an open <p>
SPECIAL = 1 << 3  # the standard's "special" category
SCOPE = 1 << 4  # ends the search for an element in scope
RAW = 1 << 5  # content is not markup and not shown
HIDDEN = 1 << 6  # content is markup and not shown
FORMATTING = 1 << 7  # may be closed out of order
HEADING = 1 << 8
CELL = 1 << 9  # a table cell: parted from the next by a tab
PRE = 1 << 10  # white space is kept
BUTTON = 1 << 11  # parted from its neighbours by a tab
BREAKOUT = 1 << 12  # ends <svg> and <math>
TABLE_PART = 1 << 13  # ignored outside a table
BOXED = 1 << 14  # takes place in a line: parted from its neighbours by a space

# What else the parser notes of an open element, beside the flags of its tag.
VEILED = 1 << 15
UNVEILED = 1 << 16  # visible in what is veiled

# What class words say beside the kinds of `tables.KINDS`: that an element is there for ears alone.
ALOUD = 1 << 28
SCREEN = 1 << 29  # with the next one
READER = 1 << 30

# What is noted of an element for later: it is hidden from ears; it starts and ends a line.
M_ARIA_HIDDEN = 1
M_BLOCK = 2

# Numbers of tags, see `tables.TAGS`.
T_HTML = 1
T_HEAD = 2
T_BODY = 3
T_P = 4
T_LI = 5
T_TD = 6
T_TH = 7
T_H1 = 8
T_H6 = 13
T_DIV = 14
T_A = 15
T_BUTTON = 16
T_DT = 21
T_DD = 22
T_OPTION = 24
T_CAPTION = 25
T_ADDRESS = 27
T_TIME = 28
T_SPAN = 29
T_CODE = 35
T_FORM = 43
T_DIALOG = 44
T_TABLE = 46
T_UL = 47
T_OL = 48
T_TR = 53
T_THEAD = 54
T_TBODY = 55
T_TFOOT = 56
T_PLAINTEXT = 63
T_XMP = 64
T_OPTGROUP = 65
T_BR = 68
T_IMG = 69
T_INPUT = 70
T_META = 71
T_LINK = 72
T_SCRIPT = 85
T_TITLE = 87
T_TEXTAREA = 88
T_NOSCRIPT = 89
T_TEMPLATE = 93
T_SVG = 100
T_MATH = 101
T_TEXT = 103
T_DESC = 104
T_ANNOTATION = 107
T_FRAMESET = 111
T_IMAGE = 128
T_TSPAN = 137
N_KNOWN = 140  # those known by name
CUSTOM = 248  # an element whose name has a hyphen: a block, as web components nearly always are

# Numbers of attributes, see `tables.ATTRIBUTES`.
A_CLASS = 1
A_ID = 2
A_ROLE = 3
A_STYLE = 4
A_HIDDEN = 5
A_ARIA_HIDDEN = 6
A_TYPE = 7
A_VALUE = 8
A_HREF = 9
A_LANG = 10
A_DIR = 11
A_ITEMPROP = 12
A_ITEMTYPE = 13
A_REL = 14
A_ALT = 15
A_TITLE = 16
A_PLACEHOLDER = 17
A_ARIA_LABEL = 18
A_NAME = 19
A_CONTENT = 20
A_PROPERTY = 21
A_OPEN = 22
A_CHARSET = 23
A_HTTP_EQUIV = 24
A_DATA_TESTID = 25
A_DATA_COMPONENT = 26
A_X = 30
A_POPOVER = 31
A_SHADOWROOTMODE = 32

# The hash of no character: what the hash of a name begins with.
NO_HASH = 7

# What inline styles say, as bits: one of each group.
S_NONE = 1
S_BLOCK = 2
S_INLINE = 4
S_INLINE_BLOCK = 8
S_DISPLAY = 15
S_VEILED = 16  # takes its place, but cannot be seen; elements in it may be
S_VISIBLE = 32
S_VISIBILITY = 48
S_PRE = 64
S_COLLAPSED = 128
S_WHITE_SPACE = 192
S_AWAY = 256  # far beyond the edge of the page
S_LOOSE = 512  # out of the flow, where an edge is kept from

STACK = 4096  # deeper elements are read as children of the last one

# What of a text is more than itself: tags and references, references alone, nothing.
MARKED = 1
VALUE = 2
VERBATIM = 3

# What separates two pieces of text of one line.
NOTHING = 0
SEAM = 1  # written as a space between letters and digits alone
BOX = 2  # written as a space
SPACE = 3
TAB = 4
