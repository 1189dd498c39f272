"""A return whose questions open and close: what is kept, what counts, what is completed again."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import Designation
from duty.actions.answers import UnknownQuestionError, save_answer
from duty.models import Declaration, Round, RoundState, Specification, Submission
from duty.presenters.submissions import receipt
from duty.queries.loaded import LoadedReturn, load
from duty.queries.snapshots import snapshot
from duty.queries.standing import standing
from duty.questions import Answer, AppliesTo, Condition, FirstYear, QuestionSpec
from duty.sections import SectionState
from duty.slots import SlotKey
from tests.factories.authorities import StrategicAuthorityFactory
from tests.factories.duty import (
    ReturnStory,
    SpecificationFactory,
    answer,
    complete,
    tell_return,
    version_one,
)

pytestmark = pytest.mark.django_db

ADOPTED = Condition(question="ST1", options=("adopted",))
# The second strategy question, and one of another section, wait for an adopted strategy.
RULES = {"ST2": {"condition": ADOPTED}, "HT5": {"condition": ADOPTED}}


def asked(**rules: dict[str, object]) -> tuple[QuestionSpec, ...]:
    return tuple(replace(one, **rules.get(one.code, {})) for one in version_one())


@pytest.fixture
def story() -> ReturnStory:
    return tell_return(specification=SpecificationFactory(questions=asked(**RULES)))


def loaded_of(story: ReturnStory) -> LoadedReturn:
    return load(round_=story.round, authority=story.authority)


def adopt(story: ReturnStory) -> None:
    answer(story, "ST1")


def start_none(story: ReturnStory) -> None:
    answer(story, "ST1", Answer(value={"option": "not_started"}))


def states(story: ReturnStory) -> dict[str, SectionState]:
    return dict(standing(loaded=loaded_of(story), now=timezone.now()).sections)


def test_a_hidden_question_is_not_demanded_and_cannot_be_answered(story: ReturnStory) -> None:
    start_none(story)
    judged = standing(loaded=loaded_of(story), now=timezone.now()).judgements["strategy"]

    assert "ST2" not in {one.slot.question.code for one in judged.missing}
    assert [slot.question.code for slot in judged.hidden] == ["ST2"]
    with pytest.raises(UnknownQuestionError):
        save_answer(
            duty_return=story.duty_return,
            question="ST2",
            board=None,
            answer=Answer(value={"text": "Late"}),
            expected_version=0,
            by=story.editor,
            at=timezone.now(),
        )


def test_a_hidden_answer_is_kept_and_left_out_of_the_snapshot(story: ReturnStory) -> None:
    adopt(story)
    answer(story, "ST2")
    start_none(story)
    loaded = loaded_of(story)
    content = snapshot(
        loaded=loaded,
        standing=standing(loaded=loaded, now=timezone.now()),
        declaration=Declaration.objects.first(),
        signed_by=story.signatory,
        signed_as="signatory",
    )
    codes = {q["code"] for section in content["sections"] for q in section["questions"]}

    assert SlotKey("ST2") in loaded.answers
    assert "ST2" not in codes
    assert "ST1" in codes

    adopt(story)

    assert loaded_of(story).asks(SlotKey("ST2"))


@pytest.mark.slow
def test_a_section_falls_back_only_if_its_own_questions_change(story: ReturnStory) -> None:
    adopt(story)
    complete(story)

    answer(story, "ST1", Answer(value={"option": "not_started"}))

    found = states(story)
    assert found["strategy"] == SectionState.IN_PROGRESS
    assert found["health-team"] == SectionState.IN_PROGRESS
    assert found["co-operation"] == SectionState.COMPLETED
    event = story.duty_return.events.filter(type="save_answer").get()
    assert event.payload["sections"] == ["health-team", "strategy"]


def test_a_section_of_which_nothing_is_asked_is_not_needed() -> None:
    team = {one.code: {"condition": ADOPTED} for one in version_one() if one.code[:2] == "HT"}
    story = tell_return(specification=SpecificationFactory(questions=asked(**team)))

    assert states(story)["health-team"] == SectionState.NOT_NEEDED

    adopt(story)

    assert states(story)["health-team"] == SectionState.NOT_STARTED


@pytest.mark.parametrize(
    ("rule", "is_asked"),
    [
        (AppliesTo(tiers=("foundation",)), False),
        (AppliesTo(tiers=("mayoral",)), True),
        (AppliesTo(types=("single_authority",)), False),
        (AppliesTo(first_year=FirstYear.NOT_ASKED), False),
        (AppliesTo(first_year=FirstYear.NOT_REQUIRED), True),
    ],
)
def test_type_tier_and_age_on_the_rounds_day_decide(rule: AppliesTo, is_asked: bool) -> None:
    authority = StrategicAuthorityFactory(opened_on=date(2026, 4, 1))
    Designation.objects.filter(authority=authority).delete()
    Designation.objects.create(
        authority=authority,
        type="combined_authority",
        tier="mayoral",
        valid=(date(2026, 4, 1), None),
    )
    questions = asked(HT1={"applies_to": rule})
    story = tell_return(specification=SpecificationFactory(questions=questions))

    loaded = load(round_=story.round, authority=authority)

    assert loaded.asks(SlotKey("HT1")) is is_asked


def test_pages_say_which_answer_opens_a_question(client: Client, story: ReturnStory) -> None:
    start_none(story)
    client.force_login(story.editor)
    args = [story.round.slug, story.authority.slug]
    hidden = reverse("duty:return-question", args=[*args, "strategy", "ST2"])

    page = client.get(hidden)
    refused = client.post(hidden, {"version": "0", "answer_text": "Typed in vain"})
    check = client.get(reverse("duty:return-check", args=args))
    tasks = client.get(reverse("duty:return-tasks", args=args))

    assert "This question is not asked now." in page.content.decode()
    assert "(ST1) is “Adopted”" in page.content.decode()
    assert refused.status_code == 409
    assert "Typed in vain" in refused.content.decode()
    assert "Not asked now" in check.content.decode()
    assert "1 more depends on other answers." in tasks.content.decode()
    assert SlotKey("ST2") not in loaded_of(story).answers


def test_pages_say_that_a_question_rests_with_councils(client: Client) -> None:
    questions = asked(CO8={"concurrent": True, "floor": False})
    story = tell_return(specification=SpecificationFactory(questions=questions))
    client.force_login(story.editor)

    page = client.get(
        reverse(
            "duty:return-question",
            args=[story.round.slug, story.authority.slug, "co-operation", "CO8"],
        )
    )

    loaded = loaded_of(story)
    content = snapshot(
        loaded=loaded,
        standing=standing(loaded=loaded, now=timezone.now()),
        declaration=None,
        signed_by=story.signatory,
        signed_as="signatory",
    )
    submitted = receipt(
        submission=Submission(reference="R", number=1, content=content, submitted_at=timezone.now())
    )
    said = {one.heading for part in submitted.sections for one in part.answers if one.rests}

    assert "It is never part of the minimum floor" in page.content.decode()
    assert said == {
        "Which health functions rest with constituent councils or are held concurrently?"
    }


def test_a_round_beyond_its_draft_asks_what_is_published() -> None:
    story = tell_return()
    unpublished = Specification.objects.create(version=900, title="A draft")
    Round.objects.filter(pk=story.round.pk).update(state=RoundState.DRAFT)
    Round.objects.filter(pk=story.round.pk).update(specification=unpublished)

    with (
        pytest.raises(IntegrityError, match="a round asks what is published"),
        transaction.atomic(),
    ):
        Round.objects.filter(pk=story.round.pk).update(state=RoundState.SCHEDULED)
