"""The pages of one national view: who reads and writes it, and what each step says."""

import pytest
from django.urls import reverse

from authorities.models import Membership, Role
from duty.models import RoundState
from engagement.actions import assessments, interests, moderation, placements
from engagement.models import Assessment, Finding, FindingEvidence, Side
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national
from tests.factories.engagement_commitments import AgreedCommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(pair, round):
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")
    national.move_to(round, RoundState.CLOSED)
    return round


@pytest.fixture
def analyst(closed):
    return make.central()


@pytest.fixture
def draft(pair, closed, analyst) -> Assessment:
    return national.drafted(pair=pair, round=closed, levels=("high", "partial"), by=analyst)


def at(name, pair, round, *more) -> str:
    slugs = [round.slug, pair.authority.slug, pair.board.slug]
    return reverse(f"assessments:{name}", args=[*slugs, *more])


def shown(client, person, url) -> str:
    client.force_login(person)
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_both_own_views_stand_beside_each_other_once_they_are_confirmed(client, pair, round):
    make.confirmed(pair=pair, round=round, side="sa", level="high")
    make.draft(pair=pair, round=round, side="icb", level="low")

    page = shown(client, make.central(), at("pair", pair, round))

    assert "https://www.example.org/s1" in page
    assert "https://www.example.org/i1" not in page
    assert "A draft is the body’s own" in page


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST])
def test_the_centre_reads_the_draft_with_its_private_notes(client, pair, closed, draft, role):
    page = shown(client, make.central(role), at("pair", pair, closed))

    assert "What we found of the authority." in page
    assert "Between us." in page
    assert "Heard from a colleague." in page


@pytest.mark.parametrize("name", ["desk", "moderation", "interests"])
def test_the_lists_are_not_there_for_bodies_and_readers(client, pair, round, name):
    for person in (
        make.member(pair.authority, Role.SIGNATORY),
        make.member(pair.board),
        make.central(Role.READER),
    ):
        client.force_login(person)
        assert client.get(reverse(f"assessments:{name}")).status_code == 404


@pytest.mark.parametrize("state", ["national_draft", "shared", "final"])
def test_a_body_reads_nothing_at_the_desk_whatever_the_state(client, pair, closed, state):
    if state == "national_draft":
        national.drafted(pair=pair, round=closed, levels=("high", "partial"))
    else:
        made = national.shared(pair=pair, round=closed)
        if state == "final":
            national.closed(shared=made)
    for person in (make.member(pair.authority, Role.SIGNATORY), make.member(pair.board)):
        client.force_login(person)
        assert client.get(at("pair", pair, closed)).status_code == 404


@pytest.mark.parametrize("state", ["national_draft", "in_moderation", "moderated", "shared"])
def test_before_publication_no_public_page_tells_what_was_found(client, pair, closed, state):
    made = national.drafted(pair=pair, round=closed, levels=("low", "low"))
    if state != "national_draft":
        made = national.sent(drafted=made)
    if state in ("moderated", "shared"):
        made = moderation.agree(
            assessment=made,
            expected_version=made.version,
            by=make.central(Role.MODERATOR),
            at=make.NOW,
        )
    placements.recompute_round(round=closed, at=make.NOW)
    addresses = [
        reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug]),
        "/national/",
        "/api/v1/placements/",
    ]
    for person in (None, make.central(Role.READER), make.member(pair.authority)):
        client.logout()
        if person:
            client.force_login(person)
        for address in addresses:
            assert "What we found" not in client.get(address).content.decode()


# --- The draft.


def test_an_analyst_takes_it_up_and_drafts_a_side(client, pair, closed, analyst):
    client.force_login(analyst)
    client.post(at("take-up", pair, closed), {"version": "0"})
    made = Assessment.objects.get()
    AgreedCommitmentFactory(pair=pair, title="Warm homes together")

    page = client.get(at("side", pair, closed, "sa")).content.decode()
    assert "Warm homes together" in page
    held = [line.split('"')[1] for line in page.split("value=") if line.startswith('"commitment|')]
    data = {f"{theme.code}-level": "high" for theme in make.themes("sa")}
    response = client.post(
        at("side", pair, closed, "sa"),
        {
            **data,
            "version": str(made.version),
            "held": held,
            "title-1": "Minutes",
            "url-1": "https://www.example.org/minutes",
            "private-1": "Between us.",
            "level": "1",
        },
    )

    assert response.headers["Location"] == at("level", pair, closed, "sa")
    assert {one.title for one in FindingEvidence.objects.all()} == {
        "Warm homes together",
        "Minutes",
    }
    level = client.get(at("level", pair, closed, "sa")).content.decode()
    assert "7 of 7 themes high" in level
    made.refresh_from_db()
    client.post(
        at("level", pair, closed, "sa"),
        {"version": str(made.version), "level": "high", "rationale": "They work as one."},
    )
    finding = Finding.objects.get(side="sa")
    assert (finding.level, finding.rationale) == ("high", "They work as one.")


def test_another_level_asks_for_a_reason_at_the_field_and_keeps_what_was_typed(
    client, pair, closed, draft, analyst
):
    client.force_login(analyst)
    data = {"version": str(draft.version), "level": "low", "rationale": "Typed with care."}

    response = client.post(at("level", pair, closed, "sa"), data)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why you change the level that the statements give." in page
    assert "Typed with care." in page
    assert 'href="#id_changed_reason"' in page


def test_a_stale_save_shows_both_texts(client, pair, closed, draft, analyst):
    client.force_login(analyst)
    data = {"version": str(draft.version - 1), "level": "high", "rationale": "Mine."}

    response = client.post(at("level", pair, closed, "sa"), data)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Mine." in page
    assert "What we found of the authority." in page


def test_a_link_that_is_half_there_is_refused_at_its_field(client, pair, closed, draft, analyst):
    client.force_login(analyst)
    data = {"version": str(draft.version), "title-2": "A title alone"}

    response = client.post(at("side", pair, closed, "sa"), data)

    assert response.status_code == 422
    assert "Enter the link of evidence 2" in response.content.decode()


def test_changed_statements_ask_for_the_level_again(client, pair, closed, draft, analyst):
    client.force_login(analyst)
    data = {f"{theme.code}-level": "low" for theme in make.themes("sa")}

    client.post(at("side", pair, closed, "sa"), {**data, "version": str(draft.version)})

    finding = Finding.objects.get(side="sa")
    assert (finding.computed_level, finding.level) == ("low", None)


def test_what_is_another_persons_draft_leads_back_and_is_not_saved(client, pair, closed, draft):
    other = make.central()
    client.force_login(other)

    response = client.get(at("side", pair, closed, "sa"), follow=True)
    assert "It is allocated to somebody else." in response.content.decode()
    refused = client.post(at("side", pair, closed, "sa"), {"version": str(draft.version)})

    assert refused.status_code == 422
    assert Finding.objects.get(side="sa").level == "high"


def test_a_draft_that_lacks_something_is_not_sent_and_says_what(client, pair, closed, analyst):
    made = national.drafted(pair=pair, round=closed, levels=("high", "partial"), by=analyst)
    assessments.save_side(
        assessment=made,
        side=Side.AUTHORITY,
        draft=national.side_draft(round=closed, side=Side.AUTHORITY, level="high", evidence=()),
        expected_version=made.version,
        by=analyst,
        at=make.NOW,
    )
    client.force_login(analyst)

    response = client.post(at("send", pair, closed), {"version": str(made.version + 1)})

    assert response.status_code == 422
    assert "A high or low level needs evidence on its side." in response.content.decode()


# --- Steps.


def test_a_moderator_reads_what_waits_and_returns_it_with_a_reason(client, pair, closed, draft):
    national.sent(drafted=draft)
    draft.refresh_from_db()
    client.force_login(make.central(Role.MODERATOR))
    assert "with" in client.get(reverse("assessments:moderation")).content.decode()

    without = client.post(at("return", pair, closed), {"version": str(draft.version)})
    client.post(
        at("return", pair, closed), {"version": str(draft.version), "reason": "Name a partner."}
    )

    draft.refresh_from_db()
    assert (without.status_code, draft.state) == (422, "national_draft")
    assert "Name a partner." in client.get(at("pair", pair, closed)).content.decode()


def test_the_drafter_is_told_why_they_may_not_agree(client, pair, closed):
    lead = make.central(Role.LEAD_ANALYST)
    made = national.sent(
        drafted=national.drafted(pair=pair, round=closed, levels=("high", "partial"), by=lead)
    )
    client.force_login(lead)

    response = client.post(at("agree", pair, closed), {"version": str(made.version)})

    assert response.status_code == 422
    assert "You drafted this national view" in response.content.decode()
    waiting = client.get(reverse("assessments:moderation")).content.decode()
    assert "You drafted it, so another person decides." in waiting


def test_a_step_that_came_too_late_shows_what_was_typed(client, pair, closed, draft):
    client.force_login(make.central(Role.MODERATOR))

    response = client.post(at("return", pair, closed), {"version": "1", "reason": "Typed."})

    assert response.status_code == 409
    assert "Typed." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("take-up", Role.MODERATOR, 403),
        ("agree", Role.ANALYST, 403),
        ("return", Role.ADMINISTRATOR, 403),
        ("unfinalise", Role.MODERATOR, 403),
        ("not-assessed", Role.MODERATOR, 403),
        ("second-look", Role.ANALYST, 403),
        ("agree", Role.READER, 404),
    ],
)
def test_who_lacks_the_right_is_refused(client, pair, closed, name, role, status):
    client.force_login(make.central(role))

    assert client.get(at(name, pair, closed)).status_code == status
    assert client.post(at(name, pair, closed)).status_code == status


def test_evidence_is_withdrawn_on_its_page_and_asks_for_a_second_look(client, pair, closed):
    made = national.moderated(pair=pair, round=closed)
    evidence = FindingEvidence.objects.filter(finding__side="sa").get()
    client.force_login(made.drafted_by)

    client.post(at("withdraw", pair, closed, evidence.pk), {"reason": "The page is gone."})

    client.force_login(make.central(Role.MODERATOR))
    page = client.get(at("pair", pair, closed)).content.decode()
    assert "Withdrawn by" in page
    assert "Answer the second look" in page
    client.post(at("second-look", pair, closed), {"reason": "It holds."})
    made.refresh_from_db()
    assert made.second_look_since is None


def test_a_pair_is_marked_not_assessed_and_a_lead_takes_it_back(client, pair, round):
    national.move_to(round, RoundState.CLOSED)
    client.force_login(make.central())
    client.post(at("not-assessed", pair, round), {"version": "0", "reason": "Nothing was said."})
    assert Assessment.objects.get().state == "not_assessed"

    client.force_login(make.central(Role.LEAD_ANALYST))
    client.post(at("unmark", pair, round), {"version": "2", "reason": "A letter came."})

    assert Assessment.objects.get().state == "not_started"


def test_shared_made_final_and_taken_back_on_their_pages(client, pair, closed):
    made = national.moderated(pair=pair, round=closed)
    national.move_to(closed, RoundState.FINALISING)
    Membership.objects.filter(body=pair.board).update(ended_at=make.LONG_AGO)
    moderator, lead = make.central(Role.MODERATOR), make.central(Role.LEAD_ANALYST)
    client.force_login(moderator)
    refused = client.post(at("share", pair, closed), {"version": str(made.version)})
    assert "A body has nobody who can read it." in refused.content.decode()
    client.force_login(lead)
    client.post(at("share", pair, closed), {"version": str(made.version), "reason": "None yet."})

    client.force_login(moderator)
    client.post(at("finalise", pair, closed), {"version": str(made.version)})
    made.refresh_from_db()
    assert made.state == "final"
    client.force_login(lead)
    client.post(at("unfinalise", pair, closed), {"version": str(made.version), "reason": "Wrong."})

    made.refresh_from_db()
    assert made.state == "in_moderation"


# --- Lists.


def test_a_lead_allocates_several_and_reads_why_one_was_left_out(client, pair, other_pair, closed):
    analyst = make.central()
    interests.declare(body=pair.board, what="A friend.", by=analyst, at=make.NOW)
    client.force_login(make.central(Role.LEAD_ANALYST))

    response = client.post(
        reverse("assessments:desk"),
        {"pairs": [str(pair.pk), str(other_pair.pk)], "to": str(analyst.pk)},
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "1 of 2 allocated to" in page
    assert "declared an interest in one" in page


def test_the_desk_filters_by_state_and_person(client, pair, other_pair, closed, draft, analyst):
    client.force_login(analyst)
    address = reverse("assessments:desk")

    everything = client.get(address).content.decode()
    mine = client.get(f"{address}?assigned=mine").content.decode()
    final = client.get(f"{address}?state=final").content.decode()

    assert "<strong>2 of 2 pairs</strong>" in everything
    assert "<strong>1 of 2 pairs</strong>" in mine
    assert "No pair fits these filters." in final


def test_an_analyst_allocates_nothing_on_the_desk(client, closed):
    client.force_login(make.central())

    assert client.post(reverse("assessments:desk"), {}).status_code == 403


def test_several_are_made_final_after_a_page_that_asks_once_more(client, pair, closed):
    made = national.closed(shared=national.shared(pair=pair, round=closed))
    client.force_login(make.central(Role.MODERATOR))
    address = f"{reverse('assessments:moderation')}?round={closed.slug}"
    nothing = client.post(address, {})

    asked = client.post(address, {"pairs": [str(pair.pk)]})
    made.refresh_from_db()
    assert (nothing.status_code, asked.status_code, made.state) == (422, 200, "unchallenged")
    client.post(address, {"pairs": [str(pair.pk)], "confirm": "1"})

    made.refresh_from_db()
    assert made.state == "final"


def test_an_interest_is_declared_and_ended_by_its_person_alone(client, pair, round):
    analyst = make.central()
    client.force_login(analyst)
    client.post(
        reverse("assessments:interests"), {"body": str(pair.board_id), "what": "Worked there."}
    )
    row = analyst.interests.get()
    end = reverse("assessments:interest-end", args=[row.pk])

    client.force_login(make.central())
    assert client.get(end).status_code == 404
    assert "Worked there." in client.get(reverse("assessments:interests")).content.decode()
    client.force_login(analyst)
    client.post(end)

    row.refresh_from_db()
    assert row.ended_at is not None


def test_home_says_what_waits(client, pair, closed, draft, analyst):
    home = shown(client, analyst, "/")
    assert "1 national view to draft" in home
    national.sent(drafted=draft)

    home = shown(client, make.central(Role.MODERATOR), "/")

    assert "1 national view to moderate" in home
