"""What pages say of changes, closures and updates that were sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from duty import words
from duty.ui.components import SummaryRow, Tag
from engagement.commitment_lifecycle import Event
from engagement.models import AskedState, CommitmentState, CommitmentStatus, CommitmentUpdate, Side
from engagement.presenters import commitment_origins as origins
from engagement.presenters.commitment_terms import Happening
from engagement.presenters.commitment_words import READERS, STATUS_TAGS, date_words, other_side
from engagement.queries.commitment_steps import AskedFacts, Promise
from engagement.queries.commitments import CommitmentFacts, SideUpdate


@dataclass(frozen=True)
class StepWords:
    """A step's page. warns: the button is one that cannot be undone by the person alone."""

    title: str
    lead: str
    button: str
    done: str
    warns: bool = False


STEPS = {
    Event.PROPOSE_CHANGE: StepWords(
        "Change a commitment",
        "The other side’s signatory accepts or refuses the change. Until then what is agreed "
        "holds, and what it was stays on record.",
        "Ask the other side",
        "The other side is asked to accept the change. Until then nothing changes.",
    ),
    Event.ACCEPT_CHANGE: StepWords(
        "Accept a change",
        "When you accept, this is what both sides promise from now on. What it was stays on "
        "record.",
        "Accept the change",
        "The change is accepted and holds from now on.",
    ),
    Event.REFUSE_CHANGE: StepWords(
        "Refuse a change",
        "What was agreed holds, and the other side sees your reason.",
        "Refuse the change",
        "The change is refused. What was agreed holds.",
        warns=True,
    ),
    Event.TAKE_BACK_CHANGE: StepWords(
        "Take a change back",
        "The other side has nothing to answer any more. What was agreed holds.",
        "Take it back",
        "The change is taken back. What was agreed holds.",
    ),
    Event.PROPOSE_CLOSURE: StepWords(
        "Close a commitment",
        "The other side’s signatory confirms it or keeps the commitment open. A closed commitment "
        "stays on record and nothing of it changes any more.",
        "Ask the other side",
        "The other side is asked to confirm that it is over.",
    ),
    Event.CONFIRM_CLOSURE: StepWords(
        "Confirm that it is over",
        "When you confirm, the commitment is closed. It stays on record and takes no more updates "
        "from either side.",
        "Close the commitment",
        "The commitment is closed and stays on record.",
        warns=True,
    ),
    Event.REFUSE_CLOSURE: StepWords(
        "Keep it open",
        "The commitment goes on, and the other side sees your reason.",
        "Keep it open",
        "The commitment stays open, and both sides go on with it.",
    ),
    Event.TAKE_BACK_CLOSURE: StepWords(
        "Go on with it",
        "The other side has nothing to answer any more, and the commitment goes on.",
        "Go on with it",
        "The commitment goes on.",
    ),
    Event.DESCRIBE: StepWords(
        "Describe a commitment",
        "Either side may say this without asking the other. What was said before stays on record, "
        "and the other side sees who changed it.",
        "Save",
        "What the commitment serves and rests on is saved.",
    ),
    Event.NAME_OWNER: StepWords(
        "Say who owns a commitment",
        "Only people of your own body read who it is; the other side reads the role. Whoever owns "
        "it finds it under “Owned by me”, and the weekly e-mail says that it is theirs.",
        "Save",
        "Who owns the commitment on your side is saved.",
    ),
    Event.STATE_MONEY: StepWords(
        "State money for a commitment",
        "Say what your side knows, one line for each source, year and kind. Both sides and the "
        "national team read it, and nobody else.",
        "Save the line",
        "The line is saved.",
    ),
    Event.CORRECT_MONEY: StepWords(
        "Correct money of a commitment",
        "The line as it is now stays on record, and this one takes its place.",
        "Save the correction",
        "The line is corrected. What it said before stays on record.",
    ),
    Event.WITHDRAW_MONEY: StepWords(
        "Withdraw money of a commitment",
        "The line counts no more. It stays on record with your reason.",
        "Withdraw the line",
        "The line is withdrawn and stays on record.",
        warns=True,
    ),
    Event.SEND_BACK: StepWords(
        "Send an update back",
        "The update stays as it was given, marked as sent back, until the side gives a new one.",
        "Send it back",
        "The update is sent back. Whoever gave it is told.",
    ),
}


@dataclass(frozen=True)
class AskedPart:
    """What was asked, above the form that answers it."""

    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class UpdateRow:
    """An update with who gave it and when."""

    when: str
    body: str
    status: Tag
    narrative: str


@dataclass(frozen=True)
class WaitingPart:
    """What waits for an answer on a card, with the ways to answer it that are the reader's."""

    heading: str
    lines: tuple[str, ...]
    agree_url: str
    agree_label: str
    refuse_url: str
    refuse_label: str
    take_back_url: str


@dataclass(frozen=True)
class TimelineRow:
    """One thing that happened. tag: an update's status. lines: what was said, or what changed."""

    when: str
    text: str
    tag: Tag | None
    lines: tuple[str, ...] = ()
    send_back_url: str = ""


def waiting_of(
    *, facts: CommitmentFacts, own: Side | None, may_edit: bool, may_confirm: bool
) -> WaitingPart | None:
    """Return what waits for an answer; None where nothing does."""
    asked = facts.waiting
    if asked is None:
        return None
    who = "Your side" if asked.side == own else facts.body_of(asked.side).name
    answers = may_confirm and own is not None and own != asked.side
    name = "change" if asked.is_change else "closure"
    keys = [facts.id, asked.id]
    return WaitingPart(
        heading=f"{who} {'asks' if asked.side != own else 'asked'} "
        f"{'to change it' if asked.is_change else 'to close it'}",
        lines=_asked_lines(asked),
        agree_url=_url("change-accept" if asked.is_change else "closure-confirm", keys)
        if answers
        else "",
        agree_label="Accept the change" if asked.is_change else "Confirm that it is over",
        refuse_url=_url(f"{name}-refuse", keys) if answers else "",
        refuse_label="Refuse and say why" if asked.is_change else "Keep it open and say why",
        take_back_url=_url(f"{name}-take-back", keys) if may_edit and own == asked.side else "",
    )


def change_url(*, facts: CommitmentFacts, own: Side | None, may_edit: bool) -> str:
    """Return where the reader's side asks for a change, where it may and nothing waits."""
    return _url("change", [facts.id]) if _may_ask(facts, own, may_edit) else ""


def close_url(*, facts: CommitmentFacts, own: Side | None, may_edit: bool) -> str:
    """Return where the reader's side says that it is over, where it may and nothing waits."""
    return _url("close", [facts.id]) if _may_ask(facts, own, may_edit) else ""


def asked_of(*, facts: CommitmentFacts, asked: AskedFacts) -> AskedPart:
    """Return what was asked in rows: by whom, why, and what would be."""
    who = origins.speaker(facts=facts, side=asked.side, at=asked.asked_at)
    rows = [SummaryRow(key="Asked", value=f"By {who} on {_day(asked.asked_at)}")]
    if asked.before is not None and asked.after is not None:
        rows += [
            SummaryRow(key=key, value=f"{after} (was: {before})")
            for key, before, after in _differences(asked.before, asked.after)
        ]
        rows.append(SummaryRow(key="Why", value=asked.reason))
    elif asked.final_status is not None:
        rows.append(SummaryRow(key="It ended as", value=asked.final_status.label))
        rows.append(SummaryRow(key="How it ended", value=asked.reason))
    return AskedPart(rows=tuple(rows))


def update_row(*, facts: CommitmentFacts, update: CommitmentUpdate) -> UpdateRow:
    """Return an update in words."""
    return UpdateRow(
        when=words.london_datetime(moment=update.at),
        body=origins.speaker(facts=facts, side=Side(update.side), at=update.at),
        status=STATUS_TAGS[CommitmentStatus(update.status)],
        narrative=update.narrative,
    )


def timeline(
    *,
    facts: CommitmentFacts,
    updates: tuple[SideUpdate, ...],
    asked: tuple[AskedFacts, ...],
    sends_back_of: frozenset[Side],
    more: Sequence[Happening] = (),
) -> tuple[TimelineRow, ...]:
    """Return everything that happened, the newest first.

    Args:
        facts: the commitment.
        updates: of both sides.
        asked: changes and closures.
        sends_back_of: sides whose newest update the reader may send back.
        more: what was described and stated.
    """
    found: list[tuple[datetime, int, TimelineRow]] = []

    def add(at: datetime, text: str, *lines: str, tag: Tag | None = None, url: str = "") -> None:
        said = tuple(line for line in lines if line)
        row = TimelineRow(words.london_datetime(moment=at), text, tag, said, url)
        found.append((at, len(found), row))

    def name(side: Side, at: datetime) -> str:
        return origins.speaker(facts=facts, side=side, at=at)

    add(facts.proposed_at, f"{name(facts.proposed_side, facts.proposed_at)} proposed it")
    if facts.decided_at is not None:
        who = name(other_side(facts.proposed_side), facts.decided_at)
        declined = facts.state == CommitmentState.DECLINED
        add(
            facts.decided_at,
            f"{who} {'declined' if declined else 'confirmed'} it",
            f"“{facts.declined_reason}”" if declined else "",
        )
    newest = {said.id for said in (facts.authority_update, facts.board_update) if said}
    for said in updates:
        may = (
            facts.state == CommitmentState.AGREED
            and said.sent_back is None
            and said.id in newest
            and said.side in sends_back_of
        )
        add(
            said.at,
            name(said.side, said.at),
            f"“{said.narrative}”" if said.narrative else "",
            tag=STATUS_TAGS[said.status],
            url=_url("send-back", [facts.id, said.id]) if may else "",
        )
        if said.sent_back is not None:
            by = "The national team"
            if said.sent_back.side is not None:
                by = name(said.sent_back.side, said.sent_back.at)
            add(
                said.sent_back.at,
                f"{by} sent back the update of {name(said.side, said.at)}",
                f"“{said.sent_back.comment}”",
            )
    for one in asked:
        verb = "asked to change it" if one.is_change else "asked to close it"
        add(one.asked_at, f"{name(one.side, one.asked_at)} {verb}", *_asked_lines(one))
        if one.answered_at is not None:
            add(
                one.answered_at,
                _answer_words(facts, one, one.answered_at),
                f"“{one.refused_reason}”" if one.refused_reason else "",
            )
    for happening in more:
        add(happening.at, happening.text, *happening.lines)
    return tuple(row for _, _, row in sorted(found, key=lambda one: one[:2], reverse=True))


def _answer_words(facts: CommitmentFacts, asked: AskedFacts, at: datetime) -> str:
    if asked.by_change_of_bodies:
        return "It was taken back, since the bodies changed"
    mover, other = (
        origins.speaker(facts=facts, side=side, at=at)
        for side in (asked.side, other_side(asked.side))
    )
    return {
        AskedState.ACCEPTED: f"{other} accepted the change"
        if asked.is_change
        else f"{other} confirmed that it is over, and it was closed",
        AskedState.REFUSED: f"{other} refused the change"
        if asked.is_change
        else f"{other} kept it open",
        AskedState.TAKEN_BACK: f"{mover} took it back",
    }[asked.state]


def _asked_lines(asked: AskedFacts) -> tuple[str, ...]:
    if asked.before is not None and asked.after is not None:
        changes = _differences(asked.before, asked.after)
        return (
            *(f"{key}: {after} (was: {before})" for key, before, after in changes),
            f"Why: “{asked.reason}”",
        )
    ended = asked.final_status.label if asked.final_status is not None else ""
    return (f"It ended as {ended}: “{asked.reason}”",)


def _differences(before: Promise, after: Promise) -> list[tuple[str, str, str]]:
    rows = [
        ("What is promised", before.title, after.title),
        ("What each side does", before.description or "Not said", after.description or "Not said"),
        ("Date", _date(before), _date(after)),
        ("Who may read it", READERS[before.visibility], READERS[after.visibility]),
    ]
    return [row for row in rows if row[1] != row[2]]


def _date(promise: Promise) -> str:
    return date_words(target_date=promise.target_date, no_date_reason=promise.no_date_reason)


def _may_ask(facts: CommitmentFacts, own: Side | None, may_edit: bool) -> bool:
    return (
        may_edit
        and own is not None
        and facts.state == CommitmentState.AGREED
        and facts.waiting is None
        and not facts.unassigned
    )


def _day(moment: datetime) -> str:
    return words.london_date(moment=moment)


def _url(name: str, keys: Sequence[object]) -> str:
    return reverse(f"commitments:{name}", args=keys)
