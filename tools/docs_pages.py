"""Make the pages of the documentation that come from the code and its tables.

    python tools/docs_pages.py            write docs/cli.md, docs/datasheet.md
    python tools/docs_pages.py --check    fail when a page on disk differs
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import click

from bilingual.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- made by `python tools/docs_pages.py`; do not edit -->\n"


def help_text(name: str | None) -> str:
    """What `bilingual [name] --help` prints, 88 columns wide."""
    context = _context(cli, "bilingual")
    if name is None:
        return cli.get_help(context)
    command = cli.get_command(context, name)
    assert command is not None
    return command.get_help(_context(command, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    settings: dict[str, Any] = {**command.context_settings, "max_content_width": 88, "terminal_width": 88}
    return click.Context(command, info_name=name, parent=parent, **settings)


def cli_page() -> str:
    """The command line reference."""
    parts = [MADE, "# Command line\n", "Data goes to stdout, talk to stderr; `-` is stdin. Exit code 0; 1 when an input ",
             "failed (the rest was done); 2 for wrong usage.\n", f"```text\n{help_text(None)}\n```\n"]  # fmt: skip
    for name in COMMANDS:
        parts.append(f"\n## bilingual {name}\n\n```text\n{help_text(name)}\n```\n")
    return "\n".join(parts[:2]) + "".join(parts[2:])


def pages() -> dict[str, str]:
    return {
        "cli.md": cli_page(),
        "datasheet.md": MADE + (ROOT / "corpora" / "DATASHEET.md").read_text("utf-8"),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, text in pages().items():
        path = ROOT / "docs" / name
        if check and (not path.is_file() or path.read_text("utf-8") != text):
            stale.append(name)
        elif not check:
            path.write_text(text, "utf-8")
    print("stale: " + ", ".join(stale) if stale else "pages are current")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
