"""What a side says of the other, and levers that become commitments."""

import authorities.migration_operations
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_sliver_thresholds'),
        ('duty', '0004_answers_from_expert_reviews'),
        ('engagement', '0007_reply'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name='ownview',
                    name='own_view_once',
                ),
                migrations.RemoveConstraint(
                    model_name='ownview',
                    name='view_side_is_known',
                ),
                migrations.RemoveConstraint(
                    model_name='ownview',
                    name='confirmed_view_says_who_and_what',
                ),
                migrations.RemoveConstraint(
                    model_name='ownview',
                    name='changed_level_says_why',
                ),
                migrations.AlterField(
                    model_name='ownview',
                    name='confirmed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_confirmed', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='ownview',
                    name='pair',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='authorities.pair'),
                ),
                migrations.AlterField(
                    model_name='ownview',
                    name='round',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='duty.round'),
                ),
                migrations.AlterField(
                    model_name='ownview',
                    name='updated_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_updated', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='pick',
                    name='theme',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='engagement.theme'),
                ),
                migrations.AddConstraint(
                    model_name='ownview',
                    constraint=models.UniqueConstraint(fields=('round', 'pair', 'side'), name='ownview_once'),
                ),
                migrations.AddConstraint(
                    model_name='ownview',
                    constraint=models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='ownview_side_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='ownview',
                    constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('level__isnull', False)), _connector='OR'), name='confirmed_ownview_says_who_and_what'),
                ),
                migrations.AddConstraint(
                    model_name='ownview',
                    constraint=models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level', models.F('computed_level')), models.Q(('changed_reason', ''), _negated=True), _connector='OR'), name='ownview_of_changed_level_says_why'),
                ),
            ],
        ),
    ]
