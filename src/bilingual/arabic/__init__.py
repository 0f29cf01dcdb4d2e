"""Arabic orthography: normalization profiles with an offset map, repair of damaged text, byte decoding.

The idea: a profile is a list of named steps; the engine fuses them into one table and writes the normalized
text and the map back to the original in one compiled pass.
"""

from __future__ import annotations

from bilingual.arabic.aligned import Aligned, AlignedMany
from bilingual.arabic.damage.finding import Repair
from bilingual.arabic.normalization import align, align_many, normalize, normalize_many, normalize_ranges
from bilingual.arabic.profile import PROFILES, Profile, get_profile, load_profile
from bilingual.arabic.repair import find_damage, repair
from bilingual.arabic.steps import STEPS, Step

__all__ = [
    "PROFILES",
    "STEPS",
    "Aligned",
    "AlignedMany",
    "Profile",
    "Repair",
    "Step",
    "align",
    "align_many",
    "find_damage",
    "get_profile",
    "load_profile",
    "normalize",
    "normalize_many",
    "normalize_ranges",
    "repair",
]
