"""Records -> one HTML file that needs no network: style and script inside, a content security policy that says so."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from bilingual.document import Document
from bilingual.errors import extra_module
from bilingual.labels.columns import LABELS
from bilingual.review.rows import block_rows
from bilingual.translate.corrections import Labels as Labels


def render(
    documents: Sequence[Document],
    *,
    title: str = "bilingual review",
    save_url: str | None = None,
    version: str = "",
    labels: Sequence[Labels] = (),
) -> str:
    """The review page of some documents.

    `save_url`: where corrections are posted; None offers them as a download. `version`: what is saved there now, which
    the corrections will replace. `labels`: what people said before of the blocks of each document.
    Raises: MissingExtraError without jinja2.
    """
    jinja2 = extra_module("jinja2", extra="translate")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    style, script = _asset("page.css"), _asset("page.js")
    html: str = environment.get_template("page.html").render(
        title=title,
        policy=_policy(style, script, save_url),
        style=style,
        script=script,
        documents=[
            _document(number, document, said or {})
            for number, (document, said) in enumerate(zip_longest(documents, labels))
        ],
        labels=LABELS,
        languages=_languages(documents),
        data=_embedded(documents, save_url, version),
    )
    return html.encode("utf-8", "replace").decode("utf-8")


def _asset(name: str) -> str:
    return (files("bilingual") / "review" / "templates" / name).read_text("utf-8")


def _policy(style: str, script: str, save_url: str | None) -> str:
    """A policy under which only this page's own style and script run, and nothing is fetched."""
    connect = "; connect-src 'self'" if save_url else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'; "
        f"base-uri 'none'; form-action 'none'{connect}"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _document(number: int, document: Document, said: Labels) -> dict[str, Any]:
    """What the template needs of one document."""
    letters: Counter[str] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for span in document.spans:
        letters[span.label] += sum(map(str.isalpha, span.text))
        words[span.label, span.lang] += len(span.text.split())
    total = max(1, sum(letters.values()))
    langs = [lang for lang, _ in Counter({lang: n for (_, lang), n in words.items()}).most_common()]
    return {
        "number": number,
        "name": document.id or f"document {number + 1}",
        "kind": document.kind,
        "blocks": [(row, said.get((row.start, row.end), row.label)) for row in block_rows(document)],
        "shares": [(label, letters[label] / total) for label in LABELS],
        "langs": list(dict.fromkeys(langs)),
        "words": {label: {lang: words[label, lang] for lang in langs} for label in LABELS},
    }


def _languages(documents: Sequence[Document]) -> list[str]:
    found: Counter[str] = Counter()
    for document in documents:
        found.update(span.lang for span in document.spans)
    return [lang for lang, _ in found.most_common()]


def _embedded(documents: Sequence[Document], save_url: str | None, version: str) -> str:
    """The data island of the page: texts for saving gold, and the search fold. `</` cannot end the element early."""
    from bilingual.text.classes import FOLDS

    data = {
        "save": save_url,
        "version": version,
        "folds": FOLDS,
        "documents": [{"id": d.id or f"document-{number}", "text": d.text} for number, d in enumerate(documents, 1)],
    }
    return json.dumps(data, ensure_ascii=True).replace("<", "\\u003c")
