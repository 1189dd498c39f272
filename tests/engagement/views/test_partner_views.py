"""The pages of a side's view of the other: asked, confirmed, released, and what is said."""

import pytest
from django.urls import reverse

from authorities.models import AuditEvent, Role
from duty.models import Round, RoundState
from engagement.models import PartnerPick, PartnerView, ViewState
from tests.engagement import sight
from tests.factories import engagement as make
from tests.factories import engagement_partner_views as partner

pytestmark = pytest.mark.django_db
PAGES = ("partner-view", "partner-view-check", "partner-view-reopen", "partner-view-release")


def address(pair, name="partner-view") -> str:
    return reverse(f"engagement:{name}", args=[pair.authority.slug, pair.board.slug])


def filled(level="high", version=0, **other) -> dict[str, str]:
    """What an authority says of its ICB."""
    data = {"version": str(version), **other}
    for theme in make.themes("icb"):
        data.setdefault(f"{theme.code}-level", level)
    data.setdefault("I1-title", "Minutes")
    data.setdefault("I1-url", "https://www.example.org/minutes")
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
        ("anybody", (302, 302, 302, 302)),
        ("reader", (404, 404, 404, 404)),
        ("authority editor", (200, 200, 403, 403)),
        ("authority signatory", (200, 200, 200, 200)),
        ("board editor", (200, 200, 403, 403)),
        ("board signatory", (200, 200, 200, 200)),
        ("analyst", (403, 403, 403, 403)),
        ("lead analyst", (403, 403, 403, 403)),
        ("administrator", (403, 403, 403, 403)),
    ],
)
def test_only_people_of_both_bodies_reach_the_pages(pair, round, who, statuses):
    client = sight.sign_in(sight.people_of(pair)[who])

    assert tuple(client.get(address(pair, name)).status_code for name in PAGES) == statuses


def test_the_page_asks_the_themes_of_the_other_side_only(pair, round):
    authority = sight.sign_in(make.member(pair.authority)).get(address(pair)).content.decode()
    board = sight.sign_in(make.member(pair.board)).get(address(pair)).content.decode()

    assert 'name="I1-level"' in authority
    assert 'name="S1-level"' not in authority
    assert 'name="S1-level"' in board
    assert 'name="I1-level"' not in board


def test_a_wrong_answer_is_said_with_what_was_typed_kept(editor, pair, round):
    response = editor.post(
        address(pair), {"version": "0", "I1-level": "high", "I1-title": "Kept words"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "Enter the link of the evidence" in html
    assert "Kept words" in html
    assert not PartnerView.objects.exists()


def test_a_stale_save_shows_both_texts(editor, pair, round):
    sight.sign_in(make.member(pair.authority)).post(
        address(pair), {"version": "0", "I1-level": "low"}
    )

    response = editor.post(address(pair), {"version": "0", "I1-level": "high"})

    assert response.status_code == 409
    assert "Where the two texts differ" in response.content.decode()
    assert PartnerPick.objects.get().level == "low"


def test_an_editor_saves_and_a_signatory_confirms_with_a_note(editor, signatory, pair, round):
    saved = editor.post(address(pair), filled(), follow=True).content.decode()
    confirmed = signatory.post(
        address(pair, "partner-view-check"),
        {"version": "1", "level": "high", "private_note": "For the centre alone."},
        follow=True,
    ).content.decode()

    view = PartnerView.objects.get()
    assert "Your draft is saved" in saved
    assert "The centre can read it now" in confirmed
    assert (view.state, view.level, view.private_note) == (
        ViewState.CONFIRMED,
        "high",
        "For the centre alone.",
    )


def test_an_editor_neither_confirms_nor_releases(editor, pair, round):
    view = partner.confirmed(pair=pair, round=round, side="sa")

    refused = [
        editor.post(address(pair, name), {"version": str(view.version), "understood": "on"})
        for name in PAGES[1:]
    ]

    view.refresh_from_db()
    assert [one.status_code for one in refused] == [403, 403, 403]
    assert view.released_at is None


def test_the_page_of_the_release_says_what_the_other_side_will_see(signatory, pair, round):
    partner.confirmed(
        pair=pair,
        round=round,
        side="sa",
        level="high",
        confirm_as="partial",
        reason="A public reason.",
        note="canary-note",
        evidence="canary-evidence",
    )

    html = signatory.get(address(pair, "partner-view-release")).content.decode()

    assert "A public reason." in html
    assert make.themes("icb")[0].high.split(".")[0] in html
    assert "cannot be taken back" in html
    assert "canary-note" not in html
    assert "canary-evidence" not in html


def test_a_release_wants_a_tick_and_the_version_that_was_read(signatory, pair, round):
    view = partner.confirmed(pair=pair, round=round, side="sa")
    page = address(pair, "partner-view-release")

    unticked = signatory.post(page, {"version": str(view.version)})
    stale = signatory.post(page, {"version": "1", "understood": "on"})

    view.refresh_from_db()
    assert unticked.status_code == stale.status_code == 422
    assert "Tick that you have read" in unticked.content.decode()
    assert "Read it again first" in stale.content.decode()
    assert view.released_at is None


def test_a_signatory_releases_it_and_the_page_then_says_so(signatory, pair, round):
    view = partner.confirmed(pair=pair, round=round, side="sa")
    page = address(pair, "partner-view-release")

    said = signatory.post(
        page, {"version": str(view.version), "understood": "on"}, follow=True
    ).content.decode()
    again = signatory.get(page).content.decode()
    reopened = signatory.post(
        address(pair, "partner-view-reopen"), {"version": "4", "reason": "We would rather not."}
    )

    view.refresh_from_db()
    assert view.final
    assert "This view is released" in said
    assert "released already" in again
    assert reopened.status_code == 422
    assert "stays as it is" in reopened.content.decode()


def test_a_closed_round_takes_no_view_and_says_until_when(editor, pair, round):
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)

    html = editor.get(address(pair)).content.decode()
    refused = editor.post(address(pair), filled())

    assert "takes no views now" in html
    assert refused.status_code == 422
    assert not PartnerView.objects.exists()


def test_the_centre_takes_a_file_of_what_is_confirmed_and_that_is_written_down(pair, round):
    partner.confirmed(pair=pair, round=round, side="sa", note="Said to the centre.")
    partner.drafted(pair=pair, round=round, side="icb", evidence="canary-draft")
    client = sight.sign_in(make.central())

    response = client.get(reverse("assessments:partner-views-csv"), {"round": round.slug})

    text = response.content.decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 1 + len(make.themes("icb"))
    assert "Said to the centre." in text
    assert "canary-draft" not in text
    assert AuditEvent.objects.get(action="partner_views.downloaded").detail["rows"] == 1


def test_the_pair_page_leads_each_side_to_its_own_and_shows_what_was_released(pair, round):
    partner.released(pair=pair, round=round, side="icb", level="low")
    url = reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug])

    authority = sight.sign_in(make.member(pair.authority)).get(url).content.decode()
    board = sight.sign_in(make.member(pair.board)).get(url).content.decode()

    assert "Give your view of" in authority
    assert "released to you" in authority
    assert make.themes("sa")[0].low.split(".")[0] in authority
    assert "See your view of" in board
    assert "released to you" not in board
