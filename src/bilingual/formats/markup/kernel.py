# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""HTML bytes -> lines of visible text, each with its place in the source and its elements, in one pass.

`Parser` is the tokenizer of the HTML standard and a light form of its tree construction: implied end tags, scopes,
tables, forms, raw text, foreign content and hidden elements are followed; elements are rows of arrays. Each open
element remembers the open element of its tag and of each scope below it, so that every end tag finds its element
in constant time: there is no search through the stack, no recursion, and time grows with the bytes alone.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
Source: https://html.spec.whatwg.org/multipage/parsing.html
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled

# The numbers of `tables.py`, as C constants (a test compares them).
VOID = cython.declare("int", 1)
BLOCK = cython.declare("int", 2)
CLOSES_P = cython.declare("int", 4)
SPECIAL = cython.declare("int", 8)
SCOPE = cython.declare("int", 16)
RAW = cython.declare("int", 32)
HIDDEN = cython.declare("int", 64)
FORMATTING = cython.declare("int", 128)
HEADING = cython.declare("int", 256)
CELL = cython.declare("int", 512)
PRE = cython.declare("int", 1024)
BUTTON = cython.declare("int", 2048)
BREAKOUT = cython.declare("int", 4096)
TABLE_PART = cython.declare("int", 8192)
BOXED = cython.declare("int", 16384)
CUSTOM = cython.declare("int", 248)
N_KNOWN = cython.declare("int", 140)
T_HTML = cython.declare("int", 1)
T_HEAD = cython.declare("int", 2)
T_BODY = cython.declare("int", 3)
T_P = cython.declare("int", 4)
T_LI = cython.declare("int", 5)
T_TD = cython.declare("int", 6)
T_TH = cython.declare("int", 7)
T_H1 = cython.declare("int", 8)
T_H6 = cython.declare("int", 13)
T_DIV = cython.declare("int", 14)
T_A = cython.declare("int", 15)
T_BUTTON = cython.declare("int", 16)
T_DT = cython.declare("int", 21)
T_DD = cython.declare("int", 22)
T_ADDRESS = cython.declare("int", 27)
T_FORM = cython.declare("int", 43)
T_TABLE = cython.declare("int", 46)
T_UL = cython.declare("int", 47)
T_OL = cython.declare("int", 48)
T_OPTION = cython.declare("int", 24)
T_OPTGROUP = cython.declare("int", 65)
T_TR = cython.declare("int", 53)
T_THEAD = cython.declare("int", 54)
T_TBODY = cython.declare("int", 55)
T_TFOOT = cython.declare("int", 56)
T_CAPTION = cython.declare("int", 25)
T_BR = cython.declare("int", 68)
T_IMG = cython.declare("int", 69)
T_INPUT = cython.declare("int", 70)
T_META = cython.declare("int", 71)
T_LINK = cython.declare("int", 72)
T_SCRIPT = cython.declare("int", 85)
T_TITLE = cython.declare("int", 87)
T_TEXTAREA = cython.declare("int", 88)
T_NOSCRIPT = cython.declare("int", 89)
T_TEMPLATE = cython.declare("int", 93)
T_SVG = cython.declare("int", 100)
T_MATH = cython.declare("int", 101)
T_DIALOG = cython.declare("int", 44)
T_TEXT = cython.declare("int", 103)
T_FRAMESET = cython.declare("int", 111)
T_IMAGE = cython.declare("int", 128)
T_TSPAN = cython.declare("int", 137)
A_CLASS = cython.declare("int", 1)
A_ID = cython.declare("int", 2)
A_ROLE = cython.declare("int", 3)
A_STYLE = cython.declare("int", 4)
A_HIDDEN = cython.declare("int", 5)
A_ARIA_HIDDEN = cython.declare("int", 6)
A_TYPE = cython.declare("int", 7)
A_VALUE = cython.declare("int", 8)
A_HREF = cython.declare("int", 9)
A_LANG = cython.declare("int", 10)
A_DIR = cython.declare("int", 11)
A_ITEMPROP = cython.declare("int", 12)
A_ITEMTYPE = cython.declare("int", 13)
A_REL = cython.declare("int", 14)
A_ALT = cython.declare("int", 15)
A_TITLE = cython.declare("int", 16)
A_PLACEHOLDER = cython.declare("int", 17)
A_ARIA_LABEL = cython.declare("int", 18)
A_NAME = cython.declare("int", 19)
A_CONTENT = cython.declare("int", 20)
A_PROPERTY = cython.declare("int", 21)
A_OPEN = cython.declare("int", 22)
A_CHARSET = cython.declare("int", 23)
A_HTTP_EQUIV = cython.declare("int", 24)
A_DATA_TESTID = cython.declare("int", 25)
A_DATA_COMPONENT = cython.declare("int", 26)
A_X = cython.declare("int", 30)
A_POPOVER = cython.declare("int", 31)

NO_HASH = cython.declare("int", 7)
LAST_CODE = cython.declare("int", 0x10FFFF)

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

# What inline styles say, as bits: one of each group.
S_NONE = cython.declare("int", 1)
S_BLOCK = cython.declare("int", 2)
S_INLINE = cython.declare("int", 4)
S_INLINE_BLOCK = cython.declare("int", 8)
S_DISPLAY = cython.declare("int", 15)
S_VEILED = cython.declare("int", 16)  # takes its place, but cannot be seen; elements in it may be
S_VISIBLE = cython.declare("int", 32)
S_VISIBILITY = cython.declare("int", 48)
S_PRE = cython.declare("int", 64)
S_COLLAPSED = cython.declare("int", 128)
S_WHITE_SPACE = cython.declare("int", 192)

# What else the parser notes of an open element, beside the flags of its tag.
VEILED = cython.declare("int", 32768)
UNVEILED = cython.declare("int", 65536)  # visible in what is veiled

STACK = cython.declare("int", 4096)  # deeper elements are read as children of the last one
MAX_NODES = cython.declare("int", 4000000)  # further elements share the last row

# What separates two pieces of text of one line.
NOTHING = cython.declare("int", 0)
BOX = cython.declare("int", 1)  # written as a space
SPACE = cython.declare("int", 2)
TAB = cython.declare("int", 3)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _blank(a: cython.int, b: cython.int, c: cython.int) -> cython.int:
    """How many of three bytes are a blank beyond ASCII, which shows nothing; 0 where they begin with none."""
    if a == 0xC2:
        return 2 if b == 0xA0 or b == 0x85 else 0
    if a == 0xE2:
        return 3 if (b == 0x80 and (0x80 <= c <= 0x8A or c == 0xAF)) or (b == 0x81 and c == 0x9F) else 0
    if a == 0xE1:
        return 3 if b == 0x9A and c == 0x80 else 0
    return 3 if a == 0xE3 and b == 0x80 and c == 0x80 else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_letter(c: cython.int) -> cython.bint:
    """Whether it is a letter of ASCII."""
    return (ord("a") <= c <= ord("z")) or (ord("A") <= c <= ord("Z"))


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_digit(c: cython.int) -> cython.bint:
    return ord("0") <= c <= ord("9")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _small(c: cython.int) -> cython.int:
    """A capital of ASCII as its small letter, all else as it is."""
    return c + 32 if ord("A") <= c <= ord("Z") else c


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _hash_step(h: cython.longlong, c: cython.int) -> cython.longlong:
    """One step of `tables.name_hash`."""
    return ((h ^ c) * 1000003) & 0x7FFFFFFF


@cython.final
@cython.cclass
class Parser:
    """The state of one parse. `run` stops when an array is full; `grow` the arrays and run on."""

    src: cython.const[cython.uchar][::1]
    n: cython.Py_ssize_t
    pos: cython.Py_ssize_t
    # look-up tables
    tag_keys: cython.const[cython.int][::1]
    tag_values: cython.const[cython.int][::1]
    tag_flags: cython.const[cython.int][::1]
    tag_landmark: cython.const[cython.uchar][::1]
    attr_keys: cython.const[cython.int][::1]
    attr_values: cython.const[cython.int][::1]
    word_keys: cython.const[cython.int][::1]
    word_values: cython.const[cython.int][::1]
    role_keys: cython.const[cython.int][::1]
    role_values: cython.const[cython.int][::1]
    entity_keys: cython.const[cython.int][::1]
    entity_values: cython.const[cython.int][::1]
    entity_text: cython.const[cython.uchar][::1]
    windows_1252: cython.const[cython.int][::1]
    # text
    out: cython.uchar[::1]
    o: cython.Py_ssize_t
    pend: cython.int
    line_start: cython.Py_ssize_t
    line_ink: cython.int
    # one row per text run
    seg_start: cython.int[::1]
    seg_end: cython.int[::1]
    seg_out: cython.int[::1]
    seg_out_end: cython.int[::1]
    seg_node: cython.int[::1]
    seg_link: cython.int[::1]
    seg_letters: cython.int[::1]
    n_seg: cython.Py_ssize_t
    seg_cap: cython.Py_ssize_t
    # the run being copied: where what is written of it stands in the source, -1 for the end before there is any
    run_start: cython.Py_ssize_t
    run_end: cython.Py_ssize_t
    run_letters: cython.int
    # one row per line
    line_out: cython.int[::1]
    line_seg: cython.int[::1]
    n_line: cython.Py_ssize_t
    first_seg: cython.Py_ssize_t
    # one row per element
    node_tag: cython.uchar[::1]
    node_parent: cython.int[::1]
    node_kinds: cython.int[::1]
    node_landmark: cython.uchar[::1]
    node_marks: cython.uchar[::1]
    node_shape: cython.int[::1]
    node_lang: cython.uchar[::1]
    n_node: cython.Py_ssize_t
    node_cap: cython.Py_ssize_t
    # translatable attributes, and the head's meta and link elements
    attr_kind: cython.uchar[::1]
    attr_start: cython.int[::1]
    attr_end: cython.int[::1]
    n_attr: cython.Py_ssize_t
    attr_cap: cython.Py_ssize_t
    meta: cython.int[::1]
    n_meta: cython.Py_ssize_t
    # open elements
    st_tag: cython.int[::1]
    st_node: cython.int[::1]
    st_flags: cython.int[::1]
    st_dead: cython.int[::1]
    st_same: cython.int[::1]
    st_scope: cython.int[::1]
    st_button: cython.int[::1]
    st_list: cython.int[::1]
    st_table: cython.int[::1]
    st_special: cython.int[::1]
    st_block: cython.int[::1]
    st_hidden: cython.int[::1]
    last_open: cython.int[::1]
    last_scope: cython.int
    last_button: cython.int
    last_list: cython.int
    last_table: cython.int
    last_special: cython.int
    last_block: cython.int
    top: cython.int
    over: cython.int
    hidden_at: cython.int
    pre_at: cython.int
    foreign_at: cython.int
    link_at: cython.int
    link_node: cython.int
    form_open: cython.int
    after_link: cython.int
    # the tag being read and its attributes
    tag: cython.int
    at_stamp: cython.int[::1]
    at_s: cython.int[::1]
    at_e: cython.int[::1]
    stamp: cython.int
    word: cython.longlong
    # where the CDATA that is being read ends
    cdata_end: cython.Py_ssize_t
    # what the page says of itself
    show: cython.int
    title_s: cython.int
    title_e: cython.int

    def __init__(self, src, tables, arrays, out, show):
        self.src = src
        self.show = show  # 1: <noscript> too, 2: hidden elements too
        self.n = len(src)
        self.tag_keys = tables["tag_keys"]
        self.tag_values = tables["tag_values"]
        self.tag_flags = tables["tag_flags"]
        self.tag_landmark = tables["tag_landmark"]
        self.attr_keys = tables["attr_keys"]
        self.attr_values = tables["attr_values"]
        self.word_keys = tables["word_keys"]
        self.word_values = tables["word_values"]
        self.role_keys = tables["role_keys"]
        self.role_values = tables["role_values"]
        self.entity_keys = tables["entity_keys"]
        self.entity_values = tables["entity_values"]
        self.entity_text = tables["entity_text"]
        self.windows_1252 = tables["windows_1252"]
        self.out = out
        self.pos = self.o = self.line_start = 0
        self.pend = self.line_ink = 0
        self.n_seg = self.n_line = self.first_seg = self.n_attr = self.n_meta = 0
        self.run_start = self.run_end = -1
        self.run_letters = 0
        self.word = self.cdata_end = 0
        self.top = self.over = self.stamp = self.form_open = self.after_link = 0
        self.last_scope = self.last_button = self.last_list = -1
        self.last_table = self.last_special = self.last_block = -1
        self.hidden_at = self.pre_at = self.foreign_at = self.link_at = self.link_node = -1
        self.title_s = self.title_e = -1
        self._take_arrays(arrays)
        self.node_tag[0] = T_HTML
        self.node_parent[0] = 0
        self.node_kinds[0] = 0
        self.node_landmark[0] = 0
        self.node_marks[0] = 0
        self.node_shape[0] = 0
        self.node_lang[0] = 0
        self.n_node = 1

    def _take_arrays(self, arrays):
        self.seg_start = arrays["seg_start"]
        self.seg_end = arrays["seg_end"]
        self.seg_out = arrays["seg_out"]
        self.seg_out_end = arrays["seg_out_end"]
        self.seg_node = arrays["seg_node"]
        self.seg_link = arrays["seg_link"]
        self.seg_letters = arrays["seg_letters"]
        self.seg_cap = len(arrays["seg_start"])
        self.line_out = arrays["line_out"]
        self.line_seg = arrays["line_seg"]
        self.node_tag = arrays["node_tag"]
        self.node_parent = arrays["node_parent"]
        self.node_kinds = arrays["node_kinds"]
        self.node_landmark = arrays["node_landmark"]
        self.node_marks = arrays["node_marks"]
        self.node_shape = arrays["node_shape"]
        self.node_lang = arrays["node_lang"]
        self.node_cap = len(arrays["node_tag"])
        self.attr_kind = arrays["attr_kind"]
        self.attr_start = arrays["attr_start"]
        self.attr_end = arrays["attr_end"]
        self.attr_cap = len(arrays["attr_kind"])
        self.meta = arrays["meta"]
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
        self.at_stamp = arrays["at_stamp"]
        self.at_s = arrays["at_s"]
        self.at_e = arrays["at_e"]

    def grow(self, arrays):
        """Go on in larger arrays that start with the rows made so far."""
        self._take_arrays(arrays)

    def run(self):
        """Read on; 1 when the page is read, 0 when an array is full."""
        done: cython.int
        with cython.nogil:
            done = self._run()
        return done

    def result(self):
        """Counts: bytes of text, lines, text runs, elements, attributes, meta rows, title range."""
        return self.o, self.n_line, self.n_seg, self.n_node, self.n_attr, self.n_meta, self.title_s, self.title_e

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _run(self) -> cython.int:
        i: cython.Py_ssize_t = self.pos
        c: cython.int
        while i < self.n:
            if self.n_seg + 2 >= self.seg_cap or self.n_attr + 8 >= self.attr_cap:
                self.pos = i
                return 0
            if self.n_node + 2 >= self.node_cap and self.node_cap < MAX_NODES:
                self.pos = i
                return 0
            if i < self.cdata_end:
                i = self._text(i, self.cdata_end, 0)
                if i >= self.cdata_end:
                    i = self.cdata_end + 3 if self.cdata_end < self.n else self.n
            elif self.src[i] == ord("<") and self._opens(i):
                c = self.src[i + 1]
                if c == ord("/"):
                    i = self._end_tag(i + 2)
                elif c == ord("!"):
                    i = self._declaration(i + 2)
                elif c == ord("?"):
                    i = self._skip_to(i + 2, 62)
                else:
                    i = self._start_tag(i + 1)
            elif self.hidden_at >= 0:
                i = self._skip_text(i + 1)
            else:
                i = self._text(i, self.n, 1)
        self._end_line()
        self.pos = i
        return 1

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _opens(self, i: cython.Py_ssize_t) -> cython.int:
        """Whether the `<` at i starts markup."""
        c: cython.int
        if i + 1 >= self.n:
            return 0
        c = self.src[i + 1]
        if _is_letter(c) or c == ord("!") or c == ord("?"):
            return 1
        return 1 if c == ord("/") and i + 2 < self.n else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _skip_text(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        while i < self.n:
            if self.src[i] == ord("<") and self._opens(i):
                return i
            i += 1
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _skip_to(self, i: cython.Py_ssize_t, c: cython.int) -> cython.Py_ssize_t:
        """Just after the next byte c, or the end."""
        while i < self.n:
            if self.src[i] == c:
                return i + 1
            i += 1
        return self.n

    # ---- text -------------------------------------------------------------------------------------------------

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _end_line(self) -> cython.void:
        """End the line, or take it back when nothing can be seen on it."""
        if self.o > self.line_start:
            if self.line_ink:
                self.line_out[self.n_line] = cython.cast(cython.int, self.line_start)
                self.line_seg[self.n_line] = cython.cast(cython.int, self.first_seg)
                self.n_line += 1
                self.out[self.o] = 10
                self.o += 1
                self.line_start = self.o
                self.first_seg = self.n_seg
            else:
                self.o = self.line_start
                self.n_seg = self.first_seg
        self.pend = NOTHING
        self.line_ink = 0
        self.after_link = 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _gap(self, kind: cython.int) -> cython.void:
        """Part what follows on this line from what was before."""
        if self.pend < kind:
            self.pend = kind

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _text(self, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, markup: cython.int) -> cython.Py_ssize_t:
        """Copy text up to the next markup (or `stop`, or a line end that is kept), white space collapsed, as one row of
        `seg_*`; the place after it."""
        c: cython.int
        end: cython.Py_ssize_t
        self.run_end = -1
        self.run_letters = 0
        while i < stop:
            c = self.src[i]
            if c == ord(" ") or c == ord("\n") or c == ord("\r") or c == ord("\t") or c == ord("\f"):
                if self.pre_at < 0:
                    self._gap(SPACE)
                    i += 1
                    continue
                if c == ord("\n") or c == ord("\r"):
                    self._end_run()
                    self._end_line()
                    return i + 2 if c == ord("\r") and i + 1 < stop and self.src[i + 1] == ord("\n") else i + 1
            elif c == ord("<"):
                if markup and self._opens(i):
                    break
            elif c == 0:
                i += 1
                continue
            elif c == 0xE2 and i + 2 < stop and self._separates(self.src[i + 1], self.src[i + 2]):
                self._gap(SPACE)
                i += 3
                continue
            elif c == ord("&"):
                end = self._reference(i, stop)
                if end > 0:
                    i = end
                    continue
            self._part(i)
            i = self._piece(c, i, stop)
        self._end_run()
        return i

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _separates(self, b: cython.int, c: cython.int) -> cython.int:
        """Whether E2 and the bytes b and c are a line or paragraph separator, a line end to readers of the text."""
        return 1 if b == 0x80 and (c == 0xA8 or c == 0xA9) else 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _is_parted(self) -> cython.int:
        """Whether something parts what follows on this line from what was before, see `_gap`."""
        return 1 if self.pend > NOTHING and self.o > self.line_start else 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _part(self, i: cython.Py_ssize_t) -> cython.void:
        """Before what is written of the source at i: write what parts it from the text before."""
        if self._is_parted():
            self.out[self.o] = 9 if self.pend == TAB else 32
            self.o += 1
        self.pend = NOTHING
        if self.run_end < 0:
            self.run_start = i
            self.seg_out[self.n_seg] = cython.cast(cython.int, self.o)

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _end_run(self) -> cython.void:
        """Complete the row of what was copied, if anything was."""
        seg: cython.Py_ssize_t = self.n_seg
        if self.run_end < 0:
            return
        self.seg_start[seg] = cython.cast(cython.int, self.run_start)
        self.seg_end[seg] = cython.cast(cython.int, self.run_end)
        self.seg_out_end[seg] = cython.cast(cython.int, self.o)
        self.seg_node[seg] = self.st_node[self.top - 1] if self.top > 0 else 0
        self.seg_link[seg] = self.link_node
        self.seg_letters[seg] = self.run_letters
        self.n_seg = seg + 1
        self.after_link = 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _piece(self, c: cython.int, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Copy what begins with the byte c at i: one character that shows nothing, or plain text; the place after it."""
        size: cython.int
        if c <= ord(" "):  # kept white space, or a control character
            return self._copy(i, 1)
        size = _blank(c, self.src[i + 1] if i + 1 < stop else 0, self.src[i + 2] if i + 2 < stop else 0)
        if size > 0:
            return self._copy(i, size)
        self.line_ink = 1
        return self._plain(self.src, self.out, i, stop)

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _copy(self, i: cython.Py_ssize_t, size: cython.int) -> cython.Py_ssize_t:
        """Copy a character of so many bytes."""
        k: cython.int
        for k in range(size):
            self.out[self.o + k] = self.src[i + k]
        self.o += size
        self.run_end = i + size
        return i + size

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _plain(
        self,
        src: cython.const[cython.uchar][::1],
        out: cython.uchar[::1],
        i: cython.Py_ssize_t,
        stop: cython.Py_ssize_t,
    ) -> cython.Py_ssize_t:
        """Copy the byte at i and those after it up to one that may be more than itself.

        The arrays are parameters, as the parser's own would be looked up again after every byte that is written.
        """
        o: cython.Py_ssize_t = self.o
        letters: cython.int = self.run_letters
        c: cython.int = src[i]
        while True:
            if c >= 0x80:
                letters += 1 if c > 0xC2 and c != 0xE2 else 0
            elif _is_letter(c):
                letters += 1
            out[o] = cython.cast(cython.uchar, c)
            o += 1
            i += 1
            if i >= stop:
                break
            c = src[i]
            if c <= ord("&") and (c <= ord(" ") or c == ord("&")):
                break
            if c == ord("<") or c == 0xC2 or c == 0xE2:
                break
        self.o = o
        self.run_letters = letters
        self.run_end = i
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _reference(self, i: cython.Py_ssize_t, stop: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Write what the character reference whose `&` is at i stands for, which may be white space that collapses; the
        place after it, 0 where there is none."""
        o: cython.Py_ssize_t = self.o + self._is_parted()
        end: cython.Py_ssize_t = self._entity(i + 1, stop, o)
        size: cython.int
        if end == 0:
            return 0
        size = self.out[o + 6]  # the length is left beyond the longest character
        if self._is_gap(o, size):
            self._gap(SPACE)
            return end
        self._part(i)
        if _blank(self.out[o], self.out[o + 1], self.out[o + 2]) != size:
            self.line_ink = 1
            self.run_letters += 1 if self.out[o] > 0xC2 else 0
        self.o = o + size
        self.run_end = end
        return end

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _is_gap(self, o: cython.Py_ssize_t, size: cython.int) -> cython.int:
        """Whether the character of so many bytes at out[o:] is one that white space collapses to: a blank where none is
        kept, a line end everywhere."""
        c: cython.int = self.out[o]
        if size == 3:
            return 1 if c == 0xE2 and self._separates(self.out[o + 1], self.out[o + 2]) else 0
        return 1 if size == 1 and c <= ord(" ") and (self.pre_at < 0 or c == ord("\n") or c == ord("\r")) else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _entity(self, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, o: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Decode the character reference after `&` to out[o:]; its length goes to out[o + 6]. 0: not a reference."""
        h: cython.longlong = NO_HASH
        j: cython.Py_ssize_t = i
        best: cython.Py_ssize_t = 0
        value: cython.int
        found: cython.int = -1
        c: cython.int
        if i < stop and self.src[i] == ord("#"):
            return self._numeric(i + 1, stop, o)
        while j < stop and j < i + 32:
            c = self.src[j]
            if c == ord(";"):
                h = _hash_step(h, c)
                value = self._find(self.entity_keys, self.entity_values, h, 8191)
                if value >= 0:
                    found = value
                    best = j + 1
                break
            if not (_is_letter(c) or _is_digit(c)):
                break
            h = _hash_step(h, c)
            j += 1
            if j <= i + 6:  # the longest name that needs no semicolon
                value = self._find(self.entity_keys, self.entity_values, h, 8191)
                if value >= 0:
                    found = value
                    best = j
        if found < 0:
            return 0
        self._emit(o, found >> 3, found & 7)
        return best

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _emit(self, o: cython.Py_ssize_t, start: cython.int, size: cython.int) -> cython.void:
        k: cython.int
        for k in range(size):
            self.out[o + k] = self.entity_text[start + k]
        self.out[o + 6] = cython.cast(cython.uchar, size)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _numeric(self, i: cython.Py_ssize_t, stop: cython.Py_ssize_t, o: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Decode `&#...;`; see `_entity`."""
        v: cython.int = 0
        c: cython.int
        d: cython.int
        digits: cython.int = 0
        is_hex: cython.bint = False
        if i < stop and (self.src[i] == ord("x") or self.src[i] == ord("X")):
            is_hex = True
            i += 1
        while i < stop:
            c = self.src[i]
            d = -1
            if _is_digit(c):
                d = c - ord("0")
            elif is_hex and ord("a") <= _small(c) <= ord("f"):
                d = _small(c) - ord("a") + 10
            if d < 0:
                break
            v = v * (16 if is_hex else 10) + d
            if v > LAST_CODE:
                v = LAST_CODE + 1
            digits += 1
            i += 1
        if digits == 0:
            return 0
        if i < stop and self.src[i] == ord(";"):
            i += 1
        if 0x80 <= v <= 0x9F:
            v = self.windows_1252[v - 0x80]  # what browsers show
        if v == 0 or v > LAST_CODE or 0xD800 <= v <= 0xDFFF:
            v = ord("\N{REPLACEMENT CHARACTER}")
        self._put(o, v)
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _put(self, o: cython.Py_ssize_t, v: cython.int) -> cython.void:
        """Write a code point as UTF-8, and its length."""
        out: cython.uchar[::1] = self.out
        size: cython.int
        if v < 0x80:
            out[o] = cython.cast(cython.uchar, v)
            size = 1
        elif v < 0x800:
            out[o] = cython.cast(cython.uchar, 0xC0 | (v >> 6))
            out[o + 1] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
            size = 2
        elif v < 0x10000:
            out[o] = cython.cast(cython.uchar, 0xE0 | (v >> 12))
            out[o + 1] = cython.cast(cython.uchar, 0x80 | ((v >> 6) & 0x3F))
            out[o + 2] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
            size = 3
        else:
            out[o] = cython.cast(cython.uchar, 0xF0 | (v >> 18))
            out[o + 1] = cython.cast(cython.uchar, 0x80 | ((v >> 12) & 0x3F))
            out[o + 2] = cython.cast(cython.uchar, 0x80 | ((v >> 6) & 0x3F))
            out[o + 3] = cython.cast(cython.uchar, 0x80 | (v & 0x3F))
            size = 4
        out[o + 6] = cython.cast(cython.uchar, size)

    # ---- look-ups ---------------------------------------------------------------------------------------------

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _find(
        self,
        keys: cython.const[cython.int][::1],
        values: cython.const[cython.int][::1],
        h: cython.longlong,
        mask: cython.int,
    ) -> cython.int:
        """The value of a name's hash, or -1."""
        slot: cython.Py_ssize_t = (h >> 7) & mask
        while keys[slot] != -1:
            if keys[slot] == h:
                return values[slot]
            slot = (slot + 1) & mask
        return -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _kind(self, h: cython.longlong) -> cython.int:
        """The kinds that a word's hash stands for, as bits."""
        value: cython.int = self._find(self.word_keys, self.word_values, h, 2047)
        return value if value > 0 else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _words(self, attr: cython.int) -> cython.int:
        """Kinds that the words of an attribute's value name, as bits."""
        src: cython.const[cython.uchar][::1] = self.src
        s: cython.Py_ssize_t = self.at_s[attr]
        e: cython.Py_ssize_t = self.at_e[attr]
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
                    bits |= self._kind(h)
                    h = NO_HASH
                    size = 0
                c = _small(c)
                low = 0
            elif _is_letter(c):
                low = 1
            else:
                if size > 1:
                    bits |= self._kind(h)
                h = NO_HASH
                size = 0
                low = 0
                continue
            h = _hash_step(h, c)
            size += 1
        return bits | self._kind(h) if size > 1 else bits

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _hash_value(self, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.longlong:
        """Hash of a value in lower case up to a space, for values that are one name."""
        h: cython.longlong = NO_HASH
        c: cython.int
        while s < e and self.src[s] <= ord(" "):
            s += 1
        while s < e:
            c = self.src[s]
            if c <= ord(" "):
                break
            h = _hash_step(h, _small(c))
            s += 1
        return h

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _shape(self, tag: cython.int) -> cython.int:
        """Hash of tag and class, digits left out: what siblings of one kind share."""
        h: cython.longlong = NO_HASH + tag * 31
        s: cython.Py_ssize_t
        c: cython.int
        if self._has(A_CLASS):
            for s in range(self.at_s[A_CLASS], self.at_e[A_CLASS]):
                c = self.src[s]
                if not _is_digit(c):
                    h = _hash_step(h, c)
        return cython.cast(cython.int, h)

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _has(self, attr: cython.int) -> cython.int:
        return 1 if self.at_stamp[attr] == self.stamp else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _is(self, attr: cython.int, a: cython.int, b: cython.int) -> cython.int:
        """Whether an attribute is there and its value starts with two given lower-case letters."""
        s: cython.Py_ssize_t
        e: cython.Py_ssize_t
        if not self._has(attr):
            return 0
        s = self.at_s[attr]
        e = self.at_e[attr]
        while s < e and self.src[s] <= ord(" "):
            s += 1
        return 1 if s + 1 < e and (self.src[s] | 32) == a and (self.src[s + 1] | 32) == b else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _lang(self) -> cython.int:
        """The language and direction an element declares: low 3 bits language, next 2 direction; 0 for none."""
        found: cython.int = 0
        if self._has(A_LANG) and self.at_e[A_LANG] > self.at_s[A_LANG]:
            found = 6
            if self._is(A_LANG, ord("a"), ord("r")):
                found = 1
            elif self._is(A_LANG, ord("e"), ord("n")):
                found = 2
            elif self._is(A_LANG, ord("f"), ord("a")):
                found = 3
            elif self._is(A_LANG, ord("u"), ord("r")):
                found = 4
            elif self._is(A_LANG, ord("c"), ord("k")) or self._is(A_LANG, ord("k"), ord("u")):
                found = 5
        if self._has(A_DIR):
            if self._is(A_DIR, ord("r"), ord("t")):
                found |= 16
            elif self._is(A_DIR, ord("l"), ord("t")):
                found |= 8
        return found

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _style(self) -> cython.int:
        """What an inline style says, as bits S_*: of two declarations the last counts, or the last important one."""
        s: cython.Py_ssize_t = self.at_s[A_STYLE]
        e: cython.Py_ssize_t = self.at_e[A_STYLE]
        prop: cython.longlong
        found: cython.int = 0
        fixed: cython.int = 0
        said: cython.int
        group: cython.int
        important: cython.int
        while s < e:
            s = self._style_word(s, e)
            prop = self.word
            said = important = 0
            if s < e and self.src[s] == ord(":"):
                s = self._style_word(s + 1, e)
                said = self._said(prop, self.word)
            while s < e and self.src[s] != ord(";"):
                if self.src[s] == ord("!"):
                    important = 1
                s = self._style_gap(s + 1, e)
            s += 1
            group = S_DISPLAY
            if said & S_DISPLAY == 0:
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
    def _style_gap(self, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """The place after blanks and comments at s."""
        src: cython.const[cython.uchar][::1] = self.src
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
    def _style_word(self, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Read a word of an inline style to the place of what follows it; its hash goes to `self.word`."""
        h: cython.longlong = NO_HASH
        c: cython.int
        s = self._style_gap(s, e)
        while s < e:
            c = self.src[s]
            if c <= ord(" ") or c == ord(";") or c == ord(":") or c == ord("!") or (c == ord("/") and s + 1 < e and self.src[s + 1] == ord("*")):
                break
            h = _hash_step(h, _small(c))
            s += 1
        self.word = h
        return self._style_gap(s, e)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _said(self, prop: cython.longlong, h: cython.longlong) -> cython.int:
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
        elif prop == H_WHITE_SPACE:
            if h == H_PRE or h == H_PRE_WRAP or h == H_PRE_LINE:
                return S_PRE
            if h == H_NORMAL or h == H_NOWRAP or h == H_INITIAL:
                return S_COLLAPSED
        return 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _note(self, attr: cython.int) -> cython.void:
        """Remember an attribute that a translator would translate."""
        if self._has(attr) and self.at_e[attr] > self.at_s[attr] and self.n_attr < self.attr_cap:
            self.attr_kind[self.n_attr] = cython.cast(cython.uchar, attr)
            self.attr_start[self.n_attr] = self.at_s[attr]
            self.attr_end[self.n_attr] = self.at_e[attr]
            self.n_attr += 1

    # ---- open elements ----------------------------------------------------------------------------------------

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _push(self, tag: cython.int, node: cython.int, flags: cython.int) -> cython.void:
        p: cython.int = self.top
        self.st_tag[p] = tag
        self.st_node[p] = node
        self.st_flags[p] = flags
        self.st_dead[p] = 0
        self.st_same[p] = self.last_open[tag]
        self.st_scope[p] = self.last_scope
        self.st_button[p] = self.last_button
        self.st_list[p] = self.last_list
        self.st_table[p] = self.last_table
        self.st_special[p] = self.last_special
        self.st_block[p] = self.last_block
        self.last_open[tag] = p
        if flags & SPECIAL:
            self.last_block = p
            if tag != T_DIV and tag != T_P and tag != T_ADDRESS:
                self.last_special = p
            if tag == T_BUTTON:
                self.last_button = p
            elif tag == T_UL or tag == T_OL:
                self.last_list = p
            elif tag == T_TABLE or tag == T_TEMPLATE:
                self.last_table = p
        if flags & SCOPE:
            self.last_scope = p
            self.last_button = p
            self.last_list = p
            self.last_block = p
        self.top = p + 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _pop(self) -> cython.void:
        p: cython.int = self.top - 1
        flags: cython.int = self.st_flags[p]
        tag: cython.int = self.st_tag[p]
        self.last_open[tag] = self.st_same[p]
        self.last_scope = self.st_scope[p]
        self.last_button = self.st_button[p]
        self.last_list = self.st_list[p]
        self.last_table = self.st_table[p]
        self.last_special = self.st_special[p]
        self.last_block = self.st_block[p]
        self.top = p
        if tag == T_FORM:
            self.form_open = 0
        if self.foreign_at == p:
            self.foreign_at = -1
        if self.hidden_at >= 0:
            if self.hidden_at != p:
                return
            self.hidden_at = self.st_hidden[p]
            if self.hidden_at >= 0 or flags & BOXED == 0:
                return
        if flags & BLOCK:
            self._end_line()
        elif flags & (CELL | BUTTON):
            self._gap(TAB)
        elif flags & BOXED:
            self._gap(BOX)
        if tag == T_A:
            self.after_link = 1
        if self.pre_at == p:
            self.pre_at = -1
        if self.link_at == p:
            self.link_at = self.link_node = -1
        if flags & UNVEILED:
            self.hidden_at = self.st_hidden[p]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _pop_to(self, pos: cython.int) -> cython.void:
        """Close the open elements down to and with number `pos`, and closed ones left on top."""
        while self.top > pos:
            self._pop()
        while self.top > 0 and self.st_dead[self.top - 1]:
            self._pop()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _cell_open(self) -> cython.int:
        """The open cell or caption of the innermost table, or -1."""
        p: cython.int = self.last_open[T_TD]
        if self.last_open[T_TH] > p:
            p = self.last_open[T_TH]
        if self.last_open[T_CAPTION] > p:
            p = self.last_open[T_CAPTION]
        return p if p > self.last_table else -1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _close_table_parts(self, tag: cython.int) -> cython.void:
        """What the start of a part of a table ends: cells; then rows; then row groups."""
        p: cython.int = self._cell_open()
        if p >= 0:
            self._pop_to(p)
        if tag == T_TD or tag == T_TH:
            return
        p = self.last_open[T_TR]
        if p > self.last_table:
            self._pop_to(p)
        if tag == T_TR:
            return
        p = self.last_open[T_TBODY]
        if self.last_open[T_THEAD] > p:
            p = self.last_open[T_THEAD]
        if self.last_open[T_TFOOT] > p:
            p = self.last_open[T_TFOOT]
        if p > self.last_table:
            self._pop_to(p)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _implied_ends(self, tag: cython.int, flags: cython.int) -> cython.int:
        """Close what the start of `tag` closes; 0 when the tag itself is ignored."""
        p: cython.int
        if flags & CLOSES_P or tag == T_LI or tag == T_DD or tag == T_DT:
            if tag == T_LI or tag == T_DD or tag == T_DT:
                p = self.last_special
                if p >= 0 and (self.st_tag[p] == T_LI) == (tag == T_LI):
                    if tag == T_LI or self.st_tag[p] == T_DD or self.st_tag[p] == T_DT:
                        self._pop_to(p)
            p = self.last_open[T_P]
            if p >= 0 and p > self.last_button:
                self._pop_to(p)
            if flags & HEADING and self.top > 0 and self.st_flags[self.top - 1] & HEADING:
                self._pop_to(self.top - 1)
        if flags & TABLE_PART:
            if self.last_table < 0 or self.st_tag[self.last_table] != T_TABLE:
                return 0
            self._close_table_parts(tag)
        elif tag == T_TABLE:
            if self.last_table >= 0 and self.st_tag[self.last_table] == T_TABLE and self._cell_open() < 0:
                self._pop_to(self.last_table)
        elif tag == T_A:
            p = self.last_open[T_A]
            if p >= 0 and p > self.last_scope:
                self._close_formatting(T_A)
        elif tag == T_OPTION or tag == T_OPTGROUP:
            if self.top > 0 and self.st_tag[self.top - 1] == T_OPTION:
                self._pop_to(self.top - 1)
            if tag == T_OPTGROUP and self.top > 0 and self.st_tag[self.top - 1] == T_OPTGROUP:
                self._pop_to(self.top - 1)
        elif tag == T_BUTTON:
            p = self.last_open[T_BUTTON]
            if p >= 0 and p > self.last_scope:
                self._pop_to(p)
        elif tag == T_FORM:
            if self.form_open:
                return 0
            self.form_open = 1
        return 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _close_formatting(self, tag: cython.int) -> cython.void:
        """End an element that may be closed out of order: at once, or when it comes to the top."""
        p: cython.int = self.last_open[tag]
        if p < 0:
            return
        if p > self.last_block:
            self._pop_to(p)
        elif p > self.last_scope:
            self.st_dead[p] = 1
            if tag == T_A and self.link_at == p:
                self.link_at = self.link_node = -1

    # ---- tags -------------------------------------------------------------------------------------------------

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _attributes(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Read attributes from i to just after `>`; negative when the tag ended in `/>`; 0 when it never ends."""
        src: cython.const[cython.uchar][::1] = self.src
        n: cython.Py_ssize_t = self.n
        c: cython.int
        self.stamp += 1
        while i < n:
            c = src[i]
            if c == ord(">"):
                return i + 1
            if c == ord("/") and i + 1 < n and src[i + 1] == ord(">"):
                return -(i + 2)
            if c == ord("/") or c <= ord(" "):
                i += 1
                continue
            i = self._attribute(src, i)
            if i == 0:
                return 0
        return 0

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _attribute(self, src: cython.const[cython.uchar][::1], i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Read the attribute whose name begins at i; the place after it, 0 when the page ends in it."""
        n: cython.Py_ssize_t = self.n
        h: cython.longlong = NO_HASH
        c: cython.int = src[i]
        attr: cython.int
        while True:
            h = _hash_step(h, _small(c))
            i += 1
            if i >= n:
                return 0
            c = src[i]
            if c == ord("=") or c == ord(">") or c <= ord(" ") or c == ord("/"):
                break
        attr = self._find(self.attr_keys, self.attr_values, h, 127)
        while i < n and src[i] <= ord(" "):
            i += 1
        if i < n and src[i] == ord("="):
            return self._value(src, attr, i + 1)
        self._take(attr, i, i)
        return i

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _value(
        self, src: cython.const[cython.uchar][::1], attr: cython.int, i: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Read the value of an attribute, after its `=`; the place after it, 0 when the page ends in it."""
        n: cython.Py_ssize_t = self.n
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
            self._take(attr, s, i)
            return i + 1
        s = i
        while i < n and src[i] > ord(" ") and src[i] != ord(">"):
            i += 1
        self._take(attr, s, i)
        return i

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _take(self, attr: cython.int, s: cython.Py_ssize_t, e: cython.Py_ssize_t) -> cython.void:
        """Keep the place of a value; of two attributes of one name the first counts."""
        if attr > 0 and self.at_stamp[attr] != self.stamp:
            self.at_stamp[attr] = self.stamp
            self.at_s[attr] = cython.cast(cython.int, s)
            self.at_e[attr] = cython.cast(cython.int, e)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _tag_name(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Read a tag's name from i to just after it; its number goes to `self.tag`."""
        h: cython.longlong = NO_HASH
        c: cython.int
        has_dash: cython.bint = False
        while i < self.n:
            c = self.src[i]
            if c == ord(">") or c <= ord(" ") or c == ord("/"):
                break
            if c == ord("-"):
                has_dash = True
            h = _hash_step(h, _small(c))
            i += 1
        self.tag = self._find(self.tag_keys, self.tag_values, h, 511)
        if self.tag < 0:
            self.tag = CUSTOM if has_dash else N_KNOWN + cython.cast(cython.int, h % 100)
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _start_tag(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        tag: cython.int
        flags: cython.int
        closed: cython.int = 0
        name: cython.Py_ssize_t = i
        i = self._tag_name(i)
        tag = self.tag
        i = self._attributes(i)
        if i == 0:
            return self.n
        if i < 0:
            i = -i
            closed = 1
        flags = self.tag_flags[tag]
        if self.foreign_at >= 0:
            if flags & BREAKOUT and self.last_scope < self.foreign_at:
                self._pop_to(self.foreign_at)
            elif closed:
                return i
        if flags & RAW:
            if tag != T_NOSCRIPT or self.show & 1 == 0:
                return self._raw(i, tag, name)
            flags = BLOCK
        if flags & VOID:
            self._void(tag)
            return i
        if tag == T_HTML or tag == T_BODY or tag == T_HEAD or tag == T_FRAMESET:
            self._page(tag)
            return i
        if self.over > 0 or self.top >= STACK:
            self.over += 1
            if flags & BLOCK and self.hidden_at < 0:
                self._end_line()
            return i
        if self._implied_ends(tag, flags):
            self._open(tag, flags)
            if flags & PRE and i < self.n and self.src[i] == ord("\n"):
                i += 1
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _page(self, tag: cython.int) -> cython.void:
        """<html> and <body> describe the page."""
        if self.hidden_at >= 0:
            return
        if tag == T_BODY:
            self._end_line()
        if self._has(A_ITEMTYPE):
            self._note_meta(A_ITEMTYPE, A_ITEMTYPE)
        if self._has(A_LANG) or self._has(A_DIR):
            if self.node_lang[0] == 0:
                self.node_lang[0] = cython.cast(cython.uchar, self._lang())
            if tag == T_HTML and self._has(A_LANG):
                self._note_meta(A_LANG, A_LANG)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _note_meta(self, name: cython.int, value: cython.int) -> cython.void:
        """Remember a pair of attribute values for the page: (attribute, name range, value range)."""
        k: cython.Py_ssize_t = self.n_meta * 5
        if self.n_meta < 512:
            self.meta[k] = name
            self.meta[k + 1] = self.at_s[name]
            self.meta[k + 2] = self.at_e[name]
            self.meta[k + 3] = self.at_s[value]
            self.meta[k + 4] = self.at_e[value]
            self.n_meta += 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _void(self, tag: cython.int) -> cython.void:
        """Elements without content: line ends, buttons, and what the head says."""
        if tag == T_META:
            if self._has(A_CHARSET):
                self._note_meta(A_CHARSET, A_CHARSET)
            elif self._has(A_CONTENT):
                if self._has(A_PROPERTY):
                    self._note_meta(A_PROPERTY, A_CONTENT)
                elif self._has(A_NAME):
                    self._note_meta(A_NAME, A_CONTENT)
                elif self._has(A_HTTP_EQUIV):
                    self._note_meta(A_HTTP_EQUIV, A_CONTENT)
            return
        if tag == T_LINK:
            if self._is(A_REL, ord("c"), ord("a")) and self._has(A_HREF):  # canonical
                self._note_meta(A_REL, A_HREF)
            return
        if self.hidden_at >= 0:
            return
        if self.tag_flags[tag] & BOXED and self._takes_place():
            self._gap(BOX)
        if tag == T_IMG or tag == T_IMAGE:
            self._note(A_ALT)
            self._note(A_TITLE)
        elif tag == T_INPUT:
            self._input()
        elif self.tag_flags[tag] & BLOCK or tag == T_BR:
            if self.tag_flags[tag] & CLOSES_P:
                self._implied_ends(tag, self.tag_flags[tag])
            self._end_line()

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _input(self) -> cython.void:
        """The text of a button, a gap for other values: they are what a reader typed."""
        if self._is(A_TYPE, 104, 105) or self._has(A_HIDDEN):
            return
        self._note(A_PLACEHOLDER)
        self._note(A_ARIA_LABEL)
        self._note(A_TITLE)
        if not self._takes_place():
            return
        self._gap(TAB)
        if not self._has(A_VALUE):
            return
        if self._is(A_TYPE, 115, 117) or self._is(A_TYPE, 98, 117) or self._is(A_TYPE, 114, 101):
            if self._has(A_STYLE) and self._style() & S_VEILED:
                return
            self._note(A_VALUE)
            self._open_leaf(T_INPUT)
            self._text(self.at_s[A_VALUE], self.at_e[A_VALUE], 0)
            self._close_leaf()
            self._gap(TAB)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _takes_place(self) -> cython.int:
        """Whether the attributes read last leave a box of an element without content of its own."""
        if self.hidden_at >= 0 or self._has(A_HIDDEN):
            return 0
        return 0 if self._has(A_STYLE) and self._style() & S_NONE else 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _open_leaf(self, tag: cython.int) -> cython.void:
        if self.top < STACK:
            self._push(tag, self._node(tag), 0)
        else:
            self.over += 1

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _close_leaf(self) -> cython.void:
        if self.over > 0:
            self.over -= 1
        else:
            self._pop()

    @cython.cfunc
    @cython.inline
    @cython.nogil
    @cython.exceptval(check=False)
    def _kinds(self, attr: cython.int) -> cython.int:
        return self._words(attr) if self._has(attr) else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _node(self, tag: cython.int) -> cython.int:
        """A new row for an element, with what its attributes say."""
        k: cython.Py_ssize_t = self.n_node
        kinds: cython.int = self._kinds(A_CLASS) | self._kinds(A_ID) | self._kinds(A_ITEMPROP)
        role: cython.int
        if k >= self.node_cap:
            return cython.cast(cython.int, k - 1)
        kinds |= self._kinds(A_DATA_TESTID) | self._kinds(A_DATA_COMPONENT)
        if tag == T_A:
            kinds |= self._kinds(A_REL)
        if self._has(A_ITEMTYPE):
            self._note_meta(A_ITEMTYPE, A_ITEMTYPE)
        self.node_landmark[k] = self.tag_landmark[tag]
        if self._has(A_ROLE):
            role = self._find(
                self.role_keys, self.role_values, self._hash_value(self.at_s[A_ROLE], self.at_e[A_ROLE]), 63
            )
            if role >= 0:
                self.node_landmark[k] = cython.cast(cython.uchar, role)
        if self._has(A_ARIA_LABEL):
            self._note(A_ARIA_LABEL)
            if self.node_landmark[k] > 0:
                kinds |= self._kinds(A_ARIA_LABEL)
        if self._has(A_TITLE):
            self._note(A_TITLE)
        self.node_tag[k] = cython.cast(cython.uchar, tag)
        self.node_parent[k] = self.st_node[self.top - 1] if self.top > 0 else 0
        self.node_kinds[k] = kinds
        self.node_marks[k] = 1 if self._is(A_ARIA_HIDDEN, 116, 114) else 0  # 2: a block (see `_open`)
        self.node_shape[k] = self._shape(tag)
        self.node_lang[k] = cython.cast(cython.uchar, self._lang())
        self.n_node = k + 1
        return cython.cast(cython.int, k)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _open(self, tag: cython.int, flags: cython.int) -> cython.void:
        """Open an element that has content."""
        style: cython.int = 0
        p: cython.int = self.top
        if (tag == T_SVG or tag == T_MATH) and self.foreign_at < 0:
            self.foreign_at = p
        if self.hidden_at >= 0 and self.st_flags[self.hidden_at] & VEILED == 0:
            self._push(tag, self.st_node[p - 1], flags)
            return
        if self._has(A_STYLE):
            style = self._style()
        flags = self._shown_as(tag, flags, style)
        if flags & HIDDEN or (self.hidden_at < 0 and flags & VEILED):
            self._hide(tag, flags)
            return
        if self.hidden_at >= 0:
            if style & S_VISIBLE == 0:
                self._push(tag, self.st_node[p - 1], flags)
                return
            flags |= UNVEILED
            self.st_hidden[p] = self.hidden_at
            self.hidden_at = -1
        if flags & BLOCK:
            self._end_line()
        elif flags & (CELL | BUTTON) or (tag == T_A and self.after_link and self.pend < SPACE):
            self._gap(TAB)
        elif flags & BOXED:
            self._gap(BOX)
        self._push(tag, self._node(tag), flags)
        if flags & (BLOCK | CELL | BUTTON):
            self.node_marks[self.st_node[p]] |= 2
        if flags & PRE or style & S_PRE:
            if self.pre_at < 0:
                self.pre_at = p
        if tag == T_A and self._has(A_HREF):
            self.link_at = p
            self.link_node = self.st_node[p]

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _shown_as(self, tag: cython.int, flags: cython.int, style: cython.int) -> cython.int:
        """The flags of an element with what its attributes and its inline style say of how it is shown."""
        if self.show & 2 == 0:
            # hidden=until-found is found by readers; a script shows <div hidden id="S:1">, a streamed part of the page
            if self._has(A_HIDDEN) and not self._is(A_HIDDEN, 117, 110) and not self._is(A_ID, 115, 58):
                flags = (flags | HIDDEN) & ~BOXED
            if style & S_NONE or self._has(A_POPOVER) or (tag == T_DIALOG and not self._has(A_OPEN)):
                flags = (flags | HIDDEN) & ~BOXED
            if style & S_VEILED:
                flags |= VEILED
        if (style & S_INLINE_BLOCK and flags & BLOCK) or (tag == T_TSPAN and self._has(A_X)):
            flags |= BOXED
        if style & (S_INLINE | S_INLINE_BLOCK):
            flags &= ~BLOCK
        if style & S_BLOCK or (tag == T_TEXT and self.foreign_at >= 0):
            flags |= BLOCK
        return flags

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _hide(self, tag: cython.int, flags: cython.int) -> cython.void:
        """Open an element whose content is not shown: it parts its neighbours where it takes place."""
        p: cython.int = self.top
        if flags & HIDDEN == 0:
            flags |= BOXED
        if flags & BOXED:
            if flags & BLOCK:
                self._end_line()
            else:
                self._gap(BOX)
        self._push(tag, self.st_node[p - 1] if p > 0 else 0, flags)
        self.st_hidden[p] = self.hidden_at
        self.hidden_at = p

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _end_tag(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """An end tag whose name starts at i."""
        tag: cython.int
        c: cython.int = self.src[i]
        if not _is_letter(c):
            return self._skip_to(i, ord(">"))
        i = self._tag_name(i)
        tag = self.tag
        if i < self.n and self.src[i] == ord(">"):
            i += 1
        else:
            i = self._attributes(i)
            if i == 0:
                return self.n
            if i < 0:
                i = -i
        self._close(tag, self.tag_flags[tag])
        return i

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _close(self, tag: cython.int, flags: cython.int) -> cython.void:
        """Close the element that an end tag ends, if one is open and in scope."""
        p: cython.int = self.last_open[tag]
        if tag == T_NOSCRIPT and self.show & 1:
            flags = BLOCK
        if flags & (VOID | RAW) or tag == T_HTML or tag == T_BODY or tag == T_HEAD:
            if tag == T_BR and self.hidden_at < 0:
                self._end_line()
            return
        if self.over > 0:
            self.over -= 1
            if flags & BLOCK and self.hidden_at < 0:
                self._end_line()
            return
        if tag == T_P:
            if p >= 0 and p > self.last_button:
                self._pop_to(p)
            elif self.hidden_at < 0:
                self._end_line()
        elif flags & FORMATTING:
            self._close_formatting(tag)
        elif tag == T_LI:
            if p >= 0 and p > self.last_list:
                self._pop_to(p)
        elif flags & HEADING:
            self._close_heading()
        elif tag == T_FORM:
            if p >= 0 and p > self.last_scope:
                if p == self.top - 1:
                    self._pop_to(p)
                else:
                    self.st_dead[p] = 1
                self.form_open = 0
        elif flags & TABLE_PART:
            if p > self.last_table:
                self._pop_to(p)
        elif tag == T_TABLE:
            if self.last_table >= 0 and self.st_tag[self.last_table] == T_TABLE:
                self._pop_to(self.last_table)
        elif tag == T_TEMPLATE:
            if p >= 0:
                self._pop_to(p)
        elif flags & SCOPE:
            if p >= 0 and p >= self.last_scope:
                self._pop_to(p)
        elif flags & SPECIAL:
            if p >= 0 and p > self.last_scope:
                self._pop_to(p)
        elif p >= 0 and p > self.last_block:
            self._pop_to(p)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _close_heading(self) -> cython.void:
        """Any heading's end tag ends any open heading."""
        tag: cython.int
        p: cython.int = -1
        for tag in range(T_H1, T_H6 + 1):
            if self.last_open[tag] > p:
                p = self.last_open[tag]
        if p >= 0 and p > self.last_scope:
            self._pop_to(p)

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _raw(self, i: cython.Py_ssize_t, tag: cython.int, name: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Skip the content of an element that is not markup; i is just after its start tag."""
        end: cython.Py_ssize_t
        size: cython.Py_ssize_t = 0
        c: cython.int
        while name + size < self.n:
            c = self.src[name + size]
            if c == ord(">") or c <= ord(" ") or c == ord("/"):
                break
            size += 1
        if tag == T_SCRIPT:
            end = self._script_end(i, name)
            if self._has(A_TYPE) and self.at_e[A_TYPE] - self.at_s[A_TYPE] == 19 and self._is(A_TYPE, ord("a"), ord("p")):
                self.at_stamp[A_VALUE] = self.stamp  # application/ld+json
                self.at_s[A_VALUE] = cython.cast(cython.int, i)
                self.at_e[A_VALUE] = cython.cast(cython.int, end)
                self._note_meta(A_TYPE, A_VALUE)
        else:
            end = self._raw_end(i, name, size)
            if tag == T_TITLE and self.title_s < 0 and self.foreign_at < 0:
                self.title_s = cython.cast(cython.int, i)
                self.title_e = cython.cast(cython.int, end)
            elif tag == T_TEXTAREA and self.hidden_at < 0:
                self._note(A_PLACEHOLDER)
            if self.tag_flags[tag] & BOXED and self._takes_place():
                self._gap(TAB if tag == T_TEXTAREA else BOX)
        return self._skip_to(end, ord(">"))

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _named(self, i: cython.Py_ssize_t, name: cython.Py_ssize_t, size: cython.Py_ssize_t) -> cython.int:
        """Whether the name at i is the one at `name`, whatever its case, and ends there."""
        k: cython.Py_ssize_t
        c: cython.int
        if i + size >= self.n:
            return 0
        for k in range(size):
            if (self.src[i + k] | 32) != (self.src[name + k] | 32):
                return 0
        c = self.src[i + size]
        return 1 if c <= ord(" ") or c == ord("/") or c == ord(">") else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _raw_end(
        self, i: cython.Py_ssize_t, name: cython.Py_ssize_t, size: cython.Py_ssize_t
    ) -> cython.Py_ssize_t:
        """Where the end tag of a raw element starts, or the end."""
        src: cython.const[cython.uchar][::1] = self.src
        n: cython.Py_ssize_t = self.n
        while i < n:
            if src[i] == ord("<") and i + 1 < n and src[i + 1] == ord("/") and self._named(i + 2, name, size):
                return i
            i += 1
        return n

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _script_end(self, i: cython.Py_ssize_t, name: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """Where </script> is: inside <!-- a <script> hides the next </script>, until -->."""
        src: cython.const[cython.uchar][::1] = self.src
        n: cython.Py_ssize_t = self.n
        escaped: cython.int = 0
        c: cython.int
        while i < n:
            c = src[i]
            if c == ord("<"):
                if i + 1 < n and src[i + 1] == ord("/"):
                    if self._named(i + 2, name, 6):
                        if escaped < 2:
                            return i
                        escaped = 1
                elif escaped == 1:
                    if self._named(i + 1, name, 6):
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
    def _declaration(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """A comment, a document type or CDATA; i is after `<!`."""
        src: cython.const[cython.uchar][::1] = self.src
        n: cython.Py_ssize_t = self.n
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
        if self.foreign_at > self.last_scope and self._is_cdata(i):
            return self._cdata(i + 7)
        return self._skip_to(i, ord(">"))

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _is_cdata(self, i: cython.Py_ssize_t) -> cython.int:
        """Whether `[CDATA[` stands at i."""
        src: cython.const[cython.uchar][::1] = self.src
        if i + 7 > self.n or src[i] != ord("[") or src[i + 6] != ord("["):
            return 0
        return 1 if src[i + 1] == ord("C") and src[i + 2] == ord("D") and src[i + 3] == ord("A") and src[i + 4] == ord("T") else 0

    @cython.cfunc
    @cython.nogil
    @cython.exceptval(check=False)
    def _cdata(self, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
        """The content of CDATA at i is text up to `]]>`, which `_run` reads."""
        src: cython.const[cython.uchar][::1] = self.src
        end: cython.Py_ssize_t = i
        while end < self.n and not (src[end] == ord("]") and end + 2 < self.n and src[end + 1] == ord("]") and src[end + 2] == ord(">")):
            end += 1
        if self.hidden_at >= 0 or end == i:
            return end + 3 if end < self.n else self.n
        self.cdata_end = end
        return i
