"""Parties sign an agreement, decline it, and a change makes what they said void."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from authorities.actions.messages import address_due
from authorities.models import AuditEvent, Message, Notice, Role
from duty.actions import agreements as actions
from duty.actions import standing_records
from duty.agreements import Answer
from duty.models import AgreementSignature
from duty.queries.agreements import agreements_of_board, facts_of, signing_of, waits_at
from duty.queries.standing_records import records_of
from duty.standing_records import CommitteeRole, RecordKind
from outcomes.access import Acting
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.standing_records import on_record, serve

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

G = RecordKind.AGREEMENT


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement()


def change(story: AgreementStory, **changes: Any) -> None:
    story.agreement.refresh_from_db()
    standing_records.change(
        authority=story.authority,
        kind=G,
        key=story.agreement.pk,
        content=replace(story.content(), **changes),
        expected_version=story.agreement.version,
        by=story.editor,
        at=timezone.now(),
    )


def answers(story: AgreementStory) -> list[Answer]:
    found = signing_of(agreements=[story.agreement])[story.agreement.pk].standing
    return [one.answer for one in found.parties]


def test_all_parties_sign_the_authority_first(story: AgreementStory) -> None:
    with pytest.raises(actions.AgreementRefusedError, match="authority signs first"):
        story.sign(story.north)
    story.sign(story.authority)
    story.sign(story.north)
    story.sign(story.south)

    assert answers(story) == [Answer.SIGNED] * 3
    assert AuditEvent.objects.filter(action="agreement.signed").count() == 3


def test_who_signs_twice_has_signed_once(story: AgreementStory) -> None:
    first, again = story.sign(story.authority), story.sign(story.authority)

    assert first.pk == again.pk
    assert AgreementSignature.objects.count() == 1


def test_only_what_was_read_is_signed(story: AgreementStory) -> None:
    with pytest.raises(actions.AgreementChangedError):
        actions.sign(
            agreement=story.agreement,
            content_read="another",
            acting=Acting(body=story.authority, role=Role.SIGNATORY),
            by=story.editor,
            at=timezone.now(),
        )

    assert not AgreementSignature.objects.exists()


def test_a_stranger_and_a_body_that_closed_sign_nothing(story: AgreementStory) -> None:
    story.sign(story.authority)
    stranger = BoardFactory()
    with pytest.raises(actions.NotAPartyError, match="not a party"):
        actions.sign(
            agreement=story.agreement,
            content_read="",
            acting=Acting(body=stranger, role=Role.SIGNATORY),
            by=UserFactory(),
            at=timezone.now(),
        )

    story.north.closed_on = timezone.localdate()
    story.north.save(update_fields=["closed_on"])
    with pytest.raises(actions.NotAPartyError, match="has closed"):
        story.sign(story.north)


def test_an_icb_declines_with_a_reason_and_may_think_again(story: AgreementStory) -> None:
    story.sign(story.authority)
    with pytest.raises(actions.ReasonMissingError):
        story.decline(story.north, reason="  ")
    first, again = story.decline(story.north), story.decline(story.north)

    assert first.pk == again.pk
    assert answers(story) == [Answer.SIGNED, Answer.DECLINED, Answer.WAITS]
    story.sign(story.north)
    assert answers(story) == [Answer.SIGNED, Answer.SIGNED, Answer.WAITS]
    with pytest.raises(actions.AgreementRefusedError, match="signed this agreement already"):
        story.decline(story.north)


def test_the_authority_declines_nothing(story: AgreementStory) -> None:
    with pytest.raises(actions.NotAPartyError):
        story.decline(story.authority)


def test_a_review_that_is_not_after_the_signature_is_refused(story: AgreementStory) -> None:
    change(story, review_on=timezone.localdate())

    with pytest.raises(actions.AgreementRefusedError, match="not after the signature"):
        story.sign(story.authority)


def test_an_agreement_that_ended_is_signed_by_nobody(story: AgreementStory) -> None:
    standing_records.end(
        authority=story.authority,
        kind=G,
        key=story.agreement.pk,
        ending="mistake",
        on=None,
        reason="Entered twice",
        expected_version=1,
        by=story.editor,
        at=timezone.now(),
    )

    with pytest.raises(actions.AgreementRefusedError, match="has ended"):
        story.sign(story.authority)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title"},
        {"boards": ("north",)},
        {"work_plan": "Warm homes"},
        {"roles": (CommitteeRole("north", "board", "Director of strategy", "Skills"),)},
        {"review_on": date(2030, 1, 1)},
    ],
)
def test_any_change_makes_signatures_void_and_keeps_them(
    story: AgreementStory, changes: dict[str, Any]
) -> None:
    story.sign(story.authority)
    story.sign(story.north)

    change(story, **changes)

    assert set(answers(story)) == {Answer.WAITS}
    kept = AgreementSignature.objects.all()
    assert len(kept) == 2
    assert all(one.voided_at is not None for one in kept)
    assert kept[0].content["title"] == "Memorandum on work and health"


def test_the_same_again_leaves_signatures_alone(story: AgreementStory) -> None:
    story.sign(story.authority)

    change(story)

    assert answers(story)[0] == Answer.SIGNED


def test_a_draft_is_the_authoritys_own_and_others_read_what_it_signed(
    story: AgreementStory,
) -> None:
    late = BoardFactory(slug="late")
    serve(story.authority, "late")
    assert agreements_of_board(board=story.north, page=1).count == 0
    signed = story.sign(story.authority)
    change(story, title="A draft", boards=("north", "late"))

    seen = agreements_of_board(board=story.north, page=1)
    facts = facts_of(
        agreement=story.agreement, shown=signed, to_authority=False, on=timezone.localdate()
    )
    own = facts_of(
        agreement=story.agreement, shown=signed, to_authority=True, on=timezone.localdate()
    )

    assert seen.count == 1
    assert agreements_of_board(board=late, page=1).count == 0
    assert (facts.content.title, own.content.title) == ("Memorandum on work and health", "A draft")


def test_what_waits_for_whom(story: AgreementStory) -> None:
    bodies = [story.authority.pk, story.north.pk, story.south.pk]
    assert waits_at(bodies=bodies) == {}
    story.sign(story.authority)
    story.sign(story.north)

    found = waits_at(bodies=bodies)
    assert {key: [one.title for one in waits] for key, waits in found.items()} == {
        story.south.pk: ["Memorandum on work and health"]
    }
    change(story, title="Another")
    assert set(waits_at(bodies=bodies)) == {story.authority.pk}


def test_an_icb_that_serves_nobody_of_the_authority_is_refused(story: AgreementStory) -> None:
    BoardFactory(slug="far")

    with pytest.raises(standing_records.InvalidRecordError, match="serves none of the auth"):
        change(story, boards=("north", "far"))


def test_an_icb_that_had_closed_by_the_day_of_signature_is_refused(story: AgreementStory) -> None:
    story.north.closed_on = date(2026, 4, 1)
    story.north.save(update_fields=["closed_on"])

    with pytest.raises(standing_records.InvalidRecordError, match="closed on 1 April 2026"):
        change(story, status="signed", signed_on=date(2026, 4, 1))
    change(story, status="signed", signed_on=date(2026, 3, 31), review_on=None)

    assert story.content().signed_on == date(2026, 3, 31)


def test_an_agreement_renews_another_one_of_its_authority_once(story: AgreementStory) -> None:
    def renewing(key: object) -> None:
        on_record(story.authority, G, by=story.editor, boards=("north",), renews=key)

    elsewhere = on_record(
        StrategicAuthorityFactory(), G, by=UserFactory(), boards=(BoardFactory().slug,)
    )
    with pytest.raises(standing_records.InvalidRecordError, match="Select another agreement"):
        renewing(elsewhere.pk)
    with pytest.raises(standing_records.InvalidRecordError, match="Select another agreement"):
        change(story, renews=story.agreement.pk)
    renewing(story.agreement.pk)
    with pytest.raises(standing_records.InvalidRecordError, match="renews this one already"):
        renewing(story.agreement.pk)


def test_a_renewal_that_is_signed_ends_the_one_before_for_a_return(story: AgreementStory) -> None:
    on_record(
        story.authority,
        G,
        by=story.editor,
        boards=("north",),
        renews=story.agreement.pk,
        signed_on=date(2026, 6, 1),
    )

    found = records_of(authority=story.authority, kinds=[G]).agreements

    ends = {one.content.renews is None: one.ended_on for one in found}
    assert ends == {True: date(2026, 5, 31), False: None}


def test_what_all_signed_here_counts_as_signed_from_that_day(story: AgreementStory) -> None:
    at = timezone.now() + timedelta(days=1)
    story.sign(story.authority)
    story.sign(story.north)
    before = records_of(authority=story.authority, kinds=[G])
    story.sign(story.south, at=at)

    after = records_of(authority=story.authority, kinds=[G])

    assert [one.signed_here for one in before.agreements] == [None]
    assert [one.signed_here for one in after.agreements] == [timezone.localdate(at)]
    assert after.changed_at[G] == at


def told(kind: str) -> list[tuple[str, str]]:
    address_due(at=timezone.now() + timedelta(days=2))
    found = Message.objects.filter(notice__kind=f"agreement.{kind}").select_related("recipient")
    return sorted((one.recipient.email, one.text) for one in found)


def test_the_icbs_are_told_that_an_agreement_waits_for_them(story: AgreementStory) -> None:
    story.sign(story.authority)
    story.sign(story.north)

    messages = told("waits")

    assert [email for email, _ in messages] == [story.signatory(story.south).email]
    assert "has signed “Memorandum on work and health”" in messages[0][1]
    assert f"/agreements/{story.agreement.pk}/" in messages[0][1]


def test_the_others_are_told_that_all_have_signed(story: AgreementStory) -> None:
    for body in (story.authority, story.north, story.south):
        story.sign(body)

    emails = [email for email, _ in told("signed")]

    expected = [story.signatory(story.authority), story.signatory(story.north), story.editor]
    assert emails == sorted(one.email for one in expected)


def test_the_others_are_told_of_a_decline_and_no_reason_is_quoted(story: AgreementStory) -> None:
    story.sign(story.authority)
    story.decline(story.north)

    messages = told("declined")

    expected = [story.signatory(story.authority), story.signatory(story.south), story.editor]
    assert [email for email, _ in messages] == sorted(one.email for one in expected)
    assert all("No money" not in text for _, text in messages)


def test_a_message_of_what_is_no_longer_so_is_not_sent(story: AgreementStory) -> None:
    story.sign(story.authority)
    story.decline(story.north)
    change(story, title="Another")

    assert Notice.objects.filter(kind__startswith="agreement.").exists()
    assert told("waits") == told("declined") == []
