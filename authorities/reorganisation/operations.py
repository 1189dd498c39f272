"""The operations that a reorganisation is made of. One change bundles those that share a day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from authorities.reorganisation.facts import BodyKey


@dataclass(frozen=True)
class AreaShare:
    """A part of England, or for a strategic authority a council, and how much of it moves.

    share: above 0 and at most 1, of the area's people. Below 1 the part is divided; a council
        of an authority is not divisible.
    """

    area: str
    share: float = 1.0


@dataclass(frozen=True)
class Open:
    """A body begins; one that was planned until then is established.

    Of a planned body only `body` is needed, and what differs from the plan.
    """

    kind: ClassVar[str] = "open"
    body: BodyKey
    name: str = ""
    short_name: str = ""
    ons_code: str = ""
    ods_code: str = ""
    # Of a board: its NHS region.
    group: BodyKey | None = None
    # Of a strategic authority.
    type: str = ""
    tier: str = ""


@dataclass(frozen=True)
class Close:
    """A body ends without a successor; one that is only planned is given up."""

    kind: ClassVar[str] = "close"
    body: BodyKey


@dataclass(frozen=True)
class Rename:
    """A body takes another name."""

    kind: ClassVar[str] = "rename"
    body: BodyKey
    name: str
    short_name: str


@dataclass(frozen=True)
class Recode:
    """A body takes another code of a scheme, ons or ods."""

    kind: ClassVar[str] = "recode"
    body: BodyKey
    scheme: str
    value: str


@dataclass(frozen=True)
class Retype:
    """A strategic authority takes another legal type or tier."""

    kind: ClassVar[str] = "retype"
    body: BodyKey
    type: str
    tier: str


@dataclass(frozen=True)
class Merge:
    """Bodies end and one takes over all of their area. The target is open, or opened beside it."""

    kind: ClassVar[str] = "merge"
    sources: tuple[BodyKey, ...]
    target: BodyKey


@dataclass(frozen=True)
class SplitTarget:
    """Who takes over which areas of a body that is split."""

    body: BodyKey
    areas: tuple[AreaShare, ...]


@dataclass(frozen=True)
class Split:
    """A body ends and several take over its area; people follow the primary one by default."""

    kind: ClassVar[str] = "split"
    source: BodyKey
    targets: tuple[SplitTarget, ...]
    primary: BodyKey


@dataclass(frozen=True)
class Transfer:
    """Areas go from one body to another, and both go on.

    source: None where a council joins an authority and was in none.
    target: None where a council leaves an authority and joins none.
    """

    kind: ClassVar[str] = "transfer"
    areas: tuple[AreaShare, ...]
    source: BodyKey | None
    target: BodyKey | None


@dataclass(frozen=True)
class ClusterStart:
    """Boards begin to share their leaders and stay separate in law. No name: it exists already."""

    kind: ClassVar[str] = "cluster_start"
    body: BodyKey
    members: tuple[BodyKey, ...]
    name: str = ""


@dataclass(frozen=True)
class ClusterEnd:
    """A cluster ends for some of its boards; for all where none is named."""

    kind: ClassVar[str] = "cluster_end"
    body: BodyKey
    members: tuple[BodyKey, ...] = ()


Operation = (
    Open | Close | Rename | Recode | Retype | Merge | Split | Transfer | ClusterStart | ClusterEnd
)
OPERATIONS: dict[str, type[Operation]] = {
    operation.kind: operation
    for operation in (
        Open,
        Close,
        Rename,
        Recode,
        Retype,
        Merge,
        Split,
        Transfer,
        ClusterStart,
        ClusterEnd,
    )
}


@dataclass(frozen=True)
class Change:
    """Operations that take effect together at the start of one day."""

    on: date
    operations: tuple[Operation, ...]


def bodies_of(operation: Operation) -> tuple[BodyKey, ...]:
    """Return every body that the operation names, each once, sources first."""
    found: tuple[BodyKey | None, ...]
    match operation:
        case Merge(sources=sources, target=target):
            found = (*sources, target)
        case Split(source=source, targets=targets, primary=primary):
            found = (source, *(target.body for target in targets), primary)
        case Transfer(source=origin, target=receiver):
            found = (origin, receiver)
        case ClusterStart(body=body, members=members) | ClusterEnd(body=body, members=members):
            found = (body, *members)
        case Open(body=body, group=group):
            found = (body, group)
        case Close(body=body) | Rename(body=body) | Recode(body=body) | Retype(body=body):
            found = (body,)
    return tuple(dict.fromkeys(key for key in found if key is not None))


def structural_bodies(change: Change) -> tuple[BodyKey, ...]:
    """Return the bodies whose existence or area changes: each may be in one pending change."""
    found: list[BodyKey] = []
    for operation in change.operations:
        match operation:
            case Open(body=body) | Close(body=body):
                found.append(body)
            case Merge() | Split() | Transfer():
                found += bodies_of(operation)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def closing_bodies(change: Change) -> tuple[BodyKey, ...]:
    """Return the bodies that end with the change."""
    found: list[BodyKey] = []
    for operation in change.operations:
        match operation:
            case Close(body=body):
                found.append(body)
            case Merge(sources=sources):
                found += sources
            case Split(source=source):
                found.append(source)
            case _:
                pass
    return tuple(dict.fromkeys(found))


def default_successor(change: Change, body: BodyKey) -> BodyKey | None:
    """Return whom the people of a closing body follow unless somebody decides otherwise."""
    for operation in change.operations:
        match operation:
            case Merge(sources=sources, target=target) if body in sources:
                return target
            case Split(source=source, primary=primary) if source == body:
                return primary
            case _:
                pass
    return None


def successors(change: Change, body: BodyKey) -> tuple[BodyKey, ...]:
    """Return the bodies that take over from a closing one, in the order entered."""
    for operation in change.operations:
        match operation:
            case Merge(sources=sources, target=target) if body in sources:
                return (target,)
            case Split(source=source, targets=targets) if source == body:
                return tuple(target.body for target in targets)
            case _:
                pass
    return ()
