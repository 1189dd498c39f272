"""Who may open which page of a return, and send which form."""

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role
from tests.factories.authorities import BoardFactory, MembershipFactory, UserFactory
from tests.factories.duty import ReturnStory, RoundFactory, answer, submit, tell_return

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-7f3a"
_ROUND = "autumn-2026"
_AUTHORITY = "south-testshire"
_BOARD = "south-testshire-board-1"

PAGES = {
    "return-tasks": [],
    "return-question": ["about", "AB1"],
    "return-board-question": ["co-operation", "CO1", _BOARD],
    "return-check": [],
    "return-sign-off": [],
}
EDIT_FORMS = {
    "return-start": [],
    "return-question": ["about", "AB1"],
    "return-board-question": ["co-operation", "CO1", _BOARD],
    "section-complete": ["about"],
    "return-send": [],
    "return-recall": [],
    "return-submit": [],
}
SIGN_FORMS: dict[str, list[str]] = {"return-sign": [], "return-decline": []}


def address(name: str, more: list[str]) -> str:
    """The address of a page of the story's return."""
    return reverse(f"duty:{name}", args=[_ROUND, _AUTHORITY, *more])


@pytest.fixture
def story() -> ReturnStory:
    """A return in work."""
    told = tell_return(slug=_AUTHORITY, round_=RoundFactory(slug=_ROUND))
    answer(told, "AB1")
    told.duty_return.answers.update(public_note=CANARY, private_note=CANARY)
    return told


def _member(story: ReturnStory, who: str) -> Client:
    """A client of somebody: one of the story's people, a role elsewhere, or nobody."""
    client = Client()
    if who == "editor":
        client.force_login(story.editor)
    elif who == "signatory":
        client.force_login(story.signatory)
    elif who == "editor elsewhere":
        client.force_login(MembershipFactory(role=Role.EDITOR).user)
    elif who == "board editor":
        client.force_login(MembershipFactory(body=story.boards[0], role=Role.EDITOR).user)
    elif who == "no role":
        client.force_login(UserFactory())
    elif who != "nobody":
        client.force_login(MembershipFactory(role=who).user)
    return client


STRANGERS = ["no role", "editor elsewhere", "board editor", Role.READER]
CENTRE = [Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST, Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("editor", 200),
        ("signatory", 200),
        *((who, 403) for who in CENTRE),
        *((who, 404) for who in STRANGERS),
    ],
)
def test_drafts_are_read_by_their_own_people_alone(story, who, status):
    client = _member(story, who)

    answers = {name: client.get(address(name, more)) for name, more in PAGES.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        PAGES, status
    )
    if status != 200:
        assert not any(CANARY in answer.content.decode() for answer in answers.values())


@pytest.mark.parametrize(
    ("who", "status"), [*((who, 403) for who in CENTRE), *((who, 404) for who in STRANGERS)]
)
def test_nobody_else_sends_a_form(story, who, status):
    client = _member(story, who)
    forms = EDIT_FORMS | SIGN_FORMS

    found = {name: client.post(address(name, more)).status_code for name, more in forms.items()}

    assert found == dict.fromkeys(forms, status)


def test_an_editor_does_not_send_a_signatorys_forms(story):
    client = _member(story, "editor")

    found = {name: client.post(address(name, [])).status_code for name in SIGN_FORMS}

    assert found == dict.fromkeys(SIGN_FORMS, 403)


def test_own_people_send_their_forms(story):
    for who in ("editor", "signatory"):
        client = _member(story, who)

        found = {
            name: client.post(address(name, more)).status_code for name, more in EDIT_FORMS.items()
        }

        assert not {403, 404} & set(found.values())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("editor", 200),
        ("signatory", 200),
        *((who, 200) for who in CENTRE),
        *((who, 404) for who in STRANGERS),
    ],
)
def test_what_was_submitted_is_read_by_the_centre_too(story, who, status):
    before = _member(story, who).get(address("return-submitted", [])).status_code
    submit(story)

    after = _member(story, who).get(address("return-submitted", []))

    assert before == 404
    assert after.status_code == status


def test_who_has_not_signed_in_is_led_to_the_sign_in(story):
    submit(story)
    client = _member(story, "nobody")
    sign_in = reverse("account_login")

    found = [client.get(address(name, more)) for name, more in PAGES.items()]
    found += [client.post(address(name, more)) for name, more in (EDIT_FORMS | SIGN_FORMS).items()]
    found.append(client.get(address("return-submitted", [])))

    assert {answer.status_code for answer in found} == {302}
    assert all(answer.headers["Location"].startswith(sign_in) for answer in found)


def test_private_notes_and_later_drafts_never_reach_the_centre(story):
    story.duty_return.answers.update(public_note="", private_note=CANARY)
    submit(story)
    story.duty_return.state = "changes_requested"
    story.duty_return.save()
    story.duty_return.answers.update(value={"text": CANARY})

    page = _member(story, Role.ANALYST).get(address("return-submitted", []))

    assert page.status_code == 200
    assert CANARY not in page.content.decode()


@pytest.mark.parametrize(
    "parts",
    [
        ["no-such-round", _AUTHORITY],
        [_ROUND, "no-such-authority"],
    ],
)
def test_what_does_not_exist_is_not_found(story, parts):
    client = _member(story, "editor")

    assert client.get(reverse("duty:return-tasks", args=parts)).status_code == 404


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("return-question", ["strategy", "AB1"]),
        ("return-question", ["about", "ZZ1"]),
        ("return-question", ["co-operation", "CO1"]),
        ("return-board-question", ["co-operation", "CO1", "elsewhere"]),
    ],
)
def test_a_question_has_one_address(story, name, more):
    BoardFactory(slug="elsewhere")

    assert _member(story, "editor").get(address(name, more)).status_code == 404
