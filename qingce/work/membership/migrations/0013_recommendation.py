import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0012_quota'),
        ('organisations', '0001_first'),
        ('people', '0003_waiting_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('member_case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='recommendation', serialize=False, to='membership.membercase')),
                ('squad', models.CharField(blank=True, max_length=60, verbose_name='Squad')),
                ('brigade', models.CharField(blank=True, max_length=60, verbose_name='Brigade')),
                ('aim', models.CharField(blank=True, choices=[('activist', 'As a Party activist'), ('target', 'As a target of Party membership')], max_length=10, verbose_name='Recommended')),
                ('applied_on', models.DateField(blank=True, null=True, verbose_name='Applied to the Party on')),
                ('entitled', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Entitled to vote')),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Present')),
                ('in_favour', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='In favour')),
                ('examined_by', models.CharField(blank=True, max_length=60, verbose_name='Examined by')),
                ('party_body', models.CharField(blank=True, max_length=120, verbose_name='Party body')),
            ],
            options={
                'verbose_name': 'Recommendation',
            },
        ),
    ]
