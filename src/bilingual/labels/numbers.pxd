# The numbers of `numbers.py` as the compiled kernels know them; tests/test_house.py compares the two.

cdef enum:  # labels
    BODY = 0
    NAVIGATION = 1
    PROMO = 2

cdef enum:  # layers
    RULE = 0
    HEURISTIC = 1
    CONTEXT = 2

cdef enum:  # rows of signals
    SIGNAL_WORDS = 0
    SIGNAL_LETTERS = 1
    SIGNAL_WORD_LENGTH = 2
    SIGNAL_DIGITS = 3
    SIGNAL_TITLE = 4
    SIGNAL_UPPER = 5
    SIGNAL_URLS = 6
    SIGNAL_END = 7
    SIGNAL_START = 8
    SIGNAL_SENTENCES = 9
    SIGNAL_COMMAS = 10
    SIGNAL_COLONS = 11
    SIGNAL_SEPARATORS = 12
    SIGNAL_SQUARES = 13
    SIGNAL_QUOTES = 14
    SIGNAL_SYMBOLS = 15
    SIGNAL_JOINS = 16
    SIGNAL_FUNCTION = 17
    SIGNAL_DATE = 18
    SIGNAL_UNIT = 19
    SIGNAL_CALL = 20
    SIGNAL_ASK = 21
    SIGNAL_MONEY = 22
    SIGNAL_INTERFACE = 23
    SIGNAL_SAY = 24
    SIGNAL_PERSON = 25
    SIGNAL_FIRST = 26
    SIGNAL_LATIN = 27
    SIGNAL_INDENT = 28
    SIGNAL_GAP = 29
    SIGNAL_CUT = 30
    SIGNAL_NAME = 31
    SIGNAL_BYLINE = 32
    SIGNAL_NAV_WORDS = 33
    SIGNAL_PROMO_WORDS = 34
    SIGNAL_PROMO_FIRST = 35

cdef enum:  # positions of phrases
    POSITION_LINE = 0
    POSITION_START = 1
    POSITION_LEAD = 2
    POSITION_END = 3
    POSITION_TAIL = 4
    POSITION_SHORT = 5
    POSITION_SENTENCE = 6
    POSITION_WITHIN = 7
    POSITION_ANY = 8
    SEVERAL_POSITIONS = 15

cdef enum:  # rows of phrases
    SAID_MENU = 0
    SAID_LEGAL = 1
    SAID_FORM = 2
    SAID_SHARE = 3
    SAID_META = 4
    SAID_MORE = 5
    SAID_HEADER = 6
    SAID_COMMENTS = 7
    SAID_TAGS = 8
    SAID_FORUM = 9
    SAID_JOIN = 10
    SAID_BUY = 11
    SAID_AD = 12
    SAID_BODY = 13
    SAID_CONTACT = 14
    SAID_LEADIN = 15
    SAID_NAV_COVER = 16
    SAID_PROMO_COVER = 17
    SAID_NAV_LOOSE = 18
    SAID_PROMO_LOOSE = 19

cdef enum:  # how strongly phrases hold
    NOT_SAID = 0
    OUT_OF_POSITION = 1
    IN_POSITION = 2
    AT_OPENING = 3
    ALL_OF_IT = 4

cdef enum:  # rows of the main block
    BLOCK_SIDE = 0
    BLOCK_FROM_START = 1
    BLOCK_TO_END = 2
    BLOCK_SIZE = 3
    BLOCK_EVIDENCE = 4
    BLOCK_CLOSED = 5
    BLOCK_HEADS_AFTER = 6

cdef enum:  # rows of the page read as a sequence
    SECTION_INDEX = 7
    SECTION_RINDEX = 8
    SECTION_PLACE = 9
    SECTION_LETTERS_BEFORE = 10
    SECTION_LONG_BEFORE = 11
    SECTION_PAGE = 12
    SECTION_SCRIPT = 13
    SECTION_OPENED = 14
    SECTION_SINCE = 15
    SECTION_HEADS_SINCE = 16
    SECTION_LONGS_SINCE = 17
    SECTION_LISTS = 18
    SECTION_ABOVE_CLASS = 19
    SECTION_ABOVE_DISTANCE = 20
    SECTION_ARTICLE = 21
    SECTION_AFTER_ARTICLE = 22
    SECTION_UNDER_HEADER = 23
    SECTION_TICKER = 24
    SECTION_PROSE_BEFORE = 25
    SECTION_PROSE_LAST = 26

cdef enum:  # what a line opens
    OPENS_NOTHING = 0
    OPENS_LIST = 1
    OPENS_COMMENTS = 2
    OPENS_SHARE = 3
    OPENS_LEGAL = 4
    OPENS_FORM = 5
    OPENS_MENU = 6
    OPENS_CALL = 7

cdef enum:  # sides of the main block
    BEFORE_BLOCK = 0
    INSIDE_BLOCK = 1
    BEHIND_BLOCK = 2

cdef enum:  # what speaks for an article
    HAS_LONGS = 1 << 0
    HAS_META_ABOVE = 1 << 1
    HAS_END_BELOW = 1 << 2

cdef enum:  # what closed an article
    BY_LIST = 1 << 0
    BY_SHARE = 1 << 1
    BY_COMMENTS = 1 << 2

cdef enum:  # bits of lines
    FLAG_LONG = 1 << 0
    FLAG_SHORT = 1 << 1
    FLAG_HEADLINE = 1 << 2
    FLAG_BULLET = 1 << 3
    FLAG_DATE = 1 << 4
    FLAG_NAV = 1 << 5
    FLAG_MENU = 1 << 6
    FLAG_HEADER = 1 << 7
    FLAG_SHARE = 1 << 8
    FLAG_COMMENTS = 1 << 9
    FLAG_CALL = 1 << 10
    FLAG_LEGAL = 1 << 11
    FLAG_MORE = 1 << 12
    FLAG_FORM = 1 << 13
    FLAG_ASK = 1 << 14
    FLAG_REPEAT = 1 << 15
    FLAG_ENDED = 1 << 16
    FLAG_SQUARE = 1 << 17
    FLAG_META = 1 << 18

cdef enum:  # kinds of marks
    MARK_LETTER = 0
    MARK_SPACE = 1
    MARK_STOP = 2
    MARK_EXCLAMATION = 3
    MARK_COLON = 4
    MARK_COMMA = 5
    MARK_ELLIPSIS = 6
    MARK_SQUARE_OPEN = 7
    MARK_SQUARE_CLOSE = 8
    MARK_QUOTE = 9
    MARK_BULLET = 10
    MARK_SEPARATOR = 11
    MARK_SYMBOL = 12
    MARK_DIGIT = 13

cdef enum:  # classes of words
    CLASS_FUNCTION = 0
    CLASS_DATE = 1
    CLASS_UNIT = 2
    CLASS_CALL = 3
    CLASS_ASK = 4
    CLASS_MONEY = 5
    CLASS_INTERFACE = 6
    CLASS_SAY = 7
    CLASS_PERSON = 8
    CLASS_NAME = 9
    CLASS_BYLINE = 10
    CLASS_FURNITURE = 11
    CLASS_PITCH = 12
    RARE_CLASSES = 2046

cdef enum:  # bits of shapes
    SHAPE_DIGITS = 1 << 0
    SHAPE_PAGES = 1 << 1
    SHAPE_PHONE = 1 << 2
    SHAPE_URLS = 1 << 3
    SHAPE_HASHTAGS = 1 << 4
    SHAPE_MARKUP = 1 << 5
    SHAPE_RESIDUE = 1 << 6
    SHAPE_CHAIN = 1 << 7
    SHAPE_BRACKETS = 1 << 8
    SHAPE_PRICE = 1 << 9
    SHAPE_COPYRIGHT = 1 << 10
    SHAPE_BULLET = 1 << 11

cdef enum:  # what is seen beside
    SEEN_CURRENCY = 1 << 16
    SEEN_PLUS = 1 << 17

cdef enum:  # classes of the words of dates
    DATE_MONTH = 1
    DATE_MONTH_PART = 2
    DATE_WEEKDAY = 3
    DATE_PART = 4
    DATE_SMALL = 5
    DATE_UNIT = 6
    DATE_RELATIVE = 7
    DATE_CURRENCY = 8
    NO_DATE = 255

cdef enum:  # bits of shape rules
    FIRES_COPYRIGHT_NOTICE = 1 << 0
    FIRES_COOKIE_NOTICE = 1 << 1
    FIRES_MENU_RUN = 1 << 2
    FIRES_MENU_LIST = 1 << 3
    FIRES_TEMPLATE_RESIDUE = 1 << 4
    FIRES_BREADCRUMB_TRAIL = 1 << 5
    FIRES_PAGE_NUMBERS = 1 << 6
    FIRES_FURNITURE_CHAIN = 1 << 7
    FIRES_LABELLED_DATE = 1 << 8
    FIRES_DATE_LINE = 1 << 9
    FIRES_BYLINE = 1 << 10
    FIRES_CONTACT_LINE = 1 << 11
    FIRES_ADDRESS_LINE = 1 << 12
    FIRES_HASHTAG_LINE = 1 << 13
    FIRES_RELATED_LEADIN = 1 << 14
    FIRES_PRESS_PREFIX = 1 << 15
    FIRES_PRICE_LINE = 1 << 16
    FIRES_NUMBER_LINE = 1 << 17
    FIRES_MARKUP_RESIDUE = 1 << 18

cdef enum:  # what a block is in runs
    IS_WORDING = 1 << 0
    IS_COVERED = 1 << 1
    IS_ITEM = 1 << 2
    HAS_WORDS = 1 << 3
    IN_MENU = 1 << 4
    IN_LIST = 1 << 5

cdef enum:  # what speaks for a label
    WHY_CALL_PHRASE = 0
    WHY_UNDER_LIST_HEADER = 1
    WHY_AFTER_ARTICLE_END = 2
    WHY_HEADLINE_RUN = 3
    WHY_PROMO_SIGNALS = 4
    WHY_MENU_WORDING = 5
    WHY_DATE_OR_BYLINE = 6
    WHY_SHORT_LINE_RUN = 7
    WHY_OUTSIDE_MAIN_BLOCK = 8
    WHY_NAVIGATION_SIGNALS = 9
    WHY_LONG_SENTENCE = 10
    WHY_IN_MAIN_BLOCK = 11
    WHY_BODY_SIGNALS = 12

cdef enum:  # what the layout of a page says
    LAID_HEADLINES_IN_A_ROW = 0
    LAID_HEADLINES_ABOVE_TEXT = 1
    LAID_POLICY_TITLE = 2
    LAID_CONTENTS_ENTRY = 3
    LAID_OFFER_ITEM = 4
    LAID_MEMBER_BOX = 5
    LAID_LISTED_HEADLINE = 6
    LIKE_RECORD_FIELD = 0
    LIKE_MEMBER_FIELD = 1
    LIKE_TAG_LINE = 2
    LIKE_COUNTED_LIST = 3
    LIKE_CATEGORY_ITEM = 4
    LIKE_CONTENTS_TREE = 5
    LIKE_FRONT_PAGE = 6
    LIKE_VERSE = 7
    LIKE_FOOTNOTE = 8
    LIKE_TURN_TITLE = 9
    LIKE_HEADED_CONTENTS = 10
    LIKE_FORUM_ENTRY = 11
    LIKE_FORUM_COLUMN = 12
    LIKE_NUMBERED_TRAIL = 13

cdef enum:  # what a line in a list of forums is
    LISTED_OTHER = 0
    LISTED_NAMES = 1
    LISTED_COUNT = 2
    LISTED_EMPTY = 3
    LISTED_BY = 4
    LISTED_END = 5

cdef enum:  # what a line looks like
    LOOKS_PLAIN = 0
    LOOKS_CELL = 1
    LOOKS_HEADING = 2
    LOOKS_UNDERLINE = 3
    LOOKS_BREAK = 4
    LOOKS_BACKTICKS = 5
    LOOKS_TILDES = 6
    LOOKS_LANGUAGE = 7
    LOOKS_CODE_TAG = 8
    LOOKS_CODE_END = 9
    LOOKS_SEPARATOR = 10
    LOOKS_ROW = 11
    LOOKS_GRID = 12
    LOOKS_GRID_END = 13
    LOOKS_BOX = 14
    LOOKS_BOX_END = 15
    LOOKS_TAG = 16
    LOOKS_TAGGED = 17
    LOOKS_CONTENTS = 18
    LOOKS_LINK = 19
    LOOKS_ITEM = 20
    LOOKS_BOLD = 21
    LOOKS_ELEMENT = 22
    LOOKS_ORG = 23
    LOOKS_SNIPPET = 24
    LOOKS_QUOTE = 25

cdef enum:  # places
    PLACE_NONE = 0
    PLACE_TEXT = 1
    PLACE_UNDERLINE = 2
    PLACE_COLUMNS = 3
    PLACE_CODE = 4
    PLACE_TABLE = 5
    PLACE_CONTENTS = 6
    PLACE_ITEM = 7
    PLACE_HEADING = 8
    OF_SITE = 7

cdef enum:  # fewest changes of script of a glossary
    GLOSSARY_TURNS = 5
