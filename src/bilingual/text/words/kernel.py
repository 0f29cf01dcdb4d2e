# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Code points -> words, with the hashes they are known by.

A word is a run of one script with its marks, digits, joiners and inner apostrophes. Its hash is of its search fold; where
that hides what tells languages apart, there is one of the letters as they are written, too.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.classes import (
        APOSTROPHE,
        ARAB,
        DIGIT,
        KIND_MASK,
        LATN,
        LETTER,
        MARK,
        NO_WORD,
        SCRIPT_MASK,
        SCRIPT_SHIFT,
        SPACE,
        UPPER_BIT,
        WORD_ALL_DIGITS,
        WORD_APOSTROPHE,
        WORD_ATTACHED,
        WORD_HAS_DIGIT,
        WORD_HAS_MARK,
        WORD_TITLE,
        WORD_UPPER,
        WORD_WRITTEN,
        ZYYY,
    )
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.fold_hashes import hash_fold
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step, last_hash
    from cython.cimports.bilingual.text.kinds import cell_of, is_of_word, kind_of
else:
    from bilingual.text.classes import *  # noqa: F403  (the names above)
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.fold_hashes import hash_fold
    from bilingual.text.hashes import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _plain_letters(
    codes: cython.p_uint,
    plain: cython.p_uint,
    base: cython.Py_ssize_t,
    reach: cython.uint,
    i: cython.Py_ssize_t,
    h: cython.ulonglong,
) -> tuple[cython.Py_ssize_t, cython.ulonglong]:
    """Hash letters from `i` on while they are plain ones of one script, whose table begins at `base`; the first that is
    none, and the hash. The closing line feed ends every word before `codes` does."""
    code: cython.uint = codes[i]
    while code < reach:
        code = plain[base + code]
        if code == 0:
            break
        h = hash_step(h, code)
        i += 1
        code = codes[i]
    return i, h


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _written_letters(
    codes: cython.p_uint,
    plain: cython.p_uint,
    base: cython.Py_ssize_t,
    reach: cython.uint,
    i: cython.Py_ssize_t,
    h: cython.ulonglong,
    x: cython.ulonglong,
) -> tuple[cython.Py_ssize_t, cython.ulonglong, cython.ulonglong]:
    """As `_plain_letters`, and the hash `x` of the letters as they are written."""
    code: cython.uint = codes[i]
    folded: cython.uint
    while code < reach:
        folded = plain[base + code]
        if folded == 0:
            break
        h = hash_step(h, folded)
        x = hash_step(x, code)
        i += 1
        code = codes[i]
    return i, h, x


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _hash_written(
    codes: cython.p_uint, start: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.ulonglong:
    """The hash of `codes[start:end]` as written."""
    x: cython.ulonglong = first_hash()
    i: cython.Py_ssize_t
    for i in range(start, end):
        x = hash_step(x, codes[i])
    return x


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _attached(words: Words, i: cython.Py_ssize_t) -> cython.uint:
    """The bit of a word at `i` that begins where the one before it ends."""
    return WORD_ATTACHED if words.n > 0 and words.end[words.n - 1] == i else 0


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def add_word(
    words: Words,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    script: cython.uint,
    flags: cython.uint,
    h: cython.ulonglong,
    written: cython.ulonglong,
) -> cython.int:
    """Note a word, of whose `written` the low half is kept; nothing stands before the next one yet."""
    k: cython.Py_ssize_t = words.n
    low: cython.ulonglong = 4294967295
    words.start[k] = cython.cast(cython.int, start)
    words.end[k] = cython.cast(cython.int, end)
    words.script[k] = cython.cast(cython.uchar, script)
    words.flags[k] = cython.cast(cython.ushort, flags)
    words.hash[k] = last_hash(h)
    words.written[k] = cython.cast(cython.uint, written & low)
    words.n = k + 1
    words.pending = 0
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_plain_words(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Words from `i` on, with single blanks between them, while they are plain: a letter, perhaps in upper case, and
    lower-case or caseless ones of its script. Most words are. The place after them.
    """
    plain: cython.p_uint = classes.letters
    basis: cython.ulonglong = first_hash()
    reach: cython.uint = classes.plain.shape[0] // 3
    flags: cython.uint = words.pending | _attached(words, i)
    s: cython.Py_ssize_t
    script: cython.uint
    lead: cython.uint
    code: cython.uint = codes[i]
    h: cython.ulonglong
    x: cython.ulonglong
    while code < reach:
        lead = plain[code]
        if lead == 0:
            break
        s = i
        script = lead >> 16 & 255
        h = hash_step(basis, lead & 65535)
        x = 0
        if script == ARAB:
            x = hash_step(basis, code)
            i, h, x = _written_letters(codes, plain, reach, reach, i + 1, h, x)
            x = x ^ (x >> 32)
        else:
            i, h = _plain_letters(codes, plain, 2 * reach, reach, i + 1, h)
        code = codes[i]
        if code != ord(" ") and is_of_word(kind_of(classes, code)):
            return s  # it goes on with what is not plain
        add_word(words, s, i, script, flags | (WORD_TITLE if lead >> 24 else 0), h, x)
        flags = 0
        if code != ord(" "):
            return i
        i += 1  # one blank is no gap
        code = codes[i]
    if kind_of(classes, code) == SPACE:
        i -= 1  # more than one are
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _written(
    codes: cython.p_uint,
    start: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    script: cython.uint,
    flags: cython.uint,
    letters: cython.Py_ssize_t,
    uppers: cython.Py_ssize_t,
    x: cython.ulonglong,
) -> cython.ulonglong:
    """What `add_word` notes of a word as it is written, see `scan.Scan`; `x` is the hash of its letters, which lacks some where
    it says WORD_WRITTEN."""
    if flags & WORD_WRITTEN:
        x = _hash_written(codes, start, end)
    elif script != ARAB:
        return NO_WORD if script == LATN and _has_capitals(flags, letters, uppers) else 0
    return x ^ (x >> 32)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _behind(codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The place after a word that ends at `i`, and after the one blank behind it, which is no gap."""
    return i + 1 if codes[i] == ord(" ") and kind_of(classes, codes[i + 1]) != SPACE else i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_word(codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """A word of any kind: letters of one script, digits, marks, joiners, inner apostrophes. The place after it."""
    start: cython.Py_ssize_t = i
    s: cython.Py_ssize_t
    code: cython.uint = codes[i]
    cell: cython.ulonglong = cell_of(classes, code)
    kind: cython.uint = cell & KIND_MASK
    own: cython.uint
    script: cython.uint = ZYYY
    reach: cython.uint = classes.plain.shape[0] // 3
    flags: cython.uint = words.pending | _attached(words, i)
    letters: cython.Py_ssize_t = 0
    uppers: cython.Py_ssize_t = 0
    digits: cython.Py_ssize_t = 0
    h: cython.ulonglong = first_hash()
    x: cython.ulonglong = h
    while is_of_word(kind):
        if kind == LETTER:
            own = (cell >> SCRIPT_SHIFT) & SCRIPT_MASK
            if own != ZYYY and own != script:
                if script != ZYYY:
                    break  # a letter of another script begins another word
                script = own
            if cell & UPPER_BIT:
                flags |= WORD_TITLE if letters == 0 else 0
                uppers += 1
            letters += 1
        elif kind == DIGIT:
            digits += 1
        elif kind == MARK:
            flags |= WORD_HAS_MARK
        elif kind == APOSTROPHE:
            if letters == 0 or script == ARAB or kind_of(classes, codes[i + 1]) != LETTER:
                break  # a quotation mark
            flags |= WORD_APOSTROPHE
        if code == ord("İ") or code == ord("\N{ZERO WIDTH NON-JOINER}"):
            flags |= WORD_WRITTEN
        h = hash_fold(classes, code, cell >> 32, h)
        x = hash_step(x, code)
        i += 1
        if script == ARAB or script == LATN:
            s = i
            i, h, x = _written_letters(codes, classes.letters, script * reach, reach, i, h, x)
            letters += i - s
        code = codes[i]
        cell = cell_of(classes, code)
        kind = cell & KIND_MASK
    x = _written(codes, start, i, script, flags, letters, uppers, x)
    add_word(words, start, i, script, flags | _composition(letters, uppers, digits), h, x)
    return _behind(codes, classes, i)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _composition(letters: cython.Py_ssize_t, uppers: cython.Py_ssize_t, digits: cython.Py_ssize_t) -> cython.uint:
    """The bits of what a word is made of: digits, nothing else, upper case."""
    if letters == 0:
        return WORD_HAS_DIGIT | WORD_ALL_DIGITS
    return (WORD_HAS_DIGIT if digits > 0 else 0) | (WORD_UPPER if uppers == letters and letters > 1 else 0)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _has_capitals(flags: cython.uint, letters: cython.Py_ssize_t, uppers: cython.Py_ssize_t) -> cython.bint:
    """Whether capitals stand inside a word of small letters, as in userName, iPhone and base 64; but L'Orient."""
    first: cython.Py_ssize_t = 1 if flags & WORD_TITLE else 0
    return first < uppers < letters and flags & WORD_APOSTROPHE == 0
