"""What every model promises of its rows: who may change them, and that the database holds it."""

import re
from enum import StrEnum

import pgtrigger.registry
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError

from authorities.models.histories import NAMES_IN_HISTORIES
from tests.architecture.project import APPS, sources, text_of
from tests.world import World


class Kind(StrEnum):
    """How rows of a model live."""

    # Changed by actions; what was before stands in the history.
    MUTABLE = "mutable"
    # Written once.
    APPEND_ONLY = "append-only"
    # A change is a new row; only the mark of its end is set.
    VERSIONED = "versioned"
    # May be deleted and computed again.
    COMPUTED = "computed"
    # Loaded from files that the project keeps; dated instead of changed.
    REGISTER = "register"
    # Kept for whoever wrote it until it is done with, then deleted; no record of anything.
    PASSING = "passing"


KINDS: dict[str, Kind] = {
    "authorities.AccessEvent": Kind.APPEND_ONLY,
    "authorities.ApiToken": Kind.MUTABLE,
    "authorities.CallCount": Kind.PASSING,
    "authorities.AuditEvent": Kind.APPEND_ONLY,
    "authorities.AuditSeal": Kind.APPEND_ONLY,
    "authorities.Body": Kind.MUTABLE,
    "authorities.StrategicAuthority": Kind.MUTABLE,
    "authorities.IntegratedCareBoard": Kind.MUTABLE,
    "authorities.Council": Kind.MUTABLE,
    "authorities.User": Kind.MUTABLE,
    "authorities.Membership": Kind.MUTABLE,
    "authorities.Invitation": Kind.MUTABLE,
    "authorities.JobRecord": Kind.COMPUTED,
    "authorities.KeyedRequest": Kind.PASSING,
    "authorities.Maintenance": Kind.VERSIONED,
    "authorities.Message": Kind.MUTABLE,
    "authorities.Notice": Kind.MUTABLE,
    "authorities.BoundaryImport": Kind.MUTABLE,
    "authorities.Pair": Kind.MUTABLE,
    "authorities.AreaPart": Kind.REGISTER,
    "authorities.BodyCode": Kind.REGISTER,
    "authorities.BodyGrouping": Kind.REGISTER,
    "authorities.BodyName": Kind.REGISTER,
    "authorities.Boundary": Kind.REGISTER,
    "authorities.BoundarySet": Kind.REGISTER,
    "authorities.CouncilMembership": Kind.REGISTER,
    "authorities.Designation": Kind.REGISTER,
    "authorities.FeedDifference": Kind.MUTABLE,
    "authorities.FeedFinding": Kind.COMPUTED,
    "authorities.PartBoard": Kind.REGISTER,
    "authorities.PartCouncil": Kind.REGISTER,
    "authorities.RegisterFeed": Kind.MUTABLE,
    "authorities.Reorganisation": Kind.MUTABLE,
    "authorities.ReorganisationBody": Kind.MUTABLE,
    "authorities.ReorganisationOperation": Kind.MUTABLE,
    "authorities.RightsMove": Kind.MUTABLE,
    "authorities.SliverThreshold": Kind.MUTABLE,
    "authorities.Succession": Kind.REGISTER,
    "authorities.GovernanceSeat": Kind.REGISTER,
    "authorities.HeldFunction": Kind.REGISTER,
    "authorities.RecordedAgreement": Kind.REGISTER,
    "authorities.Drawing": Kind.COMPUTED,
    "authorities.PairOverlap": Kind.COMPUTED,
    "outcomes.Indicator": Kind.MUTABLE,
    "outcomes.Domain": Kind.MUTABLE,
    "outcomes.ComparabilityBreak": Kind.MUTABLE,
    "outcomes.IndicatorSet": Kind.MUTABLE,
    "outcomes.IndicatorSetMember": Kind.MUTABLE,
    "outcomes.IndicatorVersion": Kind.VERSIONED,
    "outcomes.IndicatorSetVersion": Kind.APPEND_ONLY,
    "outcomes.Upload": Kind.MUTABLE,
    "outcomes.Breakdown": Kind.REGISTER,
    "outcomes.PeriodRow": Kind.REGISTER,
    "outcomes.PeriodLock": Kind.MUTABLE,
    "outcomes.ReleaseIndicator": Kind.APPEND_ONLY,
    "outcomes.UploadConfirmation": Kind.APPEND_ONLY,
    "outcomes.Release": Kind.MUTABLE,
    "outcomes.Observation": Kind.VERSIONED,
    "outcomes.Framework": Kind.MUTABLE,
    "outcomes.FrameworkPartner": Kind.MUTABLE,
    "outcomes.PossibleOwner": Kind.MUTABLE,
    "outcomes.BaselineConfirmation": Kind.APPEND_ONLY,
    "outcomes.FrameworkVersion": Kind.MUTABLE,
    "outcomes.FrameworkSignature": Kind.MUTABLE,
    "outcomes.FrameworkHappening": Kind.APPEND_ONLY,
    "outcomes.FrameworkIndicator": Kind.MUTABLE,
    "outcomes.TheoryItem": Kind.MUTABLE,
    "outcomes.TheoryLink": Kind.MUTABLE,
    "outcomes.Milestone": Kind.MUTABLE,
    "outcomes.CountMeasure": Kind.MUTABLE,
    "outcomes.CountTarget": Kind.MUTABLE,
    "outcomes.CountValue": Kind.VERSIONED,
    "outcomes.ProgressMethod": Kind.MUTABLE,
    "outcomes.ProgressStatus": Kind.COMPUTED,
    "outcomes.ProgressPicture": Kind.COMPUTED,
    "outcomes.OwnerNote": Kind.VERSIONED,
    "outcomes.ExpertReview": Kind.MUTABLE,
    "outcomes.ReviewedIndicator": Kind.MUTABLE,
    "outcomes.AuthorityIndicator": Kind.COMPUTED,
    "outcomes.RecomputeRequest": Kind.COMPUTED,
    "outcomes.RecomputeStep": Kind.COMPUTED,
    "outcomes.UploadProblem": Kind.COMPUTED,
    "outcomes.MissionDefinition": Kind.MUTABLE,
    "outcomes.MissionRelease": Kind.APPEND_ONLY,
    "outcomes.MissionFigure": Kind.VERSIONED,
    "outcomes.MissionReading": Kind.COMPUTED,
    "outcomes.MissionNote": Kind.VERSIONED,
    "duty.Answer": Kind.MUTABLE,
    "duty.AgreementDocument": Kind.VERSIONED,
    "duty.AgreementParty": Kind.MUTABLE,
    "duty.AgreementRole": Kind.MUTABLE,
    "duty.AgreementSignature": Kind.VERSIONED,
    "duty.DutyFunding": Kind.MUTABLE,
    "duty.DutyReturn": Kind.MUTABLE,
    "duty.Evidence": Kind.MUTABLE,
    "duty.EvidenceFile": Kind.MUTABLE,
    "duty.ExpectedReturn": Kind.MUTABLE,
    "duty.ImpactAssessment": Kind.MUTABLE,
    "duty.PartnershipAgreement": Kind.MUTABLE,
    "duty.ReturnSection": Kind.MUTABLE,
    "duty.Round": Kind.MUTABLE,
    "duty.Strategy": Kind.MUTABLE,
    "duty.TeamPost": Kind.MUTABLE,
    "duty.Declaration": Kind.APPEND_ONLY,
    "duty.ReturnEvent": Kind.APPEND_ONLY,
    "duty.RoundHappening": Kind.APPEND_ONLY,
    "duty.Submission": Kind.APPEND_ONLY,
    "duty.ReturnDocument": Kind.COMPUTED,
    "duty.WarningDecision": Kind.APPEND_ONLY,
    "duty.UnsentText": Kind.PASSING,
    "duty.Question": Kind.VERSIONED,
    "duty.Specification": Kind.VERSIONED,
    "duty.LinkCheck": Kind.COMPUTED,
    "engagement.Assessment": Kind.MUTABLE,
    "engagement.AssessmentHappening": Kind.APPEND_ONLY,
    "engagement.Finding": Kind.MUTABLE,
    "engagement.FindingEvidence": Kind.MUTABLE,
    "engagement.FindingPick": Kind.MUTABLE,
    "engagement.FindingReply": Kind.MUTABLE,
    "engagement.FindingCorrection": Kind.MUTABLE,
    "engagement.Interest": Kind.VERSIONED,
    "engagement.Resolution": Kind.VERSIONED,
    "engagement.Ambassador": Kind.MUTABLE,
    "engagement.AmbassadorPair": Kind.APPEND_ONLY,
    "engagement.Enrolment": Kind.MUTABLE,
    "engagement.PeerLink": Kind.MUTABLE,
    "engagement.PeerMeeting": Kind.APPEND_ONLY,
    "engagement.PracticeExample": Kind.MUTABLE,
    "engagement.PracticeVersion": Kind.MUTABLE,
    "engagement.PrivateSupportNote": Kind.APPEND_ONLY,
    "engagement.SessionAttendance": Kind.MUTABLE,
    "engagement.SharedSupportNote": Kind.APPEND_ONLY,
    "engagement.SupportOffer": Kind.MUTABLE,
    "engagement.SupportSession": Kind.MUTABLE,
    "engagement.Commitment": Kind.MUTABLE,
    "engagement.OwnView": Kind.MUTABLE,
    "engagement.PartnerPick": Kind.MUTABLE,
    "engagement.PartnerView": Kind.MUTABLE,
    "engagement.Lever": Kind.MUTABLE,
    "engagement.LeverCommitment": Kind.APPEND_ONLY,
    "engagement.SharedLever": Kind.VERSIONED,
    "engagement.ThreeStepAnswer": Kind.MUTABLE,
    "engagement.ThreeStepColumn": Kind.MUTABLE,
    "engagement.Pick": Kind.MUTABLE,
    "engagement.PossiblePair": Kind.MUTABLE,
    "engagement.CommitmentOwner": Kind.MUTABLE,
    "engagement.PossibleSupportPair": Kind.MUTABLE,
    "engagement.ReadingDraft": Kind.MUTABLE,
    "engagement.RoundRubric": Kind.REGISTER,
    "engagement.CommitmentChange": Kind.VERSIONED,
    "engagement.CommitmentClosure": Kind.VERSIONED,
    "engagement.CommitmentUpdateDraft": Kind.PASSING,
    "engagement.CommitmentDescription": Kind.APPEND_ONLY,
    "engagement.CommitmentMoney": Kind.VERSIONED,
    "engagement.CommitmentUpdate": Kind.APPEND_ONLY,
    "engagement.CommitmentUpdateReturn": Kind.APPEND_ONLY,
    "engagement.LatestWords": Kind.COMPUTED,
    "engagement.DraftAuthor": Kind.APPEND_ONLY,
    "engagement.GroupCell": Kind.APPEND_ONLY,
    "engagement.GroupMap": Kind.APPEND_ONLY,
    "engagement.Publication": Kind.VERSIONED,
    "engagement.PublishedReturn": Kind.APPEND_ONLY,
    "engagement.PublishedPlacement": Kind.APPEND_ONLY,
    "engagement.Rubric": Kind.APPEND_ONLY,
    "engagement.SupportGroup": Kind.APPEND_ONLY,
    "engagement.Theme": Kind.APPEND_ONLY,
    "engagement.NationalPicture": Kind.COMPUTED,
    "engagement.Placement": Kind.COMPUTED,
}


def our_models() -> list[type[models.Model]]:
    """Return our models without the history, which follows its own rule below."""
    found = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [model for model in found if not _is_history(model)]


def histories() -> list[type[models.Model]]:
    found = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return [model for model in found if _is_history(model)]


def _is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def of_kind(kind: Kind) -> list[type[models.Model]]:
    return [model for model in our_models() if KINDS.get(model._meta.label) is kind]


def test_every_model_is_of_a_kind() -> None:
    assert {model._meta.label for model in our_models()} == set(KINDS)


@pytest.mark.parametrize("model", of_kind(Kind.MUTABLE), ids=lambda model: model._meta.label)
def test_what_changes_has_a_history(model: type[models.Model]) -> None:
    tracked = {history.pgh_tracked_model for history in histories()}
    parents = set(model._meta.get_parent_list())

    assert tracked & {model, *parents}


@pytest.mark.parametrize("model", of_kind(Kind.COMPUTED), ids=lambda model: model._meta.label)
def test_what_is_computed_depends_on_records_and_none_on_it(model: type[models.Model]) -> None:
    pointing = [
        field.related_model
        for field in model._meta.get_fields()
        if field.auto_created and not field.concrete
    ]

    assert [other for other in pointing if other not in of_kind(Kind.COMPUTED)] == []


@pytest.mark.parametrize(
    "model", [*of_kind(Kind.APPEND_ONLY), *histories()], ids=lambda model: model._meta.label
)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]
)
def test_what_is_written_once_refuses_raw_sql(
    model: type[models.Model], statement: str, world: World
) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    column = connection.ops.quote_name(model._meta.concrete_fields[-1].column)
    if not model._default_manager.exists():
        pytest.skip("The demonstration has no row of it; its own test breaks it.")
    # Three histories take one change, which tests/authorities/actions/test_anonymisation.py tries.
    takes_one = model._meta.db_table in NAMES_IN_HISTORIES

    with (
        pytest.raises(DatabaseError, match="but for the name" if takes_one else "append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table, column=column))


@pytest.mark.parametrize("model", of_kind(Kind.VERSIONED), ids=lambda model: model._meta.label)
def test_what_is_versioned_is_not_deleted(model: type[models.Model], world: World) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    if not model._default_manager.exists():
        pytest.skip("The demonstration has no row of it; its own test breaks it.")

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a table of ours


def our_constraints() -> list[str]:
    return sorted(
        {
            constraint.name.replace("%(class)s", model._meta.model_name or "")
            for model in our_models()
            for constraint in model._meta.constraints
        }
    )


# A trigger is known to a test by what the database says when it refuses, or by the test's name.
TRIGGERS_SAY = {
    "role_fits_body": "does not fit the body",
    "invitation_stays": "an invitation stays as it was given",
    "invitation_never_deleted": "invitation_never_deleted",
    "token_stays": "a token stays as it was made",
    "kind_fits": "the body is not a",
    "locked_with_its_return": "the return is locked",
    "locked_with_its_view": "the view is confirmed",
    "released_view_stays": "released_view_stays",
    "partner_view_never_deleted": "partner_view_never_deleted",
    "commitment_takes_steps_of_the_table": "a commitment does not go from",
    "settled_commitment_is_frozen": "what is declined or closed is frozen",
    "owner_has_a_role_at_the_body": "an owner has a role at the body of the side",
    "owners_are_frozen_with_the_commitment": "owners of what is declined or closed are frozen",
    "commitment_links_what_both_own": "the outcome is not one that both sides agreed",
    "commitment_money_stays": "money of a commitment stays as it was written",
    "commitment_money_never_deleted": "commitment_money_never_deleted",
    "money_while_the_commitment_is_open": "the money of what is declined or closed is frozen",
    "asked_stays_and_is_answered_once": "what was asked of a commitment stays as it was",
    "change_changes_something": "a change changes something",
    "newest_update_is_the_latest_word": "test_each_update_is_the_latest_word",
    "latest_word_was_sent_back": "test_what_was_sent_back_is_so_until",
    "latest_words_follow_updates": "the latest words follow the updates of both sides",
    "sent_back_by_another": "a side does not send back its own update",
    "lever_takes_steps_of_the_table": "a lever does not go from",
    "lever_stays_whose_it_is": "lever_stays_whose_it_is",
    "lever_never_deleted": "lever_never_deleted",
    "shares_what_is_on_the_list": "an authority shares what is on its own list",
    "shared_lever_stays": "a shared lever stays as it was written",
    "shared_lever_never_deleted": "shared_lever_never_deleted",
    "turns_an_own_lever_once": "this lever is a commitment of this pair already",
    "frozen_with_its_specification": "a published specification cannot change",
    "frozen_with_its_reorganisation": "an approved reorganisation cannot change",
    "published_is_frozen": "published_is_frozen",
    "asks_what_is_published": "a round asks what is published",
    "frozen_once_scheduled": "a scheduled round asks what it asks",
    "holds_nothing_unreviewed": "answers wait to be reviewed",
    "ended_not_deleted": "ended_not_deleted",
    "signed_agreement_stays": "what was signed changes once its signatures are void",
    "renews_one_of_its_authority": "an agreement renews one of the same authority",
    "holds_its_own_document": "an agreement holds a document of its own",
    "agreement_document_stays": "a document of an agreement stays as it was written",
    "agreement_document_never_deleted": "agreement_document_never_deleted",
    "document_that_counts_stays": "a document that is held or was signed stays",
    "signs_as_a_party": "a party signs what the authority has signed first",
    "agreement_signature_stays": "a signature of an agreement stays as it was written",
    "agreement_signature_never_deleted": "agreement_signature_never_deleted",
    "never_deleted": "a_value_is_never_deleted",
    "never_edited": "a_value_is_never_edited",
    "evidence_file_never_edited": "evidence_file_never_edited",
    "submitted_file_stays": "a submitted file stays",
    "never_removed": "Cannot delete rows",
    "withdrawn_only_under_embargo": "a revision stays as it was approved",
    "superseded_once": "a_value_is_superseded_once",
    "versions_stay": "test_versions_stay",
    "not_in_a_locked_period": "the values of this period are locked",
    "references_exist": "a value names a row of",
    "stays_while_named": "values name this",
    "approved_by_a_third_person": "who sent values in does not approve them",
    "upload_takes_steps_of_the_table": "an upload does not go from",
    "definition_never_deleted": "trigger definition_never_deleted",
    "definition_frozen_once_in_use": "a definition in use never changes",
    "definition_ends_once": "trigger definition_ends_once",
    "headline_never_deleted": "headline_never_deleted",
    "headline_never_edited": "headline_never_edited",
    "headline_superseded_once": "headline_superseded_once",
    "count_stays": "a count stays as it was written",
    "count_never_deleted": "count_never_deleted",
    "signed_review_stays": "signed_review_stays",
    "stays_with_a_signed_review": "a signed review cannot change",
    "partner_is_of_the_authority": "the pair is not one of the authority",
    "moves_with_its_owners": "a framework moves once no owner of the old pairs is left",
    "partner_stays": "test_a_partner_is_never_deleted",
    "framework_takes_steps_of_the_table": "a framework does not go from",
    "agreed_text_stays": "agreed_text_stays",
    "framework_version_stays": "framework_version_stays",
    "signs_what_is_proposed": "a signature is for the content that is proposed",
    "signature_stays": "a signature stays as it was written",
    "signature_never_deleted": "signature_never_deleted",
    "changes_in_a_draft_only": "what was proposed or agreed changes in a draft only",
    "names_items_of_its_version": "an item of another version is named",
    "public_method_stays": "public_method_stays",
    "mission_note_stays": "a note on the mission stays as it was written",
    "mission_note_never_deleted": "mission_note_never_deleted",
    "owner_note_stays": "a note of an owner stays as it was written",
    "owner_note_never_deleted": "owner_note_never_deleted",
    "assessment_takes_steps_of_the_table": "an assessment does not go from",
    "final_assessment_stays": "final_assessment_stays",
    "assessment_never_deleted": "assessment_never_deleted",
    "locked_with_its_assessment": "a finding is written in the draft alone",
    "locked_with_its_finding": "a statement is picked in the draft alone",
    "evidence_only_withdrawn_after_the_draft": "evidence is only withdrawn after the draft",
    "interest_stays": "an interest stays as it was written",
    "interest_never_deleted": "interest_never_deleted",
    "reply_while_it_is_shared": "a reply is given while the finding is shared",
    "reply_never_deleted": "reply_never_deleted",
    "resolves_a_challenge": "only a challenge is resolved, after the reply",
    "resolution_stays": "a resolution stays as it was written",
    "resolution_never_deleted": "resolution_never_deleted",
    "corrects_what_is_published": "only what is published is corrected",
    "correction_decided_once": "a correction stays as it was proposed",
    "correction_never_deleted": "correction_never_deleted",
    "reading_draft_never_deleted": "trigger reading_draft_never_deleted",
    "reading_draft_takes_steps_of_the_table": "a draft does not go from",
    "maintenance_never_deleted": "maintenance_never_deleted",
    "maintenance_stays_and_ends_once": "a maintenance stays as it was said",
    "threshold_never_deleted": "threshold_never_deleted",
    "threshold_is_decided_once": "a threshold is decided once",
    "offer_takes_steps_of_the_table": "a support offer does not",
    "offer_never_deleted": "offer_never_deleted",
    "offer_stays_once_answered": "an offer stays as bodies read it when they answered",
    "enrolment_takes_steps_of_the_table": "a support enrolment does not",
    "enrolment_is_of_its_side": "the body is not that side of the pair",
    "enrolment_never_deleted": "enrolment_never_deleted",
    "enrolment_stays_whose_it_is": "enrolment_stays_whose_it_is",
    "offer_is_open_and_has_room": "the offer is not open, or all its places are taken",
    "session_never_deleted": "session_never_deleted",
    "attends_what_it_takes_part_in": "a body attends sessions of what it takes part in",
    "ambassador_is_of_a_green_pair": "the published group of this pair is not green",
    "ambassador_stays": "an ambassador stays as it was written",
    "ambassador_never_deleted": "ambassador_never_deleted",
    "link_takes_steps_of_the_table": "a support link does not",
    "link_is_with_an_amber_pair": "the published group of this pair is not amber",
    "link_never_deleted": "link_never_deleted",
    "practice_example_never_deleted": "practice_example_never_deleted",
    "practice_takes_steps_of_the_table": "a practice example does not go from",
    "practice_text_stays": "practice_text_stays",
    "practice_version_never_deleted": "practice_version_never_deleted",
    # Above, table by table.
    "append_only": "append_only",
}


def our_triggers() -> set[str]:
    """Return the names of our triggers, those that write the history aside."""
    ours = {model._meta.label for model in our_models()}
    names = {
        trigger.name
        for model, trigger in pgtrigger.registry.registered()
        if model._meta.label in ours
    }
    return {name for name in names if not re.match(r"^(insert|update|delete)_", name)}


def files_that_say(words: str) -> list[str]:
    return [str(path) for path in sources(suffix=".py", under="tests") if words in text_of(path)]


@pytest.mark.parametrize("name", our_constraints())
def test_every_constraint_is_broken_by_a_test(name: str) -> None:
    assert files_that_say(name) != []


def test_every_trigger_is_broken_by_a_test() -> None:
    untested = [
        name
        for name, words in TRIGGERS_SAY.items()
        if name != "append_only" and len(files_that_say(words)) < 2
    ]

    assert our_triggers() == set(TRIGGERS_SAY)
    assert untested == []


def test_no_model_orders_itself() -> None:
    assert [model._meta.label for model in our_models() if model._meta.ordering] == []


def test_every_foreign_key_names_its_other_end() -> None:
    unnamed = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and not field.remote_field.parent_link
        and not field.remote_field.related_name
    ]

    assert unnamed == []


def test_only_computed_rows_and_parts_of_a_record_are_deleted_with_it() -> None:
    # A piece of evidence is part of its answer, an outline or a place of its set, a link of its
    # items, what was said of an indicator of its review, targets of what they are wanted of.
    parts = {
        "duty.Evidence",
        "authorities.Boundary",
        "outcomes.IndicatorSetMember",
        "outcomes.ReviewedIndicator",
        "outcomes.TheoryLink",
        "outcomes.Milestone",
        "outcomes.CountTarget",
    }
    cascading = {
        model._meta.label
        for model in our_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and not field.remote_field.parent_link
    }

    assert cascading <= {model._meta.label for model in of_kind(Kind.COMPUTED)} | parts
