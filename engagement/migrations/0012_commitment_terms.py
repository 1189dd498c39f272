"""What a commitment serves and rests on, its money, and who may read that it was promised."""

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
        ('duty', '0005_indicator_set_of_a_round'),
        ('engagement', '0011_commitment_steps'),
        ('outcomes', '0014_adopted_sets'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                pgtrigger.migrations.RemoveTrigger(
                    model_name='commitmentchange',
                    name='change_changes_something',
                ),
            ],
        ),
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='CommitmentDescription',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('before', models.JSONField()),
                        ('after', models.JSONField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descriptions', to='engagement.commitment')),
                    ],
                    options={
                        'constraints': [],
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentMoney',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('source', models.CharField(choices=[('integrated_settlement', 'Integrated settlement'), ('icb', 'The ICB'), ('other', 'Another source'), ('unknown', 'Not known')], max_length=21)),
                        ('year', models.PositiveSmallIntegerField()),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=13, null=True)),
                        ('prevention', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], max_length=7)),
                        ('purpose', models.CharField(blank=True, max_length=200)),
                        ('stated_at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='money', to='engagement.commitment')),
                        ('replaced_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='engagement.commitmentmoney')),
                        ('stated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('superseded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('commitment', 'side', 'source', 'year', 'prevention'), name='commitment_money_current_once'), models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='commitment_money_is_not_negative'), models.CheckConstraint(condition=models.Q(('source__in', ['integrated_settlement', 'icb', 'other', 'unknown']), ('prevention__in', ['yes', 'no', 'unknown']), ('year__range', (2000, 2099))), name='commitment_money_says_whence_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('replaced_by__isnull', True), ('superseded_at__isnull', True), ('superseded_by__isnull', True), ('withdrawn_reason', '')), models.Q(('superseded_at__isnull', False), ('superseded_by__isnull', False), models.Q(models.Q(('replaced_by__isnull', False), ('withdrawn_reason', '')), models.Q(('replaced_by__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR')), _connector='OR'), name='commitment_money_ends_once_and_says_how')],
                    },
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='agreement',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='duty.partnershipagreement'),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='framework_outcome',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='outcomes.theoryitem'),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='indicator',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='outcomes.indicator'),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='resources',
                    field=models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=7),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='stage',
                    field=models.CharField(blank=True, choices=[('input', 'Input'), ('process', 'Process'), ('output', 'Output'), ('outcome', 'Outcome')], max_length=7),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='theme',
                    field=models.CharField(blank=True, choices=[('fair_growth', 'Fair growth'), ('climate', 'Climate'), ('tackling_inequality', 'Tackling inequality'), ('wider_determinants', 'Wider determinants'), ('work_and_health', 'Work and health'), ('housing', 'Housing'), ('transport', 'Transport'), ('other', 'Other')], max_length=19),
                ),
                migrations.AddField(
                    model_name='commitment',
                    name='visibility',
                    field=models.CharField(choices=[('public', 'Public'), ('restricted', 'Restricted')], default='restricted', max_length=10),
                ),
                migrations.AddField(
                    model_name='commitmentchange',
                    name='old_visibility',
                    field=models.CharField(choices=[('public', 'Public'), ('restricted', 'Restricted')], default='restricted', max_length=10),
                ),
                migrations.AddField(
                    model_name='commitmentchange',
                    name='visibility',
                    field=models.CharField(choices=[('public', 'Public'), ('restricted', 'Restricted')], default='restricted', max_length=10),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='agreement',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.partnershipagreement'),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='framework_outcome',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.theoryitem'),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='indicator',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicator'),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='resources',
                    field=models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('unknown', 'Not known')], default='unknown', max_length=7),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='stage',
                    field=models.CharField(blank=True, choices=[('input', 'Input'), ('process', 'Process'), ('output', 'Output'), ('outcome', 'Outcome')], max_length=7),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='theme',
                    field=models.CharField(blank=True, choices=[('fair_growth', 'Fair growth'), ('climate', 'Climate'), ('tackling_inequality', 'Tackling inequality'), ('wider_determinants', 'Wider determinants'), ('work_and_health', 'Work and health'), ('housing', 'Housing'), ('transport', 'Transport'), ('other', 'Other')], max_length=19),
                ),
                migrations.AddField(
                    model_name='commitmentevent',
                    name='visibility',
                    field=models.CharField(choices=[('public', 'Public'), ('restricted', 'Restricted')], default='restricted', max_length=10),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='commitment_links_what_both_own', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (TG_OP = 'INSERT' OR NEW.agreement_id IS DISTINCT FROM OLD.agreement_id)\n                        AND NEW.agreement_id IS NOT NULL AND NOT EXISTS (\n                            SELECT FROM duty_partnershipagreement AS agreement\n                            JOIN duty_agreementparty AS party\n                                ON party.agreement_id = agreement.id AND party.left_at IS NULL\n                            JOIN authorities_pair AS pair\n                                ON pair.authority_id = agreement.authority_id\n                                AND pair.board_id = party.board_id\n                            WHERE agreement.id = NEW.agreement_id AND pair.id = NEW.pair_id\n                        )\n                    THEN\n                        RAISE EXCEPTION 'the agreement is not one of both sides'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF (TG_OP = 'INSERT'\n                            OR NEW.framework_outcome_id IS DISTINCT FROM OLD.framework_outcome_id)\n                        AND NEW.framework_outcome_id IS NOT NULL AND NOT EXISTS (\n                            SELECT FROM outcomes_theoryitem AS item\n                            JOIN outcomes_frameworkversion AS version\n                                ON version.id = item.framework_version_id\n                                AND version.state = 'agreed'\n                            JOIN outcomes_frameworkpartner AS partner\n                                ON partner.framework_id = version.framework_id\n                                AND partner.ended_on IS NULL\n                            WHERE item.id = NEW.framework_outcome_id AND item.kind = 'outcome'\n                                AND partner.pair_id = NEW.pair_id\n                        )\n                    THEN\n                        RAISE EXCEPTION 'the outcome is not one that both sides agreed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f5674bc87bdfd18e6b408c1245b2c71dc849c449', operation='INSERT OR UPDATE', pgid='pgtrigger_commitment_links_what_both_own_9112e', table='engagement_commitment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("agreement_id", "authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "framework_outcome_id", "id", "indicator_id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "resources", "specification", "stage", "state", "target_date", "theme", "title", "unassigned", "version", "visibility") VALUES (NEW."agreement_id", NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."closed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."final_status", NEW."form_key", NEW."framework_outcome_id", NEW."id", NEW."indicator_id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."resources", NEW."specification", NEW."stage", NEW."state", NEW."target_date", NEW."theme", NEW."title", NEW."unassigned", NEW."version", NEW."visibility"); RETURN NULL;', hash='50975c4be248512b7553c9886a99770fda01688d', operation='INSERT', pgid='pgtrigger_insert_insert_0d2ba', table='engagement_commitment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_commitmentevent" ("agreement_id", "authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "framework_outcome_id", "id", "indicator_id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "resources", "specification", "stage", "state", "target_date", "theme", "title", "unassigned", "version", "visibility") VALUES (NEW."agreement_id", NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."closed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."final_status", NEW."form_key", NEW."framework_outcome_id", NEW."id", NEW."indicator_id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."resources", NEW."specification", NEW."stage", NEW."state", NEW."target_date", NEW."theme", NEW."title", NEW."unassigned", NEW."version", NEW."visibility"); RETURN NULL;', hash='83aa53fe546a2c95067d982e128ea5e6627bb4f2', operation='UPDATE', pgid='pgtrigger_update_update_47afc', table='engagement_commitment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("agreement_id", "authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "closed_at", "decided_at", "decided_by_id", "declined_reason", "description", "final_status", "form_key", "framework_outcome_id", "id", "indicator_id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "resources", "specification", "stage", "state", "target_date", "theme", "title", "unassigned", "version", "visibility") VALUES (OLD."agreement_id", OLD."authority_owner", OLD."authority_reconfirmed_at", OLD."board_owner", OLD."board_reconfirmed_at", OLD."closed_at", OLD."decided_at", OLD."decided_by_id", OLD."declined_reason", OLD."description", OLD."final_status", OLD."form_key", OLD."framework_outcome_id", OLD."id", OLD."indicator_id", OLD."lead", OLD."moved_on", OLD."needs_reconfirmation", OLD."no_date_reason", OLD."origin_pair_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."proposed_side", OLD."resources", OLD."specification", OLD."stage", OLD."state", OLD."target_date", OLD."theme", OLD."title", OLD."unassigned", OLD."version", OLD."visibility"); RETURN NULL;', hash='598ba83ff285b39252150a3246d0938c9b48493e', operation='DELETE', pgid='pgtrigger_delete_delete_35f06', table='engagement_commitment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentchange',
                    trigger=pgtrigger.compiler.Trigger(name='change_changes_something', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.title, NEW.description, NEW.target_date, NEW.no_date_reason,\n                            NEW.visibility)\n                        IS NOT DISTINCT FROM (NEW.old_title, NEW.old_description,\n                            NEW.old_target_date, NEW.old_no_date_reason, NEW.old_visibility)\n                    THEN\n                        RAISE EXCEPTION 'a change changes something'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='259849f5a41f4de31076dd3cec897f894431fabe', operation='INSERT', pgid='pgtrigger_change_changes_something_16717', table='engagement_commitmentchange', when='BEFORE')),
                ),
                migrations.AddConstraint(
                    model_name='commitment',
                    constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['', 'input', 'process', 'output', 'outcome']), ('theme__in', ['', 'fair_growth', 'climate', 'tackling_inequality', 'wider_determinants', 'work_and_health', 'housing', 'transport', 'other']), ('resources__in', ['yes', 'no', 'unknown']), ('visibility__in', ['public', 'restricted'])), name='commitment_choices_are_known'),
                ),
                migrations.AddConstraint(
                    model_name='commitmentchange',
                    constraint=models.CheckConstraint(condition=models.Q(('visibility__in', ['public', 'restricted'])), name='change_visibility_is_known'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentdescription',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='841f376b83d1a79fb95c4a2aa34ba3c7c533aa41', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8103a', table='engagement_commitmentdescription', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentmoney',
                    trigger=pgtrigger.compiler.Trigger(name='commitment_money_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.superseded_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'superseded_at' - 'superseded_by_id' - 'replaced_by_id' - 'withdrawn_reason' <> to_jsonb(OLD) - 'superseded_at' - 'superseded_by_id' - 'replaced_by_id' - 'withdrawn_reason'\n                THEN\n                    RAISE EXCEPTION 'money of a commitment stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='f9dd7692fa245f159af76f5ad2c52a90bb7a7f89', operation='UPDATE', pgid='pgtrigger_commitment_money_stays_f4a3b', table='engagement_commitmentmoney', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentmoney',
                    trigger=pgtrigger.compiler.Trigger(name='commitment_money_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='019b7e7a6ba69876af5cd783838ff05fea904266', operation='DELETE', pgid='pgtrigger_commitment_money_never_deleted_23bd9', table='engagement_commitmentmoney', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentmoney',
                    trigger=pgtrigger.compiler.Trigger(name='money_while_the_commitment_is_open', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM engagement_commitment AS promised\n                        WHERE promised.id = NEW.commitment_id AND promised.state IN ('declined', 'closed')\n                    ) THEN\n                        RAISE EXCEPTION 'the money of what is declined or closed is frozen'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='33066a454bdb1a492b394e3c68f20107af89aea9', operation='INSERT OR UPDATE', pgid='pgtrigger_money_while_the_commitment_is_open_53ee9', table='engagement_commitmentmoney', when='BEFORE')),
                ),
            ],
        ),
    ]
