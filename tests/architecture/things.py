"""What stands in the addresses of the demonstration."""

import uuid
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from authorities.actions.boundary_plan import CodedArea
from authorities.actions.boundary_previews import BoundaryPreview
from authorities.frozen_json import to_plain
from authorities.invitation_links import token_of
from authorities.models import (
    BoundaryImport,
    BoundaryImportState,
    Invitation,
    Membership,
    Message,
    Notice,
    Pair,
    Reorganisation,
    ReorganisationState,
    StrategicAuthority,
    User,
)
from authorities.queries.reorganisations import memberships_at
from duty.actions import specification_drafts
from duty.models import (
    AgreementDocument,
    DocumentState,
    DutyReturn,
    EvidenceFile,
    PartnershipAgreement,
    Question,
    ReturnDocument,
    RoundState,
    Section,
    Specification,
    Submission,
)
from duty.standing_records import RecordKind
from engagement.actions import interests
from engagement.models import (
    Assessment,
    Commitment,
    FindingEvidence,
    FindingReply,
    PossiblePair,
)
from outcomes.actions import progress
from outcomes.models import (
    Breakdown,
    ComparabilityBreak,
    FrameworkVersion,
    Observation,
    PeriodLock,
    RecomputeRequest,
    Release,
    ReleaseKind,
    ReleaseState,
    Subject,
    Upload,
    UploadState,
    VersionState,
)
from tests.architecture.addresses import ADDRESSES, Visitor
from tests.architecture.commitment_things import commitment_things
from tests.architecture.desk_things import correction_of
from tests.architecture.framework_things import framework_in_force, framework_things
from tests.architecture.lever_things import lever_things
from tests.architecture.reading_things import reading_things
from tests.architecture.support_things import support_things
from tests.factories.authorities import ApiTokenFactory, PairFactory
from tests.factories.duty import RoundFactory
from tests.factories.engagement_commitments import AgreedCommitmentFactory
from tests.factories.feeds import FeedDifferenceFactory, RegisterFeedFactory
from tests.factories.mission import MissionDraftFactory, MissionNoteFactory
from tests.factories.progress import OwnerNoteFactory
from tests.factories.standing_records import on_record
from tests.factories.stored_changes import board, merger, stored_change
from tests.world import World


def read_to_its_end(response: Any) -> Any:
    """Read a file that is given piece by piece, so that it is closed as by a browser."""
    if response.streaming:
        list(response)
    return response


def things_in(world: World) -> dict[str, str]:
    """Make what the demonstration lacks; return what stands in addresses, by the rules' names."""
    authority = StrategicAuthority.objects.get(slug=world.authority)
    pair = Pair.objects.get(authority=authority, board__slug=world.board)
    now = timezone.now()
    invitation = Invitation.objects.get(email="new.editor@south-yorkshire.example")
    upload = Upload.objects.create(
        body=authority,
        uploaded_by=User.objects.get(email=Visitor.OWN_EDITOR),
        uploaded_at=now,
        file=default_storage.save("uploads/some.csv", ContentFile(b"Area Code\nE1\n")),
        file_name="some.csv",
        size=1,
        sha256="0" * 64,
        form_key=uuid.uuid4(),
        state=UploadState.BLOCKING_ERRORS,
        problem_count=1,
    )
    upload.problems.create(order=1, row=2, line=2, column="A", code="unknown", message="Wrong")
    job = RecomputeRequest.objects.create(
        subject=Subject.AUTHORITY,
        subject_id=authority.pk,
        reason="test",
        requested_at=now,
        next_attempt_at=now,
        attempts=8,
        error="It stopped.",
    )
    feed = RegisterFeedFactory()
    difference = FeedDifferenceFactory(feed=feed)
    proposed = BoundaryImport.objects.create(
        name="Some boundaries",
        valid_from=now.date(),
        source="tests",
        licence="tests",
        file="boundaries/gone.json",
        file_name="some.json",
        size=1,
        sha256="0" * 64,
        form_key=uuid.uuid4(),
        preview=to_plain(
            value=BoundaryPreview(
                kind="CTYUA",
                year=2026,
                converted=True,
                matched=(CodedArea("E06000001", "Hartlepool"),),
                unmatched=(CodedArea("E06000099", "New Town"),),
                doubled=(),
                left_out=(CodedArea("W06000001", "Isle of Anglesey"),),
                missing=(CodedArea("E06000002", "Middlesbrough"),),
                problems=(),
                map=None,
            )
        ),
        checked_at=now,
        state=BoundaryImportState.PENDING,
        proposed_by=User.objects.get(email=Visitor.LEAD_ANALYST),
        proposed_at=now,
    )
    asked = Question.objects.filter(specification__version=1).order_by("section", "order")
    one = asked.filter(section=Section.CO_OPERATION, answer_type="text").first()
    per_board = asked.filter(answer_type__startswith="per_pair").first()
    commitment = Commitment.objects.filter(pair=pair, state="proposed").get()
    moved = _moved_commitment(pair=pair)
    unassigned = _moved_commitment(pair=moved.origin_pair, unassigned=True)
    PossiblePair.objects.create(commitment=unassigned, pair=pair)
    observation = Observation.objects.published().filter(area=authority).first()
    assert one is not None
    assert per_board is not None
    return {
        "authority": world.authority,
        "board": world.board,
        "people_kind": "authorities",
        "people_role": str(
            Membership.objects.get(user__email=Visitor.OWN_EDITOR, body=authority).pk
        ),
        "person": str(User.objects.get(email=Visitor.OTHER_EDITOR).pk),
        "person_step": "end-sessions",
        "token": str(ApiTokenFactory(owner=User.objects.get(email=Visitor.OWN_EDITOR)).pk),
        "invitation": str(invitation.pk),
        "invitation_token": token_of(invitation=invitation),
        "council": "sheffield",
        "cluster": "cornwall-devon",
        "nhs_region": "north-east-and-yorkshire",
        "round": world.round,
        "published_round": world.published_round,
        "section": one.section,
        "question": one.code,
        "board_section": per_board.section,
        "board_question": per_board.code,
        "commitment": str(commitment.pk),
        "moved_commitment": str(moved.pk),
        "unassigned_commitment": str(unassigned.pk),
        **commitment_things(pair=pair, by=User.objects.get(email=Visitor.OWN_EDITOR)),
        **_returns(world),
        **_documents(world),
        "evidence_file": _evidence_file(world),
        "upload": str(upload.pk),
        **_values(world),
        "job": str(job.pk),
        "feed": str(feed.pk),
        "feed_row": str(difference.position),
        "boundary_import": str(proposed.pk),
        "pair": str(pair.pk),
        "indicator": world.indicator,
        "indicator_set": "health-outcomes",
        "indicator_domain": "health-outcomes",
        "indicator_break": str(ComparabilityBreak.objects.get(indicator__code=world.indicator).pk),
        "area_code": "E08000039",
        **_progress(pair),
        **_record(authority),
        "observation": str((observation or Observation.objects.earliest("pk")).pk),
        **_changes(world),
        **_rounds(),
        "draft_version": str(_draft().version),
        **_mission(),
        **reading_things(),
        "revision": "1",
        **_messages(),
        **_national_views(world),
        **_framework(authority),
        "uidb36": "abc",
        "reset_key": "set-password",
        # Nobody in the demonstration has a security key.
        "no_key": "1",
        # Nor is the sign-in of an organisation configured in tests of every address.
        "organisation": "north",
        **framework_things(pair=pair),
        **support_things(pair=pair),
        **lever_things(),
    }


def _progress(pair: Pair) -> dict[str, str]:
    """Compute the progress of the pair's framework, and say something beside a status."""
    version = framework_in_force(pair=pair)
    first = version.indicators.order_by("order")[0]
    now = timezone.now()
    progress.refresh(authority=pair.authority, at=now)
    progress.refresh_nation(at=now)
    note = OwnerNoteFactory(framework_indicator=first, body=pair.authority)
    return {
        "framework_indicator": str(first.lineage),
        "owner_note": str(note.pk),
        "progress_method": "1",
        "progress_status": str(first.statuses.get().pk),
    }


def _national_views(world: World) -> dict[str, str]:
    """Find a pair whose national view is at each state, and declare an interest."""
    body = StrategicAuthority.objects.get(slug=world.other_authority)
    moderator = User.objects.get(email=Visitor.MODERATOR)
    declared = interests.declare(body=body, what="A friend.", by=moderator, at=timezone.now())
    found: dict[str, str] = {"interest": str(declared.pk), "side": "sa"}
    answered = FindingReply.objects.filter(
        assessment__round__slug=world.published_round,
        assessment__pair__authority__slug=world.authority,
        assessment__pair__board__slug=world.board,
        choice="disagree",
    )
    found["challenged_side"] = answered.order_by("side")[0].side
    for name, round_, state in (
        ("drafted", world.round, "national_draft"),
        ("sent", world.round, "in_moderation"),
        ("moderated", world.round, "moderated"),
        ("final", world.published_round, "final"),
        ("unassessed", world.published_round, "not_assessed"),
    ):
        row = (
            Assessment.objects.filter(round__slug=round_, state=state)
            .select_related("pair__authority", "pair__board")
            .order_by("pair__authority__slug", "pair__board__slug")[0]
        )
        if name == "final":
            found["correction"] = str(correction_of(held=row).pk)
        found[f"{name}_authority"] = row.pair.authority.slug
        found[f"{name}_board"] = row.pair.board.slug
        if name == "drafted":
            evidence = FindingEvidence.objects.filter(finding__assessment=row)
            found["finding_evidence"] = str(evidence.order_by("pk")[0].pk)
    return found


def _record(authority: StrategicAuthority) -> dict[str, str]:
    """Put a post of the health team on record, and find the agreement that waits for its ICB."""
    by = User.objects.get(email=Visitor.OWN_EDITOR)
    row = on_record(authority, RecordKind.POST, by=by)
    return {
        "record_kind": RecordKind.POST.value,
        "record": str(row.pk),
        "agreement": waiting_agreement(authority=authority.slug),
        "agreement_document": _agreement_document(authority),
    }


def _agreement_document(authority: StrategicAuthority) -> str:
    """Find the document of that agreement, and put its file where the tests keep files."""
    kept = AgreementDocument.objects.get(agreement__authority=authority)
    if not default_storage.exists(kept.file.name):
        default_storage.save(kept.file.name, ContentFile(b"%PDF-"))
    return str(kept.pk)


def waiting_agreement(*, authority: str) -> str:
    """The key of the authority's agreement that waits for its ICB."""
    row = PartnershipAgreement.objects.get(
        authority__slug=authority, title__startswith="Memorandum of understanding"
    )
    return str(row.pk)


def _framework(authority: StrategicAuthority) -> dict[str, str]:
    """Find the framework whose change is partly signed, and what stands in that version."""
    version = FrameworkVersion.objects.get(
        framework__authority=authority, state=VersionState.PARTLY_SIGNED
    )
    link = version.links.select_related("cause", "effect").earliest("pk")
    return {
        "framework": str(version.framework_id),
        "framework_agreed": "1",
        "framework_open": str(version.number),
        "framework_item": str(link.cause.lineage),
        "framework_effect": str(link.effect.lineage),
        "framework_indicator": str(version.indicators.earliest("pk").lineage),
        "framework_count": str(version.measures.earliest("pk").lineage),
        "framework_text": "summary",
        "framework_kind": "outcome",
    }


def _rounds() -> dict[str, str]:
    """Make a draft and a scheduled round; the checks find much that nobody has decided about."""
    drafted = RoundFactory(
        slug="a-draft",
        state=RoundState.DRAFT,
        specification=Specification.objects.exclude(published_at=None).latest("version"),
    )
    scheduled = RoundFactory(
        slug="a-scheduled-one",
        state=RoundState.SCHEDULED,
        opens_on=timezone.localdate() + timedelta(days=1),
        specification=drafted.specification,
    )
    for made in (drafted, scheduled):
        made.expected_returns.create(authority=StrategicAuthority.objects.get(slug="cumbria"))
    later = {
        f"{name}_round": RoundFactory(
            slug=f"a-{name}-one", state=state, specification=drafted.specification
        ).slug
        for name, state in (
            ("closed", RoundState.CLOSED),
            ("reply", RoundState.IN_REPLY),
            ("finalising", RoundState.FINALISING),
        )
    }
    return {"draft_round": drafted.slug, "scheduled_round": scheduled.slug, **later}


def _draft() -> Specification:
    """Copy version 1 into a draft."""
    by = User.objects.get(email=Visitor.ANALYST)
    origin = Specification.objects.get(version=1)
    return specification_drafts.copy(
        origin=origin, title="Next", source="", form_key=uuid.uuid4(), by=by, at=timezone.now()
    )


def _mission() -> dict[str, str]:
    """Draft a definition of the mission beside the one in use, of which something is said."""
    draft = MissionDraftFactory(made_by=User.objects.get(email=Visitor.ANALYST))
    return {"mission_draft": str(draft.number), "mission_note": str(MissionNoteFactory().pk)}


def _values(world: World) -> dict[str, str]:
    """Make a release that waits for a second person, with a value, and lock a period."""
    authority = StrategicAuthority.objects.get(slug=world.authority)
    public = Observation.objects.published().current().earliest("pk")
    sent = Release.objects.create(
        kind=ReleaseKind.BODY,
        state=ReleaseState.SUBMITTED,
        body=authority,
        title="of-the-tests.csv",
        created_at=timezone.now(),
        created_by=User.objects.get(email=Visitor.OWN_EDITOR),
    )
    Observation.objects.create(
        indicator=public.indicator,
        area=authority,
        period=public.period,
        breakdown=Breakdown.objects.create(sex="Persons", age="Of the tests"),
        area_code=public.area_code,
        release=sent,
        owner=authority,
        value=1.0,
    )
    locked = PeriodLock.objects.create(
        start_date=date(2001, 1, 1),
        end_date=date(2002, 1, 1),
        reason="The tests look at it.",
        locked_at=timezone.now(),
        locked_by=User.objects.get(email=Visitor.LEAD_ANALYST),
    )
    return {"sent_release": str(sent.pk), "period_lock": str(locked.pk)}


def _messages() -> dict[str, str]:
    """Make a message that failed, of a notice that has a body."""
    at = timezone.now()
    notice = Notice.objects.create(
        kind="return.submitted",
        key="of the tests",
        about=uuid.uuid4(),
        body=StrategicAuthority.objects.earliest("slug"),
        due_at=at,
        next_attempt_at=at,
        addressed_at=at,
    )
    message = Message.objects.create(
        notice=notice,
        recipient=User.objects.get(email=Visitor.OWN_EDITOR),
        subject="A return was submitted",
        text="Words",
        due_at=at,
        next_attempt_at=at,
        failed_at=at,
        error="It stopped.",
    )
    return {"message": str(message.pk), "notice": str(notice.pk)}


def _returns(world: World) -> dict[str, str]:
    """Find a return that came again with a change, and one that was accepted."""
    made = DutyReturn.objects.filter(round__slug=world.round)
    published = Submission.objects.filter(
        duty_return__round__slug=world.published_round, duty_return__authority__slug=world.authority
    )
    return {
        "started_return": str(made.get(authority__slug=world.authority).pk),
        "submission": str(published.get().pk),
        "submitted_return": str(made.get(state="submitted_with_changes").pk),
        "accepted_return": str(made.get(state="accepted").pk),
    }


def _documents(world: World) -> dict[str, str]:
    """Say of one document that it is made, and of another that it was given up."""
    found = ReturnDocument.objects.select_related("submission").order_by("pk")
    made = found.get(
        submission__duty_return__round__slug=world.published_round,
        submission__duty_return__authority__slug=world.authority,
    )
    made.file.name = default_storage.save("documents/some.pdf", ContentFile(b"%PDF-1.7"))
    made.state, made.size, made.sha256 = DocumentState.MADE, 8, "0" * 64
    made.method_version, made.made_at = 1, timezone.now()
    made.save()
    failed = found.filter(submission__duty_return__round__slug=world.round)[0]
    failed.state, failed.error = DocumentState.FAILED, "It stopped."
    failed.save()
    return {"document": str(failed.pk), "document_number": str(made.submission.number)}


def _evidence_file(world: World) -> str:
    """Make a file that the authority submitted in the published round."""
    submission = Submission.objects.filter(
        duty_return__round__slug=world.published_round,
        duty_return__authority__slug=world.authority,
    ).latest("number")
    file = EvidenceFile(
        duty_return=submission.duty_return,
        file_name="plan.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        form_key=uuid.uuid4(),
        received_at=submission.submitted_at,
        received_by=submission.submitted_by,
    )
    file.file.name = "evidence/of-a-test.pdf"
    if not default_storage.exists(file.file.name):
        default_storage.save(file.file.name, ContentFile(b"%PDF-"))
    file.save()
    answers = submission.content["sections"][0]["questions"][0]["answers"]
    answers[0]["evidence"].append(
        {
            "kind": "file",
            "title": "",
            "url": "",
            "pages": "",
            "file": str(file.pk),
            "name": "plan.pdf",
            "type": "pdf",
            "size": 1,
            "sha256": "0" * 64,
        }
    )
    with pgtrigger.ignore("duty.Submission:append_only"):
        submission.save(update_fields=["content"])
    return str(file.pk)


def _changes(world: World) -> dict[str, str]:
    """Make a change that waits for approval, one that is approved, and a what-if."""
    by = User.objects.get(email=Visitor.ANALYST)
    merged = merger(world.board, "west-yorkshire", into="yorkshire", name="Yorkshire")
    people = tuple(memberships_at([board(world.board)]))
    ready = stored_change(by=by, operations=merged, memberships=people)
    what_if: Reorganisation = stored_change(
        by=by, operations=merged, what_if=True, title="What if two boards merged"
    )
    approved = stored_change(
        by=by,
        state=ReorganisationState.APPROVED,
        approved_by=User.objects.get(email=Visitor.LEAD_ANALYST),
        title="A change that is approved",
    )
    return {
        "change": str(ready.pk),
        "approved_change": str(approved.pk),
        "what_if": str(what_if.pk),
        "position": "1",
        "operation_kind": "merge",
        "body_kind": "integrated_care_board",
    }


def _moved_commitment(*, pair: Pair, unassigned: bool = False) -> Commitment:
    """A commitment that came from a pair whose bodies have ended; without a pair, stays there."""
    made: Commitment = AgreedCommitmentFactory(
        pair=pair,
        origin_pair=pair if unassigned else PairFactory(),
        moved_on=timezone.localdate(),
        unassigned=unassigned,
        needs_reconfirmation=True,
    )
    return made


def address_of(name: str, *, things: dict[str, str]) -> str:
    """Return the address of a rule."""
    rule = ADDRESSES[name]
    return reverse(name, kwargs={key: things[value] for key, value in rule.named.items()})
