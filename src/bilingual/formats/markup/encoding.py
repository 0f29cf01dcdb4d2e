"""The bytes of a page as text, by what they are and what the page says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_META_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# What no reader sees and a writer often made elsewhere, in another encoding.
_UNSEEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.IGNORECASE | re.DOTALL)
# What browsers read under these names (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "windows-874": "cp874", "tis-620": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "x-gbk": "gb18030", "windows-31j": "cp932", "utf8": "utf-8", "unicode": "utf-16-le",
    "x-mac-arabic": "mac_arabic", "iso-8859-6": "iso8859-6", "asmo-708": "iso8859-6", "arabic": "iso8859-6",
    "ansi": "cp1252", "win-1256": "cp1256", "cp-1256": "cp1256", "windows1256": "cp1256", "koi8-r": "koi8-u",
}  # fmt: skip


def _codec(name: str) -> str | None:
    """Python's name of an encoding, or None."""
    from bilingual.arabic.decode import known_encoding

    label = name.strip().strip("\"'").lower()
    return known_encoding(_LABELS.get(label, label))


def decode_html(html: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a page's bytes and the encoding used.

    Order: byte order mark; UTF-8, also with a few broken places, and UTF-16, where the bytes are that (no page in
    another encoding is, by chance); `encoding` (the HTTP header); <meta>. A declared encoding of one byte a character
    is weighed by its letters (`bilingual.arabic.decode`), any other by the characters it cannot read.
    """
    from bilingual.arabic import decode as by_bytes
    from bilingual.arabic import encodings

    by_bytes.check_name(encoding)
    found = by_bytes.marked(html) or by_bytes.utf8(html) or by_bytes.utf16(html)
    if found is not None:
        return found.text, found.encoding
    seen = _UNSEEN.sub(b" ", html)
    declared = None
    for codec in _declared(seen, encoding):
        if codec in encodings.ENCODINGS:
            declared = declared or codec
            if codec == "cp1252":  # servers send it of all their pages: what a page says of itself comes first
                continue
            break
        text = html.decode(codec, "replace")
        if by_bytes.fits(text, codec):
            return text, by_bytes.encoding_name(codec)
    codec = _codec(by_bytes.one_byte(seen, declared).encoding) or "cp1252"
    return html.decode(codec, "replace"), by_bytes.encoding_name(codec)


def encoding_to_write(html: bytes) -> str:
    """The encoding in which a page takes characters that it does not have yet.

    A page of ASCII alone is UTF-8 as much as anything; what is put into it will be read as it declares. Under a name
    that is none of UTF-8 or one byte a character, all that is not ASCII must become references, which always work.
    """
    from bilingual.arabic import encodings

    meta = _META_CHARSET.search(_UNSEEN.sub(b" ", html)[:4096])
    if meta is None or not html.isascii():
        return decode_html(html)[1]
    codec = _codec(meta[1].decode("ascii"))
    return codec if codec in ("utf-8", *encodings.ENCODINGS) else "ascii"


def _declared(seen: bytes, encoding: str | None) -> Iterator[str]:
    """The codecs to try, the likeliest first; pages that declare none are UTF-8, if anything that can be checked."""
    meta = _META_CHARSET.search(seen[:4096])
    for label in (encoding, meta and meta[1].decode("ascii"), "utf-8"):
        codec = _codec(label) if label else None
        if codec is not None and (b"\0" in seen or not codec.startswith(("utf-16", "utf-32"))):  # markup has ASCII
            yield codec
