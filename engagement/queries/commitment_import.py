"""What a file of commitments is held against: the partners of a body, and what is promised."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models.functions import Lower, Trim

from authorities.models import Body, IntegratedCareBoard, Pair, StrategicAuthority
from engagement.commitment_file import folded
from engagement.models import Commitment, CommitmentState, Side
from engagement.queries import bodies


class Standing(StrEnum):
    """What a named body is to the one that sends the file."""

    PARTNER = "partner"
    # It shares nobody with the sender, or so few that the pair is a sliver.
    NO_PARTNER = "no-partner"
    CLOSED = "closed"
    OWN_KIND = "own-kind"
    OWN = "own"


@dataclass(frozen=True)
class NamedBody:
    """A body that a file may name. `pair` is there for a partner alone."""

    name: str
    standing: Standing
    closed_on: date | None
    pair: Pair | None


@dataclass(frozen=True)
class KnownBodies:
    """The bodies of both kinds by what they may be called, and the partners by name."""

    by_name: Mapping[str, NamedBody]
    partners: tuple[str, ...]
    own_names: tuple[str, ...]

    def named(self, text: str) -> NamedBody | None:
        """Return the body that is called so, whatever capitals and spaces; None for none."""
        return self.by_name.get(folded(text=text))


@dataclass(frozen=True)
class Promised:
    """A commitment that a pair has already."""

    id: UUID
    pair_id: UUID
    title: str
    state: CommitmentState


# Where one name is that of several bodies, the first of these is meant.
_FIRST = tuple(Standing)


def known_bodies(*, body: Body, side: Side, on: date) -> KnownBodies:
    """Return what bodies are called on a day: by name, short name, name in addresses or code.

    Two kinds may share a name in addresses; the other side's is meant.
    """
    partners = {one.body_id: one for one in bodies.partners_of(body=body, side=side, on=on)}
    pairs = Pair.objects.select_related("authority", "board").in_bulk(
        [one.pair_id for one in partners.values()]
    )
    found: dict[str, NamedBody] = {}
    own_names: tuple[str, ...] = ()
    kinds = (StrategicAuthority, IntegratedCareBoard)
    for model in kinds if side == Side.BOARD else kinds[::-1]:
        for one in model.objects.with_facts(on).order_by("slug"):
            partner = partners.get(one.pk)
            named = NamedBody(
                name=getattr(one, "name", None) or one.slug,
                standing=_standing(one, body, partner is not None, on),
                closed_on=one.closed_on,
                pair=pairs[partner.pair_id] if partner else None,
            )
            called = tuple(text for text in (named.name, *_others(one)) if text)
            if one.pk == body.pk:
                own_names = called
            for text in called:
                before = found.get(folded(text=text))
                if before is None or _rank(named) < _rank(before):
                    found[folded(text=text)] = named
    names = tuple(one.body.name for one in partners.values())
    return KnownBodies(by_name=found, partners=names, own_names=own_names)


def promised_alike(*, pairs: Collection[Pair], titles: Collection[str]) -> tuple[Promised, ...]:
    """Return the commitments of pairs, in every state, that are called as one of the titles."""
    wanted = {folded(text=title) for title in titles}
    rows = (
        Commitment.objects.filter(pair__in=pairs)
        .annotate(plain=Lower(Trim("title")))
        .filter(plain__in=wanted)
        .order_by("proposed_at", "pk")
        .values_list("pk", "pair_id", "title", "state")
    )
    return tuple(
        Promised(pk, pair, title, CommitmentState(state)) for pk, pair, title, state in rows
    )


def stored_keys(*, keys: Collection[UUID]) -> frozenset[UUID]:
    """Return which of the keys stand for a commitment already."""
    return frozenset(
        Commitment.objects.filter(form_key__in=keys).values_list("form_key", flat=True)
    )


def _others(body: Body) -> tuple[str | None, ...]:
    return (
        getattr(body, "short_name", None),
        body.slug,
        getattr(body, "ons_code", None),
        getattr(body, "ods_code", None),
    )


def _standing(one: Body, body: Body, is_partner: bool, on: date) -> Standing:
    if one.pk == body.pk:
        return Standing.OWN
    if one.kind == body.kind:
        return Standing.OWN_KIND
    if is_partner:
        return Standing.PARTNER
    is_closed = one.closed_on is not None and one.closed_on <= on
    return Standing.CLOSED if is_closed else Standing.NO_PARTNER


def _rank(named: NamedBody) -> int:
    return _FIRST.index(named.standing)
