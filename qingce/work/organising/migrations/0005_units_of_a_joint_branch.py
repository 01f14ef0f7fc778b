from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organising", "0004_congresses")]

    operations = [
        migrations.AddField(
            "change",
            "partners",
            models.CharField("Shared by", max_length=200, blank=True),
        ),
    ]
