"""Phones on the register before they could be found: each gets its keyed digest."""

from django.db import migrations

from qingce.foundation.privacy.sealing import Unreadable, digest, unseal

BATCH = 1000
PLACE = "people.person.phone"


def fill(apps, schema_editor):
    persons = apps.get_model("people", "Person").objects.using(schema_editor.connection.alias)
    rows = persons.filter(phone_digest="").exclude(phone="").only("pk", "phone").order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:BATCH]):
        for person in some:
            try:
                person.phone_digest = digest(unseal(person.phone.stored, PLACE))
            except Unreadable:
                continue  # found again once its key is back and it was sealed anew
        persons.bulk_update(some, ["phone_digest"], batch_size=200)
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("people", "0004_phone_digest")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
