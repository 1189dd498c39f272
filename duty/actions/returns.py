"""Starting a return, completing its sections."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from authorities import audit
from authorities.models import StrategicAuthority, User
from duty.actions import proposals
from duty.actions.clock import judged_at
from duty.actions.steps import Held, hold, refresh_marks, role_for, take
from duty.lifecycle import Guard, ReturnEvent, ReturnState, next_state
from duty.models import DutyReturn, ReturnSection, Round, Section, WarningDecision
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import load
from duty.queries.returns import earlier_submission
from duty.queries.soft_warnings import OpenWarning, decisions_of, open_warnings
from duty.slots import SectionJudgement


class SectionNotCompleteError(ValueError):
    """A section has answers that are missing, wrong or without evidence."""

    def __init__(self, message: str, *, judgement: SectionJudgement) -> None:
        self.judgement = judgement
        super().__init__(message)


class GapsNotExplainedError(ValueError):
    """A section leaves questions unanswered and does not say why."""


class WarningsNotConfirmedError(ValueError):
    """An answer is unusual and nobody says why it is right."""

    def __init__(self, *, warnings: tuple[OpenWarning, ...]) -> None:
        self.warnings = warnings
        super().__init__(
            f"Say why {_count(len(warnings), 'unusual answer')} "
            f"{'is' if len(warnings) == 1 else 'are'} right, or change what is wrong."
        )


class UnknownSectionError(LookupError):
    """There is no such section."""


@transaction.atomic
def start(
    *,
    round_: Round,
    authority: StrategicAuthority,
    bring_over: bool = True,
    by: User,
    at: datetime,
) -> DutyReturn:
    """Return the authority's return in the round, made now if nobody started it before.

    With `bring_over`, answers of the standing records and of the last round are proposed in it.

    Raises:
        TransitionRefusedError: the round is not open, or no return is expected.
    """
    _lock(round_, authority)
    stored = DutyReturn.objects.filter(round=round_, authority=authority).first()
    if stored is not None:
        return stored
    loaded = load(round_=round_, authority=authority)
    role = role_for(event=ReturnEvent.START, authority=authority, by=by)
    holding = set()
    if loaded.closing.is_open(now=judged_at(at=at)):
        holding.add(Guard.ROUND_OPEN_OR_EXTENDED)
    if loaded.expected:
        holding.add(Guard.BODY_EXPECTED_OR_EXTENDED)
    next_state(state=ReturnState.NOT_STARTED, event=ReturnEvent.START, role=role, holding=holding)
    stored = DutyReturn.objects.create(
        round=round_, authority=authority, started_at=at, started_by=by
    )
    ReturnSection.objects.bulk_create(
        [ReturnSection(duty_return=stored, section=code) for code in Section.values]
    )
    StoredEvent.objects.create(
        duty_return=stored,
        type=ReturnEvent.START.value,
        actor=by,
        actor_role=role,
        actor_body=authority,
        at=at,
        payload={"sections": []},
    )
    audit.record(
        action="return.start", target=stored, body=authority, by=by, at=at, round=round_.slug
    )
    if bring_over:
        proposals.bring_over(duty_return=stored, by=by, at=at)
        stored.refresh_from_db(fields=["version"])
    return stored


@transaction.atomic
def mark_section_complete(
    *,
    duty_return: DutyReturn,
    section: str,
    gaps_reason: str = "",
    warning_reasons: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> ReturnState:
    """Say that a section is done.

    Args:
        duty_return: the return.
        section: its code.
        gaps_reason: why questions that may be left out were left out; needed where some were.
        warning_reasons: why each unusual answer is right, by the key of its warning.
        by: who says so.
        at: when.

    Raises:
        UnknownSectionError: there is no such section.
        SectionNotCompleteError: a required answer is missing, or an answer is wrong, lacks its
            evidence or was never reviewed; the judgement names them.
        GapsNotExplainedError: a question is left out and nobody says why.
        WarningsNotConfirmedError: an answer is unusual and nobody says why it is right.
        TransitionRefusedError: the return's state or the person's role does not allow it.
    """
    held = hold(duty_return=duty_return, at=at)
    judgement = held.standing.judgements.get(section)
    if judgement is None:
        raise UnknownSectionError("There is no such section.")
    title = held.loaded.title(section)
    holding = {Guard.ANSWERS_NOT_LOCKED}
    if not (judgement.missing or judgement.unreviewed or judgement.wrong):
        holding.add(Guard.REQUIRED_ANSWERS_VALID)
    if not judgement.without_evidence:
        holding.add(Guard.EVIDENCE_RULE_MET)
    explained = not judgement.gaps or bool(gaps_reason.strip())
    warnings = _open_warnings(held, section, at)
    reasons = {key: text.strip() for key, text in (warning_reasons or {}).items() if text.strip()}
    unconfirmed = tuple(one for one in warnings if one.key not in reasons)
    if explained and not unconfirmed:
        holding.add(Guard.SOFT_WARNINGS_CONFIRMED)
    # The state and the role first: who may not do it at all is not told what to correct.
    role = role_for(event=ReturnEvent.COMPLETE_SECTION, authority=held.loaded.authority, by=by)
    next_state(
        state=held.standing.state,
        event=ReturnEvent.COMPLETE_SECTION,
        role=role,
        holding=set(Guard),
    )
    if not judgement.valid:
        raise SectionNotCompleteError(_what_is_left(title, judgement), judgement=judgement)
    if not explained:
        raise GapsNotExplainedError(
            f"Say why {_count(len({g.slot.question.code for g in judgement.gaps}), 'question')} "
            f"in “{title}” can be left unanswered."
        )
    if unconfirmed:
        raise WarningsNotConfirmedError(warnings=unconfirmed)
    _confirm(held, warnings, reasons, by=by, at=at)
    reached = take(
        held=held,
        event=ReturnEvent.COMPLETE_SECTION,
        holding=holding,
        sections=frozenset({section}),
        reason=gaps_reason.strip(),
        by=by,
        at=at,
    )
    refresh_marks(held=held, reasons={section: gaps_reason.strip()})
    return reached


def _open_warnings(held: Held, section: str, at: datetime) -> tuple[OpenWarning, ...]:
    found = open_warnings(
        loaded=held.loaded,
        last=earlier_submission(round_=held.loaded.round, authority=held.loaded.authority),
        decisions=decisions_of(loaded=held.loaded),
        now=at,
    )
    return tuple(one for one in found if one.slot.question.specification == section)


def _confirm(
    held: Held,
    warnings: tuple[OpenWarning, ...],
    reasons: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    boards = {board.slug: board.id for board in held.loaded.boards}
    WarningDecision.objects.bulk_create(
        [
            WarningDecision(
                duty_return=held.duty_return,
                question=held.loaded.question_rows[one.slot.question.code],
                board_id=boards[one.slot.board] if one.slot.board else None,
                answer_version=one.answer_version,
                rule=one.warning.rule.value,
                part=one.warning.part,
                message=one.warning.message,
                reason=reasons[one.key],
                decided_at=at,
                decided_by=by,
            )
            for one in warnings
        ]
    )


def _what_is_left(title: str, judgement: SectionJudgement) -> str:
    parts = []
    if judgement.missing:
        parts.append(f"{_count(len(judgement.missing), 'answer')} missing")
    if judgement.wrong:
        parts.append(f"{_count(len(judgement.wrong), 'answer')} to correct")
    if judgement.without_evidence:
        parts.append(f"{_count(len(judgement.without_evidence), 'answer')} without evidence")
    if judgement.unreviewed:
        named = dict.fromkeys(f"“{one.slot.question.text}”" for one in judgement.unreviewed)
        parts.append(
            f"{_count(len(judgement.unreviewed), 'answer')} not yet reviewed ({', '.join(named)})"
        )
    return f"“{title}” is not complete: {', '.join(parts)}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _lock(round_: Round, authority: StrategicAuthority) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"return {round_.pk} {authority.pk}"],
        )
