"""Numbers that the kernels of the label layer share with Python: rows of columns, bits, kinds of marks and words."""

from __future__ import annotations

# Labels and layers, in the order of `columns.LABELS` and `columns.LAYERS`.
BODY, NAVIGATION, PROMO = range(3)
RULE, HEURISTIC, CONTEXT = range(3)

# Rows of `features.SIGNALS`.
(
    SIGNAL_WORDS, SIGNAL_LETTERS, SIGNAL_WORD_LENGTH, SIGNAL_DIGITS, SIGNAL_TITLE, SIGNAL_UPPER, SIGNAL_URLS,
    SIGNAL_END, SIGNAL_START, SIGNAL_SENTENCES, SIGNAL_COMMAS, SIGNAL_COLONS, SIGNAL_SEPARATORS, SIGNAL_SQUARES,
    SIGNAL_QUOTES, SIGNAL_SYMBOLS, SIGNAL_JOINS, SIGNAL_FUNCTION, SIGNAL_DATE, SIGNAL_UNIT, SIGNAL_CALL, SIGNAL_ASK,
    SIGNAL_MONEY, SIGNAL_INTERFACE, SIGNAL_SAY, SIGNAL_PERSON, SIGNAL_FIRST, SIGNAL_LATIN, SIGNAL_INDENT,
    SIGNAL_GAP, SIGNAL_CUT, SIGNAL_NAME, SIGNAL_BYLINE, SIGNAL_NAV_WORDS, SIGNAL_PROMO_WORDS, SIGNAL_PROMO_FIRST,
) = range(36)  # fmt: skip

# Positions of phrases, in the order of `lexicon.POSITIONS`; what stands for several.
(
    POSITION_LINE, POSITION_START, POSITION_LEAD, POSITION_END, POSITION_TAIL, POSITION_SHORT, POSITION_SENTENCE,
    POSITION_WITHIN, POSITION_ANY,
) = range(9)  # fmt: skip
SEVERAL_POSITIONS = 15

# Rows of phrases: `features.GROUPS`, then shares of words, `features.COVERS`.
(
    SAID_MENU, SAID_LEGAL, SAID_FORM, SAID_SHARE, SAID_META, SAID_MORE, SAID_HEADER, SAID_COMMENTS, SAID_TAGS,
    SAID_FORUM, SAID_JOIN, SAID_BUY, SAID_AD, SAID_BODY, SAID_CONTACT, SAID_LEADIN, SAID_NAV_COVER,
    SAID_PROMO_COVER, SAID_NAV_LOOSE, SAID_PROMO_LOOSE,
) = range(20)  # fmt: skip

# How strongly the phrases of a group hold a line.
NOT_SAID, OUT_OF_POSITION, IN_POSITION, AT_OPENING, ALL_OF_IT = range(5)

# Rows of the main block of a page, and behind them those of the page read as a sequence.
(
    BLOCK_SIDE, BLOCK_FROM_START, BLOCK_TO_END, BLOCK_SIZE, BLOCK_EVIDENCE, BLOCK_CLOSED, BLOCK_HEADS_AFTER,
) = range(7)  # fmt: skip
(
    SECTION_INDEX, SECTION_RINDEX, SECTION_PLACE, SECTION_LETTERS_BEFORE, SECTION_LONG_BEFORE, SECTION_PAGE,
    SECTION_SCRIPT, SECTION_OPENED, SECTION_SINCE, SECTION_HEADS_SINCE, SECTION_LONGS_SINCE, SECTION_LISTS,
    SECTION_ABOVE_CLASS, SECTION_ABOVE_DISTANCE, SECTION_ARTICLE, SECTION_AFTER_ARTICLE, SECTION_UNDER_HEADER,
    SECTION_TICKER, SECTION_PROSE_BEFORE, SECTION_PROSE_LAST,
) = range(7, 27)  # fmt: skip

# Values of `side`.
BEFORE_BLOCK, INSIDE_BLOCK, BEHIND_BLOCK = range(3)

# What speaks for an article of the page's own, what closed it above a line, what a line opens by a known wording.
(
    HAS_LONGS, HAS_META_ABOVE, HAS_END_BELOW,
) = (1 << bit for bit in range(3))  # fmt: skip
(
    BY_LIST, BY_SHARE, BY_COMMENTS,
) = (1 << bit for bit in range(3))  # fmt: skip
(
    OPENS_NOTHING, OPENS_LIST, OPENS_COMMENTS, OPENS_SHARE, OPENS_LEGAL, OPENS_FORM, OPENS_MENU, OPENS_CALL,
) = range(8)  # fmt: skip

# Bits of `Lines.flags`.
(
    FLAG_LONG, FLAG_SHORT, FLAG_HEADLINE, FLAG_BULLET, FLAG_DATE, FLAG_NAV, FLAG_MENU, FLAG_HEADER, FLAG_SHARE,
    FLAG_COMMENTS, FLAG_CALL, FLAG_LEGAL, FLAG_MORE, FLAG_FORM, FLAG_ASK, FLAG_REPEAT, FLAG_ENDED, FLAG_SQUARE,
    FLAG_META,
) = (1 << bit for bit in range(19))  # fmt: skip

# Kinds of marks.
(
    MARK_LETTER, MARK_SPACE, MARK_STOP, MARK_EXCLAMATION, MARK_COLON, MARK_COMMA, MARK_ELLIPSIS, MARK_SQUARE_OPEN,
    MARK_SQUARE_CLOSE, MARK_QUOTE, MARK_BULLET, MARK_SEPARATOR, MARK_SYMBOL, MARK_DIGIT,
) = range(14)  # fmt: skip

# Classes of words, `features.WORD_CLASSES`.
(
    CLASS_FUNCTION, CLASS_DATE, CLASS_UNIT, CLASS_CALL, CLASS_ASK, CLASS_MONEY, CLASS_INTERFACE, CLASS_SAY,
    CLASS_PERSON, CLASS_NAME, CLASS_BYLINE, CLASS_FURNITURE, CLASS_PITCH,
) = range(13)  # fmt: skip
# Classes that few words have, as bits.
RARE_CLASSES = (1 << CLASS_FURNITURE) - (1 << CLASS_DATE)

# Bits of `ShapeColumns.bits`, `patterns.SHAPES`.
(
    SHAPE_DIGITS, SHAPE_PAGES, SHAPE_PHONE, SHAPE_URLS, SHAPE_HASHTAGS, SHAPE_MARKUP, SHAPE_RESIDUE, SHAPE_CHAIN,
    SHAPE_BRACKETS, SHAPE_PRICE, SHAPE_COPYRIGHT, SHAPE_BULLET,
) = (1 << bit for bit in range(12))  # fmt: skip
# Bits beyond those, of what is seen on the way.
(
    SEEN_CURRENCY, SEEN_PLUS,
) = (1 << bit for bit in range(16, 18))  # fmt: skip

# Classes of the words of dates, `patterns.WORD_CLASSES`; words before a date where there is none.
(
    DATE_MONTH, DATE_MONTH_PART, DATE_WEEKDAY, DATE_PART, DATE_SMALL, DATE_UNIT, DATE_RELATIVE, DATE_CURRENCY,
) = range(1, 9)  # fmt: skip
NO_DATE = 255

# Bits of `RuleColumns.fired`, `rules.SHAPE_RULES`.
(
    FIRES_COPYRIGHT_NOTICE, FIRES_COOKIE_NOTICE, FIRES_MENU_RUN, FIRES_MENU_LIST, FIRES_TEMPLATE_RESIDUE,
    FIRES_BREADCRUMB_TRAIL, FIRES_PAGE_NUMBERS, FIRES_FURNITURE_CHAIN, FIRES_LABELLED_DATE, FIRES_DATE_LINE,
    FIRES_BYLINE, FIRES_CONTACT_LINE, FIRES_ADDRESS_LINE, FIRES_HASHTAG_LINE, FIRES_RELATED_LEADIN,
    FIRES_PRESS_PREFIX, FIRES_PRICE_LINE, FIRES_NUMBER_LINE, FIRES_MARKUP_RESIDUE,
) = (1 << bit for bit in range(19))  # fmt: skip

# Bits of `RuleColumns.member`: a block that is one wording of navigation, whose words all belong to wordings, that may
# be an item of a list, that has words, that stands in a menu, in a list of navigation.
(
    IS_WORDING, IS_COVERED, IS_ITEM, HAS_WORDS, IN_MENU, IN_LIST,
) = (1 << bit for bit in range(6))  # fmt: skip

# What speaks for a label, in the order of `evidence.EVIDENCE`.
(
    WHY_CALL_PHRASE, WHY_UNDER_LIST_HEADER, WHY_AFTER_ARTICLE_END, WHY_HEADLINE_RUN, WHY_PROMO_SIGNALS,
    WHY_MENU_WORDING, WHY_DATE_OR_BYLINE, WHY_SHORT_LINE_RUN, WHY_OUTSIDE_MAIN_BLOCK, WHY_NAVIGATION_SIGNALS,
    WHY_LONG_SENTENCE, WHY_IN_MAIN_BLOCK, WHY_BODY_SIGNALS,
) = range(13)  # fmt: skip
# What the layout of a page says, in the order of `evidence.LAYOUT`.
(
    LAID_HEADLINES_IN_A_ROW, LAID_HEADLINES_ABOVE_TEXT, LAID_POLICY_TITLE, LAID_CONTENTS_ENTRY, LAID_OFFER_ITEM,
    LAID_MEMBER_BOX, LAID_LISTED_HEADLINE,
) = range(7)  # fmt: skip
# What lines that are alike say, in the order of `evidence.ALIKE`.
(
    LIKE_RECORD_FIELD, LIKE_MEMBER_FIELD, LIKE_TAG_LINE, LIKE_COUNTED_LIST, LIKE_CATEGORY_ITEM, LIKE_CONTENTS_TREE,
    LIKE_FRONT_PAGE, LIKE_VERSE, LIKE_FOOTNOTE, LIKE_TURN_TITLE, LIKE_HEADED_CONTENTS, LIKE_FORUM_ENTRY,
    LIKE_FORUM_COLUMN, LIKE_NUMBERED_TRAIL,
) = range(14)  # fmt: skip
# What a line in a list of forums or threads is by the names in it (`forums.kernel`).
(
    LISTED_OTHER, LISTED_NAMES, LISTED_COUNT, LISTED_EMPTY, LISTED_BY, LISTED_END,
) = range(6)  # fmt: skip

# What a line looks like by its marks (`looks.kernel`).
(
    LOOKS_PLAIN, LOOKS_CELL, LOOKS_HEADING, LOOKS_UNDERLINE, LOOKS_BREAK, LOOKS_BACKTICKS, LOOKS_TILDES,
    LOOKS_LANGUAGE, LOOKS_CODE_TAG, LOOKS_CODE_END, LOOKS_SEPARATOR, LOOKS_ROW, LOOKS_GRID, LOOKS_GRID_END,
    LOOKS_BOX, LOOKS_BOX_END, LOOKS_TAG, LOOKS_TAGGED, LOOKS_CONTENTS, LOOKS_LINK, LOOKS_ITEM, LOOKS_BOLD,
    LOOKS_ELEMENT, LOOKS_ORG, LOOKS_SNIPPET, LOOKS_QUOTE,
) = range(26)  # fmt: skip
# The place of a block in text with marks; the level of a heading, from 1 on, is added to the last.
(
    PLACE_NONE, PLACE_TEXT, PLACE_UNDERLINE, PLACE_COLUMNS, PLACE_CODE, PLACE_TABLE, PLACE_CONTENTS, PLACE_ITEM,
    PLACE_HEADING,
) = range(9)  # fmt: skip
# The level of every heading on a page of the web with marks, deeper than any other.
OF_SITE = 7
# Fewest changes of script from cell to cell of a glossary.
GLOSSARY_TURNS = 5
