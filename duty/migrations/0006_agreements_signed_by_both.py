"""Partnership agreements are signed on the site by all parties; their roles, work plan, renewal."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_sliver_thresholds'),
        ('authorities', '__first__'),
        ('duty', '0005_indicator_set_of_a_round'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agreementparty',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agreementparty',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='agreementparty',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='partnershipagreement',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='partnershipagreement',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='partnershipagreement',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='partnershipagreement',
                    name='agreement_link_is_http_or_https',
                ),
            ],
        ),
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='AgreementRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.CharField(max_length=9)),
                        ('title', models.CharField(max_length=200)),
                        ('committee', models.CharField(max_length=200)),
                        ('added_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='duty.partnershipagreement')),
                        ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_roles', to='authorities.integratedcareboard')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('of__in', ['board', 'authority'])), name='agreement_role_says_whose_it_is'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('committee', ''), _negated=True)), name='agreement_role_has_a_title_and_a_committee'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('added_at')), _connector='OR'), name='agreement_role_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementRoleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('of', models.CharField(max_length=9)),
                        ('title', models.CharField(max_length=200)),
                        ('committee', models.CharField(max_length=200)),
                        ('added_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.partnershipagreement')),
                        ('board', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.integratedcareboard')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='duty.agreementrole')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AgreementSignature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('declaration', models.PositiveSmallIntegerField()),
                        ('decline_reason', models.TextField(blank=True)),
                        ('given_at', models.DateTimeField()),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='duty.partnershipagreement')),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_signatures', to='authorities.body')),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_signatures', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('agreement', 'body'), name='party_answers_an_agreement_once'), models.CheckConstraint(condition=models.Q(('content_hash', ''), _negated=True), name='agreement_signature_has_its_hash'), models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), ('voided_at__gte', models.F('given_at')), _connector='OR'), name='agreement_signature_voided_after_it_was_given')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementSignatureEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('content', models.JSONField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('declaration', models.PositiveSmallIntegerField()),
                        ('decline_reason', models.TextField(blank=True)),
                        ('given_at', models.DateTimeField()),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.partnershipagreement')),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='duty.agreementsignature')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='agreementparty',
                    name='followed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='took_over_from', to='duty.agreementparty'),
                ),
                migrations.AddField(
                    model_name='agreementparty',
                    name='took_over',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='agreementpartyevent',
                    name='followed_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.agreementparty'),
                ),
                migrations.AddField(
                    model_name='agreementpartyevent',
                    name='took_over',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='partnershipagreement',
                    name='renews',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='duty.partnershipagreement'),
                ),
                migrations.AddField(
                    model_name='partnershipagreement',
                    name='work_plan',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='partnershipagreement',
                    name='work_plan_link',
                    field=models.URLField(blank=True, max_length=500),
                ),
                migrations.AddField(
                    model_name='partnershipagreementevent',
                    name='renews',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.partnershipagreement'),
                ),
                migrations.AddField(
                    model_name='partnershipagreementevent',
                    name='work_plan',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='partnershipagreementevent',
                    name='work_plan_link',
                    field=models.URLField(blank=True, max_length=500),
                ),
                migrations.AddConstraint(
                    model_name='agreementparty',
                    constraint=models.CheckConstraint(condition=models.Q(('followed_by__isnull', True), ('left_at__isnull', False), _connector='OR'), name='followed_party_has_left'),
                ),
                migrations.AddConstraint(
                    model_name='partnershipagreement',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('link__regex', '^https?://'), _connector='OR'), models.Q(('work_plan_link', ''), ('work_plan_link__regex', '^https?://'), _connector='OR')), name='agreement_link_is_http_or_https'),
                ),
                migrations.AddConstraint(
                    model_name='partnershipagreement',
                    constraint=models.UniqueConstraint(condition=models.Q(('ending', 'mistake'), _negated=True), fields=('renews',), name='agreement_is_renewed_once'),
                ),
                migrations.AddConstraint(
                    model_name='partnershipagreement',
                    constraint=models.CheckConstraint(condition=models.Q(('renews__isnull', True), models.Q(('renews', models.F('id')), _negated=True), _connector='OR'), name='agreement_does_not_renew_itself'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementparty',
                    trigger=pgtrigger.compiler.Trigger(name='signed_agreement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT (CASE TG_OP WHEN 'INSERT' THEN NEW.took_over ELSE NEW.followed_by_id IS NOT NULL END) AND EXISTS (\n                SELECT FROM duty_agreementsignature AS given\n                WHERE given.agreement_id = NEW.agreement_id AND given.voided_at IS NULL\n            ) THEN\n                RAISE EXCEPTION 'what was signed changes once its signatures are void'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d95a4035d953324afc2497820f14efecefccc7db', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_agreement_stays_9a152', table='duty_agreementparty', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementparty',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementpartyevent" ("added_at", "agreement_id", "board_id", "followed_by_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "took_over") VALUES (NEW."added_at", NEW."agreement_id", NEW."board_id", NEW."followed_by_id", NEW."id", NEW."left_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."took_over"); RETURN NULL;', hash='29f29dfc1f34f14e6142415e926d778731af0d51', operation='INSERT', pgid='pgtrigger_insert_insert_21844', table='duty_agreementparty', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementparty',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_agreementpartyevent" ("added_at", "agreement_id", "board_id", "followed_by_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "took_over") VALUES (NEW."added_at", NEW."agreement_id", NEW."board_id", NEW."followed_by_id", NEW."id", NEW."left_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."took_over"); RETURN NULL;', hash='da10b19029f409684a798f50df9fb08557ece924', operation='UPDATE', pgid='pgtrigger_update_update_1f761', table='duty_agreementparty', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementparty',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementpartyevent" ("added_at", "agreement_id", "board_id", "followed_by_id", "id", "left_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "took_over") VALUES (OLD."added_at", OLD."agreement_id", OLD."board_id", OLD."followed_by_id", OLD."id", OLD."left_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."took_over"); RETURN NULL;', hash='be3585743dc743345c75a7d20e37fb4946412962', operation='DELETE', pgid='pgtrigger_delete_delete_d247a', table='duty_agreementparty', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='signed_agreement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT (TG_OP = 'INSERT' OR (OLD.title, OLD.status, OLD.signed_on, OLD.review_on, OLD.link, OLD.themes, OLD.other_theme, OLD.work_plan, OLD.work_plan_link, OLD.renews_id) IS NOT DISTINCT FROM (NEW.title, NEW.status, NEW.signed_on, NEW.review_on, NEW.link, NEW.themes, NEW.other_theme, NEW.work_plan, NEW.work_plan_link, NEW.renews_id)) AND EXISTS (\n                SELECT FROM duty_agreementsignature AS given\n                WHERE given.agreement_id = NEW.id AND given.voided_at IS NULL\n            ) THEN\n                RAISE EXCEPTION 'what was signed changes once its signatures are void'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='b750826c01ea0bab698e7e6bbfa12ea342791158', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_agreement_stays_04255', table='duty_partnershipagreement', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='renews_one_of_its_authority', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.renews_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM duty_partnershipagreement AS earlier\n                        WHERE earlier.id = NEW.renews_id\n                            AND earlier.authority_id = NEW.authority_id\n                    ) THEN\n                        RAISE EXCEPTION 'an agreement renews one of the same authority'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5e7740a2a0c73c8372c175d9a9e0ccfc73e6daad', operation='INSERT OR UPDATE', pgid='pgtrigger_renews_one_of_its_authority_413ac', table='duty_partnershipagreement', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (NEW."added_at", NEW."added_by_id", NEW."authority_id", NEW."changed_at", NEW."changed_by_id", NEW."ended_on", NEW."ending", NEW."ending_reason", NEW."form_key", NEW."id", NEW."link", NEW."other_theme", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."renews_id", NEW."review_on", NEW."signed_on", NEW."status", NEW."themes", NEW."title", NEW."version", NEW."work_plan", NEW."work_plan_link"); RETURN NULL;', hash='e35a1d2d0d575dd6d3e540f8543629fbbcfd5dfa', operation='INSERT', pgid='pgtrigger_insert_insert_0e1ae', table='duty_partnershipagreement', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (NEW."added_at", NEW."added_by_id", NEW."authority_id", NEW."changed_at", NEW."changed_by_id", NEW."ended_on", NEW."ending", NEW."ending_reason", NEW."form_key", NEW."id", NEW."link", NEW."other_theme", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."renews_id", NEW."review_on", NEW."signed_on", NEW."status", NEW."themes", NEW."title", NEW."version", NEW."work_plan", NEW."work_plan_link"); RETURN NULL;', hash='ebb7e1d8c14870e0013f7d40576812468c2ee4b4', operation='UPDATE', pgid='pgtrigger_update_update_6110b', table='duty_partnershipagreement', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (OLD."added_at", OLD."added_by_id", OLD."authority_id", OLD."changed_at", OLD."changed_by_id", OLD."ended_on", OLD."ending", OLD."ending_reason", OLD."form_key", OLD."id", OLD."link", OLD."other_theme", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."renews_id", OLD."review_on", OLD."signed_on", OLD."status", OLD."themes", OLD."title", OLD."version", OLD."work_plan", OLD."work_plan_link"); RETURN NULL;', hash='f685929619729dfea3776f8e0ff404789ee08590', operation='DELETE', pgid='pgtrigger_delete_delete_977f2', table='duty_partnershipagreement', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementrole',
                    trigger=pgtrigger.compiler.Trigger(name='ended_not_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='32ce6207dd5ac3f34670e17d604e6825781b8a0e', operation='DELETE', pgid='pgtrigger_ended_not_deleted_6bf9f', table='duty_agreementrole', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementrole',
                    trigger=pgtrigger.compiler.Trigger(name='signed_agreement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT (FALSE) AND EXISTS (\n                SELECT FROM duty_agreementsignature AS given\n                WHERE given.agreement_id = NEW.agreement_id AND given.voided_at IS NULL\n            ) THEN\n                RAISE EXCEPTION 'what was signed changes once its signatures are void'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='63db6511b92569608713e8e8231ac64c64a8de2a', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_agreement_stays_fa5cb', table='duty_agreementrole', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementrole',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementroleevent" ("added_at", "agreement_id", "board_id", "committee", "id", "left_at", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."added_at", NEW."agreement_id", NEW."board_id", NEW."committee", NEW."id", NEW."left_at", NEW."of", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='4a31b6ac6d56da509f4adcf629d390f64e829a6a', operation='INSERT', pgid='pgtrigger_insert_insert_a34a0', table='duty_agreementrole', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementrole',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_agreementroleevent" ("added_at", "agreement_id", "board_id", "committee", "id", "left_at", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."added_at", NEW."agreement_id", NEW."board_id", NEW."committee", NEW."id", NEW."left_at", NEW."of", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='17bc2bbdf2e6495a3b662cd0691b265c000e8c65', operation='UPDATE', pgid='pgtrigger_update_update_65be5', table='duty_agreementrole', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementrole',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementroleevent" ("added_at", "agreement_id", "board_id", "committee", "id", "left_at", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."added_at", OLD."agreement_id", OLD."board_id", OLD."committee", OLD."id", OLD."left_at", OLD."of", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;', hash='9382fca306efe5cc77ea4251128ec9b92ef70cf5', operation='DELETE', pgid='pgtrigger_delete_delete_10830', table='duty_agreementrole', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementroleevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='696ddc4e07f18607800c4d7ae0c31c8b2bfd29e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f7c4', table='duty_agreementroleevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='signs_as_a_party', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM duty_partnershipagreement AS agreement\n                        WHERE agreement.id = NEW.agreement_id AND agreement.ending = ''\n                            AND agreement.authority_id = NEW.body_id AND NEW.decline_reason = ''\n                    ) AND NOT EXISTS (\n                        SELECT FROM duty_partnershipagreement AS agreement\n                        JOIN duty_agreementparty AS party\n                            ON party.agreement_id = agreement.id AND party.left_at IS NULL\n                        JOIN duty_agreementsignature AS first\n                            ON first.agreement_id = agreement.id\n                            AND first.body_id = agreement.authority_id\n                            AND first.voided_at IS NULL\n                        WHERE agreement.id = NEW.agreement_id AND agreement.ending = ''\n                            AND party.board_id = NEW.body_id\n                    ) THEN\n                        RAISE EXCEPTION 'a party signs what the authority has signed first'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='6edd7a6a48c55cc8c9f29dc59243c869e0deee14', operation='INSERT', pgid='pgtrigger_signs_as_a_party_5f48e', table='duty_agreementsignature', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='agreement_signature_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.voided_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at'\n                THEN\n                    RAISE EXCEPTION 'a signature of an agreement stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='763ce5755156295349c79466b3672989633bed13', operation='UPDATE', pgid='pgtrigger_agreement_signature_stays_db88c', table='duty_agreementsignature', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='agreement_signature_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e837efb69e16022ab80b7bc0feaa09fea9c275a7', operation='DELETE', pgid='pgtrigger_agreement_signature_never_deleted_4c623', table='duty_agreementsignature', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementsignatureevent" ("agreement_id", "body_id", "content", "content_hash", "declaration", "decline_reason", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "voided_at") VALUES (NEW."agreement_id", NEW."body_id", NEW."content", NEW."content_hash", NEW."declaration", NEW."decline_reason", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."voided_at"); RETURN NULL;', hash='61992f75e679e246f39158f35d620ec583808eb7', operation='INSERT', pgid='pgtrigger_insert_insert_7a935', table='duty_agreementsignature', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_agreementsignatureevent" ("agreement_id", "body_id", "content", "content_hash", "declaration", "decline_reason", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "voided_at") VALUES (NEW."agreement_id", NEW."body_id", NEW."content", NEW."content_hash", NEW."declaration", NEW."decline_reason", NEW."given_at", NEW."given_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."voided_at"); RETURN NULL;', hash='f6e7a009634239f49619929302f7a6e660789091', operation='UPDATE', pgid='pgtrigger_update_update_0ed45', table='duty_agreementsignature', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignature',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementsignatureevent" ("agreement_id", "body_id", "content", "content_hash", "declaration", "decline_reason", "given_at", "given_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "voided_at") VALUES (OLD."agreement_id", OLD."body_id", OLD."content", OLD."content_hash", OLD."declaration", OLD."decline_reason", OLD."given_at", OLD."given_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."voided_at"); RETURN NULL;', hash='d5097a906be2bed3a09f93a12f8a32826b49ce13', operation='DELETE', pgid='pgtrigger_delete_delete_03d7e', table='duty_agreementsignature', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='agreementsignatureevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='77710859a9970e260c9771fda7f48921508d43ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c4ab', table='duty_agreementsignatureevent', when='BEFORE')),
                ),
            ],
        ),
    ]
