import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('outcomes', '0006_publishers_comparison'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='framework',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='framework',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='framework',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkpartner',
                    name='partner_is_of_the_authority',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkpartner',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkpartner',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkpartner',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworksignature',
                    name='signs_what_is_proposed',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkversion',
                    name='framework_takes_steps_of_the_table',
                ),
                migrations.CreateModel(
                    name='PossibleOwner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='possible_frameworks', to='authorities.pair')),
                        ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='possible_owners', to='outcomes.frameworkpartner')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('partner', 'pair'), name='possible_owner_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PossibleOwnerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('partner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkpartner')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.possibleowner')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.RemoveConstraint(
                    model_name='frameworkpartner',
                    name='pair_in_one_framework_at_a_time',
                ),
                migrations.RemoveConstraint(
                    model_name='frameworkversion',
                    name='framework_state_is_known',
                ),
                migrations.RemoveConstraint(
                    model_name='frameworkversion',
                    name='agreed_version_says_when',
                ),
                migrations.AddField(
                    model_name='framework',
                    name='moved_from',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='frameworks_left', to='authorities.strategicauthority'),
                ),
                migrations.AddField(
                    model_name='framework',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='framework',
                    name='reconfirmed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='framework',
                    name='reconfirmed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_frameworks_reconfirmed', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='frameworkevent',
                    name='moved_from',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.strategicauthority'),
                ),
                migrations.AddField(
                    model_name='frameworkevent',
                    name='needs_reconfirmation',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='frameworkevent',
                    name='reconfirmed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='frameworkevent',
                    name='reconfirmed_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='frameworkpartner',
                    name='over',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='frameworkpartner',
                    name='unassigned',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='frameworkpartnerevent',
                    name='over',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='frameworkpartnerevent',
                    name='unassigned',
                    field=models.BooleanField(default=False),
                ),
                migrations.AlterField(
                    model_name='frameworkversion',
                    name='state',
                    field=models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('partly_signed', 'Partly signed'), ('agreed', 'Agreed'), ('superseded', 'Replaced'), ('discarded', 'Given up'), ('ended', 'Ended')], default='draft', max_length=13),
                ),
                migrations.AlterField(
                    model_name='frameworkversionevent',
                    name='state',
                    field=models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('partly_signed', 'Partly signed'), ('agreed', 'Agreed'), ('superseded', 'Replaced'), ('discarded', 'Given up'), ('ended', 'Ended')], default='draft', max_length=13),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(('needs_reconfirmation', False), models.Q(('moved_from__isnull', False), ('reconfirmed_at__isnull', True)), _connector='OR'), name='framework_to_reconfirm_was_moved'),
                ),
                migrations.AddConstraint(
                    model_name='framework',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('reconfirmed_at__isnull', True), ('reconfirmed_by__isnull', True)), models.Q(('reconfirmed_at__isnull', False), ('reconfirmed_by__isnull', False)), _connector='OR'), name='moved_framework_says_who_reconfirmed_it'),
                ),
                migrations.AddConstraint(
                    model_name='frameworkpartner',
                    constraint=models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True), ('over', False)), fields=('pair',), name='pair_in_one_framework_at_a_time'),
                ),
                migrations.AddConstraint(
                    model_name='frameworkpartner',
                    constraint=models.CheckConstraint(condition=models.Q(('unassigned', False), ('ended_on__isnull', False), _connector='OR'), name='unassigned_partner_has_ended'),
                ),
                migrations.AddConstraint(
                    model_name='frameworkversion',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'partly_signed', 'agreed', 'superseded', 'discarded', 'ended'])), name='framework_state_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='frameworkversion',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('agreed', 'superseded', 'ended')), _negated=True), ('agreed_at__isnull', False), _connector='OR'), name='agreed_version_says_when'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='moves_with_its_owners', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id"))', func="\n                    IF EXISTS (\n                        SELECT FROM outcomes_frameworkpartner AS partner\n                        JOIN authorities_pair AS pair ON pair.id = partner.pair_id\n                        WHERE partner.framework_id = NEW.id AND partner.ended_on IS NULL\n                            AND pair.authority_id <> NEW.authority_id\n                    ) THEN\n                        RAISE EXCEPTION 'a framework moves once no owner of the old pairs is left'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='e8fca1607349a7ec6dd5f29a9766484f0ca61948', operation='UPDATE', pgid='pgtrigger_moves_with_its_owners_7b642', table='outcomes_framework', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "moved_from_id", "name", "needs_reconfirmation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "started_at", "started_by_id") VALUES (NEW."authority_id", NEW."form_key", NEW."id", NEW."moved_from_id", NEW."name", NEW."needs_reconfirmation", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id", NEW."started_at", NEW."started_by_id"); RETURN NULL;', hash='d829c020aa4b523d11859422bbd7b2570f6d0d28', operation='INSERT', pgid='pgtrigger_insert_insert_04fca', table='outcomes_framework', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "moved_from_id", "name", "needs_reconfirmation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "started_at", "started_by_id") VALUES (NEW."authority_id", NEW."form_key", NEW."id", NEW."moved_from_id", NEW."name", NEW."needs_reconfirmation", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id", NEW."started_at", NEW."started_by_id"); RETURN NULL;', hash='ddb64705593f21e7315b8347fe8d871880891547', operation='UPDATE', pgid='pgtrigger_update_update_1e1d1', table='outcomes_framework', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='framework',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "moved_from_id", "name", "needs_reconfirmation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "started_at", "started_by_id") VALUES (OLD."authority_id", OLD."form_key", OLD."id", OLD."moved_from_id", OLD."name", OLD."needs_reconfirmation", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reconfirmed_at", OLD."reconfirmed_by_id", OLD."started_at", OLD."started_by_id"); RETURN NULL;', hash='1a305a6079dcb98bee7dd138a0ca9ff38291e3ee', operation='DELETE', pgid='pgtrigger_delete_delete_28d91', table='outcomes_framework', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkpartner',
                    trigger=pgtrigger.compiler.Trigger(name='partner_is_of_the_authority', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    -- Who owned it once was of the authority that it had then.\n                    IF NEW.ended_on IS NULL AND NOT EXISTS (\n                        SELECT FROM authorities_pair AS pair\n                        JOIN outcomes_framework AS framework\n                            ON framework.authority_id = pair.authority_id\n                        WHERE pair.id = NEW.pair_id AND framework.id = NEW.framework_id\n                    ) THEN\n                        RAISE EXCEPTION 'the pair is not one of the authority of the framework'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5d7a5c4ddc48e0e821b4bdfbb7dc0c532f9a4873', operation='INSERT OR UPDATE', pgid='pgtrigger_partner_is_of_the_authority_62db5', table='outcomes_frameworkpartner', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkpartner',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "over", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "unassigned") VALUES (NEW."came_from_id", NEW."ended_on", NEW."framework_id", NEW."id", NEW."needs_reconfirmation", NEW."over", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id", NEW."unassigned"); RETURN NULL;', hash='995c14b600869646aad5874ef6e6bf1a88d18354', operation='INSERT', pgid='pgtrigger_insert_insert_46c82', table='outcomes_frameworkpartner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkpartner',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "over", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "unassigned") VALUES (NEW."came_from_id", NEW."ended_on", NEW."framework_id", NEW."id", NEW."needs_reconfirmation", NEW."over", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id", NEW."unassigned"); RETURN NULL;', hash='5e36d29a98d1fdee73ae67be613c6cbdcb1a3388', operation='UPDATE', pgid='pgtrigger_update_update_ba5cc', table='outcomes_frameworkpartner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkpartner',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "over", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id", "unassigned") VALUES (OLD."came_from_id", OLD."ended_on", OLD."framework_id", OLD."id", OLD."needs_reconfirmation", OLD."over", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reconfirmed_at", OLD."reconfirmed_by_id", OLD."unassigned"); RETURN NULL;', hash='7a4538e89d39da358af71907d9dcde34fb406ec7', operation='DELETE', pgid='pgtrigger_delete_delete_dd1ac', table='outcomes_frameworkpartner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworksignature',
                    trigger=pgtrigger.compiler.Trigger(name='signs_what_is_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM outcomes_frameworkversion AS signed\n                        WHERE signed.id = NEW.framework_version_id\n                            AND signed.state IN ('proposed', 'partly_signed')\n                            AND signed.content_hash = NEW.content_hash\n                    ) THEN\n                        RAISE EXCEPTION 'a signature is for the content that is proposed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NOT EXISTS (\n                        SELECT FROM outcomes_frameworkversion AS signed\n                        JOIN outcomes_framework AS framework ON framework.id = signed.framework_id\n                        LEFT JOIN outcomes_frameworkpartner AS partner\n                            ON partner.framework_id = framework.id AND partner.ended_on IS NULL\n                        LEFT JOIN authorities_pair AS pair ON pair.id = partner.pair_id\n                        WHERE signed.id = NEW.framework_version_id\n                            AND NEW.body_id IN (framework.authority_id, pair.board_id)\n                    ) THEN\n                        RAISE EXCEPTION 'a signature is of an owner'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='edb24c92bcc3860099d147ea346b108d08931076', operation='INSERT', pgid='pgtrigger_signs_what_is_proposed_e5e5f', table='outcomes_frameworksignature', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkversion',
                    trigger=pgtrigger.compiler.Trigger(name='framework_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF (OLD.state, NEW.state) NOT IN (('agreed', 'ended'), ('agreed', 'superseded'), ('draft', 'discarded'), ('draft', 'proposed'), ('partly_signed', 'agreed'), ('partly_signed', 'discarded'), ('partly_signed', 'draft'), ('proposed', 'agreed'), ('proposed', 'discarded'), ('proposed', 'draft'), ('proposed', 'partly_signed')) THEN\n                        RAISE EXCEPTION 'a framework does not go from % to %', OLD.state, NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state = 'agreed' AND EXISTS (\n                        SELECT party.body_id FROM (\n                            SELECT framework.authority_id AS body_id\n                            FROM outcomes_framework AS framework\n                            WHERE framework.id = NEW.framework_id\n                            UNION ALL\n                            SELECT pair.board_id FROM outcomes_frameworkpartner AS partner\n                            JOIN authorities_pair AS pair ON pair.id = partner.pair_id\n                            WHERE partner.framework_id = NEW.framework_id\n                                AND partner.ended_on IS NULL\n                        ) AS party\n                        WHERE NOT EXISTS (\n                            SELECT FROM outcomes_frameworksignature AS signature\n                            WHERE signature.framework_version_id = NEW.id\n                                AND signature.body_id = party.body_id\n                                AND signature.voided_at IS NULL\n                                AND signature.content_hash = NEW.content_hash\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'a framework is agreed once every party has signed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state = 'agreed' AND EXISTS (\n                        SELECT FROM outcomes_frameworkpartner AS partner\n                        WHERE partner.framework_id = NEW.framework_id AND partner.unassigned\n                    ) THEN\n                        RAISE EXCEPTION 'a framework is agreed once all its owners are known'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='a014556c93e87eddabdad43ec047ccdf854ce5f4', operation='UPDATE', pgid='pgtrigger_framework_takes_steps_of_the_table_5714e', table='outcomes_frameworkversion', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possibleowner',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_possibleownerevent" ("id", "pair_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."pair_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='352b0549fbffedb60a173af59b2db91b31c5b933', operation='INSERT', pgid='pgtrigger_insert_insert_af87c', table='outcomes_possibleowner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possibleowner',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_possibleownerevent" ("id", "pair_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."pair_id", NEW."partner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='41bdb78d4cab3a5f92c39b22e89f83f78d846d04', operation='UPDATE', pgid='pgtrigger_update_update_f32af', table='outcomes_possibleowner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possibleowner',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_possibleownerevent" ("id", "pair_id", "partner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."pair_id", OLD."partner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='28b054e9cfb46350e3a416f6e8aaefd0b6b0e3b7', operation='DELETE', pgid='pgtrigger_delete_delete_e8d86', table='outcomes_possibleowner', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='possibleownerevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d5c9c12e8d93f3d3b847e279a183b3f87030fa32', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf028', table='outcomes_possibleownerevent', when='BEFORE')),
                ),
            ],
        ),
    ]
