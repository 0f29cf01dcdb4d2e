"""What HTML says about each element, as arrays that the kernels read.

Source: the HTML standard (https://html.spec.whatwg.org/, CC BY 4.0): parsing, rendering and named character
references (the last through the standard library's `html.entities`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING

import numpy as np

from bilingual.formats.markup.constants import (
    ALOUD,
    BLOCK,
    BOXED,
    BREAKOUT,
    BUTTON,
    CELL,
    CLOSES_P,
    CUSTOM,
    FORMATTING,
    HEADING,
    HIDDEN,
    NO_HASH,
    PRE,
    RAW,
    READER,
    SCOPE,
    SCREEN,
    SPECIAL,
    TABLE_PART,
    VOID,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

# Tags by number. The order is part of the evidence (`tag` and `leaf` columns): append, never insert.
_TAGS: tuple[tuple[str, int], ...] = (
    ("(other)", 0),
    ("html", SPECIAL | SCOPE),
    ("head", SPECIAL),
    ("body", SPECIAL | BLOCK | BREAKOUT),
    ("p", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("li", SPECIAL | BLOCK | BREAKOUT),
    ("td", SPECIAL | SCOPE | CELL | TABLE_PART),
    ("th", SPECIAL | SCOPE | CELL | TABLE_PART),
    ("h1", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("h2", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("h3", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("h4", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("h5", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("h6", SPECIAL | BLOCK | CLOSES_P | HEADING | BREAKOUT),
    ("div", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("a", FORMATTING),
    ("button", SPECIAL | BUTTON),
    ("label", 0),
    ("figcaption", SPECIAL | BLOCK | CLOSES_P),
    ("blockquote", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("pre", SPECIAL | BLOCK | CLOSES_P | PRE | BREAKOUT),
    ("dt", SPECIAL | BLOCK | BREAKOUT),
    ("dd", SPECIAL | BLOCK | BREAKOUT),
    ("summary", SPECIAL | BLOCK | CLOSES_P),
    ("option", BLOCK),
    ("caption", SPECIAL | SCOPE | BLOCK | TABLE_PART),
    ("legend", BLOCK),
    ("address", SPECIAL | BLOCK | CLOSES_P),
    ("time", 0),
    ("span", BREAKOUT),
    ("b", FORMATTING | BREAKOUT),
    ("strong", FORMATTING | BREAKOUT),
    ("i", FORMATTING | BREAKOUT),
    ("em", FORMATTING | BREAKOUT),
    ("small", FORMATTING | BREAKOUT),
    ("code", FORMATTING | BREAKOUT),
    ("nav", SPECIAL | BLOCK | CLOSES_P),
    ("header", SPECIAL | BLOCK | CLOSES_P),
    ("footer", SPECIAL | BLOCK | CLOSES_P),
    ("aside", SPECIAL | BLOCK | CLOSES_P),
    ("main", SPECIAL | BLOCK | CLOSES_P),
    ("article", SPECIAL | BLOCK | CLOSES_P),
    ("section", SPECIAL | BLOCK | CLOSES_P),
    ("form", SPECIAL | BLOCK | CLOSES_P),
    ("dialog", BLOCK | CLOSES_P),
    ("figure", SPECIAL | BLOCK | CLOSES_P),
    ("table", SPECIAL | SCOPE | BLOCK | CLOSES_P | BREAKOUT),
    ("ul", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("ol", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("dl", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("select", SPECIAL | BLOCK),
    ("details", SPECIAL | BLOCK | CLOSES_P),
    ("fieldset", SPECIAL | BLOCK | CLOSES_P),
    ("tr", SPECIAL | BLOCK | TABLE_PART),
    ("thead", SPECIAL | BLOCK | TABLE_PART),
    ("tbody", SPECIAL | BLOCK | TABLE_PART),
    ("tfoot", SPECIAL | BLOCK | TABLE_PART),
    ("menu", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("hgroup", SPECIAL | BLOCK | CLOSES_P),
    ("search", SPECIAL | BLOCK | CLOSES_P),
    ("center", SPECIAL | BLOCK | CLOSES_P | BREAKOUT),
    ("dir", SPECIAL | BLOCK | CLOSES_P),
    ("listing", SPECIAL | BLOCK | CLOSES_P | PRE | BREAKOUT),
    ("plaintext", SPECIAL | BLOCK | CLOSES_P | PRE),
    ("xmp", SPECIAL | BLOCK | CLOSES_P | PRE),
    ("optgroup", BLOCK),
    ("colgroup", SPECIAL | TABLE_PART),
    ("hr", SPECIAL | VOID | BLOCK | CLOSES_P | BREAKOUT),
    ("br", SPECIAL | VOID | BREAKOUT),
    ("img", SPECIAL | VOID | BREAKOUT | BOXED),
    ("input", SPECIAL | VOID),
    ("meta", SPECIAL | VOID | BREAKOUT),
    ("link", SPECIAL | VOID),
    ("area", SPECIAL | VOID),
    ("base", SPECIAL | VOID),
    ("basefont", SPECIAL | VOID),
    ("bgsound", SPECIAL | VOID),
    ("col", SPECIAL | VOID),
    ("embed", SPECIAL | VOID | BREAKOUT | BOXED),
    ("frame", SPECIAL | VOID),
    ("keygen", SPECIAL | VOID),
    ("param", SPECIAL | VOID),
    ("source", SPECIAL | VOID),
    ("track", SPECIAL | VOID),
    ("wbr", SPECIAL | VOID),
    ("script", SPECIAL | RAW),
    ("style", SPECIAL | RAW),
    ("title", SPECIAL | RAW),
    ("textarea", SPECIAL | RAW | BOXED),
    ("noscript", SPECIAL | RAW),
    ("iframe", SPECIAL | RAW | BOXED),
    ("noembed", SPECIAL | RAW | BREAKOUT),
    ("noframes", SPECIAL | RAW),
    ("template", SPECIAL | SCOPE | HIDDEN),
    ("datalist", HIDDEN),
    ("object", SPECIAL | SCOPE | HIDDEN | BOXED),
    ("video", HIDDEN | BOXED),
    ("audio", HIDDEN | BOXED),
    ("canvas", HIDDEN | BOXED),
    ("rp", HIDDEN),
    ("svg", 0),
    ("math", 0),
    ("foreignobject", SCOPE | BLOCK),
    ("text", 0),
    ("desc", HIDDEN),
    ("metadata", HIDDEN),
    ("defs", HIDDEN),
    ("annotation", HIDDEN),
    ("annotation-xml", HIDDEN | SCOPE),
    ("marquee", SPECIAL | SCOPE | BLOCK),
    ("applet", SPECIAL | SCOPE | HIDDEN),
    ("frameset", SPECIAL),
    ("nobr", FORMATTING | BREAKOUT),
    ("u", FORMATTING | BREAKOUT),
    ("s", FORMATTING | BREAKOUT),
    ("strike", FORMATTING | BREAKOUT),
    ("tt", FORMATTING | BREAKOUT),
    ("big", FORMATTING | BREAKOUT),
    ("font", FORMATTING),
    ("sub", BREAKOUT),
    ("sup", BREAKOUT),
    ("var", BREAKOUT),
    ("ruby", BREAKOUT),
    ("cite", 0),
    ("mark", 0),
    ("picture", 0),
    ("path", 0),
    ("g", 0),
    ("image", SPECIAL | VOID | BOXED),
    ("output", 0),
    ("slot", 0),
    ("abbr", 0),
    ("q", 0),
    ("data", 0),
    ("ins", 0),
    ("del", 0),
    ("rt", BOXED),
    ("tspan", 0),
    ("progress", HIDDEN | BOXED),
    ("meter", HIDDEN | BOXED),
)
TAGS: tuple[str, ...] = tuple(name for name, _ in _TAGS)
TAG: dict[str, int] = {name: number for number, name in enumerate(TAGS)}
N_KNOWN = len(TAGS)
N_TAGS = 256  # the rest of the numbers is shared by unknown names, by hash

# Attributes that are read. The order is known to the kernels, see `constants`.
ATTRIBUTES = (
    "", "class", "id", "role", "style", "hidden", "aria-hidden", "type", "value", "href", "lang", "dir",
    "itemprop", "itemtype", "rel", "alt", "title", "placeholder", "aria-label", "name", "content", "property",
    "open", "charset", "http-equiv", "data-testid", "data-component", "color", "face", "size",
    "x", "popover", "shadowrootmode",
)  # fmt: skip

# Landmarks, nearest first in `landmark`; each has its own `in_*` column too.
LANDMARKS = (
    "", "nav", "header", "footer", "aside", "main", "article", "form", "dialog", "figure", "table",
    "list", "quote", "details", "section",
)  # fmt: skip
_LANDMARK_TAGS = {
    "nav": "nav", "header": "header", "footer": "footer", "aside": "aside", "main": "main", "article": "article",
    "form": "form", "dialog": "dialog", "figure": "figure", "table": "table", "ul": "list", "ol": "list",
    "dl": "list", "menu": "list", "select": "list", "blockquote": "quote", "details": "details",
    "section": "section", "search": "form", "fieldset": "form",
}  # fmt: skip
_ROLES = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "tablist": "nav", "toolbar": "nav", "banner": "header",
    "contentinfo": "footer", "complementary": "aside", "main": "main", "article": "article", "form": "form",
    "search": "form", "dialog": "dialog", "alertdialog": "dialog", "figure": "figure", "table": "table",
    "grid": "table", "list": "list", "listbox": "list", "region": "section",
}  # fmt: skip

# What the words of class, id, itemprop, role and rel values say about an element. One bit each.
_KINDS: dict[str, str] = {
    "menu": "nav navbar navigation menu menus mainmenu submenu topnav subnav mainnav navigator megamenu dropdown "
    "menubar navlinks navlist navbox hamburger offcanvas drawer skip toolbar topbar navmenu menuitem navitem",
    "sidebar": "sidebar side sidebars sidenav rail aside widget widgets widgetarea complementary sidecol "
    "rightcol leftcol rightrail secondary sidepanel sidecontent",
    "related": "related recommended recommend recommendation recommendations recommends popular trending latest "
    "similar recent recirc recirculation suggested suggestions suggestion mostread mostviewed readnext upnext "
    "alsolike alsoread also crosssell upsell outbrain taboola zergnet more morefrom seealso viewed bestseller "
    "bestsellers relatedposts relatedtopics relatedarticles relatedproducts relatednews readalso similarthreads "
    "alsobought recentposts popularposts latestnews morelikethis",
    "share": "share sharing shares social socials sharebar sharedaddy addthis addtoany follow facebook twitter "
    "whatsapp telegram pinterest linkedin instagram youtube socialmedia tweet sharethis email print",
    "comment": "comment comments commentlist commentform respond reply replies disqus discussion discuss commento",
    "byline": "byline author authors meta date dateline datetime timestamp published pubdate posted postmeta "
    "entrymeta postinfo time contributor contributors writer updated modified credit credits source "
    "datepublished datemodified info",
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs breadcrumblist trail",
    "pagination": "pagination pager paginate paging pagenavi pages next prev previous nextprev postnav "
    "pagenumber pagelinks loadmore",
    "ad": "ad ads adv advert adverts advertisement advertising advertorial adsense adslot adunit adbox "
    "adcontainer adwrapper adsbygoogle dfp gpt promo promos promotion promotional promoted sponsor sponsored "
    "sponsors sponsorship banner banners partner partners affiliate offer offers deal deals coupon",
    "subscribe": "newsletter newsletters subscribe subscription signup optin cta calltoaction mailchimp leadgen "
    "mailinglist paywall donate donation membership register download app getstarted",
    "cookie": "cookie cookies consent gdpr ccpa onetrust cookiebar cookiebanner cookieconsent privacy cmp",
    "footer": "footer foot footers copyright colophon bottom contentinfo sitefooter footerlinks siteinfo legal "
    "disclaimer printfooter",
    "header": "header masthead head top siteheader branding logo site brand topbar banner",
    "content": "content contents main maincontent body text article articlebody articlecontent articletext "
    "post postcontent postbody posttext entry entrycontent entrybody story storybody copy richtext wysiwyg "
    "prose markdown page pagecontent contentbody bodytext rte maintext bodycontent blog blogpost hentry "
    "newscontent textcontent mainarticle rich paragraph paragraphs single",
    "product": "product products price prices pricing cart buy shop sku addtocart basket checkout stock variant "
    "variants productinfo woocommerce wishlist",
    "tag": "tag tags category categories cat cats taglist tagcloud topics keyword keywords label labels badge "
    "badges taxonomy term terms section filed kicker eyebrow catlinks",
    "form": "form forms login signin logon search searchform searchbox field fields input filter filters sort "
    "facet facets account user password captcha select dropdown language languages lang switcher translate "
    "profile",
    "hidden": "hidden hide popup popups modal modals overlay sr screenreader tooltip lightbox dialog collapse "
    "invisible visuallyhidden offscreen toast alert notice notification notifications snackbar placeholder "
    "skeleton loading spinner noprint toggle",
    "list": "list lists grid grids card cards item items teaser teasers tile tiles row feed stream listing "
    "listings results result collection collections archive loop carousel slider slide slides swiper slick gallery "
    "listitem summary snippet",
    "title": "title titles headline headlines heading subtitle subheading posttitle entrytitle pagetitle "
    "storytitle subhead name",
    "forum": "forum forums thread threads topic message messages postbit posts postmessage vbulletin phpbb "
    "xenforo bbwrapper bbcode signature quote question questions answer answers qa usertext members poster",
    "lead": "lead lede intro introduction standfirst deck excerpt abstract hero jumbotron dek description "
    "desc blurb about overview",
    "media": "image images img photo photos picture figure caption captions media video videos wpcaption thumb "
    "thumbnail thumbnails gallery player embed icon icons avatar",
    "button": "button buttons btn btns link links readmore action actions cta control controls",
    "review": "review reviews rating ratings star stars testimonial testimonials feedback vote votes votebox "
    "likes like score",
    "feature": "feature features service services benefit benefits faq faqs accordion tab tabs panel step steps "
    "team case cases client clients",
    "detail": "detail details spec specs specification specifications attributes attribute ingredients instructions "
    "recipe table data directions method nutrition",
    "toc": "toc tableofcontents outline anchor anchors jump index",
}
KINDS: tuple[str, ...] = tuple(_KINDS)

# Kinds of page that OpenGraph and schema.org name.
PAGE_TYPES: dict[str, tuple[str, ...]] = {
    "article": ("article", "newsarticle", "blogposting", "reportagenewsarticle", "techarticle", "scholarlyarticle",
                "opinionnewsarticle", "analysisnewsarticle", "backgroundnewsarticle", "blog"),
    "forum": ("discussionforumposting", "qapage", "question", "answer", "comment", "socialmediaposting"),
    "product": ("product", "productgroup", "book", "softwareapplication", "vehicle", "offer", "og:product"),
    "collection": ("collectionpage", "itemlist", "searchresultspage", "offercatalog", "product.group", "category"),
    "recipe": ("recipe", "howto", "faqpage"),
    "service": ("service", "localbusiness", "professionalservice", "medicalbusiness", "legalservice", "restaurant",
                "event", "course", "jobposting", "hotel", "store"),
    "site": ("website", "organization", "corporation", "newsmediaorganization"),
    "media": ("video", "video.other", "videoobject", "music", "profile", "profilepage", "person", "podcastepisode"),
}  # fmt: skip

HASH_MASK = 0x7FFFFFFF
HASH_FACTOR = 1000003


def name_hash(name: str | bytes) -> int:
    """The kernels' 31-bit hash of a lower-case name."""
    h = NO_HASH
    for c in name.encode() if isinstance(name, str) else name:
        h = ((h ^ c) * HASH_FACTOR) & HASH_MASK
    return h


def hash_table(values: Mapping[int, int], size: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """An open-addressed table: slots of hashes (-1 for empty) and slots of values.

    Raises: ValueError when the table would be more than half full, which makes searches long.
    """
    if 2 * len(values) > size:
        raise ValueError(f"{len(values)} names do not fit a table of {size}")
    keys = np.full(size, -1, np.int32)
    found = np.zeros(size, np.int32)
    for h, value in values.items():
        slot = (h >> 7) & (size - 1)
        while keys[slot] != -1:
            slot = (slot + 1) & (size - 1)
        keys[slot], found[slot] = h, value
    return keys, found


def _unique(values: Mapping[str, int]) -> dict[int, int]:
    """Hash -> value; two names with one hash would be one name."""
    found = {name_hash(name): value for name, value in values.items()}
    if len(found) != len(values):
        raise ValueError("two names share a hash: change HASH_FACTOR")
    return found


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the kernels look up.

    Shapes: `*_keys`, `*_values` are hash tables (a power of two long); `tag_flags` and `tag_landmark` have a row
    per tag number; `entity_text` holds the UTF-8 of all named characters, `entity_values` packs start * 8 + length.
    """

    tag_keys: NDArray[np.int32]
    tag_values: NDArray[np.int32]
    tag_flags: NDArray[np.int32]
    tag_landmark: NDArray[np.uint8]
    attr_keys: NDArray[np.int32]
    attr_values: NDArray[np.int32]
    word_keys: NDArray[np.int32]
    word_values: NDArray[np.int32]
    role_keys: NDArray[np.int32]
    role_values: NDArray[np.int32]
    entity_keys: NDArray[np.int32]
    entity_values: NDArray[np.int32]
    entity_text: NDArray[np.uint8]
    windows_1252: NDArray[np.int32]


# Classes as `sr-only`, `visually-hidden`, `hidden-visually` and `screen-reader-text`: words of them that say enough.
_ALOUD = {
    "sr": ALOUD, "visually": ALOUD, "visuallyhidden": ALOUD, "screenreader": ALOUD, "screen": SCREEN, "reader": READER,
}  # fmt: skip


def _word_bits() -> dict[str, int]:
    bits = dict(_ALOUD)
    for kind, words in enumerate(_KINDS.values()):
        for word in words.split():
            bits[word] = bits.get(word, 0) | 1 << kind
    return bits


def _entities() -> tuple[dict[str, int], NDArray[np.uint8]]:
    text, values = bytearray(), {}
    for name, characters in html5.items():
        raw = characters.encode()
        values[name] = len(text) * 8 + len(raw)
        text += raw
    return values, np.frombuffer(bytes(text), np.uint8)


def _windows_1252() -> NDArray[np.int32]:
    """What browsers show for &#128; to &#159;, as code points: the number itself where the encoding has none."""
    shown = [bytes([byte]).decode("cp1252", "ignore") for byte in range(128, 160)]
    return np.array([ord(one) if one else byte for byte, one in enumerate(shown, 128)], np.int32)


@cache
def tables() -> Tables:
    """The tables, built once per process."""
    flags = np.zeros(N_TAGS, np.int32)
    flags[: len(_TAGS)] = [f for _, f in _TAGS]
    flags[CUSTOM] = BLOCK
    landmark = np.zeros(N_TAGS, np.uint8)
    for tag, name in _LANDMARK_TAGS.items():
        landmark[TAG[tag]] = LANDMARKS.index(name)
    entities, text = _entities()
    made = {
        "tag": hash_table(_unique({n: i for n, i in TAG.items() if i}), 512),
        "attr": hash_table(_unique({n: i for i, n in enumerate(ATTRIBUTES) if i}), 128),
        "word": hash_table(_unique(_word_bits()), 2048),
        "role": hash_table(_unique({n: LANDMARKS.index(v) for n, v in _ROLES.items()}), 64),
        "entity": hash_table(_unique(entities), 8192),
    }
    return Tables(
        tag_flags=flags,
        tag_landmark=landmark,
        entity_text=text,
        windows_1252=_windows_1252(),
        **{f"{k}_keys": v[0] for k, v in made.items()},
        **{f"{k}_values": v[1] for k, v in made.items()},
    )
