"""What a side says of the other, and levers that become commitments."""

import authorities.migration_operations
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0002_sliver_thresholds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('duty', '0004_answers_from_expert_reviews'),
        ('engagement', '0007_reply'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        authorities.migration_operations.Together(
            operations=[
                migrations.CreateModel(
                    name='PartnerView',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft', max_length=9)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('private_note', models.TextField(blank=True)),
                        ('released_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_confirmed', to=settings.AUTH_USER_MODEL)),
                        ('pair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='authorities.pair')),
                        ('released_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='partnerviews_released', to=settings.AUTH_USER_MODEL)),
                        ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='duty.round')),
                        ('updated_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_updated', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('round', 'pair', 'side'), name='partnerview_once'), models.CheckConstraint(condition=models.Q(('side__in', ['sa', 'icb'])), name='partnerview_side_is_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('level__isnull', False)), _connector='OR'), name='confirmed_partnerview_says_who_and_what'), models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level', models.F('computed_level')), models.Q(('changed_reason', ''), _negated=True), _connector='OR'), name='partnerview_of_changed_level_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('released_by__isnull', True)), models.Q(('released_at__isnull', False), ('released_by__isnull', False), ('state', 'confirmed')), _connector='OR'), name='released_partner_view_says_who_and_what')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnerViewEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('side', models.CharField(choices=[('sa', 'Authority'), ('icb', 'ICB')], max_length=3)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft', max_length=9)),
                        ('computed_level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7, null=True)),
                        ('changed_reason', models.TextField(blank=True, help_text='Why not the computed level.')),
                        ('confirmed_at', models.DateTimeField(null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                        ('private_note', models.TextField(blank=True)),
                        ('released_at', models.DateTimeField(null=True)),
                        ('confirmed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pair', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.pair')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.partnerview')),
                        ('released_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='duty.round')),
                        ('updated_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='PartnerPick',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('evidence_title', models.CharField(blank=True, max_length=200)),
                        ('evidence_url', models.URLField(blank=True, max_length=500)),
                        ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='engagement.theme')),
                        ('view', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='engagement.partnerview')),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('view', 'theme'), name='partnerpick_once_a_theme'), models.CheckConstraint(condition=models.Q(('level__in', ['high', 'partial', 'low'])), name='partnerpick_is_a_level')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnerPickEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('high', 'High'), ('partial', 'Partial'), ('low', 'Low')], max_length=7)),
                        ('evidence_title', models.CharField(blank=True, max_length=200)),
                        ('evidence_url', models.URLField(blank=True, max_length=500)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.partnerpick')),
                        ('theme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.theme')),
                        ('view', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='engagement.partnerview')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Lever',
                    fields=[
                        ('kind', models.CharField(choices=[('lever', 'Lever'), ('opportunity', 'Opportunity')], max_length=11)),
                        ('title', models.CharField(max_length=150)),
                        ('function', models.CharField(choices=[('business_and_economic_growth', 'Business and economic growth'), ('transport', 'Transport'), ('fire', 'Fire'), ('policing_and_crime', 'Policing and crime'), ('health_and_social_care', 'Health and social care'), ('health_inequalities', 'Health inequalities'), ('housing', 'Housing'), ('planning_and_regeneration', 'Planning and regeneration'), ('environmental', 'Environmental'), ('criminal_justice', 'Criminal justice'), ('arts_and_culture', 'Arts and culture'), ('adult_education', 'Adult education'), ('waste_disposal', 'Waste disposal')], max_length=28)),
                        ('determinants', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), default=list, size=None)),
                        ('description', models.TextField()),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('kept', 'On the list'), ('archived', 'Archived')], default='draft', max_length=8)),
                        ('fit', models.CharField(blank=True, choices=[('close', 'Close'), ('partly', 'In part'), ('distant', 'Distant')], max_length=7)),
                        ('fit_reason', models.TextField(blank=True)),
                        ('impact', models.CharField(blank=True, choices=[('large', 'Large'), ('moderate', 'Moderate'), ('small', 'Small')], max_length=8)),
                        ('impact_reason', models.TextField(blank=True)),
                        ('window', models.CharField(blank=True, choices=[('open', 'Open now'), ('opening', 'Opening'), ('not_in_sight', 'Not in sight')], max_length=12)),
                        ('window_reason', models.TextField(blank=True)),
                        ('reason', models.TextField(blank=True)),
                        ('started_at', models.DateTimeField()),
                        ('edited_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField(unique=True)),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levers', to='authorities.strategicauthority')),
                        ('edited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levers_edited', to=settings.AUTH_USER_MODEL)),
                        ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levers_started', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['lever', 'opportunity'])), name='lever_kind_is_known'), models.CheckConstraint(condition=models.Q(('function__in', ['business_and_economic_growth', 'transport', 'fire', 'policing_and_crime', 'health_and_social_care', 'health_inequalities', 'housing', 'planning_and_regeneration', 'environmental', 'criminal_justice', 'arts_and_culture', 'adult_education', 'waste_disposal'])), name='lever_function_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('description', ''), _negated=True)), name='lever_says_what'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'kept', 'archived'])), name='lever_state_is_known'), models.CheckConstraint(condition=models.Q(('fit__in', ['', 'close', 'partly', 'distant']), ('impact__in', ['', 'large', 'moderate', 'small']), ('window__in', ['', 'open', 'opening', 'not_in_sight'])), name='lever_judgement_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('fit', ''), models.Q(('fit_reason', ''), _negated=True), _connector='OR'), models.Q(('impact', ''), models.Q(('impact_reason', ''), _negated=True), _connector='OR'), models.Q(('window', ''), models.Q(('window_reason', ''), _negated=True), _connector='OR')), name='judged_lever_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(models.Q(('fit', ''), _negated=True), models.Q(('impact', ''), _negated=True), models.Q(('window', ''), _negated=True)), _connector='OR'), name='kept_lever_is_judged'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'archived'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'archived'), _negated=True), ('reason', '')), _connector='OR'), name='archived_lever_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='LeverEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('kind', models.CharField(choices=[('lever', 'Lever'), ('opportunity', 'Opportunity')], max_length=11)),
                        ('title', models.CharField(max_length=150)),
                        ('function', models.CharField(choices=[('business_and_economic_growth', 'Business and economic growth'), ('transport', 'Transport'), ('fire', 'Fire'), ('policing_and_crime', 'Policing and crime'), ('health_and_social_care', 'Health and social care'), ('health_inequalities', 'Health inequalities'), ('housing', 'Housing'), ('planning_and_regeneration', 'Planning and regeneration'), ('environmental', 'Environmental'), ('criminal_justice', 'Criminal justice'), ('arts_and_culture', 'Arts and culture'), ('adult_education', 'Adult education'), ('waste_disposal', 'Waste disposal')], max_length=28)),
                        ('determinants', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), default=list, size=None)),
                        ('description', models.TextField()),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('kept', 'On the list'), ('archived', 'Archived')], default='draft', max_length=8)),
                        ('fit', models.CharField(blank=True, choices=[('close', 'Close'), ('partly', 'In part'), ('distant', 'Distant')], max_length=7)),
                        ('fit_reason', models.TextField(blank=True)),
                        ('impact', models.CharField(blank=True, choices=[('large', 'Large'), ('moderate', 'Moderate'), ('small', 'Small')], max_length=8)),
                        ('impact_reason', models.TextField(blank=True)),
                        ('window', models.CharField(blank=True, choices=[('open', 'Open now'), ('opening', 'Opening'), ('not_in_sight', 'Not in sight')], max_length=12)),
                        ('window_reason', models.TextField(blank=True)),
                        ('reason', models.TextField(blank=True)),
                        ('started_at', models.DateTimeField()),
                        ('edited_at', models.DateTimeField()),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('form_key', models.UUIDField()),
                        ('authority', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='authorities.strategicauthority')),
                        ('edited_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='engagement.lever')),
                        ('started_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SharedLever',
                    fields=[
                        ('kind', models.CharField(choices=[('lever', 'Lever'), ('opportunity', 'Opportunity')], max_length=11)),
                        ('title', models.CharField(max_length=150)),
                        ('function', models.CharField(choices=[('business_and_economic_growth', 'Business and economic growth'), ('transport', 'Transport'), ('fire', 'Fire'), ('policing_and_crime', 'Policing and crime'), ('health_and_social_care', 'Health and social care'), ('health_inequalities', 'Health inequalities'), ('housing', 'Housing'), ('planning_and_regeneration', 'Planning and regeneration'), ('environmental', 'Environmental'), ('criminal_justice', 'Criminal justice'), ('arts_and_culture', 'Arts and culture'), ('adult_education', 'Adult education'), ('waste_disposal', 'Waste disposal')], max_length=28)),
                        ('determinants', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), default=list, size=None)),
                        ('description', models.TextField()),
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('shared_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared_levers', to='authorities.strategicauthority')),
                        ('lever', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared', to='engagement.lever')),
                        ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levers_shared', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['lever', 'opportunity'])), name='sharedlever_kind_is_known'), models.CheckConstraint(condition=models.Q(('function__in', ['business_and_economic_growth', 'transport', 'fire', 'policing_and_crime', 'health_and_social_care', 'health_inequalities', 'housing', 'planning_and_regeneration', 'environmental', 'criminal_justice', 'arts_and_culture', 'adult_education', 'waste_disposal'])), name='sharedlever_function_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('description', ''), _negated=True)), name='sharedlever_says_what'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('lever',), name='lever_shared_once'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('shared_at')), _connector='OR'), name='shared_lever_ends_after_it_began')],
                    },
                ),
                migrations.CreateModel(
                    name='LeverCommitment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField()),
                        ('commitment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='made_of', to='engagement.commitment')),
                        ('lever', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='engagement.lever')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='levers_turned', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='lever_takes_steps_of_the_table', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IS DISTINCT FROM (NEW."state"))', func="\n                    IF (OLD.state, NEW.state) NOT IN (('archived', 'draft'), ('draft', 'archived'), ('draft', 'kept'), ('kept', 'archived')) THEN\n                        RAISE EXCEPTION 'a lever does not go from % to %', OLD.state, NEW.state\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF NEW.state <> 'kept' AND EXISTS (\n                        SELECT FROM engagement_sharedlever AS shared\n                        WHERE shared.lever_id = NEW.id AND shared.ended_at IS NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a shared lever stays on the list'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='0fd6a13dd993dce9886fc31d798090adc0141971', operation='UPDATE', pgid='pgtrigger_lever_takes_steps_of_the_table_25231', table='engagement_lever', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='lever_stays_whose_it_is', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."authority_id" IS DISTINCT FROM (NEW."authority_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a4ea8a8f224d682cdd438539f6580e692ba9f25d', operation='UPDATE', pgid='pgtrigger_lever_stays_whose_it_is_557a3', table='engagement_lever', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='lever_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d527e84e0581ff49360d26e04670911cd6efc1ed', operation='DELETE', pgid='pgtrigger_lever_never_deleted_5c62d', table='engagement_lever', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_leverevent" ("authority_id", "description", "determinants", "edited_at", "edited_by_id", "fit", "fit_reason", "form_key", "function", "id", "impact", "impact_reason", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "state", "title", "version", "window", "window_reason") VALUES (NEW."authority_id", NEW."description", NEW."determinants", NEW."edited_at", NEW."edited_by_id", NEW."fit", NEW."fit_reason", NEW."form_key", NEW."function", NEW."id", NEW."impact", NEW."impact_reason", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."started_at", NEW."started_by_id", NEW."state", NEW."title", NEW."version", NEW."window", NEW."window_reason"); RETURN NULL;', hash='fad1b18640fd1766b3f7908a7ec7f1a473c1191d', operation='INSERT', pgid='pgtrigger_insert_insert_b5083', table='engagement_lever', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_leverevent" ("authority_id", "description", "determinants", "edited_at", "edited_by_id", "fit", "fit_reason", "form_key", "function", "id", "impact", "impact_reason", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "state", "title", "version", "window", "window_reason") VALUES (NEW."authority_id", NEW."description", NEW."determinants", NEW."edited_at", NEW."edited_by_id", NEW."fit", NEW."fit_reason", NEW."form_key", NEW."function", NEW."id", NEW."impact", NEW."impact_reason", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."started_at", NEW."started_by_id", NEW."state", NEW."title", NEW."version", NEW."window", NEW."window_reason"); RETURN NULL;', hash='ec3c4bb27e3431b24626a52d8bf94828f29dd601', operation='UPDATE', pgid='pgtrigger_update_update_94961', table='engagement_lever', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='lever',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_leverevent" ("authority_id", "description", "determinants", "edited_at", "edited_by_id", "fit", "fit_reason", "form_key", "function", "id", "impact", "impact_reason", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "started_at", "started_by_id", "state", "title", "version", "window", "window_reason") VALUES (OLD."authority_id", OLD."description", OLD."determinants", OLD."edited_at", OLD."edited_by_id", OLD."fit", OLD."fit_reason", OLD."form_key", OLD."function", OLD."id", OLD."impact", OLD."impact_reason", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."started_at", OLD."started_by_id", OLD."state", OLD."title", OLD."version", OLD."window", OLD."window_reason"); RETURN NULL;', hash='55508b28d95c6ca8d5d6cf4b0d81f3880f8318e1', operation='DELETE', pgid='pgtrigger_delete_delete_b1d9a', table='engagement_lever', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levercommitment',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='de002af7878dd68dec9845dc8a10e8e9520c69ab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_be752', table='engagement_levercommitment', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='levercommitment',
                    trigger=pgtrigger.compiler.Trigger(name='turns_an_own_lever_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM engagement_lever AS lever\n                        JOIN authorities_pair AS pair ON pair.authority_id = lever.authority_id\n                        JOIN engagement_commitment AS made ON made.pair_id = pair.id\n                        WHERE lever.id = NEW.lever_id AND lever.state = 'kept'\n                            AND made.id = NEW.commitment_id AND made.proposed_side = 'sa'\n                    ) THEN\n                        RAISE EXCEPTION 'a commitment is made of a lever on the own list'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM engagement_levercommitment AS before\n                        JOIN engagement_commitment AS was ON was.id = before.commitment_id\n                        JOIN engagement_commitment AS made ON made.pair_id = was.pair_id\n                        WHERE before.lever_id = NEW.lever_id AND made.id = NEW.commitment_id\n                            AND was.state <> 'declined'\n                    ) THEN\n                        RAISE EXCEPTION 'this lever is a commitment of this pair already'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f7c46677698f596ab7497cea128b5a42d758163b', operation='INSERT', pgid='pgtrigger_turns_an_own_lever_once_2dbbc', table='engagement_levercommitment', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='leverevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d12aa486035bcfba67a5583eaad0f223e3a5d08c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f03c3', table='engagement_leverevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerview',
                    trigger=pgtrigger.compiler.Trigger(name='released_view_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."released_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bdfc0f58f0598126c9d6577652d2885bd7669a8e', operation='UPDATE', pgid='pgtrigger_released_view_stays_5e405', table='engagement_partnerview', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerview',
                    trigger=pgtrigger.compiler.Trigger(name='partner_view_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5b8a7aad2ea281d126182c96b8f754e10f4970ff', operation='DELETE', pgid='pgtrigger_partner_view_never_deleted_b10d6', table='engagement_partnerview', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerview',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_partnerviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "released_at", "released_by_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (NEW."changed_reason", NEW."computed_level", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."level", NEW."pair_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."private_note", NEW."released_at", NEW."released_by_id", NEW."round_id", NEW."side", NEW."state", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='db8110dfe9397d473122fb2b2e29aaee4c9fa913', operation='INSERT', pgid='pgtrigger_insert_insert_823f1', table='engagement_partnerview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerview',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_partnerviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "released_at", "released_by_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (NEW."changed_reason", NEW."computed_level", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."level", NEW."pair_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."private_note", NEW."released_at", NEW."released_by_id", NEW."round_id", NEW."side", NEW."state", NEW."updated_at", NEW."updated_by_id", NEW."version"); RETURN NULL;', hash='4244bcc1b6149749922cf28fe7cea67f7c41fd43', operation='UPDATE', pgid='pgtrigger_update_update_caddf', table='engagement_partnerview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerview',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_partnerviewevent" ("changed_reason", "computed_level", "confirmed_at", "confirmed_by_id", "id", "level", "pair_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "private_note", "released_at", "released_by_id", "round_id", "side", "state", "updated_at", "updated_by_id", "version") VALUES (OLD."changed_reason", OLD."computed_level", OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."level", OLD."pair_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."private_note", OLD."released_at", OLD."released_by_id", OLD."round_id", OLD."side", OLD."state", OLD."updated_at", OLD."updated_by_id", OLD."version"); RETURN NULL;', hash='18a2a95baa3b660f3f3f3985d5999c90b5cecb83', operation='DELETE', pgid='pgtrigger_delete_delete_238cd', table='engagement_partnerview', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerpickevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab2e42d4c7145570e2e9e96400d186e4e1d9a0e0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a1c57', table='engagement_partnerpickevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerpick',
                    trigger=pgtrigger.compiler.Trigger(name='locked_with_its_view', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF (SELECT state FROM engagement_partnerview\n                        WHERE id = COALESCE(NEW.view_id, OLD.view_id)) = 'confirmed' THEN\n                        RAISE EXCEPTION 'the view is confirmed' USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN COALESCE(NEW, OLD);\n                ", hash='8e2c47c3d6ec11ba1316f2e6545ecfddf0ed36cd', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_locked_with_its_view_2c5b4', table='engagement_partnerpick', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerpick',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_partnerpickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (NEW."evidence_title", NEW."evidence_url", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme_id", NEW."view_id"); RETURN NULL;', hash='786e44a08d3ba436d4558f39ef60d9f92cb2e3f6', operation='INSERT', pgid='pgtrigger_insert_insert_7cc82', table='engagement_partnerpick', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerpick',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "engagement_partnerpickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (NEW."evidence_title", NEW."evidence_url", NEW."id", NEW."level", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme_id", NEW."view_id"); RETURN NULL;', hash='51dcb0de64f9474772eb100c50f4b727c6bd74c5', operation='UPDATE', pgid='pgtrigger_update_update_f7c5b', table='engagement_partnerpick', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerpick',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "engagement_partnerpickevent" ("evidence_title", "evidence_url", "id", "level", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme_id", "view_id") VALUES (OLD."evidence_title", OLD."evidence_url", OLD."id", OLD."level", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme_id", OLD."view_id"); RETURN NULL;', hash='a5f1b430ff8b7e964ee9ff996cc7b625bc2eb66f', operation='DELETE', pgid='pgtrigger_delete_delete_01dd8', table='engagement_partnerpick', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partnerviewevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7972c004c99cc2f8e98d827a7bdbdb178b8bf87b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_546b8', table='engagement_partnerviewevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharedlever',
                    trigger=pgtrigger.compiler.Trigger(name='shares_what_is_on_the_list', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF NOT EXISTS (\n                        SELECT FROM engagement_lever AS lever\n                        WHERE lever.id = NEW.lever_id AND lever.state = 'kept'\n                            AND lever.authority_id = NEW.authority_id\n                    ) THEN\n                        RAISE EXCEPTION 'an authority shares what is on its own list'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NEW;\n                ", hash='0ab65a65c1b9b32333f8373df5dab989288b8e66', operation='INSERT', pgid='pgtrigger_shares_what_is_on_the_list_cb636', table='engagement_sharedlever', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharedlever',
                    trigger=pgtrigger.compiler.Trigger(name='shared_lever_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                IF OLD.ended_at IS NOT NULL\n                    OR to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at'\n                THEN\n                    RAISE EXCEPTION 'a shared lever stays as it was written'\n                        USING ERRCODE = 'check_violation';\n                END IF;\n                RETURN NEW;\n            ", hash='69717c6b8deb61944c30e58f839e40fbbf5d5cb3', operation='UPDATE', pgid='pgtrigger_shared_lever_stays_4aed1', table='engagement_sharedlever', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='sharedlever',
                    trigger=pgtrigger.compiler.Trigger(name='shared_lever_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='ab8c6fc1321b3c5c1a15bd290f23340a14810066', operation='DELETE', pgid='pgtrigger_shared_lever_never_deleted_e8fd7', table='engagement_sharedlever', when='BEFORE')),
                ),
            ],
        ),
    ]
