"""A figure may ask another unit or period than its report does, and be written otherwise with a reason."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_first"), ("reports", "0001_issued_reports")]

    operations = [
        migrations.AddField(
            "frozenfigure",
            "unit",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
                verbose_name="Unit",
            ),
        ),
        migrations.AddField(
            "frozenfigure",
            "period",
            models.CharField(blank=True, default="", max_length=40, verbose_name="Period"),
            preserve_default=False,
        ),
        migrations.AddField(
            "frozenfigure",
            "override",
            models.CharField(
                blank=True, default="", max_length=200, verbose_name="Why it is written otherwise"
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("frozenfigure", "figure_frozen_once"),
        migrations.AddConstraint(
            "frozenfigure",
            models.UniqueConstraint(fields=("snapshot", "place"), name="figure_in_one_place"),
        ),
    ]
