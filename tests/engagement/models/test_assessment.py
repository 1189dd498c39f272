"""What must always hold of national views is held by the database."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from authorities.models import Role
from duty.models import RoundState
from engagement.actions import interests, moderation
from engagement.assessment_lifecycle import State, changes
from engagement.models import (
    Assessment,
    AssessmentHappening,
    Finding,
    FindingEvidence,
    FindingPick,
    FindingReply,
    Interest,
    ReplyChoice,
    Resolution,
)
from tests.factories import engagement as make
from tests.factories import engagement_assessments as national

pytestmark = pytest.mark.django_db


@contextmanager
def broken(says: str, error: type[DatabaseError] = DatabaseError):
    with pytest.raises(error, match=says), transaction.atomic():
        yield


@pytest.fixture
def closed(round):
    national.move_to(round, RoundState.CLOSED)
    return round


@pytest.fixture
def draft(pair, closed) -> Assessment:
    return national.drafted(pair=pair, round=closed, levels=("high", "low"))


@pytest.fixture
def moderated(pair, closed) -> Assessment:
    return national.moderated(pair=pair, round=closed)


@pytest.fixture
def shared(pair, closed) -> Assessment:
    return national.shared(pair=pair, round=closed)


@pytest.fixture
def challenged(shared, pair) -> Assessment:
    signatory = make.member(pair.authority, Role.SIGNATORY)
    national.answered(shared=shared, side="sa", choice=ReplyChoice.DISAGREE, by=signatory)
    return national.closed(shared=shared)


@pytest.fixture
def final(shared) -> Assessment:
    return moderation.finalise(
        assessment=national.closed(shared=shared), by=make.central(Role.MODERATOR), at=make.NOW
    )


def update(row, **said):
    type(row).objects.filter(pk=row.pk).update(**said)


# --- The assessment.


def test_a_pair_has_one_national_view_a_round(draft):
    with broken("assessment_once", IntegrityError):
        Assessment.objects.create(round=draft.round, pair=draft.pair, updated_at=make.NOW)


def test_it_begins_as_not_started(pair, closed):
    with broken("an assessment begins as not started"):
        Assessment.objects.create(
            round=closed, pair=pair, state="national_draft", updated_at=make.NOW
        )


@pytest.mark.parametrize(
    "state", [s.value for s in State if ("national_draft", s.value) not in changes()]
)
def test_its_state_moves_as_the_table_says(draft, state):
    if state == "national_draft":
        return
    with broken("an assessment does not go from national_draft to"):
        update(draft, state=state)


def test_an_unknown_state_is_refused(draft):
    with broken("an assessment does not go from|assessment_state_is_known"):
        update(draft, state="lost")


@pytest.mark.parametrize("change", [{"level": None}, {"rationale": ""}])
def test_it_is_sent_with_a_level_and_a_rationale_on_each_side(draft, change):
    Finding.objects.filter(assessment=draft, side="sa").update(**change)

    with broken("sent with a level and rationale a side"):
        update(draft, state="in_moderation")


def test_who_drafted_it_does_not_moderate_it(moderated):
    with broken("moderator_is_not_the_drafter", IntegrityError):
        update(moderated, moderated_by=moderated.drafted_by)


def test_what_is_moderated_says_by_whom(moderated):
    with broken("moderated_assessment_says_by_whom", IntegrityError):
        update(moderated, moderated_at=None)


def test_what_is_final_says_by_whom(shared):
    made = national.closed(shared=shared)

    with broken("final_assessment_says_by_whom", IntegrityError):
        update(made, state="final")


def test_what_is_marked_not_assessed_says_why(pair, closed):
    made = Assessment.objects.create(round=closed, pair=pair, updated_at=make.NOW)

    with broken("not_assessed_says_why", IntegrityError):
        update(made, state="not_assessed")


@pytest.mark.parametrize(
    "field", ["moderated_at", "finalised_at", "shared_at", "sent_at", "moderated_by"]
)
def test_nothing_of_a_final_one_changes(final, field):
    value = make.LONG_AGO if field.endswith("_at") else make.central(Role.MODERATOR)

    with broken("final_assessment_stays"):
        update(final, **{field: value})


def test_none_is_deleted(draft):
    with broken("assessment_never_deleted"):
        Assessment.objects.filter(pk=draft.pk)._raw_delete("default")


def test_what_happened_is_written_once(draft):
    with broken("append_only"):
        AssessmentHappening.objects.filter(assessment=draft).update(reason="Other.")


# --- Findings, statements and evidence.


def finding_of(made: Assessment) -> Finding:
    return Finding.objects.get(assessment=made, side="sa")


def test_a_side_has_one_finding_and_a_theme_one_statement(draft):
    finding = finding_of(draft)
    pick = FindingPick.objects.filter(finding=finding)[0]

    with broken("finding_once_a_side", IntegrityError):
        Finding.objects.create(assessment=draft, side="sa")
    with broken("finding_pick_once_a_theme", IntegrityError):
        FindingPick.objects.create(finding=finding, theme=pick.theme, level="low")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"side": "nhs"}, "finding_side_is_known"),
        ({"undecided": True}, "undecided_finding_has_no_level"),
        ({"level": "partial"}, "changed_finding_says_why"),
        ({"computed_level": None}, "changed_finding_says_why"),
    ],
)
def test_a_finding_agrees_with_itself(draft, change, says):
    with broken(says, IntegrityError):
        update(finding_of(draft), **change)


def test_a_statement_says_a_level(draft):
    with broken("finding_pick_is_a_level", IntegrityError):
        FindingPick.objects.filter(finding=finding_of(draft)).update(level="best")


@pytest.mark.parametrize("made", ["moderated", "shared", "final"])
def test_findings_statements_and_evidence_are_written_in_the_draft_alone(made, request):
    made = request.getfixturevalue(made)
    finding = finding_of(made)
    evidence = FindingEvidence.objects.get(finding=finding)

    with broken("a finding is written in the draft alone"):
        update(finding, rationale="Another.")
    with broken("a statement is picked in the draft alone"):
        FindingPick.objects.filter(finding=finding).update(level="low")
    with broken("a statement is picked in the draft alone"):
        FindingPick.objects.filter(finding=finding).delete()
    with broken("evidence is only withdrawn after the draft"):
        update(evidence, title="Another")
    with broken("evidence is only withdrawn after the draft"):
        evidence.delete()
    with broken("evidence is only withdrawn after the draft"):
        FindingEvidence.objects.create(
            finding=finding, title="More", address="/", given_by=made.drafted_by, given_at=make.NOW
        )


def test_what_was_withdrawn_stays_so(draft):
    evidence = FindingEvidence.objects.get(finding=finding_of(draft))
    moderation.withdraw_evidence(
        evidence_id=evidence.pk, reason="Gone.", by=draft.assigned_to, at=make.NOW
    )

    with broken("evidence is only withdrawn after the draft"):
        update(evidence, withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")


def test_evidence_says_what_and_where_and_why_it_was_withdrawn(draft):
    evidence = FindingEvidence.objects.get(finding=finding_of(draft))

    with broken("evidence_says_what_and_where", IntegrityError):
        update(evidence, address="")
    with broken("withdrawn_evidence_says_who_and_why", IntegrityError):
        update(evidence, withdrawn_at=make.NOW)


# --- Interests.


def test_an_interest_is_declared_once_says_what_and_stays(pair):
    analyst = make.central()
    declared = interests.declare(body=pair.board, what="A friend.", by=analyst, at=make.NOW)
    fields = {"person": analyst, "declared_at": make.NOW}

    with broken("interest_declared_once", IntegrityError):
        Interest.objects.create(body=pair.board, what="Another.", **fields)
    with broken("interest_says_what", IntegrityError):
        Interest.objects.create(body=pair.authority, what="", **fields)
    with broken("interest_ends_after_it_began", IntegrityError):
        update(declared, ended_at=make.LONG_AGO)
    with broken("an interest stays as it was written"):
        update(declared, what="Nothing.")
    with broken("interest_never_deleted"):
        declared.delete()


# --- Replies and resolutions.


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"side": "nhs"}, "reply_side_is_known"),
        ({"choice": "perhaps"}, "reply_choice_is_known"),
        ({"choice": "disagree", "note": "Not so."}, "disagreement_has_note_and_evidence"),
        ({"choice": "disagree", "evidence": [{}]}, "disagreement_has_note_and_evidence"),
        ({"note": "Not so."}, "note_of_a_reply_needs_a_choice"),
        ({"themes": ["s1"]}, "themes_of_a_disagreement"),
        ({"choice": "agree"}, "reply_says_by_whom"),
    ],
)
def test_a_reply_agrees_with_itself(shared, change, says):
    row = FindingReply.objects.get(assessment=shared, side="sa")

    with broken(says, IntegrityError):
        update(row, **change)


def test_a_side_replies_once_and_no_reply_is_deleted(shared):
    with broken("reply_once_a_side", IntegrityError):
        FindingReply.objects.create(assessment=shared, side="sa")
    with broken("reply_never_deleted"):
        FindingReply.objects.filter(assessment=shared)._raw_delete("default")


@pytest.mark.parametrize("made", ["final", "challenged"])
def test_a_reply_is_given_while_the_finding_is_shared(made, request, pair):
    made = request.getfixturevalue(made)
    row = FindingReply.objects.get(assessment=made, side="icb")

    with broken("a reply is given while the finding is shared"):
        update(row, choice="agree", replied_at=make.NOW, replied_by=make.member(pair.board))


def resolution(row: FindingReply, **said) -> Resolution:
    fields = {
        "reply": row,
        "outcome": "uphold",
        "reason": "It was known.",
        "level_before": "high",
        "level_after": "high",
        "resolved_at": make.NOW,
        "resolved_by": make.central(Role.MODERATOR),
    }
    return Resolution.objects.create(**{**fields, **said})


def test_only_a_challenge_is_resolved_once_with_a_reason(challenged):
    row = FindingReply.objects.get(assessment=challenged, side="sa")
    agreed = FindingReply.objects.get(assessment=challenged, side="icb")

    with broken("only a challenge is resolved, after the reply"):
        resolution(agreed)
    with broken("resolution_says_why", IntegrityError):
        resolution(row, reason="")
    with broken("upheld_level_stays", IntegrityError):
        resolution(row, level_after="low")
    made = resolution(row)
    with broken("challenge_resolved_once", IntegrityError):
        resolution(row)
    with broken("a resolution stays as it was written"):
        update(made, reason="Another.")
    with broken("resolution_never_deleted"):
        made.delete()


def test_a_challenge_is_resolved_after_the_reply(shared, pair):
    signatory = make.member(pair.authority, Role.SIGNATORY)
    row = national.answered(shared=shared, side="sa", choice=ReplyChoice.DISAGREE, by=signatory)

    with broken("only a challenge is resolved, after the reply"):
        resolution(row)
