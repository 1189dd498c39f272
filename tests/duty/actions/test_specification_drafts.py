"""A version is drafted, changed, copied, published and deleted."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from authorities.models import AuditEvent, User
from duty.actions import specification_drafts as drafts
from duty.actions.specifications import publish
from duty.models import Question, RoundState, Specification
from duty.queries.loaded import load
from duty.queries.specifications import questions_of
from duty.queries.standing import judge
from duty.questions import Condition, QuestionSpec
from tests.factories.authorities import UserFactory
from tests.factories.duty import (
    RoundFactory,
    SpecificationFactory,
    submit,
    tell_return,
    version_one,
)

pytestmark = pytest.mark.django_db

_FROZEN = "a published specification cannot change"
ASKED = {question.code: question for question in version_one()}


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def draft(by: User) -> Specification:
    """A copy of version 1."""
    return copied(SpecificationFactory(), by)


def copied(origin: Specification, by: User) -> Specification:
    return drafts.copy(
        origin=origin, title="Next", source="", form_key=uuid4(), by=by, at=timezone.now()
    )


def now_as(by: User) -> dict[str, Any]:
    at: datetime = timezone.now()
    return {"by": by, "at": at}


def stored(draft: Specification) -> dict[str, QuestionSpec]:
    return {one.code: one for one in questions_of(specification=draft)}


def actions_of() -> list[str]:
    found = AuditEvent.objects.filter(action__startswith="specification.").order_by("pk")
    return [
        event.action
        for event in found
        if event.action not in ("specification.loaded",) and event.by_id is not None
    ]


def test_a_copy_has_the_questions_of_its_origin_and_the_next_number(by: User) -> None:
    origin = SpecificationFactory()

    made = copied(origin, by)

    assert made.version == origin.version + 1
    assert made.copied_from == origin.version
    assert made.published_at is None
    assert stored(made) == stored(origin)


def test_the_same_form_sent_twice_makes_one_draft(by: User) -> None:
    key = uuid4()

    made = [
        drafts.draft(title="New", source="", form_key=key, **now_as(by)).pk for _sent in range(2)
    ]

    assert made[0] == made[1]
    assert Specification.objects.count() == 1


def test_a_question_is_added_at_the_end_of_its_section(draft: Specification, by: User) -> None:
    new = replace(ASKED["ST2"], code="ST99", text="What else?", order=0)

    for _sent in range(2):
        drafts.store_question(
            specification=draft, code=None, question=new, expected_revision=1, **now_as(by)
        )

    codes = [code for code, one in stored(draft).items() if one.specification == "strategy"]
    assert codes[-1] == "ST99"
    assert codes.count("ST99") == 1


def test_questions_that_wait_follow_a_new_code(draft: Specification, by: User) -> None:
    waiting = replace(ASKED["ST2"], condition=Condition("ST1", ("adopted",)))
    drafts.store_question(
        specification=draft, code="ST2", question=waiting, expected_revision=1, **now_as(by)
    )

    drafts.store_question(
        specification=draft,
        code="ST1",
        question=replace(ASKED["ST1"], code="ST0"),
        expected_revision=2,
        **now_as(by),
    )

    assert stored(draft)["ST2"].condition == Condition("ST0", ("adopted",))


def test_a_question_moves_one_place_and_stays_at_the_ends(draft: Specification, by: User) -> None:
    def order() -> list[str]:
        return [code for code in stored(draft) if code.startswith("ST")][:3]

    for code, up, revision in (("ST2", True, 1), ("ST2", True, 2), ("ST1", False, 2)):
        drafts.move_question(
            specification=draft, code=code, up=up, expected_revision=revision, **now_as(by)
        )

    assert order() == ["ST2", "ST3", "ST1"]


def test_a_section_moves_one_place_and_stays_at_the_ends(draft: Specification, by: User) -> None:
    def order() -> tuple[str, ...]:
        draft.refresh_from_db()
        return draft.section_order

    first = order()
    drafts.change_section(
        specification=draft,
        section="strategy",
        title="Plans",
        intro="",
        expected_revision=1,
        **now_as(by),
    )

    moves = (
        ("health-team", True, 2),
        ("health-team", True, 3),
        ("health-team", True, 4),
        ("outcomes-framework", False, 4),
        ("about", True, 4),
    )
    for section, up, revision in moves:
        drafts.move_section(
            specification=draft,
            section=section,
            up=up,
            expected_revision=revision,
            **now_as(by),
        )
    # A title that is changed afterwards leaves the section at its place.
    drafts.change_section(
        specification=draft,
        section="health-team",
        title="People",
        intro="",
        expected_revision=4,
        **now_as(by),
    )

    assert first == (
        "co-operation",
        "strategy",
        "health-team",
        "outcomes-framework",
        "about",
    )
    assert order() == (
        "health-team",
        "co-operation",
        "strategy",
        "outcomes-framework",
        "about",
    )
    assert [draft.section_title(code) for code in order()][:3] == [
        "People",
        "Co-operation",
        "Plans",
    ]
    asked = list(dict.fromkeys(one.specification for one in stored(draft).values()))
    assert asked == list(order())
    moved = AuditEvent.objects.filter(action="specification.changed", detail__what="section_order")
    assert moved.count() == 2


def test_the_order_of_the_sections_goes_with_a_copy_and_into_a_return(
    draft: Specification, by: User
) -> None:
    moved = drafts.move_section(
        specification=draft, section="strategy", up=True, expected_revision=1, **now_as(by)
    )
    made = copied(moved, by)
    published = publish(specification=made, by=by, at=timezone.now())
    story = tell_return(specification=published)

    submission = submit(story)

    expected = ["strategy", "co-operation", "health-team", "outcomes-framework", "about"]
    loaded = load(round_=story.round, authority=story.authority)
    assert list(judge(loaded=loaded)) == expected
    assert [section["code"] for section in submission.content["sections"]] == expected


def test_the_sections_of_a_published_version_stay_in_their_order(by: User) -> None:
    published = SpecificationFactory()

    with pytest.raises(drafts.DraftPublishedError):
        drafts.move_section(
            specification=published, section="strategy", up=True, expected_revision=1, **now_as(by)
        )

    published.refresh_from_db()
    assert published.section_order[0] == "co-operation"


def test_a_code_is_used_once(draft: Specification, by: User) -> None:
    with pytest.raises(drafts.CodeTakenError):
        drafts.store_question(
            specification=draft,
            code="ST2",
            question=replace(ASKED["ST2"], code="ST1"),
            expected_revision=1,
            **now_as(by),
        )


def test_nobody_overwrites_what_they_have_not_seen(draft: Specification, by: User) -> None:
    seen = {"specification": draft, "expected_revision": 1}
    drafts.change_words(title="Mine", source="", **seen, **now_as(by))

    for change in (
        lambda: drafts.change_words(title="Yours", source="", **seen, **now_as(by)),
        lambda: drafts.change_section(
            section="about", title="Last", intro="", **seen, **now_as(by)
        ),
        lambda: drafts.remove_question(code="ST1", **seen, **now_as(by)),
        lambda: drafts.move_question(code="ST1", up=True, **seen, **now_as(by)),
        lambda: drafts.move_section(section="strategy", up=True, **seen, **now_as(by)),
        lambda: drafts.publish(**seen, **now_as(by)),
        lambda: drafts.delete(**seen, **now_as(by)),
    ):
        with pytest.raises(drafts.DraftChangedError):
            change()

    draft.refresh_from_db()
    assert (draft.title, draft.revision) == ("Mine", 2)


def test_a_section_has_its_own_title_and_words(draft: Specification, by: User) -> None:
    drafts.change_section(
        specification=draft,
        section="health-team",
        title="People",
        intro="Who works on it.",
        expected_revision=1,
        **now_as(by),
    )

    draft.refresh_from_db()
    assert draft.section_title("health-team") == "People"
    assert draft.section_intro("health-team") == "Who works on it."
    assert draft.section_title("strategy") == "Strategy"


def test_a_draft_with_problems_is_not_published(draft: Specification, by: User) -> None:
    drafts.remove_question(specification=draft, code="ST1", expected_revision=1, **now_as(by))
    waiting = replace(ASKED["ST2"], condition=Condition("ST1", ("adopted",)))
    drafts.store_question(
        specification=draft, code="ST2", question=waiting, expected_revision=2, **now_as(by)
    )

    with pytest.raises(drafts.NotPublishableError) as refused:
        drafts.publish(specification=draft, expected_revision=3, **now_as(by))

    assert [one.code for one in refused.value.problems] == ["ST2"]


def test_a_published_draft_is_frozen_by_the_database_too(draft: Specification, by: User) -> None:
    for _sent in range(2):
        drafts.publish(specification=draft, expected_revision=1, **now_as(by))
    other = copied(draft, by)

    with pytest.raises(drafts.DraftPublishedError):
        drafts.change_words(
            specification=draft, title="Late", source="", expected_revision=1, **now_as(by)
        )
    for statement, words in (
        ("UPDATE duty_specification SET title = 'Late' WHERE id = %(frozen)s", "is_frozen"),
        ("UPDATE duty_specification SET published_at = NULL WHERE id = %(frozen)s", "is_frozen"),
        ("DELETE FROM duty_specification WHERE id = %(frozen)s", "is_frozen"),
        ("UPDATE duty_question SET floor = false WHERE specification_id = %(frozen)s", _FROZEN),
        ("DELETE FROM duty_question WHERE specification_id = %(frozen)s", _FROZEN),
        # Nor may a question of a draft be slipped into it.
        (
            (
                "UPDATE duty_question SET specification_id = %(frozen)s, code = 'ST90', "
                "\"order\" = 900 WHERE specification_id = %(other)s AND code = 'ST1'"
            ),
            _FROZEN,
        ),
    ):
        with (
            pytest.raises(DatabaseError, match=words),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement, {"frozen": draft.pk, "other": other.pk})


def test_a_draft_is_deleted_with_its_questions_unless_a_round_uses_it(
    draft: Specification, by: User
) -> None:
    used = copied(draft, by)
    RoundFactory(specification=used, state=RoundState.DRAFT)

    with pytest.raises(drafts.SpecificationInUseError):
        drafts.delete(specification=used, expected_revision=1, **now_as(by))
    drafts.delete(specification=draft, expected_revision=1, **now_as(by))

    assert set(Specification.objects.filter(published_at=None)) == {used}
    assert not Question.objects.filter(specification_id=draft.pk).exists()


def test_each_step_is_in_the_audit(draft: Specification, by: User) -> None:
    made = drafts.draft(title="New", source="", form_key=uuid4(), **now_as(by))
    drafts.change_words(
        specification=made, title="Newer", source="", expected_revision=1, **now_as(by)
    )
    drafts.delete(specification=made, expected_revision=2, **now_as(by))
    drafts.publish(specification=draft, expected_revision=1, **now_as(by))

    assert actions_of() == [
        "specification.copied",
        "specification.drafted",
        "specification.changed",
        "specification.deleted",
        "specification.published",
    ]
