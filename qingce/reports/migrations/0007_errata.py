"""Errata: what an issued report said, what holds, why; with the figures put right and the files."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def key() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0006_issued_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", key()),
                ("number", models.PositiveSmallIntegerField(verbose_name="Number")),
                ("because", models.CharField(max_length=200, verbose_name="Reason")),
                ("content", models.JSONField(verbose_name="Text")),
                ("digest", models.CharField(max_length=64, verbose_name="Digest")),
                (
                    "seal",
                    models.CharField(editable=False, max_length=64, verbose_name="Digest of the whole"),
                ),
                ("at", models.DateTimeField(verbose_name="Issued at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Issued by",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errata",
                        to="reports.snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "Erratum",
                "ordering": ["snapshot", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "number"), name="errata_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="erratum_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErratumFigure",
            fields=[
                ("id", key()),
                ("before", models.CharField(max_length=60, verbose_name="Before")),
                ("before_display", models.CharField(max_length=60, verbose_name="Written before")),
                ("value", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="Value")),
                ("display", models.CharField(max_length=60, verbose_name="Written")),
                ("exact", models.CharField(max_length=60, verbose_name="Exact")),
                ("definition", models.TextField(verbose_name="Definition")),
                ("version", models.PositiveSmallIntegerField(verbose_name="Version")),
                ("definition_digest", models.CharField(max_length=16)),
                ("rows", models.JSONField(verbose_name="Rows")),
                ("added", models.JSONField(verbose_name="Rows added")),
                ("removed", models.JSONField(verbose_name="Rows removed")),
                (
                    "erratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="reports.erratum",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="put_right",
                        to="reports.frozenfigure",
                    ),
                ),
            ],
            options={
                "verbose_name": "Figure put right",
                "ordering": ["erratum", "figure__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("erratum", "figure"), name="figure_put_right_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ErratumFile",
            fields=[
                ("id", key()),
                ("ending", models.CharField(max_length=10, verbose_name="Form")),
                ("file", models.FileField(upload_to="issued", verbose_name="File")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="Size")),
                (
                    "erratum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.erratum",
                    ),
                ),
            ],
            options={
                "verbose_name": "File of an erratum",
                "ordering": ["erratum", "ending"],
                "constraints": [
                    models.UniqueConstraint(fields=("erratum", "ending"), name="one_erratum_file_per_form")
                ],
            },
        ),
    ]
