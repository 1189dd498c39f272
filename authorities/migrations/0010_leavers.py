"""A person who left is called by their key, and their name is taken out of three histories."""

import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from authorities.migration_operations import InstallTrigger, Together


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0009_api_tokens'),
    ]

    operations = [
        Together([
            pgtrigger.migrations.RemoveTrigger(
                model_name='invitation',
                name='invitation_stays',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='invitationevent',
                name='append_only',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='messageevent',
                name='append_only',
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='userevent',
                name='append_only',
            ),
            InstallTrigger(
                model_name='invitation',
                trigger=pgtrigger.compiler.Trigger(name='invitation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF to_jsonb(NEW) - 'email' = to_jsonb(OLD) - 'email'\n                        AND NEW.email LIKE '%@left.invalid'\n                        AND EXISTS (SELECT FROM authorities_user WHERE email = NEW.email)\n                    THEN\n                        RETURN NEW;\n                    END IF;\n                    IF OLD.accepted_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL\n                        OR (OLD.email, OLD.body_id, OLD.role, OLD.role_ends_at, OLD.invited_by_id,\n                            OLD.invited_at)\n                        IS DISTINCT FROM\n                        (NEW.email, NEW.body_id, NEW.role, NEW.role_ends_at, NEW.invited_by_id,\n                            NEW.invited_at)\n                    THEN\n                        RAISE EXCEPTION 'an invitation stays as it was given, and is answered once'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='fba0f57ca14913e8713198c7aa1495e4c2519e58', operation='UPDATE', pgid='pgtrigger_invitation_stays_71286', table='authorities_invitation', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='invitationevent',
                trigger=pgtrigger.compiler.Trigger(name='history_stays_but_for_who_left', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF to_jsonb(NEW) - ARRAY['email'] = to_jsonb(OLD) - ARRAY['email'] AND\n                    NEW.email LIKE '%@left.invalid'\n        AND EXISTS (SELECT FROM authorities_user AS person WHERE person.email = NEW.email)\n        AND EXISTS (\n            SELECT FROM authorities_invitation AS held\n            WHERE held.id = NEW.pgh_obj_id AND held.email = NEW.email\n        )\n                THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'a history stays, but for the name of who left'\n                USING ERRCODE = 'check_violation';\n        ", hash='13878712854d0aa5a114f7a6334c0cb340444321', operation='UPDATE OR DELETE', pgid='pgtrigger_history_stays_but_for_who_left_c100a', table='authorities_invitationevent', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='messageevent',
                trigger=pgtrigger.compiler.Trigger(name='history_stays_but_for_who_left', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF to_jsonb(NEW) - ARRAY['address'] = to_jsonb(OLD) - ARRAY['address'] AND\n                    NEW.address LIKE '%@left.invalid'\n        AND EXISTS (SELECT FROM authorities_user AS person WHERE person.email = NEW.address)\n        AND EXISTS (\n            SELECT FROM authorities_message AS held\n            WHERE held.id = NEW.pgh_obj_id AND held.address = NEW.address\n        )\n                THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'a history stays, but for the name of who left'\n                USING ERRCODE = 'check_violation';\n        ", hash='ba2690199b49eee97eeb890053aadceac72b5741', operation='UPDATE OR DELETE', pgid='pgtrigger_history_stays_but_for_who_left_be093', table='authorities_messageevent', when='BEFORE')),
            ),
            InstallTrigger(
                model_name='userevent',
                trigger=pgtrigger.compiler.Trigger(name='history_stays_but_for_who_left', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF to_jsonb(NEW) - ARRAY['email', 'full_name'] = to_jsonb(OLD) - ARRAY['email', 'full_name'] AND\n                    NEW.email = ('person-' || NEW.pgh_obj_id::text || '@left.invalid')\n        AND NEW.full_name = ('Person ' || left(NEW.pgh_obj_id::text, 8) || ' (left)')\n        AND EXISTS (\n            SELECT FROM authorities_user AS person\n            WHERE person.id = NEW.pgh_obj_id AND person.email = NEW.email\n        )\n                THEN\n                    RETURN NEW;\n                END IF;\n            END IF;\n            RAISE EXCEPTION 'a history stays, but for the name of who left'\n                USING ERRCODE = 'check_violation';\n        ", hash='c0d75a5f75a9235c7118fac870bed6af9bc35883', operation='UPDATE OR DELETE', pgid='pgtrigger_history_stays_but_for_who_left_154a9', table='authorities_userevent', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('email__iendswith', '@left.invalid'), _negated=True), models.Q(('email', django.db.models.functions.text.Concat(models.Value('person-'), django.db.models.functions.comparison.Cast('id', models.CharField()), models.Value('@left.invalid'))), ('full_name', django.db.models.functions.text.Concat(models.Value('Person '), django.db.models.functions.text.Left(django.db.models.functions.comparison.Cast('id', models.CharField()), 8), models.Value(' (left)'))), ('is_active', False), ('password__startswith', '!')), _connector='OR'), name='leaver_is_called_by_their_key'),
            ),
        ]),
    ]
