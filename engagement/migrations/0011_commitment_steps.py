"""A side asks to change or close a commitment and the other answers; updates are sent back."""

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
        ('authorities', '__first__'),
        ('engagement', '0010_corrections'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='commitment',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='commitment',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='commitment',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='commitment',
                    name='agreed_commitment_has_both_owners',
                ),
            ],
        ),
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='CommitmentChange',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('waits', 'Waits for the other side'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('taken_back', 'Taken back')], default='waits', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('refused_reason', models.TextField(blank=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('description', models.TextField(blank=True)),
                        ('target_date', models.DateField(null=True)),
                        ('no_date_reason', models.TextField(blank=True)),
                        ('old_title', models.CharField(max_length=200)),
                        ('old_description', models.TextField(blank=True)),
                        ('old_target_date', models.DateField(null=True)),
                        ('old_no_date_reason', models.TextField(blank=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='engagement.commitment')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commitmentchange_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waits')), models.Q(models.Q(('state', 'waits'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='commitmentchange_answered_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['waits', 'taken_back']), ('answered_by__isnull', False), _connector='OR'), name='commitmentchange_answer_is_a_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refused_reason', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refused_reason', '')), _connector='OR'), name='commitmentchange_refused_says_why'), models.UniqueConstraint(condition=models.Q(('state', 'waits')), fields=('commitment',), name='commitmentchange_waits_once_a_commitment'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(models.Q(('no_date_reason', ''), ('target_date__isnull', False)), models.Q(('target_date__isnull', True), models.Q(('no_date_reason', ''), _negated=True)), _connector='OR')), name='change_has_a_title_and_a_date_or_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentClosure',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('reason', models.TextField()),
                        ('state', models.CharField(choices=[('waits', 'Waits for the other side'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('taken_back', 'Taken back')], default='waits', max_length=10)),
                        ('asked_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('refused_reason', models.TextField(blank=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('final_status', models.CharField(choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='engagement.commitment')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='commitmentclosure_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('state', 'waits')), models.Q(models.Q(('state', 'waits'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='commitmentclosure_answered_says_when'), models.CheckConstraint(condition=models.Q(('state__in', ['waits', 'taken_back']), ('answered_by__isnull', False), _connector='OR'), name='commitmentclosure_answer_is_a_persons'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('refused_reason', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('refused_reason', '')), _connector='OR'), name='commitmentclosure_refused_says_why'), models.UniqueConstraint(condition=models.Q(('state', 'waits')), fields=('commitment',), name='commitmentclosure_waits_once_a_commitment'), models.CheckConstraint(condition=models.Q(('final_status__in', ['met', 'constrained'])), name='closure_has_a_final_status')],
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentUpdateReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(blank=True, choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('comment', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('update', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sent_back', to='engagement.commitmentupdate')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('comment', ''), _negated=True), name='sent_back_update_says_why')],
                    },
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='closed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='final_status',
                    field=models.CharField(blank=True, choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='closed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='final_status',
                    field=models.CharField(blank=True, choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='state',
                    field=models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('closing', 'Waits to be closed'), ('closed', 'Closed'), ('declined', 'Declined')], default='proposed', max_length=8),
                ),
                migrations.AlterField(
                    model_name='commitmentevent',
                    name='state',
                    field=models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('closing', 'Waits to be closed'), ('closed', 'Closed'), ('declined', 'Declined')], default='proposed', max_length=8),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='commitment_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF TG_OP = 'INSERT' THEN\n                    IF NEW.state NOT IN ('proposed') THEN\n                        RAISE EXCEPTION 'a commitment does not begin as %', NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                END IF;\n                IF OLD.state IS DISTINCT FROM NEW.state\n                    AND (OLD.state, NEW.state) NOT IN (('agreed', 'closing'), ('closing', 'agreed'), ('closing', 'closed'), ('proposed', 'agreed'), ('proposed', 'declined')) THEN\n                    RAISE EXCEPTION 'a commitment does not go from % to %',\n                        OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='2c671317a4bb8008a85dd0ae866916d0c68f1574', operation='INSERT OR UPDATE', pgid='pgtrigger_commitment_takes_steps_of_the_table_03021', table='engagement_commitment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='settled_commitment_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'declined\', \'closed\'))', func="\n                    RAISE EXCEPTION 'what is declined or closed is frozen'\n                        USING ERRCODE = 'check_violation';\n                ", hash='61f4962519f85ac6f9a0a8471cfd3b1f8eae9222', operation='UPDATE OR DELETE', pgid='pgtrigger_settled_commitment_is_frozen_31c19', table='engagement_commitment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."closed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."final_status", NEW."form_key", NEW."id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."specification", NEW."state", NEW."target_date", NEW."title", NEW."unassigned", NEW."version"); RETURN NULL;', hash='692dd5c57ea73872a4f12a70721c19266d0a44f2', operation='INSERT', pgid='pgtrigger_insert_insert_0d2ba', table='engagement_commitment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."closed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."final_status", NEW."form_key", NEW."id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."specification", NEW."state", NEW."target_date", NEW."title", NEW."unassigned", NEW."version"); RETURN NULL;', hash='01ae2f1f0ea26b09bdabfb2b61808b60f8f6529e', operation='UPDATE', pgid='pgtrigger_update_update_47afc', table='engagement_commitment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (OLD."authority_owner", OLD."authority_reconfirmed_at", OLD."board_owner", OLD."board_reconfirmed_at", OLD."closed_at", OLD."decided_at", OLD."decided_by_id", OLD."declined_reason", OLD."description", OLD."final_status", OLD."form_key", OLD."id", OLD."lead", OLD."moved_on", OLD."needs_reconfirmation", OLD."no_date_reason", OLD."origin_pair_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."proposed_side", OLD."specification", OLD."state", OLD."target_date", OLD."title", OLD."unassigned", OLD."version"); RETURN NULL;', hash='83d2458e2d90eb50a3d1d310df55c183bd3e9b06', operation='DELETE', pgid='pgtrigger_delete_delete_35f06', table='engagement_commitment', when='AFTER')),
                ),
                migrations.AddConstraint(
                    model_name='commitment',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'declined']), models.Q(models.Q(('authority_owner', ''), _negated=True), models.Q(('board_owner', ''), _negated=True)), _connector='OR'), name='agreed_commitment_has_both_owners'),
                ),
                migrations.AddConstraint(
                    model_name='commitment',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('final_status__in', ['met', 'constrained']), ('state', 'closed'), ('unassigned', False)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True), ('final_status', '')), _connector='OR'), name='closed_commitment_says_how_and_when'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentchange',
                    trigger=pgtrigger.compiler.Trigger(name='asked_stays_and_is_answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'DELETE' OR OLD.state <> 'waits'\n                OR to_jsonb(OLD) - ARRAY['state', 'answered_at', 'answered_by_id', 'refused_reason']\n                    IS DISTINCT FROM to_jsonb(NEW) - ARRAY['state', 'answered_at', 'answered_by_id', 'refused_reason'] THEN\n                RAISE EXCEPTION 'what was asked of a commitment stays as it was'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9b65060cbb37bf19a7aea1807afa05bf17ee40f8', operation='UPDATE OR DELETE', pgid='pgtrigger_asked_stays_and_is_answered_once_ee805', table='engagement_commitmentchange', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentchange',
                    trigger=pgtrigger.compiler.Trigger(name='change_changes_something', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.title, NEW.description, NEW.target_date, NEW.no_date_reason)\n                        IS NOT DISTINCT FROM (NEW.old_title, NEW.old_description,\n                            NEW.old_target_date, NEW.old_no_date_reason) THEN\n                        RAISE EXCEPTION 'a change changes something'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2e42f1ecaef5225d62ae03148bc5681b196e8f36', operation='INSERT', pgid='pgtrigger_change_changes_something_16717', table='engagement_commitmentchange', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentclosure',
                    trigger=pgtrigger.compiler.Trigger(name='asked_stays_and_is_answered_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'DELETE' OR OLD.state <> 'waits'\n                OR to_jsonb(OLD) - ARRAY['state', 'answered_at', 'answered_by_id', 'refused_reason']\n                    IS DISTINCT FROM to_jsonb(NEW) - ARRAY['state', 'answered_at', 'answered_by_id', 'refused_reason'] THEN\n                RAISE EXCEPTION 'what was asked of a commitment stays as it was'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='3762ba6983459ce2ab355e79a2dd7799edf213f5', operation='UPDATE OR DELETE', pgid='pgtrigger_asked_stays_and_is_answered_once_f4d2e', table='engagement_commitmentclosure', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentupdatereturn',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2fadf84688b9d4f68c008e5a61fe53269b333188', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ecf09', table='engagement_commitmentupdatereturn', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentupdatereturn',
                    trigger=pgtrigger.compiler.Trigger(name='sent_back_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM engagement_commitmentupdate AS given\n                        WHERE given.id = NEW.update_id AND given.side = NEW.side\n                    ) THEN\n                        RAISE EXCEPTION 'a side does not send back its own update'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='0729dd3f74f676450c709c31f53dfdbd94b34d46', operation='INSERT', pgid='pgtrigger_sent_back_by_another_6ebea', table='engagement_commitmentupdatereturn', when='BEFORE')),
                ),
            ],
        ),
    ]
