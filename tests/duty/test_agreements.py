"""What the parties of an agreement have said, its words and its digest."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from duty.agreements import (
    Answer,
    Given,
    Party,
    content_hash,
    frozen,
    listed,
    standing,
    standing_words,
    thawed,
)
from duty.standing_records import CommitteeRole, RecordKind
from tests.factories.standing_records import content

AUTHORITY, NORTH, SOUTH, OLD = uuid4(), uuid4(), uuid4(), uuid4()
NAMES = {AUTHORITY: "Authority", NORTH: "NHS North", SOUTH: "NHS South", OLD: "NHS Old"}
EARLY = datetime(2026, 11, 1, 9, tzinfo=UTC)
FIRST = datetime(2026, 11, 3, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
ROLE = CommitteeRole("north", "board", "Director of strategy", "Skills committee")


def words(
    *given: Given,
    boards: tuple[Party, ...] = (Party(NORTH, EARLY), Party(SOUTH, EARLY)),
    status: str = "in_development",
    signed_on: date | None = None,
) -> str:
    return standing_words(
        standing=standing(authority=AUTHORITY, boards=boards, given=given),
        status=status,
        signed_on=signed_on,
        names=NAMES,
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "In development, not signed here"),
        (
            (Given(AUTHORITY, FIRST),),
            "Signed by the authority; waits for NHS North and NHS South since 3 November 2026",
        ),
        (
            (Given(AUTHORITY, FIRST), Given(NORTH, LATER)),
            "Signed by the authority and NHS North; waits for NHS South since 3 November 2026",
        ),
        (
            (Given(AUTHORITY, FIRST), Given(NORTH, LATER), Given(SOUTH, LATER)),
            "Signed by all parties",
        ),
        (
            (Given(AUTHORITY, FIRST), Given(NORTH, LATER, "No money"), Given(SOUTH, LATER)),
            "Declined by NHS North: No money",
        ),
    ],
)
def test_how_far_it_is_signed_is_said_in_words(given: tuple[Given, ...], said: str) -> None:
    assert words(*given) == said


@pytest.mark.parametrize(
    ("given", "by"),
    [
        ((), "Authority, NHS North and NHS South"),
        ((Given(AUTHORITY, FIRST), Given(SOUTH, LATER)), "NHS North"),
    ],
)
def test_what_was_signed_on_paper_names_who_has_not_confirmed_it(
    given: tuple[Given, ...], by: str
) -> None:
    found = words(*given, status="signed", signed_on=date(2026, 5, 1))

    assert found == (f"Recorded as signed on paper on 1 May 2026; not confirmed here by {by}")


def test_the_signature_of_a_body_that_ended_stands_and_its_successor_is_asked_again() -> None:
    boards = (Party(NORTH, LATER, before=(OLD,)),)
    given = (Given(AUTHORITY, FIRST), Given(OLD, FIRST))

    found = standing(authority=AUTHORITY, boards=boards, given=given)

    said = found.boards[0]
    assert (said.answer, said.said_by, said.asked_at) == (Answer.ASKED_AGAIN, OLD, LATER)
    assert found.signed_at == FIRST
    assert found.asks(NORTH)
    assert words(*given, boards=boards) == (
        "Signed by all parties; asks NHS North to confirm again what NHS Old signed"
    )
    assert words(*given, Given(NORTH, LATER), boards=boards) == "Signed by all parties"


def test_a_successor_of_one_that_declined_is_asked_anew() -> None:
    found = standing(
        authority=AUTHORITY,
        boards=(Party(NORTH, LATER, before=(OLD,)),),
        given=(Given(AUTHORITY, FIRST), Given(OLD, FIRST, "No")),
    )

    assert found.boards[0].answer == Answer.WAITS
    assert found.signed_at is None


def test_nobody_is_asked_before_the_authority_has_signed() -> None:
    found = standing(authority=AUTHORITY, boards=(Party(NORTH, EARLY),), given=())

    assert not found.asks(NORTH)
    assert not found.asks(AUTHORITY)
    assert not found.asks(uuid4())


def test_an_agreement_without_icbs_is_signed_by_nobody() -> None:
    found = standing(authority=AUTHORITY, boards=(), given=(Given(AUTHORITY, FIRST),))

    assert found.signed_at is None


def test_a_frozen_content_thaws_to_the_same_and_any_change_is_another_digest() -> None:
    whole = content(
        RecordKind.AGREEMENT,
        boards=("north",),
        roles=(ROLE,),
        renews=UUID(int=7),
        work_plan="Warm homes",
    )

    assert thawed(content=frozen(content=whole)) == whole
    digests = {
        content_hash(content=one)
        for one in (
            whole,
            replace(whole, boards=("north", "south")),
            replace(whole, roles=()),
            replace(whole, work_plan="Warmer homes"),
            replace(whole, review_on=None),
            replace(whole, renews=None),
        )
    }
    assert len(digests) == 6


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], said: str) -> None:
    assert listed(names) == said
