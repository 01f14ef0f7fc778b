"""A new issue names the one in whose place it stands, and why."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_issue_is_sealed_as_a_whole")]

    operations = [
        migrations.AddField(
            "snapshot",
            "replaces",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacement",
                to="reports.snapshot",
                verbose_name="Replaces",
            ),
        ),
        migrations.AddField(
            "snapshot",
            "because",
            models.CharField(
                blank=True, default="", max_length=200, verbose_name="Why it replaces the former issue"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "snapshot",
            models.CheckConstraint(
                condition=models.Q(("replaces", None), models.Q(("because", ""), _negated=True), _connector="OR"),
                name="replacement_says_why",
            ),
        ),
    ]
