"""Constants of the language layer that its kernels know: places of parameters, bits of blocks."""

from __future__ import annotations

# Lanes of a row of evidence: languages of one script, at most; and scripts that several languages share.
LANES = 16
MAX_GROUPS = 8
# Rows of the vector of a word behind its evidence: what its letters cost, what a list gives it, what lists give its
# parts, what letters of the kinds that a text tells apart cost; where they end.
ROW_COSTS, ROW_LISTED, ROW_PARTS, ROW_KINDS, ROWS_END = range(LANES, 6 * LANES, LANES)
# In place of the log likelihood of a lane that does not list the word, or the log share of one that is no candidate.
ABSENT = -1_000_000_000
# Log odds by which a lane is behind that has no share in a score: it would be a ten-thousandth.
NO_SHARE = 9
# In place of a log share, which is at most 0: nobody asked for it yet.
UNASKED = 1

# Code points from 0 on of which it is known what each costs in every language.
LETTERS = 2048

# Words whose evidence is looked up at once; of so many it is known together what any of them is.
STRETCH_BITS = 8
STRETCH = 1 << STRETCH_BITS

# Words between two marks that are judged as a whole, at most.
MOST_QUOTED = 12
# Marks that stand together before a word or behind it, as in `**"`, at most: no text is read again and again.
MOST_MARKS = 8
# A script has no more than one of so many letters of a document in which its words are alone, see parameter `lone`.
MOST_LONE = 5

# Words among which two that say much for a part of a language are that of one, and not odd ones in another.
NEAR_WORDS = 32
# Of as many words one at least says much for a language that stands for many, in a text in which that has words from
# those near it, see parameter `lent`.
MARKED_WORDS = 64
# Letters of each of the two words that one word is taken for, at least.
LEAST_PART = 4
# A word costs a language more than this where it has a letter that no word of it has, see `tables.STRANGE`.
STRANGE_COST = 2
# Added to the number of a language whose name for itself is two words.
TWO_WORDS = 256
# Names of no known language are no sign of one where less than one letter in so many of the rest of a document is in
# such a language.
MOST_NAMES = 3

# What is known of a word, as bits: it has letters of Persian keyboards, or of Arabic ones; it says much for a language
# that is a part of another, or for one that stands for many.
IN_PERSIAN, IN_ARABIC, SAYS_PART, SAYS_MANY = 1, 2, 4, 8
# What a document may be in, as bits: a part of a language; a language near to one that stands for many.
MAY_BE_PART, MAY_BE_MANY = 1, 2
# Bits of a slot of the word memo: the word is IN_PERSIAN and not IN_ARABIC, SAYS_PART, SAYS_MANY. The row stands below.
PERSIAN = 1 << 27
PARTIAL = 1 << 26
MARKED = 1 << 25

# Places of the decoder's parameters, in the order of `model.PARAMS`.
(
    PARAM_CAP,
    PARAM_SHARE,
    PARAM_BASE_COST,
    PARAM_LETTER_COST,
    PARAM_LETTER_CAP,
    PARAM_DIGIT_COST,
    PARAM_STEPS,
    PARAM_HABIT,
    PARAM_TITLE,
    PARAM_UPPER,
    PARAM_AT_WORD,
    PARAM_AT_COMMA,
    PARAM_AT_END,
    PARAM_PSEUDO,
    PARAM_SHARP,
    PARAM_UNSURE,
    PARAM_SCORE_SCALE,
    PARAM_MOST,
    PARAM_CAPITALS,
    PARAM_AT_COLON,
    PARAM_OWN_NAME,
    PARAM_OPENING,
    PARAM_AT_SIGN,
    PARAM_HOME,
    PARAM_NAME_CAP,
    PARAM_STRICT,
    PARAM_RETURNED,
    PARAM_MIXED,
    PARAM_QUOTED,
    PARAM_FOREIGN,
    PARAM_CODE,
    PARAM_INITIAL,
    PARAM_VERSION,
    PARAM_LONE,
    PARAM_BORROWED,
    PARAM_COMMON,
    PARAM_PARTIAL,
    PARAM_LENT,
    PARAM_MARKED,
    PARAM_NAMES,
    PARAM_SHORT,
    PARAM_COMPOUND,
) = range(42)

# Bits of the state of a block's words of one group of languages.
HAS_END = 1 << 0  # a sentence ends inside, or an edge or colon stands there
SWITCHES = 1 << 1  # languages switch
HAS_PEAKS = 1 << 2  # the best stretch of each language is read
IS_SURE = 1 << 3  # no other language has a share in the score
IS_UNREAD = 1 << 4  # the sum of each language is not read: margin and loss say enough
IS_CAPITALS = 1 << 5  # all is in capitals
HAS_SIGN = 1 << 6  # a dash, bar or slash between blanks stands inside
HAS_MARK = 1 << 7  # a bracket, a quotation mark or a sign of emphasis stands inside
IS_PLAIN = 1 << 8  # of few words, of which none but the first is capitalized
OF_PLACES = HAS_END | HAS_SIGN | HAS_MARK | IS_CAPITALS | IS_PLAIN  # those that no language has a part in
