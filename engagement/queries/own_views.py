"""What is asked of own views."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q

from authorities.models import Membership, Pair, PairOverlap, Role
from authorities.queries.dated import holds_on
from duty.models import ExpectedReturn, Round, RoundState
from duty.queries.loaded import Closing, closing_of
from engagement.models import OwnView, Pick, Side, SideView, StatementPick, ViewState

V = TypeVar("V", bound=SideView)


def view_of(*, round: Round, pair: Pair, side: str) -> OwnView | None:
    """Return the side's own view of the pair in the round, None where nobody has started it."""
    return side_view_of(model=OwnView, round=round, pair=pair, side=side)


def side_view_of(*, model: type[V], round: Round, pair: Pair, side: str) -> V | None:
    """Return what the side says by views of a kind, None where nobody has started it."""
    return (
        model._default_manager.select_related("updated_by", "confirmed_by")
        .filter(round=round, pair=pair, side=side)
        .first()
    )


def picks_of(*, view: SideView | None) -> tuple[StatementPick, ...]:
    """Return the picks of a view with their themes, in the rubric's order."""
    if view is None:
        return ()
    return tuple(view.picks.select_related("theme").order_by("theme__order", "pk"))


class Picked(NamedTuple):
    """The statement that was picked for a theme, and what shows it."""

    level: str
    evidence_title: str
    evidence_url: str


def picks_by_view(*, views: Collection[OwnView]) -> dict[UUID, dict[str, Picked]]:
    """Return the picks of many views, by view and then by theme code; one query."""
    found: dict[UUID, dict[str, Picked]] = {view.pk: {} for view in views}
    rows = Pick.objects.filter(view__in=views).values_list(
        "view_id", "theme__code", "level", "evidence_title", "evidence_url"
    )
    for view, code, *said in rows:
        found[view][code] = Picked(*said)
    return found


def is_expected(*, round: Round, pair: Pair) -> bool:
    """Whether the pair is one of the round: an overlap above the threshold, both established."""
    return PairOverlap.objects.filter(
        pair=pair, valid__contains=round.geography_date, sliver=False, planned=False
    ).exists()


def round_for_views() -> Round | None:
    """Return the round that takes views, or else the last one that did; never a test round."""
    begun = Round.objects.counted().exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
    opened = begun.filter(state=RoundState.OPEN).order_by("-opens_on", "-pk").first()
    return opened or begun.order_by("-opens_on", "-pk").first()


def begun_round(*, slug: str) -> Round | None:
    """Return a round that takes or took views by its name in addresses; never a test round."""
    begun = Round.objects.counted().exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
    return begun.filter(slug=slug).first()


def begun_round_of(*, key: UUID) -> Round | None:
    """Return a round that takes or took views by its key; never a test round."""
    begun = Round.objects.counted().exclude(state__in=[RoundState.DRAFT, RoundState.SCHEDULED])
    return begun.filter(pk=key).first()


@dataclass(frozen=True)
class Extended:
    """A closed round that still takes the views of one authority, and until when."""

    authority_id: UUID
    round: Round
    closing: Closing


def extended_rounds(*, authority_ids: Collection[UUID], on: date) -> tuple[Extended, ...]:
    """Return the closed rounds in which authorities have days left by an extension; one query.

    None where none of the bodies is an authority.
    """
    if not authority_ids:
        return ()
    rows = (
        ExpectedReturn.objects.filter(
            authority__in=authority_ids,
            extended_edits_until__gte=on,
            round__in=Round.objects.counted().filter(state=RoundState.CLOSED),
        )
        .select_related("round")
        .order_by("extended_edits_until", "pk")
    )
    return tuple(
        Extended(
            authority_id=row.authority_id,
            round=row.round,
            closing=closing_of(round_=row.round, expected=row),
        )
        for row in rows
    )


def closing_for(*, round: Round, pair: Pair, side: str) -> Closing:
    """Return until when a side may work on its view: an authority, as long as on its return.

    An extension is one authority's, for a reason of its own. The ICB reads another engagement, its
    own, and waits for nothing: its view closes with the round, whoever else has more time.
    """
    expected = None
    if side == Side.AUTHORITY:
        expected = ExpectedReturn.objects.filter(round=round, authority=pair.authority_id).first()
    return closing_of(round_=round, expected=expected)


def closings_of(
    *,
    round: Round,
    body_ids: Collection[UUID],
    authority_ids: Collection[UUID] | None = None,
) -> dict[UUID, Closing]:
    """Return until when bodies may work on their views in a round, as `closing_for`.

    Args:
        round: the round.
        body_ids: authorities and ICBs.
        authority_ids: which of them are authorities, where that is known. One query; none where
            there is none of them.
    """
    asked = body_ids if authority_ids is None else authority_ids
    rows = ExpectedReturn.objects.filter(round=round, authority__in=asked) if asked else ()
    extended = {row.authority_id: row for row in rows}
    return {key: closing_of(round_=round, expected=extended.get(key)) for key in body_ids}


def takes_views(*, round: Round, pair: Pair, side: str, at: datetime) -> bool:
    """Whether a side may write its view at a moment, its extension counted."""
    return closing_for(round=round, pair=pair, side=side).is_open(now=at)


@dataclass(frozen=True)
class Unconfirmed:
    """The views that one body has not confirmed in a round that takes them of it.

    closing: until when it may, its extension counted.
    """

    body_id: UUID
    side: Side
    round: Round
    closing: Closing
    pairs: tuple[Pair, ...]


def bodies_without_views(*, on: date) -> tuple[Unconfirmed, ...]:
    """Return which authorities and ICBs have not confirmed which views that are taken on a day.

    Of the round that takes views, and of closed ones in which an authority has an extension; by
    body. Five queries at most, however many rounds and bodies there are; never of a test round.
    """
    main = round_for_views()
    extended = ExpectedReturn.objects.filter(
        round__in=Round.objects.counted().filter(state__in=[RoundState.OPEN, RoundState.CLOSED]),
        extended_edits_until__isnull=False,
    ).filter(Q(round=main) | Q(extended_edits_until__gte=on))
    expected = {
        (row.round_id, row.authority_id): row
        for row in extended.select_related("round").order_by("round__opens_on", "pk")
    }
    rounds = {row.round_id: row.round for row in expected.values() if row.round != main}
    rounds = {key: one for key, one in rounds.items() if one.state == RoundState.CLOSED}
    taking = [one for one in (main, *rounds.values()) if one is not None]
    found = []
    for (key, side, body_id), pairs in unconfirmed_views(rounds=taking).items():
        round_ = next(one for one in taking if one.pk == key)
        row = expected.get((key, body_id)) if side == Side.AUTHORITY else None
        closing = closing_of(round_=round_, expected=row)
        if closing.takes_work_on(day=on):
            found.append(
                Unconfirmed(body_id=body_id, side=side, round=round_, closing=closing, pairs=pairs)
            )
    return tuple(found)


def extended_without_views(
    *, authority_ids: Collection[UUID], besides: Round | None, on: date
) -> tuple[Unconfirmed, ...]:
    """Return what authorities have not confirmed in closed rounds in which they have an extension.

    Args:
        authority_ids: which authorities.
        besides: a round that is left out, as it is shown otherwise.
        on: the day.

    One query where nobody has an extension, else three.
    """
    rows = [
        one for one in extended_rounds(authority_ids=authority_ids, on=on) if one.round != besides
    ]
    rounds = {one.round.pk: one.round for one in rows}
    waiting = unconfirmed_views(rounds=list(rounds.values()))
    return tuple(
        Unconfirmed(
            body_id=one.authority_id,
            side=Side.AUTHORITY,
            round=one.round,
            closing=one.closing,
            pairs=pairs,
        )
        for one in rows
        if (pairs := waiting.get((one.round.pk, Side.AUTHORITY, one.authority_id)))
    )


def unconfirmed_views(
    *, rounds: Collection[Round]
) -> dict[tuple[UUID, Side, UUID], tuple[Pair, ...]]:
    """Return the pairs whose view a body has not confirmed, by round, side and body; two queries.

    Of the pairs that the rounds ask about: above the threshold, both bodies established.
    """
    if not rounds:
        return {}
    confirmed = set(
        OwnView.objects.filter(round__in=rounds, state=ViewState.CONFIRMED).values_list(
            "round_id", "pair_id", "side"
        )
    )
    days = Q(pk__in=[])
    for round_ in rounds:
        days |= Q(valid__contains=round_.geography_date)
    overlaps = list(
        PairOverlap.objects.filter(days, sliver=False, planned=False)
        .select_related("pair__authority", "pair__board")
        .order_by("pair__authority__slug", "pair__board__slug", "pk")
    )
    found: dict[tuple[UUID, Side, UUID], tuple[Pair, ...]] = {}
    for round_ in rounds:
        for overlap in overlaps:
            pair = overlap.pair
            if not holds_on(overlap.valid, round_.geography_date):
                continue
            for side, body_id in ((Side.AUTHORITY, pair.authority_id), (Side.BOARD, pair.board_id)):
                if (round_.pk, pair.pk, side.value) not in confirmed:
                    key = (round_.pk, side, body_id)
                    found[key] = (*found.get(key, ()), pair)
    return found


def signatories_of(*, pair: Pair, side: str) -> tuple[str, ...]:
    """Return the names of the people who may confirm the side's view."""
    body_id = pair.authority_id if side == "sa" else pair.board_id
    return tuple(
        Membership.objects.current()
        .filter(body_id=body_id, role=Role.SIGNATORY)
        .order_by("user__full_name", "pk")
        .values_list("user__full_name", flat=True)
    )
