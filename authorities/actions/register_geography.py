"""The register with the changes on top that people have entered and applied since.

A register is gathered on some day, and loaded again at every start; what was decided on screen
after that day is not in it and must not be undone by it.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from authorities.actions.dated_facts import FactKind
from authorities.actions.geography import TABLES, Ids, Names, Provenance, Table, date_range
from authorities.actions.register_bodies import BodyFields
from authorities.models import Origin, Reorganisation, ReorganisationState
from authorities.queries.reorganisations import change_of
from authorities.register_file import Register
from authorities.reorganisation.change import apply_change
from authorities.reorganisation.facts import BodyFact, BodyKey, Geography, PartFact
from authorities.reorganisation.replay import misfits

_TABLES = {table.model: table for table in TABLES}
Facts = Sequence[tuple[FactKind[Any], Sequence[Any]]]


@dataclass(frozen=True)
class WantedGeography:
    """What the database is to say.

    replayed: how many applied changes stand on top of the register.
    left_out: changes that do not fit the register, with why; usually it contains them by now.
    """

    geography: Geography
    replayed: int
    left_out: tuple[str, ...]
    _rows: Mapping[Hashable, Model]
    _provenance: Mapping[Hashable, Provenance]

    def facts(self, *, facts: Facts, ids: Ids) -> list[tuple[FactKind[Any], Sequence[Any]]]:
        """Return the register's facts as they are with the changes, as rows not yet stored."""
        return [
            (kind, [self._row(table, fact, ids) for fact in getattr(self.geography, table.name)])
            if (table := _TABLES.get(kind.model))
            else (kind, rows)
            for kind, rows in facts
        ]

    def _row(self, table: Table, fact: Any, ids: Ids) -> Model:
        known: Any = self._rows.get(table.since(fact))
        if known is None:
            return table.row(fact, ids, self._provenance[table.since(fact)])
        if table.dated and (known.valid.lower, known.valid.upper) != (
            fact.valid.start,
            fact.valid.end,
        ):
            known.valid = date_range(fact.valid)
        row: Model = known
        return row


@dataclass
class _Replay:
    geography: Geography
    rows: dict[Hashable, Model]
    provenance: dict[Hashable, Provenance] = field(default_factory=dict)

    def put_on_top(self, after: Geography, provenance: Provenance) -> None:
        """Take the facts of a change, and remember that they come from it."""
        for table in TABLES:
            had = {table.since(fact) for fact in getattr(self.geography, table.name)}
            has = {table.since(fact) for fact in getattr(after, table.name)}
            for key in had - has:
                self.rows.pop(key, None)
            self.provenance |= dict.fromkeys(has - had, provenance)
        self.geography = after


def with_applied_changes(
    *, register: Register, bodies: Sequence[BodyFields], facts: Facts, names: Names
) -> WantedGeography:
    """Return the register's geography with every change that was applied on screen.

    In the order in which they were applied: each stood on those before it.
    """
    replay = _from_register(register, bodies, facts, names)
    replayed, left_out = 0, []
    for row in Reorganisation.objects.filter(
        origin=Origin.ENTERED, state=ReorganisationState.APPLIED
    ).order_by("applied_at", "effective_date", "scheduled_at", "pk"):
        change = change_of(row)
        reasons = misfits(change=change, geography=replay.geography)
        if reasons:
            left_out.append(f"{row}: {' '.join(reasons)}")
            continue
        replayed += 1
        replay.put_on_top(
            apply_change(geography=replay.geography, change=change),
            Provenance(source=row.source, certainty=row.certainty),
        )
    return WantedGeography(
        geography=replay.geography,
        replayed=replayed,
        left_out=tuple(left_out),
        _rows=replay.rows,
        _provenance=replay.provenance,
    )


def _from_register(
    register: Register, bodies: Sequence[BodyFields], facts: Facts, names: Names
) -> _Replay:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    rows: dict[Hashable, Model] = {}
    for kind, wanted in facts:
        table = _TABLES.get(kind.model)
        if table is None:
            continue
        for row in wanted:
            fact = table.fact(row, names)
            found[table.name].append(fact)
            rows[table.since(fact)] = row
    geography = Geography(
        bodies=tuple(
            BodyFact(
                key=BodyKey(str(one.kind), one.slug),
                opened=one.opened_on,
                closed=one.closed_on,
                planned=one.planned,
            )
            for one in bodies
        ),
        parts=tuple(
            PartFact(key=row.key, population=row.population, small_areas=row.small_areas)
            for row in register.parts
        ),
        **{table.name: tuple(found[table.name]) for table in TABLES},
    )
    return _Replay(geography=geography, rows=rows)
