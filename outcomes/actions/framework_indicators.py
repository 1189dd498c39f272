"""Indicators in the draft of a framework: which, of whom, for which determinant, owned by whom."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities.models import Body
from outcomes.actions.framework_drafts import (
    Edit,
    GoneError,
    change_places,
    item_of,
    neighbour_of,
    next_order,
)
from outcomes.actions.framework_reasons import keep_reason
from outcomes.framework_differences import value_words
from outcomes.framework_rules import DraftRefusedError, Fault
from outcomes.models import (
    Breakdown,
    Domain,
    FrameworkIndicator,
    FrameworkVersion,
    Indicator,
    IndicatorSet,
    ItemKind,
    TheoryItem,
)
from outcomes.queries import framework_choices as choices


@dataclass(frozen=True)
class Standing:
    """Where an indicator stands in the theory of change, and what for.

    determinant: slug of the upstream determinant that it stands for; empty for none.
    """

    item: UUID
    determinant: str = ""
    authority_role: str = ""


@dataclass(frozen=True)
class Adopted:
    """What adopting a set did: how many came in, and how many were in the framework already."""

    added: int
    there: int


def place_of(*, version: FrameworkVersion, lineage: UUID) -> FrameworkIndicator:
    """Return an indicator in a version, with what it names.

    Raises:
        GoneError: it is not there any more.
    """
    found = (
        FrameworkIndicator.objects.select_related(
            "indicator", "item", "area", "breakdown", "determinant", "baseline_period"
        )
        .filter(framework_version=version, lineage=lineage)
        .first()
    )
    if found is None:
        raise GoneError
    return found


@transaction.atomic
def add_indicator(
    *, edit: Edit, item: UUID, code: str, area_id: UUID, breakdown_id: int | None
) -> FrameworkIndicator:
    """Put an indicator of an area and some people into the framework.

    Args:
        edit: who changes which version.
        item: lineage of the outcome or output that it tells of.
        code: of the indicator.
        area_id: of the authority or one of its councils.
        breakdown_id: of the people; None is everybody.

    Raises:
        DraftRefusedError: at 'item', 'indicator', 'area' or 'people'.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = _item_for_indicators(held.version, item)
    indicator = Indicator.objects.select_related("domain").filter(code=code, draft=False).first()
    if indicator is None:
        raise DraftRefusedError(Fault("indicator", "Choose an indicator of the catalogue."))
    areas = choices.areas_for(authority=held.framework.authority, day=timezone.localdate(edit.at))
    if area_id not in {one.id for one in areas}:
        raise DraftRefusedError(Fault("area", "Choose the authority or one of its councils."))
    people = choices.people_for(indicator=indicator, area_id=area_id)
    if breakdown_id not in {one.id for one in people}:
        raise DraftRefusedError(Fault("people", "Choose for whom the values are."))
    made = _place(
        held.version,
        item=row,
        indicator=indicator,
        area=Body.objects.get(pk=area_id),
        breakdown=_everybody() if breakdown_id is None else Breakdown.objects.get(pk=breakdown_id),
        determinant=choices.default_determinant(indicator=indicator),
    )
    edit.record("indicator_added", target=made, indicator=code)
    return made


def _everybody() -> Breakdown:
    """Return the breakdown that is everybody: the first value may be still to come."""
    sex, age = choices.EVERYBODY
    found, _ = Breakdown.objects.get_or_create(sex=sex, age=age, category_type="", category="")
    return found


def _item_for_indicators(version: FrameworkVersion, lineage: UUID) -> TheoryItem:
    row = item_of(version=version, lineage=lineage)
    if row.kind not in (ItemKind.OUTCOME, ItemKind.OUTPUT):
        raise DraftRefusedError(
            Fault("item", "An indicator tells of an outcome or an output. Choose one of these.")
        )
    return row


def _place(
    version: FrameworkVersion,
    *,
    item: TheoryItem,
    indicator: Indicator,
    area: Body,
    breakdown: Breakdown,
    determinant: Domain | None,
    adopted_set: IndicatorSet | None = None,
) -> FrameworkIndicator:
    rows = FrameworkIndicator.objects.filter(framework_version=version)
    if rows.filter(indicator=indicator, area=area, breakdown=breakdown).exists():
        raise DraftRefusedError(
            Fault("people", "The framework has this indicator for this area and these people.")
        )
    return FrameworkIndicator.objects.create(
        framework_version=version,
        item=item,
        indicator=indicator,
        area=area,
        breakdown=breakdown,
        determinant=determinant,
        adopted_set=adopted_set,
        order=next_order(rows),
    )


@transaction.atomic
def adopt_set(*, edit: Edit, item: UUID, slug: str) -> Adopted:
    """Take a set of indicators in wholesale, each for the determinant that it stands for.

    Those that the framework has already, for whatever area or people, stay as they are. The others
    are of the authority, for all persons, or for each sex apart where all are not published.

    Raises:
        DraftRefusedError: at 'set': it is not in use, or all of it is there already.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = _item_for_indicators(held.version, item)
    chosen = IndicatorSet.objects.filter(slug=slug, in_use=True).first()
    if chosen is None:
        raise DraftRefusedError(Fault("set", "Choose a set of indicators."))
    rows = FrameworkIndicator.objects.filter(framework_version=held.version)
    there = set(rows.values_list("indicator_id", flat=True))
    members = choices.members_of(indicator_set=chosen)
    added = 0
    for member in members:
        if member.indicator.pk in there:
            continue
        area = held.framework.authority
        usual = choices.usual_people(indicator=member.indicator, area_id=area.pk)
        rows_of_people = Breakdown.objects.filter(pk__in=usual).order_by("sex", "pk")
        for breakdown in rows_of_people if usual else [_everybody()]:
            _place(
                held.version,
                item=row,
                indicator=member.indicator,
                area=area,
                breakdown=breakdown,
                determinant=member.determinant,
                adopted_set=chosen,
            )
            added += 1
    if not added:
        raise DraftRefusedError(
            Fault("set", "Every indicator of this set is in the framework already.")
        )
    edit.record("set_adopted", target=held.version, set=slug, indicators=added)
    return Adopted(added=added, there=sum(one.indicator.pk in there for one in members))


@transaction.atomic
def place_indicator(*, edit: Edit, lineage: UUID, standing: Standing) -> FrameworkIndicator:
    """Say where an indicator stands, for which determinant, and what the authority's role is.

    Raises:
        DraftRefusedError: at 'item', 'determinant' or 'authority_role'.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    row.item = _item_for_indicators(held.version, standing.item)
    row.determinant = None
    if standing.determinant:
        found = Domain.objects.filter(slug=standing.determinant, in_use=True)
        row.determinant = found.exclude(slug=choices.HEALTH_OUTCOMES).first()
        if row.determinant is None:
            raise DraftRefusedError(Fault("determinant", "Choose a determinant, or none."))
        if not standing.authority_role.strip():
            raise DraftRefusedError(
                Fault("authority_role", "Say what the authority’s own role is.")
            )
    row.authority_role = standing.authority_role.strip()
    row.save()
    edit.record("indicator_placed", target=row)
    return row


@transaction.atomic
def name_owners(
    *, edit: Edit, lineage: UUID, authority_owner: str, board_owner: str
) -> FrameworkIndicator:
    """Say which role owns an indicator on either side; one side may leave the other's open.

    Raises:
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    row.authority_owner, row.board_owner = authority_owner.strip(), board_owner.strip()
    row.save()
    edit.record("owners", target=row)
    return row


@transaction.atomic
def move_indicator(*, edit: Edit, lineage: UUID, earlier: bool) -> None:
    """Exchange an indicator with the one before or after it; at the end nothing happens.

    Raises:
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    others = FrameworkIndicator.objects.filter(framework_version=held.version)
    other = neighbour_of(rows=others, order=row.order, earlier=earlier)
    if other is None:
        return
    change_places(row, other)
    edit.record("indicator_moved", target=row)


@transaction.atomic
def remove_indicator(*, edit: Edit, lineage: UUID, reason: str = "") -> None:
    """Take an indicator out with its target.

    Raises:
        DraftRefusedError: at 'reason': values came after its baseline, so that the target goes
            with a reason.
        GoneError, FrameworkRefusedError, NotAPartyError: it may not be changed.
    """
    held = edit.begin()
    row = place_of(version=held.version, lineage=lineage)
    if row.target_value is not None and choices.has_values_after(place=row):
        keep_reason(
            edit=edit,
            version=held.version,
            what="target_removed",
            reason=reason,
            of=lineage,
            name=row.indicator.name,
            before=value_words(value=row.target_value, label=row.target_label),
        )
    edit.record("indicator_removed", target=row, indicator=row.indicator.code)
    row.delete()
