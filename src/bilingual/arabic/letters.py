"""Facts about Arabic code points: which groups exist and what each is called. No decisions here.

Groups are written as ranges of code points or as \\N{...} names; what Unicode itself can tell (decompositions, classes)
is asked of `unicodedata`.
"""

from __future__ import annotations

import unicodedata
from functools import cache


def _span(first: int, last: int) -> range:
    return range(first, last + 1)


def _codes(characters: str) -> frozenset[int]:
    return frozenset(map(ord, characters))


HARAKAT = frozenset(_span(0x064B, 0x0652))
"""Fathatan to sukun: short vowels, tanwin, shadda."""

DAGGER_ALEF = ord("\N{ARABIC LETTER SUPERSCRIPT ALEF}")
MADDAH = ord("\N{ARABIC MADDAH ABOVE}")
HAMZA_ABOVE = ord("\N{ARABIC HAMZA ABOVE}")
HAMZA_BELOW = ord("\N{ARABIC HAMZA BELOW}")
HAMZA_MARKS = frozenset((MADDAH, HAMZA_ABOVE, HAMZA_BELOW))

QURANIC_MARKS = frozenset(
    code
    for group in (
        _span(0x0610, 0x061A),  # honorific and Quranic signs above and below
        _span(0x0656, 0x065F),  # subscript alef to wavy hamza below
        _span(0x06D6, 0x06DC),  # small high ligatures and pause marks (06DD end of ayah is a symbol)
        _span(0x06DF, 0x06E4),  # small high rounded zero to small high madda
        _span(0x06E7, 0x06E8),  # small high yeh and noon (06E5 06E6 are letters, 06E9 a symbol)
        _span(0x06EA, 0x06ED),  # empty centre low stop to small low meem
        _span(0x0897, 0x089F),  # Arabic Extended-B marks
        _span(0x08CA, 0x08E1),  # Arabic Extended-A marks (08E2 disputed end of ayah is a format character)
        _span(0x08E3, 0x08FF),
        _span(0x10EFC, 0x10EFF),  # Arabic Extended-C marks
    )
    for code in group
)
MARKS = HARAKAT | HAMZA_MARKS | QURANIC_MARKS | {DAGGER_ALEF}
MARKS_TEXT = "".join(map(chr, sorted(MARKS)))
"""The same as characters, for the classes of patterns."""

SMALL_LETTERS = _codes("\N{ARABIC SMALL WAW}\N{ARABIC SMALL YEH}")
SMALL = {0x06E5: ord("و"), 0x06E6: ord("ي"), 0x06E7: ord("ي"), 0x06E8: ord("ن")}
"""Small letters of Quranic spelling and the letters for which they stand; the last two are marks."""

TATWEEL = ord("\N{ARABIC TATWEEL}")
HAMZA = ord("\N{ARABIC LETTER HAMZA}")
ALEF_MADDA = ord("\N{ARABIC LETTER ALEF WITH MADDA ABOVE}")
ALEF_HAMZA = ord("\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}")
ALEF = ord("\N{ARABIC LETTER ALEF}")
WAW = ord("\N{ARABIC LETTER WAW}")
YEH = ord("\N{ARABIC LETTER YEH}")
HEH = ord("\N{ARABIC LETTER HEH}")
KAF = ord("\N{ARABIC LETTER KAF}")
DAL = ord("\N{ARABIC LETTER DAL}")
ALEF_MAKSURA = ord("\N{ARABIC LETTER ALEF MAKSURA}")
TEH_MARBUTA = ord("\N{ARABIC LETTER TEH MARBUTA}")
WAW_HAMZA = ord("\N{ARABIC LETTER WAW WITH HAMZA ABOVE}")
YEH_HAMZA = ord("\N{ARABIC LETTER YEH WITH HAMZA ABOVE}")
FARSI_YEH = ord("\N{ARABIC LETTER FARSI YEH}")
KEHEH = ord("\N{ARABIC LETTER KEHEH}")
SWASH_KAF = ord("\N{ARABIC LETTER SWASH KAF}")
ALEFS = _codes("آأإٱ")
"""Alef with madda, hamza above, hamza below, wasla."""

RARE_ALEFS = frozenset((0x0672, 0x0673, 0x0675))
"""Alef with wavy hamza above and below, high hamza alef."""

HEH_FORMS = frozenset((0x06BE, 0x06C0, 0x06C1, 0x06C2, 0x06D5))
"""Heh doachashmee, heh with yeh above, heh goal (and with hamza), ae: how Persian and Urdu keyboards write heh."""

ARABIC_ALPHABET = frozenset(_span(0x0621, 0x063A)) | frozenset(_span(0x0641, 0x064A)) | ALEFS
"""The letters with which Arabic is written."""

HAMZA_COMPOSITES = {
    (ALEF, MADDAH): ord("آ"),
    (ALEF, HAMZA_ABOVE): ord("أ"),
    (ALEF, HAMZA_BELOW): ord("إ"),
    (WAW, HAMZA_ABOVE): WAW_HAMZA,
    (YEH, HAMZA_ABOVE): YEH_HAMZA,
    (0x06D5, HAMZA_ABOVE): 0x06C0,
    (0x06C1, HAMZA_ABOVE): 0x06C2,
    (0x06D2, HAMZA_ABOVE): 0x06D3,
}
"""The eight canonical compositions of the Arabic blocks (UAX #15)."""

LOOSE_HAMZA_COMPOSITES = {(ALEF_MAKSURA, HAMZA_ABOVE): YEH_HAMZA, (FARSI_YEH, HAMZA_ABOVE): YEH_HAMZA}
"""Carriers on which a hamza is written where no canonical composition exists; both look like yeh with hamza."""

ALLAH = 0xFDF2
"""The ligature of الله."""

PLAIN_ALEFS = frozenset((ALEF, ord("ٱ"), 0xFB50, 0xFE8D, 0xFE8E))
"""Alef and alef with wasla, and the presentation forms that are written alone."""

BASMALA = "بسم الله الرحمن الرحيم"
PHRASES = {
    0xFD40: "رحمه الله",
    0xFD41: "رضي الله عنه",
    0xFD42: "رضي الله عنها",
    0xFD43: "رضي الله عنهم",
    0xFD44: "رضي الله عنهما",
    0xFD45: "رضي الله عنهن",
    0xFD46: "صلى الله عليه وآله",
    0xFD47: "عليه السلام",
    0xFD48: "عليهم السلام",
    0xFD49: "عليهما السلام",
    0xFD4A: "عليه الصلاة والسلام",
    0xFD4B: "قدس سره",
    0xFD4C: "صلى الله عليه وآله وسلم",
    0xFD4D: "عليها السلام",
    0xFD4E: "تبارك وتعالى",
    0xFD4F: "رحمهم الله",
    0xFDCF: "سلامه علينا",
    0xFDFA: "صلى الله عليه وسلم",
    0xFDFB: "جل جلاله",
    0xFDFD: BASMALA,
    0xFDFE: "سبحانه وتعالى",
    0xFDFF: "عز وجل",
}
"""Ligatures that stand for a phrase (Unicode names: sallallahou alayhe wasallam, jallajalalouhou, bismillah ...)."""

RIAL_SIGN = 0xFDFC
RIAL = "ريال"
WRITTEN_OUT = PHRASES | {RIAL_SIGN: RIAL}
"""Single code points that stand for words."""

BIDI_MARKS = _codes("\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}")
EMBEDDINGS = frozenset((0x202A, 0x202B, 0x202D, 0x202E))
POP_EMBEDDING = 0x202C
ISOLATES = frozenset((0x2066, 0x2067, 0x2068))
POP_ISOLATE = 0x2069
BIDI_PAIRED = EMBEDDINGS | ISOLATES | {POP_EMBEDDING, POP_ISOLATE}
BYTE_ORDER_MARK = 0xFEFF
INVISIBLE = frozenset((BYTE_ORDER_MARK, 0x2060, 0x00AD))
"""Byte order mark, word joiner, soft hyphen."""

ZWNJ, ZWJ = 0x200C, 0x200D
NO_BREAK_SPACE = 0x00A0
SPACES = frozenset((NO_BREAK_SPACE, 0x1680, *_span(0x2000, 0x200B), 0x202F, 0x205F, 0x3000))
"""Spaces other than U+0020: no-break, typographic, ideographic, and the zero width space (it separates words)."""

LINE_ENDS = _codes("\n\r\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
ARABIC_DIGITS = {code: code & 0xF for code in (*_span(0x0660, 0x0669), *_span(0x06F0, 0x06F9))}
DECIMAL_SEPARATOR = ord("\N{ARABIC DECIMAL SEPARATOR}")
THOUSANDS_SEPARATOR = ord("\N{ARABIC THOUSANDS SEPARATOR}")

ARABIC_BLOCKS = (
    _span(0x0600, 0x06FF),
    _span(0x0750, 0x077F),
    _span(0x0870, 0x089F),
    _span(0x08A0, 0x08FF),
    _span(0xFB50, 0xFDFF),
    _span(0xFE70, 0xFEFE),
    _span(0x10EC0, 0x10EFF),
)


def is_letter(code: int) -> bool:
    """True for general category L*."""
    return unicodedata.category(chr(code)).startswith("L")


def is_mark(code: int) -> bool:
    """True for general category M*."""
    return unicodedata.category(chr(code)).startswith("M")


def is_arabic_letter(character: str) -> bool:
    """Whether a character is a letter of Arabic script, not a mark, a digit or tatweel."""
    return "ء" <= character <= "ۓ" and character != "ـ" and unicodedata.category(character) == "Lo"


def without_marks(text: str) -> str:
    """The text without Arabic marks."""
    return text.translate(_NO_MARKS)


_NO_MARKS = dict.fromkeys(MARKS)


def joined_forms() -> dict[int, str]:
    """Presentation forms (Unicode tags isolated, initial, medial, final) and their compatibility decompositions."""
    forms = {}
    for block in (_span(0xFB50, 0xFDFF), _span(0xFE70, 0xFEFC)):
        for code in block:
            tag = unicodedata.decomposition(chr(code)).partition(" ")[0]
            if tag in ("<isolated>", "<initial>", "<medial>", "<final>"):
                forms[code] = unicodedata.normalize("NFKC", chr(code))
    return forms


@cache
def mark_forms() -> dict[int, tuple[int, ...]]:
    """Presentation forms of marks alone (FC5E-FC63, FCF2-FCF4, FE70-FE7F) and the bare marks.

    Unicode decomposes them to SPACE or TATWEEL and the mark; the SPACE would split the word in which they stand.
    """
    bare = {}
    for code, text in joined_forms().items():
        marks = tuple(ord(character) for character in text if character not in " ـ")
        if marks and all(map(is_mark, map(int, marks))):
            bare[code] = marks
    return bare


@cache
def letter_forms() -> dict[int, tuple[int, ...]]:
    """Presentation forms of letters and ligatures and their letters; phrases and bare marks are not among them."""
    return {
        code: tuple(map(ord, text))
        for code, text in joined_forms().items()
        if code not in mark_forms() and code not in PHRASES and code != RIAL_SIGN
    }
