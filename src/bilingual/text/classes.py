"""What a code point is to the scanner: its kind, its script and its search fold, as constants and small tables.

The tables under `data/unicode` are made from these constants by `tools/unicode_tables.py`.
"""

from __future__ import annotations

# Kinds: what the scanner does at a code point. Values fit in 4 bits.
OTHER, LETTER, MARK, DIGIT, JOIN, APOSTROPHE, SPACE, NEWLINE = range(8)
END, COMMA, OPEN, CLOSE, QUOTE, SEPARATOR, SIGN, PUNCT = range(8, 16)

# Properties of a code point: its kind in the lowest bits, then its script, then whether it is in upper case.
KIND_MASK = 0xF
SCRIPT_SHIFT = 4
SCRIPT_MASK = 0xFF
UPPER_BIT = 1 << 12

# ISO 15924 codes; the position is the script's number. Zyyy (Common) stands for "no script of its own".
SCRIPTS: tuple[str, ...] = tuple(
    """
    Zyyy Arab Latn Cyrl Grek Hebr Armn Geor Deva Thai Hani Hira Kana Hang Ethi Syrc Thaa Adlm Aghb Ahom
    Armi Avst Bali Bamu Bass Batk Beng Berf Bhks Bopo Brah Brai Bugi Buhd Cakm Cans Cari Cham Cher Chrs
    Copt Cpmn Cprt Diak Dogr Dsrt Dupl Egyp Elba Elym Gara Glag Gong Gonm Goth Gran Gujr Gukh Guru Hano
    Hatr Hluw Hmng Hmnp Hung Ital Java Jurc Kali Kawi Khar Khmr Khoj Kits Knda Krai Kthi Lana Laoo Lepc
    Limb Lina Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Mlym Modi Mong Mroo Mtei
    Mult Mymr Nagm Nand Narb Nbat Newa Nkoo Nshu Ogam Olck Onao Orkh Orya Osge Osma Ougr Palm Pauc Pcun
    Perm Phag Phli Phlp Phnx Plrd Prti Rjng Rohg Runr Samr Sarb Saur Seal Sgnw Shaw Shrd Sidd Sidt Sind
    Sinh Sogd Sogo Sora Soyo Sund Sunu Sylo Tagb Takr Tale Talu Taml Tang Tavt Tayo Telu Tfng Tglg Tibt
    Tirh Tnsa Todr Tols Toto Tutg Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb Zzzz
    """.split()
)
# Those written from right to left: the letters of each have that direction in Unicode.
RIGHT_TO_LEFT = frozenset(
    """
    Arab Hebr Syrc Thaa Adlm Armi Avst Chrs Cprt Elym Gara Hatr Hung Khar Lydi Mand Mani Mend Merc Mero
    Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Yezi
    """.split()
)
SCRIPT_NUMBER = {name: number for number, name in enumerate(SCRIPTS)}
ZYYY, ARAB, LATN, GREK, HANI, HIRA, KANA = 0, 1, 2, 4, 10, 11, 12

# Kinds that the general category alone does not give.
EXCEPTIONS: dict[int, str] = {
    # The last three are seen at most where a line is broken: soft hyphens stand in every long word of some sites.
    JOIN: "\N{ARABIC TATWEEL}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}",
    APOSTROPHE: "'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`",
    SPACE: " \t\v\f\N{NO-BREAK SPACE}\x1c\x1d\x1e\x1f\x85",
    NEWLINE: "\n\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}",
    END: ".!?\N{ARABIC QUESTION MARK}\N{ARABIC FULL STOP}\N{HORIZONTAL ELLIPSIS}\N{DEVANAGARI DANDA}"
    "\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH EXCLAMATION MARK}\N{FULLWIDTH QUESTION MARK}",
    COMMA: ",;:\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{FULLWIDTH COMMA}\N{IDEOGRAPHIC COMMA}",
    QUOTE: '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}'
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}",
    SEPARATOR: "|\N{BROKEN BAR}\N{BULLET}\N{MIDDLE DOT}\N{BLACK CIRCLE}\N{BLACK SMALL SQUARE}\N{WHITE BULLET}"
    "\N{BOX DRAWINGS LIGHT VERTICAL}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{RIGHTWARDS ARROW}>/"
    "\N{BULLET OPERATOR}\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}\N{LEFTWARDS ARROW}*",
    SIGN: "@#",
    # Symbols by category, but words of Sindhi: and, in.
    LETTER: "\N{ARABIC SIGN SINDHI AMPERSAND}\N{ARABIC SIGN SINDHI POSTPOSITION MEN}",
}

# The search fold: one code point to one. Lower-casing, digit folding and the dropping of marks come on top.
FOLDS: dict[str, str] = {
    "\N{ARABIC LETTER ALEF WITH MADDA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA ABOVE}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WITH HAMZA BELOW}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "`": "'",
}
FOLD_DROPS = frozenset("\N{ARABIC TATWEEL}")
# In place of a code point: that the fold drops it, and from where on it is the place of several.
FOLD_DROP = 1
FOLD_EXPANSION = 0x110000

# Domains at the end of a host's name without http:// or www. before it; those that are common words after a full stop
# (in, no, so, to, me, us, is, be, at, it) are left out. Source: the root zone of the Domain Name System, IANA.
DOMAINS: tuple[str, ...] = tuple(
    """
    com net org edu gov mil info biz io ai app dev online shop store site xyz club tv co
    ae ar au bd bg bh br by ca ch cl cn cz de dk dz eg es eu fi fr gr hk hr hu id ie il iq ir jo jp ke kr kw kz lb ly
    ma mr mx my ng nl nz om pe ph pk pl ps pt qa ro rs ru sa sd se sg si sk sy th tn tr tw ua uk uz vn ye za
    """.split()
)

# What stands after the last dot of the name of a file, where no host ends so.
EXTENSIONS: tuple[str, ...] = tuple(
    """
    txt md rst log csv tsv json yaml yml toml ini cfg conf xml html htm css scss js jsx mjs ts tsx vue py rb php
    java kt go c h cc cpp hpp cs swift lua sql sh bash bat ps1 exe msi dll so lib jar apk deb rpm iso img bin zip
    tar gz bz2 xz tgz rar pdf doc docx odt rtf xls xlsx ods ppt pptx jpg jpeg png gif svg webp bmp tif tiff ico mp3
    mp4 wav ogg avi mkv mov srt vtt ttf otf woff db sqlite bak tmp old lock pid env pem crt key cer po gradle plist
    tex bib ipynb npy parquet
    """.split()
)
# What `word_written` is of a Latin word that is no word of a language: of one with capitals inside, which may be a name
# (`userName`, `iPhone`), and of those of a name in code (`notes.txt`, `--help`, `is_set`), the first of which tells
# that it is English if anything.
NO_WORD, OF_CODE = 1, 2

# Bits of a word (uint16).
WORD_HAS_DIGIT = 1 << 0  # at least one digit
WORD_ALL_DIGITS = 1 << 1  # digits only
WORD_TITLE = 1 << 2  # first letter is upper case
WORD_UPPER = 1 << 3  # two or more letters, all upper case
WORD_URL = 1 << 4  # URL, e-mail address or @handle: carries no language
WORD_HASHTAG = 1 << 5  # preceded by #
WORD_HAS_MARK = 1 << 6  # at least one combining mark
WORD_AFTER_END = 1 << 7  # a sentence end stands between the word before in the line and this one
WORD_AFTER_COMMA = 1 << 8  # a comma, colon or semicolon does
WORD_ATTACHED = 1 << 9  # no white space between the word before and this one
WORD_EMAIL = 1 << 10
WORD_HANDLE = 1 << 11
WORD_APOSTROPHE = 1 << 12  # an apostrophe inside
WORD_WRITTEN = 1 << 13  # a letter or joiner whose language the fold hides: İ, ZWNJ
WORD_AFTER_EDGE = 1 << 14  # a bracket, a quotation or emphasis mark, or a dash, bar or slash between blanks does
WORD_AFTER_COLON = 1 << 15  # a colon does
WORD_AFTER_SIGN = WORD_AFTER_EDGE | WORD_AFTER_COLON  # both bits: a dash, bar or slash between blanks does

# What the scanner notes inside a line, where blocks may be cut: its end, a tab or three blanks, two blanks, the signs
# that part cells and chains, the ends of sentences and of their parts, gaps of a justified line.
LINE_END, HARD_GAP, SOFT_GAP, BAR, BULLET, CHAIN_SIGN, SENTENCE_END, PAUSE, JUSTIFIED_GAP = range(9)

# How a block was cut from its line.
CUT_LINE, CUT_CELL, CUT_GROUP = range(3)


def resolve_script(script: str, extensions: list[str]) -> str:
    """The script that a code point belongs with: its own, else the first of its extensions, Arabic before all.

    Arabic punctuation and tatweel are Common and harakat Inherited in the UCD; their extensions name Arab.

    >>> resolve_script("Latn", ["Latn"]), resolve_script("Zinh", ["Arab"]), resolve_script("Zyyy", ["Zyyy"])
    ('Latn', 'Arab', 'Zyyy')
    """
    if script in SCRIPT_NUMBER and script not in ("Zyyy", "Zzzz"):
        return script
    named = [name for name in extensions if name in SCRIPT_NUMBER and name != "Zyyy"]
    if "Arab" in named:
        return "Arab"
    if len(named) == 1:
        return named[0]
    return "Zyyy"
