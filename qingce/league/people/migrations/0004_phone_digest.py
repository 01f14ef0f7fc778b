from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_waiting_name")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="phone_digest",
            field=models.CharField(blank=True, db_index=True, default="", editable=False, max_length=64),
        ),
    ]
