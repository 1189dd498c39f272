"""An authority makes its return: by keyboard and pointer, at a desk and on a phone."""

import pytest
from django.urls import reverse

from authorities.models import User
from duty.models import Answer, Submission
from tests.browser.visitor import Visitor
from tests.factories.duty import ReturnStory, answer_section, complete, send, tell_return

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-password-for-tests"


def sign_in(visitor: Visitor, user: User) -> None:
    """Sign in as a person would."""
    user.set_password(PASSWORD)
    user.save()
    page = visitor.open(reverse("account_login"))
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def address(story: ReturnStory, name: str, *more: str) -> str:
    """The address of a page of the return."""
    return reverse(f"duty:{name}", args=[story.round.slug, story.authority.slug, *more])


def press(visitor: Visitor, name: str) -> None:
    """Press a button, and wait for the page that answers."""
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.page.get_by_role("button", name=name, exact=True).click()


def check(visitor: Visitor) -> None:
    """Check the page; the browser notes the status of a wrong or stale answer, as it should."""
    # What the browser said until now is heard once it has answered something later.
    visitor.page.evaluate("1")
    visitor.messages[:] = [
        message
        for message in visitor.messages
        if "status of 422" not in message and "status of 409" not in message
    ]
    visitor.check_page()


def test_an_editor_answers_questions(any_visitor):
    story = tell_return(boards=2)
    sign_in(any_visitor, story.editor)

    page = any_visitor.open(address(story, "return-tasks"))
    check(any_visitor)
    page.get_by_role("link", name="Co-operation").click()
    check(any_visitor)
    press(any_visitor, "Save and continue")
    check(any_visitor)
    assert page.get_by_role("link", name="Enter an answer, or say why you cannot answer").count()
    page.fill("textarea[name=answer_text]", "A joint committee meets each month")
    press(any_visitor, "Save and stay here")
    check(any_visitor)

    assert page.get_by_text("by you").is_visible()
    assert Answer.objects.get().value == {"text": "A joint committee meets each month"}


def test_a_choice_asks_for_what_it_brings(any_visitor):
    story = tell_return()
    sign_in(any_visitor, story.editor)
    page = any_visitor.open(
        address(story, "return-board-question", "co-operation", "CO3", story.boards[0].slug)
    )

    page.get_by_label("Signed", exact=True).check()
    press(any_visitor, "Save and continue")
    check(any_visitor)
    page.get_by_label("Day").first.fill("12")
    page.get_by_label("Month").first.fill("June")
    page.get_by_label("Year").first.fill("2026")
    page.get_by_label("Link to the agreement").fill("https://example.org/agreement.pdf")
    press(any_visitor, "Save and continue")

    assert Answer.objects.get().value == {
        "option": "signed",
        "signed_on": "2026-06-12",
        "agreement_link": "https://example.org/agreement.pdf",
    }


def test_a_table_takes_another_row(any_visitor):
    story = tell_return()
    sign_in(any_visitor, story.editor)
    page = any_visitor.open(address(story, "return-question", "health-team", "HT2"))
    check(any_visitor)

    page.locator("[name=rows-0-post]").fill("Director")
    press(any_visitor, "Add another row")
    check(any_visitor)

    assert page.locator("[name=rows-0-post]").input_value() == "Director"
    assert page.locator("[name=rows-2-post]").is_visible()


def test_two_editors_see_both_texts(visitor_js_or_not):
    story = tell_return()
    sign_in(visitor_js_or_not, story.editor)
    page = visitor_js_or_not.open(address(story, "return-question", "about", "AB1"))
    page.fill("textarea[name=answer_text]", "What I wrote")
    answer_section(story, "about")

    press(visitor_js_or_not, "Save and continue")
    check(visitor_js_or_not)

    assert page.get_by_text("Some more words").is_visible()
    assert page.locator("textarea[name=answer_text]").input_value() == "What I wrote"


def test_an_editor_completes_the_last_section_and_sends_the_return(any_visitor):
    story = tell_return()
    complete(story, "co-operation", "strategy", "health-team", "outcomes-framework")
    answer_section(story, "about", only_required=True)
    sign_in(any_visitor, story.editor)

    page = any_visitor.open(address(story, "return-check"))
    check(any_visitor)
    press(any_visitor, "Mark “About this return” as complete")
    check(any_visitor)
    page.get_by_label("Why can they be left out?").fill("Nothing has changed")
    press(any_visitor, "Mark “About this return” as complete")
    check(any_visitor)
    press(any_visitor, "Send for sign-off")
    check(any_visitor)

    assert page.get_by_text("Answers are locked while the return waits to be signed").is_visible()


def test_a_signatory_signs_and_gets_a_receipt(any_visitor):
    story = tell_return()
    send(story)
    sign_in(any_visitor, story.signatory)

    page = any_visitor.open(address(story, "return-sign-off"))
    check(any_visitor)
    press(any_visitor, "Sign and submit")
    check(any_visitor)
    page.get_by_label("I make this declaration").check()
    press(any_visitor, "Sign and submit")
    check(any_visitor)

    assert page.get_by_text(Submission.objects.get().reference).first.is_visible()
    assert page.get_by_text("London time").is_visible()
