"""Answers that nobody types follow the frameworks, and stay as they were sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from authorities.models import Pair, Role
from authorities.queries.dated import names_on
from duty.models import Submission
from duty.queries.loaded import load
from duty.slots import SlotKey
from duty.words import london_date
from outcomes.access import Acting
from outcomes.actions import frameworks
from outcomes.models import FrameworkVersion
from outcomes.queries.framework_answers import framework_facts
from tests.factories.duty import ReturnStory, submit, tell_return
from tests.factories.frameworks_in_force import (
    draft_framework,
    in_force,
    indicator_of,
    proposed,
    signed_by,
)
from tests.factories.outcomes import BreakdownFactory, DomainFactory, IndicatorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    return tell_return(boards=2)


def pair_of(story: ReturnStory, place: int) -> Pair:
    return Pair.objects.get(authority=story.authority, board=story.boards[place])


def said(story: ReturnStory, code: str) -> tuple[list[str], bool | None]:
    """Return the texts of a derived answer, and whether the floor is met."""
    value: Any = (
        load(round_=story.round, authority=story.authority).derived[SlotKey(code)].answer.value
    )
    return [line["text"] for line in value["lines"]], value["met"]


def fill(version: FrameworkVersion) -> None:
    work = DomainFactory(slug="work", name="Work")
    men = BreakdownFactory(sex="Male", age="All ages")
    indicator_of(
        version,
        order=2,
        indicator=IndicatorFactory(name="Jobs"),
        determinant=work,
        authority_role="We train people.",
        breakdown=men,
    )


def test_each_pair_says_where_its_framework_is(story: ReturnStory) -> None:
    nothing = said(story, "OF1")
    draft = draft_framework(pairs=[pair_of(story, 0)], by=story.editor)
    drafted = said(story, "OF1")
    version = proposed(draft, by=story.signatory)
    version = signed_by(version, body=story.authority, by=story.signatory)
    partly = said(story, "OF1")
    signed_by(version, body=story.boards[0], by=story.signatory)
    agreed = said(story, "OF1")

    none = "None: no framework with this ICB is recorded on this site"
    assert nothing == ([none, none], False)
    assert drafted == (["Draft: version 1, not proposed yet", none], False)
    assert partly[0][0].startswith("Proposed: version 1, signed by ")
    assert "waits for " in partly[0][0]
    assert agreed[0][0].startswith("Agreed: version 1, signed by ")
    assert "waits for" not in agreed[0][0]
    assert (agreed[0][1], agreed[1]) == (none, False)


def test_one_framework_with_both_answers_for_both(story: ReturnStory) -> None:
    in_force(pairs=[pair_of(story, 0), pair_of(story, 1)], by=story.signatory)

    texts, met = said(story, "OF1")

    assert [text.startswith("Agreed: version 1") for text in texts] == [True, True]
    assert met is True


def test_what_is_declined_is_a_draft_again(story: ReturnStory) -> None:
    version = proposed(draft_framework(pairs=[pair_of(story, 0)], by=story.editor), by=story.editor)
    frameworks.decline(
        version=version,
        content_read=version.content_hash,
        reason="No.",
        acting=Acting(body=story.boards[0], role=Role.SIGNATORY),
        by=story.signatory,
        at=story.at,
    )

    declined = said(story, "OF1")[0][0]
    proposed(FrameworkVersion.objects.get(), by=story.editor, at=story.at + timedelta(hours=1))
    again = said(story, "OF1")[0][0]

    name = names_on(day=story.round.geography_date, bodies=[story.boards[0].pk]).name(
        story.boards[0].pk
    )
    on = london_date(moment=story.at)
    assert declined == f"Draft: version 1, declined by {name} on {on} (No)"
    assert "declined" not in again
    assert again.endswith(f"since {on}")


def test_roles_outcomes_and_groups_are_read_from_what_is_in_force(story: ReturnStory) -> None:
    draft = draft_framework(
        pairs=[pair_of(story, 0)],
        by=story.editor,
        fill=fill,
        indicator=IndicatorFactory(name="Life"),
        breakdown=BreakdownFactory(sex="Persons", age="All ages"),
    )
    before = {code: said(story, code) for code in ("OF2", "OF3", "OF6")}
    version = proposed(draft, by=story.signatory)
    for body in (story.authority, story.boards[0]):
        version = signed_by(version, body=body, by=story.signatory)

    not_yet = "Not yet known: no outcomes framework is agreed yet"
    assert {texts[0] for texts, _ in before.values()} == {not_yet}
    assert {met for _, met in before.values()} == {None}
    assert said(story, "OF2") == (["1", "Jobs"], True)
    assert said(story, "OF3")[0][0] == "1: Life"
    assert said(story, "OF6")[0][0] == "1: Male"


def test_the_questions_are_the_same_whatever_the_number_of_frameworks(
    story: ReturnStory, django_assert_max_num_queries: Any
) -> None:
    for place in (0, 1):
        in_force(pairs=[pair_of(story, place)], by=story.signatory, fill=fill if place else _same)

    with django_assert_max_num_queries(5):
        found = framework_facts(authority=story.authority, day=story.round.geography_date)

    assert len(found.pairs) == 2


def _same(version: FrameworkVersion) -> None:
    indicator_of(version, order=2)


def test_what_was_sent_does_not_move_on(story: ReturnStory, client: Any) -> None:
    submit(story)
    in_force(pairs=[pair_of(story, 0)], by=story.signatory, at=story.at + timedelta(minutes=1))
    content = Submission.objects.get().content
    section = next(one for one in content["sections"] if one["code"] == "outcomes-framework")
    kept = next(one for one in section["questions"] if one["code"] == "OF1")["answers"][0]
    client.force_login(story.editor)
    page = client.get(
        reverse(
            "duty:return-question",
            args=[story.round.slug, story.authority.slug, "outcomes-framework", "OF1"],
        )
    ).content.decode()

    none = "None: no framework with this ICB is recorded on this site"
    assert [text for _, text in kept["lines"]] == [none, none]
    assert said(story, "OF1") == ([none, none], False)
    assert "Agreed: version 1" not in page
    assert page.count(none) == 2


def test_pages_and_the_api_say_the_same(story: ReturnStory, client: Any) -> None:
    in_force(pairs=[pair_of(story, 0)], by=story.signatory)
    client.force_login(story.editor)
    words = said(story, "OF1")[0][0]

    check = client.get(
        reverse("duty:return-check", args=[story.round.slug, story.authority.slug])
    ).content.decode()
    section = client.get(
        f"/api/v1/returns/{story.duty_return.pk}/sections/outcomes-framework/"
    ).json()

    assert words in check
    answers = {one["code"]: one["answers"] for one in section["questions"]}
    assert answers["OF1"][0]["value"]["lines"][0]["text"] == words
