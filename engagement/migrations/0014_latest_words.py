"""Lists of commitments join to both sides' latest updates, and find the newest proposals."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# What the triggers would have written, had they been there from the start.
_FILL = """
INSERT INTO engagement_latestwords (
    commitment_id,
    authority_update_id, authority_status, authority_at, authority_sent_back,
    board_update_id, board_status, board_at, board_sent_back
)
WITH newest AS (
    SELECT DISTINCT ON (given.commitment_id, given.side)
        given.commitment_id, given.side, given.id, given.status, given.at,
        sent_back.id IS NOT NULL AS sent_back
    FROM engagement_commitmentupdate AS given
    LEFT JOIN engagement_commitmentupdatereturn AS sent_back ON sent_back.update_id = given.id
    ORDER BY given.commitment_id, given.side, given.at DESC, given.id DESC
)
SELECT
    commitment_id,
    authority.id, authority.status, authority.at, COALESCE(authority.sent_back, FALSE),
    board.id, board.status, board.at, COALESCE(board.sent_back, FALSE)
FROM (SELECT * FROM newest WHERE side = 'sa') AS authority
FULL JOIN (SELECT * FROM newest WHERE side = 'icb') AS board USING (commitment_id)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0013_commitment_update_drafts'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name='commitment',
                    index=models.Index(fields=['-proposed_at', 'id'], name='commitments_newest_first'),
                ),
                migrations.CreateModel(
                    name='LatestWords',
                    fields=[
                        ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='latest', serialize=False, to='engagement.commitment')),
                        ('authority_update', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='engagement.commitmentupdate')),
                        ('authority_status', models.CharField(choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11, null=True)),
                        ('authority_at', models.DateTimeField(null=True)),
                        ('authority_sent_back', models.BooleanField(default=False)),
                        ('board_update', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='engagement.commitmentupdate')),
                        ('board_status', models.CharField(choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11, null=True)),
                        ('board_at', models.DateTimeField(null=True)),
                        ('board_sent_back', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority_at__isnull', False), ('authority_status__isnull', False), ('authority_update__isnull', False)), models.Q(('authority_at__isnull', True), ('authority_sent_back', False), ('authority_status__isnull', True), ('authority_update__isnull', True)), _connector='OR'), name='authority_words_are_whole'), models.CheckConstraint(condition=models.Q(models.Q(('board_at__isnull', False), ('board_status__isnull', False), ('board_update__isnull', False)), models.Q(('board_at__isnull', True), ('board_sent_back', False), ('board_status__isnull', True), ('board_update__isnull', True)), _connector='OR'), name='board_words_are_whole')],
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentupdate',
                    trigger=pgtrigger.compiler.Trigger(name='newest_update_is_the_latest_word', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    \n        IF NEW.side = 'sa' THEN\n            INSERT INTO engagement_latestwords AS words (\n                commitment_id, authority_update_id, authority_status, authority_at,\n                authority_sent_back, board_sent_back\n            )\n            VALUES (NEW.commitment_id, NEW.id, NEW.status, NEW.at, FALSE, FALSE)\n            ON CONFLICT (commitment_id) DO UPDATE SET\n                authority_update_id = EXCLUDED.authority_update_id,\n                authority_status = EXCLUDED.authority_status,\n                authority_at = EXCLUDED.authority_at,\n                authority_sent_back = FALSE\n            WHERE words.authority_at IS NULL\n                OR (words.authority_at, words.authority_update_id)\n                    < (EXCLUDED.authority_at, EXCLUDED.authority_update_id);\n        END IF;\n    \n                    \n        IF NEW.side = 'icb' THEN\n            INSERT INTO engagement_latestwords AS words (\n                commitment_id, board_update_id, board_status, board_at,\n                authority_sent_back, board_sent_back\n            )\n            VALUES (NEW.commitment_id, NEW.id, NEW.status, NEW.at, FALSE, FALSE)\n            ON CONFLICT (commitment_id) DO UPDATE SET\n                board_update_id = EXCLUDED.board_update_id,\n                board_status = EXCLUDED.board_status,\n                board_at = EXCLUDED.board_at,\n                board_sent_back = FALSE\n            WHERE words.board_at IS NULL\n                OR (words.board_at, words.board_update_id)\n                    < (EXCLUDED.board_at, EXCLUDED.board_update_id);\n        END IF;\n    \n                    RETURN NULL;\n                ", hash='90b36b41268ce793c9ebb067474200ddf1b653f5', operation='INSERT', pgid='pgtrigger_newest_update_is_the_latest_word_19d28', table='engagement_commitmentupdate', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='commitmentupdatereturn',
                    trigger=pgtrigger.compiler.Trigger(name='latest_word_was_sent_back', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    UPDATE engagement_latestwords SET authority_sent_back = TRUE\n                    WHERE authority_update_id = NEW.update_id;\n                    UPDATE engagement_latestwords SET board_sent_back = TRUE\n                    WHERE board_update_id = NEW.update_id;\n                    RETURN NULL;\n                ', hash='d497f26b40ed5bc31c73a64751ca4086cab667fe', operation='INSERT', pgid='pgtrigger_latest_word_was_sent_back_13cf6', table='engagement_commitmentupdatereturn', when='AFTER')),
                ),
            ],
        ),
        # The triggers keep writers out until this is done; whoever creates a model gives it all of its
        # own, so that the one which refuses this comes last.
        migrations.RunSQL(sql=_FILL, reverse_sql=migrations.RunSQL.noop),
        authorities.migration_operations.InstallTrigger(
            model_name='latestwords',
            trigger=pgtrigger.compiler.Trigger(name='latest_words_follow_updates', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF pg_trigger_depth() < 2 THEN\n                        RAISE EXCEPTION 'the latest words follow the updates of both sides alone'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='46aeff2f0754cd7f0d54f468cdc0ea27df05adc2', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_latest_words_follow_updates_84728', table='engagement_latestwords', when='BEFORE')),
        ),
    ]
