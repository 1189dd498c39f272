"""The register as rows: every body, code, name, overlap and change, or those of one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import (
    Body,
    BodyCode,
    BodyName,
    CodeScheme,
    PairOverlap,
    Succession,
)
from authorities.queries.dated import codes_on, names_on


@dataclass(frozen=True)
class BodyRow:
    """A body, with the names and codes of a day."""

    id: UUID
    kind: str
    slug: str
    name: str
    short_name: str
    ons_code: str | None
    ods_code: str | None
    opened_on: date | None
    closed_on: date | None
    planned: bool
    certainty: str
    source: str
    note: str


@dataclass(frozen=True)
class CodeRow:
    """A code of a body over a span of days; `valid_to` is the first day without it."""

    body: BodyRow
    scheme: str
    code: str
    valid_from: date | None
    valid_to: date | None
    certainty: str
    source: str


@dataclass(frozen=True)
class NameRow:
    """A name of a body over a span of days; `valid_to` is the first day without it."""

    body: BodyRow
    name: str
    short_name: str
    valid_from: date | None
    valid_to: date | None
    source: str


@dataclass(frozen=True)
class OverlapRow:
    """People whom an authority and a board share over a span of days; shares are 0 to 1."""

    pair_id: UUID
    authority: BodyRow
    board: BodyRow
    valid_from: date | None
    valid_to: date | None
    population: int
    population_year: int
    share_of_authority: float
    share_of_board: float
    sliver: bool
    planned: bool
    coterminosity: str | None
    source: str


@dataclass(frozen=True)
class ChangeRow:
    """A body that took over from another; `share` of the predecessor's people, 0 to 1."""

    predecessor: BodyRow
    successor: BodyRow
    on_date: date
    kind: str
    population: int | None
    share: float | None
    certainty: str
    source: str


def body_rows(*, as_at: date | None, on: date) -> tuple[BodyRow, ...]:
    """Return the bodies of a day, planned ones included, by kind and slug; or every body.

    Args:
        as_at: the day; None for every body on record.
        on: today, whose names and codes stand where no day is asked for.
    """
    bodies = Body.objects.order_by("kind", "slug")
    if as_at is not None:
        # What is only planned is listed from the day on which the plan was known.
        known = Body.objects.filter(Q(planned=False) | Q(names__valid__contains=as_at)).values("pk")
        bodies = bodies.known_as_at(as_at).filter(pk__in=known)
    return tuple(_bodies(bodies, as_at or on).values())


def code_rows(*, as_at: date | None, on: date) -> tuple[CodeRow, ...]:
    """Return every code span by body, scheme and day; with a day, those that hold on it."""
    codes = BodyCode.objects.all() if as_at is None else BodyCode.objects.as_at(as_at)
    rows = list(codes.order_by("body__kind", "body__slug", "scheme", "valid"))
    bodies = _bodies_of((row.body_id for row in rows), as_at or on)
    return tuple(
        CodeRow(
            body=bodies[row.body_id],
            scheme=row.scheme,
            code=row.value,
            valid_from=row.valid.lower,
            valid_to=row.valid.upper,
            certainty=row.certainty,
            source=row.source,
        )
        for row in rows
    )


def name_rows(*, as_at: date | None, on: date) -> tuple[NameRow, ...]:
    """Return every name span by body and day; with a day, those that hold on it."""
    names = BodyName.objects.all() if as_at is None else BodyName.objects.as_at(as_at)
    rows = list(names.order_by("body__kind", "body__slug", "valid"))
    bodies = _bodies_of((row.body_id for row in rows), as_at or on)
    return tuple(
        NameRow(
            body=bodies[row.body_id],
            name=row.name,
            short_name=row.short_name,
            valid_from=row.valid.lower,
            valid_to=row.valid.upper,
            source=row.source,
        )
        for row in rows
    )


def overlap_rows(*, as_at: date | None, on: date) -> tuple[OverlapRow, ...]:
    """Return every overlap span by authority, board and day; with a day, those that hold on it."""
    overlaps = PairOverlap.objects.all() if as_at is None else PairOverlap.objects.as_at(as_at)
    rows = list(
        overlaps.select_related("pair").order_by(
            "pair__authority__slug", "pair__board__slug", "valid"
        )
    )
    keys = {key for row in rows for key in (row.pair.authority_id, row.pair.board_id)}
    bodies = _bodies_of(keys, as_at or on)
    return tuple(
        OverlapRow(
            pair_id=row.pair_id,
            authority=bodies[row.pair.authority_id],
            board=bodies[row.pair.board_id],
            valid_from=row.valid.lower,
            valid_to=row.valid.upper,
            population=row.population,
            population_year=row.population_year,
            share_of_authority=row.share_of_authority,
            share_of_board=row.share_of_board,
            sliver=row.sliver,
            planned=row.planned,
            coterminosity=row.coterminosity,
            source=row.source,
        )
        for row in rows
    )


def change_rows(*, as_at: date | None, on: date) -> tuple[ChangeRow, ...]:
    """Return who took over from whom, newest first; with a day, what had happened by then."""
    changes = Succession.objects.order_by("-on_date", "predecessor__slug", "successor__slug", "pk")
    if as_at is not None:
        changes = changes.filter(on_date__lte=as_at)
    rows = list(changes)
    keys = {key for row in rows for key in (row.predecessor_id, row.successor_id)}
    bodies = _bodies_of(keys, as_at or on)
    return tuple(
        ChangeRow(
            predecessor=bodies[row.predecessor_id],
            successor=bodies[row.successor_id],
            on_date=row.on_date,
            kind=row.kind,
            population=row.population,
            share=row.share,
            certainty=row.certainty,
            source=row.source,
        )
        for row in rows
    )


def _bodies_of(keys: Iterable[UUID], day: date) -> dict[UUID, BodyRow]:
    return _bodies(Body.objects.filter(pk__in=set(keys)), day)


def _bodies(bodies: Iterable[Body], day: date) -> dict[UUID, BodyRow]:
    found = list(bodies)
    keys = [body.pk for body in found]
    names = names_on(day=day, bodies=keys)
    codes = codes_on(day=day, bodies=keys)
    return {
        body.pk: BodyRow(
            id=body.pk,
            kind=body.kind,
            slug=body.slug,
            name=names.name(body.pk),
            short_name=names.short_name(body.pk),
            ons_code=codes.get((body.pk, CodeScheme.ONS)),
            ods_code=codes.get((body.pk, CodeScheme.ODS)),
            opened_on=body.opened_on,
            closed_on=body.closed_on,
            planned=body.planned,
            certainty=body.certainty,
            source=body.source,
            note=body.note,
        )
        for body in found
    }
