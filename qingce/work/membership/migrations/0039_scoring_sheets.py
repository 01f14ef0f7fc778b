import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0038_size_of_a_squad"),
        ("organisations", "0001_first"),
        ("people", "0003_waiting_name"),
        ("records", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Scoring",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField("Scoring sheet", max_length=20)),
                ("points", models.JSONField("Points", default=dict)),
                ("overridden", models.BooleanField("Negative list", default=False)),
                ("scored_on", models.DateField("Scored on")),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scorings", to="records.issue"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scorings", to="people.person"
                    ),
                ),
                (
                    "scored_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "Scoring sheet of a member",
                "constraints": [
                    models.UniqueConstraint(fields=["issue", "person"], name="one_scoring_per_member")
                ],
            },
        ),
    ]
