"""What the checks of a round find."""

from dataclasses import replace
from datetime import date

from duty.round_checks import (
    CHECK_WORDS,
    AskedIndicators,
    BodyStaff,
    Check,
    PairStaff,
    RoundFacts,
    digest,
    findings,
    undecided,
)

STAFFED = BodyStaff(key="sa:north", name="North", editors=1, signatories=2)
BOARD = BodyStaff(key="icb:north", name="NHS North", editors=1, signatories=1)
WELL = RoundFacts(
    first_day=date(2026, 11, 2),
    last_day=date(2027, 3, 1),
    authorities=(STAFFED,),
    pairs=(PairStaff(STAFFED, BOARD),),
    specification_version=1,
    specification_published=True,
    holidays_from=2025,
    holidays_to=2028,
    requires_sign_off=True,
    has_declaration=True,
    has_indicators=True,
)


def texts(facts):
    return [finding.text for finding in findings(facts=facts)]


def test_nothing_is_found_where_all_is_well():
    assert findings(facts=WELL) == ()


def test_a_body_without_a_signatory_is_found_and_so_are_its_pairs():
    alone = replace(STAFFED, signatories=0)
    facts = replace(WELL, authorities=(alone,), pairs=(PairStaff(alone, BOARD),))

    assert texts(facts) == [
        "North has no signatory.",
        "North and NHS North: North lacks an editor or a signatory.",
    ]


def test_both_sides_of_a_pair_are_looked_at():
    alone = replace(STAFFED, editors=0)
    facts = replace(
        WELL, authorities=(alone,), pairs=(PairStaff(alone, replace(BOARD, editors=0)),)
    )

    assert texts(facts) == [
        "North has no editor.",
        "North and NHS North: North and NHS North lack an editor or a signatory.",
    ]


def test_a_body_that_ends_on_the_last_day_is_found_and_one_that_ends_after_it_is_not():
    ending = replace(BOARD, ends_on=date(2027, 3, 1))
    lasting = replace(BOARD, ends_on=date(2027, 3, 2))

    assert texts(replace(WELL, pairs=(PairStaff(STAFFED, ending),))) == [
        "NHS North is no more from 1 March 2027."
    ]
    assert texts(replace(WELL, pairs=(PairStaff(STAFFED, lasting),))) == []


def test_a_body_in_two_pairs_is_found_once():
    ending = replace(BOARD, ends_on=date(2027, 1, 1))
    facts = replace(WELL, pairs=(PairStaff(STAFFED, ending), PairStaff(STAFFED, ending)))

    assert len(texts(facts)) == 1


def test_each_year_without_bank_holidays_is_found():
    assert texts(replace(WELL, holidays_to=2026)) == ["The bank holidays of 2027 are not known."]
    assert len(texts(replace(WELL, holidays_from=2028))) == 2


def test_questions_that_can_still_change_are_found():
    assert texts(replace(WELL, specification_published=False)) == [
        "Version 1 of the questions is not published, so it can still change."
    ]


def test_a_decision_covers_what_it_names_and_nothing_newer():
    alone = replace(STAFFED, editors=0, signatories=0)
    found = findings(facts=replace(WELL, authorities=(alone,), pairs=()))

    left = undecided(found=found, decided={found[0].key})

    assert left == found[1:]
    assert undecided(found=found, decided={finding.key for finding in found}) == ()


def test_a_digest_tells_one_list_from_another_whatever_the_order():
    assert digest(keys=["a", "b"]) == digest(keys=["b", "a"])
    assert digest(keys=["a", "b"]) != digest(keys=["a"])


def test_each_check_has_its_words():
    assert set(CHECK_WORDS) == set(Check)


def test_an_authority_without_an_icb_or_without_type_and_tier_is_found():
    assert texts(replace(WELL, pairs=())) == [
        "North shares people with no ICB, so it is asked nothing about one."
    ]
    unknown = replace(STAFFED, designated=False)
    assert texts(replace(WELL, authorities=(unknown,))) == [
        "North has no type and tier, so questions for some of them are not asked of it."
    ]


def test_a_declaration_is_missed_only_where_somebody_signs():
    without = replace(WELL, has_declaration=False)

    assert texts(without) == [
        "The round asks for a signature, and there is no declaration to sign."
    ]
    assert texts(replace(without, requires_sign_off=False)) == []


def test_an_empty_catalogue_is_found():
    assert texts(replace(WELL, has_indicators=False)) == [
        "The catalogue has no indicators, so no answer can be taken from figures."
    ]


def test_a_set_that_can_be_sent_in_is_well_and_so_is_none():
    asked = AskedIndicators(name="Causes", in_use=True, number_of_indicators=2, unsendable=())

    assert texts(replace(WELL, asked=asked)) == []


def test_what_keeps_a_set_from_being_sent_in_is_found():
    asked = AskedIndicators(
        name="Causes", in_use=False, number_of_indicators=0, unsendable=("a", "b"), moved_on=True
    )

    assert texts(replace(WELL, asked=asked)) == [
        "The set “Causes” is not in use any more.",
        "The set “Causes” holds no indicator, so the round asks figures of none.",
        "Nobody can send in figures of a, b: no description or no number yet.",
        "The set “Causes” was changed since the round was scheduled, which asks it as it was then.",
    ]
