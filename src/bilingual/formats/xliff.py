"""XLIFF 1.2 and 2.1: units out to a CAT tool, targets back.

Only ids, codes and targets are read back: the source text of a returned file is never trusted (tools and XML itself
change line ends and characters), the original's bytes are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import Any

from bilingual.errors import InputError
from bilingual.formats.exchange import (
    UNMARKED,
    About,
    Answer,
    Answers,
    Job,
    Returned,
    Unit,
    lxml_etree,
    one_original,
    parse_xml,
    primary,
    xml_chunks,
    xml_events,
    xml_root,
)
from bilingual.formats.inline import LEFT, RIGHT, Code, Parts, codes, is_blank, paired
from bilingual.language.direction import is_rtl

NS_12 = "urn:oasis:names:tc:xliff:document:1.2"
NS_2 = "urn:oasis:names:tc:xliff:document:2.0"  # the core namespace of 2.0 and of 2.1
_OF_2 = re.compile(r"(\{urn:oasis:names:tc:xliff:document:2\.\d\})xliff")  # 2.2 has a namespace of its own
VERSIONS = ("1.2", "2.1")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DATATYPES = {"text": "plaintext", "html": "html", "docx": "x-docx"}


def write_xliff(job: Job, xliff_version: str = "1.2", *, fill_targets: bool = False) -> bytes:
    """The job as an XLIFF file. Raises: as `xliff_chunks`."""
    return b"".join(xliff_chunks(job, xliff_version, fill_targets=fill_targets))


def xliff_chunks(job: Job, xliff_version: str = "1.2", *, fill_targets: bool = False) -> Iterator[bytes]:
    """The job as the bytes of an XLIFF file, some units at a time.

    `fill_targets` puts the source into the targets to translate: OmegaT before version 6 translates what stands in
    <target> and shows nothing where there is none. Raises: InputError for a version not in VERSIONS; MissingExtraError.
    """
    if xliff_version not in VERSIONS:
        raise InputError(f"no XLIFF {xliff_version!r}; the versions are {', '.join(VERSIONS)}")
    # No indentation: white space inside <source> belongs to the text, and tools differ on the rest.
    if xliff_version == "1.2":
        root, body = _head_12(job)
        return xml_chunks(
            root, body, job.units, lambda at, unit: _unit_12(at, unit, job.about, fill_targets), xml_declaration=True
        )
    root, file = _head_2(job)
    return xml_chunks(root, file, job.units, lambda at, unit: _unit_2(at, unit, fill_targets), xml_declaration=True)


def read_xliff(data: bytes, what: str = "XLIFF") -> Returned:
    """What a returned XLIFF 1.2 or 2.x file says. Raises: InputError when it is no XLIFF that `write_xliff` wrote."""
    root = xml_root(data, what)
    if root is not None and root.tag == f"{{{NS_12}}}xliff":
        return _read_12(data, what)
    if root is not None and (found := _OF_2.fullmatch(root.tag)):
        return _read_2(data, what, found[1], (root.get("srcLang", ""), root.get("trgLang", "")))
    raise InputError(f"{what}: neither XLIFF 1.2 nor 2.x: the root element is {parse_xml(data, what).tag}")


def safe(text: str) -> str:
    """`text` without what XML cannot hold, for notes and names that are only read by people."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def visible(code: Code) -> str:
    """A code's content as people see it; never read back."""
    if code.is_markup or code.is_literal:
        return safe(code.raw)
    return " ".join(f"U+{ord(character):04X}" for character in code.raw)


# ---- both versions ----------------------------------------------------------------------------------------------


def _sub(parent: Any, name: str, /, **attributes: str) -> Any:
    namespace = parent.tag[: parent.tag.index("}") + 1]
    return lxml_etree().SubElement(parent, namespace + name, **attributes)


def _append(element: Any, last: Any, text: str) -> Any:
    """Add text after `last`, or at the start of `element`."""
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
    return last


def _about(file: Any, notes: str, known: About | None, what: str) -> About | None:
    """The original that a file's notes name, or the one that is known. Raises: InputError when they differ."""
    for note in file.iterfind(notes):
        known = one_original(known, About.read(note.text or "", name=file.get("original", "")), what)
    return known


def _answer(unit: Any, target: str | None, also: list[str]) -> Answer:
    return Answer(
        id=unit.get("id", ""), target=target, also=tuple(" ".join(also).split()), is_locked=_is_locked(unit)
    )  # fmt: skip


def _is_locked(unit: Any) -> bool:
    """Whether a unit, or else the nearest group or file around it that says anything, says that it stays as it is."""
    said = unit.get("translate")
    around = unit.getparent() if said is None else None
    while said is None and around is not None:
        said, around = around.get("translate"), around.getparent()
    return bool(said == "no")


ReadCode = Callable[[str, Any, str, str], str | None]
"""From name, element, id and where it stands to the token of a code; None for an element that is no code."""


def _tokens(
    element: Any, where: str, pair: str, code: ReadCode, is_parted: Callable[[Any], bool] = lambda mark: False
) -> Iterator[str]:  # fmt: skip
    """Text and code tokens of a target. Elements `pair` (<g>, <pc>) count as pairs, <mrk> is looked through.

    `is_parted` says whether there is white space behind a segment, although there is none here.
    """
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        number = (child.get("id") or "") if name else ""
        token = code(name, child, number, where)
        if token is not None:
            yield token
        elif name == pair:
            yield f"{LEFT}{number}{RIGHT}"
            yield from _tokens(child, where, pair, code, is_parted)
            yield f"{LEFT}/{number}{RIGHT}"
        elif name == "mrk":
            if child.get("mtype") not in _DELETED:
                yield from _tokens(child, where, pair, code, is_parted)
        else:
            _refuse_text(child, where)
        is_between = _is_segment(child) and _is_segment(child.getnext())
        # A line end between two segments is that of a tool that indents the file.
        is_space = is_between and (_INDENT.fullmatch(child.tail) if child.tail else is_parted(child))
        yield " " if is_space else child.tail or ""


def _is_segment(element: Any) -> bool:
    is_mark = element is not None and isinstance(element.tag, str) and element.tag.endswith("}mrk")
    return is_mark and element.get("mtype") == "seg"


# What Trados keeps of a text that was changed: it counts as deleted, as in Word.
_DELETED = frozenset({"x-sdl-deleted", "x-sdl-feedback-deleted"})
# Languages that are written without spaces between sentences.
_UNSPACED = frozenset("bo ja km lo my th yue zh".split())


def _is_space_between(first: str, second: str) -> bool:
    return first[-1:].isspace() or second[:1].isspace()


_MARK = re.compile(r"\{urn:oasis:names:tc:xliff:document:2\.\d\}[se]m")  # marks of terms and comments of XLIFF 2
_INDENT = re.compile(r"[ \t\r]*\n\s*")
_INDENTED = re.compile(rf"{RIGHT}[ \t\r]*\n\s*{LEFT}")


def _not_indented(text: str, where: str) -> str:
    """`text`. Raises: InputError where only a line end is between two codes: those of a source are codes themselves."""
    if _INDENTED.search(text):
        raise InputError(
            f"{where}: a line break between two codes of its target: a tool indented the file, which "
            'xml:space="preserve" forbids; save it as it was, or take the line break out'
        )
    return text


def _only_target(holder: Any, n: str, where: str, pair: tuple[str, str]) -> Any:
    """The target of a unit or segment, None for none. Raises: InputError for several, and for another language."""
    found = holder.findall(f"{n}target")
    if len(found) > 1:
        raise InputError(f"{where}: it has {len(found)} targets; leave one of them")
    lang = found[0].get(f"{_XML}lang") if found else None
    # One that is a copy of the source may say so.
    if lang and pair[1] and lang not in pair and primary(lang) not in map(primary, pair):
        raise InputError(f"{where}: its target is in {lang}, in a file whose target language is {pair[1]}")
    return found[0] if found else None


def _refuse_text(element: Any, where: str) -> None:
    """Raises: InputError for an element of a target that is none of XLIFF's: it may stand for text, even if empty."""
    if isinstance(element.tag, str) and not _MARK.fullmatch(element.tag):
        raise InputError(f"{where}: <{element.tag.rpartition('}')[2]}> in a target: its text would be lost")


def _parts_of(data: bytes, what: str, file: str, unit: str) -> Iterator[Any]:
    """The files of XLIFF when they end, and before each its units, which are then taken out of it.

    Raises: InputError for a file in a file, and as `xml_events`.
    """
    n_files = n_units = 0
    for event, element in xml_events(data, what, file, unit):
        step = 1 if event == "start" else -1
        if element.tag == file:
            n_files += step
            if n_files > 1:
                raise InputError(f"{what}: a <file> inside another one")
            if not n_files:
                yield element
        elif n_files:
            n_units += step
            if not n_units:
                yield from element.iter(unit)
                element.clear()
                while (before := element.getprevious()) is not None and before.tag == unit:
                    element.getparent().remove(before)


def _returned(about: About | None, pairs: Iterable[tuple[str, str]], answers: Answers, what: str) -> Returned:
    if about is None:
        raise InputError(f"{what}: the note that names the original (bilingual sha256=...) is missing; {UNMARKED}")
    return Returned(about=about, pairs=tuple(pairs), answers=answers)


# ---- 1.2 --------------------------------------------------------------------------------------------------------


def _head_12(job: Job) -> tuple[Any, Any]:
    """The tree without its units, and the element that they belong into."""
    etree = lxml_etree()
    about = job.about
    root = etree.Element(f"{{{NS_12}}}xliff", nsmap={None: NS_12}, version="1.2")
    file = _sub(
        root, "file", original=safe(about.name) or "-", datatype=_DATATYPES[about.kind], **{"tool-id": "bilingual"}
    )
    file.set("source-language", about.source)
    file.set("target-language", about.target)
    header = _sub(file, "header")
    skeleton = _sub(header, "skl")
    _sub(skeleton, "external-file", href=safe(about.name) or "-", crc=f"sha256:{about.sha256}")
    _sub(header, "tool", **{"tool-id": "bilingual", "tool-name": "bilingual", "tool-version": version("bilingual")})
    _sub(header, "note", **{"from": "bilingual"}).text = about.line()
    return root, _sub(file, "body")


def _unit_12(body: Any, unit: Unit, about: About, fill_targets: bool) -> None:
    element = _sub(body, "trans-unit", id=unit.id, translate="yes" if unit.keep else "no")
    element.set(f"{_XML}space", "preserve")
    source = _sub(element, "source")
    source.set(f"{_XML}lang", about.source if unit.keep else unit.lang)
    _fill_12(source, unit.parts)
    if not unit.keep:
        element.set("approved", "yes")
    if fill_targets or not unit.keep:
        target = _sub(element, "target", state="needs-translation" if unit.keep else "final")
        target.set(f"{_XML}lang", about.target)
        _fill_12(target, unit.parts)
    context = _sub(element, "context-group", purpose="information")
    _sub(context, "context", **{"context-type": "x-label"}).text = unit.label
    _sub(context, "context", **{"context-type": "x-language"}).text = unit.lang
    if unit.also:
        _sub(context, "context", **{"context-type": "x-also"}).text = " ".join(unit.also)
    for name, text in (("key", unit.key), ("before", unit.before), ("after", unit.after)):
        if text:
            _sub(element, "note", **{"from": name}).text = safe(text)


def _fill_12(element: Any, parts: Parts) -> None:
    whole = paired(parts)
    last = None
    for part in parts:
        if isinstance(part, str):
            last = _append(element, last, part)
            continue
        number = str(part.number)
        if part.number in whole:
            last = _sub(element, "bpt" if part.kind == "open" else "ept", id=number, rid=number)
        else:
            last = _sub(element, "ph", id=number if part.kind != "close" else f"c{number}")
        last.text = visible(part)


def _read_12(data: bytes, what: str) -> Returned:
    n = f"{{{NS_12}}}"
    answers = Answers()
    about = None
    pairs: dict[tuple[str, str], None] = {}
    for element in _parts_of(data, what, f"{n}file", f"{n}trans-unit"):
        if element.tag == f"{n}file":
            about = _about(element, f"{n}header/{n}note", about, what)
            pairs[_pair_12(element)] = None
            continue
        file = next(element.iterancestors(f"{n}file"))
        target = _target_12(element, n, f"{what}: {element.get('id')}", _pair_12(file))
        contexts = element.iterfind(f"{n}context-group/{n}context")  # an older translation may have its own
        also = [c.text or "" for c in contexts if c.get("context-type") == "x-also"]
        answers.add(_answer(element, target, also))
    return _returned(about, pairs, answers, what)


def _pair_12(file: Any) -> tuple[str, str]:
    return file.get("source-language", ""), file.get("target-language", "")


def _target_12(unit: Any, n: str, where: str, pair: tuple[str, str]) -> str | None:
    """The target of a unit; None when there is none, or when one of the segments that a tool made of it has none."""
    target = _only_target(unit, n, where, pair)
    if target is None:
        return None
    segments = unit.find(f"{n}seg-source")
    wanted, done = (_segments(element, n, where) for element in (segments, target))
    if wanted - done and done:
        return None
    joined = set() if segments is None else _joined_segments(segments, n, where)

    def is_parted(mark: Any) -> bool:
        before, behind = (_text_12(one, where) for one in (mark, mark.getnext()))
        is_end = not before or not behind or _is_space_between(before, behind)
        return not is_end and mark.get("mid") not in joined and primary(pair[1]) not in _UNSPACED

    return _not_indented("".join(_tokens(target, where, "g", _code_12, is_parted)), where)


def _text_12(element: Any, where: str) -> str:
    return "".join(_tokens(element, where, "g", _code_12))


def _joined_segments(source: Any, n: str, where: str) -> set[str | None]:
    """The numbers of the segments behind which the next one follows without a space."""
    return {
        mark.get("mid")
        for mark in source.iter(f"{n}mrk")
        if _is_segment(mark) and _is_segment(after := mark.getnext()) and not mark.tail
        and not _is_space_between(_text_12(mark, where), _text_12(after, where))
    }  # fmt: skip


def _segments(element: Any, n: str, where: str) -> set[str | None]:
    """The numbers of the segments in which there is something."""
    found = () if element is None else element.iter(f"{n}mrk")
    return {
        mark.get("mid")
        for mark in found
        if _is_segment(mark) and not is_blank(_text_12(mark, where))
    }


def _code_12(name: str, child: Any, number: str, where: str) -> str | None:
    """The token of an element of XLIFF 1.2 that is a code: <x>, <bx>, <ex> and their like; None for any other."""
    if name in ("ph", "x", "it"):
        # A pair of which a tool put one end into another segment is two <it>.
        closes = (number.startswith("c") and number[1:].isdigit()) or (name == "it" and child.get("pos") == "close")
        return f"{LEFT}{'/' if closes else ''}{number.removeprefix('c')}{RIGHT}"
    if name in ("bpt", "bx"):
        return f"{LEFT}{number}{RIGHT}"
    if name in ("ept", "ex"):
        return f"{LEFT}/{child.get('rid') or number}{RIGHT}"
    return None


# ---- 2.1 --------------------------------------------------------------------------------------------------------


def _head_2(job: Job) -> tuple[Any, Any]:
    """The same of XLIFF 2.1."""
    etree = lxml_etree()
    about = job.about
    root = etree.Element(f"{{{NS_2}}}xliff", nsmap={None: NS_2}, version="2.1")
    root.set("srcLang", about.source)
    root.set("trgLang", about.target)
    file = _sub(root, "file", id="f1", original=safe(about.name) or "-", canResegment="no")
    file.set("srcDir", _direction(about.source))
    file.set("trgDir", _direction(about.target))
    _sub(file, "skeleton", href=safe(about.name) or "-")
    notes = _sub(file, "notes")
    _sub(notes, "note", category="bilingual").text = about.line()
    if not job.units:
        # A file must hold a unit or a group: an empty group says that there is nothing to translate.
        _sub(file, "group", id="none")
    return root, file


def _direction(tag: str) -> str:
    return "rtl" if is_rtl(tag) else "ltr"


def _unit_2(file: Any, unit: Unit, fill_targets: bool) -> None:
    element = _sub(file, "unit", id=unit.id, translate="yes" if unit.keep else "no")
    element.set(f"{_XML}space", "preserve")
    if not unit.keep:
        element.set("srcDir", _direction(unit.lang))
        element.set("trgDir", _direction(unit.lang))
    notes = _sub(element, "notes")
    _sub(notes, "note", category="label").text = unit.label
    _sub(notes, "note", category="language").text = unit.lang
    context = (("key", unit.key), ("before", unit.before), ("after", unit.after))
    for name, text in (("also", " ".join(unit.also)), *context):
        if text:
            _sub(notes, "note", category=name).text = safe(text)
    found = codes(unit.parts)
    if found:
        data = _sub(element, "originalData")
        for code in found:
            entry = _sub(data, "data", id=_data_id(code))
            entry.set(f"{_XML}space", "preserve")
            _append(entry, None, visible(code))
    segment = _sub(element, "segment", id="s1", state="initial" if unit.keep else "final")
    _fill_2(_sub(segment, "source"), unit.parts)
    if fill_targets or not unit.keep:
        _fill_2(_sub(segment, "target"), unit.parts)


def _data_id(code: Code) -> str:
    return f"d{code.number}{'c' if code.kind == 'close' else ''}"


def _fill_2(element: Any, parts: Parts) -> None:
    whole = paired(parts)
    last = None
    for part in parts:
        if isinstance(part, str):
            last = _append(element, last, part)
            continue
        number = str(part.number)
        name = {"open": "sc", "close": "ec", "alone": "ph"}[part.kind]
        last = _sub(element, name, canCopy="no", canDelete="no", dataRef=_data_id(part), disp=visible(part))
        if name == "ec" and part.number in whole:
            last.set("startRef", number)
        else:
            last.set("id", number if name != "ec" else f"c{number}")
        if name != "ph" and part.number not in whole:
            last.set("isolated", "yes")


def _read_2(data: bytes, what: str, n: str, pair: tuple[str, str]) -> Returned:
    answers = Answers()
    about = None
    for element in _parts_of(data, what, f"{n}file", f"{n}unit"):
        if element.tag == f"{n}file":
            about = _about(element, f"{n}notes/{n}note", about, what)
            continue
        also = [note.text or "" for note in element.iterfind(f"{n}notes/{n}note") if note.get("category") == "also"]
        answers.add(_answer(element, _target_2(element, n, f"{what}: {element.get('id')}", pair), also))
    return _returned(about, (pair,), answers, what)


def _target_2(unit: Any, n: str, where: str, pair: tuple[str, str]) -> str | None:
    """The targets of a unit's segments in order; None when a segment has none."""
    found: list[tuple[int, str, Any]] = []
    for index, part in enumerate(unit.iterchildren(f"{n}segment", f"{n}ignorable")):
        source, target = part.find(f"{n}source"), _only_target(part, n, where, pair)
        if part.tag == f"{n}segment" and _says_nothing(target, where) and not _says_nothing(source, where):
            return None
        if target is None:
            target = source  # what stands between two segments, and was left as it is
        if target is None:
            continue
        order = target.get("order") or str(index + 1)
        if not re.fullmatch("[0-9]{1,9}", order):
            raise InputError(f"{where}: <target order={order!r}>: the order is no number")
        found.append((int(order), _text_2(target, where), source))
    if not found:
        return None
    parted = [False] * len(found)
    if len(found) > 1 and primary(pair[1]) not in _UNSPACED:
        sources = [_text_2(source, where) for *_, source in found]
        parted = [*map(_is_space_between, sources, sources[1:]), False]
    found.sort(key=lambda item: item[0])  # the spaces stay where they are in the source, also between others
    texts = [text for _, text, _ in found]
    return _not_indented(_with_spaces(zip(texts, parted, strict=True)), where)


def _with_spaces(texts: Iterable[tuple[str, bool]]) -> str:
    """Texts of segments as one, with the white space that is behind some of them, and that a tool left out.

    >>> _with_spaces([("One.", True), ("Two. ", True), ("", True), ("Three.", False), ("Four.", True)])
    'One. Two. Three.Four.'
    """
    done = ""
    is_parted = False
    for text, is_parted_behind in texts:
        if text:
            done += " " * (is_parted and not _is_space_between(done, text)) + text
        is_parted = is_parted_behind or (is_parted and not text)
    return done


def _text_2(element: Any, where: str) -> str:
    return "" if element is None else "".join(_tokens(element, where, "pc", _code_2))


def _says_nothing(element: Any, where: str) -> bool:
    return is_blank(_text_2(element, where))


def _code_2(name: str, child: Any, number: str, where: str) -> str | None:
    """The same of XLIFF 2; <cp> is its character."""
    if name in ("ph", "sc"):
        return f"{LEFT}{number}{RIGHT}"
    if name == "ec":
        return f"{LEFT}/{child.get('startRef') or number.removeprefix('c')}{RIGHT}"
    return _character(child.get("hex", ""), where) if name == "cp" else None


def _character(code: str, where: str) -> str:
    """The character of <cp>."""
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", code) else sys.maxunicode + 1
    if number > sys.maxunicode:
        raise InputError(f"{where}: <cp hex={code!r}>: no character has this code")
    return chr(number)
