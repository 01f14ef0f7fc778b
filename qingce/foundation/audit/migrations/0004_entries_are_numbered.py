from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_chain_what_was_told")]

    operations = [
        migrations.AlterField("entry", "number", models.PositiveBigIntegerField("Entry", unique=True)),
        migrations.AlterField("entry", "previous", models.CharField(max_length=80, editable=False)),
        migrations.AlterField("entry", "digest", models.CharField("Digest", max_length=80, editable=False)),
        migrations.AlterModelOptions(
            "entry", {"base_manager_name": "objects", "ordering": ["-at", "-pk"], "verbose_name": "Log entry"}
        ),
    ]
