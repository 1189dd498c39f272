"""A published level is corrected by two people, and evidence is of more kinds."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_sliver_thresholds'),
        ('engagement', '0009_three_steps'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='ambassador',
                    name='ambassador_is_of_a_green_pair',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='ambassador',
                    name='ambassador_stays',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='ambassador',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='ambassador',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='ambassador',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enrolment',
                    name='enrolment_stays_whose_it_is',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enrolment',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enrolment',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='enrolment',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='peerlink',
                    name='link_is_with_an_amber_pair',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='peerlink',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='peerlink',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='peerlink',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='ambassador',
                    name='withdrawn_ambassador_says_by_whom',
                ),
            ],
        ),
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='FindingCorrection',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('level_before', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('rationale', models.TextField()),
                        ('picks', models.JSONField(default=dict)),
                        ('evidence', models.JSONField(default=list)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('approved', 'Approved and published'), ('declined', 'Declined'), ('taken_back', 'Taken back')], default='proposed', max_length=10)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_reason', models.TextField(blank=True, help_text='Why declined or taken back.')),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='engagement.assessment')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections_decided', to=settings.AUTH_USER_MODEL)),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections_proposed', to=settings.AUTH_USER_MODEL)),
                        ('publication', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='engagement.publication')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('assessment',), name='one_correction_waits'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='correction_side_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'approved', 'declined', 'taken_back'])), name='correction_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('rationale', ''), _negated=True)), name='level_correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('level__isnull', True), ('level_before__isnull', False)), models.Q(('level__isnull', False), ('level_before__isnull', True)), models.Q(('level__isnull', False), ('level_before__isnull', False), models.Q(('level', models.F('level_before')), _negated=True)), _connector='OR'), name='correction_gives_another_level'), models.CheckConstraint(condition=models.Q(('level__isnull', True), models.Q(('computed_level__isnull', False), ('level', models.F('computed_level'))), models.Q(('changed_reason', ''), _negated=True), _connector='OR'), name='corrected_level_says_why_another'), models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level', 'partial'), models.Q(('evidence', []), _negated=True), _connector='OR'), name='corrected_level_has_evidence'), models.CheckConstraint(condition=models.Q(('state', 'taken_back'), ('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='correction_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decided_reason', ''), ('publication__isnull', True), ('state', 'proposed')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('publication__isnull', False), ('state', 'approved')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('publication__isnull', True), ('state__in', ['declined', 'taken_back']), models.Q(('decided_reason', ''), _negated=True)), _connector='OR'), name='decided_correction_says_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingCorrectionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('level_before', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('rationale', models.TextField()),
                        ('picks', models.JSONField(default=dict)),
                        ('evidence', models.JSONField(default=list)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('approved', 'Approved and published'), ('declined', 'Declined'), ('taken_back', 'Taken back')], default='proposed', max_length=10)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_reason', models.TextField(blank=True, help_text='Why declined or taken back.')),
                        ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.assessment')),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.findingcorrection')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('publication', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.publication')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PossibleSupportPair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('enrolment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='possible_pairs', to='engagement.enrolment')),
                        ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='possible_pairs', to='engagement.peerlink')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='possible_support', to='authorities.pair')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('enrolment', 'pair'), name='possible_pair_once_an_enrolment'), models.UniqueConstraint(fields=('link', 'pair'), name='possible_pair_once_a_link'), models.CheckConstraint(condition=models.Q(models.Q(('enrolment__isnull', True), ('link__isnull', False)), models.Q(('enrolment__isnull', False), ('link__isnull', True)), _connector='OR'), name='possible_pair_of_one_thing')],
                    },
                ),
                migrations.CreateModel(
                    name='PossibleSupportPairEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('enrolment', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.enrolment')),
                        ('link', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.peerlink')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.possiblesupportpair')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='ambassador',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='ambassador',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='ambassador',
                    name='origin_pair',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_begun_here', to='authorities.pair'),
                ),
                migrations.AddField(
                    model_name='ambassadorevent',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='ambassadorevent',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='ambassadorevent',
                    name='origin_pair',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair'),
                ),
                migrations.AddField(
                    model_name='enrolment',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='enrolment',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='enrolment',
                    name='origin_pair',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_begun_here', to='authorities.pair'),
                ),
                migrations.AddField(
                    model_name='enrolmentevent',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='enrolmentevent',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='enrolmentevent',
                    name='origin_pair',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair'),
                ),
                migrations.AddField(
                    model_name='peerlink',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='peerlink',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='peerlink',
                    name='origin_pair',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_begun_here', to='authorities.pair'),
                ),
                migrations.AddField(
                    model_name='peerlinkevent',
                    name='moved_on',
                    field=models.DateField(null=True),
                ),
                migrations.AddField(
                    model_name='peerlinkevent',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='peerlinkevent',
                    name='origin_pair',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair'),
                ),
                migrations.AlterField(
                    model_name='findingevidence',
                    name='kind',
                    field=models.CharField(choices=[('link', 'Link'), ('answer', 'Answer of a submitted return'), ('commitment', 'Joint commitment'), ('framework', 'Outcomes framework'), ('own_view', 'Evidence of an own view'), ('record', 'Standing record, as submitted'), ('register', 'Seat or agreement on the public register')], default='link', max_length=10),
                ),
                migrations.AlterField(
                    model_name='findingevidenceevent',
                    name='kind',
                    field=models.CharField(choices=[('link', 'Link'), ('answer', 'Answer of a submitted return'), ('commitment', 'Joint commitment'), ('framework', 'Outcomes framework'), ('own_view', 'Evidence of an own view'), ('record', 'Standing record, as submitted'), ('register', 'Seat or agreement on the public register')], default='link', max_length=10),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='ambassador_is_of_a_green_pair', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NOT EXISTS (\n                SELECT FROM authorities_pair AS pair\n                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side\n                    WHEN \'sa\' THEN pair.authority_id WHEN \'icb\' THEN pair.board_id END\n            ) THEN\n                RAISE EXCEPTION \'the body is not that side of the pair\'\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            \n        IF NOT EXISTS (\n            SELECT FROM engagement_publishedplacement AS placed\n            WHERE placed.id = NEW.placement_id\n                AND placed.pair_id = COALESCE(NEW.origin_pair_id, NEW.pair_id)\n                AND placed."group" = \'green\'\n        ) THEN\n            RAISE EXCEPTION \'the published group of this pair is not green\'\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        \n            RETURN NEW;\n        ', hash='cca6aa7fa99b7ba2917db5e02517af067d3e6e6f', operation='INSERT OR UPDATE', pgid='pgtrigger_ambassador_is_of_a_green_pair_4cadb', table='engagement_ambassador', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='ambassador_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.withdrawn_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'pair_id' - 'body_id' - 'origin_pair_id' - 'moved_on' - 'needs_reconfirmation' <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'pair_id' - 'body_id' - 'origin_pair_id' - 'moved_on' - 'needs_reconfirmation'\n                THEN\n                    RAISE EXCEPTION 'an ambassador stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='36193f6cd3775604436165e78629cc46c2385576', operation='UPDATE', pgid='pgtrigger_ambassador_stays_26c3d', table='engagement_ambassador', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "moved_on", "needs_reconfirmation", "open_to_any", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."open_to_any", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."shares", NEW."side", NEW."volunteered_at", NEW."volunteered_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='43ab561bda3c988316fa677c95dd191ade08991b', operation='INSERT', pgid='pgtrigger_insert_insert_d9c7c', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "moved_on", "needs_reconfirmation", "open_to_any", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."open_to_any", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."shares", NEW."side", NEW."volunteered_at", NEW."volunteered_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='c10a52dbfb66a033635e73bcccbad043b82228a4', operation='UPDATE', pgid='pgtrigger_update_update_105bd', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "moved_on", "needs_reconfirmation", "open_to_any", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."body_id", OLD."form_key", OLD."id", OLD."moved_on", OLD."needs_reconfirmation", OLD."open_to_any", OLD."origin_pair_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."shares", OLD."side", OLD."volunteered_at", OLD."volunteered_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='148c45df993aeafd604c5c92e74f20866b6ddfa8', operation='DELETE', pgid='pgtrigger_delete_delete_e1fda', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='enrolment_stays_whose_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (ROW(OLD.offer_id, OLD.side, OLD.asked, OLD.began_at, OLD.began_by_id, OLD.form_key) IS DISTINCT FROM ROW(NEW.offer_id, NEW.side, NEW.asked, NEW.began_at, NEW.began_by_id, NEW.form_key) OR NEW.origin_pair_id IS NULL AND ROW(OLD.pair_id, OLD.body_id) IS DISTINCT FROM ROW(NEW.pair_id, NEW.body_id))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f9598b28b42935035694e942cc523edf2a514299', operation='UPDATE', pgid='pgtrigger_enrolment_stays_whose_it_is_92328', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "moved_on", "needs_reconfirmation", "not_given_reason", "offer_id", "origin_pair_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked", NEW."began_at", NEW."began_by_id", NEW."body_id", NEW."declined_reason", NEW."finished_at", NEW."form_key", NEW."group", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."not_given_reason", NEW."offer_id", NEW."origin_pair_id", NEW."outcome", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."started_at", NEW."state", NEW."version"); RETURN NULL;', hash='4722436d10e6ebc5b89ec4fca0329c64e28a59f1', operation='INSERT', pgid='pgtrigger_insert_insert_a89b1', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "moved_on", "needs_reconfirmation", "not_given_reason", "offer_id", "origin_pair_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked", NEW."began_at", NEW."began_by_id", NEW."body_id", NEW."declined_reason", NEW."finished_at", NEW."form_key", NEW."group", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."not_given_reason", NEW."offer_id", NEW."origin_pair_id", NEW."outcome", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."started_at", NEW."state", NEW."version"); RETURN NULL;', hash='83a687bba874afb4f8b954aed6380982d2130c2f', operation='UPDATE', pgid='pgtrigger_update_update_a59a1', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "moved_on", "needs_reconfirmation", "not_given_reason", "offer_id", "origin_pair_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."asked", OLD."began_at", OLD."began_by_id", OLD."body_id", OLD."declined_reason", OLD."finished_at", OLD."form_key", OLD."group", OLD."id", OLD."moved_on", OLD."needs_reconfirmation", OLD."not_given_reason", OLD."offer_id", OLD."origin_pair_id", OLD."outcome", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."side", OLD."started_at", OLD."state", OLD."version"); RETURN NULL;', hash='2aa968f074efa24fbe3d9f2a343ed9f25a4a030b', operation='DELETE', pgid='pgtrigger_delete_delete_8c641', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='link_is_with_an_amber_pair', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NOT EXISTS (\n                SELECT FROM authorities_pair AS pair\n                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side\n                    WHEN \'sa\' THEN pair.authority_id WHEN \'icb\' THEN pair.board_id END\n            ) THEN\n                RAISE EXCEPTION \'the body is not that side of the pair\'\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            \n        IF NOT EXISTS (\n            SELECT FROM engagement_publishedplacement AS placed\n            WHERE placed.id = NEW.placement_id\n                AND placed.pair_id = COALESCE(NEW.origin_pair_id, NEW.pair_id)\n                AND placed."group" = \'amber\'\n        ) THEN\n            RAISE EXCEPTION \'the published group of this pair is not amber\'\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        \n            RETURN NEW;\n        ', hash='29fb15ad05bafbc8f98c0dbb7d76ae55ffdfe9a1', operation='INSERT OR UPDATE', pgid='pgtrigger_link_is_with_an_amber_pair_7eb89', table='engagement_peerlink', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "moved_on", "needs_reconfirmation", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (NEW."about", NEW."ambassador_id", NEW."answered_at", NEW."answered_by_id", NEW."body_id", NEW."declined_reason", NEW."ended_at", NEW."ended_words", NEW."form_key", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."side", NEW."state"); RETURN NULL;', hash='618444ce9cfa3651130ed522d27ebdf203093c1f', operation='INSERT', pgid='pgtrigger_insert_insert_5c549', table='engagement_peerlink', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "moved_on", "needs_reconfirmation", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (NEW."about", NEW."ambassador_id", NEW."answered_at", NEW."answered_by_id", NEW."body_id", NEW."declined_reason", NEW."ended_at", NEW."ended_words", NEW."form_key", NEW."id", NEW."moved_on", NEW."needs_reconfirmation", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."side", NEW."state"); RETURN NULL;', hash='4bcb039ee8218620b838075963bf57d6b45fc9da', operation='UPDATE', pgid='pgtrigger_update_update_b4d16', table='engagement_peerlink', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "moved_on", "needs_reconfirmation", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (OLD."about", OLD."ambassador_id", OLD."answered_at", OLD."answered_by_id", OLD."body_id", OLD."declined_reason", OLD."ended_at", OLD."ended_words", OLD."form_key", OLD."id", OLD."moved_on", OLD."needs_reconfirmation", OLD."origin_pair_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proposed_at", OLD."proposed_by_id", OLD."side", OLD."state"); RETURN NULL;', hash='30868f110089fba6c3153ca882bb8be236b449fb', operation='DELETE', pgid='pgtrigger_delete_delete_e44b6', table='engagement_peerlink', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='ambassador',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('moved_on__isnull', False), ('withdrawn_at__isnull', False)), _connector='OR'), name='withdrawn_ambassador_says_by_whom'),
                ),
                migrations.AddConstraint(
                    model_name='ambassador',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_on__isnull', True), ('needs_reconfirmation', False), ('origin_pair__isnull', True)), models.Q(('moved_on__isnull', False), ('origin_pair__isnull', False)), _connector='OR'), name='moved_ambassador_says_from_where'),
                ),
                migrations.AddConstraint(
                    model_name='enrolment',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_on__isnull', True), ('needs_reconfirmation', False), ('origin_pair__isnull', True)), models.Q(('moved_on__isnull', False), ('origin_pair__isnull', False)), _connector='OR'), name='moved_enrolment_says_from_where'),
                ),
                migrations.AddConstraint(
                    model_name='peerlink',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('moved_on__isnull', True), ('needs_reconfirmation', False), ('origin_pair__isnull', True)), models.Q(('moved_on__isnull', False), ('origin_pair__isnull', False)), _connector='OR'), name='moved_link_says_from_where'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='corrects_what_is_published', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.state <> 'proposed' OR NOT EXISTS (\n                        SELECT FROM engagement_assessment AS assessment\n                        JOIN engagement_publication AS publication\n                            ON publication.round_id = assessment.round_id\n                        WHERE assessment.id = NEW.assessment_id AND assessment.state = 'final'\n                            AND publication.withdrawn_at IS NULL\n                            AND publication.published_at <= clock_timestamp()\n                    ) THEN\n                        RAISE EXCEPTION 'only what is published is corrected'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='a3f015ff835f230d3efac098a25e9fd538434649', operation='INSERT', pgid='pgtrigger_corrects_what_is_published_1c4a3', table='engagement_findingcorrection', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='correction_decided_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.state <> 'proposed'\n                        OR to_jsonb(NEW) - 'state' - 'decided_by_id' - 'decided_at' - 'decided_reason' - 'publication_id' <> to_jsonb(OLD) - 'state' - 'decided_by_id' - 'decided_at' - 'decided_reason' - 'publication_id' THEN\n                        RAISE EXCEPTION 'a correction stays as it was proposed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.publication_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM engagement_publication AS publication\n                        JOIN engagement_assessment AS assessment\n                            ON assessment.round_id = publication.round_id\n                        WHERE publication.id = NEW.publication_id\n                            AND assessment.id = NEW.assessment_id\n                    ) THEN\n                        RAISE EXCEPTION 'a correction is published with its own round'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='889e7c1e692b31fa405d148821ca40e5eff7063a', operation='UPDATE', pgid='pgtrigger_correction_decided_once_a8950', table='engagement_findingcorrection', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='correction_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='81a726e2b508873b9d75de30f311091981e13b3f', operation='DELETE', pgid='pgtrigger_correction_never_deleted_aeda0', table='engagement_findingcorrection', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingcorrectionevent" ("assessment_id", "changed_reason", "computed_level", "decided_at", "decided_by_id", "decided_reason", "evidence", "id", "level", "level_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picks", "proposed_at", "proposed_by_id", "publication_id", "rationale", "reason", "side", "state") VALUES (NEW."assessment_id", NEW."changed_reason", NEW."computed_level", NEW."decided_at", NEW."decided_by_id", NEW."decided_reason", NEW."evidence", NEW."id", NEW."level", NEW."level_before", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."picks", NEW."proposed_at", NEW."proposed_by_id", NEW."publication_id", NEW."rationale", NEW."reason", NEW."side", NEW."state"); RETURN NULL;', hash='194147676ba86ac6165e2fc1e88dc26bac449ba3', operation='INSERT', pgid='pgtrigger_insert_insert_af7dd', table='engagement_findingcorrection', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingcorrectionevent" ("assessment_id", "changed_reason", "computed_level", "decided_at", "decided_by_id", "decided_reason", "evidence", "id", "level", "level_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picks", "proposed_at", "proposed_by_id", "publication_id", "rationale", "reason", "side", "state") VALUES (NEW."assessment_id", NEW."changed_reason", NEW."computed_level", NEW."decided_at", NEW."decided_by_id", NEW."decided_reason", NEW."evidence", NEW."id", NEW."level", NEW."level_before", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."picks", NEW."proposed_at", NEW."proposed_by_id", NEW."publication_id", NEW."rationale", NEW."reason", NEW."side", NEW."state"); RETURN NULL;', hash='dc8b95fce108ffcee01fce259e4b90058c13ec7d', operation='UPDATE', pgid='pgtrigger_update_update_f7d06', table='engagement_findingcorrection', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrection',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingcorrectionevent" ("assessment_id", "changed_reason", "computed_level", "decided_at", "decided_by_id", "decided_reason", "evidence", "id", "level", "level_before", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picks", "proposed_at", "proposed_by_id", "publication_id", "rationale", "reason", "side", "state") VALUES (OLD."assessment_id", OLD."changed_reason", OLD."computed_level", OLD."decided_at", OLD."decided_by_id", OLD."decided_reason", OLD."evidence", OLD."id", OLD."level", OLD."level_before", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."picks", OLD."proposed_at", OLD."proposed_by_id", OLD."publication_id", OLD."rationale", OLD."reason", OLD."side", OLD."state"); RETURN NULL;', hash='7a325ebff41860457e8d46360ab2393b110f1912', operation='DELETE', pgid='pgtrigger_delete_delete_3a0e2', table='engagement_findingcorrection', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingcorrectionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f6e95c12623480b929f5627e579796da34b98e84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_39957', table='engagement_findingcorrectionevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possiblesupportpair',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_possiblesupportpairevent" ("enrolment_id", "id", "link_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."enrolment_id", NEW."id", NEW."link_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1b43a3c188f9c254d1e3dc546a1d7421d82200b0', operation='INSERT', pgid='pgtrigger_insert_insert_3045f', table='engagement_possiblesupportpair', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possiblesupportpair',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_possiblesupportpairevent" ("enrolment_id", "id", "link_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."enrolment_id", NEW."id", NEW."link_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='14e93726fc83998288f5309f1fc10e11b9a87fd9', operation='UPDATE', pgid='pgtrigger_update_update_fffd1', table='engagement_possiblesupportpair', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possiblesupportpair',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_possiblesupportpairevent" ("enrolment_id", "id", "link_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."enrolment_id", OLD."id", OLD."link_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='de7b4a5e42e5844f1e62a15602ef07fffb746dd8', operation='DELETE', pgid='pgtrigger_delete_delete_04efe', table='engagement_possiblesupportpair', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possiblesupportpairevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cc9d074f8693cf8c000238c47babe8b3bcd8f134', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73932', table='engagement_possiblesupportpairevent', when='BEFORE')),
                ),
            ],
        ),
    ]
