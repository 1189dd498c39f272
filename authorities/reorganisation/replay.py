"""Whether a change that was applied once still fits a geography that was gathered anew."""

from authorities.reorganisation.facts import COUNCIL, BodyKey, Geography
from authorities.reorganisation.guards import problems
from authorities.reorganisation.operations import AreaShare, Change, Split, Transfer
from authorities.span import Span


def misfits(*, change: Change, geography: Geography) -> tuple[str, ...]:
    """Return why the change cannot be put on top of the geography, in words; usually nothing.

    Args:
        change: what was applied.
        geography: who exists and what belongs to whom, without the change, or with it already.

    Returns:
        What the guards say; besides, that a part is divided already, which no guard can know.
    """
    found = problems(change=change, geography=geography, today=change.on, busy={})
    return (
        *(problem.text for problem in found),
        *(
            f"A piece of {area.partition(':')[0]} has gone over already."
            for area, source, targets in _divisions(change)
            if _has_gone_over(area, source, targets, change, geography)
        ),
    )


def _divisions(change: Change) -> list[tuple[str, BodyKey, frozenset[BodyKey]]]:
    found = []
    for operation in change.operations:
        match operation:
            case Transfer(source=BodyKey() as source, target=BodyKey() as target, areas=areas):
                found += [(area, source, frozenset({target})) for area in _cut(areas)]
            case Split(source=source, targets=targets):
                takers = frozenset(target.body for target in targets)
                found += [
                    (area, source, takers) for target in targets for area in _cut(target.areas)
                ]
            case _:
                pass
    return found


def _cut(areas: tuple[AreaShare, ...]) -> list[str]:
    return [one.area for one in areas if one.share < 1]


def _has_gone_over(
    area: str, source: BodyKey, targets: frozenset[BodyKey], change: Change, geography: Geography
) -> bool:
    """Whether another piece of the same first council moved in the same way on the same day."""
    held: list[tuple[str, BodyKey, Span]] = (
        [(fact.part, fact.council, fact.valid) for fact in geography.part_councils]
        if source.kind == COUNCIL
        else [(fact.part, fact.board, fact.valid) for fact in geography.part_boards]
    )
    first_council = area.partition(":")[0]
    own = [one for one in held if one[0].partition(":")[0] == first_council]
    left = {part for part, body, valid in own if body == source and valid.end == change.on}
    return any(
        part in left and body in targets and valid.start == change.on for part, body, valid in own
    )
