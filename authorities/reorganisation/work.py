"""The facts of a geography while a change alters them."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from authorities.reorganisation.facts import (
    BodyFact,
    BodyKey,
    CodeFact,
    DesignationFact,
    Geography,
    GroupFact,
    MemberFact,
    NameFact,
    PartBoardFact,
    PartCouncilFact,
    PartFact,
    SuccessionFact,
)
from authorities.span import Span


class _Dated(Protocol):
    @property
    def valid(self) -> Span: ...


_Fact = TypeVar("_Fact", bound=_Dated)


@dataclass
class Lists:
    """The facts of a geography, to be changed."""

    bodies: dict[BodyKey, BodyFact]
    names: list[NameFact]
    codes: list[CodeFact]
    designations: list[DesignationFact]
    members: list[MemberFact]
    part_councils: list[PartCouncilFact]
    part_boards: list[PartBoardFact]
    groups: list[GroupFact]
    successions: list[SuccessionFact]
    parts: dict[str, PartFact]

    @classmethod
    def of(cls, geography: Geography) -> "Lists":
        """Take the facts of a geography."""
        return cls(
            bodies={body.key: body for body in geography.bodies},
            names=list(geography.names),
            codes=list(geography.codes),
            designations=list(geography.designations),
            members=list(geography.members),
            part_councils=list(geography.part_councils),
            part_boards=list(geography.part_boards),
            groups=list(geography.groups),
            successions=list(geography.successions),
            parts={part.key: part for part in geography.parts},
        )

    def geography(self) -> Geography:
        """Return the facts as they are by now."""
        return Geography(
            bodies=tuple(self.bodies.values()),
            names=tuple(self.names),
            codes=tuple(self.codes),
            designations=tuple(self.designations),
            members=tuple(self.members),
            part_councils=tuple(self.part_councils),
            part_boards=tuple(self.part_boards),
            groups=tuple(self.groups),
            successions=tuple(self.successions),
            parts=tuple(self.parts.values()),
        )


@dataclass
class Work:
    """A geography as it was before the change, and as it is by now."""

    before: Geography
    on: date
    now: Lists
    # What councils that end belonged to when their turn came.
    left_by: dict[BodyKey, list[MemberFact]] = field(default_factory=dict)

    @property
    def onwards(self) -> Span:
        """All days from the change on."""
        return Span(start=self.on, end=None)

    def end(self, facts: list[_Fact], which: Callable[[_Fact], bool]) -> list[_Fact]:
        """End the facts that hold on the day of the change, and return them as they were."""
        ended = [fact for fact in facts if which(fact) and fact.valid.holds_on(self.on)]
        for fact in ended:
            facts.remove(fact)
            if fact.valid.start is None or fact.valid.start < self.on:
                facts.append(_with_span(fact, Span(start=fact.valid.start, end=self.on)))
        return ended

    def drop_later(self, body: BodyKey) -> None:
        """Take away the facts about a body that begin after the day of the change."""
        now = self.now
        now.names = [f for f in now.names if f.body != body or self._has_begun(f)]
        now.codes = [f for f in now.codes if f.body != body or self._has_begun(f)]
        now.designations = [f for f in now.designations if f.body != body or self._has_begun(f)]
        now.members = [f for f in now.members if f.authority != body or self._has_begun(f)]
        now.groups = [f for f in now.groups if f.member != body or self._has_begun(f)]

    def _has_begun(self, fact: _Dated) -> bool:
        return fact.valid.start is None or fact.valid.start <= self.on


def _with_span(fact: _Fact, valid: Span) -> _Fact:
    changed: _Fact = replace(fact, valid=valid)  # type: ignore[type-var]
    return changed
