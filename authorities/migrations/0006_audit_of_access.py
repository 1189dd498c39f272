"""Who signed in, was refused, and saw what; seals over that and over the audit; ways to search."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0005_invitations'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='AccessEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Failed to sign in'), ('limited', 'Was stopped by a limit'), ('reset_asked', 'Asked for a new password'), ('password_changed', 'Changed the password'), ('step_added', 'Set up a second step'), ('step_removed', 'Removed a second step'), ('step_used', 'Took the second step'), ('step_failed', 'Failed the second step'), ('codes_made', 'Made new recovery codes'), ('proved_anew', 'Proved anew who they are'), ('refused', 'Was refused'), ('viewed', 'Looked at'), ('downloaded', 'Downloaded')], max_length=20)),
                    ('unknown_account', models.CharField(blank=True, max_length=32)),
                    ('network', models.CharField(blank=True, max_length=43)),
                    ('route', models.CharField(blank=True, max_length=100)),
                    ('named', models.JSONField(default=dict)),
                    ('permission', models.CharField(blank=True, help_text='The right by which it was seen, or that was refused.', max_length=40)),
                    ('body', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='access_events', to='authorities.body')),
                    ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='access_events', to=settings.AUTH_USER_MODEL)),
                    ('status', models.PositiveSmallIntegerField()),
                ],
                options={
                    'indexes': [
                        models.Index(fields=['at', 'id'], name='access_by_time'),
                        models.Index(fields=['person', 'at', 'id'], name='access_by_person'),
                        models.Index(fields=['body', 'at', 'id'], name='access_by_body'),
                        models.Index(fields=['kind', 'at', 'id'], name='access_by_kind'),
                        models.Index(fields=['route', 'at', 'id'], name='access_by_route'),
                    ],
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'signed_out', 'sign_in_failed', 'limited', 'reset_asked', 'password_changed', 'step_added', 'step_removed', 'step_used', 'step_failed', 'codes_made', 'proved_anew', 'refused', 'viewed', 'downloaded'])), name='access_kind_is_known'),
                        models.CheckConstraint(condition=models.Q(('unknown_account', ''), ('person', None), _connector='OR'), name='account_is_known_or_not'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='AuditSeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField(unique=True)),
                    ('ledger', models.CharField(choices=[('audit', 'What was done'), ('access', 'Who signed in and saw what')], max_length=6)),
                    ('first_id', models.BigIntegerField()),
                    ('last_id', models.BigIntegerField()),
                    ('rows', models.PositiveIntegerField()),
                    ('leaves', models.BinaryField()),
                    ('previous', models.CharField(blank=True, max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                    ('sealed_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [
                        models.CheckConstraint(condition=models.Q(('ledger__in', ['audit', 'access'])), name='seals_a_table'),
                        models.CheckConstraint(condition=models.Q(('last_id__gte', models.F('first_id'))), name='seals_from_first_to_last'),
                        models.UniqueConstraint(fields=('ledger', 'first_id'), name='sealed_once'),
                    ],
                },
            ),
            migrations.AlterField(
                model_name='auditevent',
                name='at',
                field=models.DateTimeField(),
            ),
            migrations.AlterField(
                model_name='auditevent',
                name='body',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_events', to='authorities.body'),
            ),
            migrations.AlterField(
                model_name='auditevent',
                name='by',
                field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_events', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddIndex(
                model_name='auditevent',
                index=models.Index(fields=['at', 'id'], name='audit_by_time'),
            ),
            migrations.AddIndex(
                model_name='auditevent',
                index=models.Index(fields=['by', 'at', 'id'], name='audit_by_person'),
            ),
            migrations.AddIndex(
                model_name='auditevent',
                index=models.Index(fields=['body', 'at', 'id'], name='audit_by_body'),
            ),
            migrations.AddIndex(
                model_name='auditevent',
                index=models.Index(fields=['action', 'at', 'id'], name='audit_by_action'),
            ),
            migrations.AddIndex(
                model_name='auditevent',
                index=models.Index(fields=['target_id', 'at', 'id'], name='audit_by_thing'),
            ),
            InstallTrigger(
                model_name='auditseal',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ead2a83ea6d3383db7dd88275f659a2fcab6068c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72c8a', table='authorities_auditseal', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='accessevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0139004d6c98091aede097bd37416401febed067', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_076a9', table='authorities_accessevent', when='BEFORE')),
            ),
        ]),
    ]
