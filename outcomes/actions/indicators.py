"""Indicators are described and changed: each time a new version, which says what was before."""

from datetime import datetime

from django.db import transaction

from authorities import audit
from authorities.models import User
from outcomes.actions import indicator_pages
from outcomes.definitions import (
    Definition,
    DefinitionProblem,
    changed_fields,
    facts_of,
    problems_of,
)
from outcomes.models import Domain, Indicator, IndicatorVersion
from outcomes.queries.definitions import current_definition, has_values

REASON_DESCRIBED, REASON_CHANGED = "indicator described", "indicator changed"


class DefinitionError(ValueError):
    """Facts of an indicator are wrong; `problems` says which and what to do."""

    def __init__(self, *, problems: tuple[DefinitionProblem, ...]) -> None:
        super().__init__(" ".join(f"{one.message}." for one in problems))
        self.problems = problems


class IndicatorChangedError(ValueError):
    """Somebody else changed the indicator since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this indicator since you opened the page. Nothing of yours is lost: "
            "compare with what is stored now, and save again if yours should stay."
        )


class ReasonMissingError(ValueError):
    """Values came under the definition, so a change of it needs a reason."""

    def __init__(self) -> None:
        super().__init__("Enter why it changes: values came under the definition that it has now")


@transaction.atomic
def create(*, definition: Definition, by: User | None, at: datetime) -> Indicator:
    """Store a new indicator with its first version.

    Raises:
        DefinitionError: a fact is wrong, or another indicator has the code or the identifier.
    """
    indicator = Indicator(draft=False)
    _check(definition, other_than=None)
    _write(indicator, definition)
    _keep_version(indicator, definition, reason="", had_values=False, by=by, at=at)
    audit.record(action="indicator.created", target=indicator, by=by, at=at, version=1)
    return indicator


@transaction.atomic
def change(
    *,
    indicator: Indicator,
    definition: Definition,
    expected_version: int,
    reason: str,
    by: User | None,
    at: datetime,
) -> Indicator:
    """Store another definition as the next version; the same definition stores nothing.

    Values that are there stay under the version that they came under. What is computed from the
    indicator is asked for again.

    A draft, which a file has brought, is described by this and is a draft no more. Its first
    version needs no reason, since nobody had described it before.

    Args:
        indicator: which one.
        definition: all facts, as they are to be.
        expected_version: the number of the version that was read.
        reason: why it changes; needed once values exist.
        by: who changes it; None for the project's own file.
        at: when.

    Raises:
        IndicatorChangedError: there is a newer version than the one that was read.
        ReasonMissingError: values exist and no reason is given.
        DefinitionError: a fact is wrong, another indicator has the code or the identifier, or the
            code would change, to which links lead.
    """
    held = Indicator.objects.select_for_update().get(pk=indicator.pk)
    before = facts_of(definition=current_definition(indicator=held))
    changed = changed_fields(before=before, after=facts_of(definition=definition))
    if not changed and not held.draft:
        return held
    if held.version != expected_version:
        raise IndicatorChangedError
    _check(definition, other_than=held)
    had_values = has_values(indicator=held)
    if had_values and held.version and not reason.strip():
        raise ReasonMissingError
    was_draft, held.draft = held.draft, False
    _write(held, definition)
    _keep_version(held, definition, reason=reason.strip(), had_values=had_values, by=by, at=at)
    audit.record(
        action="indicator.described" if was_draft else "indicator.changed",
        target=held,
        by=by,
        at=at,
        version=held.version,
        changed=list(changed),
    )
    indicator_pages.request_for(
        indicator=held, reason=REASON_DESCRIBED if was_draft else REASON_CHANGED, at=at
    )
    return held


def _check(definition: Definition, *, other_than: Indicator | None) -> None:
    problems = list(problems_of(definition=definition))
    others = Indicator.objects.all()
    if other_than is not None:
        others = others.exclude(pk=other_than.pk)
        if not other_than.draft and definition.code != other_than.code:
            problems.append(
                DefinitionProblem("code", "The code stays as it is: links to the indicator use it")
            )
    if others.filter(code=definition.code).exists():
        problems.append(
            DefinitionProblem("code", f"Another indicator has the code {definition.code}")
        )
    number = definition.fingertips_id
    if number is not None and others.filter(fingertips_id=number).exists():
        problems.append(
            DefinitionProblem("fingertips_id", f"Another indicator has the identifier {number}")
        )
    if definition.domain and not Domain.objects.filter(slug=definition.domain).exists():
        problems.append(DefinitionProblem("domain", "Choose a domain of the list"))
    if problems:
        raise DefinitionError(problems=tuple(problems))


def _write(indicator: Indicator, definition: Definition) -> None:
    facts = facts_of(definition=definition)
    slug = facts.pop("domain")
    for name, value in facts.items():
        setattr(indicator, name, value)
    indicator.domain = Domain.objects.get(slug=slug) if slug else None
    indicator.version += 1
    indicator.save()


def _keep_version(
    indicator: Indicator,
    definition: Definition,
    *,
    reason: str,
    had_values: bool,
    by: User | None,
    at: datetime,
) -> None:
    IndicatorVersion.objects.create(
        indicator=indicator,
        number=indicator.version,
        facts=facts_of(definition=definition),
        had_values=had_values,
        reason=reason,
        made_at=at,
        made_by=by,
    )
