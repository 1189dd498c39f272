"""How engagement is read, as versions: drafts of the next, and who stands behind each."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0002_assessments'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='ReadingDraft',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('rubric', 'Rubric'), ('matrix', 'Matrix')], max_length=6)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waits for approval'), ('approved', 'Approved'), ('discarded', 'Discarded')], default='draft', max_length=9)),
                        ('origin', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField(help_text='See rubric_content and map_content.')),
                        ('reason', models.TextField(help_text='Why there is a new version.')),
                        ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of a draft.')),
                        ('form_key', models.UUIDField(unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('declined_reason', models.TextField(blank=True)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('discarded_reason', models.TextField(blank=True)),
                        ('version', models.PositiveSmallIntegerField(null=True)),
                        ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changed_reading_drafts', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_reading_drafts', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_reading_drafts', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['rubric', 'matrix']), ('state__in', ['draft', 'proposed', 'approved', 'discarded'])), name='reading_draft_words_are_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'proposed'])), fields=('kind',), name='one_reading_draft_of_a_kind'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='reading_draft_has_a_reason'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discarded']), ('proposed_by__isnull', False), _connector='OR'), name='proposed_reading_draft_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), ('version__isnull', False)), models.Q(models.Q(('state', 'approved'), _negated=True), ('version__isnull', True)), _connector='OR'), name='approved_reading_draft_has_a_number'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state__in', ['draft', 'proposed'])), models.Q(models.Q(('state__in', ['draft', 'proposed']), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='decided_reading_draft_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(models.Q(('decided_by', models.F('changed_by')), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='reading_draft_approved_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'discarded'), _negated=True), models.Q(('discarded_reason', ''), _negated=True), _connector='OR'), name='discarded_reading_draft_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='DraftAuthor',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authored_reading_drafts', to=settings.AUTH_USER_MODEL)),
                        ('draft', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authors', to='engagement.readingdraft')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('draft', 'person'), name='draft_author_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadingDraftEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('kind', models.CharField(choices=[('rubric', 'Rubric'), ('matrix', 'Matrix')], max_length=6)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Waits for approval'), ('approved', 'Approved'), ('discarded', 'Discarded')], default='draft', max_length=9)),
                        ('origin', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField(help_text='See rubric_content and map_content.')),
                        ('reason', models.TextField(help_text='Why there is a new version.')),
                        ('revision', models.PositiveIntegerField(default=1, help_text='Counts the changes of a draft.')),
                        ('form_key', models.UUIDField()),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('declined_reason', models.TextField(blank=True)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('discarded_reason', models.TextField(blank=True)),
                        ('version', models.PositiveSmallIntegerField(null=True)),
                        ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.readingdraft')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='approved_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='approved_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_%(class)s_versions', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='high_label',
                    field=models.CharField(default='High', max_length=24),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='low_label',
                    field=models.CharField(default='Low', max_length=24),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='not_assessed_label',
                    field=models.CharField(default='Not assessed', max_length=24),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='partial_label',
                    field=models.CharField(default='Partial', max_length=24),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='proposed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_%(class)s_versions', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='groupmap',
                    name='reason',
                    field=models.TextField(blank=True, help_text='Why there is a new version.'),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='approved_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='approved_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_%(class)s_versions', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='keeps_meaning',
                    field=models.BooleanField(null=True),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='meaning_reason',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='proposed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposed_%(class)s_versions', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='rubric',
                    name='reason',
                    field=models.TextField(blank=True, help_text='Why there is a new version.'),
                ),
                migrations.AddField(
                    model_name='supportgroup',
                    name='look',
                    field=models.CharField(default='', max_length=12),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name='supportgroup',
                    name='note',
                    field=models.CharField(blank=True, help_text='What it brings, in few words.', max_length=60),
                ),
                migrations.AddConstraint(
                    model_name='groupmap',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('proposed_by__isnull', True), ('version', 1)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('proposed_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='groupmap_behind_two_people'),
                ),
                migrations.AddConstraint(
                    model_name='rubric',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True), ('proposed_by__isnull', True), ('version', 1)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False), ('proposed_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='rubric_behind_two_people'),
                ),
                migrations.AddConstraint(
                    model_name='rubric',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('keeps_meaning__isnull', True), ('meaning_reason', ''), ('version', 1)), models.Q(('keeps_meaning__isnull', False), ('version__gt', 1), models.Q(('meaning_reason', ''), _negated=True)), _connector='OR'), name='later_rubric_says_what_levels_mean'),
                ),
                migrations.RunSQL(
                    sql="\nALTER TABLE engagement_supportgroup DISABLE TRIGGER USER;\nUPDATE engagement_supportgroup SET look = code, note = CASE code\n  WHEN 'green' THEN 'Invited to share what they learned'\n  WHEN 'amber' THEN 'Learn in a peer group'\n  WHEN 'pink' THEN 'Offer starts with the less engaged side'\n  WHEN 'red' THEN 'Core offer to both sides' ELSE '' END;\nALTER TABLE engagement_supportgroup ENABLE TRIGGER USER;\n",
                    reverse_sql='',
                ),
                migrations.AddConstraint(
                    model_name='supportgroup',
                    constraint=models.UniqueConstraint(fields=('group_map', 'look'), name='support_group_looks_once'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraft',
                    trigger=pgtrigger.compiler.Trigger(name='reading_draft_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ccedb8feaa7e5a7e3495c7ad52aa6cc52f514e57', operation='DELETE', pgid='pgtrigger_reading_draft_never_deleted_b87a4', table='engagement_readingdraft', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraft',
                    trigger=pgtrigger.compiler.Trigger(name='reading_draft_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.state IN ('approved', 'discarded') THEN\n                        RAISE EXCEPTION 'a draft that was decided on stays as it is'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state <> OLD.state\n                        AND (OLD.state, NEW.state) NOT IN (('draft', 'discarded'), ('draft', 'proposed'), ('proposed', 'approved'), ('proposed', 'discarded'), ('proposed', 'draft')) THEN\n                        RAISE EXCEPTION 'a draft does not go from % to %', OLD.state, NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state <> 'draft' AND (\n                        NEW.content <> OLD.content OR NEW.reason <> OLD.reason\n                    ) THEN\n                        RAISE EXCEPTION 'what is proposed changes as a draft only'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state = 'approved' AND EXISTS (\n                        SELECT FROM engagement_draftauthor AS author\n                        WHERE author.draft_id = NEW.id AND author.person_id = NEW.decided_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'who wrote in a draft does not approve it'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9ec96bdb0a73b733f35121d20a849824ece352fb', operation='UPDATE', pgid='pgtrigger_reading_draft_takes_steps_of_the_table_617ff', table='engagement_readingdraft', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraft',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_readingdraftevent" ("changed_at", "changed_by_id", "content", "decided_at", "decided_by_id", "declined_reason", "discarded_reason", "form_key", "id", "kind", "made_at", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "revision", "state", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."content", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."discarded_reason", NEW."form_key", NEW."id", NEW."kind", NEW."made_at", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."revision", NEW."state", NEW."version"); RETURN NULL;', hash='dfcdb621fa687b284b57f2b1a70516132d5f4ad7', operation='INSERT', pgid='pgtrigger_insert_insert_fa9bc', table='engagement_readingdraft', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraft',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_readingdraftevent" ("changed_at", "changed_by_id", "content", "decided_at", "decided_by_id", "declined_reason", "discarded_reason", "form_key", "id", "kind", "made_at", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "revision", "state", "version") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."content", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."discarded_reason", NEW."form_key", NEW."id", NEW."kind", NEW."made_at", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_by_id", NEW."reason", NEW."revision", NEW."state", NEW."version"); RETURN NULL;', hash='579955041b56e607ab05ff08bac7e1bbfa9d8bac', operation='UPDATE', pgid='pgtrigger_update_update_61693', table='engagement_readingdraft', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraft',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_readingdraftevent" ("changed_at", "changed_by_id", "content", "decided_at", "decided_by_id", "declined_reason", "discarded_reason", "form_key", "id", "kind", "made_at", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_by_id", "reason", "revision", "state", "version") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."content", OLD."decided_at", OLD."decided_by_id", OLD."declined_reason", OLD."discarded_reason", OLD."form_key", OLD."id", OLD."kind", OLD."made_at", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_by_id", OLD."reason", OLD."revision", OLD."state", OLD."version"); RETURN NULL;', hash='56b9ab847831228aa5333ff7412792610735bdf2', operation='DELETE', pgid='pgtrigger_delete_delete_eb4a3', table='engagement_readingdraft', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='draftauthor',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e8c2515b4565e75fd7fd0d033d56ce0ed185b66e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9abd5', table='engagement_draftauthor', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='readingdraftevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9768e5d98466430f9967da8d1f30f0adb6d02599', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0ec0e', table='engagement_readingdraftevent', when='BEFORE')),
                ),
            ],
        ),
    ]
