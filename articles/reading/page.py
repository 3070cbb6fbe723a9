"""
The public pages of an article, as bytes ready to store.

Pure: a text and the facts about it go in, pages come out; the same pages for the same
text and facts. No query, no request, no clock.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.canonical import sha256_hex
from articles.reading import card, recipes, status, terms
from articles.reading.built import HTML, JSON, BuiltPage
from articles.reading.elsewhere import addresses, cite, files, head, standing
from articles.reading.printed import Printed, Section, house_text
from articles.states import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from articles.reading.facts import PublicVersion, Trust
    from articles.reading.terms import Term
    from articles.reading.text import Text


FILES = {
    ".pdf": "PDF",
    ".ris": "RIS",
    ".bib": "BibTeX",
    ".csl.json": "CSL-JSON",
    ".xml": "JATS",
    ".json": "JSON",
}
"""What the files beside an article are called, by how their addresses end."""


class NotTheSignedTextError(ValueError):
    """The text is not the one its hash, and every signature under it, names."""

    def __init__(self, text: Text) -> None:
        super().__init__(
            f"{text.slug}, version {text.number}, is not the text its hash names."
        )
        self.number = text.number


def build(text: Text, trust: Trust, *, earlier: Iterable[Text] = ()) -> list[BuiltPage]:
    """
    Every public page of an article: of a preview, only the text itself.

    Of what was removed nothing is left but who wrote it and the notices.

    `earlier` are the texts of the other versions in `trust.history`. Raises
    NotTheSignedTextError before anything is printed that was not signed.
    """
    printed = Printed(text)
    if trust.standing == Standing.REMOVED:
        return [_removed(printed, trust), *_notices(printed, trust)]
    source = _source(text)
    front = _front(printed, trust, status.of(text, trust), card.of(text, trust))
    pages = [*_reading(printed, trust, front)]
    if trust.standing == Standing.PREVIEW:
        return pages
    pages += [_versions(printed, trust), _record(printed, trust)]
    pages += [_exact(printed, trust, {"front": front}), source]
    pages += _notices(printed, trust)
    pages += files.of(text, trust)
    kept = {version.number: version for version in trust.history}
    for old in earlier:
        pages += [_kept(Printed(old), trust, kept[old.number]), _source(old)]
    return pages


def _reading(printed: Printed, trust: Trust, front: SafeString) -> Iterator[BuiltPage]:
    indexable = trust.approval is not None and trust.standing == Standing.PUBLISHED
    is_printed = standing.is_printed(trust)
    shared = _shared(printed, trust) | {
        "front": front,
        "indexable": indexable,
        "before": trust.history[1].number if trust.history[1:] else None,
        "cited_as": cite.printed(printed.text, trust) if trust.history else (),
        "files": _files(printed, trust),
        "cited_files": _cited_files(printed) if standing.is_out(trust) else (),
    }
    for audience in printed.bodies:
        section, answer, met = _explained(printed, audience, trust)
        path = printed.path_for(audience)
        own = {
            "canonical": settings.SITE_URL + path,
            "head": head.of(printed.text, trust, audience),
            "section": section,
            "explained_answer": answer,
            "terms": met,
            "answer_for": printed.answer_for(section),
            "references": printed.references(section),
            "disclaimer": house_text(trust.disclaimer.get(audience, "")),
        }
        body = _html("public/article.html", shared | own)
        named = f"{printed.path}for/{audience}/"
        for address in dict.fromkeys((path, named)):
            is_main = is_printed and address == printed.path
            number = printed.text.number
            yield BuiltPage(address, HTML, body, indexable, number, is_printed=is_main)


def _explained(
    printed: Printed, audience: str, trust: Trust
) -> tuple[Section, SafeString, list[Term]]:
    """The text and its answer with the first place of each term, and those terms."""
    section = printed.section(audience)
    found = terms.explained([printed.key_answer, section.body], trust.glossary)
    answer, body = found.parts
    return section._replace(body=body), answer, found.terms


def _files(printed: Printed, trust: Trust) -> list[tuple[str, str]]:
    """The address of each file beside the article, and what it is called."""
    slug = printed.text.slug
    there = {files.ON_PAPER} if standing.is_printed(trust) else set()
    there |= set(files.BESIDE) if standing.is_out(trust) else set()
    named = ((end, name) for end, name in FILES.items() if end in there)
    return [(addresses.file_path(slug, end), name) for end, name in named]


def _cited_files(printed: Printed) -> list[tuple[str, str]]:
    """The same of the works it cites."""
    below = printed.path
    return [(f"{below}references{end}", FILES[end]) for end in files.CITED]


def _versions(printed: Printed, trust: Trust) -> BuiltPage:
    history = trust.history
    own = {"history": zip_longest(history, history[1:])}
    context = _shared(printed, trust) | own
    return _page(printed, "versions/", "public/versions.html", context)


def _kept(printed: Printed, trust: Trust, kept: PublicVersion) -> BuiltPage:
    text = printed.text
    where, who = status.of_kept(text, kept), card.of_kept(text, kept)
    own = {
        "front": _front(printed, trust, where, who),
        "newer": trust.history[0].number,
        "kept": kept,
    }
    return _exact(printed, trust, own)


def _removed(printed: Printed, trust: Trust) -> BuiltPage:
    """What stays at the address of a text that was taken out of sight."""
    own = {"byline": printed.text.byline, "dates": card.of_removed(trust)}
    context = _shared(printed, trust) | own
    return _page(printed, "", "public/removed.html", context)


def _notices(printed: Printed, trust: Trust) -> Iterator[BuiltPage]:
    """A page for each notice, which outlives what it is about."""
    for found in trust.notices:
        tail = f"notices/{found.number}/"
        answered = [n for n in trust.notices if n.number == found.answers]
        answers = [n for n in trust.notices if n.answers == found.number]
        own = {"found": found, "answered": answered, "answers": answers}
        context = _shared(printed, trust) | own
        yield _page(printed, tail, "public/notice.html", context)


def _exact(printed: Printed, trust: Trust, own: dict[str, Any]) -> BuiltPage:
    sections = printed.sections()
    context = _shared(printed, trust) | {
        "head": head.of_version(printed.text, trust),
        "sections": sections,
        "references": printed.references(*sections),
    }
    tail = f"versions/{printed.text.number}/"
    return _page(printed, tail, "public/version.html", context | own)


def _record(printed: Printed, trust: Trust) -> BuiltPage:
    earlier = [kept for kept in trust.history if kept.number != printed.text.number]
    signed = [*trust.signatures, *chain.from_iterable(v.signatures for v in earlier)]
    checkable = [signature for signature in signed if signature.value]
    newest = max(reversed(checkable), key=lambda s: s.signed_at, default=None)
    source = f"{settings.SITE_URL}{_version_path(printed.text)}canonical.json"
    own = {
        "origin": card.of(printed.text, trust).origin,
        "policy": trust.approval and card.policy_name(trust.approval.policy),
        "hash_recipe": recipes.hash_of(source),
        "earlier": earlier,
        "openssl_recipe": newest and recipes.with_openssl(newest),
        "python_recipe": checkable and recipes.with_python(checkable),
    }
    context = _shared(printed, trust) | own
    return _page(printed, "record/", "public/record.html", context)


def signed_bytes(text: Text) -> bytes:
    """The canonical bytes of a text; NotTheSignedTextError unless its hash is theirs."""
    source = text.canonical_bytes
    if sha256_hex(source) != text.sha256:
        raise NotTheSignedTextError(text)
    return source


def _source(text: Text) -> BuiltPage:
    path, source = f"{_version_path(text)}canonical.json", signed_bytes(text)
    return BuiltPage(path, JSON, source, indexable=False, version_number=text.number)


def _front(
    printed: Printed, trust: Trust, where: status.Status, who: card.Card
) -> SafeString:
    """
    What stands before the first word of the text: question, status, people.

    Where a notice stands above the text, nobody is told how far its review is.
    """
    context = {
        "text": printed.text,
        "titled": standing.titled(printed.text.question, trust.standing),
        "status": where,
        "card": who,
        "noticed": status.notice(trust.standing) is not None,
    }
    return SafeString(render_to_string("public/_front.html", context))


def _shared(printed: Printed, trust: Trust) -> dict[str, Any]:
    return {
        "text": printed.text,
        "printed": printed,
        "trust": trust,
        "notice": status.notice(trust.standing),
        "titled": standing.titled(printed.text.question, trust.standing),
        "is_folded": trust.standing == Standing.HELD,
        "is_out": standing.is_out(trust),
        "demonstration": trust.demonstration,
    }


def _page(
    printed: Printed, tail: str, template: str, context: dict[str, Any]
) -> BuiltPage:
    path = printed.path + tail
    context = {"canonical": settings.SITE_URL + path} | context
    body = _html(template, context)
    return BuiltPage(
        path, HTML, body, indexable=False, version_number=printed.text.number
    )


def _html(template: str, context: dict[str, Any]) -> bytes:
    return render_to_string(template, context).encode()


def _version_path(text: Text) -> str:
    return f"/articles/{text.slug}/versions/{text.number}/"
