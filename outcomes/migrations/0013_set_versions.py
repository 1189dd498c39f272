import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0012_counts_beside_pictures'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='IndicatorSetVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('name', models.CharField(max_length=160)),
                        ('indicators', models.JSONField(default=list)),
                        ('digest', models.CharField(help_text='SHA-256 of name and indicators.', max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('indicator_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='outcomes.indicatorset')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('indicator_set', 'number'), name='indicator_set_version_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='indicator_set_versions_count_from_one')],
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='indicatorsetversion',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59d6e1d6d3e5ef14d85b7dbade7d2cb49c540416', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b506b', table='outcomes_indicatorsetversion', when='BEFORE')),
                ),
            ],
        ),
    ]
