"""The forms that stand for operations on the small England, filled in as somebody would."""

from collections.abc import Iterator
from typing import Any

from authorities.forms.reorganisations.areas import TransferAreasForm, TransferForm
from authorities.forms.reorganisations.mergers import (
    ClusterEndForm,
    ClusterStartForm,
    MergeForm,
)
from authorities.forms.reorganisations.operations import (
    CloseForm,
    OpenForm,
    RecodeForm,
    RenameForm,
    RetypeForm,
)
from authorities.forms.reorganisations.problems import ProblemForm
from authorities.forms.reorganisations.splits import SplitAreasForm, SplitForm, Taker
from authorities.queries.body_choices import (
    AreaChoice,
    BodyChoice,
    ClusterChoice,
    OperationChoices,
)
from authorities.reorganisation.facts import AUTHORITY, BOARD, CLUSTER, COUNCIL, NHS_REGION, BodyKey
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
from tests.authorities.reorganisation.small_england import DAY, small_england

_ASKED = (AUTHORITY, BOARD, COUNCIL)


def forms_for(operation: Operation, operations: tuple[Operation, ...]) -> Iterator[ProblemForm]:
    """Give every form that stands for the operation among those of its change."""
    opened = {one.body: one for one in operations if isinstance(one, Open)}
    match operation:
        case Open(body=body):
            yield OpenForm(_opening(operation), choices=_choices(body.kind))
            for one in operations:
                # Who takes over may be opened on the same page.
                if isinstance(one, Merge) and one.target == body:
                    yield MergeForm(_merger(one, opened), choices=_choices(body.kind))
                if isinstance(one, Split) and body in {target.body for target in one.targets}:
                    yield SplitForm(_split(one, opened), choices=_choices(body.kind))
        case Close(body=body):
            yield CloseForm({"body": body.slug}, choices=_choices(body.kind))
        case Rename(body=body, name=name, short_name=short):
            yield RenameForm(
                {"body": body.slug, "name": name, "short_name": short}, choices=_choices(body.kind)
            )
        case Recode(body=body, scheme=scheme, value=value):
            yield RecodeForm(
                {"body": body.slug, "scheme": scheme, "value": value}, choices=_choices(body.kind)
            )
        case Retype(body=body, type=type_, tier=tier):
            yield RetypeForm(
                {"body": body.slug, "type": type_, "tier": tier}, choices=_choices(AUTHORITY)
            )
        case Merge(target=target):
            yield MergeForm(_merger(operation, opened), choices=_choices(target.kind))
        case Split(source=source):
            yield SplitForm(_split(operation, opened), choices=_choices(source.kind))
            yield _split_areas(operation)
        case Transfer(source=giver, target=taker):
            kind = next((body.kind for body in (giver, taker) if body), AUTHORITY)
            yield TransferForm(
                {"source": giver.slug if giver else "", "target": taker.slug if taker else ""},
                choices=_choices(kind),
            )
            yield _transfer_areas(operation)
        case ClusterStart(body=body, members=members, name=name):
            known = {one.body.key for one in _clusters()}
            yield ClusterStartForm(
                {
                    "members": [member.slug for member in members],
                    "cluster_is": "there" if body in known else "new",
                    "cluster": body.slug if body in known else "",
                    "slug": "" if body in known else body.slug,
                    "name": name,
                },
                choices=_choices(BOARD),
            )
        case ClusterEnd(body=body, members=members):
            yield ClusterEndForm(
                {"cluster": body.slug, "members": [member.slug for member in members]},
                choices=_choices(BOARD),
            )


def _choices(kind: str) -> OperationChoices:
    england = small_england()
    of_kind = [body for body in england.bodies if body.key.kind == kind]
    return OperationChoices(
        on=DAY,
        # Of a kind that no page offers: as the page of councils, which has the fewest questions.
        body_kind=kind if kind in _ASKED else COUNCIL,
        there=tuple(_choice(body.key) for body in of_kind if body.opened),
        planned=tuple(_choice(body.key) for body in of_kind if not body.opened),
        opened=(),
        regions=tuple(_choice(b.key) for b in england.bodies if b.key.kind == NHS_REGION),
        clusters=_clusters(),
    )


def _clusters() -> tuple[ClusterChoice, ...]:
    england = small_england()
    return tuple(
        ClusterChoice(
            body=_choice(body.key),
            members=tuple(_choice(f.member) for f in england.groups if f.group == body.key),
        )
        for body in england.bodies
        if body.key.kind == CLUSTER
    )


def _choice(key: BodyKey) -> BodyChoice:
    return BodyChoice(key=key, name=key.slug.title(), code="")


def _opening(one: Open, prefix: str = "new_") -> dict[str, Any]:
    if small_england().body(one.body) is not None and not one.name:
        return {"which": "planned", "planned": one.body.slug}
    return {
        "which": "new",
        f"{prefix}slug": one.body.slug,
        f"{prefix}name": one.name,
        f"{prefix}short_name": one.short_name,
        f"{prefix}ons_code": one.ons_code,
        f"{prefix}ods_code": one.ods_code,
        f"{prefix}group": one.group.slug if one.group else "",
        f"{prefix}type": one.type,
        f"{prefix}tier": one.tier,
    }


def _merger(one: Merge, opened: dict[BodyKey, Open]) -> dict[str, Any]:
    new = opened.get(one.target)
    return {
        "sources": [source.slug for source in one.sources],
        "target_is": "new" if new else "there",
        **(_opening(new) if new else {"target": one.target.slug}),
    }


def _split(one: Split, opened: dict[BodyKey, Open]) -> dict[str, Any]:
    found: dict[str, Any] = {"source": one.source.slug, "primary": "1"}
    for n, target in enumerate(one.targets, start=1):
        new = opened.get(target.body)
        found[f"target_{n}"] = "new" if new else target.body.slug
        found |= _opening(new, f"target_{n}_") if new else {}
    return found


def _split_areas(one: Split) -> SplitAreasForm:
    takers = tuple(Taker(target.body, target.body.slug.title(), None) for target in one.targets)
    keys = _areas([area for target in one.targets for area in target.areas], one.source)
    found: dict[str, Any] = {}
    for n, key in enumerate(keys):
        shares = [
            (m, area.share)
            for m, target in enumerate(one.targets)
            for area in target.areas
            if area.area == key
        ]
        divided = any(share != 1 for _, share in shares)
        found[f"to_{n}"] = (
            "divided" if divided else takers[shares[0][0]].body.slug if shares else ""
        )
        found |= {f"percent_{n}_{m}": str(100 * share) for m, share in shares if divided}
    return SplitAreasForm(
        found, source=one.source, primary=one.primary, takers=takers, areas=_area_choices(keys)
    )


def _transfer_areas(one: Transfer) -> TransferAreasForm:
    keys = _areas(one.areas, one.source)
    shares = {area.area: area.share for area in one.areas}
    found = {f"move_{n}": "on" for n, key in enumerate(keys) if key in shares}
    found |= {f"percent_{n}": str(100 * shares[key]) for n, key in enumerate(keys) if key in shares}
    return TransferAreasForm(found, source=one.source, target=one.target, areas=_area_choices(keys))


def _areas(moved: tuple[AreaShare, ...] | list[AreaShare], source: BodyKey | None) -> list[str]:
    """What moves, as the page of the day before may have offered it, and what belongs there."""
    england = small_england()
    own: tuple[str, ...] = ()
    if source is not None and source.kind == AUTHORITY:
        own = tuple(fact.council.slug for fact in england.members_of(source, DAY))
    elif source is not None:
        own = england.parts_of(source, DAY)
    return list(dict.fromkeys([*(area.area for area in moved), *own]))


def _area_choices(keys: list[str]) -> tuple[AreaChoice, ...]:
    return tuple(
        AreaChoice(key=key, name=f"Area {n}", note="", population=1) for n, key in enumerate(keys)
    )
