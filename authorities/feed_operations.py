"""What the rows taken from a file make of a change: its operations, and what is left to a person.

A file says which bodies there are, seldom who takes over whose people: that is never guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from authorities.feed_difference import NOUNS, Aspect, Difference, DifferenceKind
from authorities.reorganisation.facts import AUTHORITY, BOARD, COUNCIL, BodyKey, Geography
from authorities.reorganisation.operations import (
    AreaShare,
    Close,
    Merge,
    Open,
    Operation,
    Recode,
    Rename,
    Transfer,
)

_SMALL_WORDS = frozenset({"and", "of", "the", "in", "on", "upon", "with"})
_LEGAL_ENDING = re.compile(
    r" (integrated care board|(mayoral )?(combined|strategic)( county)? authority)$", re.IGNORECASE
)
_ORDER = (Open, Recode, Rename, Transfer, Merge, Close)


@dataclass(frozen=True)
class Entered:
    """What a person enters with a row; only what the row needs.

    region: of a new board, its NHS region's slug.
    successor: of a body that ends, the slug of the one that takes over all of its area.
    """

    name: str = ""
    short_name: str = ""
    slug: str = ""
    region: str = ""
    type: str = ""
    tier: str = ""
    successor: str = ""


@dataclass(frozen=True)
class Taken:
    """A difference that somebody has decided to follow.

    match: of an added row, which of ours it means; None for a new body.
    """

    position: int
    difference: Difference
    match: BodyKey | None = None
    entered: Entered = Entered()


@dataclass(frozen=True)
class Step:
    """One operation, and the rows that it follows."""

    operation: Operation
    positions: tuple[int, ...]


@dataclass(frozen=True)
class Left:
    """What a row needs that the file does not say."""

    position: int
    text: str


@dataclass(frozen=True)
class Plan:
    """A change to be drafted."""

    steps: tuple[Step, ...]
    left: tuple[Left, ...]


def suggested(*, difference: Difference) -> Entered:
    """Return the names and the address that a row suggests, for a person to correct."""
    name = _in_title_case(difference.name) if difference.name.isupper() else difference.name
    short = _LEGAL_ENDING.sub("", name)
    if difference.body_kind == BOARD:
        short = short.removeprefix("NHS ")
    slug = re.sub(r"[^a-z0-9]+", "-", short.casefold().replace("'", "").replace("’", ""))
    return Entered(name=name, short_name=short, slug=slug.strip("-")[:100])


def plan(*, taken: Sequence[Taken], geography: Geography, on: date) -> Plan:
    """Return the operations of the rows taken, in an order in which they can be read.

    Args:
        taken: the rows, in the order of the file's differences.
        geography: the register, on every day.
        on: the day on which the change takes effect.

    Returns:
        Operations that the guards of a change may still refuse, and what is left to do by hand.
    """
    work = _Planning(taken, geography, on)
    steps = [step for row in taken for step in work.steps_of(row)]
    steps += [*work.transfers(), *work.mergers()]
    return Plan(
        steps=tuple(sorted(steps, key=lambda step: _ORDER.index(type(step.operation)))),
        left=tuple(work.left),
    )


class _Planning:
    def __init__(self, taken: Sequence[Taken], geography: Geography, on: date) -> None:
        self.left: list[Left] = []
        self._geography, self._on = geography, on
        self._recoded = {row.match: row.position for row in taken if row.match}
        self._successors = {
            BodyKey(row.difference.body_kind, row.entered.successor)
            for row in taken
            if row.difference.kind == DifferenceKind.CLOSED and row.entered.successor
        }
        self._moves: dict[tuple[BodyKey | None, BodyKey | None], list[tuple[str, int]]] = {}
        self._ends: dict[BodyKey, list[tuple[BodyKey, int]]] = {}

    def steps_of(self, row: Taken) -> Iterator[Step]:
        """Give the operations of one row; moves and mergers are gathered until all are known."""
        match row.difference.kind, row.difference.aspect:
            case DifferenceKind.ADDED, _:
                yield from self._of_added(row)
            case DifferenceKind.CLOSED, _:
                yield from self._of_closed(row)
            case DifferenceKind.CHANGED, Aspect.AUTHORITY:
                self._keep_move(row)
            case DifferenceKind.CHANGED, Aspect.BOARDS:
                self._leave(
                    row,
                    f"Add the transfer that says which part of {row.difference.name} goes to "
                    "which ICB.",
                )
            case DifferenceKind.CHANGED, _:
                yield from self._of_fact(row)
            case _:
                pass

    def transfers(self) -> Iterator[Step]:
        """Give one transfer for all councils that go the same way."""
        for (source, target), councils in self._moves.items():
            yield Step(
                Transfer(
                    areas=tuple(AreaShare(slug) for slug, _ in councils),
                    source=source,
                    target=target,
                ),
                tuple(position for _, position in councils),
            )

    def mergers(self) -> Iterator[Step]:
        """Give one merger for all bodies that one takes over."""
        for target, ends in self._ends.items():
            yield Step(
                Merge(sources=tuple(body for body, _ in ends), target=target),
                tuple(position for _, position in ends),
            )

    def _of_added(self, row: Taken) -> Iterator[Step]:
        codes = dict(_codes(row.difference))
        if row.match is None:
            yield from self._of_new(row, codes)
            return
        known = self._geography.body(row.match)
        if known is not None and known.opened is None:
            yield Step(
                Open(
                    body=row.match,
                    ons_code=codes.get("ons", ""),
                    ods_code=codes.get("ods", ""),
                ),
                (row.position,),
            )
            return
        held = {
            (fact.scheme, fact.value)
            for fact in self._geography.codes
            if fact.body == row.match and fact.valid.holds_on(self._on)
        }
        for scheme, value in codes.items():
            if (scheme, value) not in held:
                yield Step(Recode(body=row.match, scheme=scheme, value=value), (row.position,))

    def _of_new(self, row: Taken, codes: dict[str, str]) -> Iterator[Step]:
        entered, kind = row.entered, row.difference.body_kind
        body = BodyKey(kind, entered.slug)
        yield Step(
            Open(
                body=body,
                name=entered.name,
                short_name=entered.short_name,
                ons_code=codes.get("ons", ""),
                ods_code=codes.get("ods", ""),
                group=BodyKey("nhs_region", entered.region) if entered.region else None,
                type=entered.type,
                tier=entered.tier,
            ),
            (row.position,),
        )
        if body in self._successors:
            return
        needs = {
            AUTHORITY: "councils: add the transfers of its councils",
            COUNCIL: "area: add the merger, split or transfer that gives it its area",
            BOARD: "area: add the merger, split or transfer that gives it its area",
        }
        self._leave(row, f"{entered.short_name} opens without {needs[kind]}.")

    def _of_fact(self, row: Taken) -> Iterator[Step]:
        one, body = row.difference, row.difference.body
        if body is None:
            return
        operation: Operation
        if one.aspect == Aspect.NAME:
            operation = Rename(body=body, name=row.entered.name, short_name=row.entered.short_name)
        elif one.aspect == Aspect.CODE:
            operation = Recode(body=body, scheme=one.scheme, value=one.value)
        else:
            operation = Open(body=body)
        yield Step(operation, (row.position,))

    def _of_closed(self, row: Taken) -> Iterator[Step]:
        body = row.difference.body
        # A body that goes on under another code does not end.
        if body is None or body in self._recoded:
            return
        if row.entered.successor:
            target = BodyKey(body.kind, row.entered.successor)
            self._ends.setdefault(target, []).append((body, row.position))
            return
        people = self._geography.population(self._geography.parts_of(body, self._on))
        if body.kind == AUTHORITY or not people:
            yield Step(Close(body=body), (row.position,))
            return
        self._leave(
            row,
            f"{row.difference.name} ends and has {people:,} people: add the merger or the split "
            f"that says which {NOUNS[body.kind]} takes over.",
        )

    def _keep_move(self, row: Taken) -> None:
        council = row.difference.body
        if council is None:
            return
        source = next(
            (
                fact.authority
                for fact in self._geography.members
                if fact.council == council
                and fact.role == "constituent"
                and fact.valid.holds_on(self._on)
            ),
            None,
        )
        way = (source, row.difference.group)
        self._moves.setdefault(way, []).append((council.slug, row.position))

    def _leave(self, row: Taken, text: str) -> None:
        self.left.append(Left(position=row.position, text=text))


def _codes(difference: Difference) -> Iterator[tuple[str, str]]:
    if difference.scheme in ("ons", "ods"):
        yield difference.scheme, difference.code
    yield from difference.other_codes


def _in_title_case(name: str) -> str:
    words = [
        word if word == "NHS" else word.lower() if word.lower() in _SMALL_WORDS else word.title()
        for word in name.split()
    ]
    return " ".join(words)
