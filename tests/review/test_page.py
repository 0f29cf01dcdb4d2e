"""The review page: every block's text is the source's, nothing is fetched, nothing of a document is markup."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import socket
import time
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import bilingual
from bilingual.cli import cli
from bilingual.errors import BilingualError, InputError
from bilingual.review import render
from bilingual.review.rows import block_rows, pieces
from bilingual.review.serve import ReviewServer, save_gold
from bilingual.translate.corrections import saved_beside

TEXT = (
    "' rel='stylesheet' type='text/css'>\n"
    "The harbour council met on Tuesday (Reuters) to discuss the plan for %d boats & </script><evil>nets</evil>.\n"
    "شاهد أيضاً\n"
    "%d مدونون معجبون بهذه الصفحة على https://example.org/a?b=1\n"
    "C++ لغة برمجة \u200fقديمة\x07\n"
)


class Texts(HTMLParser):
    """Text of every `p.t`, and every tag that is not the template's own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "p" and ("class", "t") in attrs:
            self.inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data


def shown(page: str) -> Texts:
    parser = Texts()
    parser.feed(page)
    return parser


def test_block_texts_are_the_source() -> None:
    doc = bilingual.segment(TEXT)
    parser = shown(render([doc]))
    assert [text.strip("\n ") for text in parser.found] == [block.text for block in doc.blocks]
    assert "evil" not in parser.tags


def test_no_network_and_a_policy_that_says_so() -> None:
    page = render([bilingual.segment(TEXT)])
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    policy = html.unescape(found[1])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="', page)
    assert " style=" not in page


def test_data_island_holds_the_text_and_cannot_end_early() -> None:
    page = render([bilingual.segment(TEXT)])
    island = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert island is not None
    assert json.loads(island[1])["documents"][0]["text"] == TEXT


def test_directions_come_from_the_language() -> None:
    rows = list(block_rows(bilingual.segment(TEXT)))
    assert [row.direction for row in rows][-3:] == ["rtl", "rtl", "rtl"]
    assert rows[1].direction == "ltr"


@given(
    st.text(alphabet=st.one_of(st.sampled_from("ab %ds{}x$@.:/wم\u200f\u200d\x00\ud800"), st.characters()), max_size=80)
)
@settings(max_examples=200, deadline=None)
def test_pieces_join_to_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


def test_placeholders_and_controls_are_set_apart() -> None:
    found = [(piece.kind, piece.text) for piece in pieces("معجب %d بـ {{name}} a@b.co\u200f")]
    assert ("isolated", "%d") in found
    assert ("isolated", "{{name}}") in found
    assert ("isolated", "a@b.co") in found
    assert ("control", "\u200f") in found


def test_command_writes_the_page_and_never_onto_its_input(tmp_path: Path) -> None:
    source, page = tmp_path / "a.txt", tmp_path / "page.html"
    source.write_text(TEXT, "utf-8")
    assert CliRunner().invoke(cli, ["review", str(source), "-o", str(page)]).exit_code == 0
    assert "<!doctype html>" in page.read_text("utf-8")
    done = CliRunner().invoke(cli, ["review", str(source), "-o", str(source)])
    assert done.exit_code == 2
    assert "this is an input" in done.stderr
    assert source.read_text("utf-8") == TEXT
    assert CliRunner().invoke(cli, ["review", str(source)]).exit_code == 2
    done = CliRunner().invoke(cli, ["review", str(tmp_path / "none.txt"), "-o", str(page)])
    assert done.exit_code == 1


def fetch(url: str, body: bytes | None = None, host: str | None = None, version: str = "") -> tuple[int, str]:
    headers = {"If-Match": f'"{version}"'} | ({"Host": host} if host else {})
    request = urllib.request.Request(url, data=body, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_server_answers_only_its_token_and_host(server: ReviewServer) -> None:
    assert fetch(server.url)[0] == 200
    assert fetch(server.url + "0")[0] == 200
    assert fetch(server.url + "1")[0] == 404
    assert fetch(server.url + "9" * 5000)[0] == 404
    assert fetch(server.url + "../../etc/passwd")[0] in (403, 404)
    assert fetch(f"http://{server.host}/")[0] == 403
    assert fetch(f"http://{server.host}/wrong/0")[0] == 403
    assert fetch(server.url, host="evil.example:80")[0] == 403


def test_server_saves_gold_that_can_be_read_and_refuses_what_is_not(server: ReviewServer) -> None:
    row = {"id": "a.txt", "text": TEXT, "lines": [{"start": 0, "end": 35, "label": "navigation"}]}
    status, answer = fetch(server.url + "0", json.dumps(row).encode())
    assert (status, answer) == (200, "a.txt.gold.jsonl")
    saved = server.files[0].with_name(answer)
    assert json.loads(saved.read_text("utf-8")) == row
    row["lines"][0]["label"] = "nonsense"  # type: ignore[index]
    assert fetch(server.url + "0", json.dumps(row).encode())[0] == 400
    assert fetch(server.url + "0", b"[")[0] == 400
    assert fetch(server.url + "0", b"[" * 100_000)[0] == 400
    assert len(list(saved.parent.iterdir())) == 2


@pytest.mark.parametrize("length", ["-5", "abc", "9" * 5000, "0", "²"])
def test_a_length_that_is_none_is_refused(server: ReviewServer, length: str) -> None:
    address = server.server_address[:2]
    request = f"POST /{server.token}/0 HTTP/1.1\r\nHost: {server.host}\r\nContent-Length: {length}\r\n\r\n"
    with socket.create_connection(address, timeout=20) as connection:  # type: ignore[arg-type]
        connection.sendall(request.encode("latin-1"))
        assert connection.makefile("rb").readline().split()[1] == b"400"


def test_saved_corrections_come_back(server: ReviewServer) -> None:
    found = re.findall(r'data-label="(\w+)" data-was="(\w+)" data-start="(\d+)" data-end="(\d+)"', fetch(server.url + "0")[1])
    lines = [{"start": int(start), "end": int(end), "label": label} for label, _, start, end in found]
    was = lines[1]["label"]
    lines[1] |= {"label": "promo", "corrected_from": was}
    fetch(server.url + "0", json.dumps({"id": "a.txt", "text": TEXT, "lines": lines}).encode())
    page = fetch(server.url + "0")[1]
    again = re.findall(r'data-label="(\w+)" data-was="(\w+)" data-start', page)
    assert again == [("promo" if number == 1 else label, label) for number, (label, *_) in enumerate(found)]
    assert page.count(' changed"') == 1
    assert was != "promo"


def test_a_word_file_and_its_header_are_saved_together(server: ReviewServer, tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("The harbour council met on Tuesday to discuss a plan for its forty boats.")
    word.sections[0].header.paragraphs[0].text = "The daily report for captains"
    server.files.append(tmp_path / "a.docx")
    word.save(str(server.files[1]))
    documents = server.load(server.files[1])
    assert [document.id for document in documents] == ["a.docx", "a.docx: header1"]
    rows = [
        {"id": one.id, "text": one.text, "lines": [{"start": 0, "end": one.blocks[0].end, "label": "promo"}]}
        for one in documents
    ]
    assert fetch(server.url + "1", "\n".join(map(json.dumps, rows)).encode())[0] == 200
    assert re.findall(r'data-label="(\w+)"', fetch(server.url + "1")[1]) == ["promo", "promo"]
    saved_beside(server.files[1]).write_text(json.dumps(rows[0]), "utf-8")
    assert fetch(server.url + "1")[0] == 422


@pytest.mark.parametrize(
    "row",
    [
        {"text": "another"},
        {"lines": [{"start": 0, "end": 3, "label": "body"}]},
        {"lines": [{"start": 0, "end": 35, "label": "body", "lang": "en"}]},
        {"kind": "forum"},
    ],
)
def test_gold_that_the_page_cannot_keep_is_not_replaced(server: ReviewServer, row: dict[str, Any]) -> None:
    saved = server.files[0].with_name("a.txt.gold.jsonl")
    saved.write_text(json.dumps({"id": "a", "text": TEXT, "lines": []} | row), "utf-8")
    status, answer = fetch(server.url + "0")
    assert status == 422
    assert answer.endswith("move it away to begin anew")


@pytest.mark.parametrize("has_more", [False, True])
def test_what_another_window_saved_is_not_replaced(server: ReviewServer, has_more: bool) -> None:
    gold = json.dumps({"id": "a", "text": TEXT, "lines": []}).encode()
    if has_more:
        fetch(server.url + "0", gold)
    first, second = (re.findall(r'"version": "(\w*)"', fetch(server.url + "0")[1])[0] for _ in range(2))
    assert fetch(server.url + "0", b" " + gold, version=first)[0] == 200
    status, answer = fetch(server.url + "0", gold, version=second)
    assert (status, "was changed since this page was opened" in answer) == (409, True)
    assert server.files[0].with_name("a.txt.gold.jsonl").read_bytes() == b" " + gold
    now = hashlib.sha256(b" " + gold).hexdigest()
    assert f'"version": "{now}"' in fetch(server.url + "0")[1]
    assert fetch(server.url + "0", gold, version=now)[0] == 200


def test_server_saves_a_text_with_other_ends_of_lines(server: ReviewServer) -> None:
    text = "One line\u2028and\u0085more\x1c."
    row = {"id": "a.txt", "text": text, "lines": [{"start": 0, "end": 8, "label": "body"}]}
    assert fetch(server.url + "0", (json.dumps(row, ensure_ascii=False) + "\n").encode())[0] == 200


def test_server_says_why_a_file_cannot_be_shown(server: ReviewServer) -> None:
    server.files[0].write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    status, answer = fetch(server.url + "0")
    assert (status, "a PDF" in answer) == (422, True)
    server.files[0].unlink()
    status, answer = fetch(server.url + "0")
    assert (status, "No such file" in answer) == (422, True)


def test_saving_is_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x.gold.jsonl"
    target.write_text("before")
    with pytest.raises(ValueError, match="no place or label"):
        save_gold(target, '{"id": "x", "text": "ab", "lines": [{"start": 1, "end": 5, "label": "body"}]}', "")
    assert target.read_text() == "before"


def test_a_port_that_is_taken_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(cli, ["review", str(tmp_path / "a.txt"), "--serve", "--port", port])
    assert isinstance(done.exception, BilingualError)
    assert str(done.exception).startswith(f"port {port}: Address already in use")


@pytest.mark.parametrize("hostile", ["a", "a.", "a-", "{{", "www.", "a@"])
def test_pieces_take_linear_time(hostile: str) -> None:
    text = hostile * 200_000
    start = time.process_time()
    assert "".join(piece.text for piece in pieces(text)) == text
    assert time.process_time() - start < 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_of_a_folder_only_files_are_served(tmp_path: Path) -> None:
    from bilingual.cli.review import _paths

    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert _paths((str(tmp_path),)) == [tmp_path / "a.txt"]


def test_of_a_folder_all_texts_are_served_that_can_be_exported(tmp_path: Path) -> None:
    from bilingual.cli.review import _paths

    names = ["a.docx", "b.HTM", "c.md", "d.srt", "e.txt", "f.vtt"]
    for name in [*names, "c.md.gold.jsonl", "g.png", "h.xlf"]:
        (tmp_path / name).write_bytes(b"")
    assert [path.name for path in _paths((str(tmp_path),))] == names
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no text \(.txt, .md, .srt, .vtt\), HTML or Word files"):
        _paths((str(tmp_path / "empty"),))
