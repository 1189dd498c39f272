"""What is on record of one body over time: spells and events for its timeline, and its kin."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from authorities.models import (
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    BodyName,
    CodeScheme,
    CouncilMembership,
    CouncilRole,
    Designation,
    GovernanceSeat,
    HeldFunction,
    PairOverlap,
    PartBoard,
    RecordedAgreement,
    StrategicAuthority,
    Succession,
)
from authorities.queries.dated import Names, holds_on, names_on
from authorities.queries.history_facts import (
    AgreementFacts,
    BodyHistory,
    CodeFacts,
    FunctionFacts,
    KinFacts,
    SeatFacts,
)
from authorities.queries.scheduled import announced_for
from authorities.timeline import Event, Spell, Subject

_GIVEN_UP = "given up before it began"


def day_to_show(*, body: Body, asked: date) -> date:
    """Return the day asked for, or the nearest on which there is something to show of the body.

    A closed body shows its last day, one that is to open its first. What is only planned shows
    from the day on which the plan is on record.
    """
    first = body.opened_on
    if body.planned:
        starts = [
            valid.lower
            for valid in BodyName.objects.filter(body=body).values_list("valid", flat=True)
            if valid.lower is not None
        ]
        first = min(starts, default=first)
    day = asked
    if body.closed_on is not None:
        day = min(day, body.closed_on - timedelta(days=1))
    return day if first is None else max(day, first)


def body_history(*, body: Body, as_at: date, parts: Collection[str] = ()) -> BodyHistory:
    """Return what is on record of the body, with the names that others have on the day.

    Args:
        body: any body.
        as_at: the day of functions, seats, agreements and of the names of other bodies.
        parts: keys of a council's parts, whose boards its timeline tells.
    """
    names = list(BodyName.objects.filter(body=body).order_by("valid"))
    codes = list(BodyCode.objects.filter(body=body).order_by("scheme", "valid"))
    successions = list(
        Succession.objects.filter(Q(predecessor=body) | Q(successor=body))
        .select_related("predecessor", "successor")
        .order_by("on_date", "pk")
    )
    groupings = list(
        BodyGrouping.objects.filter(Q(member=body) | Q(group=body))
        .select_related("member", "group")
        .order_by("pk")
    )
    members = _members(body)
    overlaps = _overlaps(body)
    part_boards = list(
        PartBoard.objects.filter(part__key__in=parts).select_related("part").order_by("pk")
    )
    functions, seats = _governance(body)
    agreements = _agreements(body)
    name_of = names_on(
        day=as_at,
        bodies={
            *(key for row in successions for key in (row.predecessor_id, row.successor_id)),
            *(key for row in groupings for key in (row.member_id, row.group_id)),
            *(key for row in members for key in (row.authority_id, row.council_id)),
            *(key for row in overlaps for key in (row.pair.authority_id, row.pair.board_id)),
            *(row.board_id for row in part_boards),
            *(key for row in seats for key in (row.authority_id, row.board_id)),
            *(row.authority_id for row in agreements),
            *(row.board_id for row in agreements if row.board_id is not None),
        },
    )
    spells = (
        *(_name_spell(row, body) for row in names),
        *(_code_spell(row) for row in codes),
        *_designation_spells(body),
        *(_grouping_spell(row, body, name_of) for row in groupings),
        *(_member_spell(row, body, name_of) for row in members),
        *(_pair_spell(row, body, name_of) for row in overlaps),
        *(_part_spell(row, len(parts) > 1, name_of) for row in part_boards),
        *(_function_spell(row) for row in functions),
        *(_seat_spell(row, body, name_of) for row in seats),
        *(_agreement_spell(row, body, name_of) for row in agreements),
    )
    return BodyHistory(
        spells=spells,
        events=(*_life(body, names), *(_kin_event(row, body, name_of) for row in successions)),
        kin=tuple(_kin(row, body, name_of) for row in successions),
        codes=tuple(
            CodeFacts(row.scheme, row.value, *_days(row.valid), row.source, row.certainty)
            for row in codes
        ),
        functions=tuple(
            FunctionFacts(row.function, row.valid.lower, row.note, row.source, row.certainty)
            for row in functions
            if holds_on(row.valid, as_at)
        ),
        seats=tuple(_seat(row, body, name_of) for row in seats if holds_on(row.valid, as_at)),
        announced=announced_for(kind=body.kind, slug=body.slug),
        closed_on=body.closed_on,
        agreements=tuple(
            _agreement(row, body, name_of) for row in agreements if holds_on(row.valid, as_at)
        ),
    )


def _members(body: Body) -> list[CouncilMembership]:
    if body.kind not in {BodyKind.STRATEGIC_AUTHORITY, BodyKind.COUNCIL}:
        return []
    return list(
        CouncilMembership.objects.filter(Q(authority_id=body.pk) | Q(council_id=body.pk)).order_by(
            "pk"
        )
    )


def _overlaps(body: Body) -> list[PairOverlap]:
    """The stretches of the body's pairs; slivers are no pairs."""
    if body.kind not in {BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD}:
        return []
    return list(
        PairOverlap.objects.filter(
            Q(pair__authority_id=body.pk) | Q(pair__board_id=body.pk), sliver=False
        )
        .select_related("pair")
        .order_by("pk")
    )


def _governance(body: Body) -> tuple[list[HeldFunction], list[GovernanceSeat]]:
    if body.kind not in {BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD}:
        return [], []
    functions: list[HeldFunction] = []
    if body.kind == BodyKind.STRATEGIC_AUTHORITY:
        functions = list(
            HeldFunction.objects.filter(authority_id=body.pk).order_by("function", "valid")
        )
    seats = (
        GovernanceSeat.objects.filter(Q(authority_id=body.pk) | Q(board_id=body.pk))
        .select_related("authority", "board")
        .order_by("kind", "holder", "pk")
    )
    return functions, list(seats)


def _agreements(body: Body) -> list[RecordedAgreement]:
    if body.kind not in {BodyKind.STRATEGIC_AUTHORITY, BodyKind.INTEGRATED_CARE_BOARD}:
        return []
    return list(
        RecordedAgreement.objects.filter(Q(authority_id=body.pk) | Q(board_id=body.pk))
        .select_related("authority", "board")
        .order_by("title", "pk")
    )


def _life(body: Body, names: list[BodyName]) -> list[Event]:
    """When the body opened and closed, and its elections."""
    events = []
    if body.planned and names and names[0].valid.lower is not None:
        events.append(_event(body, names[0].valid.lower, "plan put on record", "plan on record"))
    # A body whose first day is not on record counts from the register's, and has a name before.
    if body.opened_on is not None and any(row.valid.lower == body.opened_on for row in names):
        events.append(_event(body, body.opened_on, "opened", "opens"))
    if body.closed_on is not None:
        told = ("closed", "closes") if body.opened_on else (_GIVEN_UP, _GIVEN_UP)
        events.append(_event(body, body.closed_on, *told))
    if body.kind == BodyKind.STRATEGIC_AUTHORITY:
        authority = (
            body
            if isinstance(body, StrategicAuthority)
            else StrategicAuthority.objects.get(pk=body.pk)
        )
        first, following = authority.first_mayoral_election, authority.next_mayoral_election
        if first is not None:
            events.append(_event(body, first, "first mayoral election", "first mayoral election"))
        if following is not None and following != first:
            events.append(_event(body, following, "mayoral election", "next mayoral election"))
    return events


def _event(body: Body, on: date, past: str, coming: str) -> Event:
    return Event(on=on, past=past, coming=coming, source=body.source, certainty=body.certainty)


def _days(valid: DateRange) -> tuple[date | None, date | None]:
    return valid.lower, valid.upper


def _name_spell(row: BodyName, body: Body) -> Spell:
    return Spell(Subject.NAME, f"‘{row.name}’", *_days(row.valid), row.source, body.certainty)


def _code_spell(row: BodyCode) -> Spell:
    subject = Subject.ONS_CODE if row.scheme == CodeScheme.ONS else Subject.ODS_CODE
    return Spell(subject, row.value, *_days(row.valid), row.source, row.certainty)


def _designation_spells(body: Body) -> list[Spell]:
    if body.kind != BodyKind.STRATEGIC_AUTHORITY:
        return []
    return [
        Spell(subject, value.lower(), *_days(row.valid), row.source, row.certainty)
        for row in Designation.objects.filter(authority_id=body.pk).order_by("valid")
        for subject, value in (
            (Subject.TYPE, row.get_type_display()),
            (Subject.TIER, row.get_tier_display()),
        )
    ]


_GROUPS: dict[str, Subject] = {
    BodyKind.CLUSTER: Subject.CLUSTER,
    BodyKind.NHS_REGION: Subject.NHS_REGION,
    BodyKind.REGION: Subject.REGION,
}


def _grouping_spell(row: BodyGrouping, body: Body, name_of: Names) -> Spell:
    subject, other = Subject.MEMBER, row.member_id
    if row.member_id == body.pk:
        other = row.group_id
        subject = _GROUPS[row.group.kind]
    return Spell(subject, name_of.short_name(other), *_days(row.valid), row.source, row.certainty)


def _member_spell(row: CouncilMembership, body: Body, name_of: Names) -> Spell:
    own = row.authority_id == body.pk
    value = name_of.short_name(row.council_id if own else row.authority_id)
    if row.role == CouncilRole.NON_CONSTITUENT:
        value += " (non-constituent)"
    return Spell(
        Subject.COUNCIL if own else Subject.AUTHORITY,
        f"{value} (planned)" if row.planned else value,
        *_days(row.valid),
        row.source,
        row.certainty,
    )


def _pair_spell(row: PairOverlap, body: Body, name_of: Names) -> Spell:
    own = row.pair.authority_id == body.pk
    value = name_of.short_name(row.pair.board_id if own else row.pair.authority_id)
    return Spell(
        Subject.PAIR,
        f"{value} (planned)" if row.planned else value,
        *_days(row.valid),
        row.source,
    )


def _part_spell(row: PartBoard, several: bool, name_of: Names) -> Spell:
    value = name_of.short_name(row.board_id)
    if several:
        value += f" (part {row.part.key}, {row.part.population:,} people)"
    return Spell(Subject.BOARD, value, *_days(row.valid), row.part.source)


def _function_spell(row: HeldFunction) -> Spell:
    return Spell(
        Subject.FUNCTION,
        str(row.get_function_display()).lower(),
        *_days(row.valid),
        row.source,
        row.certainty,
    )


def _seat_spell(row: GovernanceSeat, body: Body, name_of: Names) -> Spell:
    other = row.board_id if row.authority_id == body.pk else row.authority_id
    value = f"{row.get_kind_display()} ({row.holder}, with {name_of.short_name(other)})"
    return Spell(Subject.SEAT, value, *_days(row.valid), row.source, row.certainty)


def _seat(row: GovernanceSeat, body: Body, name_of: Names) -> SeatFacts:
    other: Body = row.board if row.authority_id == body.pk else row.authority
    return SeatFacts(
        kind=row.kind,
        holder=row.holder,
        other_kind=other.kind,
        other_slug=other.slug,
        other_name=name_of.short_name(other.pk),
        starts=row.valid.lower,
        note=row.note,
        source=row.source,
        certainty=row.certainty,
    )


def _agreement_spell(row: RecordedAgreement, body: Body, name_of: Names) -> Spell:
    other = row.board_id if row.authority_id == body.pk else row.authority_id
    value = row.title if other is None else f"{row.title} (with {name_of.short_name(other)})"
    return Spell(Subject.AGREEMENT, value, *_days(row.valid), row.source, row.certainty)


def _agreement(row: RecordedAgreement, body: Body, name_of: Names) -> AgreementFacts:
    other: Body | None = row.board if row.authority_id == body.pk else row.authority
    return AgreementFacts(
        title=row.title,
        url=row.url,
        other_kind="" if other is None else other.kind,
        other_slug="" if other is None else other.slug,
        other_name="" if other is None else name_of.short_name(other.pk),
        starts=row.valid.lower,
        note=row.note,
        source=row.source,
        certainty=row.certainty,
    )


def _kin(row: Succession, body: Body, name_of: Names) -> KinFacts:
    before = row.successor_id == body.pk
    other = row.predecessor if before else row.successor
    return KinFacts(
        kind=other.kind,
        slug=other.slug,
        name=name_of.name(other.pk),
        on_date=row.on_date,
        before=before,
        population=row.population,
        share=row.share,
        source=row.source,
        certainty=row.certainty,
    )


def _kin_event(row: Succession, body: Body, name_of: Names) -> Event:
    people = "" if row.population is None else f"{row.population:,} "
    if row.successor_id == body.pk:
        other = name_of.short_name(row.predecessor_id)
        past, coming = (
            f"{verb} {people}people from {other}" for verb in ("took over", "takes over")
        )
    else:
        other = name_of.short_name(row.successor_id)
        past, coming = (f"{people}people {verb} to {other}" for verb in ("went", "go"))
    return Event(
        on=row.on_date, past=past, coming=coming, source=row.source, certainty=row.certainty
    )
