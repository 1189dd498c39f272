"""What pages show of a round's checks, decisions and history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duty import words
from duty.queries.round_checks import Checked, Decision, finding_of
from duty.queries.rounds import Happening, names_of
from duty.round_checks import CHECK_WORDS, Finding
from duty.round_lifecycle import RoundEvent
from duty.ui.components import Tag

_EVENT_WORDS = {
    RoundEvent.CREATE: "Drafted",
    RoundEvent.COPY: "Drafted as a copy",
    RoundEvent.CHANGE: "Changed",
    RoundEvent.EXPECT: "Who is expected was changed",
    RoundEvent.SCHEDULE: "Scheduled",
    RoundEvent.BACK_TO_DRAFT: "Made a draft again",
    RoundEvent.OPEN: "Opened",
    RoundEvent.CLOSE: "Closed",
    RoundEvent.REOPEN: "Given more days",
    RoundEvent.EXTEND: "Extension given",
    RoundEvent.DECIDE: "Decided about the checks",
    RoundEvent.HOLD_UP: "Held up",
    RoundEvent.START_REPLY: "Reply started",
    RoundEvent.END_REPLY: "Reply ended",
    RoundEvent.REOPEN_REPLY: "The reply given more days",
    RoundEvent.MOVE_PUBLICATION: "Time of publication changed",
    RoundEvent.PROPOSE: "Publication proposed",
    RoundEvent.TAKE_BACK: "Proposal taken back",
    RoundEvent.APPROVE: "Publication approved, under embargo",
    RoundEvent.WITHDRAW: "Approval withdrawn",
    RoundEvent.PUBLISH: "Published",
    RoundEvent.CORRECT: "Correction approved and published",
    RoundEvent.CORRECT_LEVEL: "Correction of a level approved and published",
}
_FIELD_WORDS = {
    "name": "name",
    "covers_from": "first day covered",
    "covers_to": "last day covered",
    "geography_date": "day of bodies and areas",
    "opens_on": "opening day",
    "due_on": "due day",
    "edits_until": "last day for edits",
    "reply_opens_on": "first day of the reply",
    "reply_closes_on": "last day of the reply",
    "publish_at": "publication",
    "requires_sign_off": "signature",
    "reminder_working_days": "reminder",
    "specification": "questions",
    "indicator_set": "indicators",
}


@dataclass(frozen=True)
class CheckLine:
    """One check with what it finds."""

    title: str
    tag: Tag
    findings: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision: who, when, why and about what."""

    by: str
    at: datetime
    reason: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class HistoryLine:
    """One event of a round."""

    title: str
    at: datetime
    by: str
    reason: str
    details: tuple[str, ...]


def check_lines(*, checks: Checked) -> tuple[CheckLine, ...]:
    """Return each check, with what it finds and whether somebody has decided about it."""
    lines = []
    open_keys = {finding.key for finding in checks.undecided}
    for check, title in CHECK_WORDS.items():
        own = [finding for finding in checks.found if finding.check is check]
        lines.append(
            CheckLine(
                title=title,
                tag=_tag(own, open_keys),
                findings=tuple(finding.text for finding in own),
            )
        )
    return tuple(lines)


def decision_lines(*, decisions: Sequence[Decision]) -> tuple[DecisionLine, ...]:
    """Return the decisions, newest first."""
    return tuple(
        DecisionLine(
            by=decision.by,
            at=decision.at,
            reason=decision.reason,
            findings=tuple(finding.text for finding in decision.found),
        )
        for decision in decisions
    )


def history_lines(*, happenings: Sequence[Happening], day: date) -> tuple[HistoryLine, ...]:
    """Return what happened, newest first; bodies are named as on the day."""
    keys = {
        str(key)
        for happening in happenings
        for key in (
            *_list(happening, "added"),
            *_list(happening, "removed"),
            *([happening.payload["authority"]] if "authority" in happening.payload else ()),
            *([happening.body_id] if happening.body_id else ()),
        )
    }
    names = names_of(keys=keys, day=day)
    return tuple(
        HistoryLine(
            title=_EVENT_WORDS[RoundEvent(happening.type)],
            at=happening.at,
            by=_who(happening, names),
            reason=happening.reason,
            details=tuple(_details(happening, names)),
        )
        for happening in happenings
    )


def _who(happening: Happening, names: dict[str, str]) -> str:
    """Return who took a step, in which role and for which body; events of before keep no body."""
    if not happening.by:
        return "The service"
    body = names[str(happening.body_id)] if happening.body_id else ""
    return ", ".join(part for part in (happening.by, happening.role.lower(), body) if part)


def _tag(own: Sequence[Finding], open_keys: set[str]) -> Tag:
    if not own:
        return Tag("Met", "green")
    if any(finding.key in open_keys for finding in own):
        return Tag("Needs a decision", "orange")
    return Tag("Decided", "blue")


def _details(happening: Happening, names: dict[str, str]) -> list[str]:
    said = happening.payload
    details = []
    if added := _list(happening, "added"):
        details.append(f"Added: {_names(added, names)}")
    if removed := _list(happening, "removed"):
        details.append(f"Left out: {_names(removed, names)}")
    if changed := _list(happening, "changed"):
        details.append(f"Changed: {', '.join(_FIELD_WORDS.get(str(c), str(c)) for c in changed)}")
    if "authority" in said:
        details.append(
            f"{names[str(said['authority'])]}: due {_day(said['due_on'])}, "
            f"last day {_day(said['edits_until'])}"
        )
    elif "edits_until" in said:
        details.append(f"Last day {_day(said['edits_until'])}, before {_day(said['before'])}")
    if "reply_closes_on" in said:
        details.append(f"Last day of the reply {_day(said['reply_closes_on'])}")
    if isinstance(instant := said.get("publish_at"), str):
        when = words.london_datetime(moment=datetime.fromisoformat(instant))
        details.append(f"Published on {when}, London time")
    if isinstance(number := said.get("number"), int):
        details.append(f"Revision {number}")
    if isinstance(versions := said.get("versions"), dict):
        numbers = ", ".join(f"{name} {number}" for name, number in versions.items())
        details.append(f"Versions: {numbers}")
    if waiting := _list(happening, "awaiting_sign_off"):
        details.append(f"Awaited sign-off: {', '.join(str(slug) for slug in waiting)}")
    details.extend(
        finding_of(plain=plain).text
        for plain in _list(happening, "findings")
        if isinstance(plain, dict)
    )
    return details


def _list(happening: Happening, name: str) -> list[object]:
    stored = happening.payload.get(name)
    return stored if isinstance(stored, list) else []


def _names(keys: Sequence[object], names: dict[str, str]) -> str:
    return ", ".join(sorted(names[str(key)] for key in keys))


def _day(stored: object) -> str:
    return words.london_date(moment=date.fromisoformat(str(stored)))
