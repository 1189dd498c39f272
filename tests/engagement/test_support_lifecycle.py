"""The life of offers, enrolments and links: every state with every event, told a second time."""

import pytest

from engagement.support_lifecycle import (
    LIVES,
    REFUSALS,
    SETTLED,
    STATE_WORDS,
    STATES_OF,
    Actor,
    Event,
    Guard,
    Noun,
    State,
    SupportRefusedError,
    leads_to,
    suggested_sides,
)

C, B = Actor.CENTRE, Actor.BODY
JOINING = frozenset({Guard.OFFER_OPEN, Guard.HAS_ROOM})
WORDS = frozenset({Guard.WORDS_GIVEN})
NOTHING: frozenset[Guard] = frozenset()
# Where each event of a noun leads, from which states, by whom, and what must hold for it.
LEADS = {
    (Noun.OFFER, Event.OPEN): ({State.DRAFT}, State.OPEN, {C}, NOTHING),
    (Noun.OFFER, Event.CLOSE): ({State.OPEN}, State.CLOSED, {C}, NOTHING),
    (Noun.OFFER, Event.REOPEN): ({State.CLOSED}, State.OPEN, {C}, NOTHING),
    (Noun.ENROLMENT, Event.ACCEPT): ({State.OFFERED}, State.ACCEPTED, {B}, JOINING),
    (Noun.ENROLMENT, Event.DECLINE): ({State.OFFERED}, State.DECLINED, {B}, NOTHING),
    (Noun.ENROLMENT, Event.GIVE): ({State.ASKED}, State.ACCEPTED, {C}, JOINING),
    (Noun.ENROLMENT, Event.TURN_DOWN): ({State.ASKED}, State.NOT_GIVEN, {C}, WORDS),
    (Noun.ENROLMENT, Event.WITHDRAW): ({State.OFFERED}, State.WITHDRAWN, {C}, NOTHING),
    (Noun.ENROLMENT, Event.START): ({State.ACCEPTED}, State.UNDER_WAY, {C}, NOTHING),
    (Noun.ENROLMENT, Event.END): ({State.UNDER_WAY}, State.ENDED, {C}, WORDS),
    (Noun.ENROLMENT, Event.LEAVE): (
        {State.ASKED, State.ACCEPTED, State.UNDER_WAY},
        State.LEFT,
        {B},
        NOTHING,
    ),
    (Noun.LINK, Event.ACCEPT): ({State.OFFERED}, State.ACCEPTED, {B}, NOTHING),
    (Noun.LINK, Event.DECLINE): ({State.OFFERED}, State.DECLINED, {B}, NOTHING),
    (Noun.LINK, Event.WITHDRAW): ({State.OFFERED}, State.WITHDRAWN, {C}, NOTHING),
    (Noun.LINK, Event.END): ({State.ACCEPTED}, State.ENDED, {B, C}, WORDS),
}
EVERY = [
    (noun, state, event, actor)
    for noun in Noun
    for state in STATES_OF[noun]
    for event in Event
    for actor in Actor
]


@pytest.mark.parametrize(("noun", "state", "event", "actor"), EVERY)
def test_an_event_leads_where_the_table_says_or_is_refused_in_words(noun, state, event, actor):
    sources, target, actors, needed = LEADS.get((noun, event), (set(), None, set(), NOTHING))

    if state in sources and actor in actors:
        reached = LIVES[noun].next_state(state=state, event=event, actor=actor, holding=needed)
        assert reached == target == leads_to(noun=noun, event=event)
        assert event in LIVES[noun].open_events(state=state, actor=actor)
        assert (state.value, target.value) in LIVES[noun].changes()
    else:
        words = "takes this step" if state in sources else STATE_WORDS[state]
        with pytest.raises(SupportRefusedError, match=words) as refused:
            LIVES[noun].next_state(state=state, event=event, actor=actor, holding=frozenset(Guard))
        assert refused.value.guard is None
        assert event not in LIVES[noun].open_events(state=state, actor=actor)


@pytest.mark.parametrize(
    ("noun", "event", "guard"),
    [
        (noun, event, guard)
        for (noun, event), (_, _, _, needed) in LEADS.items()
        for guard in sorted(needed)
    ],
)
def test_each_guard_alone_keeps_a_step_from_being_taken(noun, event, guard):
    sources, _, actors, needed = LEADS[noun, event]
    for state in sources:
        with pytest.raises(SupportRefusedError) as refused:
            LIVES[noun].next_state(
                state=state,
                event=event,
                actor=min(actors),
                holding=needed - {guard},
            )
        assert refused.value.guard is guard
        assert str(refused.value) == REFUSALS[guard]


def test_changes_are_those_of_the_table_and_no_other():
    for noun in Noun:
        told = {
            (source.value, target.value)
            for (of, _), (sources, target, _, _) in LEADS.items()
            if of == noun
            for source in sources
        }
        assert set(LIVES[noun].changes()) == told


@pytest.mark.parametrize("state", SETTLED)
def test_what_is_settled_stays_so(state):
    for noun in (Noun.ENROLMENT, Noun.LINK):
        for actor in Actor:
            assert LIVES[noun].open_events(state=state, actor=actor) == ()


def test_a_body_declines_without_a_word():
    declined = LIVES[Noun.ENROLMENT].next_state(
        state=State.OFFERED, event=Event.DECLINE, actor=Actor.BODY
    )

    assert declined is State.DECLINED


@pytest.mark.parametrize(
    ("aimed_at", "group", "less_engaged", "sides"),
    [
        ("both", "green", None, ("sa", "icb")),
        ("both", "pink", "icb", ("sa", "icb")),
        ("less_engaged", "pink", "icb", ("icb",)),
        ("less_engaged", "pink", "sa", ("sa",)),
        # Neither side is less engaged: both.
        ("less_engaged", "red", None, ("sa", "icb")),
        # Not assessed is offered nothing by itself, and is not low.
        ("both", None, None, ()),
        ("less_engaged", None, None, ()),
    ],
)
def test_an_offer_is_aimed_at_sides(aimed_at, group, less_engaged, sides):
    found = suggested_sides(aimed_at=aimed_at, group=group, less_engaged=less_engaged)

    assert found == sides
