# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Open elements: what a start tag opens and closes by implication, what an end tag closes, and how both part the text.

A light form of the tree construction of the HTML standard: implied end tags, scopes, tables, forms, foreign content and
hidden elements are followed; elements are rows of arrays. Each open element remembers the open element of its tag and
of each scope below it, so that every end tag finds its element in constant time: there is no search through the stack,
no recursion, and time grows with the bytes alone.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
Source: https://html.spec.whatwg.org/multipage/parsing.html
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.attributes.kernel import Attributes, Nodes, add_node, has
    from cython.cimports.bilingual.formats.markup.constants import (
        A_HREF,
        A_STYLE,
        ALOUD,
        BLOCK,
        BOX,
        BOXED,
        BUTTON,
        CELL,
        CLOSES_P,
        FORMATTING,
        HEADING,
        HIDDEN,
        M_BLOCK,
        PRE,
        RAW,
        READER,
        S_PRE,
        S_VISIBLE,
        SCOPE,
        SCREEN,
        SEAM,
        SPACE,
        SPECIAL,
        STACK,
        T_A,
        T_ADDRESS,
        T_BODY,
        T_BR,
        T_BUTTON,
        T_CAPTION,
        T_CODE,
        T_DD,
        T_DIALOG,
        T_DIV,
        T_DT,
        T_FORM,
        T_H1,
        T_H6,
        T_HEAD,
        T_HTML,
        T_LI,
        T_MATH,
        T_NOSCRIPT,
        T_OL,
        T_OPTGROUP,
        T_OPTION,
        T_P,
        T_SPAN,
        T_SVG,
        T_TABLE,
        T_TBODY,
        T_TD,
        T_TEMPLATE,
        T_TFOOT,
        T_TH,
        T_THEAD,
        T_TIME,
        T_TR,
        T_UL,
        TAB,
        TABLE_PART,
        UNVEILED,
        VEILED,
        VOID,
    )
    from cython.cimports.bilingual.formats.markup.lines.kernel import Lines, end_line, gap
    from cython.cimports.bilingual.formats.markup.styles.kernel import shown_as, style_of
else:
    from bilingual.formats.markup.attributes.kernel import *  # noqa: F403  (the names above)
    from bilingual.formats.markup.constants import *  # noqa: F403
    from bilingual.formats.markup.lines.kernel import *  # noqa: F403
    from bilingual.formats.markup.styles.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Elements:
    """The open elements, from the outermost to the innermost.

    `last_*` is the one that was opened last, of each tag or of each kind of scope; `st_same`, `st_scope` and so on are
    those before it.
    """

    def __init__(self, lines: Lines, attributes: Attributes, nodes: Nodes, arrays, show):
        self.lines = lines
        self.attributes = attributes
        self.nodes = nodes
        self.show = show  # 1: <noscript> too, 2: hidden elements too, 4: shadow trees too
        self.st_tag = arrays["st_tag"]
        self.st_node = arrays["st_node"]
        self.st_flags = arrays["st_flags"]
        self.st_dead = arrays["st_dead"]
        self.st_same = arrays["st_same"]
        self.st_scope = arrays["st_scope"]
        self.st_button = arrays["st_button"]
        self.st_list = arrays["st_list"]
        self.st_table = arrays["st_table"]
        self.st_special = arrays["st_special"]
        self.st_block = arrays["st_block"]
        self.st_hidden = arrays["st_hidden"]
        self.last_open = arrays["last_open"]
        self.last_scope = self.last_button = self.last_list = -1
        self.last_table = self.last_special = self.last_block = -1
        self.top = self.over = self.form_open = 0
        self.hidden_at = self.foreign_at = self.link_at = self.seam_at = -1
        self.seam_shape = self.seam_out = 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def innermost(elements: Elements) -> cython.int:
    """The row of the element that what follows stands in; that of the page where none is open."""
    return elements.st_node[elements.top - 1] if elements.top > 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _push(elements: Elements, tag: cython.int, node: cython.int, flags: cython.int) -> cython.void:
    p: cython.int = elements.top
    elements.st_tag[p] = tag
    elements.st_node[p] = node
    elements.st_flags[p] = flags
    elements.st_dead[p] = 0
    elements.st_same[p] = elements.last_open[tag]
    elements.st_scope[p] = elements.last_scope
    elements.st_button[p] = elements.last_button
    elements.st_list[p] = elements.last_list
    elements.st_table[p] = elements.last_table
    elements.st_special[p] = elements.last_special
    elements.st_block[p] = elements.last_block
    elements.last_open[tag] = p
    if flags & SPECIAL:
        elements.last_block = p
        if tag != T_DIV and tag != T_P and tag != T_ADDRESS:
            elements.last_special = p
        if tag == T_BUTTON:
            elements.last_button = p
        elif tag == T_UL or tag == T_OL:
            elements.last_list = p
        elif tag == T_TABLE or tag == T_TEMPLATE:
            elements.last_table = p
    if flags & SCOPE:
        elements.last_scope = p
        elements.last_button = p
        elements.last_list = p
        elements.last_block = p
    elements.top = p + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _pop(elements: Elements) -> cython.void:
    p: cython.int = elements.top - 1
    flags: cython.int = elements.st_flags[p]
    tag: cython.int = elements.st_tag[p]
    elements.last_open[tag] = elements.st_same[p]
    elements.last_scope = elements.st_scope[p]
    elements.last_button = elements.st_button[p]
    elements.last_list = elements.st_list[p]
    elements.last_table = elements.st_table[p]
    elements.last_special = elements.st_special[p]
    elements.last_block = elements.st_block[p]
    elements.top = p
    if tag == T_FORM:
        elements.form_open = 0
    if elements.foreign_at == p:
        elements.foreign_at = -1
    if elements.hidden_at >= 0:
        if elements.hidden_at != p:
            return
        elements.hidden_at = elements.st_hidden[p]
        if elements.hidden_at >= 0 or flags & BOXED == 0:
            return
    if flags & BLOCK:
        end_line(elements.lines)
    elif flags & (CELL | BUTTON):
        gap(elements.lines, TAB)
    elif flags & BOXED:
        gap(elements.lines, BOX)
    if tag == T_A:
        elements.lines.after_link = 1
    if elements.lines.pre_at == p:
        elements.lines.pre_at = -1
    if elements.link_at == p:
        elements.link_at = elements.lines.link_node = -1
    elements.seam_at = -1
    if flags & (BLOCK | CELL | BUTTON | BOXED) == 0 and _may_have_a_seam(tag):
        elements.seam_at = p
        elements.seam_shape = elements.nodes.node_shape[elements.st_node[p]]
        elements.seam_out = elements.lines.o
    if flags & UNVEILED:
        elements.hidden_at = elements.st_hidden[p]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _may_have_a_seam(tag: cython.int) -> cython.int:
    """Whether it is an element that style sheets part from others beside it, and that seldom holds part of a word."""
    return 1 if tag == T_SPAN or tag == T_A or tag == T_TIME else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _seam(elements: Elements, p: cython.int, tag: cython.int) -> cython.void:
    """Where the element that is opened as number `p` touches one of another tag or class: a seam between the two.

    Those of one class may be letters of a word; names in code are coloured so.
    """
    if (
        elements.seam_at == p
        and _may_have_a_seam(tag)
        and elements.seam_out == elements.lines.o
        and elements.seam_shape != elements.nodes.node_shape[elements.st_node[p]]
        and elements.lines.pre_at < 0
        and elements.last_open[T_CODE] < 0
    ):
        gap(elements.lines, SEAM)
    elements.seam_at = -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def pop_to(elements: Elements, pos: cython.int) -> cython.void:
    """Close the open elements down to and with number `pos`, and closed ones left on top."""
    while elements.top > pos:
        _pop(elements)
    while elements.top > 0 and elements.st_dead[elements.top - 1]:
        _pop(elements)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def implied_ends(elements: Elements, tag: cython.int, flags: cython.int) -> cython.int:
    """Close what the start of `tag` closes; 0 when the tag itself is ignored."""
    p: cython.int
    if tag == T_FORM:
        if elements.form_open:
            return 0
        elements.form_open = 1
    if flags & CLOSES_P or tag == T_LI or tag == T_DD or tag == T_DT:
        if tag == T_LI or tag == T_DD or tag == T_DT:
            p = elements.last_special
            if p >= 0 and (elements.st_tag[p] == T_LI) == (tag == T_LI):
                if tag == T_LI or elements.st_tag[p] == T_DD or elements.st_tag[p] == T_DT:
                    pop_to(elements, p)
        p = elements.last_open[T_P]
        if p >= 0 and p > elements.last_button:
            pop_to(elements, p)
        if flags & HEADING and elements.top > 0 and elements.st_flags[elements.top - 1] & HEADING:
            pop_to(elements, elements.top - 1)
    if flags & TABLE_PART:
        if elements.last_table < 0 or elements.st_tag[elements.last_table] != T_TABLE:
            return 0
        _close_table_parts(elements, tag)
    elif tag == T_TABLE:
        if elements.last_table >= 0 and elements.st_tag[elements.last_table] == T_TABLE and _cell_open(elements) < 0:
            pop_to(elements, elements.last_table)
    elif tag == T_A:
        p = elements.last_open[T_A]
        if p >= 0 and p > elements.last_scope:
            _close_formatting(elements, T_A)
    elif tag == T_OPTION or tag == T_OPTGROUP:
        if elements.top > 0 and elements.st_tag[elements.top - 1] == T_OPTION:
            pop_to(elements, elements.top - 1)
        if tag == T_OPTGROUP and elements.top > 0 and elements.st_tag[elements.top - 1] == T_OPTGROUP:
            pop_to(elements, elements.top - 1)
    elif tag == T_BUTTON:
        p = elements.last_open[T_BUTTON]
        if p >= 0 and p > elements.last_scope:
            pop_to(elements, p)
    return 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_table_parts(elements: Elements, tag: cython.int) -> cython.void:
    """What the start of a part of a table ends: cells; then rows; then row groups."""
    p: cython.int = _cell_open(elements)
    if p >= 0:
        pop_to(elements, p)
    if tag == T_TD or tag == T_TH:
        return
    p = elements.last_open[T_TR]
    if p > elements.last_table:
        pop_to(elements, p)
    if tag == T_TR:
        return
    p = elements.last_open[T_TBODY]
    if elements.last_open[T_THEAD] > p:
        p = elements.last_open[T_THEAD]
    if elements.last_open[T_TFOOT] > p:
        p = elements.last_open[T_TFOOT]
    if p > elements.last_table:
        pop_to(elements, p)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cell_open(elements: Elements) -> cython.int:
    """The open cell or caption of the innermost table, or -1."""
    p: cython.int = elements.last_open[T_TD]
    if elements.last_open[T_TH] > p:
        p = elements.last_open[T_TH]
    if elements.last_open[T_CAPTION] > p:
        p = elements.last_open[T_CAPTION]
    return p if p > elements.last_table else -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_formatting(elements: Elements, tag: cython.int) -> cython.void:
    """End an element that may be closed out of order: at once, or when it comes to the top."""
    p: cython.int = elements.last_open[tag]
    if p < 0:
        return
    if p > elements.last_block:
        pop_to(elements, p)
    elif p > elements.last_scope:
        elements.st_dead[p] = 1
        if tag == T_A and elements.link_at == p:
            elements.link_at = elements.lines.link_node = -1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def open_element(elements: Elements, tag: cython.int, flags: cython.int) -> cython.void:
    """Open an element that has content."""
    style: cython.int = 0
    p: cython.int = elements.top
    if (tag == T_SVG or tag == T_MATH) and elements.foreign_at < 0:
        elements.foreign_at = p
    if elements.hidden_at >= 0 and elements.st_flags[elements.hidden_at] & VEILED == 0:
        _push(elements, tag, elements.st_node[p - 1], flags)
        return
    if has(elements.attributes, A_STYLE):
        style = style_of(elements.attributes)
    flags = shown_as(elements.attributes, tag, flags, style, elements.show, elements.foreign_at >= 0)
    if flags & HIDDEN or (elements.hidden_at < 0 and flags & VEILED):
        _hide(elements, tag, flags)
        return
    if elements.hidden_at >= 0:
        if style & S_VISIBLE == 0:
            _push(elements, tag, elements.st_node[p - 1], flags)
            return
        flags |= UNVEILED
        elements.st_hidden[p] = elements.hidden_at
        elements.hidden_at = -1
    if flags & BLOCK:
        end_line(elements.lines)
    elif flags & (CELL | BUTTON) or (tag == T_A and elements.lines.after_link and elements.lines.pend < SPACE):
        gap(elements.lines, TAB)
    elif flags & BOXED:
        gap(elements.lines, BOX)
    _push(elements, tag, add_node(elements.nodes, elements.attributes, tag, innermost(elements)), flags)
    if elements.seam_at >= 0:
        _seam(elements, p, tag)
    if _is_aloud(elements.nodes.node_kinds[elements.st_node[p]]):
        gap(elements.lines, BOX)
        elements.st_flags[p] |= BOXED
    if flags & (BLOCK | CELL | BUTTON):
        elements.nodes.node_marks[elements.st_node[p]] |= M_BLOCK
    if flags & PRE or style & S_PRE:
        if elements.lines.pre_at < 0:
            elements.lines.pre_at = p
    if tag == T_A and has(elements.attributes, A_HREF):
        elements.link_at = p
        elements.lines.link_node = elements.st_node[p]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_aloud(kinds: cython.int) -> cython.int:
    """Whether an element is read aloud and not shown, by its classes: style sheets put it aside, out of the line."""
    return 1 if kinds & ALOUD or kinds & (SCREEN | READER) == SCREEN | READER else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hide(elements: Elements, tag: cython.int, flags: cython.int) -> cython.void:
    """Open an element whose content is not shown: it parts its neighbours where it takes place."""
    p: cython.int = elements.top
    if flags & HIDDEN == 0:
        flags |= BOXED
    if flags & BOXED:
        if flags & BLOCK:
            end_line(elements.lines)
        else:
            gap(elements.lines, BOX)
    _push(elements, tag, innermost(elements), flags)
    elements.st_hidden[p] = elements.hidden_at
    elements.hidden_at = p


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def open_leaf(elements: Elements, tag: cython.int) -> cython.void:
    if elements.top < STACK:
        _push(elements, tag, add_node(elements.nodes, elements.attributes, tag, innermost(elements)), 0)
    else:
        elements.over += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def close_leaf(elements: Elements) -> cython.void:
    if elements.over > 0:
        elements.over -= 1
    else:
        _pop(elements)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def close_element(elements: Elements, tag: cython.int, flags: cython.int) -> cython.void:
    """Close the element that an end tag ends, if one is open and in scope."""
    p: cython.int = elements.last_open[tag]
    if tag == T_NOSCRIPT and elements.show & 1:
        flags = BLOCK
    if flags & (VOID | RAW) or tag == T_HTML or tag == T_BODY or tag == T_HEAD:
        if tag == T_BR and elements.hidden_at < 0:
            end_line(elements.lines)
        return
    if elements.over > 0:
        elements.over -= 1
        if flags & BLOCK and elements.hidden_at < 0:
            end_line(elements.lines)
        return
    if tag == T_P:
        if p >= 0 and p > elements.last_button:
            pop_to(elements, p)
        elif elements.hidden_at < 0:
            end_line(elements.lines)
    elif flags & FORMATTING:
        _close_formatting(elements, tag)
    elif tag == T_LI:
        if p >= 0 and p > elements.last_list:
            pop_to(elements, p)
    elif flags & HEADING:
        _close_heading(elements)
    elif tag == T_FORM:
        if p >= 0 and p > elements.last_scope:
            _close_form(elements, p)
    elif flags & TABLE_PART:
        if p > elements.last_table:
            pop_to(elements, p)
    elif tag == T_TABLE:
        if elements.last_table >= 0 and elements.st_tag[elements.last_table] == T_TABLE:
            pop_to(elements, elements.last_table)
    elif tag == T_TEMPLATE:
        if p >= 0:
            pop_to(elements, p)
    elif flags & SCOPE:
        if p >= 0 and p >= elements.last_scope:
            pop_to(elements, p)
    elif flags & SPECIAL or tag == T_DIALOG:
        if p >= 0 and p > elements.last_scope:
            pop_to(elements, p)
    elif p >= 0 and p > elements.last_block:
        pop_to(elements, p)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_form(elements: Elements, p: cython.int) -> cython.void:
    """A form's end tag ends a paragraph right inside it, and leaves open what else is."""
    if elements.last_open[T_P] == elements.top - 1:
        pop_to(elements, elements.top - 1)
    if p == elements.top - 1:
        pop_to(elements, p)
    else:
        elements.st_dead[p] = 1
    elements.form_open = 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _close_heading(elements: Elements) -> cython.void:
    """Any heading's end tag ends any open heading."""
    tag: cython.int
    p: cython.int = -1
    for tag in range(T_H1, T_H6 + 1):
        if elements.last_open[tag] > p:
            p = elements.last_open[tag]
    if p >= 0 and p > elements.last_scope:
        pop_to(elements, p)
