"""Speed of the whole pipeline beside pycld2, its growth with length, its memory, its threads, its start.

    python benchmarks/bench_speed.py [--megabytes 20] [--quick]

Purpose: the numbers of docs/performance.md. Input: the page mix of benchmarks/common.py. Checks: the number of
spans is the same in every round and by every entrance.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial

import bilingual
from bilingual.language.model import identify
from bilingual.pipeline import batches
from bilingual.text.scan import scan
from bilingual.text.workspace import room
from common import cpu, n_bytes, pages, paired, record

NAME = "speed"


def count_spans(texts: list[str]) -> int:
    """Spans of all texts through the columnar entrance."""
    segmenter = bilingual.Segmenter()
    return sum(len(segmenter.run(batch).found.span_start) for batch in batches(texts, size=len))


def against_pycld2(texts: list[str]) -> None:
    """Batches as columns and as documents, beside pycld2 on the same texts."""
    import pycld2

    encoded = [text.encode("utf-8", "replace") for text in texts]

    def cld2() -> int:
        n = 0
        for data in encoded:
            try:
                n += len(pycld2.detect(data, returnVectors=True)[3])
            except pycld2.error:
                n += 1
        return n

    expected = count_spans(texts)

    def columns() -> None:
        assert count_spans(texts) == expected

    def documents() -> None:
        assert sum(len(doc.spans) for doc in bilingual.segment_many(texts)) == expected

    def unlabelled() -> None:
        settings = bilingual.Segmenter().settings
        found = (identify(scan(batch, new=room), settings, new=room) for batch in batches(texts, size=len))
        assert sum(len(languages.span_start) for languages in found) == expected

    subjects = {
        "segment_many, columns": columns,
        "segment_many, documents": documents,
        "scan and languages, without labels": unlabelled,
    }
    size = n_bytes(texts) / 1e6
    for what, subject in subjects.items():
        found = paired(subject, cld2, 3)
        record(NAME, f"{what}: MB/s", size / min(found.subject), "MB/s")
        record(NAME, f"{what}: times pycld2", sorted(found.ratios)[1], "x", str(found))
    record(NAME, "pycld2 detect(returnVectors): MB/s", size / min(found.reference), "MB/s")


def one_page() -> None:
    """Calls of `segment` on one page of 5 KB, beside pycld2."""
    import pycld2

    text = max((page for page in pages(1) if len(page) < 5200), key=len)
    data = text.encode()

    def ours() -> None:
        for _ in range(200):
            bilingual.segment(text)

    def cld2() -> None:
        for _ in range(200):
            pycld2.detect(data, returnVectors=True)

    found = paired(ours, cld2)
    record(NAME, "segment on one 5 KB page: times pycld2", sorted(found.ratios)[2], "x", str(found))
    record(NAME, "segment on one 5 KB page", min(found.subject) / 200 * 1e6, "us")


SHAPES: dict[str, Callable[[int], str]] = {
    "English prose on one line": lambda n: ("the quick brown fox jumps over the lazy dog, again. " * (n // 50 + 1))[:n],
    "Arabic prose on one line": lambda n: ("قال الوزير إن اللجنة اتفقت على خطة جديدة، " * (n // 40 + 1))[:n],
    "words without punctuation": lambda n: ("word كلمة " * (n // 10 + 1))[:n],
    "short lines": lambda n: ("menu\nقائمة\n" * (n // 10 + 1))[:n],
    "spaces": lambda n: " " * n,
    "brackets": lambda n: "(" * n,
    "bracket pairs": lambda n: "()" * (n // 2),
    "nested brackets around a letter": lambda n: "(" * (n // 2) + "a" + ")" * (n // 2),
    "straight quotes": lambda n: '"' * n,
    "quoted letters": lambda n: '"a" ' * (n // 4),
    "bullets": lambda n: "• " * (n // 2),
    "bars": lambda n: "a | " * (n // 4),
    "digits": lambda n: "1" * n,
    "digit groups": lambda n: "12 " * (n // 3),
    "at signs": lambda n: "a.b@" * (n // 4),
    "dotted letters": lambda n: "a." * (n // 2),
    "hosts": lambda n: "a.com-" * (n // 6),
    "spaced guillemets": lambda n: "« a » " * (n // 6),
    "URL starts": lambda n: "http://" * (n // 7),
    "marks": lambda n: "\u064e" * n,
    "script changes": lambda n: "aب" * (n // 2),
    "one word": lambda n: "a" * n,
    "tatweel": lambda n: "ـ" * n,
}


def growth(largest: int) -> None:
    """Twice the text may take at most 2.2 times the time, for every shape."""
    for name, make in SHAPES.items():
        times = []
        for n in (largest // 4, largest // 2, largest):
            text = make(n)
            # the first rounds pay for memory that later ones find in place
            times.append(min(cpu(partial(bilingual.Segmenter().run, [text])) for _ in range(6)))
        worst = max(times[1] / times[0], times[2] / times[1])
        note = f"{times[2] / largest * 1e9:.1f} ns per code point at {largest:,}"
        record(NAME, f"growth when doubled: {name}", worst, "x", note)


def per_block() -> None:
    """Cost of a block beyond its letters: the same letters in many and in few blocks."""
    words = ["menu", "item", "page", "خبر", "قسم"] * 20_000
    many, few = "\n".join(words), "\n".join(" ".join(words[i : i + 50]) for i in range(0, len(words), 50))
    a = min(cpu(lambda: bilingual.Segmenter().run([many])) for _ in range(3))
    b = min(cpu(lambda: bilingual.Segmenter().run([few])) for _ in range(3))
    record(NAME, "a block beyond its letters", (a - b) / (len(words) - len(words) / 50) * 1e6, "us")


def threads(texts: list[str]) -> None:
    """The same batches by one thread and by two."""
    work_of = list(batches(texts, size=len))

    def work(mine: list[list[str]], out: list[int]) -> None:
        segmenter = bilingual.Segmenter()
        out.append(sum(len(segmenter.run(batch).found.span_start) for batch in mine))

    def run(n: int) -> tuple[float, int]:
        out: list[int] = []
        jobs = [threading.Thread(target=work, args=(work_of[i::n], out)) for i in range(n)]
        start = time.perf_counter()
        for job in jobs:
            job.start()
        for job in jobs:
            job.join()
        return time.perf_counter() - start, sum(out)

    ratios = []
    for _ in range(3):
        one, count_one = run(1)
        two, count_two = run(2)
        assert count_one == count_two
        ratios.append(one / two)
    record(NAME, "two threads against one (wall)", sorted(ratios)[1], "x", f"{min(ratios):.2f}-{max(ratios):.2f}")


def memory(megabytes: int) -> None:
    """Peak memory of a small and of a large stream, each in a process of its own."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:2]\n"
        "from common import pages; import bilingual\n"
        "small = pages(1)\n"
        "def feed(mb):\n"
        "    for _ in range(mb):\n"
        "        yield from small\n"
        "n = sum(len(d.spans) for d in bilingual.segment_many(feed(int(sys.argv[2]))))\n"
        # not ru_maxrss, which a child takes over from the process that started it
        "status = open('/proc/self/status').read()\n"
        "print(int(status.partition('VmHWM:')[2].split()[0]) // 1024)\n"
    )
    folder = __file__.rsplit("/", 1)[0]
    for size in (1, megabytes):
        argv = [sys.executable, "-c", code, folder, str(size)]
        done = subprocess.run(argv, capture_output=True, text=True, check=True)
        record(NAME, f"peak memory of segment_many over {size} MB", float(done.stdout), "MB")


def start() -> None:
    """Time until the interpreter, the import, the help and the first document are there."""
    for what, argv in (
        ("bare interpreter", ["-c", "pass"]),
        ("import bilingual", ["-c", "import bilingual"]),
        ("bilingual --help", ["-c", "import sys; from bilingual.cli import main; sys.argv[1:] = ['--help']; main()"]),
        ("first segment (loads all data)", ["-c", "import bilingual; bilingual.segment('Hello مرحبا')"]),
    ):
        times = []
        for _ in range(7):
            begin = time.perf_counter()
            subprocess.run([sys.executable, *argv], check=True, capture_output=True)
            times.append(time.perf_counter() - begin)
        record(NAME, f"{what} (wall, fresh process)", sorted(times)[3], "s", f"{min(times):.3f}-{max(times):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--quick", action="store_true", help="small inputs, for a first look")
    options = parser.parse_args()
    megabytes = 5 if options.quick else options.megabytes
    texts = pages(megabytes)
    steps: Iterator[Callable[[], None]] = iter(
        (
            lambda: against_pycld2(texts),
            one_page,
            lambda: growth(1 << 17 if options.quick else 1 << 22),
            per_block,
            lambda: threads(texts),
            lambda: memory(10 if options.quick else 100),
            start,
        )
    )
    for step in steps:
        step()
    print(f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
