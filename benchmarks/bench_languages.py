"""Language spans beside pycld2, lingua, langdetect and py3langid, where they are installed.

    python benchmarks/bench_languages.py [--record]

Purpose: the tables of docs/languages.md. Input: the development file of the span test (`spans-dev.jsonl`). Every
detector gets the kindest reading of its scorer; speeds are CPU seconds over the same texts, as a ratio to pycld2.
Checks: no false switch in documents of one language, and a mean over the settings above 97.5 / 90 / 90.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bilingual.language.model import default_model
from bilingual.language.registry import LANGUAGES
from bilingual.text.scan import scan
from common import cpu, record, shared

Spans = list[tuple[int, int, str]]
NINE = ("ar", "en", "fa", "ur", "fr", "de", "tr", "id", "es")
LINE = re.compile(r"[^\n]+")


def ours(text: str) -> Spans:
    """The spans of this package."""
    found = default_model().identify(scan([text]))
    columns = (found.span_start, found.span_end, found.span_lang)
    return [(s, e, LANGUAGES[n]) for s, e, n in zip(*(c.tolist() for c in columns), strict=True)]


def per_line(identify: Callable[[str], str]) -> Callable[[str], Spans]:
    """One label per line."""
    return lambda text: [(m.start(), m.end(), identify(m[0])) for m in LINE.finditer(text) if m[0].strip()]


def pycld2_vectors() -> Callable[[str], Spans]:
    """pycld2's own spans, bytes made code points."""
    import pycld2

    def predict(text: str) -> Spans:
        data = text.encode()
        vectors = pycld2.detect(data, returnVectors=True)[3]
        at = [0]
        for char in text:
            at.append(at[-1] + len(char.encode()))
        where = {byte: point for point, byte in enumerate(at)}
        return [(where.get(s, 0), where.get(s + n, len(text)), code) for s, n, _, code in vectors]

    return predict


def langdetect_lines() -> Callable[[str], Spans]:
    """langdetect with the profiles of NINE, seeded, line by line."""
    import langdetect
    from langdetect.detector_factory import DetectorFactory
    from langdetect.lang_detect_exception import LangDetectException

    factory = DetectorFactory()
    factory.seed = 0
    folder = Path(langdetect.__file__).parent / "profiles"
    factory.load_json_profile([(folder / code).read_text("utf-8") for code in NINE])

    def identify(line: str) -> str:
        detector = factory.create()
        detector.append(line)
        try:
            return str(detector.detect())
        except LangDetectException:
            return "und"

    return per_line(identify)


def py3langid_lines() -> Callable[[str], Spans]:
    """py3langid, line by line."""
    import py3langid

    py3langid.set_languages([*NINE, "ug", "ku", "ps"])
    return per_line(lambda line: str(py3langid.classify(line)[0]))


def lingua_spans() -> Callable[[str], Spans]:
    """lingua's own spans, among NINE."""
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code.upper()) for code in NINE]
    detector = LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()

    def predict(text: str) -> Spans:
        found = detector.detect_multiple_languages_of(text)
        return [(r.start_index, r.end_index, r.language.iso_code_639_1.name.lower()) for r in found]

    return predict


PEERS = {
    "pycld2, vectors": pycld2_vectors,
    "lingua, multi, 9 languages": lingua_spans,
    "langdetect, per line, 9 profiles": langdetect_lines,
    "py3langid, per line, 12 languages": py3langid_lines,
}


def scorer(folder: Path) -> Any:
    """The official scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score_spans", folder / "score_spans.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(row: dict[str, Any]) -> str:
    """`acc b0 sp` in per cent."""
    values = (row[name] for name in ("acc", "b0", "sp"))
    return " ".join("    -" if value is None else f"{100 * value:5.1f}" for value in values)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="append dated rows to benchmarks/results")
    options = parser.parse_args()
    folder = shared()
    if folder is None:
        print("the development gold (../shared/gold) is not on this machine: nothing measured", file=sys.stderr)
        return 0
    warnings.simplefilter("ignore", ResourceWarning)
    score = scorer(folder / "gold")
    docs = score.load(str(folder / "gold" / "spans-dev.jsonl"))
    tables, seconds = {}, {}
    for name, make in {"bilingual": lambda: ours, **PEERS}.items():
        try:
            predict = make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})", file=sys.stderr)
            continue
        predict(docs[0]["text"])
        found: dict[str, Spans] = {}
        seconds[name] = cpu(lambda: found.update((doc["text"], predict(doc["text"])) for doc in docs))  # noqa: B023
        tables[name] = score.evaluate(found.__getitem__, docs)
    for name, table in tables.items():
        print(f"\n{name}")
        for setting, row in table.items():
            print(f"  {setting:<12} {cells(row)}  false switches per 1,000 letters {row['fa']:.2f}")
    print()
    base = seconds.get("pycld2, vectors", seconds["bilingual"])
    for name, table in tables.items():
        note = f"{cells(table['MACRO'])}; x {base / seconds[name]:.3g} pycld2's speed"
        print(f"{name:<36} MACRO {note}")
        if options.record:
            record("languages", name, 100 * table["MACRO"]["acc"], "% letters", note)
    mean = tables["bilingual"]["MACRO"]
    assert tables["bilingual"]["h_mono"]["pred"] == 0
    assert mean["acc"] >= 0.975
    assert min(mean["b0"], mean["sp"]) >= 0.9
    return 0


if __name__ == "__main__":
    sys.exit(main())
