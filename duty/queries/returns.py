"""Which round and which people an authority's return has."""

from dataclasses import dataclass
from datetime import date

from authorities.models import Membership, Role, StrategicAuthority
from duty.lifecycle import ReturnEvent as Step
from duty.models import ExpectedReturn, ReturnEvent, Round, Submission
from duty.queries.closings import worked_on


@dataclass(frozen=True)
class People:
    """Who works on an authority's return, by name."""

    editors: tuple[str, ...]
    signatories: tuple[str, ...]


def open_round_for(*, authority: StrategicAuthority, today: date) -> Round | None:
    """Return the round in which the authority's return can be worked on; the one due first.

    An extension outlives the round's closing. A test round is nobody's work.
    """
    row = (
        worked_on(ExpectedReturn.objects.filter(authority=authority), today=today)
        .select_related("round__specification")
        .first()
    )
    return row.round if row else None


def last_submission(*, authority: StrategicAuthority) -> Submission | None:
    """Return what the authority sent last, in any round but a test; its content left out."""
    return (
        Submission.objects.filter(
            duty_return__authority=authority, duty_return__round__is_test=False
        )
        .select_related("duty_return__round")
        .defer("content")
        .order_by("-submitted_at", "-pk")
        .first()
    )


def people_of(*, authority: StrategicAuthority) -> People:
    """Return the names of those who edit and those who sign."""
    rows = (
        Membership.objects.current()
        .filter(body=authority, role__in=[Role.EDITOR, Role.SIGNATORY])
        .order_by("user__full_name", "pk")
        .values_list("role", "user__full_name")
    )
    found: dict[str, list[str]] = {Role.EDITOR: [], Role.SIGNATORY: []}
    for role, name in rows:
        if name not in found[role]:
            found[role].append(name)
    return People(editors=tuple(found[Role.EDITOR]), signatories=tuple(found[Role.SIGNATORY]))


def latest_submission(*, round_: Round, authority: StrategicAuthority) -> Submission | None:
    """Return the newest submission of the authority's return in the round."""
    return (
        Submission.objects.filter(duty_return__round=round_, duty_return__authority=authority)
        .select_related("declaration", "submitted_by")
        .order_by("-number")
        .first()
    )


def newest_submissions(*, round_: Round, authority: StrategicAuthority) -> tuple[Submission, ...]:
    """Return the last two submissions of the authority's return in the round, newest first."""
    return tuple(
        Submission.objects.filter(
            duty_return__round=round_, duty_return__authority=authority
        ).order_by("-number")[:2]
    )


def who_asked_for(*, submission: Submission) -> ReturnEvent | None:
    """Return the request for changes that a submission answers; None where it answers none."""
    asked: ReturnEvent | None = None
    steps = (Step.REQUEST_CHANGES.value, Step.SIGN.value, Step.SUBMIT.value)
    for event in (
        ReturnEvent.objects.filter(duty_return_id=submission.duty_return_id, type__in=steps)
        .select_related("actor")
        .order_by("pk")
    ):
        if event.type == Step.REQUEST_CHANGES:
            asked = event
        elif event.payload.get("number") == submission.number:
            return asked
        else:
            asked = None
    return None


def earlier_submission(*, round_: Round, authority: StrategicAuthority) -> Submission | None:
    """Return what the authority last submitted in an earlier round."""
    return (
        Submission.objects.filter(
            duty_return__authority=authority,
            duty_return__round__covers_to__lt=round_.covers_to,
            duty_return__round__is_test=False,
        )
        .exclude(duty_return__round=round_)
        .select_related("duty_return__round")
        .order_by("-duty_return__round__covers_to", "-number")
        .first()
    )
