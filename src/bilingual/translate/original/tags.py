"""Tags in markup, and which of them lack their other end."""

from __future__ import annotations

import re

REST = r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*"
# A tag, or what hides the tags in it: that goes on to the end where it is not closed, so that time stays linear.
MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))|<![^>]*>"
    rf"|<(?P<raw>(?i:script|style|template))(?=[\s/>]){REST}>.*?(?:</(?i:(?P=raw))\s*>|\Z)"
    rf"|<(?P<slash>/?)(?P<name>[A-Za-z][^\s/<>]*)(?=[\s/>])(?P<rest>{REST})>",
    re.DOTALL,
)
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def unmatched(raw: str, among: frozenset[str] | None = None) -> tuple[list[str], list[str]]:
    """Names of the elements that markup closes without having opened them, and opens without closing them.

    >>> unmatched("</b><i>x</i><!-- <u> --><br><a>")
    (['b'], ['a'])
    """
    closed: list[str] = []
    opened: list[str] = []
    for tag in MARKUP.finditer(raw):
        name = (tag["name"] or "").lower()
        if not name or name in VOID or tag["rest"].endswith("/") or (among is not None and name not in among):
            continue
        if not tag["slash"]:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            closed.append(name)
    return closed, opened
