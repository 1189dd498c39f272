"""Keeps the register's own changes on record: they came about before anybody entered changes."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from authorities import audit
from authorities.frozen_json import to_plain
from authorities.models import (
    Origin,
    Reorganisation,
    ReorganisationBody,
    ReorganisationOperation,
    ReorganisationState,
    User,
)
from authorities.queries.reorganisations import change_of
from authorities.register_file import Register, ReorganisationRow
from authorities.reorganisation.operations import structural_bodies


def reorganisation_id(*, key: str) -> UUID:
    """Return the identity of a change of the register, the same in every database."""
    return uuid5(NAMESPACE_OID, f"health-duty-tracker/register/reorganisations/{key}")


def keep_reorganisations(*, register: Register, by: User | None, at: datetime) -> tuple[str, ...]:
    """Store the register's changes as applied, with no people; say which were made or changed.

    Their facts stand in the register itself, so nothing is applied by this.
    """
    stored = {
        row.pk: row
        for row in Reorganisation.objects.filter(origin=Origin.REGISTER).select_for_update()
    }
    found = []
    for one in register.reorganisations:
        row = stored.get(reorganisation_id(key=one.key))
        if row is not None and _same(row, one):
            continue
        found.append(f"{one.title} on {one.on}")
        _keep(row, one, by, at)
    return tuple(found)


def _same(row: Reorganisation, one: ReorganisationRow) -> bool:
    return (
        all(getattr(row, name) == value for name, value in _fields(one).items())
        and change_of(row) == one.change
    )


def _fields(one: ReorganisationRow) -> dict[str, object]:
    return {
        "title": one.title,
        "effective_date": one.on,
        "source": one.source,
        "certainty": one.certainty,
    }


def _keep(
    row: Reorganisation | None, one: ReorganisationRow, by: User | None, at: datetime
) -> None:
    if row is None:
        row = Reorganisation.objects.create(
            pk=reorganisation_id(key=one.key),
            origin=Origin.REGISTER,
            state=ReorganisationState.APPLIED,
            proposed_at=at,
            applied_at=at,
            **_fields(one),
        )
        action = "register.reorganisation_made"
    else:
        for name, value in _fields(one).items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*_fields(one), "version"])
        row.operations.all().delete()
        row.bodies.all().delete()
        action = "register.reorganisation_changed"
    ReorganisationOperation.objects.bulk_create(
        ReorganisationOperation(
            reorganisation=row,
            position=position,
            kind=placed.operation.kind,
            details=to_plain(value=placed.operation),
        )
        for position, placed in enumerate(one.operations, start=1)
    )
    ReorganisationBody.objects.bulk_create(
        ReorganisationBody(reorganisation=row, kind=key.kind, slug=key.slug, pending=False)
        for key in structural_bodies(one.change)
    )
    audit.record(action=action, target=row, by=by, at=at, operations=len(one.operations))
