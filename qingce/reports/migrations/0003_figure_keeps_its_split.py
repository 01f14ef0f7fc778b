"""A figure keeps its split by unit, and a code by which its certificate is found."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_figure_says_its_question")]

    operations = [
        migrations.AddField(
            "frozenfigure", "shares", models.JSONField(default=list, verbose_name="By unit")
        ),
        migrations.AddField(
            "frozenfigure",
            "check_code",
            models.CharField(
                blank=True, db_index=True, default="", max_length=20, verbose_name="Check code"
            ),
            preserve_default=False,
        ),
    ]
