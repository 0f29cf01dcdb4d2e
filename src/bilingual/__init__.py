"""Language spans, Arabic normalization and body/navigation/promo labels for text that mixes Arabic and English."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bilingual import arabic as arabic
    from bilingual import batch as batch
    from bilingual import errors as errors
    from bilingual import evaluate as evaluate
    from bilingual.arabic import Aligned as Aligned
    from bilingual.arabic import Profile as Profile
    from bilingual.arabic import align as align
    from bilingual.arabic import align_many as align_many
    from bilingual.arabic import normalize as normalize
    from bilingual.arabic import normalize_many as normalize_many
    from bilingual.arabic import repair as repair
    from bilingual.document import Block as Block
    from bilingual.document import Document as Document
    from bilingual.document import Span as Span
    from bilingual.errors import BilingualError as BilingualError
    from bilingual.formats.html import segment_html as segment_html
    from bilingual.formats.html import segment_html_many as segment_html_many
    from bilingual.pipeline import Segmenter as Segmenter
    from bilingual.pipeline import segment as segment
    from bilingual.pipeline import segment_many as segment_many

__version__ = "0.1.0"

# Public name -> module. Loaded on first use, so that `import bilingual` costs nothing but this file.
_HOME = {
    "Block": "bilingual.document",
    "Document": "bilingual.document",
    "Span": "bilingual.document",
    "BilingualError": "bilingual.errors",
    "Segmenter": "bilingual.pipeline",
    "segment": "bilingual.pipeline",
    "segment_many": "bilingual.pipeline",
    "segment_html": "bilingual.formats.html",
    "segment_html_many": "bilingual.formats.html",
    "Aligned": "bilingual.arabic",
    "Profile": "bilingual.arabic",
    "align": "bilingual.arabic",
    "align_many": "bilingual.arabic",
    "normalize": "bilingual.arabic",
    "normalize_many": "bilingual.arabic",
    "repair": "bilingual.arabic",
}

# Rooms with more to call, as `bilingual.batch.run_batch`.
_ROOMS = ("arabic", "batch", "errors", "evaluate")

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return importlib.import_module(f"bilingual.{name}")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'bilingual' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME, *_ROOMS})
