"""First language layer: the script decides."""

from __future__ import annotations

from typing import Any

import numpy as np

from bilingual.language.columns import LanguageColumns
from bilingual.language.registry import number
from bilingual.text.scan import Scan
from bilingual.text.tables import SCRIPTS

_BY_SCRIPT = {"Arab": "ar", "Latn": "en", "Cyrl": "ru", "Grek": "el", "Hebr": "he", "Hani": "zh", "Hira": "ja", "Kana": "ja", "Hang": "ko", "Thai": "th", "Deva": "hi"}  # fmt: skip


def identify(scan: Scan, settings: Any) -> LanguageColumns:
    """Languages of words and spans by script alone."""
    table = np.array([number(_BY_SCRIPT.get(name, "und")) for name in SCRIPTS], np.uint8)
    lang = table[scan.word_script]
    starts, ends, blocks, langs, scripts = [], [], [], [], []
    for b in range(scan.n_blocks):
        w0, w1 = int(scan.block_word[b]), int(scan.block_word[b + 1])
        real = [w for w in range(w0, w1) if scan.word_script[w]]
        cuts = [w for p, w in zip(real, real[1:], strict=False) if lang[w] != lang[p]]
        edges = [int(scan.block_start[b]), *(int(scan.word_start[w]) for w in cuts), int(scan.block_end[b])]
        heads = [real[0], *cuts] if real else [None]
        for head, s, e in zip(heads, edges, edges[1:], strict=False):
            while scan.codes[e - 1] in (32, 9, 160):
                e -= 1
            starts.append(s)
            ends.append(e)
            blocks.append(b)
            langs.append(0 if head is None else lang[head])
            scripts.append(0 if head is None else scan.word_script[head])
    span_block = np.array(blocks, np.int32)
    return LanguageColumns(
        word_lang=lang,
        span_start=np.array(starts, np.int32),
        span_end=np.array(ends, np.int32),
        span_block=span_block,
        span_lang=np.array(langs, np.uint8),
        span_script=np.array(scripts, np.uint8),
        span_score=np.ones(len(starts), np.float32),
        block_span=np.searchsorted(span_block, np.arange(scan.n_blocks + 1)).astype(np.int32),
    )
