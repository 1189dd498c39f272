"""An invented change that has happened: one board is formed anew, and what it took up goes on."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from authorities.actions import reorganisation_jobs, reorganisations
from authorities.actions.reorganisations import Heading
from authorities.models import Certainty, Reorganisation, User
from authorities.reorganisation.facts import BOARD, NHS_REGION, BodyKey
from authorities.reorganisation.operations import Merge, Open
from engagement.actions import support_succession
from engagement.models import Enrolment

TITLE = "Demonstration: Central East ICB is formed anew"
_OLD = BodyKey(BOARD, "central-east")
_NEW = BodyKey(BOARD, "ouse-and-lea")
_PROPOSER = "analyst@dhsc.example"
_APPROVER = "lead@mhclg.example"
_SCHEDULER = "administrator@dhsc.example"
_SIGNATORY = "signatory@central-east-icb.example"


class NotAppliedError(RuntimeError):
    """The change was not applied; the message says why."""


def fill(*, people: Mapping[str, User], at: datetime) -> None:
    """Form the board anew ten days ago, with the same area and people; once.

    Nothing else moves, so that the map stays as it really is. Of the support that went on with the
    new board one thing is confirmed, and the rest waits for its signatory.

    Raises:
        NotAppliedError: nothing is stored.
    """
    if Reorganisation.objects.filter(title=TITLE).exists():
        return
    day = timezone.localdate(at) - timedelta(days=10)
    with transaction.atomic():
        made = _propose(people=people, at=at - timedelta(days=40), day=day)
        _agree(made, people=people, at=at - timedelta(days=35))
        begun = timezone.make_aware(datetime.combine(day, time(0, 5)))
        if not reorganisation_jobs.apply_one(reorganisation_id=made.pk, today=day, at=begun):
            made.refresh_from_db()
            raise NotAppliedError(made.failure)
        _go_on(by=people[_SIGNATORY], at=begun + timedelta(days=2))


def _propose(*, people: Mapping[str, User], at: datetime, day: date) -> Reorganisation:
    by = people[_PROPOSER]
    made = reorganisations.draft(
        heading=Heading(
            title=TITLE,
            effective_date=day,
            source="Invented for the demonstration",
            certainty=Certainty.LOW,
            reason="Shows what goes on when a body is followed by another. It has not happened.",
        ),
        by=by,
        at=at,
    )
    reorganisations.add_operation(
        reorganisation=made,
        version=made.version,
        operations=(
            Open(
                body=_NEW,
                name="NHS Ouse and Lea Integrated Care Board",
                short_name="Ouse and Lea",
                group=BodyKey(NHS_REGION, "east-of-england"),
            ),
            Merge(sources=(_OLD,), target=_NEW),
        ),
        by=by,
        at=at,
    )
    made.refresh_from_db()
    reorganisations.preview(reorganisation=made, version=made.version, by=by, at=at)
    made.refresh_from_db()
    return made


def _agree(made: Reorganisation, *, people: Mapping[str, User], at: datetime) -> None:
    reorganisations.approve(reorganisation=made, version=made.version, by=people[_APPROVER], at=at)
    made.refresh_from_db()
    reorganisations.schedule(
        reorganisation=made,
        version=made.version,
        override_reason="",
        by=people[_SCHEDULER],
        at=at + timedelta(days=1),
    )


def _go_on(*, by: User, at: datetime) -> None:
    """Let the new board go on with what it had asked for itself."""
    row = Enrolment.objects.select_related("pair__board", "body").get(
        body__slug=_NEW.slug, asked=True
    )
    support_succession.go_on(row=row, pair=row.pair, body=row.body, by=by, at=at)
