"""The events of 1 April 2026 make England's 36 boards out of 42, exactly."""

from dataclasses import replace

import pytest

from authorities.actions.directory import LoadReport
from authorities.queries.geography import load_geography
from authorities.register_file import Register, read_register
from authorities.reorganisation.change import apply_change
from authorities.reorganisation.checks import broken_rules
from authorities.reorganisation.facts import BOARD, BodyKey, Geography, sorted_geography
from authorities.reorganisation.guards import problems
from authorities.reorganisation.operations import Change
from tests.authorities.conftest import REGISTER
from tests.authorities.reorganisation.england import DAY, EVE, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(folder=REGISTER)


@pytest.fixture
def change(register: Register) -> Change:
    [row] = register.reorganisations
    return row.change


@pytest.fixture
def after(register_loaded: LoadReport) -> Geography:
    return load_geography()


@pytest.fixture
def before(after: Geography) -> Geography:
    return undone(after, DAY)


def boards(geography: Geography) -> int:
    return sum(body.key.kind == BOARD and body.exists_on(DAY) for body in geography.bodies)


def without_shares(geography: Geography) -> Geography:
    return sorted_geography(
        replace(
            geography,
            successions=tuple(replace(fact, share=0.0) for fact in geography.successions),
        )
    )


def test_the_register_holds_one_change_with_sixteen_operations(change: Change) -> None:
    kinds = [operation.kind for operation in change.operations]

    assert change.on == DAY
    assert kinds == ["open"] * 6 + ["merge"] * 6 + ["split"] * 3 + ["recode"]


def test_nothing_stands_in_the_way_of_the_change(before: Geography, change: Change) -> None:
    assert problems(change=change, geography=before, today=EVE, busy={}) == ()


def test_the_change_makes_the_36_boards_out_of_the_42(
    before: Geography, after: Geography, change: Change
) -> None:
    made = apply_change(geography=before, change=change)

    assert (boards(before), boards(made)) == (42, 36)
    assert without_shares(made) == without_shares(after)
    assert broken_rules(geography=made, on=DAY) == ()


def test_the_successions_have_the_people_and_shares_of_the_register(
    before: Geography, after: Geography, change: Change
) -> None:
    made = {
        (fact.predecessor, fact.successor): fact
        for fact in apply_change(geography=before, change=change).successions
    }

    assert len(made) == 16
    for fact in after.successions:
        assert made[fact.predecessor, fact.successor].population == fact.population
        assert made[fact.predecessor, fact.successor].share == pytest.approx(fact.share, abs=1e-6)


def test_hampshire_goes_on_under_its_own_ods_code(before: Geography, change: Change) -> None:
    hampshire = BodyKey(BOARD, "hampshire-and-isle-of-wight")

    made = apply_change(geography=before, change=change)

    codes = {(f.scheme, f.value): f.valid for f in made.codes if f.body == hampshire}
    assert codes["ods", "QRL"].end is None
    assert codes["ons", "E54000042"].end == codes["ons", "E54000067"].start == DAY
    assert len(made.parts_of_board(hampshire, DAY)) == len(made.parts_of_board(hampshire, EVE)) + 1
