"""Returns over HTTP: who reads what, and the steps from the start to the receipt."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorities.models import AuditEvent, KeyedRequest, Message, Role
from duty.models import (
    Answer,
    Declaration,
    DutyReturn,
    ReturnEvent,
    Section,
    Submission,
    WarningDecision,
)
from tests.duty.api.callers import client_of, codes, new_key, send
from tests.factories.authorities import MembershipFactory, UserFactory
from tests.factories.duty import (
    ExpectedReturnFactory,
    RoundFactory,
    answer,
    answer_section,
    complete,
    submit,
    tell_return,
)
from tests.factories.duty import send as send_for_sign_off

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CANARY = "CANARY-7f3a"
CENTRE = (Role.ANALYST, Role.MODERATOR, Role.LEAD_ANALYST, Role.ADMINISTRATOR)


def test_nobody_is_let_in_without_signing_in(base):
    for address in ("/api/v1/returns/", base, f"{base}answers/AB1/", "/api/v1/submissions/"):
        response = client_of(None).get(address)

        assert (response.status_code, codes(response)) == (401, {"": "not_authenticated"})
        assert response["WWW-Authenticate"]


def test_a_session_sends_a_step_with_its_token_and_is_refused_without(story, base):
    complete(story)
    client = Client(enforce_csrf_checks=True)
    client.force_login(story.editor)
    client.get("/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value

    without = send(client, "POST", f"{base}send-for-sign-off/", key=new_key())
    sent = send(
        client, "POST", f"{base}send-for-sign-off/", key=new_key(), **{"X-CSRFToken": token}
    )

    assert without.status_code == 403
    assert (sent.status_code, sent.json()["state"]) == (200, "awaiting_sign_off")


def test_a_draft_is_its_own_peoples_and_to_others_there_is_none(story, base):
    complete(story, "about")
    story.duty_return.answers.update(public_note=CANARY, private_note=CANARY)
    addresses = [f"{base}sections/about/", f"{base}answers/AB1/"]
    strangers = [
        UserFactory(),
        MembershipFactory(role=Role.EDITOR).user,
        MembershipFactory(body=story.boards[0], role=Role.SIGNATORY).user,
        MembershipFactory(role=Role.READER).user,
    ]
    centre = [MembershipFactory(role=role).user for role in CENTRE]

    for person in (story.editor, story.signatory):
        assert all(CANARY in client_of(person).get(a).content.decode() for a in addresses)
    for person in strangers:
        client = client_of(person)
        answered = [client.get(a) for a in (base, *addresses)]
        assert [one.status_code for one in answered] == [404, 404, 404]
        assert client.get("/api/v1/returns/").json()["count"] == 0
    for person in centre:
        client = client_of(person)
        assert [client.get(a).status_code for a in addresses] == [403, 403]
        seen = client.get(base)
        listed = client.get("/api/v1/returns/")
        assert (seen.json()["sections"], seen.json()["version"]) == (None, None)
        assert listed.json()["results"][0]["state"] == "in_progress"
        assert listed.json()["results"][0]["version"] is None
        assert CANARY not in seen.content.decode() + listed.content.decode()


def test_a_list_is_filtered_paged_and_asks_the_database_as_often_for_more(story):
    for number in range(3):
        tell_return(slug=f"other-{number}", round_=story.round)
    trial = RoundFactory(slug="trial", is_test=True, specification=story.round.specification)
    tell_return(slug="trying", round_=trial)
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)

    with CaptureQueriesContext(connection) as asked:
        everything = analyst.get("/api/v1/returns/", {"page_size": 2}).json()

    assert (everything["count"], len(everything["results"])) == (4, 2)
    assert len(asked) <= 9
    for filters, count in (
        ({"authority": "other-1"}, 1),
        ({"round": "autumn-2026", "state": "in_progress"}, 4),
        ({"state": "accepted"}, 0),
    ):
        assert analyst.get("/api/v1/returns/", filters).json()["count"] == count
    for wrong in ({"state": "x"}, {"more": 1}, {"round": "a\x00"}, {"as_at": "2026-01-01"}):
        assert analyst.get("/api/v1/returns/", wrong).status_code == 400


def test_a_return_is_started_once(story):
    ExpectedReturnFactory(round=RoundFactory(slug="next"), authority=story.authority)
    editor = client_of(story.editor)
    wanted = {"round": "next", "authority": story.authority.slug}

    made = send(editor, "POST", "/api/v1/returns/", wanted)
    again = send(editor, "POST", "/api/v1/returns/", wanted)
    nowhere = send(editor, "POST", "/api/v1/returns/", {**wanted, "round": "never"})
    stranger = send(client_of(UserFactory()), "POST", "/api/v1/returns/", wanted)
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)

    assert (made.status_code, again.status_code) == (201, 200)
    assert made["Location"] == f"/api/v1/returns/{made.json()['id']}/"
    assert made.json()["next_steps"] == ["save_answer", "complete_section"]
    assert (nowhere.status_code, codes(nowhere)) == (400, {"round": "no-such-round"})
    assert stranger.status_code == 404
    assert send(analyst, "POST", "/api/v1/returns/", wanted).status_code == 403
    assert DutyReturn.objects.filter(round__slug="next").count() == 1


def test_a_section_that_lacks_answers_says_which(story, base):
    editor = client_of(story.editor)

    response = send(editor, "POST", f"{base}sections/co-operation/complete/")

    body = response.json()
    assert response.status_code == 400
    assert body["errors"][0]["code"] == "section-not-complete"
    assert "CO1" in {one["field"].split(".")[0] for one in body["errors"]}
    assert send(editor, "POST", f"{base}sections/nowhere/complete/").status_code == 404


def test_gaps_need_a_word_of_reason(story, base):
    answer_section(story, "health-team", only_required=True)
    editor = client_of(story.editor)
    address = f"{base}sections/health-team/complete/"

    bare = send(editor, "POST", address)
    reasoned = send(editor, "POST", address, {"gaps_reason": "Nothing to add"})

    assert (bare.status_code, codes(bare)) == (400, {"gaps_reason": "gaps-not-explained"})
    assert reasoned.status_code == 200
    states = {one["section"]: one["state"] for one in reasoned.json()["sections"]}
    assert states["health-team"] == "completed"


def test_what_is_unusual_needs_a_word_of_reason(story, base):
    answer_section(story, "about")
    Answer.objects.filter(question__code="AB1").update(value={"text": "Health for all"})
    editor = client_of(story.editor)
    address = f"{base}sections/about/complete/"

    bare = send(editor, "POST", address)
    key = bare.json()["errors"][0]["field"].removeprefix("warning_reasons.")
    reasons = {"warning_reasons": [{"key": key, "reason": "It says it all"}]}
    reasoned = send(editor, "POST", address, reasons)

    assert (bare.status_code, set(codes(bare).values())) == (400, {"warning-not-confirmed"})
    assert reasoned.status_code == 200
    assert WarningDecision.objects.get().reason == "It says it all"


def test_what_was_brought_over_is_no_answer_until_it_is_sent(story, base):
    answer_section(story, "about")
    Answer.objects.filter(question__code="AB1").update(needs_review=True, origin="last_round")
    editor = client_of(story.editor)

    shown = editor.get(f"{base}answers/AB1/").json()
    refused = send(editor, "POST", f"{base}sections/about/complete/")
    same = {"value": shown["value"], "expected_version": shown["version"]}
    taken = send(editor, "PUT", f"{base}answers/AB1/", same)

    assert shown["needs_review"] is True
    assert codes(refused)["AB1"] == "not-reviewed"
    assert (taken.status_code, taken.json()["needs_review"]) == (200, False)


def test_a_return_goes_from_sections_to_its_receipt_once(story, base):
    for section in Section.values:
        answer_section(story, section)
    editor, signatory = client_of(story.editor), client_of(story.signatory)
    for section in Section.values:
        done = send(editor, "POST", f"{base}sections/{section}/complete/")
    sent = send(editor, "POST", f"{base}send-for-sign-off/")
    read = signatory.get(base).json()
    signed = {
        "declaration": True,
        "declaration_version": read["declaration"]["version"],
        "expected_version": read["version"],
    }
    key = new_key()
    receipt = send(signatory, "POST", f"{base}sign/", signed, key=key)
    mails = Message.objects.count()

    KeyedRequest.objects.all().delete()
    forgotten = send(signatory, "POST", f"{base}sign/", signed, key=key)
    again = send(signatory, "POST", f"{base}sign/", signed, key=key)
    other_body = send(signatory, "POST", f"{base}sign/", {**signed, "declaration": False}, key=key)
    other_key = send(signatory, "POST", f"{base}sign/", signed, key=new_key())

    assert done.json()["state"] == "ready"
    assert "send_for_sign_off" in done.json()["next_steps"]
    assert "submit" not in done.json()["next_steps"]
    assert sent.json()["state"] == "awaiting_sign_off"
    assert sent.json()["lock"]["why"]
    assert receipt.status_code == 201
    # The submission's own key stands in where the answer was forgotten.
    assert forgotten.content == again.content == receipt.content
    assert again["Location"] == receipt["Location"]
    assert (other_body.status_code, codes(other_body)) == (422, {"Idempotency-Key": "key-reused"})
    assert (other_key.status_code, codes(other_key)) == (409, {"": "locked"})
    assert Submission.objects.get().reference == receipt.json()["reference"]
    assert Message.objects.count() == mails
    assert signatory.get(receipt["Location"]).json()["content"]["signed"]["as"] == "signatory"


def test_what_is_signed_must_be_named_as_it_was_read(story, base):
    send_for_sign_off(story)
    signatory = client_of(story.signatory)
    sign = f"{base}sign/"
    version = signatory.get(base).json()["version"]
    good = {"declaration": True, "declaration_version": 1, "expected_version": version}
    Declaration.objects.create(version=2, text="Other words.")

    keyless = send(signatory, "POST", sign, good)
    outdated = send(signatory, "POST", sign, good, key=new_key())
    unticked = send(
        signatory,
        "POST",
        sign,
        {"declaration": False, "declaration_version": 2, "expected_version": version},
        key=new_key(),
    )
    unread = send(
        signatory,
        "POST",
        sign,
        {"declaration": True, "declaration_version": 2, "expected_version": version - 1},
        key=new_key(),
    )
    worded = send(
        signatory, "POST", sign, {"declaration": "yes", "declaration_version": "2"}, key=new_key()
    )
    editor = send(client_of(story.editor), "POST", sign, good, key=new_key())

    assert (keyless.status_code, codes(keyless)) == (400, {"Idempotency-Key": "key-missing"})
    assert (outdated.status_code, codes(outdated)) == (
        409,
        {"declaration_version": "declaration-changed"},
    )
    assert (unticked.status_code, codes(unticked)) == (409, {"": "declaration-missing"})
    assert (unread.status_code, codes(unread)) == (409, {"expected_version": "stale"})
    assert codes(worded) == {
        "declaration": "not-true-or-false",
        "declaration_version": "not-a-number",
        "expected_version": "required",
    }
    assert editor.status_code == 403
    assert not Submission.objects.exists()


def test_a_return_is_recalled_and_declined_with_a_reason(story, base):
    send_for_sign_off(story)
    editor, signatory = client_of(story.editor), client_of(story.signatory)

    version = signatory.get(base).json()["version"]
    given = {"reason": "The figures are old", "sections": ["strategy"]}

    bare = send(signatory, "POST", f"{base}decline/", {"sections": ["nowhere"]})
    forbidden = send(editor, "POST", f"{base}decline/", given | {"expected_version": version})
    unread = send(signatory, "POST", f"{base}decline/", given | {"expected_version": version - 1})
    declined = send(signatory, "POST", f"{base}decline/", given | {"expected_version": version})
    late = send(editor, "POST", f"{base}recall/")

    needed = {"reason": "required", "expected_version": "required"}
    assert codes(bare) in (
        needed | {"sections.0": "invalid_choice"},
        needed | {"sections": "invalid_choice"},
    )
    assert (unread.status_code, codes(unread)) == (409, {"expected_version": "stale"})
    assert forbidden.status_code == 403
    states = {one["section"]: one["state"] for one in declined.json()["sections"]}
    assert (states["strategy"], states["about"]) == ("changes_requested", "check_again")
    assert (late.status_code, codes(late)) == (409, {"": "not-now"})


def test_a_round_without_signature_is_submitted(story):
    round_ = RoundFactory(
        slug="light", requires_sign_off=False, specification=story.round.specification
    )
    other = tell_return(slug="light-authority", round_=round_)
    complete(other)
    editor = client_of(other.editor)
    base = f"/api/v1/returns/{other.duty_return.pk}/"
    key = new_key()

    seen = {"expected_version": editor.get(base).json()["version"]}
    stale = send(editor, "POST", f"{base}submit/", {"expected_version": 0}, key=new_key())
    receipt = send(editor, "POST", f"{base}submit/", seen, key=key)
    again = send(editor, "POST", f"{base}submit/", seen, key=key)

    assert (stale.status_code, codes(stale)) == (409, {"expected_version": "stale"})
    assert (receipt.status_code, again.content) == (201, receipt.content)
    assert Submission.objects.count() == 1


def test_the_centre_reviews_by_the_version_that_it_read(story, base):
    submit(story)
    analyst = client_of(MembershipFactory(role=Role.ANALYST).user)
    lead = client_of(MembershipFactory(role=Role.LEAD_ANALYST).user)
    version = analyst.get(base).json()["version"]

    stale = send(analyst, "POST", f"{base}accept/", {"expected_version": version - 1})
    accepted = send(analyst, "POST", f"{base}accept/", {"expected_version": version})
    refused = send(
        analyst, "POST", f"{base}take-back/", {"expected_version": version, "reason": "No"}
    )
    taken_back = send(
        lead,
        "POST",
        f"{base}take-back/",
        {"expected_version": accepted.json()["version"], "reason": "Too early"},
    )
    asked = send(
        analyst,
        "POST",
        f"{base}request-changes/",
        {
            "expected_version": taken_back.json()["version"],
            "reason": "Say more",
            "sections": ["about"],
        },
    )

    assert (stale.status_code, codes(stale)) == (409, {"expected_version": "stale"})
    assert accepted.json()["state"] == "accepted"
    assert refused.status_code == 403
    assert taken_back.json()["state"] == "submitted"
    assert (asked.json()["state"], asked.json()["version"]) == ("changes_requested", None)
    assert send(client_of(story.editor), "POST", f"{base}accept/").status_code == 403


def test_what_was_submitted_is_read_by_its_people_and_the_centre_without_private_notes(story, base):
    answer(story, "AB1")
    story.duty_return.answers.update(private_note=CANARY)
    stored = submit(story)
    address = f"/api/v1/submissions/{stored.pk}/"
    stranger = client_of(MembershipFactory(role=Role.EDITOR).user)
    moderator = MembershipFactory(role=Role.MODERATOR).user

    for person in (story.editor, moderator):
        client = client_of(person)
        read = client.get(address)
        assert read.json()["content"]["authority"]["slug"] == story.authority.slug
        assert client.get("/api/v1/submissions/?round=autumn-2026").json()["count"] == 1
        assert CANARY not in read.content.decode()
    assert stranger.get(address).status_code == 404
    assert stranger.get("/api/v1/submissions/").json()["count"] == 0
    assert client_of(UserFactory()).get(address).status_code == 404
    taken = AuditEvent.objects.filter(action="return.downloaded").order_by("pk")
    assert [(one.by, one.detail["role"], one.detail["format"]) for one in taken] == [
        (story.editor, "editor", "json"),
        (moderator, "moderator", "json"),
    ]
    assert {one.detail["reference"] for one in taken} == {stored.reference}


def test_a_refused_step_stores_no_event(story, base):
    before = ReturnEvent.objects.count()

    response = send(client_of(story.editor), "POST", f"{base}send-for-sign-off/")
    extra = send(client_of(story.editor), "POST", f"{base}recall/", {"state": "submitted"})

    assert response.status_code == 409
    assert codes(extra) == {"state": "unknown-field"}
    assert ReturnEvent.objects.count() == before
