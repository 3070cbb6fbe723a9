"""Works that were stored before anybody described them."""

from importlib import import_module

from django.apps import apps

from articles.models import Work
from articles.vocabulary import WorkSource
from editorial import ledger
from tests import make

migration = import_module("articles.migrations.0004_describe_works")
AUTHOR = [{"family": "Müller", "given": "Änne"}]


def stored(reason: str) -> Work:
    """A work as it was stored then."""
    item = make.item(author=AUTHOR)
    work = Work(fingerprint=item["DOI"], csl=item | {"note": "I doubt it"}, kind="rct")
    ledger.attribute(work, by=make.author(), reason=reason)
    work.save()
    return work


def test_works_are_described_and_freed_of_notes(db: None) -> None:
    work = stored("")

    migration.describe(apps, None)

    known = Work.objects.get(pk=work.pk)
    title = known.csl["title"].lower()
    assert (known.first_author, known.year) == ("muller", 2024)
    assert known.words == f"{title} muller anne 2024"
    assert known.csl == {n: v for n, v in work.csl.items() if n != "note"}


def test_only_what_came_with_an_import_is_vouched_for(db: None) -> None:
    works = [stored(r) for r in ("", "Imported", *migration.OF_AUTHORS[2:])]

    migration.tell_sources(apps, None)

    found = Work.objects.filter(pk__in=[work.pk for work in works]).order_by("pk")
    assert [work.source for work in found] == [
        WorkSource.TYPED,
        WorkSource.IMPORTED,
        WorkSource.TYPED,
    ]
