"""Support that follows a placement: offers, who took one up, its sessions, and notes."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, Pair, User
from engagement.models.going_on import GoesOn, moved_says_from_where
from engagement.models.rubric import Side
from engagement.models.steps import is_of_its_side, takes_steps_of_support
from engagement.support_lifecycle import SETTLED, STATES_OF, TAKEN_UP, Noun, State


class OfferState(models.TextChoices):
    """Where an offer is."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Aim(models.TextChoices):
    """At which side of a pair an offer is aimed."""

    BOTH = "both", "Both sides"
    LESS_ENGAGED = "less_engaged", "The less engaged side"


class Need(models.TextChoices):
    """What an authority may ask for in its return; the codes are those of that question."""

    PEER_LEARNING = "peer_learning", "Peer learning"
    IN_DEPTH_SUPPORT = "in_depth_support", "In-depth support"
    CORE_LEARNING = "core_learning", "Core learning"
    DATA_AND_ANALYSIS = "data_and_analysis", "Data and analysis"
    FUNDING_ADVICE = "funding_advice", "Funding advice"


class EnrolmentState(models.TextChoices):
    """Where a body is with an offer."""

    ASKED = "asked", "Asked for"
    OFFERED = "offered", "Offered"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_GIVEN = "not_given", "Could not be given"
    UNDER_WAY = "under_way", "Under way"
    ENDED = "ended", "Ended"
    LEFT = "left", "Left"


STANDING_ENROLMENTS = [state for state in EnrolmentState.values if State(state) not in SETTLED]
_TAKEN_UP = ", ".join(f"'{state.value}'" for state in TAKEN_UP)
# What bodies read before they answered. The last day and the notes may still change.
_READ = (
    *("title", "description", "group_code", "aimed_at", "need", "run_by"),
    *("starts_on", "capacity"),
)
_WHOSE = ("offer_id", "side", "asked", "began_at", "began_by_id", "form_key")
# They change where a pair ends and another goes on with it.
_WITH_ITS_PAIR = ("pair_id", "body_id")


def _row(columns: tuple[str, ...], *, of: str) -> str:
    return f"ROW({', '.join(f'{of}.{column}' for column in columns)})"


@pghistory.track()
class SupportOffer(models.Model):
    """Something that the centre offers to bodies whose pair is in a support group.

    need: the answer of returns that it meets; empty for none in particular.
    ends_on: None for an offer without an end.
    capacity: how many bodies can take part; None for as many as like.
    notes: for the centre alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    description = models.TextField()
    group_code = models.CharField(max_length=8)
    aimed_at = models.CharField(max_length=12, choices=Aim.choices)
    need = models.CharField(max_length=20, choices=Need.choices, blank=True)
    run_by = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    capacity = models.PositiveSmallIntegerField(null=True)
    notes = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=OfferState.choices, default=OfferState.DRAFT)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="support_offers_written"
    )
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in STATES_OF[Noun.OFFER]]),
                name="offer_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="offer_has_a_place_at_least",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description="") & ~Q(group_code="") & ~Q(run_by=""),
                name="offer_says_what_it_is",
            ),
        ]
        triggers = [
            takes_steps_of_support(noun=Noun.OFFER, begins=(State.DRAFT,)),
            pgtrigger.Protect(name="offer_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="offer_stays_once_answered",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF {_row(_READ, of="OLD")} IS DISTINCT FROM {_row(_READ, of="NEW")} AND EXISTS (
                        SELECT FROM engagement_enrolment AS enrolment
                        WHERE enrolment.offer_id = NEW.id AND enrolment.answered_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'an offer stays as bodies read it when they answered'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Enrolment(GoesOn):
    """A body, as a side of a pair, with an offer: offered to it, or asked for by it.

    began_at, began_by: when it was offered or asked for, and by whom.
    group: the pair's group as it was published then; None where none was.
    declined_reason: a word why, of the body to the centre alone; nobody has to give one.
    not_given_reason, outcome: what the body and the centre both read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(SupportOffer, on_delete=models.PROTECT, related_name="enrolments")
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="enrolments")
    side = models.CharField(max_length=3, choices=Side.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=9, choices=EnrolmentState.choices)
    asked = models.BooleanField()
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="enrolments_begun")
    group = models.CharField(max_length=8, null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="enrolments_answered"
    )
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    declined_reason = models.TextField(blank=True)
    not_given_reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in STATES_OF[Noun.ENROLMENT]]),
                name="enrolment_state_is_known",
            ),
            moved_says_from_where(name="moved_enrolment_says_from_where"),
            models.UniqueConstraint(
                fields=["offer", "pair", "side"],
                condition=Q(state__in=STANDING_ENROLMENTS),
                name="enrolment_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(declined_reason="") | Q(state=EnrolmentState.DECLINED),
                name="only_a_declined_enrolment_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=EnrolmentState.NOT_GIVEN) | ~Q(not_given_reason=""),
                name="enrolment_not_given_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=EnrolmentState.ENDED) | ~Q(outcome=""),
                name="ended_enrolment_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        *(EnrolmentState.ACCEPTED, EnrolmentState.DECLINED),
                        *(EnrolmentState.UNDER_WAY, EnrolmentState.ENDED),
                    ]
                )
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_enrolment_says_when_and_by_whom",
            ),
        ]
        triggers = [
            takes_steps_of_support(noun=Noun.ENROLMENT, begins=(State.OFFERED, State.ASKED)),
            is_of_its_side(name="enrolment_is_of_its_side"),
            pgtrigger.Protect(name="enrolment_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="enrolment_stays_whose_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{_row(_WHOSE, of='OLD')} IS DISTINCT FROM {_row(_WHOSE, of='NEW')}"
                    " OR NEW.origin_pair_id IS NULL AND"
                    f" {_row(_WITH_ITS_PAIR, of='OLD')} IS DISTINCT FROM"
                    f" {_row(_WITH_ITS_PAIR, of='NEW')}"
                ),
            ),
            # The offer is held, so that two bodies cannot both take its last place.
            pgtrigger.Trigger(
                name="offer_is_open_and_has_room",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.state = 'accepted' AND OLD.state IS DISTINCT FROM NEW.state"
                ),
                declare=[("chosen", "engagement_supportoffer")],
                func=f"""
                    SELECT * INTO chosen FROM engagement_supportoffer
                        WHERE id = NEW.offer_id FOR UPDATE;
                    IF chosen.state <> 'open' OR chosen.capacity <= (
                        SELECT count(*) FROM engagement_enrolment AS enrolment
                        WHERE enrolment.offer_id = NEW.offer_id AND enrolment.id <> NEW.id
                            AND enrolment.state IN ({_TAKEN_UP})
                    ) THEN
                        RAISE EXCEPTION 'the offer is not open, or all its places are taken'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} with {self.offer_id}"


@pghistory.track()
class SupportSession(models.Model):
    """A day on which those who take part in an offer meet; its note is for all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(SupportOffer, on_delete=models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="session_has_a_title"),
        ]
        triggers = [
            pgtrigger.Protect(name="session_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class SessionAttendance(models.Model):
    """A body was at a session. Which ones were is for the centre and for each body itself."""

    session = models.ForeignKey(
        SupportSession, on_delete=models.PROTECT, related_name="attendances"
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"], name="attendance_once_a_session"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="attends_what_it_takes_part_in",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM engagement_enrolment AS enrolment
                        JOIN engagement_supportsession AS held ON held.offer_id = enrolment.offer_id
                        WHERE enrolment.id = NEW.enrolment_id AND held.id = NEW.session_id
                            AND enrolment.state IN ('accepted', 'under_way', 'ended', 'left')
                    ) THEN
                        RAISE EXCEPTION 'a body attends sessions of what it takes part in'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} at {self.session_id}"


class _Note(models.Model):
    """A dated note of the centre."""

    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="%(class)s_says_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class SharedSupportNote(_Note):
    """What the centre tells a body beside its enrolment."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="shared_notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shared_support_notes")
    form_key = models.UUIDField(unique=True)

    class Meta(_Note.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.at}"


class PrivateSupportNote(_Note):
    """What colleagues of the centre tell one another. A table of its own: no page mixes the two."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="private_notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="private_support_notes")
    form_key = models.UUIDField(unique=True)

    class Meta(_Note.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.at}"
