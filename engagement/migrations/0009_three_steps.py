import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_sliver_thresholds'),
        ('duty', '0005_indicator_set_of_a_round'),
        ('engagement', '0008_partner_views_and_levers'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='ThreeStepColumn',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('people_and_place', models.TextField(blank=True)),
                        ('partnership_and_powers', models.TextField(blank=True)),
                        ('productivity_and_process', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('updated_at', models.DateTimeField()),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='three_step_columns', to='authorities.pair')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='three_step_columns', to='duty.round')),
                        ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='three_step_columns_updated', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('round', 'pair', 'side'), name='three_step_column_once'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='three_step_side_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ThreeStepAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('priority', models.CharField(max_length=30)),
                        ('standing', models.CharField(choices=[('not_begun', 'Not begun'), ('begun', 'Begun'), ('in_place', 'In place')], max_length=9)),
                        ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='engagement.threestepcolumn')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('column', 'priority'), name='three_step_answer_once'), models.CheckConstraint(condition=models.Q(('priority__in', ('shared_outcomes', 'joint_engagement', 'what_works', 'place_first', 'place_plans', 'right_level', 'capacity', 'openness', 'shared_data', 'health_in_policies', 'existing_powers', 'next_deal', 'money_of_place', 'fiscal_talks', 'appraisal', 'values', 'prevention', 'case_for_local'))), name='three_step_priority_is_known'), models.CheckConstraint(condition=models.Q(('standing__in', ['not_begun', 'begun', 'in_place'])), name='three_step_standing_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ThreeStepColumnEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('people_and_place', models.TextField(blank=True)),
                        ('partnership_and_powers', models.TextField(blank=True)),
                        ('productivity_and_process', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=0)),
                        ('updated_at', models.DateTimeField()),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.threestepcolumn')),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.round')),
                        ('updated_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ThreeStepAnswerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('priority', models.CharField(max_length=30)),
                        ('standing', models.CharField(choices=[('not_begun', 'Not begun'), ('begun', 'Begun'), ('in_place', 'In place')], max_length=9)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.threestepanswer')),
                        ('column', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.threestepcolumn')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepcolumn',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_threestepcolumnevent" ("id", "pair_id", "partnership_and_powers", "people_and_place", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity_and_process", "round_id", "side", "updated_at", "updated_by_id", "version") VALUES (NEW."id", NEW."pair_id", NEW."partnership_and_powers", NEW."people_and_place", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."productivity_and_process", NEW."round_id", NEW."side", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='f3fe4cac49cf870677eea0279be0208a4a0d92e9', operation='INSERT', pgid='pgtrigger_insert_insert_dd22a', table='engagement_threestepcolumn', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepcolumn',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_threestepcolumnevent" ("id", "pair_id", "partnership_and_powers", "people_and_place", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity_and_process", "round_id", "side", "updated_at", "updated_by_id", "version") VALUES (NEW."id", NEW."pair_id", NEW."partnership_and_powers", NEW."people_and_place", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."productivity_and_process", NEW."round_id", NEW."side", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='49e45f6f2334a15eba42169d4aaf2a870623fcf1', operation='UPDATE', pgid='pgtrigger_update_update_c5066', table='engagement_threestepcolumn', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepcolumn',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_threestepcolumnevent" ("id", "pair_id", "partnership_and_powers", "people_and_place", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "productivity_and_process", "round_id", "side", "updated_at", "updated_by_id", "version") VALUES (OLD."id", OLD."pair_id", OLD."partnership_and_powers", OLD."people_and_place", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."productivity_and_process", OLD."round_id", OLD."side", OLD."updated_at", OLD."updated_by_id", OLD."version"); RETURN NULL;', hash='61ce0f65d78ba484dc94dc94cfc8bf24a1ef78b0', operation='DELETE', pgid='pgtrigger_delete_delete_8b563', table='engagement_threestepcolumn', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepanswerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7fe4c9ee2eee9825cfe53336dd418709a32129bc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a74b8', table='engagement_threestepanswerevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepanswer',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_threestepanswerevent" ("column_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "standing") VALUES (NEW."column_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."standing"); RETURN NULL;', hash='95be456e83c9c02e8fb91e231c8eb79467689fc8', operation='INSERT', pgid='pgtrigger_insert_insert_64936', table='engagement_threestepanswer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepanswer',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_threestepanswerevent" ("column_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "standing") VALUES (NEW."column_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."standing"); RETURN NULL;', hash='607e43905d4a5067fd9dde50e38c246fdefefb0e', operation='UPDATE', pgid='pgtrigger_update_update_e93a3', table='engagement_threestepanswer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepanswer',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_threestepanswerevent" ("column_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "standing") VALUES (OLD."column_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority", OLD."standing"); RETURN NULL;', hash='6f3da8fe52a0426b948ab1fb78c03151c7745829', operation='DELETE', pgid='pgtrigger_delete_delete_a2563', table='engagement_threestepanswer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='threestepcolumnevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f26ab73882ee47f1cba3188de197765fcf1499d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80e5a', table='engagement_threestepcolumnevent', when='BEFORE')),
                ),
            ],
        ),
    ]
