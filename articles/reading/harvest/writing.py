"""The answers, as elements of the protocol."""

from __future__ import annotations

from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from lxml import etree

from articles import content
from articles.characters import visible
from articles.reading.elsewhere import addresses, house, moments, standing
from articles.reading.harvest import records
from articles.reading.outlets import xml

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from articles.models import Version
    from articles.reading.harvest.asking import Asked, WrongError

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = f"{NAMESPACE} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LOCATION = f"{{{XSI}}}schemaLocation"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
JATS = "https://jats.nlm.nih.gov/ns/publishing/1.3/"
FORMATS = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC),
    "jats": (
        "https://jats.nlm.nih.gov/publishing/1.3/xsd/JATS-journalpublishing1-3.xsd",
        JATS,
    ),
}
SCHEMAS = {name: f"{space} {schema}" for name, (schema, space) in FORMATS.items()}


def frame(now: dt.datetime, asked: Asked | None) -> xml.Element:
    """An answer with nothing in it yet; a request that is none is not repeated."""
    tree = xml.root(NAMESPACE, "OAI-PMH", {"xsi": XSI})
    tree.set(LOCATION, SCHEMA)
    xml.child(tree, "responseDate", moments.second(now))
    request = xml.child(tree, "request", base())
    if asked:
        request.set("verb", asked.verb)
        for name, value in asked.arguments.items():
            request.set(name, visible(value))
    return tree


def base() -> str:
    return addresses.whole(reverse("oai"))


def error(tree: xml.Element, wrong: WrongError) -> None:
    xml.child(tree, "error", str(wrong), code=wrong.code)


def identify(to: xml.Element, earliest: dt.datetime) -> None:
    for tag, words in (
        ("repositoryName", house.NAME),
        ("baseURL", base()),
        ("protocolVersion", "2.0"),
        ("adminEmail", _desk()),
        ("earliestDatestamp", moments.second(earliest)),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        xml.child(to, tag, words)


def _desk() -> str:
    """Where mail comes from; the schema takes no host without a dot in its name."""
    _, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    _, _, host = address.partition("@")
    return address if "." in host else f"{address}.localdomain"


def formats(to: xml.Element) -> None:
    for prefix, (schema, namespace) in FORMATS.items():
        found = xml.child(to, "metadataFormat")
        xml.child(found, "metadataPrefix", prefix)
        xml.child(found, "schema", schema)
        xml.child(found, "metadataNamespace", namespace)


def sets(to: xml.Element) -> None:
    for spec, name in records.SETS.items():
        found = xml.child(to, "set")
        xml.child(found, "setSpec", spec)
        xml.child(found, "setName", name)


def header(to: xml.Element, version: Version) -> None:
    found = xml.child(to, "header")
    if not records.is_live(version):
        found.set("status", "deleted")
    xml.child(found, "identifier", records.identifier(version.article.slug))
    xml.child(found, "datestamp", moments.second(records.stamp(version)))
    for spec in records.sets(version):
        xml.child(found, "setSpec", spec)


def record(to: xml.Element, version: Version, about: xml.Element | None) -> None:
    """A deleted record has a header alone."""
    found = xml.child(to, "record")
    header(found, version)
    if about is not None:
        xml.child(found, "metadata").append(about)


def resumption(to: xml.Element, token: str, cursor: int) -> None:
    """An empty token says that the list is whole."""
    xml.child(to, "resumptionToken", token, cursor=str(cursor))


def dublin_core(version: Version) -> xml.Element:
    tree = xml.root(OAI_DC, "dc", {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    tree.set(LOCATION, SCHEMAS["oai_dc"])
    for tag, words in _described(version):
        if words:
            etree.SubElement(tree, f"{{{DC}}}{tag}").text = words
    return tree


def _described(version: Version) -> Iterable[tuple[str, str]]:
    slug = version.article.slug
    yield "title", standing.titled(version.question, version.article.standing)
    yield from (("creator", author["name"]) for author in version.byline)
    yield from (("subject", topic.name) for topic in version.article.topics.all())
    yield "description", version.headline or content.plain_text(version.key_answer)
    yield "publisher", house.NAME
    yield "date", moments.second(records.stamp(version))[:10]
    yield "type", "Text"
    yield "format", "text/html"
    yield "identifier", addresses.article(slug)
    yield "relation", addresses.version(slug, version.number)
    yield "language", house.LANGUAGE


def jats(stored: bytes) -> xml.Element:
    """The stored document in a namespace, as the protocol asks for one."""
    tree = etree.fromstring(stored)
    found = etree.Element(f"{{{JATS}}}article", nsmap={**_names(tree), "xsi": XSI})
    for name, value in tree.attrib.items():
        found.set(name, value)
    found.set(LOCATION, SCHEMAS["jats"])
    found.extend(list(tree))
    for part in found.iter():
        part.tag = f"{{{JATS}}}{etree.QName(part).localname}"
    return found


def _names(tree: xml.Element) -> dict[str, str]:
    names = {prefix: space for prefix, space in tree.nsmap.items() if prefix}
    return {**names, None: JATS}  # type: ignore[dict-item]  # its types forget the default
