"""The catalogue of indicators, loaded from the project's own files.

Nothing that a person has changed on screen is undone by a file: where both say something else, the
file's word is left and the load says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import models, transaction

from authorities import audit
from authorities.models import AuditEvent
from outcomes.actions import domains, indicator_breaks, indicator_sets, indicators
from outcomes.catalogue_file import (
    CatalogueFileError,
    IndicatorRow,
    SetRow,
    read_breaks,
    read_domains,
    read_indicators,
    read_sets,
)
from outcomes.definitions import FIELD_WORDS, Fact, changed_fields, facts_of
from outcomes.models import (
    BreakKind,
    ComparabilityBreak,
    Domain,
    Indicator,
    IndicatorSet,
    IndicatorVersion,
)
from outcomes.queries.definitions import current_definition, has_values
from outcomes.queries.revisions import codes_of, domain_revision, set_revision

FOLDER = Path(__file__).resolve().parent.parent / "published"

__all__ = ["FOLDER", "CatalogueFileError", "Loaded", "load"]


@dataclass(frozen=True)
class Loaded:
    """How many rows are new or changed, and what people said otherwise and is left."""

    domains: int
    indicators: int
    breaks: int
    sets: int
    left: tuple[str, ...]


@transaction.atomic
def load(*, folder: Path = FOLDER, at: datetime) -> Loaded:
    """Load domains, indicators, breaks and sets; a second load of the same files writes nothing.

    An indicator that a file of values has brought as a draft is described by its row here.

    Raises:
        CatalogueFileError: a file is wrong; nothing is loaded.
    """
    left: list[str] = []
    return Loaded(
        domains=_load_domains(_content(folder, "domains.csv"), left, at),
        indicators=sum(
            _load_indicator(row, left, at)
            for row in read_indicators(content=_content(folder, "indicators.csv"))
        ),
        breaks=_load_breaks(_content(folder, "comparability_breaks.csv"), at),
        sets=sum(
            _load_set(row, left, at)
            for row in read_sets(content=_content(folder, "indicator_sets.csv"))
        ),
        left=tuple(left),
    )


def _content(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()


def _load_domains(content: bytes, left: list[str], at: datetime) -> int:
    changed = 0
    for order, row in enumerate(read_domains(content=content), start=1):
        facts = domains.DomainFacts(
            slug=row.slug, name=row.name, text=row.text, source=row.source, order=order
        )
        held = Domain.objects.filter(slug=row.slug).first()
        if held is None:
            domains.make(facts=facts, by=None, at=at)
            changed += 1
            continue
        before = domain_revision(domain=held)
        if _touched(held):
            if (held.name, held.text, held.source) != (row.name, row.text, row.source):
                left.append(f"domain {row.slug}")
            continue
        after = domains.change(domain=held, facts=facts, expected_revision=before, by=None, at=at)
        changed += domain_revision(domain=after) != before
    return changed


def _load_indicator(row: IndicatorRow, left: list[str], at: datetime) -> bool:
    wanted = row.definition
    held = Indicator.objects.select_related("domain").filter(code=wanted.code).first()
    if held is None and wanted.fingertips_id is not None:
        # As a file of values brought it, before anybody described it.
        held = Indicator.objects.filter(fingertips_id=wanted.fingertips_id, draft=True).first()
    try:
        if held is None:
            indicators.create(definition=wanted, by=None, at=at)
            return True
        return _change_indicator(held, row, left, at)
    except indicators.DefinitionError as error:
        raise CatalogueFileError(f"indicators.csv, row {row.row}: {error}") from error


def _change_indicator(held: Indicator, row: IndicatorRow, left: list[str], at: datetime) -> bool:
    facts = facts_of(definition=row.definition)
    current = facts_of(definition=current_definition(indicator=held))
    changed = changed_fields(before=current, after=facts)
    if not changed and held.version:
        return False
    versions = IndicatorVersion.objects.filter(indicator=held)
    if versions.filter(made_by__isnull=False).exists():
        last = versions.filter(made_by__isnull=True).order_by("-number").first()
        if last is None or changed_fields(before=last.facts, after=facts):
            left.append(f"indicator {held.code}")
        return False
    if not changed and not held.draft:
        _keep_first_version(held, facts, at)
        return True
    names = ", ".join(FIELD_WORDS[name].lower() for name in changed)
    indicators.change(
        indicator=held,
        definition=row.definition,
        expected_version=held.version,
        reason=f"The catalogue that comes with the site says otherwise now: {names}.",
        by=None,
        at=at,
    )
    return True


def _keep_first_version(held: Indicator, facts: Mapping[str, Fact], at: datetime) -> None:
    """Give an indicator that was described before there were versions its first one."""
    held.version = 1
    held.save(update_fields=["version"])
    IndicatorVersion.objects.create(
        indicator=held,
        number=1,
        facts=dict(facts),
        had_values=has_values(indicator=held),
        made_at=at,
    )
    audit.record(action="indicator.described", target=held, by=None, at=at, version=1)


def _load_breaks(content: bytes, at: datetime) -> int:
    added = 0
    for row in read_breaks(content=content):
        indicator = Indicator.objects.filter(code=row.indicator).first()
        if indicator is None:
            raise CatalogueFileError(
                f"comparability_breaks.csv, row {row.row}: the catalogue has no {row.indicator}."
            )
        # One that was withdrawn on screen is not recorded again by a file.
        if ComparabilityBreak.objects.filter(
            indicator=indicator, starts_on=row.starts_on, kind=row.kind
        ).exists():
            continue
        indicator_breaks.record(
            indicator=indicator,
            starts_on=row.starts_on,
            kind=BreakKind(row.kind),
            text=row.text,
            source=row.source,
            by=None,
            at=at,
        )
        added += 1
    return added


def _load_set(row: SetRow, left: list[str], at: datetime) -> bool:
    facts = indicator_sets.SetFacts(
        slug=row.slug, name=row.name, text=row.text, source=row.source, indicators=row.indicators
    )
    held = IndicatorSet.objects.filter(slug=row.slug).first()
    try:
        if held is None:
            indicator_sets.make(facts=facts, by=None, at=at)
            return True
        codes = codes_of(indicator_set=held)
        before = set_revision(indicator_set=held, codes=codes)
        if _touched(held):
            if (held.name, held.text, held.source, codes) != (
                *(row.name, row.text, row.source),
                row.indicators,
            ):
                left.append(f"set {row.slug}")
            return False
        after = indicator_sets.change(
            indicator_set=held, facts=facts, expected_revision=before, by=None, at=at
        )
    except indicator_sets.UnknownIndicatorsError as error:
        raise CatalogueFileError(f"indicator_sets.csv, {row.slug}: {error}.") from error
    return set_revision(indicator_set=after, codes=codes_of(indicator_set=after)) != before


def _touched(row: models.Model) -> bool:
    """Whether a person has made or changed the row on screen."""
    return AuditEvent.objects.filter(
        target_type=row._meta.label_lower, target_id=str(row.pk), by__isnull=False
    ).exists()
