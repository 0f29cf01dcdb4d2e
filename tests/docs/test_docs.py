"""The documentation is true: generated pages are current, snippets run, every page of the nav exists."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import resolve_name

import pytest
from click.testing import CliRunner

import bilingual
from bilingual.cli import cli

ROOT = Path(__file__).resolve().parent.parent.parent


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs_pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_page_of_the_nav_exists() -> None:
    named = re.findall(r":\s+([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "docs" / name).is_file()] == []


def test_the_page_of_the_api_has_every_public_name_and_no_other() -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    rooms = [bilingual, *(import_module(f"bilingual.{name}") for name in ("arabic", "batch", "evaluate", "review"))]
    public = {name for room in rooms for name in room.__all__}
    assert sorted(name for name in public if not re.search(rf"\b{name}\b", page)) == []
    for path in re.findall(r"^::: (\S+)$", page, re.MULTILINE):
        assert inspect.getdoc(resolve_name(path)), path


@pytest.mark.parametrize("page", ["docs/languages.md", "docs/orthography.md"])
def test_sessions_print_what_they_show(page: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert tried
    assert not failed


def test_the_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    commands = re.findall(r"(?:^|&& )(bilingual .*?)(?: +#.*)?$", "\n".join(blocks), re.MULTILINE)
    assert len(commands) > 5
    for command in commands:
        done = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert done.exit_code == 0, (command, done.output)


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
def test_extras_that_are_named_exist(page: str) -> None:
    known = set(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"])
    named = re.findall(r"pip install [^\n]*?(?:bilingual|\.|whl|\))\[([\w,]+)\]", (ROOT / page).read_text("utf-8"))
    assert {extra for names in named for extra in names.split(",")} <= known


@pytest.mark.parametrize("page", ["docs/engineers.md", "docs/html.md", "README.md"])
def test_python_snippets_print_what_they_show(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a snippet prints stands in a block of text right after it, or behind `# ->`."""
    monkeypatch.chdir(ROOT)
    snippets = re.findall(r"```python\n(.*?)```\n(?:```text\n(.*?)```)?", (ROOT / page).read_text("utf-8"), re.DOTALL)
    assert snippets
    names: dict[str, object] = {}
    for snippet, shown in snippets:
        exec(compile(snippet, page, "exec"), names)
        printed = capsys.readouterr().out
        assert not shown or printed == shown, (page, printed)
        for line in re.findall(r"^print\(.*\) +# -> (.*)$", snippet, re.MULTILINE):
            assert line in printed.splitlines(), (page, printed)
