"""Stores what is different between two geographies, and says it in words."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from authorities import audit
from authorities.actions.governance import end_governance, told
from authorities.models import (
    AreaPart,
    Body,
    BodyCode,
    BodyGrouping,
    BodyKind,
    BodyName,
    Council,
    CouncilMembership,
    Designation,
    Drawing,
    IntegratedCareBoard,
    PartBoard,
    PartCouncil,
    StrategicAuthority,
    Succession,
    User,
)
from authorities.reorganisation.facts import (
    BodyFact,
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GovernanceFact,
    GroupFact,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    SuccessionFact,
)
from authorities.span import LAST_DAY, Span

_MODELS: dict[str, type[Body]] = {
    BodyKind.STRATEGIC_AUTHORITY: StrategicAuthority,
    BodyKind.INTEGRATED_CARE_BOARD: IntegratedCareBoard,
    BodyKind.COUNCIL: Council,
}
_Fact = TypeVar("_Fact")


@dataclass(frozen=True)
class Provenance:
    """Where new facts come from."""

    source: str
    certainty: str


@dataclass(frozen=True)
class Ids:
    """The keys of rows by what the plain facts name them with."""

    bodies: Mapping[BodyKey, UUID]
    parts: Mapping[str, int]


def store_difference(
    *,
    before: Geography,
    after: Geography,
    provenance: Provenance,
    by: User | None,
    at: datetime,
) -> tuple[GovernanceFact, ...]:
    """Make the stored geography, which is `before`, be `after`.

    Facts that end are shortened in place and keep their source; nothing that people refer to is
    deleted. The caller holds the transaction and rebuilds the pairs.

    Returns:
        What was on record of the governance of bodies that close, and ended with them.
    """
    ended = _store_bodies(before, after, provenance, by, at)
    _store_parts(before, after, provenance)
    ids = Ids(
        bodies={
            BodyKey(kind, slug): pk
            for kind, slug, pk in Body.objects.values_list("kind", "slug", "pk")
        },
        parts=dict(AreaPart.objects.values_list("key", "pk")),
    )
    for table in TABLES:
        _store_facts(table, before, after, ids, provenance)
    Drawing.objects.all().delete()
    return ended


def _store_bodies(
    before: Geography, after: Geography, provenance: Provenance, by: User | None, at: datetime
) -> tuple[GovernanceFact, ...]:
    found: list[GovernanceFact] = []
    for body in after.bodies:
        was = before.body(body.key)
        if was == body:
            continue
        if was is None:
            row: Body = _MODELS.get(body.key.kind, Body)(
                kind=body.key.kind,
                slug=body.key.slug,
                opened_on=body.opened,
                closed_on=body.closed,
                planned=body.planned,
                certainty=provenance.certainty,
                source=provenance.source,
            )
            row.save(force_insert=True)
        else:
            row = Body.objects.select_for_update().get(kind=body.key.kind, slug=body.key.slug)
            row.opened_on, row.closed_on, row.planned = body.opened, body.closed, body.planned
            row.save(update_fields=["opened_on", "closed_on", "planned"])
        detail: dict[str, object] = {}
        if body.closed is not None:
            ended = end_governance(body=row, on=body.closed)
            found += ended
            detail["ended"] = [told(fact) for fact in ended]
        if was is not None and was.opened is not None and body.opened is None:
            detail["would_have_begun"] = was.opened.isoformat()
        audit.record(action=_what(was, body), target=row, by=by, at=at, body=row, **detail)
    return tuple(found)


def _what(was: BodyFact | None, now: BodyFact) -> str:
    if now.closed is not None:
        return "body.closed" if now.opened is not None else "body.given_up"
    return "body.opened" if was is None or was.opened is None else "body.changed"


def _store_parts(before: Geography, after: Geography, provenance: Provenance) -> None:
    """Store the pieces of divided parts."""
    known = {part.key: part for part in before.parts}
    changed = [part for part in after.parts if known.get(part.key) != part]
    if not changed:
        return
    stored = {part.key: part for part in AreaPart.objects.select_for_update()}
    for part in changed:
        row = stored.get(part.key)
        if row is None:
            origin = stored[f"{part.key.partition(':')[0]}:1"]
            row = AreaPart(
                key=part.key, population_year=origin.population_year, source=provenance.source
            )
        row.population, row.small_areas = part.population, part.small_areas
        row.save()


@dataclass(frozen=True)
class Names:
    """What rows refer to by key, as plain facts name it."""

    bodies: Mapping[UUID, BodyKey]
    parts: Mapping[int, str]


@dataclass(frozen=True)
class Table:
    """How the facts of one table are found, and what their rows hold."""

    name: str
    model: type[Model]
    # What a row is found by, its span aside; and a row as a plain fact.
    identity: Callable[[Any, Ids], dict[str, object]]
    fact: Callable[[Any, Names], Any]
    dated: bool = True
    provenance: tuple[str, ...] = ("source", "certainty")

    def since(self, fact: Any) -> Hashable:
        """What stays the same of a fact whose end is set."""
        begun = replace(fact, valid=Span(fact.valid.start, None)) if self.dated else fact
        return (self.name, begun)

    def row(self, fact: Any, ids: Ids, provenance: Provenance) -> Model:
        """Return a row for the fact, not yet stored."""
        return self.model(
            **self.identity(fact, ids),
            **({"valid": date_range(fact.valid)} if self.dated else {}),
            **{name: getattr(provenance, name) for name in self.provenance},
        )


TABLES = (
    Table(
        "names",
        BodyName,
        lambda f, ids: {
            "body_id": ids.bodies[f.body],
            "name": f.name,
            "short_name": f.short_name,
        },
        lambda r, n: NameFact(n.bodies[r.body_id], r.name, r.short_name, span(r.valid)),
        provenance=("source",),
    ),
    Table(
        "codes",
        BodyCode,
        lambda f, ids: {"body_id": ids.bodies[f.body], "scheme": f.scheme, "value": f.value},
        lambda r, n: CodeFact(n.bodies[r.body_id], r.scheme, r.value, span(r.valid)),
    ),
    Table(
        "designations",
        Designation,
        lambda f, ids: {"authority_id": ids.bodies[f.body], "type": f.type, "tier": f.tier},
        lambda r, n: DesignationFact(n.bodies[r.authority_id], r.type, r.tier, span(r.valid)),
    ),
    Table(
        "members",
        CouncilMembership,
        lambda f, ids: {
            "council_id": ids.bodies[f.council],
            "authority_id": ids.bodies[f.authority],
            "role": f.role,
            "planned": f.planned,
        },
        lambda r, n: MemberFact(
            n.bodies[r.council_id], n.bodies[r.authority_id], r.role, r.planned, span(r.valid)
        ),
    ),
    Table(
        "part_councils",
        PartCouncil,
        lambda f, ids: {"part_id": ids.parts[f.part], "council_id": ids.bodies[f.council]},
        lambda r, n: PartCouncilFact(n.parts[r.part_id], n.bodies[r.council_id], span(r.valid)),
        provenance=(),
    ),
    Table(
        "part_boards",
        PartBoard,
        lambda f, ids: {"part_id": ids.parts[f.part], "board_id": ids.bodies[f.board]},
        lambda r, n: PartBoardFact(n.parts[r.part_id], n.bodies[r.board_id], span(r.valid)),
        provenance=(),
    ),
    Table(
        "groups",
        BodyGrouping,
        lambda f, ids: {"member_id": ids.bodies[f.member], "group_id": ids.bodies[f.group]},
        lambda r, n: GroupFact(n.bodies[r.member_id], n.bodies[r.group_id], span(r.valid)),
    ),
    Table(
        "successions",
        Succession,
        lambda f, ids: {
            "predecessor_id": ids.bodies[f.predecessor],
            "successor_id": ids.bodies[f.successor],
            "on_date": f.on_date,
            "kind": f.kind,
            "population": f.population,
            "share": f.share,
        },
        lambda r, n: SuccessionFact(
            n.bodies[r.predecessor_id],
            n.bodies[r.successor_id],
            r.on_date,
            r.kind,
            r.population or 0,
            r.share or 0.0,
        ),
        dated=False,
    ),
)


def _store_facts(
    table: Table, before: Geography, after: Geography, ids: Ids, provenance: Provenance
) -> None:
    old: Sequence[Any] = getattr(before, table.name)
    new: Sequence[Any] = getattr(after, table.name)
    had, wanted = set(old), set(new)
    gone = [fact for fact in old if fact not in wanted]
    come = [fact for fact in new if fact not in had]
    from_then = {table.since(fact): fact for fact in come}
    manager = table.model._default_manager
    changed = []
    for fact in gone:
        rows = manager.filter(**table.identity(fact, ids), **_when(fact, table))
        later = from_then.pop(table.since(fact), None)
        if later is None:
            rows.delete()
        else:
            changed.append((fact.valid.end, later.valid, rows))
    # Those that end earlier make room first for those that last longer.
    for _, valid, rows in sorted(
        changed, key=lambda one: (one[1].end or LAST_DAY) > (one[0] or LAST_DAY)
    ):
        rows.update(valid=date_range(valid))
    manager.bulk_create(
        table.row(fact, ids, provenance) for fact in come if table.since(fact) in from_then
    )


def _when(fact: Any, table: Table) -> dict[str, object]:
    return {"valid": date_range(fact.valid)} if table.dated else {}


def span(valid: DateRange) -> Span:
    """Return the stretch as plain facts have it."""
    return Span(start=valid.lower, end=valid.upper)


def date_range(valid: Span) -> DateRange:
    """Return the stretch as the database holds it."""
    return DateRange(valid.start, valid.end)
