"""
Fill in where works come from and what they are looked for by.

Private notes leave the shared record; what froze with a version stays as it is. The
folding is the program's own, so that old works and new ones are found alike.
"""

from django.db import migrations

from articles.works import csl, dates, identity
from articles.works.shared import shared

BATCH = 500
OF_AUTHORS = (None, "", "Read from a file or a list, or looked up")
FILLED = ["csl", "first_author", "year", "words"]


def describe(apps, schema_editor):
    Work = apps.get_model("articles", "Work")
    batch = []
    for work in Work.objects.order_by("pk").iterator(chunk_size=BATCH):
        _fill(work)
        batch.append(work)
        if len(batch) == BATCH:
            Work.objects.bulk_update(batch, FILLED)
            batch = []
    Work.objects.bulk_update(batch, FILLED)


def _fill(work):
    work.csl = shared(csl.clean_item(work.csl).item or work.csl).item
    work.first_author = identity.first_author(work.csl)[:100]
    work.year = dates.year(work.csl)
    work.words = identity.words(work.csl)


def tell_sources(apps, schema_editor):
    History = apps.get_model("articles", "HistoricalWork")
    first = History.objects.filter(history_type="+").values_list(
        "id", "history_change_reason"
    )
    brought = [pk for pk, reason in first.iterator(BATCH) if reason not in OF_AUTHORS]
    Work = apps.get_model("articles", "Work")
    for start in range(0, len(brought), BATCH):
        some = Work.objects.filter(pk__in=brought[start : start + BATCH])
        some.update(source="imported")


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_work_records")]

    operations = [
        migrations.RunPython(describe, migrations.RunPython.noop),
        migrations.RunPython(tell_sources, migrations.RunPython.noop),
    ]
