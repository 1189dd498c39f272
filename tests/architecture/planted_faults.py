"""A fault for each check of integrity: what a restore, a trigger left off or a bug could leave.

Each is planted in the demonstration, past the triggers that refuse it, and breaks its check alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from authorities.actions import anonymisation, seals
from authorities.models import (
    AuditEvent,
    AuditSeal,
    BodyName,
    BoundaryImport,
    IntegratedCareBoard,
    Invitation,
    KeyedRequest,
    Membership,
    Message,
    Notice,
    Pair,
    PairOverlap,
    Reorganisation,
    Role,
    User,
)
from duty.models import (
    AgreementDocument,
    AgreementSignature,
    Answer,
    DocumentState,
    DutyReturn,
    Evidence,
    EvidenceFile,
    ReturnDocument,
    ReturnEvent,
    ReturnSection,
    ReturnState,
    Round,
    RoundState,
    Submission,
)
from engagement.models import (
    Assessment,
    Basis,
    Commitment,
    CommitmentClosure,
    CommitmentMoney,
    NationalPicture,
    OwnView,
    Placement,
    PossiblePair,
    Publication,
    PublishedPlacement,
    PublishedReturn,
)
from outcomes.models import (
    FrameworkHappening,
    FrameworkSignature,
    FrameworkVersion,
    Observation,
    RecomputeRequest,
    RecomputeStep,
    Release,
    ReleaseIndicator,
    Upload,
    VersionState,
)
from tests.factories.duty import SpecificationFactory

_OTHER = "0" * 64


def _long_ago() -> datetime:
    return timezone.now() - timedelta(days=9)


@contextmanager
def unguarded(model: type[models.Model], *, traced: bool = True) -> Iterator[None]:
    """Switch a table's triggers off, those of its history only where nothing is `traced`."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        # What waits for the end of the transaction keeps a table from being altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
            " AND NOT (%s AND tgname ~ '^pgtrigger_(insert_insert|update_update|delete_delete)_')",
            [table, traced],
        )
        names = [row[0] for row in cursor.fetchall()]
        for name in names:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _change(found: models.QuerySet[Any], *, traced: bool = True, **values: object) -> None:
    """Change the first row of some, past what guards it."""
    first = found.order_by("pk").first()
    assert first is not None, "the demonstration has no such row"
    with unguarded(found.model, traced=traced):
        assert found.model.objects.filter(pk=first.pk).update(**values) == 1


def _forget_audit(row: models.Model | None, **which: object) -> None:
    with unguarded(AuditEvent):
        deleted, _ = AuditEvent.objects.filter(
            target_type=row._meta.label_lower, target_id=str(row.pk), **which
        ).delete()
    assert deleted
    # As if it had never been there: what is missing since its seal has a check of its own.
    with unguarded(AuditSeal):
        AuditSeal.objects.all().delete()
    seals.seal(at=timezone.now())


def _alter(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql)


def a_changed_audit_row() -> None:
    """What was done is said to have been something else."""
    _change(AuditEvent.objects.filter(by__isnull=False), action="other.done")


def an_unsealed_audit() -> None:
    """The job of each minute has not run for a week."""
    with unguarded(AuditSeal):
        AuditSeal.objects.all().delete()


def a_trigger_off() -> None:
    _alter("ALTER TABLE duty_submission DISABLE TRIGGER USER")


def a_constraint_less() -> None:
    _alter("ALTER TABLE authorities_membership DROP CONSTRAINT role_is_known")


def a_counter_behind() -> None:
    last = BodyName.objects.order_by("-pk").first()
    BodyName.objects.filter(pk=last.pk).update(id=last.pk + 1_000_000)


def an_untraced_role() -> None:
    _change(Membership.objects.all(), traced=False, started_at=_long_ago())


def an_untraced_release() -> None:
    _change(Release.objects.all(), traced=False, source="elsewhere")


def an_untraced_return() -> None:
    _change(DutyReturn.objects.all(), traced=False, version=F("version") + 1)


def a_view_gone_without_trace() -> None:
    view = OwnView.objects.filter(state="draft").order_by("pk").first()
    if view is None:
        _change(OwnView.objects.all(), traced=False, version=F("version") + 1)
        return
    view.picks.all().delete()
    with unguarded(OwnView, traced=False):
        OwnView.objects.filter(pk=view.pk).delete()


def more_people_than_parts() -> None:
    _change(PairOverlap.objects.all(), population=F("population") + 1)


def a_nameless_body() -> None:
    BodyName.objects.filter(
        body__kind="council", valid__contains=timezone.localdate()
    ).first().delete()


def a_role_at_a_closed_board() -> None:
    closed = IntegratedCareBoard.objects.filter(closed_on__lt=timezone.localdate()).first()
    _change(
        Membership.objects.filter(role=Role.EDITOR, body__kind="integrated_care_board"),
        body=closed,
        ended_at=None,
    )


def an_invitation_without_its_role() -> None:
    reader = User.objects.get(email="reader@nhs-england.example")
    _change(
        Invitation.objects.waiting().filter(expires_at__gt=timezone.now()),
        accepted_at=timezone.now(),
        accepted_by=reader,
    )


def a_role_that_nobody_confirmed() -> None:
    now = timezone.now()
    _change(
        Membership.objects.current().filter(role=Role.EDITOR),
        started_at=now - timedelta(days=500),
        asked_at=now - timedelta(days=40),
    )


def _notice(**given: object) -> Notice:
    wanted = {"kind": "return.submitted", "key": str(uuid4()), "about": uuid4()}
    return Notice.objects.create(**wanted, due_at=_long_ago(), next_attempt_at=_long_ago(), **given)


def a_notice_left_lying() -> None:
    _notice()


def a_message_left_lying() -> None:
    Message.objects.create(
        notice=_notice(addressed_at=_long_ago()),
        recipient=User.objects.first(),
        subject="One line",
        text="More lines",
        due_at=_long_ago(),
        next_attempt_at=_long_ago(),
    )


def an_answer_kept_too_long() -> None:
    KeyedRequest.objects.create(
        user=User.objects.first(),
        credential="session",
        key="key",
        method="POST",
        path="/",
        body_sha256=_OTHER,
        status=200,
        answered_at=_long_ago(),
    )


def a_change_without_audit() -> None:
    _forget_audit(Reorganisation.objects.filter(origin="entered", state="applied").first())


def a_boundary_file_gone() -> None:
    BoundaryImport.objects.create(
        name="Areas",
        valid_from=timezone.localdate(),
        source="A survey",
        licence="Open",
        file="boundaries/gone.json",
        file_name="areas.json",
        size=7,
        sha256=_OTHER,
        form_key=uuid4(),
        asked_at=timezone.now(),
        proposed_by=User.objects.first(),
        proposed_at=timezone.now(),
    )


def a_recompute_left_lying() -> None:
    RecomputeRequest.objects.create(
        subject="pair",
        subject_id=uuid4(),
        reason="something was stored",
        requested_at=_long_ago(),
        next_attempt_at=_long_ago(),
    )


def a_recompute_without_steps() -> None:
    RecomputeStep.objects.filter(request=RecomputeRequest.objects.first()).delete()


def a_value_of_no_breakdown() -> None:
    _change(Observation.objects.all(), breakdown_id=0)


def a_value_superseded_by_none() -> None:
    _change(Observation.objects.current(), superseded_at=timezone.now())


def a_value_less_than_told() -> None:
    _change(ReleaseIndicator.objects.all(), rows=F("rows") + 1)


def a_public_copy_of_what_waits() -> None:
    _change(Release.objects.filter(approved_copy__isnull=False), state="submitted")


def an_upload_gone() -> None:
    _change(Upload.objects.all(), file="uploads/gone.csv")


def a_framework_ended_unsaid() -> None:
    _change(FrameworkVersion.objects.filter(state=VersionState.AGREED), state=VersionState.ENDED)


def a_framework_without_audit() -> None:
    _forget_audit(FrameworkVersion.objects.filter(state=VersionState.AGREED).first())


def a_proposal_of_another_content() -> None:
    proposed = FrameworkHappening.objects.filter(type="propose")
    payload = {**proposed.order_by("pk").first().payload, "content_hash": _OTHER}
    _change(proposed, payload=payload)


def a_signature_for_another_content() -> None:
    _change(FrameworkSignature.objects.filter(voided_at__isnull=True), content_hash=_OTHER)


def a_return_sent_unsaid() -> None:
    _change(
        DutyReturn.objects.filter(state=ReturnState.IN_PROGRESS),
        state=ReturnState.AWAITING_SIGN_OFF,
    )


def a_round_closed_unsaid() -> None:
    _change(Round.objects.filter(state=RoundState.OPEN), state=RoundState.CLOSED)


def a_return_without_audit() -> None:
    _forget_audit(DutyReturn.objects.filter(state=ReturnState.IN_PROGRESS).first())


def a_round_without_audit() -> None:
    _forget_audit(Round.objects.filter(state=RoundState.OPEN).first())


def a_section_less() -> None:
    ReturnSection.objects.first().delete()


def another_receipt() -> None:
    _change(Submission.objects.all(), reference="HD-OTHER-1")


def a_number_left_out() -> None:
    chosen = Submission.objects.order_by("pk").first()
    signed = ReturnEvent.objects.filter(payload__reference=chosen.reference)
    _change(signed, payload={**signed.get().payload, "number": 7})
    _change(Submission.objects.filter(pk=chosen.pk), number=7)


def another_content_than_was_signed() -> None:
    chosen = Submission.objects.order_by("pk").first()
    _change(
        Submission.objects.filter(pk=chosen.pk),
        content={**chosen.content, "authority": {"slug": "another"}},
    )


def an_accepted_answer_changed() -> None:
    _change(
        Answer.objects.filter(
            duty_return__state=ReturnState.ACCEPTED,
            question__answer_type__contains="text",
            value__isnull=False,
        ),
        value="Something else",
    )


def an_answer_to_another_version() -> None:
    version = SpecificationFactory(version=90)
    like = Answer.objects.filter(duty_return__state=ReturnState.IN_PROGRESS).order_by("pk").first()
    question = version.questions.first()
    if question is None:
        question = like.question
        question.pk, question.specification = None, version
        with unguarded(type(question)):
            question.save(force_insert=True)
    Answer.objects.filter(pk=like.pk).update(question=question)


def _evidence_file(content: bytes) -> EvidenceFile:
    name = default_storage.save("evidence/kept.pdf", ContentFile(content))
    return EvidenceFile.objects.create(
        duty_return=DutyReturn.objects.filter(state=ReturnState.IN_PROGRESS).order_by("pk").first(),
        file=name,
        file_name="minutes.pdf",
        kind="pdf",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        form_key=uuid4(),
        received_at=timezone.now(),
        received_by=User.objects.first(),
    )


def evidence_of_another_return() -> None:
    kept = _evidence_file(b"%PDF-1.7")
    other = Answer.objects.exclude(duty_return=kept.duty_return)
    with unguarded(Evidence):
        Evidence.objects.create(
            answer=other.order_by("pk").first(),
            kind="file",
            file=kept,
            added_at=timezone.now(),
            added_by=User.objects.first(),
        )


def an_evidence_file_gone() -> None:
    default_storage.delete(_evidence_file(b"%PDF-1.7").file.name)


def a_document_left_lying() -> None:
    _change(ReturnDocument.objects.all(), asked_at=_long_ago())


def a_document_gone() -> None:
    _change(
        ReturnDocument.objects.all(),
        state=DocumentState.MADE,
        file="documents/gone.pdf",
        size=7,
        sha256=_OTHER,
        method_version=1,
        made_at=timezone.now(),
    )


def an_agreement_signed_for_another_content() -> None:
    _change(AgreementSignature.objects.all(), content_hash=_OTHER)


def a_document_of_an_agreement_gone() -> None:
    held = AgreementDocument.objects.order_by("pk").first()
    default_storage.delete(held.file.name)


def a_placement_off_its_cell() -> None:
    _change(Placement.objects.filter(gap__isnull=False), gap=F("gap") + 1)


def a_published_placement_off_its_cell() -> None:
    _change(PublishedPlacement.objects.filter(gap__isnull=False), gap=F("gap") + 1)


def a_revision_with_a_line_less() -> None:
    with unguarded(PublishedReturn):
        PublishedReturn.objects.first().delete()


def a_line_of_another_authority() -> None:
    told = PublishedReturn.objects.filter(submission__isnull=False).order_by("pk")
    other = Submission.objects.exclude(duty_return__authority=told.first().authority).first()
    _change(told, submission=other)


def a_revision_without_picture() -> None:
    NationalPicture.objects.filter(publication__isnull=False).first().delete()


def a_published_round_without_revision() -> None:
    chosen = Publication.objects.standing().first()
    with unguarded(Publication):
        Publication.objects.filter(round=chosen.round).update(
            withdrawn_at=timezone.now(), withdrawn_by=chosen.approved_by, withdrawn_reason="A slip"
        )


def a_national_view_moved_unsaid() -> None:
    _change(Assessment.objects.filter(state="final"), state="replied")


def a_national_view_without_audit() -> None:
    _forget_audit(Assessment.objects.filter(state="final").first())


def a_placement_on_another_basis() -> None:
    _change(Placement.objects.filter(basis=Basis.MODERATED), basis=Basis.OWN_VIEWS)


def a_view_confirmed_without_audit() -> None:
    _forget_audit(OwnView.objects.filter(state="confirmed").first(), action="own_view.confirmed")


def a_commitment_of_a_pair_that_ended() -> None:
    ended = Pair.objects.exclude(overlaps__valid__contains=timezone.localdate()).first()
    _change(Commitment.objects.filter(state="agreed", unassigned=False), pair=ended)


def a_choice_left_over() -> None:
    PossiblePair.objects.create(
        commitment=Commitment.objects.filter(unassigned=False).first(), pair=Pair.objects.first()
    )


def a_closure_taken_back_unsaid() -> None:
    _change(
        CommitmentClosure.objects.filter(commitment__state__in=["closing", "closed"]),
        state="taken_back",
        answered_at=timezone.now(),
    )


def money_of_another_side() -> None:
    past = CommitmentMoney.objects.order_by("pk").first()
    other = CommitmentMoney.objects.exclude(commitment=past.commitment).order_by("pk").first()
    _change(
        CommitmentMoney.objects.filter(pk=past.pk),
        superseded_at=timezone.now(),
        superseded_by=past.stated_by,
        replaced_by=other,
    )


def a_second_step_of_who_left() -> None:
    person = User.objects.create_user(
        email="leaves@dhsc.example", full_name="Leaves", joined_at=_long_ago()
    )
    anonymisation.anonymise(person=person, by=None, at=timezone.now())
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})


FAULTS: dict[str, Callable[[], None]] = {
    "authorities.triggers_stand": a_trigger_off,
    "authorities.constraints_stand": a_constraint_less,
    "authorities.counters_are_ahead": a_counter_behind,
    "authorities.histories_end_in_their_rows": an_untraced_role,
    "authorities.shares_are_sums_of_parts": more_people_than_parts,
    "authorities.open_bodies_have_names": a_nameless_body,
    "authorities.roles_end_with_their_body": a_role_at_a_closed_board,
    "authorities.notices_are_addressed": a_notice_left_lying,
    "authorities.messages_are_settled": a_message_left_lying,
    "authorities.accepted_invitations_gave_roles": an_invitation_without_its_role,
    "authorities.roles_are_confirmed_or_ended": a_role_that_nobody_confirmed,
    "authorities.leavers_are_gone": a_second_step_of_who_left,
    "authorities.kept_answers_are_forgotten": an_answer_kept_too_long,
    "authorities.changes_of_bodies_are_audited": a_change_without_audit,
    "authorities.register_files_are_kept": a_boundary_file_gone,
    "authorities.audit_is_as_sealed": a_changed_audit_row,
    "authorities.audit_is_sealed": an_unsealed_audit,
    "outcomes.histories_end_in_their_rows": an_untraced_release,
    "outcomes.ledger_is_worked_off": a_recompute_left_lying,
    "outcomes.finished_recomputes_ran_their_steps": a_recompute_without_steps,
    "outcomes.values_name_what_is_there": a_value_of_no_breakdown,
    "outcomes.superseded_values_have_a_successor": a_value_superseded_by_none,
    "outcomes.releases_have_all_their_values": a_value_less_than_told,
    "outcomes.public_copies_were_approved": a_public_copy_of_what_waits,
    "outcomes.uploads_are_kept": an_upload_gone,
    "outcomes.frameworks_are_where_their_log_leads": a_framework_ended_unsaid,
    "outcomes.steps_of_frameworks_are_audited": a_framework_without_audit,
    "outcomes.proposals_give_their_digest": a_proposal_of_another_content,
    "outcomes.signatures_are_for_this_content": a_signature_for_another_content,
    "duty.histories_end_in_their_rows": an_untraced_return,
    "duty.returns_are_where_their_log_leads": a_return_sent_unsaid,
    "duty.rounds_are_where_their_log_leads": a_round_closed_unsaid,
    "duty.steps_of_returns_are_audited": a_return_without_audit,
    "duty.steps_of_rounds_are_audited": a_round_without_audit,
    "duty.returns_have_every_section": a_section_less,
    "duty.receipts_have_their_submission": another_receipt,
    "duty.submissions_are_numbered_without_gaps": a_number_left_out,
    "duty.submissions_give_their_digest": another_content_than_was_signed,
    "duty.locked_answers_are_those_submitted": an_accepted_answer_changed,
    "duty.answers_are_to_what_is_asked": an_answer_to_another_version,
    "duty.evidence_is_of_the_same_return": evidence_of_another_return,
    "duty.evidence_files_are_kept": an_evidence_file_gone,
    "duty.documents_are_made": a_document_left_lying,
    "duty.documents_are_kept": a_document_gone,
    "duty.agreement_documents_are_kept": a_document_of_an_agreement_gone,
    "duty.agreements_give_their_digest": an_agreement_signed_for_another_content,
    "engagement.histories_end_in_their_rows": a_view_gone_without_trace,
    "engagement.placements_are_in_their_cell": a_placement_off_its_cell,
    "engagement.published_placements_are_in_their_cell": a_published_placement_off_its_cell,
    "engagement.revisions_are_whole": a_revision_with_a_line_less,
    "engagement.published_returns_are_of_their_round": a_line_of_another_authority,
    "engagement.revisions_have_their_picture": a_revision_without_picture,
    "engagement.published_rounds_have_a_revision": a_published_round_without_revision,
    "engagement.assessments_are_where_their_log_leads": a_national_view_moved_unsaid,
    "engagement.steps_of_assessments_are_audited": a_national_view_without_audit,
    "engagement.moderated_placements_were_decided": a_placement_on_another_basis,
    "engagement.confirmed_views_are_audited": a_view_confirmed_without_audit,
    "engagement.commitments_have_a_home": a_commitment_of_a_pair_that_ended,
    "engagement.only_unassigned_commitments_may_choose": a_choice_left_over,
    "engagement.closed_commitments_have_their_closure": a_closure_taken_back_unsaid,
    "engagement.corrected_money_is_of_the_same_side": money_of_another_side,
}
