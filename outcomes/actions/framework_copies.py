"""Copies what stands in a version into the next one: other rows, the same lineages."""

from typing import Any

from django.db.models import Model, QuerySet

from outcomes.models import (
    CountMeasure,
    CountTarget,
    FrameworkIndicator,
    FrameworkVersion,
    Milestone,
    TheoryItem,
    TheoryLink,
)


def copy_content(*, source: FrameworkVersion, to: FrameworkVersion) -> None:
    """Copy items, links, indicators with milestones, and counts with targets, into a draft."""
    items = _copied(TheoryItem.objects.filter(framework_version=source), framework_version=to)
    links = TheoryLink.objects.filter(framework_version=source).order_by("pk")
    TheoryLink.objects.bulk_create(
        TheoryLink(
            framework_version=to,
            cause_id=items[link.cause_id],
            effect_id=items[link.effect_id],
            assumption=link.assumption,
        )
        for link in links
    )
    for model, part, owner in (
        (FrameworkIndicator, Milestone, "framework_indicator_id"),
        (CountMeasure, CountTarget, "measure_id"),
    ):
        rows = model._default_manager.filter(framework_version=source).order_by("pk")
        copies = _copied(rows, framework_version=to, item_id=items)
        parts = part._default_manager.filter(**{f"{owner}__in": list(copies)}).order_by("pk")
        _copied(parts, **{owner: copies})


def _copied(rows: QuerySet[Any], **changed: Any) -> dict[int, int]:
    """Store copies of rows with some fields changed; a mapping is looked up by the old value.

    Returns:
        The key of each copy by that of its source.
    """
    before = list(rows.order_by("pk"))
    after: list[Model] = []
    for row in before:
        values = {
            field.attname: getattr(row, field.attname)
            for field in row._meta.concrete_fields
            if not field.primary_key
        }
        for name, value in changed.items():
            if isinstance(value, dict):
                values[name] = value[values[name]]
            else:
                values[f"{name}_id"] = value.pk
        after.append(type(row)(**values))
    if not before:
        return {}
    stored = type(before[0])._default_manager.bulk_create(after)
    return {old.pk: new.pk for old, new in zip(before, stored, strict=True)}
