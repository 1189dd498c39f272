"""Takes a checked register into the database: bodies, their dated facts, and their pairs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from authorities import audit
from authorities.actions.dated_facts import FactsReport, make_facts_equal
from authorities.actions.geography import Ids, Names
from authorities.actions.pairs import PairsReport, rebuild_pairs
from authorities.actions.register_bodies import BodyFields, bodies_of
from authorities.actions.register_facts import add_parts, facts_of, planned_since, settle_parts
from authorities.actions.register_geography import with_applied_changes
from authorities.actions.register_governance import governance_of
from authorities.actions.register_reorganisations import keep_reorganisations
from authorities.models import Body, Drawing, User
from authorities.register_file import Register
from authorities.reorganisation.facts import BodyKey, Geography

# Two loads at once would both find the same body missing. Any number that nothing else locks.
_LOAD_LOCK = 20260430


@dataclass(frozen=True)
class BodyChange:
    """A body that a load made or changed, and what it did."""

    kind: str
    slug: str
    created: bool
    what: tuple[str, ...]


@dataclass(frozen=True)
class LoadReport:
    """What a load did.

    only_stored: what the database holds and the register does not.
    reorganisations: changes of the register that were put on record.
    replayed: how many changes that people applied on screen still stand on top of the register.
    left_out: changes applied on screen that do not fit the register, since it contains them now or
        contradicts them, with what does not fit. What they did gives way where both say something.
    """

    bodies: int
    changes: tuple[BodyChange, ...]
    only_stored: tuple[str, ...]
    pairs: PairsReport
    reorganisations: tuple[str, ...] = ()
    replayed: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def changed_anything(self) -> bool:
        """Whether a row was written."""
        return bool(
            self.changes or self.pairs.created or self.pairs.changed or self.reorganisations
        )


@transaction.atomic
def load_register(*, register: Register, by: User | None, at: datetime) -> LoadReport:
    """Make the database say what the register says, and rebuild the pairs.

    A second load of the same register writes nothing. Nothing is closed because it is missing
    from the register: it is left as it is and reported. Changes that people applied on screen
    are not in the register: they are put on top of it, and reported where they do not fit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOAD_LOCK])
    # Read before bodies are stored: an authority that is no longer planned must be found here.
    planned = planned_since(register=register)
    what: defaultdict[UUID, list[str]] = defaultdict(list)
    stored = _stored_bodies()
    fields = list(bodies_of(register=register))
    bodies = {key: stored.get(key) or _make(one) for key, one in _by_key(fields).items()}
    created = {body.pk for key, body in bodies.items() if key not in stored}
    parts, new_parts = add_parts(register=register)
    facts = list(facts_of(register=register, bodies=bodies, parts=parts, planned=planned))
    keys = {BodyKey(*key): body.pk for key, body in (stored | bodies).items()}
    wanted = with_applied_changes(
        register=register,
        bodies=fields,
        facts=facts,
        names=Names(
            bodies={pk: key for key, pk in keys.items()},
            parts={part.pk: key for key, part in parts.items()},
        ),
    )
    for key, one in _by_key(fields).items():
        what[bodies[key].pk] += _settle(bodies[key], one, wanted.geography)
    part_changes = settle_parts(
        register=register,
        wanted=wanted.geography.parts,
        bodies=bodies,
        parts=parts,
        made=new_parts,
    )
    ids = Ids(bodies=keys, parts={key: part.pk for key, part in parts.items()})
    reports = [
        make_facts_equal(kind=kind, wanted=rows)
        for kind, rows in (
            *wanted.facts(facts=facts, ids=ids),
            # After the bodies are settled: what a body held ends with it.
            *governance_of(register=register, bodies=bodies),
        )
    ]
    for change in (*part_changes, *(change for report in reports for change in report.changes)):
        what[change.body_id].append(change.text)
    if any(what.values()):
        Drawing.objects.all().delete()
    known = {(body.key.kind, body.key.slug) for body in wanted.geography.bodies}
    known_parts = {part.key for part in wanted.geography.parts}
    return LoadReport(
        bodies=len(bodies),
        changes=_record(what=what, created=created, by=by, at=at),
        only_stored=(
            *sorted(f"{kind} {slug}" for kind, slug in stored.keys() - known),
            *sorted(f"part {key}" for key in parts.keys() - known_parts),
            *_facts_only_stored(reports, [*stored.values(), *bodies.values()]),
        ),
        pairs=rebuild_pairs(by=by, at=at),
        reorganisations=keep_reorganisations(register=register, by=by, at=at),
        replayed=wanted.replayed,
        left_out=wanted.left_out,
    )


def _by_key(fields: Sequence[BodyFields]) -> dict[tuple[str, str], BodyFields]:
    return {(str(one.kind), one.slug): one for one in fields}


def _stored_bodies() -> dict[tuple[str, str], Body]:
    """Every body as its own kind's row."""
    bodies: dict[tuple[str, str], Body] = {}
    for body in Body.objects.select_related(
        "strategicauthority", "integratedcareboard", "council"
    ).select_for_update(of=("self",)):
        own: Body = body
        for child in ("strategicauthority", "integratedcareboard", "council"):
            own = getattr(body, child, None) or own
        bodies[body.kind, body.slug] = own
    return bodies


def _make(fields: BodyFields) -> Body:
    body = fields.model(
        kind=fields.kind,
        slug=fields.slug,
        opened_on=fields.opened_on,
        closed_on=fields.closed_on,
        planned=fields.planned,
        **_told(fields),
    )
    body.save(force_insert=True)
    return body


def _told(fields: BodyFields) -> dict[str, object]:
    """What the register alone says of a body: no change alters it."""
    return {
        "certainty": fields.certainty,
        "source": fields.source,
        "note": fields.note,
        **fields.more,
    }


def _settle(body: Body, fields: BodyFields, geography: Geography) -> list[str]:
    """Give a body the fields that it is to have, and say what was different before."""
    fact = geography.body(BodyKey(str(fields.kind), fields.slug))
    if fact is None:
        raise KeyError(f"{fields.kind} {fields.slug} is in the register and not in its geography.")
    wanted: dict[str, object] = {
        "opened_on": fact.opened,
        "closed_on": fact.closed,
        "planned": fact.planned,
        **_told(fields),
    }
    different = [name for name in wanted if getattr(body, name) != wanted[name]]
    lines = [f"{name}: {getattr(body, name)} is now {wanted[name]}" for name in different]
    for name in different:
        setattr(body, name, wanted[name])
    if different:
        body.save(update_fields=different)
    return lines


def _record(
    *,
    what: Mapping[UUID, Sequence[str]],
    created: Collection[UUID],
    by: User | None,
    at: datetime,
) -> tuple[BodyChange, ...]:
    """Store one audit row for each body that was made or changed."""
    touched = [pk for pk, lines in what.items() if lines or pk in created]
    changes = []
    for body in Body.objects.filter(pk__in=touched).order_by("kind", "slug"):
        lines = tuple(what[body.pk])
        audit.record(
            action="register.body_created" if body.pk in created else "register.body_changed",
            target=body,
            by=by,
            at=at,
            body=body,
            what=list(lines),
        )
        changes.append(
            BodyChange(kind=body.kind, slug=body.slug, created=body.pk in created, what=lines)
        )
    return tuple(changes)


def _facts_only_stored(reports: Sequence[FactsReport], bodies: Sequence[Body]) -> list[str]:
    name_of = {body.pk: f"{body.kind} {body.slug}" for body in bodies}
    return sorted(
        f"{name_of[change.body_id]}: {change.text}"
        for report in reports
        for change in report.only_stored
    )
