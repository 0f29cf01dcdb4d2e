"""Text to code points and back. Lone surrogates go through unharmed."""

from __future__ import annotations

import codecs

import numpy as np
import numpy.typing as npt

U32 = npt.NDArray[np.uint32]


def to_codes(text: str) -> U32:
    """The code points of a text: uint32[len(text)], read-only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def to_text(codes: U32) -> str:
    """The text of an array of code points."""
    text, _ = codecs.utf_32_le_decode(np.ascontiguousarray(codes).data, "surrogatepass", True)
    return text
