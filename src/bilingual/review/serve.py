"""The review page for a folder of files, on this machine only, saving corrections beside the files.

The address holds a random token, the server listens on 127.0.0.1 and answers only requests that name that host, so
that neither another machine nor a page of another site can read or write anything.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Sequence
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bilingual.document import Document
from bilingual.errors import BilingualError, InputError
from bilingual.evaluate import read_gold
from bilingual.formats.whole import write_whole
from bilingual.labels.columns import LABELS
from bilingual.review.page import Labels, render
from bilingual.translate.corrections import are_of, labels_of, saved_beside

# What the page saves.
GOLD_KEYS = {"id", "text", "lines"}
LINE_KEYS = {"start", "end", "label", "corrected_from"}
# Corrections hold the text once more and a line per block.
MAX_BODY = 200_000_000


class ReviewServer(ThreadingHTTPServer):
    """Serves the files given, and only those. `url` is what to open."""

    daemon_threads = True

    def __init__(self, files: Sequence[Path], load: Callable[[Path], Sequence[Document]], port: int = 0) -> None:
        self.files = list(files)
        self.load = load
        self.token = secrets.token_urlsafe(24)
        self.saving = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/{self.token}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "bilingual"
    sys_version = ""

    def do_GET(self) -> None:
        number = self._wanted()
        if number is None:
            return
        if number < 0:
            self._send(HTTPStatus.OK, _index(self.server), "text/html; charset=utf-8")
            return
        path = self.server.files[number]
        url = f"/{self.server.token}/{number}"
        try:
            documents = self.server.load(path)
            version = version_of(saved_beside(path))  # before that is read: a page is never newer than it says
            saved = saved_labels(saved_beside(path), documents)
            page = render(documents, title=path.name, save_url=url, version=version, labels=saved)
        except BilingualError as error:
            self._send(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        else:
            self._send(HTTPStatus.OK, page, "text/html; charset=utf-8")

    def do_POST(self) -> None:
        number = self._wanted()
        if number is None:
            return
        given = self.headers.get("Content-Length") or ""
        length = int(given) if given.isdecimal() and len(given) < 12 else 0
        if number < 0 or not 0 < length <= MAX_BODY:
            self._send(HTTPStatus.BAD_REQUEST, "nothing to save")
            return
        target = saved_beside(self.server.files[number])
        version = (self.headers.get("If-Match") or "").strip('"')
        try:
            text = self.rfile.read(length).decode("utf-8")
            with self.server.saving:
                version = save_gold(target, text, version)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            self._send(HTTPStatus.BAD_REQUEST, f"not gold: {error}")
        except BilingualError as error:
            self._send(HTTPStatus.CONFLICT, str(error))
        except OSError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, f"cannot write {target.name}: {error.strerror}")
        else:
            self._send(HTTPStatus.OK, target.name, version=version)

    def _wanted(self) -> int | None:
        """Number of the file asked for, -1 for the list; None after an error was sent."""
        parts = self.path.split("?")[0].strip("/").split("/")
        is_known = secrets.compare_digest(parts[0].encode(), self.server.token.encode())
        if self.headers.get("Host") != self.server.host or not is_known:
            self._send(HTTPStatus.FORBIDDEN, "not for you")
            return None
        if len(parts) == 1:
            return -1
        number = int(parts[1]) if len(parts) == 2 and parts[1].isdecimal() and len(parts[1]) < 12 else -1
        if 0 <= number < len(self.server.files):
            return number
        self._send(HTTPStatus.NOT_FOUND, "no such page")
        return None

    def _send(
        self, status: HTTPStatus, text: str, kind: str = "text/plain; charset=utf-8", *, version: str = ""
    ) -> None:
        body = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if version:
            self.send_header("ETag", f'"{version}"')
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
        """Nothing: requests hold the token."""


def version_of(target: Path) -> str:
    """What tells one saved state of a file from another: the hash of its bytes, empty where nothing is saved.

    Raises: InputError where it cannot be read.
    """
    try:
        return hashlib.sha256(target.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InputError(f"{target.name}: {error.strerror or error}") from error


def _index(server: ReviewServer) -> str:
    rows = "".join(
        f'<li><a href="{number}"><bdi>{escape(path.name)}</bdi></a>'
        f"{' (corrected)' if saved_beside(path).exists() else ''}</li>"
        for number, path in enumerate(server.files)
    )
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>bilingual review</title>"
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
        f"<h1>bilingual review</h1><ol>{rows}</ol></html>"
    )


def saved_labels(target: Path, documents: Sequence[Document]) -> list[Labels]:
    """The labels of each document's blocks as saved in `target`; empty where nothing is saved.

    Raises: InputError where `target` holds more than labels of these blocks, which the next save would lose.
    """
    if not target.exists():
        return []
    rows = read_gold(target)
    labels = [labels_of(row) for row in rows]
    if (
        [row["text"] for row in rows] != [document.text for document in documents]
        or not all(map(are_of, labels, documents))
        or not {key for row in rows for key in row} <= GOLD_KEYS
        or not {key for row in rows for line in row["lines"] for key in line} <= LINE_KEYS
    ):
        raise InputError(
            f"{target.name} holds other gold than labels of the blocks of this text, and saving would replace it; "
            "move it away to begin anew"
        )
    return labels


def save_gold(target: Path, text: str, version: str) -> str:
    """Check corrections and write them whole or not at all; the version that is saved then.

    `version`: what was saved when their page was made. Raises: ValueError, KeyError or TypeError for what is not gold;
    InputError where something else was saved since; OSError when the file cannot be written.
    """
    for line in text.rstrip("\n").split("\n"):  # a text may hold other ends of lines as they are
        row = json.loads(line)
        for item in row["lines"]:
            if item["label"] not in LABELS or not 0 <= item["start"] < item["end"] <= len(row["text"]):
                raise ValueError(f"a line of {row['id']!r} has no place or label")
    if version_of(target) != version:
        raise InputError(
            f"{target.name} was changed since this page was opened, in another window or by a program; "
            "reload the page to go on from what is saved now"
        )
    data = text.encode()
    write_whole(target, data)
    return hashlib.sha256(data).hexdigest()
