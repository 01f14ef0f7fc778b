from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0035_reviews_by_sheet")]

    operations = [
        migrations.AddField(
            "allotment",
            "leavers",
            models.PositiveIntegerField("Pupils who leave school", null=True, blank=True),
        ),
    ]
