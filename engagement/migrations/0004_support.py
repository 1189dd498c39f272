import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('authorities', '0001_initial'),
        ('engagement', '0003_versions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='Ambassador',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('shares', models.TextField()),
                        ('open_to_any', models.BooleanField()),
                        ('volunteered_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ambassadors', to='authorities.body')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ambassadors', to='authorities.pair')),
                        ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ambassadors', to='engagement.publishedplacement')),
                        ('volunteered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ambassadors_volunteered', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ambassadors_withdrawn', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('pair', 'side'), name='ambassador_once_for_a_side'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='withdrawn_ambassador_says_by_whom'), models.CheckConstraint(condition=models.Q(('shares', ''), _negated=True), name='ambassador_says_what_it_shares')],
                    },
                ),
                migrations.CreateModel(
                    name='AmbassadorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('shares', models.TextField()),
                        ('open_to_any', models.BooleanField()),
                        ('volunteered_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('form_key', models.UUIDField()),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.ambassador')),
                        ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.publishedplacement')),
                        ('volunteered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AmbassadorPair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_pairs', to='engagement.ambassador')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_by_ambassadors', to='authorities.pair')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('ambassador', 'pair'), name='ambassador_names_a_pair_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PeerLink',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('offered', 'Proposed'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='offered', max_length=9)),
                        ('about', models.TextField()),
                        ('proposed_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_words', models.TextField(blank=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('ambassador', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='engagement.ambassador')),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='peer_links_answered', to=settings.AUTH_USER_MODEL)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_links', to='authorities.body')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_links', to='authorities.pair')),
                        ('placement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_links', to='engagement.publishedplacement')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_links_proposed', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['offered', 'accepted', 'declined', 'withdrawn', 'ended'])), name='peer_link_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted'])), fields=('ambassador', 'pair', 'side'), name='link_stands_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined', 'ended']), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_link_says_when_and_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('ended_at__isnull', False), models.Q(('ended_words', ''), _negated=True)), _connector='OR'), name='ended_link_says_what_came_of_it'), models.CheckConstraint(condition=models.Q(('declined_reason', ''), ('state', 'declined'), _connector='OR'), name='only_a_declined_link_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='PeerLinkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('offered', 'Proposed'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('ended', 'Ended')], default='offered', max_length=9)),
                        ('about', models.TextField()),
                        ('proposed_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_words', models.TextField(blank=True)),
                        ('form_key', models.UUIDField()),
                        ('ambassador', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.ambassador')),
                        ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.peerlink')),
                        ('placement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.publishedplacement')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PeerMeeting',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('held_on', models.DateField()),
                        ('note', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_meetings', to=settings.AUTH_USER_MODEL)),
                        ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='engagement.peerlink')),
                    ],
                ),
                migrations.CreateModel(
                    name='SupportOffer',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('title', models.CharField(max_length=120)),
                        ('description', models.TextField()),
                        ('group_code', models.CharField(max_length=8)),
                        ('aimed_at', models.CharField(choices=[('both', 'Both sides'), ('less_engaged', 'The less engaged side')], max_length=12)),
                        ('need', models.CharField(blank=True, choices=[('peer_learning', 'Peer learning'), ('in_depth_support', 'In-depth support'), ('core_learning', 'Core learning'), ('data_and_analysis', 'Data and analysis'), ('funding_advice', 'Funding advice')], max_length=20)),
                        ('run_by', models.CharField(max_length=120)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(null=True)),
                        ('capacity', models.PositiveSmallIntegerField(null=True)),
                        ('notes', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=6)),
                        ('written_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_offers_written', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'open', 'closed'])), name='offer_state_is_known'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='offer_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gte', 1), _connector='OR'), name='offer_has_a_place_at_least'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('description', ''), _negated=True), models.Q(('group_code', ''), _negated=True), models.Q(('run_by', ''), _negated=True)), name='offer_says_what_it_is')],
                    },
                ),
                migrations.CreateModel(
                    name='Enrolment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('asked', 'Asked for'), ('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('not_given', 'Could not be given'), ('under_way', 'Under way'), ('ended', 'Ended'), ('left', 'Left')], max_length=9)),
                        ('asked', models.BooleanField()),
                        ('began_at', models.DateTimeField()),
                        ('group', models.CharField(max_length=8, null=True)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('not_given_reason', models.TextField(blank=True)),
                        ('outcome', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments_answered', to=settings.AUTH_USER_MODEL)),
                        ('began_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments_begun', to=settings.AUTH_USER_MODEL)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='authorities.body')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='authorities.pair')),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='engagement.supportoffer')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'offered', 'accepted', 'declined', 'withdrawn', 'not_given', 'under_way', 'ended', 'left'])), name='enrolment_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'offered', 'accepted', 'under_way'])), fields=('offer', 'pair', 'side'), name='enrolment_stands_once'), models.CheckConstraint(condition=models.Q(('declined_reason', ''), ('state', 'declined'), _connector='OR'), name='only_a_declined_enrolment_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_given'), _negated=True), models.Q(('not_given_reason', ''), _negated=True), _connector='OR'), name='enrolment_not_given_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ended'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='ended_enrolment_says_what_came_of_it'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined', 'under_way', 'ended']), _negated=True), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_enrolment_says_when_and_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='EnrolmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('asked', 'Asked for'), ('offered', 'Offered'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('not_given', 'Could not be given'), ('under_way', 'Under way'), ('ended', 'Ended'), ('left', 'Left')], max_length=9)),
                        ('asked', models.BooleanField()),
                        ('began_at', models.DateTimeField()),
                        ('group', models.CharField(max_length=8, null=True)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('not_given_reason', models.TextField(blank=True)),
                        ('outcome', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                        ('answered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('began_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.enrolment')),
                        ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.supportoffer')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PrivateSupportNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='private_support_notes', to=settings.AUTH_USER_MODEL)),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='private_notes', to='engagement.enrolment')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='privatesupportnote_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='SharedSupportNote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_support_notes', to=settings.AUTH_USER_MODEL)),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_notes', to='engagement.enrolment')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='sharedsupportnote_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='SupportOfferEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('title', models.CharField(max_length=120)),
                        ('description', models.TextField()),
                        ('group_code', models.CharField(max_length=8)),
                        ('aimed_at', models.CharField(choices=[('both', 'Both sides'), ('less_engaged', 'The less engaged side')], max_length=12)),
                        ('need', models.CharField(blank=True, choices=[('peer_learning', 'Peer learning'), ('in_depth_support', 'In-depth support'), ('core_learning', 'Core learning'), ('data_and_analysis', 'Data and analysis'), ('funding_advice', 'Funding advice')], max_length=20)),
                        ('run_by', models.CharField(max_length=120)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(null=True)),
                        ('capacity', models.PositiveSmallIntegerField(null=True)),
                        ('notes', models.TextField(blank=True)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=6)),
                        ('written_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.supportoffer')),
                        ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SupportSession',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('held_on', models.DateField()),
                        ('title', models.CharField(max_length=120)),
                        ('note', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='engagement.supportoffer')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='session_has_a_title')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionAttendance',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='engagement.enrolment')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='engagement.supportsession')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('session', 'enrolment'), name='attendance_once_a_session')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionAttendanceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('enrolment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.enrolment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.sessionattendance')),
                        ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.supportsession')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SupportSessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('held_on', models.DateField()),
                        ('title', models.CharField(max_length=120)),
                        ('note', models.TextField(blank=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                        ('offer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.supportoffer')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.supportsession')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='ambassador_is_of_a_green_pair', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NOT EXISTS (\n                SELECT FROM authorities_pair AS pair\n                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side\n                    WHEN \'sa\' THEN pair.authority_id WHEN \'icb\' THEN pair.board_id END\n            ) THEN\n                RAISE EXCEPTION \'the body is not that side of the pair\'\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            \n        IF NOT EXISTS (\n            SELECT FROM engagement_publishedplacement AS placed\n            WHERE placed.id = NEW.placement_id AND placed.pair_id = NEW.pair_id\n                AND placed."group" = \'green\'\n        ) THEN\n            RAISE EXCEPTION \'the published group of this pair is not green\'\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        \n            RETURN NEW;\n        ', hash='82a403a35a2c58fc61d437ea6af285171934c9d8', operation='INSERT OR UPDATE', pgid='pgtrigger_ambassador_is_of_a_green_pair_4cadb', table='engagement_ambassador', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='ambassador_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.withdrawn_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_by_id' <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_by_id'\n                THEN\n                    RAISE EXCEPTION 'an ambassador stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='9efa8552d2e9da96ebca9cfa1712bcd8b91d9f2e', operation='UPDATE', pgid='pgtrigger_ambassador_stays_26c3d', table='engagement_ambassador', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='ambassador_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7e4e58a3080103da3a32451006ccf666e62213aa', operation='DELETE', pgid='pgtrigger_ambassador_never_deleted_8dd40', table='engagement_ambassador', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "open_to_any", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."open_to_any", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."shares", NEW."side", NEW."volunteered_at", NEW."volunteered_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='4bc11ef11c5f112c1c0373cda6812fcba6eb496e', operation='INSERT', pgid='pgtrigger_insert_insert_d9c7c', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "open_to_any", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."body_id", NEW."form_key", NEW."id", NEW."open_to_any", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."shares", NEW."side", NEW."volunteered_at", NEW."volunteered_by_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='f378c5852f7e9689870310b816343c41d868493f', operation='UPDATE', pgid='pgtrigger_update_update_105bd', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassador',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ambassadorevent" ("body_id", "form_key", "id", "open_to_any", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "shares", "side", "volunteered_at", "volunteered_by_id", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."body_id", OLD."form_key", OLD."id", OLD."open_to_any", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."shares", OLD."side", OLD."volunteered_at", OLD."volunteered_by_id", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='c6c36268459dee6816f232c8e06b8e3c5ab8ff79', operation='DELETE', pgid='pgtrigger_delete_delete_e1fda', table='engagement_ambassador', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassadorevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='306075eaf843026eadadc2c7c735ac5a52057ba3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b0b6', table='engagement_ambassadorevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='ambassadorpair',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='73231dace25c754b38fdc39eec6a4a25ce7a4cab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a2758', table='engagement_ambassadorpair', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='link_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF TG_OP = 'INSERT' THEN\n                    IF NEW.state NOT IN ('offered') THEN\n                        RAISE EXCEPTION 'a support link does not begin as %', NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                END IF;\n                IF OLD.state IS DISTINCT FROM NEW.state\n                    AND (OLD.state, NEW.state) NOT IN (('accepted', 'ended'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn')) THEN\n                    RAISE EXCEPTION 'a support link does not go from % to %',\n                        OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='bbeb75a628f8e57773871787cdc732c3a223e3dc', operation='INSERT OR UPDATE', pgid='pgtrigger_link_takes_steps_of_the_table_1ee5e', table='engagement_peerlink', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='link_is_with_an_amber_pair', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            IF NOT EXISTS (\n                SELECT FROM authorities_pair AS pair\n                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side\n                    WHEN \'sa\' THEN pair.authority_id WHEN \'icb\' THEN pair.board_id END\n            ) THEN\n                RAISE EXCEPTION \'the body is not that side of the pair\'\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            \n        IF NOT EXISTS (\n            SELECT FROM engagement_publishedplacement AS placed\n            WHERE placed.id = NEW.placement_id AND placed.pair_id = NEW.pair_id\n                AND placed."group" = \'amber\'\n        ) THEN\n            RAISE EXCEPTION \'the published group of this pair is not amber\'\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        \n            RETURN NEW;\n        ', hash='aa1bf62d1e99f1204e53e24ba00a23f934e1f2ff', operation='INSERT OR UPDATE', pgid='pgtrigger_link_is_with_an_amber_pair_7eb89', table='engagement_peerlink', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='link_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1bdd884392b26bbef26d06e1ff02aa2a5ef82696', operation='DELETE', pgid='pgtrigger_link_never_deleted_ce999', table='engagement_peerlink', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (NEW."about", NEW."ambassador_id", NEW."answered_at", NEW."answered_by_id", NEW."body_id", NEW."declined_reason", NEW."ended_at", NEW."ended_words", NEW."form_key", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."side", NEW."state"); RETURN NULL;', hash='c553681bb0e98569859f6c636330d178ab08e12e', operation='INSERT', pgid='pgtrigger_insert_insert_5c549', table='engagement_peerlink', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (NEW."about", NEW."ambassador_id", NEW."answered_at", NEW."answered_by_id", NEW."body_id", NEW."declined_reason", NEW."ended_at", NEW."ended_words", NEW."form_key", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."placement_id", NEW."proposed_at", NEW."proposed_by_id", NEW."side", NEW."state"); RETURN NULL;', hash='823656003c6eb60007921bc3cc22952e5c624ed8', operation='UPDATE', pgid='pgtrigger_update_update_b4d16', table='engagement_peerlink', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlink',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_peerlinkevent" ("about", "ambassador_id", "answered_at", "answered_by_id", "body_id", "declined_reason", "ended_at", "ended_words", "form_key", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "proposed_at", "proposed_by_id", "side", "state") VALUES (OLD."about", OLD."ambassador_id", OLD."answered_at", OLD."answered_by_id", OLD."body_id", OLD."declined_reason", OLD."ended_at", OLD."ended_words", OLD."form_key", OLD."id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."placement_id", OLD."proposed_at", OLD."proposed_by_id", OLD."side", OLD."state"); RETURN NULL;', hash='a22d0dd385fa47e1c1b50c08a1885d82d73b3f3d', operation='DELETE', pgid='pgtrigger_delete_delete_e44b6', table='engagement_peerlink', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peerlinkevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8ac92eab18f0c2937c00becf24e0e52c55ca531d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6e7b', table='engagement_peerlinkevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='peermeeting',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb00f2a39c3abfd5724af1f29550912813032210', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36e85', table='engagement_peermeeting', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='privatesupportnote',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6f8475d09dfd446dee7751b54b2069e71c7a3dfe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3197f', table='engagement_privatesupportnote', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sharedsupportnote',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='022ff403f767eaa16deead04cc5419578d8af952', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6695f', table='engagement_sharedsupportnote', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='offer_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF TG_OP = 'INSERT' THEN\n                    IF NEW.state NOT IN ('draft') THEN\n                        RAISE EXCEPTION 'a support offer does not begin as %', NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                END IF;\n                IF OLD.state IS DISTINCT FROM NEW.state\n                    AND (OLD.state, NEW.state) NOT IN (('closed', 'open'), ('draft', 'open'), ('open', 'closed')) THEN\n                    RAISE EXCEPTION 'a support offer does not go from % to %',\n                        OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='ffb7e120bb1dda289f21eb45b97f782dfbff8e95', operation='INSERT OR UPDATE', pgid='pgtrigger_offer_takes_steps_of_the_table_8561b', table='engagement_supportoffer', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='offer_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6e202e4eb9ecc6fbba8e74ac4a738e7bf5900e85', operation='DELETE', pgid='pgtrigger_offer_never_deleted_1eb31', table='engagement_supportoffer', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='offer_stays_once_answered', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF ROW(OLD.title, OLD.description, OLD.group_code, OLD.aimed_at, OLD.need, OLD.run_by, OLD.starts_on, OLD.capacity) IS DISTINCT FROM ROW(NEW.title, NEW.description, NEW.group_code, NEW.aimed_at, NEW.need, NEW.run_by, NEW.starts_on, NEW.capacity) AND EXISTS (\n                        SELECT FROM engagement_enrolment AS enrolment\n                        WHERE enrolment.offer_id = NEW.id AND enrolment.answered_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'an offer stays as bodies read it when they answered'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2645e517e08224881cc34974ec2ddcb4eaf1ad2b', operation='UPDATE', pgid='pgtrigger_offer_stays_once_answered_1fbb2', table='engagement_supportoffer', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_supportofferevent" ("aimed_at", "capacity", "description", "ends_on", "form_key", "group_code", "id", "need", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_by", "starts_on", "state", "title", "version", "written_at", "written_by_id") VALUES (NEW."aimed_at", NEW."capacity", NEW."description", NEW."ends_on", NEW."form_key", NEW."group_code", NEW."id", NEW."need", NEW."notes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."run_by", NEW."starts_on", NEW."state", NEW."title", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='131faa03b8d5382cd0713a81452d98c738ebfbe0', operation='INSERT', pgid='pgtrigger_insert_insert_8774a', table='engagement_supportoffer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_supportofferevent" ("aimed_at", "capacity", "description", "ends_on", "form_key", "group_code", "id", "need", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_by", "starts_on", "state", "title", "version", "written_at", "written_by_id") VALUES (NEW."aimed_at", NEW."capacity", NEW."description", NEW."ends_on", NEW."form_key", NEW."group_code", NEW."id", NEW."need", NEW."notes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."run_by", NEW."starts_on", NEW."state", NEW."title", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='abba89eb94503a5cbdeb313b92a71d66756c2fc8', operation='UPDATE', pgid='pgtrigger_update_update_2f0fa', table='engagement_supportoffer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportoffer',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_supportofferevent" ("aimed_at", "capacity", "description", "ends_on", "form_key", "group_code", "id", "need", "notes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "run_by", "starts_on", "state", "title", "version", "written_at", "written_by_id") VALUES (OLD."aimed_at", OLD."capacity", OLD."description", OLD."ends_on", OLD."form_key", OLD."group_code", OLD."id", OLD."need", OLD."notes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."run_by", OLD."starts_on", OLD."state", OLD."title", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='33e4697fe77d819309b1c9092be7ba8cb6978cf4', operation='DELETE', pgid='pgtrigger_delete_delete_6bb2f', table='engagement_supportoffer', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolmentevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cdf398645a65863e6b3fbbd48c1d97c61a085a42', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7c2cc', table='engagement_enrolmentevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='enrolment_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF TG_OP = 'INSERT' THEN\n                    IF NEW.state NOT IN ('offered', 'asked') THEN\n                        RAISE EXCEPTION 'a support enrolment does not begin as %', NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                END IF;\n                IF OLD.state IS DISTINCT FROM NEW.state\n                    AND (OLD.state, NEW.state) NOT IN (('accepted', 'left'), ('accepted', 'under_way'), ('asked', 'accepted'), ('asked', 'left'), ('asked', 'not_given'), ('offered', 'accepted'), ('offered', 'declined'), ('offered', 'withdrawn'), ('under_way', 'ended'), ('under_way', 'left')) THEN\n                    RAISE EXCEPTION 'a support enrolment does not go from % to %',\n                        OLD.state, NEW.state USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='4fdbebebecd055a42ee36fa5fba20f1da6922514', operation='INSERT OR UPDATE', pgid='pgtrigger_enrolment_takes_steps_of_the_table_355eb', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='enrolment_is_of_its_side', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF NOT EXISTS (\n                SELECT FROM authorities_pair AS pair\n                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side\n                    WHEN 'sa' THEN pair.authority_id WHEN 'icb' THEN pair.board_id END\n            ) THEN\n                RAISE EXCEPTION 'the body is not that side of the pair'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            \n            RETURN NEW;\n        ", hash='4e479b03663614c6cab6f630807abea0379e1baa', operation='INSERT OR UPDATE', pgid='pgtrigger_enrolment_is_of_its_side_66f01', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='enrolment_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4863d15388fdec666aaf0c0ca03c622b13619894', operation='DELETE', pgid='pgtrigger_enrolment_never_deleted_e822f', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='enrolment_stays_whose_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (ROW(OLD.offer_id, OLD.pair_id, OLD.side, OLD.body_id, OLD.asked, OLD.began_at, OLD.began_by_id, OLD.form_key) IS DISTINCT FROM ROW(NEW.offer_id, NEW.pair_id, NEW.side, NEW.body_id, NEW.asked, NEW.began_at, NEW.began_by_id, NEW.form_key))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='05231bb0943c481aa10d1e5ae246e7afafab022c', operation='UPDATE', pgid='pgtrigger_enrolment_stays_whose_it_is_92328', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='offer_is_open_and_has_room', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'accepted' AND OLD.state IS DISTINCT FROM NEW.state)", declare='DECLARE chosen engagement_supportoffer;', func="\n                    SELECT * INTO chosen FROM engagement_supportoffer\n                        WHERE id = NEW.offer_id FOR UPDATE;\n                    IF chosen.state <> 'open' OR chosen.capacity <= (\n                        SELECT count(*) FROM engagement_enrolment AS enrolment\n                        WHERE enrolment.offer_id = NEW.offer_id AND enrolment.id <> NEW.id\n                            AND enrolment.state IN ('accepted', 'under_way')\n                    ) THEN\n                        RAISE EXCEPTION 'the offer is not open, or all its places are taken'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='b9e62820ba799ee30d3534aae8a50378f3876d6e', operation='UPDATE', pgid='pgtrigger_offer_is_open_and_has_room_601ed', table='engagement_enrolment', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "not_given_reason", "offer_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked", NEW."began_at", NEW."began_by_id", NEW."body_id", NEW."declined_reason", NEW."finished_at", NEW."form_key", NEW."group", NEW."id", NEW."not_given_reason", NEW."offer_id", NEW."outcome", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."started_at", NEW."state", NEW."version"); RETURN NULL;', hash='44bbafbe6190360360a6ce2125fd8167a2ffccc8', operation='INSERT', pgid='pgtrigger_insert_insert_a89b1', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "not_given_reason", "offer_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (NEW."answered_at", NEW."answered_by_id", NEW."asked", NEW."began_at", NEW."began_by_id", NEW."body_id", NEW."declined_reason", NEW."finished_at", NEW."form_key", NEW."group", NEW."id", NEW."not_given_reason", NEW."offer_id", NEW."outcome", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."started_at", NEW."state", NEW."version"); RETURN NULL;', hash='bdc765ce9198a5dabd95a7a0f516556763b7affd', operation='UPDATE', pgid='pgtrigger_update_update_a59a1', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='enrolment',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_enrolmentevent" ("answered_at", "answered_by_id", "asked", "began_at", "began_by_id", "body_id", "declined_reason", "finished_at", "form_key", "group", "id", "not_given_reason", "offer_id", "outcome", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "started_at", "state", "version") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."asked", OLD."began_at", OLD."began_by_id", OLD."body_id", OLD."declined_reason", OLD."finished_at", OLD."form_key", OLD."group", OLD."id", OLD."not_given_reason", OLD."offer_id", OLD."outcome", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."side", OLD."started_at", OLD."state", OLD."version"); RETURN NULL;', hash='aac21f0e73831a7bcf4213f819078c2c896a2230', operation='DELETE', pgid='pgtrigger_delete_delete_8c641', table='engagement_enrolment', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportofferevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c32bb5b90e4634b1dd5de27e8e2a4c81e5b85b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d9bdd', table='engagement_supportofferevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportsession',
                    trigger=pgtrigger.compiler.Trigger(name='session_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='71dabc5c4858210610817612766c9f8030ecd55f', operation='DELETE', pgid='pgtrigger_session_never_deleted_3ba04', table='engagement_supportsession', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportsession',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_supportsessionevent" ("form_key", "held_on", "id", "note", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."form_key", NEW."held_on", NEW."id", NEW."note", NEW."offer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='0a38ed8d6db4a61b72f1ec4919799e20f8f73052', operation='INSERT', pgid='pgtrigger_insert_insert_ba4a6', table='engagement_supportsession', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportsession',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_supportsessionevent" ("form_key", "held_on", "id", "note", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (NEW."form_key", NEW."held_on", NEW."id", NEW."note", NEW."offer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title", NEW."version"); RETURN NULL;', hash='d948085b298ef54606a39034d725b7229f9991c2', operation='UPDATE', pgid='pgtrigger_update_update_d8bee', table='engagement_supportsession', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportsession',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_supportsessionevent" ("form_key", "held_on", "id", "note", "offer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version") VALUES (OLD."form_key", OLD."held_on", OLD."id", OLD."note", OLD."offer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."title", OLD."version"); RETURN NULL;', hash='c14ee274e86ec1123f6d1d86656cd3a194faa4a3', operation='DELETE', pgid='pgtrigger_delete_delete_9f85b', table='engagement_supportsession', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sessionattendanceevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2d05e021e709bf931ab0739bcd98aa6e2edb67e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77149', table='engagement_sessionattendanceevent', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sessionattendance',
                    trigger=pgtrigger.compiler.Trigger(name='attends_what_it_takes_part_in', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM engagement_enrolment AS enrolment\n                        JOIN engagement_supportsession AS held ON held.offer_id = enrolment.offer_id\n                        WHERE enrolment.id = NEW.enrolment_id AND held.id = NEW.session_id\n                            AND enrolment.state IN ('accepted', 'under_way', 'ended', 'left')\n                    ) THEN\n                        RAISE EXCEPTION 'a body attends sessions of what it takes part in'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='5c3e43b8a009081f17f0aa3109c2b39e23e9b206', operation='INSERT OR UPDATE', pgid='pgtrigger_attends_what_it_takes_part_in_10201', table='engagement_sessionattendance', when='BEFORE')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sessionattendance',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_sessionattendanceevent" ("enrolment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."enrolment_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id"); RETURN NULL;', hash='83e4f60a2f2c5c9ad6f07132f91b15445176a0c4', operation='INSERT', pgid='pgtrigger_insert_insert_b9ba2', table='engagement_sessionattendance', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sessionattendance',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_sessionattendanceevent" ("enrolment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."enrolment_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id"); RETURN NULL;', hash='4683152f4f3a11098fa2b019036dfa4d47399309', operation='UPDATE', pgid='pgtrigger_update_update_f096a', table='engagement_sessionattendance', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='sessionattendance',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_sessionattendanceevent" ("enrolment_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (OLD."enrolment_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."session_id"); RETURN NULL;', hash='b11b53cdcc83f3471aba22785d834176d9db04f1', operation='DELETE', pgid='pgtrigger_delete_delete_c96c9', table='engagement_sessionattendance', when='AFTER')),
                ),
                authorities.migration_operations.InstallTrigger(
                    model_name='supportsessionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='282bc909bc1686c35049409601383b27ac277436', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6f37', table='engagement_supportsessionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
