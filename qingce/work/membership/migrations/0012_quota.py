import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0011_admission'),
        ('organisations', '0001_first'),
        ('people', '0003_waiting_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Allotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('sector', models.CharField(choices=[('junior', 'Junior middle schools'), ('senior', 'Senior middle schools'), ('vocational', 'Vocational schools'), ('university', 'Universities'), ('society', 'Outside schools')], max_length=12, verbose_name='Sector')),
                ('count', models.PositiveIntegerField(verbose_name='Places')),
                ('block_from', models.CharField(max_length=12, verbose_name='First number')),
                ('block_to', models.CharField(max_length=12, verbose_name='Last number')),
                ('decided_on', models.DateField(verbose_name='Allotted on')),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='Document number')),
                ('taken_back_on', models.DateField(blank=True, null=True, verbose_name='Taken back on')),
                ('taken_back_because', models.CharField(blank=True, max_length=200, verbose_name='Why it was taken back')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='membership.allotment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='organisations.unit', verbose_name='To unit')),
            ],
            options={
                'verbose_name': 'Allotment',
                'ordering': ['-year', 'block_from', '-count'],
                'indexes': [models.Index(fields=['unit', 'year'], name='allotment_unit_year'), models.Index(fields=['block_from', 'block_to'], name='allotment_block')],
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='allotment_of_at_least_one'), models.CheckConstraint(condition=models.Q(('block_to__gte', models.F('block_from'))), name='allotment_block_runs_forward'), models.CheckConstraint(condition=models.Q(('taken_back_on', None), models.Q(('taken_back_because', ''), _negated=True), _connector='OR'), name='allotment_taken_back_says_why')],
            },
        ),
    ]
