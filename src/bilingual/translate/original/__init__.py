"""Originals: a file as places that can be translated, and those places' bytes replaced without touching another one.

A place is a byte range of a member of the file; its id holds the range and a hash of its bytes and codes. So a merge
needs the original and the ids, no segmentation: what was exported yesterday merges the same whatever was learned since.
"""

from bilingual.translate.original.base import Draft, Original
from bilingual.translate.original.opening import open_original
from bilingual.translate.original.places import DIGEST, Place, TargetError, place_of, unit_id

__all__ = ["DIGEST", "Draft", "Original", "Place", "TargetError", "open_original", "place_of", "unit_id"]
