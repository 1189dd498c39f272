"""What must always hold of agreements that are signed is held by the database: each is broken."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from duty.models import AgreementParty, AgreementRole, AgreementSignature, PartnershipAgreement
from duty.standing_records import CommitteeRole, RecordKind
from tests.factories.agreements import AgreementStory, tell_agreement
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SIGNED = "what was signed changes once its signatures are void"
PARTY = "a party signs what the authority has signed first"
ROLE = CommitteeRole("north", "board", "Director of strategy", "Skills committee")
EARLY = timezone.now() - timedelta(days=4000)


@pytest.fixture
def story() -> AgreementStory:
    return tell_agreement(roles=(ROLE,))


def refused(words: str) -> Any:
    return pytest.raises(DatabaseError, match=words)


@pytest.mark.parametrize(
    ("rule", "model", "wrong"),
    [
        ("agreement_role_says_whose_it_is", AgreementRole, {"of": "nobody"}),
        ("agreement_role_has_a_title_and_a_committee", AgreementRole, {"title": ""}),
        ("agreement_role_has_a_title_and_a_committee", AgreementRole, {"committee": ""}),
        ("agreement_role_ends_after_it_began", AgreementRole, {"left_at": EARLY}),
    ],
)
def test_a_role_keeps_its_rules(
    story: AgreementStory, rule: str, model: Any, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        model.objects.filter(agreement=story.agreement).update(**wrong)


def test_a_role_is_ended_and_never_deleted(story: AgreementStory) -> None:
    rows: Any = AgreementRole.objects.filter(agreement=story.agreement)

    with refused("ended_not_deleted"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_a_party_that_another_followed_has_left(story: AgreementStory) -> None:
    south, north = AgreementParty.objects.filter(agreement=story.agreement).order_by("-board__slug")

    with pytest.raises(IntegrityError, match="followed_party_has_left"), transaction.atomic():
        AgreementParty.objects.filter(pk=north.pk).update(followed_by=south)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "Another"},
        {"work_plan": "Another"},
        {"work_plan_link": "https://example.org/another"},
        {"themes": []},
        {"review_on": None},
        {"link": ""},
    ],
)
def test_the_text_of_what_is_signed_stays(story: AgreementStory, wrong: dict[str, Any]) -> None:
    story.sign(story.authority)

    with refused(SIGNED), transaction.atomic():
        PartnershipAgreement.objects.filter(pk=story.agreement.pk).update(**wrong)


def test_parties_and_roles_of_what_is_signed_stay(story: AgreementStory) -> None:
    story.sign(story.authority)
    now = timezone.now()
    parties = AgreementParty.objects.filter(agreement=story.agreement)

    with refused(SIGNED), transaction.atomic():
        parties.update(left_at=now)
    with refused(SIGNED), transaction.atomic():
        AgreementParty.objects.create(agreement=story.agreement, board=BoardFactory(), added_at=now)
    with refused(SIGNED), transaction.atomic():
        AgreementRole.objects.filter(agreement=story.agreement).update(title="Another")
    with refused(SIGNED), transaction.atomic():
        AgreementRole.objects.create(
            agreement=story.agreement,
            board=story.north,
            of="board",
            title="Another",
            committee="Another",
            added_at=now,
        )
    # It may end, though.
    PartnershipAgreement.objects.filter(pk=story.agreement.pk).update(
        ending="mistake", ending_reason="Twice"
    )


def test_an_agreement_renews_one_of_its_own_authority_once(story: AgreementStory) -> None:
    other = on_record(
        StrategicAuthorityFactory(),
        RecordKind.AGREEMENT,
        by=UserFactory(),
        boards=(BoardFactory().slug,),
    )
    again = on_record(story.authority, RecordKind.AGREEMENT, by=story.editor, boards=("north",))
    third = on_record(story.authority, RecordKind.AGREEMENT, by=story.editor, boards=("north",))
    rows = PartnershipAgreement.objects

    with (
        pytest.raises(IntegrityError, match="agreement_does_not_renew_itself"),
        transaction.atomic(),
    ):
        rows.filter(pk=third.pk).update(renews=third)
    with refused("an agreement renews one of the same authority"), transaction.atomic():
        rows.filter(pk=story.agreement.pk).update(renews=other)
    rows.filter(pk=again.pk).update(renews=story.agreement)
    with pytest.raises(IntegrityError, match="agreement_is_renewed_once"), transaction.atomic():
        rows.filter(pk=third.pk).update(renews=story.agreement)


def given(story: AgreementStory, **changes: Any) -> AgreementSignature:
    held = {
        "agreement": story.agreement,
        "body_id": story.north.pk,
        "content": {},
        "content_hash": "0" * 64,
        "declaration": 1,
        "given_at": timezone.now(),
        "given_by": story.editor,
    }
    return AgreementSignature.objects.create(**(held | changes))


def test_a_party_signs_after_the_authority_and_the_authority_does_not_decline(
    story: AgreementStory,
) -> None:
    with refused(PARTY), transaction.atomic():
        given(story)
    with refused(PARTY), transaction.atomic():
        given(story, body_id=story.authority.pk, decline_reason="No")
    story.sign(story.authority)
    with refused(PARTY), transaction.atomic():
        given(story, body_id=BoardFactory().pk)
    PartnershipAgreement.objects.filter(pk=story.agreement.pk).update(
        ending="mistake", ending_reason="Twice"
    )
    with refused(PARTY), transaction.atomic():
        given(story)


def test_a_signature_keeps_its_rules(story: AgreementStory) -> None:
    first = story.sign(story.authority)
    rows: Any = AgreementSignature.objects.filter(pk=first.pk)

    for rule, wrong in (
        ("party_answers_an_agreement_once", {"body_id": story.authority.pk}),
        ("agreement_signature_has_its_hash", {"content_hash": ""}),
        ("agreement_signature_voided_after_it_was_given", {"voided_at": EARLY}),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            given(story, **wrong)
    with (
        refused("a signature of an agreement stays as it was written"),
        transaction.atomic(),
    ):
        rows.update(content_hash="1" * 64)
    rows.update(voided_at=timezone.now())
    with (
        refused("a signature of an agreement stays as it was written"),
        transaction.atomic(),
    ):
        rows.update(voided_at=None)
    with refused("agreement_signature_never_deleted"), transaction.atomic():
        rows._raw_delete(rows.db)
