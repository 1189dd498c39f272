"""Two roles of trust: who says who holds roles at a body, and who reads the audit."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together

_ROLE = models.CharField(choices=[('editor', 'Editor'), ('signatory', 'Signatory'), ('analyst', 'Analyst'), ('moderator', 'Moderator'), ('lead_analyst', 'Lead analyst'), ('reader', 'Reader'), ('administrator', 'Administrator'), ('people_lead', 'People lead'), ('auditor', 'Auditor')], max_length=13)


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0003_sessions_ended'),
    ]

    operations = [
        Together([
            pgtrigger.migrations.RemoveTrigger(model_name='membership', name='role_fits_body'),
            migrations.RemoveConstraint(model_name='membership', name='role_is_known'),
            migrations.AlterField(model_name='membership', name='role', field=_ROLE),
            migrations.AlterField(model_name='membershipevent', name='role', field=_ROLE.clone()),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.CheckConstraint(condition=models.Q(('role__in', ['editor', 'signatory', 'analyst', 'moderator', 'lead_analyst', 'reader', 'administrator', 'people_lead', 'auditor'])), name='role_is_known'),
            ),
            InstallTrigger(
                model_name='membership',
                trigger=pgtrigger.compiler.Trigger(name='role_fits_body', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (NEW.role IN ('editor', 'people_lead', 'signatory')) <> (\n                        (SELECT kind FROM authorities_body WHERE id = NEW.body_id)\n                        IN ('strategic_authority', 'integrated_care_board')\n                    ) THEN\n                        RAISE EXCEPTION 'the role % does not fit the body', NEW.role\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='77ffc52146d6e761cfddcea0a63f2c0d1081910b', operation='INSERT OR UPDATE', pgid='pgtrigger_role_fits_body_39b54', table='authorities_membership', when='BEFORE')),
            ),
        ]),
    ]
