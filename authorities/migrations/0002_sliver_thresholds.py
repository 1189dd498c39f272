"""The sliver threshold over time, each approved by a second person; the first came with the site."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='SliverThreshold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(unique=True)),
                        ('share', models.DecimalField(decimal_places=4, help_text='0 to 1.', max_digits=5)),
                        ('holds_from', models.DateField(null=True)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('proposed', 'Waits for approval'), ('approved', 'Approved'), ('declined', 'Declined')], default='proposed', max_length=8)),
                        ('form_key', models.UUIDField(null=True, unique=True)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_thresholds', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_thresholds', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'approved', 'declined'])), name='threshold_state_is_known'), models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 1)), name='threshold_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('holds_from__isnull', True), ('number', 1), ('proposed_by__isnull', True), ('state', 'approved')), models.Q(('holds_from__isnull', False), ('number__gt', 1), ('proposed_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='later_threshold_has_a_day_and_a_reason'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('decided_by__isnull', True), ('state', 'proposed')), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='decided_threshold_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('number', 1), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='threshold_approved_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('declined_reason', ''), _negated=True), _connector='OR'), name='declined_threshold_has_a_reason'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('state',), name='one_threshold_proposed'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('holds_from',), name='one_threshold_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='SliverThresholdEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('share', models.DecimalField(decimal_places=4, help_text='0 to 1.', max_digits=5)),
                        ('holds_from', models.DateField(null=True)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('proposed', 'Waits for approval'), ('approved', 'Approved'), ('declined', 'Declined')], default='proposed', max_length=8)),
                        ('form_key', models.UUIDField(null=True)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='authorities.sliverthreshold')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthreshold',
                    trigger=pgtrigger.compiler.Trigger(name='threshold_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='935eb730357681f25b6946a4aa90f752b69ca801', operation='DELETE', pgid='pgtrigger_threshold_never_deleted_0082b', table='authorities_sliverthreshold', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthreshold',
                    trigger=pgtrigger.compiler.Trigger(name='threshold_is_decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (OLD.state, NEW.state) NOT IN (('proposed', 'approved'), ('proposed', 'declined'))\n                        OR (OLD.number, OLD.share, OLD.holds_from, OLD.reason, OLD.proposed_by_id)\n                        IS DISTINCT FROM\n                        (NEW.number, NEW.share, NEW.holds_from, NEW.reason, NEW.proposed_by_id)\n                    THEN\n                        RAISE EXCEPTION 'a threshold is decided once and stays as proposed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state = 'approved' AND NEW.holds_from\n                        < (NEW.decided_at AT TIME ZONE 'Europe/London')::date\n                    THEN\n                        RAISE EXCEPTION 'a threshold holds from a day that is not past'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='4915d1176df9e6054fbec762694592691c3ba542', operation='UPDATE', pgid='pgtrigger_threshold_is_decided_once_f3767', table='authorities_sliverthreshold', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthreshold',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_sliverthresholdevent" ("decided_at", "decided_by_id", "declined_reason", "form_key", "holds_from", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "share", "state") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."form_key", NEW."holds_from", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."share", NEW."state"); RETURN NULL;', hash='17ac854dac50b80cd5041d00476f2b30943dffb4', operation='INSERT', pgid='pgtrigger_insert_insert_f0cdf', table='authorities_sliverthreshold', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthreshold',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "authorities_sliverthresholdevent" ("decided_at", "decided_by_id", "declined_reason", "form_key", "holds_from", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "share", "state") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."form_key", NEW."holds_from", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."share", NEW."state"); RETURN NULL;', hash='868eab213fcef267ba7819c51b96f7ec162d9fa4', operation='UPDATE', pgid='pgtrigger_update_update_626d3', table='authorities_sliverthreshold', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthreshold',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_sliverthresholdevent" ("decided_at", "decided_by_id", "declined_reason", "form_key", "holds_from", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "share", "state") VALUES (OLD."decided_at", OLD."decided_by_id", OLD."declined_reason", OLD."form_key", OLD."holds_from", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."share", OLD."state"); RETURN NULL;', hash='b015b4d8a587bd55700ccdab6ac4fc1876f477c2', operation='DELETE', pgid='pgtrigger_delete_delete_1d12d', table='authorities_sliverthreshold', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sliverthresholdevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='081ca02d72ca2534cd8452b5f2e66944924f4c18', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8f16f', table='authorities_sliverthresholdevent', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(
            sql="INSERT INTO authorities_sliverthreshold (number, share, reason, state, proposed_at, declined_reason)\nVALUES (1, 0.02, 'It came with the site.', 'approved', now(), '')",
            reverse_sql=migrations.RunSQL.noop,
        ),
    ]
