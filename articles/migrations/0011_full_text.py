"""
The full-text index of the search entries, in each database's own way.

PostgreSQL gets two generated columns and their indexes; its configuration leaves no
word out, so that names such as Down syndrome can be found. SQLite gets a table of
FTS5 that reads the text from the entries, and triggers that keep it in step.
"""

from django.db import migrations

LATIN = "translate({}, '/.-_@:<>&+~', '           ')"
WORDS = "setweight(to_tsvector('articles_search', {}), '{}')"


def weighed(columns, weight):
    text = " || ' ' || ".join(columns)
    return WORDS.format(LATIN.format(text), weight)


TITLE = f"{weighed(['question'], 'A')} || {weighed(['headline', 'about'], 'B')}"
BODY = weighed(["body", "spelt"], "D")

POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY articles_stem "
    "(TEMPLATE = pg_catalog.snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION articles_search (COPY = pg_catalog.english)",
    "ALTER TEXT SEARCH CONFIGURATION articles_search "
    "ALTER MAPPING REPLACE english_stem WITH articles_stem",
    "ALTER TABLE articles_searchentry "
    f"ADD COLUMN title tsvector GENERATED ALWAYS AS ({TITLE}) STORED, "
    f"ADD COLUMN words tsvector GENERATED ALWAYS AS ({TITLE} || {BODY}) STORED",
    "CREATE INDEX articles_searchentry_title ON articles_searchentry USING gin (title)",
    "CREATE INDEX articles_searchentry_words ON articles_searchentry USING gin (words)",
)
POSTGRESQL_BACK = (
    "ALTER TABLE articles_searchentry DROP COLUMN title, DROP COLUMN words",
    "DROP TEXT SEARCH CONFIGURATION articles_search",
    "DROP TEXT SEARCH DICTIONARY articles_stem",
)

COLUMNS = ("question", "headline", "about", "body", "spelt")
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
TAKEN = (
    f"INSERT INTO articles_searchtext(articles_searchtext, rowid, {NAMES}) "
    f"VALUES ('delete', old.id, {OLD});"
)
GIVEN = f"INSERT INTO articles_searchtext(rowid, {NAMES}) VALUES (new.id, {NEW});"
SQLITE = (
    f"CREATE VIRTUAL TABLE articles_searchtext USING fts5({NAMES}, "
    "content='articles_searchentry', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER articles_searchtext_put AFTER INSERT ON articles_searchentry "
    f"BEGIN {GIVEN} END",
    "CREATE TRIGGER articles_searchtext_take AFTER DELETE ON articles_searchentry "
    f"BEGIN {TAKEN} END",
    "CREATE TRIGGER articles_searchtext_change AFTER UPDATE ON articles_searchentry "
    f"BEGIN {TAKEN} {GIVEN} END",
)
SQLITE_BACK = (
    "DROP TRIGGER articles_searchtext_put",
    "DROP TRIGGER articles_searchtext_take",
    "DROP TRIGGER articles_searchtext_change",
    "DROP TABLE articles_searchtext",
)


def forwards(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def backwards(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0010_search'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
