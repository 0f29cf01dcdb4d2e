"""What every benchmark shares: the page mix, paired timing, and the dated rows of results.

Times are CPU seconds of this process. A measurement runs the subject and its reference in turn, several times, and
reports the median of the ratios with their range, so that a busy machine moves both alike.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def shared() -> Path | None:
    """The development gold beside the repository, when it is there."""
    folder = Path(os.environ.get("BILINGUAL_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "gold" / "dev.jsonl").is_file() else None


def pages(megabytes: float) -> list[str]:
    """The real page mix: development pages and the project's own corpus, repeated up to a size in UTF-8 megabytes."""
    files = [ROOT / "corpora" / "gold.jsonl"]
    folder = shared()
    if folder is not None:
        files.append(folder / "gold" / "dev.jsonl")
    texts = [json.loads(line)["text"] for path in files for line in path.read_text("utf-8").splitlines()]
    sizes = [len(text.encode()) for text in texts]
    out: list[str] = []
    total = 0
    while total < megabytes * 1e6:
        for text, size in zip(texts, sizes, strict=True):
            out.append(text)
            total += size
            if total >= megabytes * 1e6:
                break
    return out


def n_bytes(texts: Sequence[str]) -> int:
    """UTF-8 bytes of all texts."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Seconds of subject and reference in each round."""

    subject: tuple[float, ...]
    reference: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        """How many times faster the subject is, round by round."""
        return [b / a for a, b in zip(self.subject, self.reference, strict=True)]

    def __str__(self) -> str:
        found = sorted(self.ratios)
        return f"x {statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f})"


def paired(subject: Callable[[], object], reference: Callable[[], object], rounds: int = 5) -> Paired:
    """Time two functions in turn, after one warm-up of each."""
    subject()
    reference()
    a, b = [], []
    for _ in range(rounds):
        a.append(cpu(subject))
        b.append(cpu(reference))
    return Paired(subject=tuple(a), reference=tuple(b))


def cpu(function: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    function()
    return time.process_time() - start


def record(name: str, what: str, value: float, unit: str, note: str = "") -> None:
    """Print one result and append it as a dated row to results/<name>.tsv."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.tsv"
    if not path.exists():
        path.write_text("# date\twhat\tvalue\tunit\tnote\tmachine\n", "utf-8")
    machine = f"{platform.machine()} {os.cpu_count()} cores, Python {platform.python_version()}"
    row = f"{datetime.now(UTC):%Y-%m-%d}\t{what}\t{value:.4g}\t{unit}\t{note}\t{machine}\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(row)
    print(f"{what:<58} {value:>10.4g} {unit:<8} {note}", flush=True)
