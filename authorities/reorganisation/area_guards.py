"""What stands in the way of operations on areas: whose they are, and that nobody is lost."""

from collections import Counter, defaultdict

from authorities.reorganisation.body_guards import (
    OPENABLE,
    is_open,
    may_end,
    no_later_fact,
    takes_over,
)
from authorities.reorganisation.cases import (
    About,
    Case,
    Field,
    Found,
    Guard,
    Problem,
    in_words,
    with_article,
)
from authorities.reorganisation.facts import AUTHORITY, BOARD, CONSTITUENT, COUNCIL, BodyKey
from authorities.reorganisation.memberships import (
    councils_told,
    inherited_memberships,
    sources_of_councils,
)
from authorities.reorganisation.operations import (
    AreaShare,
    Merge,
    Operation,
    Split,
    Transfer,
)

# Shares are typed as percentages, so their sum may miss one by a little.
_SHARE_SLACK = 1e-6
_WHO_HAS_AREA = "Area goes between two ICBs, two councils or two strategic authorities."


def area_problems(*, operation: Operation, case: Case) -> Found:
    """Yield what stands in the way of an operation on areas."""
    match operation:
        case Merge():
            yield from _of_merge(operation, case)
        case Split():
            yield from _of_split(operation, case)
        case Transfer():
            yield from _of_transfer(operation, case)


def _of_merge(operation: Merge, case: Case) -> Found:
    sources, target = About(Field.SOURCES), About(Field.TARGET, body=operation.target)
    if operation.target.kind not in OPENABLE:
        yield Problem(Guard.WRONG_KIND, _WHO_HAS_AREA, target)
        return
    if not operation.sources:
        yield Problem(Guard.NO_SOURCE, "Choose at least one body that ends.", sources)
    if len(set(operation.sources)) < len(operation.sources):
        yield Problem(Guard.SOURCE_TWICE, "A body that ends is named twice. Remove one.", sources)
    if operation.target in operation.sources:
        yield Problem(
            Guard.TARGET_IS_SOURCE,
            f"{case.name(operation.target)} cannot end and take over. Choose "
            "another body to take over.",
            target,
        )
    for source in operation.sources:
        yield from may_end(
            body=source, case=case, field=Field.SOURCES, kinds={operation.target.kind}
        )
        yield from _no_later_area(source, case, Field.SOURCES)
    yield from takes_over(body=operation.target, case=case, field=Field.TARGET)


def _of_split(operation: Split, case: Case) -> Found:
    targets = [target.body for target in operation.targets]
    source = About(Field.SOURCE, body=operation.source)
    if operation.source.kind not in OPENABLE:
        yield Problem(Guard.WRONG_KIND, _WHO_HAS_AREA, source)
        return
    if len(targets) < 2:
        yield Problem(
            Guard.TOO_FEW_TARGETS,
            "Choose at least two bodies that take over.",
            About(Field.TARGETS),
        )
    for body, times in Counter(targets).items():
        if times > 1:
            yield Problem(
                Guard.TARGET_TWICE,
                "A body that takes over is named twice. Remove one.",
                About(Field.TARGETS, body=body),
            )
    if operation.source in targets:
        yield Problem(
            Guard.TARGET_IS_SOURCE,
            f"{case.name(operation.source)} cannot end and take over. Use a "
            "transfer of area if it goes on.",
            source,
        )
    if operation.primary not in targets:
        yield Problem(
            Guard.NO_PRIMARY,
            "Choose which of the bodies that take over its people follow by default.",
            About(Field.PRIMARY),
        )
    yield from may_end(body=operation.source, case=case, field=Field.SOURCE)
    yield from _no_later_area(operation.source, case, Field.SOURCE)
    for target in targets:
        if target.kind != operation.source.kind:
            yield Problem(
                Guard.WRONG_KIND,
                f"Only {with_article(operation.source.kind)} can take over.",
                About(Field.TARGETS, body=target),
            )
        yield from takes_over(body=target, case=case, field=Field.TARGETS)
    yield from _shares_of_split(operation, case)


def _shares_of_split(operation: Split, case: Case) -> Found:
    source = operation.source
    own = case.areas(source)
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for target in operation.targets:
        if not target.areas:
            yield Problem(
                Guard.NO_AREA,
                f"Choose the areas that go to {case.name(target.body)}.",
                About(Field.AREAS, body=target.body),
            )
        for one in target.areas:
            shares[one.area].append(one.share)
            yield from _share_is_good(one, source, target.body)
    for area, parts in shares.items():
        if area not in own:
            yield Problem(
                Guard.NOT_OF_SOURCE,
                f"{area} does not belong to {case.name(source)} on "
                f"{in_words(case.on)}. Choose areas that do.",
                About(Field.AREAS, area=area),
            )
        elif abs(sum(parts) - 1) > _SHARE_SLACK:
            yield Problem(
                Guard.SHARES_SUM,
                f"The shares of {area} add up to {sum(parts):.4g}, not to 1. Correct them so that "
                "every share of its people goes to somebody, once.",
                About(Field.SHARE, area=area),
            )
    left = sorted(own - shares.keys())
    if left:
        yield Problem(
            Guard.AREA_LEFT,
            f"Nobody takes over {', '.join(left)}. Choose a body for each of them.",
            About(Field.AREAS, area=left[0]),
        )


def _of_transfer(operation: Transfer, case: Case) -> Found:
    ends = [body for body in (operation.source, operation.target) if body is not None]
    kinds = {body.kind for body in ends}
    if not ends:
        yield Problem(
            Guard.NO_SOURCE, "Choose the body that the area goes to.", About(Field.TARGET)
        )
        return
    if len(kinds) > 1 or not kinds <= OPENABLE:
        yield Problem(Guard.WRONG_KIND, _WHO_HAS_AREA, About(Field.TARGET))
        return
    if kinds != {AUTHORITY} and len(ends) < 2:
        yield Problem(
            Guard.NO_SOURCE,
            "Choose both the body that the area leaves and the one it goes to.",
            About(Field.SOURCE if operation.source is None else Field.TARGET),
        )
        return
    if operation.source == operation.target:
        yield Problem(
            Guard.TARGET_IS_SOURCE,
            "The area goes to where it is. Choose another body.",
            About(Field.TARGET),
        )
    if not operation.areas:
        yield Problem(Guard.NO_AREA, "Choose at least one area.", About(Field.AREAS))
    if operation.source is not None:
        yield from is_open(body=operation.source, case=case, field=Field.SOURCE, or_planned=True)
    if operation.target is not None:
        yield from takes_over(
            body=operation.target,
            case=case,
            field=Field.TARGET,
            or_planned=operation.target.kind == AUTHORITY,
        )
    for one in operation.areas:
        yield from _share_is_good(one, ends[0], operation.target)
        yield from _belongs(one.area, operation, case)


def _belongs(area: str, operation: Transfer, case: Case) -> Found:
    ends = [body for body in (operation.source, operation.target) if body is not None]
    about = About(Field.AREAS, area=area)
    if ends[0].kind == AUTHORITY:
        council = BodyKey(COUNCIL, area)
        if case.geography.body(council) is None and not case.opens(council):
            yield Problem(
                Guard.UNKNOWN_AREA,
                f"{area} is no council of the register. Choose another.",
                about,
            )
            return
        own = [f for f in case.geography.members if f.council == council and f.role == CONSTITUENT]
        held = [f.authority for f in own if f.valid.holds_on(case.on)]
        if (operation.source is None and held) or (
            operation.source is not None and operation.source not in held
        ):
            where = case.name(held[0]) if held else "no authority"
            yield Problem(
                Guard.NOT_OF_SOURCE,
                f"{case.name(council)} is in {where} on {in_words(case.on)}. Choose "
                "that as the body that it leaves.",
                about,
            )
        yield from no_later_fact(spans=[f.valid for f in own], case=case, about=about)
        return
    if area not in {part.key for part in case.geography.parts}:
        yield Problem(
            Guard.UNKNOWN_AREA, f"{area} is no part of the register. Choose another.", about
        )
    elif operation.source is not None and area not in case.areas(operation.source):
        yield Problem(
            Guard.NOT_OF_SOURCE,
            f"{area} does not belong to {case.name(operation.source)} on "
            f"{in_words(case.on)}. Choose areas that do.",
            about,
        )
    facts = (
        [f.valid for f in case.geography.part_boards if f.part == area]
        if ends[0].kind == BOARD
        else [f.valid for f in case.geography.part_councils if f.part == area]
    )
    yield from no_later_fact(spans=facts, case=case, about=about)


def _share_is_good(one: AreaShare, body: BodyKey, target: BodyKey | None) -> Found:
    about = About(Field.SHARE, body=target, area=one.area)
    if not 0 < one.share <= 1:
        yield Problem(
            Guard.SHARE_RANGE,
            f"The share of {one.area} is {one.share:.4g}. Enter more than 0 and at most 1.",
            about,
        )
    elif one.share < 1 and body.kind == AUTHORITY:
        yield Problem(
            Guard.NOT_DIVISIBLE,
            f"{one.area} cannot belong to two authorities. Give all of it to one, or split the "
            "council first.",
            about,
        )


def _no_later_area(body: BodyKey, case: Case, field: Field) -> Found:
    """Nothing is on record of the body's area after the day of the change."""
    own = case.areas(body)
    if body.kind == AUTHORITY:
        spans = [f.valid for f in case.geography.members if f.authority == body]
    elif body.kind == BOARD:
        spans = [f.valid for f in case.geography.part_boards if f.part in own]
    else:
        spans = [f.valid for f in case.geography.part_councils if f.part in own]
    yield from no_later_fact(spans=spans, case=case, about=About(field, body=body))


def areas_moved_twice(*, case: Case) -> Found:
    """Yield the areas that several operations move, or that one divides and another moves."""
    moves: Counter[tuple[str, str]] = Counter()
    cut = set()
    for operation in case.change.operations:
        match operation:
            case Merge(sources=sources, target=target):
                for source in set(sources):
                    moves.update((target.kind, one) for one in _land(source, case))
            case Split(source=source, targets=targets):
                shares = [one for target in targets for one in target.areas]
                moves.update(
                    (source.kind, one) for one in {one.area for one in shares} & _land(source, case)
                )
                cut |= {one.area for one in shares if one.share < 1}
            case Transfer(areas=areas):
                cut |= {one.area for one in areas if one.share < 1}
                ends = [body for body in (operation.source, operation.target) if body]
                moves.update((ends[0].kind, one.area) for one in areas if ends)
            case _:
                pass
    for (_, area), times in sorted(moves.items()):
        if times > 1:
            yield Problem(
                Guard.AREA_TWICE,
                f"{area} is moved {times} times by this change. Keep one of the moves.",
                About(Field.WHOLE, area=area),
            )
    times_at_all = Counter(area for _, area in moves)
    for area in sorted(cut):
        if times_at_all[area] > 1:
            yield Problem(
                Guard.AREA_TWICE,
                f"{area} is divided by one operation of this change and moved by another. Make a "
                "change of its own of one of them.",
                About(Field.WHOLE, area=area),
            )


def _land(body: BodyKey, case: Case) -> set[str]:
    """The areas that bring people: councils without a vote may be in several authorities."""
    if body.kind == AUTHORITY:
        members = case.geography.members_of(body, case.on)
        return {fact.council.slug for fact in members if fact.role == CONSTITUENT}
    return case.areas(body)


def unclear_memberships(*, case: Case) -> Found:
    """Yield the new councils that could belong to several authorities."""
    told = councils_told(case.change.operations)
    for council, sources in sources_of_councils(case.change.operations).items():
        if case.geography.body(council) is not None or council.slug in told:
            continue
        each = {
            inherited_memberships(geography=case.geography, on=case.on, sources=[source])
            for source in sources
        }
        if len(each) > 1:
            yield Problem(
                Guard.WHICH_AUTHORITY,
                f"{case.name(council)} takes over from councils of different "
                "strategic authorities. Add a transfer that says which authority it joins.",
                About(Field.WHOLE, body=council),
            )
