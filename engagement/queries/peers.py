"""Ambassadors and peer links. A link that was accepted is for both bodies and the centre.

A word why of a body that declined is asked for by `declined_reason_for_centre` only.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from authorities.models import Pair
from engagement import picture
from engagement.models import Ambassador, LinkState, PeerLink, PeerMeeting
from engagement.queries.bodies import names_of
from engagement.queries.body_names import BodyName
from engagement.queries.current_placements import (
    current_placements,
    newest_publication,
    placements_of,
)
from engagement.queries.pairs import standing_of


@dataclass(frozen=True)
class AmbassadorFacts:
    """A body that volunteered, and with whom it would share.

    group_now: the newest published group of its pair; it may have changed since.
    """

    id: UUID
    pair_id: UUID
    pair_name: str
    body: BodyName
    body_id: UUID
    side: str
    shares: str
    open_to_any: bool
    named: tuple[str, ...]
    named_ids: frozenset[UUID]
    volunteered_at: datetime
    group_now: str | None


@dataclass(frozen=True)
class LinkFacts:
    """A link of two bodies.

    groups_changed: one of the two pairs has another published group by now; the link stays.
    """

    id: UUID
    ambassador: BodyName
    ambassador_id: UUID
    body: BodyName
    body_id: UUID
    pair_name: str
    about: str
    state: LinkState
    proposed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    ended_words: str
    groups_changed: bool
    needs_reconfirmation: bool


@dataclass(frozen=True)
class MeetingFacts:
    """A day on which both met, and what was noted for both."""

    held_on: date
    note: str


@dataclass(frozen=True)
class AmberPair:
    """A pair that stands, and whose newest published group is amber."""

    id: UUID
    name: str
    authority: BodyName
    board: BodyName


def ambassadors(
    *, on: date, body_ids: Collection[UUID] | None = None
) -> tuple[AmbassadorFacts, ...]:
    """Return who volunteers now, of all bodies or of some, by the body's name."""
    rows = (
        Ambassador.objects.filter(withdrawn_at__isnull=True)
        .select_related("pair")
        .prefetch_related("named_pairs__pair")
        .order_by("pk")
    )
    if body_ids is not None:
        rows = rows.filter(body_id__in=list(body_ids))
    found = list(rows)
    named = {one.pair for row in found for one in row.named_pairs.all()}
    pairs = {*(row.pair for row in found), *named}
    names = _names(pairs, on=on)
    groups = current_placements(pair_ids=[row.pair_id for row in found])
    facts = [
        AmbassadorFacts(
            id=row.pk,
            pair_id=row.pair_id,
            pair_name=_pair_name(row.pair, names),
            body=names[row.body_id],
            body_id=row.body_id,
            side=row.side,
            shares=row.shares,
            open_to_any=row.open_to_any,
            named=tuple(sorted(_pair_name(one.pair, names) for one in row.named_pairs.all())),
            named_ids=frozenset(one.pair_id for one in row.named_pairs.all()),
            volunteered_at=row.volunteered_at,
            group_now=groups[row.pair_id].group if row.pair_id in groups else None,
        )
        for row in found
    ]
    return tuple(sorted(facts, key=lambda one: (one.body.name, one.pair_name)))


def amber_pairs(*, on: date) -> tuple[AmberPair, ...]:
    """Return the pairs that stand and are amber in the newest published round, by name."""
    publication = newest_publication()
    if publication is None:
        return ()
    pairs = [one.pair for one in placements_of(publication=publication) if one.group == "amber"]
    standing = standing_of(pair_ids=[pair.pk for pair in pairs], on=on)
    names = _names(pairs, on=on)
    found = [
        AmberPair(
            id=pair.pk,
            name=_pair_name(pair, names),
            authority=names[pair.authority_id],
            board=names[pair.board_id],
        )
        for pair in pairs
        if pair.pk in standing
    ]
    return tuple(sorted(found, key=lambda one: (one.name, str(one.id))))


def links_for_centre(*, on: date) -> tuple[LinkFacts, ...]:
    """Return all links, by ambassador and body."""
    return _facts(_rows(), on=on)


def links_of_bodies(
    *, body_ids: Collection[UUID], on: date, pair_id: UUID | None = None
) -> tuple[LinkFacts, ...]:
    """Return the links that bodies may know: of a proposal, the body that is asked alone.

    pair_id: keep the links of one pair, as either end.
    """
    ids = list(body_ids)
    rows = _rows().filter(
        Q(body_id__in=ids)
        | Q(ambassador__body_id__in=ids, state__in=[LinkState.ACCEPTED, LinkState.ENDED])
    )
    if pair_id is not None:
        rows = rows.filter(Q(pair_id=pair_id) | Q(ambassador__pair_id=pair_id))
    return _facts(rows, on=on)


def link_facts(*, link: PeerLink, on: date) -> LinkFacts:
    """Return one link."""
    return _facts(_rows().filter(pk=link.pk), on=on)[0]


def meetings_of(*, link: PeerLink) -> tuple[MeetingFacts, ...]:
    """Return the meetings of a link, the latest first."""
    rows = PeerMeeting.objects.filter(link=link).order_by("-held_on", "-pk")
    return tuple(MeetingFacts(held_on=row.held_on, note=row.note) for row in rows)


def declined_reason_for_centre(*, link: PeerLink) -> str:
    """Return the word why of a body that declined a link. For the centre alone."""
    return PeerLink.objects.values_list("declined_reason", flat=True).get(pk=link.pk)


def _rows() -> QuerySet[PeerLink]:
    return (
        PeerLink.objects.select_related("ambassador__pair", "ambassador__placement", "pair")
        .select_related("placement")
        .defer("declined_reason", "placement__content", "ambassador__placement__content")
        .order_by("-proposed_at", "pk")
    )


def _facts(rows: Iterable[PeerLink], *, on: date) -> tuple[LinkFacts, ...]:
    found = list(rows)
    names = _names({pair for row in found for pair in (row.pair, row.ambassador.pair)}, on=on)
    groups = current_placements(
        pair_ids={key for row in found for key in (row.pair_id, row.ambassador.pair_id)}
    )
    facts = [
        LinkFacts(
            id=row.pk,
            ambassador=names[row.ambassador.body_id],
            ambassador_id=row.ambassador.body_id,
            body=names[row.body_id],
            body_id=row.body_id,
            pair_name=_pair_name(row.pair, names),
            about=row.about,
            state=LinkState(row.state),
            proposed_at=row.proposed_at,
            answered_at=row.answered_at,
            ended_at=row.ended_at,
            ended_words=row.ended_words,
            groups_changed=any(
                key in groups and groups[key].group != then
                for key, then in (
                    (row.pair_id, row.placement.group),
                    (row.ambassador.pair_id, row.ambassador.placement.group),
                )
            ),
            needs_reconfirmation=row.needs_reconfirmation,
        )
        for row in found
    ]
    return tuple(sorted(facts, key=lambda one: (one.ambassador.name, one.body.name, str(one.id))))


def _names(pairs: Iterable[Pair], *, on: date) -> dict[UUID, BodyName]:
    ids = {body for pair in pairs for body in (pair.authority_id, pair.board_id)}
    return names_of(body_ids=ids, on=on)


def _pair_name(pair: Pair, names: dict[UUID, BodyName]) -> str:
    return picture.pair_name(
        authority=names[pair.authority_id].short_name, board=names[pair.board_id].short_name
    )
