import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('outcomes', '0007_succession_of_frameworks'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='BaselineConfirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.FloatField()),
                        ('at', models.DateTimeField()),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baseline_confirmations', to='authorities.body')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baseline_confirmations', to=settings.AUTH_USER_MODEL)),
                        ('framework_indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='baseline_confirmations', to='outcomes.frameworkindicator')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['framework_indicator', 'at'], name='baseline_confirmed_in_time')],
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='baselineconfirmation',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6491aaa2b4badefcd9c2ff4f9e5ae85cabb4ecad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0a545', table='outcomes_baselineconfirmation', when='BEFORE')),
                ),
            ],
        ),
    ]
