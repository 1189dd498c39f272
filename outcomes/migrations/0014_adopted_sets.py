"""Each indicator of a framework names the set with which it came in."""

import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0013_set_versions'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkindicator',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkindicator',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='frameworkindicator',
                    name='delete_delete',
                ),
            ],
        ),
        authorities.migration_operations.Together(
            operations=[
                migrations.AddField(
                    model_name='frameworkindicator',
                    name='adopted_set',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_indicators', to='outcomes.indicatorset'),
                ),
                migrations.AddField(
                    model_name='frameworkindicatorevent',
                    name='adopted_set',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicatorset'),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkindicator',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkindicatorevent" ("adopted_set_id", "area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (NEW."adopted_set_id", NEW."area_id", NEW."authority_owner", NEW."authority_role", NEW."baseline_lower", NEW."baseline_period_id", NEW."baseline_release_id", NEW."baseline_upper", NEW."baseline_value", NEW."board_owner", NEW."breakdown_id", NEW."determinant_id", NEW."framework_version_id", NEW."id", NEW."indicator_id", NEW."item_id", NEW."lineage", NEW."no_baseline_reason", NEW."no_target_reason", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target_end", NEW."target_kind", NEW."target_label", NEW."target_mode", NEW."target_start", NEW."target_value", NEW."tolerance", NEW."trajectory"); RETURN NULL;', hash='526b6b773cd98a55667d505d9e3ad4c5c9c47566', operation='INSERT', pgid='pgtrigger_insert_insert_1756e', table='outcomes_frameworkindicator', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkindicator',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkindicatorevent" ("adopted_set_id", "area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (NEW."adopted_set_id", NEW."area_id", NEW."authority_owner", NEW."authority_role", NEW."baseline_lower", NEW."baseline_period_id", NEW."baseline_release_id", NEW."baseline_upper", NEW."baseline_value", NEW."board_owner", NEW."breakdown_id", NEW."determinant_id", NEW."framework_version_id", NEW."id", NEW."indicator_id", NEW."item_id", NEW."lineage", NEW."no_baseline_reason", NEW."no_target_reason", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target_end", NEW."target_kind", NEW."target_label", NEW."target_mode", NEW."target_start", NEW."target_value", NEW."tolerance", NEW."trajectory"); RETURN NULL;', hash='0c333a0dc8024b2346306313a48be2ab964ae9ac', operation='UPDATE', pgid='pgtrigger_update_update_0cd24', table='outcomes_frameworkindicator', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='frameworkindicator',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkindicatorevent" ("adopted_set_id", "area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (OLD."adopted_set_id", OLD."area_id", OLD."authority_owner", OLD."authority_role", OLD."baseline_lower", OLD."baseline_period_id", OLD."baseline_release_id", OLD."baseline_upper", OLD."baseline_value", OLD."board_owner", OLD."breakdown_id", OLD."determinant_id", OLD."framework_version_id", OLD."id", OLD."indicator_id", OLD."item_id", OLD."lineage", OLD."no_baseline_reason", OLD."no_target_reason", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target_end", OLD."target_kind", OLD."target_label", OLD."target_mode", OLD."target_start", OLD."target_value", OLD."tolerance", OLD."trajectory"); RETURN NULL;', hash='0061d13136d2c9aa057ee1d6ef4971ef8e7e0725', operation='DELETE', pgid='pgtrigger_delete_delete_235d0', table='outcomes_frameworkindicator', when='AFTER')),
                ),
            ],
        ),
    ]
