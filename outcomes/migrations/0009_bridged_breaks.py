import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0008_confirmed_baselines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='comparabilitybreak',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='comparabilitybreak',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='comparabilitybreak',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='comparabilitybreak',
                    name='common_period',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bridged_breaks', to='outcomes.periodrow'),
                ),
                migrations.AddField(
                    model_name='comparabilitybreak',
                    name='old_release',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bridged_breaks', to='outcomes.release'),
                ),
                migrations.AddField(
                    model_name='comparabilitybreakevent',
                    name='common_period',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.periodrow'),
                ),
                migrations.AddField(
                    model_name='comparabilitybreakevent',
                    name='old_release',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.release'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='comparabilitybreak',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_comparabilitybreakevent" ("common_period_id", "id", "indicator_id", "kind", "old_release_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."common_period_id", NEW."id", NEW."indicator_id", NEW."kind", NEW."old_release_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_on", NEW."text", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='f530a4e43e85bbed4e3c8ccc51339156c35da60f', operation='INSERT', pgid='pgtrigger_insert_insert_ff1b9', table='outcomes_comparabilitybreak', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='comparabilitybreak',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_comparabilitybreakevent" ("common_period_id", "id", "indicator_id", "kind", "old_release_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."common_period_id", NEW."id", NEW."indicator_id", NEW."kind", NEW."old_release_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_on", NEW."text", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='e707e056f18455c406cf1db1f34180cb020d0b1e', operation='UPDATE', pgid='pgtrigger_update_update_d1145', table='outcomes_comparabilitybreak', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='comparabilitybreak',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_comparabilitybreakevent" ("common_period_id", "id", "indicator_id", "kind", "old_release_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."common_period_id", OLD."id", OLD."indicator_id", OLD."kind", OLD."old_release_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."starts_on", OLD."text", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;', hash='5822ec72272f6d8bd6ba00bf0a643037a2b1edef', operation='DELETE', pgid='pgtrigger_delete_delete_2333d', table='outcomes_comparabilitybreak', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='comparabilitybreak',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('common_period__isnull', True), ('old_release__isnull', True)), models.Q(('common_period__isnull', False), ('old_release__isnull', False)), _connector='OR'), name='bridge_has_both_ends'),
                ),
            ],
        ),
    ]
