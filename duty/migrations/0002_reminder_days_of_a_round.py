import authorities.migration_operations
import duty.models.round
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('duty', '0001_initial'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
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
                    name='reminder_working_days',
                    field=models.PositiveSmallIntegerField(default=duty.models.round.usual_reminder, help_text='A reminder goes out so many working days before the due day.'),
                ),
                migrations.AddField(
                    model_name='roundevent',
                    name='reminder_working_days',
                    field=models.PositiveSmallIntegerField(default=duty.models.round.usual_reminder, help_text='A reminder goes out so many working days before the due day.'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (NEW."copied_from_id", NEW."covers_from", NEW."covers_to", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."edits_until", NEW."geography_date", NEW."id", NEW."is_test", NEW."name", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publish_at", NEW."reminder_working_days", NEW."reply_closes_on", NEW."reply_opens_on", NEW."requires_sign_off", NEW."slug", NEW."specification_id", NEW."state", NEW."version"); RETURN NULL;', hash='571e695b9b2f591314f44bcfd9a5693ff3bda3ee', operation='INSERT', pgid='pgtrigger_insert_insert_b3330', table='duty_round', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (NEW."copied_from_id", NEW."covers_from", NEW."covers_to", NEW."created_at", NEW."created_by_id", NEW."due_on", NEW."edits_until", NEW."geography_date", NEW."id", NEW."is_test", NEW."name", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publish_at", NEW."reminder_working_days", NEW."reply_closes_on", NEW."reply_opens_on", NEW."requires_sign_off", NEW."slug", NEW."specification_id", NEW."state", NEW."version"); RETURN NULL;', hash='079e6431ba95118ef831e839d033fc1c0bae80bd', operation='UPDATE', pgid='pgtrigger_update_update_86322', table='duty_round', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='round',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_roundevent" ("copied_from_id", "covers_from", "covers_to", "created_at", "created_by_id", "due_on", "edits_until", "geography_date", "id", "is_test", "name", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publish_at", "reminder_working_days", "reply_closes_on", "reply_opens_on", "requires_sign_off", "slug", "specification_id", "state", "version") VALUES (OLD."copied_from_id", OLD."covers_from", OLD."covers_to", OLD."created_at", OLD."created_by_id", OLD."due_on", OLD."edits_until", OLD."geography_date", OLD."id", OLD."is_test", OLD."name", OLD."opens_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publish_at", OLD."reminder_working_days", OLD."reply_closes_on", OLD."reply_opens_on", OLD."requires_sign_off", OLD."slug", OLD."specification_id", OLD."state", OLD."version"); RETURN NULL;', hash='ef72ee48eff2896c09281e93ec844534e5a69705', operation='DELETE', pgid='pgtrigger_delete_delete_47646', table='duty_round', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='round',
                    constraint=models.CheckConstraint(condition=models.Q(('reminder_working_days__gte', 1)), name='round_reminds_before_the_due_day'),
                ),
            ],
        ),
    ]
