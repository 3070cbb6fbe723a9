"""
Passages that may be quoted hang on search entries, and go with them by themselves.

A column that may be empty is added to a table of SQLite as it is: the table is not
made anew, and keeps its triggers.
"""

import django.db.models.deletion
from django.db import migrations, models

POSTGRESQL = (
    "ALTER TABLE articles_passage ADD CONSTRAINT articles_passage_goes_with_its_entry "
    "FOREIGN KEY (entry_id) REFERENCES articles_searchentry (id) ON DELETE CASCADE"
)
SQLITE = (
    "CREATE TRIGGER articles_passage_goes AFTER DELETE ON articles_searchentry "
    "BEGIN DELETE FROM articles_passage WHERE entry_id = old.id; END"
)
SQLITE_BACK = "DROP TRIGGER articles_passage_goes"


def forwards(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(SQLITE if is_sqlite else POSTGRESQL)


def backwards(apps, schema_editor):
    """On PostgreSQL it goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_pages_on_paper"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="vector",
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                condition=models.Q(("vector__isnull", False)),
                fields=["id"],
                name="entries_to_quote",
            ),
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("heading", models.TextField(blank=True, default="")),
                ("anchor", models.CharField(blank=True, default="", max_length=200)),
                ("html", models.TextField()),
                ("sources", models.JSONField(blank=True, default=list)),
                ("vector", models.BinaryField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="passages",
                        to="articles.searchentry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
