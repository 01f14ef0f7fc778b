from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]

    operations = [
        migrations.AddField("entry", "number", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("entry", "origin", models.CharField("From where", max_length=60, blank=True, default="")),
        migrations.AddField("entry", "previous", models.CharField(max_length=80, editable=False, default="")),
        migrations.AddField("entry", "digest", models.CharField("Digest", max_length=80, editable=False, default="")),
        migrations.CreateModel(
            "Head",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("digest", models.CharField(default="-", max_length=80)),
            ],
            options={"verbose_name": "End of the log"},
        ),
        migrations.CreateModel(
            "Checkpoint",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True, verbose_name="Up to entry")),
                ("digest", models.CharField(max_length=80, verbose_name="Digest")),
                ("file_name", models.CharField(max_length=200, verbose_name="File")),
                ("file_digest", models.CharField(max_length=80, verbose_name="Digest of the file")),
                ("at", models.DateTimeField(verbose_name="When")),
            ],
            options={"verbose_name": "Log taken out", "ordering": ["number"], "base_manager_name": "objects", "abstract": False},
        ),
    ]
