"""What a change makes of a geography: nothing before its day is touched."""

from collections.abc import Sequence
from dataclasses import replace
from math import floor

from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CONSTITUENT,
    COUNCIL,
    REGION,
    BodyFact,
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GroupFact,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
    SuccessionFact,
)
from authorities.reorganisation.memberships import (
    councils_told,
    sources_of_councils,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Close,
    ClusterEnd,
    ClusterStart,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Retype,
    Split,
    Transfer,
    bodies_of,
)
from authorities.reorganisation.work import Lists, Work

# Leaders shared by fewer boards than this are no cluster.
SMALLEST_CLUSTER = 2


def apply_change(*, geography: Geography, change: Change) -> Geography:
    """Return the geography as it is with the change, on every day.

    Args:
        geography: all dated facts.
        change: operations that `guards.problems` lets through; others may give a geography that
            breaks the register's rules, or a KeyError.

    Returns:
        Facts before the day of the change are as they were, save that a part which the change
        divides is divided on all days, each piece with the people and the history that it had.

    Source: the client's table "On the effective date D".
    """
    work = Work(before=geography, on=change.on, now=Lists.of(geography))
    for operation in sorted(change.operations, key=_turn):
        _apply(work, operation)
    _inherit_memberships(work, change.operations)
    _inherit_regions(work, change.operations)
    _end_small_clusters(work)
    return work.now.geography()


def _turn(operation: Operation) -> int:
    """When an operation has its turn, whatever the order in which it was entered.

    Authorities come before councils, so that a new council finds the authority of the day; who
    ends gives its area away first; a cluster starts with whoever is left.
    """
    match operation:
        case Open():
            return 0
        case Close(body=body):
            return 2 if body.kind == AUTHORITY else 4
        case Merge() | Split() | Transfer():
            return 1 if AUTHORITY in {body.kind for body in bodies_of(operation)} else 3
        case ClusterStart():
            return 5
        case _:
            return 3


def divided(*, total: int, shares: Sequence[float]) -> tuple[int, ...]:
    """Return whole numbers in the given shares that add up to the total exactly.

    Args:
        total: people, 0 or more.
        shares: 0 to 1, adding up to 1.

    Returns:
        One number a share; what rounding leaves over goes to the largest remainders, the earlier
        first where they are equal.

    Source: the largest remainder method (Hamilton 1792).
    """
    # Typed shares may miss one by a little, and nobody may be lost by that.
    exact = [total * share / sum(shares) for share in shares]
    whole = [floor(value) for value in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: (whole[i] - exact[i], i))
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return tuple(whole)


def _apply(work: Work, operation: Operation) -> None:
    match operation:
        case Open():
            _open(work, operation)
        case Close(body=body):
            _close(work, body)
        case Rename(body=body, name=name, short_name=short_name):
            _rename(work, body, name, short_name)
        case Recode(body=body, scheme=scheme, value=value):
            _recode(work, body, scheme, value)
        case Retype(body=body, type=type_, tier=tier):
            work.end(work.now.designations, lambda fact: fact.body == body)
            work.now.designations.append(DesignationFact(body, type_, tier, work.onwards))
        case Merge(sources=sources, target=target):
            for source in sources:
                whole = [AreaShare(area) for area in _areas_of(work, source)]
                _succeed(work, source, target, "merger", whole)
                _move(work, whole, source, target)
                _close(work, source)
        case Split():
            _split(work, operation)
        case Transfer():
            _transfer(work, operation)
        case ClusterStart(body=body, members=members, name=name):
            if body not in work.now.bodies:
                work.now.bodies[body] = BodyFact(body, opened=work.on)
                work.now.names.append(NameFact(body, name, name, work.onwards))
            work.now.groups += [GroupFact(member, body, work.onwards) for member in members]
        case ClusterEnd(body=body, members=members):
            work.end(
                work.now.groups,
                lambda fact: fact.group == body and (not members or fact.member in members),
            )


def _open(work: Work, operation: Open) -> None:
    body = operation.body
    planned = work.now.bodies.get(body)
    if planned is None:
        work.now.bodies[body] = BodyFact(body, opened=work.on)
    else:
        work.now.bodies[body] = replace(planned, opened=work.on, planned=True)
        for fact in work.end(work.now.members, lambda fact: fact.authority == body):
            work.now.members.append(replace(fact, planned=False, valid=work.onwards))
    if operation.name:
        _rename(work, body, operation.name, operation.short_name or operation.name)
    for scheme, value in (("ons", operation.ons_code), ("ods", operation.ods_code)):
        if value:
            _recode(work, body, scheme, value)
    if operation.type and operation.tier:
        work.end(work.now.designations, lambda fact: fact.body == body)
        work.now.designations.append(
            DesignationFact(body, operation.type, operation.tier, work.onwards)
        )
    if operation.group is not None:
        work.now.groups.append(GroupFact(body, operation.group, work.onwards))


def _close(work: Work, body: BodyKey) -> None:
    known = work.now.bodies[body]
    if known.is_plan_on(work.on):
        # Its first day never comes, nor does what was to begin with it.
        work.now.bodies[body] = replace(known, opened=None, closed=work.on)
        work.drop_later(body)
    else:
        work.now.bodies[body] = replace(known, closed=work.on)
    work.end(work.now.names, lambda fact: fact.body == body)
    work.end(work.now.codes, lambda fact: fact.body == body)
    work.end(work.now.designations, lambda fact: fact.body == body)
    work.end(work.now.groups, lambda fact: body in (fact.member, fact.group))
    left = work.end(work.now.members, lambda fact: body in (fact.council, fact.authority))
    if body.kind == COUNCIL:
        work.left_by[body] = left


def _rename(work: Work, body: BodyKey, name: str, short_name: str) -> None:
    held = [f for f in work.now.names if f.body == body and f.valid.holds_on(work.on)]
    if any((fact.name, fact.short_name) == (name, short_name) for fact in held):
        return
    work.end(work.now.names, lambda fact: fact.body == body)
    work.now.names.append(NameFact(body, name, short_name, work.onwards))


def _recode(work: Work, body: BodyKey, scheme: str, value: str) -> None:
    work.end(work.now.codes, lambda fact: (fact.body, fact.scheme) == (body, scheme))
    work.now.codes.append(CodeFact(body, scheme, value, work.onwards))


def _areas_of(work: Work, body: BodyKey) -> tuple[str, ...]:
    """The parts of a board or a council; the councils, by slug, of an authority."""
    if body.kind == AUTHORITY:
        return tuple(sorted(f.council.slug for f in work.before.members_of(body, work.on)))
    return work.before.parts_of(body, work.on)


def _people(work: Work, body: BodyKey, areas: Sequence[AreaShare]) -> int:
    if body.kind == AUTHORITY:
        constituents = {
            f.council.slug for f in work.before.members_of(body, work.on) if f.role == CONSTITUENT
        }
        return sum(
            work.before.population(
                work.before.parts_of_council(BodyKey(COUNCIL, one.area), work.on)
            )
            for one in areas
            if one.area in constituents
        )
    return sum(work.now.parts[one.area].population for one in areas)


def _succeed(
    work: Work, source: BodyKey, target: BodyKey, kind: str, areas: Sequence[AreaShare]
) -> None:
    """Record the people who went over; nothing where no people went.

    Who takes over twice on one day is recorded once, with the people of both times.
    """
    moved = _people(work, source, areas)
    if not moved:
        return
    whole: float = work.before.population(work.before.parts_of(source, work.on))
    for fact in work.now.successions:
        if (fact.predecessor, fact.successor, fact.on_date) == (source, target, work.on):
            work.now.successions.remove(fact)
            whole = max(whole, fact.population / fact.share)
            moved += fact.population
            break
    work.now.successions.append(
        SuccessionFact(source, target, work.on, kind, moved, min(1.0, moved / whole))
    )


def _split(work: Work, split: Split) -> None:
    pieces = _pieces(work, [(target.body, one) for target in split.targets for one in target.areas])
    for target in split.targets:
        own = [AreaShare(area) for body, area in pieces if body == target.body]
        opened = work.now.bodies[target.body].opened == work.on
        _succeed(work, split.source, target.body, "split" if opened else "acquisition", own)
        _move(work, own, split.source, target.body)
    _close(work, split.source)


def _transfer(work: Work, transfer: Transfer) -> None:
    kind = (transfer.target or transfer.source or BodyKey(BOARD, "")).kind
    if kind == AUTHORITY:
        moved = [AreaShare(one.area) for one in transfer.areas]
    else:
        rest = [
            (transfer.source, AreaShare(one.area, 1 - one.share))
            for one in transfer.areas
            if one.share < 1
        ]
        going = [(transfer.target, one) for one in transfer.areas]
        # What stays comes first, so that it keeps the part's key.
        pieces = _pieces(work, [*rest, *going])
        moved = [AreaShare(area) for body, area in pieces if body == transfer.target]
    if transfer.source is not None and transfer.target is not None:
        _succeed(work, transfer.source, transfer.target, "transfer", moved)
    _move(work, moved, transfer.source, transfer.target)


def _pieces(
    work: Work, wanted: Sequence[tuple[BodyKey | None, AreaShare]]
) -> list[tuple[BodyKey | None, str]]:
    """Divide the parts that go to several, and return whose each piece is."""
    by_area: dict[str, list[tuple[BodyKey | None, float]]] = {}
    for body, one in wanted:
        by_area.setdefault(one.area, []).append((body, one.share))
    found = []
    for area, shares in by_area.items():
        keys = [area] if len(shares) == 1 else _divide(work, area, [s for _, s in shares])
        found += [(body, key) for (body, _), key in zip(shares, keys, strict=True)]
    return found


def _divide(work: Work, area: str, shares: Sequence[float]) -> list[str]:
    """Divide a part on all days: each piece has the history of the whole."""
    whole = work.now.parts[area]
    prefix, _, _ = area.partition(":")
    numbers = [
        int(key.partition(":")[2]) for key in work.now.parts if key.partition(":")[0] == prefix
    ]
    keys = [area, *(f"{prefix}:{max(numbers) + n}" for n in range(1, len(shares)))]
    people = divided(total=whole.population, shares=shares)
    small_areas = divided(total=whole.small_areas, shares=shares)
    for key, population, count in zip(keys, people, small_areas, strict=True):
        work.now.parts[key] = PartFact(key, population, count)
        if key != area:
            work.now.part_councils += [
                replace(f, part=key) for f in work.now.part_councils if f.part == area
            ]
            work.now.part_boards += [
                replace(f, part=key) for f in work.now.part_boards if f.part == area
            ]
    return keys


def _move(
    work: Work, areas: Sequence[AreaShare], source: BodyKey | None, target: BodyKey | None
) -> None:
    """Give the areas to the target from the day on."""
    names = {one.area for one in areas}
    if target is None or target.kind == AUTHORITY:
        _move_councils(work, names, source, target)
    elif target.kind == BOARD:
        work.end(work.now.part_boards, lambda fact: fact.part in names)
        work.now.part_boards += [PartBoardFact(n, target, work.onwards) for n in sorted(names)]
    else:
        work.end(work.now.part_councils, lambda fact: fact.part in names)
        work.now.part_councils += [PartCouncilFact(n, target, work.onwards) for n in sorted(names)]


def _move_councils(
    work: Work, names: set[str], source: BodyKey | None, target: BodyKey | None
) -> None:
    """Take councils out of one authority and into another; what else they are in stays."""
    roles = {} if source else dict.fromkeys(names, CONSTITUENT)
    for fact in (*_left(work, names, source), *_left(work, names, target)):
        # A council that was in both has one place in the target: the fuller one.
        if roles.get(fact.council.slug) != CONSTITUENT:
            roles[fact.council.slug] = fact.role
    if target is None:
        return
    planned = work.now.bodies[target].opened is None
    work.now.members += [
        MemberFact(BodyKey(COUNCIL, name), target, role, planned, work.onwards)
        for name, role in sorted(roles.items())
    ]


def _left(work: Work, names: set[str], authority: BodyKey | None) -> list[MemberFact]:
    return work.end(
        work.now.members,
        lambda fact: fact.authority == authority and fact.council.slug in names,
    )


def _inherit_memberships(work: Work, operations: Sequence[Operation]) -> None:
    """A new council belongs to the authorities of those that it takes over from."""
    told = councils_told(operations)
    for council, sources in sources_of_councils(operations).items():
        if work.before.body(council) is not None or council.slug in told:
            continue
        inherited = {
            (fact.authority, fact.role, fact.planned)
            for source in sources
            for fact in work.left_by.get(source, [])
        }
        work.now.members += [
            MemberFact(council, authority, role, planned, work.onwards)
            for authority, role, planned in sorted(inherited)
        ]


def _inherit_regions(work: Work, operations: Sequence[Operation]) -> None:
    """A new council lies in the region of those that it takes over from, if that is one."""
    for council, sources in sources_of_councils(operations).items():
        if work.before.body(council) is not None:
            continue
        regions = {
            fact.group
            for fact in work.before.groups
            if fact.member in sources and fact.group.kind == REGION and fact.valid.holds_on(work.on)
        }
        if len(regions) == 1:
            work.now.groups.append(GroupFact(council, regions.pop(), work.onwards))


def _end_small_clusters(work: Work) -> None:
    """End the clusters that lost boards by this change and have too few left."""
    lost = {
        fact.group
        for fact in work.now.groups
        if fact.valid.end == work.on and fact.group.kind == "cluster"
    }
    for cluster in sorted(lost):
        left = [f for f in work.now.groups if f.group == cluster and f.valid.holds_on(work.on)]
        if len(left) < SMALLEST_CLUSTER and work.now.bodies[cluster].closed is None:
            _close(work, cluster)
