"""Invitations to roles, when roles were last confirmed, and mails to an address alone."""

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0004_roles_of_trust'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        Together([
            pgtrigger.migrations.RemoveTrigger(
                model_name='membership',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='membership',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='membership',
                name='delete_delete',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='message',
                name='insert_insert',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='message',
                name='update_update',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='message',
                name='delete_delete',
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254)),
                    ('role', models.CharField(choices=[('editor', 'Editor'), ('signatory', 'Signatory'), ('analyst', 'Analyst'), ('moderator', 'Moderator'), ('lead_analyst', 'Lead analyst'), ('reader', 'Reader'), ('administrator', 'Administrator'), ('people_lead', 'People lead'), ('auditor', 'Auditor')], max_length=13)),
                    ('role_ends_at', models.DateTimeField(help_text='When the role is to end by itself.', null=True)),
                    ('invited_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(help_text='When the newest mail was asked for.')),
                    ('times_sent', models.PositiveSmallIntegerField(default=1)),
                    ('expires_at', models.DateTimeField()),
                    ('token_hash', models.CharField(help_text='SHA-256, in hexadecimal.', max_length=64, unique=True)),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_accepted', to=settings.AUTH_USER_MODEL)),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='authorities.body')),
                    ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_given', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations_withdrawn', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_address_is_lower_case'),
                        models.CheckConstraint(condition=models.Q(('role__in', ['editor', 'signatory', 'analyst', 'moderator', 'lead_analyst', 'reader', 'administrator', 'people_lead', 'auditor'])), name='invitation_role_is_known'),
                        models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_ends_one_way'),
                        models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='accepted_invitation_says_by_whom'),
                        models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='withdrawn_invitation_says_by_whom'),
                        models.CheckConstraint(condition=models.Q(('accepted_by__isnull', True), ('invited_by__isnull', True), models.Q(('accepted_by', models.F('invited_by')), _negated=True), _connector='OR'), name='nobody_accepts_their_own_invitation'),
                        models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('accepted_at__lt', models.F('expires_at')), _connector='OR'), name='invitation_accepted_in_time'),
                        models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('sent_at')), ('sent_at__gte', models.F('invited_at'))), name='invitation_expires_after_it_was_sent'),
                        models.CheckConstraint(condition=models.Q(('role_ends_at__isnull', True), ('role_ends_at__gt', models.F('invited_at')), _connector='OR'), name='invited_role_ends_after_the_invitation'),
                        models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('email', 'body', 'role'), name='one_invitation_waits'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='InvitationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('email', models.EmailField(max_length=254)),
                    ('role', models.CharField(choices=[('editor', 'Editor'), ('signatory', 'Signatory'), ('analyst', 'Analyst'), ('moderator', 'Moderator'), ('lead_analyst', 'Lead analyst'), ('reader', 'Reader'), ('administrator', 'Administrator'), ('people_lead', 'People lead'), ('auditor', 'Auditor')], max_length=13)),
                    ('role_ends_at', models.DateTimeField(help_text='When the role is to end by itself.', null=True)),
                    ('invited_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(help_text='When the newest mail was asked for.')),
                    ('times_sent', models.PositiveSmallIntegerField(default=1)),
                    ('expires_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('accepted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                    ('invited_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='authorities.invitation')),
                    ('withdrawn_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='membership',
                name='asked_again_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membership',
                name='asked_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membership',
                name='confirmed_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membership',
                name='confirmed_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships_confirmed', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='membershipevent',
                name='asked_again_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membershipevent',
                name='asked_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membershipevent',
                name='confirmed_at',
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name='membershipevent',
                name='confirmed_by',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='message',
                name='address',
                field=models.EmailField(blank=True, max_length=254),
            ),
            migrations.AddField(
                model_name='messageevent',
                name='address',
                field=models.EmailField(blank=True, max_length=254),
            ),
            migrations.AlterField(
                model_name='message',
                name='recipient',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AlterField(
                model_name='messageevent',
                name='recipient',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            InstallTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_membershipevent" ("asked_again_at", "asked_at", "body_id", "confirmed_at", "confirmed_by_id", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") VALUES (NEW."asked_again_at", NEW."asked_at", NEW."body_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."started_at", NEW."user_id"); RETURN NULL;', hash='c30bc29934fd473be6957b7a60fcbdcc3f44d640', operation='INSERT', pgid='pgtrigger_insert_insert_00788', table='authorities_membership', when='AFTER')),
            ),
            InstallTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "authorities_membershipevent" ("asked_again_at", "asked_at", "body_id", "confirmed_at", "confirmed_by_id", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") VALUES (NEW."asked_again_at", NEW."asked_at", NEW."body_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."ended_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."started_at", NEW."user_id"); RETURN NULL;', hash='75dae38e328c19f26fd16fb7a26c5349aead58ba', operation='UPDATE', pgid='pgtrigger_update_update_c5b4f', table='authorities_membership', when='AFTER')),
            ),
            InstallTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_membershipevent" ("asked_again_at", "asked_at", "body_id", "confirmed_at", "confirmed_by_id", "ended_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") VALUES (OLD."asked_again_at", OLD."asked_at", OLD."body_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."ended_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."started_at", OLD."user_id"); RETURN NULL;', hash='1bcbddd47c242e77f86bff57ecbfe75bb4526127', operation='DELETE', pgid='pgtrigger_delete_delete_e92fb', table='authorities_membership', when='AFTER')),
            ),
            InstallTrigger(
                model_name='message',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_messageevent" ("address", "attempts", "daily", "due_at", "error", "failed_at", "id", "mail", "next_attempt_at", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recipient_id", "sent_at", "subject", "text", "withdrawn_at") VALUES (NEW."address", NEW."attempts", NEW."daily", NEW."due_at", NEW."error", NEW."failed_at", NEW."id", NEW."mail", NEW."next_attempt_at", NEW."notice_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."recipient_id", NEW."sent_at", NEW."subject", NEW."text", NEW."withdrawn_at"); RETURN NULL;', hash='090778621da3139b08ed68523bf257f763a471d6', operation='INSERT', pgid='pgtrigger_insert_insert_41b4e', table='authorities_message', when='AFTER')),
            ),
            InstallTrigger(
                model_name='message',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "authorities_messageevent" ("address", "attempts", "daily", "due_at", "error", "failed_at", "id", "mail", "next_attempt_at", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recipient_id", "sent_at", "subject", "text", "withdrawn_at") VALUES (NEW."address", NEW."attempts", NEW."daily", NEW."due_at", NEW."error", NEW."failed_at", NEW."id", NEW."mail", NEW."next_attempt_at", NEW."notice_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."recipient_id", NEW."sent_at", NEW."subject", NEW."text", NEW."withdrawn_at"); RETURN NULL;', hash='eec6c151cdde22051f794b31f8b9b30084644e3d', operation='UPDATE', pgid='pgtrigger_update_update_97efe', table='authorities_message', when='AFTER')),
            ),
            InstallTrigger(
                model_name='message',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_messageevent" ("address", "attempts", "daily", "due_at", "error", "failed_at", "id", "mail", "next_attempt_at", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "recipient_id", "sent_at", "subject", "text", "withdrawn_at") VALUES (OLD."address", OLD."attempts", OLD."daily", OLD."due_at", OLD."error", OLD."failed_at", OLD."id", OLD."mail", OLD."next_attempt_at", OLD."notice_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."provider_id", OLD."recipient_id", OLD."sent_at", OLD."subject", OLD."text", OLD."withdrawn_at"); RETURN NULL;', hash='6d8da90d185ce95a140ef36024a617dbeae502e8', operation='DELETE', pgid='pgtrigger_delete_delete_c8678', table='authorities_message', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('user')), _negated=True)), _connector='OR'), name='membership_confirmed_by_another_person'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(('asked_again_at__isnull', True), models.Q(('asked_again_at__gt', models.F('asked_at')), ('asked_at__isnull', False)), _connector='OR'), name='membership_asked_of_again_after_once'),
            ),
            migrations.AddConstraint(
                model_name='message',
                constraint=models.UniqueConstraint(condition=models.Q(('recipient__isnull', True)), fields=('notice', 'address'), name='message_once_to_an_address'),
            ),
            migrations.AddConstraint(
                model_name='message',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('recipient__isnull', False)), models.Q(('daily', False), ('recipient__isnull', True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='message_goes_to_one'),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='invitation_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9918e2d24b90f2678c1c2636efb7453c46357882', operation='DELETE', pgid='pgtrigger_invitation_never_deleted_53e20', table='authorities_invitation', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='invitation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL\n                        OR (OLD.email, OLD.body_id, OLD.role, OLD.role_ends_at, OLD.invited_by_id,\n                            OLD.invited_at)\n                        IS DISTINCT FROM\n                        (NEW.email, NEW.body_id, NEW.role, NEW.role_ends_at, NEW.invited_by_id,\n                            NEW.invited_at)\n                    THEN\n                        RAISE EXCEPTION 'an invitation stays as it was given, and is answered once'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='41f274282e49ba4fa8d182c2aacf27df933d2a15', operation='UPDATE', pgid='pgtrigger_invitation_stays_71286', table='authorities_invitation', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='role_fits_body', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.role IN ('editor', 'people_lead', 'signatory')) <> (\n                        (SELECT kind FROM authorities_body WHERE id = NEW.body_id)\n                        IN ('strategic_authority', 'integrated_care_board')\n                    ) THEN\n                        RAISE EXCEPTION 'the role % does not fit the body', NEW.role\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='511ed3760d8d41e796a0abf73606c3abd24c0e9b', operation='INSERT OR UPDATE', pgid='pgtrigger_role_fits_body_038ef', table='authorities_invitation', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_invitationevent" ("accepted_at", "accepted_by_id", "body_id", "email", "expires_at", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_at", "sent_at", "times_sent", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."body_id", NEW."email", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."role_ends_at", NEW."sent_at", NEW."times_sent", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='033c99dfe836068b4c36c6cc4b0ef79554bf2566', operation='INSERT', pgid='pgtrigger_insert_insert_22ddc', table='authorities_invitation', when='AFTER')),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."accepted_by_id" IS DISTINCT FROM (NEW."accepted_by_id") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."role_ends_at" IS DISTINCT FROM (NEW."role_ends_at") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."times_sent" IS DISTINCT FROM (NEW."times_sent") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id"))', func='INSERT INTO "authorities_invitationevent" ("accepted_at", "accepted_by_id", "body_id", "email", "expires_at", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_at", "sent_at", "times_sent", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."accepted_at", NEW."accepted_by_id", NEW."body_id", NEW."email", NEW."expires_at", NEW."id", NEW."invited_at", NEW."invited_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."role_ends_at", NEW."sent_at", NEW."times_sent", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='852fba52bc23f58b1e010d5123c70cee96c896f9', operation='UPDATE', pgid='pgtrigger_update_update_57aac', table='authorities_invitation', when='AFTER')),
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_invitationevent" ("accepted_at", "accepted_by_id", "body_id", "email", "expires_at", "id", "invited_at", "invited_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_at", "sent_at", "times_sent", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."accepted_at", OLD."accepted_by_id", OLD."body_id", OLD."email", OLD."expires_at", OLD."id", OLD."invited_at", OLD."invited_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."role_ends_at", OLD."sent_at", OLD."times_sent", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='c38cbb5ea6640d44be8c18a8be415c2ed7bb17fa', operation='DELETE', pgid='pgtrigger_delete_delete_d8af9', table='authorities_invitation', when='AFTER')),
            ),
            InstallTrigger(
                model_name='invitationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5f2c5d8a2628999a2580f2df9123d6403a683a49', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_051e4', table='authorities_invitationevent', when='BEFORE')),
            ),
        ]),
    ]
