"""Whether the site is under maintenance, and what jobs of the queue did."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0006_audit_of_access'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('succeeded', models.PositiveBigIntegerField(default=0)),
                ('failed', models.PositiveBigIntegerField(default=0)),
                ('seconds_of_succeeded', models.FloatField(default=0)),
                ('seconds_of_failed', models.FloatField(default=0)),
                ('succeeded_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Maintenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('announced', 'Announced'), ('read_only', 'Read only')], max_length=9)),
                ('starts_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['announced', 'read_only'])), name='maintenance_kind_is_known'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('starts_at'))), name='maintenance_lasts_a_while'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('kind',), name='one_maintenance_a_kind')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='maintenance',
            trigger=pgtrigger.compiler.Trigger(name='maintenance_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9be8c6b4a9c7bbfe977c9d79096ce881ea287d58', operation='DELETE', pgid='pgtrigger_maintenance_never_deleted_2591f', table='authorities_maintenance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='maintenance',
            trigger=pgtrigger.compiler.Trigger(name='maintenance_stays_and_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.ended_at IS NOT NULL OR (OLD.kind, OLD.starts_at, OLD.until)\n                        IS DISTINCT FROM (NEW.kind, NEW.starts_at, NEW.until)\n                    THEN\n                        RAISE EXCEPTION 'a maintenance stays as it was said and ends once'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='52e9d78918d09c88bd9f4562c12ba07f6dc975c5', operation='UPDATE', pgid='pgtrigger_maintenance_stays_and_ends_once_9c96d', table='authorities_maintenance', when='BEFORE')),
        ),
    ]
