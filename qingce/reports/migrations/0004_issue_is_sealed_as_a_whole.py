"""One digest over text, figures, rows and files of an issue; and its title's initials, for searching."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_figure_keeps_its_split")]

    operations = [
        migrations.AddField(
            "snapshot",
            "seal",
            models.CharField(
                blank=True, default="", editable=False, max_length=64, verbose_name="Digest of the whole"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "snapshot",
            "initials",
            models.CharField(blank=True, default="", editable=False, max_length=200),
            preserve_default=False,
        ),
    ]
