"""Messages with plurals and choices of ICU: `{n, plural, one {# file} other {# files}}`, whose branches are text.

A translation has the forms of its own language, as Arabic has six of a noun where English has two, and a placeholder
in as many of them as need it. What chooses between them stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

_HEAD = r"\{\s*+(?P<name>[\w.-]++)\s*+,\s*+(?P<kind>plural|selectordinal|select)\s*+,"
_IS_MESSAGE = regex.compile(_HEAD)
# Behind an apostrophe braces are text.
_TOKEN = regex.compile(rf"''|'[{{}}][^']*+'?|(?P<head>{_HEAD})|[{{}}]")
_SELECTOR = regex.compile(r"(?<=[\s,}])=?[\w.-]++(?=\s*+\Z)")
_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_NUMBER = regex.compile(r"=\d++")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A plural or a choice in a text: what it asks for, and the branches as (form, start, end) without their braces."""

    name: str
    kind: str
    start: int
    end: int
    branches: tuple[tuple[str, int, int], ...]

    @property
    def forms(self) -> list[str]:
        return [form for form, _, _ in self.branches]


def first(text: str, start: int) -> int:
    """Where the next plural or choice of a text begins; -1 where none does."""
    found = _IS_MESSAGE.search(text, start)
    return found.start() if found else -1


def arguments(text: str) -> list[Argument]:
    """The plurals and choices of a text in the order in which they begin, those of branches too; whole ones only.

    >>> [found.forms for found in arguments("{n, plural, =0 {none} one {{n} file} other {{n} files}} of {all}")]
    [['=0', 'one', 'other']]
    """
    if "{" not in text or not _IS_MESSAGE.search(text):
        return []
    found: list[Argument] = []
    # What is open: the argument's head, or None; the form, where it is a branch; where it begins; branches so far.
    waiting: list[tuple[regex.Match[str] | None, str, int, list[tuple[str, int, int]]]] = []
    at = 0
    for token in _TOKEN.finditer(text):
        if token["head"]:
            waiting.append((token, "", token.start(), []))
        elif token[0] == "{":
            form = _SELECTOR.search(text, at, token.start()) if waiting and waiting[-1][0] else None
            waiting.append((None, form[0] if form else "", token.end(), []))
        elif token[0] == "}" and waiting:
            head, form, start, branches = waiting.pop()
            if head:
                argument = Argument(
                    name=head["name"], kind=head["kind"], start=start, end=token.end(), branches=tuple(branches)
                )
                found.append(argument)
            elif form:
                waiting[-1][3].append((form, start, token.start()))
        at = token.end()
    return sorted(found, key=lambda argument: argument.start)


def outermost(found: Iterable[Argument]) -> list[tuple[int, int]]:
    """Where the arguments are that are in no other one."""
    done: list[tuple[int, int]] = []
    for argument in found:
        if not done or argument.start >= done[-1][1]:
            done.append((argument.start, argument.end))
    return done


def syntax(found: Sequence[Argument]) -> list[tuple[int, int]]:
    """What of arguments is no text, in order: all but their branches.

    >>> text = "{n, plural, one {# file} other {# files}}"
    >>> [text[a:b] for a, b in syntax(arguments(text))]
    ['{n, plural, one {', '} other {', '}}']
    """
    done: list[tuple[int, int]] = []
    for argument in found:
        at = argument.start
        for _, start, end in argument.branches:
            done.append((at, start))
            at = end
        done.append((at, argument.end))
    return sorted(done)


def without_syntax(text: str) -> str:
    """The text with a space in place of what is no text in it."""
    done: list[str] = []
    at = 0
    for start, end in syntax(arguments(text)):
        done += (text[at:start], " ")
        at = end
    return "".join((*done, text[at:]))


def problems(source: str, target: str) -> list[str]:
    """What is wrong with the plurals and choices of a translation; empty where the source has none."""
    old = arguments(source)
    if not old:
        return []
    new = arguments(target)
    wanted = {(argument.name, argument.kind): {*argument.forms} for argument in old}
    for argument in old:
        wanted[argument.name, argument.kind] |= {*argument.forms}
    there = {(argument.name, argument.kind) for argument in new}
    done = [f"{{{name}, {kind}, …}} is lost or not closed" for name, kind in wanted if (name, kind) not in there]
    done += [f"{{{name}, {kind}, …}} is not in the source" for name, kind in sorted(there - {*wanted})]
    was_there = {said for argument in old for said in _of_forms(argument, wanted[argument.name, argument.kind])}
    for argument in new:
        if (argument.name, argument.kind) in wanted:
            done += _of_forms(argument, wanted[argument.name, argument.kind])
    return [said for said in dict.fromkeys(done) if said not in was_there]


def _of_forms(argument: Argument, wanted: set[str]) -> list[str]:
    """What is wrong with the forms of an argument of a translation."""
    name = f"{{{argument.name}, {argument.kind}, …}}"
    forms = argument.forms
    done = [f"{name} has {form} twice" for form in {*forms} if forms.count(form) > 1]
    if argument.kind == "select":
        done += [f"{form} of {name} is lost" for form in sorted(wanted - {*forms})]
        done += [f"{form} of {name} is not in the source" for form in sorted({*forms} - wanted)]
        return done
    bad = sorted(form for form in {*forms} if form not in _FORMS and not _NUMBER.fullmatch(form))
    done += [f"{form!r} of {name} is no form: zero, one, two, few, many, other or =1 stay as they are" for form in bad]
    return [*done, f"other of {name} is lost"] if "other" in wanted - {*forms} else done
