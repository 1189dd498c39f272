"""Sets of indicators: made, put in order, read from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.catalogue_file import CatalogueFileError, read_sets
from outcomes.models import Indicator, IndicatorSet, IndicatorSetMember
from outcomes.queries.revisions import codes_of, set_revision


class SetChangedError(ValueError):
    """Somebody else changed the set since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this set since you opened the page. Nothing of yours is lost: "
            "compare with what is stored now, and save again if yours should stay."
        )


class SetTakenError(ValueError):
    """Another set has the short name."""


class UnknownIndicatorsError(ValueError):
    """A set names indicators that the catalogue does not have; nothing is stored."""

    def __init__(self, *, codes: Sequence[str]) -> None:
        named = ", ".join(codes[:10]) + (f" and {len(codes) - 10} more" if codes[10:] else "")
        super().__init__(
            f"The catalogue has no such indicator: {named}. Correct the code, or add it first"
        )
        self.codes = tuple(codes)


@dataclass(frozen=True)
class SetFacts:
    """What a set is: its words, and its indicators by code in their order."""

    slug: str
    name: str
    indicators: tuple[str, ...]
    text: str = ""
    source: str = ""
    in_use: bool = True


@dataclass(frozen=True)
class ImportedSets:
    """What an import did, by the sets' short names."""

    made: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@transaction.atomic
def make(*, facts: SetFacts, by: User | None, at: datetime) -> IndicatorSet:
    """Store a new set.

    Raises:
        SetTakenError: there is one with this short name.
        UnknownIndicatorsError: an indicator is not in the catalogue.
    """
    if IndicatorSet.objects.filter(slug=facts.slug).exists():
        raise SetTakenError(f"There is a set {facts.slug} already. Use another short name")
    made = IndicatorSet(slug=facts.slug)
    _write(made, facts)
    audit.record(
        action="indicator_set.made", target=made, by=by, at=at, indicators=len(facts.indicators)
    )
    return made


@transaction.atomic
def change(
    *,
    indicator_set: IndicatorSet,
    facts: SetFacts,
    expected_revision: str,
    by: User | None,
    at: datetime,
) -> IndicatorSet:
    """Change a set, but for its short name; the same facts store nothing.

    Raises:
        SetChangedError: it is not as it was read.
        UnknownIndicatorsError: an indicator is not in the catalogue.
    """
    held = IndicatorSet.objects.select_for_update().get(pk=indicator_set.pk)
    codes = codes_of(indicator_set=held)
    if _same(held, codes, facts):
        return held
    if set_revision(indicator_set=held, codes=codes) != expected_revision:
        raise SetChangedError
    _write(held, facts)
    audit.record(
        action="indicator_set.changed", target=held, by=by, at=at, indicators=len(facts.indicators)
    )
    return held


@transaction.atomic
def import_file(*, content: bytes, by: User, at: datetime) -> ImportedSets:
    """Store the sets of a file: all of them, or none when anything is wrong.

    A set that is there already is replaced by the file's; its history keeps what it was. Sets that
    the file does not name stay.

    Raises:
        CatalogueFileError: the file is wrong.
        UnknownIndicatorsError: an indicator is not in the catalogue.
    """
    rows = read_sets(content=content)
    if not rows:
        raise CatalogueFileError("There is no set in the file.")
    stored = {
        one.slug: one
        for one in IndicatorSet.objects.select_for_update()
        .filter(slug__in=[row.slug for row in rows])
        .order_by("slug")
    }
    done: dict[str, list[str]] = {"made": [], "changed": [], "unchanged": []}
    for row in rows:
        facts = SetFacts(
            slug=row.slug,
            name=row.name,
            text=row.text,
            source=row.source,
            indicators=row.indicators,
        )
        held = stored.get(row.slug) or IndicatorSet(slug=row.slug)
        if held.pk is not None and _same(held, codes_of(indicator_set=held), facts):
            done["unchanged"].append(row.slug)
            continue
        done["changed" if held.pk is not None else "made"].append(row.slug)
        _write(held, facts)
        audit.record(
            action="indicator_set.imported",
            target=held,
            by=by,
            at=at,
            indicators=len(facts.indicators),
        )
    return ImportedSets(**{name: tuple(slugs) for name, slugs in done.items()})


def _same(held: IndicatorSet, codes: Sequence[str], facts: SetFacts) -> bool:
    return (held.name, held.text, held.source, held.in_use, tuple(codes)) == (
        facts.name,
        facts.text,
        facts.source,
        facts.in_use,
        facts.indicators,
    )


def _write(held: IndicatorSet, facts: SetFacts) -> None:
    known = Indicator.objects.in_bulk(facts.indicators, field_name="code")
    if unknown := [code for code in facts.indicators if code not in known]:
        raise UnknownIndicatorsError(codes=unknown)
    held.name, held.text, held.source = facts.name, facts.text, facts.source
    held.in_use = facts.in_use
    held.save()
    kept = {
        member.indicator_id: member
        for member in held.members.exclude(indicator__code__in=facts.indicators)
    }
    IndicatorSetMember.objects.filter(pk__in=[member.pk for member in kept.values()]).delete()
    there = {member.indicator_id: member for member in held.members.all()}
    for place, code in enumerate(facts.indicators, start=1):
        member = there.get(known[code].pk)
        if member is None:
            IndicatorSetMember.objects.create(
                indicator_set=held, indicator=known[code], order=place
            )
        elif member.order != place:
            # The unique place is asked for at the end of the transaction.
            member.order = place
            member.save(update_fields=["order"])
