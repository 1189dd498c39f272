import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('authorities', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='Indicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=60, unique=True)),
                        ('fingertips_id', models.PositiveIntegerField(null=True, unique=True)),
                        ('name', models.CharField(max_length=255)),
                        ('definition', models.TextField(blank=True)),
                        ('unit', models.CharField(blank=True, max_length=60)),
                        ('scale', models.CharField(choices=[('proportion', 'Proportion'), ('rate', 'Rate'), ('years', 'Years'), ('ratio', 'Ratio'), ('index', 'Index'), ('unknown', 'Not yet known')], default='unknown', max_length=10)),
                        ('polarity', models.CharField(choices=[('high', 'High is good'), ('low', 'Low is good'), ('none', 'No judgement')], default='none', max_length=4)),
                        ('source', models.TextField(blank=True)),
                        ('licence', models.CharField(blank=True, max_length=120)),
                        ('draft', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('scale__in', ['proportion', 'rate', 'years', 'ratio', 'index', 'unknown'])), name='scale_is_known'), models.CheckConstraint(condition=models.Q(('polarity__in', ['high', 'low', 'none'])), name='polarity_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.indicator')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('code', models.SlugField(db_index=False, max_length=60)),
                        ('fingertips_id', models.PositiveIntegerField(null=True)),
                        ('name', models.CharField(max_length=255)),
                        ('definition', models.TextField(blank=True)),
                        ('unit', models.CharField(blank=True, max_length=60)),
                        ('scale', models.CharField(choices=[('proportion', 'Proportion'), ('rate', 'Rate'), ('years', 'Years'), ('ratio', 'Ratio'), ('index', 'Index'), ('unknown', 'Not yet known')], default='unknown', max_length=10)),
                        ('polarity', models.CharField(choices=[('high', 'High is good'), ('low', 'Low is good'), ('none', 'No judgement')], default='none', max_length=4)),
                        ('source', models.TextField(blank=True)),
                        ('licence', models.CharField(blank=True, max_length=120)),
                        ('draft', models.BooleanField(default=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PeriodRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=40)),
                        ('kind', models.CharField(max_length=24)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('start_date', 'end_date'), name='period_once'), models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='period_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='Breakdown',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sex', models.CharField(max_length=20)),
                        ('age', models.CharField(max_length=100)),
                        ('category_type', models.CharField(blank=True, max_length=255)),
                        ('category', models.CharField(blank=True, max_length=255)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('sex', 'age', 'category_type', 'category'), name='breakdown_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RecomputeRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(choices=[('authority', 'Strategic authority'), ('pair', 'Pair'), ('round', 'Round')], max_length=10)),
                        ('subject_id', models.UUIDField()),
                        ('reason', models.CharField(max_length=80)),
                        ('requested_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('next_attempt_at', models.DateTimeField()),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('error', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['next_attempt_at'], name='recompute_unfinished')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('started_at__isnull', True)), fields=('subject', 'subject_id'), name='recompute_waits_once'), models.CheckConstraint(condition=models.Q(('subject__in', ['authority', 'pair', 'round'])), name='recompute_subject_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='RecomputeStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='outcomes.recomputerequest')),
                        ('task', models.CharField(max_length=80)),
                        ('started_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField()),
                        ('rows_changed', models.PositiveIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('request', 'task'), name='step_once_a_request')],
                    },
                ),
                migrations.CreateModel(
                    name='AuthorityIndicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicator_pages', to='authorities.strategicauthority')),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authority_pages', to='outcomes.indicator')),
                        ('own', models.BooleanField(default=False)),
                        ('content', models.JSONField()),
                        ('input_hash', models.CharField(max_length=64)),
                        ('method_version', models.PositiveSmallIntegerField()),
                        ('computed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('authority', 'indicator', 'own'), name='authority_indicator_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Release',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_releases', to='authorities.body')),
                        ('title', models.CharField(max_length=200)),
                        ('source', models.TextField(blank=True)),
                        ('licence', models.CharField(blank=True, max_length=120)),
                        ('published_on', models.DateField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_releases', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Observation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('indicator', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.indicator')),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='authorities.body')),
                        ('period', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.periodrow')),
                        ('breakdown', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.breakdown')),
                        ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.release')),
                        ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owned_observations', to='authorities.body')),
                        ('area_code', models.CharField(help_text='As the release wrote it.', max_length=12)),
                        ('value', models.FloatField(null=True)),
                        ('lower_95', models.FloatField(null=True)),
                        ('upper_95', models.FloatField(null=True)),
                        ('lower_998', models.FloatField(null=True)),
                        ('upper_998', models.FloatField(null=True)),
                        ('count', models.FloatField(null=True)),
                        ('denominator', models.FloatField(null=True)),
                        ('note', models.CharField(choices=[('ok', 'Value'), ('missing', 'Missing'), ('suppressed', 'Suppressed'), ('withheld', 'Not published'), ('not_applicable', 'Does not apply'), ('estimated', 'Estimated'), ('unreliable', 'Not reliable'), ('remarked', 'Value with a remark')], default='ok', max_length=14)),
                        ('note_text', models.CharField(blank=True, max_length=500)),
                        ('superseded_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('indicator', 'area', 'period', 'breakdown', 'owner'), name='observation_current_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('note__in', ['ok', 'missing', 'suppressed', 'withheld', 'not_applicable', 'estimated', 'unreliable', 'remarked'])), name='note_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('note__in', ['missing', 'suppressed', 'withheld', 'not_applicable']), ('value__isnull', True)), models.Q(models.Q(('note__in', ['missing', 'suppressed', 'withheld', 'not_applicable']), _negated=True), ('value__isnull', False)), _connector='OR'), name='value_is_there_or_says_why_not'), models.CheckConstraint(condition=models.Q(models.Q(('note', 'suppressed'), _negated=True), models.Q(('count__isnull', True), ('lower_95__isnull', True), ('lower_998__isnull', True), ('upper_95__isnull', True), ('upper_998__isnull', True)), _connector='OR'), name='suppressed_shows_nothing_beside_it'), models.CheckConstraint(condition=models.Q(('lower_95__isnull', True), ('upper_95__isnull', True), ('lower_95__lte', models.F('upper_95')), _connector='OR'), name='limits_95_in_order'), models.CheckConstraint(condition=models.Q(('lower_998__isnull', True), ('upper_998__isnull', True), ('lower_998__lte', models.F('upper_998')), _connector='OR'), name='limits_998_in_order'), models.CheckConstraint(condition=models.Q(('count__isnull', True), ('count__gte', 0), _connector='OR'), name='count_not_negative'), models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gt', 0), _connector='OR'), name='denominator_above_zero')],
                    },
                ),
                migrations.CreateModel(
                    name='Upload',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='authorities.body')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField()),
                        ('file', models.FileField(upload_to='uploads/%Y/%m')),
                        ('file_name', models.CharField(max_length=200)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('state', models.CharField(choices=[('uploaded', 'Waiting to be read'), ('checking', 'Being checked'), ('rejected_file', 'Cannot be read'), ('blocking_errors', 'Has errors'), ('committed', 'Stored'), ('failed', 'Stopped by a fault of ours')], default='uploaded', max_length=16)),
                        ('rows_read', models.PositiveIntegerField(default=0)),
                        ('rows_expected', models.PositiveIntegerField(null=True)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('unchanged', models.PositiveIntegerField(default=0)),
                        ('superseded', models.PositiveIntegerField(default=0)),
                        ('problem_count', models.PositiveIntegerField(default=0)),
                        ('notices', models.JSONField(default=list)),
                        ('summary', models.JSONField(default=dict)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('progressed_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('release', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='upload', to='outcomes.release')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['body', '-uploaded_at'], name='uploads_of_body')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'rejected_file', 'blocking_errors', 'committed', 'failed'])), name='upload_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'committed'), _negated=True), ('release__isnull', False), _connector='OR'), name='stored_upload_has_its_release')],
                    },
                ),
                migrations.CreateModel(
                    name='UploadEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.upload')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('uploaded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('uploaded_at', models.DateTimeField()),
                        ('file', models.FileField(upload_to='uploads/%Y/%m')),
                        ('file_name', models.CharField(max_length=200)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('form_key', models.UUIDField()),
                        ('state', models.CharField(choices=[('uploaded', 'Waiting to be read'), ('checking', 'Being checked'), ('rejected_file', 'Cannot be read'), ('blocking_errors', 'Has errors'), ('committed', 'Stored'), ('failed', 'Stopped by a fault of ours')], default='uploaded', max_length=16)),
                        ('rows_expected', models.PositiveIntegerField(null=True)),
                        ('added', models.PositiveIntegerField(default=0)),
                        ('unchanged', models.PositiveIntegerField(default=0)),
                        ('superseded', models.PositiveIntegerField(default=0)),
                        ('problem_count', models.PositiveIntegerField(default=0)),
                        ('notices', models.JSONField(default=list)),
                        ('summary', models.JSONField(default=dict)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('release', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.release')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='UploadProblem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='outcomes.upload')),
                        ('order', models.PositiveIntegerField()),
                        ('row', models.PositiveIntegerField(null=True)),
                        ('line', models.PositiveIntegerField(null=True)),
                        ('column', models.CharField(blank=True, max_length=4)),
                        ('heading', models.CharField(blank=True, max_length=120)),
                        ('code', models.CharField(max_length=40)),
                        ('given', models.CharField(blank=True, max_length=120)),
                        ('message', models.TextField()),
                        ('fix', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('upload', 'order'), name='problem_order_once')],
                    },
                ),
            ],
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorevent" ("code", "definition", "draft", "fingertips_id", "id", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "scale", "source", "unit") VALUES (NEW."code", NEW."definition", NEW."draft", NEW."fingertips_id", NEW."id", NEW."licence", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."polarity", NEW."scale", NEW."source", NEW."unit"); RETURN NULL;', hash='7b18aced715d892022c5ba46fff6c33d29124892', operation='INSERT', pgid='pgtrigger_insert_insert_1a04d', table='outcomes_indicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_indicatorevent" ("code", "definition", "draft", "fingertips_id", "id", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "scale", "source", "unit") VALUES (NEW."code", NEW."definition", NEW."draft", NEW."fingertips_id", NEW."id", NEW."licence", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."polarity", NEW."scale", NEW."source", NEW."unit"); RETURN NULL;', hash='5a4cb25ab89999e1930f2502c724d9da539cea86', operation='UPDATE', pgid='pgtrigger_update_update_ad6d6', table='outcomes_indicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorevent" ("code", "definition", "draft", "fingertips_id", "id", "licence", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "scale", "source", "unit") VALUES (OLD."code", OLD."definition", OLD."draft", OLD."fingertips_id", OLD."id", OLD."licence", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."polarity", OLD."scale", OLD."source", OLD."unit"); RETURN NULL;', hash='b8cd3876ada3b560e0b810eb318d45a9b249bb5d', operation='DELETE', pgid='pgtrigger_delete_delete_61a74', table='outcomes_indicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0d17e1f617fb8adbe927e2665ab6d80e0b9fb82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_07029', table='outcomes_indicatorevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='848c5e2c1639649a59d2b3aaaa0937bec5f44f6b', operation='DELETE', pgid='pgtrigger_never_deleted_dee8a', table='outcomes_observation', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='never_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."breakdown_id" IS DISTINCT FROM (NEW."breakdown_id") OR OLD."count" IS DISTINCT FROM (NEW."count") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."lower_95" IS DISTINCT FROM (NEW."lower_95") OR OLD."lower_998" IS DISTINCT FROM (NEW."lower_998") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_text" IS DISTINCT FROM (NEW."note_text") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."upper_95" IS DISTINCT FROM (NEW."upper_95") OR OLD."upper_998" IS DISTINCT FROM (NEW."upper_998") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7abd7a8f7fdefebc6daf58c102724958ec8f95b3', operation='UPDATE', pgid='pgtrigger_never_edited_6659c', table='outcomes_observation', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='superseded_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."superseded_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='abec42d0df3b1cefac908d585546d6c027fa2a68', operation='UPDATE', pgid='pgtrigger_superseded_once_e0ece', table='outcomes_observation', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "file", "file_name", "finished_at", "form_key", "id", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (NEW."added", NEW."attempts", NEW."body_id", NEW."file", NEW."file_name", NEW."finished_at", NEW."form_key", NEW."id", NEW."notices", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem_count", NEW."release_id", NEW."rows_expected", NEW."sha256", NEW."size", NEW."started_at", NEW."state", NEW."summary", NEW."superseded", NEW."unchanged", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;', hash='0397ac6924e6531c86f44d6241e98fdb4e79c5dc', operation='INSERT', pgid='pgtrigger_insert_insert_5e1b0', table='outcomes_upload', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."added" IS DISTINCT FROM (NEW."added") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."notices" IS DISTINCT FROM (NEW."notices") OR OLD."problem_count" IS DISTINCT FROM (NEW."problem_count") OR OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."rows_expected" IS DISTINCT FROM (NEW."rows_expected") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."superseded" IS DISTINCT FROM (NEW."superseded") OR OLD."unchanged" IS DISTINCT FROM (NEW."unchanged") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))', func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "file", "file_name", "finished_at", "form_key", "id", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (NEW."added", NEW."attempts", NEW."body_id", NEW."file", NEW."file_name", NEW."finished_at", NEW."form_key", NEW."id", NEW."notices", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem_count", NEW."release_id", NEW."rows_expected", NEW."sha256", NEW."size", NEW."started_at", NEW."state", NEW."summary", NEW."superseded", NEW."unchanged", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;', hash='025a961ec48f40a4dbcd8d660c85ab7bc6632900', operation='UPDATE', pgid='pgtrigger_update_update_2e4ee', table='outcomes_upload', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "file", "file_name", "finished_at", "form_key", "id", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (OLD."added", OLD."attempts", OLD."body_id", OLD."file", OLD."file_name", OLD."finished_at", OLD."form_key", OLD."id", OLD."notices", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem_count", OLD."release_id", OLD."rows_expected", OLD."sha256", OLD."size", OLD."started_at", OLD."state", OLD."summary", OLD."superseded", OLD."unchanged", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;', hash='aa68336c9fe6f7a9091f9c8c77ff378fe0376647', operation='DELETE', pgid='pgtrigger_delete_delete_508b0', table='outcomes_upload', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='uploadevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a7f9b9f2fdbd20cfc826540e412de072d4c8c6e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78784', table='outcomes_uploadevent', when='BEFORE')),
        ),
    ]
