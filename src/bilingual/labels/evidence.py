"""What the label of a block goes by where no rule of the table decided: its name and, in words, what holds.

The trees weigh all signals of a line at once. Their verdict is named by the first evidence below, of those that speak
for its label, that holds for the line; after the trees come a few exceptions.
"""

from __future__ import annotations

from dataclasses import dataclass

from bilingual.labels.columns import LAYERS
from bilingual.labels.numbers import CONTEXT, HEURISTIC


@dataclass(frozen=True, slots=True)
class Evidence:
    """`label` is the one that it speaks for, "" for any; `number` is that of its layer; `summary` says what holds."""

    name: str
    label: str
    number: int
    summary: str

    @property
    def layer(self) -> str:
        """Its layer by name."""
        return LAYERS[self.number]


# A block without a word takes the label of the next one that has some: 521 of 521 bare bullets of the gold pages.
BARE = Evidence(
    "bare-symbol-copies-next", "", CONTEXT, "no word in it: the label of the next line that has some, else of the last."
)
ALONE = Evidence("no-words", "navigation", CONTEXT, "no word in it, nor anywhere in its document.")
# A lone line of markup or script is residue, unless the page is about code.
RESIDUE = Evidence(
    "residue-among-prose", "navigation", CONTEXT,
    "a lone line of markup, style or script, on a page that is not documentation.",
)  # fmt: skip
# A line made of wordings of navigation is no call: all of the few such lines that the trees took for promo were
# navigation.
WORDINGS = Evidence(
    "navigation-wordings", "navigation", HEURISTIC, "made of wordings of navigation, though the signals said promo."
)
# What the place of a line decides in text with marks, in the order of their numbers (`numbers.PLACE_CODE`).
PLACES = (
    Evidence("in-code", "body", CONTEXT, "between fences or tags of code."),
    Evidence("in-table", "body", CONTEXT, "in a table drawn with bars, or in three or more rows of as many tabs."),
    Evidence("contents-link", "navigation", CONTEXT, "nothing but links to places of the same document."),
    Evidence("marked-item", "body", CONTEXT, "an item without a link, in text with marks of headings."),
    Evidence("marked-heading", "body", CONTEXT, "a heading by its marks, and most of what it heads is body."),
)  # fmt: skip
# What the layout of a page decides, in the order of their numbers (`layout`).
LAYOUT = (
    Evidence("headlines-in-a-row", "promo", CONTEXT, "in a line of five or more headlines side by side."),
    Evidence(
        "headlines-above-text", "promo", CONTEXT,
        "in a strip of five or more headlines right above the first text of the page, which uses few of their words.",
    ),
    Evidence("policy-title", "body", CONTEXT, "the name of a policy, above its text."),
    Evidence(
        "contents-entry", "navigation", CONTEXT,
        "one of four or more lines in a row that return below in the same order, each with something under it.",
    ),
    Evidence("offer-item", "promo", CONTEXT, "an item of a list right under a call that ends with a colon."),
    Evidence(
        "member-box", "navigation", CONTEXT,
        "one of three or more short fields in a row, a name and a value, one of which is a wording of forums.",
    ),
    Evidence(
        "listed-headline", "promo", CONTEXT,
        "one of two or more headlines in a row, right under the header of a list of others.",
    ),
)  # fmt: skip
# What lines that are alike decide together, in the order of their numbers (`alike`).
ALIKE = (
    Evidence(
        "record-field", "body", CONTEXT,
        "one of three or more short fields in a row, a name and a value, as of a book, product, place or film.",
    ),
    Evidence(
        "member-field", "navigation", CONTEXT,
        "one of three or more short fields in a row, a name and a value, as of a member of a forum.",
    ),
    Evidence("tag-line", "navigation", CONTEXT, "a word for tags or categories, a colon, and some of them."),
    Evidence(
        "counted-list", "navigation", CONTEXT,
        "one of four or more names with counts in brackets in a row, most of which the trees took for navigation.",
    ),
    Evidence(
        "category-item", "navigation", CONTEXT,
        "one of four or more short items of a list under a header of categories.",
    ),
    Evidence(
        "contents-tree", "navigation", CONTEXT,
        "one of forty or more short lines above the first sentence of a page of documentation.",
    ),
    Evidence("front-page", "body", CONTEXT, "a headline of a list page that has hardly anything but headlines."),
    Evidence(
        "verse", "body", CONTEXT,
        "one of six or more lines of one length in a row that begin with a small letter, or rhyme in Arabic letters.",
    ),
    Evidence("footnote", "body", CONTEXT, "ends with a hook back to its place in the text."),
    Evidence(
        "turn-title", "promo", CONTEXT,
        "under a link to the page before or behind, with the other link close by: the title of that page.",
    ),
    Evidence(
        "headed-contents", "navigation", CONTEXT,
        "one of three or more lines under a header of contents that return below in the same order.",
    ),
    Evidence(
        "forum-entry", "body", CONTEXT,
        "a name, title or description in a list of forums or threads that the page is for.",
    ),
    Evidence(
        "forum-column", "navigation", CONTEXT,
        "names of columns, counts or a byline in a list of forums or threads that the page is for.",
    ),
    Evidence(
        "numbered-trail", "navigation", CONTEXT,
        "a step of the way to the page: short lines numbered from the name of the home page on.",
    ),
)  # fmt: skip
EXCEPTIONS = (BARE, ALONE, RESIDUE, WORDINGS, *PLACES, *LAYOUT, *ALIKE)
# In the order in which they are tried (`verdict.kernel`).
EVIDENCE = (
    Evidence("call-phrase", "promo", HEURISTIC, "a call to join, buy or advertise, in a line of 12 words or fewer."),
    Evidence("under-list-header", "promo", CONTEXT, "under the header of a list of others, no long line between."),
    Evidence("after-article-end", "promo", CONTEXT, "after the main block and a header of lists, sharing or comments."),
    Evidence("headline-run", "promo", CONTEXT, "in a run of three or more lines like headlines."),
    Evidence("promo-signals", "promo", HEURISTIC, "all signals together, none that has a name."),
    Evidence("menu-wording", "navigation", HEURISTIC, "the whole line is a wording of navigation."),
    Evidence("date-or-byline", "navigation", HEURISTIC, "a date, or a short line that opens like a date or byline."),
    Evidence("short-line-run", "navigation", CONTEXT, "in a run of four or more short lines."),
    Evidence("outside-main-block", "navigation", CONTEXT, "before or after the main block of the page."),
    Evidence("navigation-signals", "navigation", HEURISTIC, "all signals together, none that has a name."),
    Evidence("long-sentence", "body", HEURISTIC, "25 words or more, or 14 and the end of a sentence."),
    Evidence("in-main-block", "body", CONTEXT, "in the main block of the page, the stretch that reads most like body."),
    Evidence("body-signals", "body", HEURISTIC, "all signals together, none that has a name."),
)  # fmt: skip
