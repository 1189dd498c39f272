"""What must always hold of standing records is held by the database: each rule is broken once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from authorities.models import StrategicAuthority, User
from duty.models import AgreementParty, Answer, StandingRecord, Submission
from duty.queries.standing_records import MODEL_OF
from duty.standing_records import RecordKind
from tests.factories.authorities import BoardFactory, StrategicAuthorityFactory, UserFactory
from tests.factories.duty import answer, complete, tell_return
from tests.factories.standing_records import on_record

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

S, P, A, G, F = RecordKind
EARLY = date(2020, 1, 1)
ENDED = {"ending": "ended"}


@pytest.fixture
def authority() -> StrategicAuthority:
    return StrategicAuthorityFactory()


@pytest.fixture
def user() -> User:
    return UserFactory()


def made(kind: RecordKind, authority: StrategicAuthority, user: User) -> StandingRecord:
    boards = {"boards": (BoardFactory().slug,)} if kind == G else {}
    return on_record(authority, kind, by=user, **boards)


@pytest.mark.parametrize(
    ("rule", "kind", "wrong"),
    [
        ("strategy_has_a_title", S, {"title": ""}),
        ("teampost_has_a_title", P, {"title": ""}),
        ("impactassessment_has_a_title", A, {"title": ""}),
        ("partnershipagreement_has_a_title", G, {"title": ""}),
        ("dutyfunding_has_a_title", F, {"title": ""}),
        ("strategy_ending_is_known", S, {"ending": "lost"}),
        ("teampost_ending_is_known", P, {"ending": "lost"}),
        ("impactassessment_ending_is_known", A, {"ending": "lost"}),
        ("partnershipagreement_ending_is_known", G, {"ending": "lost"}),
        ("dutyfunding_ending_is_known", F, {"ending": "lost"}),
        ("strategy_ended_says_when", S, ENDED),
        ("teampost_ended_says_when", P, ENDED),
        ("impactassessment_ended_says_when", A, {"ended_on": date(2026, 9, 1)}),
        ("partnershipagreement_ended_says_when", G, {"ended_on": date(2026, 9, 1)}),
        ("dutyfunding_ended_says_when", F, ENDED),
        ("strategy_mistake_says_why", S, {"ending": "mistake"}),
        ("teampost_mistake_says_why", P, {"ending": "mistake"}),
        ("impactassessment_mistake_says_why", A, {"ending": "mistake"}),
        ("partnershipagreement_mistake_says_why", G, {"ending": "mistake"}),
        ("dutyfunding_mistake_says_why", F, {"ending": "mistake"}),
        ("strategy_status_is_known", S, {"status": "dreamt"}),
        ("adopted_strategy_says_when", S, {"adopted_on": None}),
        ("strategy_is_reviewed_after_adoption", S, {"review_on": EARLY}),
        ("strategy_ends_after_adoption", S, {**ENDED, "ended_on": EARLY}),
        ("strategy_links_are_http_or_https", S, {"link": "ftp://example.org"}),
        ("strategy_links_are_http_or_https", S, {"progress_link": "javascript:alert(1)"}),
        ("post_fte_is_not_negative", P, {"fte": -1}),
        ("post_has_an_employer", P, {"employer": ""}),
        ("post_ends_after_it_began", P, {**ENDED, "ended_on": EARLY}),
        ("assessment_is_known", A, {"assessment": "some"}),
        ("assessment_link_is_http_or_https", A, {"link": "ftp://example.org"}),
        ("assessment_does_not_end", A, {**ENDED, "ended_on": date(2026, 9, 1)}),
        ("signed_agreement_says_when", G, {"signed_on": None}),
        ("signed_agreement_says_when", G, {"status": "in_development"}),
        ("signed_agreement_says_when", G, {"status": "lost"}),
        ("agreement_is_reviewed_after_signature", G, {"review_on": EARLY}),
        ("agreement_ends_after_signature", G, {**ENDED, "ended_on": EARLY}),
        ("agreement_link_is_http_or_https", G, {"link": "ftp://example.org"}),
        ("agreement_link_is_http_or_https", G, {"work_plan_link": "ftp://example.org"}),
        ("agreement_themes_are_known", G, {"themes": ["golf"]}),
        ("funding_amount_is_not_negative", F, {"amount": -1}),
        ("funding_ends_after_it_begins", F, {"ends_on": EARLY}),
        ("funding_ends_after_it_begins", F, {**ENDED, "ended_on": EARLY}),
        ("funding_prevention_is_known", F, {"prevention": ""}),
        ("joint_funding_says_for_what", F, {"pays_for": ""}),
    ],
)
def test_an_entry_keeps_its_rules(
    rule: str, kind: RecordKind, wrong: dict[str, Any], authority: StrategicAuthority, user: User
) -> None:
    row = made(kind, authority, user)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        MODEL_OF[kind]._default_manager.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_an_entry_is_ended_and_never_deleted(
    kind: RecordKind, authority: StrategicAuthority, user: User
) -> None:
    row = made(kind, authority, user)
    rows: Any = MODEL_OF[kind]._default_manager.filter(pk=row.pk)
    if kind == G:
        rows = AgreementParty.objects.filter(agreement_id=row.pk)

    with pytest.raises(DatabaseError, match="ended_not_deleted"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_an_icb_is_party_to_an_agreement_once_at_a_time_and_leaves_after_it_came(
    authority: StrategicAuthority, user: User
) -> None:
    party = AgreementParty.objects.get(agreement_id=made(G, authority, user).pk)
    now = timezone.now()

    with (
        pytest.raises(IntegrityError, match="agreement_party_once_at_a_time"),
        transaction.atomic(),
    ):
        AgreementParty.objects.create(agreement=party.agreement, board=party.board, added_at=now)
    with (
        pytest.raises(IntegrityError, match="agreement_party_leaves_after_it_came"),
        transaction.atomic(),
    ):
        AgreementParty.objects.update(left_at=party.added_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("answer_origin_is_known", {"origin": "elsewhere"}),
        ("only_a_proposal_needs_review", {"needs_review": True}),
    ],
)
def test_an_answer_says_where_it_comes_from(rule: str, wrong: dict[str, Any]) -> None:
    answer(tell_return(), "CO8")

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Answer.objects.update(**wrong)


def test_a_submission_holds_nothing_that_waits_for_its_review() -> None:
    story = tell_return()
    complete(story, "about")
    one = Answer.objects.filter(question__code="AB1")
    one.update(origin="record", needs_review=True)

    with pytest.raises(IntegrityError, match="answers wait to be reviewed"), transaction.atomic():
        Submission.objects.create(
            duty_return=story.duty_return,
            number=1,
            reference="SOME-1",
            content={},
            content_sha256="0" * 64,
            submitted_at=story.at,
            submitted_by=story.editor,
            late=False,
            form_key=story.duty_return.pk,
        )
