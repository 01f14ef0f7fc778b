import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0033_dues'),
        ('organisations', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='membercase',
            name='stay_ended',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership', verbose_name='Stay ended'),
        ),
        migrations.AddField(
            model_name='membercase',
            name='stay_begun',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.membership', verbose_name='Stay begun'),
        ),
    ]
