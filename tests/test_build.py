"""An install works without a C compiler, and the interpreted package gives the same answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import bilingual
from bilingual.formats.markup import stages as markup
from bilingual.formats.structure import stages as structure
from bilingual.labels.alike import stages as alike
from bilingual.labels.layout import stages as layout
from bilingual.labels.phrases import stages as phrases
from bilingual.labels.sections import stages as sections
from bilingual.language import stages as language
from bilingual.text import stages as text

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Home | About\nThe committee met on Tuesday and agreed on a plan.\nقال الوزير إن اللجنة اتفقت على خطة جديدة.\nتابعونا على فيسبوك"


def run(code: str, source: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONWARNINGS": "default", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def plain_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as an install without a compiler leaves it: no extension modules."""
    target = tmp_path_factory.mktemp("plain")
    shutil.copytree(
        ROOT / "src", target / "src", ignore=shutil.ignore_patterns("*.so", "*.pyd", "*.c", "*.egg-info", "__pycache__")
    )
    return target / "src"


def test_interpreted_package_gives_the_same_answer_and_says_once_that_it_is_slow(plain_source: Path) -> None:
    code = (
        "import bilingual\n"
        f"text = {TEXT!r}\n"
        "docs = [bilingual.segment(text), bilingual.segment(text)]\n"
        "from bilingual.text.stages import KERNELS; assert not KERNELS.words.COMPILED\n"
        "print(docs[0].to_json())\n"
    )
    done = run(code, plain_source)
    assert json.loads(done.stdout)["spans"] == bilingual.segment(TEXT).to_dict()["spans"]
    assert done.stderr.count("without its compiled kernels") == 1


def test_the_command_line_says_so_in_one_line(plain_source: Path) -> None:
    done = run("import sys; sys.argv[1:] = ['segment', '/dev/null']; from bilingual.cli import main; main()", plain_source)
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["bilingual"]


def test_interpreted_package_runs_without_cython(plain_source: Path) -> None:
    text = f"{TEXT}\nDer Ausschuss tagte. Ezayak ya basha, 3amel eh?\nوزیر گفت: الحمد لله، کار تمام شد.\nAs she put it (« le mot juste ») it rains."
    code = (
        "import sys; sys.modules['cython'] = None; sys.modules['Cython'] = None\n"
        "import bilingual, json\n"
        f"spans = bilingual.segment({text!r}).spans\n"
        "print(json.dumps([[s.start, s.end, s.lang, s.label, s.score] for s in spans]))"
    )
    found = json.loads(run(code, plain_source).stdout)
    assert found == [[s.start, s.end, s.lang, s.label, s.score] for s in bilingual.segment(text).spans]


@pytest.mark.parametrize("left", [0, 1])
def test_compiled_and_interpreted_kernels_work_together(tmp_path: Path, left: int) -> None:
    """A kernel may fail to compile where others do not: every other one does here."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.c", "*.egg-info", "__pycache__"))
    kernels = sorted((tmp_path / "src").rglob("kernel.py"))
    for kernel in kernels[left::2]:
        for compiled in (*kernel.parent.glob("kernel.*.so"), *kernel.parent.glob("kernel.*.pyd")):
            compiled.unlink()
    code = f"import bilingual\nprint(bilingual.segment({TEXT!r}).to_json())\n"
    done = run(code, tmp_path / "src")
    assert json.loads(done.stdout)["spans"] == bilingual.segment(TEXT).to_dict()["spans"]


@pytest.mark.parametrize(
    ("stages", "missing"),
    [
        pytest.param(text, text.KERNELS.columns, id="text-first"),
        pytest.param(text, text.KERNELS.documents, id="text-last"),
        pytest.param(language, language.KERNELS.spelling, id="language-first"),
        pytest.param(language, language.KERNELS.spans, id="language-last"),
        pytest.param(alike, alike.KERNELS.named, id="alike-first"),
        pytest.param(alike, alike.KERNELS.runs, id="alike-last"),
        pytest.param(phrases, phrases.KERNELS.candidates, id="phrases-first"),
        pytest.param(phrases, phrases.KERNELS.matcher, id="phrases-last"),
        pytest.param(sections, sections.KERNELS.sequence, id="sections-first"),
        pytest.param(sections, sections.KERNELS.block, id="sections-last"),
        pytest.param(layout, layout.KERNELS.headlines, id="layout-first"),
        pytest.param(layout, layout.KERNELS.contents, id="layout-last"),
        pytest.param(markup, markup.KERNELS.lines, id="markup-first"),
        pytest.param(markup, markup.KERNELS.tags, id="markup-last"),
        pytest.param(structure, structure.KERNELS.sums, id="structure-first"),
        pytest.param(structure, structure.KERNELS.titles, id="structure-last"),
    ],
)
def test_kernels_that_call_each_other_run_interpreted_where_one_is_not_compiled(
    stages: ModuleType, missing: ModuleType, tmp_path: Path
) -> None:
    if not missing.COMPILED:
        pytest.skip("the kernels are not compiled here")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("*.c", "*.egg-info", "__pycache__"))
    (tmp_path / "src" / Path(missing.__file__ or "").relative_to(ROOT / "src")).unlink()
    page = f"<pre>{TEXT}</pre>"
    code = (
        "import bilingual\n"
        f"from {stages.__name__} import KERNELS, NAMES\n"
        "from bilingual.rows import kernel\n"
        "assert kernel.COMPILED\n"
        "assert not any(getattr(KERNELS, stage).COMPILED for stage in (name.split('.')[-2] for name in NAMES))\n"
        f"print(bilingual.segment_html({page!r}).to_json())\n"
    )
    assert json.loads(run(code, tmp_path / "src").stdout)["spans"] == bilingual.segment_html(page).to_dict()["spans"]


def built_in_a_copy(folder: Path, **environment: str) -> tuple[Path, str]:
    """(a copy of the tree in which the kernels were built anew, what the build said).

    What Cython made before, if anything, is there: making it again takes half a minute and shows nothing more.
    """
    work = folder / "tree"
    left_out = ("*.so", "*.egg-info", "__pycache__", ".*", "corpora", "build", "docs", "tests")
    shutil.copytree(ROOT, work, ignore=shutil.ignore_patterns(*left_out))
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--inplace"],
        cwd=work, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return work, done.stderr


def test_build_goes_on_where_there_is_no_compiler(tmp_path: Path) -> None:
    work, said = built_in_a_copy(tmp_path, CC=str(tmp_path / "no-such-compiler"), PATH=str(tmp_path))
    assert "bilingual.text.words.kernel is not compiled" in said
    assert "it will run interpreted" in said
    assert not list(work.rglob("*.so"))


@pytest.mark.skipif(os.name == "nt", reason="the compiler is a script of the shell here")
def test_no_kernel_is_left_that_could_not_be_imported(tmp_path: Path) -> None:
    """Compiled kernels need what they share: where that fails, none is compiled."""
    compiler = tmp_path / "compiler"
    compiler.write_text('#!/bin/sh\ncase "$*" in *_shared*) exit 1;; esac\nexec cc "$@"\n')
    compiler.chmod(0o755)
    work, said = built_in_a_copy(tmp_path, CC=str(compiler))
    if "bilingual._shared" not in said:
        pytest.skip("this Cython gives each kernel its own")
    assert "bilingual.text.words.kernel is not compiled (bilingual._shared is not); it will run interpreted" in said
    assert not list(work.rglob("*.so"))


def test_import_is_light() -> None:
    code = "import sys, bilingual, bilingual.cli; print([m for m in ('numpy', 'pyarrow', 'regex', 'langdetect', 'rich') if m in sys.modules])"
    assert run(code, ROOT / "src").stdout.strip() == "[]"
