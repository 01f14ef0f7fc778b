"""A member recommended to the Party is confirmed by the body above: the stage gets that name."""

from django.db import migrations

from qingce.ledger.kinds.catalogue import taxonomy


def rename(apps, before, after):
    """Steps and cases of the kinds that vote on a recommendation to the Party."""
    kinds = [kind.code for kind in taxonomy().with_part("party_vote")]
    apps.get_model("membership", "Step").objects.filter(
        member_case__kind__in=kinds, stage=before
    ).update(stage=after)
    apps.get_model("membership", "MemberCase").objects.filter(kind__in=kinds, stage=before).update(
        stage=after
    )


def forwards(apps, editor):
    rename(apps, "recommended", "confirmed")


def backwards(apps, editor):
    rename(apps, "confirmed", "recommended")


class Migration(migrations.Migration):

    dependencies = [("membership", "0013_recommendation")]

    operations = [migrations.RunPython(forwards, backwards)]
