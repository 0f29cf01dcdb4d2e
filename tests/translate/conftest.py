"""Fixtures of the translators' tests: one segmenter, and the OASIS schemas where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from bilingual.pipeline import Segmenter

# Debian's php-symfony-translation ships the OASIS schemas of XLIFF 1.2 (strict) and of the 2.x core.
DEBIAN = "/usr/share/php/Symfony/Component/Translation/Resources/schemas"
SCHEMAS = Path(os.environ.get("BILINGUAL_XLIFF_SCHEMAS", DEBIAN))


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture(scope="session")
def schemas() -> dict[str, etree.XMLSchema]:
    """The schemas by version; their imports of xml.xsd are answered from the same folder, never from the network."""
    names = {"1.2": "xliff-core-1.2-strict.xsd", "2.1": "xliff-core-2.0.xsd"}
    if not all((SCHEMAS / name).is_file() for name in (*names.values(), "xml.xsd")):
        pytest.skip("the OASIS XLIFF schemas are not here: apt-get install php-symfony-translation")

    class Local(etree.Resolver):
        def resolve(self, url: str, public_id: str, context: object) -> object:
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context) if url.endswith("xml.xsd") else None

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return {version: etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser)) for version, name in names.items()}
