import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """
    PDFs of pages, and which pages wait for one.

    The new column may be empty, so that SQLite adds it without making the table anew.
    """

    dependencies = [
        ("articles", "0012_words_are_learned_later"),
    ]

    operations = [
        migrations.AddField(
            model_name="page",
            name="pdf_due_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(
                condition=models.Q(("pdf_due_at__isnull", False)),
                fields=["pdf_due_at"],
                name="pages_to_print",
            ),
        ),
        migrations.CreateModel(
            name="Printout",
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
                ("made_of", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("built_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("public_key", models.CharField(max_length=64)),
                ("value", models.CharField(max_length=128)),
                ("body", models.BinaryField()),
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="printout",
                        to="articles.page",
                    ),
                ),
            ],
        ),
    ]
