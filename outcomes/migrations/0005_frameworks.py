import authorities.migration_operations
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0001_initial'),
        ('outcomes', '0004_mission'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicatorsetmember',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicatorsetmember',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicatorsetmember',
                    name='delete_delete',
                ),
                migrations.CreateModel(
                    name='Framework',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=160)),
                        ('started_at', models.DateTimeField()),
                        ('form_key', models.UUIDField(unique=True)),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frameworks', to='authorities.strategicauthority')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frameworks_started', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='framework_has_a_name')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkVersion',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('partly_signed', 'Partly signed'), ('agreed', 'Agreed'), ('superseded', 'Replaced'), ('discarded', 'Given up')], default='draft', max_length=13)),
                        ('summary', models.TextField(blank=True)),
                        ('assumptions', models.TextField(blank=True)),
                        ('prevention_spending', models.TextField(blank=True)),
                        ('disinvestment', models.TextField(blank=True)),
                        ('change_reason', models.TextField(blank=True)),
                        ('content_hash', models.CharField(blank=True, max_length=64)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('started_at', models.DateTimeField()),
                        ('edited_at', models.DateTimeField()),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('agreed_at', models.DateTimeField(null=True)),
                        ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_versions_edited', to=settings.AUTH_USER_MODEL)),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='outcomes.framework')),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_versions_started', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework', 'number'), name='framework_version_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'proposed', 'partly_signed', 'agreed', 'superseded', 'discarded'])), name='framework_state_is_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'proposed', 'partly_signed'))), fields=('framework',), name='framework_has_one_open_version'), models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('framework',), name='framework_has_one_version_in_force'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'discarded']), models.Q(('proposed_at__isnull', False), models.Q(('content_hash', ''), _negated=True)), _connector='OR'), name='proposed_version_has_its_hash'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('agreed', 'superseded')), _negated=True), ('agreed_at__isnull', False), _connector='OR'), name='agreed_version_says_when'), models.CheckConstraint(condition=models.Q(('number', 1), ('state__in', ['draft', 'discarded']), models.Q(('change_reason', ''), _negated=True), _connector='OR'), name='later_version_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='TheoryItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('kind', models.CharField(choices=[('input', 'Input'), ('process', 'Process'), ('output', 'Output'), ('outcome', 'Outcome')], max_length=7)),
                        ('title', models.CharField(max_length=200)),
                        ('text', models.TextField(blank=True)),
                        ('assumption', models.TextField(blank=True)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='outcomes.frameworkversion')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['input', 'process', 'output', 'outcome'])), name='item_kind_is_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='item_has_a_title'), models.UniqueConstraint(fields=('framework_version', 'lineage'), name='item_once_a_version'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('framework_version', 'kind', 'order'), name='item_place_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CountMeasure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('name', models.CharField(max_length=200)),
                        ('unit', models.CharField(max_length=60)),
                        ('aggregation', models.CharField(choices=[('non_cumulative', 'Each period for itself'), ('cumulative_sum', 'Periods are added up'), ('cumulative_latest', 'Each value is the total so far'), ('percentage', 'Percentage of those counted')], max_length=17)),
                        ('direction', models.CharField(choices=[('more', 'More is good'), ('less', 'Less is good')], default='more', max_length=4)),
                        ('margin_percent', models.FloatField(default=15)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='outcomes.frameworkversion')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='outcomes.theoryitem')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework_version', 'lineage'), name='measure_once_a_version'), models.CheckConstraint(condition=models.Q(('aggregation__in', ['non_cumulative', 'cumulative_sum', 'cumulative_latest', 'percentage'])), name='aggregation_is_known'), models.CheckConstraint(condition=models.Q(('direction__in', ['more', 'less'])), name='direction_is_known'), models.CheckConstraint(condition=models.Q(('margin_percent__gte', 0), ('margin_percent__lte', 100)), name='margin_is_a_percentage')],
                    },
                ),
                migrations.CreateModel(
                    name='CountMeasureEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('name', models.CharField(max_length=200)),
                        ('unit', models.CharField(max_length=60)),
                        ('aggregation', models.CharField(choices=[('non_cumulative', 'Each period for itself'), ('cumulative_sum', 'Periods are added up'), ('cumulative_latest', 'Each value is the total so far'), ('percentage', 'Percentage of those counted')], max_length=17)),
                        ('direction', models.CharField(choices=[('more', 'More is good'), ('less', 'Less is good')], default='more', max_length=4)),
                        ('margin_percent', models.FloatField(default=15)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.countmeasure')),
                        ('framework_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkversion')),
                        ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.theoryitem')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CountTarget',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=40)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                        ('value', models.FloatField()),
                        ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='outcomes.countmeasure')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('measure', 'start_date', 'end_date'), name='count_target_once_a_period'), models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='count_target_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='count_target_not_negative')],
                    },
                ),
                migrations.CreateModel(
                    name='CountTargetEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('label', models.CharField(max_length=40)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                        ('value', models.FloatField()),
                        ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.countmeasure')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.counttarget')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CountValue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lineage', models.UUIDField()),
                        ('label', models.CharField(max_length=40)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                        ('value', models.FloatField(null=True)),
                        ('numerator', models.FloatField(null=True)),
                        ('denominator', models.FloatField(null=True)),
                        ('note', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('superseded_at', models.DateTimeField(null=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts_recorded', to=settings.AUTH_USER_MODEL)),
                        ('recorded_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts_recorded', to='authorities.body')),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='count_values', to='outcomes.framework')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('framework', 'lineage', 'start_date', 'end_date'), name='count_current_once'), models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='count_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('denominator__isnull', True), ('numerator__isnull', True), ('value__gte', 0), ('value__isnull', False)), models.Q(('denominator__gt', 0), ('denominator__isnull', False), ('numerator__gte', 0), ('numerator__isnull', False), ('numerator__lte', models.F('denominator')), ('value__isnull', True)), _connector='OR'), name='count_is_a_value_or_two_parts')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpertReview',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('group_name', models.CharField(max_length=160)),
                        ('met_on', models.DateField()),
                        ('things_right', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('cannot_say', 'Cannot say yet')], max_length=10)),
                        ('things_right_text', models.TextField()),
                        ('right_things', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('cannot_say', 'Cannot say yet')], max_length=10)),
                        ('right_things_text', models.TextField()),
                        ('conclusion', models.TextField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed')], default='draft', max_length=6)),
                        ('signed_role', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('written_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expert_reviews', to='authorities.body')),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expert_reviews_signed', to=settings.AUTH_USER_MODEL)),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expert_reviews_written', to=settings.AUTH_USER_MODEL)),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expert_reviews', to='outcomes.framework')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed'])), name='review_state_is_known'), models.CheckConstraint(condition=models.Q(('things_right__in', ['yes', 'partly', 'no', 'cannot_say']), ('right_things__in', ['yes', 'partly', 'no', 'cannot_say'])), name='review_judgements_are_known'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('signed_role', ''), _negated=True), models.Q(('conclusion', ''), _negated=True), ('signed_at__isnull', False), ('signed_by__isnull', False), ('state', 'signed')), _connector='OR'), name='signed_review_says_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='ExpertReviewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('group_name', models.CharField(max_length=160)),
                        ('met_on', models.DateField()),
                        ('things_right', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('cannot_say', 'Cannot say yet')], max_length=10)),
                        ('things_right_text', models.TextField()),
                        ('right_things', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No'), ('cannot_say', 'Cannot say yet')], max_length=10)),
                        ('right_things_text', models.TextField()),
                        ('conclusion', models.TextField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed')], default='draft', max_length=6)),
                        ('signed_role', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('signed_at', models.DateTimeField(null=True)),
                        ('written_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.expertreview')),
                        ('signed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('framework', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.framework')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('name', models.CharField(max_length=160)),
                        ('started_at', models.DateTimeField()),
                        ('form_key', models.UUIDField()),
                        ('authority', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.strategicauthority')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.framework')),
                        ('started_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkHappening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('type', models.CharField(max_length=20)),
                        ('actor_role', models.CharField(max_length=20)),
                        ('at', models.DateTimeField()),
                        ('reason', models.TextField(blank=True)),
                        ('payload', models.JSONField(default=dict)),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_happenings', to=settings.AUTH_USER_MODEL)),
                        ('actor_body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_happenings', to='authorities.body')),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='happenings', to='outcomes.frameworkversion')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['framework_version', 'at'], name='framework_happenings_in_time')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkIndicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('authority_role', models.TextField(blank=True)),
                        ('authority_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('board_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('baseline_value', models.FloatField(null=True)),
                        ('baseline_lower', models.FloatField(null=True)),
                        ('baseline_upper', models.FloatField(null=True)),
                        ('no_baseline_reason', models.TextField(blank=True)),
                        ('target_kind', models.CharField(choices=[('reach', 'Reach a value'), ('maintain', 'Keep it as it is'), ('none', 'No target yet')], default='none', max_length=8)),
                        ('target_mode', models.CharField(choices=[('level', 'The value to reach'), ('change', 'The change from the baseline'), ('percent', 'The change in per cent of the baseline')], default='level', max_length=7)),
                        ('target_value', models.FloatField(null=True)),
                        ('target_label', models.CharField(blank=True, max_length=40)),
                        ('target_start', models.DateField(null=True)),
                        ('target_end', models.DateField(help_text='First day after the period.', null=True)),
                        ('trajectory', models.CharField(choices=[('linear', 'The same amount each year'), ('compound', 'The same percentage each year'), ('milestones', 'Through agreed values')], default='linear', max_length=10)),
                        ('tolerance', models.FloatField(null=True)),
                        ('no_target_reason', models.TextField(blank=True)),
                        ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_indicators', to='authorities.body')),
                        ('baseline_period', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_baselines', to='outcomes.periodrow')),
                        ('baseline_release', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_baselines', to='outcomes.release')),
                        ('breakdown', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_indicators', to='outcomes.breakdown')),
                        ('determinant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framework_indicators', to='outcomes.domain')),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_places', to='outcomes.indicator')),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='outcomes.frameworkversion')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='outcomes.theoryitem')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework_version', 'lineage'), name='framework_indicator_once_a_version'), models.UniqueConstraint(fields=('framework_version', 'indicator', 'area', 'breakdown'), name='framework_indicator_of_whom_once'), models.CheckConstraint(condition=models.Q(models.Q(('baseline_period__isnull', True), ('baseline_release__isnull', True), ('baseline_value__isnull', True)), models.Q(('baseline_period__isnull', False), ('baseline_release__isnull', False), ('baseline_value__isnull', False)), _connector='OR'), name='baseline_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('target_kind', 'none'), ('target_value__isnull', True)), models.Q(('baseline_period__isnull', False), ('target_end__gt', models.F('target_start')), ('target_end__isnull', False), ('target_kind__in', ['reach', 'maintain']), ('target_start__isnull', False), ('target_value__isnull', False)), _connector='OR'), name='target_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('target_kind', 'maintain'), _negated=True), ('target_value', models.F('baseline_value')), _connector='OR'), name='maintained_is_the_baseline'), models.CheckConstraint(condition=models.Q(('tolerance__isnull', True), ('tolerance__gte', 0), _connector='OR'), name='tolerance_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('trajectory', 'compound'), _negated=True), models.Q(('baseline_value__gt', 0), ('target_value__gt', 0)), _connector='OR'), name='compound_way_above_nought')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkIndicatorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('authority_role', models.TextField(blank=True)),
                        ('authority_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('board_owner', models.CharField(blank=True, help_text='A role, no name.', max_length=120)),
                        ('baseline_value', models.FloatField(null=True)),
                        ('baseline_lower', models.FloatField(null=True)),
                        ('baseline_upper', models.FloatField(null=True)),
                        ('no_baseline_reason', models.TextField(blank=True)),
                        ('target_kind', models.CharField(choices=[('reach', 'Reach a value'), ('maintain', 'Keep it as it is'), ('none', 'No target yet')], default='none', max_length=8)),
                        ('target_mode', models.CharField(choices=[('level', 'The value to reach'), ('change', 'The change from the baseline'), ('percent', 'The change in per cent of the baseline')], default='level', max_length=7)),
                        ('target_value', models.FloatField(null=True)),
                        ('target_label', models.CharField(blank=True, max_length=40)),
                        ('target_start', models.DateField(null=True)),
                        ('target_end', models.DateField(help_text='First day after the period.', null=True)),
                        ('trajectory', models.CharField(choices=[('linear', 'The same amount each year'), ('compound', 'The same percentage each year'), ('milestones', 'Through agreed values')], default='linear', max_length=10)),
                        ('tolerance', models.FloatField(null=True)),
                        ('no_target_reason', models.TextField(blank=True)),
                        ('area', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('baseline_period', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.periodrow')),
                        ('baseline_release', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.release')),
                        ('breakdown', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.breakdown')),
                        ('determinant', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.domain')),
                        ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicator')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.frameworkindicator')),
                        ('framework_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkversion')),
                        ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.theoryitem')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkPartner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ended_on', models.DateField(null=True)),
                        ('needs_reconfirmation', models.BooleanField(default=False)),
                        ('reconfirmed_at', models.DateTimeField(null=True)),
                        ('came_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='outcomes.frameworkpartner')),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='outcomes.framework')),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_partners', to='authorities.pair')),
                        ('reconfirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='frameworks_reconfirmed', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework', 'pair'), name='partner_once_a_framework'), models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('pair',), name='pair_in_one_framework_at_a_time'), models.CheckConstraint(condition=models.Q(('needs_reconfirmation', False), models.Q(('came_from__isnull', False), ('ended_on__isnull', True), ('reconfirmed_at__isnull', True)), _connector='OR'), name='partner_to_reconfirm_came_from_another'), models.CheckConstraint(condition=models.Q(models.Q(('reconfirmed_at__isnull', True), ('reconfirmed_by__isnull', True)), models.Q(('reconfirmed_at__isnull', False), ('reconfirmed_by__isnull', False)), _connector='OR'), name='reconfirmation_says_who_and_when')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkPartnerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ended_on', models.DateField(null=True)),
                        ('needs_reconfirmation', models.BooleanField(default=False)),
                        ('reconfirmed_at', models.DateTimeField(null=True)),
                        ('came_from', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkpartner')),
                        ('framework', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.framework')),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.frameworkpartner')),
                        ('reconfirmed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkSignature',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content_hash', models.CharField(max_length=64)),
                        ('signed_at', models.DateTimeField()),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_signatures', to='authorities.body')),
                        ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framework_signatures', to=settings.AUTH_USER_MODEL)),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='outcomes.frameworkversion')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('framework_version', 'body'), name='party_signs_a_version_once'), models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), ('voided_at__gte', models.F('signed_at')), _connector='OR'), name='signature_voided_after_it_was_given')],
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkSignatureEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('content_hash', models.CharField(max_length=64)),
                        ('signed_at', models.DateTimeField()),
                        ('voided_at', models.DateTimeField(null=True)),
                        ('body', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.frameworksignature')),
                        ('signed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('framework_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkversion')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FrameworkVersionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('number', models.PositiveIntegerField()),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('partly_signed', 'Partly signed'), ('agreed', 'Agreed'), ('superseded', 'Replaced'), ('discarded', 'Given up')], default='draft', max_length=13)),
                        ('summary', models.TextField(blank=True)),
                        ('assumptions', models.TextField(blank=True)),
                        ('prevention_spending', models.TextField(blank=True)),
                        ('disinvestment', models.TextField(blank=True)),
                        ('change_reason', models.TextField(blank=True)),
                        ('content_hash', models.CharField(blank=True, max_length=64)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('started_at', models.DateTimeField()),
                        ('edited_at', models.DateTimeField()),
                        ('proposed_at', models.DateTimeField(null=True)),
                        ('agreed_at', models.DateTimeField(null=True)),
                        ('edited_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('framework', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.framework')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.frameworkversion')),
                        ('started_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('label', models.CharField(max_length=40)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                        ('value', models.FloatField()),
                        ('framework_indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='outcomes.frameworkindicator')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework_indicator', 'start_date', 'end_date'), name='milestone_once'), models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='milestone_ends_after_it_starts')],
                    },
                ),
                migrations.CreateModel(
                    name='MilestoneEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('label', models.CharField(max_length=40)),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the period.')),
                        ('value', models.FloatField()),
                        ('framework_indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkindicator')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.milestone')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OwnerNote',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('lineage', models.UUIDField()),
                        ('role', models.CharField(help_text='Of who says it; a role, no name.', max_length=120)),
                        ('text', models.TextField()),
                        ('contested', models.BooleanField()),
                        ('about', models.CharField(max_length=200)),
                        ('at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owner_notes', to='authorities.body')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owner_notes', to=settings.AUTH_USER_MODEL)),
                        ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owner_notes', to='outcomes.framework')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['framework', 'lineage', '-at'], name='owner_notes_newest_first')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='owner_note_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressMethod',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(unique=True)),
                        ('text', models.TextField()),
                        ('made_public_at', models.DateTimeField(null=True)),
                        ('made_public_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress_methods_made_public', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='progress_method_says_what_it_does')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressMethodEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('text', models.TextField()),
                        ('made_public_at', models.DateTimeField(null=True)),
                        ('made_public_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.progressmethod')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ProgressPicture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(choices=[('framework', 'One framework'), ('pair', 'One pair'), ('authority', 'One authority'), ('nation', 'England')], max_length=9)),
                        ('subject_id', models.UUIDField()),
                        ('method', models.PositiveSmallIntegerField()),
                        ('content', models.JSONField()),
                        ('input_hash', models.CharField(max_length=64)),
                        ('computed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('scope', 'subject_id', 'method'), name='progress_picture_once'), models.CheckConstraint(condition=models.Q(('scope__in', ['framework', 'pair', 'authority', 'nation'])), name='picture_scope_is_known')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgressStatus',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('method', models.PositiveSmallIntegerField()),
                        ('status', models.CharField(max_length=32)),
                        ('reason', models.CharField(blank=True, max_length=32)),
                        ('content', models.JSONField()),
                        ('input_hash', models.CharField(max_length=64)),
                        ('computed_at', models.DateTimeField()),
                        ('framework_indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statuses', to='outcomes.frameworkindicator')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('framework_indicator', 'method'), name='progress_once_a_method')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewedIndicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lineage', models.UUIDField()),
                        ('text', models.TextField(blank=True)),
                        ('status_then', models.CharField(blank=True, max_length=200)),
                        ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='outcomes.expertreview')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('review', 'lineage'), name='indicator_once_a_review')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewedIndicatorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('lineage', models.UUIDField()),
                        ('text', models.TextField(blank=True)),
                        ('status_then', models.CharField(blank=True, max_length=200)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.reviewedindicator')),
                        ('review', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.expertreview')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TheoryItemEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('lineage', models.UUIDField(default=uuid.uuid4)),
                        ('kind', models.CharField(choices=[('input', 'Input'), ('process', 'Process'), ('output', 'Output'), ('outcome', 'Outcome')], max_length=7)),
                        ('title', models.CharField(max_length=200)),
                        ('text', models.TextField(blank=True)),
                        ('assumption', models.TextField(blank=True)),
                        ('order', models.PositiveSmallIntegerField()),
                        ('framework_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkversion')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.theoryitem')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TheoryLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('assumption', models.TextField(blank=True)),
                        ('cause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads_to', to='outcomes.theoryitem')),
                        ('effect', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comes_from', to='outcomes.theoryitem')),
                        ('framework_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='outcomes.frameworkversion')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('cause', 'effect'), name='link_once'), models.CheckConstraint(condition=models.Q(('cause', models.F('effect')), _negated=True), name='link_leads_to_something_else')],
                    },
                ),
                migrations.CreateModel(
                    name='TheoryLinkEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('assumption', models.TextField(blank=True)),
                        ('cause', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.theoryitem')),
                        ('effect', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.theoryitem')),
                        ('framework_version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.frameworkversion')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.theorylink')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.AddField(
                    model_name='indicatorsetmember',
                    name='determinant',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='set_places', to='outcomes.domain'),
                ),
                migrations.AddField(
                    model_name='indicatorsetmemberevent',
                    name='determinant',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.domain'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicatorsetmember',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetmemberevent" ("determinant_id", "id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."determinant_id", NEW."id", NEW."indicator_id", NEW."indicator_set_id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='f62c9c87c5bb70757bb730cc72791e5770c89d80', operation='INSERT', pgid='pgtrigger_insert_insert_8fe7c', table='outcomes_indicatorsetmember', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicatorsetmember',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_indicatorsetmemberevent" ("determinant_id", "id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."determinant_id", NEW."id", NEW."indicator_id", NEW."indicator_set_id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='0e95f0cd1b5e3fd223820c90cc30b362fc99e6ce', operation='UPDATE', pgid='pgtrigger_update_update_bce0b', table='outcomes_indicatorsetmember', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicatorsetmember',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetmemberevent" ("determinant_id", "id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."determinant_id", OLD."id", OLD."indicator_id", OLD."indicator_set_id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='6338e7bf16d229f413a8b54682c6af49b12b9ab8', operation='DELETE', pgid='pgtrigger_delete_delete_607ae', table='outcomes_indicatorsetmember', when='AFTER')),
                ),
            ],
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='counttarget',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = (SELECT framework_version_id FROM outcomes_countmeasure WHERE id = OLD.measure_id);\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = (SELECT framework_version_id FROM outcomes_countmeasure WHERE id = NEW.measure_id);\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='565b20fd8420addfb2463ddb1e167b05b2a96e3d', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_46381', table='outcomes_counttarget', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='counttarget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_counttargetevent" ("end_date", "id", "label", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (NEW."end_date", NEW."id", NEW."label", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start_date", NEW."value"); RETURN NULL;', hash='4d8473024b6bafcaeaf3d815fd09683ad47b791d', operation='INSERT', pgid='pgtrigger_insert_insert_78775', table='outcomes_counttarget', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='counttarget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_counttargetevent" ("end_date", "id", "label", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (NEW."end_date", NEW."id", NEW."label", NEW."measure_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start_date", NEW."value"); RETURN NULL;', hash='41447449c485eb0a59b17253435216959ff06c51', operation='UPDATE', pgid='pgtrigger_update_update_8c9b0', table='outcomes_counttarget', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='counttarget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_counttargetevent" ("end_date", "id", "label", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (OLD."end_date", OLD."id", OLD."label", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start_date", OLD."value"); RETURN NULL;', hash='099d77aff81629b8ed8d922e90a889d2924672f8', operation='DELETE', pgid='pgtrigger_delete_delete_61ac5', table='outcomes_counttarget', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='counttargetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='33b8a798da90cd9fa3391fe12fc9f2f10b8ffc09', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c8a18', table='outcomes_counttargetevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='framework',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") VALUES (NEW."authority_id", NEW."form_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_at", NEW."started_by_id"); RETURN NULL;', hash='3522fa9e8e3db5a835b3aa686762a435c944eda3', operation='INSERT', pgid='pgtrigger_insert_insert_04fca', table='outcomes_framework', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='framework',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") VALUES (NEW."authority_id", NEW."form_key", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_at", NEW."started_by_id"); RETURN NULL;', hash='258eeb06bd8031b71e5c7d87ed0da2aa1dcd43a9', operation='UPDATE', pgid='pgtrigger_update_update_1e1d1', table='outcomes_framework', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='framework',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkevent" ("authority_id", "form_key", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "started_by_id") VALUES (OLD."authority_id", OLD."form_key", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."started_at", OLD."started_by_id"); RETURN NULL;', hash='1c85d48db2232a88a905caf214d07f563e67e9ad', operation='DELETE', pgid='pgtrigger_delete_delete_28d91', table='outcomes_framework', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='expertreviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a82bee618c96d5eb6ec611675df17da2b5d52ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0114d', table='outcomes_expertreviewevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='expertreview',
            trigger=pgtrigger.compiler.Trigger(name='signed_review_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'signed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='886673fcda0b12f1cf9bb9ee26a9de7209cd61cc', operation='UPDATE OR DELETE', pgid='pgtrigger_signed_review_stays_b9f59', table='outcomes_expertreview', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='expertreview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_expertreviewevent" ("body_id", "conclusion", "form_key", "framework_id", "group_name", "id", "met_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right_things", "right_things_text", "signed_at", "signed_by_id", "signed_role", "state", "things_right", "things_right_text", "version", "written_at", "written_by_id") VALUES (NEW."body_id", NEW."conclusion", NEW."form_key", NEW."framework_id", NEW."group_name", NEW."id", NEW."met_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."right_things", NEW."right_things_text", NEW."signed_at", NEW."signed_by_id", NEW."signed_role", NEW."state", NEW."things_right", NEW."things_right_text", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='c8c885bcb4b3460d3b1edb385c2e8413a4c16dd4', operation='INSERT', pgid='pgtrigger_insert_insert_19716', table='outcomes_expertreview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='expertreview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_expertreviewevent" ("body_id", "conclusion", "form_key", "framework_id", "group_name", "id", "met_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right_things", "right_things_text", "signed_at", "signed_by_id", "signed_role", "state", "things_right", "things_right_text", "version", "written_at", "written_by_id") VALUES (NEW."body_id", NEW."conclusion", NEW."form_key", NEW."framework_id", NEW."group_name", NEW."id", NEW."met_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."right_things", NEW."right_things_text", NEW."signed_at", NEW."signed_by_id", NEW."signed_role", NEW."state", NEW."things_right", NEW."things_right_text", NEW."version", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='d0055364368a003831b15ed70bbec574b38b6e78', operation='UPDATE', pgid='pgtrigger_update_update_e9f48', table='outcomes_expertreview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='expertreview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_expertreviewevent" ("body_id", "conclusion", "form_key", "framework_id", "group_name", "id", "met_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "right_things", "right_things_text", "signed_at", "signed_by_id", "signed_role", "state", "things_right", "things_right_text", "version", "written_at", "written_by_id") VALUES (OLD."body_id", OLD."conclusion", OLD."form_key", OLD."framework_id", OLD."group_name", OLD."id", OLD."met_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."right_things", OLD."right_things_text", OLD."signed_at", OLD."signed_by_id", OLD."signed_role", OLD."state", OLD."things_right", OLD."things_right_text", OLD."version", OLD."written_at", OLD."written_by_id"); RETURN NULL;', hash='671c1c1741963777d8a4da4a60d6390eefb109ad', operation='DELETE', pgid='pgtrigger_delete_delete_8780b', table='outcomes_expertreview', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countvalue',
            trigger=pgtrigger.compiler.Trigger(name='count_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.superseded_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'superseded_at' <> to_jsonb(OLD) - 'superseded_at'\n                THEN\n                    RAISE EXCEPTION 'a count stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='2689896f97c714c8c9cacfa1e032e5f743bb053c', operation='UPDATE', pgid='pgtrigger_count_stays_cc935', table='outcomes_countvalue', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countvalue',
            trigger=pgtrigger.compiler.Trigger(name='count_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a22face8b0cd1c5dc893401db4d9bbc6b2d2c057', operation='DELETE', pgid='pgtrigger_count_never_deleted_90b02', table='outcomes_countvalue', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab4a89e551ed1d4fe055eecdaed45ba1c9f16f00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d295e', table='outcomes_frameworkevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartner',
            trigger=pgtrigger.compiler.Trigger(name='partner_is_of_the_authority', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM authorities_pair AS pair\n                        JOIN outcomes_framework AS framework\n                            ON framework.authority_id = pair.authority_id\n                        WHERE pair.id = NEW.pair_id AND framework.id = NEW.framework_id\n                    ) THEN\n                        RAISE EXCEPTION 'the pair is not one of the authority of the framework'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f1d7738a873347f298b06a92c140119a0926fc2f', operation='INSERT OR UPDATE', pgid='pgtrigger_partner_is_of_the_authority_62db5', table='outcomes_frameworkpartner', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartner',
            trigger=pgtrigger.compiler.Trigger(name='partner_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a29c0bd8aa577e6cebf819ea9133e2d56a8b8dc3', operation='DELETE', pgid='pgtrigger_partner_stays_36a30', table='outcomes_frameworkpartner', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id") VALUES (NEW."came_from_id", NEW."ended_on", NEW."framework_id", NEW."id", NEW."needs_reconfirmation", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id"); RETURN NULL;', hash='5e3475f0a253541387fc69291b4d3fce643656f0', operation='INSERT', pgid='pgtrigger_insert_insert_46c82', table='outcomes_frameworkpartner', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id") VALUES (NEW."came_from_id", NEW."ended_on", NEW."framework_id", NEW."id", NEW."needs_reconfirmation", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reconfirmed_at", NEW."reconfirmed_by_id"); RETURN NULL;', hash='8fa20a887ae594357f2af1827eeae0ecec310085', operation='UPDATE', pgid='pgtrigger_update_update_ba5cc', table='outcomes_frameworkpartner', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkpartnerevent" ("came_from_id", "ended_on", "framework_id", "id", "needs_reconfirmation", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reconfirmed_at", "reconfirmed_by_id") VALUES (OLD."came_from_id", OLD."ended_on", OLD."framework_id", OLD."id", OLD."needs_reconfirmation", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reconfirmed_at", OLD."reconfirmed_by_id"); RETURN NULL;', hash='5f8fe34c42fd205cd4dbe083e0b24d91c12f72d6', operation='DELETE', pgid='pgtrigger_delete_delete_dd1ac', table='outcomes_frameworkpartner', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkpartnerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1a67e2d8393ff0fa2efe2c85ad3507cc012bb7d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_637c3', table='outcomes_frameworkpartnerevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='framework_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF (OLD.state, NEW.state) NOT IN (('agreed', 'superseded'), ('draft', 'discarded'), ('draft', 'proposed'), ('partly_signed', 'agreed'), ('partly_signed', 'discarded'), ('partly_signed', 'draft'), ('proposed', 'agreed'), ('proposed', 'discarded'), ('proposed', 'draft'), ('proposed', 'partly_signed')) THEN\n                        RAISE EXCEPTION 'a framework does not go from % to %', OLD.state, NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state = 'agreed' AND EXISTS (\n                        SELECT party.body_id FROM (\n                            SELECT framework.authority_id AS body_id\n                            FROM outcomes_framework AS framework\n                            WHERE framework.id = NEW.framework_id\n                            UNION ALL\n                            SELECT pair.board_id FROM outcomes_frameworkpartner AS partner\n                            JOIN authorities_pair AS pair ON pair.id = partner.pair_id\n                            WHERE partner.framework_id = NEW.framework_id\n                                AND partner.ended_on IS NULL\n                        ) AS party\n                        WHERE NOT EXISTS (\n                            SELECT FROM outcomes_frameworksignature AS signature\n                            WHERE signature.framework_version_id = NEW.id\n                                AND signature.body_id = party.body_id\n                                AND signature.voided_at IS NULL\n                                AND signature.content_hash = NEW.content_hash\n                        )\n                    ) THEN\n                        RAISE EXCEPTION 'a framework is agreed once every party has signed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f399b4dacf45f602285bbd817397d58cb2894dff', operation='UPDATE', pgid='pgtrigger_framework_takes_steps_of_the_table_5714e', table='outcomes_frameworkversion', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='agreed_text_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'draft' AND NEW.state <> 'draft' AND (OLD.framework_id, OLD.number, OLD.summary, OLD.assumptions, OLD.prevention_spending, OLD.disinvestment, OLD.change_reason, OLD.content_hash) IS DISTINCT FROM (NEW.framework_id, NEW.number, NEW.summary, NEW.assumptions, NEW.prevention_spending, NEW.disinvestment, NEW.change_reason, NEW.content_hash))", func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='08311484fd876f59eaba65a02a9a0a39638ad4ab', operation='UPDATE', pgid='pgtrigger_agreed_text_stays_a679a', table='outcomes_frameworkversion', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='framework_version_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='71160c6c54c4a12d9d64eb49cfadb50ab9236ceb', operation='DELETE', pgid='pgtrigger_framework_version_stays_ef32d', table='outcomes_frameworkversion', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkversionevent" ("agreed_at", "assumptions", "change_reason", "content_hash", "disinvestment", "edited_at", "edited_by_id", "framework_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention_spending", "proposed_at", "started_at", "started_by_id", "state", "summary", "version") VALUES (NEW."agreed_at", NEW."assumptions", NEW."change_reason", NEW."content_hash", NEW."disinvestment", NEW."edited_at", NEW."edited_by_id", NEW."framework_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prevention_spending", NEW."proposed_at", NEW."started_at", NEW."started_by_id", NEW."state", NEW."summary", NEW."version"); RETURN NULL;', hash='ed7ac5780d2904db1dbf4e1cb1e7c8850ded9588', operation='INSERT', pgid='pgtrigger_insert_insert_1a01f', table='outcomes_frameworkversion', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkversionevent" ("agreed_at", "assumptions", "change_reason", "content_hash", "disinvestment", "edited_at", "edited_by_id", "framework_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention_spending", "proposed_at", "started_at", "started_by_id", "state", "summary", "version") VALUES (NEW."agreed_at", NEW."assumptions", NEW."change_reason", NEW."content_hash", NEW."disinvestment", NEW."edited_at", NEW."edited_by_id", NEW."framework_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prevention_spending", NEW."proposed_at", NEW."started_at", NEW."started_by_id", NEW."state", NEW."summary", NEW."version"); RETURN NULL;', hash='b496d5b6d70b670aa78f3b621b36c543fbfd657e', operation='UPDATE', pgid='pgtrigger_update_update_5900f', table='outcomes_frameworkversion', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkversionevent" ("agreed_at", "assumptions", "change_reason", "content_hash", "disinvestment", "edited_at", "edited_by_id", "framework_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention_spending", "proposed_at", "started_at", "started_by_id", "state", "summary", "version") VALUES (OLD."agreed_at", OLD."assumptions", OLD."change_reason", OLD."content_hash", OLD."disinvestment", OLD."edited_at", OLD."edited_by_id", OLD."framework_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prevention_spending", OLD."proposed_at", OLD."started_at", OLD."started_by_id", OLD."state", OLD."summary", OLD."version"); RETURN NULL;', hash='bec2c400ad1a141a4c835eef4bd58428c7f2cfb8', operation='DELETE', pgid='pgtrigger_delete_delete_6ed50', table='outcomes_frameworkversion', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignatureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='29e50cef1d42dc002f0f1063dbbebbc7ba60dfd3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_93460', table='outcomes_frameworksignatureevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='signs_what_is_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM outcomes_frameworkversion AS signed\n                        WHERE signed.id = NEW.framework_version_id\n                            AND signed.state IN ('proposed', 'partly_signed')\n                            AND signed.content_hash = NEW.content_hash\n                    ) THEN\n                        RAISE EXCEPTION 'a signature is for the content that is proposed'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='ff35ab774b80d9e03172149fa323064e656041e7', operation='INSERT', pgid='pgtrigger_signs_what_is_proposed_e5e5f', table='outcomes_frameworksignature', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='signature_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.voided_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'voided_at' <> to_jsonb(OLD) - 'voided_at'\n                THEN\n                    RAISE EXCEPTION 'a signature stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='f5f46f12c08ee7e0fa2bd3819e665de7fb54387b', operation='UPDATE', pgid='pgtrigger_signature_stays_19799', table='outcomes_frameworksignature', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='signature_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d526741a9f8c9bb7bd3c2e839b917600e3f4ff30', operation='DELETE', pgid='pgtrigger_signature_never_deleted_70ffa', table='outcomes_frameworksignature', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworksignatureevent" ("body_id", "content_hash", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_by_id", "voided_at") VALUES (NEW."body_id", NEW."content_hash", NEW."framework_version_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."signed_at", NEW."signed_by_id", NEW."voided_at"); RETURN NULL;', hash='e69c75692d3f4a3146ca353cd9c4c8715814c8b7', operation='INSERT', pgid='pgtrigger_insert_insert_64832', table='outcomes_frameworksignature', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworksignatureevent" ("body_id", "content_hash", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_by_id", "voided_at") VALUES (NEW."body_id", NEW."content_hash", NEW."framework_version_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."signed_at", NEW."signed_by_id", NEW."voided_at"); RETURN NULL;', hash='66f001a15434006bc7d2f8ccfc2a97bad890794c', operation='UPDATE', pgid='pgtrigger_update_update_e2584', table='outcomes_frameworksignature', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworksignature',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworksignatureevent" ("body_id", "content_hash", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "signed_at", "signed_by_id", "voided_at") VALUES (OLD."body_id", OLD."content_hash", OLD."framework_version_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."signed_at", OLD."signed_by_id", OLD."voided_at"); RETURN NULL;', hash='2c09e16e692702e8ef07edf44a58248a378abda9', operation='DELETE', pgid='pgtrigger_delete_delete_4a4f7', table='outcomes_frameworksignature', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkhappening',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c4ab8950c555dbb80d737260a97bc202230e3a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_25dba', table='outcomes_frameworkhappening', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkversionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a431ab80fe9519e363fb136f39396c87d9aaba96', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a49c5', table='outcomes_frameworkversionevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = (SELECT framework_version_id FROM outcomes_frameworkindicator WHERE id = OLD.framework_indicator_id);\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = (SELECT framework_version_id FROM outcomes_frameworkindicator WHERE id = NEW.framework_indicator_id);\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='9a44da9ec55cae3b9a5032a976e209ad85921644', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_e4d78', table='outcomes_milestone', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_milestoneevent" ("end_date", "framework_indicator_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (NEW."end_date", NEW."framework_indicator_id", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."start_date", NEW."value"); RETURN NULL;', hash='a7942574b516f11746c71cdb24610acbb2320d89', operation='INSERT', pgid='pgtrigger_insert_insert_b295b', table='outcomes_milestone', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_milestoneevent" ("end_date", "framework_indicator_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (NEW."end_date", NEW."framework_indicator_id", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."start_date", NEW."value"); RETURN NULL;', hash='8831b3414f8c2be3efc2aae61d97ae0ee6c03fae', operation='UPDATE', pgid='pgtrigger_update_update_79f6c', table='outcomes_milestone', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='milestone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_milestoneevent" ("end_date", "framework_indicator_id", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start_date", "value") VALUES (OLD."end_date", OLD."framework_indicator_id", OLD."id", OLD."label", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."start_date", OLD."value"); RETURN NULL;', hash='338f3ce088a9c5849d69164a9ef08a5af57550cf', operation='DELETE', pgid='pgtrigger_delete_delete_fb1fb', table='outcomes_milestone', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='milestoneevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='211ad94ecf26accb6790caae4e2a62bb5a4ad991', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72c54', table='outcomes_milestoneevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownernote',
            trigger=pgtrigger.compiler.Trigger(name='owner_note_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.withdrawn_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'withdrawn_at' <> to_jsonb(OLD) - 'withdrawn_at'\n                THEN\n                    RAISE EXCEPTION 'a note of an owner stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='7fd1f2f33b0659e49c4d9ad388ee67881cb7e63a', operation='UPDATE', pgid='pgtrigger_owner_note_stays_41a46', table='outcomes_ownernote', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='ownernote',
            trigger=pgtrigger.compiler.Trigger(name='owner_note_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6dab1259c8cf1ccc75bb2f74f6be71d4eed61f8a', operation='DELETE', pgid='pgtrigger_owner_note_never_deleted_a0914', table='outcomes_ownernote', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='progressmethod',
            trigger=pgtrigger.compiler.Trigger(name='public_method_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."made_public_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cb29f10c32498b57b204b64022d7476ff674fb06', operation='UPDATE', pgid='pgtrigger_public_method_stays_19f65', table='outcomes_progressmethod', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='progressmethod',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_progressmethodevent" ("id", "made_public_at", "made_public_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."id", NEW."made_public_at", NEW."made_public_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;', hash='5cf527bb55a04e9463c496c07d3e1d7342c4166e', operation='INSERT', pgid='pgtrigger_insert_insert_fc2d2', table='outcomes_progressmethod', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='progressmethod',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_progressmethodevent" ("id", "made_public_at", "made_public_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."id", NEW."made_public_at", NEW."made_public_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;', hash='342200e846814bb0dff1f8327a5bb5913cc55d0c', operation='UPDATE', pgid='pgtrigger_update_update_b952f', table='outcomes_progressmethod', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='progressmethod',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_progressmethodevent" ("id", "made_public_at", "made_public_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."id", OLD."made_public_at", OLD."made_public_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;', hash='2bb70215b002d64582dd828dfd533f33c17d0af7', operation='DELETE', pgid='pgtrigger_delete_delete_f40df', table='outcomes_progressmethod', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='progressmethodevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c5647c5731d91e7b8eae99855013bc30fca9b9b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f46bb', table='outcomes_progressmethodevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='reviewedindicator',
            trigger=pgtrigger.compiler.Trigger(name='stays_with_a_signed_review', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (\n                        SELECT FROM outcomes_expertreview AS review\n                        WHERE review.state = 'signed'\n                            AND (\n                                TG_OP <> 'INSERT' AND review.id = OLD.review_id\n                                OR TG_OP <> 'DELETE' AND review.id = NEW.review_id\n                            )\n                    ) THEN\n                        RAISE EXCEPTION 'a signed review cannot change'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n                ", hash='fa81bd7a2f7bc9e723f4c08946e7645de12f895a', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_stays_with_a_signed_review_23471', table='outcomes_reviewedindicator', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='reviewedindicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_reviewedindicatorevent" ("id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "status_then", "text") VALUES (NEW."id", NEW."lineage", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."review_id", NEW."status_then", NEW."text"); RETURN NULL;', hash='d10ba913bd20b0eb6001746eeffcdaaccdae4f27', operation='INSERT', pgid='pgtrigger_insert_insert_d19bd', table='outcomes_reviewedindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='reviewedindicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_reviewedindicatorevent" ("id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "status_then", "text") VALUES (NEW."id", NEW."lineage", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."review_id", NEW."status_then", NEW."text"); RETURN NULL;', hash='46452826f1ea46cf2b57b86b35e23cc43d1b0da8', operation='UPDATE', pgid='pgtrigger_update_update_732c5', table='outcomes_reviewedindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='reviewedindicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_reviewedindicatorevent" ("id", "lineage", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "review_id", "status_then", "text") VALUES (OLD."id", OLD."lineage", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."review_id", OLD."status_then", OLD."text"); RETURN NULL;', hash='77677e6743d73b32c9eda52902138b7589386eba', operation='DELETE', pgid='pgtrigger_delete_delete_0d42b', table='outcomes_reviewedindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='reviewedindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2513046c60fa9c1cb8da3f0406f7e9d09484d9a1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e7d43', table='outcomes_reviewedindicatorevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theoryitem',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = OLD.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = NEW.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='a6bf9026fb01fc5d27a2a6f8a7799aca2f2e2b7e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_99217', table='outcomes_theoryitem', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theoryitem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_theoryitemevent" ("assumption", "framework_version_id", "id", "kind", "lineage", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."assumption", NEW."framework_version_id", NEW."id", NEW."kind", NEW."lineage", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text", NEW."title"); RETURN NULL;', hash='cd95118f1ed15b4d0972745e093f1cee57df01cc', operation='INSERT', pgid='pgtrigger_insert_insert_a7c01', table='outcomes_theoryitem', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theoryitem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_theoryitemevent" ("assumption", "framework_version_id", "id", "kind", "lineage", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (NEW."assumption", NEW."framework_version_id", NEW."id", NEW."kind", NEW."lineage", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text", NEW."title"); RETURN NULL;', hash='f5bec632d0a37181a1168e3a4baabe9c0af10cd2', operation='UPDATE', pgid='pgtrigger_update_update_0534a', table='outcomes_theoryitem', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theoryitem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_theoryitemevent" ("assumption", "framework_version_id", "id", "kind", "lineage", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "title") VALUES (OLD."assumption", OLD."framework_version_id", OLD."id", OLD."kind", OLD."lineage", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text", OLD."title"); RETURN NULL;', hash='b5537248c6f9e6fccf8c1fd523285901c81e6b7f', operation='DELETE', pgid='pgtrigger_delete_delete_99a34', table='outcomes_theoryitem', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicatorevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a8115225e36a84f326b01f421a95e89e44225b81', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c262', table='outcomes_frameworkindicatorevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicator',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = OLD.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = NEW.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='099ff262e6d789f7ef47ef5a4f6cd1dc63681dc1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_971b1', table='outcomes_frameworkindicator', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicator',
            trigger=pgtrigger.compiler.Trigger(name='names_items_of_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (\n                SELECT FROM outcomes_theoryitem AS item\n                WHERE item.id IN (NEW.item_id)\n                    AND item.framework_version_id <> NEW.framework_version_id\n            ) THEN\n                RAISE EXCEPTION 'an item of another version is named'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d78cc711af91a9f18d5761350baa0f895c3409ef', operation='INSERT OR UPDATE', pgid='pgtrigger_names_items_of_its_version_1d18b', table='outcomes_frameworkindicator', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicator',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkindicatorevent" ("area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (NEW."area_id", NEW."authority_owner", NEW."authority_role", NEW."baseline_lower", NEW."baseline_period_id", NEW."baseline_release_id", NEW."baseline_upper", NEW."baseline_value", NEW."board_owner", NEW."breakdown_id", NEW."determinant_id", NEW."framework_version_id", NEW."id", NEW."indicator_id", NEW."item_id", NEW."lineage", NEW."no_baseline_reason", NEW."no_target_reason", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."target_end", NEW."target_kind", NEW."target_label", NEW."target_mode", NEW."target_start", NEW."target_value", NEW."tolerance", NEW."trajectory"); RETURN NULL;', hash='3791dd1fdd896eb5a430d0d72cce9d4d2414fd19', operation='INSERT', pgid='pgtrigger_insert_insert_1756e', table='outcomes_frameworkindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicator',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_frameworkindicatorevent" ("area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (NEW."area_id", NEW."authority_owner", NEW."authority_role", NEW."baseline_lower", NEW."baseline_period_id", NEW."baseline_release_id", NEW."baseline_upper", NEW."baseline_value", NEW."board_owner", NEW."breakdown_id", NEW."determinant_id", NEW."framework_version_id", NEW."id", NEW."indicator_id", NEW."item_id", NEW."lineage", NEW."no_baseline_reason", NEW."no_target_reason", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."target_end", NEW."target_kind", NEW."target_label", NEW."target_mode", NEW."target_start", NEW."target_value", NEW."tolerance", NEW."trajectory"); RETURN NULL;', hash='7392747f7429ade3b6a1f3813684d3aa6939a7a6', operation='UPDATE', pgid='pgtrigger_update_update_0cd24', table='outcomes_frameworkindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='frameworkindicator',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_frameworkindicatorevent" ("area_id", "authority_owner", "authority_role", "baseline_lower", "baseline_period_id", "baseline_release_id", "baseline_upper", "baseline_value", "board_owner", "breakdown_id", "determinant_id", "framework_version_id", "id", "indicator_id", "item_id", "lineage", "no_baseline_reason", "no_target_reason", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "target_end", "target_kind", "target_label", "target_mode", "target_start", "target_value", "tolerance", "trajectory") VALUES (OLD."area_id", OLD."authority_owner", OLD."authority_role", OLD."baseline_lower", OLD."baseline_period_id", OLD."baseline_release_id", OLD."baseline_upper", OLD."baseline_value", OLD."board_owner", OLD."breakdown_id", OLD."determinant_id", OLD."framework_version_id", OLD."id", OLD."indicator_id", OLD."item_id", OLD."lineage", OLD."no_baseline_reason", OLD."no_target_reason", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."target_end", OLD."target_kind", OLD."target_label", OLD."target_mode", OLD."target_start", OLD."target_value", OLD."tolerance", OLD."trajectory"); RETURN NULL;', hash='522462fa6753ce815e6f8dc01a854979659104af', operation='DELETE', pgid='pgtrigger_delete_delete_235d0', table='outcomes_frameworkindicator', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasureevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b53640f2d164eecfc4501223312cdd461e865046', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e3bf9', table='outcomes_countmeasureevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasure',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = OLD.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = NEW.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='b7ff8c2413b83ad4752f587fd98511de68f2b26b', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_55873', table='outcomes_countmeasure', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasure',
            trigger=pgtrigger.compiler.Trigger(name='names_items_of_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (\n                SELECT FROM outcomes_theoryitem AS item\n                WHERE item.id IN (NEW.item_id)\n                    AND item.framework_version_id <> NEW.framework_version_id\n            ) THEN\n                RAISE EXCEPTION 'an item of another version is named'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d092fb0a93aae01314e7a989493055f258b62f68', operation='INSERT OR UPDATE', pgid='pgtrigger_names_items_of_its_version_2bdea', table='outcomes_countmeasure', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_countmeasureevent" ("aggregation", "direction", "framework_version_id", "id", "item_id", "lineage", "margin_percent", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."aggregation", NEW."direction", NEW."framework_version_id", NEW."id", NEW."item_id", NEW."lineage", NEW."margin_percent", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit"); RETURN NULL;', hash='5b163757764f34ba49c61eca333af757ce4f7022', operation='INSERT', pgid='pgtrigger_insert_insert_55723', table='outcomes_countmeasure', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_countmeasureevent" ("aggregation", "direction", "framework_version_id", "id", "item_id", "lineage", "margin_percent", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."aggregation", NEW."direction", NEW."framework_version_id", NEW."id", NEW."item_id", NEW."lineage", NEW."margin_percent", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit"); RETURN NULL;', hash='d0a796653e7be1bfb534a9019cb8f17b7e94a327', operation='UPDATE', pgid='pgtrigger_update_update_961be', table='outcomes_countmeasure', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='countmeasure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_countmeasureevent" ("aggregation", "direction", "framework_version_id", "id", "item_id", "lineage", "margin_percent", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (OLD."aggregation", OLD."direction", OLD."framework_version_id", OLD."id", OLD."item_id", OLD."lineage", OLD."margin_percent", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit"); RETURN NULL;', hash='b987f0db9a2094286f716a71118099bd74b517c8', operation='DELETE', pgid='pgtrigger_delete_delete_7b57d', table='outcomes_countmeasure', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theoryitemevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='843cc48b1015a81e0776787e28dc9816ab10cf03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f6ff0', table='outcomes_theoryitemevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylink',
            trigger=pgtrigger.compiler.Trigger(name='changes_in_a_draft_only', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found text;', func="\n            IF TG_OP <> 'INSERT' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = OLD.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n            END IF;\n            IF TG_OP <> 'DELETE' THEN\n                SELECT state INTO found FROM outcomes_frameworkversion\n                WHERE id = NEW.framework_version_id;\n                IF found <> 'draft' THEN\n                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            END IF;\n            RETURN OLD;\n        ", hash='4dee3f9067b9cffd6ddbca2f3ee4f41721c76897', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_in_a_draft_only_2dde0', table='outcomes_theorylink', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylink',
            trigger=pgtrigger.compiler.Trigger(name='names_items_of_its_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF EXISTS (\n                SELECT FROM outcomes_theoryitem AS item\n                WHERE item.id IN (NEW.cause_id, NEW.effect_id)\n                    AND item.framework_version_id <> NEW.framework_version_id\n            ) THEN\n                RAISE EXCEPTION 'an item of another version is named'\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='9d96f7646719974b40fda45adc11efcebf7b558c', operation='INSERT OR UPDATE', pgid='pgtrigger_names_items_of_its_version_b8db6', table='outcomes_theorylink', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_theorylinkevent" ("assumption", "cause_id", "effect_id", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."assumption", NEW."cause_id", NEW."effect_id", NEW."framework_version_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c9c16a523e7c7be585383b08d4194db600830f49', operation='INSERT', pgid='pgtrigger_insert_insert_37de6', table='outcomes_theorylink', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_theorylinkevent" ("assumption", "cause_id", "effect_id", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."assumption", NEW."cause_id", NEW."effect_id", NEW."framework_version_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='5925a1a88acd1765dc3ca4a146e3eba0e4765971', operation='UPDATE', pgid='pgtrigger_update_update_ea752', table='outcomes_theorylink', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_theorylinkevent" ("assumption", "cause_id", "effect_id", "framework_version_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."assumption", OLD."cause_id", OLD."effect_id", OLD."framework_version_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='daf2be0502541c73936ef81a1b333e80ee590f2e', operation='DELETE', pgid='pgtrigger_delete_delete_d909b', table='outcomes_theorylink', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='theorylinkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e42680ed073bec0988be095f2f2179121ca8ed08', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d4f83', table='outcomes_theorylinkevent', when='BEFORE')),
        ),
    ]
