# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""Spans and blocks as objects, all of a document at once: a frozen dataclass made in Python costs five times as much.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

if cython.compiled:
    from cython.cimports.cpython.object import PyObject_GenericSetAttr as _set
else:
    _set = object.__setattr__

COMPILED = cython.compiled


def make_spans(
    kind: type,
    text: str,
    first: cython.Py_ssize_t,
    tags: list,
    scripts: list,
    labels: list,
    layers: list,
    rules: list,
    start: cython.const[cython.int][::1],
    end: cython.const[cython.int][::1],
    lang: cython.const[cython.uchar][::1],
    script: cython.const[cython.uchar][::1],
    lang_score: cython.const[cython.float][::1],
    block_span: cython.const[cython.int][::1],
    label: cython.const[cython.uchar][::1],
    score: cython.const[cython.float][::1],
    layer: cython.const[cython.uchar][::1],
    rule: cython.const[cython.short][::1],
) -> list:
    """Objects of `kind`, the frozen `document.Span`, in order; the lists name what the columns number, and
    `first` is the number of the first block."""
    found: list = []
    b: cython.Py_ssize_t
    i: cython.Py_ssize_t
    new = kind.__new__
    for b in range(label.shape[0]):
        if block_span[b] == block_span[b + 1]:
            continue
        its_label = labels[label[b]]
        its_score = float(score[b])
        its_layer = layers[layer[b]]
        its_rule = rules[rule[b]]
        block = int(first + b)
        for i in range(block_span[b], block_span[b + 1]):
            span = new(kind)
            _set(span, "start", int(start[i]))
            _set(span, "end", int(end[i]))
            _set(span, "text", text[start[i] : end[i]])
            _set(span, "lang", tags[lang[i]])
            _set(span, "script", scripts[script[i]])
            _set(span, "label", its_label)
            _set(span, "score", its_score)
            _set(span, "layer", its_layer)
            _set(span, "rule", its_rule)
            _set(span, "lang_score", float(lang_score[i]))
            _set(span, "block", block)
            found.append(span)
    return found


def make_blocks(
    kind: type,
    text: str,
    spans: list,
    sources,
    cuts: list,
    labels: list,
    layers: list,
    rules: list,
    start: cython.const[cython.int][::1],
    end: cython.const[cython.int][::1],
    label: cython.const[cython.uchar][::1],
    score: cython.const[cython.float][::1],
    layer: cython.const[cython.uchar][::1],
    rule: cython.const[cython.short][::1],
    cut: cython.const[cython.uchar][::1],
    line: cython.const[cython.int][::1],
    block_span: cython.const[cython.int][::1],
) -> list:
    """Objects of `kind`, the frozen `document.Block`, in order, with their `spans`; `sources` gives the places of a range
    of the text in a page, or is None."""
    found: list = []
    b: cython.Py_ssize_t
    new = kind.__new__
    for b in range(label.shape[0]):
        block = new(kind)
        _set(block, "start", int(start[b]))
        _set(block, "end", int(end[b]))
        _set(block, "text", text[start[b] : end[b]])
        _set(block, "label", labels[label[b]])
        _set(block, "score", float(score[b]))
        _set(block, "layer", layers[layer[b]])
        _set(block, "rule", rules[rule[b]])
        _set(block, "cut", cuts[cut[b]])
        _set(block, "line", int(line[b]))
        _set(block, "spans", tuple(spans[block_span[b] : block_span[b + 1]]))
        _set(block, "source", None if sources is None else sources(int(start[b]), int(end[b])))
        found.append(block)
    return found
