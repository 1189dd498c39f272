"""The centre's pages of submitted returns."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role, User
from duty.actions import returns, review, sign_off
from duty.models import ReturnEvent, RoundState, Section
from duty.questions import Answer as Given
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    ReturnStory,
    RoundFactory,
    answer,
    send,
    submit,
    tell_return,
    today,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-7f3a"
STEPS = ("request-changes", "reopen", "accept", "unaccept")
CENTRE = [Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST, Role.ADMINISTRATOR]
STRANGERS = ["no role", "editor", "signatory", "editor elsewhere", "board editor", Role.READER]


@pytest.fixture
def story() -> ReturnStory:
    """A return that was signed and submitted."""
    told = tell_return()
    answer(told, "AB1", Given(value={"text": "Our first purpose, said in full"}))
    told.duty_return.answers.update(private_note=CANARY)
    submit(told)
    told.duty_return.refresh_from_db()
    return told


def client_of(user: User | None) -> Client:
    """A client of somebody; of nobody without."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def person(story: ReturnStory, who: str) -> User:
    """Somebody: one of the story's people, a role elsewhere, or no role."""
    made: User
    if who in ("editor", "signatory"):
        made = getattr(story, who)
    elif who == "no role":
        made = UserFactory()
    elif who == "editor elsewhere":
        made = MembershipFactory(role=Role.EDITOR).user
    elif who == "board editor":
        made = MembershipFactory(body=story.boards[0], role=Role.EDITOR).user
    else:
        made = MembershipFactory(role=who).user
    return made


def address(story: ReturnStory, name: str = "return") -> str:
    """The address of a page of the review of the story's return."""
    return reverse(f"duty:review-{name}", args=[story.duty_return.pk])


def words(page: bytes) -> str:
    """The words of a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def text_of(client: Client, url: str) -> str:
    """The words of a page that is there."""
    page = client.get(url)
    assert page.status_code == 200
    return words(page.content)


def version(story: ReturnStory) -> int:
    """The version that a page would show now."""
    story.duty_return.refresh_from_db()
    return story.duty_return.version


def sign_changed(story: ReturnStory, text: str) -> None:
    """Change one answer of what came back, and sign it again."""
    answer(story, "AB1", Given(value={"text": text}), at=timezone.now())
    for code in Section.values:
        if story.duty_return.sections.get(section=code).mark not in ("completed", "changes_made"):
            returns.mark_section_complete(
                duty_return=story.duty_return, section=code, by=story.editor, at=timezone.now()
            )
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    sign_off.sign_and_submit(
        duty_return=story.duty_return,
        declaration_ticked=True,
        form_key=uuid4(),
        by=story.signatory,
        at=timezone.now(),
    )


def ask(story: ReturnStory, analyst: User, *, sections: tuple[str, ...] = ("about",)) -> None:
    """Ask for changes."""
    review.request_changes(
        duty_return=story.duty_return,
        reason="Say whose purpose it is",
        sections=sections,
        expected_version=version(story),
        by=analyst,
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("who", "status"), [*((who, 200) for who in CENTRE), *((who, 404) for who in STRANGERS)]
)
def test_only_the_centre_reads_what_was_submitted_here(story, who, status):
    client = client_of(person(story, who))

    assert client.get(address(story)).status_code == status
    assert client.get(reverse("duty:review-list")).status_code == status


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (Role.ANALYST, {"request-changes", "reopen", "accept"}),
        (Role.LEAD_ANALYST, set(STEPS)),
        (Role.MODERATOR, set()),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_each_step_is_for_those_who_may_take_it(story, who, may):
    client = client_of(person(story, who))

    got = {name for name in STEPS if client.get(address(story, name)).status_code == 200}
    sent = {name: client.post(address(story, name)).status_code for name in STEPS}

    assert got == may
    assert {name for name, status in sent.items() if status != 403} == may
    assert not ReturnEvent.objects.filter(actor_role=who).exists()


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_take_no_step_and_learn_nothing(story, who):
    client = client_of(person(story, who))

    found = {client.post(address(story, name), {"reason": "x"}).status_code for name in STEPS}

    assert found == {404}


def test_who_has_not_signed_in_is_led_to_the_sign_in(story):
    client = client_of(None)

    pages = [client.get(address(story)), client.get(reverse("duty:review-list"))]
    pages += [client.post(address(story, name)) for name in STEPS]

    assert {page.status_code for page in pages} == {302}
    assert all(page.headers["Location"].startswith(reverse("account_login")) for page in pages)


def test_a_return_that_was_never_submitted_is_not_there():
    draft = tell_return()
    send(draft)
    client = client_of(person(draft, Role.LEAD_ANALYST))

    assert client.get(address(draft)).status_code == 404
    assert {client.get(address(draft, name)).status_code for name in STEPS} == {404}
    assert client.get(reverse("duty:review-return", args=[uuid4()])).status_code == 404


def test_the_page_shows_answers_evidence_and_floor_as_they_were_submitted(story):
    page = text_of(client_of(person(story, Role.ANALYST)), address(story))

    assert "Our first purpose" in page
    assert "The paper" in page
    assert f"{story.signatory.full_name}, signatory" in page
    assert "Minimum floor:" in page
    assert "Accept this return" in page
    assert CANARY not in page


@pytest.mark.parametrize("step", ["request_changes", "reopen"])
def test_what_is_written_since_it_went_back_never_reaches_the_centre(story, step):
    analyst = person(story, Role.ANALYST)
    taking = {"reason": "Look again", "expected_version": version(story), "by": analyst}
    getattr(review, step)(duty_return=story.duty_return, at=timezone.now(), **taking)
    answer(story, "AB1", Given(value={"text": f"{CANARY} in a draft"}), at=timezone.now())
    story.duty_return.answers.update(public_note=CANARY)
    client = client_of(analyst)

    page = text_of(client, address(story))
    pages = [client.get(address(story, name)).content.decode() for name in STEPS[:3]]
    pages.append(client.get(reverse("duty:review-list")).content.decode())

    assert "Our first purpose" in page
    assert "You see submission 1 as it was signed" in page
    assert "Accept this return" not in page
    assert not any(CANARY in one for one in [page, *pages])


def test_why_a_signatory_declined_stays_with_the_authority(story):
    analyst = person(story, Role.ANALYST)
    ask(story, analyst)
    returns.mark_section_complete(
        duty_return=story.duty_return, section="about", by=story.editor, at=timezone.now()
    )
    sign_off.send_for_sign_off(duty_return=story.duty_return, by=story.editor, at=timezone.now())
    sign_off.decline(
        duty_return=story.duty_return, reason=CANARY, by=story.signatory, at=timezone.now()
    )

    page = text_of(client_of(analyst), address(story))

    assert "Say whose purpose it is" in page
    assert CANARY not in page


def test_what_changed_since_the_submission_before_is_shown_question_by_question(story):
    analyst = person(story, Role.ANALYST)
    ask(story, analyst)
    sign_changed(story, "Our second purpose, said in full")
    client = client_of(analyst)

    page = text_of(client, address(story))
    earlier = text_of(client, f"{address(story)}?submission=1")

    assert "Submitted with changes" in page
    assert "1 answer differs from submission 1." in page
    changed = page[page.index("What changed since submission 1 1 answer") :]
    assert changed.index("Our first purpose") < changed.index("Our second purpose")
    assert "Our second purpose" not in earlier
    assert "This is an earlier submission" in earlier
    assert client.get(f"{address(story)}?submission=7").status_code == 404
    assert client.get(f"{address(story)}?submission=x").status_code == 404


def test_changes_are_requested_from_the_page(story):
    analyst = person(story, Role.ANALYST)
    client = client_of(analyst)

    sent = client.post(
        address(story, "request-changes"),
        {"version": version(story), "sections": ["about"], "reason": "Say whose purpose it is"},
        follow=True,
    )

    text = words(sent.content)
    assert "Changes were requested" in text
    assert f"{analyst.full_name}, analyst, Department of Health and Social Care" in text
    assert "About this return" in text
    assert "Say whose purpose it is" in text


def test_a_form_without_a_reason_says_so_and_keeps_what_was_chosen(story):
    client = client_of(person(story, Role.ANALYST))

    page = client.post(
        address(story, "request-changes"), {"version": version(story), "sections": ["strategy"]}
    )

    assert page.status_code == 422
    assert "Say what needs to change" in words(page.content)
    assert re.search(r'value="strategy"[^>]*checked', page.content.decode())
    assert not ReturnEvent.objects.filter(type="request_changes").exists()


def test_the_same_form_sent_twice_counts_once(story):
    client = client_of(person(story, Role.ANALYST))
    form = {"version": version(story)}

    pages = [client.post(address(story, "accept"), form) for _ in range(2)]

    assert [page.status_code for page in pages] == [302, 302]
    assert ReturnEvent.objects.filter(type="accept").count() == 1


def test_who_read_an_earlier_state_is_told_what_to_do_and_loses_no_words(story):
    seen = version(story)
    ask(story, person(story, Role.LEAD_ANALYST))
    sign_changed(story, "Our second purpose, said in full")
    client = client_of(person(story, Role.ANALYST))
    form = {"version": seen, "reason": "My own words"}

    stale = client.post(address(story, "request-changes"), form)
    text = words(stale.content)
    again = re.search(r'name="version" value="(\d+)"', stale.content.decode())

    assert stale.status_code == 409
    assert "has changed since you read it" in text
    assert "Read the return as it now is" in text
    assert "My own words" in text
    assert again is not None
    assert int(again[1]) == version(story)
    assert ReturnEvent.objects.filter(type="request_changes").count() == 1


def test_a_link_from_an_earlier_page_says_so_at_once(story):
    seen = version(story)
    ask(story, person(story, Role.LEAD_ANALYST))
    sign_changed(story, "Our second purpose, said in full")
    client = client_of(person(story, Role.ANALYST))

    page = text_of(client, f"{address(story, 'accept')}?version={seen}")

    assert "has changed since you read it" in page


def test_the_authority_reads_why_an_acceptance_was_taken_back_until_it_is_accepted(story):
    def step(name: str, role: Role, **more: str) -> None:
        getattr(review, name)(
            duty_return=story.duty_return,
            expected_version=version(story),
            by=person(story, role),
            at=timezone.now(),
            **more,
        )

    def tasks() -> str:
        own = [story.round.slug, story.authority.slug]
        return text_of(client_of(story.editor), reverse("duty:return-tasks", args=own))

    step("accept", Role.ANALYST)
    step("unaccept", Role.LEAD_ANALYST, reason="A figure was left out")
    taken_back = tasks()
    step("accept", Role.ANALYST)

    assert "took the acceptance back on" in taken_back
    assert "“A figure was left out” The return counts as submitted." in taken_back
    assert "A figure was left out" not in tasks()


def test_a_step_that_the_state_does_not_allow_offers_no_form_and_keeps_the_words(story):
    analyst = person(story, Role.ANALYST)
    seen = version(story)
    review.accept(
        duty_return=story.duty_return, expected_version=seen, by=analyst, at=timezone.now()
    )
    client = client_of(person(story, Role.LEAD_ANALYST))

    page = client.post(address(story, "reopen"), {"version": seen, "reason": "My own words"})

    text = words(page.content)
    assert page.status_code == 409
    assert "has been accepted, so you cannot reopen the return. Since " in text
    assert "Until a lead analyst takes the acceptance back. Ask a lead analyst" in text
    assert "My own words" in text
    assert 'name="reason"' not in page.content.decode()


def test_nobody_is_offered_the_return_of_their_own_authority(story):
    analyst = person(story, Role.ANALYST)
    MembershipFactory(user=analyst, body=story.authority, role=Role.EDITOR)

    page = client_of(analyst).post(address(story, "accept"), {"version": version(story)})

    assert page.status_code == 409
    assert "You work for this authority" in words(page.content)
    assert not ReturnEvent.objects.filter(type="accept").exists()


def test_an_acceptance_is_taken_back_by_a_lead(story):
    lead = client_of(person(story, Role.LEAD_ANALYST))
    lead.post(address(story, "accept"), {"version": version(story)})

    assert "Ask for changes" not in text_of(lead, address(story))
    lead.post(address(story, "unaccept"), {"version": version(story), "reason": "Too soon"})

    text = text_of(lead, address(story))
    assert "Acceptance taken back" in text
    assert "Ask for changes" in text


def test_a_closed_round_says_why_nothing_can_be_asked(story):
    story.round.state = RoundState.CLOSED
    story.round.save()

    text = text_of(client_of(person(story, Role.ANALYST)), address(story))

    assert "so changes cannot be asked for" in text
    assert "so the return cannot be reopened" in text
    assert "Accept this return" in text


def test_the_list_says_where_each_return_stands(story):
    other = tell_return(slug="north-testshire", round_=story.round)
    idle = ExpectedReturnFactory(round=story.round)
    story.round.due_on = today() - timedelta(days=1)
    story.round.save()
    client = client_of(person(story, Role.MODERATOR))

    page = text_of(client, reverse("duty:review-list"))
    overdue = text_of(client, f"{reverse('duty:review-list')}?show=overdue")

    assert "1 of 3 expected returns have been submitted" in page
    assert "All (3) To review (1) Changes requested (0) Accepted (0) In progress (1)" in page
    assert "Not started (1) Overdue (2) Not submitted (0)" in page
    assert story.signatory.full_name in page
    for one in (other.authority, idle.authority):
        assert one.names.get().name in overdue
    assert story.signatory.full_name not in overdue


def test_a_closed_round_lists_what_never_came(story):
    tell_return(slug="north-testshire", round_=story.round)
    ExpectedReturnFactory(round=story.round)
    ask(story, person(story, Role.LEAD_ANALYST))
    story.round.state = RoundState.CLOSED
    story.round.save()
    client = client_of(person(story, Role.ANALYST))

    page = text_of(client, f"{reverse('duty:review-list')}?show=not-submitted")

    assert "Did not start" in page
    assert "Started, not submitted" in page
    assert "Sent back and not submitted again. Submission 1 stands" in page


def test_a_long_list_is_paged_and_asks_no_more(story):
    client = client_of(person(story, Role.ANALYST))
    here = reverse("duty:review-list")

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    few = queries(here)
    for _ in range(30):
        ExpectedReturnFactory(round=story.round)

    # One of them keeps that the list was looked at.
    assert queries(here) == few <= 10
    first, last = (client.get(f"{here}?page={n}").content.decode() for n in (1, 99))
    assert first.count('role="rowheader"') == 25
    assert last.count('role="rowheader"') == 6
    assert client.get(f"{here}?page=x&show=nothing").status_code == 200


def test_a_round_that_has_not_opened_is_not_listed(story):
    draft = RoundFactory(state=RoundState.DRAFT)
    client = client_of(person(story, Role.ANALYST))

    assert draft.name not in text_of(client, reverse("duty:review-list"))
    assert client.get(f"{reverse('duty:review-list')}?round={draft.slug}").status_code == 404


def test_before_any_round_has_opened_the_list_says_so():
    client = client_of(MembershipFactory(role=Role.ANALYST).user)

    assert "No round has opened yet." in text_of(client, reverse("duty:review-list"))


def test_the_authority_sees_who_asked_for_what_and_why(story):
    analyst = person(story, Role.ANALYST)
    ask(story, analyst, sections=("about", "strategy"))
    client = client_of(story.editor)
    tasks = reverse("duty:return-tasks", args=[story.round.slug, story.authority.slug])

    text = text_of(client, tasks)

    assert (
        f"{analyst.full_name}, analyst, Department of Health and Social Care asked for changes on"
        in text
    )
    assert "in 2 sections: Strategy, About this return" in text
    assert (
        text.count(
            f"Asked for: “Say whose purpose it is” {analyst.full_name}, analyst, "
            "Department of Health and Social Care, "
        )
        == 2
    )
    assert text.count("Changes requested") == 2
    assert "See what has changed since it was last submitted" in text
    sign_off_page = reverse("duty:return-sign-off", args=[story.round.slug, story.authority.slug])
    assert "Left out because" not in text_of(client, sign_off_page)


def test_the_authority_sees_its_own_draft_beside_what_it_submitted(story):
    page = reverse("duty:return-differences", args=[story.round.slug, story.authority.slug])
    client = client_of(story.editor)
    before = client.get(page)
    ask(story, person(story, Role.ANALYST))
    unchanged = text_of(client, page)
    answer(
        story, "AB1", Given(value={"text": "Our second purpose, said in full"}), at=timezone.now()
    )

    changed = text_of(client, page)

    assert before.status_code == 302
    assert "No answer differs from submission 1." in unchanged
    assert "Why questions are left unanswered" not in unchanged
    assert "1 answer differs from submission 1." in changed
    assert changed.index("Our first purpose") < changed.index("Our second purpose")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 403) for who in CENTRE),
        *((who, 404) for who in STRANGERS if who not in ("editor", "signatory")),
    ],
)
def test_nobody_else_sees_the_draft_beside_what_was_submitted(story, who, status):
    ask(story, MembershipFactory(role=Role.ANALYST).user)
    page = reverse("duty:return-differences", args=[story.round.slug, story.authority.slug])

    assert client_of(person(story, who)).get(page).status_code == status


def test_an_accepted_return_says_what_locks_it(story):
    analyst = person(story, Role.ANALYST)
    review.accept(
        duty_return=story.duty_return,
        expected_version=version(story),
        by=analyst,
        at=timezone.now(),
    )
    tasks = reverse("duty:return-tasks", args=[story.round.slug, story.authority.slug])

    text = text_of(client_of(story.editor), tasks)

    assert "Answers are locked because the return has been accepted" in text
    assert f"{analyst.full_name}, analyst, Department of Health and Social Care accepted it" in text
    assert "Until a lead analyst takes the acceptance back" in text
    assert "Ask the team at the Department of Health and Social Care" in text
