from django.db import migrations, models


class Migration(migrations.Migration):
    """The compressed form, and the bytes moved behind all other columns."""

    dependencies = [
        ("articles", "0008_words_at_the_desk"),
    ]

    operations = [
        migrations.AddField("page", "moved", models.BinaryField(default=b"")),
        migrations.RunSQL("UPDATE articles_page SET moved = body"),
        migrations.RemoveField("page", "body"),
        migrations.RenameField("page", "moved", "body"),
        migrations.AlterField("page", "body", models.BinaryField()),
        migrations.AddField("page", "gzipped", models.BinaryField(default=b"")),
    ]
