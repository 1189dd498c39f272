"""The pages of levers: written, seen by impact and window, shared, and made commitments of."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from engagement.models import Commitment, Lever, LeverCommitment, LeverState, SharedLever
from tests.engagement import sight
from tests.factories import engagement as people
from tests.factories import levers as make
from tests.factories.authorities import StrategicAuthorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(pair):
    return sight.sign_in(people.member(pair.authority))


@pytest.fixture
def signatory(pair):
    return sight.sign_in(people.member(pair.authority, Role.SIGNATORY))


def own(pair, name="own") -> str:
    return reverse(f"levers:{name}", args=[pair.authority.slug])


def one(lever, name="lever") -> str:
    return reverse(f"levers:{name}", args=[lever.pk])


def filled(**said) -> dict[str, str]:
    return {
        "kind": "lever",
        "title": "Bus franchising",
        "function": "transport",
        "description": "Routes can be planned.",
        **make.JUDGEMENT,
        **said,
    }


def test_an_editor_drafts_a_lever_and_puts_it_on_the_list(editor, pair):
    drafted = editor.post(own(pair, "new"), filled(), follow=True).content.decode()
    lever = Lever.objects.get()
    kept = editor.post(one(lever, "keep"), {"seen": "1"}, follow=True).content.decode()

    lever.refresh_from_db()
    assert "The draft is saved" in drafted
    assert "The lever is on the list" in kept
    assert (lever.state, lever.fit, lever.authority) == ("kept", "close", pair.authority)


def test_judgements_may_come_later(editor, pair):
    editor.post(own(pair, "new"), filled(fit="later", fit_reason="", impact="", impact_reason=""))

    lever = Lever.objects.get()
    page = editor.get(one(lever)).content.decode()
    assert (lever.fit, lever.impact, lever.window) == ("", "", "open")
    assert "Not judged yet" in page
    assert one(lever, "keep") not in page


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"title": ""}, "Enter what the lever is called"),
        ({"kind": ""}, "Select whether it is a lever or an opportunity"),
        ({"function": "weather"}, "Select a valid choice"),
        ({"window_reason": ""}, "Give a word of reason for the window of opportunity"),
        ({"impact": "later"}, "Judge the public health impact, or remove its reason"),
        ({"description": "word " * 201}, "200 words or fewer"),
    ],
)
def test_a_wrong_lever_is_said_with_what_was_typed_kept(editor, pair, said, message):
    response = editor.post(own(pair, "new"), filled(fit_reason="Kept words", **said))

    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert "Kept words" in html
    assert not Lever.objects.exists()


def test_a_stale_change_keeps_what_was_typed_and_replaces_nothing(editor, pair):
    lever = make.KeptLeverFactory(authority=pair.authority, version=3)

    response = editor.post(one(lever, "change"), filled(title="Typed title", seen="2"))

    lever.refresh_from_db()
    assert response.status_code == 422
    assert "Somebody else changed this lever" in response.content.decode()
    assert "Typed title" in response.content.decode()
    assert lever.title != "Typed title"


def test_the_list_shows_figure_words_and_table_with_the_same_numbers(editor, pair):
    make.KeptLeverFactory(authority=pair.authority, title="Alpha", impact="small")
    make.KeptLeverFactory(authority=pair.authority, title="Beta", window="opening", fit="distant")
    make.LeverFactory(authority=pair.authority, title="Gamma")

    html = editor.get(own(pair)).content.decode()

    assert html.count('class="dot') == 2
    assert "Small impact, window open now:</strong> 1. Alpha (close fit)" in html
    assert "Large impact, window opening:</strong> 2. Beta (distant fit)" in html
    assert html.index("Alpha</a>") < html.index("Beta</a>") < html.index("Gamma</a>")


def test_the_list_is_filtered_and_paged_and_archived_levers_are_asked_for(editor, pair):
    for number in range(25):
        make.KeptLeverFactory(authority=pair.authority, title=f"Bus {number:02}")
    make.KeptLeverFactory(authority=pair.authority, title="Fire visits", function="fire")
    make.KeptLeverFactory(
        authority=pair.authority, title="Old grant", state=LeverState.ARCHIVED, reason="Over."
    )

    first, second = (editor.get(own(pair), {"page": page}).content.decode() for page in (1, 2))
    fire = editor.get(own(pair), {"function": "fire"}).content.decode()
    old = editor.get(own(pair), {"state": "archived"}).content.decode()

    assert "Bus 00" in first
    assert "Bus 24" not in first
    assert "Bus 24" in second
    assert "Fire visits" in fire
    assert "Bus 00" not in fire
    assert "Old grant" in old
    assert "Old grant" not in first + second


def test_the_own_file_holds_every_lever_in_codes_and_words(editor, pair):
    make.KeptLeverFactory(authority=pair.authority, title="Alpha", window="opening")
    make.LeverFactory(authority=pair.authority, title="Draft")
    make.LeverFactory(title="Of others")

    text = editor.get(own(pair, "own-csv")).content.decode("utf-8-sig")

    rows = {row["title"]: row for row in csv.DictReader(StringIO(text))}
    assert set(rows) == {"Alpha", "Draft"}
    assert (rows["Alpha"]["window"], rows["Alpha"]["window_name"]) == ("opening", "Opening")
    assert rows["Draft"]["impact"] == ""


def test_a_signatory_shares_and_an_editor_does_not(editor, signatory, pair):
    lever = make.KeptLeverFactory(authority=pair.authority)

    refused = editor.post(one(lever, "share"), {"seen": "1"})
    shared = signatory.post(one(lever, "share"), {"seen": "1"}, follow=True).content.decode()
    stopped = signatory.post(one(lever, "stop-sharing"), {"seen": "2"}, follow=True)

    assert refused.status_code == 403
    assert "It stands in the catalogue" in shared
    assert "shared no longer" in stopped.content.decode()
    assert SharedLever.objects.get().ended_at is not None


def test_an_archive_asks_why_and_says_it_afterwards(editor, pair):
    lever = make.KeptLeverFactory(authority=pair.authority)

    empty = editor.post(one(lever, "archive"), {"seen": "1", "reason": ""})
    done = editor.post(
        one(lever, "archive"), {"seen": "1", "reason": "The fund ended."}, follow=True
    )

    assert empty.status_code == 422
    assert "Say why it is archived" in empty.content.decode()
    assert "The fund ended." in done.content.decode()


def test_the_catalogue_lists_by_function_and_title_with_whose_it_is(editor, pair):
    other = StrategicAuthorityFactory()
    make.shared(authority=other, title="Zeta", function="fire")
    make.shared(authority=other, title="Alpha", function="transport")
    make.shared(authority=pair.authority, title="Mine", function="transport")
    url = reverse("levers:catalogue")

    html = editor.get(url).content.decode()
    fire = editor.get(url, {"function": "fire"}).content.decode()
    rows = list(
        csv.DictReader(
            StringIO(editor.get(reverse("levers:catalogue-csv")).content.decode("utf-8-sig"))
        )
    )

    assert html.index("Zeta") < html.index("Alpha") < html.index("Mine")
    assert "Yours" in html
    assert "Zeta" in fire
    assert "Alpha" not in fire
    assert [row["title"] for row in rows] == ["Zeta", "Alpha", "Mine"]
    assert not {"fit", "impact", "window", "strategic_fit"} & set(rows[0])


def test_what_an_authority_shared_leaves_the_catalogue_with_it(editor, pair):
    shared = make.shared(title="Of one that ended")
    shared.authority.closed_on = timezone.localdate()
    shared.authority.save()

    assert "Of one that ended" not in editor.get(reverse("levers:catalogue")).content.decode()


def propose_url(pair) -> str:
    return reverse("commitments:propose", args=[pair.authority.slug, pair.board.slug])


def test_a_lever_prefills_a_proposal_and_both_pages_show_the_link(editor, pair):
    lever = make.KeptLeverFactory(authority=pair.authority, title="Bus franchising")
    url = f"{propose_url(pair)}?lever={lever.pk}"
    assert url.replace("&", "&amp;") in editor.get(one(lever)).content.decode()

    form = editor.get(url)
    made = editor.post(
        url,
        {
            "title": "Plan routes together",
            "description": "",
            "specification": "none",
            "own_owner": "Head of transport",
            "lead": "both",
            "timing": "no_date",
            "no_date_reason": "It depends on the vote.",
            "form_key": form.context["form"].initial["form_key"],
        },
        follow=True,
    ).content.decode()

    commitment = Commitment.objects.get()
    assert 'value="Bus franchising"' in form.content.decode()
    assert "Routes can be planned." in form.content.decode()
    assert one(lever) in made
    assert LeverCommitment.objects.get().commitment == commitment
    page = editor.get(one(lever)).content.decode()
    assert reverse("commitments:detail", args=[commitment.pk]) in page
    assert url not in page
    again = editor.post(url, {"title": "Again"})
    assert again.status_code == 422


@pytest.mark.parametrize("asked", ["nonsense", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_a_proposal_of_no_lever_is_not_there(editor, pair, asked):
    assert editor.get(propose_url(pair), {"lever": asked}).status_code == 404


def test_a_proposal_is_not_made_of_another_authoritys_lever_or_by_the_icb(editor, pair):
    foreign = make.KeptLeverFactory()
    own_lever = make.KeptLeverFactory(authority=pair.authority)
    board = sight.sign_in(people.member(pair.board))

    assert editor.get(propose_url(pair), {"lever": str(foreign.pk)}).status_code == 404
    assert board.get(propose_url(pair), {"lever": str(own_lever.pk)}).status_code == 404
