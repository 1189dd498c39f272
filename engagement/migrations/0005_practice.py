import authorities.migration_operations
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('authorities', '0001_initial'),
        ('engagement', '0004_support'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='PracticeExample',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('key', models.SlugField(max_length=60, null=True, unique=True)),
                        ('started_at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practice_examples', to='authorities.body')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', False), ('key__isnull', True)), models.Q(('body__isnull', True), ('key__isnull', False)), _connector='OR'), name='practice_is_of_a_body_or_of_the_file')],
                    },
                ),
                migrations.CreateModel(
                    name='PracticeExampleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('key', models.SlugField(db_index=False, max_length=60, null=True)),
                        ('started_at', models.DateTimeField()),
                        ('form_key', models.UUIDField()),
                        ('body', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.practiceexample')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PracticeVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('returned', 'Returned'), ('published', 'Published'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='draft', max_length=9)),
                        ('title', models.CharField(max_length=150)),
                        ('summary', models.TextField()),
                        ('what_was_done', models.TextField()),
                        ('what_came', models.TextField()),
                        ('evidence', models.TextField(blank=True)),
                        ('place', models.CharField(max_length=120)),
                        ('period', models.CharField(max_length=60)),
                        ('by_whom', models.CharField(max_length=200)),
                        ('source_title', models.CharField(max_length=200)),
                        ('source_url', models.URLField(max_length=500)),
                        ('source_date', models.DateField(null=True)),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, size=None)),
                        ('function', models.CharField(blank=True, choices=[('business_and_economic_growth', 'Business and economic growth'), ('transport', 'Transport'), ('fire', 'Fire'), ('policing_and_crime', 'Policing and crime'), ('health_and_social_care', 'Health and social care'), ('health_inequalities', 'Health inequalities'), ('housing', 'Housing'), ('planning_and_regeneration', 'Planning and regeneration'), ('environmental', 'Environmental'), ('criminal_justice', 'Criminal justice'), ('arts_and_culture', 'Arts and culture'), ('adult_education', 'Adult education'), ('waste_disposal', 'Waste disposal')], max_length=28)),
                        ('determinants', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), default=list, size=None)),
                        ('searched', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('summary', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('what_was_done', 'what_came', 'evidence', 'place', 'by_whom', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('edited_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practice_decided', to=settings.AUTH_USER_MODEL)),
                        ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practice_edited', to=settings.AUTH_USER_MODEL)),
                        ('example', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='engagement.practiceexample')),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['searched'], name='practice_searched'), django.contrib.postgres.indexes.GinIndex(fields=['themes'], name='practice_themes')],
                        'constraints': [models.UniqueConstraint(fields=('example', 'number'), name='practice_version_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'returned', 'published', 'replaced', 'withdrawn'])), name='practice_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'returned'])), fields=('example',), name='practice_has_one_open_version'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('example',), name='practice_has_one_public_version'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'withdrawn']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='practice_taken_back_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('summary', ''), _negated=True), models.Q(('what_was_done', ''), _negated=True), models.Q(('what_came', ''), _negated=True), models.Q(('source_title', ''), _negated=True), models.Q(('source_url', ''), _negated=True)), name='practice_says_what_and_from_where'), models.CheckConstraint(condition=models.Q(('function__in', ['', 'business_and_economic_growth', 'transport', 'fire', 'policing_and_crime', 'health_and_social_care', 'health_inequalities', 'housing', 'planning_and_regeneration', 'environmental', 'criminal_justice', 'arts_and_culture', 'adult_education', 'waste_disposal'])), name='practice_function_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='PracticeVersionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('returned', 'Returned'), ('published', 'Published'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='draft', max_length=9)),
                        ('title', models.CharField(max_length=150)),
                        ('summary', models.TextField()),
                        ('what_was_done', models.TextField()),
                        ('what_came', models.TextField()),
                        ('evidence', models.TextField(blank=True)),
                        ('place', models.CharField(max_length=120)),
                        ('period', models.CharField(max_length=60)),
                        ('by_whom', models.CharField(max_length=200)),
                        ('source_title', models.CharField(max_length=200)),
                        ('source_url', models.URLField(max_length=500)),
                        ('source_date', models.DateField(null=True)),
                        ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, size=None)),
                        ('function', models.CharField(blank=True, choices=[('business_and_economic_growth', 'Business and economic growth'), ('transport', 'Transport'), ('fire', 'Fire'), ('policing_and_crime', 'Policing and crime'), ('health_and_social_care', 'Health and social care'), ('health_inequalities', 'Health inequalities'), ('housing', 'Housing'), ('planning_and_regeneration', 'Planning and regeneration'), ('environmental', 'Environmental'), ('criminal_justice', 'Criminal justice'), ('arts_and_culture', 'Arts and culture'), ('adult_education', 'Adult education'), ('waste_disposal', 'Waste disposal')], max_length=28)),
                        ('determinants', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), default=list, size=None)),
                        ('edited_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edited_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('example', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.practiceexample')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.practiceversion')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceexample',
                    trigger=pgtrigger.compiler.Trigger(name='practice_example_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c7a1f8d49dbbca7908d43abe3e26864c5d3ee24b', operation='DELETE', pgid='pgtrigger_practice_example_never_deleted_57293', table='engagement_practiceexample', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceexample',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_practiceexampleevent" ("body_id", "form_key", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_at"); RETURN NULL;', hash='77025cc5364cdf6838a9e8729670b8531c8be3ef', operation='INSERT', pgid='pgtrigger_insert_insert_7b5df', table='engagement_practiceexample', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceexample',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_practiceexampleevent" ("body_id", "form_key", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_at"); RETURN NULL;', hash='e86d1b91165f7522109cc241b567465ae7a4db4c', operation='UPDATE', pgid='pgtrigger_update_update_af53c', table='engagement_practiceexample', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceexample',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_practiceexampleevent" ("body_id", "form_key", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at") VALUES (OLD."body_id", OLD."form_key", OLD."id", OLD."key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."started_at"); RETURN NULL;', hash='151e65cf5dc7036c00c8a93fb3fb80777edc573a', operation='DELETE', pgid='pgtrigger_delete_delete_da331', table='engagement_practiceexample', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceexampleevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='deea64e59a5ae4e532783750fe1480aa912342c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2cfaf', table='engagement_practiceexampleevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='practice_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF (OLD.state, NEW.state) NOT IN (('draft', 'proposed'), ('proposed', 'published'), ('proposed', 'returned'), ('published', 'replaced'), ('published', 'withdrawn'), ('returned', 'draft'), ('returned', 'proposed')) THEN\n                        RAISE EXCEPTION 'a practice example does not go from % to %',\n                            OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='1fe8f33012c4a5905caf13927815d97445a9174a', operation='UPDATE', pgid='pgtrigger_practice_takes_steps_of_the_table_68c21', table='engagement_practiceversion', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='practice_text_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state NOT IN ('draft', 'returned') AND ROW(OLD.title, OLD.summary, OLD.what_was_done, OLD.what_came, OLD.evidence, OLD.place, OLD.period, OLD.by_whom, OLD.source_title, OLD.source_url, OLD.source_date, OLD.themes, OLD.function, OLD.determinants) IS DISTINCT FROM ROW(NEW.title, NEW.summary, NEW.what_was_done, NEW.what_came, NEW.evidence, NEW.place, NEW.period, NEW.by_whom, NEW.source_title, NEW.source_url, NEW.source_date, NEW.themes, NEW.function, NEW.determinants))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d9e5cd574bf2682a6f8e5985c8dae2209be6bbb2', operation='UPDATE', pgid='pgtrigger_practice_text_stays_45c23', table='engagement_practiceversion', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='practice_version_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='72d62632e3808b7020201431721e33dab8d985fa', operation='DELETE', pgid='pgtrigger_practice_version_never_deleted_6e61b', table='engagement_practiceversion', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_practiceversionevent" ("by_whom", "decided_at", "decided_by_id", "determinants", "edited_at", "edited_by_id", "evidence", "example_id", "function", "id", "number", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "source_date", "source_title", "source_url", "state", "summary", "themes", "title", "version", "what_came", "what_was_done") VALUES (NEW."by_whom", NEW."decided_at", NEW."decided_by_id", NEW."determinants", NEW."edited_at", NEW."edited_by_id", NEW."evidence", NEW."example_id", NEW."function", NEW."id", NEW."number", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."reason", NEW."source_date", NEW."source_title", NEW."source_url", NEW."state", NEW."summary", NEW."themes", NEW."title", NEW."version", NEW."what_came", NEW."what_was_done"); RETURN NULL;', hash='99ff91f50634a9f1a92e26a06dc8a84ffd2e3b00', operation='INSERT', pgid='pgtrigger_insert_insert_291a2', table='engagement_practiceversion', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."by_whom" IS DISTINCT FROM (NEW."by_whom") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."determinants" IS DISTINCT FROM (NEW."determinants") OR OLD."edited_at" IS DISTINCT FROM (NEW."edited_at") OR OLD."edited_by_id" IS DISTINCT FROM (NEW."edited_by_id") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."example_id" IS DISTINCT FROM (NEW."example_id") OR OLD."function" IS DISTINCT FROM (NEW."function") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."source_date" IS DISTINCT FROM (NEW."source_date") OR OLD."source_title" IS DISTINCT FROM (NEW."source_title") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."themes" IS DISTINCT FROM (NEW."themes") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."what_came" IS DISTINCT FROM (NEW."what_came") OR OLD."what_was_done" IS DISTINCT FROM (NEW."what_was_done"))', func='INSERT INTO "engagement_practiceversionevent" ("by_whom", "decided_at", "decided_by_id", "determinants", "edited_at", "edited_by_id", "evidence", "example_id", "function", "id", "number", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "source_date", "source_title", "source_url", "state", "summary", "themes", "title", "version", "what_came", "what_was_done") VALUES (NEW."by_whom", NEW."decided_at", NEW."decided_by_id", NEW."determinants", NEW."edited_at", NEW."edited_by_id", NEW."evidence", NEW."example_id", NEW."function", NEW."id", NEW."number", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."reason", NEW."source_date", NEW."source_title", NEW."source_url", NEW."state", NEW."summary", NEW."themes", NEW."title", NEW."version", NEW."what_came", NEW."what_was_done"); RETURN NULL;', hash='ef00a65c507fae57d1ede627bfc44c9618dd63e7', operation='UPDATE', pgid='pgtrigger_update_update_be548', table='engagement_practiceversion', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversion',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_practiceversionevent" ("by_whom", "decided_at", "decided_by_id", "determinants", "edited_at", "edited_by_id", "evidence", "example_id", "function", "id", "number", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "reason", "source_date", "source_title", "source_url", "state", "summary", "themes", "title", "version", "what_came", "what_was_done") VALUES (OLD."by_whom", OLD."decided_at", OLD."decided_by_id", OLD."determinants", OLD."edited_at", OLD."edited_by_id", OLD."evidence", OLD."example_id", OLD."function", OLD."id", OLD."number", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."reason", OLD."source_date", OLD."source_title", OLD."source_url", OLD."state", OLD."summary", OLD."themes", OLD."title", OLD."version", OLD."what_came", OLD."what_was_done"); RETURN NULL;', hash='d499619c53dc5ea83f73827b58da7ef27a4ebf49', operation='DELETE', pgid='pgtrigger_delete_delete_6248c', table='engagement_practiceversion', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='practiceversionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f983be9a2007218b910d1f735ef9b20b67d90e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb1c4', table='engagement_practiceversionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
