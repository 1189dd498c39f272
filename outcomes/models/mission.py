"""What the mission is taken to mean, the published figures that it rests on, and its picture."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import User
from outcomes.models.marks import only_marked

# The mission is one; recomputes know it by this key.
MISSION_ID = uuid.UUID("6d697373-696f-4e68-8c65-676170000001")


class DefinitionState(models.TextChoices):
    """How far a definition is."""

    DRAFT = "draft", "Draft"
    IN_USE = "in_use", "In use"
    REPLACED = "replaced", "Replaced"
    DISCARDED = "discarded", "Discarded"


class MissionAreas(models.TextChoices):
    """Between which areas the gap is."""

    REGIONS = "regions", "The 9 regions of England"


class MissionGapRule(models.TextChoices):
    """Which two of them the gap is between."""

    RANGE = "range", "Highest region minus lowest, in the same release"
    FIXED_PAIR = "fixed_pair", "Two named regions, whoever is highest"


class MissionSexes(models.TextChoices):
    """Of whom."""

    EACH = "each", "Men and women apart, never averaged"
    MEN = "men", "Men only"
    WOMEN = "women", "Women only"


class MissionShare(models.TextChoices):
    """What of the baseline's gap is to be left."""

    HALF = "half", "Half of the baseline gap"


_APPROVED = [DefinitionState.IN_USE, DefinitionState.REPLACED]
# The columns of all that a definition says; only its state goes on.
_WORDS = (
    *("number", "words", "areas", "gap_rule", "highest_code", "lowest_code", "sexes"),
    *("baseline_first_year", "baseline_last_year", "baseline_reason", "share"),
    *("target_first_year", "target_last_year", "source", "reason", "revision", "form_key"),
    *("made_at", "made_by_id", "approved_at", "approved_by_id", "discarded_reason"),
)
_OVER = [DefinitionState.REPLACED, DefinitionState.DISCARDED]


class MissionDefinitionQuerySet(models.QuerySet["MissionDefinition"]):
    """Definitions in every state."""

    def in_use(self) -> "MissionDefinitionQuerySet":
        """Keep the one by which the page reads the figures."""
        return self.filter(state=DefinitionState.IN_USE)

    def approved(self) -> "MissionDefinitionQuerySet":
        """Keep those that are or were in use."""
        return self.filter(state__in=_APPROVED)


@pghistory.track()
class MissionDefinition(models.Model):
    """A numbered reading of the mission. Once in use it never changes; a new one replaces it."""

    number = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(
        max_length=9, choices=DefinitionState.choices, default=DefinitionState.DRAFT
    )
    words = models.TextField(help_text="What the page says of the definition as a whole.")
    areas = models.CharField(max_length=8, choices=MissionAreas.choices)
    gap_rule = models.CharField(max_length=10, choices=MissionGapRule.choices)
    # ONS codes of the two regions of a fixed pair.
    highest_code = models.CharField(max_length=9, blank=True)
    lowest_code = models.CharField(max_length=9, blank=True)
    sexes = models.CharField(max_length=5, choices=MissionSexes.choices)
    baseline_first_year = models.PositiveSmallIntegerField()
    baseline_last_year = models.PositiveSmallIntegerField()
    baseline_reason = models.CharField(max_length=255)
    share = models.CharField(max_length=4, choices=MissionShare.choices)
    # Neither where no end date is published.
    target_first_year = models.PositiveSmallIntegerField(null=True)
    target_last_year = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()
    reason = models.TextField(blank=True, help_text="Why there is a new version.")
    revision = models.PositiveIntegerField(default=1, help_text="Counts the changes of a draft.")
    # The key of the form that made it: the same form sent twice makes one draft.
    form_key = models.UUIDField(null=True, unique=True)
    made_at = models.DateTimeField()
    # Who wrote what stands in it; nobody where it came from the project's file.
    made_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="mission_definitions"
    )
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="approved_mission_definitions"
    )
    replaced_at = models.DateTimeField(null=True)
    discarded_reason = models.TextField(blank=True)

    objects = MissionDefinitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DefinitionState.values), name="definition_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    areas__in=MissionAreas.values,
                    gap_rule__in=MissionGapRule.values,
                    sexes__in=MissionSexes.values,
                    share__in=MissionShare.values,
                ),
                name="definition_choices_are_known",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="definitions_count_from_one"),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=DefinitionState.IN_USE),
                name="one_definition_in_use",
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=DefinitionState.DRAFT),
                name="one_definition_drafted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_APPROVED, approved_at__isnull=False)
                | (~Q(state__in=_APPROVED) & Q(approved_at__isnull=True)),
                name="definition_in_use_is_approved",
            ),
            # Two people stand behind each definition but the first, which came with the site.
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(number=1, made_by__isnull=True, approved_by__isnull=True)
                | (
                    Q(made_by__isnull=False, approved_by__isnull=False)
                    & ~Q(approved_by=F("made_by"))
                ),
                name="definition_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="new_definition_has_a_reason"
            ),
            models.CheckConstraint(
                condition=(
                    Q(gap_rule=MissionGapRule.FIXED_PAIR)
                    & ~Q(highest_code="")
                    & ~Q(lowest_code="")
                    & ~Q(highest_code=F("lowest_code"))
                )
                | (~Q(gap_rule=MissionGapRule.FIXED_PAIR) & Q(highest_code="", lowest_code="")),
                name="fixed_pair_is_named",
            ),
            models.CheckConstraint(
                condition=Q(baseline_first_year__lte=F("baseline_last_year")),
                name="baseline_in_order",
            ),
            models.CheckConstraint(
                condition=Q(target_first_year__isnull=True, target_last_year__isnull=True)
                | Q(
                    target_first_year__isnull=False,
                    target_last_year__isnull=False,
                    target_first_year__gt=F("baseline_last_year"),
                    target_first_year__lte=F("target_last_year"),
                ),
                name="target_after_baseline",
            ),
            models.CheckConstraint(
                condition=Q(state=DefinitionState.REPLACED, replaced_at__isnull=False)
                | (~Q(state=DefinitionState.REPLACED) & Q(replaced_at__isnull=True)),
                name="replaced_definition_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=DefinitionState.DISCARDED) | ~Q(discarded_reason=""),
                name="discarded_definition_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="definition_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="definition_frozen_once_in_use",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(*_WORDS),
                condition=pgtrigger.Q(old__approved_at__isnull=False),
                func="""
                    RAISE EXCEPTION 'a definition in use never changes'
                        USING ERRCODE = 'check_violation';
                """,
            ),
            pgtrigger.Protect(
                name="definition_ends_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=_OVER),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class MissionRelease(models.Model):
    """A publication of which headlines are on record; the method says what may be compared."""

    key = models.CharField(max_length=7, unique=True, help_text="Year and month, 2026-02.")
    title = models.CharField(max_length=200)
    method = models.SlugField(max_length=40)
    source = models.TextField()
    note = models.TextField(blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.key


class Measure(models.TextChoices):
    """What a headline is."""

    LIFE = "life", "Healthy life expectancy at birth"
    SPREAD = "spread", "97.5th less 2.5th percentile of local areas"


class HeadlineRank(models.TextChoices):
    """Where the publication itself puts a region; most headlines say nothing of it."""

    HIGHEST = "highest", "Highest region"
    LOWEST = "lowest", "Lowest region"


class MissionFigure(models.Model):
    """A headline as it was published, in years. A correction supersedes it, and both stay."""

    release = models.ForeignKey(MissionRelease, on_delete=models.PROTECT, related_name="figures")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=6)
    measure = models.CharField(max_length=6, choices=Measure.choices)
    area_code = models.CharField(max_length=9)
    area_name = models.CharField(max_length=80)
    value = models.FloatField()
    lower_95 = models.FloatField(null=True)
    upper_95 = models.FloatField(null=True)
    rank = models.CharField(max_length=7, choices=HeadlineRank.choices, blank=True)
    loaded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "first_year", "last_year", "sex", "measure", "area_code"],
                condition=Q(superseded_at__isnull=True),
                name="headline_current_once",
            ),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year")), name="headline_years_in_order"
            ),
            models.CheckConstraint(
                condition=Q(lower_95__isnull=True, upper_95__isnull=True)
                | Q(
                    lower_95__isnull=False,
                    upper_95__isnull=False,
                    lower_95__lte=F("value"),
                    upper_95__gte=F("value"),
                ),
                name="headline_between_its_limits",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["Male", "Female"], measure__in=Measure.values)
                & Q(rank__in=["", *HeadlineRank.values]),
                name="headline_words_are_known",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="headline_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="headline_never_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
            ),
            pgtrigger.Protect(
                name="headline_superseded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.first_year} {self.sex} {self.area_code}"


class MissionNote(models.Model):
    """What the centre says beside the mission's figures, on a day. It changes no figure."""

    # The one in use when it was said.
    definition = models.ForeignKey(
        MissionDefinition, on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField()
    signed_as = models.CharField(max_length=255, help_text="A role and its department, no name.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mission_notes")
    form_key = models.UUIDField(unique=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="withdrawn_mission_notes"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(signed_as=""), name="mission_note_says_something"
            ),
            models.CheckConstraint(
                condition=Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason=""
                )
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="withdrawn_mission_note_says_why",
            ),
        ]
        triggers = [
            *only_marked(
                name="mission_note",
                mark="withdrawn_at",
                what="a note on the mission",
                beside=("withdrawn_by_id", "withdrawn_reason"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signed_as} {self.at}"


class MissionReading(models.Model):
    """What the page shows by one definition: a read model, kept by recomputes."""

    definition = models.OneToOneField(
        MissionDefinition, on_delete=models.CASCADE, related_name="reading"
    )
    content = models.JSONField()
    input_hash = models.CharField(max_length=64)
    method_version = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of {self.definition_id}"
