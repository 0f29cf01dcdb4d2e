"""Text with inline codes: what a translator may not change stands in a unit as a numbered code.

Codes are placeholders (`%d`, `{name}`, `{{x}}`, `${x}`), URLs and e-mail addresses, tags, code and the targets of links
that stand in a text as they are (`<b>`, `` `x` ``, `[a](b.md)`), markup between two stretches of text, and characters
that XML cannot hold. A file that has no element for a code (TSV, a table) shows what is written in the text as it is
and every other code as its number in white square brackets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape

import regex

from bilingual.formats import messages

LEFT, RIGHT = "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}", "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One inline code.

    `raw`: what stands in the original: markup as written where `is_markup`, otherwise characters. `kind`: open, close
    or alone; an open and a close of one number are a pair. `is_literal`: a placeholder, an address, a tag or code in
    the text, shown as it is.
    `stands_for`: the characters that a reader sees in place of markup, such as the tab or space of a line break.
    """

    number: int
    raw: str
    kind: str = "alone"
    is_markup: bool = False
    is_literal: bool = False
    stands_for: str = ""

    @property
    def token(self) -> str:
        """The code in a file that has no element for it.

        >>> Code(number=2, raw="</b>", kind="close", is_markup=True).token == LEFT + "/2" + RIGHT
        True
        """
        if self.is_literal:
            return self.raw
        return f"{LEFT}{'/' if self.kind == 'close' else ''}{self.number}{RIGHT}"


Part = str | Code
Parts = tuple[Part, ...]

_PLACEHOLDER = r"""
      \{\{\{[^{}\r\n]{1,80}\}\}\} | \{\{[^{}\r\n]{1,80}\}\}    # {{{name}}} {{name}}
    | \{%[^{}\r\n]{1,80}%\} | <%(?:[^%\r\n]|%(?!>)){1,120}+%>  # {% if x %} <%= x %>
    | \{\#[ ][^{}\r\n]{0,200}[ ]\#\} | [$%]\{[^{}\r\n]{1,80}\}     # {# a remark #} ${name} %{name}
    | \{[A-Za-z0-9_.:!\#\[\]-]{0,60}\} | \{[ ][A-Za-z_][A-Za-z0-9_.]{0,60}[ ]\}  # {0} {name} {x:.2f} { name }
    | \{\w{1,60},[ ]?(?:number|date|time|spellout|ordinal|duration)(?:,[^{}\r\n]{1,40})?\}
    | \{\\[^{}\r\n]{1,80}\}                                    # {\an8} of subtitles
    | \{:?[ ]?[.\#][A-Za-z][^{}\r\n]{0,80}\}                   # {: .lead} {#here .note} of Markdown
    | %\([A-Za-z_]\w{0,60}\)[-+\#0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]
    | (?<![\w%])%[A-Za-z_][\w.-]{1,60}%(?!\w)                  # %name%
    | (?<![\d%])%(?:\d{1,2}\$)?[-+\#0]?\d*(?:\.\d+)?(?:hh?|ll?|[zjtL])?[diouxXeEfFgGcsp@](?![A-Za-z])
"""
_ADDRESS = r"""
      (?:https?|ftp)://[^\s<>"'«»\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}⟦⟧،؛\p{Cc}\p{Cs}]+
    | (?<![\w.@/])www\.(?:[^\s<>"'«»⟦⟧،؛\p{Cc}\p{Cs}./]{1,63}\.){1,8}[a-z]{2,63}(?:/[^\s<>"'«»⟦⟧،؛\p{Cc}\p{Cs}]*)?
    | (?<![\w.+-])[A-Za-z0-9][A-Za-z0-9.+_-]{0,80}@[A-Za-z0-9-]{1,80}(?:\.[A-Za-z0-9-]{1,80})+
"""
# What can stand in code that is part of a text: nothing that is a code of another kind.
_IN_CODE = r"[^`⟦⟧\p{Cc}\p{Cs}]"
# Elements that a text names without attributes; an angle bracket around another word (`<file>`) may be a translator's.
_ELEMENTS = (
    "a|abbr|b|bdi|bdo|big|blockquote|body|br|center|cite|code|dd|del|details|dfn|div|dl|dt|em|font|h[1-6]|hr|i|img|ins"
    "|kbd|li|mark|ol|p|pre|q|rp|rt|ruby|s|samp|section|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th"
    "|thead|tr|tt|u|ul|var|wbr"
)
_TAG = rf"""
      </[A-Za-z][\w:.-]{{0,40}}[ ]?> | <(?i:{_ELEMENTS})[ ]?/?> | <[A-Za-z][\w:.-]{{0,40}}[ ]?/>
    | <[A-Za-z][\w:.-]{{0,40}}
      (?:[ \t]++[\w:.@-]{{1,60}}+[ ]?=[ ]?
         (?:"[^"<>⟦⟧\p{{Cc}}]{{0,2000}}"|'[^'<>⟦⟧\p{{Cc}}]{{0,2000}}'|[^\s"'<>=⟦⟧]{{1,200}}+))++
      [ \t]*+/?>
    | <[A-Za-z]{{1,20}}=[^\s<>⟦⟧]{{1,40}}>                      # <color=red> of games
    | </?\d{{1,3}}[ ]?/?> | <(?P<own>[A-Za-z][\w.-]{{0,40}})>(?=[^\r\n]{{0,400}}?</(?P=own)>)  # <0> <link>
    | <(?:v|c|lang)(?:\.[\w-]{{1,40}})*[ ][^<>⟦⟧\p{{Cc}}]{{1,80}}> | <c(?:\.[\w-]{{1,40}})+>   # those of WebVTT
    | <(?:\d{{2,}}:)?\d\d:\d\d\.\d{{3}}>
"""
# Code between grave accents, and where a link of Markdown leads to, a footnote's mark, the name of a link.
_MARKDOWN = rf"""
      (?<!`)``(?!`){_IN_CODE}{{1,200}}(?:`{_IN_CODE}{{1,200}})*``(?!`)
    | (?<![A-Za-z0-9`])`(?![`\s]){_IN_CODE}{{1,200}}+(?<!\s)`(?![A-Za-z0-9`])
    | (?<=\]\()(?=[^\s()/.\#:]*+[/.\#:])
      (?:[^\s()<>⟦⟧\p{{Cc}}\p{{Cs}}]|\([^\s()<>⟦⟧\p{{Cc}}\p{{Cs}}]{{0,80}}\))++(?=\)|[ ]["'(])
    | \[\^[^\[\]\s⟦⟧\p{{Cs}}]{{1,40}}\]:? | (?<=\])\[[^\[\]⟦⟧\p{{Cc}}\p{{Cs}}]{{1,80}}\](?![(:])
    | \A\[[^\[\]⟦⟧\p{{Cc}}\p{{Cs}}]{{1,80}}\]:(?=[ ]+<?[^\s<>/.\#:]*+[/.\#:][^\s<>]*>?(?:[ ]["'(].*)?\Z)
"""
# Characters that XML 1.0 forbids or discourages, terminal sequences, line ends and tabs (tools change
# them), and our own brackets.
_UNSAFE = r"(?:\x1b\[[0-9;]*[A-Za-z]|[\p{Cc}\p{Cs}\uFFFE\uFFFF⟦⟧])+"
_OF_MARKDOWN = regex.compile("`|][(:\\[]|\\[\\^")  # one of these is in all of it


@cache
def _pattern(*, has_markdown: bool, has_tags: bool, has_addresses: bool) -> regex.Pattern[str]:
    """What finds the codes of a text.

    Looking for addresses at every character takes sixteen times as long, for marks and tags some thirty times: most
    texts hold none of what these need.
    """
    kinds = [
        *((_MARKDOWN,) if has_markdown else ()), *((_TAG,) if has_tags else ()),
        *((f"(?P<address>{_ADDRESS})",) if has_addresses else ()), _PLACEHOLDER, f"(?P<unsafe>{_UNSAFE})",
    ]  # fmt: skip
    return regex.compile("|".join(kinds), regex.VERBOSE)


# Every code holds one of these, and most sentences none.
_ANY = regex.compile(r"[%{@<`\[\]⟦⟧\p{Cc}\p{Cs}\uFFFE\uFFFF]|://|www\.")
_PLACEHOLDERS = regex.compile(_PLACEHOLDER, regex.VERBOSE)
# Control characters that stand for no space, which a program or the clipboard left, and what stands for lost letters.
_CONTROL = regex.compile("[\\x00-\\x08\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_TOKEN = regex.compile(f"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}")
# Characters that nobody sees and editors of right-to-left text put in: marks of direction, joiners, soft hyphens. Other
# format characters (the end of ayah, number signs) are seen.
UNSEEN = r"\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HAS_UNSEEN = regex.compile(f"[{UNSEEN}]")
_BLANK = rf"[\s{UNSEEN}]*+"
_NUMBER = regex.compile(rf"{_BLANK}(/?){_BLANK}(\d{{1,6}}){_BLANK}")
_IS_BLANK = regex.compile(_BLANK)
_TRAILING = ".,;:!?)]}'\N{ARABIC QUESTION MARK}\N{ARABIC FULL STOP}\N{HORIZONTAL ELLIPSIS}"


def inline(text: str, number: int = 1) -> Parts:
    """`text` as parts; its codes are numbered from `number`.

    >>> [p if isinstance(p, str) else p.raw for p in inline("Hi {name}, see https://a.org/b.")]
    ['Hi ', '{name}', ', see ', 'https://a.org/b', '.']
    >>> inline("50% discount")
    ('50% discount',)
    """
    parts: list[Part] = []
    at = 0
    for start, end, is_literal in _codes_of(text):
        if start > at:
            parts.append(text[at:start])
        parts.append(Code(number=number, raw=text[start:end], is_literal=is_literal))
        number += 1
        at = end
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def written(text: str) -> list[tuple[int, int]]:
    """Where the codes of a text are that are shown as they are: nothing may be cut inside them.

    >>> [(a, b) for a, b in written("Hi {name}!\\n")]
    [(3, 9)]
    """
    return [(start, end) for start, end, is_literal in _codes_of(text) if is_literal]


def _codes_of(text: str) -> Iterator[tuple[int, int, bool]]:
    if not _ANY.search(text):
        return
    has_addresses = "@" in text or "://" in text or "www." in text
    pattern = _pattern(
        has_markdown=_OF_MARKDOWN.search(text) is not None, has_tags="<" in text, has_addresses=has_addresses
    )
    branches = {start - 1 for argument in messages.arguments(text) for _, start, _ in argument.branches}
    for match in pattern.finditer(text):
        start, end = match.span()
        if has_addresses and match["address"] is not None:
            end = start + len(_without_trailing(match[0]))
        if start in branches:  # `{He}` is a text there, `{{name}}` one with a code in it
            start, end = start + 1, end - 1
            if text[start] != "{":
                continue
        yield start, end, match["unsafe"] is None


def _without_trailing(address: str) -> str:
    """An address without the punctuation of the sentence around it; a bracket that it opened stays."""
    end = len(address.rstrip(_TRAILING))
    # What was cut may begin with the brackets that the address itself opened: `https://example.org/a_(b)`.
    n_open = address.count("(", 0, end) - address.count(")", 0, end)
    while n_open > 0 and address[end : end + 1] == ")":
        n_open -= 1
        end += 1
    return address[:end]


def codes(parts: Iterable[Part]) -> list[Code]:
    """The codes of `parts`, in order."""
    return [part for part in parts if isinstance(part, Code)]


def paired(parts: Iterable[Part]) -> set[int]:
    """Numbers of the codes that have both ends in `parts`."""
    found = codes(parts)
    return {code.number for code in found if code.kind == "open"} & {c.number for c in found if c.kind == "close"}


def plain(parts: Iterable[Part]) -> str:
    """The text of `parts` as it is read, without markup: placeholders and addresses as they are."""
    return "".join(part if isinstance(part, str) else part.stands_for if part.is_markup else part.raw for part in parts)


def shown(parts: Iterable[Part]) -> str:
    """`parts` as one string, for files without elements for codes."""
    return "".join(part if isinstance(part, str) else part.token for part in parts)


def read_over(parts: Iterable[Part]) -> str:
    """`parts` as `shown`, with white space in place of what is not part of the text: so plurals are read over markup.

    >>> read_over(("{n, plural, ", Code(number=1, raw="<b>"), "one {x}}"))
    '{n, plural,    one {x}}'
    """
    return "".join(
        part if isinstance(part, str) else part.raw if part.is_literal else " " * len(part.token) for part in parts
    )


def over_codes(parts: Parts) -> Parts:
    """`parts`, of which each text was read by itself, with the branches of plurals that go on over codes as text.

    >>> one = inline("{g, select, male {He} other {")
    >>> shown(over_codes((*one, Code(number=1, raw="<b>"), "They", Code(number=2, raw="</b>"), "} female {She}}")))
    '{g, select, male {He} other {⟦1⟧They⟦2⟧} female {She}}'
    """
    if not any("{" in part for part in parts if isinstance(part, str)) or all(isinstance(p, str) for p in parts):
        return parts
    branches = {start - 1 for argument in messages.arguments(read_over(parts)) for _, start, _ in argument.branches}
    done: list[Part] = []
    at = 0
    for part in parts:
        is_branch = isinstance(part, Code) and part.is_literal and at in branches
        done += ("{", *inline(part.raw[1:-1]), "}") if isinstance(part, Code) and is_branch else (part,)
        at += len(part if isinstance(part, str) else part.token)
    return _renumbered(_joined(done)) if len(done) > len(parts) else parts


def _renumbered(parts: Iterable[Part]) -> Parts:
    """`parts` with their codes numbered in order; of markup both ends of a pair have the same number."""
    numbers: dict[tuple[int, bool], int] = {}
    done: list[Part] = []
    n_codes = 0
    for part in parts:
        if isinstance(part, Code):
            key = (part.number, part.is_markup)
            if part.kind != "close" or key not in numbers:
                n_codes += 1
                numbers[key] = n_codes
            part = replace(part, number=numbers[key])
        done.append(part)
    return tuple(done)


def key_of(parts: Parts) -> bytes:
    """What tells parts from others, in sixteen bytes: all parts as keys would be another copy of the text."""
    said = f"={parts[0]}" if len(parts) == 1 and isinstance(parts[0], str) else repr(parts)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def is_blank(text: str) -> bool:
    """True when a reader sees nothing of a text: white space, and what is UNSEEN.

    >>> is_blank(" \\N{RIGHT-TO-LEFT MARK}"), is_blank("\\N{ARABIC END OF AYAH}")
    (True, False)
    """
    return _IS_BLANK.fullmatch(text) is not None


def has_letters(parts: Iterable[Part]) -> bool:
    """True when there is something to translate outside the codes."""
    return any(isinstance(part, str) and any(map(str.isalpha, without_references(part))) for part in parts)


_REFERENCE = regex.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});")


def without_references(text: str) -> str:
    """A text that was written for HTML with its characters in place of references to them.

    >>> without_references("caf&eacute;&nbsp;&mdash; AT&T")
    'café\\xa0— AT&T'
    """
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def read_shown(text: str, source: Sequence[Part]) -> tuple[Parts, list[str]]:
    """A translation back as parts, and what is wrong with its codes (empty when nothing is).

    Every code of the source must be there exactly once, a pair in its order, and no placeholder may be new; in the
    branches of a plural one may come more often or less. What a program fills in by its order (`%s … %d`, `{} … {:x}`)
    keeps it, as a number or a name does not. White space at the two ends is the source's: it parts the unit from its
    neighbours, and tools and tables take it off or add it.

    >>> source = inline("Hi {name}")
    >>> read_shown("مرحبا {name}", source)[1], read_shown("مرحبا", source)[1]
    ([], ['{name} is lost'])
    """
    known = codes(source)
    text = _without_marks(_with_ends(text.replace("\v", "\n"), source), known)  # the line break of Word
    own = read_over(source) if any("{" in part for part in source if isinstance(part, str)) else ""
    places = messages.outermost(messages.arguments(own))
    if not known and not places and not _ANY.search(text) and _LOST not in text:
        return ((text,) if text else (), [])  # of most units
    by_number = {(code.number, code.kind == "close"): code for code in known}
    problems: list[str] = []
    parts: list[Part] = []
    at = 0
    for match in _TOKEN.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        number = _NUMBER.fullmatch(match[0][1:-1])
        found = by_number.get((int(number[2]), bool(number[1]))) if number else None
        if found is None:
            problems.append(f"{match[0]} is no code of this unit")
        else:
            parts.append(found)
    parts.append(text[at:])
    if places:  # where a branch begins and ends is seen in the whole text alone
        parts = _joined(part.raw if isinstance(part, Code) and _is_seen(part) else part for part in parts)
    parts = _with_literals(parts, source)
    problems += _lost_or_doubled(parts, known, _inside(source, places))
    problems += _new(parts, own, places) + _out_of_order(parts)
    problems += messages.problems(own, read_over(parts)) if places else _filled_otherwise(parts, source, known)
    if any(_LOST in part for part in parts if isinstance(part, str)) and _LOST not in plain(source):
        problems.append("U+FFFD stands for characters that a program could not read; write them again")
    return tuple(parts), problems


def _with_ends(text: str, source: Sequence[Part]) -> str:
    """`text` with the white space at the two ends of the source.

    >>> _with_ends("نص", (" text", Code(number=1, raw="<br>"), "more "))
    ' نص '
    """
    if not text.strip() or not source:
        return text
    first, last = (part if isinstance(part, str) else "" for part in (source[0], source[-1]))
    return first[: len(first) - len(first.lstrip())] + text.strip() + last[len(last.rstrip()) :]


def _without_marks(text: str, known: Sequence[Code]) -> str:
    """`text` without the marks of direction that an editor put into its placeholders and addresses.

    >>> _without_marks("نص {\N{RIGHT-TO-LEFT MARK}n}", codes(inline("{n}")))
    'نص {n}'
    """
    if not _HAS_UNSEEN.search(text):
        return text
    for raw in dict.fromkeys(code.raw for code in known if code.is_literal and not _HAS_UNSEEN.search(code.raw)):
        if raw.isalnum():
            continue  # a word that only its place made code, as in <code>
        text = regex.sub(f"[{UNSEEN}]*+".join(map(regex.escape, raw)), lambda _, raw=raw: raw, text)
    return text


def _with_literals(parts: Iterable[Part], source: Sequence[Part]) -> list[Part]:
    """`parts` with the source's placeholders and addresses found in their text again.

    They are where `inline` finds them, and where they grew together with a word: then all that is more than the source
    has in its own text (`%d` in `%%d`) are codes.
    """
    raws = {code.raw: code for code in codes(source) if code.is_literal}
    found: list[Part] = []
    for part in parts:
        again = inline(part) if raws and isinstance(part, str) else (part,)
        found += (raws.get(new.raw, new.raw) if isinstance(new, Code) and new is not part else new for new in again)
    found = _with_enclosed(_joined(found), source)
    text = "\0".join(part for part in found if isinstance(part, str))
    for raw in sorted((raw for raw in raws if raw in text), key=len, reverse=True):
        found = _with_grown(found, raws[raw], source)
    return _joined(found)


def _with_enclosed(parts: list[Part], source: Sequence[Part]) -> list[Part]:
    """`parts` with the words that are alone between the same markup as a code of the source as that code.

    >>> b, a, e = Code(number=1, raw="<code>"), Code(number=2, raw="a", is_literal=True), Code(number=3, raw="</code>")
    >>> _with_enclosed(["a ", b, "a", e], ("a word, ", b, a, e)) == ["a ", b, a, e]
    True
    """
    known: dict[tuple[Part, str, Part], Code] = {
        (before, code.raw, behind): code
        for before, code, behind in zip(source, source[1:], source[2:], strict=False)
        if isinstance(code, Code) and code.raw.isalnum() and isinstance(before, Code) and isinstance(behind, Code)
    }
    done = list(parts) if known else parts
    for at in range(1, len(parts) - 1) if known else ():
        part = parts[at]
        if isinstance(part, str):
            done[at] = known.get((parts[at - 1], part, parts[at + 1]), part)
    return done


def _with_grown(parts: Sequence[Part], code: Code, source: Sequence[Part]) -> list[Part]:
    """`parts` with what looks like `code` as that code, as often as there is more of it than in the source's text.

    Where the code is a word that only its place made one (`ls` in `<code>`), no more than are missing.
    """
    is_word = not codes(inline(code.raw))
    around = (r"(?<![A-Za-z0-9_])", r"(?![A-Za-z0-9_])") if is_word else ("", r"(?!(?<=%[a-zA-Z])[A-Za-z])")
    raw = regex.compile(regex.escape(code.raw).join(around))
    n_found, n_own = (sum(len(raw.findall(p)) for p in some if isinstance(p, str)) for some in (parts, source))
    if is_word:
        n_missing, n_there = (sum(other.raw == code.raw for other in codes(some)) for some in (source, parts))
        n_own = max(n_own, n_found - max(0, n_missing - n_there))
    done: list[Part] = []
    for part in parts:
        if isinstance(part, Code):
            done.append(part)
            continue
        at = 0
        for match in raw.finditer(part):
            if n_found > n_own:
                done += (part[at : match.start()], code)
                at = match.end()
                n_found -= 1
        done.append(part[at:])
    return done


def _key(code: Code) -> tuple[object, ...]:
    """Codes that may stand for each other: equal placeholders; every other code only for itself."""
    return (code.raw,) if code.is_literal else (code.number, code.kind)


def _inside(parts: Sequence[Part], places: Sequence[tuple[int, int]]) -> set[tuple[object, ...]]:
    """The placeholders in some places of the text of `parts`."""
    found = set()
    at = 0
    for part in parts if places else ():
        if isinstance(part, Code) and part.is_literal and any(start <= at < end for start, end in places):
            found.add(_key(part))
        at += len(part if isinstance(part, str) else part.token)
    return found


def _lost_or_doubled(
    parts: Sequence[Part], known: Sequence[Code], inside: Container[tuple[object, ...]]
) -> list[str]:  # fmt: skip
    """Codes that are not there as often as in the source; those `inside` branches may be, but for not at all."""
    wanted: dict[tuple[object, ...], int] = {}
    names: dict[tuple[object, ...], str] = {}
    for code in known:
        wanted[_key(code)] = wanted.get(_key(code), 0) + 1
        names[_key(code)] = code.token if code.is_literal else f"{code.token} ({code.raw!r})"
    for code in codes(parts):
        wanted[_key(code)] -= 1
    there = {_key(code) for code in codes(parts)}
    return [
        f"{names[key]} is {'lost' if count > 0 else 'doubled'}"
        for key, count in wanted.items()
        if count and not (key in inside and key in there)
    ]


def _is_seen(code: Code) -> bool:
    """Whether `inline` finds a code in a text again."""
    return code.is_literal and any(other.raw == code.raw for other in codes(inline(code.raw)))


def _new(parts: Sequence[Part], own: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Placeholders and control characters in the text of a target: those of the source are codes.

    `places`: where `own`, the source as `read_over`, has plurals, whose branches look like placeholders; such as go on
    over lines are no codes there.
    """
    texts = [part for part in parts if isinstance(part, str)]
    if places:
        there = {code.raw for some in (parts, inline(own)) for code in codes(some)}
        found = [code.raw for code in codes(inline(read_over(parts))) if code.is_literal and code.raw not in there]
    else:
        found = [match[0] for text in texts for match in _PLACEHOLDERS.finditer(text)]
    characters = dict.fromkeys(match[0] for text in texts for match in _CONTROL.finditer(text))
    found += [f"the control character U+{ord(character):04X}" for character in characters]
    return [f"{new} is not in the source" for new in found]


# Placeholders without a number or a name: what fills them is told by their order alone.
_BY_ORDER = regex.compile(r"%[-+\#0]?\d*(?:\.\d+)?[A-Za-z]{0,2}[A-Za-z@]|(?P<braces>\{(?:[:!][^{}]*)?\})")
_OF_TIME = regex.compile("%[ABHIMYZbjmy]")  # `%d %B %Y` is a date, whose parts may come in any order


def _filled_otherwise(parts: Sequence[Part], source: Sequence[Part], known: Sequence[Code]) -> list[str]:
    """The first placeholder that a program would fill with what belongs to another one."""
    before, after = ([code.raw for code in some if code.is_literal] for some in (known, codes(parts)))
    if len(known) < 2 or before == after or _OF_TIME.search(plain(source)):
        return []
    for is_braces in (False, True):
        old, new = (
            [raw for raw in raws if (found := _BY_ORDER.fullmatch(raw)) and (found["braces"] is not None) == is_braces]
            for raws in (before, after)
        )
        if old != new and sorted(old) == sorted(new):
            one, other = next((a, b) for a, b in zip(new, old, strict=True) if a != b)
            return [f"{one} is in the place of {other}: programs fill them by their order; keep that of the source"]
    return []


def _out_of_order(parts: Sequence[Part]) -> list[str]:
    """Pairs must nest: every close follows its own open, and closes what was opened last."""
    pairs = paired(parts)
    stack: list[int] = []
    for code in codes(parts):
        if code.number not in pairs:
            continue
        if code.kind == "open":
            stack.append(code.number)
        elif not stack or stack.pop() != code.number:
            return [f"{code.token} ({code.raw!r}) is not where it closes its pair"]
    return []


def _joined(parts: Iterable[Part]) -> list[Part]:
    """Neighbouring strings made one."""
    done: list[Part] = []
    for part in parts:
        if isinstance(part, str) and done and isinstance(done[-1], str):
            done[-1] += part
        elif part != "":
            done.append(part)
    return done
