"""The pages of an authority's standing records."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Role, StrategicAuthority, User
from duty.models import PartnershipAgreement, Strategy, TeamPost
from duty.standing_records import RecordKind
from tests.factories.authorities import BoardFactory, MembershipFactory, PairFactory
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

POST = {
    "title": "Director of health",
    "fte": "0.6",
    "employer": "The authority",
    "joint_with": "",
    "filled": "yes",
    "version": "0",
}


@pytest.fixture
def user() -> User:
    return MembershipFactory(role=Role.EDITOR).user


@pytest.fixture
def authority(user: User) -> StrategicAuthority:
    return StrategicAuthority.objects.get(pk=user.memberships.get().body_id)


@pytest.fixture
def editor(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(authority: StrategicAuthority, page: str, *more: object) -> str:
    return reverse(f"records:{page}", args=[authority.slug, *more])


def test_the_first_page_says_what_to_do_first_and_what_is_next(editor, authority, user):
    on_record(authority, RecordKind.STRATEGY, by=user)

    text = editor.get(address(authority, "overview")).content.decode()

    assert "Add your first post" in text
    assert "Next review on 12 March 2029" in text


def test_an_entry_is_added_once_under_a_double_click(editor, authority):
    sent = POST | {"form_key": str(uuid4())}

    first = editor.post(address(authority, "new", "posts"), sent)
    again = editor.post(address(authority, "new", "posts"), sent)

    assert (first.status_code, again.status_code) == (302, 302)
    assert TeamPost.objects.get().title == "Director of health"
    assert "Director of health" in editor.get(address(authority, "list", "posts")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"fte": "-1"}, "Enter a number of 0 or more"),
        ({"title": "Mrs Ann Other"}, "not the name of a person"),
        ({"title": ""}, "Enter the title of the role"),
        ({"filled": ""}, "Select yes if the post is filled"),
        ({"since_day": "31", "since_month": "2", "since_year": "2026"}, "must be a real date"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_is_kept(
    editor, authority, wrong, said
):
    sent = POST | {"form_key": str(uuid4()), "employer": "Kept as typed"} | wrong

    page = editor.post(address(authority, "new", "posts"), sent)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert "Kept as typed" in page.content.decode()
    assert not TeamPost.objects.exists()


def test_an_agreement_names_the_icbs_of_the_area_and_hides_a_date_that_is_not_asked(
    editor, authority
):
    board = BoardFactory(slug="north")
    PairFactory(authority=authority, board=board)
    sent = {
        "form_key": str(uuid4()),
        "version": "0",
        "title": "Memorandum",
        "boards": ["north"],
        "status": "in_development",
        "signed_on_day": "99",
        "themes": ["housing"],
        "other_theme": "Ignored",
    }

    page = editor.post(address(authority, "new", "agreements"), sent)
    other = editor.post(
        address(authority, "new", "agreements"),
        sent | {"form_key": str(uuid4()), "boards": ["elsewhere"]},
    )

    assert (page.status_code, other.status_code) == (302, 422)
    made = PartnershipAgreement.objects.get()
    assert (made.signed_on, made.themes, made.other_theme) == (None, ["housing"], "")
    assert made.parties.get().board_id == board.pk


def test_a_change_that_met_another_shows_both(editor, authority, user):
    row = on_record(authority, RecordKind.POST, by=user)
    page = address(authority, "change", "posts", row.pk)
    sent = POST | {"form_key": str(uuid4()), "version": "1"}
    saved = editor.post(page, sent)

    late = editor.post(page, sent | {"title": "Head of health"})

    text = late.content.decode()
    assert (saved.status_code, late.status_code) == (302, 409)
    assert "This entry has changed since you opened it" in text
    assert "Head of health" in text
    assert "Director of health" in text
    assert 'name="version" value="2"' in text


def test_an_entry_ends_with_its_day_and_its_history_tells_in_words(editor, authority, user):
    row = on_record(authority, RecordKind.POST, by=user)
    end = address(authority, "end", "posts", row.pk)
    sent = {
        "version": "1",
        "ending": "ended",
        "ended_on_day": "1",
        "ended_on_month": "9",
        "ended_on_year": "2026",
        "reason": "",
    }

    early = editor.post(end, sent | {"ended_on_year": "2020"})
    done = editor.post(end, sent)

    assert (early.status_code, done.status_code) == (422, 302)
    history = editor.get(address(authority, "history", "posts", row.pk)).content.decode()
    assert "You ended it. Ended on 1 September 2026." in history
    assert (
        "Ended on 1 September 2026"
        in editor.get(address(authority, "list", "posts") + "?show=ended").content.decode()
    )
    change = editor.get(address(authority, "change", "posts", row.pk))
    assert change.url == address(authority, "history", "posts", row.pk)


def test_a_decision_can_only_be_a_mistake(editor, authority, user):
    row = on_record(authority, RecordKind.ASSESSMENT, by=user)
    end = address(authority, "end", "impact-assessments", row.pk)

    silent = editor.post(end, {"version": "1", "reason": ""})
    done = editor.post(end, {"version": "1", "reason": "Entered twice"})

    assert (silent.status_code, done.status_code) == (422, 302)


@pytest.mark.parametrize("kind", [kind.value for kind in RecordKind])
def test_the_form_of_each_kind_can_be_opened_empty_and_with_an_entry(editor, authority, user, kind):
    boards = {"boards": (BoardFactory(slug="north").slug,)} if kind == "agreements" else {}
    row = on_record(authority, RecordKind(kind), by=user, **boards)

    pages = [
        editor.get(address(authority, "new", kind)),
        editor.get(address(authority, "change", kind, row.pk)),
        editor.get(address(authority, "end", kind, row.pk)),
        editor.get(address(authority, "list", kind)),
    ]

    assert [page.status_code for page in pages] == [200] * 4


def test_people_of_another_body_and_of_nowhere_learn_nothing(authority, user):
    row = on_record(authority, RecordKind.STRATEGY, by=user)
    stranger = Client()
    stranger.force_login(MembershipFactory(role=Role.EDITOR).user)

    for page in (
        address(authority, "overview"),
        address(authority, "list", "strategies"),
        address(authority, "change", "strategies", row.pk),
    ):
        assert stranger.get(page).status_code == 404
    assert Strategy.objects.count() == 1


def test_a_kind_or_an_entry_that_is_none_is_not_found(editor, authority):
    assert editor.get(address(authority, "list", "wishes")).status_code == 404
    assert editor.get(address(authority, "change", "posts", uuid4())).status_code == 404
