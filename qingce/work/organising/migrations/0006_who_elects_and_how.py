from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organising", "0005_units_of_a_joint_branch")]

    operations = [
        migrations.AddField(
            "election",
            "secret",
            models.BooleanField("Secret ballot", null=True),
        ),
        migrations.AddField(
            "election",
            "assembly",
            models.CharField(
                "Who elects",
                max_length=12,
                blank=True,
                choices=[("members", "Meeting of all members"), ("delegates", "Congress of delegates")],
            ),
        ),
        migrations.AddField(
            "election",
            "scattered",
            models.BooleanField("Members are scattered", default=False),
        ),
        migrations.AddField(
            "election",
            "assembly_paper",
            models.CharField("Approval of the congress", max_length=80, blank=True),
        ),
    ]
