from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organising", "0006_who_elects_and_how")]

    operations = [
        migrations.AddField(
            "congress",
            "party_congress_on",
            models.DateField("Party congress of the same level on", null=True, blank=True),
        ),
    ]
