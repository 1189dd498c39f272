import authorities.migration_operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('duty', '0002_reminder_days_of_a_round'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.AddField(
                    model_name='roundhappening',
                    name='actor_body',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='round_happenings', to='authorities.body'),
                ),
            ],
        ),
    ]
