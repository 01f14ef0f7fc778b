import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STAGES = [("proposed", "Proposed"), ("approved", "Approved"), ("refused", "Not approved")]
PROTECT, CASCADE = django.db.models.deletion.PROTECT, django.db.models.deletion.CASCADE


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0040_transfers_that_are_asked_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            "Lifting",
            [
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("grounds", models.CharField("Grounds", max_length=300)),
                ("proposed_on", models.DateField("Proposed on")),
                ("stage", models.CharField("Stage", max_length=12, choices=STAGES, default="proposed")),
                ("document_number", models.CharField("Document number", max_length=80, blank=True)),
                ("opinion", models.CharField("Opinion of the body above", max_length=200, blank=True)),
                ("decided_on", models.DateField("Decided on", null=True, blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member_case",
                    models.ForeignKey(on_delete=CASCADE, related_name="liftings", to="membership.membercase"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "Early lifting of restrictions",
                "ordering": ["proposed_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "proposed")),
                        fields=("member_case",),
                        name="one_open_lifting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "approved"), _negated=True),
                            models.Q(("document_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lifting_has_its_number",
                    ),
                ],
            },
        ),
    ]
