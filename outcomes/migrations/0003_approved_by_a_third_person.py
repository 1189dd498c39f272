import authorities.migration_operations
import pgtrigger.compiler
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0002_indicators_in_full'),
    ]

    operations = [
        authorities.migration_operations.InstallTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='approved_by_a_third_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."state" = \'approved\')', func="\n                    IF EXISTS (\n                        SELECT FROM outcomes_upload u WHERE u.release_id = NEW.id\n                        AND NEW.decided_by_id IN (u.uploaded_by_id, u.confirmed_by_id)\n                    ) THEN\n                        \n    RAISE EXCEPTION 'who sent values in does not approve them' USING ERRCODE = 'check_violation';\n\n                    END IF;\n                    RETURN NEW;\n                ", hash='0b5e4c9850aef7b3a0b7ebaaafa2250fdccece91', operation='INSERT OR UPDATE', pgid='pgtrigger_approved_by_a_third_person_4d4fc', table='outcomes_release', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='approved_by_a_third_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."release_id" IS NOT NULL)', func="\n                    IF EXISTS (\n                        SELECT FROM outcomes_release r\n                        WHERE r.id = NEW.release_id AND r.state = 'approved'\n                        AND r.decided_by_id IN (NEW.uploaded_by_id, NEW.confirmed_by_id)\n                    ) THEN\n                        \n    RAISE EXCEPTION 'who sent values in does not approve them' USING ERRCODE = 'check_violation';\n\n                    END IF;\n                    RETURN NEW;\n                ", hash='28a0ce52e6ac7497efd013997542912357bf3491', operation='INSERT OR UPDATE', pgid='pgtrigger_approved_by_a_third_person_b9e34', table='outcomes_upload', when='BEFORE')),
        ),
    ]
