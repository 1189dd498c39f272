"""What the assessment desk asks: every expected pair of a round with where its national view is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q

from authorities.models import Body, BodyKind, User
from authorities.queries.dated import names_on
from authorities.queries.pairs import load_pairs
from duty.models import Round, RoundState
from engagement.assessment_lifecycle import State
from engagement.models import (
    Assessment,
    AssessmentHappening,
    CorrectionState,
    FindingCorrection,
    Interest,
    OwnView,
    ViewState,
)


@dataclass(frozen=True)
class DeskLine:
    """An expected pair. views: how many of the two own views are confirmed.

    correction_id, correction_by: of a correction that waits, and who proposed it.
    """

    pair_id: UUID
    authority_slug: str
    authority_name: str
    board_slug: str
    board_name: str
    region: str
    state: State
    assigned_id: UUID | None
    assigned_name: str
    drafted_id: UUID | None
    views: int
    second_look_since: datetime | None
    correction_id: UUID | None
    correction_by: UUID | None

    @property
    def name(self) -> str:
        """Both bodies by their short names."""
        return f"{self.authority_name} with {self.board_name}"


def desk_rounds() -> tuple[Round, ...]:
    """Return the rounds that have national views, or may have, the latest first; never tests."""
    return tuple(
        Round.objects.counted()
        .exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
        .order_by("-covers_to", "-opens_on", "-pk")
    )


def desk_lines(*, round: Round) -> tuple[DeskLine, ...]:
    """Return every expected pair of a round, by the names of its day; a fixed number of queries."""
    facts = load_pairs(as_at=round.geography_date, which=Q(sliver=False, planned=False))
    stored = {
        row.pair_id: row
        for row in Assessment.objects.filter(round=round).select_related("assigned_to")
    }
    views: dict[UUID, int] = dict(
        OwnView.objects.filter(round=round, state=ViewState.CONFIRMED)
        .order_by()
        .values_list("pair_id")
        .annotate(number=Count("pk"))
    )
    corrections = {
        row.assessment_id: row
        for row in FindingCorrection.objects.filter(
            assessment__round=round, state=CorrectionState.PROPOSED
        )
    }
    found = []
    for one in facts:
        row = stored.get(one.id)
        correction = corrections.get(row.pk) if row else None
        found.append(
            DeskLine(
                pair_id=one.id,
                authority_slug=one.authority_slug,
                authority_name=one.authority_short_name,
                board_slug=one.board_slug,
                board_name=one.board_short_name,
                region=one.nhs_region or "",
                state=State(row.state) if row else State.NOT_STARTED,
                assigned_id=row.assigned_to_id if row else None,
                assigned_name=row.assigned_to.full_name if row and row.assigned_to else "",
                drafted_id=row.drafted_by_id if row else None,
                views=views.get(one.id, 0),
                second_look_since=row.second_look_since if row else None,
                correction_id=correction.pk if correction else None,
                correction_by=correction.proposed_by_id if correction else None,
            )
        )
    return tuple(sorted(found, key=lambda line: (line.authority_name, line.board_name)))


@dataclass(frozen=True)
class DeclaredInterest:
    """What a person has to do with a body, by its name of the day."""

    id: int
    person: User
    body_name: str
    what: str
    declared_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class InterestPage:
    """One page of the declared interests."""

    rows: tuple[DeclaredInterest, ...]
    page: int
    pages: int


INTERESTS_PER_PAGE = 25


def interest_page(*, page: int, at: datetime) -> InterestPage:
    """Return a page of what everybody declared, what stands first; three queries."""
    found = Interest.objects.select_related("person").order_by(
        F("ended_at").desc(nulls_first=True), "-declared_at", "-pk"
    )
    pages = max(1, -(-found.count() // INTERESTS_PER_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * INTERESTS_PER_PAGE
    return InterestPage(
        rows=_declared(list(found[start : start + INTERESTS_PER_PAGE]), at),
        page=page,
        pages=pages,
    )


def own_interest(*, interest_id: int, by: User, at: datetime) -> DeclaredInterest | None:
    """Return an interest that the person declared, None where there is no such one."""
    rows = Interest.objects.filter(pk=interest_id, person=by).select_related("person")
    return next(iter(_declared(list(rows), at)), None)


def _declared(rows: list[Interest], at: datetime) -> tuple[DeclaredInterest, ...]:
    names = names_on(day=at.date(), bodies=[row.body_id for row in rows])
    return tuple(
        DeclaredInterest(
            id=row.pk,
            person=row.person,
            body_name=names.name(row.body_id),
            what=row.what,
            declared_at=row.declared_at,
            ended_at=row.ended_at,
        )
        for row in rows
    )


def bodies_to_declare(*, at: datetime) -> tuple[tuple[UUID, str], ...]:
    """Return every authority and ICB that is or will be, by name."""
    rows = list(
        Body.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gt=at.date()),
            kind__in=[BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD],
        ).values_list("pk", flat=True)
    )
    names = names_on(day=at.date(), bodies=rows)
    return tuple(sorted(((pk, names.name(pk)) for pk in rows), key=lambda one: one[1]))


def happenings_of(*, assessment: Assessment | None) -> tuple[AssessmentHappening, ...]:
    """Return what happened to a national view, the newest first."""
    if assessment is None:
        return ()
    return tuple(
        AssessmentHappening.objects.filter(assessment=assessment)
        .select_related("actor", "actor_body")
        .order_by("-at", "-pk")
    )


@dataclass(frozen=True)
class DeskCounts:
    """What waits at the desk for one person, over all rounds that are not published.

    to_correct: corrections that others proposed, of rounds that are.
    """

    to_draft: int
    to_moderate: int
    to_share: int
    to_resolve: int
    to_finalise: int
    second_looks: int
    to_correct: int


def desk_counts(*, person: User) -> DeskCounts:
    """Return what waits for a person; two queries. Own drafts never wait for their moderation."""
    others = ~Q(drafted_by=person)
    counted = Assessment.objects.filter(
        round__state__in=[
            RoundState.OPEN,
            RoundState.CLOSED,
            RoundState.IN_REPLY,
            RoundState.FINALISING,
        ],
        round__is_test=False,
    ).aggregate(
        draft=Count(
            "pk",
            filter=Q(
                assigned_to=person, state__in=[State.NOT_STARTED.value, State.NATIONAL_DRAFT.value]
            ),
        ),
        moderate=Count("pk", filter=others & Q(state=State.IN_MODERATION.value)),
        share=Count(
            "pk",
            filter=Q(
                state=State.MODERATED.value,
                round__state__in=[RoundState.IN_REPLY, RoundState.FINALISING],
            ),
        ),
        resolve=Count("pk", filter=others & Q(state=State.REPLIED.value)),
        final=Count("pk", filter=Q(state=State.UNCHALLENGED.value)),
        looks=Count("pk", filter=others & Q(second_look_since__isnull=False)),
    )
    return DeskCounts(
        to_draft=counted["draft"],
        to_moderate=counted["moderate"],
        to_share=counted["share"],
        to_resolve=counted["resolve"],
        to_finalise=counted["final"],
        second_looks=counted["looks"],
        to_correct=FindingCorrection.objects.filter(
            state=CorrectionState.PROPOSED, assessment__round__is_test=False
        )
        .exclude(proposed_by=person)
        .count(),
    )
