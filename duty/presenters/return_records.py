"""What a program is told of a return: its state, its sections, who may do what next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from duty.lifecycle import ReturnEvent, ReturnState, allowed_events
from duty.models import Declaration, Round, Submission
from duty.presenters.progress import SENT, LockNotice, lock_of
from duty.queries.listed_returns import ListedReturn
from duty.queries.loaded import LoadedReturn
from duty.queries.returns import People
from duty.queries.standing import Standing
from duty.sections import SectionState

# What happens to a return by itself, or is one's own step elsewhere.
_NOT_OFFERED = frozenset({ReturnEvent.START, ReturnEvent.CLOSE_ROUND})


@dataclass(frozen=True)
class ReturnRecord:
    """A return as a list gives it. The version is None to who may not look into a draft."""

    id: UUID
    round: str
    round_name: str
    authority: str
    authority_name: str
    state: ReturnState
    due_on: date
    edits_until: date
    extended: bool
    overdue: bool
    version: int | None
    submission: str
    submitted_at: datetime | None


@dataclass(frozen=True)
class SectionRecord:
    """A section of a return, without its questions."""

    section: str
    title: str
    state: SectionState
    floor: str
    asked: int
    answered: int
    missing: int
    wrong: int
    without_evidence: int
    gaps: int
    request: str
    edited_at: datetime | None
    edited_by: str


@dataclass(frozen=True)
class AskedIndicator:
    """An indicator that a round asks figures of, by the definition that it was scheduled with."""

    code: str
    name: str
    version: int


@dataclass(frozen=True)
class AskedSet:
    """The version of a set of indicators that a round asks figures of."""

    set: str
    name: str
    version: int
    indicators: tuple[AskedIndicator, ...]


@dataclass(frozen=True)
class ReturnDetail(ReturnRecord):
    """A return by itself; `sections` and `lock` are None to the centre, which sees no draft."""

    covers_from: date
    covers_to: date
    indicators: AskedSet | None
    next_steps: tuple[ReturnEvent, ...]
    sections: tuple[SectionRecord, ...] | None
    lock: LockNotice | None
    declaration: Declaration | None
    submissions: tuple[Submission, ...]


def record_of(*, line: ListedReturn, own: bool) -> ReturnRecord:
    """Return a row of a list; `own` where the reader works at the authority."""
    row = line.duty_return
    return ReturnRecord(
        id=row.pk,
        round=row.round.slug,
        round_name=row.round.name,
        authority=row.authority.slug,
        authority_name=line.authority_name,
        state=line.state,
        due_on=line.closing.due_on,
        edits_until=line.closing.edits_until,
        extended=line.closing.extended,
        overdue=line.overdue,
        version=row.version if own or line.state in SENT else None,
        submission=line.submission.reference if line.submission else "",
        submitted_at=line.submission.submitted_at if line.submission else None,
    )


def own_detail(
    *,
    loaded: LoadedReturn,
    standing: Standing,
    people: People,
    submissions: tuple[Submission, ...],
    declaration: Declaration | None,
    roles: Collection[str],
    now: datetime,
) -> ReturnDetail:
    """Return what the authority's own people are told of their return."""
    return _detail(
        loaded=loaded,
        state=standing.state,
        version=loaded.duty_return.version if loaded.duty_return else None,
        submissions=submissions,
        next_steps=_steps(state=standing.state, loaded=loaded, roles=roles),
        sections=sections_of(loaded=loaded, standing=standing),
        lock=lock_of(loaded=loaded, standing=standing, people=people, now=now),
        declaration=declaration if standing.state == ReturnState.AWAITING_SIGN_OFF else None,
        now=now,
    )


def centre_detail(
    *,
    loaded: LoadedReturn,
    state: ReturnState,
    submissions: tuple[Submission, ...],
    roles: Collection[str],
    now: datetime,
) -> ReturnDetail:
    """Return what the centre is told: where the return stands and what was submitted of it."""
    sent = state in SENT
    return _detail(
        loaded=loaded,
        state=state,
        version=loaded.duty_return.version if loaded.duty_return and sent else None,
        submissions=submissions,
        next_steps=_steps(state=state, loaded=loaded, roles=roles),
        sections=None,
        lock=None,
        declaration=None,
        now=now,
    )


def sections_of(*, loaded: LoadedReturn, standing: Standing) -> tuple[SectionRecord, ...]:
    """Return the sections with their states, in order."""
    return tuple(
        section_record(loaded=loaded, standing=standing, code=code)
        for code in loaded.round.specification.section_order
        if standing.judgements[code].slots
    )


def section_record(*, loaded: LoadedReturn, standing: Standing, code: str) -> SectionRecord:
    """Return one section with its state."""
    judgement = standing.judgements[code]
    row = loaded.section_rows.get(code)
    state = standing.sections[code]
    return SectionRecord(
        section=code,
        title=loaded.title(code),
        state=state,
        floor=judgement.floor.value,
        asked=judgement.asked,
        answered=judgement.answered,
        missing=len(judgement.missing),
        wrong=len(judgement.wrong),
        without_evidence=len(judgement.without_evidence),
        gaps=len(judgement.gaps),
        request=row.mark_reason if row and state == SectionState.CHANGES_REQUESTED else "",
        edited_at=row.edited_at if row else None,
        edited_by=row.edited_by.full_name if row and row.edited_by else "",
    )


def _detail(
    *,
    loaded: LoadedReturn,
    state: ReturnState,
    version: int | None,
    submissions: tuple[Submission, ...],
    next_steps: tuple[ReturnEvent, ...],
    sections: tuple[SectionRecord, ...] | None,
    lock: LockNotice | None,
    declaration: Declaration | None,
    now: datetime,
) -> ReturnDetail:
    if loaded.duty_return is None:
        raise ValueError("A return that nobody started has no record.")
    newest = submissions[0] if submissions else None
    return ReturnDetail(
        id=loaded.duty_return.pk,
        round=loaded.round.slug,
        round_name=loaded.round.name,
        authority=loaded.authority.slug,
        authority_name=loaded.facts.name,
        state=state,
        due_on=loaded.closing.due_on,
        edits_until=loaded.closing.edits_until,
        extended=loaded.closing.extended,
        overdue=loaded.closing.is_overdue(came=newest is not None, now=now),
        version=version,
        submission=newest.reference if newest else "",
        submitted_at=newest.submitted_at if newest else None,
        covers_from=loaded.round.covers_from,
        covers_to=loaded.round.covers_to,
        indicators=_asked_set(loaded.round),
        next_steps=next_steps,
        sections=sections,
        lock=lock,
        declaration=declaration,
        submissions=submissions,
    )


def _asked_set(round_: Round) -> AskedSet | None:
    frozen = round_.indicator_set_version
    if frozen is None:
        return None
    return AskedSet(
        set=frozen.indicator_set.slug,
        name=frozen.name,
        version=frozen.number,
        indicators=tuple(AskedIndicator(**one) for one in frozen.indicators),
    )


def _steps(
    *, state: ReturnState, loaded: LoadedReturn, roles: Collection[str]
) -> tuple[ReturnEvent, ...]:
    """Return what a person of these roles may try; whether it succeeds is asked then."""
    offered = {
        event for role in roles for event in allowed_events(state=state, role=role)
    } - _NOT_OFFERED
    other_way = (
        ReturnEvent.SUBMIT if loaded.round.requires_sign_off else ReturnEvent.SEND_FOR_SIGN_OFF
    )
    return tuple(event for event in ReturnEvent if event in offered - {other_way})
