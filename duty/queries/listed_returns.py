"""Returns and submissions of several authorities, for lists; never what stands in a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authorities.queries.dated import names_on
from duty.lifecycle import ReturnState
from duty.models import DutyReturn, ExpectedReturn, Submission
from duty.queries.loaded import Closing, closing_of
from duty.queries.review import state_of


@dataclass(frozen=True)
class ListedReturn:
    """A started return as its row says, with the newest submission if there is one."""

    duty_return: DutyReturn
    authority_name: str
    state: ReturnState
    closing: Closing
    overdue: bool
    submission: Submission | None


def listed_returns(
    *, authorities: Collection[UUID] | None, now: datetime
) -> tuple[ListedReturn, ...]:
    """Return the started returns of some authorities, or of all (None), the latest round first.

    Test rounds count in no list. From four queries.
    """
    rows = DutyReturn.objects.filter(round__is_test=False).select_related("round", "authority")
    if authorities is not None:
        rows = rows.filter(authority__in=authorities)
    found = list(rows.order_by("-round__covers_to", "-round__slug", "authority__slug", "pk"))
    expected = {
        (one.round_id, one.authority_id): one
        for one in ExpectedReturn.objects.filter(
            round__in={row.round_id for row in found},
            authority__in={row.authority_id for row in found},
        )
    }
    newest = {
        one.duty_return_id: one
        for one in Submission.objects.filter(duty_return__in=[row.pk for row in found])
        .defer("content")
        .order_by("number")
    }
    names = _names(found)
    lines = []
    for row in found:
        closing = closing_of(
            round_=row.round, expected=expected.get((row.round_id, row.authority_id))
        )
        submission = newest.get(row.pk)
        state = state_of(duty_return=row, closing=closing, now=now)
        lines.append(
            ListedReturn(
                duty_return=row,
                authority_name=names[row.authority_id],
                state=state,
                closing=closing,
                overdue=closing.is_overdue(came=submission is not None, now=now),
                submission=submission,
            )
        )
    return tuple(lines)


def listed_submissions(*, authorities: Collection[UUID] | None) -> tuple[Submission, ...]:
    """Return the submissions of some authorities, or of all (None), newest first, without content.

    Those of test rounds are in no list.
    """
    rows = Submission.objects.filter(duty_return__round__is_test=False).select_related(
        "duty_return__round", "duty_return__authority", "declaration"
    )
    if authorities is not None:
        rows = rows.filter(duty_return__authority__in=authorities)
    return tuple(rows.defer("content").order_by("-submitted_at", "-pk"))


def _names(rows: Collection[DutyReturn]) -> dict[UUID, str]:
    bodies = {row.authority_id for row in rows}
    if not bodies:
        return {}
    # The name of the newest round's day: a list is read today.
    names = names_on(day=max(row.round.geography_date for row in rows), bodies=bodies)
    return {row.authority_id: names.name(row.authority_id) or row.authority.slug for row in rows}
