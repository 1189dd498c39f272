"""Which strategic authorities councils belong to that a change makes."""

from collections.abc import Sequence
from datetime import date

from authorities.reorganisation.facts import AUTHORITY, COUNCIL, BodyKey, Geography
from authorities.reorganisation.operations import Merge, Operation, Split, Transfer


def councils_told(operations: Sequence[Operation]) -> frozenset[str]:
    """Return the slugs of councils whose authority the change names itself."""
    return frozenset(
        one.area
        for operation in operations
        if isinstance(operation, Transfer)
        and AUTHORITY in {body.kind for body in (operation.source, operation.target) if body}
        for one in operation.areas
    )


def inherited_memberships(
    *, geography: Geography, on: date, sources: Sequence[BodyKey]
) -> frozenset[tuple[BodyKey, str, bool]]:
    """Return the authorities that councils belong to: authority, role and whether planned."""
    return frozenset(
        (fact.authority, fact.role, fact.planned)
        for fact in geography.members
        if fact.council in sources and fact.valid.holds_on(on)
    )


def sources_of_councils(operations: Sequence[Operation]) -> dict[BodyKey, list[BodyKey]]:
    """Return the councils that each council takes over whole or in part."""
    sources: dict[BodyKey, list[BodyKey]] = {}
    for operation in operations:
        match operation:
            case Merge(sources=own, target=target) if target.kind == COUNCIL:
                sources.setdefault(target, []).extend(own)
            case Split(source=source, targets=targets) if source.kind == COUNCIL:
                for one in targets:
                    sources.setdefault(one.body, []).append(source)
            case _:
                pass
    return sources
