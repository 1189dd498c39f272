"""What a person began to say of a commitment and has not sent."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagement', '0012_commitment_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitmentUpdateDraft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                ('status', models.CharField(blank=True, choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11)),
                ('narrative', models.TextField(blank=True)),
                ('saved_at', models.DateTimeField()),
                ('form_key', models.UUIDField()),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='engagement.commitmentupdate')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitment_update_drafts', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='update_drafts', to='engagement.commitment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('commitment', 'side', 'by'), name='update_draft_once_a_person_and_side'), models.CheckConstraint(condition=models.Q(('narrative', ''), ('status', ''), _negated=True), name='update_draft_holds_something')],
            },
        ),
    ]
