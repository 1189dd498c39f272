import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0009_bridged_breaks'),
        ('authorities', '0001_initial'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='MissionNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('signed_as', models.CharField(help_text='A role and its department, no name.', max_length=255)),
                        ('at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mission_notes', to=settings.AUTH_USER_MODEL)),
                        ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='outcomes.missiondefinition')),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_mission_notes', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('signed_as', ''), _negated=True)), name='mission_note_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='withdrawn_mission_note_says_why')],
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionnote',
                    trigger=pgtrigger.compiler.Trigger(name='mission_note_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.withdrawn_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason' <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason'\n                THEN\n                    RAISE EXCEPTION 'a note on the mission stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='e816780b1dd62c0699523f5768daf0c051f6222d', operation='UPDATE', pgid='pgtrigger_mission_note_stays_04650', table='outcomes_missionnote', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionnote',
                    trigger=pgtrigger.compiler.Trigger(name='mission_note_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a89d8e9f87c3a981e61fce697a19d12cfe3e1134', operation='DELETE', pgid='pgtrigger_mission_note_never_deleted_bfcfd', table='outcomes_missionnote', when='BEFORE')),
                ),
            ],
        ),
    ]
