"""What happened to a body, told from its dated facts, newest first.

Pure functions over dates: a fact holds from its start to its end, the end not included. Facts
that say the same and follow one another are one fact; what ends and begins on one day is told
in one sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DateOrderError(ValueError):
    """A fact ends on or before the day on which it starts."""


class Subject(StrEnum):
    """What a fact is about, in the order in which one day's changes are told."""

    BODY = "body"
    NAME = "name"
    ONS_CODE = "ONS code"
    ODS_CODE = "ODS code"
    TYPE = "type"
    TIER = "tier"
    AUTHORITY = "membership of"
    BOARD = "integrated care board"
    NHS_REGION = "NHS region"
    REGION = "region"
    CLUSTER = "cluster"
    COUNCIL = "council"
    MEMBER = "member"
    PAIR = "pair with"
    FUNCTION = "function"
    SEAT = "seat"
    AGREEMENT = "agreement"


@dataclass(frozen=True)
class Spell:
    """A fact that holds for some days; None is open, and a start of None is not recorded.

    certainty: high, medium or low; empty where the register gives none.
    """

    subject: Subject
    value: str
    start: date | None
    end: date | None
    source: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Event:
    """Something of one day: how it is told once it is past, and while it is to come."""

    on: date
    past: str
    coming: str
    source: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `on` is None for what holds from a day that is not recorded."""

    on: date | None
    text: str
    sources: tuple[str, ...]
    certainty: str
    to_come: bool


@dataclass(frozen=True)
class _Verbs:
    began: str
    ended: str
    begins: str
    ends: str


_VERBS = _Verbs(began="began", ended="ended", begins="begins", ends="ends")
_JOINS = _Verbs(began="joined", ended="left", begins="joins", ends="leaves")
_COMPANY = frozenset({Subject.COUNCIL, Subject.MEMBER})
_CERTAINTIES = ("low", "medium", "high")
_ORDER = {subject: place for place, subject in enumerate(Subject)}


def timeline(*, spells: Iterable[Spell], events: Iterable[Event], on: date) -> tuple[Entry, ...]:
    """Return what happened, newest first; what has no first day on record comes last.

    Args:
        spells: the body's dated facts, in any order.
        events: what happened on single days.
        on: the day on which somebody looks: later days are told as to come.

    Returns:
        One entry a day and subject, with all its sources and the lowest of its certainties. A
        fact whose row ends where a row that says the same begins did not change.

    Raises:
        DateOrderError: a fact ends on or before its start.

    Source: the project's own definition.
    """
    begun: defaultdict[tuple[date | None, Subject], list[Spell]] = defaultdict(list)
    ended: defaultdict[tuple[date | None, Subject], list[Spell]] = defaultdict(list)
    for spell in _joined(spells):
        begun[spell.start, spell.subject].append(spell)
        if spell.end is not None:
            ended[spell.end, spell.subject].append(spell)
    found = [
        (subject, _told(day, subject, ended[day, subject], begun[day, subject], on))
        for day, subject in {*begun, *ended}
    ]
    found += [(Subject.BODY, _event(event, on)) for event in events]
    return tuple(entry for _, entry in sorted(found, key=lambda one: _place(*one)))


def _joined(spells: Iterable[Spell]) -> list[Spell]:
    """The spells, with those that say the same and touch one another made into one."""
    by_fact: defaultdict[tuple[Subject, str], list[Spell]] = defaultdict(list)
    for spell in spells:
        if spell.start is not None and spell.end is not None and spell.end <= spell.start:
            raise DateOrderError(
                f"{spell.subject} {spell.value} ends on {spell.end}, not after {spell.start}. "
                "Check both dates."
            )
        by_fact[spell.subject, spell.value].append(spell)
    joined: list[Spell] = []
    for rows in by_fact.values():
        kept: list[Spell] = []
        for spell in sorted(rows, key=lambda row: row.start or date.min):
            before = kept[-1] if kept else None
            if before is not None and before.end is not None and before.end == spell.start:
                kept[-1] = Spell(
                    subject=spell.subject,
                    value=spell.value,
                    start=before.start,
                    end=spell.end,
                    source=before.source or spell.source,
                    certainty=lowest_certainty(of=(before.certainty, spell.certainty)),
                )
            else:
                kept.append(spell)
        joined += kept
    return joined


def lowest_certainty(*, of: Iterable[str]) -> str:
    """Return the least sure of some certainties; empty where none is given.

    Args:
        of: high, medium, low or empty.

    Returns:
        One of them.
    """
    given = {one for one in of if one}
    return next((one for one in _CERTAINTIES if one in given), "")


def _told(
    day: date | None, subject: Subject, ended: Sequence[Spell], begun: Sequence[Spell], on: date
) -> Entry:
    to_come = day is not None and day > on
    ended = sorted(ended, key=lambda spell: spell.value)
    begun = sorted(begun, key=lambda spell: spell.value)
    verbs = _JOINS if subject in _COMPANY else _VERBS
    end_verb, start_verb = (verbs.ends, verbs.begins) if to_come else (verbs.ended, verbs.began)
    if day is None:
        values = "; ".join(spell.value for spell in begun)
        text = f"{subject} {values}: first day not recorded"
    else:
        told = [f"{spell.value} {end_verb}" for spell in ended]
        told += [f"{spell.value} {start_verb}" for spell in begun]
        text = f"{subject} {'; '.join(told)}"
    spells = (*ended, *begun)
    return Entry(
        on=day,
        text=_capital(text),
        sources=_sources(spells),
        certainty=lowest_certainty(of=(spell.certainty for spell in spells)),
        to_come=to_come,
    )


def _event(event: Event, on: date) -> Entry:
    to_come = event.on > on
    return Entry(
        on=event.on,
        text=_capital(event.coming if to_come else event.past),
        sources=(event.source,) if event.source else (),
        certainty=event.certainty,
        to_come=to_come,
    )


def _sources(spells: Iterable[Spell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spell.source for spell in spells if spell.source))


def _place(subject: Subject, entry: Entry) -> tuple[int, int, str]:
    return (-(entry.on or date.min).toordinal(), _ORDER[subject], entry.text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
