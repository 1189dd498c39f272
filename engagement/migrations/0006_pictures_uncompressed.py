"""Pictures are written often, a row at a time, so they are not compressed each time."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0005_practice'),
    ]

    operations = [
        migrations.RunSQL(
            sql='ALTER TABLE engagement_nationalpicture ALTER COLUMN content SET STORAGE EXTERNAL',
            reverse_sql='ALTER TABLE engagement_nationalpicture ALTER COLUMN content SET STORAGE EXTENDED',
        ),
    ]
