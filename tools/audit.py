"""The distributions that the package and its tests bring: licences, known weaknesses, the lock of tested versions.

python tools/audit.py                fail where a licence is none of those that are fine to depend on (offline)
python tools/audit.py --weaknesses   fail where pip-audit knows a weakness of a locked version; where its service is
                                     not reached say so, and fail only under continuous integration (CI is set)
python tools/audit.py --lock         write requirements-dev.lock from the active environment
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).resolve().parent.parent / "requirements-dev.lock"
BESIDE = ("camel-tools",)  # installed without its own dependencies
FINE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Python-2\.0|MPL|Mozilla|0BSD|Zlib|Unlicense|HPND|CC0|Expat)\b",
    re.IGNORECASE,
)


def closure(name: str, extras: frozenset[str]) -> dict[str, Distribution]:
    """The installed distributions that `name[extras]` needs, without itself."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    todo = [(name, extras)]
    while todo:
        item = todo.pop()
        if item in seen:
            continue
        seen.add(item)
        try:
            found[canonicalize_name(item[0])] = here = distribution(item[0])
        except PackageNotFoundError:
            continue
        for line in here.requires or ():
            needed = Requirement(line)
            wanted = [{"extra": extra} for extra in ("", *item[1])]
            if needed.marker is None or any(map(needed.marker.evaluate, wanted)):
                todo.append((needed.name, frozenset(needed.extras)))
    found.pop(canonicalize_name(name), None)
    return found


def licence(found: Distribution) -> str:
    """What a distribution says of its licence: the expression, else the classifiers, else the first line of the text."""
    said = cast(Message, found.metadata)  # of which the type that is promised has no `get`
    if expression := said.get("License-Expression"):
        return str(expression)
    classifiers = [
        c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License ::")
    ]
    return "; ".join(classifiers) or (said.get("License") or "not said").strip().splitlines()[0]


def weaknesses(report: str, is_ci: bool) -> tuple[list[str], int]:
    """What to say of pip-audit's JSON report (empty: it gave none), and the exit code."""
    try:
        rows = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        rows = []
    unseen = [row["name"] for row in rows if "skip_reason" in row]
    known = [f"{row['name']} {row['version']}: {', '.join(v['id'] for v in row['vulns'])}"
             for row in rows if row.get("vulns")]  # fmt: skip
    if len(unseen) == len(rows):
        told = "pip-audit did not reach its service: NOTHING is known about weaknesses of the locked versions"
        return [told if is_ci else f"{told}; run it where there is a network"], int(is_ci)
    lines = [f"known weakness of {line}" for line in known] + [f"not audited: {name}" for name in unseen]
    return [*lines, f"{len(rows) - len(unseen)} of {len(rows)} audited, {len(known)} with known weaknesses"], int(
        bool(known or unseen)
    )


def ask() -> str:
    """pip-audit's report on the lock, as JSON; empty where it fails before one."""
    call = ["-m", "pip_audit", "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json", "-r", str(LOCK)]
    done = subprocess.run([sys.executable, *call], capture_output=True, encoding="utf-8", check=False)
    if not done.stdout:
        print(done.stderr[-1000:], file=sys.stderr)
    return done.stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lock", action="store_true")
    parser.add_argument("--weaknesses", action="store_true")
    options = parser.parse_args()
    if options.weaknesses:
        lines, code = weaknesses(ask(), bool(os.environ.get("CI")))
        print("\n".join(lines))
        return code
    lock = options.lock
    found = closure("bilingual", frozenset({"test"}))
    for name in BESIDE:
        found[name] = distribution(name)
    if lock:
        head = "# The versions tested with; made by `python tools/audit.py --lock` in the environment of `make install-test`.\n"
        LOCK.write_text(head + "".join(f"{name}=={found[name].version}\n" for name in sorted(found)), "utf-8")
    strange = {name: licence(found[name]) for name in sorted(found) if not FINE.search(licence(found[name]))}
    for name, said in strange.items():
        print(f"look at the licence of {name}: {said}")
    print(f"{len(found)} distributions, {len(strange)} with a licence to look at")
    return 1 if strange else 0


if __name__ == "__main__":
    raise SystemExit(main())
