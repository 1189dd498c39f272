"""Changes of bodies as they are stored, without the seconds that a real preview takes."""

from datetime import date, datetime

from django.utils import timezone

from authorities.frozen_json import to_plain
from authorities.models import (
    Membership,
    Reorganisation,
    ReorganisationOperation,
    ReorganisationState,
    User,
)
from authorities.reorganisation.facts import BOARD, BodyKey
from authorities.reorganisation.operations import Merge, Open, Operation
from authorities.reorganisation.preview import (
    BodyLine,
    ClassCount,
    GovernanceLine,
    PairLine,
    PairOnDay,
    PairWarning,
    PersonLine,
    Preview,
    ThingLine,
)

AHEAD = date(2027, 4, 1)
_APPROVED = (ReorganisationState.APPROVED, ReorganisationState.SCHEDULED)


def board(slug: str) -> BodyKey:
    """Name a board."""
    return BodyKey(BOARD, slug)


def merger(*sources: str, into: str, name: str) -> tuple[Operation, ...]:
    """Return the operations that merge boards into a new one."""
    return (
        Open(
            board(into),
            name=f"NHS {name} Integrated Care Board",
            short_name=name,
            group=BodyKey("nhs_region", "north-east-and-yorkshire"),
        ),
        Merge(tuple(board(slug) for slug in sources), board(into)),
    )


def preview_of_merger(*, on: date, memberships: tuple[Membership, ...] = ()) -> Preview:
    """Return a preview with a line of every kind."""
    shared = PairOnDay(
        population=1_390_381,
        share_of_authority=1.0,
        share_of_board=1.0,
        sliver=False,
        planned=False,
        coterminosity="Coterminous",
        warnings=(PairWarning("pair_ends_on", on.isoformat(), None),),
    )
    return Preview(
        on=on.isoformat(),
        bodies=(
            BodyLine(BOARD, "south-yorkshire", "South Yorkshire", "Ends"),
            BodyLine(BOARD, "yorkshire", "Yorkshire", "Begins"),
        ),
        pairs=(
            PairLine(
                *("south-yorkshire", "South Yorkshire", "south-yorkshire", "South Yorkshire"),
                before=shared,
                after=None,
            ),
            PairLine(
                *("south-yorkshire", "South Yorkshire", "yorkshire", "Yorkshire"),
                before=None,
                after=shared,
            ),
        ),
        unchanged_pairs=31,
        things=(ThingLine("Open returns", 1, "They can be finished.", (("A return", "/"),)),),
        governance=(
            GovernanceLine(
                *("seat", "mayor_on_icb", "Mayor"),
                *("south-yorkshire", "South Yorkshire", "south-yorkshire", "South Yorkshire"),
                start="2022-07-01",
                end=None,
            ),
        ),
        people=tuple(
            PersonLine(
                membership=held.pk,
                person=held.user.full_name,
                email=held.user.email,
                role=held.get_role_display(),
                body_kind=held.body.kind,
                body_slug=held.body.slug,
                body_name="South Yorkshire",
                successor="yorkshire",
                successor_name="Yorkshire",
                until=None,
                unfinished="",
            )
            for held in memberships
        ),
        classes=(ClassCount(BOARD, "coterminous", 5, 4),),
        blockers=(),
        print="0" * 64,
    )


def stored_change(
    *,
    by: User,
    state: ReorganisationState = ReorganisationState.READY,
    title: str = "Merger of two boards",
    operations: tuple[Operation, ...] = (),
    approved_by: User | None = None,
    what_if: bool = False,
    on: date = AHEAD,
    at: datetime | None = None,
    memberships: tuple[Membership, ...] = (),
) -> Reorganisation:
    """Store a change in a state with its operations and, once it is ready, a preview."""
    moment = at or timezone.now()
    incomplete = state == ReorganisationState.INCOMPLETE
    made = Reorganisation.objects.create(
        title=title,
        effective_date=on,
        source="A statement",
        what_if=what_if,
        proposed_at=moment,
        proposed_by=by,
        preview=None
        if incomplete
        else to_plain(value=preview_of_merger(on=on, memberships=memberships)),
        previewed_at=None if incomplete else moment,
    )
    for position, operation in enumerate(operations, start=1):
        ReorganisationOperation.objects.create(
            reorganisation=made,
            position=position,
            kind=operation.kind,
            details=to_plain(value=operation),
        )
    made.state = state
    if state in _APPROVED:
        made.approved_by, made.approved_at = approved_by, moment
    made.save()
    return made
