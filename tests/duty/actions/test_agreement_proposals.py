"""What agreements and joint money give to a return: proposed, taken over, and frozen when sent."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from authorities.models import Role
from duty.actions import agreements, answers, proposals, standing_records
from duty.agreements import content_hash
from duty.known_records import Covered, JointMoney
from duty.models import Answer, PartnershipAgreement, Submission
from duty.queries.standing_records import record_of
from duty.questions import Answer as Given
from duty.standing_records import AgreementContent, CommitteeRole, RecordKind
from outcomes.access import Acting
from tests.factories.duty import ReturnStory, answer, submit, tell_return
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

G = RecordKind.AGREEMENT


@pytest.fixture
def story() -> ReturnStory:
    return tell_return()


def agreed(story: ReturnStory, **changes: Any) -> PartnershipAgreement:
    """An agreement with the first ICB of the return, in development."""
    board = story.boards[0].slug
    given = {
        "boards": (board,),
        "status": "in_development",
        "signed_on": None,
        "roles": (CommitteeRole(board, "board", "Director of strategy", "Skills committee"),),
    }
    row = on_record(story.authority, G, by=story.editor, **(given | changes))
    assert isinstance(row, PartnershipAgreement)
    return row


def content_of(row: PartnershipAgreement) -> AgreementContent:
    found = record_of(authority=row.authority, kind=G, key=row.pk).content
    assert isinstance(found, AgreementContent)
    return found


def sign(story: ReturnStory, row: PartnershipAgreement, *, on: date) -> None:
    """Let both parties sign on a day."""
    for body in (story.authority, story.boards[0]):
        agreements.sign(
            agreement=row,
            content_read=content_hash(content=content_of(row)),
            acting=Acting(body=body, role=Role.SIGNATORY),
            by=story.signatory,
            at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        )


def bring_over(story: ReturnStory) -> None:
    proposals.bring_over(duty_return=story.duty_return, by=story.editor, at=timezone.now())


def proposed(story: ReturnStory) -> dict[str, Any]:
    rows = Answer.objects.filter(duty_return=story.duty_return, needs_review=True)
    return {row.question.code: row.value for row in rows.select_related("question")}


def test_what_all_have_signed_answers_three_questions(story: ReturnStory) -> None:
    day = story.round.covers_to
    row = agreed(story, review_on=None)
    sign(story, row, on=day)

    bring_over(story)

    found = proposed(story)
    assert found["CO3"] == {
        "option": "signed",
        "signed_on": day.isoformat(),
        "agreement_link": "https://example.org/memorandum",
    }
    assert found["CO4"] == {"options": ["work_and_health", "housing"]}
    assert found["CO5"]["text"].startswith("Director of strategy of ")
    assert found["CO5"]["text"].endswith("on Skills committee of the authority")


def test_one_that_waits_for_a_signature_is_in_development_and_holds_no_return_up(
    story: ReturnStory,
) -> None:
    agreed(story)
    bring_over(story)

    found = proposed(story)
    assert found["CO3"] == {"option": "in_development"}
    assert "CO5" not in found
    for row in Answer.objects.filter(duty_return=story.duty_return, needs_review=True):
        given = Given(value=row.value)
        board = row.board.slug if row.board else None
        answer(story, row.question.code, given, board=board)
    assert submit(story).content


def test_a_later_change_of_an_agreement_leaves_what_was_sent_alone(story: ReturnStory) -> None:
    row = agreed(story, review_on=None)
    sign(story, row, on=story.round.covers_to)
    bring_over(story)
    for stored in Answer.objects.filter(duty_return=story.duty_return, needs_review=True):
        proposals.confirm(
            duty_return=story.duty_return,
            question=stored.question.code,
            board=stored.board.slug if stored.board else None,
            expected_version=Answer.objects.get(pk=stored.pk).version,
            by=story.editor,
            at=timezone.now(),
        )
    submit(story)
    sent = Submission.objects.get().content

    standing_records.change(
        authority=story.authority,
        kind=G,
        key=row.pk,
        content=replace(content_of(row), roles=(), themes=("transport",), link=""),
        expected_version=1,
        by=story.editor,
        at=timezone.now(),
    )

    questions = {q["code"]: q for s in sent["sections"] for q in s["questions"]}
    options = [one["value"] for one in questions["CO3"]["answers"]]
    assert "signed" in [one["option"] for one in options]
    assert Submission.objects.get().content == sent


@pytest.fixture
def money(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[JointMoney]:
    """What a higher app knows of joint money, which a test may change."""
    known: list[JointMoney] = []

    def joint_money(
        *, authority_id: UUID, covered: Covered, board_names: Mapping[str, str]
    ) -> Sequence[JointMoney]:
        assert board_names
        return [one for one in known if one.year == f"{covered.first.year}/27"]

    module = ModuleType("tests.known_money")
    vars(module)["joint_money"] = joint_money
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.JOINT_MONEY = [module.__name__]
    return known


def row_of(initiative: str, amount: Decimal | None) -> JointMoney:
    return JointMoney(
        initiative=initiative,
        partner="NHS North",
        amount=amount,
        source="Prevention budget of the ICB",
        year="2026/27",
        changed_at=timezone.now(),
    )


def test_money_of_joint_commitments_is_proposed_and_frozen_when_sent(
    story: ReturnStory, money: list[JointMoney]
) -> None:
    money.append(row_of("Warm homes", Decimal("20000.50")))
    bring_over(story)

    found = proposed(story)["CO7"]
    assert found["rows"] == [
        {
            "initiative": "Warm homes",
            "partner": "NHS North",
            "amount": "20000.5",
            "source": "Prevention budget of the ICB",
            "year": "2026/27",
        }
    ]
    answer(story, "CO7", Given(value=found))
    submit(story)
    sent = Submission.objects.get().content
    money[0] = row_of("Warm homes", Decimal("1"))

    questions = {q["code"]: q for s in sent["sections"] for q in s["questions"]}
    assert questions["CO7"]["answers"][0]["value"]["rows"][0]["amount"] == "20000.5"
    assert Submission.objects.get().content == sent


def test_an_amount_that_nobody_knows_is_asked_of_the_officer_and_is_never_nought(
    story: ReturnStory, money: list[JointMoney]
) -> None:
    money.append(row_of("Walks", None))
    bring_over(story)
    stored = Answer.objects.get(duty_return=story.duty_return, question__code="CO7")
    client = Client()
    client.force_login(story.editor)
    args = [story.round.slug, story.authority.slug, "co-operation", "CO7"]

    page = client.get(reverse("duty:return-question", args=args)).content.decode()
    with pytest.raises(answers.InvalidAnswerError):
        proposals.confirm(
            duty_return=story.duty_return,
            question="CO7",
            board=None,
            expected_version=stored.version,
            by=story.editor,
            at=timezone.now(),
        )

    assert "From your standing records and joint commitments, not yet reviewed" in page
    assert "The amount is not known for “Walks”. Enter it, or take the row out." in page
    assert "£0" not in page


def test_money_that_changed_since_is_shown_beside_the_answer(
    story: ReturnStory, money: list[JointMoney]
) -> None:
    client = Client()
    client.force_login(story.editor)
    args = [story.round.slug, story.authority.slug, "co-operation", "CO7"]
    url = reverse("duty:return-question", args=args)
    money.append(row_of("Walks", None))

    page = client.get(url).content.decode()

    assert "Your standing records and joint commitments can answer this" in page
    assert "not known" in page
