import authorities.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('authorities', '0001_initial'),
        ('duty', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='Rubric',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveSmallIntegerField(unique=True)),
                        ('rule', models.JSONField(help_text='Thresholds of the level rule, as fractions.')),
                        ('source', models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Theme',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='engagement.rubric')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('code', models.CharField(max_length=4)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('core', models.BooleanField()),
                        ('name', models.CharField(max_length=120)),
                        ('high', models.TextField()),
                        ('partial', models.TextField()),
                        ('low', models.TextField()),
                        ('source', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('rubric', 'code'), name='theme_code_once'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='theme_side_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupMap',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('version', models.PositiveSmallIntegerField(unique=True)),
                        ('source', models.TextField()),
                    ],
                ),
                migrations.CreateModel(
                    name='SupportGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('group_map', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='engagement.groupmap')),
                        ('code', models.CharField(max_length=8)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=60)),
                        ('offer', models.TextField()),
                        ('aimed_at', models.CharField(max_length=40)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('group_map', 'code'), name='support_group_once')],
                    },
                ),
                migrations.CreateModel(
                    name='GroupCell',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('group_map', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='engagement.groupmap')),
                        ('authority_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('board_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='engagement.supportgroup')),
                        ('likely_outcome', models.TextField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('group_map', 'authority_level', 'board_level'), name='cell_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoundRubric',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rubric', to='duty.round')),
                        ('rubric', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='engagement.rubric')),
                        ('group_map', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='engagement.groupmap')),
                    ],
                ),
                migrations.CreateModel(
                    name='Commitment',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='authorities.pair')),
                        ('title', models.CharField(max_length=200)),
                        ('description', models.TextField(blank=True)),
                        ('specification', models.CharField(blank=True, choices=[('co-operation', 'Co-operation'), ('strategy', 'Strategy'), ('health-team', 'Health team'), ('outcomes-framework', 'Outcomes framework'), ('about', 'About this return')], max_length=20)),
                        ('authority_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('board_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('target_date', models.DateField(null=True)),
                        ('no_date_reason', models.TextField(blank=True)),
                        ('lead', models.CharField(blank=True, choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('declined', 'Declined')], default='proposed', max_length=8)),
                        ('proposed_side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('proposed_at', models.DateTimeField()),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments_proposed', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments_decided', to=settings.AUTH_USER_MODEL)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('origin_pair', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='commitments_passed_on', to='authorities.pair')),
                        ('moved_on', models.DateField(null=True)),
                        ('unassigned', models.BooleanField(default=False)),
                        ('needs_reconfirmation', models.BooleanField(default=False)),
                        ('authority_reconfirmed_at', models.DateTimeField(null=True)),
                        ('board_reconfirmed_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('target_date__isnull', False), models.Q(('no_date_reason', ''), _negated=True), _connector='OR'), name='commitment_has_a_date_or_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_side', 'sa'), models.Q(('authority_owner', ''), _negated=True)), models.Q(('proposed_side', 'icb'), models.Q(('board_owner', ''), _negated=True)), _connector='OR'), name='proposer_names_its_owner'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(models.Q(('authority_owner', ''), _negated=True), models.Q(('board_owner', ''), _negated=True)), _connector='OR'), name='agreed_commitment_has_both_owners'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('declined_reason', ''), _negated=True), _connector='OR'), name='declined_commitment_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('moved_on__isnull', True), ('origin_pair__isnull', True)), models.Q(('moved_on__isnull', False), ('origin_pair__isnull', False)), _connector='OR'), name='moved_commitment_says_whence_and_when'), models.CheckConstraint(condition=models.Q(('needs_reconfirmation', False), models.Q(('origin_pair__isnull', False), models.Q(('authority_reconfirmed_at__isnull', True), ('board_reconfirmed_at__isnull', True), _connector='OR')), _connector='OR'), name='reconfirmation_waits_for_a_side'), models.CheckConstraint(condition=models.Q(('unassigned', False), models.Q(('needs_reconfirmation', True), ('pair', models.F('origin_pair'))), _connector='OR'), name='unassigned_commitment_stays_with_its_origin')],
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.commitment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('title', models.CharField(max_length=200)),
                        ('description', models.TextField(blank=True)),
                        ('specification', models.CharField(blank=True, choices=[('co-operation', 'Co-operation'), ('strategy', 'Strategy'), ('health-team', 'Health team'), ('outcomes-framework', 'Outcomes framework'), ('about', 'About this return')], max_length=20)),
                        ('authority_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('board_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('target_date', models.DateField(null=True)),
                        ('no_date_reason', models.TextField(blank=True)),
                        ('lead', models.CharField(blank=True, choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('declined', 'Declined')], default='proposed', max_length=8)),
                        ('proposed_side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('proposed_at', models.DateTimeField()),
                        ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declined_reason', models.TextField(blank=True)),
                        ('origin_pair', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('moved_on', models.DateField(null=True)),
                        ('unassigned', models.BooleanField(default=False)),
                        ('needs_reconfirmation', models.BooleanField(default=False)),
                        ('authority_reconfirmed_at', models.DateTimeField(null=True)),
                        ('board_reconfirmed_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PossiblePair',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='possible_pairs', to='engagement.commitment')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='possible_commitments', to='authorities.pair')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('commitment', 'pair'), name='possible_pair_once_a_commitment')],
                    },
                ),
                migrations.CreateModel(
                    name='PossiblePairEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.possiblepair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('commitment', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.commitment')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CommitmentUpdate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='updates', to='engagement.commitment')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('status', models.CharField(choices=[('met', 'Met'), ('on_track', 'On track'), ('no_progress', 'No progress'), ('constrained', 'Constrained')], max_length=11)),
                        ('narrative', models.TextField(blank=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitment_updates', to=settings.AUTH_USER_MODEL)),
                        ('form_key', models.UUIDField(unique=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['commitment', 'side', '-at'], name='updates_newest_first')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['met', 'no_progress']), models.Q(('narrative', ''), _negated=True), _connector='OR'), name='update_says_how_it_stands')],
                    },
                ),
                migrations.CreateModel(
                    name='Publication',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='duty.round')),
                        ('number', models.PositiveSmallIntegerField()),
                        ('published_at', models.DateTimeField(help_text='From then on everybody may see it.')),
                        ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications_proposed', to=settings.AUTH_USER_MODEL)),
                        ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications_approved', to=settings.AUTH_USER_MODEL)),
                        ('approved_at', models.DateTimeField(help_text="By the database's clock.")),
                        ('reason', models.TextField(blank=True, help_text='What a correction corrects.')),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications_withdrawn', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('round', 'number'), name='publication_number_once'), models.CheckConstraint(condition=models.Q(('approved_by', models.F('proposed_by')), _negated=True), name='publication_by_two_people'), models.CheckConstraint(condition=models.Q(('published_at__gte', models.F('approved_at'))), name='publication_seen_once_approved'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='withdrawal_says_who_and_why')],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedReturn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='engagement.publication')),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_returns', to='authorities.strategicauthority')),
                        ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_returns', to='duty.submission')),
                        ('accepted', models.BooleanField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('publication', 'authority'), name='published_return_once'), models.CheckConstraint(condition=models.Q(('accepted', False), ('submission__isnull', False), _connector='OR'), name='accepted_return_was_submitted')],
                    },
                ),
                migrations.CreateModel(
                    name='Placement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('authority_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('board_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('group', models.CharField(max_length=8, null=True)),
                        ('gap', models.PositiveSmallIntegerField(null=True)),
                        ('less_engaged', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3, null=True)),
                        ('movement', models.CharField(max_length=16)),
                        ('basis', models.CharField(choices=[('own_views', 'Own views, not moderated'), ('moderated', 'Moderated')], max_length=9)),
                        ('content', models.JSONField()),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='duty.round')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='authorities.pair')),
                        ('input_hash', models.CharField(max_length=64)),
                        ('method_version', models.PositiveSmallIntegerField()),
                        ('computed_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority_level__isnull', False), ('board_level__isnull', False), ('gap__isnull', False), ('group__isnull', False)), models.Q(models.Q(('authority_level__isnull', True), ('board_level__isnull', True), _connector='OR'), ('gap__isnull', True), ('group__isnull', True), ('less_engaged__isnull', True)), _connector='OR'), name='placement_in_a_cell_or_not_assessed'), models.UniqueConstraint(fields=('round', 'pair'), name='placement_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PublishedPlacement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('authority_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('board_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('group', models.CharField(max_length=8, null=True)),
                        ('gap', models.PositiveSmallIntegerField(null=True)),
                        ('less_engaged', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3, null=True)),
                        ('movement', models.CharField(max_length=16)),
                        ('basis', models.CharField(choices=[('own_views', 'Own views, not moderated'), ('moderated', 'Moderated')], max_length=9)),
                        ('content', models.JSONField()),
                        ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='engagement.publication')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_placements', to='authorities.pair')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority_level__isnull', False), ('board_level__isnull', False), ('gap__isnull', False), ('group__isnull', False)), models.Q(models.Q(('authority_level__isnull', True), ('board_level__isnull', True), _connector='OR'), ('gap__isnull', True), ('group__isnull', True), ('less_engaged__isnull', True)), _connector='OR'), name='publishedplacement_in_a_cell_or_not_assessed'), models.UniqueConstraint(fields=('publication', 'pair'), name='published_placement_once')],
                    },
                ),
                migrations.CreateModel(
                    name='NationalPicture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='duty.round')),
                        ('public', models.BooleanField()),
                        ('publication', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='picture', to='engagement.publication')),
                        ('content', models.JSONField()),
                        ('input_hash', models.CharField(max_length=64)),
                        ('method_version', models.PositiveSmallIntegerField()),
                        ('computed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('public', False)), fields=('round',), name='picture_once'), models.CheckConstraint(condition=models.Q(models.Q(('public', True), ('publication__isnull', False)), models.Q(('public', False), ('publication__isnull', True)), _connector='OR'), name='public_picture_is_of_a_revision')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnView',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_views', to='duty.round')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_views', to='authorities.pair')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft', max_length=9)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_views_confirmed', to=settings.AUTH_USER_MODEL)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_views_updated', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('round', 'pair', 'side'), name='own_view_once'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='view_side_is_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('level__isnull', False)), _connector='OR'), name='confirmed_view_says_who_and_what'), models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level', models.F('computed_level')), models.Q(('changed_reason', ''), _negated=True), _connector='OR'), name='changed_level_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnViewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.ownview')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.round')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft', max_length=9)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('updated_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Pick',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('view', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='engagement.ownview')),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='engagement.theme')),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('evidence_title', models.CharField(blank=True, max_length=200)),
                        ('evidence_url', models.URLField(blank=True, max_length=500)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('view', 'theme'), name='pick_once_a_theme'), models.CheckConstraint(condition=models.Q(('level__in', ['high', 'partial', 'low'])), name='pick_is_a_level')],
                    },
                ),
                migrations.CreateModel(
                    name='PickEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.pick')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('view', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.ownview')),
                        ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.theme')),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('evidence_title', models.CharField(blank=True, max_length=200)),
                        ('evidence_url', models.URLField(blank=True, max_length=500)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='rubric',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d8a8cd20e973e7231024222383f38c19d34751ad', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_313ae', table='engagement_rubric', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theme',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='45f0ba17fc9cf5aa96c48b90916d4e959545d35c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7117a', table='engagement_theme', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='groupmap',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bbf8ca3d70b80b3055f7dc3cc924324d179161c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_376b0', table='engagement_groupmap', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='supportgroup',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f3f36e68bc21ac15147d1544b069bdafa3bcd415', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f8677', table='engagement_supportgroup', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='groupcell',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dc232786f5bfa0934e4a06a94abfd6ed910a6be3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ca60', table='engagement_groupcell', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "decided_at", "decided_by_id", "declined_reason", "description", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."form_key", NEW."id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."specification", NEW."state", NEW."target_date", NEW."title", NEW."unassigned", NEW."version"); RETURN NULL;', hash='0c7b5258313463abe5f4e0a93edbe890fa2a001b', operation='INSERT', pgid='pgtrigger_insert_insert_0d2ba', table='engagement_commitment', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "decided_at", "decided_by_id", "declined_reason", "description", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (NEW."authority_owner", NEW."authority_reconfirmed_at", NEW."board_owner", NEW."board_reconfirmed_at", NEW."decided_at", NEW."decided_by_id", NEW."declined_reason", NEW."description", NEW."form_key", NEW."id", NEW."lead", NEW."moved_on", NEW."needs_reconfirmation", NEW."no_date_reason", NEW."origin_pair_id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."proposed_side", NEW."specification", NEW."state", NEW."target_date", NEW."title", NEW."unassigned", NEW."version"); RETURN NULL;', hash='8f7ec7e8f7dab393f659f050141b57607e79c014', operation='UPDATE', pgid='pgtrigger_update_update_47afc', table='engagement_commitment', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_commitmentevent" ("authority_owner", "authority_reconfirmed_at", "board_owner", "board_reconfirmed_at", "decided_at", "decided_by_id", "declined_reason", "description", "form_key", "id", "lead", "moved_on", "needs_reconfirmation", "no_date_reason", "origin_pair_id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "proposed_side", "specification", "state", "target_date", "title", "unassigned", "version") VALUES (OLD."authority_owner", OLD."authority_reconfirmed_at", OLD."board_owner", OLD."board_reconfirmed_at", OLD."decided_at", OLD."decided_by_id", OLD."declined_reason", OLD."description", OLD."form_key", OLD."id", OLD."lead", OLD."moved_on", OLD."needs_reconfirmation", OLD."no_date_reason", OLD."origin_pair_id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."proposed_side", OLD."specification", OLD."state", OLD."target_date", OLD."title", OLD."unassigned", OLD."version"); RETURN NULL;', hash='3f94753ebf053ac8ec27c95465c838398a18027f', operation='DELETE', pgid='pgtrigger_delete_delete_35f06', table='engagement_commitment', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='commitmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ded76784804f74f063faf38592428b5a7cf857c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f40da', table='engagement_commitmentevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='possiblepair',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_possiblepairevent" ("commitment_id", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."commitment_id", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e59c27a4b4260703be347f01c499262b1b57b4ab', operation='INSERT', pgid='pgtrigger_insert_insert_380af', table='engagement_possiblepair', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='possiblepair',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_possiblepairevent" ("commitment_id", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."commitment_id", NEW."id", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5c1686da8828e3129d258317d058ad27e9689a7d', operation='UPDATE', pgid='pgtrigger_update_update_ec288', table='engagement_possiblepair', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='possiblepair',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_possiblepairevent" ("commitment_id", "id", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."commitment_id", OLD."id", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='c46dbaf53e280cc37d7ff56d72255e05e992a4c8', operation='DELETE', pgid='pgtrigger_delete_delete_9c5ce', table='engagement_possiblepair', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='possiblepairevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e78f0cc5d2a0894b78108350b5444fedb69b64a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b1054', table='engagement_possiblepairevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='commitmentupdate',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f472a4bf7d978fc6750d2bdd1fe6158ef435d242', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d855d', table='engagement_commitmentupdate', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='never_removed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='52c55099aa91d2aa4fcd8c50d3c5cf5ec69f0106', operation='DELETE', pgid='pgtrigger_never_removed_e7a62', table='engagement_publication', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='withdrawn_only_under_embargo', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.id IS DISTINCT FROM NEW.id OR OLD.round_id IS DISTINCT FROM NEW.round_id OR OLD.number IS DISTINCT FROM NEW.number OR OLD.published_at IS DISTINCT FROM NEW.published_at OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id OR OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id OR OLD.approved_at IS DISTINCT FROM NEW.approved_at OR OLD.reason IS DISTINCT FROM NEW.reason OR OLD.withdrawn_at IS NOT NULL\n                        OR clock_timestamp() >= OLD.published_at THEN\n                        RAISE EXCEPTION 'a revision stays as it was approved'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='96c94462bc95d7f92b1690b86ab8d0d13e4fce8b', operation='UPDATE', pgid='pgtrigger_withdrawn_only_under_embargo_ded70', table='engagement_publication', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='publishedreturn',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f6125e2073292e72498343ecceed7e45054d2389', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ee65', table='engagement_publishedreturn', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='publishedplacement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f749e551ec93b190ed119726bb5b68a60f1f9f8b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92377', table='engagement_publishedplacement', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ownviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (NEW."changed_reason", NEW."computed_level", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."level", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."side", NEW."state", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='bf9ad19558095616d108ee28b8989cb4afbbf088', operation='INSERT', pgid='pgtrigger_insert_insert_6310f', table='engagement_ownview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_ownviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (NEW."changed_reason", NEW."computed_level", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."level", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."side", NEW."state", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='e733f5c9009f71216dff03a86a5b35faa456d89a', operation='UPDATE', pgid='pgtrigger_update_update_3c7c1', table='engagement_ownview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_ownviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (OLD."changed_reason", OLD."computed_level", OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."level", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id", OLD."side", OLD."state", OLD."updated_at", OLD."updated_by_id", OLD."version"); RETURN NULL;', hash='b11d4ccbc2c209d7efb5d4fe62751e57db5f3a10', operation='DELETE', pgid='pgtrigger_delete_delete_5deb1', table='engagement_ownview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a5b534b8e604e8730f32a2dae2f8005f5946b45', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6bbf', table='engagement_ownviewevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='pick',
            trigger=pgtrigger.compiler.Trigger(name='locked_with_its_view', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT state FROM engagement_ownview\n                        WHERE id = COALESCE(NEW.view_id, OLD.view_id)) = 'confirmed' THEN\n                        RAISE EXCEPTION 'the view is confirmed' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='ea4b292432c85d7efd6ccd9cf3a89626365552f7', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_locked_with_its_view_58faf', table='engagement_pick', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='pick',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_pickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (NEW."evidence_title", NEW."evidence_url", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id", NEW."view_id"); RETURN NULL;', hash='90760298ce3bcd2cff4fef8c8ef31aca05309f99', operation='INSERT', pgid='pgtrigger_insert_insert_abbf9', table='engagement_pick', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='pick',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_pickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (NEW."evidence_title", NEW."evidence_url", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id", NEW."view_id"); RETURN NULL;', hash='004a8c78aa6d9e861fb558b379c87b36e659949e', operation='UPDATE', pgid='pgtrigger_update_update_f8102', table='engagement_pick', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='pick',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_pickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (OLD."evidence_title", OLD."evidence_url", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id", OLD."view_id"); RETURN NULL;', hash='cc99634d93270e28a4d2ff7f08a076356acfa656', operation='DELETE', pgid='pgtrigger_delete_delete_81910', table='engagement_pick', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='pickevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='045cb7c243931dd4c7248cbe85a77541b36f1a32', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_502dd', table='engagement_pickevent', when='BEFORE')),
        ),
    ]
