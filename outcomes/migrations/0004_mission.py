import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('outcomes', '0003_approved_by_a_third_person'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='MissionRelease',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(help_text='Year and month, 2026-02.', max_length=7, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('method', models.SlugField(max_length=40)),
                        ('source', models.TextField()),
                        ('note', models.TextField(blank=True)),
                        ('loaded_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='MissionDefinition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(unique=True)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('in_use', 'In use'), ('replaced', 'Replaced'), ('discarded', 'Discarded')], default='draft', max_length=9)),
                        ('words', models.TextField(help_text='What the page says of the definition as a whole.')),
                        ('areas', models.CharField(choices=[('regions', 'The 9 regions of England')], max_length=8)),
                        ('gap_rule', models.CharField(choices=[('range', 'Highest region minus lowest, in the same release'), ('fixed_pair', 'Two named regions, whoever is highest')], max_length=10)),
                        ('highest_code', models.CharField(blank=True, max_length=9)),
                        ('lowest_code', models.CharField(blank=True, max_length=9)),
                        ('sexes', models.CharField(choices=[('each', 'Men and women apart, never averaged'), ('men', 'Men only'), ('women', 'Women only')], max_length=5)),
                        ('baseline_first_year', models.PositiveSmallIntegerField()),
                        ('baseline_last_year', models.PositiveSmallIntegerField()),
                        ('baseline_reason', models.CharField(max_length=255)),
                        ('share', models.CharField(choices=[('half', 'Half of the baseline gap')], max_length=4)),
                        ('target_first_year', models.PositiveSmallIntegerField(null=True)),
                        ('target_last_year', models.PositiveSmallIntegerField(null=True)),
                        ('source', models.TextField()),
                        ('reason', models.TextField(blank=True, help_text='Why there is a new version.')),
                        ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of a draft.')),
                        ('form_key', models.UUIDField(null=True, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('replaced_at', models.DateTimeField(null=True)),
                        ('discarded_reason', models.TextField(blank=True)),
                        ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_mission_definitions', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mission_definitions', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_use', 'replaced', 'discarded'])), name='definition_state_is_known'), models.CheckConstraint(condition=models.Q(('areas__in', ['regions']), ('gap_rule__in', ['range', 'fixed_pair']), ('sexes__in', ['each', 'men', 'women']), ('share__in', ['half'])), name='definition_choices_are_known'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='definitions_count_from_one'), models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('state',), name='one_definition_in_use'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('state',), name='one_definition_drafted'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', False), ('state__in', ['in_use', 'replaced'])), models.Q(models.Q(('state__in', ['in_use', 'replaced']), _negated=True), ('approved_at__isnull', True)), _connector='OR'), name='definition_in_use_is_approved'), models.CheckConstraint(condition=models.Q(('approved_at__isnull', True), models.Q(('approved_by__isnull', True), ('made_by__isnull', True), ('number', 1)), models.Q(('approved_by__isnull', False), ('made_by__isnull', False), models.Q(('approved_by', models.F('made_by')), _negated=True)), _connector='OR'), name='definition_approved_by_a_second_person'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='new_definition_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('gap_rule', 'fixed_pair'), models.Q(('highest_code', ''), _negated=True), models.Q(('lowest_code', ''), _negated=True), models.Q(('highest_code', models.F('lowest_code')), _negated=True)), models.Q(models.Q(('gap_rule', 'fixed_pair'), _negated=True), ('highest_code', ''), ('lowest_code', '')), _connector='OR'), name='fixed_pair_is_named'), models.CheckConstraint(condition=models.Q(('baseline_first_year__lte', models.F('baseline_last_year'))), name='baseline_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('target_first_year__isnull', True), ('target_last_year__isnull', True)), models.Q(('target_first_year__gt', models.F('baseline_last_year')), ('target_first_year__isnull', False), ('target_first_year__lte', models.F('target_last_year')), ('target_last_year__isnull', False)), _connector='OR'), name='target_after_baseline'), models.CheckConstraint(condition=models.Q(models.Q(('replaced_at__isnull', False), ('state', 'replaced')), models.Q(models.Q(('state', 'replaced'), _negated=True), ('replaced_at__isnull', True)), _connector='OR'), name='replaced_definition_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'discarded'), _negated=True), models.Q(('discarded_reason', ''), _negated=True), _connector='OR'), name='discarded_definition_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='MissionFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_year', models.PositiveSmallIntegerField()),
                        ('last_year', models.PositiveSmallIntegerField()),
                        ('sex', models.CharField(max_length=6)),
                        ('measure', models.CharField(choices=[('life', 'Healthy life expectancy at birth'), ('spread', '97.5th less 2.5th percentile of local areas')], max_length=6)),
                        ('area_code', models.CharField(max_length=9)),
                        ('area_name', models.CharField(max_length=80)),
                        ('value', models.FloatField()),
                        ('lower_95', models.FloatField(null=True)),
                        ('upper_95', models.FloatField(null=True)),
                        ('rank', models.CharField(blank=True, choices=[('highest', 'Highest region'), ('lowest', 'Lowest region')], max_length=7)),
                        ('loaded_at', models.DateTimeField()),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='outcomes.missionrelease')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('release', 'first_year', 'last_year', 'sex', 'measure', 'area_code'), name='headline_current_once'), models.CheckConstraint(condition=models.Q(('first_year__lte', models.F('last_year'))), name='headline_years_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('lower_95__isnull', True), ('upper_95__isnull', True)), models.Q(('lower_95__isnull', False), ('lower_95__lte', models.F('value')), ('upper_95__gte', models.F('value')), ('upper_95__isnull', False)), _connector='OR'), name='headline_between_its_limits'), models.CheckConstraint(condition=models.Q(('measure__in', ['life', 'spread']), ('sex__in', ['Male', 'Female']), ('rank__in', ['', 'highest', 'lowest'])), name='headline_words_are_known')],
                    },
                ),
                migrations.CreateModel(
                    name='MissionReading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField()),
                        ('input_hash', models.CharField(max_length=64)),
                        ('method_version', models.PositiveSmallIntegerField()),
                        ('computed_at', models.DateTimeField()),
                        ('definition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='outcomes.missiondefinition')),
                    ],
                ),
                migrations.CreateModel(
                    name='MissionDefinitionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('in_use', 'In use'), ('replaced', 'Replaced'), ('discarded', 'Discarded')], default='draft', max_length=9)),
                        ('words', models.TextField(help_text='What the page says of the definition as a whole.')),
                        ('areas', models.CharField(choices=[('regions', 'The 9 regions of England')], max_length=8)),
                        ('gap_rule', models.CharField(choices=[('range', 'Highest region minus lowest, in the same release'), ('fixed_pair', 'Two named regions, whoever is highest')], max_length=10)),
                        ('highest_code', models.CharField(blank=True, max_length=9)),
                        ('lowest_code', models.CharField(blank=True, max_length=9)),
                        ('sexes', models.CharField(choices=[('each', 'Men and women apart, never averaged'), ('men', 'Men only'), ('women', 'Women only')], max_length=5)),
                        ('baseline_first_year', models.PositiveSmallIntegerField()),
                        ('baseline_last_year', models.PositiveSmallIntegerField()),
                        ('baseline_reason', models.CharField(max_length=255)),
                        ('share', models.CharField(choices=[('half', 'Half of the baseline gap')], max_length=4)),
                        ('target_first_year', models.PositiveSmallIntegerField(null=True)),
                        ('target_last_year', models.PositiveSmallIntegerField(null=True)),
                        ('source', models.TextField()),
                        ('reason', models.TextField(blank=True, help_text='Why there is a new version.')),
                        ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of a draft.')),
                        ('form_key', models.UUIDField(null=True)),
                        ('made_at', models.DateTimeField()),
                        ('approved_at', models.DateTimeField(null=True)),
                        ('replaced_at', models.DateTimeField(null=True)),
                        ('discarded_reason', models.TextField(blank=True)),
                        ('approved_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.missiondefinition')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.RemoveConstraint(
                    model_name='recomputerequest',
                    name='recompute_subject_is_known',
                ),
                migrations.AlterField(
                    model_name='recomputerequest',
                    name='subject',
                    field=models.CharField(choices=[('authority', 'Strategic authority'), ('pair', 'Pair'), ('round', 'Round'), ('mission', 'The mission')], max_length=10),
                ),
                migrations.AddConstraint(
                    model_name='recomputerequest',
                    constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['authority', 'pair', 'round', 'mission'])), name='recompute_subject_is_known'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionrelease',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='84a3608180d2dda17c8eb45e9a593223f691f4df', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d36d5', table='outcomes_missionrelease', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='definition_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1dc1102dcb57944d104d9921e8c1e63663c777b3', operation='DELETE', pgid='pgtrigger_definition_never_deleted_8c872', table='outcomes_missiondefinition', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='definition_frozen_once_in_use', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."approved_at" IS NOT NULL)', func="\n                    RAISE EXCEPTION 'a definition in use never changes'\n                        USING ERRCODE = 'check_violation';\n                ", hash='c97a84c52e25c682b12aac1a467d77ed1ec9cd33', operation='UPDATE OF "number", "words", "areas", "gap_rule", "highest_code", "lowest_code", "sexes", "baseline_first_year", "baseline_last_year", "baseline_reason", "share", "target_first_year", "target_last_year", "source", "reason", "revision", "form_key", "made_at", "made_by_id", "approved_at", "approved_by_id", "discarded_reason"', pgid='pgtrigger_definition_frozen_once_in_use_1f213', table='outcomes_missiondefinition', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='definition_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'replaced\', \'discarded\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5d601a48f58dfd2f3f5e2203c957850a6b4c9557', operation='UPDATE', pgid='pgtrigger_definition_ends_once_5fb63', table='outcomes_missiondefinition', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_missiondefinitionevent" ("approved_at", "approved_by_id", "areas", "baseline_first_year", "baseline_last_year", "baseline_reason", "discarded_reason", "form_key", "gap_rule", "highest_code", "id", "lowest_code", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "revision", "sexes", "share", "source", "state", "target_first_year", "target_last_year", "words") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."areas", NEW."baseline_first_year", NEW."baseline_last_year", NEW."baseline_reason", NEW."discarded_reason", NEW."form_key", NEW."gap_rule", NEW."highest_code", NEW."id", NEW."lowest_code", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."replaced_at", NEW."revision", NEW."sexes", NEW."share", NEW."source", NEW."state", NEW."target_first_year", NEW."target_last_year", NEW."words"); RETURN NULL;', hash='3db178087feb78b0ac899b0cc002bb8e85ed09ce', operation='INSERT', pgid='pgtrigger_insert_insert_944a6', table='outcomes_missiondefinition', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_missiondefinitionevent" ("approved_at", "approved_by_id", "areas", "baseline_first_year", "baseline_last_year", "baseline_reason", "discarded_reason", "form_key", "gap_rule", "highest_code", "id", "lowest_code", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "revision", "sexes", "share", "source", "state", "target_first_year", "target_last_year", "words") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."areas", NEW."baseline_first_year", NEW."baseline_last_year", NEW."baseline_reason", NEW."discarded_reason", NEW."form_key", NEW."gap_rule", NEW."highest_code", NEW."id", NEW."lowest_code", NEW."made_at", NEW."made_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."replaced_at", NEW."revision", NEW."sexes", NEW."share", NEW."source", NEW."state", NEW."target_first_year", NEW."target_last_year", NEW."words"); RETURN NULL;', hash='98469f5710db38339a4085f8ed03016b5fad7159', operation='UPDATE', pgid='pgtrigger_update_update_2c74d', table='outcomes_missiondefinition', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinition',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_missiondefinitionevent" ("approved_at", "approved_by_id", "areas", "baseline_first_year", "baseline_last_year", "baseline_reason", "discarded_reason", "form_key", "gap_rule", "highest_code", "id", "lowest_code", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "revision", "sexes", "share", "source", "state", "target_first_year", "target_last_year", "words") VALUES (OLD."approved_at", OLD."approved_by_id", OLD."areas", OLD."baseline_first_year", OLD."baseline_last_year", OLD."baseline_reason", OLD."discarded_reason", OLD."form_key", OLD."gap_rule", OLD."highest_code", OLD."id", OLD."lowest_code", OLD."made_at", OLD."made_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."replaced_at", OLD."revision", OLD."sexes", OLD."share", OLD."source", OLD."state", OLD."target_first_year", OLD."target_last_year", OLD."words"); RETURN NULL;', hash='fd111aa32d4814fa944cc90844cf265eb6a2b020', operation='DELETE', pgid='pgtrigger_delete_delete_6ebdc', table='outcomes_missiondefinition', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missiondefinitionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2a26c6b3d6877ded14a56dc174d5e4ea66332e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c793c', table='outcomes_missiondefinitionevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionfigure',
                    trigger=pgtrigger.compiler.Trigger(name='headline_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1959d79563acb270c0c895b4dd5dce51630e3172', operation='DELETE', pgid='pgtrigger_headline_never_deleted_dca7d', table='outcomes_missionfigure', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionfigure',
                    trigger=pgtrigger.compiler.Trigger(name='headline_never_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."area_name" IS DISTINCT FROM (NEW."area_name") OR OLD."first_year" IS DISTINCT FROM (NEW."first_year") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_year" IS DISTINCT FROM (NEW."last_year") OR OLD."loaded_at" IS DISTINCT FROM (NEW."loaded_at") OR OLD."lower_95" IS DISTINCT FROM (NEW."lower_95") OR OLD."measure" IS DISTINCT FROM (NEW."measure") OR OLD."rank" IS DISTINCT FROM (NEW."rank") OR OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."upper_95" IS DISTINCT FROM (NEW."upper_95") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c10320216caa8afbeaf99be5a4e114aa848559fb', operation='UPDATE', pgid='pgtrigger_headline_never_edited_2daf3', table='outcomes_missionfigure', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='missionfigure',
                    trigger=pgtrigger.compiler.Trigger(name='headline_superseded_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."superseded_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0b30ce6ba95f5afdf97e62b2ebeb9d6f3254f969', operation='UPDATE', pgid='pgtrigger_headline_superseded_once_00e6f', table='outcomes_missionfigure', when='BEFORE')),
                ),
            ],
        ),
    ]
