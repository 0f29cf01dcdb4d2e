# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""HTML bytes -> lines of visible text, each with its place in the source and its elements, in one pass.

`Parser` is the tokenizer of the HTML standard: tags, comments, declarations, raw text. What stands between them goes to
`lines`, what they open and close to `elements`.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
Source: https://html.spec.whatwg.org/multipage/parsing.html
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.attributes.kernel import (
        Attributes,
        Nodes,
        begins,
        has,
        lang_of,
        note,
        note_meta,
        read_attributes,
    )
    from cython.cimports.bilingual.formats.markup.characters import find, hash_step, is_letter, opens, small
    from cython.cimports.bilingual.formats.markup.constants import (
        A_ALT,
        A_ARIA_LABEL,
        A_CHARSET,
        A_CONTENT,
        A_DIR,
        A_HIDDEN,
        A_HREF,
        A_HTTP_EQUIV,
        A_ITEMTYPE,
        A_LANG,
        A_NAME,
        A_PLACEHOLDER,
        A_PROPERTY,
        A_REL,
        A_STYLE,
        A_TITLE,
        A_TYPE,
        A_VALUE,
        BLOCK,
        BOX,
        BOXED,
        BREAKOUT,
        CLOSES_P,
        CUSTOM,
        MARKED,
        N_KNOWN,
        NO_HASH,
        PRE,
        RAW,
        S_VEILED,
        STACK,
        T_BODY,
        T_BR,
        T_FRAMESET,
        T_HEAD,
        T_HTML,
        T_IMAGE,
        T_IMG,
        T_INPUT,
        T_LINK,
        T_MATH,
        T_META,
        T_NOSCRIPT,
        T_PLAINTEXT,
        T_SCRIPT,
        T_SVG,
        T_TEXTAREA,
        T_TITLE,
        T_XMP,
        TAB,
        VALUE,
        VERBATIM,
        VOID,
    )
    from cython.cimports.bilingual.formats.markup.elements.kernel import (
        Elements,
        close_element,
        close_leaf,
        implied_ends,
        innermost,
        open_element,
        open_leaf,
        pop_to,
    )
    from cython.cimports.bilingual.formats.markup.lines.kernel import Lines, copy_text, end_line, gap
    from cython.cimports.bilingual.formats.markup.styles.kernel import style_of, takes_place
else:
    from bilingual.formats.markup.attributes.kernel import *  # noqa: F403  (the names above)
    from bilingual.formats.markup.characters import *  # noqa: F403
    from bilingual.formats.markup.constants import *  # noqa: F403
    from bilingual.formats.markup.elements.kernel import *  # noqa: F403
    from bilingual.formats.markup.lines.kernel import *  # noqa: F403
    from bilingual.formats.markup.styles.kernel import *  # noqa: F403

COMPILED = cython.compiled

MAX_NODES = cython.declare("int", 4000000)  # further elements share the last row


@cython.final
@cython.cclass
class Parser:
    """The state of one parse. `run` stops when an array is full; `grow` the arrays and run on."""

    lines: Lines
    attributes: Attributes
    nodes: Nodes
    elements: Elements
    src: cython.const[cython.uchar][::1]
    n: cython.Py_ssize_t
    pos: cython.Py_ssize_t
    # look-up tables
    tag_keys: cython.const[cython.int][::1]
    tag_values: cython.const[cython.int][::1]
    tag_flags: cython.const[cython.int][::1]
    # the tag being read
    tag: cython.int
    # where the text without markup that is being read ends, and how long the mark of its end is
    verbatim_end: cython.Py_ssize_t
    end_mark: cython.int
    # what the page says of itself
    title_s: cython.int
    title_e: cython.int

    def __init__(self, src, tables, arrays, out, show):
        self.lines = Lines(src, tables, arrays, out)
        self.attributes = Attributes(src, tables, arrays)
        self.nodes = Nodes(tables, arrays)
        self.elements = Elements(self.lines, self.attributes, self.nodes, arrays, show)
        self.src = src
        self.n = len(src)
        self.tag_keys = tables["tag_keys"]
        self.tag_values = tables["tag_values"]
        self.tag_flags = tables["tag_flags"]
        self.pos = self.verbatim_end = self.end_mark = 0
        self.title_s = self.title_e = -1

    def grow(self, arrays):
        """Go on in larger arrays that start with the rows made so far."""
        self.lines.grow(arrays)
        self.attributes.grow(arrays)
        self.nodes.grow(arrays)

    def run(self):
        """Read on; 1 when the page is read, 0 when an array is full."""
        done: cython.int
        with cython.nogil:
            done = _read(self)
        return done

    def result(self):
        """Counts: bytes of text, lines, text runs, elements, attributes, meta rows, title range."""
        return (
            self.lines.o,
            self.lines.n_line,
            self.lines.n_seg,
            self.nodes.n_node,
            self.attributes.n_attr,
            self.attributes.n_meta,
            self.title_s,
            self.title_e,
        )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _read(parser: Parser) -> cython.int:
    i: cython.Py_ssize_t = parser.pos
    c: cython.int
    while i < parser.n:
        if parser.lines.n_seg + 2 >= parser.lines.seg_cap or parser.attributes.n_attr + 8 >= parser.attributes.attr_cap:
            parser.pos = i
            return 0
        if parser.nodes.n_node + 2 >= parser.nodes.node_cap and parser.nodes.node_cap < MAX_NODES:
            parser.pos = i
            return 0
        if i < parser.verbatim_end:
            i = copy_text(parser.lines, i, parser.verbatim_end, VERBATIM, innermost(parser.elements))
            if i >= parser.verbatim_end:
                i = parser.verbatim_end + parser.end_mark if parser.verbatim_end < parser.n else parser.n
        elif parser.src[i] == ord("<") and opens(parser.src, parser.n, i):
            c = parser.src[i + 1]
            if c == ord("/"):
                i = _end_tag(parser, i + 2)
            elif c == ord("!"):
                i = _declaration(parser, i + 2)
            elif c == ord("?"):
                i = _skip_to(parser, i + 2, 62)
            else:
                i = _start_tag(parser, i + 1)
        elif parser.elements.hidden_at >= 0:
            i = _skip_text(parser, i + 1)
        else:
            i = copy_text(parser.lines, i, parser.n, MARKED, innermost(parser.elements))
    end_line(parser.lines)
    parser.pos = i
    return 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _skip_text(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    while i < parser.n:
        if parser.src[i] == ord("<") and opens(parser.src, parser.n, i):
            return i
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _skip_to(parser: Parser, i: cython.Py_ssize_t, c: cython.int) -> cython.Py_ssize_t:
    """Just after the next byte c, or the end."""
    while i < parser.n:
        if parser.src[i] == c:
            return i + 1
        i += 1
    return parser.n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _start_tag(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    tag: cython.int
    flags: cython.int
    closed: cython.int = 0
    name: cython.Py_ssize_t = i
    i = _tag_name(parser, i)
    tag = parser.tag
    i = read_attributes(parser.attributes, i)
    if i == 0:
        return parser.n
    if i < 0:
        i = -i
        closed = 1
    flags = parser.tag_flags[tag]
    if parser.elements.foreign_at >= 0:
        if flags & BREAKOUT and parser.elements.last_scope < parser.elements.foreign_at:
            pop_to(parser.elements, parser.elements.foreign_at)
        elif closed:
            return i
    elif closed and (tag == T_SVG or tag == T_MATH):
        return i
    if flags & RAW:
        if tag != T_NOSCRIPT or parser.elements.show & 1 == 0:
            return _raw(parser, i, tag, name)
        flags = BLOCK
    if flags & VOID:
        _void(parser, tag)
        return i
    if tag == T_HTML or tag == T_BODY or tag == T_HEAD or tag == T_FRAMESET:
        _page(parser, tag)
        return i
    if parser.elements.over > 0 or parser.elements.top >= STACK:
        parser.elements.over += 1
        if flags & BLOCK and parser.elements.hidden_at < 0:
            end_line(parser.lines)
        return i
    if implied_ends(parser.elements, tag, flags):
        open_element(parser.elements, tag, flags)
        if flags & PRE:
            if i < parser.n and parser.src[i] == ord("\n"):
                i += 1
            if (tag == T_XMP or tag == T_PLAINTEXT) and parser.elements.foreign_at < 0:
                return _verbatim(parser, i, parser.n if tag == T_PLAINTEXT else _raw_end(parser, i, name, 3), 0)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _tag_name(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Read a tag's name from i to just after it; its number goes to `parser.tag`."""
    h: cython.longlong = NO_HASH
    c: cython.int
    has_dash: cython.bint = False
    while i < parser.n:
        c = parser.src[i]
        if c == ord(">") or c <= ord(" ") or c == ord("/"):
            break
        if c == ord("-"):
            has_dash = True
        h = hash_step(h, small(c))
        i += 1
    parser.tag = find(parser.tag_keys, parser.tag_values, h, 511)
    if parser.tag < 0:
        parser.tag = CUSTOM if has_dash else N_KNOWN + cython.cast(cython.int, h % 100)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _page(parser: Parser, tag: cython.int) -> cython.void:
    """<html> and <body> describe the page."""
    if parser.elements.hidden_at >= 0:
        return
    if tag == T_BODY:
        end_line(parser.lines)
    if has(parser.attributes, A_ITEMTYPE):
        note_meta(parser.attributes, A_ITEMTYPE, A_ITEMTYPE)
    if has(parser.attributes, A_LANG) or has(parser.attributes, A_DIR):
        if parser.nodes.node_lang[0] == 0:
            parser.nodes.node_lang[0] = cython.cast(cython.uchar, lang_of(parser.attributes))
        if tag == T_HTML and has(parser.attributes, A_LANG):
            note_meta(parser.attributes, A_LANG, A_LANG)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _void(parser: Parser, tag: cython.int) -> cython.void:
    """Elements without content: line ends, buttons, and what the head says."""
    if tag == T_META:
        if has(parser.attributes, A_CHARSET):
            note_meta(parser.attributes, A_CHARSET, A_CHARSET)
        elif has(parser.attributes, A_CONTENT):
            if has(parser.attributes, A_PROPERTY):
                note_meta(parser.attributes, A_PROPERTY, A_CONTENT)
            elif has(parser.attributes, A_NAME):
                note_meta(parser.attributes, A_NAME, A_CONTENT)
            elif has(parser.attributes, A_HTTP_EQUIV):
                note_meta(parser.attributes, A_HTTP_EQUIV, A_CONTENT)
        return
    if tag == T_LINK:
        if begins(parser.attributes, A_REL, ord("c"), ord("a")) and has(parser.attributes, A_HREF):  # canonical
            note_meta(parser.attributes, A_REL, A_HREF)
        return
    if parser.tag_flags[tag] & CLOSES_P:  # it may end a <p> that is hidden
        implied_ends(parser.elements, tag, parser.tag_flags[tag])
    if parser.elements.hidden_at >= 0:
        return
    if parser.tag_flags[tag] & BOXED and takes_place(parser.attributes):
        gap(parser.lines, BOX)
    if tag == T_IMG or tag == T_IMAGE:
        note(parser.attributes, A_ALT)
        note(parser.attributes, A_TITLE)
    elif tag == T_INPUT:
        _input(parser)
    elif parser.tag_flags[tag] & BLOCK or tag == T_BR:
        end_line(parser.lines)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _input(parser: Parser) -> cython.void:
    """The text of a button, a gap for other values: they are what a reader typed."""
    if begins(parser.attributes, A_TYPE, 104, 105) or has(parser.attributes, A_HIDDEN):
        return
    note(parser.attributes, A_PLACEHOLDER)
    note(parser.attributes, A_ARIA_LABEL)
    note(parser.attributes, A_TITLE)
    if not takes_place(parser.attributes):
        return
    gap(parser.lines, TAB)
    if not has(parser.attributes, A_VALUE):
        return
    if (
        begins(parser.attributes, A_TYPE, 115, 117)
        or begins(parser.attributes, A_TYPE, 98, 117)
        or begins(parser.attributes, A_TYPE, 114, 101)
    ):
        if has(parser.attributes, A_STYLE) and style_of(parser.attributes) & S_VEILED:
            return
        note(parser.attributes, A_VALUE)
        open_leaf(parser.elements, T_INPUT)
        copy_text(
            parser.lines,
            parser.attributes.at_s[A_VALUE],
            parser.attributes.at_e[A_VALUE],
            VALUE,
            innermost(parser.elements),
        )
        close_leaf(parser.elements)
        gap(parser.lines, TAB)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _raw(parser: Parser, i: cython.Py_ssize_t, tag: cython.int, name: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Skip the content of an element that is not markup; i is just after its start tag."""
    end: cython.Py_ssize_t
    size: cython.Py_ssize_t = 0
    c: cython.int
    while name + size < parser.n:
        c = parser.src[name + size]
        if c == ord(">") or c <= ord(" ") or c == ord("/"):
            break
        size += 1
    if tag == T_SCRIPT:
        end = _script_end(parser, i, name)
        if (
            has(parser.attributes, A_TYPE)
            and parser.attributes.at_e[A_TYPE] - parser.attributes.at_s[A_TYPE] == 19
            and begins(parser.attributes, A_TYPE, ord("a"), ord("p"))
        ):
            parser.attributes.at_stamp[A_VALUE] = parser.attributes.stamp  # application/ld+json
            parser.attributes.at_s[A_VALUE] = cython.cast(cython.int, i)
            parser.attributes.at_e[A_VALUE] = cython.cast(cython.int, end)
            note_meta(parser.attributes, A_TYPE, A_VALUE)
    else:
        end = _raw_end(parser, i, name, size)
        if tag == T_TITLE and parser.title_s < 0 and parser.elements.foreign_at < 0:
            parser.title_s = cython.cast(cython.int, i)
            parser.title_e = cython.cast(cython.int, end)
        elif tag == T_TEXTAREA and parser.elements.hidden_at < 0:
            note(parser.attributes, A_PLACEHOLDER)
        if parser.tag_flags[tag] & BOXED and parser.elements.hidden_at < 0 and takes_place(parser.attributes):
            gap(parser.lines, TAB if tag == T_TEXTAREA else BOX)
    return _skip_to(parser, end, ord(">"))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _named(parser: Parser, i: cython.Py_ssize_t, name: cython.Py_ssize_t, size: cython.Py_ssize_t) -> cython.int:
    """Whether the name at i is the one at `name`, whatever its case, and ends there."""
    k: cython.Py_ssize_t
    c: cython.int
    if i + size >= parser.n:
        return 0
    for k in range(size):
        if (parser.src[i + k] | 32) != (parser.src[name + k] | 32):
            return 0
    c = parser.src[i + size]
    return 1 if c <= ord(" ") or c == ord("/") or c == ord(">") else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _raw_end(
    parser: Parser, i: cython.Py_ssize_t, name: cython.Py_ssize_t, size: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the end tag of a raw element starts, or the end."""
    src: cython.const[cython.uchar][::1] = parser.src
    n: cython.Py_ssize_t = parser.n
    while i < n:
        if src[i] == ord("<") and i + 1 < n and src[i + 1] == ord("/") and _named(parser, i + 2, name, size):
            return i
        i += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _script_end(parser: Parser, i: cython.Py_ssize_t, name: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where </script> is: inside <!-- a <script> hides the next </script>, until -->."""
    src: cython.const[cython.uchar][::1] = parser.src
    n: cython.Py_ssize_t = parser.n
    escaped: cython.int = 0
    c: cython.int
    while i < n:
        c = src[i]
        if c == ord("<"):
            if i + 1 < n and src[i + 1] == ord("/"):
                if _named(parser, i + 2, name, 6):
                    if escaped < 2:
                        return i
                    escaped = 1
            elif escaped == 1:
                if _named(parser, i + 1, name, 6):
                    escaped = 2
            elif escaped == 0 and i + 3 < n and src[i + 1] == ord("!") and src[i + 2] == ord("-") and src[i + 3] == ord("-"):
                escaped = 1
                i += 2  # the dashes may also be those of -->
                continue
        elif c == ord("-") and escaped and i + 2 < n and src[i + 1] == ord("-") and src[i + 2] == ord(">"):
            escaped = 0
        i += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_tag(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """An end tag whose name starts at i."""
    tag: cython.int
    c: cython.int = parser.src[i]
    if not is_letter(c):
        return _skip_to(parser, i, ord(">"))
    i = _tag_name(parser, i)
    tag = parser.tag
    if i < parser.n and parser.src[i] == ord(">"):
        i += 1
    else:
        i = read_attributes(parser.attributes, i)
        if i == 0:
            return parser.n
        if i < 0:
            i = -i
    close_element(parser.elements, tag, parser.tag_flags[tag])
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _declaration(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """A comment, a document type or CDATA; i is after `<!`."""
    src: cython.const[cython.uchar][::1] = parser.src
    n: cython.Py_ssize_t = parser.n
    if i + 1 < n and src[i] == ord("-") and src[i + 1] == ord("-"):
        i += 2
        if i < n and src[i] == ord(">"):
            return i + 1
        if i + 1 < n and src[i] == ord("-") and src[i + 1] == ord(">"):
            return i + 2
        while i < n:
            if src[i] == ord("-") and i + 2 < n and src[i + 1] == ord("-"):
                if src[i + 2] == ord(">"):
                    return i + 3
                if src[i + 2] == ord("!") and i + 3 < n and src[i + 3] == ord(">"):
                    return i + 4
            i += 1
        return n
    if parser.elements.foreign_at > parser.elements.last_scope and _is_cdata(parser, i):
        return _cdata(parser, i + 7)
    return _skip_to(parser, i, ord(">"))


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_cdata(parser: Parser, i: cython.Py_ssize_t) -> cython.int:
    """Whether `[CDATA[` stands at i."""
    src: cython.const[cython.uchar][::1] = parser.src
    if i + 7 > parser.n or src[i] != ord("[") or src[i + 6] != ord("["):
        return 0
    return 1 if src[i + 1] == ord("C") and src[i + 2] == ord("D") and src[i + 3] == ord("A") and src[i + 4] == ord("T") else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cdata(parser: Parser, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The content of CDATA at i is text up to `]]>`."""
    src: cython.const[cython.uchar][::1] = parser.src
    end: cython.Py_ssize_t = i
    while end < parser.n and not (src[end] == ord("]") and end + 2 < parser.n and src[end + 1] == ord("]") and src[end + 2] == ord(">")):
        end += 1
    return _verbatim(parser, i, end, 3)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _verbatim(
    parser: Parser, i: cython.Py_ssize_t, end: cython.Py_ssize_t, end_mark: cython.int
) -> cython.Py_ssize_t:
    """What stands from i to `end`, where so many bytes mark it, is text without markup, which `_read` reads."""
    if parser.elements.hidden_at >= 0 or end == i:
        return end + end_mark if end < parser.n else parser.n
    parser.verbatim_end = end
    parser.end_mark = end_mark
    return i
