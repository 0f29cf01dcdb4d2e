# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Loops over the spans and blocks of a batch: places in their documents, reasons, counts.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


def places(
    base: cython.const[cython.longlong][::1],
    first: cython.const[cython.longlong][::1],
    start: cython.const[cython.int][::1],
    end: cython.const[cython.int][::1],
    its_start: cython.int[::1],
    its_end: cython.int[::1],
) -> None:
    """Places in a batch to places in a document: items first[d] to first[d + 1] are of document d, at base[d]."""
    d: cython.Py_ssize_t
    i: cython.Py_ssize_t
    shift: cython.int
    with cython.nogil:
        for d in range(first.shape[0] - 1):
            shift = cython.cast(cython.int, base[d])
            for i in range(first[d], first[d + 1]):
                its_start[i] = start[i] - shift
                its_end[i] = end[i] - shift


def reasons(
    block: cython.const[cython.int][::1],
    label: cython.const[cython.uchar][::1],
    score: cython.const[cython.float][::1],
    layer: cython.const[cython.uchar][::1],
    rule: cython.const[cython.short][::1],
    its_label: cython.uchar[::1],
    its_score: cython.float[::1],
    its_layer: cython.uchar[::1],
    its_rule: cython.short[::1],
) -> None:
    """To every span what its block has."""
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    with cython.nogil:
        for i in range(block.shape[0]):
            b = block[i]
            its_label[i] = label[b]
            its_score[i] = score[b]
            its_layer[i] = layer[b]
            its_rule[i] = rule[b]


def cells(
    n_labels: cython.Py_ssize_t,
    first: cython.const[cython.longlong][::1],
    start: cython.const[cython.int][::1],
    end: cython.const[cython.int][::1],
    lang: cython.const[cython.uchar][::1],
    block: cython.const[cython.int][::1],
    label: cython.const[cython.uchar][::1],
    sums: cython.longlong[::1],
    ptr: cython.longlong[::1],
    key: cython.int[::1],
    spans: cython.int[::1],
    chars: cython.longlong[::1],
) -> cython.Py_ssize_t:
    """Spans and code points of every document by language and label, keys in order; how many there are.

    `sums`: zeros, two for each key lang * n_labels + label, zeros again afterwards; ptr[d + 1]: cells of the documents
    up to d.
    """
    d: cython.Py_ssize_t
    i: cython.Py_ssize_t
    k: cython.Py_ssize_t
    n: cython.Py_ssize_t = 0
    ptr[0] = 0
    with cython.nogil:
        for d in range(first.shape[0] - 1):
            for i in range(first[d], first[d + 1]):
                k = 2 * (lang[i] * n_labels + label[block[i]])
                sums[k] += 1
                sums[k + 1] += end[i] - start[i]
            for k in range(0, sums.shape[0], 2):
                if sums[k]:
                    key[n] = cython.cast(cython.int, k >> 1)
                    spans[n] = cython.cast(cython.int, sums[k])
                    chars[n] = sums[k + 1]
                    sums[k] = 0
                    sums[k + 1] = 0
                    n += 1
            ptr[d + 1] = n
    return n
