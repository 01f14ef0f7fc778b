import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0010_step_backdating'),
        ('organisations', '0001_first'),
        ('people', '0003_waiting_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('member_case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='admission', serialize=False, to='membership.membercase')),
                ('talked_by', models.CharField(blank=True, max_length=60, verbose_name='Who talked')),
                ('recommended_by', models.CharField(blank=True, choices=[('pioneers', 'Young Pioneers'), ('members', 'League members')], max_length=10, verbose_name='Recommended by')),
                ('decided_by', models.CharField(blank=True, choices=[('committee', 'Branch committee'), ('meeting', 'Branch meeting')], max_length=10, verbose_name='Decided by')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='Filed with the body above on')),
                ('mentor_talks', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Talks with a mentor')),
                ('former_school', models.CharField(blank=True, max_length=80, verbose_name='Former school of training')),
                ('former_since', models.DateField(blank=True, null=True, verbose_name='Trained there from')),
                ('former_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='Hours of lessons there')),
                ('former_paper', models.CharField(blank=True, max_length=120, verbose_name='Papers transferred, kept at')),
                ('pre_examined_on', models.DateField(blank=True, null=True, verbose_name='Pre-examined on')),
                ('pre_examination', models.CharField(blank=True, max_length=120, verbose_name='Written pre-examination')),
                ('sponsored_on', models.DateField(blank=True, null=True, verbose_name='Opinions of the sponsors on')),
                ('entitled', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Entitled to vote')),
                ('present', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Present')),
                ('ballots', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Ballots returned')),
                ('in_favour', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='In favour')),
                ('secret', models.BooleanField(default=False, verbose_name='Secret ballot')),
                ('collectively', models.BooleanField(default=False, verbose_name='Decided together')),
                ('county_filed_on', models.DateField(blank=True, null=True, verbose_name='Filed with the county on')),
                ('form_kept_at', models.CharField(blank=True, max_length=120, verbose_name='Joining form kept at')),
                ('entered_on', models.DateField(blank=True, null=True, verbose_name='Entered in the national system on')),
            ],
            options={
                'verbose_name': 'Admission',
                'indexes': [models.Index(fields=['county_filed_on'], name='admission_filed')],
            },
        ),
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('mentor', 'Mentor'), ('sponsor', 'Sponsor')], max_length=8, verbose_name='As')),
                ('member_case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpers', to='membership.membercase')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helped_to_join', to='people.person')),
            ],
            options={
                'verbose_name': 'Mentor or sponsor',
                'ordering': ['part', 'pk'],
                'indexes': [models.Index(fields=['part', 'person'], name='helper_part_person')],
                'constraints': [models.UniqueConstraint(fields=('member_case', 'person', 'part'), name='helps_once_in_a_part')],
            },
        ),
    ]
