"""Owners of frameworks that ended without one clear successor, and who may follow them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from authorities.models import Pair
from authorities.queries.dated import NameHistory, names_on
from outcomes.models import Framework, FrameworkPartner


@dataclass(frozen=True)
class EndedOwner:
    """An owner that ended, called as on its last day, and nobody follows it yet."""

    id: int
    name: str
    ended_on: date


@dataclass(frozen=True)
class PossibleChoice:
    """A pair that may go on in an owner's place, its bodies called as on a day."""

    pair_id: UUID
    authority: str
    board: str


def pair_is_taken(*, pair: Pair, but_by: UUID) -> bool:
    """Whether another framework than this one has the pair."""
    rows = FrameworkPartner.objects.filter(pair=pair, ended_on__isnull=True, over=False)
    return rows.exclude(framework=but_by).exists()


def has_other_owners(*, framework: Framework) -> bool:
    """Whether an ICB owns the framework beside those that ended."""
    return FrameworkPartner.objects.filter(framework=framework, ended_on__isnull=True).exists()


def choices_for(*, partner: FrameworkPartner) -> tuple[Pair, ...]:
    """Return the pairs that may take the place of an owner that ended and are free to."""
    taken = FrameworkPartner.objects.filter(ended_on__isnull=True, over=False).exclude(
        framework=partner.framework_id
    )
    return tuple(
        Pair.objects.filter(possible_frameworks__partner=partner)
        .exclude(pk__in=taken.values("pair"))
        .select_related("authority", "board")
        .order_by("authority__slug", "board__slug")
    )


def named_choices(*, partner: FrameworkPartner, day: date) -> tuple[PossibleChoice, ...]:
    """Return the pairs that may take the place of an owner, with names of a day, by name."""
    pairs = choices_for(partner=partner)
    names = names_on(
        day=day, bodies={key for one in pairs for key in (one.authority_id, one.board_id)}
    )
    found = (
        PossibleChoice(one.pk, names.name(one.authority_id), names.name(one.board_id))
        for one in pairs
    )
    return tuple(sorted(found, key=lambda one: (one.authority, one.board)))


def first_without_successor(*, framework: Framework) -> FrameworkPartner | None:
    """Return the first owner that ended and has no successor yet; None where there is none."""
    rows = FrameworkPartner.objects.filter(framework=framework, unassigned=True)
    return rows.order_by("pk").first()


def without_successor(*, framework: Framework) -> tuple[EndedOwner, ...]:
    """Return the owners that ended and have no successor yet."""
    rows = list(
        FrameworkPartner.objects.filter(framework=framework, unassigned=True)
        .order_by("pk")
        .values_list("pk", "pair__board_id", "ended_on")
    )
    if not rows:
        return ()
    names = NameHistory.of(bodies={board for _, board, _ in rows})
    return tuple(
        EndedOwner(key, names.name(board, day=ended - timedelta(days=1)), ended)
        for key, board, ended in rows
        if ended is not None
    )
