"""
Bring an older record up to what is verified now.

What an event says of an account goes into its column. Accounts that may do more than
write, alternates and days away of which no event speaks are put on record as they are:
what they were before, nobody can tell any more.

Mail that was owed of what waits for a digest by now is no mail of its own any more.
"""

import json
from itertools import groupby

from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.canonical import canonical_json, sha256_hex
from editorial.ledger import row_digest, row_name
from reviews.signing import moment

BATCH = 500
FORM = "imprimatur-event/1"
CHAIN = "accounts"
SYSTEM = "system@imprimatur.invalid"
ZERO = "0" * 64
WHY = "On record as it stood when the record began to keep it"
TOGETHER = (
    *("author_joined", "author_declined", "authors_arranged", "recalled"),
    *("tier_changed", "accepted", "reported_late", "replied", "revised"),
    "preview_shown",
)
PARTLY = {
    "reported": "A review was signed",
    "published": "An article is public",
    "editor_changed": "Another editor is now in charge",
}
"""Of these, what one kind of reader is told waits, and what another is told does not."""
GOES_TOGETHER = "It goes out with the next digest."


def name_accounts(apps, schema_editor):
    Event = apps.get_model("editorial", "Event")
    unnamed = Event.objects.filter(kind="account_changed", account=None)
    for pk, payload in list(unnamed.values_list("pk", "payload")):
        said = json.loads(payload)["facts"]
        Event.objects.filter(pk=pk).update(account=said["account"])


def record_powers(apps, schema_editor):
    Event = apps.get_model("editorial", "Event")
    named = Event.objects.exclude(account=None).values("account")
    more = Q(groups__in=apps.get_model("auth", "Group").objects.exclude(name="author"))
    found = apps.get_model("editorial", "User").objects.exclude(pk__in=named)
    found = found.filter(more | Q(is_staff=True) | Q(is_superuser=True))
    for user in found.distinct().order_by("pk"):
        facts = _account(user)
        _append(apps, _accounts(apps), "account_changed", facts=facts, account=user)


def record_alternates(apps, schema_editor):
    """Each in the chain of its article, where it will be struck: chains are not ordered."""
    rows = apps.get_model("reviews", "Alternate").objects.select_related("version")
    unsaid = sorted(_unsaid(apps, rows), key=_article)
    for article, own in groupby(unsaid, key=_article):
        chain = apps.get_model("editorial", "Chain").objects.get(article=article)
        _append(apps, chain, "alternates_named", rows=_digests(own))


def record_days_away(apps, schema_editor):
    rows = apps.get_model("reviews", "Absence").objects.all()
    if unsaid := _unsaid(apps, rows):
        _append(apps, _accounts(apps), "away_noted", rows=_digests(unsaid))


def wait_for_a_digest(apps, schema_editor):
    unsent = Q(status__in=("pending", "parked")) | Q(status="sending", attempt_at=None)
    mails = apps.get_model("editorial", "Outbox").objects.filter(unsent, topic="mail")
    waiting = Q(event__kind__in=TOGETHER)
    for kind, sentence in PARTLY.items():
        waiting |= Q(event__kind=kind, text__startswith=f"{sentence}:")
    notices = apps.get_model("editorial", "Notification").objects.filter(waiting)
    same = {"event": OuterRef("event"), "recipient": OuterRef("recipient")}
    notices.filter(Exists(mails.filter(**same))).update(waits=True)
    moot = {"status": "moot", "settled_at": timezone.now(), "claim": None}
    gathered = notices.filter(**same, waits=True)
    mails.filter(Exists(gathered)).update(last_error=GOES_TOGETHER, **moot)


def _unsaid(apps, rows):
    """The rows of a table that no event names."""
    said, kind = set(), rows.model._meta.model_name
    Event = apps.get_model("editorial", "Event")
    speaking = Event.objects.filter(payload__contains=f'"{kind}:')
    for payload in speaking.values_list("payload", flat=True).iterator(BATCH):
        said |= json.loads(payload)["rows"].keys()
    return [row for row in rows.order_by("pk") if row_name(row) not in said]


def _digests(rows):
    return {row_name(row): row_digest(row) for row in rows}


def _article(alternate):
    return alternate.version.article_id


def _account(user):
    name = f"{user.name}, {user.credentials}" if user.credentials else user.name
    return {
        "account": user.pk,
        "name": name,
        "active": user.is_active,
        "staff": user.is_staff,
        "superuser": user.is_superuser,
        "roles": sorted(user.groups.values_list("name", flat=True)),
    }


def _accounts(apps):
    return apps.get_model("editorial", "Chain").objects.get_or_create(name=CHAIN)[0]


def _append(apps, chain, kind, *, facts=None, rows=None, account=None):
    """One more event of a chain, by the system."""
    Event = apps.get_model("editorial", "Event")
    actor = apps.get_model("editorial", "User").objects.get(email=SYSTEM)
    last = Event.objects.filter(chain=chain, seq=chain.head_seq).first()
    chain.head_seq += 1
    chain.save(update_fields=["head_seq"])
    prev, at = last.hash if last else ZERO, timezone.now()
    payload = canonical_json(
        {
            "form": FORM,
            "chain": chain.name,
            "seq": chain.head_seq,
            "prev": prev,
            "at": moment(at),
            "kind": kind,
            "actor": {"id": actor.pk, "name": actor.name, "roles": []},
            "article": chain.article_id,
            "version": None,
            "assignment": None,
            "from": "",
            "to": "",
            "reason": WHY,
            "facts": facts or {},
            "rows": rows or {},
        }
    )
    Event.objects.create(
        chain=chain,
        seq=chain.head_seq,
        kind=kind,
        actor=actor,
        article_id=chain.article_id,
        account=account,
        at=at,
        payload=payload.decode(),
        prev=prev,
        hash=sha256_hex(payload),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("editorial", "0009_a_choice_of_its_own"),
        ("reviews", "0005_pseudonyms"),
    ]

    operations = [
        migrations.RunPython(name_accounts, migrations.RunPython.noop),
        migrations.RunPython(record_powers, migrations.RunPython.noop),
        migrations.RunPython(record_alternates, migrations.RunPython.noop),
        migrations.RunPython(record_days_away, migrations.RunPython.noop),
        migrations.RunPython(wait_for_a_digest, migrations.RunPython.noop),
    ]
