"""Tokens of programs, how often callers of the API call, and that a token was used."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0008_organisation_links'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='ApiToken',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('name', models.CharField(max_length=60)),
                    ('scope', models.CharField(choices=[('read', 'Read'), ('write', 'Read and write')], max_length=5)),
                    ('digest', models.CharField(help_text='SHA-256, in hexadecimal.', max_length=64, unique=True)),
                    ('first_characters', models.CharField(max_length=10)),
                    ('made_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('last_used_at', models.DateTimeField(help_text='Written once an hour at most.', null=True)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                    ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens_revoked', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['ends_at'], name='tokens_by_end'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='token_scope_is_known'),
                        models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name'),
                        models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='token_is_kept_as_a_digest'),
                        models.CheckConstraint(condition=models.Q(('first_characters__regex', '^hdt_[A-Za-z0-9_-]{6}$')), name='token_shows_its_beginning_alone'),
                        models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=366))))), name='token_lasts_a_year_at_most'),
                        models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__gte', models.F('made_at')), ('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='revoked_token_says_by_whom'),
                        models.CheckConstraint(condition=models.Q(('last_used_at__isnull', True), models.Q(('last_used_at__gte', models.F('made_at')), ('last_used_at__lt', models.F('ends_at'))), _connector='OR'), name='token_used_while_in_force'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='ApiTokenEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                    ('name', models.CharField(max_length=60)),
                    ('scope', models.CharField(choices=[('read', 'Read'), ('write', 'Read and write')], max_length=5)),
                    ('first_characters', models.CharField(max_length=10)),
                    ('made_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField()),
                    ('revoked_at', models.DateTimeField(null=True)),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='authorities.apitoken')),
                    ('revoked_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='CallCount',
                fields=[
                    ('caller', models.CharField(help_text='A person, a token, or the place that shows tokens which are refused.', max_length=80, primary_key=True, serialize=False)),
                    ('minute', models.DateTimeField()),
                    ('calls', models.PositiveIntegerField()),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['minute'], name='calls_by_minute'),
                    ],
                },
            ),
            migrations.RemoveConstraint(
                model_name='accessevent',
                name='access_kind_is_known',
            ),
            migrations.AlterField(
                model_name='accessevent',
                name='kind',
                field=models.CharField(choices=[('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Failed to sign in'), ('limited', 'Was stopped by a limit'), ('reset_asked', 'Asked for a new password'), ('password_changed', 'Changed the password'), ('step_added', 'Set up a second step'), ('step_removed', 'Removed a second step'), ('step_used', 'Took the second step'), ('step_failed', 'Failed the second step'), ('codes_made', 'Made new recovery codes'), ('proved_anew', 'Proved anew who they are'), ('refused', 'Was refused'), ('viewed', 'Looked at'), ('downloaded', 'Downloaded'), ('token_used', 'Used a token')], max_length=20),
            ),
            migrations.AddConstraint(
                model_name='accessevent',
                constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'signed_out', 'sign_in_failed', 'limited', 'reset_asked', 'password_changed', 'step_added', 'step_removed', 'step_used', 'step_failed', 'codes_made', 'proved_anew', 'refused', 'viewed', 'downloaded', 'token_used'])), name='access_kind_is_known'),
            ),
            InstallTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='token_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.revoked_at IS NOT NULL\n                        OR (OLD.id, OLD.owner_id, OLD.name, OLD.scope, OLD.digest,\n                            OLD.first_characters, OLD.made_at, OLD.ends_at)\n                        IS DISTINCT FROM\n                        (NEW.id, NEW.owner_id, NEW.name, NEW.scope, NEW.digest,\n                            NEW.first_characters, NEW.made_at, NEW.ends_at)\n                    THEN\n                        RAISE EXCEPTION 'a token stays as it was made, and is revoked once'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2ff5e908f805ef9f51b306ed58cf5562d520533f', operation='UPDATE', pgid='pgtrigger_token_stays_723f1', table='authorities_apitoken', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_apitokenevent" ("ends_at", "first_characters", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "scope") VALUES (NEW."ends_at", NEW."first_characters", NEW."id", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."scope"); RETURN NULL;', hash='86b36d5dd240d7fb3c7c46a96de10fb60d60bef5', operation='INSERT', pgid='pgtrigger_insert_insert_b15b6', table='authorities_apitoken', when='AFTER')),
            ),
            InstallTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."first_characters" IS DISTINCT FROM (NEW."first_characters") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."scope" IS DISTINCT FROM (NEW."scope"))', func='INSERT INTO "authorities_apitokenevent" ("ends_at", "first_characters", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "scope") VALUES (NEW."ends_at", NEW."first_characters", NEW."id", NEW."made_at", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."scope"); RETURN NULL;', hash='3bb0b91cab680e5dedd5a003fbbfb47dbad0348f', operation='UPDATE', pgid='pgtrigger_update_update_f8360', table='authorities_apitoken', when='AFTER')),
            ),
            InstallTrigger(
                model_name='apitoken',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "authorities_apitokenevent" ("ends_at", "first_characters", "id", "made_at", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "scope") VALUES (OLD."ends_at", OLD."first_characters", OLD."id", OLD."made_at", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."revoked_by_id", OLD."scope"); RETURN NULL;', hash='84d55c49cec5b35b7d307c6ee78e9037039afed2', operation='DELETE', pgid='pgtrigger_delete_delete_f107e', table='authorities_apitoken', when='AFTER')),
            ),
            InstallTrigger(
                model_name='apitokenevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4a274fa62e8d9e0c25511499e74422c1f206b992', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_259dd', table='authorities_apitokenevent', when='BEFORE')),
            ),
        ]),
    ]
