"""What pages say of a commitment's particulars and money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse

from duty import words
from duty.models import Section
from duty.record_words import PREVENTION_WORDS, THEME_WORDS
from duty.standing_records import Theme
from duty.ui.components import Action, SummaryRow
from engagement.commitment_lifecycle import LIFE, Actor, Event
from engagement.models import MoneySource, Resources, Side
from engagement.presenters import commitment_origins as origins
from engagement.presenters.commitment_words import READERS
from engagement.queries.commitment_links import outcome_words
from engagement.queries.commitment_money import Described, MoneyFacts
from engagement.queries.commitment_owners import OwnerFacts
from engagement.queries.commitments import CommitmentFacts
from outcomes.models import ItemKind, TheoryItem

NOT_SAID = "Not said"
NOT_KNOWN = "Not known"
_LABELS = {
    "specification": "Part of the duty",
    "stage": "Theory of change",
    "theme": "Theme",
    "resources": "Resources are there",
    "indicator": "Indicator",
    "framework_outcome": "Outcome of the framework",
    "agreement": "Partnership agreement",
    "authority_owner": "Owner at the authority",
    "board_owner": "Owner at the ICB",
}
_WORDS: dict[str, dict[str, str]] = {
    "specification": {code: str(label) for code, label in Section.choices},
    "stage": {code: str(label) for code, label in ItemKind.choices},
    "theme": {theme.value: THEME_WORDS[theme] for theme in Theme},
    "resources": {code: str(label) for code, label in Resources.choices},
}


@dataclass(frozen=True)
class MoneyRow:
    """A line of money; the links are there for the side that stated it."""

    year: str
    source: str
    amount: str
    is_known: bool
    prevention: str
    purpose: str
    stated: str
    correct_url: str
    withdraw_url: str


@dataclass(frozen=True)
class MoneyPart:
    """The money of a commitment. totals: one sentence a side, never added up."""

    rows: tuple[MoneyRow, ...]
    totals: tuple[str, ...]
    state_url: str


@dataclass(frozen=True)
class Happening:
    """Something that happened, for the timeline."""

    at: datetime
    text: str
    lines: tuple[str, ...] = ()


def particulars_rows(
    *, facts: CommitmentFacts, in_force: TheoryItem | None
) -> tuple[tuple[str, str], ...]:
    """Return question and answer of what it serves and rests on.

    in_force: the linked outcome as it is agreed now.
    """
    outcome = facts.outcome or NOT_SAID
    if facts.outcome and in_force is None:
        outcome = f"{facts.outcome}. It is in no framework in force now."
    elif in_force is not None and outcome_words(item=in_force) != facts.outcome:
        outcome = f"{facts.outcome}. In force now: {outcome_words(item=in_force)}."
    return (
        ("Theory of change", value_words(name="stage", value=facts.stage)),
        ("Theme", value_words(name="theme", value=facts.theme)),
        ("Resources are there", str(facts.resources.label)),
        ("Indicator", facts.indicator or NOT_SAID),
        ("Outcome of the framework", outcome),
        ("Partnership agreement", facts.agreement or NOT_SAID),
        ("Who may read it", READERS[facts.visibility]),
    )


def owner_row(
    *, facts: CommitmentFacts, side: Side, owner: OwnerFacts | None, may_edit: bool
) -> SummaryRow:
    """Return who owns it on a side by name, with the way to say it; for people of that side."""
    said = owner.name if owner else "Nobody by name"
    if owner is not None and owner.has_left:
        said = f"{owner.name}, who has no role at {facts.body_of(side).name} any more"
    url = open_url(facts=facts, event=Event.NAME_OWNER, own=side, may_edit=may_edit)
    action = Action("Change", url, hidden_words="who owns it on your side")
    return SummaryRow(
        "Owned on your side by",
        f"{said}. Only people of your body read this.",
        [action] if url else [],
    )


def value_words(*, name: str, value: str) -> str:
    """Return what a field says; a code that is none of ours stands as it is."""
    return _WORDS.get(name, {}).get(value, value) or NOT_SAID


def amount_words(*, amount: Decimal | None) -> str:
    """Return an amount in pounds; not known is not £0."""
    return NOT_KNOWN if amount is None else words.pounds(amount=amount)


def open_url(*, facts: CommitmentFacts, event: Event, own: Side | None, may_edit: bool) -> str:
    """Return where the reader's side describes it or states money, where it may."""
    may = LIFE.may(state=facts.state, event=event, actor=Actor.MOVER)
    if not may or own is None or not may_edit or facts.unassigned:
        return ""
    return reverse(f"commitments:{event.value}", args=[facts.id])


def money_part(
    *, facts: CommitmentFacts, lines: Sequence[MoneyFacts], own: Side | None, may_edit: bool
) -> MoneyPart:
    """Return the money as it is stated now, with each side's total and of how many lines."""
    standing = [line for line in lines if line.ended_at is None]
    state_url = open_url(facts=facts, event=Event.STATE_MONEY, own=own, may_edit=may_edit)
    return MoneyPart(
        rows=tuple(
            money_row(facts=facts, line=line, with_links=bool(state_url) and line.side == own)
            for line in standing
        ),
        totals=tuple(
            _total(facts=facts, side=side, lines=of_side)
            for side in Side
            if (of_side := [line for line in standing if line.side == side])
        ),
        state_url=state_url,
    )


def money_row(*, facts: CommitmentFacts, line: MoneyFacts, with_links: bool) -> MoneyRow:
    """Return a line in words."""
    who = origins.speaker(facts=facts, side=line.side, at=line.stated_at)
    keys = [facts.id, line.id]
    return MoneyRow(
        year=words.financial_year(first=line.year),
        source=str(line.source.label),
        amount=amount_words(amount=line.amount),
        is_known=line.amount is not None,
        prevention=PREVENTION_WORDS[line.prevention],
        purpose=line.purpose,
        stated=f"{who}, {words.london_date(moment=line.stated_at)}",
        correct_url=reverse("commitments:correct-money", args=keys) if with_links else "",
        withdraw_url=reverse("commitments:withdraw-money", args=keys) if with_links else "",
    )


def happenings(
    *, facts: CommitmentFacts, described: Iterable[Described], money: Iterable[MoneyFacts]
) -> tuple[Happening, ...]:
    """Return what was described and stated, for the timeline."""
    found = []
    for one in described:
        who = origins.speaker(facts=facts, side=one.side, at=one.at)
        changes = (
            f"{_LABELS.get(name, name)}: {value_words(name=name, value=after)} "
            f"(was: {value_words(name=name, value=one.before.get(name, ''))})"
            for name, after in one.after.items()
        )
        found.append(Happening(one.at, f"{who} described it", tuple(changes)))
    for line in money:
        who = origins.speaker(facts=facts, side=line.side, at=line.stated_at)
        found.append(Happening(line.stated_at, f"{who} stated money", (line_words(line=line),)))
        if line.ended_at is not None and not line.corrected:
            who = origins.speaker(facts=facts, side=line.side, at=line.ended_at)
            said = (line_words(line=line), f"“{line.withdrawn_reason}”")
            found.append(Happening(line.ended_at, f"{who} withdrew money", said))
    return tuple(found)


def line_words(*, line: MoneyFacts) -> str:
    """Return a line of money as one sentence."""
    note = " Corrected since." if line.corrected else ""
    return (
        f"{words.financial_year(first=line.year)}, {MoneySource(line.source).label}: "
        f"{amount_words(amount=line.amount)}. For prevention: "
        f"{PREVENTION_WORDS[line.prevention].lower()}.{note}"
    )


def _total(*, facts: CommitmentFacts, side: Side, lines: Sequence[MoneyFacts]) -> str:
    known = [line.amount for line in lines if line.amount is not None]
    who = facts.body_of(side).name
    noun = "line" if len(lines) == 1 else "lines"
    if not known:
        return f"{who}: no amount is known in any of {len(lines)} {noun}."
    total = amount_words(amount=sum(known, Decimal(0)))
    return f"{who}: {total} stated in {len(known)} of {len(lines)} {noun}."
