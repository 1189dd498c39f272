"""A published level is corrected by two people, and evidence is of more kinds."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0007_reply'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
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
            ],
        ),
    ]
