"""The whole register as plain values, for working out what a reorganisation makes of it."""

from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from authorities.models import (
    AreaPart,
    Body,
    BodyCode,
    BodyGrouping,
    BodyName,
    CouncilMembership,
    Designation,
    PartBoard,
    PartCouncil,
    Succession,
)
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    COUNCIL,
    BodyFact,
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GroupFact,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
    SuccessionFact,
)
from authorities.span import Span


def load_geography() -> Geography:
    """Return every body and every dated fact, in ten queries however many there are."""
    return Geography(
        bodies=tuple(
            BodyFact(BodyKey(kind, slug), opened, closed, planned)
            for kind, slug, opened, closed, planned in _rows(
                Body, "kind", "slug", "opened_on", "closed_on", "planned"
            )
        ),
        names=tuple(
            NameFact(BodyKey(kind, slug), name, short_name, _span(valid))
            for kind, slug, name, short_name, valid in _rows(
                BodyName, "body__kind", "body__slug", "name", "short_name", "valid"
            )
        ),
        codes=tuple(
            CodeFact(BodyKey(kind, slug), scheme, value, _span(valid))
            for kind, slug, scheme, value, valid in _rows(
                BodyCode, "body__kind", "body__slug", "scheme", "value", "valid"
            )
        ),
        designations=tuple(
            DesignationFact(BodyKey(AUTHORITY, slug), type_, tier, _span(valid))
            for slug, type_, tier, valid in _rows(
                Designation, "authority__slug", "type", "tier", "valid"
            )
        ),
        members=tuple(
            MemberFact(
                BodyKey(COUNCIL, council), BodyKey(AUTHORITY, slug), role, planned, _span(valid)
            )
            for council, slug, role, planned, valid in _rows(
                CouncilMembership, "council__slug", "authority__slug", "role", "planned", "valid"
            )
        ),
        part_councils=tuple(
            PartCouncilFact(part, BodyKey(COUNCIL, slug), _span(valid))
            for part, slug, valid in _rows(PartCouncil, "part__key", "council__slug", "valid")
        ),
        part_boards=tuple(
            PartBoardFact(part, BodyKey(BOARD, slug), _span(valid))
            for part, slug, valid in _rows(PartBoard, "part__key", "board__slug", "valid")
        ),
        groups=tuple(
            GroupFact(BodyKey(kind, slug), BodyKey(group_kind, group), _span(valid))
            for kind, slug, group_kind, group, valid in _rows(
                BodyGrouping, "member__kind", "member__slug", "group__kind", "group__slug", "valid"
            )
        ),
        successions=tuple(
            SuccessionFact(
                BodyKey(kind, slug), BodyKey(new_kind, new), on, how, people or 0, share or 0.0
            )
            for kind, slug, new_kind, new, on, how, people, share in _rows(
                Succession,
                *("predecessor__kind", "predecessor__slug", "successor__kind", "successor__slug"),
                *("on_date", "kind", "population", "share"),
            )
        ),
        parts=tuple(
            PartFact(key, population, small_areas)
            for key, population, small_areas in _rows(AreaPart, "key", "population", "small_areas")
        ),
    )


def _rows(model: Any, *fields: str) -> list[tuple[Any, ...]]:
    return list(model._default_manager.order_by("pk").values_list(*fields))


def _span(valid: DateRange) -> Span:
    return Span(start=valid.lower, end=valid.upper)
