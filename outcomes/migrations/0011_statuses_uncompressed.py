"""Contents of statuses are written often and read whole, so they are not compressed each time."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('outcomes', '0010_mission_notes'),
    ]

    operations = [
        migrations.RunSQL(
            sql='ALTER TABLE outcomes_progressstatus ALTER COLUMN content SET STORAGE EXTERNAL',
            reverse_sql='ALTER TABLE outcomes_progressstatus ALTER COLUMN content SET STORAGE EXTENDED',
        ),
    ]
