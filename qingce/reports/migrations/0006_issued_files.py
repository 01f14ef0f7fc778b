"""The files of an issue are kept as they were handed in."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_issue_may_replace_another")]

    operations = [
        migrations.CreateModel(
            name="IssuedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ending", models.CharField(max_length=10, verbose_name="Form")),
                ("file", models.FileField(upload_to="issued", verbose_name="File")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="Size")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "Issued file",
                "ordering": ["snapshot", "ending"],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "ending"), name="one_file_per_form")
                ],
            },
        )
    ]
