"""The columns of the evidence that HTML gives about each line of a page's text.

One row per line, float32. The order is fixed; labels are trained on it. `COLUMNS` holds (name, meaning); `NAMES` the
names alone. Shares are 0 to 1. Levels count elements upwards from the innermost element around the line's first
letter: 0 means there is none such element around it, 1 the innermost element itself.
"""

from __future__ import annotations

from bilingual.formats.markup.tables import KINDS, LANDMARKS, PAGE_TYPES

_LINE = (
    ("tag", "number in `tables.TAGS` of the block-level element nearest to the line: p, li, td, h1, div, ..."),
    ("leaf", "number in `tables.TAGS` of the innermost element around the first letter: a, strong, span, ..."),
    ("landmark", "number in `tables.LANDMARKS` of the nearest landmark, by tag or ARIA role; 0 for none"),
    ("letters", "letters of the line"),
    ("link_share", "share of its letters inside links"),
    ("links", "links on the line"),
    ("heading", "level of the heading that the line is in, 1 to 6; 0 for none"),
    ("heading_above", "level of the last heading before the line; 0 for none"),
    ("since_heading", "lines since the last heading"),
    ("depth", "elements around the line"),
    ("aria_hidden", "1 inside aria-hidden=true"),
    ("lang", "declared language: 0 none, 1 ar, 2 en, 3 fa, 4 ur, 5 ckb/ku, 6 another"),
    ("dir", "declared direction: 0 none, 1 left to right, 2 right to left"),
    ("title_share", "share of the line's words that the page's <title> has too (lines of up to 40 words)"),
    ("title_cover", "share of the title's words that the line has"),
)
_BLOCKS = tuple(
    (f"{prefix}_{name}", meaning.format(where=where))
    for prefix, where in (
        ("block", "the line's block"),
        ("up1", "the block-level element around the block"),
        ("up2", "the one around that"),
        ("up3", "the one around that"),
    )
    for name, meaning in (
        ("letters", "letters in {where}"),
        ("lines", "lines in {where}"),
        ("link_share", "share of the letters inside links in {where}"),
        ("prose_share", "share of the page's prose letters (lines of 60 letters and more, few in links) in {where}"),
    )
)
_SHAPE = (
    ("siblings", "siblings of the block with the same tag and class, itself included"),
    ("sibling_index", "how many of these come before it"),
    ("shape_count", "elements of the page with the block's tag and class inside one of its parent's tag and class"),
    ("item_level", "levels up to the nearest element with at least two such siblings, itself included: an item"),
    ("item_siblings", "its siblings of the same shape, itself included"),
    ("item_index", "how many of these come before it"),
    ("item_letters", "letters in it"),
    ("item_lines", "lines in it"),
    ("item_link_share", "share of its letters in links"),
    ("items_letters", "mean letters of it and its siblings of the same shape"),
    ("items_prose", "share of the page's prose letters in all of them"),
    ("items_link_share", "share of all their letters inside links"),
    *(
        (f"outer_{name}", f"the same of the next element above with at least two such siblings: {meaning}")
        for name, meaning in (
            ("level", "levels up to it"),
            ("siblings", "its siblings of the same shape"),
            ("index", "how many come before it"),
            ("letters", "letters in it"),
            ("lines", "lines in it"),
            ("link_share", "share of its letters in links"),
            ("mean_letters", "mean letters of it and these siblings"),
            ("prose", "share of the page's prose letters in all of them"),
            ("mean_link_share", "share of all their letters inside links"),
        )
    ),
    ("list_lines", "lines of the nearest list (ul, ol, dl, menu, select)"),
    ("list_letters", "its letters per line"),
    ("list_link_share", "share of its letters in links"),
)
_PLACE = (
    ("core_distance", "elements between the line and the smallest element with most of the page's prose: 0 inside"),
    ("core_level", "levels up to that element, or to the first element around both"),
    ("core80_distance", "the same for 80% of the page's prose"),
    ("h1_distance", "levels from the first <h1> up to the first element around both"),
    ("h1_level", "levels from the line up to that element; 0 without <h1>"),
    ("since_h1", "lines since the first <h1>, negative before it, 0 without"),
    ("prose_before", "share of the page's prose letters before the line"),
    ("letters_before", "share of the page's letters before the line"),
    ("prose_since", "lines since the last line of prose (255 at most)"),
    ("prose_until", "lines until the next line of prose (255 at most)"),
)
_IN = tuple((f"in_{name}", f"levels up to the nearest {name}; 0 outside") for name in LANDMARKS[1:])
_COVERS = tuple(
    (f"cover_{kind}", f"share of the page's letters in the nearest element whose class or id says {kind}; 0 without")
    for kind in KINDS
)
_PAGE = (
    ("page_letters", "letters of the page"),
    ("page_lines", "lines of the page"),
    ("page_link_share", "share of the page's letters in links"),
    ("page_prose_share", "share of the page's letters in lines of prose"),
    ("page_articles", "elements <article> with text"),
    ("page_core_share", "share of the page's letters in the smallest element with most of its prose"),
    ("page_path", "parts of the path of the canonical address: 0 for a front page, -1 when unknown"),
    *((f"page_is_{name}", f"1 when OpenGraph or schema.org name a {name}") for name in PAGE_TYPES),
)
COLUMNS: tuple[tuple[str, str], ...] = (
    *_LINE, *_BLOCKS, *_SHAPE, *_PLACE, *_IN, *_COVERS, *_PAGE,
)  # fmt: skip
NAMES: tuple[str, ...] = tuple(name for name, _ in COLUMNS)
COLUMN: dict[str, int] = {name: number for number, name in enumerate(NAMES)}
# What the words say of a line, for the trees beside the evidence: they are no columns of `Page.rows`.
WORDS: tuple[tuple[str, str], ...] = (
    ("words_body", "log-odds of body by its words"),
    ("words_promo", "log-odds of promo against navigation by its words"),
    ("words_page", "share of the page's letters that the words take for body"),
)
WORD_NAMES: tuple[str, ...] = tuple(name for name, _ in WORDS)
