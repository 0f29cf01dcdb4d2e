# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Attributes of a tag: which are there, what their values say of the element, and which are kept for the page.

The place of the value of each known attribute is kept under the stamp of its tag, so that nothing has to be cleared for
the next one.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.formats.markup.characters import find, hash_step, is_digit, is_letter, small
    from cython.cimports.bilingual.formats.markup.constants import (
        A_ARIA_HIDDEN,
        A_ARIA_LABEL,
        A_CLASS,
        A_DATA_COMPONENT,
        A_DATA_TESTID,
        A_DIR,
        A_ID,
        A_ITEMPROP,
        A_ITEMTYPE,
        A_LANG,
        A_REL,
        A_ROLE,
        A_TITLE,
        M_ARIA_HIDDEN,
        NO_HASH,
        T_A,
        T_HTML,
    )
else:
    from bilingual.formats.markup.characters import *  # noqa: F403  (the names above)
    from bilingual.formats.markup.constants import *  # noqa: F403

COMPILED = cython.compiled


@cython.cclass
class Attributes:
    """The attributes of the tag that was read last, and those of the page that are kept."""

    def __init__(self, src, tables, arrays):
        self.src = src
        self.n = len(src)
        self.attr_keys = tables["attr_keys"]
        self.attr_values = tables["attr_values"]
        self.word_keys = tables["word_keys"]
        self.word_values = tables["word_values"]
        self.at_stamp = arrays["at_stamp"]
        self.at_s = arrays["at_s"]
        self.at_e = arrays["at_e"]
        self.stamp = 0
        self.word = 0
        self.meta = arrays["meta"]
        self.n_attr = self.n_meta = 0
        self.grow(arrays)

    def grow(self, arrays):
        """Go on in arrays that start with the rows made so far."""
        self.attr_kind = arrays["attr_kind"]
        self.attr_start = arrays["attr_start"]
        self.attr_end = arrays["attr_end"]
        self.attr_cap = len(arrays["attr_kind"])


@cython.cclass
class Nodes:
    """A row for every element, with what its attributes say; the first is of the page."""

    def __init__(self, tables, arrays):
        self.tag_landmark = tables["tag_landmark"]
        self.role_keys = tables["role_keys"]
        self.role_values = tables["role_values"]
        self.grow(arrays)
        self.node_tag[0] = T_HTML
        self.node_parent[0] = 0
        self.node_kinds[0] = 0
        self.node_landmark[0] = 0
        self.node_marks[0] = 0
        self.node_shape[0] = 0
        self.node_lang[0] = 0
        self.n_node = 1

    def grow(self, arrays):
        """Go on in arrays that start with the rows made so far."""
        self.node_tag = arrays["node_tag"]
        self.node_parent = arrays["node_parent"]
        self.node_kinds = arrays["node_kinds"]
        self.node_landmark = arrays["node_landmark"]
        self.node_marks = arrays["node_marks"]
        self.node_shape = arrays["node_shape"]
        self.node_lang = arrays["node_lang"]
        self.node_cap = len(arrays["node_tag"])


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_attributes(attributes: Attributes, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Read attributes from i to just after `>`; negative when the tag ended in `/>`; 0 when it never ends."""
    src: cython.const[cython.uchar][::1] = attributes.src
    n: cython.Py_ssize_t = attributes.n
    c: cython.int
    attributes.stamp += 1
    while i < n:
        c = src[i]
        if c == ord(">"):
            return i + 1
        if c == ord("/") and i + 1 < n and src[i + 1] == ord(">"):
            return -(i + 2)
        if c == ord("/") or c <= ord(" "):
            i += 1
            continue
        i = _attribute(attributes, src, i)
        if i == 0:
            return 0
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _attribute(attributes: Attributes, src: cython.const[cython.uchar][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Read the attribute whose name begins at i; the place after it, 0 when the page ends in it."""
    n: cython.Py_ssize_t = attributes.n
    h: cython.longlong = NO_HASH
    c: cython.int = src[i]
    attr: cython.int
    while True:
        h = hash_step(h, small(c))
        i += 1
        if i >= n:
            return 0
        c = src[i]
        if c == ord("=") or c == ord(">") or c <= ord(" ") or c == ord("/"):
            break
    attr = find(attributes.attr_keys, attributes.attr_values, h, 127)
    while i < n and src[i] <= ord(" "):
        i += 1
    if i < n and src[i] == ord("="):
        return _value(attributes, src, attr, i + 1)
    _take(attributes, attr, i, i)
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _value(
    attributes: Attributes, src: cython.const[cython.uchar][::1], attr: cython.int, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Read the value of an attribute, after its `=`; the place after it, 0 when the page ends in it."""
    n: cython.Py_ssize_t = attributes.n
    s: cython.Py_ssize_t
    quote: cython.int
    while i < n and src[i] <= ord(" "):
        i += 1
    if i >= n:
        return 0
    quote = src[i]
    if quote == ord('"') or quote == ord("'"):
        s = i + 1
        i = s
        while i < n and src[i] != quote:
            i += 1
        if i >= n:
            return 0
        _take(attributes, attr, s, i)
        return i + 1
    s = i
    while i < n and src[i] > ord(" ") and src[i] != ord(">"):
        i += 1
    _take(attributes, attr, s, i)
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _take(attributes: Attributes, attr: cython.int, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.void:
    """Keep the place of a value; of two attributes of one name the first counts."""
    if attr > 0 and attributes.at_stamp[attr] != attributes.stamp:
        attributes.at_stamp[attr] = attributes.stamp
        attributes.at_s[attr] = cython.cast(cython.int, s)
        attributes.at_e[attr] = cython.cast(cython.int, e)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def has(attributes: Attributes, attr: cython.int) -> cython.int:
    return 1 if attributes.at_stamp[attr] == attributes.stamp else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def begins(attributes: Attributes, attr: cython.int, a: cython.int, b: cython.int) -> cython.int:
    """Whether an attribute is there and its value starts with two given lower-case letters."""
    s: cython.Py_ssize_t
    e: cython.Py_ssize_t
    if not has(attributes, attr):
        return 0
    s = attributes.at_s[attr]
    e = attributes.at_e[attr]
    while s < e and attributes.src[s] <= ord(" "):
        s += 1
    return 1 if s + 1 < e and (attributes.src[s] | 32) == a and (attributes.src[s + 1] | 32) == b else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _words(attributes: Attributes, attr: cython.int) -> cython.int:
    """Kinds that the words of an attribute's value name, as bits."""
    src: cython.const[cython.uchar][::1] = attributes.src
    s: cython.Py_ssize_t = attributes.at_s[attr]
    e: cython.Py_ssize_t = attributes.at_e[attr]
    h: cython.longlong = NO_HASH
    bits: cython.int = 0
    size: cython.int = 0
    low: cython.int = 0
    c: cython.int
    while s < e:
        c = src[s]
        s += 1
        if ord("A") <= c <= ord("Z"):
            if low:  # camelCase
                bits |= _kind(attributes, h)
                h = NO_HASH
                size = 0
            c = small(c)
            low = 0
        elif is_letter(c):
            low = 1
        else:
            if size > 1:
                bits |= _kind(attributes, h)
            h = NO_HASH
            size = 0
            low = 0
            continue
        h = hash_step(h, c)
        size += 1
    return bits | _kind(attributes, h) if size > 1 else bits


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _kind(attributes: Attributes, h: cython.longlong) -> cython.int:
    """The kinds that a word's hash stands for, as bits."""
    value: cython.int = find(attributes.word_keys, attributes.word_values, h, 2047)
    return value if value > 0 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_value(attributes: Attributes, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.longlong:
    """Hash of a value in lower case up to a space, for values that are one name."""
    h: cython.longlong = NO_HASH
    c: cython.int
    while s < e and attributes.src[s] <= ord(" "):
        s += 1
    while s < e:
        c = attributes.src[s]
        if c <= ord(" "):
            break
        h = hash_step(h, small(c))
        s += 1
    return h


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _shape(attributes: Attributes, tag: cython.int) -> cython.int:
    """Hash of tag and class, digits left out: what siblings of one kind share."""
    h: cython.longlong = NO_HASH + tag * 31
    s: cython.Py_ssize_t
    c: cython.int
    if has(attributes, A_CLASS):
        for s in range(attributes.at_s[A_CLASS], attributes.at_e[A_CLASS]):
            c = attributes.src[s]
            if not is_digit(c):
                h = hash_step(h, c)
    return cython.cast(cython.int, h)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def lang_of(attributes: Attributes) -> cython.int:
    """The language and direction an element declares: low 3 bits language, next 2 direction; 0 for none."""
    found: cython.int = 0
    if has(attributes, A_LANG) and attributes.at_e[A_LANG] > attributes.at_s[A_LANG]:
        found = 6
        if begins(attributes, A_LANG, ord("a"), ord("r")):
            found = 1
        elif begins(attributes, A_LANG, ord("e"), ord("n")):
            found = 2
        elif begins(attributes, A_LANG, ord("f"), ord("a")):
            found = 3
        elif begins(attributes, A_LANG, ord("u"), ord("r")):
            found = 4
        elif begins(attributes, A_LANG, ord("c"), ord("k")) or begins(attributes, A_LANG, ord("k"), ord("u")):
            found = 5
    if has(attributes, A_DIR):
        if begins(attributes, A_DIR, ord("r"), ord("t")):
            found |= 16
        elif begins(attributes, A_DIR, ord("l"), ord("t")):
            found |= 8
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def note(attributes: Attributes, attr: cython.int) -> cython.void:
    """Remember an attribute that a translator would translate."""
    s: cython.int = attributes.at_s[attr]
    e: cython.int = attributes.at_e[attr]
    if has(attributes, attr) and e > s and attributes.n_attr < attributes.attr_cap:
        attributes.attr_kind[attributes.n_attr] = cython.cast(cython.uchar, attr)
        attributes.attr_start[attributes.n_attr] = s
        attributes.attr_end[attributes.n_attr] = e
        attributes.n_attr += 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def note_meta(attributes: Attributes, name: cython.int, value: cython.int) -> cython.void:
    """Remember a pair of attribute values for the page: (attribute, name range, value range)."""
    k: cython.Py_ssize_t = attributes.n_meta * 5
    if attributes.n_meta < 512:
        attributes.meta[k] = name
        attributes.meta[k + 1] = attributes.at_s[name]
        attributes.meta[k + 2] = attributes.at_e[name]
        attributes.meta[k + 3] = attributes.at_s[value]
        attributes.meta[k + 4] = attributes.at_e[value]
        attributes.n_meta += 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _kinds(attributes: Attributes, attr: cython.int) -> cython.int:
    return _words(attributes, attr) if has(attributes, attr) else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def add_node(nodes: Nodes, attributes: Attributes, tag: cython.int, parent: cython.int) -> cython.int:
    """A new row for an element, with what its attributes say."""
    k: cython.Py_ssize_t = nodes.n_node
    kinds: cython.int = _kinds(attributes, A_CLASS) | _kinds(attributes, A_ID) | _kinds(attributes, A_ITEMPROP)
    role: cython.int
    if k >= nodes.node_cap:
        return cython.cast(cython.int, k - 1)
    kinds |= _kinds(attributes, A_DATA_TESTID) | _kinds(attributes, A_DATA_COMPONENT)
    if tag == T_A:
        kinds |= _kinds(attributes, A_REL)
    if has(attributes, A_ITEMTYPE):
        note_meta(attributes, A_ITEMTYPE, A_ITEMTYPE)
    nodes.node_landmark[k] = nodes.tag_landmark[tag]
    if has(attributes, A_ROLE):
        role = find(
            nodes.role_keys,
            nodes.role_values,
            _hash_value(attributes, attributes.at_s[A_ROLE], attributes.at_e[A_ROLE]),
            63,
        )
        if role >= 0:
            nodes.node_landmark[k] = cython.cast(cython.uchar, role)
    if has(attributes, A_ARIA_LABEL):
        note(attributes, A_ARIA_LABEL)
        if nodes.node_landmark[k] > 0:
            kinds |= _kinds(attributes, A_ARIA_LABEL)
    if has(attributes, A_TITLE):
        note(attributes, A_TITLE)
    nodes.node_tag[k] = cython.cast(cython.uchar, tag)
    nodes.node_parent[k] = parent
    nodes.node_kinds[k] = kinds
    nodes.node_marks[k] = M_ARIA_HIDDEN if begins(attributes, A_ARIA_HIDDEN, ord("t"), ord("r")) else 0
    nodes.node_shape[k] = _shape(attributes, tag)
    nodes.node_lang[k] = cython.cast(cython.uchar, lang_of(attributes))
    nodes.n_node = k + 1
    return cython.cast(cython.int, k)
