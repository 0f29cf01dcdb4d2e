# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""URLs, names of hosts, e-mail addresses and @handles, and where links of Markdown lead: words without a language.

Each is read from the sign that gives it away, `://`, a dot or @, and takes words before it into itself.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.classes import (
        ARAB,
        CLOSE,
        NEWLINE,
        OPEN,
        SPACE,
        WORD_AFTER_COMMA,
        WORD_AFTER_END,
        WORD_ATTACHED,
        WORD_EMAIL,
        WORD_HANDLE,
        WORD_URL,
        ZYYY,
    )
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.fold_hashes import hash_fold
    from cython.cimports.bilingual.text.hashes import first_hash, last_hash
    from cython.cimports.bilingual.text.kinds import cell_of, is_small, is_word_kind, kind_of
    from cython.cimports.bilingual.text.words.kernel import add_word
else:
    from bilingual.text.classes import *  # noqa: F403  (the names above)
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.fold_hashes import hash_fold
    from bilingual.text.hashes import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403
    from bilingual.text.words.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_w(code: cython.uint) -> cython.bint:
    return code == ord("w") or code == ord("W")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def is_www(
    codes: cython.p_uint, words: Words, i: cython.Py_ssize_t
) -> cython.bint:
    """Whether the word before `i` is `www`."""
    return (
        i - words.start[words.n - 1] == 3
        and _is_w(codes[i - 3])
        and _is_w(codes[i - 2])
        and _is_w(codes[i - 1])
    )


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def is_host_part(words: Words, k: cython.Py_ssize_t) -> cython.bint:
    """Whether word `k` can stand in the name of a host: not Arabic, and no address itself."""
    return words.script[k] != ARAB and words.flags[k] & WORD_URL == 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def end_of_host(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name of a host ends that goes on at `i`, after a dot, 0 where none does: its last label is a known domain
    (`com`, `co.uk`).

    In small letters only: where the blank after a sentence is missing, a capital follows. A name has at most 253 characters
    (RFC 1035), so that a chain of dots is not read to its end from each of them.
    """
    label: cython.ulonglong = 0
    code: cython.uint = codes[i]
    d: cython.Py_ssize_t
    stop: cython.Py_ssize_t = i + 253
    while i < stop and (is_small(code) or ord("0") <= code <= ord("9") or code == ord("-") or code == ord(".")):
        if code == ord("."):
            if not is_small(codes[i + 1]):
                break
            label = 0
        else:
            # longer than any known domain: never equal to one
            label = label << 8 | code if label >> 56 == 0 else label
        i += 1
        code = codes[i]
    if i == stop or code == ord("@") or code == ord("_") or is_word_kind(kind_of(classes, code)):
        return 0
    for d in range(classes.domains.shape[0]):
        if classes.domains[d] == label:
            return i
    return 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_host(
    codes: cython.p_uint, classes: Classes, words: Words, end: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The last word, with those before it that a hyphen joins to it, becomes the name of a host that goes on to `end`: an
    address, with a path or port as any URL, without one known by its letters."""
    k: cython.Py_ssize_t = words.n - 1
    i: cython.Py_ssize_t
    h: cython.ulonglong = first_hash()
    while (
        k > 0
        and words.end[k - 1] + 1 == words.start[k]
        and codes[words.end[k - 1]] == ord("-")
        and is_host_part(words, k - 1)
    ):
        k -= 1
    words.n = k + 1
    i = read_url(codes, classes, words, end)
    if codes[end] == ord("/") or (codes[end] == ord(":") and ord("0") <= codes[end + 1] <= ord("9")):
        return i
    for i in range(words.start[k], end):
        h = hash_fold(classes, codes[i], cell_of(classes, codes[i]) >> 32, h)
    words.hash[k] = last_hash(h)
    words.end[k] = cython.cast(cython.int, end)
    words.barrier = end
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _flags_of_place(flags: cython.uint) -> cython.uint:
    """Of the bits of a word those that tell what stands before it."""
    return flags & (WORD_AFTER_END | WORD_AFTER_COMMA | WORD_ATTACHED)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_never_in_url(code: cython.uint) -> cython.bint:
    """Whether no URL has it (RFC 3986): what stands around one in markup, Markdown and code."""
    return code == ord('"') or code == ord("<") or code == ord(">") or code == ord("`")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_url(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The last word becomes a URL that goes on from `i` to white space, a sign that no URL has, or the end of the brackets
    around it."""
    k: cython.Py_ssize_t = words.n - 1
    depth: cython.Py_ssize_t = 0
    kind: cython.uint = kind_of(classes, codes[i])
    while kind != SPACE and kind != NEWLINE and not _is_never_in_url(codes[i]):
        depth += 1 if kind == OPEN else -1 if kind == CLOSE else 0
        if depth < 0:
            break
        i += 1
        kind = kind_of(classes, codes[i])
    words.end[k] = cython.cast(cython.int, i)
    words.script[k] = ZYYY
    words.flags[k] = cython.cast(cython.ushort, _flags_of_place(words.flags[k]) | WORD_URL)
    words.hash[k] = 1
    words.written[k] = 0
    words.barrier = i
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_destination(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where a link in Markdown leads, as `[text](docs/start.md)` does, is a URL if it begins with # or has a slash or dot; `i`
    is after its bracket. Where to go on."""
    start: cython.Py_ssize_t = i
    kind: cython.uint = kind_of(classes, codes[i])
    is_place: cython.bint = codes[i] == ord("#")
    while not (kind == SPACE or kind == NEWLINE or kind == OPEN or kind == CLOSE or _is_never_in_url(codes[i])):
        is_place = is_place or codes[i] == ord("/") or codes[i] == ord(".")
        i += 1
        kind = kind_of(classes, codes[i])
    if not is_place or codes[i] != ord(")"):
        return start
    add_word(words, start, i, ZYYY, words.pending | WORD_URL, 1, 0)
    words.barrier = i
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_address(
    codes: cython.p_uint, classes: Classes, words: Words, at: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The e-mail address around the @ at `at`, or the @handle that begins there; the place after it."""
    start: cython.Py_ssize_t = _start_of_mailbox(codes, classes, words, at)
    has_mailbox: cython.bint = start < at
    end: cython.Py_ssize_t
    has_dot: cython.bint
    flags: cython.uint = WORD_URL | WORD_EMAIL
    end, has_dot = _end_of_address(codes, classes, at + 1, has_mailbox)
    words.barrier = at + 1
    if not (has_mailbox and has_dot):
        if end == at + 1 or (at > 0 and _is_name_part(classes, codes[at - 1])):
            return at + 1
        flags = WORD_URL | WORD_HANDLE
        start = at
    flags |= words.pending
    while words.n > 0 and words.start[words.n - 1] >= start:
        words.n -= 1
        flags |= _flags_of_place(words.flags[words.n])
    while words.n_events > 0 and words.event_pos[words.n_events - 1] > start:
        words.n_events -= 1
    add_word(words, start, end, ZYYY, flags, 2, 0)
    words.barrier = end
    return end


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_name_part(classes: Classes, code: cython.uint) -> cython.bint:
    """Whether it stands in names of accounts: a letter, mark, digit or underscore."""
    return is_word_kind(kind_of(classes, code)) or code == ord("_")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _start_of_mailbox(
    codes: cython.p_uint, classes: Classes, words: Words, at: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name before the @ at `at` begins; `at` where there is none."""
    code: cython.uint
    while at > words.barrier:
        code = codes[at - 1]
        if not (_is_name_part(classes, code) or code == ord(".") or code == ord("+") or code == ord("-")):
            break
        at -= 1
    return at


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_address(
    codes: cython.p_uint, classes: Classes, first: cython.Py_ssize_t, has_mailbox: cython.bint
) -> tuple[cython.Py_ssize_t, cython.bint]:
    """Where what goes on at `first`, after the @, ends, and whether it has a dot inside; what no name of an account stands
    before has no hyphens, and dots before small letters alone."""
    i: cython.Py_ssize_t = first
    has_dot: cython.bint = False
    code: cython.uint = codes[i]
    while (
        _is_name_part(classes, code)
        or (code == ord("-") and has_mailbox)
        or (code == ord(".") and (has_mailbox or is_small(codes[i + 1])))
    ):
        if code == ord(".") and i > first:
            if not is_word_kind(kind_of(classes, codes[i + 1])):
                break
            has_dot = True
        i += 1
        code = codes[i]
    return i, has_dot
