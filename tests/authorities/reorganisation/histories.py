"""Small Englands that nobody thought of, and changes of them on later and later days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from hypothesis import strategies as st

from authorities.reorganisation.change import apply_change
from authorities.reorganisation.facts import (
    AUTHORITY,
    BOARD,
    CLUSTER,
    COUNCIL,
    NHS_REGION,
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
)
from authorities.reorganisation.guards import problems
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
    SplitTarget,
    Transfer,
)
from authorities.span import Span

START = date(2022, 7, 1)
PLAN_KNOWN = date(2026, 6, 1)
FIRST_CHANGE = date(2027, 4, 1)
REGION = BodyKey(NHS_REGION, "north")
_SINCE = Span(START, None)
_PLANNED = Span(PLAN_KNOWN, None)
_TIERS = ("foundation", "mayoral", "established_mayoral")
_SHARES = st.sampled_from([1.0, 1.0, 0.5, 1 / 3, 0.001, 0.999])


@dataclass(frozen=True)
class Step:
    """A valid change, and the geography without and with it."""

    before: Geography = field(repr=False)
    change: Change
    after: Geography = field(repr=False)


@st.composite
def englands(draw: st.DrawFn) -> Geography:
    """Some boards, councils and authorities, the last of them planned, with a cluster."""
    boards = [BodyKey(BOARD, f"board-{n}") for n in range(draw(st.integers(3, 4)))]
    councils = [BodyKey(COUNCIL, f"council-{n}") for n in range(draw(st.integers(2, 4)))]
    authorities = [BodyKey(AUTHORITY, f"authority-{n}") for n in range(draw(st.integers(2, 3)))]
    planned = authorities[-1]
    cluster = BodyKey(CLUSTER, "cluster")
    parts, part_councils, part_boards, members = [], [], [], []
    for number, council in enumerate(councils):
        for piece in range(draw(st.integers(1, 2))):
            key = f"E{number:08d}:{piece + 1}"
            people = draw(st.integers(0, 3) | st.integers(0, 10**6))
            parts.append(PartFact(key, people, draw(st.integers(1, 50))))
            part_councils.append(PartCouncilFact(key, council, _SINCE))
            part_boards.append(PartBoardFact(key, draw(st.sampled_from(boards)), _SINCE))
        authority = draw(st.sampled_from([None, *authorities]))
        seat = draw(st.sampled_from([None, *authorities]))
        for body, role in ((authority, "constituent"), (seat, "non_constituent")):
            if body and (role == "constituent" or body != authority):
                span = _PLANNED if body == planned else _SINCE
                members.append(MemberFact(council, body, role, body == planned, span))
    clustered = [] if draw(st.booleans()) else boards[:2]
    begun = [*boards, *councils, *authorities[:-1], REGION, *([cluster] if clustered else [])]
    return Geography(
        bodies=(*(BodyFact(key, START) for key in begun), BodyFact(planned, None, planned=True)),
        names=(
            *(NameFact(key, f"The {key.slug}", key.slug, _SINCE) for key in begun),
            NameFact(planned, f"The {planned.slug}", planned.slug, _PLANNED),
        ),
        codes=tuple(
            CodeFact(key, "ons", f"E{place:03d}", _SINCE)
            for place, key in enumerate((*boards, *councils))
        ),
        designations=tuple(
            DesignationFact(
                key, "combined_authority", "foundation", _PLANNED if key == planned else _SINCE
            )
            for key in authorities
        ),
        members=tuple(members),
        part_councils=tuple(part_councils),
        part_boards=tuple(part_boards),
        groups=(
            *(GroupFact(board, REGION, _SINCE) for board in boards),
            *(GroupFact(board, cluster, _SINCE) for board in clustered),
        ),
        parts=tuple(parts),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Step, ...]:
    """Up to five valid changes on increasing days; what a guard refuses is left out."""
    geography = draw(englands())
    day, fresh, steps = FIRST_CHANGE, count(1), []
    for _ in range(draw(st.integers(1, 5))):
        proposer = _Proposer(draw, geography, day, fresh)
        change = Change(
            on=day,
            operations=tuple(
                operation
                for _ in range(draw(st.sampled_from([1, 1, 2])))
                for operation in proposer.some()
            ),
        )
        if not problems(change=change, geography=geography, today=day, busy={}):
            after = apply_change(geography=geography, change=change)
            steps.append(Step(before=geography, change=change, after=after))
            geography = after
        day += timedelta(days=draw(st.sampled_from([1, 30, 365])))
    return tuple(steps)


class _Proposer:
    """Proposes changes that might well be valid, of each of the ten kinds."""

    def __init__(
        self, draw: st.DrawFn, geography: Geography, day: date, fresh: "count[int]"
    ) -> None:
        self.draw, self.geography, self.day, self.fresh = draw, geography, day, fresh

    def some(self) -> tuple[Operation, ...]:
        propose = self.draw(
            st.sampled_from(
                # The first are drawn more often, and the last are valid more often.
                [
                    *(self.split, self.end, self.start, self.merge, self.recode),
                    *(self.retype, self.transfer, self.close, self.rename, self.open),
                ]
            )
        )
        return propose()

    def open(self) -> tuple[Operation, ...]:
        planned = [body.key for body in self.geography.bodies if body.opened is None]
        if planned and self.draw(st.booleans()):
            more = self.draw(st.sampled_from([{}, {"name": "Begun", "short_name": "Begun"}]))
            return (Open(body=planned[0], **more),)
        source = self.body(BOARD, COUNCIL)
        new = self.new(source.kind)
        return (new, self.move(source, new.body))

    def close(self) -> tuple[Operation, ...]:
        body = self.body(AUTHORITY, BOARD)
        own = self.areas(body)
        if body.kind == BOARD and own:
            target = self.body(BOARD, but=body)
            return (Close(body), Transfer(tuple(map(AreaShare, own)), body, target))
        return (Close(body),)

    def rename(self) -> tuple[Operation, ...]:
        name = f"Name {next(self.fresh)}"
        return (Rename(self.body(AUTHORITY, BOARD, COUNCIL, CLUSTER), name, name),)

    def recode(self) -> tuple[Operation, ...]:
        # Codes that are or were in use are the interesting ones.
        used = [fact.value for fact in self.geography.codes]
        value = self.draw(st.just(f"N{next(self.fresh):03d}") | st.sampled_from(used))
        return (Recode(self.body(BOARD, COUNCIL, AUTHORITY), "ons", value),)

    def retype(self) -> tuple[Operation, ...]:
        tier = self.draw(st.sampled_from(_TIERS))
        return (Retype(self.body(AUTHORITY), "combined_authority", tier),)

    def merge(self) -> tuple[Operation, ...]:
        source = self.body(self.kind())
        other = self.body(source.kind, but=source)
        if self.draw(st.booleans()):
            return (Merge((source,), other),)
        new = self.new(source.kind)
        return (new, Merge(tuple(dict.fromkeys((source, other))), new.body))

    def split(self) -> tuple[Operation, ...]:
        source = self.body(self.kind())
        new = self.new(source.kind)
        other = self.body(source.kind, but=source)
        going: dict[BodyKey, list[AreaShare]] = {new.body: [], other: []}
        areas = self.areas(source)
        takers = self.draw(st.permutations(list(going)))
        for place, area in enumerate(areas):
            # Both have to get something; councils cannot be divided between authorities.
            whole = source.kind == AUTHORITY or (len(areas) > 1 and self.draw(st.booleans()))
            share = 1.0 if whole else self.draw(st.sampled_from([0.5, 1 / 3, 0.001]))
            going[takers[place % 2]].append(AreaShare(area, share))
            if share < 1:
                going[takers[1 - place % 2]].append(AreaShare(area, 1 - share))
        targets = tuple(SplitTarget(body, tuple(areas)) for body, areas in going.items())
        return (new, Split(source, targets, primary=self.draw(st.sampled_from(list(going)))))

    def transfer(self) -> tuple[Operation, ...]:
        source = self.body(self.kind())
        if source.kind != AUTHORITY:
            return (self.move(source, self.body(source.kind, but=source)),)
        council = self.body(COUNCIL)
        held = [
            fact.authority
            for fact in self.geography.members
            if (fact.council, fact.role) == (council, "constituent")
            and fact.valid.holds_on(self.day)
        ]
        target = self.draw(st.sampled_from([source, None] if held else [source]))
        return (Transfer((AreaShare(council.slug),), held[0] if held else None, target),)

    def start(self) -> tuple[Operation, ...]:
        taken = {
            fact.member
            for fact in self.geography.groups
            if fact.group.kind == CLUSTER and fact.valid.holds_on(self.day)
        }
        free = [
            body.key
            for body in self.geography.bodies
            if body.key.kind == BOARD and body.exists_on(self.day) and body.key not in taken
        ]
        boards = tuple(free[:2]) if free else (self.body(BOARD),)
        if self.draw(st.booleans()):
            return (ClusterStart(self.body(CLUSTER), boards[:1]),)
        number = next(self.fresh)
        return (ClusterStart(BodyKey(CLUSTER, f"new-{number}"), boards, f"Cluster {number}"),)

    def end(self) -> tuple[Operation, ...]:
        cluster = self.body(CLUSTER)
        held = [
            fact.member
            for fact in self.geography.groups
            if fact.group == cluster and fact.valid.holds_on(self.day)
        ]
        return (ClusterEnd(cluster, tuple(self.draw(st.sampled_from([[], held[:1]])))),)

    def new(self, kind: str) -> Open:
        number = next(self.fresh)
        more = {
            AUTHORITY: {"type": "combined_authority", "tier": "mayoral"},
            BOARD: {"group": REGION, "ons_code": f"N{number:03d}"},
        }
        return Open(
            body=BodyKey(kind, f"new-{number}"),
            name=f"New {number}",
            short_name=f"New {number}",
            **more.get(kind, {}),
        )

    def move(self, source: BodyKey, target: BodyKey) -> Transfer:
        areas = self.draw(
            st.lists(st.sampled_from(self.areas(source) or ["nowhere"]), min_size=1, unique=True)
        )
        return Transfer(
            tuple(AreaShare(area, self.draw(_SHARES)) for area in areas), source, target
        )

    def kind(self) -> str:
        return self.draw(st.sampled_from([AUTHORITY, COUNCIL, BOARD]))

    def body(self, *kinds: str, but: BodyKey | None = None) -> BodyKey:
        """A body of one of the kinds that exists or is planned, and not the other one."""
        known: Sequence[BodyKey] = [
            body.key
            for body in self.geography.bodies
            if body.key.kind in kinds
            and body.key != but
            and (body.exists_on(self.day) or body.opened is None)
        ]
        exist = [key for key in known if self.geography.body(key).opened]
        # What is only planned is worth a try, but rarely.
        likely = exist if exist and self.draw(st.integers(0, 9)) else known
        return self.draw(st.sampled_from(likely or [BodyKey(kinds[0], "nobody")]))

    def areas(self, body: BodyKey) -> list[str]:
        if body.kind == AUTHORITY:
            return sorted({f.council.slug for f in self.geography.members_of(body, self.day)})
        return list(self.geography.parts_of(body, self.day))
