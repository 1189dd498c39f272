"""Changes in words: what happens, where it is, and what was done with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from authorities.models import AuthorityTier, AuthorityType, ReorganisationState
from authorities.queries.change_names import ChangeNames
from authorities.reorganisation.facts import AUTHORITY, BOARD, BodyKey
from authorities.reorganisation.operations import (
    AreaShare,
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
)


@dataclass(frozen=True)
class Tag:
    """A state in words, with a colour that only repeats them."""

    text: str
    colour: str


@dataclass(frozen=True)
class OperationText:
    """What happens, and the particulars that follow it."""

    text: str
    details: tuple[str, ...] = ()


_STATES = {
    ReorganisationState.INCOMPLETE: Tag("Being drafted", "grey"),
    ReorganisationState.READY: Tag("Waits for approval", "yellow"),
    ReorganisationState.APPROVED: Tag("Waits to be scheduled", "blue"),
    ReorganisationState.SCHEDULED: Tag("Scheduled", "teal"),
    ReorganisationState.APPLYING: Tag("Being applied", "purple"),
    ReorganisationState.APPLIED: Tag("Applied", "green"),
    ReorganisationState.FAILED: Tag("Failed", "red"),
    ReorganisationState.CANCELLED: Tag("Cancelled", "grey"),
}
_WHAT_IF_STATES = {
    ReorganisationState.INCOMPLETE: Tag("What if, being drafted", "grey"),
    ReorganisationState.READY: Tag("What if", "purple"),
    ReorganisationState.CANCELLED: Tag("What if, given up", "grey"),
}
_STEPS = {
    "drafted": "Started",
    "described": "Changed title, day or source",
    "operation_added": "Added to what happens",
    "operation_removed": "Took away from what happens",
    "previewed": "Previewed",
    "rights_decided": "Decided what becomes of people’s roles",
    "approved": "Approved",
    "scheduled": "Scheduled",
    "applied": "Applied",
    "failed": "Could not be applied; nothing was changed",
    "cancelled": "Cancelled",
    "downloaded": "Took a file of the preview away",
    "reorganisation_made": "Loaded with the register",
    "reorganisation_changed": "Loaded again with the register",
}
KIND_NOUNS = {
    "strategic_authority": "Strategic authority",
    "integrated_care_board": "ICB",
    "council": "Council",
    "cluster": "Cluster",
    "nhs_region": "NHS region",
}


def state_tag(*, state: str, what_if: bool) -> Tag:
    """Return the state of a change; a what-if has states of its own."""
    known = ReorganisationState(state)
    return _WHAT_IF_STATES.get(known, _STATES[known]) if what_if else _STATES[known]


def step_text(*, action: str) -> str:
    """Return a step of the history as words."""
    step = action.rpartition(".")[2]
    return _STEPS.get(step, step.replace("_", " ").capitalize())


def joined(names: Iterable[str]) -> str:
    """Return names as a list in a sentence: 'A, B and C'."""
    found = list(names)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def operation_text(*, operation: Operation, names: ChangeNames) -> OperationText:
    """Return an operation as a sentence."""

    def of(key: BodyKey) -> str:
        return f"{names.body(key)} ICB" if key.kind == BOARD else names.body(key)

    match operation:
        case Open():
            region = names.body(operation.group) if operation.group else ""
            return _opening(operation, of(operation.body), region)
        case Close(body=body) if body in names.plans:
            return OperationText(f"{of(body)}, which is planned, is given up before it begins.")
        case Close(body=body):
            return OperationText(f"{of(body)} closes without a successor.")
        case Rename(body=body, name=name, short_name=short):
            return OperationText(f"{of(body)} is called {name}.", (f"Short name: {short}",))
        case Recode(body=body, scheme=scheme, value=value):
            return OperationText(f"{of(body)} takes the {scheme.upper()} code {value}.")
        case Retype(body=body, type=type_, tier=tier):
            return OperationText(f"{of(body)} becomes {_designation(type_, tier)}.")
        case Merge(sources=sources, target=target):
            ends = "ends" if len(sources) == 1 else "end"
            return OperationText(
                f"{joined(of(one) for one in sources)} {ends}, and {of(target)} takes over."
            )
        case Split(source=source, targets=targets, primary=primary):
            return OperationText(
                f"{of(source)} is split: {joined(of(one.body) for one in targets)} take over.",
                (
                    *(f"{of(one.body)}: {_areas(one.areas, names)}" for one in targets),
                    f"People follow {of(primary)}, unless it is decided otherwise for a person",
                ),
            )
        case Transfer():
            return _transfer(operation, names)
        case ClusterStart(body=body, members=members, name=name):
            does = "form" if name else "join"
            return OperationText(
                f"{joined(of(one) for one in members)} {does} the cluster {of(body)}."
            )
        case ClusterEnd(body=body, members=members):
            if not members:
                return OperationText(f"The cluster {of(body)} ends.")
            leave = "leaves" if len(members) == 1 else "leave"
            return OperationText(
                f"{joined(of(one) for one in members)} {leave} the cluster {of(body)}."
            )


def _opening(operation: Open, name: str, region: str) -> OperationText:
    details = []
    if operation.name and operation.name != operation.short_name:
        details.append(f"Full name: {operation.name}")
    if operation.type and operation.tier:
        designation = _designation(operation.type, operation.tier)
        details.append(f"Type and tier: {designation.removeprefix('a ').removeprefix('an ')}")
    if region:
        details.append(f"NHS region: {region}")
    details += [
        f"{scheme} code: {code}"
        for scheme, code in (("ONS", operation.ons_code), ("ODS", operation.ods_code))
        if code
    ]
    # One that was planned has its name already.
    begins = "begins" if operation.name else "is established"
    return OperationText(f"{name} {begins}.", tuple(details))


def _designation(type_: str, tier: str) -> str:
    words = (
        f"{AuthorityTier(tier).label.lower()} {AuthorityType(type_).label.lower()}"
        if type_ in AuthorityType.values and tier in AuthorityTier.values
        else f"{tier} {type_}"
    )
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _transfer(operation: Transfer, names: ChangeNames) -> OperationText:
    source, target = operation.source, operation.target
    kind = next((body.kind for body in (source, target) if body), "")
    areas = _areas(operation.areas, names)
    if kind == AUTHORITY:
        if source is None and target is not None:
            return OperationText(f"{areas} joins {names.body(target)}.")
        if target is None and source is not None:
            return OperationText(f"{areas} leaves {names.body(source)}.")
    ending = " ICB" if kind == BOARD else ""
    left = f"{names.body(source)}{ending}" if source else "nobody"
    joins = f"{names.body(target)}{ending}" if target else "nobody"
    return OperationText(f"Area moves from {left} to {joins}.", (areas,))


def _areas(areas: Sequence[AreaShare], names: ChangeNames) -> str:
    return joined(
        names.area(one.area)
        if one.share == 1
        else f"{100 * one.share:.4g}% of {names.area(one.area)}"
        for one in areas
    )
