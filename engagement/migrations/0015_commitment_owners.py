"""Who owns commitments by name."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0014_latest_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='CommitmentOwner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owners', to='engagement.commitment')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments_owned', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [
                        models.UniqueConstraint(fields=('commitment', 'side'), name='commitment_owner_once_a_side'),
                    ],
                },
            ),
            migrations.CreateModel(
                name='CommitmentOwnerEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                    ('commitment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.commitment')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.commitmentowner')),
                ],
                options={
                    'abstract': False,
                },
            ),
            InstallTrigger(
                model_name='commitmentowner',
                trigger=pgtrigger.compiler.Trigger(name='owner_has_a_role_at_the_body', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM engagement_commitment AS commitment\n                        JOIN authorities_pair AS pair ON pair.id = commitment.pair_id\n                        JOIN authorities_membership AS held\n                            ON held.user_id = NEW.person_id\n                            AND held.body_id = CASE NEW.side\n                                WHEN 'sa' THEN pair.authority_id\n                                WHEN 'icb' THEN pair.board_id\n                            END\n                        WHERE commitment.id = NEW.commitment_id\n                            AND (held.ended_at IS NULL OR held.ended_at > now())\n                    )\n                    THEN\n                        RAISE EXCEPTION 'an owner has a role at the body of the side'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='aafc96d78be1c3e25bf86139d55079a5ad8a6cce', operation='INSERT OR UPDATE', pgid='pgtrigger_owner_has_a_role_at_the_body_931f4', table='engagement_commitmentowner', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='commitmentowner',
                trigger=pgtrigger.compiler.Trigger(name='owners_are_frozen_with_the_commitment', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM engagement_commitment AS commitment\n                        WHERE commitment.id = COALESCE(NEW.commitment_id, OLD.commitment_id)\n                            AND commitment.state IN ('declined', 'closed')\n                    )\n                    THEN\n                        RAISE EXCEPTION 'owners of what is declined or closed are frozen'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='798068b5f531159fc4f86fe11edbab5abedd318c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_owners_are_frozen_with_the_commitment_37cf0', table='engagement_commitmentowner', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='commitmentowner',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentownerevent" ("commitment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side") VALUES (NEW."commitment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side"); RETURN NULL;', hash='938b8e36c2ed86b7e906516ec6c312f02080d677', operation='INSERT', pgid='pgtrigger_insert_insert_58c9c', table='engagement_commitmentowner', when='AFTER')),
            ),
            InstallTrigger(
                model_name='commitmentowner',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_commitmentownerevent" ("commitment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side") VALUES (NEW."commitment_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side"); RETURN NULL;', hash='30d828723403720bda7bfef647623786c9fad0e9', operation='UPDATE', pgid='pgtrigger_update_update_2949a', table='engagement_commitmentowner', when='AFTER')),
            ),
            InstallTrigger(
                model_name='commitmentowner',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentownerevent" ("commitment_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side") VALUES (OLD."commitment_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."side"); RETURN NULL;', hash='7ccf7e5522dbb8b9723dc974fc1d5660ffbba8d5', operation='DELETE', pgid='pgtrigger_delete_delete_e2724', table='engagement_commitmentowner', when='AFTER')),
            ),
            InstallTrigger(
                model_name='commitmentownerevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b1de6dd69c4717e07ddbcf31cd45a76cabae221', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb483', table='engagement_commitmentownerevent', when='BEFORE')),
            ),
        ]),
    ]
