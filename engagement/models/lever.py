"""Levers: what an authority could use for health, its own judgement, and what came of it.

After the appreciative enquiry of the Cities Health Inequalities Project (Health Foundation, 2022):
an authority assesses its own levers by strategic fit, public health impact and the political
window of opportunity.
"""

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from authorities.models import DevolvedFunction, StrategicAuthority, User
from engagement.lever_lifecycle import changes
from engagement.models.commitment import Commitment
from outcomes.models.marks import only_marked

_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())


class LeverKind(models.TextChoices):
    """What an authority has, or what comes up."""

    LEVER = "lever", "Lever"
    OPPORTUNITY = "opportunity", "Opportunity"


class LeverState(models.TextChoices):
    """Where a lever is."""

    DRAFT = "draft", "Draft"
    KEPT = "kept", "On the list"
    ARCHIVED = "archived", "Archived"


class Fit(models.TextChoices):
    """How well a lever fits what the authority wants, the closest first."""

    CLOSE = "close", "Close"
    PARTLY = "partly", "In part"
    DISTANT = "distant", "Distant"


class Impact(models.TextChoices):
    """What a lever could do for people's health, the largest first."""

    LARGE = "large", "Large"
    MODERATE = "moderate", "Moderate"
    SMALL = "small", "Small"


class Window(models.TextChoices):
    """When the politics allow to use a lever, the soonest first."""

    OPEN = "open", "Open now"
    OPENING = "opening", "Opening"
    NOT_IN_SIGHT = "not_in_sight", "Not in sight"


# What an authority judges, in this order; and what of a lever others may read.
JUDGED = ("fit", "impact", "window")
SHAREABLE = ("kind", "title", "function", "determinants", "description")


class LeverText(models.Model):
    """What a lever is: the part that may be shared, and no judgement."""

    kind = models.CharField(max_length=11, choices=LeverKind.choices)
    title = models.CharField(max_length=150)
    function = models.CharField(max_length=28, choices=DevolvedFunction.choices)
    determinants = ArrayField(models.SlugField(max_length=60), default=list)
    description = models.TextField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=LeverKind.values), name="%(class)s_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(function__in=DevolvedFunction.values),
                name="%(class)s_function_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description=""), name="%(class)s_says_what"
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Lever(LeverText):
    """A lever of an authority with its own judgement, which nobody else reads.

    reason: why it is archived. Judgements are empty until they are made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="levers"
    )
    state = models.CharField(max_length=8, choices=LeverState.choices, default=LeverState.DRAFT)
    fit = models.CharField(max_length=7, choices=Fit.choices, blank=True)
    fit_reason = models.TextField(blank=True)
    impact = models.CharField(max_length=8, choices=Impact.choices, blank=True)
    impact_reason = models.TextField(blank=True)
    window = models.CharField(max_length=12, choices=Window.choices, blank=True)
    window_reason = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="levers_started")
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="levers_edited")
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta(LeverText.Meta):
        constraints = [
            *LeverText.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state__in=LeverState.values), name="lever_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(fit__in=["", *Fit.values])
                & Q(impact__in=["", *Impact.values])
                & Q(window__in=["", *Window.values]),
                name="lever_judgement_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(fit="") | ~Q(fit_reason=""))
                & (Q(impact="") | ~Q(impact_reason=""))
                & (Q(window="") | ~Q(window_reason="")),
                name="judged_lever_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=LeverState.KEPT) | ~Q(fit="") & ~Q(impact="") & ~Q(window=""),
                name="kept_lever_is_judged",
            ),
            models.CheckConstraint(
                condition=Q(state=LeverState.ARCHIVED) & ~Q(reason="")
                | ~Q(state=LeverState.ARCHIVED) & Q(reason=""),
                name="archived_lever_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lever_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=f"""
                    IF (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'a lever does not go from % to %', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state <> 'kept' AND EXISTS (
                        SELECT FROM engagement_sharedlever AS shared
                        WHERE shared.lever_id = NEW.id AND shared.ended_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'a shared lever stays on the list'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="lever_stays_whose_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__authority_id__df=pgtrigger.F("new__authority_id")),
            ),
            pgtrigger.Protect(name="lever_never_deleted", operation=pgtrigger.Delete),
        ]

    @property
    def judged(self) -> bool:
        """Whether all three are judged."""
        return all(getattr(self, name) for name in JUDGED)


class SharedLever(LeverText):
    """What others read of a lever: a copy of its text as it was when it was shared.

    The catalogue reads these rows and no others, so that no judgement can stand in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lever = models.ForeignKey(Lever, on_delete=models.PROTECT, related_name="shared")
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="shared_levers"
    )
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="levers_shared")
    ended_at = models.DateTimeField(null=True)

    class Meta(LeverText.Meta):
        constraints = [
            *LeverText.Meta.constraints,
            models.UniqueConstraint(
                fields=["lever"], condition=Q(ended_at__isnull=True), name="lever_shared_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("shared_at")),
                name="shared_lever_ends_after_it_began",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="shares_what_is_on_the_list",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM engagement_lever AS lever
                        WHERE lever.id = NEW.lever_id AND lever.state = 'kept'
                            AND lever.authority_id = NEW.authority_id
                    ) THEN
                        RAISE EXCEPTION 'an authority shares what is on its own list'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *only_marked(name="shared_lever", mark="ended_at", what="a shared lever"),
        ]


class LeverCommitment(models.Model):
    """That a joint commitment was made of a lever. Both keep it, whatever becomes of either."""

    lever = models.ForeignKey(Lever, on_delete=models.PROTECT, related_name="commitments")
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="made_of")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="levers_turned")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="turns_an_own_lever_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM engagement_lever AS lever
                        JOIN authorities_pair AS pair ON pair.authority_id = lever.authority_id
                        JOIN engagement_commitment AS made ON made.pair_id = pair.id
                        WHERE lever.id = NEW.lever_id AND lever.state = 'kept'
                            AND made.id = NEW.commitment_id AND made.proposed_side = 'sa'
                    ) THEN
                        RAISE EXCEPTION 'a commitment is made of a lever on the own list'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT FROM engagement_levercommitment AS before
                        JOIN engagement_commitment AS was ON was.id = before.commitment_id
                        JOIN engagement_commitment AS made ON made.pair_id = was.pair_id
                        WHERE before.lever_id = NEW.lever_id AND made.id = NEW.commitment_id
                            AND was.state <> 'declined'
                    ) THEN
                        RAISE EXCEPTION 'this lever is a commitment of this pair already'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} of {self.lever_id}"
