"""Make WET, WARC and JSON lines files of any size for tests and benchmarks.

    python tools/batch_wet.py OUT.warc.wet.gz --mb 200 [--texts FILE.jsonl ...] [--seed 1]

Without `--texts` the pages are made of the words below: mixed Arabic and English lines, menus, teasers and
paragraphs. Same arguments, same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ARABIC = """
    في من على إلى عن مع هذا هذه الذي التي كان كانت قال أن إن لم لن قد بعد قبل بين كل يوم العام المدينة الحكومة
    الوزير الماء الطريق الكتاب المدرسة الجامعة السوق البيت الشركة المشروع الناس العالم التاريخ الاقتصاد التعليم
    الصحة الرياضة الفريق المباراة اللاعب الموسم الجديد الكبير الأول الثاني المنطقة الشمال الجنوب البحر النهر
    الجبل القرية المطار
""".split()
ENGLISH = """
    the of and to in a is that for it was on with as by from at this have are not but they which be one all
    there government market water school company project people world history economy health sport team match
    player season new large first second region north south sea river mountain village airport minister city
    house road book after
""".split()
MENUS = (
    "الرئيسية | أخبار | رياضة | اقتصاد | اتصل بنا",
    "Home | News | Sport | Business | Contact us",
    "اشترك في نشرتنا البريدية",
    "Subscribe to our newsletter",
    "تابعنا على فيسبوك",
    "اقرأ أيضا",
    "Read more",
    "جميع الحقوق محفوظة © 2026",
)


def sentence(rng: random.Random, words: list[str]) -> str:
    """A line of 8 to 40 words."""
    return " ".join(rng.choices(words, k=rng.randint(8, 40))) + "."


def page(rng: random.Random) -> str:
    """A page: a menu, paragraphs, some of the other language, teasers, a footer."""
    main, other = (ARABIC, ENGLISH) if rng.random() < 0.6 else (ENGLISH, ARABIC)
    lines = [rng.choice(MENUS), " ".join(rng.choices(main, k=rng.randint(3, 9)))]
    lines += [sentence(rng, other if rng.random() < 0.15 else main) for _ in range(rng.randint(2, 30))]
    lines += rng.choices(MENUS, k=rng.randint(1, 4))
    lines += [" ".join(rng.choices(main, k=rng.randint(3, 9))) for _ in range(rng.randint(0, 6))]
    return "\n".join(lines)


def pages(seed: int = 1) -> Iterator[str]:
    """Endless pages."""
    rng = random.Random(seed)
    while True:
        yield page(rng)


def record(number: int | str, body: bytes, *, kind: str = "conversion", content_type: str = "text/plain") -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{number}\r\n"
        f"WARC-Date: 2026-11-22T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def response(number: int | str, html: bytes, content_type: str = "text/html; charset=utf-8", head: str = "") -> bytes:
    """One WARC response record with an HTTP answer."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n{head}\r\n".encode()
    return record(number, http + html, kind="response", content_type="application/http; msgtype=response")


def member(data: bytes, level: int = 6) -> bytes:
    """One gzip member, without a time, so that equal content is equal bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def wet(texts: Iterable[str]) -> list[bytes]:
    """Records of a WET file: a warcinfo record, then one per text."""
    return [
        record(
            "info",
            b"software: bilingual test data\r\n",
            kind="warcinfo",
            content_type="application/warc-fields",
        ),
        *(record(i, text.encode()) for i, text in enumerate(texts)),
    ]


def given_texts(paths: list[str]) -> list[str]:
    """Texts of JSON lines files with `text`, or `lines` of [text, mark]."""
    texts = []
    for path in paths:
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                texts.append(row.get("text") or "\n".join(item[0] for item in row["lines"]))
    return texts


def make(path: Path, megabytes: float, texts: list[str] | None = None, seed: int = 1) -> int:
    """Write a WET file with about so much text; the number of its documents."""
    rng = random.Random(seed)
    known = given_texts(texts or [])
    source: Iterator[str] = iter(lambda: rng.choice(known), None) if known else pages(seed)
    written, number = 0, 0
    with path.open("wb") as file:
        while written < megabytes * 1e6:
            body = next(source).encode()
            data = record(number, body)
            file.write(member(data) if path.name.endswith(".gz") else data)
            written += len(body)
            number += 1
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mb", type=float, default=10.0, help="text, in MB")
    parser.add_argument("--texts", nargs="*", default=[])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    number = make(options.out, options.mb, options.texts, options.seed)
    print(f"{number} records, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
