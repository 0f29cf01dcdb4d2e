# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""How an element is shown, by its attributes and its inline style: hidden, veiled, as a block, in the line.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.attributes.kernel import Attributes, begins, has
    from cython.cimports.bilingual.formats.markup.characters import hash_step, is_digit, small
    from cython.cimports.bilingual.formats.markup.constants import (
        A_HIDDEN,
        A_ID,
        A_OPEN,
        A_POPOVER,
        A_SHADOWROOTMODE,
        A_STYLE,
        A_X,
        BLOCK,
        BOXED,
        HIDDEN,
        NO_HASH,
        S_AWAY,
        S_BLOCK,
        S_COLLAPSED,
        S_DISPLAY,
        S_INLINE,
        S_INLINE_BLOCK,
        S_LOOSE,
        S_NONE,
        S_PRE,
        S_VEILED,
        S_VISIBILITY,
        S_VISIBLE,
        S_WHITE_SPACE,
        T_ANNOTATION,
        T_DESC,
        T_DIALOG,
        T_TEMPLATE,
        T_TEXT,
        T_TSPAN,
        VEILED,
    )
else:
    from bilingual.formats.markup.attributes.kernel import *  # noqa: F403  (the names above)
    from bilingual.formats.markup.characters import *  # noqa: F403
    from bilingual.formats.markup.constants import *  # noqa: F403

COMPILED = cython.compiled

# Hashes of the words that are looked for in inline styles.
H_DISPLAY = cython.declare("int", 1762406591)  # display
H_NONE = cython.declare("int", 342780409)  # none
H_BLOCK = cython.declare("int", 173923656)  # block
H_FLEX = cython.declare("int", 84596128)  # flex
H_GRID = cython.declare("int", 149620651)  # grid
H_TABLE = cython.declare("int", 1485241177)  # table
H_LIST_ITEM = cython.declare("int", 1453437861)  # list-item
H_FLOW_ROOT = cython.declare("int", 824377662)  # flow-root
H__WEBKIT_BOX = cython.declare("int", 522584612)  # -webkit-box
H__WEBKIT_FLEX = cython.declare("int", 97425188)  # -webkit-flex
H_INLINE = cython.declare("int", 1280737102)  # inline
H_CONTENTS = cython.declare("int", 1517990777)  # contents
H_INITIAL = cython.declare("int", 1499834821)  # initial
H_UNSET = cython.declare("int", 1108579896)  # unset
H_INLINE_BLOCK = cython.declare("int", 1063152782)  # inline-block
H_INLINE_FLEX = cython.declare("int", 333575710)  # inline-flex
H_INLINE_GRID = cython.declare("int", 1469519573)  # inline-grid
H_INLINE_TABLE = cython.declare("int", 421611811)  # inline-table
H_VISIBILITY = cython.declare("int", 2125990707)  # visibility
H_VISIBLE = cython.declare("int", 535739995)  # visible
H_HIDDEN = cython.declare("int", 503677271)  # hidden
H_COLLAPSE = cython.declare("int", 1446949932)  # collapse
H_WHITE_SPACE = cython.declare("int", 2068567811)  # white-space
H_NORMAL = cython.declare("int", 2000457040)  # normal
H_NOWRAP = cython.declare("int", 1776169064)  # nowrap
H_PRE = cython.declare("int", 1165404896)  # pre
H_PRE_WRAP = cython.declare("int", 1198357583)  # pre-wrap
H_PRE_LINE = cython.declare("int", 1273678613)  # pre-line
H_LEFT = cython.declare("int", 1800686590)  # left
H_RIGHT = cython.declare("int", 1192241667)  # right
H_TOP = cython.declare("int", 2127219766)  # top
H_POSITION = cython.declare("int", 1762571908)  # position
H_ABSOLUTE = cython.declare("int", 1719573162)  # absolute
H_FIXED = cython.declare("int", 1044372771)  # fixed


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def style_of(attributes: Attributes) -> cython.int:
    """What an inline style says, as bits S_*: of two declarations the last counts, or the last important one."""
    s: cython.Py_ssize_t = attributes.at_s[A_STYLE]
    e: cython.Py_ssize_t = attributes.at_e[A_STYLE]
    prop: cython.longlong
    found: cython.int = 0
    fixed: cython.int = 0
    said: cython.int
    group: cython.int
    important: cython.int
    far: cython.int
    while s < e:
        s = _style_word(attributes, s, e)
        prop = attributes.word
        said = important = 0
        if s < e and attributes.src[s] == ord(":"):
            far = 0
            if prop == H_LEFT or prop == H_RIGHT or prop == H_TOP:
                far = _is_far(attributes, s + 1, e)
            s = _style_word(attributes, s + 1, e)
            said = S_AWAY if far else _said(prop, attributes.word)
        while s < e and attributes.src[s] != ord(";"):
            if attributes.src[s] == ord("!"):
                important = 1
            s = _style_gap(attributes, s + 1, e)
        s += 1
        group = S_DISPLAY
        if said & (S_AWAY | S_LOOSE):
            group = said
        elif said & S_DISPLAY == 0:
            group = S_VISIBILITY if said & S_VISIBILITY else S_WHITE_SPACE
        if said and (important or fixed & group == 0):
            found = (found & ~group) | said
            if important:
                fixed |= group
    return found


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _style_gap(attributes: Attributes, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The place after blanks and comments at s."""
    src: cython.const[cython.uchar][::1] = attributes.src
    while s < e:
        if src[s] == ord("/") and s + 1 < e and src[s + 1] == ord("*"):
            s += 2
            while s < e and not (src[s] == ord("*") and s + 1 < e and src[s + 1] == ord("/")):
                s += 1
            s = s + 2 if s < e else e
        elif src[s] <= ord(" "):
            s += 1
        else:
            break
    return s


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _style_word(attributes: Attributes, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Read a word of an inline style to the place of what follows it; its hash goes to `attributes.word`."""
    h: cython.longlong = NO_HASH
    c: cython.int
    s = _style_gap(attributes, s, e)
    while s < e:
        c = attributes.src[s]
        if c <= ord(" ") or c == ord(";") or c == ord(":") or c == ord("!"):
            break
        if c == ord("/") and s + 1 < e and attributes.src[s + 1] == ord("*"):
            break
        h = hash_step(h, small(c))
        s += 1
    attributes.word = h
    return _style_gap(attributes, s, e)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _is_far(attributes: Attributes, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.int:
    """Whether the length at s is beyond the edge of any screen, as text for search engines alone is put (-9999px,
    -999em); slides that wait for their turn are nearer."""
    src: cython.const[cython.uchar][::1] = attributes.src
    size: cython.int = 0
    s = _style_gap(attributes, s, e)
    if s >= e or src[s] != ord("-"):
        return 0
    s += 1
    while s < e and is_digit(src[s]):
        size = size * 10 + src[s] - ord("0") if size < 100000 else size
        s += 1
    if s < e and small(src[s]) == ord("p"):
        return 1 if size >= 3000 else 0
    return 1 if s < e and (small(src[s]) == ord("e") or small(src[s]) == ord("r")) and size >= 100 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _said(prop: cython.longlong, h: cython.longlong) -> cython.int:
    """What a declaration says, as one of the bits S_*; 0 for what shows no difference here or is no value."""
    if prop == H_DISPLAY:
        if h == H_NONE:
            return S_NONE
        if h == H_BLOCK or h == H_FLEX or h == H_GRID or h == H_TABLE or h == H_LIST_ITEM:
            return S_BLOCK
        if h == H_FLOW_ROOT or h == H__WEBKIT_BOX or h == H__WEBKIT_FLEX:
            return S_BLOCK
        if h == H_INLINE or h == H_CONTENTS or h == H_INITIAL or h == H_UNSET:
            return S_INLINE
        if h == H_INLINE_BLOCK or h == H_INLINE_FLEX or h == H_INLINE_GRID or h == H_INLINE_TABLE:
            return S_INLINE_BLOCK
    elif prop == H_VISIBILITY:
        if h == H_HIDDEN or h == H_COLLAPSE:
            return S_VEILED
        if h == H_VISIBLE or h == H_INITIAL:
            return S_VISIBLE
    elif prop == H_POSITION:
        return S_LOOSE if h == H_ABSOLUTE or h == H_FIXED else 0
    elif prop == H_WHITE_SPACE:
        if h == H_PRE or h == H_PRE_WRAP or h == H_PRE_LINE:
            return S_PRE
        if h == H_NORMAL or h == H_NOWRAP or h == H_INITIAL:
            return S_COLLAPSED
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def shown_as(
    attributes: Attributes,
    tag: cython.int,
    flags: cython.int,
    style: cython.int,
    show: cython.int,
    is_foreign: cython.bint,
) -> cython.int:
    """The flags of an element with what its attributes and its inline style say of how it is shown.

    `show` & 2: hidden ones are shown, & 4: shadow trees; `is_foreign`: it stands in <svg> or <math>.
    """
    if T_DESC <= tag <= T_ANNOTATION and not is_foreign:  # a name without meaning
        flags &= ~HIDDEN
    elif tag == T_TEMPLATE and show & 4 and has(attributes, A_SHADOWROOTMODE):
        flags = (flags & ~HIDDEN) | BLOCK
    if show & 2 == 0:
        # hidden=until-found is found by readers; a script shows <div hidden id="S:1">, a streamed part of the page
        if has(attributes, A_HIDDEN):
            if not begins(attributes, A_HIDDEN, 117, 110) and not begins(attributes, A_ID, 115, 58):
                flags = (flags | HIDDEN) & ~BOXED
        if style & S_NONE or style & (S_AWAY | S_LOOSE) == S_AWAY | S_LOOSE or has(attributes, A_POPOVER) or (tag == T_DIALOG and not has(attributes, A_OPEN)):
            flags = (flags | HIDDEN) & ~BOXED
        if style & S_VEILED:
            flags |= VEILED
    if (style & S_INLINE_BLOCK and flags & BLOCK) or (tag == T_TSPAN and has(attributes, A_X)):
        flags |= BOXED
    if style & (S_INLINE | S_INLINE_BLOCK):
        flags &= ~BLOCK
    if style & S_BLOCK or (tag == T_TEXT and is_foreign):
        flags |= BLOCK
    return flags


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def takes_place(attributes: Attributes) -> cython.int:
    """Whether the attributes read last leave a box of an element without content of its own."""
    if has(attributes, A_HIDDEN):
        return 0
    return 0 if has(attributes, A_STYLE) and style_of(attributes) & S_NONE else 1
