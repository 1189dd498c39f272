"""A drill's counting has teeth: each fault that it is for is found when it is planted."""

from tests.drills.figures import Figure, failed
from tests.drills.history import History, Verdict, judge

NOTHING = Verdict(lost=(), duplicated=(), phantom=(), answered_otherwise=())


def told(*marks: str) -> History:
    history = History()
    for mark in marks:
        history.try_(mark)
        history.acknowledge(mark, f"answer to {mark}")
    return history


def test_what_was_acknowledged_and_is_stored_once_breaks_nothing() -> None:
    assert judge(history=told("a", "b"), stored={"a": 1, "b": 1}) == NOTHING


def test_a_write_without_an_answer_may_be_there_or_not() -> None:
    history = told("a")
    history.try_("b")
    history.miss()

    assert judge(history=history, stored={"a": 1}) == NOTHING
    assert judge(history=history, stored={"a": 1, "b": 1}) == NOTHING


def test_an_acknowledged_write_that_is_not_there_is_lost() -> None:
    assert judge(history=told("a", "b"), stored={"a": 1}).lost == ("b",)


def test_a_write_that_is_there_twice_is_duplicated() -> None:
    assert judge(history=told("a", "b"), stored={"a": 2, "b": 1}).duplicated == ("a",)


def test_a_write_that_nobody_sent_is_a_phantom() -> None:
    assert judge(history=told("a"), stored={"a": 1, "c": 1}).phantom == ("c",)


def test_the_same_request_answered_otherwise_is_told() -> None:
    history = told("a", "b")
    history.resend("a", "answer to a")
    history.resend("a", None)
    history.resend("b", "another answer")

    verdict = judge(history=history, stored={"a": 1, "b": 1})

    assert verdict.answered_otherwise == ("b",)
    assert history.resent == 3


def test_a_figure_beyond_its_goal_fails_the_drill() -> None:
    well = Figure("lost", 0, "0", holds=True)
    missed = Figure("slowest restart", 11.0, "10 s or less", holds=False)

    assert not failed([well])
    assert failed([well, missed])
