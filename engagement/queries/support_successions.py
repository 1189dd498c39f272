"""What a change of bodies concerns in support: what stands of pairs, what waits for a choice."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from authorities.models import Pair
from authorities.queries.dated import names_on
from engagement import picture
from engagement.models import (
    STANDING_ENROLMENTS,
    Ambassador,
    Enrolment,
    LinkState,
    PeerLink,
    PossibleSupportPair,
)

_STANDING_LINKS = (LinkState.OFFERED, LinkState.ACCEPTED)


@dataclass(frozen=True)
class Standing:
    """What of support stands at some pairs."""

    enrolments: tuple[Enrolment, ...]
    links: tuple[PeerLink, ...]
    ambassadors: tuple[Ambassador, ...]


def standing_of_pairs(*, pairs: Collection[Pair]) -> Standing:
    """Return enrolments, links and ambassadors of pairs of which something may still come."""
    return Standing(
        enrolments=tuple(
            Enrolment.objects.filter(pair__in=pairs, state__in=STANDING_ENROLMENTS)
            .select_related("body", "offer")
            .order_by("began_at", "pk")
        ),
        links=tuple(
            PeerLink.objects.filter(pair__in=pairs, state__in=_STANDING_LINKS)
            .select_related("body")
            .order_by("proposed_at", "pk")
        ),
        ambassadors=tuple(
            Ambassador.objects.filter(pair__in=pairs, withdrawn_at__isnull=True)
            .select_related("body")
            .order_by("volunteered_at", "pk")
        ),
    )


def links_of_ambassador(*, ambassador: Ambassador) -> tuple[PeerLink, ...]:
    """Return the links of an ambassador of which something may still come."""
    return tuple(
        PeerLink.objects.filter(ambassador=ambassador, state__in=_STANDING_LINKS)
        .select_related("body")
        .order_by("proposed_at", "pk")
    )


@dataclass(frozen=True)
class ToGoOnWith:
    """Support that waits until a body says that it goes on; noun is 'enrolments' or 'links'.

    origin, moved_on: the pair that it began with, and the day of the change.
    """

    noun: str
    id: UUID
    title: str
    body_ids: frozenset[UUID]
    chooses: bool
    origin: Pair | None = None
    moved_on: date | None = None

    @property
    def url_name(self) -> str:
        """The name of the address at which a body says so."""
        return "support:enrolment-go-on" if self.noun == "enrolments" else "support:link-go-on"


def to_go_on_with(*, body_ids: Collection[UUID], on: date) -> tuple[ToGoOnWith, ...]:
    """Return what bodies may go on with after a change of bodies; a fixed number of queries."""
    ids = list(body_ids)
    chosen = Q(possible_pairs__pair__authority__in=ids, side="sa") | Q(
        possible_pairs__pair__board__in=ids, side="icb"
    )
    waiting = Q(needs_reconfirmation=True) & (Q(body__in=ids) | chosen)
    enrolments = (
        Enrolment.objects.filter(waiting, state__in=STANDING_ENROLMENTS)
        .select_related("offer", "origin_pair")
        .prefetch_related("possible_pairs__pair")
        .distinct()
        .order_by("began_at", "pk")
    )
    links = (
        PeerLink.objects.filter(waiting, state__in=_STANDING_LINKS)
        .select_related("ambassador", "origin_pair")
        .prefetch_related("possible_pairs__pair")
        .distinct()
        .order_by("proposed_at", "pk")
    )
    with_names = list(links)
    bodies = {row.ambassador.body_id for row in with_names}
    names = names_on(day=on, bodies=bodies) if bodies else None
    return (
        *(_to_go_on("enrolments", row, row.offer.title) for row in enrolments),
        *(
            _to_go_on("links", row, f"Peer link with {names.name(row.ambassador.body_id)}")
            for row in with_names
            if names is not None
        ),
    )


def _to_go_on(noun: str, row: Enrolment | PeerLink, title: str) -> ToGoOnWith:
    bodies = {
        one.pair.authority_id if row.side == "sa" else one.pair.board_id
        for one in row.possible_pairs.all()
    }
    return ToGoOnWith(
        noun=noun,
        id=row.pk,
        title=title,
        body_ids=frozenset(bodies or {row.body_id}),
        chooses=bool(bodies),
        origin=row.origin_pair,
        moved_on=row.moved_on,
    )


def gone_on_with(*, body_id: UUID) -> tuple[Enrolment | PeerLink, ...]:
    """Return the support with which a body said that it goes on, and that stands; two queries."""
    said = Q(body=body_id, origin_pair__isnull=False, needs_reconfirmation=False)
    return (
        *Enrolment.objects.filter(said, state__in=STANDING_ENROLMENTS)
        .select_related("offer", "origin_pair")
        .order_by("began_at", "pk"),
        *PeerLink.objects.filter(said, state__in=_STANDING_LINKS)
        .select_related("ambassador", "origin_pair")
        .order_by("proposed_at", "pk"),
    )


def pairs_to_choose(
    *, row: Enrolment | PeerLink, body_id: UUID, on: date
) -> tuple[tuple[Pair, str], ...]:
    """Return the pairs with which a body may go on, each with its name: where it moved, or any."""
    of = {"enrolment": row} if isinstance(row, Enrolment) else {"link": row}
    possible: Sequence[Pair] = [
        one.pair
        for one in PossibleSupportPair.objects.filter(**of).select_related(
            "pair__authority", "pair__board"
        )
    ] or [Pair.objects.select_related("authority", "board").get(pk=row.pair_id)]
    own = [
        pair
        for pair in possible
        if (pair.authority_id if row.side == "sa" else pair.board_id) == body_id
    ]
    names = names_on(
        day=on, bodies={key for pair in own for key in (pair.authority_id, pair.board_id)}
    )
    named = [
        (
            pair,
            picture.pair_name(
                authority=names.short_name(pair.authority_id),
                board=names.short_name(pair.board_id),
            ),
        )
        for pair in own
    ]
    return tuple(sorted(named, key=lambda one: (one[1], one[0].pk)))
