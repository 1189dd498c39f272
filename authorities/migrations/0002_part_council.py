"""A part's council becomes a dated fact: councils are reorganised, too."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

# Until now a part had one council, on all days on which the council existed.
_COPY = """
    INSERT INTO authorities_partcouncil (part_id, council_id, valid)
    SELECT part.id, part.council_id, daterange(body.opened_on, body.closed_on)
    FROM authorities_areapart part
    JOIN authorities_body body ON body.id = part.council_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartCouncil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_councils', to='authorities.council')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='councils', to='authorities.areapart')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('part', '='), ('valid', '&&')], name='part_in_one_council_a_day')],
            },
        ),
        migrations.RunSQL(_COPY, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='areapart',
            name='council',
        ),
        migrations.AlterField(
            model_name='areapart',
            name='key',
            field=models.CharField(help_text="Its first council's code, colon, number.", max_length=16, unique=True),
        ),
    ]
