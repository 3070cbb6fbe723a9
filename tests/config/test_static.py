import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

HASHED = "config.static.HashedStorage"


def test_static_files_get_a_hash_and_gzip_and_no_more(
    settings: Any, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a { color: red }\n" * 200)
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder"
    ]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": HASHED}}

    call_command("collectstatic", verbosity=0, interactive=False)
    made = sorted(path.name for path in (tmp_path / "static").iterdir())

    assert re.fullmatch(
        r"/static/page\.[0-9a-f]{12}\.css", staticfiles_storage.url("page.css")
    )
    assert {name.rpartition(".")[2] for name in made} == {"css", "gz", "json"}
    assert len(made) == 5
