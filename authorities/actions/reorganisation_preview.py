"""Builds the preview of a change from its rehearsal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from authorities.actions.reorganisation_application import Outcome, open_work_of, rehearse
from authorities.drawings import NationalDrawing, NoBoundariesError, national_drawing
from authorities.effects import Affected, Applied, all_effects
from authorities.models import Body, Reorganisation, RightsMove, User
from authorities.queries import PairFacts
from authorities.queries.dated import names_on
from authorities.queries.fits import FitsOfDay, fits_of_day
from authorities.reorganisation.differences import body_texts
from authorities.reorganisation.preview import (
    BodyLine,
    ClassCount,
    GovernanceLine,
    PairLine,
    PairOnDay,
    PairWarning,
    PersonLine,
    Preview,
    ThingLine,
)

# A page shows the first of them; the count says how many there are.
_MOST_LINKS = 20
# Governance in the order of the pages of bodies.
_KINDS = ("function", "seat", "agreement")


@dataclass(frozen=True)
class Previewed:
    """The preview, and the maps with the change where boundaries are stored."""

    preview: Preview
    drawing: NationalDrawing | None


def make_preview(
    *, reorganisation: Reorganisation, today: date, by: User | None, at: datetime
) -> Previewed:
    """Return what the change would do, with the maps as they would be.

    Raises:
        ReorganisationProblemsError: guards stand in the way.
    """
    day = reorganisation.effective_date
    before = fits_of_day(as_at=day)

    def look(outcome: Outcome) -> Previewed:
        return Previewed(
            preview=_preview(reorganisation, outcome, before, fits_of_day(as_at=day)),
            drawing=_drawing(day, at),
        )

    return rehearse(reorganisation=reorganisation, look=look, today=today, by=by, at=at)


def _drawing(day: date, at: datetime) -> NationalDrawing | None:
    try:
        return national_drawing(as_at=day, at=at)
    except NoBoundariesError:
        return None


def _preview(
    reorganisation: Reorganisation, outcome: Outcome, before: FitsOfDay, after: FitsOfDay
) -> Preview:
    lines = [
        _pair_line(before.pairs.get(key), after.pairs.get(key))
        for key in sorted(before.pairs.keys() | after.pairs.keys())
    ]
    changed = tuple(line for line in lines if line.before != line.after)
    bodies = [ending.body for ending in outcome.applied.endings]
    return Preview(
        on=reorganisation.effective_date.isoformat(),
        bodies=_bodies(outcome, reorganisation.effective_date),
        pairs=changed,
        unchanged_pairs=len(lines) - len(changed),
        things=_things(outcome.affected),
        governance=_governance(outcome, reorganisation.effective_date),
        people=_people(reorganisation, outcome.applied),
        classes=tuple(
            ClassCount(
                kind=kind,
                coterminosity=name,
                before=before.classes.get((kind, name), 0),
                after=after.classes.get((kind, name), 0),
            )
            for kind, name in sorted(before.classes.keys() | after.classes.keys())
        ),
        blockers=tuple(
            text for effects in all_effects() for text in effects.blockers(bodies=bodies)
        ),
        print=outcome.print,
    )


def _bodies(outcome: Outcome, day: date) -> tuple[BodyLine, ...]:
    return tuple(
        BodyLine(
            kind=key.kind,
            slug=key.slug,
            name=outcome.after.name_on(key, day),
            text=text,
        )
        for key, text in body_texts(before=outcome.before, after=outcome.after, on=day)
    )


def _pair_line(before: PairFacts | None, after: PairFacts | None) -> PairLine:
    known = after or before
    if known is None:
        raise ValueError("A pair stands on neither side.")
    return PairLine(
        authority_slug=known.authority_slug,
        authority_name=known.authority_short_name,
        board_slug=known.board_slug,
        board_name=known.board_short_name,
        before=_on_day(before),
        after=_on_day(after),
    )


def _on_day(pair: PairFacts | None) -> PairOnDay | None:
    if pair is None:
        return None
    return PairOnDay(
        population=pair.population,
        share_of_authority=pair.share_of_authority,
        share_of_board=pair.share_of_board,
        sliver=pair.sliver,
        planned=pair.planned,
        coterminosity=pair.coterminosity_name,
        warnings=tuple(
            PairWarning(
                kind=warning.kind.value,
                on=warning.on.isoformat() if warning.on else None,
                cluster=warning.cluster,
            )
            for warning in pair.warnings
        ),
    )


def _things(affected: Sequence[Affected]) -> tuple[ThingLine, ...]:
    return tuple(
        ThingLine(
            what=one.what,
            count=one.count,
            becomes=one.becomes,
            links=tuple(sorted((link.text, link.url) for link in one.links)[:_MOST_LINKS]),
        )
        for one in affected
    )


def _governance(outcome: Outcome, day: date) -> tuple[GovernanceLine, ...]:
    return tuple(
        GovernanceLine(
            kind=fact.kind,
            what=fact.what,
            holder=fact.holder,
            authority_slug=fact.authority.slug,
            authority_name=outcome.after.name_on(fact.authority, day),
            board_slug=fact.board.slug if fact.board else "",
            board_name=outcome.after.name_on(fact.board, day) if fact.board else "",
            start=fact.valid.start.isoformat() if fact.valid.start else None,
            end=fact.valid.end.isoformat() if fact.valid.end else None,
        )
        for fact in sorted(
            outcome.governance,
            key=lambda one: (_KINDS.index(one.kind), one.authority, one.what, one.holder),
        )
    )


def _people(reorganisation: Reorganisation, applied: Applied) -> tuple[PersonLine, ...]:
    """Everybody whose rights the change touches, with what they gain and lose."""
    moves = list(
        RightsMove.objects.filter(reorganisation=reorganisation)
        .select_related("membership__user", "membership__body")
        .order_by("membership__body__slug", "membership__user__full_name", "membership__role", "pk")
    )
    work = open_work_of(applied)
    slugs: Mapping[tuple[str, str], Body] = {
        (body.kind, body.slug): body
        for body in Body.objects.filter(
            slug__in=[move.successor_slug for move in moves if move.successor_slug]
        )
    }
    names = names_on(
        day=applied.on,
        bodies=[
            *(move.membership.body_id for move in moves),
            *(body.pk for body in slugs.values()),
        ],
    )
    found = []
    for move in moves:
        body = move.membership.body
        successor = slugs.get((body.kind, move.successor_slug))
        unfinished = work.get(body.pk)
        found.append(
            PersonLine(
                membership=move.membership_id,
                person=move.membership.user.full_name,
                email=move.membership.user.email,
                role=move.membership.get_role_display(),
                body_kind=body.kind,
                body_slug=body.slug,
                body_name=names.short_name(body.pk),
                successor=move.successor_slug,
                successor_name=names.short_name(successor.pk) if successor else "",
                until=unfinished.until.isoformat() if unfinished else None,
                unfinished=unfinished.what if unfinished else "",
            )
        )
    return tuple(found)
