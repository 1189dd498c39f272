"""Applies a reorganisation: all of it in the caller's transaction, or nothing.

The preview is the same thing done and undone again, so that what it shows is what will happen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from authorities import audit
from authorities.actions.geography import Provenance, store_difference
from authorities.actions.membership_messages import tell_if_none_can_sign
from authorities.actions.pairs import rebuild_pairs
from authorities.actions.reorganisation_messages import tell_people
from authorities.effects import (
    Affected,
    Applied,
    Ending,
    Heir,
    OpenWork,
    PairEnding,
    all_effects,
)
from authorities.models import (
    Body,
    Membership,
    Pair,
    PairOverlap,
    Reorganisation,
    RightsMove,
    User,
)
from authorities.queries.geography import load_geography
from authorities.queries.reorganisations import busy_bodies, change_of
from authorities.reorganisation.change import apply_change
from authorities.reorganisation.differences import fingerprint
from authorities.reorganisation.facts import BodyKey, Geography, GovernanceFact
from authorities.reorganisation.guards import Problem, problems
from authorities.reorganisation.operations import (
    Change,
    closing_bodies,
    default_successor,
)
from authorities.reorganisation.pair_heirs import PairKey, pair_heirs

_Seen = TypeVar("_Seen")


class ReorganisationProblemsError(ValueError):
    """Guards stand in the way; nothing is stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, so that a page can put each where it belongs."""
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.text for problem in problems))


class OtherThanPreviewedError(ValueError):
    """The register has changed since the preview; what was approved would not be what happens."""


@dataclass(frozen=True)
class Outcome:
    """What an application did.

    governance: what was on record of bodies that closed, and ended with them.
    affected: counted before anything of it was carried over.
    """

    before: Geography
    after: Geography
    applied: Applied
    governance: tuple[GovernanceFact, ...]
    affected: tuple[Affected, ...]
    print: str


class _UndoError(Exception):
    """Carries what was seen out of a transaction that is to be undone."""


def problems_of(
    *, reorganisation: Reorganisation, change: Change, geography: Geography, today: date
) -> tuple[Problem, ...]:
    """Return what stands in the way of the change on the day."""
    return problems(
        change=change,
        geography=geography,
        today=today,
        # A what-if keeps nobody waiting and waits for nobody.
        busy={} if reorganisation.what_if else busy_bodies(other_than=reorganisation),
    )


def rehearse(
    *,
    reorganisation: Reorganisation,
    look: Callable[[Outcome], _Seen],
    today: date,
    by: User | None,
    at: datetime,
) -> _Seen:
    """Apply the change, look at what is, and undo all of it.

    Raises:
        ReorganisationProblemsError: guards stand in the way.
    """
    seen: list[_Seen] = []
    try:
        with transaction.atomic():
            outcome = put_into_effect(reorganisation=reorganisation, today=today, by=by, at=at)
            seen.append(look(outcome))
            raise _UndoError
    except _UndoError:
        return seen[0]


def put_into_effect(
    *, reorganisation: Reorganisation, today: date, by: User | None, at: datetime
) -> Outcome:
    """Do everything that the change asks for, inside the caller's transaction.

    Raises:
        ReorganisationProblemsError: guards stand in the way.
    """
    change = change_of(reorganisation)
    before = load_geography()
    found = problems_of(reorganisation=reorganisation, change=change, geography=before, today=today)
    if found:
        raise ReorganisationProblemsError(found)
    after = apply_change(geography=before, change=change)
    pairs_before = _pairs_on(change.on)
    governance = store_difference(
        before=before,
        after=after,
        provenance=Provenance(source=reorganisation.source, certainty=reorganisation.certainty),
        by=by,
        at=at,
    )
    rebuild_pairs(by=by, at=at)
    applied = _applied(reorganisation, change, before, after, pairs_before)
    affected = tuple(one for effects in all_effects() for one in effects.affected(change=applied))
    _move_rights(reorganisation, applied, by=by, at=at)
    for effects in all_effects():
        effects.carry(change=applied, by=by, at=at)
    tell_people(reorganisation=reorganisation, step="applied", at=at)
    return Outcome(
        before=before,
        after=after,
        applied=applied,
        governance=governance,
        affected=affected,
        print=fingerprint(before=before, after=after, governance=governance),
    )


def check_against_preview(*, reorganisation: Reorganisation, outcome: Outcome) -> None:
    """Let through what was approved and nothing else.

    Raises:
        OtherThanPreviewedError: nothing may be stored.
    """
    frozen: Mapping[str, object] = reorganisation.preview or {}
    if frozen.get("print") != outcome.print:
        raise OtherThanPreviewedError(
            "The register has changed since this change was previewed and approved, so that it "
            "would do something else now. Cancel it, enter it again and look at the new preview."
        )


def _pairs_on(day: date) -> dict[tuple[UUID, UUID], Pair]:
    return {
        (row.pair.authority_id, row.pair.board_id): row.pair
        for row in PairOverlap.objects.as_at(day).filter(sliver=False).select_related("pair")
    }


def _applied(
    reorganisation: Reorganisation,
    change: Change,
    before: Geography,
    after: Geography,
    pairs_before: Mapping[tuple[UUID, UUID], Pair],
) -> Applied:
    bodies = {BodyKey(body.kind, body.slug): body for body in Body.objects.all()}
    shares: dict[BodyKey, dict[BodyKey, float]] = {}
    for succession in after.successions:
        if succession.on_date == change.on:
            shares.setdefault(succession.predecessor, {})[succession.successor] = succession.share
    endings = []
    for key in closing_bodies(change):
        primary = default_successor(change, key)
        heirs = shares.get(key, {})
        if primary is not None:
            heirs = {primary: heirs.get(primary, 0.0), **heirs}
        endings.append(
            Ending(
                body=bodies[key],
                heirs=tuple(
                    Heir(successor=bodies[heir], share=share, primary=heir == primary)
                    for heir, share in heirs.items()
                ),
            )
        )
    touched = _touched(before, after)
    return Applied(
        on=change.on,
        title=reorganisation.title,
        endings=tuple(endings),
        pair_endings=_pair_endings(
            pairs_before,
            _pairs_on(change.on),
            endings,
            {
                _ids(pair, bodies): tuple(_ids(heir, bodies) for heir in heirs)
                for pair, heirs in pair_heirs(geography=after, on=change.on).items()
            },
        ),
        opened=tuple(
            bodies[body.key]
            for body in sorted(after.bodies, key=lambda body: body.key)
            if body.opened == change.on and not _was_open(before, body.key)
        ),
        renamed=tuple(
            bodies[key]
            for key in sorted(
                {
                    fact.body
                    for name in ("names", "codes", "designations")
                    for fact in set(getattr(after, name)) - set(getattr(before, name))
                    if before.body(fact.body) is not None
                }
                - set(closing_bodies(change))
            )
        ),
        reshaped=tuple(bodies[key] for key in sorted(touched - set(closing_bodies(change)))),
    )


def _was_open(geography: Geography, key: BodyKey) -> bool:
    known = geography.body(key)
    return known is not None and known.opened is not None


def _touched(before: Geography, after: Geography) -> set[BodyKey]:
    """The bodies that gain or lose area and existed before."""
    found = {
        getattr(fact, name)
        for table, name in (
            ("part_boards", "board"),
            ("part_councils", "council"),
            ("members", "authority"),
        )
        for fact in set(getattr(after, table)) ^ set(getattr(before, table))
    }
    return {key for key in found if before.body(key) is not None}


def _ids(pair: PairKey, bodies: Mapping[BodyKey, Body]) -> tuple[UUID, UUID]:
    authority, board = pair
    return bodies[authority].pk, bodies[board].pk


def _pair_endings(
    before: Mapping[tuple[UUID, UUID], Pair],
    after: Mapping[tuple[UUID, UUID], Pair],
    endings: Iterable[Ending],
    went: Mapping[tuple[UUID, UUID], Sequence[tuple[UUID, UUID]]],
) -> tuple[PairEnding, ...]:
    """The pairs that are no more, and those that their people went to.

    Where no people were known the day before, those of the bodies that take over.
    """
    heirs = {
        ending.body.pk: [
            heir.successor.pk for heir in sorted(ending.heirs, key=lambda one: -one.share)
        ]
        for ending in endings
    }
    found = []
    for (authority, board), pair in sorted(before.items()):
        if (authority, board) in after:
            continue
        candidates = went.get((authority, board)) or [
            (one, other)
            for one in heirs.get(authority, [authority])
            for other in heirs.get(board, [board])
        ]
        found.append(
            PairEnding(
                pair=pair,
                successors=tuple(after[key] for key in candidates if key in after),
            )
        )
    return tuple(found)


def open_work_of(applied: Applied) -> dict[UUID, OpenWork]:
    """Return, for each ending body, the work that lasts longest."""
    bodies = [ending.body for ending in applied.endings]
    found: dict[UUID, OpenWork] = {}
    for effects in all_effects():
        for work in effects.open_work(bodies=bodies, on=applied.on):
            known = found.get(work.body_id)
            if known is None or known.until < work.until:
                found[work.body_id] = work
    return found


def _move_rights(
    reorganisation: Reorganisation,
    applied: Applied,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Give people exactly the roles that were decided; nobody else gains one."""
    work = open_work_of(applied)
    bodies = {(one.kind, one.slug): one for one in Body.objects.all()}
    moves = list(
        RightsMove.objects.filter(reorganisation=reorganisation, granted__isnull=True)
        .select_related("membership__body", "membership__user")
        .order_by("pk")
    )
    for move in moves:
        old = Membership.objects.select_for_update().get(pk=move.membership_id)
        if old.ended_at is not None:
            continue
        body = move.membership.body
        unfinished = work.get(body.pk)
        # A change may be applied late, when the time for the work is over.
        old.ended_at = max(unfinished.until, at) if unfinished else at
        old.save(update_fields=["ended_at"])
        audit.record(
            action="membership.ended",
            target=old,
            by=by,
            at=at,
            body=body,
            role=old.role,
            reorganisation=str(reorganisation.pk),
            lasts_until=old.ended_at.isoformat(),
        )
        if not move.successor_slug:
            continue
        successor = bodies[body.kind, move.successor_slug]
        new, made = Membership.objects.get_or_create(
            user=move.membership.user,
            body=successor,
            role=old.role,
            ended_at=None,
            defaults={"started_at": at},
        )
        move.granted = new
        RightsMove.objects.filter(pk=move.pk).update(granted=new)
        if made:
            audit.record(
                action="membership.granted",
                target=new,
                by=by,
                at=at,
                body=successor,
                role=new.role,
                reorganisation=str(reorganisation.pk),
            )
    ended = {ending.body.pk for ending in applied.endings}
    touched = {move.membership.body_id for move in moves} | {
        bodies[move.membership.body.kind, move.successor_slug].pk
        for move in moves
        if move.successor_slug
    }
    # A body that goes on may have lost whoever signed, or was joined by editors alone.
    for body in sorted(bodies.values(), key=lambda one: (one.kind, one.slug)):
        if body.pk in touched - ended:
            tell_if_none_can_sign(body=body, step=reorganisation.pk, at=at)
