"""A plan that is given up ends without having begun, and stays on record as a plan until then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from authorities.reorganisation.change import apply_change
from authorities.reorganisation.checks import broken_rules
from authorities.reorganisation.differences import GIVEN_UP, body_texts
from authorities.reorganisation.facts import (
    AUTHORITY,
    BodyFact,
    BodyKey,
    Geography,
    MemberFact,
    SuccessionFact,
)
from authorities.reorganisation.guards import Guard
from authorities.reorganisation.operations import (
    AreaShare,
    Change,
    Close,
    Open,
    Operation,
    Rename,
    Transfer,
)
from authorities.reorganisation.replay import misfits
from authorities.span import Span
from tests.authorities.reorganisation.guard_cases import areas, found, transfer
from tests.authorities.reorganisation.small_england import (
    ALPHA,
    BETA,
    DAY,
    DERWENT,
    EVE,
    GAMMA,
    PLAN_KNOWN,
    after,
    small_england,
)

GIVE_UP = Close(GAMMA)
FIRST_DAY = date(2027, 9, 1)
TO_BETA = Transfer((AreaShare("derwent"),), source=GAMMA, target=BETA)


def with_a_first_day() -> Geography:
    """Small England where the first day of Gamma lies ahead, with what begins on it."""
    base = small_england()
    plan = Span(PLAN_KNOWN, FIRST_DAY)
    begun = Span(FIRST_DAY, None)
    return replace(
        base,
        bodies=tuple(
            BodyFact(GAMMA, FIRST_DAY, planned=True) if body.key == GAMMA else body
            for body in base.bodies
        ),
        members=tuple(
            member
            for fact in base.members
            for member in (
                (replace(fact, valid=plan), replace(fact, planned=False, valid=begun))
                if fact.authority == GAMMA
                else (fact,)
            )
        ),
    )


@pytest.mark.parametrize("before", [small_england(), with_a_first_day()])
def test_a_plan_is_given_up_with_all_that_it_had(before: Geography) -> None:
    given_up = after(GIVE_UP, before=before)

    assert given_up.body(GAMMA) == BodyFact(GAMMA, None, closed=DAY, planned=True)
    until_then = Span(PLAN_KNOWN, DAY)
    assert {f.valid for f in given_up.names if f.body == GAMMA} == {until_then}
    assert {f.valid for f in given_up.designations if f.body == GAMMA} == {until_then}
    assert [f for f in given_up.members if f.authority == GAMMA] == [
        MemberFact(DERWENT, GAMMA, "constituent", True, until_then)
    ]
    assert broken_rules(geography=given_up, on=DAY) == ()


@pytest.mark.parametrize("before", [small_england(), with_a_first_day()])
def test_a_plan_is_one_up_to_the_eve_and_never_again(before: Geography) -> None:
    given_up = after(GIVE_UP, before=before)
    known = given_up.body(GAMMA)
    assert known is not None

    days = [DAY, FIRST_DAY, FIRST_DAY + timedelta(days=1000)]

    assert known.is_plan_on(EVE)
    assert not known.exists_on(EVE)
    assert not any(known.is_plan_on(day) or known.exists_on(day) for day in days)
    assert given_up.parts_of(GAMMA, EVE) == before.parts_of(GAMMA, EVE) != ()
    assert all(given_up.parts_of(GAMMA, day) == () for day in days)


def test_nobody_else_is_touched() -> None:
    before = small_england()

    given_up = after(GIVE_UP)

    for name in ("part_councils", "part_boards", "codes", "groups", "parts", "successions"):
        assert set(getattr(given_up, name)) == set(getattr(before, name))
    others = [fact for fact in given_up.members if fact.authority != GAMMA]
    assert others == [fact for fact in before.members if fact.authority != GAMMA]


def test_what_happens_is_told_as_given_up() -> None:
    texts = body_texts(before=small_england(), after=after(GIVE_UP), on=DAY)

    assert texts == ((GAMMA, GIVEN_UP),)


def test_a_council_of_the_plan_joins_another_authority_on_the_same_day() -> None:
    moved = after(TO_BETA, GIVE_UP)

    held = {
        (fact.authority, fact.planned)
        for fact in moved.members
        if fact.council == DERWENT and fact.valid.holds_on(DAY)
    }
    assert held == {(BETA, False)}


def test_a_council_of_the_plan_is_free_for_a_later_change() -> None:
    given_up = after(GIVE_UP)
    later = DAY + timedelta(days=1)

    joined = after(transfer(None, ALPHA, *areas("derwent")), before=given_up, on=later)

    assert [f.council for f in joined.members_of(ALPHA, later)].count(DERWENT) == 1


@pytest.mark.parametrize(
    ("operations", "guard", "message"),
    [
        (
            (GIVE_UP,),
            Guard.NOT_OPEN,
            "Gamma strategic authority was given up on 1 April 2027, before it began. Choose a",
        ),
        ((Rename(GAMMA, "G", "G"),), Guard.NOT_OPEN, "Gamma strategic authority was given up"),
        (
            (transfer(None, GAMMA, *areas("derwent")),),
            Guard.NOT_OPEN,
            "Gamma strategic authority was given up",
        ),
        (
            (Open(GAMMA, "G", "G", type="combined_authority", tier="mayoral"),),
            Guard.SLUG_TAKEN,
            "There is or was a strategic authority with the address gamma.",
        ),
    ],
)
def test_what_is_given_up_takes_part_in_nothing_more(
    operations: tuple[Operation, ...], guard: Guard, message: str
) -> None:
    texts = [
        problem.text
        for problem in found(*operations, on=DAY + timedelta(days=30), geography=after(GIVE_UP))
        if problem.guard is guard
    ]

    assert [text for text in texts if text.startswith(message)] != []


@pytest.mark.parametrize("on", [PLAN_KNOWN, PLAN_KNOWN - timedelta(days=9)])
def test_a_plan_is_given_up_after_it_was_put_on_record(on: date) -> None:
    [problem] = found(GIVE_UP, on=on)

    assert problem.guard is Guard.BEFORE_OPENING
    assert problem.text == (
        "The plan of Gamma strategic authority is on record from 23 November 2026. Enter a later "
        "day for the change."
    )


def test_what_has_begun_is_closed_and_not_given_up() -> None:
    begun = after(Open(GAMMA), on=date(2027, 1, 1))

    closed = after(GIVE_UP, before=begun)

    assert closed.body(GAMMA) == BodyFact(GAMMA, date(2027, 1, 1), closed=DAY, planned=True)


def test_a_plan_is_given_up_before_its_first_day_or_not_at_all() -> None:
    [problem] = found(GIVE_UP, on=FIRST_DAY, geography=with_a_first_day())

    assert problem.guard is Guard.BEFORE_OPENING


LATER = date(2027, 6, 1)


def named_again(england: Geography) -> Geography:
    own = [fact for fact in england.names if fact.body == GAMMA]
    others = [fact for fact in england.names if fact.body != GAMMA]
    renamed = [
        replace(own[0], valid=Span(PLAN_KNOWN, LATER)),
        replace(own[0], valid=Span(LATER, None)),
    ]
    return replace(england, names=(*others, *renamed))


def closed_later(england: Geography) -> Geography:
    return replace(
        england,
        bodies=tuple(
            replace(body, closed=LATER) if body.key == GAMMA else body for body in england.bodies
        ),
    )


def succeeding_later(england: Geography) -> Geography:
    return replace(england, successions=(SuccessionFact(ALPHA, GAMMA, LATER, "merger", 100, 1.0),))


@pytest.mark.parametrize("later", [named_again, closed_later, succeeding_later])
def test_what_is_on_record_of_a_plan_later_stands_in_the_way(
    later: Callable[[Geography], Geography],
) -> None:
    found_problems = found(GIVE_UP, geography=later(with_a_first_day()))

    assert {problem.guard for problem in found_problems} == {Guard.LATER_CHANGE}


def test_a_plan_that_a_new_register_has_as_begun_is_not_given_up_again() -> None:
    change = Change(on=DAY, operations=(GIVE_UP,))
    newer = replace(
        small_england(),
        bodies=tuple(
            BodyFact(GAMMA, FIRST_DAY) if body.key == GAMMA else body
            for body in small_england().bodies
        ),
    )

    assert misfits(change=change, geography=small_england()) == ()
    assert misfits(change=change, geography=apply_change(geography=small_england(), change=change))
    assert misfits(change=change, geography=newer) != ()


def test_an_authority_without_a_name_yet_may_be_given_up() -> None:
    nameless = BodyKey(AUTHORITY, "nameless")
    base = small_england()
    with_it = replace(base, bodies=(*base.bodies, BodyFact(nameless, None, planned=True)))

    given_up = after(Close(nameless), before=with_it)

    assert given_up.body(nameless) == BodyFact(nameless, None, closed=DAY, planned=True)
