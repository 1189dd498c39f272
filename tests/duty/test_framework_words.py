"""What frameworks say to the questions of a return; none, not yet known and agreed stay apart."""

from datetime import date
from uuid import UUID

import pytest

from duty.framework_words import breakdowns, co_owned, direct_outcomes, own_roles
from outcomes.framework_answers import (
    DeclinedBy,
    FrameworkFacts,
    PairFacts,
    PlaceFacts,
    Signed,
    VersionFacts,
)

ONE, OTHER = UUID(int=1), UUID(int=2)
BOARDS = [(ONE, "One ICB"), (OTHER, "Other ICB")]
SIGNED = (Signed("North", date(2026, 5, 3)), Signed("One", date(2026, 5, 4)))
AGREED = PairFacts(in_force=VersionFacts(1, "agreed", SIGNED))
AGREED_WORDS = "Agreed: version 1, signed by North (3 May 2026) and One (4 May 2026)"
DRAFT = PairFacts(open=VersionFacts(1, "draft"))


def place(**said):
    facts = {"indicator": "Life", "sex": "Persons", "age": "All ages", "category": ""}
    return PlaceFacts(**({**facts, "is_outcome": True} | said))


def in_force(*places):
    return FrameworkFacts(pairs={ONE: AGREED}, places=places)


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (None, "None: no framework with this ICB is recorded on this site"),
        (PairFacts(), "None: no framework with this ICB is recorded on this site"),
        (DRAFT, "Draft: version 1, not proposed yet"),
        (
            PairFacts(open=VersionFacts(1, "proposed", (), ("North", "One"))),
            "Proposed: version 1, signed by nobody yet, waits for North and One",
        ),
        (
            PairFacts(
                open=VersionFacts(1, "partly_signed", SIGNED[:1], ("One",), date(2026, 5, 2))
            ),
            "Proposed: version 1, signed by North (3 May 2026), waits for One since 2 May 2026",
        ),
        (
            PairFacts(
                open=VersionFacts(
                    1, "draft", declined=DeclinedBy("One", date(2026, 5, 5), "No money for it.")
                )
            ),
            "Draft: version 1, declined by One on 5 May 2026 (No money for it)",
        ),
        (AGREED, AGREED_WORDS),
        (
            PairFacts(in_force=AGREED.in_force, open=VersionFacts(2, "draft")),
            f"{AGREED_WORDS}; next draft: version 2, not proposed yet",
        ),
        (
            PairFacts(in_force=AGREED.in_force, needs_reconfirmation=True),
            f"{AGREED_WORDS}; this ICB has yet to confirm it after a merger",
        ),
    ],
)
def test_a_pair_says_where_its_framework_is_and_who_signed(pair, words):
    facts = FrameworkFacts(pairs={} if pair is None else {ONE: pair})

    assert co_owned(boards=BOARDS[:1], facts=facts).lines == (("One ICB", words),)


@pytest.mark.parametrize(
    ("pairs", "met"),
    [
        ({}, False),
        ({ONE: AGREED}, False),
        ({ONE: AGREED, OTHER: DRAFT}, False),
        ({ONE: AGREED, OTHER: AGREED}, True),
    ],
)
def test_the_floor_asks_for_an_agreed_framework_with_each_icb(pairs, met):
    assert co_owned(boards=BOARDS, facts=FrameworkFacts(pairs=pairs)).met is met


def test_where_no_icb_is_asked_about_it_is_not_known():
    found = co_owned(boards=[], facts=FrameworkFacts())

    assert found.met is None
    assert "No board overlaps" in found.lines[0][1]


@pytest.mark.parametrize(
    ("pairs", "words", "met"),
    [
        ({}, "None: no outcomes framework is recorded on this site", False),
        ({ONE: PairFacts()}, "None: no outcomes framework is recorded on this site", False),
        ({ONE: DRAFT}, "Not yet known: no outcomes framework is agreed yet", None),
    ],
)
def test_none_is_not_the_same_as_not_yet_known(pairs, words, met):
    facts = FrameworkFacts(pairs=pairs)

    assert (own_roles(facts=facts).lines[0][1], own_roles(facts=facts).met) == (words, met)
    for derive in (direct_outcomes, breakdowns):
        assert (derive(facts=facts).lines[0][1], derive(facts=facts).met) == (words, None)


def test_roles_are_counted_and_named_by_determinant():
    stated = {"determinant": "work", "determinant_name": "Work", "states_role": True}
    facts = in_force(
        place(indicator="Jobs", **stated),
        place(indicator="Pay", **stated),
        place(indicator="Homes", determinant="homes", determinant_name="Homes", states_role=True),
        place(
            indicator="Life",
            determinant="health-outcomes",
            determinant_name="Health outcomes",
            states_role=True,
        ),
        place(indicator="Air", determinant="air", determinant_name="Air"),
    )

    found = own_roles(facts=facts)

    assert found.lines == (
        ("Indicators with a stated role", "3"),
        ("Work", "Jobs; Pay"),
        ("Homes", "Homes"),
    )
    assert found.met is True


def test_a_framework_without_a_stated_role_does_not_meet_the_floor():
    found = own_roles(facts=in_force(place()))

    assert (found.lines[0][1], found.met) == ("None in the framework in force", False)


def test_direct_outcomes_stand_for_no_determinant_and_are_named_once():
    facts = in_force(
        place(indicator="Life"),
        place(indicator="Life", sex="Male"),
        place(indicator="Health", determinant="health-outcomes"),
        place(indicator="Jobs", determinant="work"),
        place(indicator="Visits", is_outcome=False),
    )

    assert direct_outcomes(facts=facts).lines[0][1] == "2: Life; Health"
    assert direct_outcomes(facts=in_force()).lines[0][1] == "None in the framework in force"


def test_breakdowns_are_of_groups_and_not_of_everybody():
    facts = in_force(
        place(),
        place(sex="Male"),
        place(sex="Male", age="65+"),
        place(category="Most deprived tenth"),
        place(sex="Male"),
    )

    assert breakdowns(facts=facts).lines[0][1] == "3: Male; Male, 65+; Most deprived tenth"
    assert "are of all people" in breakdowns(facts=in_force(place())).lines[0][1]


def test_a_long_list_names_ten_and_says_how_many_more():
    places = [place(indicator=f"Number {number}") for number in range(12)]

    words = direct_outcomes(facts=in_force(*places)).lines[0][1]

    assert words.startswith("12: Number 0; ")
    assert words.endswith("Number 9; and 2 more")
