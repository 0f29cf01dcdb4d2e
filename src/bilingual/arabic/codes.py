"""Text to code points and back. Lone surrogates go through unharmed."""

from __future__ import annotations

import codecs

import numpy as np

from bilingual.arabic.rewriting import kernel
from bilingual.arabic.table import U32
from bilingual.text.given import plain


def to_codes(text: str) -> U32:
    """The code points of a text: uint32[len(text)]."""
    text = plain(text)
    if not kernel.COMPILED:
        return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = np.empty(len(text), np.uint32)
    kernel.read(text, codes)
    return codes


def to_text(codes: U32) -> str:
    """The text of an array of code points."""
    codes = np.ascontiguousarray(codes)
    if not kernel.COMPILED:
        return codecs.utf_32_le_decode(codes.data, "surrogatepass", True)[0]
    return str(kernel.written(codes))
