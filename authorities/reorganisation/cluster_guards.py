"""What stands in the way of boards that begin or end to share their leaders."""

from authorities.reorganisation.body_guards import goes_on, is_open
from authorities.reorganisation.cases import About, Case, Field, Found, Guard, Problem, in_words
from authorities.reorganisation.change import SMALLEST_CLUSTER
from authorities.reorganisation.facts import BOARD, CLUSTER, BodyKey
from authorities.reorganisation.operations import ClusterEnd, ClusterStart, Operation
from authorities.span import LAST_DAY


def cluster_problems(*, operation: Operation, case: Case) -> Found:
    """Yield what stands in the way of an operation on a cluster."""
    match operation:
        case ClusterStart():
            yield from _of_cluster_start(operation, case)
        case ClusterEnd():
            yield from _of_cluster_end(operation, case)


def _of_cluster_start(operation: ClusterStart, case: Case) -> Found:
    known = case.geography.body(operation.body)
    held = _members(operation.body, case)
    itself, members = About(Field.BODY, body=operation.body), About(Field.MEMBERS)
    if operation.body.kind != CLUSTER:
        yield Problem(Guard.WRONG_KIND, "Enter an address for the cluster.", itself)
    if known is None and not operation.name.strip():
        yield Problem(Guard.NAME_MISSING, "Enter the name of the cluster.", About(Field.NAME))
    if known is not None and not known.exists_on(case.on):
        yield Problem(
            Guard.SLUG_TAKEN,
            f"There was a cluster with the address {operation.body.slug}. Enter another address.",
            itself,
        )
    if len(held | set(operation.members)) < SMALLEST_CLUSTER:
        yield Problem(
            Guard.CLUSTER_TOO_SMALL, "Choose at least two ICBs that share their leaders.", members
        )
    if len(set(operation.members)) < len(operation.members):
        yield Problem(Guard.SOURCE_TWICE, "An ICB is named twice. Remove one.", members)
    for member in operation.members:
        about = About(Field.MEMBERS, body=member)
        yield from goes_on(body=member, case=case, kinds={BOARD}, field=Field.MEMBERS)
        if sum(member in one.members for one in _starts(case)) > 1:
            yield Problem(
                Guard.IN_A_CLUSTER,
                f"{case.name(member)} joins two clusters by this change. Keep one of them.",
                about,
            )
        for fact in case.geography.groups:
            if (
                fact.member == member
                and fact.group.kind == CLUSTER
                and (fact.valid.end or LAST_DAY) > case.on
                and not _leaves(member, fact.group, case)
            ):
                yield Problem(
                    Guard.IN_A_CLUSTER,
                    f"{case.name(member)} is in another cluster, "
                    f"{case.geography.name_on(fact.group, case.on)}. End that first.",
                    about,
                )


def _of_cluster_end(operation: ClusterEnd, case: Case) -> Found:
    yield from is_open(body=operation.body, case=case, field=Field.BODY, kinds={CLUSTER})
    held = _members(operation.body, case)
    for member in operation.members:
        if member not in held:
            yield Problem(
                Guard.NOT_IN_CLUSTER,
                f"{case.name(member)} is not in this cluster on {in_words(case.on)}. Remove it.",
                About(Field.MEMBERS, body=member),
            )


def _starts(case: Case) -> list[ClusterStart]:
    return [one for one in case.change.operations if isinstance(one, ClusterStart)]


def _leaves(member: BodyKey, cluster: BodyKey, case: Case) -> bool:
    return any(
        isinstance(one, ClusterEnd)
        and one.body == cluster
        and (not one.members or member in one.members)
        for one in case.change.operations
    )


def _members(group: BodyKey, case: Case) -> set[BodyKey]:
    return {
        f.member for f in case.geography.groups if f.group == group and f.valid.holds_on(case.on)
    }
