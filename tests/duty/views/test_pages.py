"""The task list, checking, signing and the receipt; and how often they ask the database."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.actions import review, sign_off
from duty.models import Declaration, DutyReturn, Section, Submission
from duty.presenters.home import return_home
from duty.queries.loaded import load
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory
from tests.factories.duty import (
    ReturnStory,
    SpecificationFactory,
    answer,
    answer_section,
    complete,
    many_questions,
    mark_complete,
    send,
    submit,
    tell_return,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def story() -> ReturnStory:
    """A return in work."""
    return tell_return()


def client_of(story: ReturnStory, who: str = "editor") -> Client:
    """A client of the story's editor or signatory."""
    client = Client()
    client.force_login(getattr(story, who))
    return client


def address(story: ReturnStory, name: str, *more: str) -> str:
    """The address of a page of the story's return."""
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, *more])


def text_of(client: Client, url: str) -> str:
    """The words of a page, without markup."""
    page = client.get(url)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def hidden(page: str) -> dict[str, str]:
    """What the first form of the sign-off page carries unseen."""
    form = page[page.index('name="version"') - 300 :]
    names = ("form_key", "version", "declaration_version")
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', form) for name in names}
    return {name: value[1] for name, value in found.items() if value is not None}


def test_the_task_list_says_how_far_each_section_is(story):
    answer(story, "AB1")
    answer(story, "ST2", by=story.signatory)

    text = text_of(client_of(story), address(story, "return-tasks"))

    assert "0 of 5 sections completed" in text
    assert "1 of 4 questions answered. Last edited by you, " in text
    assert f"1 of 8 questions answered. Last edited by {story.signatory.full_name}" in text
    assert "0 of 3 questions answered. 4 more are read from this site’s records." in text
    assert "Minimum floor: not answered yet" in text
    assert f"{story.signatory.full_name} also edited this return" in text


def test_a_return_is_started_from_its_task_list():
    story = tell_return()
    other = MembershipFactory()
    story.round.expected_returns.create(authority_id=other.body_id)
    client = Client()
    client.force_login(other.user)
    page = reverse("duty:return-tasks", args=[story.round.slug, other.body.slug])
    before = text_of(client, page)

    client.post(reverse("duty:return-start", args=[story.round.slug, other.body.slug]))

    assert "Start the return" in before
    assert DutyReturn.objects.filter(authority_id=other.body_id).exists()
    assert "Start the return" not in text_of(client, page)


def test_an_authority_that_is_not_expected_is_told_so(story):
    other = MembershipFactory()
    client = Client()
    client.force_login(other.user)

    text = text_of(client, reverse("duty:return-tasks", args=[story.round.slug, other.body.slug]))

    assert "No return is expected from" in text
    assert "ask the team at the Department of Health and Social Care" in text


def test_a_section_lacks_what_the_page_says_and_is_then_completed(story):
    answer_section(story, "about", only_required=True)
    client = client_of(story)
    before = text_of(client, address(story, "return-check"))

    refused = client.post(address(story, "section-complete", "about"), {"about-gaps_reason": ""})
    done = client.post(
        address(story, "section-complete", "about"), {"about-gaps_reason": "Nothing new"}
    )

    assert "3 questions are not answered. Why can they be left out?" in before
    assert "Answer this: the section cannot be completed without it." in before
    assert refused.status_code == 422
    assert "Say why the questions can be left unanswered" in refused.content.decode()
    assert done.headers["Location"] == address(story, "return-tasks")
    assert "Left unanswered because: “Nothing new”" in text_of(
        client, address(story, "return-check")
    )


def test_a_section_that_is_not_ready_is_refused(story):
    refused = client_of(story).post(
        address(story, "section-complete", "about"), {"about-gaps_reason": "Later"}
    )

    assert refused.status_code == 422
    assert "is not complete: 1 answer missing" in refused.content.decode()


def test_from_the_last_section_to_the_receipt(story):
    complete(story, "co-operation", "strategy", "health-team", "outcomes-framework")
    answer_section(story, "about")
    editor, signatory = client_of(story), client_of(story, "signatory")

    last = editor.post(address(story, "section-complete", "about"))
    sent = editor.post(address(story, "return-send"))
    waiting = text_of(editor, address(story, "return-sign-off"))
    page = signatory.get(address(story, "return-sign-off")).content.decode()
    seen = hidden(page)
    unticked = signatory.post(address(story, "return-sign"), seen)
    signed = [
        signatory.post(address(story, "return-sign"), {**seen, "declaration": "on"})
        for _click in range(2)
    ]

    assert last.headers["Location"] == address(story, "return-sign-off")
    assert sent.status_code == 302
    assert "The return waits to be signed" in waiting
    assert "Sign and submit" not in waiting
    assert unticked.status_code == 422
    assert {one.headers["Location"] for one in signed} == {address(story, "return-submitted")}
    stored = Submission.objects.get()
    receipt = text_of(editor, address(story, "return-submitted"))
    assert stored.reference in receipt
    local = timezone.localtime(stored.submitted_at)
    assert f"{local.day} {local:%B %Y} at " in receipt
    assert "London time" in receipt
    assert f"{story.signatory.full_name}, signatory" in receipt
    told = ", ".join([story.editor.full_name, story.signatory.full_name])
    assert f"are told by e-mail: {told}." in receipt
    assert "asked for the changes" not in receipt


def test_an_answer_that_the_signatory_never_saw_is_not_signed(story):
    send(story)
    signatory, sign = client_of(story, "signatory"), address(story, "return-sign")
    opened = hidden(signatory.get(address(story, "return-sign-off")).content.decode())
    sign_off.recall(duty_return=story.duty_return, by=story.editor, at=story.at)
    other = Given(value={"text": "Words that nobody has signed"})
    answer(story, "AB1", other, at=story.at)
    for section in Section.values:
        mark_complete(story, section, by=story.editor, at=story.at)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)

    refused = signatory.post(sign, {**opened, "declaration": "on"})
    page = refused.content.decode()
    signed = signatory.post(sign, {**hidden(page), "declaration": "on"})

    assert refused.status_code == 409
    assert f"{story.editor.full_name} sent it again on " in page
    assert "Changed since it was sent before: About this return." in page
    assert "Sign and submit" in page
    assert signed.headers["Location"] == address(story, "return-submitted")


def test_another_declaration_than_was_read_is_not_signed(story):
    send(story)
    signatory, sign = client_of(story, "signatory"), address(story, "return-sign")
    opened = hidden(signatory.get(address(story, "return-sign-off")).content.decode())
    Declaration.objects.create(version=2, text="Other words are signed.")

    refused = signatory.post(sign, {**opened, "declaration": "on"})
    versionless = signatory.post(sign, {"form_key": opened["form_key"], "declaration": "on"})

    page = refused.content.decode()
    assert (refused.status_code, versionless.status_code) == (409, 409)
    assert "The declaration has changed since you opened it." in page
    assert "Other words are signed." in page
    assert hidden(page)["declaration_version"] == "2"
    assert not Submission.objects.exists()


def test_a_return_that_changed_meanwhile_is_not_submitted(story):
    story.round.requires_sign_off = False
    story.round.save()
    complete(story)
    client = client_of(story)
    opened = hidden(client.get(address(story, "return-sign-off")).content.decode())
    # As a colleague would.
    answer(story, "AB1", Given(value={"text": "Other words"}), at=story.at)
    mark_complete(story, "about", by=story.editor, at=story.at)

    refused = client.post(address(story, "return-submit"), opened)
    done = client.post(address(story, "return-submit"), hidden(refused.content.decode()))

    assert refused.status_code == 409
    assert "The return has changed since you opened it." in refused.content.decode()
    assert done.headers["Location"] == address(story, "return-submitted")


def test_only_who_may_sign_is_asked_to(story):
    send(story)

    last = {
        who: text_of(client_of(story, who), address(story, "return-tasks"))
        for who in ("editor", "signatory")
    }

    assert "See who can sign" in last["editor"]
    assert "Sign the return" not in last["editor"]
    assert "Sign the return" in last["signatory"]


def test_reasons_for_a_section_of_a_return_that_was_sent_are_not_lost(story):
    answer_section(story, "about", only_required=True)
    mark_complete_with_gaps = {"about-gaps_reason": "TYPED REASON"}
    story.round.edits_until = story.round.due_on = today() - timedelta(days=1)
    story.round.save()

    page = client_of(story).post(
        address(story, "section-complete", "about"), mark_complete_with_gaps
    )

    assert page.status_code == 409
    assert "What you typed, which was not saved" in page.content.decode()
    assert "TYPED REASON" in page.content.decode()


def test_an_editor_takes_the_return_back(story):
    send(story)
    client = client_of(story)

    taken = client.post(address(story, "return-recall"))
    again = client.post(address(story, "return-recall"))

    assert taken.status_code == 302
    assert again.status_code == 409
    assert "so you cannot recall the return" in again.content.decode()


def test_a_closed_round_says_since_when_and_whom_to_ask(story):
    story.round.due_on = story.round.edits_until = today() - timedelta(days=1)
    story.round.save()

    text = text_of(client_of(story), address(story, "return-tasks"))

    assert "Answers are locked because the round is closed" in text
    assert "given an extension" in text
    assert "Ask the team at the Department of Health and Social Care" in text


@pytest.mark.parametrize("page", ["return-tasks", "return-check", "return-sign-off"])
def test_pages_ask_the_database_as_often_for_many_questions_as_for_few(page):
    counts = []
    for number, slug in ((10, "small-testshire"), (500, "large-testshire")):
        story = tell_return(
            slug=slug, specification=SpecificationFactory(questions=many_questions(number))
        )
        answer_section(story, "about")
        answer_section(story, "strategy")
        client = client_of(story)
        client.get(address(story, page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address(story, page))
        counts.append(len(queries))

    few, many = counts
    assert few == many <= 20


def test_a_question_asks_the_database_as_often_for_many_questions_as_for_few():
    counts = []
    for number, slug in ((10, "small-testshire"), (500, "large-testshire")):
        story = tell_return(
            slug=slug, specification=SpecificationFactory(questions=many_questions(number))
        )
        answer_section(story, "co-operation")
        client = client_of(story)
        url = address(story, "return-question", "co-operation", "Q0")
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


def test_the_receipt_names_who_asked_for_the_changes_that_came(story):
    submit(story)
    analyst = MembershipFactory(role=Role.ANALYST).user
    story.duty_return.refresh_from_db()
    review.request_changes(
        duty_return=story.duty_return,
        reason="Say more",
        sections=["about"],
        expected_version=story.duty_return.version,
        by=analyst,
        at=story.at,
    )
    mark_complete(story, "about", by=story.editor, at=story.at)
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=story.at)
    sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=story.at,
    )

    receipt = text_of(client_of(story), address(story, "return-submitted"))

    assert f"{analyst.full_name}, analyst" in receipt
    assert "asked for the changes and is told, too." in receipt


def test_until_when_answers_may_be_edited_is_said_beside_the_due_day(story):
    page = address(story, "return-tasks")
    before = text_of(client_of(story), page)
    story.round.edits_until = story.round.due_on
    story.round.save()

    assert "You can still edit and submit until " in before
    assert "You can still edit" not in text_of(client_of(story), page)


def test_a_round_without_signature_asks_nobody_to_send_for_one(story):
    story.round.requires_sign_off = False
    story.round.save()
    before = text_of(client_of(story), address(story, "return-tasks"))
    complete(story)

    home = return_home(
        authority=story.authority, person=story.editor, may_sign=False, now=timezone.now()
    )

    assert "You can submit it when all 5 are." in before
    assert home is not None
    assert home.carry_on_words == "Submit the return"
    assert [item.title for item in home.waits] == [f"{story.round.name} return: submit it"]


def test_home_says_how_long_there_is_and_where_the_person_stopped(story):
    complete(story, "strategy")
    answer(story, "CO3", at=timezone.now())

    home = return_home(
        authority=story.authority, person=story.editor, may_sign=False, now=timezone.now()
    )

    assert home is not None
    assert (home.completed, home.needed, home.deadline.days_left) == (1, 5, 18)
    assert home.deadline.working_days_left is not None
    assert home.stopped_at is not None
    assert home.stopped_at.by_reader
    assert "memorandum of understanding" in home.stopped_at.heading
    assert home.carry_on_words == "Carry on where you stopped"
    assert home.waits == ()


def test_home_says_what_waits_for_whom(story):
    send(story)

    def waits(*, may_sign: bool) -> list[str]:
        home = return_home(
            authority=story.authority, person=story.editor, may_sign=may_sign, now=timezone.now()
        )
        assert home is not None
        return [item.title for item in home.waits]

    assert waits(may_sign=False) == []
    assert waits(may_sign=True) == [f"{story.round.name} return: read and sign"]
    sign_off.decline(
        duty_return=story.duty_return,
        reason="Say when",
        sections=["health-team"],
        by=story.signatory,
        at=timezone.now(),
    )
    assert waits(may_sign=False)[2] == "Health team section: answer the request for changes"
    assert len(waits(may_sign=False)) == 5


def test_home_is_silent_without_an_open_round(story):
    story.round.state = "closed"
    story.round.save()

    home = return_home(
        authority=story.authority, person=story.editor, may_sign=True, now=timezone.now()
    )

    assert home is None


def test_a_submitted_return_shows_the_names_of_its_day(story):
    submit(story)
    story.boards[0].names.update(name="NHS Renamed Integrated Care Board")

    text = text_of(client_of(story), address(story, "return-submitted"))

    assert "South Testshire Board 1" in text
    assert "Renamed" not in text
    assert load(round_=story.round, authority=story.authority).boards[0].name.startswith("NHS Re")


def test_a_form_key_that_is_none_is_refused(story):
    send(story)

    page = client_of(story, "signatory").post(
        address(story, "return-sign"), {"form_key": str(uuid4())[:-1], "declaration": "on"}
    )

    assert page.status_code == 422
    assert not Submission.objects.exists()
