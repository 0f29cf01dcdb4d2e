"""What a run is told: one frozen, picklable record, whose hash a resumed run must have again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bilingual.errors import SettingsError
from bilingual.formats.record import ReadOptions

if TYPE_CHECKING:
    from bilingual.arabic import Profile

SCHEMA_VERSION = "2"
"""2: spans have a `lang_score`."""
LANG_OF = ("span", "block")
FORMATS = ("parquet", "jsonl")
COMPRESSIONS = {"parquet": ("zstd", "snappy", "none"), "jsonl": ("none", "gz", "zst")}
CODES = ("bcp47", "flores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of a run that decide its output bytes.

    `keep`, `lang`, `min_score`: what of each document stays (nothing given: all). `lang_of`: whether `lang` is asked
    of each span or of its block, which has the language of most of its text. `normalize`: profile for its Arabic, a
    built-in one by its name or a `Profile`. `text` False: stand-off annotations without the text. `read`: fields and
    encoding of the inputs. `settings`: keywords of `bilingual.Segmenter` with their values, as
    `(("languages", ("ar", "en")),)`. Units: `group_bytes` (text of a row group) and `read.max_record` are bytes;
    `min_score` is a probability.

    Raises: SettingsError for a value that is not known.
    """

    format: str = "parquet"
    compression: str = ""
    level: int = 1
    keep: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    lang_of: str = "span"
    min_score: float = 0.0
    normalize: str | Profile = ""
    text: bool = True
    codes: str = "bcp47"
    read: ReadOptions = field(default_factory=ReadOptions)
    settings: tuple[tuple[str, Any], ...] = ()
    group_rows: int = 4096
    group_bytes: int = 8_000_000

    def __post_init__(self) -> None:
        _known("format", self.format, FORMATS)
        _known("codes", self.codes, CODES)
        _known("lang_of", self.lang_of, LANG_OF)
        if not self.compression:
            object.__setattr__(self, "compression", COMPRESSIONS[self.format][0])
        _known("compression", self.compression, COMPRESSIONS[self.format])
        from bilingual.labels.columns import LABELS
        from bilingual.language.registry import check_tags

        keep = _names(self.keep)
        for label in keep:
            _known("label", label, LABELS)
        # In an order of their own: a run by the same names in another one is the same run.
        object.__setattr__(self, "keep", tuple(label for label in LABELS if label in keep))
        object.__setattr__(self, "lang", tuple(sorted({*check_tags(_names(self.lang))})))
        if not 0.0 <= self.min_score <= 1.0:
            raise SettingsError(f"min_score is a probability, 0 to 1, not {self.min_score}")
        if not 0.0 <= self.read.max_misread <= 1.0:
            raise SettingsError(f"max_misread is a share, 0 to 1, not {self.read.max_misread}")
        if self.normalize:
            from bilingual.arabic import PROFILES, get_profile

            profile = get_profile(self.normalize)
            if PROFILES.get(profile.name) == profile:  # by its name or itself, it is the same run
                object.__setattr__(self, "normalize", profile.name)
        if self.read.encoding:
            from bilingual.arabic.decode import decode

            decode(b"", force=self.read.encoding)
        if self.settings:
            from bilingual.pipeline import Settings

            Settings.of(**dict(self.settings))
        if self.normalize and not self.text:
            raise SettingsError("stand-off output has no text to normalize; leave out one of the two")

    @property
    def is_filtered(self) -> bool:
        """Whether parts of documents are left out."""
        return bool(self.keep or self.lang or self.min_score > 0.0)

    @property
    def is_rewritten(self) -> bool:
        """Whether the text written is not the text read, so that it needs a map back."""
        return self.text and (self.is_filtered or bool(self.normalize))

    @property
    def suffix(self) -> str:
        """The end of an output file's name."""
        if self.format == "parquet":
            return ".parquet"
        return ".jsonl" + ("" if self.compression == "none" else f".{self.compression}")

    def to_dict(self) -> dict[str, Any]:
        """The configuration as plain data."""
        return asdict(self)

    def digest(self) -> str:
        """SHA-256 of the configuration and the code's version: what a resumed run must have again."""
        import hashlib  # neither is needed by who asks this file what can be chosen
        import json

        import bilingual

        data = {"config": self.to_dict(), "version": bilingual.__version__, "schema": SCHEMA_VERSION}
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    """Those of a list, or of a string, which is one: a run by either is the same."""
    return (given,) if isinstance(given, str) else tuple(given)


def _known(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise SettingsError(f"{what} {value!r} is not known; known: {', '.join(known)}")
