from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0037_online_lessons_of_an_applicant")]

    operations = [
        migrations.AddField(
            "recommendation",
            "squad_teams",
            models.PositiveSmallIntegerField("Teams of the squad", null=True, blank=True),
        ),
        migrations.AddField(
            "recommendation",
            "squad_pioneers",
            models.PositiveSmallIntegerField("Pioneers of the squad", null=True, blank=True),
        ),
    ]
