"""The named steps of normalization, each a record: a name, what it is for, and what it does.

A step is one of three kinds. `maps` says for each code point what takes its place, whatever stands around it. `looks`
looks around (a function of `bilingual.arabic.context`) and says at which code points. `form` is a Unicode normal form,
with the replacements that go before it. Everything else (speed, offsets) is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bilingual.arabic import context
from bilingual.arabic import letters as L  # noqa: N812  (a namespace of facts, read as L.ZWNJ)
from bilingual.arabic.canonical import Form
from bilingual.arabic.table import Mapped
from bilingual.errors import SettingsError, nearest

Examples = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One named step. Exactly one of `maps`, `looks` and `form` is given."""

    name: str
    purpose: str
    examples: Examples
    maps: Callable[[], Mapped] | None = None
    looks: context.Context | None = None
    at: frozenset[int] = field(default=frozenset())
    wide: bool = False  # looks at the whole text, not at its range alone
    form: Form | None = None
    before: tuple[tuple[int, str], ...] = ()


def _to(target: int | None, codes: Iterable[int]) -> Callable[[], Mapped]:
    result = () if target is None else (target,)
    return lambda: dict.fromkeys(codes, result)


def _pairs(pairs: Mapping[int, int]) -> Callable[[], Mapped]:
    return lambda: {code: (target,) for code, target in pairs.items()}


def _delete(codes: Iterable[int]) -> Callable[[], Mapped]:
    return _to(None, codes)


def _mark_forms_deleted() -> Mapped:
    return dict.fromkeys(L.mark_forms(), ())


_ASCII_PUNCTUATION = {0x060C: 0x2C, 0x061B: 0x3B, 0x061F: 0x3F, 0x066A: 0x25, 0x06D4: 0x2E}

_STEPS = (
    # -- the chain of camel-tools 1.6.0, step by step, under the same semantics
    Step(
        name="camel-unicode",
        purpose="Unicode NFKC on the whole text, with the rial sign and the basmala written out first.",
        examples=(("ﻛﺘﺎب ²", "كتاب 2"), ("5 ﷼", "5 ريال")),
        form="NFKC",
        before=((L.RIAL_SIGN, L.RIAL), (0xFDFD, L.BASMALA)),
    ),
    Step(
        name="camel-alef",
        purpose="Alef with hamza, madda or wasla becomes bare alef.",
        examples=(("أإآٱ", "اااا"),),
        maps=_to(L.ALEF, L.ALEFS),
    ),
    Step(
        name="camel-alef-maksura",
        purpose="Alef maksura becomes yeh.",
        examples=(("على", "علي"),),
        maps=_to(L.YEH, [L.ALEF_MAKSURA]),
    ),
    Step(
        name="camel-teh-marbuta",
        purpose="Teh marbuta becomes heh.",
        examples=(("مدرسة", "مدرسه"),),
        maps=_to(L.HEH, [L.TEH_MARBUTA]),
    ),
    Step(
        name="camel-dediac",
        purpose="The marks U+064B-U+0652 and the dagger alef are deleted.",
        examples=(("كِتَابٌ هٰذا", "كتاب هذا"),),
        maps=_delete(L.HARAKAT | {L.DAGGER_ALEF}),
    ),
    # -- Unicode normal forms
    Step(name="nfc", purpose="Unicode NFC.", examples=(("ا\N{ARABIC HAMZA ABOVE}", "أ"),), form="NFC"),
    Step(name="nfkc", purpose="Unicode NFKC.", examples=(("ﻻ²", "لا2"),), form="NFKC"),
    # -- presentation forms and ligatures
    Step(
        name="doubled-alef",
        purpose="An alef before the ligature of الله (U+FDF2), is deleted, but not at the end of a word.",
        examples=(("عبد اﷲ وﷲ", "عبد ﷲ وﷲ"), ("رضاﷲ", "رضاﷲ")),
        looks=context.doubled_alef,
        at=frozenset((L.ALLAH,)),
    ),
    Step(
        name="presentation-forms",
        purpose="Presentation forms of letters (U+FB50-U+FDF9, U+FE80-U+FEFC) become letters; lam-alef keeps hamza.",
        examples=(("ﻷن ﻻ ﷲ", "لأن لا الله"), ("﴾١﴿", "﴾١﴿")),
        maps=L.letter_forms,
    ),
    Step(
        name="mark-forms",
        purpose="Presentation forms of marks alone become the bare marks; no space is left that would split the word.",
        examples=(("كﹶتب", "كَتب"),),
        maps=L.mark_forms,
    ),
    Step(
        name="drop-mark-forms",
        purpose="Presentation forms of marks alone are deleted.",
        examples=(("كﹶتب", "كتب"),),
        maps=_mark_forms_deleted,
    ),
    Step(
        name="phrases",
        purpose="Ligatures that stand for a phrase are written out, apart from letters that touch them.",
        examples=(("محمدﷺ", "محمد صلى الله عليه وسلم"),),
        looks=context.written_out,
        at=frozenset(L.PHRASES),
    ),
    Step(
        name="rial",
        purpose="The rial sign is written out, apart from letters that touch it.",
        examples=(("٥﷼فقط", "٥ريال فقط"),),
        looks=context.written_out,
        at=frozenset((L.RIAL_SIGN,)),
    ),
    # -- marks
    Step(
        name="harakat",
        purpose="Short vowels, tanwin, shadda and sukun (U+064B-U+0652) are deleted.",
        examples=(("مُدَرِّسٌ", "مدرس"),),
        maps=_delete(L.HARAKAT),
    ),
    Step(
        name="dagger-alef",
        purpose="The dagger alef (U+0670) is deleted.",
        examples=(("هٰذا", "هذا"),),
        maps=_delete([L.DAGGER_ALEF]),
    ),
    Step(
        name="dagger-to-alef",
        purpose="The dagger alef becomes alef; it is silent on and before a last alef maksura, and replaces one "
        "inside a word and a waw before teh marbuta or a last alef; the words that are written without stay so.",
        examples=(("سمٰوٰت", "سماوات"), ("هٰذا", "هذا"), ("مُوسَىٰ", "مُوسَى"), ("هدَىٰكم", "هدَاكم"), ("صَلَوٰة", "صَلَاة")),
        looks=context.dagger_alef,
        at=frozenset((L.DAGGER_ALEF,)),
    ),
    Step(
        name="quranic-marks",
        purpose="Quranic and extended marks (U+0610-061A, 0656-065F, 06D6-06ED, 0897-089F, 08CA-08FF) are deleted; the "
        "end of ayah, the rub el hizb and the place of sajdah are symbols and stay.",
        examples=(("رَيۡبَۛ", "رَيبَ"),),
        maps=_delete(L.QURANIC_MARKS),
    ),
    Step(
        name="small-letters",
        purpose="The small waw and yeh of Quranic spelling (U+06E5 06E6) become letters inside a word, as the small "
        "high yeh and noon do, and are deleted at its end, where plain spelling leaves them out.",
        examples=(("لَهُۥ بِهِۦ", "لَهُ بِهِ"), ("الغاوُۥنَ", "الغاوُونَ"), ("إبرٰهِۧمَ", "إبرٰهِيمَ")),
        looks=context.small_letters,
        at=frozenset(L.SMALL),
    ),
    # -- hamza
    Step(
        name="compose",
        purpose="A letter and a following madda or hamza mark become one (the eight canonical pairs).",
        examples=(("ا\N{ARABIC HAMZA ABOVE}نا", "أنا"), ("ا\N{ARABIC MADDAH ABOVE}ن", "آن")),
        looks=context.compose_hamza,
        at=L.HAMZA_MARKS,
    ),
    Step(
        name="compose-all",
        purpose="As compose; a hamza on alef maksura or Farsi yeh becomes yeh with hamza too.",
        examples=(("سى\N{ARABIC HAMZA ABOVE}ل", "سئل"), ("ا\N{ARABIC HAMZA BELOW}لى", "إلى")),
        looks=context.compose_loose_hamza,
        at=L.HAMZA_MARKS,
    ),
    Step(
        name="hamza-on-tatweel",
        purpose="A hamza on a tatweel (Quranic spelling) becomes yeh with hamza: it is a letter and must not be lost.",
        examples=(("شيـٔا", "شيئا"),),
        looks=context.hamza_on_tatweel,
        at=frozenset((L.HAMZA_ABOVE,)),
    ),
    Step(
        name="hamza-before-alef",
        purpose="A hamza and the alef after it become alef with madda where Quranic spelling alone parts them.",
        examples=(("ءَامَنُوا بِـَٔايَةٍ", "آمَنُوا بِآيَةٍ"), ("ٱلْقُرْءَانُ", "ٱلْقُرْآنُ"), ("قِرَاءَات", "قِرَاءَات")),
        looks=context.hamza_before_alef,
        at=frozenset((L.HAMZA, L.HAMZA_ABOVE)),
    ),
    Step(
        name="hamza-marks",
        purpose="Madda and hamza marks (U+0653-U+0655) that no letter took up are deleted.",
        examples=(("لمٓ", "لم"),),
        maps=_delete(L.HAMZA_MARKS),
    ),
    Step(
        name="hamza-carriers",
        purpose="Waw with hamza becomes waw, yeh with hamza becomes yeh. In no built-in profile.",
        examples=(("مؤمن قائمة", "مومن قايمة"),),
        maps=_pairs({L.WAW_HAMZA: L.WAW, L.YEH_HAMZA: L.YEH}),
    ),
    # -- letters
    Step(
        name="alef",
        purpose="Alef with hamza, madda, wasla or wavy hamza becomes bare alef.",
        examples=(("أحمد إلى آخر ٱلله", "احمد الى اخر الله"),),
        maps=_to(L.ALEF, L.ALEFS | L.RARE_ALEFS),
    ),
    Step(
        name="alef-maksura",
        purpose="Alef maksura becomes yeh.",
        examples=(("على", "علي"),),
        maps=_to(L.YEH, [L.ALEF_MAKSURA]),
    ),
    Step(
        name="teh-marbuta",
        purpose="Teh marbuta becomes heh.",
        examples=(("مدرسة", "مدرسه"),),
        maps=_to(L.HEH, [L.TEH_MARBUTA]),
    ),
    Step(
        name="keyboard-fold",
        purpose="Farsi yeh becomes yeh, keheh and swash kaf become kaf, heh goal, heh doachashmee and ae become heh, "
        "teh marbuta goal becomes teh marbuta.",
        examples=(("فی کتاب", "في كتاب"),),
        maps=_pairs(
            dict.fromkeys(L.HEH_FORMS, L.HEH)
            | {L.FARSI_YEH: L.YEH, L.KEHEH: L.KAF, L.SWASH_KAF: L.KAF, 0x06C3: L.TEH_MARBUTA}
        ),
    ),
    Step(
        name="keyboard-letters",
        purpose="Farsi yeh and keheh become yeh (or alef maksura, by a word list) and kaf where there is no پ چ ژ گ; a "
        "Farsi yeh at the end of a word that may end in either stays.",
        examples=(("علی کتابی", "على كتابي"), ("چای", "چای")),
        looks=context.keyboard_letters,
        at=frozenset((L.FARSI_YEH, L.KEHEH)),
    ),
    # -- tatweel and invisible code points
    Step(
        name="tatweel",
        purpose="Tatweel is deleted.",
        examples=(("جــديد", "جديد"),),
        maps=_delete([L.TATWEEL]),
    ),
    Step(
        name="bare-tatweel",
        purpose="Tatweel is deleted unless it carries a hamza, a dagger alef or a small letter, or stands in هـ alone.",
        examples=(("جــديد شيـٔا", "جديد شيـٔا"), ("١٤٤٥هـ", "١٤٤٥هـ")),
        looks=context.bare_tatweel,
        at=frozenset((L.TATWEEL,)),
    ),
    Step(
        name="spaces",
        purpose="No-break, typographic and zero width spaces become a plain space.",
        examples=(("٥\N{NO-BREAK SPACE}كتب", "٥ كتب"),),
        maps=_to(0x20, L.SPACES),
    ),
    Step(
        name="byte-order-mark",
        purpose="The byte order mark is deleted.",
        examples=(("\ufeffنص", "نص"),),
        maps=_delete([L.BYTE_ORDER_MARK]),
    ),
    Step(
        name="invisible",
        purpose="Byte order mark, word joiner and soft hyphen are deleted.",
        examples=(("نـ\N{SOFT HYPHEN}ص", "نـص"),),
        maps=_delete(L.INVISIBLE),
    ),
    Step(
        name="bidi-marks",
        purpose="LRM, RLM and ALM are deleted.",
        examples=(("نص\N{RIGHT-TO-LEFT MARK}", "نص"),),
        maps=_delete(L.BIDI_MARKS),
    ),
    Step(
        name="bidi-controls",
        purpose="Embeddings, overrides and isolates are deleted.",
        examples=(("\N{RIGHT-TO-LEFT EMBEDDING}نص\N{POP DIRECTIONAL FORMATTING}", "نص"),),
        maps=_delete(L.BIDI_PAIRED),
    ),
    Step(
        name="unbalanced-bidi",
        purpose="Embeddings, overrides and isolates without a partner in their line are deleted; pairs stay.",
        examples=(("\N{RIGHT-TO-LEFT EMBEDDING}نص", "نص"),),
        looks=context.unbalanced_bidi,
        wide=True,
        at=L.BIDI_PAIRED,
    ),
    Step(
        name="joiners",
        purpose="Zero width joiners and non-joiners that touch Arabic are deleted; those of emoji stay.",
        examples=(
            ("ه\N{ZERO WIDTH JOINER} كتاب\N{ZERO WIDTH NON-JOINER}ها", "ه كتابها"),
            ("👨‍👩‍👧", "👨‍👩‍👧"),
        ),
        looks=context.joiners,
        at=frozenset((L.ZWNJ, L.ZWJ)),
    ),
    Step(
        name="idle-joiners",
        purpose="Zero width non-joiners at the edge of a word are deleted.",
        examples=(("كتاب\N{ZERO WIDTH NON-JOINER} جديد", "كتاب جديد"),),
        looks=context.idle_joiners,
        at=frozenset((L.ZWNJ, L.ZWJ)),
    ),
    # -- digits and punctuation
    Step(
        name="digits",
        purpose="Arabic-Indic and Extended Arabic-Indic digits become ASCII digits.",
        examples=(("٢٠٢٦ ۱۴۰۵", "2026 1405"),),
        maps=_pairs({code: 0x30 + value for code, value in L.ARABIC_DIGITS.items()}),
    ),
    Step(
        name="punctuation",
        purpose="Arabic comma, semicolon, question mark, percent sign and full stop become ASCII.",
        examples=(("لماذا؟ نعم، ٥٪", "لماذا? نعم, ٥%"),),
        maps=_pairs(_ASCII_PUNCTUATION),
    ),
    Step(
        name="number-separators",
        purpose="Between digits the Arabic decimal separator becomes a full stop, the thousands separator is deleted.",
        examples=(("١٬٠٠٠٫٥", "١٠٠٠.٥"), ("٬", "٬")),
        looks=context.number_separators,
        at=frozenset((L.DECIMAL_SEPARATOR, L.THOUSANDS_SEPARATOR)),
    ),
)

STEPS: Mapping[str, Step] = {step.name: step for step in _STEPS}


def step(name: str) -> Step:
    """The step of that name.

    Raises: SettingsError for a name that is not known.
    """
    try:
        return STEPS[name]
    except KeyError:
        raise SettingsError(
            f"unknown normalization step {name!r}; known: {', '.join(STEPS)}{nearest(name, STEPS)}"
        ) from None
