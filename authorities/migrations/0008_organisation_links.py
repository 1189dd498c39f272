"""An account is linked to one person of an organisation: allauth's own table allows several."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("authorities", "0007_operations"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX one_organisation_link_an_account"
            " ON socialaccount_socialaccount (user_id, provider)",
            "DROP INDEX one_organisation_link_an_account",
        ),
    ]
