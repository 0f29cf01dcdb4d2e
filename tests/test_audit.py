"""The audit of dependencies: a weakness fails, an unreachable service is said and fails only where it must not be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import modules

ROOT = Path(__file__).resolve().parent.parent


audit = modules.module_at(ROOT / "tools" / "audit.py")
CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-0"}]}
UNSEEN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("rows", "is_ci", "code", "said"),
    [
        ([CLEAN, CLEAN], False, 0, "2 of 2 audited, 0 with known weaknesses"),
        ([CLEAN, WEAK], False, 1, "known weakness of b 2: PYSEC-0"),
        ([CLEAN, UNSEEN], False, 1, "not audited: c"),
        ([UNSEEN, UNSEEN], False, 0, "did not reach its service"),
        ([UNSEEN, UNSEEN], True, 1, "did not reach its service"),
    ],
)
def test_what_pip_audit_says(rows: list[dict[str, object]], is_ci: bool, code: int, said: str) -> None:
    lines, found = audit.weaknesses(json.dumps({"dependencies": rows}), is_ci)
    assert found == code
    assert said in "\n".join(lines)


@pytest.mark.parametrize("report", ["", "{}", "not JSON"])
def test_no_report_is_not_a_good_report(report: str) -> None:
    lines, code = audit.weaknesses(report, True)
    assert code == 1
    assert "NOTHING is known" in lines[0]


def test_the_licences_of_what_is_installed_are_fine() -> None:
    """Offline, and of this environment: what `make audit` looks at first."""
    found = audit.closure("bilingual", frozenset())
    assert "numpy" in found
    assert [name for name, one in found.items() if not audit.FINE.search(audit.licence(one))] == []


def test_the_lock_names_what_the_package_needs() -> None:
    locked = {line.partition("==")[0] for line in audit.LOCK.read_text("utf-8").splitlines() if "==" in line}
    assert set(audit.closure("bilingual", frozenset({"test"}))) <= locked
