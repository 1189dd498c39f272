"""Which themes of a finding a body disagrees about."""

import authorities.migration_operations
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0006_pictures_uncompressed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='findingreply',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='findingreply',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='findingreply',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='findingreply',
                    name='themes',
                    field=models.JSONField(default=list),
                ),
                migrations.AddField(
                    model_name='findingreplyevent',
                    name='themes',
                    field=models.JSONField(default=list),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "themes", "version") VALUES (NEW."assessment_id", NEW."choice", NEW."evidence", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replied_at", NEW."replied_by_id", NEW."side", NEW."themes", NEW."version"); RETURN NULL;', hash='2a4369be98cadfaa6b24a1e6982c47051784b7cc', operation='INSERT', pgid='pgtrigger_insert_insert_5f5dd', table='engagement_findingreply', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "themes", "version") VALUES (NEW."assessment_id", NEW."choice", NEW."evidence", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replied_at", NEW."replied_by_id", NEW."side", NEW."themes", NEW."version"); RETURN NULL;', hash='df2f559ad1d665e36b7040e72c4fa6d5e6fbad54', operation='UPDATE', pgid='pgtrigger_update_update_9d4c0', table='engagement_findingreply', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "themes", "version") VALUES (OLD."assessment_id", OLD."choice", OLD."evidence", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replied_at", OLD."replied_by_id", OLD."side", OLD."themes", OLD."version"); RETURN NULL;', hash='ba9e3cece85bb1c93323e091c172688ab21af739', operation='DELETE', pgid='pgtrigger_delete_delete_36531', table='engagement_findingreply', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='findingreply',
                    constraint=models.CheckConstraint(condition=models.Q(('choice', 'disagree'), ('themes', []), _connector='OR'), name='themes_of_a_disagreement'),
                ),
            ],
        ),
    ]
