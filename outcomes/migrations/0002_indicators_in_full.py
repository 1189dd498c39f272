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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('outcomes', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicator',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicator',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='indicator',
                    name='delete_delete',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='observation',
                    name='never_edited',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='observation',
                    name='superseded_once',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='upload',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='upload',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='upload',
                    name='delete_delete',
                ),
                migrations.RemoveConstraint(
                    model_name='upload',
                    name='upload_state_is_known',
                ),
                migrations.CreateModel(
                    name='ComparabilityBreak',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('kind', models.CharField(choices=[('method', 'Method'), ('definition', 'Definition'), ('source', 'Source'), ('geography', 'Boundaries'), ('other', 'Other')], max_length=10)),
                        ('text', models.TextField()),
                        ('source', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaks', to='outcomes.indicator')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_breaks', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='withdrawn_breaks', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('indicator', 'starts_on', 'kind'), name='break_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['method', 'definition', 'source', 'geography', 'other'])), name='break_kind_is_known'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='break_says_what_changed'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='withdrawn_break_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='ComparabilityBreakEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('starts_on', models.DateField()),
                        ('kind', models.CharField(choices=[('method', 'Method'), ('definition', 'Definition'), ('source', 'Source'), ('geography', 'Boundaries'), ('other', 'Other')], max_length=10)),
                        ('text', models.TextField()),
                        ('source', models.TextField(blank=True)),
                        ('recorded_at', models.DateTimeField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_reason', models.TextField(blank=True)),
                        ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicator')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.comparabilitybreak')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Domain',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('text', models.TextField(blank=True)),
                        ('source', models.TextField(blank=True)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('in_use', models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='DomainEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('slug', models.SlugField(db_index=False, max_length=60)),
                        ('name', models.CharField(max_length=120)),
                        ('text', models.TextField(blank=True)),
                        ('source', models.TextField(blank=True)),
                        ('order', models.PositiveSmallIntegerField(default=0)),
                        ('in_use', models.BooleanField(default=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.domain')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorSet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True)),
                        ('name', models.CharField(max_length=160)),
                        ('text', models.TextField(blank=True)),
                        ('source', models.TextField(blank=True)),
                        ('in_use', models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='IndicatorSetEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('slug', models.SlugField(db_index=False, max_length=60)),
                        ('name', models.CharField(max_length=160)),
                        ('text', models.TextField(blank=True)),
                        ('source', models.TextField(blank=True)),
                        ('in_use', models.BooleanField(default=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.indicatorset')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorSetMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField()),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='set_places', to='outcomes.indicator')),
                        ('indicator_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='outcomes.indicatorset')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('indicator_set', 'indicator'), name='indicator_once_in_a_set'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('indicator_set', 'order'), name='place_once_in_a_set')],
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorSetMemberEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('order', models.PositiveSmallIntegerField()),
                        ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicator')),
                        ('indicator_set', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicatorset')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.indicatorsetmember')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='IndicatorVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('facts', models.JSONField()),
                        ('had_values', models.BooleanField()),
                        ('reason', models.TextField(blank=True)),
                        ('made_at', models.DateTimeField()),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='outcomes.indicator')),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicator_versions', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('indicator', 'number'), name='indicator_version_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='indicator_versions_count_from_one'), models.CheckConstraint(condition=models.Q(('number', 1), ('had_values', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='change_after_values_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='PeriodLock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the locked span.')),
                        ('reason', models.TextField()),
                        ('locked_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_reason', models.TextField(blank=True)),
                        ('body', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='period_locks', to='authorities.body')),
                        ('indicator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='period_locks', to='outcomes.indicator')),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='period_locks_lifted', to=settings.AUTH_USER_MODEL)),
                        ('locked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_locks_set', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='lock_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='lock_has_a_reason'), models.CheckConstraint(condition=models.Q(('lifted_at__isnull', True), models.Q(('lifted_by__isnull', False), models.Q(('lifted_reason', ''), _negated=True)), _connector='OR'), name='lifted_lock_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='PeriodLockEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('start_date', models.DateField()),
                        ('end_date', models.DateField(help_text='First day after the locked span.')),
                        ('reason', models.TextField()),
                        ('locked_at', models.DateTimeField()),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_reason', models.TextField(blank=True)),
                        ('body', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('indicator', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.indicator')),
                        ('lifted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('locked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.periodlock')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReleaseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('kind', models.CharField(choices=[('national', 'National publication'), ('body', 'Sent in by a body'), ('approved', 'Sent in and approved')], default='national', max_length=8)),
                        ('state', models.CharField(choices=[('published', 'Published'), ('submitted', 'Waits for approval'), ('returned', 'Returned with a comment'), ('approved', 'Approved')], default='published', max_length=9)),
                        ('title', models.CharField(max_length=200)),
                        ('source', models.TextField(blank=True)),
                        ('licence', models.CharField(blank=True, max_length=120)),
                        ('published_on', models.DateField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('comment', models.TextField(blank=True)),
                        ('approved_from', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.release')),
                        ('body', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.body')),
                        ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='outcomes.release')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ReleaseIndicator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('indicator_version', models.PositiveIntegerField()),
                        ('method', models.CharField(blank=True, max_length=120)),
                        ('rows', models.PositiveIntegerField()),
                        ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='release_contents', to='outcomes.indicator')),
                        ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contents', to='outcomes.release')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('release', 'indicator'), name='indicator_once_in_a_release')],
                    },
                ),
                migrations.CreateModel(
                    name='UploadConfirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=40)),
                        ('reason', models.TextField()),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='upload_confirmations', to=settings.AUTH_USER_MODEL)),
                        ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='outcomes.upload')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('upload', 'code'), name='warning_confirmed_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='confirmation_has_a_reason')],
                    },
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='benchmark_method',
                    field=models.CharField(choices=[('limits_95', 'Confidence limits of 95%'), ('limits_998', 'Confidence limits of 99.8%'), ('limits_both', 'Confidence limits of 95% and 99.8%'), ('quintiles', 'Fifths of all areas'), ('none', 'No comparison')], default='none', max_length=12),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='breakdowns',
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='disclosure_text',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='multiplier',
                    field=models.PositiveIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='period_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='publication_lag_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='round_counts_to',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='step_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='suppress_counts_to',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='suppress_denominators_to',
                    field=models.PositiveIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='trend_eligible',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='trend_text',
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='version',
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='year_type',
                    field=models.CharField(choices=[('calendar', 'Calendar year'), ('financial', 'Financial year'), ('academic', 'Academic year'), ('unknown', 'Not yet known')], default='unknown', max_length=10),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='benchmark_method',
                    field=models.CharField(choices=[('limits_95', 'Confidence limits of 95%'), ('limits_998', 'Confidence limits of 99.8%'), ('limits_both', 'Confidence limits of 95% and 99.8%'), ('quintiles', 'Fifths of all areas'), ('none', 'No comparison')], default='none', max_length=12),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='breakdowns',
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='disclosure_text',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='multiplier',
                    field=models.PositiveIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='period_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='publication_lag_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='round_counts_to',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='step_months',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='suppress_counts_to',
                    field=models.PositiveSmallIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='suppress_denominators_to',
                    field=models.PositiveIntegerField(null=True),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='trend_eligible',
                    field=models.BooleanField(default=False),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='trend_text',
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='version',
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='year_type',
                    field=models.CharField(choices=[('calendar', 'Calendar year'), ('financial', 'Financial year'), ('academic', 'Academic year'), ('unknown', 'Not yet known')], default='unknown', max_length=10),
                ),
                migrations.AddField(
                    model_name='observation',
                    name='provisional',
                    field=models.BooleanField(db_default=False, default=False),
                ),
                migrations.AddField(
                    model_name='release',
                    name='approved_from',
                    field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved_copy', to='outcomes.release'),
                ),
                migrations.AddField(
                    model_name='release',
                    name='comment',
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name='release',
                    name='decided_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='release',
                    name='decided_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_releases', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='release',
                    name='kind',
                    field=models.CharField(choices=[('national', 'National publication'), ('body', 'Sent in by a body'), ('approved', 'Sent in and approved')], default='national', max_length=8),
                ),
                migrations.AddField(
                    model_name='release',
                    name='state',
                    field=models.CharField(choices=[('published', 'Published'), ('submitted', 'Waits for approval'), ('returned', 'Returned with a comment'), ('approved', 'Approved')], default='published', max_length=9),
                ),
                migrations.AddField(
                    model_name='upload',
                    name='cancel_asked_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='upload',
                    name='confirmed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='upload',
                    name='confirmed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed_uploads', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='upload',
                    name='ignored',
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name='upload',
                    name='layout',
                    field=models.CharField(choices=[('fingertips', 'Fingertips download'), ('own', 'Template of this site')], default='fingertips', max_length=10),
                ),
                migrations.AddField(
                    model_name='uploadevent',
                    name='cancel_asked_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='uploadevent',
                    name='confirmed_at',
                    field=models.DateTimeField(null=True),
                ),
                migrations.AddField(
                    model_name='uploadevent',
                    name='confirmed_by',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
                ),
                migrations.AddField(
                    model_name='uploadevent',
                    name='ignored',
                    field=models.PositiveIntegerField(default=0),
                ),
                migrations.AddField(
                    model_name='uploadevent',
                    name='layout',
                    field=models.CharField(choices=[('fingertips', 'Fingertips download'), ('own', 'Template of this site')], default='fingertips', max_length=10),
                ),
                migrations.AddField(
                    model_name='uploadproblem',
                    name='severity',
                    field=models.CharField(choices=[('setup', 'Not identified'), ('hard', 'Error'), ('not_yours', 'Not your body'), ('soft', 'Warning')], default='hard', max_length=9),
                ),
                migrations.AlterField(
                    model_name='observation',
                    name='breakdown',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.breakdown'),
                ),
                migrations.AlterField(
                    model_name='observation',
                    name='indicator',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.indicator'),
                ),
                migrations.AlterField(
                    model_name='observation',
                    name='period',
                    field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.periodrow'),
                ),
                migrations.AlterField(
                    model_name='observation',
                    name='release',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='outcomes.release'),
                ),
                migrations.AlterField(
                    model_name='upload',
                    name='state',
                    field=models.CharField(choices=[('uploaded', 'Waiting to be read'), ('checking', 'Being checked'), ('rejected_file', 'Cannot be read'), ('setup_errors', 'Names what we do not know'), ('blocking_errors', 'Has errors'), ('needs_confirming', 'Waits for your reasons'), ('ready', 'Waits for your word'), ('storing', 'Being stored'), ('cancelled', 'Given up by you'), ('committed', 'Stored'), ('failed', 'Stopped by a fault of ours')], default='uploaded', max_length=16),
                ),
                migrations.AlterField(
                    model_name='uploadevent',
                    name='state',
                    field=models.CharField(choices=[('uploaded', 'Waiting to be read'), ('checking', 'Being checked'), ('rejected_file', 'Cannot be read'), ('setup_errors', 'Names what we do not know'), ('blocking_errors', 'Has errors'), ('needs_confirming', 'Waits for your reasons'), ('ready', 'Waits for your word'), ('storing', 'Being stored'), ('cancelled', 'Given up by you'), ('committed', 'Stored'), ('failed', 'Stopped by a fault of ours')], default='uploaded', max_length=16),
                ),
                migrations.AddIndex(
                    model_name='observation',
                    index=models.Index(condition=models.Q(('superseded_at__isnull', False)), fields=['indicator', 'area'], name='observation_superseded'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='breakdown',
                    trigger=pgtrigger.compiler.Trigger(name='stays_while_named', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            IF EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE breakdown_id = OLD.id AND superseded_at IS NULL\n            ) OR EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE breakdown_id = OLD.id AND superseded_at IS NOT NULL\n            ) THEN\n                RAISE EXCEPTION 'values name this breakdown'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stays_while_named';\n            END IF;\n            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n        ", hash='54dd027180ca4202cfe1cd96fd5788f5f577baee', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_stays_while_named_0f970', table='outcomes_breakdown', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicator',
                    trigger=pgtrigger.compiler.Trigger(name='stays_while_named', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            IF EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE indicator_id = OLD.id AND superseded_at IS NULL\n            ) OR EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE indicator_id = OLD.id AND superseded_at IS NOT NULL\n            ) THEN\n                RAISE EXCEPTION 'values name this indicator'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stays_while_named';\n            END IF;\n            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n        ", hash='5402b037ada76f0101012de244afbd47b7ef0d2a', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_stays_while_named_517f4', table='outcomes_indicator', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicator',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorevent" ("benchmark_method", "breakdowns", "code", "definition", "disclosure_text", "domain_id", "draft", "fingertips_id", "id", "licence", "multiplier", "name", "period_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "publication_lag_months", "round_counts_to", "scale", "source", "step_months", "suppress_counts_to", "suppress_denominators_to", "trend_eligible", "trend_text", "unit", "version", "year_type") VALUES (NEW."benchmark_method", NEW."breakdowns", NEW."code", NEW."definition", NEW."disclosure_text", NEW."domain_id", NEW."draft", NEW."fingertips_id", NEW."id", NEW."licence", NEW."multiplier", NEW."name", NEW."period_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."polarity", NEW."publication_lag_months", NEW."round_counts_to", NEW."scale", NEW."source", NEW."step_months", NEW."suppress_counts_to", NEW."suppress_denominators_to", NEW."trend_eligible", NEW."trend_text", NEW."unit", NEW."version", NEW."year_type"); RETURN NULL;', hash='5407f1ab0c6800253ba3f75ae4328b4bcd0da689', operation='INSERT', pgid='pgtrigger_insert_insert_1a04d', table='outcomes_indicator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicator',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_indicatorevent" ("benchmark_method", "breakdowns", "code", "definition", "disclosure_text", "domain_id", "draft", "fingertips_id", "id", "licence", "multiplier", "name", "period_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "publication_lag_months", "round_counts_to", "scale", "source", "step_months", "suppress_counts_to", "suppress_denominators_to", "trend_eligible", "trend_text", "unit", "version", "year_type") VALUES (NEW."benchmark_method", NEW."breakdowns", NEW."code", NEW."definition", NEW."disclosure_text", NEW."domain_id", NEW."draft", NEW."fingertips_id", NEW."id", NEW."licence", NEW."multiplier", NEW."name", NEW."period_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."polarity", NEW."publication_lag_months", NEW."round_counts_to", NEW."scale", NEW."source", NEW."step_months", NEW."suppress_counts_to", NEW."suppress_denominators_to", NEW."trend_eligible", NEW."trend_text", NEW."unit", NEW."version", NEW."year_type"); RETURN NULL;', hash='01c56ed7c639be0d265d65e0db4e35bbf913420a', operation='UPDATE', pgid='pgtrigger_update_update_ad6d6', table='outcomes_indicator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='indicator',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorevent" ("benchmark_method", "breakdowns", "code", "definition", "disclosure_text", "domain_id", "draft", "fingertips_id", "id", "licence", "multiplier", "name", "period_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "polarity", "publication_lag_months", "round_counts_to", "scale", "source", "step_months", "suppress_counts_to", "suppress_denominators_to", "trend_eligible", "trend_text", "unit", "version", "year_type") VALUES (OLD."benchmark_method", OLD."breakdowns", OLD."code", OLD."definition", OLD."disclosure_text", OLD."domain_id", OLD."draft", OLD."fingertips_id", OLD."id", OLD."licence", OLD."multiplier", OLD."name", OLD."period_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."polarity", OLD."publication_lag_months", OLD."round_counts_to", OLD."scale", OLD."source", OLD."step_months", OLD."suppress_counts_to", OLD."suppress_denominators_to", OLD."trend_eligible", OLD."trend_text", OLD."unit", OLD."version", OLD."year_type"); RETURN NULL;', hash='de08db7a29691cc790e1ec18487ed19370cba878', operation='DELETE', pgid='pgtrigger_delete_delete_61a74', table='outcomes_indicator', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='observation',
                    trigger=pgtrigger.compiler.Trigger(name='references_exist', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found bigint; indicators bigint[]; periods bigint[]; breakdowns bigint[]; releases uuid[];', func="\n            SELECT array_agg(DISTINCT indicator_id), array_agg(DISTINCT period_id), array_agg(DISTINCT breakdown_id), array_agg(DISTINCT release_id)\n            INTO indicators, periods, breakdowns, releases\n            FROM (\n                SELECT indicator_id, period_id, breakdown_id, release_id FROM new_values\n                GROUP BY indicator_id, period_id, breakdown_id, release_id\n            ) AS named;\n            \n            PERFORM 1 FROM outcomes_indicator WHERE id = ANY (indicators) FOR KEY SHARE;\n            GET DIAGNOSTICS found = ROW_COUNT;\n            IF found <> cardinality(indicators) THEN\n                RAISE EXCEPTION 'a value names a row of outcomes_indicator that is not there'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'references_exist';\n            END IF;\n        \n            PERFORM 1 FROM outcomes_periodrow WHERE id = ANY (periods) FOR KEY SHARE;\n            GET DIAGNOSTICS found = ROW_COUNT;\n            IF found <> cardinality(periods) THEN\n                RAISE EXCEPTION 'a value names a row of outcomes_periodrow that is not there'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'references_exist';\n            END IF;\n        \n            PERFORM 1 FROM outcomes_breakdown WHERE id = ANY (breakdowns) FOR KEY SHARE;\n            GET DIAGNOSTICS found = ROW_COUNT;\n            IF found <> cardinality(breakdowns) THEN\n                RAISE EXCEPTION 'a value names a row of outcomes_breakdown that is not there'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'references_exist';\n            END IF;\n        \n            PERFORM 1 FROM outcomes_release WHERE id = ANY (releases) FOR KEY SHARE;\n            GET DIAGNOSTICS found = ROW_COUNT;\n            IF found <> cardinality(releases) THEN\n                RAISE EXCEPTION 'a value names a row of outcomes_release that is not there'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'references_exist';\n            END IF;\n        \n            RETURN NULL;\n        ", hash='c9bb87cfd3a894567194d58e887cd0a1d70a5aa6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_references_exist_fccb5', referencing='REFERENCING NEW TABLE AS new_values ', table='outcomes_observation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='observation',
                    trigger=pgtrigger.compiler.Trigger(name='never_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."area_code" IS DISTINCT FROM (NEW."area_code") OR OLD."breakdown_id" IS DISTINCT FROM (NEW."breakdown_id") OR OLD."count" IS DISTINCT FROM (NEW."count") OR OLD."denominator" IS DISTINCT FROM (NEW."denominator") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator_id" IS DISTINCT FROM (NEW."indicator_id") OR OLD."lower_95" IS DISTINCT FROM (NEW."lower_95") OR OLD."lower_998" IS DISTINCT FROM (NEW."lower_998") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."note_text" IS DISTINCT FROM (NEW."note_text") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."provisional" IS DISTINCT FROM (NEW."provisional") OR OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."upper_95" IS DISTINCT FROM (NEW."upper_95") OR OLD."upper_998" IS DISTINCT FROM (NEW."upper_998") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='97c0121b07ffe816b64c60807320aad6f69af0ff', operation='UPDATE', pgid='pgtrigger_never_edited_6659c', table='outcomes_observation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='observation',
                    trigger=pgtrigger.compiler.Trigger(name='not_in_a_locked_period', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (SELECT FROM outcomes_periodlock WHERE lifted_at IS NULL) AND EXISTS (\n        SELECT FROM new_values v\n        JOIN outcomes_periodrow p ON p.id = v.period_id\n        JOIN outcomes_periodlock l ON l.lifted_at IS NULL\n            AND l.start_date <= p.start_date AND p.end_date <= l.end_date\n            AND (l.indicator_id IS NULL OR l.indicator_id = v.indicator_id)\n            AND (l.body_id IS NULL OR l.body_id = v.owner_id)\n        WHERE v.owner_id IS NOT NULL\n    ) THEN\n        RAISE EXCEPTION 'the values of this period are locked' USING ERRCODE = 'check_violation';\n    END IF;\n    RETURN NULL;\n", hash='a5a15e7db2c7ab7f331094f9188fd680878b1ebd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_not_in_a_locked_period_541f0', referencing='REFERENCING NEW TABLE AS new_values ', table='outcomes_observation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='observation',
                    trigger=pgtrigger.compiler.Trigger(name='superseded_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."superseded_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9e6ab138d9476d5d88783c2e2cdc0adfca2370d0', operation='UPDATE', pgid='pgtrigger_superseded_once_e0ece', table='outcomes_observation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='periodrow',
                    trigger=pgtrigger.compiler.Trigger(name='stays_while_named', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            IF EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE period_id = OLD.id AND superseded_at IS NULL\n            ) OR EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE period_id = OLD.id AND superseded_at IS NOT NULL\n            ) THEN\n                RAISE EXCEPTION 'values name this period'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stays_while_named';\n            END IF;\n            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n        ", hash='17efb1a625083ade3cebf57060b70b00ec7aab85', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_stays_while_named_10121', table='outcomes_periodrow', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='release',
                    trigger=pgtrigger.compiler.Trigger(name='stays_while_named', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN\n                RETURN NEW;\n            END IF;\n            IF EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE release_id = OLD.id AND superseded_at IS NULL\n            ) OR EXISTS (\n                SELECT FROM outcomes_observation\n                WHERE release_id = OLD.id AND superseded_at IS NOT NULL\n            ) THEN\n                RAISE EXCEPTION 'values name this release'\n                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stays_while_named';\n            END IF;\n            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n        ", hash='ea637c1d7e429a87ec47bb40e621c3e876b81d0c', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_stays_while_named_bed12', table='outcomes_release', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='release',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_releaseevent" ("approved_from_id", "body_id", "comment", "created_at", "created_by_id", "decided_at", "decided_by_id", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "state", "title") VALUES (NEW."approved_from_id", NEW."body_id", NEW."comment", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."kind", NEW."licence", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_on", NEW."source", NEW."state", NEW."title"); RETURN NULL;', hash='7a14f971915ff337d622fee4796e06caa20fa1fb', operation='INSERT', pgid='pgtrigger_insert_insert_c8ffe', table='outcomes_release', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='release',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_releaseevent" ("approved_from_id", "body_id", "comment", "created_at", "created_by_id", "decided_at", "decided_by_id", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "state", "title") VALUES (NEW."approved_from_id", NEW."body_id", NEW."comment", NEW."created_at", NEW."created_by_id", NEW."decided_at", NEW."decided_by_id", NEW."id", NEW."kind", NEW."licence", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."source", NEW."state", NEW."title"); RETURN NULL;', hash='9b9b9fec8ca76951f58c3b964dfb390732363297', operation='UPDATE', pgid='pgtrigger_update_update_a8bc4', table='outcomes_release', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='release',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_releaseevent" ("approved_from_id", "body_id", "comment", "created_at", "created_by_id", "decided_at", "decided_by_id", "id", "kind", "licence", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "state", "title") VALUES (OLD."approved_from_id", OLD."body_id", OLD."comment", OLD."created_at", OLD."created_by_id", OLD."decided_at", OLD."decided_by_id", OLD."id", OLD."kind", OLD."licence", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_on", OLD."source", OLD."state", OLD."title"); RETURN NULL;', hash='fea700b130a1154c168d312f8eaba17f5beb9eb7', operation='DELETE', pgid='pgtrigger_delete_delete_3b2d6', table='outcomes_release', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='upload_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF (OLD.state, NEW.state) NOT IN (('checking', 'blocking_errors'), ('checking', 'cancelled'), ('checking', 'failed'), ('checking', 'needs_confirming'), ('checking', 'ready'), ('checking', 'rejected_file'), ('checking', 'setup_errors'), ('needs_confirming', 'cancelled'), ('needs_confirming', 'ready'), ('ready', 'cancelled'), ('ready', 'storing'), ('storing', 'blocking_errors'), ('storing', 'committed'), ('storing', 'failed'), ('storing', 'needs_confirming'), ('storing', 'ready'), ('storing', 'rejected_file'), ('storing', 'setup_errors'), ('uploaded', 'cancelled'), ('uploaded', 'checking'), ('uploaded', 'failed')) THEN\n                        RAISE EXCEPTION 'an upload does not go from % to %', OLD.state, NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='055b513e85a529ccad77628990fda955ac0318e9', operation='UPDATE', pgid='pgtrigger_upload_takes_steps_of_the_table_2640c', table='outcomes_upload', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "cancel_asked_at", "confirmed_at", "confirmed_by_id", "file", "file_name", "finished_at", "form_key", "id", "ignored", "layout", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (NEW."added", NEW."attempts", NEW."body_id", NEW."cancel_asked_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."file", NEW."file_name", NEW."finished_at", NEW."form_key", NEW."id", NEW."ignored", NEW."layout", NEW."notices", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."problem_count", NEW."release_id", NEW."rows_expected", NEW."sha256", NEW."size", NEW."started_at", NEW."state", NEW."summary", NEW."superseded", NEW."unchanged", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;', hash='84a53aa9c5872fe2e1074454c46ceccfe23ea614', operation='INSERT', pgid='pgtrigger_insert_insert_5e1b0', table='outcomes_upload', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."added" IS DISTINCT FROM (NEW."added") OR OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."cancel_asked_at" IS DISTINCT FROM (NEW."cancel_asked_at") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."file" IS DISTINCT FROM (NEW."file") OR OLD."file_name" IS DISTINCT FROM (NEW."file_name") OR OLD."finished_at" IS DISTINCT FROM (NEW."finished_at") OR OLD."form_key" IS DISTINCT FROM (NEW."form_key") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."ignored" IS DISTINCT FROM (NEW."ignored") OR OLD."layout" IS DISTINCT FROM (NEW."layout") OR OLD."notices" IS DISTINCT FROM (NEW."notices") OR OLD."problem_count" IS DISTINCT FROM (NEW."problem_count") OR OLD."release_id" IS DISTINCT FROM (NEW."release_id") OR OLD."rows_expected" IS DISTINCT FROM (NEW."rows_expected") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."superseded" IS DISTINCT FROM (NEW."superseded") OR OLD."unchanged" IS DISTINCT FROM (NEW."unchanged") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))', func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "cancel_asked_at", "confirmed_at", "confirmed_by_id", "file", "file_name", "finished_at", "form_key", "id", "ignored", "layout", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (NEW."added", NEW."attempts", NEW."body_id", NEW."cancel_asked_at", NEW."confirmed_at", NEW."confirmed_by_id", NEW."file", NEW."file_name", NEW."finished_at", NEW."form_key", NEW."id", NEW."ignored", NEW."layout", NEW."notices", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."problem_count", NEW."release_id", NEW."rows_expected", NEW."sha256", NEW."size", NEW."started_at", NEW."state", NEW."summary", NEW."superseded", NEW."unchanged", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;', hash='8fc74f54fa4706af1370107d229ac02a14c99cb6', operation='UPDATE', pgid='pgtrigger_update_update_2e4ee', table='outcomes_upload', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='upload',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_uploadevent" ("added", "attempts", "body_id", "cancel_asked_at", "confirmed_at", "confirmed_by_id", "file", "file_name", "finished_at", "form_key", "id", "ignored", "layout", "notices", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "problem_count", "release_id", "rows_expected", "sha256", "size", "started_at", "state", "summary", "superseded", "unchanged", "uploaded_at", "uploaded_by_id") VALUES (OLD."added", OLD."attempts", OLD."body_id", OLD."cancel_asked_at", OLD."confirmed_at", OLD."confirmed_by_id", OLD."file", OLD."file_name", OLD."finished_at", OLD."form_key", OLD."id", OLD."ignored", OLD."layout", OLD."notices", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."problem_count", OLD."release_id", OLD."rows_expected", OLD."sha256", OLD."size", OLD."started_at", OLD."state", OLD."summary", OLD."superseded", OLD."unchanged", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;', hash='514f9d5d8be12039a0db1f6262b50d1a620f620e', operation='DELETE', pgid='pgtrigger_delete_delete_508b0', table='outcomes_upload', when='AFTER')),
                ),
                # What a body sent in before releases had kinds waits for approval, as it did.
                migrations.RunSQL(
                    sql="UPDATE outcomes_release SET kind = 'body', state = 'submitted' WHERE body_id IS NOT NULL",
                    reverse_sql=migrations.RunSQL.noop,
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['national', 'body', 'approved'])), name='release_kind_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['published', 'submitted', 'returned', 'approved'])), name='release_state_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'body'), ('body__isnull', False)), models.Q(models.Q(('kind', 'body'), _negated=True), ('body__isnull', True)), _connector='OR'), name='release_of_a_body_has_its_body'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'body'), models.Q(('state', 'published'), _negated=True)), models.Q(models.Q(('kind', 'body'), _negated=True), ('state', 'published')), _connector='OR'), name='release_of_a_body_is_decided'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'approved'), ('approved_from__isnull', False)), models.Q(models.Q(('kind', 'approved'), _negated=True), ('approved_from__isnull', True)), _connector='OR'), name='approved_copy_has_its_origin'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('comment', ''), _negated=True), _connector='OR'), name='returned_release_has_a_comment'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['published', 'submitted']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='decided_release_says_by_whom'),
                ),
                migrations.AddConstraint(
                    model_name='release',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('created_by__isnull', True), models.Q(('decided_by', models.F('created_by')), _negated=True), _connector='OR'), name='release_approved_by_a_second_person'),
                ),
                migrations.AddConstraint(
                    model_name='upload',
                    constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'checking', 'rejected_file', 'setup_errors', 'blocking_errors', 'needs_confirming', 'ready', 'storing', 'cancelled', 'committed', 'failed'])), name='upload_state_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='upload',
                    constraint=models.CheckConstraint(condition=models.Q(('layout__in', ['fingertips', 'own'])), name='upload_layout_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='upload',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'storing'), _negated=True), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='stored_upload_was_confirmed'),
                ),
                migrations.AddConstraint(
                    model_name='uploadproblem',
                    constraint=models.CheckConstraint(condition=models.Q(('severity__in', ['setup', 'hard', 'not_yours', 'soft'])), name='severity_is_known'),
                ),
                migrations.AddField(
                    model_name='indicator',
                    name='domain',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='outcomes.domain'),
                ),
                migrations.AddField(
                    model_name='indicatorevent',
                    name='domain',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='outcomes.domain'),
                ),
                migrations.AddConstraint(
                    model_name='indicator',
                    constraint=models.CheckConstraint(condition=models.Q(('year_type__in', ['calendar', 'financial', 'academic', 'unknown'])), name='year_type_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='indicator',
                    constraint=models.CheckConstraint(condition=models.Q(('benchmark_method__in', ['limits_95', 'limits_998', 'limits_both', 'quintiles', 'none'])), name='benchmark_method_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='indicator',
                    constraint=models.CheckConstraint(condition=models.Q(('multiplier__isnull', True), ('multiplier__gt', 0), _connector='OR'), name='multiplier_above_zero'),
                ),
                migrations.AddConstraint(
                    model_name='indicator',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('period_months__isnull', True), ('period_months__gt', 0), _connector='OR'), models.Q(('step_months__isnull', True), ('step_months__gt', 0), _connector='OR')), name='period_lengths_above_zero'),
                ),
                migrations.AddConstraint(
                    model_name='indicator',
                    constraint=models.CheckConstraint(condition=models.Q(('round_counts_to__isnull', True), ('round_counts_to__gt', 0), _connector='OR'), name='rounding_base_above_zero'),
                ),
            ],
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='domain',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_domainevent" ("id", "in_use", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (NEW."id", NEW."in_use", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."source", NEW."text"); RETURN NULL;', hash='38eab747b409aebffdcd2eef6503e0a9da0d57b8', operation='INSERT', pgid='pgtrigger_insert_insert_87e87', table='outcomes_domain', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='domain',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_domainevent" ("id", "in_use", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (NEW."id", NEW."in_use", NEW."name", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."source", NEW."text"); RETURN NULL;', hash='3dbdf3fa7d9c14626d57e53ecec5895f873d1ac7', operation='UPDATE', pgid='pgtrigger_update_update_b0dec', table='outcomes_domain', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='domain',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_domainevent" ("id", "in_use", "name", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (OLD."id", OLD."in_use", OLD."name", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."source", OLD."text"); RETURN NULL;', hash='d35ecbec35da6b7eaff14a8a0a6462ffb17061c4', operation='DELETE', pgid='pgtrigger_delete_delete_00c11', table='outcomes_domain', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (NEW."id", NEW."in_use", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."source", NEW."text"); RETURN NULL;', hash='87ecbb29c35df171c45a2103e4cfbecddff39e3b', operation='INSERT', pgid='pgtrigger_insert_insert_571de', table='outcomes_indicatorset', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_indicatorsetevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (NEW."id", NEW."in_use", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."source", NEW."text"); RETURN NULL;', hash='7e838858a7ce12b644bd8c4448dd9dc551cdd149', operation='UPDATE', pgid='pgtrigger_update_update_974dc', table='outcomes_indicatorset', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorset',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetevent" ("id", "in_use", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "source", "text") VALUES (OLD."id", OLD."in_use", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."source", OLD."text"); RETURN NULL;', hash='e273cf2060506bff4e45e00ad7557e383c42391b', operation='DELETE', pgid='pgtrigger_delete_delete_55012', table='outcomes_indicatorset', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='comparabilitybreak',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_comparabilitybreakevent" ("id", "indicator_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."id", NEW."indicator_id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_on", NEW."text", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='2743b27d6f79757e0f315e201f5d64811c1cd933', operation='INSERT', pgid='pgtrigger_insert_insert_ff1b9', table='outcomes_comparabilitybreak', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='comparabilitybreak',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_comparabilitybreakevent" ("id", "indicator_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (NEW."id", NEW."indicator_id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."source", NEW."starts_on", NEW."text", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason"); RETURN NULL;', hash='1f9283f362bb4185fd4cf92328ecafa2c66d5605', operation='UPDATE', pgid='pgtrigger_update_update_d1145', table='outcomes_comparabilitybreak', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='comparabilitybreak',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_comparabilitybreakevent" ("id", "indicator_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "source", "starts_on", "text", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason") VALUES (OLD."id", OLD."indicator_id", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."source", OLD."starts_on", OLD."text", OLD."withdrawn_at", OLD."withdrawn_by_id", OLD."withdrawn_reason"); RETURN NULL;', hash='3ae7fead8501903d5941819c84706fa5a34c0091', operation='DELETE', pgid='pgtrigger_delete_delete_2333d', table='outcomes_comparabilitybreak', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='comparabilitybreakevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='41600054f144c653a348e65ff6b63d743efa0bc6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bb083', table='outcomes_comparabilitybreakevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='domainevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='818df18b5fbacf6521699d2ac76a6e9ffa1edb23', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3a730', table='outcomes_domainevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorsetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0f2748245c6f38a6e331e7f2d69060a9f9a3a7cb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_359e3', table='outcomes_indicatorsetevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorsetmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetmemberevent" ("id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."indicator_id", NEW."indicator_set_id", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='b7dc0919b53fb3ef7586325dc92abb83180458b2', operation='INSERT', pgid='pgtrigger_insert_insert_8fe7c', table='outcomes_indicatorsetmember', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorsetmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_indicatorsetmemberevent" ("id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."indicator_id", NEW."indicator_set_id", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='4e2c6668a4ae27df2f358532da618e3cfe9642a9', operation='UPDATE', pgid='pgtrigger_update_update_bce0b', table='outcomes_indicatorsetmember', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorsetmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_indicatorsetmemberevent" ("id", "indicator_id", "indicator_set_id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."indicator_id", OLD."indicator_set_id", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='04b1bd14ff6486213c6a35ef85cfbc256b3f6156', operation='DELETE', pgid='pgtrigger_delete_delete_607ae', table='outcomes_indicatorsetmember', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorsetmemberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='43f61de4d391db048bc1f8035206f90f46d15475', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_82b89', table='outcomes_indicatorsetmemberevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='indicatorversion',
            trigger=pgtrigger.compiler.Trigger(name='versions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='48a24e660493a1d4458b7cd68258a076df026cb4', operation='UPDATE OR DELETE', pgid='pgtrigger_versions_stay_a820d', table='outcomes_indicatorversion', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_periodlockevent" ("body_id", "end_date", "id", "indicator_id", "lifted_at", "lifted_by_id", "lifted_reason", "locked_at", "locked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start_date") VALUES (NEW."body_id", NEW."end_date", NEW."id", NEW."indicator_id", NEW."lifted_at", NEW."lifted_by_id", NEW."lifted_reason", NEW."locked_at", NEW."locked_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."start_date"); RETURN NULL;', hash='d2ecc7cb5c6f8316d33e3ec78976184ad0591dbe', operation='INSERT', pgid='pgtrigger_insert_insert_0fbe7', table='outcomes_periodlock', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "outcomes_periodlockevent" ("body_id", "end_date", "id", "indicator_id", "lifted_at", "lifted_by_id", "lifted_reason", "locked_at", "locked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start_date") VALUES (NEW."body_id", NEW."end_date", NEW."id", NEW."indicator_id", NEW."lifted_at", NEW."lifted_by_id", NEW."lifted_reason", NEW."locked_at", NEW."locked_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."start_date"); RETURN NULL;', hash='40dd9869216fcc18e1bb8791d221c19349c55802', operation='UPDATE', pgid='pgtrigger_update_update_45708', table='outcomes_periodlock', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='periodlock',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "outcomes_periodlockevent" ("body_id", "end_date", "id", "indicator_id", "lifted_at", "lifted_by_id", "lifted_reason", "locked_at", "locked_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "start_date") VALUES (OLD."body_id", OLD."end_date", OLD."id", OLD."indicator_id", OLD."lifted_at", OLD."lifted_by_id", OLD."lifted_reason", OLD."locked_at", OLD."locked_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."start_date"); RETURN NULL;', hash='5b1d29410a4335e327b0b885104e28dc003c2ad5', operation='DELETE', pgid='pgtrigger_delete_delete_3915a', table='outcomes_periodlock', when='AFTER')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='periodlockevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0a0b41e87dbbe32210447cb3bed34b4be6ef5e4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7b42', table='outcomes_periodlockevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='releaseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='45ef0669a567a1d9415915ab5223a2f97e628ce8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa2f8', table='outcomes_releaseevent', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='releaseindicator',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cd62cb80ec62bc844586752fd88df0bc42346c92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0150a', table='outcomes_releaseindicator', when='BEFORE')),
        ),
        authorities.migration_operations.InstallTrigger(
            model_name='uploadconfirmation',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3603c7d6605796f174e11852fe833e6487bcf770', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6dc5', table='outcomes_uploadconfirmation', when='BEFORE')),
        ),
    ]
