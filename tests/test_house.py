"""The house: data flows one way through the rooms, and every public name has a docstring."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import bilingual

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "bilingual"
ROOMS = (
    "errors", "text", "language", "labels", "arabic", "rows", "document", "pipeline", "evaluate", "formats", "batch", "engines",
    "translate", "review", "cli",
)  # fmt: skip


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports_at_module_level(path: Path) -> list[str]:
    """Modules that a file imports when it is imported itself (not inside functions, not for type checking)."""
    found: list[str] = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            assert node.module, f"{path}: the room of an import that begins with a dot cannot be seen"
            # a room may be a name of the package: `from bilingual import batch`
            whole = [f"bilingual.{alias.name}" for alias in node.names if alias.name in ROOMS]
            found += whole if node.module == "bilingual" else [node.module]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: str(path.relative_to(SRC)))
def test_a_file_imports_only_from_rooms_above(path: Path) -> None:
    room = path.relative_to(SRC).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    assert room in ROOMS, f"{room} is no room of the house"
    for module in imports_at_module_level(path):
        if module.startswith("bilingual."):
            assert ROOMS.index(room_of(module)) <= ROOMS.index(room), f"{path.name} imports {module}"


HEAVY = (
    "pyarrow",
    "pyspark",
    "camel_tools",
    "lxml",
    "docx",
    "selectolax",
    "rich",
    "jinja2",
    "orjson",
    "isal",
    "pandas",
)


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: str(path.relative_to(SRC)))
def test_heavy_libraries_are_imported_inside_functions(path: Path) -> None:
    for module in imports_at_module_level(path):
        assert module.split(".")[0] not in HEAVY, f"{path.name} imports {module} at its top"


# Compiled loops keep all that they need in registers, and are as long as that takes.
PYTHON = sorted(
    path for folder in (SRC, ROOT / "tools", ROOT / "benchmarks") for path in folder.rglob("*.py") if path.name != "kernel.py"
)
LONGEST = 50


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_can_be_read_at_one_look(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < LONGEST, node.name


# Those of kernels declare what these have; Cython compares the two. What is C through and through has no Python file: the
# kernel goes on without it.
PXD = sorted(
    path for path in SRC.rglob("*.pxd") if path.name != "kernel.pxd" and "cdef extern from" not in path.read_text("utf-8")
)


@pytest.mark.parametrize("path", PXD, ids=lambda path: str(path.relative_to(SRC)))
def test_compiled_kernels_know_the_constants_of_the_python_file(path: Path) -> None:
    module = importlib.import_module(".".join(("bilingual", *path.relative_to(SRC).with_suffix("").parts)))
    text = path.read_text("utf-8")
    declared = dict(re.findall(r"^    ([A-Z]\w*) = (.+)$", text, re.MULTILINE))
    assert declared or "cdef inline" in text
    for name, value in declared.items():
        assert eval(value) == getattr(module, name), name


def bodies(source: str) -> dict[str, list[str]]:
    """The names of the parameters of each function, and its statements but for a docstring."""
    found: dict[str, list[str]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            statements = node.body[1:] if ast.get_docstring(node) else node.body
            found[node.name] = [*(one.arg for one in node.args.args), *map(ast.unparse, statements)]
    return found


def in_python(head: re.Match[str]) -> str:
    """The head of a function of a `.pxd` as Python has it, without types."""
    types = re.sub(r"\[.*?\]", "", head[2])
    return f"def {head[1]}({', '.join(one.split()[-1] for one in types.split(',') if one)}):"


@pytest.mark.parametrize("path", PXD, ids=lambda path: str(path.relative_to(SRC)))
def test_compiled_kernels_take_in_the_functions_of_the_python_file(path: Path) -> None:
    _, *declared = re.split(r"^(?=cdef inline )", path.read_text("utf-8"), flags=re.MULTILINE)
    heads = re.compile(r"cdef inline .*?(\w+)\((.*?)\) noexcept nogil:", re.DOTALL)
    given = bodies(path.with_suffix(".py").read_text("utf-8"))
    for function in declared:
        for name, body in bodies(heads.sub(in_python, function, count=1)).items():
            assert body == given[name], name


def test_public_names_resolve_and_are_documented() -> None:
    for name in bilingual.__all__:
        value = getattr(bilingual, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert inspect.getdoc(value), name
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        bilingual.nonsense  # noqa: B018
    assert "segment" in dir(bilingual)


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited is not None
    assert project["version"] == bilingual.__version__ == cited[1]


@pytest.mark.parametrize("name", ["arabic.align", "batch.run_batch", "errors.InputError", "evaluate.read_gold"])
def test_rooms_that_the_documentation_names_need_no_import_of_their_own(name: str) -> None:
    code = f"import bilingual; assert callable(bilingual.{name})"
    env = {**os.environ, "PYTHONPATH": str(SRC.parent)}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)


USER = """
from collections.abc import Iterator, Sequence
import bilingual
from bilingual import Aligned, Block, Document, Segmenter, Span

doc: Document = bilingual.segment("Hello", languages=["ar", "en"])
spans: Sequence[Span] = doc.spans
blocks: Sequence[Block] = doc.blocks
chosen: list[Span] = doc.select(label="body", lang=("ar", "en"), min_score=0.5)
pages: Iterator[Document] = bilingual.segment_html_many([b"<p>x"], languages="ar")
documents: list[Document] = list(Segmenter(languages=None).segment_many(iter(["a", "b"])))
aligned: Aligned = bilingual.align("x", "search")
some: list[Aligned] = bilingual.align_many(["x", "y"])[:1]
place: tuple[int, int] = aligned.to_original(0, 1)
bilingual.segment("x", langauges=["ar"])  # type: ignore[call-arg]
Segmenter(languages=3)  # type: ignore[arg-type]
"""


@pytest.mark.slow
def test_a_user_s_file_is_checked_by_the_types_of_the_package(tmp_path: Path) -> None:
    """Strict mode tells of a `type: ignore` under which there is no error."""
    pytest.importorskip("mypy")
    (tmp_path / "user.py").write_text(USER, "utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(tmp_path / "user.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (SRC / "py.typed").is_file()
