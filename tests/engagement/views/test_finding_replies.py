"""What each body reads of what was found, and the reply of its signatory."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from authorities.models import Role
from duty.models import Round
from engagement.actions import finding_replies
from engagement.models import FindingReply, Level, ReplyChoice, ResolutionOutcome, Side
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national
from tests.factories.engagement_commitments import AgreedCommitmentFactory

pytestmark = pytest.mark.django_db

LINK = "https://www.example.org/letter"
DISAGREE = {"choice": "disagree", "note": "Not so.", "title-1": "Our letter", "url-1": LINK}


@pytest.fixture
def shared(pair, in_reply_now):
    return national.shared(pair=pair, round=in_reply_now)


@pytest.fixture
def signatory(pair):
    return make.member(pair.authority, Role.SIGNATORY)


@pytest.fixture
def board_signatory(pair):
    return make.member(pair.board, Role.SIGNATORY)


def address(made) -> str:
    pair = made.pair
    return reverse("findings:reply", args=[made.round.slug, pair.authority.slug, pair.board.slug])


def shown(client, person, made) -> str:
    client.force_login(person)
    response = client.get(address(made))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def sent(client, person, made, **said):
    client.force_login(person)
    return client.post(address(made), {"version": "1", **said})


def close(shared):
    last = timezone.localdate() - timedelta(days=1)
    Round.objects.filter(pk=shared.round_id).update(reply_closes_on=last)
    shared.round.refresh_from_db()
    return national.closed(shared=shared)


def resolve(shared, side, outcome=ResolutionOutcome.UPHOLD, level=None, reason="Because we say."):
    shared.refresh_from_db()
    return finding_replies.resolve(
        assessment=shared,
        side=side,
        outcome=outcome,
        level=level,
        reason=reason,
        expected_version=shared.version,
        by=make.central(Role.MODERATOR),
        at=timezone.now(),
    )


def test_before_it_is_shared_a_body_reads_when_and_nothing_else(client, pair, in_reply_now):
    made = national.moderated(pair=pair, round=in_reply_now)

    page = shown(client, make.member(pair.authority), made)

    assert "has not shared its finding" in page
    assert "What we found" not in page


def test_each_side_reads_its_own_finding_and_level_and_rationale_of_the_other(
    client, shared, signatory, board_signatory
):
    page = shown(client, signatory, shared)

    assert "What we found of the authority." in page
    assert f"What we found of the {Side.BOARD.label.lower()}." in page
    assert "7 of 7 themes high" in page
    assert page.count("Minutes of the board") == 1
    assert "Page 4." in page
    assert "London time" in page
    for private in ("Between us.", "Heard from a colleague."):
        assert private not in page
        assert private not in shown(client, board_signatory, shared)


def test_an_editor_reads_and_is_told_who_replies(client, shared, pair, signatory):
    page = shown(client, make.member(pair.authority), shared)

    assert "A signatory gives the reply of" in page
    assert signatory.full_name in page
    assert "Check the reply" not in page
    assert sent(client, make.member(pair.authority), shared, **DISAGREE).status_code == 403


def test_strangers_learn_nothing_and_the_centre_has_its_own_page(client, shared, other_pair):
    for person, status in (
        (make.member(other_pair.authority, Role.SIGNATORY), 404),
        (make.central(Role.READER), 404),
        (make.central(Role.MODERATOR), 403),
    ):
        client.force_login(person)
        assert client.get(address(shared)).status_code == status
        assert client.post(address(shared), DISAGREE).status_code == status
    client.logout()
    assert client.get(address(shared)).status_code == 302


def test_a_reply_is_checked_before_it_binds(client, shared, signatory):
    checked = sent(client, signatory, shared, **DISAGREE)

    assert checked.status_code == 200
    assert "Check the reply of" in checked.content.decode()
    assert FindingReply.objects.get(side="sa").choice == "no_reply"
    changed = sent(client, signatory, shared, **DISAGREE, change="1").content.decode()
    assert "Not so." in changed
    assert LINK in changed

    assert sent(client, signatory, shared, **DISAGREE, confirm="1").status_code == 302
    stored = FindingReply.objects.get(side="sa")
    assert (stored.choice, stored.note) == ("disagree", "Not so.")
    assert stored.evidence == [{"title": "Our letter", "url": LINK}]


def test_a_reply_may_say_which_themes_and_tick_what_the_site_holds(client, shared, signatory, pair):
    made = AgreedCommitmentFactory(pair=pair, title="Warm homes together")
    page = shown(client, signatory, shared)
    assert "Warm homes together" in page

    theme = make.themes("sa")[0]
    held = reverse("commitments:detail", args=[made.pk])
    response = sent(
        client,
        signatory,
        shared,
        choice="disagree",
        note="Not so.",
        themes=[theme.code],
        held=[held],
        confirm="1",
    )

    assert response.status_code == 302
    stored = FindingReply.objects.get(side="sa")
    assert stored.themes == [theme.code]
    assert stored.evidence == [{"title": "Warm homes together", "url": held}]
    assert f'value="{held}"' in shown(client, signatory, shared)


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"note": "Not so."}, "choice", "Select whether you agree or disagree"),
        ({**DISAGREE, "note": " "}, "note", "Write a note that says why you disagree"),
        ({"choice": "disagree", "note": "No."}, "title-1", "Give evidence for why you disagree"),
        ({**DISAGREE, "url-1": ""}, "url-1", "Enter the link of new evidence 1"),
        ({**DISAGREE, "title-1": ""}, "title-1", "Enter the title of new evidence 1"),
        ({**DISAGREE, "url-1": "javascript:alert(1)"}, "url-1", "Enter a full link"),
        ({**DISAGREE, "held": ["/elsewhere/"]}, "held", "Select a valid choice"),
        ({**DISAGREE, "themes": ["nonsense"]}, "themes", "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_above_and_nothing_is_lost(
    client, shared, signatory, pair, said, field, message
):
    AgreedCommitmentFactory(pair=pair)

    response = sent(client, signatory, shared, **said, confirm="1")

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(message) >= 2
    assert f"id_{field}" in page
    assert said.get("note", "").strip() in page
    assert FindingReply.objects.get(side="sa").choice == "no_reply"


def test_a_reply_is_changed_and_taken_back_while_the_window_is_open(client, shared, signatory):
    sent(client, signatory, shared, **DISAGREE, confirm="1")
    assert "Change your reply" in shown(client, signatory, shared)

    sent(client, signatory, shared, choice="no_reply", version="2", confirm="1")

    stored = FindingReply.objects.get(side="sa")
    assert (stored.choice, stored.note, stored.evidence) == ("no_reply", "", [])


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
def test_a_colleague_who_replied_meanwhile_is_shown_beside_what_was_typed(
    client, shared, signatory, pair, confirm
):
    other = make.member(pair.authority, Role.SIGNATORY)
    sent(client, other, shared, choice="agree", note="All fine.", confirm="1")

    response = sent(client, signatory, shared, **DISAGREE, **confirm)

    page = response.content.decode()
    assert response.status_code == 409
    assert "All fine." in page
    assert "Not so." in page
    assert FindingReply.objects.get(side="sa").choice == "agree"
    again = sent(client, signatory, shared, **DISAGREE | {"version": "2"}, confirm="1")
    assert again.status_code == 302


def test_what_was_typed_outlives_the_session(client, shared, signatory):
    page = shown(client, signatory, shared)
    word = page.split('name="typed_by" value="')[1].split('"')[0]
    client.logout()

    lost = client.post(address(shared), {**DISAGREE, "version": "1", "typed_by": word})

    assert lost.status_code == 302
    page = shown(client, signatory, shared)
    assert "Not so." in page
    assert LINK in page
    assert FindingReply.objects.get(side="sa").choice == "no_reply"


def test_after_the_last_day_no_reply_is_taken_and_the_page_says_why(client, shared, signatory):
    close(shared)

    page = shown(client, signatory, shared)
    assert "No reply can be given now" in page
    assert "The replies of the round are over." in page
    assert "the team at the centre" in page
    assert "No reply is neither agreement nor disagreement" in page

    late = sent(client, signatory, shared, **DISAGREE, confirm="1")
    assert late.status_code == 409
    assert "Not so." in late.content.decode()


def test_both_bodies_read_how_a_challenge_ended_and_neither_reads_the_others_reply(
    client, shared, signatory, board_signatory
):
    national.answered(
        shared=shared, side="sa", choice=ReplyChoice.DISAGREE, by=signatory, note="CANARY-NOTE"
    )
    close(shared)
    resolve(shared, Side.AUTHORITY, ResolutionOutcome.CHANGE, Level.LOW, reason="The minutes.")

    own, other = shown(client, signatory, shared), shown(client, board_signatory, shared)

    for page in (own, other):
        assert "The minutes." in page
        assert "level changed" in page
        assert "Final" in page
    assert "CANARY-NOTE" in own
    assert "CANARY-NOTE" not in other
    assert "Our letter" not in other


def test_what_the_other_body_gave_with_its_view_stays_hidden_until_publication(
    client, pair, in_reply_now, signatory
):
    given = national.GivenEvidence(
        title="CANARY-VIEW", address="https://www.example.org/theirs", kind="own_view"
    )
    made = national.drafted(pair=pair, round=in_reply_now, levels=("high", "high"))
    made = national.assessments.save_side(
        assessment=made,
        side=Side.AUTHORITY,
        draft=national.side_draft(
            round=in_reply_now, side=Side.AUTHORITY, level="high", evidence=(given,)
        ),
        expected_version=made.version,
        by=made.assigned_to,
        at=national.after_closing(in_reply_now),
    )
    made = national.shared_of(sent=national.sent(drafted=made))

    page = shown(client, signatory, made)

    assert "CANARY-VIEW" not in page
    assert "Evidence that the other body gave with its own view" in page


def test_with_a_role_on_both_sides_a_person_says_for_which(client, shared, signatory, pair):
    make.MembershipFactory(user=signatory, body=pair.board, role=Role.SIGNATORY)

    client.force_login(signatory)
    url = f"{address(shared)}?side=icb"
    page = client.get(url).content.decode()
    assert "You have a role on both sides" in page
    client.post(url, {"version": "1", "choice": "agree", "confirm": "1"})

    assert FindingReply.objects.get(side="icb").choice == "agree"
    assert FindingReply.objects.get(side="sa").choice == "no_reply"
