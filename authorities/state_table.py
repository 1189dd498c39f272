"""A table of the steps in the life of something: where each leads, and why one is refused.

Each thing that has states names its own states, events, guards and words, and makes its table of
them. Callers work the guards out and say which hold; nothing here asks a database. The database
refuses every change of state that a table does not hold, by a trigger made from `changes`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

StateT = TypeVar("StateT", bound=StrEnum)
EventT = TypeVar("EventT", bound=StrEnum)
GuardT = TypeVar("GuardT", bound=StrEnum)


class RefusedError(Exception):
    """A step may not be taken; the message says why to the person who tried.

    `guard` is the one that did not hold; it is None when the state, or who tried, refused.
    """

    def __init__(self, message: str, *, guard: StrEnum | None = None) -> None:
        self.guard = guard
        super().__init__(message)


@dataclass(frozen=True)
class Step(Generic[StateT, EventT, GuardT]):
    """One row of a table. Without actors, it is no matter who takes it."""

    from_states: frozenset[StateT]
    event: EventT
    to: StateT
    guards: tuple[GuardT, ...] = ()
    actors: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StateTable(Generic[StateT, EventT, GuardT]):
    """The steps of one kind of thing, in the order in which a page offers them.

    `says` makes the sentence for a step that the state does not allow; `refusals` holds the one of
    each guard; `wrong_actor` makes the one for somebody else's step. `error` is what is raised.
    """

    steps: tuple[Step[StateT, EventT, GuardT], ...]
    refusals: Mapping[GuardT, str]
    says: Callable[[str, EventT], str]
    error: type[RefusedError]
    wrong_actor: Callable[[EventT, str], str] | None = None

    def next_state(
        self,
        *,
        state: str,
        event: EventT,
        holding: Collection[GuardT] = (),
        actor: str | None = None,
    ) -> StateT:
        """Return the state that a step leads to, or say why it may not be taken.

        Args:
            state: where the thing is.
            event: what is to happen.
            holding: the guards that hold. One that is not named does not hold.
            actor: who brings it; needed where the table names actors.

        Returns:
            The new state, which may be the same one.

        Raises:
            RefusedError: the table's own kind: the state does not allow the step, somebody else
                takes it, or a guard does not hold; asked in this order, the first guard said.

        Source: the project's own tables.
        """
        rows = [row for row in self.steps if row.event == event and state in row.from_states]
        if not rows:
            raise self.error(self.says(state, event))
        row = next((one for one in rows if not one.actors or actor in one.actors), None)
        if row is None:
            said = self.wrong_actor(event, str(actor)) if self.wrong_actor else ""
            raise self.error(said or self.says(state, event))
        for guard in row.guards:
            if guard not in holding:
                raise self.error(self.refusals[guard], guard=guard)
        return row.to

    def may(self, *, state: str, event: EventT, actor: str | None = None) -> bool:
        """Return whether a step is open from a state, guards aside; for what a page offers.

        Args:
            state: where the thing is.
            event: what is to happen.
            actor: who would bring it; None asks for anybody.

        Returns:
            Whether the table has it.
        """
        return event in self.open_events(state=state, actor=actor)

    def open_events(self, *, state: str, actor: str | None = None) -> tuple[EventT, ...]:
        """Return what may be tried from a state, guards aside, each once in the table's order.

        Args:
            state: where the thing is.
            actor: who would bring it; None asks for anybody.

        Returns:
            The events.
        """
        return tuple(
            dict.fromkeys(
                row.event
                for row in self.steps
                if state in row.from_states
                and (actor is None or not row.actors or actor in row.actors)
            )
        )

    def changes(self) -> tuple[tuple[str, str], ...]:
        """Return each change of state that the table allows, once, in order.

        Returns:
            State before and state after.
        """
        return tuple(
            sorted(
                {
                    (before.value, row.to.value)
                    for row in self.steps
                    for before in row.from_states
                    if before != row.to
                }
            )
        )
