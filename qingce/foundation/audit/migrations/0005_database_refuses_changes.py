from django.db import migrations

from qingce.foundation.audit import triggers


def put_up(apps, schema_editor):
    triggers.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    triggers.take_down(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_entries_are_numbered")]
    operations = [migrations.RunPython(put_up, take_down)]
