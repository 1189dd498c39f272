"""The returns that a change of authorities concerns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from duty.models import (
    AgreementParty,
    DutyReturn,
    ExpectedReturn,
    ReturnState,
    Round,
    RoundState,
)
from duty.queries.loaded import closing_of
from duty.queries.standing_records import MODEL_OF

_SENT = (
    ReturnState.SUBMITTED,
    ReturnState.SUBMITTED_WITH_CHANGES,
    ReturnState.ACCEPTED,
)


@dataclass(frozen=True)
class OpenReturn:
    """A return that is not submitted while its round lets it be; state None: not yet started."""

    authority_id: UUID
    authority_slug: str
    round: Round
    state: ReturnState | None
    edits_until: date


def open_returns(*, authority_ids: Collection[UUID]) -> list[OpenReturn]:
    """Return what the authorities owe in rounds that still take work, from two queries."""
    expected = (
        ExpectedReturn.objects.filter(
            authority_id__in=authority_ids,
            round__state__in=[RoundState.OPEN, RoundState.CLOSED],
            round__is_test=False,
        )
        .select_related("round", "authority")
        .order_by("authority__slug", "round__due_on", "pk")
    )
    states = {
        (row.round_id, row.authority_id): ReturnState(row.state)
        for row in DutyReturn.objects.filter(authority_id__in=authority_ids)
    }
    found = []
    for row in expected:
        closing = closing_of(round_=row.round, expected=row)
        state = states.get((row.round_id, row.authority_id))
        # A closed round takes work of those alone who have an extension.
        takes_work = closing.extended or row.round.state == RoundState.OPEN
        if takes_work and state not in _SENT:
            found.append(
                OpenReturn(
                    authority_id=row.authority_id,
                    authority_slug=row.authority.slug,
                    round=row.round,
                    state=state,
                    edits_until=closing.edits_until,
                )
            )
    return found


def sent_returns(*, authority_ids: Collection[UUID]) -> list[DutyReturn]:
    """Return the submitted returns of the authorities, the newest round first."""
    return list(
        DutyReturn.objects.filter(
            authority_id__in=authority_ids, state__in=_SENT, round__is_test=False
        )
        .select_related("round", "authority")
        .order_by("authority__slug", "-round__covers_to", "pk")
    )


def expected_ahead(*, authority_ids: Collection[UUID]) -> list[ExpectedReturn]:
    """Return what rounds that are not yet open expect of the authorities."""
    return list(
        ExpectedReturn.objects.filter(
            authority_id__in=authority_ids,
            round__state__in=[RoundState.DRAFT, RoundState.SCHEDULED],
        )
        .select_related("round", "authority")
        .order_by("authority__slug", "round__opens_on", "pk")
    )


def standing_records_of(*, authority_ids: Collection[UUID]) -> int:
    """Return how many standing records of the authorities hold, over all kinds."""
    return sum(
        model._default_manager.filter(authority_id__in=authority_ids, ending="").count()
        for model in MODEL_OF.values()
    )


def parties_of(*, board_ids: Collection[UUID]) -> list[AgreementParty]:
    """Return the boards' places in partnership agreements that hold."""
    return list(
        AgreementParty.objects.filter(
            agreement__ending="", board_id__in=board_ids, left_at__isnull=True
        )
        .select_related("agreement")
        .order_by("agreement_id", "pk")
    )
