from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0036_leavers_of_a_school")]

    operations = [
        migrations.AddField(
            "admission",
            "online_percent",
            models.PositiveSmallIntegerField("Online lessons learnt (%)", null=True, blank=True),
        ),
    ]
