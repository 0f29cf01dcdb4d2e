# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Languages of words -> spans; the loop over documents.

`decode` has the blocks of each document read and settled, then names their words and cuts them. Neutral characters go to their
neighbours.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.bilingual.language.constants import LANES, MAY_BE_PART
    from cython.cimports.bilingual.language.evidence.kernel import Memo, WordRoom
    from cython.cimports.bilingual.language.lanes.kernel import Cells, Decoder, Found, weigh_flags
    from cython.cimports.bilingual.language.marks.kernel import is_blank, kind_of, walk_gap
    from cython.cimports.bilingual.language.mix.kernel import settle
    from cython.cimports.bilingual.language.naming.kernel import lang_of_many, name_block
    from cython.cimports.bilingual.language.reading.kernel import read
    from cython.cimports.bilingual.language.spelling.kernel import Facts, Scanned
    from cython.cimports.bilingual.text.classes import HANI, HIRA, KANA, LATN
else:
    from bilingual.language.constants import *  # noqa: F403  (the names above)
    from bilingual.language.evidence.kernel import *  # noqa: F403
    from bilingual.language.lanes.kernel import *  # noqa: F403
    from bilingual.language.marks.kernel import *  # noqa: F403
    from bilingual.language.mix.kernel import *  # noqa: F403
    from bilingual.language.naming.kernel import *  # noqa: F403
    from bilingual.language.reading.kernel import *  # noqa: F403
    from bilingual.language.spelling.kernel import *  # noqa: F403
    from bilingual.text.classes import *  # noqa: F403

COMPILED = cython.compiled


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _script_of(d: Decoder, w: cython.Py_ssize_t) -> cython.uchar:
    """The script of word `w`; where Japanese is no candidate, what is `und-Hira` for the kana around it is Hira."""
    script: cython.uchar = d.scanned.word_script[w]
    if script == HANI and d.facts.script_lang[HIRA] != d.facts.script_lang[KANA]:
        return HIRA if d.spans.word_lang[w] == d.facts.script_lang[HIRA] else script
    return script


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bind_whole(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.bint:
    """Write span `k` as all of block `b`; whether that holds, as no two of its words differ in language."""
    w0: cython.Py_ssize_t = d.scanned.block_word[b]
    w1: cython.Py_ssize_t = d.scanned.block_word[b + 1]
    w: cython.Py_ssize_t
    lang: cython.int = -1
    letters: cython.int
    weights: cython.double = 0.0
    score: cython.double = 0.0
    is_whole: cython.bint = True
    d.spans.script[k] = _script_of(d, w0) if w0 < w1 else 0
    for w in range(w0, w1):
        if d.spans.word_lang[w] != lang:
            if d.spans.word_lang[w] == 0:
                continue
            if lang >= 0:
                is_whole = False
                break
            lang = d.spans.word_lang[w]
            d.spans.script[k] = _script_of(d, w)
        letters = d.scanned.word_end[w] - d.scanned.word_start[w]
        weights += letters
        score += cython.cast(cython.double, letters) * d.words.score[w]
    d.spans.start[k] = d.scanned.block_start[b]
    d.spans.end[k] = d.scanned.block_end[b]
    d.spans.block[k] = cython.cast(cython.int, b)
    d.spans.lang[k] = cython.cast(cython.uchar, lang if lang > 0 else 0)
    d.spans.score[k] = score / weights if lang >= 0 else 1.0
    return is_whole


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _part(d: Decoder, k: cython.Py_ssize_t, w: cython.Py_ssize_t, at: cython.Py_ssize_t) -> cython.void:
    """End span `k` at `at`, without the blanks there, where the next begins, with the language of word `w`."""
    d.spans.start[k + 1] = cython.cast(cython.int, at)
    at -= 1
    while at > d.spans.start[k] and is_blank(kind_of(d, at)):
        at -= 1
    d.spans.end[k] = cython.cast(cython.int, at + 1)
    d.spans.block[k + 1] = d.spans.block[k]
    d.spans.lang[k + 1] = d.spans.word_lang[w]
    d.spans.script[k + 1] = _script_of(d, w)


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _opens_name(code: cython.uint) -> cython.bint:
    """Whether names in code begin with such a sign: `/etc`, `\\item`, `~/x`, `$HOME`, `.env`, `--help`."""
    return (
        code == ord("/")
        or code == ord("\\")
        or code == ord("~")
        or code == ord("$")
        or code == ord(".")
        or code == ord("-")
    )


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _start_of_name(d: Decoder, w: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Where word `w`, not the first of its block, begins with the signs that open it as a name in code, after a blank; before a
    capital one hyphen or dot opens none: a blank may stand at its wrong side."""
    start: cython.Py_ssize_t = d.scanned.word_start[w]
    i: cython.Py_ssize_t = start
    code: cython.uint = d.scanned.codes[start]
    if d.scanned.word_script[w] != LATN or not _opens_name(d.scanned.codes[i - 1]):
        return start
    while i > d.scanned.word_end[w - 1] and _opens_name(d.scanned.codes[i - 1]):
        i -= 1
    if i == d.scanned.word_end[w - 1] or not is_blank(kind_of(d, i - 1)):
        return start
    if i + 1 == start and not ord("a") <= code <= ord("z"):
        code = d.scanned.codes[i]
        if code == ord("-") or code == ord("."):
            return start
    return i


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _bind(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.Py_ssize_t:
    """Cut block `b` into spans, `k` the first of them; the one after the last.

    Neutral characters go with the span before them, at the start of a block with the one after; an opening
    bracket or quotation mark that encloses a new language goes with it, as do the signs that open a name in code.
    """
    start: cython.Py_ssize_t = d.scanned.block_start[b]
    i: cython.Py_ssize_t = start
    w: cython.Py_ssize_t
    lang: cython.int = -1
    letters: cython.int
    weights: cython.double = 0.0
    score: cython.double = 0.0
    if _bind_whole(d, b, k):
        return k + 1
    d.quotes = 0
    d.depth = 0
    d.bottom = -1
    for w in range(d.scanned.block_word[b], d.scanned.block_word[b + 1]):
        walk_gap(d, i, d.scanned.word_start[w], start)
        i = d.scanned.word_end[w]
        if d.spans.word_lang[w] == 0:
            continue
        if lang >= 0 and d.spans.word_lang[w] != lang:
            d.spans.score[k] = score / weights
            _part(d, k, w, d.bottom if d.depth > 0 else _start_of_name(d, w))
            k += 1
            weights = 0.0
            score = 0.0
        lang = d.spans.word_lang[w]
        letters = d.scanned.word_end[w] - d.scanned.word_start[w]
        weights += letters
        score += cython.cast(cython.double, letters) * d.words.score[w]
        d.depth = 0
        d.bottom = -1
    d.spans.score[k] = score / weights
    d.spans.end[k] = d.scanned.block_end[b]
    return k + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _one_span(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t) -> cython.void:
    """Write block `b`, of words of one language and perhaps numbers, as span `k`: its score is theirs."""
    w: cython.Py_ssize_t = d.scanned.block_word[b]
    while d.named > 0 and d.facts.script_group[d.scanned.word_script[w]] != d.named:
        w += 1
    d.spans.start[k] = d.scanned.block_start[b]
    d.spans.end[k] = d.scanned.block_end[b]
    d.spans.block[k] = cython.cast(cython.int, b)
    d.spans.score[k] = d.scores[d.named]
    d.spans.lang[k] = cython.cast(cython.uchar, d.langs[d.named])
    d.spans.script[k] = d.scanned.word_script[w] if w < d.scanned.block_word[b + 1] else 0


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _cut_block(d: Decoder, b: cython.Py_ssize_t, k: cython.Py_ssize_t, many: cython.int) -> cython.Py_ssize_t:
    """Languages of the words of block `b` and its spans, `k` the first of them, `many` the language that stands for many; the one
    after the last."""
    if name_block(d, b, many):
        return _bind(d, b, k)
    _one_span(d, b, k)
    return k + 1


@cython.cfunc
@cython.nogil
@cython.exceptval(check=False)
def _look_for_parts(d: Decoder, b0: cython.Py_ssize_t, b1: cython.Py_ssize_t) -> cython.void:
    """Set how many lanes are looked at in the document of blocks b0..b1: parts of a language only where a word says much for
    one, see `evidence.kernel.respell`."""
    w: cython.Py_ssize_t = d.scanned.block_word[b0]
    is_whole: cython.bint = w == d.scanned.block_word[b1] or d.words.lane[w] & MAY_BE_PART == 0
    g: cython.Py_ssize_t
    for g in range(d.n_groups):
        d.lanes_of[g] = d.facts.n_whole[g] if is_whole else d.facts.n_lanes[g]


def decode(
    scanned: Scanned,
    facts: Facts,
    memo: Memo,
    room: WordRoom,
    cells: Cells,
    spans: Found,
) -> int:
    """Languages of all words and spans, document by document; the number of spans.

    A block is decided by the sum of its words and the document's mix; where another language could win on
    part of it, the best sequence of languages is found (Viterbi), with a price for each switch. When blocks
    turn out to be mixed, all are settled once more under the mix found.
    """
    d: Decoder = Decoder(scanned, facts, memo, room, cells, spans)
    n_blocks: cython.Py_ssize_t = scanned.n_blocks
    n_lanes: cython.Py_ssize_t = LANES * d.n_groups
    b0: cython.Py_ssize_t = 0
    b1: cython.Py_ssize_t
    b: cython.Py_ssize_t
    lane: cython.Py_ssize_t
    k: cython.Py_ssize_t = 0
    many: cython.int = lang_of_many(d)
    _round: cython.int
    with cython.nogil:
        weigh_flags(d)
        while b0 < n_blocks:
            b1 = b0 + 1
            while b1 < n_blocks and scanned.block_doc[b1] == scanned.block_doc[b0]:
                b1 += 1
            for lane in range(n_lanes):
                memo.counts[lane] = 0.0
                memo.found[lane] = 0.0  # also of lanes that are not looked at in this one
            d.discount = 0.0
            d.first_block = b0
            _look_for_parts(d, b0, b1)
            read(d, b0, b1)
            for _round in range(2):
                if not settle(d, b0, b1):
                    break
                for lane in range(n_lanes):
                    memo.counts[lane] = memo.found[lane]
            for b in range(b0, b1):
                spans.block_span[b] = cython.cast(cython.int, k)
                k = _cut_block(d, b, k, many)
            b0 = b1
        spans.block_span[n_blocks] = cython.cast(cython.int, k)
    return k
