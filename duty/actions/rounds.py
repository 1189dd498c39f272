"""Making a reporting round, copying one, and changing it while it is a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from authorities import audit
from authorities.models import User
from duty.actions.round_bodies import expect_default
from duty.actions.round_steps import acting_for, date_guards, hold, record, take
from duty.deadlines import london_date
from duty.lifecycle import ADMINISTRATOR
from duty.models import Round, Specification, usual_reminder
from duty.round_lifecycle import (
    RoundDates,
    RoundEvent,
    RoundGuard,
    RoundRefusedError,
    date_problems,
)
from outcomes.models import IndicatorSet

_LONGEST_SLUG = 40


class RoundDatesError(ValueError):
    """The dates of a round are not in order; `problems` are names of dates with sentences."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(f"{text}." for _, text in problems))


class SpecificationNotPublishedError(ValueError):
    """A round would ask a version that can still change."""


class RoundExistsError(ValueError):
    """There is a round at this address already."""


@dataclass(frozen=True)
class Plan:
    """What a round is to be. Days are London's, inclusive; the last three may be left open.

    indicator_set: whose indicators it asks figures of; None leaves that to each authority.
    """

    name: str
    covers_from: date
    covers_to: date
    geography_date: date
    opens_on: date
    due_on: date
    edits_until: date
    specification: Specification
    indicator_set: IndicatorSet | None = None
    reply_opens_on: date | None = None
    reply_closes_on: date | None = None
    publish_at: datetime | None = None
    requires_sign_off: bool = True
    reminder_working_days: int = field(default_factory=usual_reminder)


def slug_of(*, name: str, is_test: bool) -> str:
    """Return the address of a round with this name; a test round's never meets a real one's.

    References of submissions are made of it too, so test rounds count theirs apart.
    """
    return slugify(f"test {name}" if is_test else name)[:_LONGEST_SLUG].strip("-")


@transaction.atomic
def create(*, plan: Plan, is_test: bool = False, by: User | None, at: datetime) -> Round:
    """Store a round as a draft, expecting the authorities that exist on its geography date.

    Raises:
        RoundDatesError: the dates are not in order.
        SpecificationNotPublishedError: its questions are not frozen.
        RoundExistsError: there is a round with this name.
    """
    return _store(plan, is_test, None, by=by, at=at)


@transaction.atomic
def copy(*, source: Round, plan: Plan, is_test: bool, by: User | None, at: datetime) -> Round:
    """Store a draft that asks what another round asked; no answer is copied.

    Raises:
        RoundDatesError, SpecificationNotPublishedError, RoundExistsError: as `create`.
    """
    return _store(plan, is_test, source, by=by, at=at)


@transaction.atomic
def change_draft(
    *, round_: Round, plan: Plan, expected_version: int, by: User | None, at: datetime
) -> Round:
    """Change a draft; its address stays, and whom it expects follows its geography date.

    Raises:
        RoundRefusedError: it is no draft, somebody else changed it meanwhile, or the role.
        RoundDatesError, SpecificationNotPublishedError: as `create`.
    """
    _check(plan)
    held = hold(round_=round_)
    changed = [f.name for f in fields(plan) if getattr(held, f.name) != getattr(plan, f.name)]
    for name in changed:
        setattr(held, name, getattr(plan, name))
    holding = date_guards(round_=held, at=at)
    if held.version == expected_version:
        holding.add(RoundGuard.VERSION_MATCHES)
    take(held=held, event=RoundEvent.CHANGE, holding=holding, by=by, at=at, changed=changed)
    held.save(update_fields=changed)
    expect_default(round_=held)
    return held


def _store(
    plan: Plan, is_test: bool, source: Round | None, *, by: User | None, at: datetime
) -> Round:
    _check(plan)
    acting = acting_for(event=RoundEvent.CHANGE, by=by)
    if by is not None and acting.role != ADMINISTRATOR:
        raise RoundRefusedError("You cannot make a round. Ask the administrator.")
    slug = slug_of(name=plan.name, is_test=is_test)
    if not slug:
        raise RoundExistsError("Use letters or numbers in the name.")
    if Round.objects.filter(slug=slug).exists():
        raise RoundExistsError(f"There is a round “{plan.name}” already. Choose another name.")
    stored = Round.objects.create(
        slug=slug,
        is_test=is_test,
        copied_from=source,
        created_at=at,
        created_by=by,
        **{one.name: getattr(plan, one.name) for one in fields(plan)},
    )
    record(
        held=stored,
        event=RoundEvent.COPY if source else RoundEvent.CREATE,
        acting=acting,
        by=by,
        at=at,
        **({"source": source.slug} if source else {}),
    )
    audit.record(
        action="round.copied" if source else "round.created",
        target=stored,
        by=by,
        at=at,
        slug=slug,
    )
    expect_default(round_=stored)
    return stored


def _check(plan: Plan) -> None:
    dates = RoundDates(
        covers_from=plan.covers_from,
        covers_to=plan.covers_to,
        opens_on=plan.opens_on,
        due_on=plan.due_on,
        edits_until=plan.edits_until,
        reply_opens_on=plan.reply_opens_on,
        reply_closes_on=plan.reply_closes_on,
        publishes_on=london_date(now=plan.publish_at) if plan.publish_at else None,
    )
    if problems := date_problems(dates=dates):
        raise RoundDatesError(problems)
    if plan.specification.published_at is None:
        raise SpecificationNotPublishedError(
            f"Version {plan.specification.version} of the questions is not published. "
            "Publish it first."
        )
