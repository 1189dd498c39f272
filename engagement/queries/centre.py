"""What the home page asks for the centre: how a round stands, and how the jobs do."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from authorities.models import Membership, PairOverlap, User
from duty.models import DutyReturn, ExpectedReturn, ReturnState, Round
from engagement.models import OwnView, Publication, ViewState
from outcomes.models import RecomputeRequest
from outcomes.recompute import MOST_ATTEMPTS

_TO_REVIEW = (ReturnState.SUBMITTED, ReturnState.SUBMITTED_WITH_CHANGES)


@dataclass(frozen=True)
class RoundStanding:
    """How far a round is. Counts are of expected returns, and of sides of expected pairs."""

    round: Round
    expected: int
    not_started: int
    by_state: tuple[tuple[str, int], ...]
    views_confirmed: int
    views_expected: int


@dataclass(frozen=True)
class JobCounts:
    """How many recomputes wait, and how many wait for a person."""

    waiting: int
    failed: int
    last_finished_at: datetime | None


@dataclass(frozen=True)
class PeopleCounts:
    """How many people can sign in, and how many of them hold a role."""

    active: int
    with_a_role: int


def standing_of(*, round: Round) -> RoundStanding:
    """Return how far the round is, from four queries."""
    expected = ExpectedReturn.objects.filter(round=round).count()
    states: Counter[str] = Counter(
        DutyReturn.objects.filter(
            round=round,
            authority_id__in=ExpectedReturn.objects.filter(round=round).values("authority_id"),
        ).values_list("state", flat=True)
    )
    pairs = PairOverlap.objects.as_at(round.geography_date).filter(sliver=False, planned=False)
    return RoundStanding(
        round=round,
        expected=expected,
        not_started=expected - states.total(),
        by_state=tuple(
            (str(label), states[value]) for value, label in ReturnState.choices if states[value]
        ),
        views_confirmed=OwnView.objects.filter(
            round=round, state=ViewState.CONFIRMED, pair_id__in=pairs.values("pair_id")
        ).count(),
        views_expected=2 * pairs.count(),
    )


def returns_to_review(*, rounds: Collection[Round]) -> tuple[tuple[Round, int], ...]:
    """Return how many returns of each round wait for their review, in the order given.

    Rounds without any are left out. From one query.
    """
    expected = ExpectedReturn.objects.filter(
        round=OuterRef("round"), authority=OuterRef("authority")
    )
    counts: dict[UUID, int] = dict(
        DutyReturn.objects.filter(Exists(expected), round__in=rounds, state__in=_TO_REVIEW)
        .order_by()
        .values_list("round_id")
        .annotate(number=Count("pk"))
    )
    return tuple((one, counts[one.pk]) for one in rounds if one.pk in counts)


def job_counts() -> JobCounts:
    """Return how the recomputes do, from one query."""
    unfinished = Q(finished_at__isnull=True)
    counted = RecomputeRequest.objects.aggregate(
        waiting=Count("pk", filter=unfinished & Q(attempts__lt=MOST_ATTEMPTS)),
        failed=Count("pk", filter=unfinished & Q(attempts__gte=MOST_ATTEMPTS)),
        last=Max("finished_at"),
    )
    return JobCounts(
        waiting=counted["waiting"], failed=counted["failed"], last_finished_at=counted["last"]
    )


def people_counts() -> PeopleCounts:
    """Return how many people there are, from two queries."""
    return PeopleCounts(
        active=User.objects.filter(is_active=True).count(),
        with_a_role=Membership.objects.current().values("user_id").distinct().count(),
    )


def published_rounds() -> tuple[Round, ...]:
    """Return the rounds that everybody may see, the latest first."""
    return tuple(
        Round.objects.filter(pk__in=Publication.objects.visible().values("round_id")).order_by(
            "-covers_to", "-opens_on", "-pk"
        )
    )
