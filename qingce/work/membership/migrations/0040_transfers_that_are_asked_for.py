from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0039_scoring_sheets")]

    operations = [
        migrations.AddField(
            "transfer", "asked_on", models.DateField("Asked for on", null=True, blank=True)
        ),
        migrations.AddField(
            "transfer",
            "asked_because",
            models.CharField("Why it is asked for", max_length=200, blank=True),
        ),
    ]
