"""A reading of the mission is drafted by one person of the centre and approved by another."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from authorities import audit
from authorities.models import User
from outcomes.actions import mission_reading
from outcomes.models import DefinitionState, MissionDefinition, MissionGapRule


class DefinitionRefusedError(ValueError):
    """A definition cannot be as it was said; `field` is the one to correct, empty for none."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DefinitionOvertakenError(ValueError):
    """The draft was changed, approved or discarded since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was changed or decided on since you opened it. Read it again first."
        )


class OwnDefinitionError(ValueError):
    """Who wrote a definition would approve it."""

    def __init__(self) -> None:
        super().__init__("You wrote this draft, so another person must approve it.")


@dataclass(frozen=True)
class DefinitionFacts:
    """What a person says of a definition; the names are those of the model's fields."""

    words: str
    areas: str
    gap_rule: str
    highest_code: str
    lowest_code: str
    sexes: str
    baseline_first_year: int
    baseline_last_year: int
    baseline_reason: str
    share: str
    target_first_year: int | None
    target_last_year: int | None
    source: str
    reason: str


@transaction.atomic
def draft(*, facts: DefinitionFacts, form_key: UUID, by: User, at: datetime) -> MissionDefinition:
    """Draft the next version; the same form sent twice makes one.

    Raises:
        DefinitionRefusedError: something is missing or does not fit, or a draft is open already.
    """
    _check(facts)
    # Two drafts at once wait for each other here.
    rows = MissionDefinition.objects.select_for_update().order_by("number")
    held = list(rows)
    made = next((one for one in held if one.form_key == form_key), None)
    if made is not None:
        return made
    if any(one.state == DefinitionState.DRAFT for one in held):
        raise DefinitionRefusedError(
            "A draft is open already. Approve or discard it before you start another."
        )
    newest = MissionDefinition.objects.aggregate(newest=Max("number"))["newest"] or 0
    made = MissionDefinition.objects.create(
        number=newest + 1, form_key=form_key, made_at=at, made_by=by, **vars(facts)
    )
    audit.record(action="mission_definition.drafted", target=made, by=by, at=at, number=made.number)
    return made


@transaction.atomic
def change(
    *, number: int, facts: DefinitionFacts, expected_revision: int, by: User, at: datetime
) -> MissionDefinition:
    """Change a draft. Whoever did so last wrote it, and cannot approve it.

    Raises:
        MissionDefinition.DoesNotExist: there is no such version.
        DefinitionOvertakenError: it is no draft any more, or was changed since it was read.
        DefinitionRefusedError: something is missing or does not fit.
    """
    held = _held_draft(number, expected_revision)
    _check(facts)
    said = vars(facts)
    if all(getattr(held, name) == value for name, value in said.items()):
        return held
    for name, value in said.items():
        setattr(held, name, value)
    held.revision += 1
    held.made_by, held.made_at = by, at
    held.save(update_fields=[*said, "revision", "made_by", "made_at"])
    audit.record(action="mission_definition.changed", target=held, by=by, at=at, number=held.number)
    return held


@transaction.atomic
def approve(*, number: int, expected_revision: int, by: User, at: datetime) -> MissionDefinition:
    """Put a draft in use; the definition before it is kept, and stays readable.

    Raises:
        MissionDefinition.DoesNotExist: there is no such version.
        DefinitionOvertakenError: it is no draft any more, or was changed since it was read.
        OwnDefinitionError: the same person wrote it.
    """
    held = _held_draft(number, expected_revision)
    if held.made_by_id == by.pk:
        raise OwnDefinitionError
    for before in MissionDefinition.objects.in_use().select_for_update():
        before.state, before.replaced_at = DefinitionState.REPLACED, at
        before.save(update_fields=["state", "replaced_at"])
    held.state = DefinitionState.IN_USE
    held.approved_at, held.approved_by = at, by
    held.save(update_fields=["state", "approved_at", "approved_by"])
    audit.record(
        action="mission_definition.approved", target=held, by=by, at=at, number=held.number
    )
    # Drawn here and not by the job alone: the page shows the definition that is in use.
    mission_reading.refresh(at=at)
    return held


@transaction.atomic
def discard(
    *, number: int, expected_revision: int, reason: str, by: User, at: datetime
) -> MissionDefinition:
    """Give a draft up. Its number is not used again.

    Raises:
        MissionDefinition.DoesNotExist: there is no such version.
        DefinitionOvertakenError: it is no draft any more, or was changed since it was read.
        DefinitionRefusedError: the reason is empty.
    """
    held = _held_draft(number, expected_revision)
    if not reason.strip():
        raise DefinitionRefusedError("Enter why the draft is discarded", field="reason")
    held.state, held.discarded_reason = DefinitionState.DISCARDED, reason.strip()
    held.save(update_fields=["state", "discarded_reason"])
    audit.record(
        action="mission_definition.discarded", target=held, by=by, at=at, number=held.number
    )
    return held


def _held_draft(number: int, expected_revision: int) -> MissionDefinition:
    held = MissionDefinition.objects.select_for_update(of=("self",)).get(number=number)
    if held.state != DefinitionState.DRAFT or held.revision != expected_revision:
        raise DefinitionOvertakenError
    return held


def _check(facts: DefinitionFacts) -> None:
    for name, words in (
        ("words", "Enter what the page says of the definition"),
        ("baseline_reason", "Enter why this is the baseline"),
        ("source", "Enter where the definition comes from"),
        ("reason", "Enter why there is a new version"),
    ):
        if not getattr(facts, name).strip():
            raise DefinitionRefusedError(words, field=name)
    pair = (facts.highest_code, facts.lowest_code)
    if facts.gap_rule == MissionGapRule.FIXED_PAIR:
        if not all(pair):
            raise DefinitionRefusedError("Choose both regions of the pair", field="highest_code")
        if pair[0] == pair[1]:
            raise DefinitionRefusedError("Choose two different regions", field="lowest_code")
    elif any(pair):
        raise DefinitionRefusedError(
            "Leave the regions empty: the gap is between whichever are highest and lowest",
            field="highest_code",
        )
    if facts.target_first_year is not None and facts.target_first_year <= facts.baseline_last_year:
        raise DefinitionRefusedError(
            "The target period must begin after the baseline", field="target_last_year"
        )
