"""What is missing for whom: the newest period of each indicator, and whose areas lack a value."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from authorities.models import (
    Body,
    BodyKind,
    Council,
    CouncilMembership,
    CouncilRole,
    StrategicAuthority,
)
from authorities.queries.dated import names_on
from outcomes.definitions import Definition
from outcomes.models import Indicator, Note, Observation, PeriodRow
from outcomes.queries.definitions import current_definition
from outcomes.queries.places import ENGLAND

INDICATORS_A_PAGE = 20
# The publisher has a value and keeps it back: that is not missing.
_KEPT_BACK = frozenset({Note.SUPPRESSED, Note.WITHHELD})


@dataclass(frozen=True)
class AuthorityGap:
    """One authority and one indicator in its newest period.

    councils are the constituent ones that existed in the period; those with a value have one for
    at least one sex and age. kept_back have a value that the publisher does not show.
    """

    slug: str
    name: str
    councils: int
    with_value: int
    kept_back: int
    without: tuple[str, ...]
    itself: bool


@dataclass(frozen=True)
class IndicatorGaps:
    """An indicator's newest period, and what each authority has of it; no period is no value."""

    definition: Definition
    period: str
    period_start: date | None
    period_end: date | None
    authorities: tuple[AuthorityGap, ...]

    @property
    def councils(self) -> int:
        """The councils of all authorities shown."""
        return sum(one.councils for one in self.authorities)

    @property
    def with_value(self) -> int:
        """How many of them have a value."""
        return sum(one.with_value for one in self.authorities)

    @property
    def kept_back(self) -> int:
        """How many of them have a value that is kept back."""
        return sum(one.kept_back for one in self.authorities)


@dataclass(frozen=True)
class GapPage:
    """One page of indicators by name."""

    rows: tuple[IndicatorGaps, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class _Owner:
    id: UUID
    slug: str
    name: str
    councils: tuple[tuple[UUID, str, date | None], ...]


def gap_page(*, set_slug: str, authority: str, page: int | None, today: date) -> GapPage:
    """Return what is missing of the indicators in use or of a set, for all or one authority.

    Areas are an authority's constituent councils of today that had opened before the period
    ended, and the authority itself. A constant number of queries for each page.

    Args:
        set_slug: only indicators of this set; empty for all that are described.
        authority: only this one, by slug; empty for all that are established today.
        page: from 1; beyond the last it is the last; None for all on one page.
        today: the day of the memberships.
    """
    wanted = Indicator.objects.filter(draft=False)
    if set_slug:
        wanted = wanted.filter(set_places__indicator_set__slug=set_slug)
    total = wanted.count()
    size = INDICATORS_A_PAGE if page is not None else max(1, total)
    pages = max(1, -(-total // size))
    number = min(max(page or 1, 1), pages)
    shown = list(
        wanted.select_related("domain").order_by("name", "pk")[(number - 1) * size : number * size]
    )
    owners = _owners(authority=authority, today=today)
    newest = _newest_periods(shown)
    notes = _notes(newest=newest, owners=owners)
    return GapPage(
        rows=tuple(_gaps(row, newest.get(row.pk), owners, notes) for row in shown),
        total=total,
        page=number,
        pages=pages,
    )


def authorities_today(*, today: date) -> tuple[tuple[str, str], ...]:
    """Return slug and short name of each authority that is established today, by name."""
    bodies = list(StrategicAuthority.objects.as_at(today).order_by("slug"))
    names = names_on(day=today, bodies=[body.pk for body in bodies])
    found = ((body.slug, names.short_name(body.pk)) for body in bodies)
    return tuple(sorted(found, key=lambda one: one[1].casefold()))


def _owners(*, authority: str, today: date) -> tuple[_Owner, ...]:
    bodies = StrategicAuthority.objects.as_at(today)
    if authority:
        bodies = bodies.filter(slug=authority)
    members: defaultdict[UUID, list[Council]] = defaultdict(list)
    for row in (
        CouncilMembership.objects.as_at(today)
        .filter(authority__in=bodies, role=CouncilRole.CONSTITUENT)
        .select_related("council")
    ):
        members[row.authority_id].append(row.council)
    found = list(bodies)
    names = names_on(
        day=today,
        bodies={
            *(body.pk for body in found),
            *(council.pk for own in members.values() for council in own),
        },
    )
    owners = (
        _Owner(
            id=body.pk,
            slug=body.slug,
            name=names.short_name(body.pk),
            councils=tuple(
                sorted(
                    (
                        (council.pk, names.short_name(council.pk), council.opened_on)
                        for council in members[body.pk]
                    ),
                    key=lambda one: one[1],
                )
            ),
        )
        for body in found
    )
    return tuple(sorted(owners, key=lambda owner: owner.name.casefold()))


def _newest_periods(shown: Sequence[Indicator]) -> dict[int, PeriodRow]:
    """Return each indicator's newest period: England's, or any area's where England has none."""
    keys = [indicator.pk for indicator in shown]
    england = Body.objects.filter(kind=BodyKind.COUNTRY, slug=ENGLAND).values("pk")
    newest = _newest(_published().filter(indicator__in=keys, area__in=england))
    if rest := [key for key in keys if key not in newest]:
        newest |= _newest(_published().filter(indicator__in=rest))
    periods = PeriodRow.objects.in_bulk(set(newest.values()))
    return {key: periods[period] for key, period in newest.items()}


def _newest(values: QuerySet[Observation]) -> dict[int, int]:
    # The longest of those that end last: a month does not stand for its year.
    rows = (
        values.order_by("indicator_id", "-period__end_date", "period__start_date")
        .distinct("indicator_id")
        .values_list("indicator_id", "period_id")
    )
    return dict(rows)


def _published() -> QuerySet[Observation]:
    return Observation.objects.current().published()


def _notes(
    *, newest: dict[int, PeriodRow], owners: Sequence[_Owner]
) -> dict[tuple[int, UUID], set[str]]:
    """Return the notes of all values of each indicator's newest period, by indicator and area."""
    if not newest:
        return {}
    areas: Collection[UUID] = {
        key for owner in owners for key in (owner.id, *(council[0] for council in owner.councils))
    }
    wanted = reduce(
        or_, (Q(indicator=key, period=period.pk) for key, period in newest.items()), Q()
    )
    found: defaultdict[tuple[int, UUID], set[str]] = defaultdict(set)
    rows = _published().filter(wanted, area__in=areas, breakdown__category_type="")
    for indicator, area, note in rows.order_by().values_list("indicator_id", "area_id", "note"):
        found[indicator, area].add(note)
    return found


def _gaps(
    row: Indicator,
    period: PeriodRow | None,
    owners: Sequence[_Owner],
    notes: dict[tuple[int, UUID], set[str]],
) -> IndicatorGaps:
    return IndicatorGaps(
        definition=current_definition(indicator=row),
        period=period.label if period else "",
        period_start=period.start_date if period else None,
        period_end=period.end_date if period else None,
        authorities=tuple(_gap(row.pk, period, owner, notes) for owner in owners),
    )


def _gap(
    indicator: int,
    period: PeriodRow | None,
    owner: _Owner,
    notes: dict[tuple[int, UUID], set[str]],
) -> AuthorityGap:
    councils = [
        (key, name)
        for key, name, opened in owner.councils
        if period is None or opened is None or opened < period.end_date
    ]
    states = {key: _state(notes.get((indicator, key), set())) for key, _ in councils}
    return AuthorityGap(
        slug=owner.slug,
        name=owner.name,
        councils=len(councils),
        with_value=sum(state == "value" for state in states.values()),
        kept_back=sum(state == "kept back" for state in states.values()),
        without=tuple(name for key, name in councils if states[key] == "none"),
        itself=_state(notes.get((indicator, owner.id), set())) == "value",
    )


def _state(notes: set[str]) -> str:
    if notes - _KEPT_BACK - {Note.MISSING, Note.NOT_APPLICABLE}:
        return "value"
    return "kept back" if notes & _KEPT_BACK else "none"
