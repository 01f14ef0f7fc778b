import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0001_first'),
        ('organisations', '0001_first'),
        ('people', '0003_waiting_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='step',
            name='backdated_because',
            field=models.CharField(blank=True, max_length=200, verbose_name='Why it is recorded late'),
        ),
        migrations.AddField(
            model_name='step',
            name='recorded_on',
            field=models.DateField(blank=True, null=True, verbose_name='Recorded on'),
        ),
    ]
