"""
The words of a text are learned after it was put in, so each entry says if they were.

SQLite makes a table anew to add a column, and the triggers that kept the full-text
index in step go with the old one. A change of other columns is none of the index's.
"""

from django.db import migrations, models

COLUMNS = ("question", "headline", "about", "body", "spelt")
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{column}" for column in COLUMNS)
NEW = ", ".join(f"new.{column}" for column in COLUMNS)
TAKEN = (
    f"INSERT INTO articles_searchtext(articles_searchtext, rowid, {NAMES}) "
    f"VALUES ('delete', old.id, {OLD});"
)
GIVEN = f"INSERT INTO articles_searchtext(rowid, {NAMES}) VALUES (new.id, {NEW});"
DEEDS = {
    "put": f"AFTER INSERT ON articles_searchentry BEGIN {GIVEN} END",
    "take": f"AFTER DELETE ON articles_searchentry BEGIN {TAKEN} END",
    "change": f"AFTER UPDATE OF {NAMES} ON articles_searchentry BEGIN {TAKEN} {GIVEN} END",
}


def keep_in_step(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for name, what in DEEDS.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS articles_searchtext_{name}")
        schema_editor.execute(f"CREATE TRIGGER articles_searchtext_{name} {what}")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_full_text'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, keep_in_step),
        migrations.AddField(
            model_name='searchentry',
            name='learned',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(condition=models.Q(('learned', False)), fields=['id'], name='entries_to_learn'),
        ),
        migrations.RunPython(keep_in_step, migrations.RunPython.noop),
    ]
