"""What every step of a reorganisation has in common: held, moved on, counted up, recorded."""

from datetime import datetime

from django.db import IntegrityError, transaction

from authorities import audit
from authorities.actions.reorganisation_application import ReorganisationProblemsError
from authorities.models import Reorganisation, ReorganisationBody, User
from authorities.queries.reorganisations import change_of
from authorities.reorganisation.guards import About, Field, Guard, Problem
from authorities.reorganisation.operations import structural_bodies
from authorities.reorganisation.states import PENDING, State, Step, next_state


class StaleReorganisationError(ValueError):
    """Somebody else has changed it since the page was opened."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "Somebody else has changed this since you opened it. Reload the page and look again."
        )


def hold(reorganisation: Reorganisation, version: int, *, step: Step = Step.EDIT) -> Reorganisation:
    """Lock the change and move it on, if it is as the person saw it."""
    row = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
    if row.version != version:
        raise StaleReorganisationError
    row.state = next_state(state=State(row.state), step=step).value
    return row


def name_bodies(row: Reorganisation) -> None:
    """Keep on record which bodies the change alters: each may be in one pending change."""
    wanted = {(key.kind, key.slug) for key in structural_bodies(change_of(row))}
    held = {(one.kind, one.slug): one for one in row.bodies.all()}
    for key in held.keys() - wanted:
        held[key].delete()
    # A what-if keeps nobody waiting.
    pending = State(row.state) in PENDING and not row.what_if
    try:
        with transaction.atomic():
            ReorganisationBody.objects.bulk_create(
                ReorganisationBody(reorganisation=row, kind=kind, slug=slug, pending=pending)
                for kind, slug in sorted(wanted - held.keys())
            )
    except IntegrityError as error:
        # Two people entered the same body at once: the second is told, as by the guard.
        raise ReorganisationProblemsError(
            [
                Problem(
                    Guard.BUSY,
                    "A body of this change has just become part of another one. Reload the page.",
                    About(Field.WHOLE),
                )
            ]
        ) from error


def touch(row: Reorganisation, action: str, *, by: User | None, at: datetime) -> None:
    """Count the version up and record what was done."""
    row.version += 1
    row.save(update_fields=["version", "state"])
    if State(row.state) not in PENDING:
        row.bodies.update(pending=False)
    audit.record(action=action, target=row, by=by, at=at, state=row.state)
