"""Kill a whole batch run with SIGKILL at random moments, resume it, and compare its bytes with an undisturbed run.

    python tools/batch_kill.py [--kills 50] [--workers 2] [--mb 12] [--seed 1]

Exit code 0 when the output is the same byte for byte, whatever was killed when.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import batch_wet


def command(source: Path, out: Path, workers: int, *more: str) -> list[str]:
    """A run of the command line in a process of its own."""
    call = [sys.executable, "-c", "from bilingual.cli import main; main()", "batch", str(source), "--out", str(out)]
    return [*call, "--workers", str(workers), "--shard-mb", "0.3", *more]


def content(out: Path) -> dict[str, bytes]:
    """The files that must be the same."""
    found = sorted([*(out / "data").iterdir(), *(out / "quarantine").glob("*")])
    return {path.name: path.read_bytes() for path in found}


def killed(call: list[str], after: float) -> bool:
    """Run and kill the whole process group after some seconds; False when it was finished before."""
    process = subprocess.Popen(call, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--mb", type=float, default=12.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.warc.wet.gz"
        batch_wet.make(source, options.mb)
        began = time.monotonic()
        subprocess.run(command(source, folder / "calm", options.workers), check=True, stderr=subprocess.DEVNULL)
        whole = time.monotonic() - began
        expected = content(folder / "calm")
        kills = runs = 0
        while kills < options.kills:
            out = folder / f"out{runs}"
            while kills < options.kills:
                resume = ["--resume"] if (out / "plan.json").exists() else []
                if not killed(command(source, out, options.workers, *resume), rng.uniform(0.1, whole)):
                    break
                kills += 1
            subprocess.run(command(source, out, options.workers, "--resume"), check=True, stderr=subprocess.DEVNULL)
            runs += 1
            if content(out) != expected or list(out.rglob("*.inprogress")):
                sys.exit(f"after {kills} kills the output of run {runs} differs")
            print(f"{kills} kills, {runs} runs finished, {len(expected)} files each: all bytes are equal", flush=True)


if __name__ == "__main__":
    main()
