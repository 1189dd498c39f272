"""Invented outcomes frameworks of the demonstration, around published figures."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from authorities.models import Body, BodyKind, Pair, Role, User
from engagement.management.demonstration.framework_plans import (
    GREATER_MANCHESTER,
    ITEMS,
    LINKS,
    LIVERPOOL,
    SOUTH_YORKSHIRE,
    YORK,
    Plan,
)
from engagement.management.demonstration.invented_series import AUTHORITY, SERIES
from outcomes.access import Acting
from outcomes.actions import (
    framework_counts,
    framework_drafts,
    framework_indicators,
    framework_targets,
    frameworks,
)
from outcomes.actions.framework_counts import MeasureFacts
from outcomes.actions.framework_drafts import Edit, ItemWords
from outcomes.actions.framework_indicators import Standing
from outcomes.actions.framework_targets import ChosenBaseline
from outcomes.framework_rules import Wanted
from outcomes.models import (
    Breakdown,
    Framework,
    FrameworkIndicator,
    FrameworkVersion,
    Indicator,
    TheoryItem,
)
from outcomes.queries import framework_choices as choices

_HEALTHY_YEARS = "healthy-life-expectancy-at-birth"
_OBESITY = "obesity-year-6"
_POVERTY = "children-in-absolute-low-income-families"
# Later values were published, so that progress can be told; the target's period is still to come.
_BASELINE, _TARGET_PERIOD = "2019 - 21", "2028 - 30"
_OWNERS = ("Director of health and inclusion", "Director of population health")


@dataclass(frozen=True)
class _Party:
    """Who acts for one side: a person of the demonstration, or its author."""

    acting: Acting
    by: User


def fill(*, people: Mapping[str, User], author: User, at: datetime) -> None:
    """Write one agreed framework, one with a change partly signed, one proposed, one draft."""
    if Framework.objects.exists():
        return
    _agreed(GREATER_MANCHESTER, _parties(GREATER_MANCHESTER, people, author), at=at)
    own = _parties(SOUTH_YORKSHIRE, people, author)
    _partly_signed(_agreed(SOUTH_YORKSHIRE, own, at=at), own, at=at + timedelta(days=120))
    _proposed(LIVERPOOL, _parties(LIVERPOOL, people, author), at=at + timedelta(days=130))
    _draft(YORK, _parties(YORK, people, author), at=at + timedelta(days=140), whole=False)


def _parties(plan: Plan, people: Mapping[str, User], author: User) -> tuple[_Party, _Party]:
    pair = _pair(plan)
    emails = (f"signatory@{plan.authority}.example", f"signatory@{plan.board}-icb.example")
    bodies: tuple[Body, Body] = (pair.authority, pair.board)
    one, other = (
        _Party(Acting(body=body, role=Role.SIGNATORY), people.get(email, author))
        for body, email in zip(bodies, emails, strict=True)
    )
    return one, other


def _pair(plan: Plan) -> Pair:
    return Pair.objects.select_related("authority", "board").get(
        authority__slug=plan.authority, board__slug=plan.board
    )


def _edit(version: FrameworkVersion, party: _Party, at: datetime) -> Edit:
    now = FrameworkVersion.objects.get(pk=version.pk)
    return Edit(version=now, expected_version=now.version, acting=party.acting, by=party.by, at=at)


def _draft(
    plan: Plan, parties: tuple[_Party, _Party], *, at: datetime, whole: bool = True
) -> FrameworkVersion:
    own, other = parties
    pair = _pair(plan)
    version = frameworks.start(
        authority=pair.authority,
        pairs=[pair],
        name=plan.name,
        form_key=uuid.uuid4(),
        acting=own.acting,
        by=own.by,
        at=at,
    )
    _theory(version, parties, at=at)
    if plan.summary:
        framework_drafts.write_text(edit=_edit(version, own, at), name="summary", text=plan.summary)
    _healthy_years(version, plan, other if whole else None, own, at=at)
    if whole:
        _rest(version, parties, at=at)
    if plan.authority == AUTHORITY:
        _invented(version, parties, at=at)
    return version


def _theory(version: FrameworkVersion, parties: tuple[_Party, _Party], *, at: datetime) -> None:
    own, other = parties
    for number, (kind, title, text) in enumerate(ITEMS):
        framework_drafts.add_item(
            edit=_edit(version, (own, other)[number % 2], at),
            kind=kind,
            words=ItemWords(title=title, text=text),
        )
    for cause, effects in LINKS:
        framework_drafts.link_item(
            edit=_edit(version, own, at),
            cause=_lineage(version, cause),
            effects=[_lineage(version, one) for one in effects],
        )
    framework_drafts.assume(
        edit=_edit(version, other, at),
        cause=_lineage(version, "Homes made warm"),
        effect=_lineage(version, "People live more years in good health"),
        assumption="Heating stays affordable once homes are insulated",
    )


def _lineage(version: FrameworkVersion, title: str) -> uuid.UUID:
    return TheoryItem.objects.get(framework_version=version, title=title).lineage


def _healthy_years(
    version: FrameworkVersion, plan: Plan, other: _Party | None, own: _Party, *, at: datetime
) -> None:
    indicator = Indicator.objects.get(code=_HEALTHY_YEARS)
    for slug in plan.councils:
        area = Body.objects.get(kind=BodyKind.COUNCIL, slug=slug)
        for people in choices.people_for(indicator=indicator, area_id=area.pk):
            if people.id is None:
                continue
            place = framework_indicators.add_indicator(
                edit=_edit(version, own, at),
                item=_lineage(version, "People live more years in good health"),
                code=_HEALTHY_YEARS,
                area_id=area.pk,
                breakdown_id=people.id,
            )
            _based(version, place, _BASELINE, own, at=at)
            if other is None:
                continue
            framework_targets.set_target(
                edit=_edit(version, other, at),
                lineage=place.lineage,
                wanted=Wanted(
                    kind="reach",
                    mode="change",
                    amount=plan.years_more,
                    period=_TARGET_PERIOD,
                ),
            )
            _owned(version, place.lineage, own, at=at)


def _based(
    version: FrameworkVersion, place: FrameworkIndicator, period: str, by: _Party, *, at: datetime
) -> None:
    """Freeze the value of a period as the baseline."""
    first = next(
        one
        for one in choices.baselines_for(
            indicator_id=place.indicator_id,
            area_id=place.area_id,
            breakdown_id=place.breakdown_id,
        )
        if one.baseline.period.label == period
    )
    framework_targets.set_baseline(
        edit=_edit(version, by, at),
        lineage=place.lineage,
        chosen=ChosenBaseline(first.period_id, first.baseline.release_id),
    )


def _invented(version: FrameworkVersion, parties: tuple[_Party, _Party], *, at: datetime) -> None:
    """Indicators of invented series, one for each status."""
    own, other = parties
    for one in SERIES:
        area: Body = version.framework.authority
        if one.area:
            area = Body.objects.get(kind=BodyKind.COUNCIL, slug=one.area)
        place = framework_indicators.add_indicator(
            edit=_edit(version, own, at),
            item=_lineage(version, "People live more years in good health"),
            code=one.code,
            area_id=area.pk,
            breakdown_id=Breakdown.objects.get(
                sex=one.sex, age=one.age, category_type="", category=""
            ).pk,
        )
        _based(version, place, one.label(one.baseline_year), own, at=at)
        framework_targets.set_target(
            edit=_edit(version, other, at),
            lineage=place.lineage,
            wanted=Wanted(kind="reach", amount=one.target, period=one.label(one.target_year)),
        )
        item = _lineage(version, "People live more years in good health")
        role = "Joins its services, and pays for a part"
        _standing(version, place, item, role, own, at=at)
        _owned(version, place.lineage, own, at=at)


def _standing(
    version: FrameworkVersion,
    place: FrameworkIndicator,
    item: uuid.UUID,
    role: str,
    by: _Party,
    *,
    at: datetime,
) -> None:
    """Say for which determinant an indicator stands, and what the authority itself does."""
    determinant = choices.default_determinant(indicator=place.indicator)
    framework_indicators.place_indicator(
        edit=_edit(version, by, at),
        lineage=place.lineage,
        standing=Standing(item, determinant.slug if determinant else "", role),
    )


def _owned(version: FrameworkVersion, lineage: uuid.UUID, by: _Party, *, at: datetime) -> None:
    framework_indicators.name_owners(
        edit=_edit(version, by, at),
        lineage=lineage,
        authority_owner=_OWNERS[0],
        board_owner=_OWNERS[1],
    )


def _rest(version: FrameworkVersion, parties: tuple[_Party, _Party], *, at: datetime) -> None:
    """Indicators without a baseline, counts and texts."""
    own, other = parties
    children = _lineage(version, "Children grow up healthy")
    for code, role in (
        (_OBESITY, ""),
        (_POVERTY, "Leads the plan for good jobs; funds advice on benefits in schools"),
    ):
        indicator = Indicator.objects.get(code=code)
        area = version.framework.authority
        people = choices.people_for(indicator=indicator, area_id=area.pk)[0]
        place = framework_indicators.add_indicator(
            edit=_edit(version, own, at),
            item=children,
            code=code,
            area_id=area.pk,
            breakdown_id=people.id,
        )
        framework_targets.set_baseline(
            edit=_edit(version, own, at),
            lineage=place.lineage,
            chosen=None,
            why_none="No value for the whole authority is published yet.",
        )
        framework_targets.set_target(
            edit=_edit(version, own, at),
            lineage=place.lineage,
            wanted=Wanted(kind="none"),
            why_none="It follows with the first value.",
        )
        if role:
            _standing(version, place, children, role, own, at=at)
        _owned(version, place.lineage, other, at=at)
    _counts(version, parties, at=at)
    for name, text in (
        ("assumptions", "National funding for warm homes goes on at today’s level."),
        ("prevention_spending", "Both sides raise what they spend on prevention by 1% a year."),
        ("disinvestment", "Separate referral schemes for damp homes end once the shared one runs."),
    ):
        framework_drafts.write_text(edit=_edit(version, other, at), name=name, text=text)


def _counts(version: FrameworkVersion, parties: tuple[_Party, _Party], *, at: datetime) -> None:
    own, other = parties
    rows: Sequence[tuple[str, str, str, str, float]] = (
        ("Homes made warm", "Homes insulated", "homes", "cumulative_sum", 1200.0),
        ("Smokers helped to stop", "Smokers who stopped for 4 weeks", "%", "percentage", 45.0),
    )
    for title, name, unit, aggregation, wanted in rows:
        made = framework_counts.add_measure(
            edit=_edit(version, own, at),
            facts=MeasureFacts(
                item=_lineage(version, title),
                name=name,
                unit=unit,
                aggregation=aggregation,
                direction="more",
            ),
        )
        framework_counts.set_count_targets(
            edit=_edit(version, other, at),
            lineage=made.lineage,
            rows=[("2025/26", wanted), ("2026/27", wanted), ("2027/28", wanted)],
        )


def _proposed(plan: Plan, parties: tuple[_Party, _Party], *, at: datetime) -> FrameworkVersion:
    return _propose(_draft(plan, parties, at=at), parties[0], at=at + timedelta(days=6))


def _propose(version: FrameworkVersion, by: _Party, *, at: datetime) -> FrameworkVersion:
    edit = _edit(version, by, at)
    return frameworks.propose(
        version=edit.version,
        expected_version=edit.expected_version,
        acting=by.acting,
        by=by.by,
        at=at,
    )


def _agreed(plan: Plan, parties: tuple[_Party, _Party], *, at: datetime) -> FrameworkVersion:
    version = _proposed(plan, parties, at=at)
    for days, party in enumerate(parties, start=8):
        version = _sign(version, party, at=at + timedelta(days=days))
    return version


def _sign(version: FrameworkVersion, party: _Party, *, at: datetime) -> FrameworkVersion:
    return frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=party.acting,
        by=party.by,
        at=at,
    )


def _partly_signed(
    version: FrameworkVersion, parties: tuple[_Party, _Party], *, at: datetime
) -> FrameworkVersion:
    """Begin a change of what is agreed, and let the ICB alone sign it."""
    own, other = parties
    draft = frameworks.propose_change(
        version=version,
        reason="The first year showed that more homes can be made warm than we thought.",
        acting=own.acting,
        by=own.by,
        at=at,
    )
    measure = draft.measures.get(name="Homes insulated")
    framework_counts.set_count_targets(
        edit=_edit(draft, own, at),
        lineage=measure.lineage,
        rows=[("2025/26", 1200.0), ("2026/27", 1500.0), ("2027/28", 1800.0)],
    )
    proposed = _propose(draft, own, at=at + timedelta(days=3))
    return _sign(proposed, other, at=at + timedelta(days=5))
