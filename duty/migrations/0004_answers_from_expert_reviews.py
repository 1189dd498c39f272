import authorities.migration_operations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duty', '0003_body_of_a_rounds_events'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name='answer',
                    name='answer_origin_is_known',
                ),
                migrations.AlterField(
                    model_name='answer',
                    name='origin',
                    field=models.CharField(choices=[('typed', 'Typed in'), ('last_round', 'Last round'), ('record', 'Standing records'), ('review', 'Expert review')], default='typed', max_length=10),
                ),
                migrations.AlterField(
                    model_name='answerevent',
                    name='origin',
                    field=models.CharField(choices=[('typed', 'Typed in'), ('last_round', 'Last round'), ('record', 'Standing records'), ('review', 'Expert review')], default='typed', max_length=10),
                ),
                migrations.AddConstraint(
                    model_name='answer',
                    constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['typed', 'last_round', 'record', 'review'])), name='answer_origin_is_known'),
                ),
            ],
        ),
    ]
