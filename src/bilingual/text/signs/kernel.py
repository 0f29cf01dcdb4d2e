# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The loop over code points: words, and what stands between them.

Signs and white space become the events that blocks are cut at (line ends, gaps, separators, pauses, sentence ends), bits
of the word that follows, or the start of an address or of a name in code.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.addresses.kernel import (
        end_of_host,
        is_host_part,
        is_www,
        read_address,
        read_host,
        read_url,
    )
    from cython.cimports.bilingual.text.classes import (
        APOSTROPHE,
        BAR,
        BULLET,
        CHAIN_SIGN,
        CLOSE,
        COMMA,
        DIGIT,
        END,
        HARD_GAP,
        LATN,
        LETTER,
        LINE_END,
        NEWLINE,
        OPEN,
        PAUSE,
        PUNCT,
        QUOTE,
        SENTENCE_END,
        SEPARATOR,
        SIGN,
        SOFT_GAP,
        SPACE,
        WORD_AFTER_COLON,
        WORD_AFTER_COMMA,
        WORD_AFTER_EDGE,
        WORD_AFTER_END,
        WORD_AFTER_SIGN,
        WORD_HASHTAG,
    )
    from cython.cimports.bilingual.text.code.kernel import (
        end_of_dotted,
        read_bracket,
        read_code,
        read_dash,
        read_sign_of_code,
        read_slash,
        read_tag,
    )
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.kinds import is_at_edge, is_blank, is_small, kind_of, stands_apart
    from cython.cimports.bilingual.text.words.kernel import read_plain_words, read_word
else:
    from bilingual.text.addresses.kernel import *  # noqa: F403  (the names above)
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.code.kernel import *  # noqa: F403
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403
    from bilingual.text.words.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def scan_words(codes: cython.p_uint, n: cython.Py_ssize_t, classes: Classes, words: Words) -> cython.void:
    """Fill the columns of words and of events.

    The columns of `words` are as long as the `n` of `codes` + 1 at least; `codes` ends with a line feed.
    """
    plain: cython.p_uint = classes.letters
    reach: cython.uint = classes.plain.shape[0] // 3
    i: cython.Py_ssize_t = 0
    code: cython.uint
    words.begin()
    while i < n:
        code = codes[i]
        if code < reach and plain[code] != 0:
            i = read_plain_words(codes, classes, words, i)
        i = _other(codes, classes, words, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _other(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """What no plain word is, by the kind of the code point at `i`; the place after it."""
    kind: cython.uint = kind_of(classes, codes[i])
    if kind == LETTER or kind == DIGIT:
        return read_word(codes, classes, words, i)
    if kind == SPACE:
        return _gap(codes, classes, words, i)
    if kind == NEWLINE:
        _event(words, i, LINE_END)
        words.pending = 0
        words.barrier = i + 1
        words.quote = -1
    elif kind == END:
        return _sentence_end(codes, classes, words, i)
    elif kind == COMMA:
        return _comma(codes, classes, words, i)
    elif kind == QUOTE:
        words.pending = words.pending | WORD_AFTER_EDGE
        _quotation_mark(codes, classes, words, i)
    elif kind == SEPARATOR:
        return _separator(codes, classes, words, i)
    elif kind == SIGN:
        return _sign(codes, classes, words, i)
    elif kind == OPEN or kind == CLOSE:
        words.pending = words.pending | WORD_AFTER_EDGE
        return read_bracket(codes, classes, words, i)
    elif codes[i] == ord("<"):
        return read_tag(codes, classes, words, i + 1)
    elif kind == PUNCT and _is_dash(codes[i]):
        return read_dash(codes, classes, words, i)
    else:
        return read_sign_of_code(codes, classes, words, i)
    return i + 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _event(words: Words, pos: cython.Py_ssize_t, kind: cython.uchar) -> cython.int:
    """Note an event after the words so far."""
    words.event_pos[words.n_events] = cython.cast(cython.int, pos)
    words.event_kind[words.n_events] = kind
    words.event_word[words.n_events] = cython.cast(cython.int, words.n)
    words.n_events += 1
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _gap(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """White space: two blanks or more, or a tab, are a gap."""
    s: cython.Py_ssize_t = i
    has_tab: cython.bint = False
    while kind_of(classes, codes[i]) == SPACE:
        if codes[i] == ord("\t"):
            has_tab = True
        i += 1
    if i - s > 1 or has_tab:
        _event(words, s, HARD_GAP if has_tab or i - s > 2 else SOFT_GAP)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sentence_end(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A sentence end, after its closers and before white space; and the first dot of an address."""
    k: cython.Py_ssize_t = words.n
    end: cython.Py_ssize_t
    kind: cython.uint
    if codes[i] == ord(".") and k > 0 and words.end[k - 1] == i and not is_blank(classes, codes[i + 1]):
        if is_www(codes, words, i):
            return read_url(codes, classes, words, i)
        end = end_of_host(codes, classes, i + 1) if is_host_part(words, k - 1) else 0
        if end > 0:
            return read_host(codes, classes, words, end)
        if is_small(codes[i + 1]):
            end = end_of_dotted(codes, classes, words, i)
            if end > 0:
                return read_code(codes, classes, words, i, end, False)
    i += 1
    kind = kind_of(classes, codes[i])
    while kind == END or kind == CLOSE or kind == QUOTE or kind == APOSTROPHE:
        i += 1
        kind = kind_of(classes, codes[i])
    if kind == SPACE:
        _event(words, i, SENTENCE_END)
        words.pending = words.pending | WORD_AFTER_END
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _comma(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A comma, a colon; and `://`"""
    k: cython.Py_ssize_t = words.n
    if (
        codes[i] == ord(":")
        and codes[i + 1] == ord("/")
        and codes[i + 2] == ord("/")
        and k > 0
        and words.end[k - 1] == i
        and words.script[k - 1] == LATN
    ):
        return read_url(codes, classes, words, i)
    _event(words, i + 1, PAUSE)
    words.pending = words.pending | WORD_AFTER_COMMA
    if codes[i] == ord(":"):
        words.pending = words.pending | WORD_AFTER_COLON
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _quotation_mark(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.int:
    """« and » between blanks part the items of a chain, but where one opens and the other closes, as in French."""
    code: cython.uint = codes[i]
    if code == ord("»") and words.quote != -1:
        if words.quote >= 0:
            words.event_kind[words.quote] = PAUSE
        words.quote = -1
    elif (code == ord("»") or code == ord("«")) and stands_apart(codes, classes, i):
        is_inside: cython.bint = i > 0 and kind_of(classes, codes[i - 1]) == SPACE and kind_of(classes, codes[i + 1]) == SPACE
        if code == ord("«"):
            words.quote = words.n_events if is_inside else -2
        if is_inside:
            _event(words, i, CHAIN_SIGN)
    return 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_dash(code: cython.uint) -> cython.bint:
    """Whether it is a hyphen-minus, an en dash or an em dash."""
    return code == ord("-") or code == ord("–") or code == ord("—")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_chain_sign(code: cython.uint) -> cython.bint:
    """Whether it parts the items of a chain such as `Home > News > Sport`."""
    return (
        code == ord(">")
        or code == ord("/")
        or code == ord("›")
        or code == ord("→")
        or code == ord("‹")
        or code == ord("←")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _separator(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Bars, bullets and chain signs count where white space stands around them. The place after."""
    code: cython.uint = codes[i]
    if not stands_apart(codes, classes, i):
        if code == ord("/"):
            return read_slash(codes, classes, words, i)
        if (code == ord("*") or code == ord("‹") or code == ord("›")) and is_at_edge(codes, classes, i):
            words.pending = words.pending | WORD_AFTER_EDGE
        return i + 1
    words.pending = words.pending | WORD_AFTER_SIGN
    if code == ord("|") or code == ord("¦") or code == ord("│"):
        _event(words, i, BAR)
    elif _is_chain_sign(code):
        _event(words, i, CHAIN_SIGN)
    else:
        _event(words, i, BULLET)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _sign(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The # of a hashtag; the @ of an address. The place after it."""
    if codes[i] == ord("@"):
        return read_address(codes, classes, words, i)
    if codes[i] == ord("#") and kind_of(classes, codes[i + 1]) == LETTER:
        words.pending = words.pending | WORD_HASHTAG
    return i + 1
