"""Entries of tables over code points, and what the kernels answer: bits that both sides know by name.

`entries.pxd` has the same for the compiled kernels; tests/test_house.py compares the two.
"""

from __future__ import annotations

# Code points below have their entry at their own place in a two-stage table.
DIRECT = 0x1000

# -- replacements, see `table.rewriting`: the difference to the code point that takes the place, or these

DELETED = 1 << 24
SPECIAL = 1 << 30
ROW = DELETED - 1  # of SPECIAL: the row of its expansion

# -- normal forms, see `canonical`: the combining class; whether a segment begins; then the number of a decomposition

CLASS = 255
STARTS_SEGMENT = 1 << 8
DECOMPOSITION = 9  # how far up that number stands

# -- stretches of Arabic, see `scope`

ARABIC = 1 << 0
OTHER_LETTER = 1 << 1
LINE_END = 1 << 2
FORMAT = 1 << 3
HAS_LETTER = 1 << 4
FOREIGN = 1 << 5
FINAL = 1 << 6  # a letter that Arabic has at the end of a word alone
AFTER = 1 << 7  # a letter before which such a one is FOREIGN

# -- the flow of letter pairs: word boundaries, what is skipped, the ends of lines; above them letters

BOUNDARY, SKIPPED, BREAK = 0, 1, 2

# -- signs of damage, of a code point: bytes of UTF-8 in the Arabic block as each of six encodings shows them

N_READERS = 6
TAILS = (1 << N_READERS) - 1  # with a tail byte for each of them; the lead bytes stand above
HIGH = 1 << 12  # a letter that a misread encoding of one byte leaves
FORM = 1 << 13  # a presentation form
ANY_ALEF = 1 << 14  # bare or with hamza
BARE_ALEF = 1 << 15
LAM = 1 << 16
LETTER = 1 << 17
BIDI = 1 << 18  # a paired bidi control
HARAKA = 19  # where the bits of the nine harakat begin
ANY_HARAKA = 0x1FF << HARAKA
MARK = 1 << 28
SPACE = 1 << 29

# -- the same of a text: TAILS (two pairs of lead and tail), HIGH (three in a row), FORM, LETTER, BIDI, and these

SWAPPED = 1 << 14  # bare alef, alef, lam
DOUBLED = 1 << 15  # three doubled letters in a row
STRAY = 1 << 16  # a haraka after white space
REPEATED = 1 << 19  # the same haraka twice on one letter
