"""The bridge to camel-tools, the extra `bilingual[camel]`: tokens, transliteration, dialect and morphology,
with offsets.

The idea: camel-tools works on strings and keeps no offsets; here each of its results is put back in its
place. Its light parts (`utils`, `tokenizers.word`) need no data. The others download a catalogue when they
are imported, so they are imported only on request, and only where their data is installed.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bilingual.arabic.aligned import Aligned
from bilingual.arabic.scope import Ranges, checked
from bilingual.errors import BilingualError, MissingExtraError, SettingsError, extra_module

SCHEMES: Mapping[str, str] = {"buckwalter": "bw", "safe": "safebw", "xml": "xmlbw", "hsb": "hsb"}
"""Transliteration schemes and the names camel-tools has for them."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text. Units: code points, half-open."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A token with what an analyzer says of it."""

    token: Token
    analyses: tuple[Mapping[str, Any], ...]


class MissingDataError(BilingualError):
    """camel-tools is installed, its data is not."""


def tokenize(text: str, ranges: Ranges | None = None, *, split_digits: bool = False) -> list[Token]:
    """camel-tools' `simple_word_tokenize` inside the ranges (the whole text if none are given).

    Raises: MissingExtraError without camel-tools, ValueError for ranges that overlap or leave the text.
    """
    module = _light("camel_tools.tokenizers.word")
    tokens = []
    for start, end in _given(text, ranges):
        part = text[start:end]
        tokens += list(_placed(part, module.simple_word_tokenize(part, split_digits), start))
    return tokens


def _placed(text: str, words: Sequence[str], shift: int) -> Iterator[Token]:
    """Each word found again after the one before it: the tokenizer drops white space and changes nothing else."""
    at = 0
    for word in words:
        at = text.index(word, at)
        yield Token(shift + at, shift + at + len(word), word)
        at += len(word)


def transliterate(text: str, scheme: str = "buckwalter", ranges: Ranges | None = None) -> Aligned:
    """The Arabic of the ranges in Latin letters, by camel-tools' maps; the rest as it is.

    Raises: SettingsError for an unknown scheme, MissingExtraError without camel-tools, ValueError for ranges that
    overlap or leave the text.
    """
    return _mapped(text, f"ar2{_scheme(scheme)}", ranges, f"transliterate-{scheme}")


def arabize(text: str, scheme: str = "buckwalter", ranges: Ranges | None = None) -> Aligned:
    """The inverse of `transliterate`. Raises: as that does."""
    return _mapped(text, f"{_scheme(scheme)}2ar", ranges, f"arabize-{scheme}")


def _scheme(name: str) -> str:
    if name not in SCHEMES:
        raise SettingsError(f"unknown transliteration {name!r}; known: {', '.join(SCHEMES)}")
    return SCHEMES[name]


@cache
def _mapper(name: str) -> Any:
    return _light("camel_tools.utils.charmap").CharMapper.builtin_mapper(name)


def _mapped(text: str, name: str, ranges: Ranges | None, told: str) -> Aligned:
    mapper = _mapper(name)
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for start, end in _given(text, ranges):
        pieces += text[at:start]
        origin += range(at, start)
        for place in range(start, end):
            piece = mapper.map_string(text[place])
            pieces.append(piece)
            origin += [place] * len(piece)
        at = end
    pieces += text[at:]
    origin += range(at, len(text) + 1)
    return Aligned("".join(pieces), np.array(origin, np.int64), text, told)


def dialects(texts: Sequence[str]) -> list[dict[str, float]]:
    """Probabilities of city dialects for each text, by camel-tools' `DIDModel26`.

    Raises: MissingExtraError without camel-tools, MissingDataError without its data.
    """
    module = _heavy("camel_tools.dialectid", "dialectid-model26")
    predictions = module.DIDModel26.pretrained().predict(list(texts))
    return [dict(prediction.scores) for prediction in predictions]


def analyze(text: str, ranges: Ranges | None = None, *, database: str = "calima-msa-r13") -> list[Reading]:
    """Morphological analyses of every token of the ranges, by camel-tools' analyzer and one of its databases.

    Raises: MissingExtraError without camel-tools, MissingDataError without its data.
    """
    data = _heavy("camel_tools.morphology.database", f"morphology-db-{database.removeprefix('calima-')}")
    analyzer = _heavy("camel_tools.morphology.analyzer", "morphology-db-msa-r13")
    find = analyzer.Analyzer(data.MorphologyDB.builtin_db(database))
    return [Reading(token, tuple(find.analyze(token.text))) for token in tokenize(text, ranges)]


def _given(text: str, ranges: Ranges | None) -> list[tuple[int, int]]:
    if ranges is None:
        return [(0, len(text))]
    ordered = sorted(ranges)
    checked(ordered, len(text))
    return ordered


def _light(name: str) -> Any:
    """A module of camel-tools that needs no data and downloads nothing."""
    return extra_module(name, extra="camel", name="camel-tools")


def data_folder() -> Path:
    """Where camel-tools keeps its data: `$CAMELTOOLS_DATA`, else the folder of its own choice in the home folder."""
    given = os.environ.get("CAMELTOOLS_DATA")
    if given:
        return Path(given).expanduser()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def _heavy(name: str, package: str) -> Any:
    """A module of camel-tools that reads its data. It downloads at import when the catalogue is missing: look first."""
    if importlib.util.find_spec("camel_tools") is None:
        raise MissingExtraError("camel-tools", extra="camel")
    folder = data_folder()
    if not (folder / "catalogue.json").is_file():
        raise MissingDataError(f"the data of camel-tools is not in {folder}; run: camel_data -i {package}")
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError("camel-tools", extra="camel") from error
    except Exception as error:  # its own kinds of error, for data that is there in part
        raise MissingDataError(
            f"camel-tools cannot read its data in {folder} ({error}); run: camel_data -i {package}"
        ) from error
