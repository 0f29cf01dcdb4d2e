"""Numbers that hold several things, as the matcher of phrases and the rules have them: what stands where.

They are asked for from all over large tables: what is known of a word or of a row is one number, and one look.
"""

from __future__ import annotations

# Of the first words of phrases, by the low 16 bits of the hash of a word (uint16): bits of what they may begin,
# numbered here; above them where the nodes of such words begin, counted from the base of the 256 values around.
BEGINS, BEGINS_ANYWHERE, BEGINS_ALONE, BEGINS_INSIDE, FIRST_NODE = range(5)

# Of a node of the tree of words, its second item (uint64), which has the end of a phrase in the low half: a bit where
# the next node is one of a word with the same low 16 bits; from LONGER on a bit for each value of the bits 32 to 35 of
# the hash of a word with which longer phrases go on.
ALIKE, LONGER = 32, 48

# Of the end of a phrase (uint32), 0 for none: its row, from 1 on, or, where the position is SEVERAL_POSITIONS, its
# place in `Lexicon.ends`; its position; in `ends` whether another follows, of a later position; its kind and its label.
END_ROW = (1 << 19) - 1
END_POSITION, POSITION_MASK = 19, 15
END_FOLLOWS = 23
END_KIND, KIND_MASK = 24, 63
END_LABEL = 30

# Of a row of the lexicon, as rules ask for it (uint32): its kind in the bits of KIND_MASK, its label, its words, its
# rule, from 1 on.
ROW_LABEL, LABEL_MASK = 6, 3
ROW_WORDS, WORDS_MASK = 8, 255
ROW_RULE = 16

# The four counts of covered words of a block: in wordings of navigation and promo in position, then out of it.
COVERS = 4
NAVIGATION_COVER, PROMO_COVER, NAVIGATION_LOOSE, PROMO_LOOSE = range(COVERS)
