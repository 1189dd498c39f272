"""Frameworks that all owners have signed, by way of the actions of the site.

With them come the events, audit rows, digests, notices and rows of the ledger that the actions
write. Who needs rows alone, or a day long ago, takes `frameworks`.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from authorities.models import Pair, Role, User
from outcomes.access import Acting
from outcomes.actions import frameworks
from outcomes.models import (
    Aggregation,
    CountMeasure,
    CountTarget,
    FrameworkIndicator,
    FrameworkVersion,
    ItemKind,
    TheoryItem,
)
from tests.factories import outcomes as make

YEAR = date(2026, 1, 1)


def draft_framework(
    *,
    pairs: Sequence[Pair],
    by: User,
    at: datetime = make.NOW,
    name: str = "Healthier for longer",
    fill: Callable[[FrameworkVersion], Any] = lambda version: None,
    **place: Any,
) -> FrameworkVersion:
    """Return a draft with one outcome and one indicator, begun by the authority.

    fill: adds what else shall stand in it. place: facts of the indicator's row.
    """
    authority = pairs[0].authority
    version = frameworks.start(
        authority=authority,
        pairs=list(pairs),
        name=name,
        form_key=uuid.uuid4(),
        acting=Acting(body=authority, role=Role.SIGNATORY),
        by=by,
        at=at,
    )
    item = TheoryItem.objects.create(
        framework_version=version, kind=ItemKind.OUTCOME, title="People live well", order=1
    )
    indicator_of(version, item=item, **place)
    fill(version)
    return version


def indicator_of(
    version: FrameworkVersion, *, item: TheoryItem | None = None, order: int = 1, **place: Any
) -> FrameworkIndicator:
    """Put an indicator into a draft, without baseline and target and with their reasons."""
    facts: dict[str, Any] = {
        "item": item or TheoryItem.objects.get(framework_version=version, kind=ItemKind.OUTCOME),
        "area": version.framework.authority,
        "authority_owner": "Director of health",
        "board_owner": "Director of population health",
        "no_baseline_reason": "Not measured yet.",
        "no_target_reason": "Nothing to start from.",
    } | place
    facts.setdefault("indicator", None)
    facts["indicator"] = facts["indicator"] or make.IndicatorFactory()
    facts["breakdown"] = facts.get("breakdown") or make.BreakdownFactory()
    return FrameworkIndicator.objects.create(framework_version=version, order=order, **facts)


def measure_of(
    version: FrameworkVersion,
    *,
    targets: Sequence[tuple[int, float]] = ((2026, 100),),
    aggregation: str = Aggregation.NON_CUMULATIVE,
    **facts: Any,
) -> CountMeasure:
    """Put something to count into a draft, with targets of calendar years."""
    item, _ = TheoryItem.objects.get_or_create(
        framework_version=version,
        kind=ItemKind.OUTPUT,
        order=1,
        defaults={"title": "People are offered help"},
    )
    measure = CountMeasure.objects.create(
        framework_version=version,
        item=item,
        aggregation=aggregation,
        **{"name": "People who took up the offer", "unit": "people", "order": 1} | facts,
    )
    CountTarget.objects.bulk_create(
        CountTarget(
            measure=measure,
            label=str(year),
            start_date=date(year, 1, 1),
            end_date=date(year + 1, 1, 1),
            value=value,
        )
        for year, value in targets
    )
    return measure


def proposed(version: FrameworkVersion, *, by: User, at: datetime = make.NOW) -> FrameworkVersion:
    """Propose a draft for the authority."""
    acting = Acting(body=version.framework.authority, role=Role.SIGNATORY)
    return frameworks.propose(
        version=version, expected_version=version.version, acting=acting, by=by, at=at
    )


def signed_by(
    version: FrameworkVersion, *, body: Any, by: User, at: datetime = make.NOW
) -> FrameworkVersion:
    """Sign what is proposed for one owner."""
    return frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=Acting(body=body, role=Role.SIGNATORY),
        by=by,
        at=at,
    )


def in_force(
    *, pairs: Sequence[Pair], by: User, at: datetime = make.NOW, **draft: Any
) -> FrameworkVersion:
    """Return a version that the authority and all of its ICBs have signed."""
    version = proposed(draft_framework(pairs=pairs, by=by, at=at, **draft), by=by, at=at)
    for body in [pairs[0].authority, *(pair.board for pair in pairs)]:
        version = signed_by(version, body=body, by=by, at=at)
    return version
