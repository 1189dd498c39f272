"""The pages of a side's own view: who may open, save, confirm and reopen, and what is said."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.models import Round, RoundState
from engagement.models import OwnView, Pick, ViewState
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories.authorities import PairFactory

pytestmark = pytest.mark.django_db
PAGES = ("own-view", "own-view-check", "own-view-reopen")


def address(pair, name="own-view") -> str:
    return reverse(f"engagement:{name}", args=[pair.authority.slug, pair.board.slug])


def filled(level="high", side="sa", version=0, **other) -> dict[str, str]:
    data = {"version": str(version), **other}
    for theme in make.themes(side):
        data.setdefault(f"{theme.code}-level", level)
    data.setdefault(f"{make.themes(side)[0].code}-title", "Plan")
    data.setdefault(f"{make.themes(side)[0].code}-url", "https://www.example.org/plan")
    return data


@pytest.fixture
def editor(pair):
    return sight.sign_in(make.member(pair.authority))


@pytest.fixture
def signatory(pair):
    return sight.sign_in(make.member(pair.authority, Role.SIGNATORY))


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("anybody", (302, 302, 302)),
        ("reader", (404, 404, 404)),
        ("authority editor", (200, 200, 403)),
        ("authority signatory", (200, 200, 200)),
        ("board editor", (200, 200, 403)),
        ("board signatory", (200, 200, 200)),
        ("analyst", (403, 403, 403)),
        ("moderator", (403, 403, 403)),
        ("lead analyst", (403, 403, 403)),
        ("administrator", (403, 403, 403)),
    ],
)
def test_only_both_bodies_reach_the_pages_and_anybody_is_asked_to_sign_in(
    pair, round, who, statuses
):
    client = sight.sign_in(sight.people_of(pair)[who])

    assert tuple(client.get(address(pair, name)).status_code for name in PAGES) == statuses


def test_members_of_another_pair_are_strangers(pair, other_pair, round):
    client = sight.sign_in(make.member(other_pair.authority, Role.SIGNATORY))

    for name in PAGES:
        assert client.get(address(pair, name)).status_code == 404
        assert client.post(address(pair, name), filled()).status_code == 404
    assert not OwnView.objects.exists()


@pytest.mark.parametrize("who", ["anybody", "reader", "analyst", "lead analyst"])
def test_nobody_else_saves(pair, round, who):
    client = sight.sign_in(sight.people_of(pair)[who])

    response = client.post(address(pair), filled())

    assert response.status_code in (302, 403, 404)
    assert not OwnView.objects.exists()


def test_the_page_asks_the_themes_of_the_own_side_only(pair, round):
    authority = sight.sign_in(make.member(pair.authority)).get(address(pair)).content.decode()
    board = sight.sign_in(make.member(pair.board)).get(address(pair)).content.decode()

    assert 'name="S1-level"' in authority
    assert 'name="I1-level"' not in authority
    assert 'name="I1-level"' in board
    assert 'name="S1-level"' not in board


def test_an_editor_saves_a_draft_and_finds_it_again(editor, pair, round):
    response = editor.post(address(pair), {"version": "0", "S3-level": "partial"}, follow=True)

    assert "Your draft is saved" in response.content.decode()
    assert Pick.objects.get().level == "partial"
    assert 'value="partial" id="id_S3-level_1" checked' in " ".join(
        response.content.decode().replace('class="govuk-radios__input" ', "").split()
    )


def test_an_editor_who_posts_the_other_sides_themes_stores_none_of_them(editor, pair, round):
    editor.post(address(pair), {"version": "0", "S1-level": "high", "I1-level": "low"})

    assert [pick.theme.code for pick in Pick.objects.all()] == ["S1"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"S1-level": "high", "S1-title": "Plan"}, "Enter the link of the evidence for Purpose"),
        (
            {"S1-level": "high", "S1-url": "https://www.example.org/"},
            "Enter the title of the evidence for Purpose",
        ),
        (
            {"S1-title": "Plan", "S1-url": "https://www.example.org/"},
            "Select a statement for Purpose, or remove its evidence",
        ),
        (
            {"S1-level": "high", "S1-title": "Plan", "S1-url": "javascript:alert(1)"},
            "Enter a full link",
        ),
        ({"S1-level": "excellent"}, "Select a valid choice"),
    ],
)
def test_a_wrong_answer_is_said_with_what_was_typed_kept(editor, pair, round, data, message):
    response = editor.post(address(pair), {"version": "0", "S2-title": "Kept words", **data})

    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "Kept words" in html
    assert not OwnView.objects.exists()


@pytest.mark.parametrize("pressed", [{}, {"check": "1"}])
def test_nothing_selected_is_refused_and_nothing_is_stored(editor, pair, round, pressed):
    response = editor.post(address(pair), {"version": "0", **pressed})

    html = response.content.decode()
    assert response.status_code == 422
    assert "You need to select at least one statement" in html
    assert 'href="#id_S1-level' in html
    assert not OwnView.objects.exists()


def test_a_stale_save_shows_both_texts_and_keeps_the_typed_one(editor, pair, round):
    other = sight.sign_in(make.member(pair.authority))
    other.post(address(pair), {"version": "0", "S1-level": "low"})

    response = editor.post(address(pair), {"version": "0", "S1-level": "high"})

    html = response.content.decode()
    assert response.status_code == 409
    assert "Your copy has changed since you opened it" in html
    table = html.split("Where the two texts differ")[1].split("</table>")[0]
    assert "Improving population health" in table
    assert "Engagement on health is limited" in table
    assert Pick.objects.get().level == "low"


def test_saving_again_after_a_stale_save_replaces_knowingly(editor, pair, round):
    sight.sign_in(make.member(pair.authority)).post(
        address(pair), {"version": "0", "S1-level": "low"}
    )

    html = editor.post(address(pair), {"version": "0", "S1-level": "high"}).content.decode()
    assert 'name="version" value="1"' in html
    editor.post(address(pair), {"version": "1", "S1-level": "high"})

    assert Pick.objects.get().level == "high"


def test_the_check_page_says_the_level_with_its_reason(editor, pair, round):
    response = editor.post(
        address(pair), filled("high", **{"S4-level": "partial"}, check="1"), follow=True
    )

    html = response.content.decode()
    assert "6 of 7 themes high" in html
    assert "2 of 2 core themes high" in html
    assert "A signatory confirms this view" in html


def test_themes_without_a_statement_are_named_and_nothing_can_be_confirmed(signatory, pair, round):
    signatory.post(address(pair), {"version": "0", "S1-level": "high"})

    page = signatory.get(address(pair, "own-view-check")).content.decode()
    refused = signatory.post(address(pair, "own-view-check"), {"version": "1", "level": "high"})

    assert "No level yet" in page
    assert "Confirm our view" not in page
    assert "You need to select a statement for each theme" in refused.content.decode()
    assert OwnView.objects.get().state == ViewState.DRAFT


def test_an_editor_may_not_confirm(editor, pair, round):
    editor.post(address(pair), filled())

    response = editor.post(address(pair, "own-view-check"), {"version": "1", "level": "high"})

    assert response.status_code == 403
    assert OwnView.objects.get().state == ViewState.DRAFT


def test_a_signatory_confirms(signatory, pair, round):
    signatory.post(address(pair), filled())

    response = signatory.post(
        address(pair, "own-view-check"), {"version": "1", "level": "high"}, follow=True
    )

    assert "Your view is confirmed" in response.content.decode()
    assert OwnView.objects.get().level == "high"


def test_another_level_needs_a_reason(signatory, pair, round):
    signatory.post(address(pair), filled())
    asked = {"version": "1", "level": "partial"}

    refused = signatory.post(address(pair, "own-view-check"), asked)
    signatory.post(address(pair, "own-view-check"), {**asked, "changed_reason": "Too early."})

    assert refused.status_code == 422
    assert "Say why you change the level" in refused.content.decode()
    assert OwnView.objects.get().changed_reason == "Too early."


def test_a_text_that_changed_meanwhile_must_be_read_again(signatory, pair, round):
    signatory.post(address(pair), filled())
    signatory.post(address(pair), filled("low", version=1))

    response = signatory.post(
        address(pair, "own-view-check"),
        {"version": "1", "level": "high", "changed_reason": "What I saw."},
    )

    assert response.status_code == 422
    assert "Somebody changed the statements" in response.content.decode()
    assert OwnView.objects.get().state == ViewState.DRAFT


def test_a_confirmed_view_says_why_it_is_locked_and_whom_to_ask(signatory, editor, pair, round):
    signatory.post(address(pair), filled())
    signatory.post(address(pair, "own-view-check"), {"version": "1", "level": "high"})

    html = editor.get(address(pair)).content.decode()
    refused = editor.post(address(pair), filled("low", version=2))

    assert "This view is confirmed" in html
    for heading in ("Why", "Since", "Until", "Ask"):
        assert f'<dt class="govuk-summary-list__key">{heading}</dt>' in html
    assert "Open this view again" not in html
    assert refused.status_code == 422
    assert set(Pick.objects.values_list("level", flat=True)) == {"high"}


def test_a_signatory_opens_a_confirmed_view_again_with_a_reason(signatory, pair, round):
    signatory.post(address(pair), filled())
    signatory.post(address(pair, "own-view-check"), {"version": "1", "level": "high"})
    url = address(pair, "own-view-reopen")

    refused = signatory.post(url, {"version": "2", "reason": " "})
    signatory.post(url, {"version": "2", "reason": "A fault."})

    assert "Enter why you open this view again" in refused.content.decode()
    assert OwnView.objects.get().state == ViewState.DRAFT


def test_a_closed_round_says_so_and_stores_nothing(editor, pair, round):
    Round.objects.update(state=RoundState.CLOSED)

    html = editor.get(address(pair)).content.decode()
    refused = editor.post(address(pair), filled())

    assert "takes no views now" in html
    assert 'name="S1-level"' not in html
    assert refused.status_code == 422
    assert not OwnView.objects.exists()


def test_a_round_past_its_last_day_for_changes_says_so(editor, pair, round):
    today = timezone.localdate()
    Round.objects.update(due_on=today - timedelta(days=9), edits_until=today - timedelta(days=1))

    assert "Its last day for changes has passed" in editor.get(address(pair)).content.decode()


def test_a_pair_that_is_not_assessed_says_so(round):
    sliver = PairFactory(overlap__sliver=True)
    client = sight.sign_in(make.member(sliver.authority))

    html = client.get(address(sliver)).content.decode()
    refused = client.post(address(sliver), filled())

    assert "not assessed in this round" in html
    assert refused.status_code == 422


def test_without_any_round_there_is_no_such_page(pair):
    client = sight.sign_in(make.member(pair.authority))

    assert client.get(address(pair)).status_code == 404
