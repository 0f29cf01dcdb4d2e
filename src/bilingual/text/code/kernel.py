# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""What is written in code or markup: paths, names in programs, options, placeholders, named characters, tags.

Words of such names are marked as of code; those that stand for a value or a sign have no script at all.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.text.addresses.kernel import read_destination
    from cython.cimports.bilingual.text.classes import (
        ARAB,
        DIGIT,
        LATN,
        NEWLINE,
        NO_WORD,
        OF_CODE,
        SPACE,
        WORD_AFTER_EDGE,
        WORD_AFTER_SIGN,
        WORD_HASHTAG,
        WORD_URL,
        WORD_WRITTEN,
        ZYYY,
    )
    from cython.cimports.bilingual.text.columns.kernel import Classes, Words
    from cython.cimports.bilingual.text.hashes import first_hash, hash_step
    from cython.cimports.bilingual.text.kinds import (
        is_ascii_letter,
        is_at_edge,
        is_blank,
        is_small,
        is_word_kind,
        kind_of,
        stands_apart,
    )
    from cython.cimports.bilingual.text.words.kernel import add_word, read_word
else:
    from bilingual.text.addresses.kernel import *  # noqa: F403  (the names above)
    from bilingual.text.classes import *  # noqa: F403
    from bilingual.text.columns.kernel import *  # noqa: F403
    from bilingual.text.hashes import *  # noqa: F403
    from bilingual.text.kinds import *  # noqa: F403
    from bilingual.text.words.kernel import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_variable(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.bint:
    """Whether a variable stands alone in brackets, as in sin(x); no letter that endings have, as in word(s)."""
    return (codes[i] == ord("x") or codes[i] == ord("y") or codes[i] == ord("z")) and codes[i + 1] == ord(")")


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_bracket(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A bracket, and what of code stands in it: where a link leads, a place for a value, the box of a task. The place after."""
    code: cython.uint = codes[i]
    end: cython.Py_ssize_t
    if code == ord("]") and codes[i + 1] == ord("("):
        return read_destination(codes, classes, words, i + 2)
    if code == ord("(") and (codes[i + 1] == ord(")") or _is_variable(codes, i + 1)):
        _mark_before(codes, words, i)  # a call, or a function of mathematics
    elif code == ord("["):
        end = i + 2 if codes[i + 1] == ord("/") else i + 1
        if is_ascii_letter(codes[end]) and codes[end + 1] == ord("]"):
            return read_code(codes, classes, words, i + 1, end + 1, True)
    elif code == ord("{"):
        end = _end_of_placeholder(codes, i)
        if end > 0:
            return read_code(codes, classes, words, i + 1, end, True)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_dash(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A dash between blanks, or one that begins an option, as in `ls -la --all`. The place after it."""
    start: cython.Py_ssize_t = i + 1
    if stands_apart(codes, classes, i):
        words.pending = words.pending | WORD_AFTER_SIGN
    elif codes[i] == ord("-") and (i == 0 or is_blank(classes, codes[i - 1])):
        if codes[start] == ord("-"):
            start += 1
        elif i == 0 or kind_of(classes, codes[i - 1]) == NEWLINE:
            return start  # at the start of a line it opens what somebody says, or an item of a list
        if is_small(codes[start]):
            i = read_word(codes, classes, words, start)
            _mark(words, words.n - 1, True)
            return i
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_sign_of_code(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Signs that mean something in code and markup: `snake_case`, `\\n`, `&nbsp;`, `%s`, `key=value`. The place after."""
    code: cython.uint = codes[i]
    end: cython.Py_ssize_t
    if code == ord("_"):
        return _underscore(codes, classes, words, i)
    if code == ord("\\"):
        return _backslash(codes, classes, words, i)
    if code == ord("&"):
        end = _end_of_entity(codes, i + 1)
        if end > 0:
            return read_code(codes, classes, words, i + 1, end, True)
    elif code == ord("%"):
        end = _end_of_format(codes, classes, i + 1)
        if end > 0 and (i == 0 or kind_of(classes, codes[i - 1]) != DIGIT):
            return read_code(codes, classes, words, i + 1, end, True)
    elif code == ord("="):
        if is_blank(classes, codes[i + 1]):
            return _equation(codes, classes, words, i)
        _mark_before(codes, words, i)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _equation(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """An equals sign between blanks: a word of one letter or two before it is a variable, as in `F = ma`, and then one of up
    to three behind it are some. The place after."""
    k: cython.Py_ssize_t = words.n - 1
    end: cython.Py_ssize_t = i + 2
    if k < 0 or words.end[k] != i - 1 or words.start[k] < i - 3 or not is_blank(classes, codes[i - 1]):
        return i + 1
    if words.script[k] != LATN or kind_of(classes, codes[i - 1]) == NEWLINE:
        return i + 1  # a word of the line, or of the document, before is none
    _mark(words, k, True)
    while end < i + 5 and is_ascii_letter(codes[end]):
        end += 1
    if codes[i + 1] != ord(" ") or end == i + 2 or is_word_kind(kind_of(classes, codes[end])):
        return i + 1
    i = read_word(codes, classes, words, i + 2)
    _mark(words, words.n - 1, False)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _underscore(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """An underscore at the edge of a word, as in _emphasis_, or inside one, as in `snake_case`. The place after."""
    k: cython.Py_ssize_t = words.n - 1
    is_hashtag: cython.bint
    if is_at_edge(codes, classes, i):
        words.pending = words.pending | WORD_AFTER_EDGE
        return i + 1
    if k < 0 or words.end[k] != i or not is_ascii_letter(codes[i + 1]):
        return i + 1
    is_hashtag = words.flags[k] & WORD_HASHTAG != 0  # those are made of words
    if not is_hashtag:
        _mark_before(codes, words, i)
    while codes[i] == ord("_") and words.end[words.n - 1] == i and is_ascii_letter(codes[i + 1]):
        i = read_word(codes, classes, words, i + 1)
        if not is_hashtag:
            _mark(words, words.n - 1, False)
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _backslash(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A path of Windows, a command of LaTeX, or `\\n` for a line end, which is no word. The place after."""
    code: cython.uint = codes[i + 1]
    if (code == ord("n") or code == ord("t") or code == ord("r")) and not is_small(codes[i + 2]):
        add_word(words, i + 1, i + 2, ZYYY, words.pending, hash_step(first_hash(), code), 0)
        return i + 2
    if is_ascii_letter(code):
        return read_code(codes, classes, words, i, _end_of_run(codes, i), False)
    return i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_slash(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """A path, `src/app/main.c` or /etc/hosts, or a unit as m3/h, dy/dx; but and/or. The place after."""
    k: cython.Py_ssize_t = words.n - 1
    end: cython.Py_ssize_t
    is_joined: cython.bint = k >= 0 and words.end[k] == i
    is_path: cython.bint = True
    if not _is_of_name(codes[i + 1]):
        return i + 1
    end = _end_of_run(codes, i)
    if not _has_extension(codes, classes, i, end):
        if is_joined:
            is_path = words.start[k] == i - 1 or not _is_of_name(codes[i + 2])
            is_path = is_path or (words.start[k] == i - 2 and not _is_of_name(codes[i + 3]))
        else:
            is_path = (
                i == 0
                or is_blank(classes, codes[i - 1])
                or codes[i - 1] == ord(".")
                or codes[i - 1] == ord("~")
                or _count(codes, i, end, ord("/")) > 1
            )
    return read_code(codes, classes, words, i, end, False) if is_path else i + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def end_of_dotted(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where the name of a file or a name in code ends that the last word begins and the dot at `i` goes on: `notes.txt`,
    `torch.nn.init`, `el.on(`; 0 for all else: a blank may be missing after a sentence."""
    end: cython.Py_ssize_t
    if words.start[words.n - 1] == i - 1:
        return 0  # an abbreviation
    end = _end_of_run(codes, i)
    if codes[end] == ord("(") or _has_extension(codes, classes, i, end):
        return end
    return end if _count(codes, i, end, ord(".")) > 1 else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_code(
    codes: cython.p_uint,
    classes: Classes,
    words: Words,
    i: cython.Py_ssize_t,
    end: cython.Py_ssize_t,
    is_neutral: cython.bint,
) -> cython.Py_ssize_t:
    """Words of a name in code from `i` to `end`, and those joined to them before; where they are `neutral`, they have no
    script. The place after."""
    is_first: cython.bint = is_neutral or not _mark_before(codes, words, i)
    while i < end:
        if not is_word_kind(kind_of(classes, codes[i])):
            i += 1
            continue
        i = read_word(codes, classes, words, i)
        if is_neutral:
            words.script[words.n - 1] = ZYYY
            words.written[words.n - 1] = 0
        else:
            _mark(words, words.n - 1, is_first)
            is_first = False
    return i


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _mark(words: Words, k: cython.Py_ssize_t, is_first: cython.bint) -> cython.void:
    """Note that word `k` is of a name in code, the first word of it or not, if it is in Latin letters."""
    if words.script[k] == LATN and words.flags[k] & WORD_WRITTEN == 0:
        words.written[k] = OF_CODE if is_first else NO_WORD


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _mark_before(codes: cython.p_uint, words: Words, i: cython.Py_ssize_t) -> cython.bint:
    """The words that end at `i`, joined by signs of paths, are of a name in code, back to one that is known to be; whether
    there are any. Numbers are not noted, so that of a chain of them no more than 1024 words are gone over each time."""
    k: cython.Py_ssize_t = words.n - 1
    last: cython.Py_ssize_t = max(0, k - 1024)
    while k >= last:
        while i > words.end[k] and _is_of_path(codes[i - 1]):
            i -= 1
        if i != words.end[k]:
            break
        if words.script[k] == ARAB or words.flags[k] & WORD_URL or words.written[k] != 0:
            return k < words.n - 1 or words.written[k] == NO_WORD or words.written[k] == OF_CODE
        _mark(words, k, k == 0 or not _is_joined(codes, words, k))
        i = words.start[k]
        k -= 1
    return k < words.n - 1


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_joined(codes: cython.p_uint, words: Words, k: cython.Py_ssize_t) -> cython.bint:
    """Whether signs of paths alone stand between word `k` and the one before it."""
    i: cython.Py_ssize_t = words.start[k]
    while i > words.end[k - 1] and _is_of_path(codes[i - 1]):
        i -= 1
    return i == words.end[k - 1]


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_name(code: cython.uint) -> cython.bint:
    """Whether it stands in names of code: a letter or digit of ASCII, an underscore."""
    return is_ascii_letter(code) or ord("0") <= code <= ord("9") or code == ord("_")


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_of_path(code: cython.uint) -> cython.bint:
    """Whether it is a sign that joins the parts of a path: / \\ . - _ : ~"""
    return (
        code == ord("/")
        or code == ord("\\")
        or code == ord(".")
        or code == ord("-")
        or code == ord("_")
        or code == ord(":")
        or code == ord("~")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_part(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where a name as in code ends that begins at `i`, 64 characters at most."""
    stop: cython.Py_ssize_t = i + 64
    while i < stop and _is_of_name(codes[i]):
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_run(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the names end that go on at `i`, with the signs of paths between them; no more is read than of a host, so that a
    chain of signs is not read to its end from each of them."""
    stop: cython.Py_ssize_t = i + 253
    end: cython.Py_ssize_t = i
    while i < stop and (_is_of_name(codes[i]) or (_is_of_path(codes[i]) and codes[i] != ord(":"))):
        i += 1
        if _is_of_name(codes[i - 1]):
            end = i
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _has_extension(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t, end: cython.Py_ssize_t
) -> cython.bint:
    """Whether the names from `i` on, which begin with a sign, end with what files of a kind do: `.ini`."""
    label: cython.ulonglong = 0
    e: cython.Py_ssize_t = 0
    while end > i and label >> 48 == 0 and codes[end - 1] != ord("."):
        end -= 1
        label |= cython.cast(cython.ulonglong, codes[end] & 255) << (8 * e)
        e += 1
    if end == i or codes[end - 1] != ord("."):
        return False
    for e in range(classes.extensions.shape[0]):
        if classes.extensions[e] == label:
            return True
    return False


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _count(
    codes: cython.p_uint, i: cython.Py_ssize_t, end: cython.Py_ssize_t, sign: cython.uint
) -> cython.Py_ssize_t:
    """How often a sign stands in codes[i:end]."""
    n: cython.Py_ssize_t = 0
    while i < end:
        n += codes[i] == sign
        i += 1
    return n


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_placeholder(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """The } of a place for a value that begins at `i` with its {: `{name}`, `{{ user.name }}`; 0 where none does.

    What stands in braces behind a command of LaTeX is read.
    """
    is_double: cython.bint = codes[i + 1] == ord("{")
    start: cython.Py_ssize_t
    if i > 0 and (_is_of_name(codes[i - 1]) or codes[i - 1] == ord("}") or codes[i - 1] == ord("]")):
        return 0
    i += 2 if is_double else 1
    if codes[i] == ord(" ") and is_double:
        i += 1
    if codes[i] == ord("\\"):
        i += 1
    start = i
    i = _end_of_part(codes, i)
    while i > start and codes[i] == ord("."):
        start = i + 1
        i = _end_of_part(codes, start)
    if codes[i] == ord(" ") and is_double:
        i += 1
    return i if i > start and codes[i] == ord("}") else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_format(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """Where a format as of printf ends that begins before `i` with its %: `%d`, `%-8s`, `%1$s`, `%(name)s`; 0 where none
    does."""
    start: cython.Py_ssize_t = i
    code: cython.uint = codes[i]
    is_type: cython.bint
    if code == ord("("):
        i = _end_of_part(codes, i + 1)
        if codes[i] != ord(")"):
            return 0
        start = i + 1
        i += 1
        code = codes[i]
    while i < start + 8 and (ord("0") <= code <= ord("9") or code == ord("$") or code == ord("-") or code == ord(".")):
        i += 1
        code = codes[i]
    is_type = code == ord("d") or code == ord("s") or code == ord("i") or code == ord("u")
    is_type = is_type or code == ord("f") or code == ord("x") or code == ord("c")
    return i + 1 if is_type and not is_word_kind(kind_of(classes, codes[i + 1])) else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_entity(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where a named character of HTML ends that begins before `i` with its &: `&nbsp;`, and the tag that `&lt;` opens up to its
    `&gt;`; 0 where none does."""
    end: cython.Py_ssize_t = _end_of_name(codes, i)
    start: cython.Py_ssize_t
    if end < i + 2 or codes[end] != ord(";"):
        return 0
    end += 1
    if codes[i] == ord("l") and codes[i + 1] == ord("t") and end == i + 3:
        start = end + 1 if codes[end] == ord("/") else end
        start = _end_of_name(codes, start)
        if start > end and codes[start] == ord("&") and codes[start + 1] == ord("g"):
            return start
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def read_tag(
    codes: cython.p_uint, classes: Classes, words: Words, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """What stands between the < before `i` and the > of a tag of HTML carries no language, as a URL does; but a tag between
    two blanks is one that the text speaks of, and two of each are quotation marks. Where to go on."""
    end: cython.Py_ssize_t = _end_of_tag(codes, classes, i)
    if end == 0 or (i > 1 and kind_of(classes, codes[i - 2]) == SPACE and kind_of(classes, codes[end + 1]) == SPACE):
        return i
    if i > 1 and codes[i - 2] == ord("<") and codes[end + 1] == ord(">"):
        return i
    add_word(words, i, end, ZYYY, words.pending | WORD_URL, 1, 0)
    words.barrier = end
    return end


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_tag(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The > of the tag of HTML that begins before `i` with its <; 0 where none does."""
    start: cython.Py_ssize_t = i + 1 if codes[i] == ord("/") else i
    i = _end_of_name(codes, start)
    if i == start:
        return 0
    while codes[i] == ord(" "):
        i += 1
    if codes[i] == ord("/"):
        i += 1
    return i if codes[i] == ord(">") else _end_of_attributes(codes, classes, i)


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_attributes(
    codes: cython.p_uint, classes: Classes, i: cython.Py_ssize_t
) -> cython.Py_ssize_t:
    """The > of a tag whose attributes begin at `i`, the first with a value; 0 where they do not end in this line."""
    quote: cython.uint = 0
    end: cython.Py_ssize_t = _end_of_name(codes, i)
    if end == i or not (codes[end] == ord("=") or (codes[end] == ord(" ") and codes[end + 1] == ord("="))):
        return 0
    i = end
    while quote != 0 or codes[i] != ord(">"):
        if kind_of(classes, codes[i]) == NEWLINE or (quote == 0 and codes[i] == ord("<")):
            return 0
        if codes[i] == quote:
            quote = 0
        elif quote == 0 and (codes[i] == ord('"') or codes[i] == ord("'")):
            quote = codes[i]
        i += 1
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _end_of_name(codes: cython.p_uint, i: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where the name of a tag or of an attribute ends that begins at `i`; `i` where none does."""
    if not is_ascii_letter(codes[i]):
        return i
    while is_ascii_letter(codes[i]) or ord("0") <= codes[i] <= ord("9") or codes[i] == ord("-"):
        i += 1
    return i
