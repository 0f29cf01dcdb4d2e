"""Build the gold of the project's own corpus from its page sources.

A page is one file, `corpora/pages/<id>.lines`: a header, then one row per line of the page.

    # kind: forum            article, forum, product, list, company, documentation, wiki, blog, ...
    # country: EG            ISO 3166 code of the imagined site
    # lang: ar               main language; what its script holds is in this language unless marked
    # latin: fr              language of unmarked Latin letters (default: the main one if Latin, else en)
    # arabic: ar             language of unmarked Arabic letters (default: the main one if Arabic, else ar)
    # site-shape: vBulletin  what kind of site it imitates
    # note: ...              anything a reader of the gold should know
    # flatten: yes           optional: the page lost its line breaks; lines are joined by one space

    n<TAB>  * الرئيسية          label (b body, n navigation, p promo), tab, the line with bullets and indent
    b@fr<TAB>Bonjour            the line's letters of that language's script are in that language
    b<TAB>قال ⟦fr:merci⟧ ومضى   a stretch in another language than its script tells

An empty row is a blank line. From the sources come `text/<id>.txt` (the page as extracted), `gold.jsonl`
(label and language of every line, offsets in code points) and `gold-flat.jsonl` (bullets, indents and blank
lines removed). Where `html/<id>.html` exists, its visible lines must be those of the source, in order.

    python tools/corpora.py              write everything
    python tools/corpora.py --check      exit 1 when a file on disk is not what the sources give
    python tools/corpora.py --html FILE  write the HTML pages with a label per line (gzipped JSON lines)
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import regex

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
LABELS = {"b": "body", "n": "navigation", "p": "promo"}
ARABIC_TAGS = {"ar", "fa", "ur", "ckb", "ps", "ug", "sd"}
NEEDED = ("kind", "country", "lang", "site-shape")
KEYS = {*NEEDED, "latin", "arabic", "note", "flatten"}
ROW = re.compile(r"([bnp])(?:@([A-Za-z]{2,3}(?:-[A-Za-z]{4})?))?\t(.*)")
MARK = re.compile(r"⟦([A-Za-z]{2,3}(?:-[A-Za-z]{4})?):([^⟦⟧]*)⟧")
NEUTRAL = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w)@\w+(?:[.-]\w+)*|%[ds]\b")
BULLET = re.compile(r"^\s*(?:(?:[•*▪◦●○·►‣–-]|[0-9]{1,2}\.)\s+)?(?=\S)")
TOKEN = regex.compile(r"(?:[\p{L}\p{M}\p{N}'’ـ]|(?<=\p{N})[.,](?=\p{N}))+")
ARABIC = regex.compile(r"[\p{Script=Arabic}ـ]")
LATIN = regex.compile(r"\p{Script=Latin}")
# letters of no script, such as the micro sign, but not the tatweel
SCRIPTLESS = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}--ـ]", regex.VERSION1)
PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“", "’": "‘", "›": "‹"}


class SourceError(Exception):
    """A page source that cannot be read: file, line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page: its text with bullets and indent, its label, and the languages that were marked."""

    text: str
    label: str
    arabic: str
    latin: str
    marked: tuple[tuple[int, int, str], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page source: header fields and rows; a blank line is None."""

    name: str
    header: dict[str, str]
    rows: tuple[Row | None, ...]


def read_page(path: Path) -> Page:
    """Raises: SourceError, with the file and line, for anything the format does not allow."""
    header: dict[str, str] = {}
    rows: list[Row | None] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n")[:-1], 1):
        where = f"{path.name}:{number}"
        if not rows and line.startswith("# "):
            key, _, value = line[2:].partition(":")
            header[key.strip()] = value.strip()
        elif not line.strip():
            rows.append(None)
        else:
            rows.append(_row(line, header, where))
    missing = [key for key in NEEDED if not header.get(key)]
    unknown = sorted(set(header) - KEYS)
    if missing or unknown:
        raise SourceError(f"{path.name}: header lacks {missing}, does not know {unknown}")
    while rows and rows[0] is None:
        del rows[0]
    while rows and rows[-1] is None:
        del rows[-1]
    return Page(path.stem, header, tuple(rows))


def _row(line: str, header: dict[str, str], where: str) -> Row:
    found = ROW.fullmatch(line.rstrip())
    if not found:
        raise SourceError(f"{where}: not a row of label, tab, text: {line[:40]!r}")
    label, override, marked_text = found.groups()
    main = header.get("lang", "ar")
    arabic = header.get("arabic", main if main in ARABIC_TAGS else "ar")
    latin = header.get("latin", main if main not in ARABIC_TAGS else "en")
    if override in ARABIC_TAGS:
        arabic = override
    elif override:
        latin = override
    text, marked = _unmark(marked_text)
    if not text.strip() or "⟦" in text or "⟧" in text:
        raise SourceError(f"{where}: empty text or a language mark left open")
    if text != unicodedata.normalize("NFC", text):
        raise SourceError(f"{where}: text is not NFC")
    return Row(text, LABELS[label], arabic, latin, marked, where)


def _unmark(text: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """The text without its language marks, and where they were."""
    out, marked, at = "", [], 0
    for found in MARK.finditer(text):
        out += text[at : found.start()]
        marked.append((len(out), len(out) + len(found[2]), found[1]))
        out += found[2]
        at = found.end()
    return out + text[at:], tuple(marked)


def languages(row: Row) -> list[tuple[int, int, str]]:
    """Spans of one line, offsets into `row.text`, white space at both ends trimmed.

    Letters take the mark, else the language of their script; what carries no language goes with its word,
    then with the brackets or quotes around it, then with the neighbour before it, at the start of the line
    with the one after it.
    """
    text = row.text
    langs = _letters(row)
    for found in TOKEN.finditer(text):
        _fill_token(langs, found.start(), found.end())
    for start, end in _pairs(text):
        inside = {langs[i] for i in range(start + 1, end)} - {None}
        if len(inside) == 1:
            langs[start : end + 1] = [inside.pop()] * (end + 1 - start)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    first = next((lang for lang in langs if lang), "und")
    spans: list[tuple[int, int, str]] = []
    at, current = start, first
    for i in range(start, end):
        lang = langs[i] or current
        if lang != current:
            spans.append((at, at + len(text[at:i].rstrip()), current))
            at, current = i, lang
    return [*spans, (at, end, current)]


def _letters(row: Row) -> list[str | None]:
    text = row.text
    langs: list[str | None] = [None] * len(text)
    neutral = {i for found in NEUTRAL.finditer(text) for i in range(*found.span())}
    for i, char in enumerate(text):
        if i in neutral or not char.isalpha() or SCRIPTLESS.match(char):
            continue
        langs[i] = row.arabic if ARABIC.match(char) else row.latin if LATIN.match(char) else "?"
    for start, end, lang in row.marked:
        langs[start:end] = [lang] * (end - start)
    if "?" in langs:
        raise SourceError(f"{row.where}: {text[langs.index('?')]!r} needs a language mark")
    return langs


def _fill_token(langs: list[str | None], start: int, end: int) -> None:
    """Digits and marks inside a word belong to it: the language before them, at its start the one after."""
    current = next((lang for lang in langs[start:end] if lang), None)
    for i in range(start, end):
        current = langs[i] = langs[i] or current


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Brackets and quotes that belong together, inner ones first."""
    opened: list[tuple[str, int]] = []
    straight = text.count('"') % 2 == 0
    for i, char in enumerate(text):
        if char == '"' and straight and opened and opened[-1][0] == '"':
            yield opened.pop()[1], i
        elif char in PAIRS.values() or (char == '"' and straight):
            opened.append((char, i))
        elif char in PAIRS and any(PAIRS[char] == other for other, _ in opened):
            while opened[-1][0] != PAIRS[char]:
                opened.pop()
            yield opened.pop()[1], i


def render(page: Page, flat: bool = False) -> tuple[str, list[dict[str, Any]]]:
    """The page's text and its gold lines; flat: without bullets, indents and blank lines."""
    joined = page.header.get("flatten") == "yes"
    text, lines = "", []
    for row in page.rows:
        if row is None:
            text += "" if flat or joined else "\n"
            continue
        spans = languages(row)
        cut = _cut(row.text, flat, joined)
        shift = len(text) - cut
        placed = [[max(cut, s) + shift, e + shift, lang] for s, e, lang in spans if e > cut]
        text += row.text[cut:] + (" " if joined else "\n")
        line: dict[str, Any] = {"start": placed[0][0], "end": placed[-1][1], "label": row.label}
        line |= {"langs": placed} if len(placed) > 1 else {"lang": placed[0][2]}
        lines.append(line)
    return text.rstrip() + "\n", lines


def _cut(text: str, flat: bool, joined: bool) -> int:
    """How much of the start of a line a rendering drops."""
    bullet = BULLET.match(text)
    if flat and bullet:
        return bullet.end()
    return len(text) - len(text.lstrip()) if joined else 0


def check_gold(name: str, text: str, lines: list[dict[str, Any]]) -> None:
    """Every character that is not white space lies in exactly one line and one span. Raises: SourceError."""
    covered = bytearray(len(text))
    for line in lines:
        spans = line.get("langs") or [[line["start"], line["end"], line["lang"]]]
        if spans[0][0] != line["start"] or spans[-1][1] != line["end"]:
            raise SourceError(f"{name}: spans do not span the line at {line['start']}")
        for start, end, _ in spans:
            if start >= end or any(covered[start:end]) or text[start:end] != text[start:end].strip():
                raise SourceError(f"{name}: wrong offsets {start}:{end}: {text[start:end][:40]!r}")
            covered[start:end] = b"\1" * (end - start)
    for i, char in enumerate(text):
        if not char.isspace() and not covered[i]:
            raise SourceError(f"{name}: offset {i} has no label: {text[i : i + 40]!r}")


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"head", "script", "style", "template", "noscript", "svg", "iframe", "select"}
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "input", "ins"}
INLINE |= {
    "kbd",
    "label",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "td",
    "th",
    "time",
}
INLINE |= {"u", "wbr"}
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


class VisibleLines(HTMLParser):
    """The lines a reader of the page sees: blocks break lines, hidden elements and scripts are out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = dict(attrs)
        hidden = tag in UNSEEN or "hidden" in fields or bool(HIDDEN_STYLE.search(fields.get("style") or ""))
        hidden = hidden or (bool(self.open) and self.open[-1][1])
        if tag not in INLINE:
            self.lines.append("")
        if tag == "input" and not hidden and fields.get("type") != "hidden":
            self.lines[-1] += f" {fields.get('value') or fields.get('placeholder') or ''} "
        if tag not in VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.lines.append("")
        while any(name == tag for name, _ in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]):
            self.lines[-1] += data


def letters_only(text: str) -> str:
    """What two renderings of one line share: its letters and digits."""
    return "".join(char for char in text.casefold() if char.isalnum())


def check_html(page: Page, html: str) -> None:
    """The visible lines of the HTML are those of its source. Raises: SourceError at the first difference."""
    parser = VisibleLines()
    parser.feed(html)
    seen = [key for key in map(letters_only, parser.lines) if key]
    wanted = [row for row in page.rows if row and letters_only(row.text)]
    for i, row in enumerate(wanted):
        if i >= len(seen) or seen[i] != letters_only(row.text):
            got = seen[i] if i < len(seen) else "the end"
            raise SourceError(f"{row.where}: html/{page.name}.html has {got[:60]!r} for {row.text[:60]!r}")
    if len(seen) > len(wanted):
        raise SourceError(f"html/{page.name}.html: more lines than the source: {seen[len(wanted)][:60]!r}")


def build(root: Path) -> dict[str, str]:
    """Every generated file of the corpus: path below `root` -> content. Raises: SourceError."""
    pages = [read_page(path) for path in sorted((root / "pages").glob("*.lines"))]
    files: dict[str, str] = {}
    gold, flat = [], []
    for page in pages:
        text, lines = render(page)
        check_gold(page.name, text, lines)
        fields = {"kind": page.header["kind"], "country": page.header["country"]}
        gold.append({"id": page.name, "text": text, **fields, "lines": lines})
        files[f"text/{page.name}.txt"] = text
        text, lines = render(page, flat=True)
        check_gold(f"{page.name} (flat)", text, lines)
        flat.append({"id": f"{page.name}#flat", "text": text, **fields, "lines": lines})
        twin = root / "html" / f"{page.name}.html"
        if twin.is_file():
            check_html(page, twin.read_text("utf-8"))
    for name, rows in (("gold.jsonl", gold), ("gold-flat.jsonl", flat)):
        files[name] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return files


def stale(root: Path, files: dict[str, str]) -> list[str]:
    """The generated files that are missing, differ or should not be there."""
    known = {str(path.relative_to(root)) for path in (root / "text").glob("*")}
    on_disk = {name: (root / name).read_text("utf-8") for name in files if (root / name).is_file()}
    wrong = {name for name in files if on_disk.get(name) != files[name]}
    return sorted(wrong | (known - set(files)))


def write(root: Path, files: dict[str, str]) -> None:
    for name in stale(root, files):
        path = root / name
        if name in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[name], "utf-8")
        else:
            path.unlink()


def write_html(root: Path, out: Path) -> int:
    """The HTML pages with a label for each line, in the form the HTML scorer reads; returns how many."""
    rows = []
    for path in sorted((root / "html").glob("*.html")):
        page = read_page(root / "pages" / f"{path.stem}.lines")
        lines = [[line.text.strip(), line.label] for line in page.rows if line]
        row = {"id": page.name, "html": path.read_text("utf-8"), "lines": lines}
        rows.append(json.dumps(row, ensure_ascii=False))
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write("".join(row + "\n" for row in rows).encode())
    return len(rows)


def summary(files: dict[str, str]) -> str:
    """Counts by half, kind, label and language."""
    count: dict[str, Counter[str]] = {name: Counter() for name in ("half", "kind", "label", "lang")}
    for row in map(json.loads, files["gold.jsonl"].splitlines()):
        count["half"][row["id"][:2]] += 1
        count["kind"][row["kind"]] += 1
        for line in row["lines"]:
            count["label"][line["label"]] += 1
            count["lang"].update([lang for *_, lang in line["langs"]] if "langs" in line else [line["lang"]])
    lines = (f"{name}: " + ", ".join(f"{k} {n}" for k, n in c.most_common()) for name, c in count.items())
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the gold of the corpus from its page sources.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if something would")
    parser.add_argument("--html", type=Path, help="write the labelled HTML pages here (.jsonl.gz)")
    parser.add_argument("--root", type=Path, default=CORPORA)
    options = parser.parse_args()
    try:
        files = build(options.root)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    if options.html:
        print(f"{write_html(options.root, options.html)} pages", file=sys.stderr)
        return 0
    if options.check:
        for name in (wrong := stale(options.root, files)):
            print(f"{name} is not what the sources give: run python tools/corpora.py", file=sys.stderr)
        return 1 if wrong else 0
    write(options.root, files)
    print(summary(files), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
