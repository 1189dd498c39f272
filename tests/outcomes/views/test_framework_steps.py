"""Steps of a framework on its pages: begun, proposed, signed, declined, given up, changed."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from authorities.models import Role, StrategicAuthority
from authorities.presenters.words import day_text
from outcomes.actions import framework_drafts, frameworks
from outcomes.models import (
    Framework,
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    VersionState,
)
from tests.factories import outcomes as make
from tests.factories import reorganisations as change
from tests.factories.authorities import PairFactory
from tests.factories.frameworks import FrameworkFactory, FrameworkPartnerFactory
from tests.outcomes.framework_people import Parties
from tests.outcomes.views.framework_pages import (
    address,
    agreed,
    member,
    now,
    of_the_centre,
    proposed,
    whole_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties():
    return Parties()


@pytest.fixture
def own(parties):
    return member(parties.pair.authority)


@pytest.fixture
def other(parties):
    return member(parties.pair.board)


def start_url(pair):
    return reverse("outcomes:framework-start", args=[pair.authority.slug, pair.board.slug])


@pytest.mark.parametrize("side", ["authority", "board"])
def test_either_side_begins_a_framework(parties, side):
    client = member(getattr(parties.pair, side), Role.EDITOR)
    sent = {"name": "Ours", "boards": [str(parties.pair.pk)], "form_key": str(uuid.uuid4())}

    client.post(start_url(parties.pair), sent)
    answer = client.post(start_url(parties.pair), sent)

    version = FrameworkVersion.objects.get()
    assert answer["Location"] == address("framework-edit", version)
    assert FrameworkHappening.objects.get().actor_body_id == getattr(parties.pair, f"{side}_id")


def test_a_framework_has_a_name_and_an_icb(own, parties):
    answer = own.post(start_url(parties.pair), {"form_key": str(uuid.uuid4())})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter a name for the framework" in page
    assert "Choose at least one ICB" in page
    assert Framework.objects.count() == 0


def test_a_pair_that_owns_one_is_led_there(parties, own):
    version = whole_draft(parties)

    answer = own.get(start_url(parties.pair), follow=True)

    assert answer.redirect_chain[-1][0] == address("framework-version", version)


def test_others_begin_nothing(parties, client):
    stranger, centre = member(PairFactory().board), of_the_centre()

    assert stranger.get(start_url(parties.pair)).status_code == 404
    assert centre.get(start_url(parties.pair)).status_code == 403
    assert client.get(start_url(parties.pair)).status_code == 302


def test_what_lacks_something_is_not_proposed(parties, own):
    draft = parties.start()

    answer = own.post(address("framework-propose", draft), {"version": now(draft).version})

    assert answer.status_code == 422
    assert "Add at least one outcome with an indicator." in answer.content.decode()
    assert now(draft).state == VersionState.DRAFT


def test_both_sides_sign_on_their_pages(parties, own, other, client):
    draft = whole_draft(parties)
    own.post(address("framework-propose", draft), {"version": draft.version})
    sent = {"content_read": now(draft).content_hash, "declared": "on"}

    other.post(address("framework-sign", draft), sent)
    between = now(draft).state
    answer = own.post(address("framework-sign", draft), sent, follow=True)

    assert (between, now(draft).state) == (VersionState.PARTLY_SIGNED, VersionState.AGREED)
    assert "the framework is agreed, and public" in answer.content.decode()
    assert FrameworkHappening.objects.get(type="sign_last").payload["declaration"] == 1
    assert client.get(address("framework-version", draft)).status_code == 200


def test_an_editor_signs_nothing(parties):
    version = proposed(parties)
    editor = member(parties.pair.board, Role.EDITOR)

    for name in ("framework-sign", "framework-decline"):
        assert editor.get(address(name, version)).status_code == 403
        assert editor.post(address(name, version)).status_code == 403


def test_the_centre_signs_for_nobody(parties):
    version = proposed(parties)

    assert of_the_centre().post(address("framework-sign", version)).status_code == 404
    assert FrameworkSignature.objects.count() == 0


def test_a_signature_is_declared(parties, own):
    version = proposed(parties)

    answer = own.post(address("framework-sign", version), {"content_read": version.content_hash})

    assert answer.status_code == 422
    assert FrameworkSignature.objects.count() == 0


def changed_and_proposed_again(parties, version):
    """Change what was proposed, and propose it anew."""
    framework_drafts.write_text(edit=parties.edit(version), name="summary", text="Quite another")
    return frameworks.propose(
        version=version,
        expected_version=now(version).version,
        acting=parties.board,
        by=parties.person,
        at=make.NOW,
    )


@pytest.mark.parametrize("again", [True, False], ids=["proposed again", "a draft"])
def test_who_read_another_content_signs_nothing_and_sees_what_changed(parties, own, again):
    version = proposed(parties)
    sent = {"content_read": version.content_hash, "declared": "on"}
    if again:
        changed_and_proposed_again(parties, version)
    else:
        framework_drafts.write_text(
            edit=parties.edit(version), name="summary", text="Quite another"
        )

    answer = own.post(address("framework-sign", version), sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What changed since you opened the page" in page
    assert "Quite another" in page
    # They ticked the box; that it is empty now is no mistake of theirs.
    assert "Tick to say that you sign it" not in page
    assert ('name="declared"' in page, "checked" in page) == (again, False)
    assert FrameworkSignature.objects.count() == 0


def test_the_page_shows_what_differs_from_the_version_in_force(parties, other):
    version = agreed(parties)
    draft = frameworks.propose_change(
        version=version, reason="More.", acting=parties.board, by=parties.person, at=make.NOW
    )
    changed_and_proposed_again(parties, draft)

    page = other.get(address("framework-sign", draft)).content.decode()

    assert "What differs from the version in force" in page
    assert "Quite another" in page


def test_a_decline_says_why_and_all_owners_read_it(parties, own, other):
    version = proposed(parties)
    url = address("framework-decline", version)

    without = other.post(url, {"content_read": version.content_hash})
    other.post(url, {"content_read": version.content_hash, "reason": "The target is too low."})

    page = own.get(address("framework-version", version)).content.decode()
    assert without.status_code == 422
    assert now(version).state == VersionState.DRAFT
    notice = page.split('class="app-differ"')[1].split("</p>")[0]
    assert "declined it on " in notice
    assert "The target is too low." in notice
    writing = own.get(address("framework-edit", version)).content.decode()
    assert "The target is too low." in writing


def test_a_decline_stands_at_the_top_until_it_is_proposed_again(parties, own, other):
    version = proposed(parties)
    said = {"content_read": version.content_hash, "reason": "The target is too low."}
    other.post(address("framework-decline", version), said)
    own.post(address("framework-propose", version), {"version": now(version).version})

    page = own.get(address("framework-version", version)).content.decode()

    assert now(version).state == VersionState.PROPOSED
    top, history = page.split('id="history"')
    assert "declined it" not in top
    assert "The target is too low." in history


def test_a_side_that_has_signed_may_take_its_signature_back_with_a_reason(parties, own, other):
    version = proposed(parties)
    said = {"content_read": version.content_hash}
    other.post(address("framework-sign", version), {**said, "declared": "on"})
    offered = "Take the signature back and say why"

    page = other.get(address("framework-version", version)).content.decode()
    not_theirs = own.get(address("framework-version", version)).content.decode()
    other.post(address("framework-decline", version), {**said, "reason": "A figure is wrong."})

    assert (offered in page, offered in not_theirs) == (True, False)
    assert address("framework-decline", version) in page
    assert now(version).state == VersionState.DRAFT
    assert FrameworkSignature.objects.filter(voided_at=None).count() == 0
    assert "A figure is wrong." in own.get(address("framework-version", version)).content.decode()


def test_a_version_is_given_up_with_a_reason(parties, own):
    draft = whole_draft(parties)
    url = address("framework-discard", draft)

    without = own.post(url, {"version": draft.version})
    own.post(url, {"version": draft.version, "reason": "Another way."})

    assert without.status_code == 422
    assert now(draft).state == VersionState.DISCARDED


def test_who_looked_at_an_earlier_state_gives_nothing_up(parties, own):
    draft = whole_draft(parties)

    answer = own.post(
        address("framework-discard", draft), {"version": draft.version - 1, "reason": "Away."}
    )

    assert answer.status_code == 409
    assert "Away." in answer.content.decode()
    assert now(draft).state == VersionState.DRAFT


def test_a_change_begins_the_next_version(parties, other):
    version = agreed(parties)

    answer = other.post(address("framework-change", version), {"reason": "New figures."})

    draft = FrameworkVersion.objects.get(number=2)
    assert answer["Location"] == address("framework-version", draft)
    assert (now(version).state, draft.change_reason) == (VersionState.AGREED, "New figures.")


def test_one_change_at_a_time(parties, own, other):
    version = agreed(parties)
    other.post(address("framework-change", version), {"reason": "New figures."})

    answer = own.post(address("framework-change", version), {"reason": "Mine too."})

    assert answer.status_code == 422
    assert "on its way already" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["framework-propose", "framework-sign", "framework-decline", "framework-discard"]
)
def test_a_step_that_is_not_open_leads_to_the_version(parties, own, name):
    version = agreed(parties)

    answer = own.get(address(name, version))

    assert answer["Location"] == address("framework-version", version)


def test_a_successor_stands_by_what_was_agreed(parties, own):
    version = agreed(parties)
    before = FrameworkPartner.objects.get()
    FrameworkPartner.objects.filter(pk=before.pk).update(ended_on=make.NOW.date())
    heir = PairFactory(authority=parties.pair.authority)
    FrameworkPartner.objects.create(
        framework=version.framework, pair=heir, came_from=before, needs_reconfirmation=True
    )
    url = address("framework-adopt", version)

    not_asked = own.get(url)
    asked = member(heir.board).get(url)
    member(heir.board).post(url)

    assert (not_asked.status_code, asked.status_code) == (302, 200)
    assert FrameworkPartner.objects.filter(needs_reconfirmation=True).count() == 0
    assert FrameworkHappening.objects.filter(type="adopt").count() == 1


def test_whose_side_has_signed_is_told_when_and_not_asked_again(parties, own):
    version = proposed(parties)
    frameworks.sign(
        version=version,
        content_read=version.content_hash,
        acting=parties.authority,
        by=parties.person,
        at=make.NOW,
    )

    answer = own.get(address("framework-sign", version), follow=True)

    assert answer.redirect_chain[-1][0] == address("framework-version", version)
    assert f"Your side signed this version on {day_text(day=localdate(make.NOW))}." in (
        answer.content.decode()
    )


@pytest.fixture
def without_owner():
    """Leave an agreed framework of South and Mid without Mid, which was split."""
    change.small_country()
    parties = Parties(pair=change.pair("south", "mid"))
    version = agreed(parties)
    change.applied(change.mid_splits())
    return parties, version


def test_the_page_says_that_an_owner_is_to_be_chosen(without_owner):
    parties, version = without_owner

    seen = Client().get(address("framework-version", version)).content.decode()
    own = member(parties.pair.authority).get(address("framework-version", version))

    assert "nobody is chosen yet who goes on in its place" in seen
    assert address("framework-assign", version) not in seen
    assert address("framework-assign", version) in own.content.decode()


def test_a_signatory_of_the_authority_chooses_who_goes_on(without_owner):
    parties, version = without_owner
    client = member(parties.pair.authority)
    url = address("framework-assign", version)
    lower = change.pair("south", "lower")
    partner = FrameworkPartner.objects.get()

    asked = client.get(url).content.decode()
    nothing = client.post(url, {"partner": partner.pk})
    answer = client.post(url, {"partner": partner.pk, "pair": str(lower.pk)}, follow=True)

    assert "NHS Upper" in asked
    assert (nothing.status_code, "Choose who goes on" in nothing.content.decode()) == (422, True)
    assert "is asked to stand by what is agreed" in answer.content.decode()
    assert FrameworkPartner.objects.get(ended_on=None).pair == lower
    assert client.get(url)["Location"] == address("framework-version", version)


def test_the_home_of_the_authority_says_that_an_owner_is_to_be_chosen(without_owner):
    parties, _ = without_owner
    words = "choose who follows an owner that ended"

    signatory = member(parties.pair.authority).get("/").content.decode()
    editor = member(parties.pair.authority, Role.EDITOR).get("/").content.decode()

    assert words in signatory
    assert words not in editor
    assert "your signatory to choose an owner" in editor


def test_a_choice_that_somebody_made_before_is_told(without_owner):
    parties, version = without_owner
    client = member(parties.pair.authority)
    url = address("framework-assign", version)
    sent = {
        "partner": FrameworkPartner.objects.get().pk,
        "pair": str(change.pair("south", "lower").pk),
    }
    client.post(url, sent)

    answer = client.post(url, sent)

    assert answer.status_code == 422


def test_of_those_that_follow_none_may_be_free(without_owner):
    parties, version = without_owner
    for slug in ("lower", "upper"):
        FrameworkPartnerFactory(
            framework=FrameworkFactory(authority=parties.pair.authority),
            pair=change.pair("south", slug),
        )

    page = member(parties.pair.authority).get(address("framework-assign", version))

    assert "No pair that follows is free" in page.content.decode()


def test_a_signatory_ends_the_framework_and_everybody_reads_why(parties, own, other):
    version = agreed(parties)
    url = address("framework-end", version)

    nothing = own.post(url, {"reason": ""})
    other.post(url, {"reason": "We begin anew."})

    page = Client().get(address("framework-version", version)).content.decode()
    listed = Client().get(reverse("outcomes:framework-list")).content.decode()
    pair = own.get(
        reverse(
            "outcomes:pair-framework", args=[parties.pair.authority.slug, parties.pair.board.slug]
        )
    )
    assert nothing.status_code == 422
    assert "We begin anew." in page
    assert "Ended" in listed
    assert now(version).state == VersionState.ENDED
    assert pair.status_code == 200
    assert own.get(url)["Location"] == address("framework-version", version)


def test_who_has_closed_takes_no_step(parties, own):
    version = agreed(parties)
    StrategicAuthority.objects.filter(pk=parties.pair.authority_id).update(
        opened_on=date(2020, 1, 1), closed_on=date(2026, 1, 1)
    )

    answer = own.post(address("framework-end", version), {"reason": "We are no more."})

    assert (answer.status_code, now(version).state) == (403, VersionState.AGREED)
