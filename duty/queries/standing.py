"""Where a return and its sections stand, worked out from its events and its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duty.lifecycle import Condition, ReturnEvent, ReturnState
from duty.models import ReturnEvent as StoredEvent
from duty.queries.loaded import LoadedReturn
from duty.sections import (
    ReturnHappening,
    SectionAnswers,
    SectionState,
    derive_conditions,
    derive_return_state,
    derive_section_state,
)
from duty.slots import SectionJudgement, Slot, judge_section


@dataclass(frozen=True)
class Standing:
    """The state of a return and of its sections, with what the rules say of each."""

    state: ReturnState
    sections: Mapping[str, SectionState]
    judgements: Mapping[str, SectionJudgement]
    happenings: tuple[ReturnHappening, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing stands in the way of signing."""
        return all(judgement.valid for judgement in self.judgements.values())

    @property
    def completed(self) -> tuple[str, ...]:
        """Sections that are done."""
        done = {SectionState.COMPLETED, SectionState.CHANGES_MADE}
        return tuple(code for code, state in self.sections.items() if state in done)

    @property
    def needed(self) -> tuple[str, ...]:
        """Sections with a question to answer."""
        return tuple(c for c, state in self.sections.items() if state != SectionState.NOT_NEEDED)


def standing(*, loaded: LoadedReturn, now: datetime) -> Standing:
    """Return where a loaded return stands now."""
    happenings = happenings_of(events=loaded.events)
    judgements = judge(loaded=loaded)
    sections = section_states(
        judgements=judgements,
        happenings=happenings,
        # Whoever starts the return opens its sections.
        available=loaded.duty_return is not None or loaded.closing.is_over(now=now),
    )
    return Standing(
        state=derive_return_state(
            happenings=happenings,
            sections=list(sections.values()),
            round_closed=not loaded.closing.is_open(now=now),
        ),
        sections=sections,
        judgements=judgements,
        happenings=happenings,
    )


def judge(*, loaded: LoadedReturn) -> dict[str, SectionJudgement]:
    """Return what the rules say of each section, in the order of the return."""
    given, order = loaded.given, loaded.round.specification.section_order
    slots: dict[str, list[Slot]] = {code: [] for code in order}
    for slot in loaded.slots:
        slots[slot.question.specification].append(slot)
    hidden: dict[str, list[Slot]] = {code: [] for code in order}
    for slot in loaded.hidden:
        hidden[slot.question.specification].append(slot)
    return {
        code: judge_section(code=code, slots=of_section, given=given, hidden=hidden[code])
        for code, of_section in slots.items()
    }


def section_states(
    *,
    judgements: Mapping[str, SectionJudgement],
    happenings: Sequence[ReturnHappening],
    available: bool = True,
) -> dict[str, SectionState]:
    """Return the state of each section; none is available while a return is to be started."""
    return {
        code: derive_section_state(
            section=SectionAnswers(
                code=code,
                visible_questions=judgement.asked,
                answered_questions=judgement.touched,
                available=available,
            ),
            happenings=happenings,
        )
        for code, judgement in judgements.items()
    }


def conditions_after(
    *,
    standing_before: Standing,
    event: ReturnEvent,
    sections: frozenset[str],
    at: datetime,
    answers_differ: bool = False,
) -> frozenset[Condition]:
    """Return the facts that choose between two results of a step, were it taken now."""
    taken = (*standing_before.happenings, ReturnHappening(event=event, at=at, sections=sections))
    after = section_states(judgements=standing_before.judgements, happenings=taken)
    return derive_conditions(
        happenings=standing_before.happenings,
        sections_after=list(after.values()),
        answers_differ=answers_differ,
    )


def happenings_of(*, events: Sequence[StoredEvent]) -> tuple[ReturnHappening, ...]:
    """Return stored events as the rules know them."""
    return tuple(
        ReturnHappening(
            event=ReturnEvent(event.type),
            at=event.at,
            sections=frozenset(event.payload.get("sections", ())),
            answers_differ=bool(event.payload.get("answers_differ", False)),
        )
        for event in events
    )
