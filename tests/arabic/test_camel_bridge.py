"""The bridge to camel-tools."""

from __future__ import annotations

import builtins
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.arabic import camel
from bilingual.errors import BilingualError, MissingExtraError, SettingsError

TEXT = "قال المدير: «نعم» 3.14 👨‍👩‍👧 done"


def test_tokens_have_places() -> None:
    pytest.importorskip("camel_tools")
    tokens = camel.tokenize(TEXT)
    assert all(TEXT[t.start : t.end] == t.text for t in tokens)
    assert [t.text for t in tokens][:6] == ["قال", "المدير", ":", "«", "نعم", "»"]
    assert [t.text for t in camel.tokenize(TEXT, [(4, 10)])] == ["المدير"]


@pytest.mark.parametrize("scheme", sorted(camel.SCHEMES))
def test_transliteration_round_trip(scheme: str) -> None:
    pytest.importorskip("camel_tools")
    there = camel.transliterate(TEXT, scheme, [(0, 10)])
    assert there.text.endswith(TEXT[10:])
    assert there.origin[-1] == len(TEXT)
    if scheme == "buckwalter":
        assert there.text.startswith("qAl Almdyr:")
    assert camel.arabize(there.text, scheme, [(0, 10)]).text == TEXT


@pytest.mark.parametrize("ranges", [[(0, 4), (2, 6)], [(0, 99)], [(-2, 2)]])
def test_ranges_that_overlap_or_leave_the_text_are_refused(ranges: list[tuple[int, int]]) -> None:
    pytest.importorskip("camel_tools")
    for refuses in (camel.transliterate, camel.arabize):
        with pytest.raises(ValueError, match="ranges must be ascending, disjoint and inside"):
            refuses(TEXT, ranges=ranges)
    with pytest.raises(ValueError, match="ranges must be"):
        camel.tokenize(TEXT, ranges)
    assert camel.transliterate(TEXT, ranges=[(4, 10), (0, 3)]).text.startswith("qAl Almdyr:")  # in any order


def test_unknown_scheme() -> None:
    with pytest.raises(SettingsError, match="unknown transliteration 'x'; known: buckwalter"):
        camel.transliterate("ا", "x")


def test_without_its_data_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("camel_tools")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    with pytest.raises(BilingualError, match="run: camel_data -i morphology-db-msa-r13"):
        camel.analyze("كتاب")
    with pytest.raises(BilingualError, match="run: camel_data -i dialectid-model26"):
        camel.dialects(["شلونك"])


def test_without_the_extra_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def missing(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("camel_tools"):
            raise ImportError(name)
        return original(name, *args, **kwargs)  # type: ignore[arg-type]

    for module in [name for name in sys.modules if name.startswith("camel_tools")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(camel.importlib, "import_module", lambda name: missing(name))
    with pytest.raises(MissingExtraError, match=r"pip install 'bilingual\[camel\]'"):
        camel.tokenize("كتاب")


def test_normalizing_imports_no_camel_tools() -> None:
    code = (
        "import sys, bilingual; bilingual.normalize('كِتاب', 'camel'); print([m for m in sys.modules if 'camel_t' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
