"""What must be true before the first request: tables, static files, a first library."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections

from config import patience, schema

DEMO_DOMAIN = "@demo.example"
UNUSABLE = "!"  # how Django begins a password nobody has


def tables() -> None:
    """Create or migrate them; before that, refuse what was tampered with."""
    call_command("check", stdout=io.StringIO())
    schema.require_guards()
    with patience.long_statements():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    connections.close_all()


def static_files() -> None:
    """Collect them, unless what was collected last is what there is."""
    stamp = Path(settings.STATIC_ROOT, ".fingerprint")
    found = fingerprint()
    if stamp.exists() and stamp.read_text() == found:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(found)


def fingerprint() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(sources()):
        seen = path.stat()
        digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def demonstration() -> None:
    """Load the library into an empty database; finish a load that was cut short."""
    begun = Path(settings.VAR_DIR, "demo-begun")
    if "demo" not in get_commands() or not (begun.exists() or empty()):
        return
    begun.touch()
    call_command("demo", stdout=io.StringIO())
    begun.unlink()
    connections.close_all()


def empty() -> bool:
    """Tell whether nothing was written here and nobody can sign in."""
    people = apps.get_model(settings.AUTH_USER_MODEL).objects
    articles = apps.get_model("articles.Article").objects
    able = people.exclude(password__startswith=UNUSABLE)
    return not (articles.exists() or able.exists())


def demonstration_accounts() -> list[str]:
    people = apps.get_model(settings.AUTH_USER_MODEL).objects
    found = people.filter(email__endswith=DEMO_DOMAIN).order_by("email")
    return list(found.values_list("email", flat=True))
