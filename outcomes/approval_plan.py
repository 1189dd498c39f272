"""What the public will see of the figures that a body sent in, when they are approved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

from outcomes.disclosure import Cell, Hidden, Place, Rule, hidden_cells, sums_of


@dataclass(frozen=True)
class Facts:
    """What is stored of a figure, by the names of its columns."""

    value: float | None
    lower_95: float | None
    upper_95: float | None
    lower_998: float | None
    upper_998: float | None
    count: float | None
    denominator: float | None
    note: str
    note_text: str
    provisional: bool

    def shown(self, rule: Rule) -> Self:
        """Return them as the public may see them: counts rounded, values as they were computed."""
        return replace(self, count=rule.shown(self.count), denominator=rule.shown(self.denominator))

    def hidden(self, rule: Rule) -> Self:
        """Return what is left of a hidden figure: its population, where that does not tell it."""
        return type(self)(
            value=None,
            lower_95=None,
            upper_95=None,
            lower_998=None,
            upper_998=None,
            count=None,
            denominator=rule.shown(self.denominator),
            note=SUPPRESSED,
            note_text="",
            provisional=self.provisional,
        )


SUPPRESSED: Final = "suppressed"


class Outcome(StrEnum):
    """What becomes of a figure."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    # It is published as it is, from an earlier approval.
    SAME = "same"
    # A national publication has a value for the same, and beats what is computed elsewhere.
    PUBLISHED_ELSEWHERE = "published_elsewhere"


@dataclass(frozen=True)
class PublicFigure:
    """What the public has now of the same indicator, period and place."""

    key: int
    national: bool
    facts: Facts

    @property
    def hidden(self) -> bool:
        """Whether it is there without its numbers."""
        return self.facts.note == SUPPRESSED


@dataclass(frozen=True)
class SentFigure:
    """A figure of a body's own, as it stands now.

    key: what the caller knows it by.
    to_decide: it belongs to what is to be approved; others are here since they add up with it.
    hidden_then: the count with which it was hidden in the last approval, where it was.
    """

    key: int
    indicator: int
    period: int
    place: Place
    facts: Facts
    to_decide: bool
    hidden_then: float | None = None


@dataclass(frozen=True)
class Decision:
    """What becomes of one figure.

    shown: what the public will have of it, where that is new.
    replaces: the public figure that it supersedes.
    """

    figure: SentFigure
    outcome: Outcome
    hidden: Hidden | None = None
    shown: Facts | None = None
    replaces: int | None = None


_Table = tuple[int, int]


def decide(
    *,
    sent: Iterable[SentFigure],
    public: Mapping[tuple[int, int, Place], PublicFigure],
    members: Mapping[UUID, Sequence[UUID]],
    rules: Mapping[int, Rule],
) -> tuple[Decision, ...]:
    """Return what becomes of each figure that is to be decided, in the order given.

    Args:
        sent: the body's own current figures of the indicators and periods concerned.
        public: what the public has now, by indicator, period and place; with the figures of other
            places that may add up with those sent.
        members: areas that are whole sums of others.
        rules: the disclosure rule of each indicator; none where it has none.

    Returns:
        One decision each. A figure that is hidden is so by `hidden_cells`.

    Source: UK Statistics Authority, Code of Practice for Statistics, T6; the project's own rule
    that a published value beats one that is computed again.
    """
    own = list(sent)
    tables: defaultdict[_Table, dict[Place, Cell]] = defaultdict(dict)
    for (indicator, period, place), there in public.items():
        tables[indicator, period][place] = Cell(
            place,
            there.facts.count,
            sent_hidden=there.hidden,
            is_public=not there.hidden,
        )
    for figure in own:
        found = public.get((figure.indicator, figure.period, figure.place))
        if found is None and not figure.to_decide:
            # Nobody but the body itself sees it.
            continue
        if found is None or not found.national:
            rule = rules.get(figure.indicator, Rule())
            tables[figure.indicator, figure.period][figure.place] = _cell(figure, found, rule)
    hidden = {
        table: hidden_cells(
            cells=cells.values(),
            sums=sums_of(places=cells, members=members),
            rule=rules.get(table[0], Rule()),
        )
        for table, cells in tables.items()
    }
    return tuple(
        _decision(
            figure,
            public.get((figure.indicator, figure.period, figure.place)),
            hidden[figure.indicator, figure.period].get(figure.place),
            rules.get(figure.indicator, Rule()),
        )
        for figure in own
        if figure.to_decide
    )


def _cell(figure: SentFigure, there: PublicFigure | None, rule: Rule) -> Cell:
    facts = figure.facts
    return Cell(
        figure.place,
        facts.count,
        facts.denominator,
        sent_hidden=facts.note == SUPPRESSED,
        was_hidden=(
            there is not None
            and there.hidden
            and figure.hidden_then is not None
            and figure.hidden_then == facts.count
        ),
        is_public=there is not None
        and not there.hidden
        and there.facts.count == rule.shown(facts.count),
    )


def _decision(
    figure: SentFigure, there: PublicFigure | None, why: Hidden | None, rule: Rule
) -> Decision:
    if there is not None and there.national:
        return Decision(figure, Outcome.PUBLISHED_ELSEWHERE)
    shown = figure.facts.shown(rule) if why is None else figure.facts.hidden(rule)
    if there is not None and there.facts == shown:
        return Decision(figure, Outcome.SAME, why)
    outcome = Outcome.SHOWN if why is None else Outcome.HIDDEN
    return Decision(figure, outcome, why, shown, there.key if there is not None else None)
