"""Round trips through programs that translators use: translate-toolkit and OmegaT, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from round_trips import run

HARBOUR = "The harbour will be closed for repairs until the end of March, the port authority said on Monday."
HELLO = "Hello {name}, you have %d new messages at https://example.org/inbox waiting for you this morning."
TEXT = f"{HARBOUR}\r\nسيغلق الميناء للإصلاح حتى نهاية شهر مارس كما قالت السلطة.\r\n{HELLO}\r\n"
ARABIC = "سيغلق الميناء للإصلاح حتى نهاية مارس."
ENCODINGS = ["utf-8-sig", "utf-16", "cp1256"]


def export(folder: Path, version: str, encoding: str, *options: str) -> tuple[Path, Path]:
    original, exported = folder / "a.txt", folder / "a.xlf"
    original.write_bytes(TEXT.encode(encoding))
    run(
        "export", original, "--from", "en", "--into", "ar", "-o", exported, "--keep", "body,navigation,promo",
        "--xliff-version", version, "--locked", "--with-context", "--encoding", encoding, *options,
    )  # fmt: skip
    return original, exported


def codec(encoding: str) -> str:
    return {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_translate_toolkit_12(tmp_path: Path, encoding: str) -> None:
    xliff = pytest.importorskip("translate.storage.xliff", reason="pip install translate-toolkit (GPL, tests only)")
    original, exported = export(tmp_path, "1.2", encoding)
    store = xliff.xlifffile.parsestring(exported.read_bytes())
    units = [unit for unit in store.units if not unit.isheader()]
    assert [unit.istranslatable() for unit in units] == [True, False, True]
    assert [unit.istranslated() for unit in units] == [False, True, False]
    assert "سيغلق" in units[0].getnotes()
    units[0].target = ARABIC
    saved = tmp_path / "saved.xlf"
    saved.write_bytes(bytes(store))
    run("merge", original, saved, "-o", tmp_path / "out.txt")
    expected = TEXT.encode(encoding).replace(HARBOUR.encode(codec(encoding)), ARABIC.encode(codec(encoding)))
    assert (tmp_path / "out.txt").read_bytes() == expected


@pytest.mark.filterwarnings("ignore")
def test_translate_toolkit_2(tmp_path: Path) -> None:
    xliff2 = pytest.importorskip("translate.storage.xliff2", reason="pip install translate-toolkit (GPL, tests only)")
    original, exported = export(tmp_path, "2.1", "utf-8")
    store = xliff2.Xliff2File.parsestring(exported.read_bytes())
    unit = next(unit for unit in store.units if unit.source == HARBOUR)
    unit.target = ARABIC
    saved = tmp_path / "saved.xlf"
    saved.write_bytes(bytes(store))
    run("merge", original, saved, "-o", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == TEXT.encode().replace(HARBOUR.encode(), ARABIC.encode())


@pytest.mark.filterwarnings("ignore")
def test_translate_toolkit_reads_our_tmx(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="pip install translate-toolkit (GPL, tests only)")
    xliff = pytest.importorskip("translate.storage.xliff")
    original, exported = export(tmp_path, "1.2", "utf-8")
    store = xliff.xlifffile.parsestring(exported.read_bytes())
    next(unit for unit in store.units if unit.source == HARBOUR).target = ARABIC
    exported.write_bytes(bytes(store))
    run("merge", original, exported, "-o", tmp_path / "out.txt", "--tmx", tmp_path / "a.tmx")
    memory = tmx.tmxfile.parsestring((tmp_path / "a.tmx").read_bytes())
    assert [(unit.source, unit.target) for unit in memory.units] == [(HARBOUR, ARABIC)]


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir><source_lang>EN</source_lang><target_lang>AR</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags></project></omegat>
"""
# OmegaT names a tag by the first letter of its content and its number in the segment.
TAGGED = ("Hello <n0/>, you have <d1/> new messages at <h2/> waiting for you this morning.", "مرحبا <n0/>، <d1/> <h2/>.")


def memory(pairs: list[tuple[str, str]]) -> str:
    units = "".join(
        f'<tu><tuv xml:lang="EN"><seg>{escape(a)}</seg></tuv><tuv xml:lang="AR"><seg>{escape(b)}</seg></tuv></tu>'
        for a, b in pairs
    )
    head = 'creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="EN" srclang="EN"'
    return f'<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header {head} datatype="x"/><body>{units}</body></tmx>'


@pytest.mark.slow
def test_omegat(tmp_path: Path) -> None:
    """OmegaT (which reads XLIFF 1.2) translates from a memory; codes, locked units and context come back."""
    program = shutil.which("omegat")
    if program is None:
        pytest.skip("OmegaT is not installed: apt-get install omegat")
    original, exported = export(tmp_path, "1.2", "cp1256", "--fill-targets")
    project = tmp_path / "project"
    for name in ("source", "target", "omegat", "tm/auto", "glossary", "dictionary"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, "utf-8")
    (project / "tm" / "auto" / "a.tmx").write_text(memory([(HARBOUR, ARABIC), TAGGED]), "utf-8")
    shutil.copy(exported, project / "source" / "a.xlf")
    environment = {**os.environ, "HOME": str(tmp_path)}
    command = [program, str(project), "--mode=console-translate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    returned = project / "target" / "a.xlf"
    assert returned.is_file(), done.stdout[-2000:]
    run("merge", original, returned, "-o", tmp_path / "out.txt")
    hello = "مرحبا {name}، %d https://example.org/inbox."
    assert (tmp_path / "out.txt").read_bytes() == TEXT.replace(HARBOUR, ARABIC).replace(HELLO, hello).encode("cp1256")
