import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duty', '0004_answers_from_expert_reviews'),
        ('outcomes', '0013_set_versions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='round',
                    name='frozen_once_scheduled',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='round',
                    name='asks_what_is_published',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='round',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='round',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='round',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='round',
                    name='indicator_set',
                    field=models.ForeignKey(help_text='Whose indicators it asks figures of; without one, each sends what it has.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='outcomes.indicatorset'),
                ),
                migrations.AddField(
                    model_name='round',
                    name='indicator_set_version',
                    field=models.ForeignKey(help_text='What stood in the set when the round was scheduled.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='outcomes.indicatorsetversion'),
                ),
                migrations.AddField(
                    model_name='roundevent',
                    name='indicator_set',
                    field=models.ForeignKey(db_constraint=False, help_text='Whose indicators it asks figures of; without one, each sends what it has.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicatorset'),
                ),
                migrations.AddField(
                    model_name='roundevent',
                    name='indicator_set_version',
                    field=models.ForeignKey(db_constraint=False, help_text='What stood in the set when the round was scheduled.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicatorsetversion'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='frozen_once_scheduled', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'draft\'))', func="\n                    IF NEW.state <> 'draft' AND (OLD.specification_id IS DISTINCT FROM NEW.specification_id OR OLD.indicator_set_id IS DISTINCT FROM NEW.indicator_set_id OR OLD.indicator_set_version_id IS DISTINCT FROM NEW.indicator_set_version_id OR OLD.is_test IS DISTINCT FROM NEW.is_test OR OLD.covers_from IS DISTINCT FROM NEW.covers_from OR OLD.covers_to IS DISTINCT FROM NEW.covers_to OR OLD.geography_date IS DISTINCT FROM NEW.geography_date OR OLD.slug IS DISTINCT FROM NEW.slug) THEN\n                        RAISE EXCEPTION 'a scheduled round asks what it asks'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='3a73de2252778d00adadc3e6a84a647efd66f09c', operation='UPDATE', pgid='pgtrigger_frozen_once_scheduled_097a4', table='duty_round', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='asks_what_is_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'draft\'))', func="\n                    IF NOT EXISTS (\n                        SELECT 1 FROM duty_specification\n                        WHERE id = NEW.specification_id AND published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a round asks what is published'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.indicator_set_version_id IS NOT NULL AND NOT EXISTS (\n                        SELECT 1 FROM outcomes_indicatorsetversion\n                        WHERE id = NEW.indicator_set_version_id\n                            AND indicator_set_id = NEW.indicator_set_id\n                    ) THEN\n                        RAISE EXCEPTION 'a round asks a version of its own set'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='40b5af0422bc840eba7b14cd4f82d20a4e30f37a', operation='INSERT OR UPDATE', pgid='pgtrigger_asks_what_is_published_396db', table='duty_round', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "indicator_set_id", "indicator_set_version_id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (NEW."copied_from_id", NEW."covers_from", NEW."covers_to", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."edits_until", NEW."geography_date", NEW."id", NEW."indicator_set_id", NEW."indicator_set_version_id", NEW."is_test", NEW."name", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publish_at", NEW."reminder_working_days", NEW."reply_closes_on", NEW."reply_opens_on", NEW."requires_sign_off", NEW."slug", NEW."specification_id", NEW."state", NEW."version"); RETURN NULL;', hash='b71e4cfce22ebc3c0f3a2c254e5abd273d0d131d', operation='INSERT', pgid='pgtrigger_insert_insert_b3330', table='duty_round', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "indicator_set_id", "indicator_set_version_id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (NEW."copied_from_id", NEW."covers_from", NEW."covers_to", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."edits_until", NEW."geography_date", NEW."id", NEW."indicator_set_id", NEW."indicator_set_version_id", NEW."is_test", NEW."name", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publish_at", NEW."reminder_working_days", NEW."reply_closes_on", NEW."reply_opens_on", NEW."requires_sign_off", NEW."slug", NEW."specification_id", NEW."state", NEW."version"); RETURN NULL;', hash='0413421cc84e77a744d38faf54b25747e087b67a', operation='UPDATE', pgid='pgtrigger_update_update_86322', table='duty_round', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "indicator_set_id", "indicator_set_version_id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (OLD."copied_from_id", OLD."covers_from", OLD."covers_to", OLD."created_at", OLD."created_by_id", OLD."due_on", OLD."edits_until", OLD."geography_date", OLD."id", OLD."indicator_set_id", OLD."indicator_set_version_id", OLD."is_test", OLD."name", OLD."opens_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publish_at", OLD."reminder_working_days", OLD."reply_closes_on", OLD."reply_opens_on", OLD."requires_sign_off", OLD."slug", OLD."specification_id", OLD."state", OLD."version"); RETURN NULL;', hash='2d76c7e1793aa2b67827d3d14bb01af817a0e105', operation='DELETE', pgid='pgtrigger_delete_delete_47646', table='duty_round', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='round',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('indicator_set__isnull', True), ('indicator_set_version__isnull', True)), models.Q(('indicator_set__isnull', False), ('state', 'draft')), models.Q(('indicator_set__isnull', False), ('indicator_set_version__isnull', False)), _connector='OR'), name='round_beyond_draft_has_its_sets_version'),
                ),
            ],
        ),
    ]
