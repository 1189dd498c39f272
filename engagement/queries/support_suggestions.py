"""Which offers fit which bodies, and which bodies asked for what: for the centre's desk alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, JSONField
from django.db.models.expressions import Func, Value

from duty.models import Round, Submission
from engagement import picture
from engagement.models import (
    STANDING_ENROLMENTS,
    Enrolment,
    Need,
    OfferState,
    PublishedPlacement,
    SupportOffer,
)
from engagement.queries.bodies import names_of
from engagement.queries.body_names import BodyName
from engagement.queries.current_placements import newest_publication, placements_of
from engagement.queries.pairs import standing_of
from engagement.support_lifecycle import suggested_sides

# The question of the return that asks for help, and those of its answers that are none of a kind.
NEED_QUESTION = "AB4"
_NO_NEED = "none"


@dataclass(frozen=True)
class SuggestedOffer:
    """An open offer that fits a side of a pair.

    standing: it was offered, or asked for, already.
    """

    id: UUID
    title: str
    standing: bool


@dataclass(frozen=True)
class Suggestion:
    """A side of a pair with the open offers that fit its group."""

    pair_id: UUID
    authority: BodyName
    board: BodyName
    side: str
    group: str
    less_engaged: str | None
    offers: tuple[SuggestedOffer, ...]

    @property
    def body(self) -> BodyName:
        """The body at which the offers are aimed."""
        return self.authority if self.side == "sa" else self.board


@dataclass(frozen=True)
class Suggestions:
    """What fits, by authority and ICB.

    not_assessed: pairs that are offered nothing by themselves, by name.
    ended: pairs of the round that share no people any more.
    """

    round_name: str
    rows: tuple[Suggestion, ...]
    not_assessed: tuple[str, ...]
    ended: tuple[str, ...]


@dataclass(frozen=True)
class AskedFor:
    """What an authority asked for in its newest return of the round."""

    authority: BodyName
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Needs:
    """Who asked for what in the newest round with returns.

    submitted: how many authorities have submitted a return in it; the denominator.
    """

    round_name: str
    rows: tuple[AskedFor, ...]
    submitted: int


def suggestions(*, on: date) -> Suggestions | None:
    """Return what fits the pairs of the newest published round, None before the first."""
    publication = newest_publication()
    if publication is None:
        return None
    placed = placements_of(publication=publication)
    living = standing_of(pair_ids=[one.pair_id for one in placed], on=on)
    names = names_of(
        body_ids={body for one in placed for body in (one.pair.authority_id, one.pair.board_id)},
        on=on,
    )
    standing = set(
        Enrolment.objects.filter(state__in=STANDING_ENROLMENTS).values_list(
            "offer_id", "pair_id", "side"
        )
    )
    by_group: defaultdict[str, list[SupportOffer]] = defaultdict(list)
    for offer in SupportOffer.objects.filter(state=OfferState.OPEN).order_by("title", "pk"):
        if offer.ends_on is None or offer.ends_on >= on:
            by_group[offer.group_code].append(offer)
    rows: list[Suggestion] = []
    for one in placed:
        if one.pair_id in living and one.group is not None:
            rows += _of_pair(one, names=names, offers=by_group[one.group], standing=standing)
    return Suggestions(
        round_name=publication.round.name,
        rows=tuple(sorted(rows, key=lambda row: (_name(row.authority, row.board), row.side))),
        not_assessed=_names([one for one in placed if one.group is None], names),
        ended=_names([one for one in placed if one.pair_id not in living], names),
    )


def needs() -> Needs | None:
    """Return who asked for what in the newest round with submitted returns, from three queries."""
    newest = (
        Round.objects.counted()
        .filter(returns__submissions__isnull=False)
        .order_by("-covers_to", "-opens_on", "-pk")
        .first()
    )
    if newest is None:
        return None
    path = f'$.sections[*].questions[*] ? (@.code == "{NEED_QUESTION}").answers[0].value.options'
    rows = (
        Submission.objects.filter(duty_return__round=newest)
        .annotate(
            asked=Func(
                F("content"),
                Value(path),
                function="jsonb_path_query_first",
                template="%(function)s(%(expressions)s::jsonpath)",
                output_field=JSONField(),
            )
        )
        .order_by("duty_return_id", "-number")
        .distinct("duty_return_id")
        .values_list("duty_return__authority_id", "asked")
    )
    asked = {key: [code for code in found or () if code != _NO_NEED] for key, found in rows}
    names = names_of(body_ids=asked, on=newest.geography_date)
    order = {need: number for number, need in enumerate(Need.values)}
    return Needs(
        round_name=newest.name,
        rows=tuple(
            AskedFor(
                authority=names[key],
                needs=tuple(sorted(codes, key=lambda code: (order.get(code, len(order)), code))),
            )
            for key, codes in sorted(asked.items(), key=lambda one: names[one[0]].name)
            if codes
        ),
        submitted=len(asked),
    )


def _of_pair(
    placed: PublishedPlacement,
    *,
    names: dict[UUID, BodyName],
    offers: Sequence[SupportOffer],
    standing: set[tuple[UUID, UUID, str]],
) -> list[Suggestion]:
    group = placed.group
    by_side: defaultdict[str, list[SuggestedOffer]] = defaultdict(list)
    for offer in offers:
        sides = suggested_sides(
            aimed_at=offer.aimed_at, group=group, less_engaged=placed.less_engaged
        )
        for side in sides:
            known = (offer.pk, placed.pair_id, side) in standing
            by_side[side].append(SuggestedOffer(id=offer.pk, title=offer.title, standing=known))
    return [
        Suggestion(
            pair_id=placed.pair_id,
            authority=names[placed.pair.authority_id],
            board=names[placed.pair.board_id],
            side=side,
            group=str(group),
            less_engaged=placed.less_engaged,
            offers=tuple(found),
        )
        for side, found in by_side.items()
    ]


def _name(authority: BodyName, board: BodyName) -> str:
    return picture.pair_name(authority=authority.short_name, board=board.short_name)


def _names(placed: Sequence[PublishedPlacement], names: dict[UUID, BodyName]) -> tuple[str, ...]:
    return tuple(
        sorted(_name(names[one.pair.authority_id], names[one.pair.board_id]) for one in placed)
    )
