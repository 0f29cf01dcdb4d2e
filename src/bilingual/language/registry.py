"""The languages that the package knows; their order is the numbering of every language column.

A language of a script that several languages share is a folder under `data/languages/<tag>/`; where a script
has one language only, or none is modelled, `data/languages/scripts.tsv` names the tag that the script gives.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bilingual.errors import SettingsError, nearest
from bilingual.language.constants import LANES
from bilingual.text.classes import SCRIPTS

DATA = Path(__file__).resolve().parent.parent / "data" / "languages"
UNDETERMINED = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: what its folder's `language.toml` says.

    `native` and `autonyms` are names that it has for itself, of one word or two; `letters` are its alphabet,
    `tolerated` those that borrowed words bring and `avoided` those of other keyboards, for words of its own, which it
    hardly ever has; `marks` are combining marks that its texts write; `ngrams` and `frequencies` name where letter
    sequences and word frequencies come from; with several codes the language is
    `pooled`, it speaks for all of these, what the language of code `unlike` says more often is no evidence for it, and
    `kin` are languages that some of them are near to; `digits` are written as letters (Arabizi); who writes a `mixed`
    one changes to others inside sentences; one with `compounds` writes two words as one; `prefixes` and `suffixes`
    may be written onto the words of `words.tsv`; `main` languages are preferred where nothing else decides, of the
    others `share` says how common they are; of its running words `unlisted` at least, a share, are in no list, as
    where everybody spells by ear; `profiles` are the normalization profiles that are safe for it.
    `folder` is None for a language that its script alone decides.

    One may have `parts`, languages of folders inside its own: each is read by itself and told as the whole, whose tag
    is in `told_as`. Words that it does not list, and that are no function words, a language has from the one `near`.
    """

    tag: str
    name: str
    native: str = ""
    autonyms: tuple[str, ...] = ()
    script: str
    flores: str = ""
    aliases: tuple[str, ...] = ()
    letters: str = ""
    tolerated: str = ""
    avoided: str = ""
    marks: str = ""
    ngrams: str = "script"
    frequencies: str = "none"
    unlike: str = ""
    kin: tuple[str, ...] = ()
    digits: str = ""
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    mixed: bool = False
    compounds: bool = False
    main: bool = False
    share: float = 1.0
    unlisted: float = 0.0
    profiles: tuple[str, ...] = ()
    near: str = ""
    told_as: str = ""
    parts: tuple[Language, ...] = ()
    folder: Path | None = None

    @property
    def pooled(self) -> bool:
        """Whether it stands for several languages that have no record of their own."""
        return bool(self.unlike or self.parts)

    @property
    def lanes(self) -> tuple[Language, ...]:
        """The languages that are read for it: its parts, or itself."""
        return self.parts or (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Every language, numbered: `und` is 0, then the modelled ones, then those that a script decides.

    `by_script[s]` is the number of the language that script number `s` gives where no model decides; `tags` are those
    of the languages.
    """

    languages: tuple[Language, ...]
    by_script: tuple[int, ...]
    tags: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(language.tag for language in self.languages))

    @property
    def modelled(self) -> tuple[Language, ...]:
        """The languages that have a folder of their own."""
        return tuple(language for language in self.languages if language.folder is not None)

    @property
    def lanes(self) -> tuple[Language, ...]:
        """The languages that are read each by itself: those with a folder of their own, and parts of one."""
        return tuple(lane for language in self.modelled for lane in language.lanes)


def read_language(folder: Path, told_as: str = "") -> Language:
    """The record of one folder, and of those inside. Raises: SettingsError when a field is missing or unknown."""
    with (folder / "language.toml").open("rb") as file:
        record = tomllib.load(file)
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    parts = tuple(read_language(path.parent, record.get("tag", "")) for path in sorted(folder.glob("*/language.toml")))
    try:
        language = Language(**fields, folder=folder, told_as=told_as, parts=parts)
    except TypeError as error:
        raise SettingsError(f"{folder / 'language.toml'}: {error}") from error
    if language.script not in SCRIPTS:
        raise SettingsError(f"{folder / 'language.toml'}: no script {language.script!r}")
    return language


def _script_languages() -> list[Language]:
    """The languages of `scripts.tsv`, one per tag."""
    found: dict[str, Language] = {}
    for line in (DATA / "scripts.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        tag, script, flores, name, native = line.split("\t")
        found.setdefault(tag, Language(tag=tag, name=name, native=native, script=script, flores=flores))
    return list(found.values())


def _with_room(languages: Mapping[str, Language]) -> dict[str, Language]:
    """The languages, without the pooled one of a script where its place is needed.

    Raises: SettingsError when a script has more languages than a row has room for.
    """
    counts = Counter(lane.script for language in languages.values() for lane in language.lanes)
    kept = {
        tag: language
        for tag, language in languages.items()
        if not (language.pooled and counts[language.script] > LANES)
    }
    counts = Counter(lane.script for language in kept.values() for lane in language.lanes)
    for script, count in sorted(counts.items()):
        if count > LANES:
            raise SettingsError(f"script {script} has more than {LANES} languages")
    return kept


def load_registry(*extra: Path) -> Registry:
    """The languages of the package, and of further folders of language folders.

    Raises: SettingsError when a record is wrong or a script has more languages than a row has room for.
    """
    folders = sorted(path.parent for root in (DATA, *extra) for path in root.glob("*/language.toml"))
    modelled = _with_room({language.tag: language for language in map(read_language, folders)})
    by_script_only = [language for language in _script_languages() if language.tag not in modelled]
    unknown = [
        Language(tag=f"und-{script}", name=f"a language in {script} script", script=script)
        for script in SCRIPTS
        if script not in ("Zyyy", "Zzzz") and f"und-{script}" not in modelled
    ]
    languages = (
        Language(tag=UNDETERMINED, name="undetermined", script="Zyyy"),
        *modelled.values(),
        *by_script_only,
        *unknown,
    )
    numbers = {language.tag: number for number, language in enumerate(languages)}
    decides = {"Hira": "ja", "Kana": "ja", **{language.script: language.tag for language in by_script_only}}
    by_script = tuple(numbers.get(decides.get(script, f"und-{script}"), 0) for script in SCRIPTS)
    return Registry(languages=languages, by_script=by_script)


@cache
def default_registry() -> Registry:
    """The languages of the package itself."""
    return load_registry()


LANGUAGES: tuple[str, ...] = default_registry().tags
_NUMBER = {name: number for number, name in enumerate(LANGUAGES)}


@cache
def codes(system: str = "bcp47") -> Mapping[str, str]:
    """Tag -> code in `system`: `bcp47` (the tag itself) or `flores` (`arb_Arab`; `und_<Script>` where none is
    set).

    >>> codes("flores")["fa"], codes("flores")["ar-Latn"], codes("flores")["und-Cyrl"]
    ('pes_Arab', 'arb_Latn', 'und_Cyrl')

    Raises: SettingsError for another system.
    """
    if system == "bcp47":
        return {name: name for name in LANGUAGES}
    if system == "flores":
        return {
            language.tag: language.flores or language.tag.replace("-", "_") for language in default_registry().languages
        }
    raise SettingsError(f"no language codes {system!r}; there are bcp47 and flores")


def flores(tag: str, script: str = "") -> str:
    """FLORES code of a tag; `und` takes the script of its span.

    >>> flores("fa"), flores("und", "Latn"), flores("und-Cyrl")
    ('pes_Arab', 'und_Latn', 'und_Cyrl')
    """
    return f"und_{script}" if tag == UNDETERMINED and script else codes("flores")[tag]


def tag(number: int) -> str:
    """BCP 47 tag of a language number."""
    return LANGUAGES[number]


def number(name: str) -> int:
    """Language number of a BCP 47 tag. Raises: SettingsError."""
    return _NUMBER[check_tags([name])[0]]


@cache
def _aliases() -> Mapping[str, str]:
    """Names in small letters, with hyphens -> tags: tags and codes, each alone and with the script; tags come first."""
    found: dict[str, str] = {}
    languages = default_registry().languages
    for language in languages:
        for name in (language.tag, language.flores):
            found.setdefault(name.lower().replace("_", "-"), language.tag)
    for language in languages:
        for code in filter(None, (language.tag, *language.aliases, language.flores.partition("_")[0])):
            found.setdefault(code.lower(), language.tag)
            found.setdefault(f"{code}-{language.script}".lower(), language.tag)
    found.pop("", None)  # a language without a FLORES code
    return found


# The last subtag of a BCP 47 tag where it is a region or a variant (RFC 5646, 2.1): no language here is told by these.
_REGION_OR_VARIANT = re.compile(r"-(?:[a-z]{2}|\d{3}|\d[a-z\d]{3}|[a-z\d]{5,8})$")


def _known(name: str) -> str | None:
    """The tag that a name stands for, by lookup as RFC 4647, 3.4 has it, which leaves no script away."""
    name = name.lower().replace("_", "-")
    while name not in _aliases() and (last := _REGION_OR_VARIANT.search(name)):
        name = name[: last.start()]
    return _aliases().get(name)


def _way_out(name: object) -> str:
    """How the message goes on about a name that stands for no tag: several in one, or the name of a language."""
    parts = re.split(r"[\s,;]+", name.strip()) if isinstance(name, str) else []
    if len(parts) > 1 and all(map(_known, parts)):
        return f"; several are given as a list, {parts}"
    told = {
        word: language.tag
        for language in reversed(default_registry().languages)  # the first of a name is meant
        if not language.tag.startswith(UNDETERMINED)
        for word in (*re.split(r" \(| and |\)", language.name), language.native, *language.autonyms, language.tag)
        if word
    }
    return nearest(name, told, told, cutoff=0.8)  # Kurdish is not Turkish


def check_tags(names: Iterable[str]) -> tuple[str, ...]:
    """The tags of names given as BCP 47, FLORES or ISO 639 codes; regions and variants are left away.

    >>> check_tags(["ar", "arz_Arab", "EN", "ar-EG", "fa-Arab-IR", "pt_BR"])
    ('ar', 'ar', 'en', 'ar', 'fa', 'pt')

    Raises: SettingsError for one that is not known.
    """
    found = []
    for name in names:
        known = _known(name) if isinstance(name, str) else None
        if known is None:
            shown = ", ".join(language.tag for language in default_registry().modelled)
            problem = f"no language {name!r}; known are {shown} and those of `bilingual languages`"
            raise SettingsError(f"{problem}{_way_out(name)}")
        found.append(known)
    return tuple(found)
