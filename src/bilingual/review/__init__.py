"""One self-contained page on which people look at spans and labels, ask why, and correct them."""

from __future__ import annotations

from bilingual.review.page import render as render

__all__ = ["render"]
