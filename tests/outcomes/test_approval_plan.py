"""What the public will see of what was sent in."""

from uuid import UUID

from outcomes.approval_plan import Facts, Outcome, PublicFigure, SentFigure, decide
from outcomes.disclosure import Hidden, Place, Rule

WEST, NORTH = UUID(int=1), UUID(int=2)
RULES = {1: Rule(counts_to=4, round_to=5)}


def facts(value=50.0, count=100.0, denominator=200.0, note="ok"):
    return Facts(value, 40.0, 60.0, None, None, count, denominator, note, "", False)


def place(area=WEST, sex="Persons", category=""):
    return Place(area, sex, "All ages", "Deprivation" if category else "", category)


def sent(where, key=1, then=None, to_decide=True, **said):
    return SentFigure(key, 1, 9, where, facts(**said), to_decide, then)


def hidden_facts(denominator=200.0):
    return Facts(None, None, None, None, None, None, denominator, "suppressed", "", False)


def one(figures, public=None, rules=RULES):
    return decide(sent=figures, public=public or {}, members={}, rules=rules)


def test_a_value_is_shown_with_its_count_rounded():
    (decision,) = one([sent(place(), count=98.0, denominator=203.0)])
    assert decision.outcome is Outcome.SHOWN
    assert (decision.shown.value, decision.shown.count, decision.shown.denominator) == (
        50,
        100,
        205,
    )


def test_nothing_of_a_hidden_value_is_left_but_its_population():
    (decision,) = one([sent(place(), count=3.0)])
    assert (decision.outcome, decision.hidden) == (Outcome.HIDDEN, Hidden.SMALL_COUNT)
    assert decision.shown == hidden_facts()


def test_a_national_value_beats_what_was_sent_in():
    public = {(1, 9, place()): PublicFigure(7, national=True, facts=facts(value=49.0))}
    (decision,) = one([sent(place())], public)
    assert (decision.outcome, decision.shown) == (Outcome.PUBLISHED_ELSEWHERE, None)


def test_the_same_again_publishes_nothing():
    public = {(1, 9, place()): PublicFigure(7, national=False, facts=facts())}
    (decision,) = one([sent(place())], public)
    assert (decision.outcome, decision.shown) == (Outcome.SAME, None)


def test_a_correction_supersedes_what_was_approved_before():
    public = {(1, 9, place()): PublicFigure(7, national=False, facts=facts(value=49.0))}
    (decision,) = one([sent(place())], public)
    assert (decision.outcome, decision.replaces) == (Outcome.SHOWN, 7)


def test_a_public_total_exposes_a_small_part_of_what_is_sent_in():
    # Everybody knows that there are 100; men of 97 would tell of 3 women.
    public = {(1, 9, place()): PublicFigure(7, national=True, facts=facts(count=100.0))}
    figures = [
        sent(place(sex="Male"), key=1, count=97.0),
        sent(place(sex="Female"), key=2, count=3.0),
    ]
    assert [decision.hidden for decision in one(figures, public)] == [
        Hidden.PROTECTS_ANOTHER,
        Hidden.SMALL_COUNT,
    ]


def test_a_later_release_does_not_tell_what_an_earlier_one_hid():
    # Women were 3 and are 6 now; men were hidden beside them and are still 97. Showing the men
    # now would tell the 3 of then: they stay hidden, and so does something beside them.
    public = {
        (1, 9, place()): PublicFigure(7, national=False, facts=facts(count=100.0)),
        (1, 9, place(sex="Male")): PublicFigure(8, national=False, facts=hidden_facts()),
        (1, 9, place(sex="Female")): PublicFigure(9, national=False, facts=hidden_facts()),
    }
    figures = [
        sent(place(), key=1, count=103.0),
        sent(place(sex="Male"), key=2, count=97.0, then=97.0),
        sent(place(sex="Female"), key=3, count=6.0, then=3.0),
    ]
    decisions = one(figures, public)
    assert decisions[1].hidden is Hidden.STAYS_HIDDEN
    assert decisions[2].hidden is Hidden.PROTECTS_ANOTHER
    assert decisions[0].hidden is None


def test_what_is_not_to_be_decided_gets_no_decision():
    assert one([sent(place(), to_decide=False)]) == ()


def test_areas_that_add_up_protect_each_other():
    figures = [
        sent(place(), key=1, count=24.0),
        sent(place(NORTH), key=2, count=3.0),
        sent(place(UUID(int=3)), key=3, count=21.0),
    ]
    decisions = decide(
        sent=figures,
        public={},
        members={WEST: (NORTH, UUID(int=3))},
        rules=RULES,
    )
    assert [one.hidden for one in decisions] == [
        None,
        Hidden.SMALL_COUNT,
        Hidden.PROTECTS_ANOTHER,
    ]
