import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('duty', '0004_answers_from_expert_reviews'),
        ('engagement', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('not_started', 'Not started'), ('national_draft', 'Draft'), ('in_moderation', 'In moderation'), ('moderated', 'Moderated'), ('shared', 'Shared'), ('replied', 'Challenged'), ('unchallenged', 'Unchallenged'), ('final', 'Final'), ('not_assessed', 'Marked not assessed')], default='not_started', max_length=14)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('moderated_at', models.DateTimeField(null=True)),
                        ('shared_at', models.DateTimeField(null=True)),
                        ('unread_reason', models.TextField(blank=True)),
                        ('finalised_at', models.DateTimeField(null=True)),
                        ('not_assessed_reason', models.TextField(blank=True)),
                        ('second_look_since', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_assigned', to=settings.AUTH_USER_MODEL)),
                        ('drafted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_drafted', to=settings.AUTH_USER_MODEL)),
                        ('finalised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_finalised', to=settings.AUTH_USER_MODEL)),
                        ('moderated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments_moderated', to=settings.AUTH_USER_MODEL)),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='authorities.pair')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='duty.round')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('round', 'pair'), name='assessment_once'), models.CheckConstraint(condition=models.Q(('state__in', ['not_started', 'national_draft', 'in_moderation', 'moderated', 'shared', 'replied', 'unchallenged', 'final', 'not_assessed'])), name='assessment_state_is_known'), models.CheckConstraint(condition=models.Q(('drafted_by__isnull', True), ('moderated_by__isnull', True), models.Q(('moderated_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='moderator_is_not_the_drafter'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['final', 'moderated', 'replied', 'shared', 'unchallenged']), _negated=True), models.Q(('drafted_by__isnull', False), ('moderated_at__isnull', False), ('moderated_by__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='moderated_assessment_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'final'), _negated=True), models.Q(('finalised_at__isnull', False), ('finalised_by__isnull', False)), _connector='OR'), name='final_assessment_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_assessed'), _negated=True), models.Q(('not_assessed_reason', ''), _negated=True), _connector='OR'), name='not_assessed_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('state', models.CharField(choices=[('not_started', 'Not started'), ('national_draft', 'Draft'), ('in_moderation', 'In moderation'), ('moderated', 'Moderated'), ('shared', 'Shared'), ('replied', 'Challenged'), ('unchallenged', 'Unchallenged'), ('final', 'Final'), ('not_assessed', 'Marked not assessed')], default='not_started', max_length=14)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('moderated_at', models.DateTimeField(null=True)),
                        ('shared_at', models.DateTimeField(null=True)),
                        ('unread_reason', models.TextField(blank=True)),
                        ('finalised_at', models.DateTimeField(null=True)),
                        ('not_assessed_reason', models.TextField(blank=True)),
                        ('second_look_since', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('assigned_to', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('drafted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('finalised_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('moderated_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.assessment')),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.round')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AssessmentHappening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('type', models.CharField(max_length=20)),
                        ('actor_role', models.CharField(max_length=20)),
                        ('at', models.DateTimeField()),
                        ('reason', models.TextField(blank=True)),
                        ('payload', models.JSONField(default=dict)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessment_happenings', to=settings.AUTH_USER_MODEL)),
                        ('actor_body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessment_happenings', to='authorities.body')),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='happenings', to='engagement.assessment')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['assessment', 'at'], name='assessment_happenings_in_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('undecided', models.BooleanField(default=False)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('rationale', models.TextField(blank=True)),
                        ('private_note', models.TextField(blank=True)),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='engagement.assessment')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'side'), name='finding_once_a_side'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='finding_side_is_known'), models.CheckConstraint(condition=models.Q(('undecided', False), ('level__isnull', True), _connector='OR'), name='undecided_finding_has_no_level'), models.CheckConstraint(condition=models.Q(('level__isnull', True), models.Q(('computed_level__isnull', False), ('level', models.F('computed_level'))), models.Q(('changed_reason', ''), _negated=True), _connector='OR'), name='changed_finding_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('undecided', models.BooleanField(default=False)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('rationale', models.TextField(blank=True)),
                        ('private_note', models.TextField(blank=True)),
                        ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.assessment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.finding')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FindingEvidence',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(choices=[('link', 'Link'), ('answer', 'Answer of a submitted return'), ('commitment', 'Joint commitment'), ('framework', 'Outcomes framework'), ('own_view', 'Evidence of an own view')], default='link', max_length=10)),
                        ('title', models.CharField(max_length=200)),
                        ('address', models.CharField(max_length=500)),
                        ('public_note', models.TextField(blank=True)),
                        ('private_note', models.TextField(blank=True)),
                        ('given_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='engagement.finding')),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finding_evidence_given', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='finding_evidence_withdrawn', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('address', ''), _negated=True)), name='evidence_says_what_and_where'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='withdrawn_evidence_says_who_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingEvidenceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('kind', models.CharField(choices=[('link', 'Link'), ('answer', 'Answer of a submitted return'), ('commitment', 'Joint commitment'), ('framework', 'Outcomes framework'), ('own_view', 'Evidence of an own view')], default='link', max_length=10)),
                        ('title', models.CharField(max_length=200)),
                        ('address', models.CharField(max_length=500)),
                        ('public_note', models.TextField(blank=True)),
                        ('private_note', models.TextField(blank=True)),
                        ('given_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.finding')),
                        ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.findingevidence')),
                        ('withdrawn_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FindingPick',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='engagement.finding')),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finding_picks', to='engagement.theme')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('finding', 'theme'), name='finding_pick_once_a_theme'), models.CheckConstraint(condition=models.Q(('level__in', ['high', 'partial', 'low'])), name='finding_pick_is_a_level')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingPickEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('finding', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.finding')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.findingpick')),
                        ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.theme')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FindingReply',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('choice', models.CharField(choices=[('agree', 'Agree'), ('disagree', 'Disagree'), ('no_reply', 'No reply')], default='no_reply', max_length=8)),
                        ('note', models.TextField(blank=True)),
                        ('evidence', models.JSONField(default=list)),
                        ('replied_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='engagement.assessment')),
                        ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='finding_replies', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'side'), name='reply_once_a_side'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='reply_side_is_known'), models.CheckConstraint(condition=models.Q(('choice__in', ['agree', 'disagree', 'no_reply'])), name='reply_choice_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'disagree'), _negated=True), models.Q(models.Q(('note', ''), _negated=True), models.Q(('evidence', []), _negated=True)), _connector='OR'), name='disagreement_has_note_and_evidence'), models.CheckConstraint(condition=models.Q(models.Q(('choice', 'no_reply'), _negated=True), models.Q(('evidence', []), ('note', '')), _connector='OR'), name='note_of_a_reply_needs_a_choice'), models.CheckConstraint(condition=models.Q(('choice', 'no_reply'), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='reply_says_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='FindingReplyEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('choice', models.CharField(choices=[('agree', 'Agree'), ('disagree', 'Disagree'), ('no_reply', 'No reply')], default='no_reply', max_length=8)),
                        ('note', models.TextField(blank=True)),
                        ('evidence', models.JSONField(default=list)),
                        ('replied_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('assessment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.assessment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.findingreply')),
                        ('replied_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Interest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.TextField()),
                        ('declared_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='authorities.body')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'body'), name='interest_declared_once'), models.CheckConstraint(condition=models.Q(('what', ''), _negated=True), name='interest_says_what'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('declared_at')), _connector='OR'), name='interest_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='InterestEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('what', models.TextField()),
                        ('declared_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.interest')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Resolution',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('uphold', 'Level upheld'), ('change', 'Level changed')], max_length=6)),
                        ('reason', models.TextField()),
                        ('level_before', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level_after', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('resolved_at', models.DateTimeField()),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='engagement.findingreply')),
                        ('resolved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges_resolved', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('reply',), name='challenge_resolved_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='resolution_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'uphold'), _negated=True), ('level_after', models.F('level_before')), models.Q(('level_after__isnull', True), ('level_before__isnull', True)), _connector='OR'), name='upheld_level_stays')],
                    },
                ),
                migrations.CreateModel(
                    name='ResolutionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('outcome', models.CharField(choices=[('uphold', 'Level upheld'), ('change', 'Level changed')], max_length=6)),
                        ('reason', models.TextField()),
                        ('level_before', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level_after', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('resolved_at', models.DateTimeField()),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.resolution')),
                        ('reply', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.findingreply')),
                        ('resolved_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='assessment_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'INSERT' THEN\n                        IF NEW.state <> 'not_started' THEN\n                            RAISE EXCEPTION 'an assessment begins as not started'\n                                USING ERRCODE = 'check_violation';\n                        END IF;\n                        RETURN NEW;\n                    END IF;\n                    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (('final', 'in_moderation'), ('in_moderation', 'moderated'), ('in_moderation', 'national_draft'), ('moderated', 'shared'), ('national_draft', 'in_moderation'), ('national_draft', 'not_assessed'), ('not_assessed', 'not_started'), ('not_started', 'national_draft'), ('not_started', 'not_assessed'), ('replied', 'final'), ('replied', 'shared'), ('shared', 'replied'), ('shared', 'unchallenged'), ('unchallenged', 'final'), ('unchallenged', 'shared')) THEN\n                        RAISE EXCEPTION 'an assessment does not go from % to %',\n                            OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF OLD.state <> NEW.state AND NEW.state = 'in_moderation' AND (\n                        SELECT count(*) FROM engagement_finding AS finding\n                        WHERE finding.assessment_id = NEW.id AND finding.rationale <> ''\n                            AND (finding.undecided OR finding.level IS NOT NULL)\n                    ) <> 2 THEN\n                        RAISE EXCEPTION 'an assessment is sent with a level and rationale a side'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='909efd0ff4a18b502158e39d782e2188dbf40bed', operation='INSERT OR UPDATE', pgid='pgtrigger_assessment_takes_steps_of_the_table_cad84', table='engagement_assessment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='final_assessment_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state = 'final' AND NEW.state = 'final' AND (OLD.round_id, OLD.pair_id, OLD.assigned_to_id, OLD.drafted_by_id, OLD.sent_at, OLD.moderated_by_id, OLD.moderated_at, OLD.shared_at, OLD.unread_reason, OLD.finalised_by_id, OLD.finalised_at, OLD.not_assessed_reason) IS DISTINCT FROM (NEW.round_id, NEW.pair_id, NEW.assigned_to_id, NEW.drafted_by_id, NEW.sent_at, NEW.moderated_by_id, NEW.moderated_at, NEW.shared_at, NEW.unread_reason, NEW.finalised_by_id, NEW.finalised_at, NEW.not_assessed_reason))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='190696a5ed88249f27b5aebef7260ffb0c5cbf81', operation='UPDATE', pgid='pgtrigger_final_assessment_stays_26158', table='engagement_assessment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='assessment_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c5cb4c74a00a47566cb390dae57c59395c956543', operation='DELETE', pgid='pgtrigger_assessment_never_deleted_57e2b', table='engagement_assessment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_assessmentevent" ("assigned_to_id", "drafted_by_id", "finalised_at", "finalised_by_id", "id", "moderated_at", "moderated_by_id", "not_assessed_reason", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "second_look_since", "sent_at", "shared_at", "state", "unread_reason", "updated_at", "version") VALUES (NEW."assigned_to_id", NEW."drafted_by_id", NEW."finalised_at", NEW."finalised_by_id", NEW."id", NEW."moderated_at", NEW."moderated_by_id", NEW."not_assessed_reason", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."second_look_since", NEW."sent_at", NEW."shared_at", NEW."state", NEW."unread_reason", NEW."updated_at", NEW."version"); RETURN NULL;', hash='37b6392578971b48dc6e7f0040ba236370063d7d', operation='INSERT', pgid='pgtrigger_insert_insert_128fc', table='engagement_assessment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_assessmentevent" ("assigned_to_id", "drafted_by_id", "finalised_at", "finalised_by_id", "id", "moderated_at", "moderated_by_id", "not_assessed_reason", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "second_look_since", "sent_at", "shared_at", "state", "unread_reason", "updated_at", "version") VALUES (NEW."assigned_to_id", NEW."drafted_by_id", NEW."finalised_at", NEW."finalised_by_id", NEW."id", NEW."moderated_at", NEW."moderated_by_id", NEW."not_assessed_reason", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."second_look_since", NEW."sent_at", NEW."shared_at", NEW."state", NEW."unread_reason", NEW."updated_at", NEW."version"); RETURN NULL;', hash='0d608d4b4a558386e4cabb9dc9a266bf41f9ef60', operation='UPDATE', pgid='pgtrigger_update_update_11296', table='engagement_assessment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_assessmentevent" ("assigned_to_id", "drafted_by_id", "finalised_at", "finalised_by_id", "id", "moderated_at", "moderated_by_id", "not_assessed_reason", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "second_look_since", "sent_at", "shared_at", "state", "unread_reason", "updated_at", "version") VALUES (OLD."assigned_to_id", OLD."drafted_by_id", OLD."finalised_at", OLD."finalised_by_id", OLD."id", OLD."moderated_at", OLD."moderated_by_id", OLD."not_assessed_reason", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id", OLD."second_look_since", OLD."sent_at", OLD."shared_at", OLD."state", OLD."unread_reason", OLD."updated_at", OLD."version"); RETURN NULL;', hash='5cf216f6512c4085db0a696a7e77d277bcb54e12', operation='DELETE', pgid='pgtrigger_delete_delete_8c5d6', table='engagement_assessment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessmentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aadc7d9d7f3a5d1715485f7b72b785bf061fa996', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_49e49', table='engagement_assessmentevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='assessmenthappening',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9f73e32c3e6438acea8968601f5a697f5ff8a97f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_525fb', table='engagement_assessmenthappening', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='locked_with_its_assessment', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT state FROM engagement_assessment\n                        WHERE id = COALESCE(NEW.assessment_id, OLD.assessment_id))\n                        <> 'national_draft' THEN\n                        RAISE EXCEPTION 'a finding is written in the draft alone'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='2090d14d33a03f4035fd2589cadbdae735ae59e6', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_locked_with_its_assessment_70c9c', table='engagement_finding', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingevent" ("assessment_id", "changed_reason", "computed_level", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "rationale", "side", "undecided") VALUES (NEW."assessment_id", NEW."changed_reason", NEW."computed_level", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."private_note", NEW."rationale", NEW."side", NEW."undecided"); RETURN NULL;', hash='57e5ea23af503409481da1386f0ed876669c4144', operation='INSERT', pgid='pgtrigger_insert_insert_55a46', table='engagement_finding', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingevent" ("assessment_id", "changed_reason", "computed_level", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "rationale", "side", "undecided") VALUES (NEW."assessment_id", NEW."changed_reason", NEW."computed_level", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."private_note", NEW."rationale", NEW."side", NEW."undecided"); RETURN NULL;', hash='946e6faf4aba53144212ebce3c9b088d5b7a80a2', operation='UPDATE', pgid='pgtrigger_update_update_dbb5c', table='engagement_finding', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='finding',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingevent" ("assessment_id", "changed_reason", "computed_level", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "rationale", "side", "undecided") VALUES (OLD."assessment_id", OLD."changed_reason", OLD."computed_level", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."private_note", OLD."rationale", OLD."side", OLD."undecided"); RETURN NULL;', hash='296f1ca61791d5052585450dd5004420ebebdaa8', operation='DELETE', pgid='pgtrigger_delete_delete_3f834', table='engagement_finding', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ced911c97dd08e7a4a6b74764d00391310289c2b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_889b7', table='engagement_findingevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevidence',
                    trigger=pgtrigger.compiler.Trigger(name='evidence_only_withdrawn_after_the_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND\n                        to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason'\n                        = to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id' - 'withdrawn_reason'\n                    THEN\n                        RETURN NEW;\n                    END IF;\n                    IF (SELECT assessment.state FROM engagement_finding AS finding\n                        JOIN engagement_assessment AS assessment\n                            ON assessment.id = finding.assessment_id\n                        WHERE finding.id = COALESCE(NEW.finding_id, OLD.finding_id))\n                        <> 'national_draft' OR (TG_OP <> 'INSERT' AND OLD.withdrawn_at IS NOT NULL) THEN\n                        RAISE EXCEPTION 'evidence is only withdrawn after the draft'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='9e7d4d24b7b0e41eb9be25c1cc9b0b9d124f29e0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_evidence_only_withdrawn_after_the_draft_54a66', table='engagement_findingevidence', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevidence',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingevidenceevent" ("address", "finding_id", "given_at", "given_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "public_note", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."address", NEW."finding_id", NEW."given_at", NEW."given_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."private_note", NEW."public_note", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='36820d63230026ff5e4e6c8335419c154a916046', operation='INSERT', pgid='pgtrigger_insert_insert_d0be0', table='engagement_findingevidence', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevidence',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingevidenceevent" ("address", "finding_id", "given_at", "given_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "public_note", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."address", NEW."finding_id", NEW."given_at", NEW."given_by_id", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."private_note", NEW."public_note", NEW."title", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='59f0a2be7d948ff837b9a86661cd5f094bce7b7a', operation='UPDATE', pgid='pgtrigger_update_update_bf507', table='engagement_findingevidence', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevidence',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingevidenceevent" ("address", "finding_id", "given_at", "given_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "public_note", "title", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."address", OLD."finding_id", OLD."given_at", OLD."given_by_id", OLD."id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."private_note", OLD."public_note", OLD."title", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;', hash='582683e91a4e27f08f9c0e18f1ead4f34ca5ec27', operation='DELETE', pgid='pgtrigger_delete_delete_e4d93', table='engagement_findingevidence', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingevidenceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0e489fa79ce16a625ab7d8f8f6566fa040205132', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa1fc', table='engagement_findingevidenceevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingpick',
                    trigger=pgtrigger.compiler.Trigger(name='locked_with_its_finding', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT assessment.state FROM engagement_finding AS finding\n                        JOIN engagement_assessment AS assessment\n                            ON assessment.id = finding.assessment_id\n                        WHERE finding.id = COALESCE(NEW.finding_id, OLD.finding_id))\n                        <> 'national_draft' THEN\n                        RAISE EXCEPTION 'a statement is picked in the draft alone'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='02f78d25db78efe7d882718634b98a10424b168c', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_locked_with_its_finding_84815', table='engagement_findingpick', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingpick',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingpickevent" ("finding_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."finding_id", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='6f3bf61c738517ad7456f6da021bf970e1bc5638', operation='INSERT', pgid='pgtrigger_insert_insert_31e39', table='engagement_findingpick', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingpick',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingpickevent" ("finding_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (NEW."finding_id", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id"); RETURN NULL;', hash='42f551a89581fc9078f2c3a32a1679e684d360cc', operation='UPDATE', pgid='pgtrigger_update_update_a22b0', table='engagement_findingpick', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingpick',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingpickevent" ("finding_id", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id") VALUES (OLD."finding_id", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id"); RETURN NULL;', hash='c9862d570a974f506844ea1eaec3ebcd531cc420', operation='DELETE', pgid='pgtrigger_delete_delete_abf95', table='engagement_findingpick', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingpickevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5f45c312a44c6b2c004e1d08ef5040bcc12b3dc9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_be53d', table='engagement_findingpickevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='reply_while_it_is_shared', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT state FROM engagement_assessment WHERE id = NEW.assessment_id)\n                        <> 'shared' THEN\n                        RAISE EXCEPTION 'a reply is given while the finding is shared'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c8f340c9fb904722f15f0ed2787db83672d876d0', operation='INSERT OR UPDATE', pgid='pgtrigger_reply_while_it_is_shared_f1d92', table='engagement_findingreply', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='reply_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fc18395545cd2d262e7608b203af10312ae20164', operation='DELETE', pgid='pgtrigger_reply_never_deleted_e52a1', table='engagement_findingreply', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "version") VALUES (NEW."assessment_id", NEW."choice", NEW."evidence", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replied_at", NEW."replied_by_id", NEW."side", NEW."version"); RETURN NULL;', hash='154dba9416a24e0aa50e5899ab619a4b9e97ef8a', operation='INSERT', pgid='pgtrigger_insert_insert_5f5dd', table='engagement_findingreply', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "version") VALUES (NEW."assessment_id", NEW."choice", NEW."evidence", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replied_at", NEW."replied_by_id", NEW."side", NEW."version"); RETURN NULL;', hash='f384b238262275a16fa4459e2077ac886b35a17a', operation='UPDATE', pgid='pgtrigger_update_update_9d4c0', table='engagement_findingreply', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreply',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_findingreplyevent" ("assessment_id", "choice", "evidence", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replied_at", "replied_by_id", "side", "version") VALUES (OLD."assessment_id", OLD."choice", OLD."evidence", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replied_at", OLD."replied_by_id", OLD."side", OLD."version"); RETURN NULL;', hash='5258d586a43dd3b002c25580cfe39f56ced4c889', operation='DELETE', pgid='pgtrigger_delete_delete_36531', table='engagement_findingreply', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='findingreplyevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44016579658aeff0c64d182ee8ec0b774906173f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0fec4', table='engagement_findingreplyevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interest',
                    trigger=pgtrigger.compiler.Trigger(name='interest_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.ended_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at'\n                THEN\n                    RAISE EXCEPTION 'an interest stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='8f8491f354debd2768cc532b5e4f3d101d7caa2f', operation='UPDATE', pgid='pgtrigger_interest_stays_36f4a', table='engagement_interest', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interest',
                    trigger=pgtrigger.compiler.Trigger(name='interest_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='30998b4a613fe7910a70f91a741949e439c4024e', operation='DELETE', pgid='pgtrigger_interest_never_deleted_b01be', table='engagement_interest', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interest',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_interestevent" ("body_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."body_id", NEW."declared_at", NEW."ended_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='290d1217409b4c930703218c55a3fd46340633d1', operation='INSERT', pgid='pgtrigger_insert_insert_dcb3f', table='engagement_interest', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interest',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_interestevent" ("body_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."body_id", NEW."declared_at", NEW."ended_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='89f9dcd82939a4e308ecbafa64a2d6ad00d67bbe', operation='UPDATE', pgid='pgtrigger_update_update_75e22', table='engagement_interest', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interest',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_interestevent" ("body_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (OLD."body_id", OLD."declared_at", OLD."ended_at", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."what"); RETURN NULL;', hash='f43b5c9e903683f4979384519943dd66be88e38b', operation='DELETE', pgid='pgtrigger_delete_delete_806df', table='engagement_interest', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='interestevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='91101bf289d19fb4730d6ad2b8a7e08363976bc0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0c497', table='engagement_interestevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='resolves_a_challenge', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM engagement_findingreply AS reply\n                        JOIN engagement_assessment AS assessment\n                            ON assessment.id = reply.assessment_id\n                        WHERE reply.id = NEW.reply_id AND reply.choice = 'disagree'\n                            AND assessment.state = 'replied'\n                    ) THEN\n                        RAISE EXCEPTION 'only a challenge is resolved, after the reply'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='53784a8d0b519e0b5ab735f720052bdd19c5429e', operation='INSERT', pgid='pgtrigger_resolves_a_challenge_01c5f', table='engagement_resolution', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='resolution_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.superseded_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'superseded_at' <> to_jsonb(OLD) - 'superseded_at'\n                THEN\n                    RAISE EXCEPTION 'a resolution stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='a1ce3dada328ca15f3bbf20c7938021241d63fb9', operation='UPDATE', pgid='pgtrigger_resolution_stays_12628', table='engagement_resolution', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='resolution_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='dc624541af9afb1e195193d99bf50dee3368d2a2', operation='DELETE', pgid='pgtrigger_resolution_never_deleted_049d5', table='engagement_resolution', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_resolutionevent" ("id", "level_after", "level_before", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reply_id", "resolved_at", "resolved_by_id", "superseded_at") VALUES (NEW."id", NEW."level_after", NEW."level_before", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reply_id", NEW."resolved_at", NEW."resolved_by_id", NEW."superseded_at"); RETURN NULL;', hash='1ca4e7c659f2b993d4ed79ec33b1c3a9bfc2bdac', operation='INSERT', pgid='pgtrigger_insert_insert_032b2', table='engagement_resolution', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_resolutionevent" ("id", "level_after", "level_before", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reply_id", "resolved_at", "resolved_by_id", "superseded_at") VALUES (NEW."id", NEW."level_after", NEW."level_before", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reply_id", NEW."resolved_at", NEW."resolved_by_id", NEW."superseded_at"); RETURN NULL;', hash='54dba123ac8403b9469326696b4e1ba29ef32806', operation='UPDATE', pgid='pgtrigger_update_update_bae2c', table='engagement_resolution', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolution',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_resolutionevent" ("id", "level_after", "level_before", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reply_id", "resolved_at", "resolved_by_id", "superseded_at") VALUES (OLD."id", OLD."level_after", OLD."level_before", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reply_id", OLD."resolved_at", OLD."resolved_by_id", OLD."superseded_at"); RETURN NULL;', hash='e19a20d9a56f1a76aefe527aa38a52ccd04fc315', operation='DELETE', pgid='pgtrigger_delete_delete_fb0ef', table='engagement_resolution', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='resolutionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca077ba4f8ddc8e9f92e5449aae63a7ba38e92e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_94a13', table='engagement_resolutionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
