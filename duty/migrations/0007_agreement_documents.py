"""The document of a partnership agreement, as a file."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duty', '0006_agreements_signed_by_both'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='AgreementDocument',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('file', models.FileField(upload_to='agreements/%Y/%m')),
                        ('file_name', models.CharField(max_length=200)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('png', 'PNG'), ('jpg', 'JPG')], max_length=4)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('received_at', models.DateTimeField()),
                        ('erased_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='duty.partnershipagreement')),
                        ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_documents_received', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'xlsx', 'png', 'jpg'])), name='agreement_document_is_of_a_known_kind'),
                            models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', 10000000)), name='agreement_document_is_of_a_size'),
                            models.CheckConstraint(condition=models.Q(('erased_at__isnull', True), ('erased_at__gte', models.F('received_at')), _connector='OR'), name='agreement_document_erased_after_it_came'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementDocumentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('file', models.FileField(upload_to='agreements/%Y/%m')),
                        ('file_name', models.CharField(max_length=200)),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'DOCX'), ('xlsx', 'XLSX'), ('png', 'PNG'), ('jpg', 'JPG')], max_length=4)),
                        ('size', models.PositiveBigIntegerField()),
                        ('sha256', models.CharField(max_length=64)),
                        ('form_key', models.UUIDField()),
                        ('received_at', models.DateTimeField()),
                        ('erased_at', models.DateTimeField(null=True)),
                        ('agreement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.partnershipagreement')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='duty.agreementdocument')),
                        ('received_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='partnershipagreement',
                    name='document',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_by', to='duty.agreementdocument'),
                ),
                migrations.AddField(
                    model_name='partnershipagreementevent',
                    name='document',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.agreementdocument'),
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='partnershipagreement',
                    name='signed_agreement_stays',
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
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='signed_agreement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT (TG_OP = 'INSERT' OR (OLD.title, OLD.status, OLD.signed_on, OLD.review_on, OLD.link, OLD.themes, OLD.other_theme, OLD.work_plan, OLD.work_plan_link, OLD.renews_id, OLD.document_id) IS NOT DISTINCT FROM (NEW.title, NEW.status, NEW.signed_on, NEW.review_on, NEW.link, NEW.themes, NEW.other_theme, NEW.work_plan, NEW.work_plan_link, NEW.renews_id, NEW.document_id)) AND EXISTS (\n                SELECT FROM duty_agreementsignature AS given\n                WHERE given.agreement_id = NEW.id AND given.voided_at IS NULL\n            ) THEN\n                RAISE EXCEPTION 'what was signed changes once its signatures are void'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9c93ec30a6892c94f2b2d01958c0da1c169c1695', operation='INSERT OR UPDATE', pgid='pgtrigger_signed_agreement_stays_04255', table='duty_partnershipagreement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='holds_its_own_document', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (\n                        SELECT FROM duty_agreementdocument AS kept\n                        WHERE kept.id = NEW.document_id AND kept.agreement_id = NEW.id\n                            AND kept.erased_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'an agreement holds a document of its own'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='fae4f6bdfce62c38aa344791d150b302751ca322', operation='INSERT OR UPDATE', pgid='pgtrigger_holds_its_own_document_e77d5', table='duty_partnershipagreement', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "document_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (NEW."added_at", NEW."added_by_id", NEW."authority_id", NEW."changed_at", NEW."changed_by_id", NEW."document_id", NEW."ended_on", NEW."ending", NEW."ending_reason", NEW."form_key", NEW."id", NEW."link", NEW."other_theme", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."renews_id", NEW."review_on", NEW."signed_on", NEW."status", NEW."themes", NEW."title", NEW."version", NEW."work_plan", NEW."work_plan_link"); RETURN NULL;', hash='559e8c41da6d02a1ffc679280f5c2debe9b0d1c6', operation='INSERT', pgid='pgtrigger_insert_insert_0e1ae', table='duty_partnershipagreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "document_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (NEW."added_at", NEW."added_by_id", NEW."authority_id", NEW."changed_at", NEW."changed_by_id", NEW."document_id", NEW."ended_on", NEW."ending", NEW."ending_reason", NEW."form_key", NEW."id", NEW."link", NEW."other_theme", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."renews_id", NEW."review_on", NEW."signed_on", NEW."status", NEW."themes", NEW."title", NEW."version", NEW."work_plan", NEW."work_plan_link"); RETURN NULL;', hash='06791b4ab0daacd9a6d2e5bb83d030f748120c82', operation='UPDATE', pgid='pgtrigger_update_update_6110b', table='duty_partnershipagreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnershipagreement',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_partnershipagreementevent" ("added_at", "added_by_id", "authority_id", "changed_at", "changed_by_id", "document_id", "ended_on", "ending", "ending_reason", "form_key", "id", "link", "other_theme", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "renews_id", "review_on", "signed_on", "status", "themes", "title", "version", "work_plan", "work_plan_link") VALUES (OLD."added_at", OLD."added_by_id", OLD."authority_id", OLD."changed_at", OLD."changed_by_id", OLD."document_id", OLD."ended_on", OLD."ending", OLD."ending_reason", OLD."form_key", OLD."id", OLD."link", OLD."other_theme", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."renews_id", OLD."review_on", OLD."signed_on", OLD."status", OLD."themes", OLD."title", OLD."version", OLD."work_plan", OLD."work_plan_link"); RETURN NULL;', hash='2054d4f409d018c5ae34337df5add3fcec5f7bf1', operation='DELETE', pgid='pgtrigger_delete_delete_977f2', table='duty_partnershipagreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='agreement_document_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.erased_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'erased_at' <> to_jsonb(OLD) - 'erased_at'\n                THEN\n                    RAISE EXCEPTION 'a document of an agreement stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='b610053b352ef160522d056ef1e7ff74dbc1016b', operation='UPDATE', pgid='pgtrigger_agreement_document_stays_59256', table='duty_agreementdocument', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='agreement_document_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5341d77ef13de919f6784949722a781948f3300e', operation='DELETE', pgid='pgtrigger_agreement_document_never_deleted_deb4f', table='duty_agreementdocument', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='document_that_counts_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."erased_at" IS NOT NULL)', func="\n                    IF EXISTS (\n                        SELECT FROM duty_partnershipagreement AS holder\n                        WHERE holder.document_id = NEW.id\n                    ) OR EXISTS (\n                        SELECT FROM duty_agreementsignature AS given\n                        WHERE given.agreement_id = NEW.agreement_id\n                            AND given.content -> 'document' ->> 'id' = NEW.id::text\n                    ) THEN\n                        RAISE EXCEPTION 'a document that is held or was signed stays'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='dee3b98bcdc70d8fd15a0ca3a18ad3454a884d99', operation='UPDATE', pgid='pgtrigger_document_that_counts_stays_42e0a', table='duty_agreementdocument', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementdocumentevent" ("agreement_id", "erased_at", "file", "file_name", "form_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "size") VALUES (NEW."agreement_id", NEW."erased_at", NEW."file", NEW."file_name", NEW."form_key", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."sha256", NEW."size"); RETURN NULL;', hash='0157f78977ba73cad3eebf840671a89d7c681cd7', operation='INSERT', pgid='pgtrigger_insert_insert_d45b4', table='duty_agreementdocument', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "duty_agreementdocumentevent" ("agreement_id", "erased_at", "file", "file_name", "form_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "size") VALUES (NEW."agreement_id", NEW."erased_at", NEW."file", NEW."file_name", NEW."form_key", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."received_by_id", NEW."sha256", NEW."size"); RETURN NULL;', hash='69dc810a39eda17027a11dba2bf4d46b8eab47cf', operation='UPDATE', pgid='pgtrigger_update_update_657d6', table='duty_agreementdocument', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocument',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "duty_agreementdocumentevent" ("agreement_id", "erased_at", "file", "file_name", "form_key", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "received_by_id", "sha256", "size") VALUES (OLD."agreement_id", OLD."erased_at", OLD."file", OLD."file_name", OLD."form_key", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_at", OLD."received_by_id", OLD."sha256", OLD."size"); RETURN NULL;', hash='550daf6ccf3702dc43f3c4a35ee3a4d2931ec949', operation='DELETE', pgid='pgtrigger_delete_delete_9cd55', table='duty_agreementdocument', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreementdocumentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='52fe9a103dc7a3f86c57905f879e05a18a8de11e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_98246', table='duty_agreementdocumentevent', when='BEFORE')),
                ),
            ],
        ),
    ]
